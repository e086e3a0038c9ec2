"""Red twins: publishing that is wrong on purpose. The simulators must catch every one, or they prove nothing.

Most are wrong between the publisher and the network, where every way of publishing must pass, so that they stay wrong in the
same way when the code inside changes its shape.
"""

from __future__ import annotations

import asyncio
import itertools
import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from unittest import mock

from msgspec.structs import replace as with_fields

from cmdesk.domain.account import Identity
from cmdesk.domain.delivery import Envelope, Repeat
from cmdesk.domain.errors import NoNetwork
from cmdesk.domain.limits import Problem
from cmdesk.domain.post import edit_of, text_hash
from cmdesk.domain.schedule import Lateness, PlannedTime, Shift
from cmdesk.networks import _bluesky_publish
from cmdesk.networks._tid import tid
from cmdesk.networks.port import Finding, Look, NotSent, Outcome, Published, Refused, SecondWrite, Unknown
from cmdesk.services import guarding, reconciling, sending
from cmdesk.services.desk import Desk
from cmdesk.services.publishing import APART, Publisher
from cmdesk.store import lease, outbox, posts, settling
from cmdesk.store.database import reading
from cmdesk.store.lease import Lease
from tests.prove import r1, r9, r19
from tests.prove.r1 import BRUTAL
from tests.prove.r17 import SPACING
from tests.prove.simulated import SimulatedClock
from tests.prove.table import Line, Row, Task
from tests.prove.truth import SimulatedConnector
from tests.prove.worlds import Templates, Verdict, Weather, World, calm


class TriesAgain(SimulatedConnector):
    """Takes every time-out, reset and 5xx for "not sent"."""

    async def publish(self, envelope: Envelope) -> Outcome:
        outcome = await super().publish(envelope)
        if isinstance(outcome, Unknown):
            raise NotSent(NoNetwork())
        return outcome


class TriesAgainWithAnotherKey(TriesAgain):
    """The same, and makes a new key for each try."""

    async def publish(self, envelope: Envelope) -> Outcome:
        return await super().publish(with_fields(envelope, key=f"{self._platform.rng.getrandbits(128):032x}"))


class TellsFailed(SimulatedConnector):
    """Tells what nobody can know as failed."""

    async def publish(self, envelope: Envelope) -> Outcome:
        outcome = await super().publish(envelope)
        return Refused(Problem("failed")) if isinstance(outcome, Unknown) else outcome

    async def find(self, envelope: Envelope, since: datetime) -> Finding:
        return Finding(Look.ABSENT)


class BelievesEveryRefusal(SimulatedConnector):
    """Takes a refusal for a proof, on networks that refuse and publish all the same."""

    @property
    def evidence(self) -> Any:
        return with_fields(super().evidence, refusals=True)


class SpeaksForWhoeverIsShown(SimulatedConnector):
    """Uses the key of the account that somebody happens to look at."""

    async def publish(self, envelope: Envelope) -> Outcome:
        own = self._secret
        if self._platform.rng.random() < 0.1:
            shown = self._platform.rng.choice(self._platform.people())
            self._secret = shown
        try:
            return await super().publish(envelope)
        finally:
            self._secret = own


class AsksNobody(SimulatedConnector):
    """Believes to be who it was linked as, whatever key the keyring holds today."""

    meant: Identity | None = None

    async def publish(self, envelope: Envelope) -> Outcome:
        self.meant = envelope.identity
        return await super().publish(envelope)

    async def whoami(self) -> Identity:
        await super().whoami()
        return self.meant or self.account


class SaysSentFirst(SimulatedConnector):
    """Writes down that it is live, then sends."""

    sending: asyncio.Future[None]  # nobody waits for it: that is what is wrong

    async def publish(self, envelope: Envelope) -> Outcome:
        self.sending = asyncio.ensure_future(self._send(envelope))
        return Published(f"guess-{envelope.key}", f"{self._platform.server}/guess/{envelope.key}")

    async def _send(self, envelope: Envelope) -> None:
        try:
            await super().publish(envelope)
        except (Exception, asyncio.CancelledError):  # noqa: BLE001 - it is told as sent whatever comes
            return


class TakesTheFirstForOurs(SimulatedConnector):
    """Looks for "something of ours since then" and not for these words."""

    async def find(self, envelope: Envelope, since: datetime) -> Finding:
        await super().find(envelope, since)
        mine = [one for one in self._platform.ledger.entries if one.speaker == envelope.identity.remote_id]
        if not mine:
            return Finding(Look.ABSENT)
        return Finding(Look.FOUND, Published(mine[-1].remote_id, self._platform.url(mine[-1])))


@contextmanager
def resends_after_a_crash() -> Iterator[None]:
    """What a former life left in the middle is simply sent again."""

    def recover(session: Any, _look_at: datetime, _at: datetime) -> tuple[int, int]:
        execute = session.connection().exec_driver_sql
        found = execute("UPDATE delivery SET state = 'planned', retry_at = NULL WHERE state = 'sending'").rowcount
        execute("UPDATE delivery_part SET state = 'planned' WHERE state = 'sending'")
        return 0, found

    with mock.patch.object(settling, "recover", recover):
        yield


@contextmanager
def forgets_after_a_crash() -> Iterator[None]:
    """What a former life left in the middle stays there."""
    with mock.patch.object(settling, "recover", return_value=(0, 0)):
        yield


@contextmanager
def knows_no_lease() -> Iterator[None]:
    """Whoever opens the file sends from it."""
    with mock.patch.object(lease, "take", return_value=True), mock.patch.object(lease, "ours", return_value=True):
        yield


@contextmanager
def claims_without_a_condition() -> Iterator[None]:
    """Takes a delivery for sending whatever its state is by now."""
    real = outbox.claim

    def claim(session: Any, delivery: Any, **more: Any) -> Any:
        execute = session.connection().exec_driver_sql
        execute("UPDATE delivery SET state = 'planned' WHERE id = ? AND state IN ('sending', 'sent', 'uncertain')", (delivery,))
        execute("UPDATE delivery_part SET state = 'planned' WHERE delivery_id = ?", (delivery,))
        return real(session, delivery, **more)

    with mock.patch.object(outbox, "claim", claim), knows_no_lease():
        yield


@contextmanager
def deletes_before_sending() -> Iterator[None]:
    """Takes the delivery out of the queue, then sends it: whoever dies in between has lost it."""
    real = outbox.claim

    def claim(session: Any, delivery: Any, **more: Any) -> Any:
        found = real(session, delivery, **more)
        if isinstance(found, outbox.Claim):
            session.connection().exec_driver_sql("UPDATE delivery SET state = 'cancelled' WHERE id = ?", (delivery,))
        return found

    with mock.patch.object(outbox, "claim", claim):
        yield


@contextmanager
def sends_again_without_a_word() -> Iterator[None]:
    """Looks once after half a minute and sends again, on networks where a second write is a second post."""

    def plan(_ws: Any, _doubt: Any, _second: SecondWrite, *, absent: bool) -> bool:
        return absent

    always = dict.fromkeys(SecondWrite, Repeat.SAME_ID)
    with (
        mock.patch.object(reconciling, "_may_repeat", plan),
        mock.patch.object(reconciling, "LOOKS_BELIEVED", 1),
        mock.patch.object(reconciling, "_rest_left", return_value=timedelta()),
        mock.patch.object(reconciling, "REPEATS", always),
        mock.patch.object(sending, "REPEATS", always),
    ):
        yield


@contextmanager
def marks_no_call() -> Iterator[None]:
    """Claims, calls, and never writes down that a call was begun: a death in the middle of it looks like one before it."""
    with mock.patch.object(outbox, "call_begins", return_value=None):
        yield


@contextmanager
def names_each_try_anew() -> Iterator[None]:
    """Makes the name of a Bluesky record when it is written or looked for, and not before the first try."""
    numbers = itertools.count()

    def anew(_key: str) -> str:
        return tid(next(numbers), 7)

    with mock.patch.object(_bluesky_publish, "rkey_of", anew):
        yield


@contextmanager
def keeps_the_words_in_memory() -> Iterator[None]:
    """Writes the words down when they are out, and not before: whoever dies on the way has lost them."""
    real = outbox.claim

    def claim(session: Any, delivery: Any, **more: Any) -> Any:
        found = real(session, delivery, **more)
        if isinstance(found, outbox.Claim):
            execute = session.connection().exec_driver_sql
            words = (found.envelope.text, delivery)
            execute("UPDATE delivery_part SET frozen = replace(frozen, ?, '') WHERE delivery_id = ?", words)
            execute(
                "UPDATE post_variant SET text = ''"
                " WHERE account_id = ? AND post_id = (SELECT post_id FROM delivery WHERE id = ?)",
                (found.account, delivery),
            )
            _believe(session, delivery)
        return found

    with mock.patch.object(outbox, "claim", claim):
        yield


def _believe(session: Any, delivery: Any) -> None:
    """Takes the post as it lies there now for the approved one, sound and whole."""
    execute = session.connection().exec_driver_sql
    (number,) = execute("SELECT post_id FROM delivery WHERE id = ?", (delivery,)).one()
    post = posts.load(reading(session), number, damaged=True)
    mark = outbox.current_mark(session, post)
    execute("UPDATE post SET sha256 = ?, approved = ? WHERE id = ?", (text_hash(edit_of(post)), mark, number))
    execute("UPDATE delivery SET fingerprint = ? WHERE post_id = ?", (mark, number))


@contextmanager
def trusts_a_key_for_ever() -> Iterator[None]:
    """Never asks how old a key is before it writes with it again."""
    with (
        mock.patch.object(outbox, "may_repeat", return_value=True),
        mock.patch.object(reconciling, "may_repeat", return_value=True),
    ):
        yield


@contextmanager
def trusts_any_copy() -> Iterator[None]:
    """Takes a restored folder for the real one."""

    async def assess(*_given: Any, **_named: Any) -> None:
        return None

    with (
        mock.patch.object(guarding, "glance", return_value=None),
        mock.patch.object(guarding, "assess", assess),
        mock.patch.object(guarding, "check", return_value=None),
    ):
        yield


@contextmanager
def counts_days_as_hours() -> Iterator[None]:
    """Takes the same hour of another day for so many times 24 hours."""

    def move(planned: PlannedTime, day: Any, tzdata: str = "") -> PlannedTime:
        days = (day - planned.wall.date()).days
        return PlannedTime(planned.wall, planned.zone, planned.utc + timedelta(hours=24 * days), tzdata, Shift.NONE)

    with mock.patch.object(r9, "move_to_day", move):
        yield


@contextmanager
def sends_however_late() -> Iterator[None]:
    """Wakes after a long sleep and sends all that it missed."""
    with (
        mock.patch.object(outbox, "hold_late", return_value=0),
        mock.patch.object(outbox, "lateness", return_value=Lateness.DUE),
    ):
        yield


@contextmanager
def goes_on_after_a_doubt() -> Iterator[None]:
    """Sends the next part of a thread although nobody knows of the one before."""

    def settle(session: Any, delivery: Any, part: int, **more: Any) -> Any:
        return settling.settle_published(session, delivery, part, remote_id=None, url=f"https://guess/{part}", at=more["at"])

    with mock.patch.object(settling, "settle_unknown", settle):
        yield


@dataclass(frozen=True)
class Twin:
    """A wrong variant, the weather in which it is looked at, and what it must be seen to do (a name of the verdict's)."""

    name: str
    harm: str
    weather: Weather
    connector: type[SimulatedConnector] | None = None
    patch: Callable[[], AbstractContextManager[None]] = nullcontext
    world: type[World] = World
    quarantine: timedelta = reconciling.QUARANTINE
    spacing: timedelta = timedelta(seconds=60)

    def make(
        self, desk: Desk, clock: SimulatedClock, rng: random.Random, crash: Callable[[str], None], lives: Callable[[Lease], bool]
    ) -> Publisher:
        return Publisher(
            desk, clock, rng, apart=APART, lives=lives, crash=crash, quarantine=self.quarantine, spacing=self.spacing
        )


_A, _B, _D = (replace(BRUTAL[kind], posts=12) for kind in "ABD")
_SOON = timedelta(seconds=30)
_RESTORED = replace(calm(_D), restores=2)
TWINS = (
    Twin("tries again after a time-out", "duplicates", _D, TriesAgain),
    Twin("tries again with a new key", "duplicates", _A, TriesAgainWithAnotherKey),
    Twin("trusts a key for ever", "duplicates", r1.LATE_LISTS, patch=trusts_a_key_for_ever),
    Twin("deletes before it sends", "lost", _D, patch=deletes_before_sending),
    Twin("claims without a condition", "duplicates", replace(_D, programs=2), patch=claims_without_a_condition),
    Twin("takes the account from the screen", "wrong_account", _D, SpeaksForWhoeverIsShown),
    Twin("does not ask who it is", "wrong_account", replace(_D, swaps=10), AsksNobody),
    Twin("writes 'sent' before the answer", "lost", _D, SaysSentFirst),
    Twin("tells the unknown as failed", "failed_while_live", _D, TellsFailed),
    Twin("believes every refusal", "failed_while_live", replace(_D, posts=20), BelievesEveryRefusal),
    Twin("sends again after a crash", "duplicates", _D, patch=resends_after_a_crash),
    Twin("names each try anew (Bluesky)", "duplicates", replace(_A, bluesky=True), patch=names_each_try_anew),
    Twin("marks no call", "duplicates", _D, patch=marks_no_call),
    Twin("saves the draft after the send", "lost", _D, patch=keeps_the_words_in_memory),
    Twin("leaves the middle as it is", "unresolved", _D, patch=forgets_after_a_crash),
    Twin("sends again without a word", "duplicates", _D, patch=sends_again_without_a_word, quarantine=_SOON),
    Twin("takes another post for this one", "wrong_claims", _D, TakesTheFirstForOurs),
    Twin("trusts a restored copy", "duplicates", _RESTORED, patch=trusts_any_copy),
    Twin("leaves no space between posts", "too_near", replace(calm(_D), sleeps=8), spacing=timedelta(0)),
    Twin("goes on after a doubt", "disorder", replace(r19.THREADS["D"], posts=6), patch=goes_on_after_a_doubt),
    Twin("sends however late", "too_late", replace(r9.SLEEPY, sleeps=6), patch=sends_however_late, world=r9.SleepyWorld),
    Twin("counts a day as 24 hours", "disagreements", _D, patch=counts_days_as_hours),
)
_WORLDS = 2


def run_twin(name: str, seed: int) -> tuple[str, dict[str, int]]:
    """What a twin did in a few worlds, by the names of harms; ``of`` is how many posts (or wall times) it was given."""
    twin = next(one for one in TWINS if one.name == name)
    if twin.harm == "disagreements":
        with twin.patch():
            told = r9.compare_zones(["America/Toronto", "Europe/Paris", "Australia/Lord_Howe"])
        return name, {"disagreements": told.disagreements, "of": told.comparisons}
    total, late = Verdict(), 0
    with Templates() as templates, twin.patch():
        for number in range(_WORLDS if twin.world is World else 6):
            world = twin.world(twin.weather, seed + number, templates, make_publisher=twin.make)
            if twin.connector is not None:
                world.connector = twin.connector
            total.add(world.run())
            late += world.found.too_late if isinstance(world, r9.SleepyWorld) else 0
    near = int(total.nearest < SPACING - 2)
    harms = ("duplicates", "lost", "wrong_account", "failed_while_live", "unresolved", "wrong_claims", "disorder")
    return name, {**{harm: getattr(total, harm) for harm in harms}, "too_late": late, "too_near": near, "of": total.deliveries}


def tasks(seed: int, _long: bool) -> list[Task]:
    return [(run_twin, (twin.name, seed)) for twin in TWINS]


def lines(seed: int, _long: bool, parts: Sequence[tuple[str, dict[str, int]]], seconds: float) -> list[Line]:
    return [_line(name, harms, seed, seconds / len(parts)) for name, harms in parts]


def _line(name: str, harms: dict[str, int], seed: int, seconds: float) -> Line:
    twin = next(one for one in TWINS if one.name == name)
    caught = harms[twin.harm] > 0
    told = ", ".join(
        f"{round(count * 10_000 / harms['of'])} {harm.replace('_', ' ')}"
        for harm, count in harms.items()
        if count and harm != "of"
    )
    return Line(
        "twin",
        name,
        f"{harms['of']} posts" if twin.harm != "disagreements" else f"{harms['of']} wall times",
        f"per 10,000: {told}" if told else "nothing was noticed",
        "caught" if caught else "NOT CAUGHT",
        caught,
        seed,
        seconds,
        harms,
    )


ROW = Row("twins", "wrong variants that must be caught", tasks, lines)
__all__ = ["ROW", "TWINS", "Twin", "run_twin"]
