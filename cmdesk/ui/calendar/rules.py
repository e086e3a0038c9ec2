"""Turns the choices of a person into a rule of RFC 5545, and back into words."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct
from PySide6.QtCore import QCoreApplication

from cmdesk.ui.i18n import Formats

translate = QCoreApplication.translate

DAILY, WEEKLY, MONTHLY, MONTHLY_BY_DAY, YEARLY = "daily", "weekly", "monthly", "monthly_by_day", "yearly"
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WEEK, _LAST = 7, 5


class Rule(Struct, frozen=True):
    """How a post comes again: every so many days, weeks, months or years; ``weekdays`` (0 is Monday) for weeks only.

    It ends after ``count`` times or on ``until``; never when both are empty.
    """

    every: str = WEEKLY
    interval: int = 1
    weekdays: frozenset[int] = frozenset()
    count: int = 0
    until: date | None = None

    def written(self, first: datetime) -> str:
        """The rule, counted from a wall time (naive)."""
        parts = [f"FREQ={'MONTHLY' if self.every == MONTHLY_BY_DAY else self.every.upper()}"]
        if self.interval > 1:
            parts.append(f"INTERVAL={self.interval}")
        if self.every == WEEKLY and self.weekdays:
            parts.append("BYDAY=" + ",".join(_DAYS[day] for day in sorted(self.weekdays)))
        if self.every == MONTHLY_BY_DAY:
            week = (first.day - 1) // _WEEK + 1
            parts.append(f"BYDAY={-1 if week == _LAST else week}{_DAYS[first.weekday()]}")
        if self.count:
            parts.append(f"COUNT={self.count}")
        elif self.until is not None:
            parts.append(f"UNTIL={self.until:%Y%m%d}T235959")
        return ";".join(parts)


def by_day_words(first: datetime, formats: Formats) -> str:
    """ "The second Tuesday of the month", for the day a rule begins on."""
    week = (first.day - 1) // _WEEK + 1
    names = {
        1: translate("Rules", "first"),
        2: translate("Rules", "second"),
        3: translate("Rules", "third"),
        4: translate("Rules", "fourth"),
        5: translate("Rules", "last"),
    }
    text = translate("Rules", "On the {which} {weekday} of the month")
    return text.format(which=names[week], weekday=formats.weekday(first.weekday()))
