"""Answers messages: a reply is a post in the outbox, so it is written down first and works without a network."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cmdesk.domain.errors import BadInput, NotAllowed
from cmdesk.domain.ids import DeliveryId, MessageId
from cmdesk.domain.limits import Visibility
from cmdesk.domain.message import Message
from cmdesk.domain.post import PostEdit, PostKind, ReplyTarget, Variant
from cmdesk.services import composing, planning
from cmdesk.services.moderating import favourite
from cmdesk.store import accounts as account_store
from cmdesk.store import inbox as store
from cmdesk.store import ingest

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
        warning=message.warning,
        visibility=message.visibility,
        language=message.language or ws.client.language.value,
        variants=(Variant(account.id),),
        reply_to=_reply_target(message),
        kind=PostKind.REPLY,
    )


def mentions_for(message: Message, account: Account) -> tuple[str, ...]:
    """Whom a reply must name to reach everybody in the conversation: the author first, never ourselves, nobody twice."""
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


async def send(
    ws: Workspace, message_id: MessageId, edit: PostEdit, *, allow_wider: bool = False, initiator: str | None = None
) -> DeliveryId:
    """Puts a reply into the outbox, due now; the message is IN_HAND until it is out, then ANSWERED.

    A reply seen by more people than what it answers needs ``allow_wider``: a person's own choice.
    Raises BadInput(field="text" or "visibility"), BlockedByProblems, NotAllowed (unlinked account), NotFound.
    """
    message, account = _target(ws, message_id)
    if account.unlinked_at is not None:
        raise NotAllowed(from_state="unlinked", to_state="connected")
    variants = tuple(one for one in edit.variants if one.account == account.id) or (Variant(account.id),)
    shown = variants[0].visibility or edit.visibility
    if wider(shown, than=message.visibility) and not allow_wider:
        raise BadInput(field="visibility", reason="wider", given=shown.value, inherited=message.visibility.value)
    if not _has_words(edit, variants[0], mentions_for(message, account)):
        raise BadInput(field="text", reason="empty")
    whole = replace(edit, kind=PostKind.REPLY, reply_to=_reply_target(message), variants=variants)
    post = await composing.create(ws, whole)
    deliveries = await planning.now(ws, post.id)
    with ws.write(initiator=initiator) as session:
        ingest.take_in_hand(session, message.id, ws.clock.now())
    return deliveries[0]


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


__all__ = ["draft_for", "favourite", "mentions_for", "send", "wider"]
