"""Writes posts: saves them as they are typed, counts and checks them per account, and takes in their media.

Reads are plain functions for any thread; verbs are coroutines of the engine.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from cmdesk.domain.account import Account
from cmdesk.domain.delivery import MOVES, HeldBecause, State
from cmdesk.domain.draft_errors import DraftDamaged, StaleRevision
from cmdesk.domain.errors import BadInput, NotAllowed
from cmdesk.domain.ids import AccountId, MediaId, PostId
from cmdesk.domain.limits import Count, Problem
from cmdesk.domain.post import (
    MediaItem,
    Post,
    PostEdit,
    PostVersion,
    cleaned,
    content_for,
    edit_of,
)
from cmdesk.domain.views import PostRow
from cmdesk.services.workspace import Workspace
from cmdesk.store import outbox, posts, queue
from cmdesk.store.database import reading

if TYPE_CHECKING:
    from cmdesk.store.database import Session

#: Where small copies of pictures lie, inside the media folder.
THUMBNAILS = ".thumbnails"

#: While a delivery stands here its post can't be thrown away: it may be live this very moment.
IN_FLIGHT = frozenset({State.SENDING, State.PROCESSING, State.UNCERTAIN})

# ---- reading


def load(ws: Workspace, post_id: PostId) -> Post:
    """One post. Raises NotFound, or DraftDamaged (with the last good version) when its words are not what was saved."""
    with ws.read() as connection:
        return posts.load(connection, post_id)


def post_rows(
    ws: Workspace, *, drafts_only: bool = False, in_bin: bool = False, limit: int = 200, before: PostRow | None = None
) -> tuple[PostRow, ...]:
    """Posts of a client, the last changed first; ``before`` is the last row of the page above."""
    with ws.read() as connection:
        return posts.rows(connection, ws.client.id, drafts_only=drafts_only, in_bin=in_bin, limit=limit, before=before)


def versions(ws: Workspace, post_id: PostId) -> tuple[PostVersion, ...]:
    """The kept versions of a post, newest first."""
    with ws.read() as connection:
        return posts.versions(connection, post_id)


def media_path(ws: Workspace, item: MediaItem) -> Path:
    """Where a file of the media folder lies; raises BadInput for a name that would lead out of it."""
    if Path(item.file_name).name != item.file_name:
        raise BadInput(field="media", reason="not_inside")
    return ws.media_folder / item.file_name


def counts(edit: PostEdit | Post, accounts: Iterable[Account]) -> dict[AccountId, tuple[Count, ...]]:
    """The length of every part as each account's network counts it. The warning counts with the first part. Pure."""
    from cmdesk.domain.counting import count  # start-up speed: lists and calendar are seen before anything is written

    meant = {variant.account for variant in edit.variants}
    found: dict[AccountId, tuple[Count, ...]] = {}
    for account in accounts:
        if account.id in meant:
            content = content_for(edit, account.id)
            found[account.id] = tuple(count(part.text, account.limits, content.warning) for part in content.parts)
    return found


def problems(
    edit: PostEdit | Post, accounts: Iterable[Account], *, media_folder: Path | None = None
) -> dict[AccountId, tuple[Problem, ...]]:
    """What each account's network would not take, or a person should look at. With a folder, missing files too."""
    from cmdesk.domain.checking import check  # as above

    meant = {variant.account for variant in edit.variants}
    lost = _lost_files(edit.media, media_folder)
    return {
        account.id: (*check(content_for(edit, account.id), account.limits), *lost) for account in accounts if account.id in meant
    }


def _lost_files(items: Iterable[MediaItem], folder: Path | None) -> tuple[Problem, ...]:
    if folder is None:
        return ()
    return tuple(
        Problem("media_missing", params=(("name", item.original_name),), part=item.part)
        for item in items
        if not (folder / item.file_name).is_file()
    )


# ---- writing


async def create(ws: Workspace, edit: PostEdit) -> Post:
    """A new draft. Raises NotFound for an account or a file that is not this client's."""
    with ws.write() as session:
        post_id = posts.insert(session, cleaned(edit), ws.clock.now())
    return load(ws, post_id)


async def save(ws: Workspace, post_id: PostId, edit: PostEdit, expected_revision: int, initiator: str | None = None) -> Post:
    """Stores what an editor holds, if nobody else saved since ``expected_revision``.

    Any change of what was approved makes it a draft again and holds what is planned (HELD, EDITED). Raises StaleRevision
    with the stored post; nothing is overwritten then.
    """
    wanted = cleaned(edit)
    now = ws.clock.now()
    with ws.write(initiator=initiator) as session:
        connection = reading(session)
        stored = posts.load(connection, post_id)
        if stored.revision != expected_revision:
            stale = StaleRevision(expected=expected_revision, found=stored.revision)
            stale.stored = stored
            raise stale
        if edit_of(stored) == wanted:
            return stored
        if posts.snapshot_due(connection, post_id, now):
            posts.snapshot(session, stored, "autosave", now)
        posts.update(session, stored, wanted, now)
        _let_go(session, stored, wanted, now)
        if stored.approved is not None and outbox.current_mark(session, posts.load(connection, post_id)) != stored.approved:
            posts.approve(session, post_id, None)
            outbox.hold_post(session, post_id, HeldBecause.EDITED, now)
    return load(ws, post_id)


def _let_go(session: Session, stored: Post, wanted: PostEdit, now: datetime) -> None:
    """What waits for an account that the post is no longer meant for does not go out."""
    gone = set(stored.accounts) - {variant.account for variant in wanted.variants}
    if not gone:
        return
    for delivery in queue.deliveries(reading(session), stored.id):
        if delivery.account in gone and delivery.state in queue.MOVABLE:
            outbox.cancel(session, delivery.id, now)


async def bin(ws: Workspace, post_id: PostId) -> None:  # noqa: A001 - the trade's word; the built-in is not used here
    """Puts a post into the bin for thirty days; what is planned of it is cancelled. Raises NotAllowed while it is being sent."""
    now = ws.clock.now()
    with ws.write() as session:
        connection = reading(session)
        found = queue.deliveries(connection, post_id)
        for delivery in found:
            if delivery.state in IN_FLIGHT:
                raise NotAllowed(from_state=delivery.state.value, to_state="bin")
        for delivery in found:
            if State.CANCELLED in MOVES[delivery.state]:
                outbox.cancel(session, delivery.id, now)
        posts.snapshot(session, posts.load(connection, post_id), "bin", now)
        posts.set_deleted(session, post_id, now)


async def unbin(ws: Workspace, post_id: PostId) -> Post:
    """Takes a post out of the bin, as a draft."""
    with ws.write() as session:
        posts.set_deleted(session, post_id, None)
        posts.approve(session, post_id, None)
    return load(ws, post_id)


async def duplicate(ws: Workspace, post_id: PostId) -> Post:
    """A new draft with the same words, media and accounts."""
    return await create(ws, edit_of(load(ws, post_id)))


async def restore_version(ws: Workspace, post_id: PostId, version: PostVersion, initiator: str | None = None) -> Post:
    """Takes a kept version back; what stood there is kept as a version itself. Also mends a draft whose words are damaged."""
    now = ws.clock.now()
    with ws.write(initiator=initiator) as session:
        connection = reading(session)
        try:
            stored = posts.load(connection, post_id)
        except DraftDamaged:
            stored = posts.load(connection, post_id, damaged=True)
        posts.snapshot(session, stored, "restored", now)
        posts.update(session, stored, version.edit, now)
        _let_go(session, stored, version.edit, now)
        if stored.approved is not None:
            posts.approve(session, post_id, None)
            outbox.hold_post(session, post_id, HeldBecause.EDITED, now)
    return load(ws, post_id)


async def tidy(ws: Workspace) -> None:
    """Lets go of what lay in the bin for thirty days, and of versions as old."""
    with ws.write() as session:
        posts.tidy(session, ws.clock.now())


# ---- media


async def attach(ws: Workspace, path: Path) -> MediaItem:
    """Takes a picture or a film into the client's media folder and returns it, to be put into an edit.

    Pictures are decoded in a helper process, turned upright, and written anew without place, camera and other hidden
    data. Raises BadInput(field="media") with a reason: not_found, not_a_file, empty, too_large, unknown_type,
    too_many_pixels, damaged, too_slow; or DiskFull, ReadOnly.
    """
    from cmdesk.services import pictures  # as above

    await ws.helper(_make_folder, ws.media_folder)
    taken = await pictures.take_in(path, ws.media_folder, ws.helper)
    with ws.read() as connection:
        known = posts.media_by_hash(connection, taken.sha256)
    if known is not None and media_path(ws, known).is_file():
        return replace(known, original_name=path.name)
    item = MediaItem(
        id=known.id if known else MediaId(0),
        file_name=taken.file_name,
        original_name=path.name,
        mime=taken.mime,
        size=taken.size,
        sha256=taken.sha256,
        width=taken.width,
        height=taken.height,
        duration=taken.duration,
    )
    if known is not None:
        return item
    with ws.write() as session:
        return replace(item, id=posts.add_media(session, item, ws.clock.now()))


async def thumbnail(ws: Workspace, item: MediaItem, side: int) -> bytes:
    """A PNG of at most ``side`` pixels per edge, made once and kept. Raises BadInput(field="media") when none can be made."""
    from cmdesk.services import pictures  # as above

    return await pictures.thumbnail(media_path(ws, item), ws.media_folder / THUMBNAILS, item.sha256, side, ws.helper)


def _make_folder(folder: Path) -> None:
    folder.mkdir(mode=0o700, exist_ok=True)
