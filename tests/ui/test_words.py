"""Words, dates and figures: right in both languages, switched while the program runs; times read as they are typed."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cmdesk.ui.fuzzy import score
from cmdesk.ui.i18n import Formats, Tongue, Words
from cmdesk.ui.theme import Theme
from cmdesk.ui.typedtime import read_moment
from cmdesk.ui.typography import french
from cmdesk.ui.widgets.datefield import DateTimeField

NOW = datetime(2026, 11, 22, 14, 5)  # noqa: DTZ001 - a wall time, as it is typed


def test_french_ways(french: Formats) -> None:
    assert french.time(NOW) == "14\u00a0h\u00a005"
    assert french.hour(9) == "9\u00a0h"
    assert french.date(NOW) == "22 novembre 2026"
    assert french.day(NOW) == "dimanche 22 novembre"
    assert french.month_title(NOW) == "Novembre 2026"
    assert french.first_weekday == 6
    assert french.number(1234567).replace("\u202f", "\u00a0") == "1\u00a0234\u00a0567"
    assert french.percent(0.254) == "25\u00a0%"
    assert french.weekday_short(0) == "lun."
    assert french.names(["Rosa", "Léo", "Max"]) == "Rosa, Léo et Max"


def test_english_ways(english: Formats) -> None:
    assert english.time(NOW) == "2:05\u00a0p.m."
    assert english.hour(0) == "12\u00a0a.m."
    assert english.date(NOW) == "November 22, 2026"
    assert english.day(NOW) == "Sunday, November 22"
    assert english.percent(0.25) == "25%"
    assert english.sentence("What is it ?") == "What is it ?"


def test_near_and_ago(english: Formats) -> None:
    assert english.near(NOW.replace(hour=9), NOW) == english.time(NOW.replace(hour=9))
    assert english.near(NOW - timedelta(days=2), NOW).startswith("Fri")
    assert english.near(NOW - timedelta(days=40), NOW) == english.date_short(NOW - timedelta(days=40))
    aware = NOW.replace(tzinfo=UTC)
    assert english.ago(aware - timedelta(minutes=3), aware) == "3\u00a0min ago"
    assert english.ago(aware + timedelta(hours=2), aware) == "in 2\u00a0h"
    assert english.ago(aware - timedelta(hours=20), aware) == "yesterday"
    assert english.ago(aware - timedelta(days=5), aware) == "5\u00a0d ago"


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("« Bonjour »", "«\u00a0Bonjour\u00a0»"),
        ("«Bonjour»", "«\u00a0Bonjour\u00a0»"),
        ("Quoi ? Oui ! Non ; si", "Quoi? Oui! Non; si"),
        ("Voici : rien", "Voici\u00a0: rien"),
        ("https://a.example/x?y=1 et 10:30", "https://a.example/x?y=1 et 10:30"),
        ("25 % de 10 $ en 3 h", "25\u00a0% de 10\u00a0$ en 3\u00a0h"),
        ("à 14 h 05", "à 14\u00a0h\u00a005"),
    ],
)
def test_french_typography(typed: str, set_: str) -> None:
    assert french(typed) == set_
    assert french(set_) == set_


class Asking(QWidget):
    """Counts how often it was told that the language changed."""

    told = 0

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self.told += 1
        super().changeEvent(event)


def test_the_language_switches_live(theme: Theme, qtbot: QtBot, tmp_path: Path) -> None:
    words = Words(tmp_path, Tongue.EN_CA)
    words.install()
    widget = Asking()
    qtbot.addWidget(widget)
    widget.show()
    qtbot.wait_until(widget.isVisible)
    before = widget.told
    with qtbot.waitSignal(words.changed):
        words.choose(Tongue.FR_CA)
    qtbot.wait_until(lambda: widget.told > before)
    assert words.formats.french
    assert words.choice is Tongue.FR_CA
    words.choose(Tongue.EN_CA)
    assert not words.formats.french


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("15:30", "2026-11-22 15:30"),
        ("14h05", "2026-11-23 14:05"),
        ("9", "2026-11-23 09:00"),
        ("9am", "2026-11-23 09:00"),
        ("2:30 p.m.", "2026-11-22 14:30"),
        ("12 am", "2026-11-23 00:00"),
        ("16 h", "2026-11-22 16:00"),
        ("16 h 05", "2026-11-22 16:05"),
        ("midi", "2026-11-23 12:00"),
        ("tomorrow 9", "2026-11-23 09:00"),
        ("Tomorrow 9:30", "2026-11-23 09:30"),
        ("demain 14 h 05", "2026-11-23 14:05"),
        ("demain à 14h", "2026-11-23 14:00"),
        ("après-demain midi", "2026-11-24 12:00"),
        ("aujourd’hui 18h", "2026-11-22 18:00"),
        ("demain", "2026-11-23 09:00"),
        ("mercredi 9 h", "2026-11-25 09:00"),
        ("Wed 9:30 am", "2026-11-25 09:30"),
        ("dimanche", "2026-11-29 09:00"),
        ("2026-12-25 09:30", "2026-12-25 09:30"),
        ("25/12 9:30", "2026-12-25 09:30"),
        ("25 décembre 9 h", "2026-12-25 09:00"),
        ("le 1er janvier 2028 à 8 h", "2028-01-01 08:00"),
        ("Dec 25 9:30", "2026-12-25 09:30"),
        ("dec 25, 9:30 pm", "2026-12-25 21:30"),
        ("December 25th 2027", "2027-12-25 09:00"),
        ("1 mars", "2027-03-01 09:00"),
        ("29 février", "2028-02-29 09:00"),
        ("in 2 h", "2026-11-22 16:05"),
        ("dans 45 min", "2026-11-22 14:50"),
        ("dans 3 jours", "2026-11-25 14:05"),
        ("mer. 25 nov., 14 h 05", "2026-11-25 14:05"),
        ("Wed Nov 25, 2:05 p.m.", "2026-11-25 14:05"),
    ],
)
def test_times_are_read_as_typed(typed: str, meant: str) -> None:
    assert read_moment(typed, NOW, day_first=True) == datetime.fromisoformat(meant)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "soon",
        "25:00",
        "9:75",
        "32/12",
        "13 pm",
        "9 banana",
        "yesterday",
        "31 février",
        "9 9 9",
        "x" * 500,
        "\x00",
        "-5",
        "1/1/1/1",
    ],
)
def test_nonsense_is_not_guessed(typed: str) -> None:
    assert read_moment(typed, NOW, day_first=True) is None


@given(st.text(max_size=40))
def test_anything_may_be_typed(typed: str) -> None:
    read_moment(typed, NOW, day_first=False)


def test_the_order_of_day_and_month_follows_the_language() -> None:
    first = read_moment("3/4/2027", NOW, day_first=True)
    second = read_moment("3/4/2027", NOW, day_first=False)
    assert first is not None
    assert second is not None
    assert (first.month, second.month) == (4, 3)


def test_what_the_field_writes_it_reads(theme: Theme, qtbot: QtBot, french: Formats, english: Formats) -> None:
    for formats in (french, english):
        field = DateTimeField(theme, formats, lambda: NOW)
        qtbot.addWidget(field)
        for moment in (NOW + timedelta(days=3, minutes=10), NOW + timedelta(days=200), NOW.replace(year=2029, hour=0, minute=0)):
            field.set_moment(moment)
            written = field._field.text()
            assert read_moment(written, NOW, day_first=formats.french) == moment, written


def test_the_field_tells_what_it_understood(theme: Theme, qtbot: QtBot, french: Formats) -> None:
    field = DateTimeField(theme, french, lambda: NOW)
    qtbot.addWidget(field)
    heard: list[object] = []
    field.changed.connect(heard.append)
    QTest.keyClicks(field._field, "demain 9h30")
    assert heard[-1] == field.moment() == datetime.fromisoformat("2026-11-23 09:30")
    assert field._field.property("wrong") is False
    QTest.keyClicks(field._field, " zut")
    assert field.moment() is None
    assert field._field.property("wrong") is True


def test_letters_find_what_is_meant() -> None:
    assert score("theatre", "Théâtre de la Butte") is not None
    assert score("tlb", "Théâtre de la Butte") is not None
    assert score("zzz", "Théâtre de la Butte") is None
    best = max(["Cancel post", "New post", "Post a reply"], key=lambda text: score("new", text) or -1)
    assert best == "New post"
    assert (score("cal", "Calendar") or 0) > (score("cal", "Vertical lines") or 0)
