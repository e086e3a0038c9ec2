"""Answers messages: a reply is a post in the outbox, so it is written down first and works without a network."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from cmdesk.domain.account import ANSWERS_REACH
from cmdesk.domain.errors import BadInput, NotAllowed
from cmdesk.domain.ids import DeliveryId, MessageId
from cmdesk.domain.limits import Visibility
from cmdesk.domain.message import Message, MessageState
from cmdesk.domain.post import Post, PostEdit, PostKind, ReplyTarget, Variant, edit_of
from cmdesk.domain.schedule import at_instant
from cmdesk.services import composing, planning
from cmdesk.services.moderating import favourite
from cmdesk.store import accounts as account_store
from cmdesk.store import inbox as store
from cmdesk.store import ingest, posts, replies

if TYPE_CHECKING:
    from cmdesk.domain.account import Account
    from cmdesk.services.workspace import Workspace

#: From the widest to the narrowest.
_NARROWER = (Visibility.PUBLIC, Visibility.UNLISTED, Visibility.FOLLOWERS, Visibility.DIRECT)


def draft_for(ws: Workspace, message_id: MessageId) -> PostEdit:
    """What the editor of a reply begins with: who is named, as far seen as the message, in its language, under its warning.

    Raises NotFound.
    """
    message, account = _target(ws, message_id)
    names = mentions_for(message, account)
    return PostEdit(
        text="".join(f"@{name} " for name in names),
        warning=message.warning if account.limits.warnings else "",
        visibility=message.visibility,
        language=message.language or ws.client.language.value,
        variants=(Variant(account.id),),
        reply_to=_reply_target(message),
        kind=PostKind.REPLY,
    )


def mentions_for(message: Message, account: Account) -> tuple[str, ...]:
    """Whom a reply must name to reach everybody in the conversation: the author first, never ourselves, nobody twice.

    Nobody where an answer reaches them by itself.
    """
    if account.identity.network in ANSWERS_REACH:
        return ()
    ours = account.identity.handle.casefold()
    authors = () if message.author.is_us else (message.author.handle,)
    found: dict[str, str] = {}
    for handle in (*authors, *message.mentions):
        if handle and handle.casefold() != ours:
            found.setdefault(handle.casefold(), handle)
    return tuple(found.values())


def wider(visibility: Visibility, than: Visibility) -> bool:
    """Whether more people would see it."""
    return _NARROWER.index(visibility) < _NARROWER.index(than)


class Reach(Enum):
    """Who will see an answer."""

    EVERYONE = "everyone"
    FOLLOWERS = "followers"
    NAMED = "named"


class Audience(Struct, frozen=True):
    """Who will see an answer: in whose name, how far, whom it names, and whether that is more than saw the message."""

    account: str
    reach: Reach
    named: tuple[str, ...]
    wider: bool


_REACH: Mapping[Visibility, Reach] = MappingProxyType(
    {
        Visibility.PUBLIC: Reach.EVERYONE,
        Visibility.UNLISTED: Reach.EVERYONE,
        Visibility.FOLLOWERS: Reach.FOLLOWERS,
        Visibility.DIRECT: Reach.NAMED,
    }
)


def audience(ws: Workspace, message_id: MessageId, edit: PostEdit) -> Audience:
    """Who will see this answer, so that private and public can't be taken for each other. Raises NotFound."""
    message, account = _target(ws, message_id)
    whole = _whole(edit, message, account)
    shown = whole.variants[0].visibility or whole.visibility
    words = (whole.text if whole.variants[0].text is None else whole.variants[0].text).casefold()
    names = mentions_for(message, account)
    named = tuple(name for name in names if f"@{name}".casefold() in words) if names else (message.author.handle,)
    return Audience(account.identity.handle, _REACH[shown], named, wider(shown, than=message.visibility))


def kept(ws: Workspace, message_id: MessageId) -> Post | None:
    """The reply to a message that was begun and neither sent nor thrown away. Raises DraftDamaged."""
    with ws.read() as connection:
        found = posts.reply_draft(connection, message_id)
        return None if found is None else posts.load(connection, found)


async def keep(ws: Workspace, message_id: MessageId, edit: PostEdit, *, initiator: str | None = None) -> Post | None:
    """Keeps a reply that is being written, one per message. Without a word of one's own there is nothing to keep:
    what was kept goes into the bin and None is returned. Raises NotFound.
    """
    message, account = _target(ws, message_id)
    before = kept(ws, message_id)
    whole = _whole(edit, message, account)
    if _has_words(whole, whole.variants[0], mentions_for(message, account)):
        return await _stored(ws, before, whole, initiator)
    if before is not None:
        await composing.bin(ws, before.id)
    return None


async def _stored(ws: Workspace, before: Post | None, whole: PostEdit, initiator: str | None) -> Post:
    if before is None:
        return await composing.create(ws, whole)
    return await composing.save(ws, before.id, whole, before.revision, initiator)


def _whole(edit: PostEdit, message: Message, account: Account) -> PostEdit:
    variants = tuple(one for one in edit.variants if one.account == account.id) or (Variant(account.id),)
    return replace(edit, kind=PostKind.REPLY, reply_to=_reply_target(message), variants=variants)


async def send(
    ws: Workspace,
    message_id: MessageId,
    edit: PostEdit,
    *,
    allow_wider: bool = False,
    after: timedelta = timedelta(0),
    seen: Message | None = None,
    initiator: str | None = None,
) -> DeliveryId:
    """Puts a reply into the outbox, due now; the message is IN_HAND until it is out, then ANSWERED. What was kept of it goes out.

    A reply seen by more people than what it answers needs ``allow_wider``: a person's own choice.
    ``after`` holds it back for a moment, so that it can be taken back. ``seen`` is the message as the writer saw it (the stored
    one, unless told): before it leaves it is compared with how things stand then, and held for a person if they differ.
    Raises BadInput(field="text" or "visibility"), BlockedByProblems, NotAllowed (unlinked account), NotFound.
    """
    message, account = _target(ws, message_id)
    if account.unlinked_at is not None:
        raise NotAllowed(from_state="unlinked", to_state="connected")
    whole = _whole(edit, message, account)
    shown = whole.variants[0].visibility or whole.visibility
    if wider(shown, than=message.visibility) and not allow_wider:
        raise BadInput(field="visibility", reason="wider", given=shown.value, inherited=message.visibility.value)
    if not _has_words(whole, whole.variants[0], mentions_for(message, account)):
        raise BadInput(field="text", reason="empty")
    post = await _stored(ws, kept(ws, message_id), whole, initiator)
    with ws.write(initiator=initiator) as session:
        replies.note_basis(session, post.id, seen or message, ws.clock.now())
    if after:
        when = at_instant(ws.clock.now() + after, ws.client.timezone, ws.clock.tzdata_version())
        deliveries = await planning.schedule(ws, post.id, when)
    else:
        deliveries = await planning.now(ws, post.id)
    with ws.write(initiator=initiator) as session:
        ingest.take_in_hand(session, message.id, ws.clock.now())
    return deliveries[0]


async def take_back(ws: Workspace, delivery_id: DeliveryId, state: MessageState | None = None) -> PostEdit:
    """Takes back a reply that is not out yet: it is kept as begun, and its message goes back into ``state``.

    Returns the reply. Raises NotAllowed when it is on its way or out, NotFound.
    """
    post = composing.load(ws, planning.delivery(ws, delivery_id).post)
    await planning.unschedule(ws, post.id)
    target = post.reply_to.message if post.reply_to is not None else None
    if state is not None and target is not None:
        with ws.write() as session:
            ingest.set_state(session, [target], state, at=ws.clock.now())
    return edit_of(post)


def _target(ws: Workspace, message_id: MessageId) -> tuple[Message, Account]:
    with ws.read() as connection:
        message = store.message(connection, message_id)
        return message, account_store.account(connection, message.account)


def _reply_target(message: Message) -> ReplyTarget:
    return ReplyTarget(message.remote_id, message.url, message.author.handle, message.id)


def _has_words(edit: PostEdit, variant: Variant, mentions: tuple[str, ...]) -> bool:
    """Whether there is more in it than the names it began with."""
    names = {f"@{name}".casefold() for name in mentions}
    words = (edit.text if variant.text is None else variant.text).split()
    return bool(edit.media) or any(word.casefold() not in names for word in words)


__all__ = [
    "Audience",
    "Reach",
    "audience",
    "draft_for",
    "favourite",
    "keep",
    "kept",
    "mentions_for",
    "send",
    "take_back",
    "wider",
]
