"""Red twins: publishing that is wrong on purpose. The simulators must catch every one, or they prove nothing."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from unittest import mock

from cmdesk.domain.account import Account
from cmdesk.domain.delivery import Envelope
from cmdesk.domain.errors import TimedOut
from cmdesk.domain.limits import Problem
from cmdesk.networks.port import Connector, NotSent, Outcome, Publishes, Refused, SecondWrite, Unknown
from cmdesk.services.desk import Desk
from cmdesk.services.publishing import Publisher
from cmdesk.services.workspace import Workspace
from cmdesk.store import accounts, outbox, queue
from tests.prove.r1 import BRUTAL
from tests.prove.simulated import SimulatedClock
from tests.prove.table import Line, Row, Task
from tests.prove.worlds import Templates, Verdict, Weather, World


class RetriesOnTimeout(Publisher):
    """Takes every time-out, reset and 5xx for "not sent" and tries again."""

    async def _outcome(self, call: Awaitable[Outcome]) -> Outcome:
        outcome = await super()._outcome(call)
        if isinstance(outcome, Unknown):
            raise NotSent(TimedOut())
        return outcome


class SweepsToFailed(Publisher):
    """Tells what nobody can know as failed."""

    async def _outcome(self, call: Awaitable[Outcome]) -> Outcome:
        outcome = await super()._outcome(call)
        return Refused(Problem("failed")) if isinstance(outcome, Unknown) else outcome


class SpeaksForWhoeverIsShown(Publisher):
    """Sends through the account that somebody happens to look at."""

    async def _verified_connector(self, ws: Workspace, account: Account, due: queue.Due) -> Any:
        connector = await super()._verified_connector(ws, account, due)
        if isinstance(connector, Publishes) and self._rng.random() < 0.1:
            with ws.read() as connection:
                shown = self._rng.choice(accounts.accounts(connection))
            return await ws.connector(shown.id)
        return connector


@contextmanager
def resends_after_a_crash() -> Iterator[None]:
    """What a former life left in the middle is simply sent again."""

    def recover(session: Any, _look_at: datetime, _at: datetime) -> tuple[int, int]:
        execute = session.connection().exec_driver_sql
        found = execute("UPDATE delivery SET state = 'planned', retry_at = NULL WHERE state = 'sending'").rowcount
        execute("UPDATE delivery_part SET state = 'planned' WHERE state = 'sending'")
        return 0, found

    with mock.patch.object(outbox, "recover", recover):
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

    with mock.patch.object(outbox, "claim", claim):
        yield


@dataclass(frozen=True)
class Twin:
    """A wrong variant, and the weather in which it is looked at."""

    name: str
    weather: Weather
    publisher: type[Publisher] = Publisher
    patch: Callable[[], AbstractContextManager[None]] = nullcontext

    def make(self, desk: Desk, clock: SimulatedClock, rng: random.Random, crash: Callable[[str], None]) -> Publisher:
        return self.publisher(desk, clock, rng, crash=crash)


_D = BRUTAL["D"]
TWINS = (
    Twin("tries again after a time-out", _D, RetriesOnTimeout),
    Twin("tells the unknown as failed", _D, SweepsToFailed),
    Twin("takes the account from the screen", _D, SpeaksForWhoeverIsShown),
    Twin("sends again after a crash", _D, patch=resends_after_a_crash),
    Twin("claims without a condition", replace(_D, programs=2), patch=claims_without_a_condition),
)
_WORLDS = 2


def run_twin(name: str, seed: int) -> tuple[str, Verdict]:
    """A twin in a few worlds."""
    twin = next(one for one in TWINS if one.name == name)
    total = Verdict()
    with Templates() as templates, twin.patch():
        for number in range(_WORLDS):
            total.add(World(twin.weather, seed + number, templates, make_publisher=twin.make).run())
    return name, total


def tasks(seed: int, _long: bool) -> list[Task]:
    return [(run_twin, (twin.name, seed)) for twin in TWINS]


def lines(seed: int, _long: bool, parts: Sequence[tuple[str, Verdict]], seconds: float) -> list[Line]:
    return [_line(name, verdict, seed, seconds / len(parts)) for name, verdict in parts]


def _line(name: str, verdict: Verdict, seed: int, seconds: float) -> Line:
    counted = {
        "double": verdict.duplicates,
        "lost": verdict.lost,
        "wrong account": verdict.wrong_account,
        "failed but live": verdict.failed_while_live,
        "unresolved": verdict.unresolved,
        "wrong link": verdict.wrong_claims,
    }
    told = ", ".join(f"{round(count * 10_000 / verdict.deliveries)} {what}" for what, count in counted.items() if count)
    caught = verdict.faults > 0
    return Line(
        "twin",
        name,
        f"{verdict.deliveries} attempts",
        f"per 10,000: {told}" if caught else "nothing was noticed",
        "caught" if caught else "NOT CAUGHT",
        caught,
        seed,
        seconds,
        counted,
    )


ROW = Row("twins", "wrong variants that must be caught", tasks, lines)
__all__ = ["ROW", "TWINS", "Connector", "Envelope", "SecondWrite", "Twin", "contextlib", "run_twin"]
