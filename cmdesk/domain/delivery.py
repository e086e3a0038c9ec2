"""Describes a delivery: one post on one account, its states, and the only moves allowed between them."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import Enum

from msgspec import Struct

from cmdesk.domain.account import Identity
from cmdesk.domain.errors import NotAllowed
from cmdesk.domain.extras import Extras
from cmdesk.domain.ids import AccountId, DeliveryId, PostId
from cmdesk.domain.limits import Problem, Visibility
from cmdesk.domain.post import MediaItem, Poll
from cmdesk.domain.schedule import PlannedTime


class State(Enum):
    """Where a delivery stands."""

    PLANNED = "planned"
    HELD = "held"
    SENDING = "sending"
    PROCESSING = "processing"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    GONE = "gone"


class HeldBecause(Enum):
    """Why a delivery waits for a person."""

    LATE = "late"  # its time passed by more than the client's grace
    ACCOUNT = "account"  # the account must be linked again or belongs to somebody else
    EDITED = "edited"  # the post changed after it was approved
    CRISIS = "crisis"  # the client's outgoing posts are frozen
    DOUBT = "doubt"  # restored or copied data: it may have gone out already
    ANSWER = "answer"  # what it answers is not as it was when the answer was written


#: The only moves there are. PLANNED out of SENDING or UNCERTAIN only when it is certain (or a person says) that what is
#: sent next was not created; SENDING out of PROCESSING only for the next part of a thread, out of UNCERTAIN only as the
#: very same write once more (``Repeat``); SENT out of HELD or REFUSED only when a person leaves it at the parts that are out.
#: HELD out of REFUSED when the whole file is in doubt: what an old copy calls refused may have gone out since.
MOVES: Mapping[State, frozenset[State]] = {
    State.PLANNED: frozenset({State.SENDING, State.HELD, State.CANCELLED}),
    State.HELD: frozenset({State.PLANNED, State.CANCELLED, State.SENT}),
    State.SENDING: frozenset({State.SENT, State.PROCESSING, State.REFUSED, State.UNCERTAIN, State.PLANNED}),
    State.PROCESSING: frozenset({State.SENT, State.REFUSED, State.UNCERTAIN, State.SENDING}),
    State.UNCERTAIN: frozenset({State.SENT, State.PLANNED, State.CANCELLED, State.SENDING}),
    State.REFUSED: frozenset({State.PLANNED, State.CANCELLED, State.SENT, State.HELD}),
    State.SENT: frozenset({State.GONE}),
    State.CANCELLED: frozenset(),
    State.GONE: frozenset(),
}

#: States that wait for a person's decision.
NEEDS_DECISION = frozenset({State.HELD, State.UNCERTAIN, State.REFUSED})

#: States in which nothing more will happen by itself.
SETTLED = frozenset({State.SENT, State.CANCELLED, State.GONE})


def check_move(before: State, after: State) -> None:
    """Raises NotAllowed unless the table has this move."""
    if after not in MOVES[before]:
        raise NotAllowed(from_state=before.value, to_state=after.value)


class Repeat(Enum):
    """On what ground a doubtful write may be made a second time without a person's word."""

    SAME_ID = "same_id"  # its id is ours: a second write is the same record
    SAME_KEY = "same_key"  # the network remembers its key: for a while


#: A key is not trusted before this age (older servers look, then write, and two may pass) nor after (they forget in an hour).
KEY_YOUNGEST = timedelta(seconds=60)
KEY_OLDEST = timedelta(minutes=45)
#: So far two clocks may lie apart before one of them is thought to have been set or stopped.
CLOCKS_AGREE = timedelta(minutes=2)
#: After so long even the same record is old news: then a person decides whether it still should go out.
REPEAT_WITHIN = timedelta(hours=24)


def may_repeat(ground: Repeat, key_age: timedelta | None, begun: datetime, now: datetime) -> bool:
    """Whether a write may be made once more at this moment.

    ``key_age`` is the time since the key was first used, by the monotonic clock of one boot; None when it can't be known.
    ``begun`` and ``now`` say the same by the clock on the wall: the one may stand while the computer sleeps, the other may be
    set, so a key is trusted only where neither makes it too old and the wall does not lag behind.
    """
    if ground is Repeat.SAME_ID:
        return now - begun <= REPEAT_WITHIN
    return key_age is not None and key_age >= KEY_YOUNGEST and key_age - CLOCKS_AGREE <= now - begun < KEY_OLDEST


class PostState(Enum):
    """A post's own state: never stored, always a fold over its deliveries."""

    DRAFT = "draft"
    PLANNED = "planned"
    SENDING = "sending"
    SENT = "sent"
    PARTLY_SENT = "partly_sent"
    NEEDS_YOU = "needs_you"
    CANCELLED = "cancelled"
    GONE = "gone"  # it was live, and was taken down everywhere


def post_state(states: tuple[State, ...], *, approved: bool = True) -> PostState:
    """Folds the states of a post's deliveries into one: what needs a person comes first.

    With only cancelled deliveries it is cancelled, or, once it is no longer approved, a draft again.
    """
    alive = [state for state in states if state is not State.CANCELLED]
    if not alive:
        return PostState.CANCELLED if states and approved else PostState.DRAFT
    if any(state in NEEDS_DECISION for state in alive):
        return PostState.NEEDS_YOU
    if any(state in {State.SENDING, State.PROCESSING} for state in alive):
        return PostState.SENDING
    live = State.SENT in alive
    if all(state in {State.SENT, State.GONE} for state in alive):
        return PostState.SENT if live else PostState.GONE
    return PostState.PARTLY_SENT if live else PostState.PLANNED


class Envelope(Struct, frozen=True):
    """The frozen copy of one part of a delivery: exactly what is sent, and nothing is built again from the draft.

    ``part`` of ``parts`` counts from 0. ``key`` is the idempotency key, chosen once before the first attempt.
    ``reply_to`` is the network's id of what it answers (for a later part: the part before it).
    ``media`` paths are inside ``media_folder``, the client's own. ``begun_at`` (aware UTC) is when this try began, written
    down before the call.
    """

    delivery: DeliveryId
    part: int
    parts: int
    identity: Identity
    key: str
    text: str
    media_folder: str
    media: tuple[MediaItem, ...] = ()
    warning: str = ""
    visibility: Visibility = Visibility.PUBLIC
    language: str = ""
    sensitive: bool = False
    poll: Poll | None = None
    reply_to: str | None = None
    begun_at: datetime | None = None
    extras: Extras = Extras()


class PartReceipt(Struct, frozen=True):
    """What is known of one part: its state, and where it lives once it is out."""

    part: int
    state: State
    remote_id: str | None = None
    url: str | None = None


class Delivery(Struct, frozen=True):
    """One post on one account, as stored. ``looks`` counts read-backs while uncertain; ``attempts`` counts calls."""

    id: DeliveryId
    post: PostId
    account: AccountId
    state: State
    planned: PlannedTime
    state_since: datetime
    attempts: int = 0
    looks: int = 0
    retry_at: datetime | None = None
    held_because: HeldBecause | None = None
    problem: Problem | None = None
    remote_id: str | None = None
    url: str | None = None
    sent_at: datetime | None = None
    parts: tuple[PartReceipt, ...] = ()

    @property
    def due(self) -> datetime:
        """When it should go out, aware UTC."""
        return self.planned.utc

    @property
    def parts_out(self) -> int:
        """How many of its parts are live."""
        return sum(1 for part in self.parts if part.state is State.SENT)


class Attempt(Struct, frozen=True):
    """A line of the journal. ``kind`` is send, resume, look or decide; ``outcome`` a code, None while (or if) nobody knows."""

    id: int
    delivery: DeliveryId
    part: int
    kind: str
    started_at: datetime
    ended_at: datetime | None
    outcome: str | None
    detail: str
