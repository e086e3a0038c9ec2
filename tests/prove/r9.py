"""R9: wall times around every change of every zone against an oracle of its own, and histories of sleeps and jumps."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec.structs import replace as with_fields

from cmdesk.domain.delivery import State
from cmdesk.domain.ids import DeliveryId
from cmdesk.domain.post import PostEdit, Variant
from cmdesk.domain.schedule import PlannedTime, Shift, at_instant, move_to_day, resolve
from cmdesk.networks.port import SecondWrite
from cmdesk.services import composing, planning, publishing
from tests.prove import zones
from tests.prove.simulated import HOUR
from tests.prove.table import Line, Row, Task
from tests.prove.truth import NONE
from tests.prove.worlds import FOLDER, Templates, Weather, World, link

FIRST, LAST = 2026, 2031
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - a wall clock reading has no zone
GRACE = timedelta(minutes=30)
_HOURS = (-30, -3, 3, 30)


@dataclass
class Found:
    """What was compared and what differed."""

    zones: int = 0
    changes: int = 0
    comparisons: int = 0
    disagreements: int = 0
    histories: int = 0
    posts: int = 0
    rules: int = 0  # planned times whose zone got other rules
    early: int = 0
    double: int = 0
    skipped: int = 0
    too_late: int = 0
    differences: list[str] = field(default_factory=list)


def _wall(seconds: int) -> datetime:
    return _EPOCH + timedelta(seconds=seconds)


def _seconds(wall: datetime) -> int:
    return int((wall - _EPOCH).total_seconds())


def _instant(seconds: int) -> datetime:
    return _EPOCH.replace(tzinfo=UTC) + timedelta(seconds=seconds)


def compare(name: str, zone: zones.Zone, wall: datetime, found: Found) -> None:
    """One wall time: the instant, and whether it falls into a gap or comes twice."""
    found.comparisons += 1
    instants, meant = zone.instants(_seconds(wall))
    shift = Shift.GAP if not instants else Shift.FOLD if len(instants) > 1 else Shift.NONE
    ours = resolve(wall, name)
    if (ours.utc, ours.shift) != (_instant(meant), shift):
        found.disagreements += 1
        found.differences.append(f"{name} {wall}: {ours.utc} {ours.shift.value}, the oracle says {_instant(meant)} {shift.value}")


def compare_zones(names: Sequence[str]) -> Found:
    """Every change of these zones: before, in the gap or fold (edges too), after; a day and a week around it at the same hour."""
    found = Found(zones=len(names))
    start, end = _seconds(datetime(FIRST, 1, 1)), _seconds(datetime(LAST, 1, 1))  # noqa: DTZ001 - as above
    for name in names:
        zone = zones.read(name)
        for change in zone.changes(start, end):
            found.changes += 1
            low, high = sorted((change.at + change.before, change.at + change.after))
            walls = [
                low - 1,
                low,
                low + 1,
                (low + high) // 2,
                high - 1,
                high,
                high + 1,
                *(low + 3600 * hours for hours in _HOURS),
            ]
            for wall in map(_wall, walls):
                compare(name, zone, wall, found)
                _compare_days(name, zone, wall, found)
            for shown in (change.at - 1, change.at, change.at + 1):
                found.comparisons += 1
                if at_instant(_instant(shown), name).wall != _wall(shown + zone.offset(shown)):
                    found.disagreements += 1
                    found.differences.append(f"{name} {_instant(shown)} is shown wrong")
    return found


def _compare_days(name: str, zone: zones.Zone, wall: datetime, found: Found) -> None:
    """The same hour some days before is moved onto this day: its hour stays, whatever lies between."""
    for days in (1, 7):
        try:
            before = resolve(wall - timedelta(days=days), name)
        except OverflowError:
            continue
        found.comparisons += 1
        moved = move_to_day(before, wall.date())
        _, meant = zone.instants(_seconds(wall))
        if moved.utc != _instant(meant):
            found.disagreements += 1
            found.differences.append(f"{name} {wall}: moved by {days} days it is {moved.utc}")


#: Nothing fails but time itself: the wall clock is set, the computer sleeps, the program dies.
SLEEPY = Weather(
    kind=SecondWrite.DOUBLES,
    clients=1,
    accounts=1,
    posts=8,
    mix=NONE,
    read_faults=0.0,
    impostor=0.0,
    crash=0.0,
    kills=1,
    jumps=3,
    sleeps=3,
    outages=0,
    swaps=0,
    forgets=0,
    days=1.5,
    after=1.0,
)


class SleepyWorld(World):
    """Nobody looks in, so whatever goes out goes out by itself."""

    def _visit(self) -> None:
        return

    def _judge(self) -> None:
        super()._judge()
        self.found = Found(histories=1, posts=len(self.intents), double=self.verdict.duplicates)
        desk = self.open(None)
        rows = {row.id: row for ws in desk.workspaces for row in publishing.outbox_rows(ws, limit=1000)}
        for ws in desk.workspaces:
            ws.database.close()
        zone = zones.read("America/Toronto")
        for intent in self.intents:
            row = rows[intent.delivery]
            # Exact to the second: a planned time is kept in milliseconds.
            due = _instant(zone.instants(_seconds(row.planned.wall.replace(microsecond=0)))[1])
            self._judge_time(intent.words[0], row.state, due)

    def _judge_time(self, words: str, state: State, due: datetime) -> None:
        live = self.ledger.live(words, self.clock.true)
        found, late = self.found, GRACE + timedelta(seconds=90)
        if state is State.SENT and live and live[0].wall is not None:
            if live[0].wall < due - timedelta(seconds=1):
                found.early += 1
                found.differences.append(f"seed {self.seed}: {words!r} was due at {due} and left at {live[0].wall}")
            if live[0].wall > due + late:
                found.too_late += 1
                found.differences.append(f"seed {self.seed}: {words!r} was due at {due} and left late at {live[0].wall}")
        elif state not in {State.HELD, State.UNCERTAIN} and not self.standing:
            found.skipped += 1
            found.differences.append(f"seed {self.seed}: {words!r} is {state.value}")


def run_histories(first: int, count: int) -> Found:
    """Histories with following seeds."""
    total = Found()
    with Templates() as templates:
        for seed in range(first, first + count):
            world = SleepyWorld(replace(SLEEPY, jumps=random.Random(seed).randint(0, 4)), seed, templates)
            world.run()
            _add(total, world.found)
            if world.verdict.faults:
                total.differences += world.verdict.examples
    return total


def _add(total: Found, other: Found) -> None:
    for name, value in vars(other).items():
        setattr(total, name, getattr(total, name) + value)
    total.differences = total.differences[:20]


class ChangedRules(World):
    """A desk whose posts were planned under rules that a government has changed since; no network and no time go by."""

    async def plan_under_old_rules(self, count: int) -> Found:
        """Plans posts in many zones as older rules had it, an hour off or not, then opens the desk under the rules of today."""
        found, rng = Found(), random.Random(self.seed)
        desk = self.open(None)
        ws = await desk.create("Rules", timezone="America/Toronto")
        people = {link(ws, self.platform, "rules"): "rules"}
        start = _seconds(datetime(FIRST + 1, 1, 1))  # noqa: DTZ001 - as above
        planned: list[tuple[DeliveryId, PlannedTime]] = []
        for number in range(count):
            name = rng.choice(zones.names())
            wall = _wall(start + rng.randrange(3 * 365 * 86_400))
            today = resolve(wall, name, self.clock.rules)
            # A wall time that comes twice may have meant either; one that does not exist was moved already.
            if today.shift is not Shift.NONE:
                continue
            off = rng.choice((0, 0, -3600, 3600, 1800))
            before = with_fields(today, utc=today.utc + timedelta(seconds=off), tzdata="before")
            post = await composing.create(ws, PostEdit(text=f"rule {number}", variants=(Variant(next(iter(people))),)))
            (made,) = await planning.schedule(ws, post.id, before)
            planned.append((made, before))
        moved = set(await planning.follow_zone_rules(ws))
        for made, before in planned:
            found.rules += 1
            now = planning.delivery(ws, made).planned
            _, meant = zones.read(now.zone).instants(_seconds(now.wall))
            right = now.wall == before.wall and now.utc == _instant(meant) and (made in moved) == (before.utc != _instant(meant))
            if not right:
                found.disagreements += 1
                found.differences.append(f"{now.zone} {before.wall}: {before.utc} became {now.utc}, meant is {_instant(meant)}")
        again = await planning.follow_zone_rules(ws)
        found.disagreements += len(again)
        await desk.close()
        return found


def run_changed_rules(seed: int, count: int) -> Found:
    """One desk."""
    with Templates() as templates, tempfile.TemporaryDirectory(prefix="cmdesk-rules-", dir=FOLDER) as folder:
        world = ChangedRules(SLEEPY, seed, templates)
        world.folder = Path(folder)
        try:
            return world.loop.run_until_complete(world.plan_under_old_rules(count))
        finally:
            world.loop.close()


def tasks(seed: int, long: bool) -> list[Task]:
    every = zones.names()
    histories, step = (20_000, 100) if long else (1000, 50)
    return [
        *((compare_zones, (every[start : start + 60],)) for start in range(0, len(every), 60)),
        *((run_changed_rules, (seed + number, 100)) for number in range(20 if long else 4)),
        *((run_histories, (seed * 100_000 + first, step)) for first in range(0, histories, step)),
    ]


def lines(seed: int, _long: bool, parts: Sequence[Found], seconds: float) -> list[Line]:
    told, lived, ruled = Found(), Found(), Found()
    for part in parts:
        _add(ruled if part.rules else lived if part.histories else told, part)
    first = Line(
        "R9",
        f"wall times around every change {FIRST}-{LAST - 1}",
        f"{told.changes} changes of {told.zones} zones",
        f"{told.disagreements} disagreements of {told.comparisons}",
        "an oracle that reads the files itself",
        not told.differences and told.changes > 1000,
        seed,
        seconds * 0.2,
        {"zones": told.zones, "changes": told.changes, "comparisons": told.comparisons, "disagreements": told.disagreements},
        told.differences[:12],
    )
    figures = {name: getattr(lived, name) for name in ("early", "double", "skipped", "too_late")}
    second = Line(
        "R9",
        "sleeps, jumps and deaths of the program",
        f"{lived.histories} histories, {lived.posts} posts",
        ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in figures.items()),
        f"{len(lived.differences)} differences",
        not lived.differences and not any(figures.values()),
        seed,
        seconds * 0.8,
        {"histories": lived.histories, "posts": lived.posts, **figures},
        lived.differences[:12],
    )
    third = Line(
        "R9",
        "zones whose rules have changed since",
        f"{ruled.rules} planned times",
        f"{ruled.disagreements} at another hour than the one that was meant",
        "looked at once more: nothing moves",
        ruled.disagreements == 0 and not ruled.differences and ruled.rules > 100,
        seed,
        0.0,
        {"planned": ruled.rules, "disagreements": ruled.disagreements},
        ruled.differences[:12],
    )
    return [first, second, third]


ROW = Row("R9", "time", tasks, lines)
__all__ = ["HOUR", "ROW", "Found", "compare_zones", "run_histories"]
