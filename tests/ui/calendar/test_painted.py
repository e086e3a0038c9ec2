"""What is painted: nothing covers anything else, and every word can be read on every client's colour, in both themes."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPixmap
from pytestqt.qtbot import QtBot

from cmdesk.domain.account import Health, Network
from cmdesk.domain.client import Colour
from cmdesk.domain.delivery import PostState
from cmdesk.domain.ids import AccountId, ClientId, DeliveryId, PostId
from cmdesk.domain.schedule import resolve
from cmdesk.domain.views import AccountMark, AgendaEntry
from cmdesk.ui.calendar.agenda import AgendaList
from cmdesk.ui.calendar.days import Mode, days_of
from cmdesk.ui.calendar.entries import Board, Entry, Owner, Page, placed
from cmdesk.ui.calendar.ground import BarMark, DateMark, Ground, SlotMark
from cmdesk.ui.calendar.heat import cell, contrast
from cmdesk.ui.calendar.hours import HoursGrid
from cmdesk.ui.calendar.month import MonthGrid
from cmdesk.ui.calendar.painting import Brush
from cmdesk.ui.calendar.year import YearGrid
from cmdesk.ui.i18n import Formats
from cmdesk.ui.theme import Scheme, Theme
from cmdesk.ui.widgets.paint import CHIPS, role_pair

TORONTO = ZoneInfo("America/Toronto")
TODAY = date(2026, 12, 1)
READABLE = 4.5
SIZES = ((930, 470), (1190, 640), (1820, 900))
LONG = "Une publication dont les mots sont longs, anticonstitutionnellement longs, et ne finissent pas de sitôt 🥖"


def owner(number: int) -> Owner:
    """One of twelve clients, all in colours of their own."""
    return Owner(ClientId(f"client{number:02}"), f"Client {number}", "WM", list(Colour)[number % 12], TORONTO.key)


def entry(number: int, wall: datetime) -> Entry:
    """A post of some client, in some state, on one network or two."""
    whose = owner(number)
    networks = (Network.MASTODON, Network.BLUESKY)[: 1 + number % 2]
    marks = tuple(AccountMark(whose.id, AccountId(place), network, "rosa", Health.OK) for place, network in enumerate(networks))
    row = AgendaEntry(
        client=whose.id,
        post=PostId(number),
        planned=resolve(wall, TORONTO.key),
        preview=LONG,
        state=list(PostState)[number % len(PostState)],
        deliveries=(DeliveryId(number),),
        accounts=marks,
        has_media=number % 3 == 0,
    )
    return placed(row, whose, TORONTO, TORONTO)


def page(mode: Mode, *, fullness: int, language: str, zoom: int = 0, alone: bool = False) -> Page:
    """A page with so many posts a day, key dates, bars and slots."""
    formats = Formats(language)
    days = days_of(mode, TODAY, formats.first_weekday)
    numbers = itertools.count(1)
    shown = () if mode is Mode.YEAR else days
    begin = datetime.combine(TODAY, datetime.min.time())
    entries = [
        entry(next(numbers), begin + timedelta(days=(day - TODAY).days, minutes=(7 * 60 + 25 * place * place) % 1440))
        for day in shown
        for place in range((fullness + day.day % 2) if fullness else 0)
    ]
    few = days[:40]
    ground = Ground(
        slots={day: (SlotMark(ClientId("a"), 540, Colour.TEAL), SlotMark(ClientId("a"), 900, Colour.TEAL)) for day in few},
        dates={day: (DateMark("a", "Journée internationale des longues journées", gentle=day.day % 2 == 0),) for day in few[::2]},
        bars=(
            BarMark(1, ClientId("a"), days[0], days[-1], LONG, Colour.RUBY),
            BarMark(2, ClientId("a"), days[len(days) // 2], days[-1], LONG, Colour.SKY, note=True),
        ),
    )
    return Page(
        mode=mode,
        anchor=TODAY,
        days=days,
        now=datetime(2026, 12, 1, 9, 12, tzinfo=UTC).replace(tzinfo=None),
        formats=formats,
        board=Board(entries),
        owner=owner(3) if alone else None,
        ground=ground,
        counts={day: day.day % 9 for day in days if day.day % 3} if mode is Mode.YEAR and fullness else {},
        zoom=zoom,
    )


def apart(rects: Iterable[QRect]) -> bool:
    """Whether none of them covers any part of another."""
    return all(
        not one.intersects(other) for one, other in itertools.combinations([rect for rect in rects if not rect.isEmpty()], 2)
    )


looks = pytest.mark.parametrize(
    ("size", "language", "fullness"),
    [(size, language, fullness) for size in SIZES for language in ("fr_CA", "en_CA") for fullness in (0, 2, 9)],
)


@looks
@pytest.mark.parametrize("zoom", [-1, 0, 1])
def test_in_a_month_nothing_covers_anything(
    theme: Theme, qtbot: QtBot, size: tuple[int, int], language: str, fullness: int, zoom: int
) -> None:
    grid = MonthGrid(theme)
    qtbot.addWidget(grid)
    grid.resize(*size)
    shown = page(Mode.MONTH, fullness=fullness, language=language, zoom=zoom)
    grid.show_page(shown, TODAY)
    for one in grid._cells:
        parts = [rect for _entry, rect in one.chips] + [one.folded_rect] + [rect for _slot, rect in one.slots]
        if shown.ground.dates.get(one.day):
            number = QRect(one.frame.topLeft(), grid._date_rect(one, shown).bottomLeft()).adjusted(0, 0, -1, 0)
            parts += [grid._date_rect(one, shown), number]
        bars = [bar.rect for bar in grid._bars if bar.rect.intersects(one.frame)]
        assert apart([*parts, *bars])
        assert all(one.frame.contains(rect) for rect in parts if not rect.isEmpty())
        assert one.folded == len(shown.board.day(one.day)) - len(one.chips)


@looks
@pytest.mark.parametrize("mode", [Mode.WEEK, Mode.DAY])
def test_among_hours_nothing_covers_anything(
    theme: Theme, qtbot: QtBot, size: tuple[int, int], language: str, fullness: int, mode: Mode
) -> None:
    grid = HoursGrid(theme)
    qtbot.addWidget(grid)
    for zoom in (-1, 0, 3):
        shown = page(mode, fullness=fullness, language=language, zoom=zoom)
        grid.show_page(shown, TODAY)
        grid.resize(size[0], grid.height())
        rects = [rect for rect, _entries in grid.blocks]
        assert apart([*rects, *(rect for _mark, rect in grid._slot_marks())])
        assert all(grid._columns[0] <= rect.left() and rect.right() < grid._columns[-1] for rect in rects)
        assert sorted(one.key for _rect, entries in grid.blocks for one in entries) == sorted(
            one.key for one in shown.board.entries
        )


@looks
def test_in_a_year_and_an_agenda_nothing_covers_anything(
    theme: Theme, qtbot: QtBot, size: tuple[int, int], language: str, fullness: int
) -> None:
    year = YearGrid(theme)
    qtbot.addWidget(year)
    year.resize(*size)
    year.show_page(page(Mode.YEAR, fullness=fullness, language=language), TODAY)
    assert apart([month.frame for month in year._months])
    for month in year._months:
        assert apart(month.days.values())
        assert all(month.frame.contains(rect) for rect in month.days.values())
    agenda = AgendaList(theme)
    qtbot.addWidget(agenda)
    agenda.resize(size[0], 100)
    agenda.show_page(page(Mode.AGENDA, fullness=min(fullness, 3), language=language), TODAY)
    assert apart([QRect(0, line.top, 10, line.height) for line in agenda._lines])


@pytest.mark.parametrize("height", ["height", "tall"])
@pytest.mark.parametrize("language", ["fr_CA", "en_CA"])
def test_in_a_chip_time_words_and_marks_stand_beside_each_other(theme: Theme, height: str, language: str) -> None:
    brush = Brush(theme)
    formats = Formats(language)
    for number, width in itertools.product(range(1, 14), (48, 70, 100, 140, 220, 400)):
        one = entry(number, datetime(2026, 12, 1, 22, 58))  # noqa: DTZ001 - a wall clock
        high = getattr(brush, height)
        plate = brush._plate(one, width, high, True, 1.0, 0)
        text, wide = brush._time(one, formats)
        assert plate.left <= plate.right or wide > plate.right - plate.left
        assert plate.words < width
        lines = brush._cut(one.row.preview, max(1, plate.right - plate.left - wide), 1)
        assert all(line.size().width() <= max(8, plate.right - plate.left - wide) + 1 for line in lines if line.text() != "…")
        assert text.text()


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
@pytest.mark.parametrize("colour", [None, *Colour])
def test_every_word_can_be_read_on_every_clients_colour(theme: Theme, scheme: Scheme, colour: Colour | None) -> None:
    theme.choose(scheme)
    roles, tones = theme.roles, theme.tones(colour)
    pairs: list[tuple[QColor, QColor]] = [
        (tones.on_band, tones.band),
        (tones.on_disc, tones.disc),
        (tones.text, roles.content),
        (tones.text, roles.raised),
        (tones.text, tones.soft),
        (roles.text, tones.soft),
        (roles.text_soft, tones.soft),
        *(cell(tones, roles, level) for level in range(1, 5)),
    ]
    for one, other in pairs:
        assert contrast(one, other) >= READABLE, (one.name(), other.name())
    theme.choose(Scheme.LIGHT)


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_every_state_can_be_read_on_its_tint(theme: Theme, scheme: Scheme) -> None:
    theme.choose(scheme)
    roles = theme.roles
    for look in CHIPS.values():
        ink, tint = role_pair(roles, look.role)
        for text in (ink, roles.text, roles.text_soft):
            assert contrast(text, tint) >= READABLE
    for ink in (roles.muted, roles.text_soft, roles.danger, roles.warning):
        assert contrast(ink, roles.content) >= READABLE
    assert contrast(roles.muted, roles.sunken) >= READABLE
    theme.choose(Scheme.LIGHT)


def test_the_tones_of_a_year_differ_from_each_other(theme: Theme) -> None:
    for colour in Colour:
        papers = [cell(theme.tones(colour), theme.roles, level)[0].name() for level in range(1, 5)]
        assert len(set(papers)) == 4, colour


def test_every_view_paints_in_both_themes(theme: Theme, qtbot: QtBot) -> None:
    for scheme in (Scheme.DARK, Scheme.LIGHT):
        theme.choose(scheme)
        for kind, mode in (
            (MonthGrid, Mode.MONTH),
            (HoursGrid, Mode.WEEK),
            (HoursGrid, Mode.DAY),
            (YearGrid, Mode.YEAR),
            (AgendaList, Mode.AGENDA),
        ):
            surface = kind(theme)
            qtbot.addWidget(surface)
            surface.resize(1000, 600)
            surface.show_page(page(mode, fullness=4, language="fr_CA", alone=True), TODAY)
            picture = QPixmap(surface.size())
            surface.render(picture)
            image = picture.toImage()
            seen = {image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, min(600, image.height()), 7)}
            assert len(seen) > 8
