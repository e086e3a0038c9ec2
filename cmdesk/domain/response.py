"""Counts how long people have waited in a client's own hours: what is left of the promise, and what a week looked like."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from msgspec import Struct

from cmdesk.domain.hours import Hours, open_between, open_spans, runs_out
from cmdesk.domain.ids import MessageId

#: From here on a promise is nearly over.
SOON: Final = 0.25
_BACK: Final = timedelta(days=45)
_AHEAD: Final = timedelta(days=45)


class TimeLeft(Struct, frozen=True):
    """How a message stands against the promise. ``left`` is business time, negative when it is over; None without a promise."""

    message: MessageId
    due_at: datetime | None
    left: timedelta | None
    waited: timedelta
    soon: bool = False

    @property
    def over(self) -> bool:
        """Whether the promise is broken."""
        return self.left is not None and self.left < timedelta(0)


class Forecast(Struct, frozen=True):
    """Which promises are broken, and which will be at the pace of the last two weeks (answers per open hour)."""

    over: tuple[MessageId, ...]
    at_risk: tuple[MessageId, ...]
    waiting: int
    pace: float


class WeekFigures(Struct, frozen=True):
    """A week's answers by the day they were given: how many, how many in time, and business minutes to the answer."""

    monday: date
    answered: int
    in_time: int | None
    median: float | None
    ninety: float | None
    slowest: float | None
    by_day: tuple[int, ...] = (0,) * 7

    @property
    def share(self) -> float | None:
        """The share that kept the promise, 0 to 1."""
        return None if self.in_time is None or not self.answered else self.in_time / self.answered


class ResponseClock:
    """The client's hours around a moment, laid out once, so that a list of messages costs microseconds each."""

    def __init__(self, hours: Hours | None, zone: str, promise: timedelta, now: datetime) -> None:
        self.hours, self.zone, self.promise, self.now = hours, zone, promise, now
        spans = [] if hours is None else list(open_spans(hours, zone, now - _BACK, now + _AHEAD))
        self._opens = [opens.timestamp() for opens, _ in spans]
        self._lengths = [(closes - opens).total_seconds() for opens, closes in spans]
        self._before = [0.0]
        for length in self._lengths:
            self._before.append(self._before[-1] + length)
        self._spans = spans

    def _counted(self, moment: datetime) -> float:
        """Open seconds from the first span to a moment."""
        place = bisect_right(self._opens, moment.timestamp()) - 1
        if place < 0:
            return 0.0
        return self._before[place] + min(self._lengths[place], moment.timestamp() - self._opens[place])

    def between(self, start: datetime, end: datetime) -> timedelta:
        """How much of a span was open; without hours all of it."""
        if self.hours is None:
            return end - start
        if start < self.now - _BACK or end > self.now + _AHEAD:
            return open_between(self.hours, self.zone, start, end)
        return timedelta(seconds=self._counted(end) - self._counted(start))

    def due(self, since: datetime) -> datetime | None:
        """When the promise made at a moment runs out; None without a promise, or when it never does."""
        if not self.promise:
            return None
        if self.hours is None or since < self.now - _BACK:
            return runs_out(self.hours, self.zone, since, self.promise)
        goal = self._counted(since) + self.promise.total_seconds()
        place = bisect_right(self._before, goal - 1e-6) - 1
        if place >= len(self._spans):
            return runs_out(self.hours, self.zone, since, self.promise)
        return self._spans[place][0] + timedelta(seconds=goal - self._before[place])

    def left(self, message: MessageId, since: datetime) -> TimeLeft:
        """How a message that came in at a moment stands."""
        waited = self.between(since, self.now)
        due = self.due(since)
        if due is None:
            return TimeLeft(message, None, None, waited)
        left = self.promise - waited
        if due > self.now:
            left = max(left, timedelta(0))
        return TimeLeft(message, due, left, waited, soon=timedelta(0) <= left <= self.promise * SOON)


def forecast(left: Sequence[TimeLeft], pace: float) -> Forecast:
    """What comes of those who wait, when they are answered in the order of their promises, ``pace`` of them in an open hour.

    Without any pace only what is nearly over is at risk.
    """
    promised = sorted((one for one in left if one.due_at is not None and one.left is not None), key=_by_due)
    over = tuple(one.message for one in promised if one.over)
    rest = [one for one in promised if not one.over]
    at_risk = [
        one.message
        for place, one in enumerate(rest, len(over) + 1)
        if one.left is not None and (one.soon if pace <= 0 else place / pace * 3600 > one.left.total_seconds())
    ]
    return Forecast(over, tuple(at_risk), len(left), pace)


def _by_due(one: TimeLeft) -> tuple[datetime, int]:
    assert one.due_at is not None
    return one.due_at, one.message


def figures(clock: ResponseClock, monday: date, answers: Sequence[tuple[datetime, datetime, int]]) -> WeekFigures:
    """The week's figures from (asked, answered, weekday of the answer in the client's zone)."""
    took = sorted(clock.between(asked, answered).total_seconds() / 60 for asked, answered, _ in answers)
    by_day = tuple(sum(day == one for *_, one in answers) for day in range(7))
    if not took:
        return WeekFigures(monday, 0, 0 if clock.promise else None, None, None, None, by_day)
    limit = clock.promise.total_seconds() / 60
    return WeekFigures(
        monday,
        len(took),
        sum(one <= limit for one in took) if limit else None,
        _quantile(took, 0.5),
        _quantile(took, 0.9),
        took[-1],
        by_day,
    )


def _quantile(ordered: Sequence[float], share: float) -> float:
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)
