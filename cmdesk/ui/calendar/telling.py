"""Says the calendar in words, for ears and for tooltips: a day, an entry, why an entry stays where it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication

from cmdesk.ui import wording
from cmdesk.ui.calendar.days import Mode
from cmdesk.ui.calendar.entries import Entry, Page, Refusal
from cmdesk.ui.calendar.ground import DateMark
from cmdesk.ui.calendar.moving import refusal_of
from cmdesk.ui.widgets.paint import one_line

translate = QCoreApplication.translate

#: More of a post than this is not told.
_TOLD = 160
_HANDLES = 4


def day(wanted: date, page: Page) -> str:
    """A day and how much is on it."""
    name = page.formats.day(wanted)
    if wanted == page.today:
        name = translate("Surface", "today, {day}").format(day=name)
    marks = page.ground.dates.get(wanted)
    if marks:
        name = f"{name} ({dates(marks)})"
    count = page.counts.get(wanted, 0) if page.mode is Mode.YEAR else len(page.board.day(wanted))
    if count == 0:
        return translate("Surface", "{day}. Nothing planned.").format(day=name)
    if count == 1:
        return translate("Surface", "{day}. One post.").format(day=name)
    return translate("Surface", "{day}. {count} posts.").format(day=name, count=page.formats.number(count))


def entry(told: Entry, page: Page) -> str:
    """An entry for ears: when, whose, how it stands, its first words."""
    when = page.formats.moment(told.wall)
    state = wording.post_state(told.row.state)
    words = one_line(told.row.preview[:_TOLD])
    source = translate("Surface", "{when}. {client}. {state}. {words}")
    return source.format(when=when, client=told.owner.name, state=state, words=words)


def hint(told: Entry, page: Page) -> str:
    """All about an entry, line by line, for the tooltip."""
    lines = [page.formats.moment(told.wall)]
    if told.own_wall != told.wall:
        own = translate("Surface", "{moment} for {client}, {zone}")
        zone = wording.zone(told.owner.zone)
        lines.append(own.format(moment=page.formats.moment(told.own_wall), client=told.owner.name, zone=zone))
    lines.append(f"{told.owner.name} · {wording.post_state(told.row.state)}")
    handles = [f"@{mark.handle}" for mark in told.row.accounts]
    if handles:
        few = len(handles) <= _HANDLES
        lines.append(page.formats.names(handles) if few else ", ".join([*handles[:_HANDLES], "…"]))
    lines.append(one_line(told.row.preview[:_TOLD]))
    shift = wording.shift(told.row.planned)
    if shift and not told.out:
        lines.append(shift)
    why = refusal_of(told)
    if why is not None:
        lines.append(refusal(why))
    return "\n".join(lines)


def dates(marks: Sequence[DateMark]) -> str:
    """The key dates of a day, by their names."""
    gentle = translate("Surface", "{name} (publish gently)")
    return ", ".join(gentle.format(name=mark.name) if mark.gentle else mark.name for mark in marks)


def refusal(why: Refusal) -> str:
    """Why an entry can't go there, or anywhere."""
    if why is Refusal.PAST:
        return translate("Surface", "That time has passed. Choose a later one.")
    if why is Refusal.GOING:
        return translate("Surface", "It is going out right now, so it stays where it is.")
    if why is Refusal.PARTLY:
        return translate("Surface", "A part of it is live already. Open it to decide about the rest.")
    if why is Refusal.UNCLEAR:
        return translate("Surface", "Nobody knows yet whether it is live. Open it and decide, then it can be moved.")
    return translate("Surface", "It is live already, so its time is a fact and stays.")
