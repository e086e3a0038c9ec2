"""Measures the calendar from inside the whole program: opened, turned, dragged in and scrolled, beside the same without posts."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QScrollArea

from build_scripts.bench.figures import summary
from build_scripts.bench.inside import Painted, Program, idle, milliseconds, until_painted
from cmdesk.ui.calendar.days import Mode
from cmdesk.ui.calendar.surface import Surface
from cmdesk.ui.calendar.view import CalendarView

#: Nothing is planned so far ahead: the same screen without posts.
_EMPTY = date(2040, 6, 15)


def calendar(program: Program, rounds: int) -> dict[str, Any]:
    """A month of all clients, and the agenda; every figure has that of an empty month beside it."""
    one = program.workspaces[0].client.id

    def enter() -> None:
        program.enter("calendar", None)

    program.enter("today", None)
    idle(program.app, 0.5)
    first = milliseconds(enter) + milliseconds(program.app.processEvents)
    view = program.view(CalendarView)
    seen = Painted(view.month)
    opened = []
    for _ in range(max(3, rounds // 3)):
        program.enter("calendar", one)
        idle(program.app, 0.3)
        opened.append(until_painted(program.app, seen, enter))
        idle(program.app, 0.3)
    page = view.month._page
    entries = len(page.board) if page is not None else 0
    table: dict[str, Any] = {
        "clients": len(program.workspaces),
        "posts_on_page": entries,
        "open_first": round(first, 3),
        "open": summary(opened),
        "next": summary(_turns(program, view, seen, rounds, pause=0.5)),
        "next_in_haste": summary(_turns(program, view, seen, rounds, pause=0.0)),
    }
    view.today_wanted.emit()
    idle(program.app, 0.5)
    table["drag_frame"] = summary(_drag(program, view.month, rounds * 4))
    table["agenda_scroll"] = summary(_scroll(program, view, rounds * 3))
    table["baseline"] = _empty(program, view, seen, rounds)
    base = table["baseline"]
    table["ratio"] = {
        name: round(table[name]["median"] / base[name]["median"], 2) for name in ("next", "drag_frame", "agenda_scroll")
    }
    return table


def _turns(program: Program, view: CalendarView, seen: Painted, rounds: int, *, pause: float) -> list[float]:
    """From the key to the painted next month; a person looks at each, or (without a pause) leafs through."""
    view.mode_wanted.emit(Mode.MONTH)
    idle(program.app, 0.4)
    times = []
    for turn in range(max(4, rounds // 2)):
        step = 1 if turn % 4 < 2 else -1
        times.append(until_painted(program.app, seen, lambda step=step: view.turned.emit(step)))  # type: ignore[misc]  # mypy cannot type a default here
        idle(program.app, pause)
    return times


def _drag(program: Program, surface: Surface, rounds: int) -> list[float]:
    """Frames while an entry is carried over the whole month and back."""
    page = surface._page
    entry = (
        next((one for one in page.board.entries if one.row.movable and not surface.rect_of(one).isEmpty()), None)
        if page
        else None
    )
    if entry is None:
        return [0.0]
    begin = surface.rect_of(entry).center()
    _mouse(surface, QMouseEvent.Type.MouseButtonPress, begin)
    _mouse(surface, QMouseEvent.Type.MouseMove, begin + QPoint(30, 10))
    seen = Painted(surface)
    times = []
    width, height = surface.width(), surface.height()
    for step in range(rounds):
        place = QPoint(60 + (step * 13) % max(1, width - 120), 60 + (step * 7) % max(1, height - 120))
        times.append(until_painted(program.app, seen, lambda place=place: _mouse(surface, QMouseEvent.Type.MouseMove, place)))  # type: ignore[misc]  # as above
    surface._press = None
    surface._end_drag()
    program.app.processEvents()
    return times


def _mouse(surface: Surface, kind: QMouseEvent.Type, place: QPoint) -> None:
    left = Qt.MouseButton.LeftButton
    point = QPointF(place)
    event = QMouseEvent(kind, point, surface.mapToGlobal(point), left, left, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(surface, event)


def _scroll(program: Program, view: CalendarView, rounds: int) -> list[float]:
    """Steps of the wheel down the agenda."""
    view.mode_wanted.emit(Mode.AGENDA)
    idle(program.app, 0.6)
    viewport = view.agenda.parentWidget()
    area = viewport.parentWidget() if viewport is not None else None
    if not isinstance(area, QScrollArea):
        raise TypeError(area)
    bar = area.verticalScrollBar()
    if bar.maximum() <= 0:
        return [milliseconds(view.agenda.repaint) for _ in range(rounds)]
    seen = Painted(view.agenda)
    middle = min(bar.maximum() // 2, max(0, bar.maximum() - rounds * 90))
    places = [middle + step * 90 for step in range(rounds) if middle + step * 90 <= bar.maximum()]
    return [until_painted(program.app, seen, partial(bar.setValue, place)) for place in places]


def _empty(program: Program, view: CalendarView, seen: Painted, rounds: int) -> dict[str, Any]:
    """The same months without posts."""
    view.mode_wanted.emit(Mode.MONTH)
    view.day_wanted.emit(_EMPTY)
    idle(program.app, 0.6)
    turned = _turns(program, view, seen, rounds, pause=0.3)
    frames = [milliseconds(view.month.repaint) for _ in range(rounds)]
    view.mode_wanted.emit(Mode.AGENDA)
    idle(program.app, 0.4)
    # Without posts the agenda gives way to the words that teach the first step.
    listed = [milliseconds(view.window().repaint) for _ in range(rounds)]
    view.today_wanted.emit()
    return {"next": summary(turned), "drag_frame": summary(frames), "agenda_scroll": summary(listed)}
