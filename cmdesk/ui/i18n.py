"""Speaks the user's language: loads the words, switches them live, and writes dates, times and numbers the local way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QDate, QEvent, QLibraryInfo, QLocale, QObject, QTime, QTranslator, Signal

from cmdesk.ui.typography import NO_BREAK, french


class Tongue(Enum):
    """What the user chose: the system's language, or one of the two."""

    SYSTEM = "system"
    FR_CA = "fr_CA"
    EN_CA = "en_CA"


class Formats:
    """Writes dates, times and numbers in one language. Times are written as they are: convert to the zone wanted first."""

    def __init__(self, language: str) -> None:
        """``language`` is "fr_CA" or "en_CA"."""
        self.language: Final = language
        self.locale: Final = QLocale(language)

    @property
    def french(self) -> bool:
        """Whether it is French."""
        return self.language.startswith("fr")

    @property
    def first_weekday(self) -> int:
        """The first day of the week, 0 for Monday to 6 for Sunday, as ``date.weekday`` counts."""
        return self.locale.firstDayOfWeek().value - 1

    def number(self, value: int) -> str:
        """A whole number with its groups."""
        return self.locale.toString(value)

    def percent(self, share: float) -> str:
        """A share of 1 as per cent, without decimals."""
        return f"{round(share * 100)}{NO_BREAK}%" if self.french else f"{round(share * 100)}%"

    def time(self, moment: dt.time | datetime) -> str:
        """A time of day: "14 h 05", "8 h" or "2:05 p.m."."""
        if self.french:
            # Québec's own way (Office québécois de la langue française): no leading zero, no minutes on the hour.
            minutes = f"{NO_BREAK}{moment.minute:02}" if moment.minute else ""
            return f"{moment.hour}{NO_BREAK}h{minutes}"
        text = self.locale.toString(QTime(moment.hour, moment.minute), QLocale.FormatType.ShortFormat)
        return text.replace(" ", NO_BREAK).replace("\u202f", NO_BREAK)

    def hour(self, hour: int) -> str:
        """A whole hour, short: "14 h" or "2 p.m."."""
        if self.french:
            return f"{hour}{NO_BREAK}h"
        half = "a.m." if hour < 12 else "p.m."
        return f"{hour % 12 or 12}{NO_BREAK}{half}"

    def date(self, day: dt.date) -> str:
        """A whole date: "22 novembre 2026"."""
        return self.locale.toString(_qdate(day), "d MMMM yyyy" if self.french else "MMMM d, yyyy")

    def date_short(self, day: dt.date) -> str:
        """Day and month: "22 nov." or "Nov 22"."""
        return self.locale.toString(_qdate(day), "d MMM" if self.french else "MMM d")

    def day(self, day: dt.date) -> str:
        """A day as one says it: "dimanche 22 novembre" or "Sunday, November 22"."""
        return self.locale.toString(_qdate(day), "dddd d MMMM" if self.french else "dddd, MMMM d")

    def moment(self, moment: datetime) -> str:
        """Day and time: "dim. 22 nov., 14 h 05"."""
        day = self.locale.toString(_qdate(moment), "ddd d MMM" if self.french else "ddd, MMM d")
        return f"{day}, {self.time(moment)}"

    def weekday_short(self, weekday: int) -> str:
        """The short name of a day, 0 for Monday."""
        return self.locale.standaloneDayName(weekday + 1, QLocale.FormatType.ShortFormat)

    def weekday(self, weekday: int) -> str:
        """The name of a day, 0 for Monday."""
        return self.locale.standaloneDayName(weekday + 1, QLocale.FormatType.LongFormat)

    def month(self, month: int) -> str:
        """The name of a month, 1 for January."""
        return self.locale.standaloneMonthName(month, QLocale.FormatType.LongFormat)

    def month_title(self, day: dt.date) -> str:
        """Month and year as a title: "Novembre 2026"."""
        name = self.locale.standaloneMonthName(day.month, QLocale.FormatType.LongFormat)
        return f"{name[:1].upper()}{name[1:]} {day.year}"

    def near(self, moment: datetime, now: datetime) -> str:
        """The shortest sure way to say when, for lists: the time today, the weekday this week, else the date."""
        if moment.date() == now.date():
            return self.time(moment)
        if abs((moment.date() - now.date()).days) < 7:
            return f"{self.weekday_short(moment.weekday())} {self.time(moment)}"
        if moment.year == now.year:
            return self.date_short(moment)
        return self.locale.toString(_qdate(moment), QLocale.FormatType.ShortFormat)

    def ago(self, moment: datetime, now: datetime) -> str:
        """How long ago or how far ahead, in words: "il y a 3 min", "in 2 h", "yesterday"."""
        gap = now - moment
        if abs(gap) < timedelta(minutes=1):
            return QCoreApplication.translate("Formats", "now")
        days = (now.date() - moment.date()).days
        if days == 1 and gap > timedelta(hours=12):
            return QCoreApplication.translate("Formats", "yesterday")
        if days == -1 and -gap > timedelta(hours=12):
            return QCoreApplication.translate("Formats", "tomorrow")
        length = self.length(abs(gap))
        if gap > timedelta(0):
            return QCoreApplication.translate("Formats", "{length} ago").format(length=length)
        return QCoreApplication.translate("Formats", "in {length}").format(length=length)

    def length(self, span: timedelta) -> str:
        """A length of time by its largest unit: "3 min", "2 h", "5 d"."""
        minutes = int(span.total_seconds() // 60)
        if minutes < 60:
            return f"{minutes}{NO_BREAK}min"
        if minutes < 48 * 60:
            return f"{minutes // 60}{NO_BREAK}h"
        return QCoreApplication.translate("Formats", "{days} d").format(days=minutes // (24 * 60)).replace(" ", NO_BREAK)

    def names(self, names: Sequence[str]) -> str:
        """A list in a sentence: "Rosa, Léo et Max"."""
        return str(self.locale.createSeparatedList(list(names)))

    def sentence(self, text: str) -> str:
        """A sentence with the no-break spaces its language wants; English stays as it is."""
        return french(text) if self.french else text


class Words(QObject):
    """The language in force. ``choose`` switches it: every widget gets a LanguageChange event, then ``changed`` is emitted."""

    changed = Signal()

    def __init__(self, folder: Path, choice: Tongue = Tongue.SYSTEM) -> None:
        """``folder`` holds cmdesk_fr.qm and cmdesk_en.qm; Qt's own words come with Qt."""
        super().__init__()
        self._folder = folder
        self._choice = choice
        self._translators: list[QTranslator] = []
        self._formats = Formats(_language(choice))

    @property
    def choice(self) -> Tongue:
        """What the user chose."""
        return self._choice

    @property
    def formats(self) -> Formats:
        """The way to write dates and numbers now. Ask again after ``changed``."""
        return self._formats

    def install(self) -> None:
        """Loads the words of the language in force into the application."""
        for old in self._translators:
            QCoreApplication.removeTranslator(old)
        self._translators = []
        short = self._formats.language[:2]
        qt = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
        QLocale.setDefault(self._formats.locale)
        for file in (qt / f"qtbase_{short}.qm", self._folder / f"cmdesk_{short}.qm"):
            translator = QTranslator(self)
            if file.is_file() and translator.load(str(file)):
                QCoreApplication.installTranslator(translator)
                self._translators.append(translator)

    def choose(self, choice: Tongue) -> None:
        """Speaks another language, at once."""
        self._choice = choice
        language = _language(choice)
        if language != self._formats.language:
            self._formats = Formats(language)
            self.install()
            app = QCoreApplication.instance()
            if app is not None and not self._translators:
                # Qt tells widgets by itself only when a translator comes or goes.
                QCoreApplication.sendEvent(app, QEvent(QEvent.Type.LanguageChange))
            self.changed.emit()


def _language(choice: Tongue) -> str:
    """French for a system that speaks it before English; Canada's ways of writing for both."""
    if choice is not Tongue.SYSTEM:
        return str(choice.value)
    for tag in QLocale.system().uiLanguages():
        if tag.startswith("fr"):
            return Tongue.FR_CA.value
        if tag.startswith("en"):
            return Tongue.EN_CA.value
    return Tongue.EN_CA.value


def _qdate(day: dt.date) -> QDate:
    return QDate(day.year, day.month, day.day)
