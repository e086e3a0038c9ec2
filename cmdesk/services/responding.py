"""Tells how long people wait in the client's own hours, what is left of the promise, and how the weeks were."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from cmdesk.domain.response import Forecast, ResponseClock, TimeLeft, WeekFigures, figures, forecast
from cmdesk.services import terms
from cmdesk.store import responses as store

if TYPE_CHECKING:
    from cmdesk.domain.ids import AccountId, MessageId
    from cmdesk.services.workspace import Workspace

_WEEK = timedelta(days=7)
_MOST = 2_000


def clock(ws: Workspace) -> ResponseClock:
    """The client's promise and hours around this moment. Keep it for a minute: it costs a millisecond, a question to it none."""
    agreed = terms.of(ws)
    return ResponseClock(agreed.hours, ws.client.timezone, timedelta(minutes=agreed.promise), ws.clock.now())


def left(ws: Workspace, wanted: Sequence[int], known: ResponseClock | None = None) -> dict[MessageId, TimeLeft]:
    """How these messages (at most some hundred) stand against the promise; those nobody waits for are left out."""
    face = known or clock(ws)
    with ws.read() as connection:
        found = store.since(connection, wanted)
    return {message: face.left(message, since) for message, since in found.items()}


def outlook(ws: Workspace) -> Forecast:
    """Which promises are broken, and which will be at the pace of the last two weeks."""
    face = clock(ws)
    with ws.read() as connection:
        who = store.waiting(connection, _MOST)
        lately = store.answers(connection, face.now - 2 * _WEEK, face.now)
    open_hours = face.between(face.now - 2 * _WEEK, face.now).total_seconds() / 3600
    pace = len(lately) / open_hours if open_hours else 0.0
    return forecast([face.left(message, since) for message, since in who], pace)


def week(ws: Workspace, monday: date, account: AccountId | None = None) -> WeekFigures:
    """The figures of the week that begins on this Monday, in the client's zone."""
    zone = ZoneInfo(ws.client.timezone)
    start = datetime.combine(monday, time(), tzinfo=zone)
    end = datetime.combine(monday + _WEEK, time(), tzinfo=zone)
    with ws.read() as connection:
        answers = store.answers(connection, start, end, account)
    dated = [(asked, answered, answered.astimezone(zone).weekday()) for asked, answered in answers]
    return figures(clock(ws), monday, dated)


def weeks(ws: Workspace, count: int = 8, account: AccountId | None = None) -> tuple[WeekFigures, ...]:
    """The last weeks, this one last."""
    today = ws.clock.now().astimezone(ZoneInfo(ws.client.timezone)).date()
    monday = today - timedelta(days=today.weekday())
    return tuple(week(ws, monday - back * _WEEK, account) for back in reversed(range(count)))
