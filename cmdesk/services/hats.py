"""Reads what marks each client, so that nothing of one goes out in the name of another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cmdesk.domain.hats import Foreign, Hats, Signs, signs
from cmdesk.domain.limits import Problem, Severity
from cmdesk.services import checking
from cmdesk.store import signs as store

if TYPE_CHECKING:
    from cmdesk.domain.post import PostEdit
    from cmdesk.services.workspace import Workspace

#: So many of the newest posts of a client are looked at.
_POSTS = 300


def of(ws: Workspace) -> Signs:
    """What marks one client: its accounts, its latest posts, its words, its files. Some milliseconds: not for the UI thread."""
    with ws.read() as connection:
        handles, texts, media = store.read(connection, _POSTS)
    own = checking.wishes(ws)
    return signs(ws.client.id, ws.client.name, handles=handles, texts=texts, words=own.words, media=media)


def compared(ws: Workspace, others: Sequence[Workspace]) -> Hats:
    """A client's signs held against those of the others. Not for the UI thread."""
    return Hats(of(ws), [of(one) for one in others if one.client.id != ws.client.id])


async def known(ws: Workspace) -> Hats:
    """What marks the other clients of the desk, read in a helper thread. Only read: nothing of theirs is written or sent."""
    return await ws.helper(compared, ws, ws.neighbours)


def foreign(hats: Hats, edit: PostEdit) -> tuple[Foreign, ...]:
    """What of other clients stands in a draft: in its text, in that of each account, in its warning, choices and files."""
    texts = [edit.text, edit.warning, *(variant.text or "" for variant in edit.variants)]
    texts += [item.alt for item in edit.media]
    if edit.poll is not None:
        texts += edit.poll.options
    return hats.foreign("\n".join(texts), [item.sha256 for item in edit.media])


def problems(hats: Hats, edit: PostEdit) -> tuple[Problem, ...]:
    """The same as things to look at before sending; ``other_client_<sign>`` with words and client."""
    return tuple(
        Problem(f"other_client_{one.sign.value}", Severity.WARN, (("words", one.words), ("client", one.name)))
        for one in foreign(hats, edit)
    )
