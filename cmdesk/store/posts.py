"""Keeps a client's posts: words, variants, attached media, kept versions, and the hash that guards the words.

Functions that take a ``sqlite3.Connection`` read and need no ORM; those that take a ``Session`` write.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from cmdesk.domain.delivery import State, post_state
from cmdesk.domain.draft_errors import DraftDamaged, StaleRevision
from cmdesk.domain.errors import BadInput, NotFound
from cmdesk.domain.extras import NONE, Extras
from cmdesk.domain.ids import AccountId, ClientId, MediaId, MessageId, PostId
from cmdesk.domain.limits import Visibility
from cmdesk.domain.post import (
    MediaItem,
    Post,
    PostEdit,
    PostKind,
    PostVersion,
    ReplyTarget,
    Variant,
    edit_of,
    preview,
    text_hash,
)
from cmdesk.domain.schedule import PlannedTime, Shift
from cmdesk.domain.views import AccountMark, PostRow
from cmdesk.store import accounts, orm
from cmdesk.store.convert import (
    dumps,
    edit_from_json,
    edit_to_json,
    extras_from_json,
    extras_to_json,
    poll_from_json,
    poll_to_json,
)
from cmdesk.store.times import from_ms, to_ms

if TYPE_CHECKING:
    from sqlmodel import Session

#: How far apart two kept versions of a draft in work are, and how long they are kept.
SNAPSHOT_EVERY = timedelta(minutes=5)
KEPT_FOR = timedelta(days=30)

_COLUMNS = (
    "id, kind, text, warning, visibility, language, sensitive, poll, labels, revision, sha256, approved, reply_remote_id,"
    " reply_url, reply_handle, reply_message_id, created_at, updated_at, deleted_at,"
    " (SELECT extras FROM post_extras WHERE post_id = post.id)"
)

# ---- reading


def load(connection: sqlite3.Connection, post_id: PostId, *, damaged: bool = False) -> Post:
    """One post with its variants and media. Raises NotFound, or DraftDamaged when its words are not what was saved.

    With ``damaged`` whatever is there is returned.
    """
    try:
        post = _load(connection, post_id)
    except sqlite3.OperationalError as error:
        if "decode" not in str(error):
            raise
        raise _damaged(connection, post_id) from None
    if not damaged and text_hash(edit_of(post)) != post.sha256:
        raise _damaged(connection, post_id)
    return post


def _damaged(connection: sqlite3.Connection, post_id: PostId) -> DraftDamaged:
    error = DraftDamaged(post=post_id)
    rows = connection.execute("SELECT edit FROM post_version WHERE post_id = ? ORDER BY revision DESC, id DESC", (post_id,))
    for (text,) in rows:
        try:
            edit, sha256 = edit_from_json(text)
        except (ValueError, LookupError, TypeError):
            continue
        if text_hash(edit) == sha256:
            error.last_good = edit
            break
    return error


def _load(connection: sqlite3.Connection, post_id: PostId) -> Post:
    row = connection.execute(f"SELECT {_COLUMNS} FROM post WHERE id = ?", (post_id,)).fetchone()
    if row is None:
        raise NotFound(what="post", ref=str(post_id))
    return Post(
        id=PostId(row[0]),
        kind=PostKind(row[1]),
        text=row[2],
        warning=row[3],
        visibility=Visibility(row[4]),
        language=row[5],
        sensitive=bool(row[6]),
        poll=poll_from_json(row[7]),
        labels=tuple(json.loads(row[8])),
        revision=row[9],
        sha256=row[10],
        approved=row[11],
        reply_to=None if row[12] is None else ReplyTarget(row[12], row[13], row[14], MessageId(row[15]) if row[15] else None),
        created_at=from_ms(row[16]),
        updated_at=from_ms(row[17]),
        deleted_at=from_ms(row[18]),
        extras=extras_from_json(row[19]),
        variants=_variants(connection, post_id),
        media=attached(connection, post_id),
    )


def _variants(connection: sqlite3.Connection, post_id: PostId) -> tuple[Variant, ...]:
    rows = connection.execute(
        "SELECT account_id, text, warning, visibility, language FROM post_variant WHERE post_id = ?"
        " ORDER BY position, account_id",
        (post_id,),
    )
    return tuple(Variant(AccountId(r[0]), r[1], r[2], Visibility(r[3]) if r[3] else None, r[4]) for r in rows)


_MEDIA = "m.id, m.file_name, m.original_name, m.mime, m.size, m.sha256, m.width, m.height, m.duration"


def _media_item(row: tuple[Any, ...]) -> MediaItem:
    return MediaItem(MediaId(row[0]), row[1], row[2], row[3], row[4], row[5], row[6], row[7], row[8])


def attached(connection: sqlite3.Connection, post_id: PostId) -> tuple[MediaItem, ...]:
    """The media of a post in their order."""
    rows = connection.execute(
        f"SELECT {_MEDIA}, a.alt, a.focus_x, a.focus_y, a.part FROM post_media a JOIN media m ON m.id = a.media_id"
        " WHERE a.post_id = ? ORDER BY a.position",
        (post_id,),
    )
    return tuple(
        replace(_media_item(row), alt=row[9], focus=None if row[10] is None else (row[10], row[11]), part=row[12]) for row in rows
    )


def media(connection: sqlite3.Connection, media_id: MediaId) -> MediaItem:
    """One file of the media folder; raises NotFound."""
    row = connection.execute(f"SELECT {_MEDIA} FROM media m WHERE m.id = ?", (media_id,)).fetchone()
    if row is None:
        raise NotFound(what="media", ref=str(media_id))
    return _media_item(row)


def media_by_hash(connection: sqlite3.Connection, sha256: str) -> MediaItem | None:
    """The file with this content, if the folder has it already."""
    row = connection.execute(f"SELECT {_MEDIA} FROM media m WHERE m.sha256 = ?", (sha256,)).fetchone()
    return None if row is None else _media_item(row)


def versions(connection: sqlite3.Connection, post_id: PostId) -> tuple[PostVersion, ...]:
    """The kept versions of a post, newest first; one whose words are damaged is left out."""
    found: list[PostVersion] = []
    rows = connection.execute(
        "SELECT id, revision, at, why, edit FROM post_version WHERE post_id = ? ORDER BY revision DESC, id DESC", (post_id,)
    )
    for number, revision, at, why, text in rows:
        edit, sha256 = edit_from_json(text)
        if text_hash(edit) == sha256:
            found.append(PostVersion(number, post_id, revision, from_ms(at), why, edit))
    return tuple(found)


def rows(
    connection: sqlite3.Connection,
    client: ClientId,
    *,
    drafts_only: bool = False,
    in_bin: bool = False,
    limit: int = 200,
    before: PostRow | None = None,
) -> tuple[PostRow, ...]:
    """Posts (no replies), the last changed first, after the row ``before``."""
    where = ["kind = 'post'", f"deleted_at IS {'NOT ' if in_bin else ''}NULL"]
    values: list[object] = []
    if drafts_only:
        where.append("NOT EXISTS (SELECT 1 FROM delivery d WHERE d.post_id = post.id AND d.state <> 'cancelled')")
    if before is not None:
        where.append("(updated_at, id) < (?, ?)")
        values += [to_ms(before.updated_at), before.id]
    found = connection.execute(
        "SELECT id, substr(text, 1, 600), updated_at, approved IS NOT NULL,"
        " EXISTS (SELECT 1 FROM post_media a WHERE a.post_id = post.id), kind"
        f" FROM post WHERE {' AND '.join(where)} ORDER BY updated_at DESC, id DESC LIMIT ?",
        (*values, limit),
    ).fetchall()
    known = {mark.id: mark for mark in accounts.marks(connection, client, with_unlinked=True)}
    ids = [row[0] for row in found]
    meant = _accounts_of(connection, ids, known)
    standing = _standing(connection, ids)
    result = []
    for number, text, updated_at, approved, has_media, kind in found:
        states, planned = standing.get(number, ((), None))
        result.append(
            PostRow(
                client=client,
                id=PostId(number),
                preview=preview(text),
                state=post_state(states, approved=bool(approved)),
                updated_at=from_ms(updated_at),
                planned=planned,
                accounts=meant.get(number, ()),
                has_media=bool(has_media),
                kind=PostKind(kind),
            )
        )
    return tuple(result)


def reply_draft(connection: sqlite3.Connection, message_id: MessageId) -> PostId | None:
    """The reply to a message that was begun and is not on its way; the last one when there are several."""
    row = connection.execute(
        "SELECT id FROM post WHERE reply_message_id = ? AND kind = 'reply' AND approved IS NULL AND deleted_at IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.post_id = post.id AND d.state <> 'cancelled')"
        " ORDER BY id DESC LIMIT 1",
        (message_id,),
    ).fetchone()
    return None if row is None else PostId(row[0])


def _accounts_of(
    connection: sqlite3.Connection, ids: list[int], known: dict[AccountId, AccountMark]
) -> dict[int, tuple[AccountMark, ...]]:
    found: dict[int, tuple[AccountMark, ...]] = {}
    for post_id, account_id in connection.execute(
        f"SELECT post_id, account_id FROM post_variant WHERE post_id IN ({_marks(ids)}) ORDER BY post_id, position", ids
    ):
        found[post_id] = (*found.get(post_id, ()), known[account_id])
    return found


def _standing(connection: sqlite3.Connection, ids: list[int]) -> dict[int, tuple[tuple[State, ...], PlannedTime | None]]:
    """States and first planned time per post."""
    found: dict[int, tuple[tuple[State, ...], PlannedTime | None]] = {}
    for post_id, state, *time in connection.execute(
        "SELECT post_id, state, wall, zone, due, tzdata, shift FROM delivery"
        f" WHERE post_id IN ({_marks(ids)}) ORDER BY post_id, due, id",
        ids,
    ):
        states, first = found.get(post_id, ((), None))
        if first is None and state != State.CANCELLED.value:
            first = planned_time(time)
        found[post_id] = ((*states, State(state)), first)
    return found


def planned_time(row: Iterable[Any]) -> PlannedTime:
    """A planned time from the columns wall, zone, due, tzdata, shift."""
    wall, zone, due, tzdata, shift = row
    return PlannedTime(datetime.fromisoformat(wall), zone, from_ms(due), tzdata, Shift(shift))


def _marks(ids: list[int]) -> str:
    return ",".join("?" * len(ids))


# ---- writing


def insert(session: Session, edit: PostEdit, at: datetime) -> PostId:
    """A new post. Raises NotFound for an account or a file that is not this client's."""
    row = orm.tables.PostRecord(**_columns(edit), sha256=text_hash(edit), revision=1, created_at=to_ms(at), updated_at=to_ms(at))
    session.add(row)
    session.flush()
    if row.id is None:
        raise BadInput(field="post", reason="no_id")
    post_id = PostId(row.id)
    _write_variants(session, post_id, edit.variants)
    _write_media(session, post_id, edit.media)
    _write_extras(session, post_id, edit.extras)
    return post_id


def update(session: Session, stored: Post, edit: PostEdit, at: datetime) -> None:
    """Replaces a post's words if its revision is still the one of ``stored``; raises StaleRevision otherwise."""
    columns = {
        **_columns(edit),
        "sha256": text_hash(edit),
        "revision": stored.revision + 1,
        "updated_at": to_ms(at),
    }
    names = ", ".join(f"{name} = ?" for name in columns)
    # Spelled out: this runs at every pause of typing, and building an expression takes longer than the disk.
    result = session.connection().exec_driver_sql(
        f"UPDATE post SET {names} WHERE id = ? AND revision = ?", (*columns.values(), stored.id, stored.revision)
    )
    if result.rowcount != 1:
        raise StaleRevision(expected=stored.revision, found=-1)
    if stored.variants != edit.variants:
        _write_variants(session, stored.id, edit.variants)
    if stored.media != edit.media:
        _write_media(session, stored.id, edit.media)
    if stored.extras != edit.extras:
        _write_extras(session, stored.id, edit.extras)


def _columns(edit: PostEdit) -> dict[str, Any]:
    reply = edit.reply_to
    return {
        "kind": edit.kind.value,
        "text": edit.text,
        "warning": edit.warning,
        "visibility": edit.visibility.value,
        "language": edit.language,
        "sensitive": edit.sensitive,
        "poll": poll_to_json(edit.poll),
        "labels": dumps(list(edit.labels)),
        "reply_remote_id": reply.remote_id if reply else None,
        "reply_url": reply.url if reply else "",
        "reply_handle": reply.handle if reply else "",
        "reply_message_id": reply.message if reply else None,
    }


def _write_extras(session: Session, post_id: PostId, extras: Extras) -> None:
    execute = session.connection().exec_driver_sql
    execute("DELETE FROM post_extras WHERE post_id = ?", (post_id,))
    if extras != NONE:
        execute("INSERT INTO post_extras (post_id, extras) VALUES (?, ?)", (post_id, extras_to_json(extras)))


def _write_variants(session: Session, post_id: PostId, variants: tuple[Variant, ...]) -> None:
    connection = session.connection()
    connection.exec_driver_sql("DELETE FROM post_variant WHERE post_id = ?", (post_id,))
    for position, one in enumerate(variants):
        known = connection.exec_driver_sql("SELECT 1 FROM account WHERE id = ?", (one.account,)).first()
        if known is None:
            raise NotFound(what="account", ref=str(one.account))
        session.add(
            orm.tables.VariantRow(
                post_id=post_id,
                account_id=one.account,
                position=position,
                text=one.text,
                warning=one.warning,
                visibility=one.visibility.value if one.visibility else None,
                language=one.language,
            )
        )
    session.flush()


def _write_media(session: Session, post_id: PostId, items: tuple[MediaItem, ...]) -> None:
    connection = session.connection()
    connection.exec_driver_sql("DELETE FROM post_media WHERE post_id = ?", (post_id,))
    for position, item in enumerate(items):
        known = connection.exec_driver_sql("SELECT sha256 FROM media WHERE id = ?", (item.id,)).first()
        # The hash too: a file of another client has a number here as well.
        if known is None or known[0] != item.sha256:
            raise NotFound(what="media", ref=item.original_name[:80])
        session.add(
            orm.tables.PostMediaRow(
                post_id=post_id,
                position=position,
                media_id=item.id,
                alt=item.alt,
                focus_x=item.focus[0] if item.focus else None,
                focus_y=item.focus[1] if item.focus else None,
                part=item.part,
            )
        )
    session.flush()


def add_media(session: Session, item: MediaItem, at: datetime) -> MediaId:
    """Enters a file that lies in the media folder; its ``id`` is not looked at."""
    row = orm.tables.MediaRow(
        sha256=item.sha256,
        file_name=item.file_name,
        original_name=item.original_name,
        mime=item.mime,
        size=item.size,
        width=item.width,
        height=item.height,
        duration=item.duration,
        added_at=to_ms(at),
    )
    session.add(row)
    session.flush()
    if row.id is None:
        raise BadInput(field="media", reason="no_id")
    return MediaId(row.id)


def approve(session: Session, post_id: PostId, mark: str | None) -> None:
    """Binds a post to the fingerprint of what was approved, or (None) makes it a draft again."""
    _row(session, post_id).approved = mark
    session.flush()


def rename_label(session: Session, old: str, new: str) -> None:
    """Posts bear another name of a label from now on; nobody's words change, so what is approved stays approved."""
    execute = session.connection().exec_driver_sql
    rows = execute("SELECT id, labels FROM post WHERE labels <> '[]' AND labels LIKE ?", (f"%{dumps(old)[1:-1]}%",)).all()
    for number, text in rows:
        borne = json.loads(text)
        if old in borne:
            fresh = list(dict.fromkeys(new if one == old else one for one in borne))
            execute("UPDATE post SET labels = ? WHERE id = ?", (dumps(fresh), number))


def set_deleted(session: Session, post_id: PostId, at: datetime | None) -> None:
    """Puts a post into the bin, or takes it out again."""
    _row(session, post_id).deleted_at = to_ms(at)
    session.flush()


def _row(session: Session, post_id: PostId) -> orm.tables.PostRecord:
    row = session.get(orm.tables.PostRecord, post_id)
    if row is None:
        raise NotFound(what="post", ref=str(post_id))
    return row


def snapshot(session: Session, post: Post, why: str, at: datetime) -> None:
    """Keeps a version of a post as it is stored."""
    session.add(
        orm.tables.VersionRow(
            post_id=post.id, revision=post.revision, at=to_ms(at), why=why, edit=edit_to_json(edit_of(post), post.sha256)
        )
    )


def snapshot_due(connection: sqlite3.Connection, post_id: PostId, at: datetime) -> bool:
    """Whether the last kept version is old enough for another one."""
    last = connection.execute("SELECT max(at) FROM post_version WHERE post_id = ?", (post_id,)).fetchone()[0]
    return last is None or at - from_ms(last) >= SNAPSHOT_EVERY


def tidy(session: Session, at: datetime) -> None:
    """Lets go of versions and binned drafts older than thirty days. A post that was ever planned keeps its history."""
    limit = to_ms(at - KEPT_FOR)
    connection = session.connection()
    connection.exec_driver_sql("DELETE FROM post_version WHERE at < ? AND why = 'autosave'", (limit,))
    gone = "SELECT id FROM post WHERE deleted_at < ? AND id NOT IN (SELECT post_id FROM delivery)"
    for table in ("post_version", "post_variant", "post_media", "post_extras"):
        connection.exec_driver_sql(f"DELETE FROM {table} WHERE post_id IN ({gone})", (limit,))
    connection.exec_driver_sql(f"DELETE FROM post WHERE id IN ({gone})", (limit,))
