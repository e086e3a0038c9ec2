"""Makes a draft of files that were dropped onto a day of the calendar: with all accounts, and the day as a suggestion."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cmdesk.domain.arranging import Verb
from cmdesk.domain.board import PostPlan
from cmdesk.domain.errors import BadInput
from cmdesk.domain.ids import PostId
from cmdesk.domain.post import PostEdit, Variant, cleaned
from cmdesk.services import composing, linking
from cmdesk.services.arranging import arranging, set_plan
from cmdesk.store import posts

if TYPE_CHECKING:
    from cmdesk.services.workspace import Workspace

#: No network takes so many; a folder's worth dropped by mistake is no post.
MOST_FILES: Final = 40


async def draft_of_files(ws: Workspace, files: Sequence[Path], wall: datetime | None) -> PostId:
    """A draft with these pictures and films, suggested for a wall time (naive, of the client's zone). One undo takes it back.

    Raises BadInput(field="media") for what is no picture or film or for too many; no draft is made then.
    """
    if not files or len(files) > MOST_FILES:
        raise BadInput(field="media", reason="too_many" if files else "empty", limit=MOST_FILES)
    items = [await composing.attach(ws, file) for file in files]
    unique = tuple({item.id: item for item in items}.values())
    variants = tuple(Variant(account.id) for account in linking.accounts(ws))
    edit = PostEdit(text="", language=ws.client.language.value, media=unique, variants=variants)
    with arranging(ws, Verb.ADD) as recorder:
        post = posts.insert(recorder.session, cleaned(edit), recorder.at)
        recorder.made(post)
        if wall is not None:
            set_plan(recorder, PostPlan(post, suggested=wall.replace(second=0, microsecond=0)))
    return post
