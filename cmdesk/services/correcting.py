"""Changes what is live: the stored words of a post take the place of those on the network, under the same address.

Written down first, like everything that leaves. The network's own way of editing is used and no other: nothing here can
make a second post, and asking for the same words again is the same edit once more.
"""

from __future__ import annotations

from datetime import timedelta
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from cmdesk.domain.account import Health, Role
from cmdesk.domain.delivery import Delivery, Envelope, State
from cmdesk.domain.errors import BadInput, CmdeskError, NetworkProblem, NotAllowed, WrongIdentity
from cmdesk.domain.limits import Problem
from cmdesk.domain.post import MediaItem, Post, content_for
from cmdesk.networks.port import Edits, Look, NotSent, Published, Publishes, Refused
from cmdesk.services import planning
from cmdesk.services.health import note_failure
from cmdesk.store import accounts as account_store
from cmdesk.store import corrections, posts, queue

if TYPE_CHECKING:
    from cmdesk.domain.account import Account
    from cmdesk.domain.ids import DeliveryId, PostId
    from cmdesk.networks.port import Connector
    from cmdesk.services.workspace import Workspace

#: A look for what an edit did begins that long before the post was published: its own age is what the network lists it by.
_BEFORE = timedelta(minutes=10)


class Outcome(Enum):
    """What became of a change."""

    CHANGED = "changed"
    SAME = "same"  # the network has these words already
    REFUSED = "refused"  # the network said no; what was live stays
    UNCLEAR = "unclear"  # nobody can tell; the same change can be asked for again


class Corrected(Struct, frozen=True):
    """What came of one delivery; ``problem`` is why the network refused, ``parts`` how many were changed for certain."""

    delivery: DeliveryId
    outcome: Outcome
    parts: int = 0
    problem: Problem | None = None


def behind(ws: Workspace, post_id: PostId) -> tuple[DeliveryId, ...]:
    """The live deliveries of a post whose words are not the stored ones any more. Raises NotFound, DraftDamaged."""
    with ws.read() as connection:
        post = posts.load(connection, post_id)
        found = []
        for one in queue.deliveries(connection, post_id):
            if one.state is State.SENT and one.account in post.accounts:
                live = corrections.live_parts(connection, one.id, "")
                if any(_wanted(post, one, envelope, "") != envelope for envelope, _ in live):
                    found.append(one.id)
    return tuple(found)


async def correct(ws: Workspace, delivery_id: DeliveryId) -> Corrected:
    """Puts the stored words of a post in the place of those that are live in one account, part by part.

    Raises NotAllowed (not live, or the network can't edit), BadInput(field="live") with the reason ``visibility``, ``poll``,
    ``media`` or ``parts`` for what is not changed once it is live (of pictures only their descriptions are),
    BlockedByProblems, WrongIdentity, and NetworkProblem or VaultProblem when it is certain that nothing left.
    """
    delivery, post, account = _known(ws, delivery_id)
    steps = _steps(ws, post, delivery)
    if not steps:
        return Corrected(delivery_id, Outcome.SAME)
    planning.check_blocks(post, (account,), ws.media_folder)
    connector = await ws.connector(account.id)
    if not isinstance(connector, Edits) or Role.EDITS not in connector.roles:
        raise NotAllowed(from_state="live", to_state=Role.EDITS.value)
    await _check_voice(ws, account, connector)
    changed = 0
    for wanted, remote_id in steps:
        outcome, problem = await _change(_Speaker(ws, account, connector, delivery), wanted, remote_id)
        if outcome is not Outcome.CHANGED:
            return Corrected(delivery_id, outcome, changed, problem)
        changed += 1
    return Corrected(delivery_id, Outcome.CHANGED, changed)


def _known(ws: Workspace, delivery_id: DeliveryId) -> tuple[Delivery, Post, Account]:
    with ws.read() as connection:
        delivery = queue.delivery(connection, delivery_id)
        if delivery.state is not State.SENT:
            raise NotAllowed(from_state=delivery.state.value, to_state="changed")
        post = posts.load(connection, delivery.post)
        account = account_store.account(connection, delivery.account)
    if account.unlinked_at is not None:
        raise NotAllowed(from_state="unlinked", to_state="changed")
    if account.id not in post.accounts:
        raise BadInput(field="live", reason="not_meant")
    return delivery, post, account


def _steps(ws: Workspace, post: Post, delivery: Delivery) -> tuple[tuple[Envelope, str], ...]:
    """The parts to change, each with the id of what is live; raises BadInput for what can't be changed any more."""
    folder = str(ws.media_folder)
    content = content_for(post, delivery.account)
    with ws.read() as connection:
        live = corrections.live_parts(connection, delivery.id, folder)
        every = corrections.parts(connection, delivery.id)
    if not live:
        raise NotAllowed(from_state="live", to_state="changed")  # a person said that it is live; its id is not known
    if len(content.parts) != every:
        raise BadInput(field="live", reason="parts", live=every, wanted=len(content.parts))
    if content.visibility is not live[0][0].visibility:
        raise BadInput(field="live", reason="visibility")
    if content.poll != live[0][0].poll:
        raise BadInput(field="live", reason="poll")
    if any(_files(content.parts[was.part].media) != _files(was.media) for was, _ in live):
        raise BadInput(field="live", reason="media")
    wanted = [(_wanted(post, delivery, envelope, folder), envelope, remote_id) for envelope, remote_id in live]
    return tuple((new, remote_id) for new, old, remote_id in wanted if new != old)


def _files(media: tuple[MediaItem, ...]) -> list[str]:
    return [one.sha256 for one in media]


def _wanted(post: Post, delivery: Delivery, live: Envelope, folder: str) -> Envelope:
    """What should be live instead of a part: new words, everything else as it went out."""
    content = content_for(post, delivery.account)
    if live.part >= len(content.parts):
        return live
    part = content.parts[live.part]
    return Envelope(
        delivery=delivery.id,
        part=live.part,
        parts=live.parts,
        identity=live.identity,
        key=live.key,
        text=part.text,
        media_folder=folder,
        media=part.media,
        warning=content.warning,
        visibility=live.visibility,
        language=content.language,
        sensitive=content.sensitive,
        poll=live.poll,
        reply_to=live.reply_to,
    )


async def _check_voice(ws: Workspace, account: Account, connector: Connector) -> None:
    """Asks who we are, every time: this is rare, and speaks in the client's name. Raises WrongIdentity and as whoami."""
    try:
        who = await connector.whoami()
        if account.health is Health.WRONG_IDENTITY or not who.same_as(account.identity):
            raise WrongIdentity(expected=account.identity.handle, found=who.handle)
    except CmdeskError as problem:
        note_failure(ws, account, problem)
        raise


class _Speaker(NamedTuple):
    """In whose name, and about what."""

    ws: Workspace
    account: Account
    connector: Edits
    delivery: Delivery


async def _change(speaker: _Speaker, wanted: Envelope, remote_id: str) -> tuple[Outcome, Problem | None]:
    """One edit: written down, asked for once, and an honest word about what it did."""
    ws, account, connector, delivery = speaker
    with ws.write() as session:
        corrections.begin(session, wanted, ws.clock.now())
    try:
        answer = await connector.edit(remote_id, wanted)
    except NotSent as proof:
        _end(ws, wanted, "not_sent", code=proof.cause.code)
        note_failure(ws, account, proof.cause)
        raise proof.cause from None
    except CmdeskError as problem:
        # The keyring, or a key that is not accepted: no request was made.
        _end(ws, wanted, "not_sent", code=problem.code)
        note_failure(ws, account, problem)
        raise
    if isinstance(answer, Published) and answer.remote_id == remote_id:
        _end(ws, wanted, "published")
        return Outcome.CHANGED, None
    if isinstance(answer, Refused):
        _end(ws, wanted, "refused", code=answer.problem.code)
        return Outcome.REFUSED, answer.problem
    if await _is_live(connector, delivery, wanted, remote_id):
        _end(ws, wanted, "published", reason="read_back")
        return Outcome.CHANGED, None
    _end(ws, wanted, "unknown", reason=getattr(answer, "reason", "other_id"))
    return Outcome.UNCLEAR, None


def _end(ws: Workspace, wanted: Envelope, outcome: str, **why: str) -> None:
    with ws.write() as session:
        corrections.end(session, wanted, outcome, ws.clock.now(), **why)


async def _is_live(connector: object, delivery: Delivery, wanted: Envelope, remote_id: str) -> bool:
    """Whether the network shows the wanted words under the same id; a look that fails proves nothing."""
    if not isinstance(connector, Publishes):
        return False
    since = (delivery.sent_at or delivery.planned.utc) - _BEFORE
    try:
        found = await connector.find(wanted, since)
    except NetworkProblem:
        return False
    return found.look is Look.FOUND and found.published is not None and found.published.remote_id == remote_id


__all__ = ["Corrected", "Outcome", "behind", "correct"]
