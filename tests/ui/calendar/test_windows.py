"""The calendar's own windows and its paper: what they offer, what they refuse, and what they leave in the file."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from cmdesk.domain.client import Colour, Language
from cmdesk.domain.delivery import State
from cmdesk.domain.hours import clean_hours
from cmdesk.domain.hours import written as written_hours
from cmdesk.domain.schedule import Shift, resolve
from cmdesk.services import board, composing, cover, exchange, repeating, terms
from cmdesk.ui.calendar.bardialog import BarDialog
from cmdesk.ui.calendar.coverdialog import CoverDialog
from cmdesk.ui.calendar.days import Mode
from cmdesk.ui.calendar.ideaboard import IdeaBoard
from cmdesk.ui.calendar.printing import Press, print_sheet
from cmdesk.ui.calendar.repeatdialog import RepeatDialog
from cmdesk.ui.calendar.rules import DAILY, MONTHLY_BY_DAY, WEEKLY, Rule
from cmdesk.ui.calendar.termsdialog import TermsDialog
from cmdesk.ui.widgets.fields import Field
from tests.ui.calendar.conftest import Stage
from tests.ui.calendar.test_calendar import entry_of, wall
from tests.ui.calendar.test_views import act

# ---- repetition


@pytest.mark.parametrize(
    ("rule", "written"),
    [
        (Rule(DAILY), "FREQ=DAILY"),
        (Rule(WEEKLY, 2, frozenset({0, 3})), "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH"),
        (Rule(MONTHLY_BY_DAY), "FREQ=MONTHLY;BYDAY=2TU"),
        (Rule(WEEKLY, count=5), "FREQ=WEEKLY;COUNT=5"),
        (Rule(DAILY, until=date(2027, 1, 2)), "FREQ=DAILY;UNTIL=20270102T235959"),
    ],
)
def test_what_a_person_chooses_is_a_rule(rule: Rule, written: str) -> None:
    assert rule.written(wall("2026-12-08")) == written


def test_a_post_on_the_last_of_its_weekday_means_the_last() -> None:
    assert Rule(MONTHLY_BY_DAY).written(wall("2026-12-31")) == "FREQ=MONTHLY;BYDAY=-1TH"


def test_the_next_dates_are_shown_and_a_change_of_the_clocks_is_told(stage: Stage) -> None:
    stage.clock.set(datetime(2026, 3, 2, 15, tzinfo=UTC))
    ws = stage.client("Rosa")
    stage.plant(ws, [("One", wall("2026-03-07", "02:30"), State.PLANNED)])
    presenter = stage.open(ws)
    stage.view.choose(entry_of(stage, "One"))
    act(stage, presenter, "repeat")
    dialog = stage.view.findChild(RepeatDialog)
    assert dialog is not None
    dialog._every.setCurrentIndex(0)
    dialog._every.activated.emit(0)
    assert dialog._dates.text().count("\n") == 9
    assert "does not exist" in dialog._note.text()
    dialog.confirm.click()
    stage.settle()
    (series,) = repeating.every(ws)
    assert series.rule == "FREQ=DAILY"
    shifts = {one.shift for one in repeating.preview(ws, series.rule, resolve(series.first, series.zone), number=3)}
    assert Shift.GAP in shifts
    act(stage, presenter, "undo")
    assert repeating.every(ws) == ()


# ---- terms, campaigns, ideas


def test_hours_and_slots_are_judged_while_they_are_typed(stage: Stage) -> None:
    ws = stage.client("Rosa")
    presenter = stage.open(ws)
    act(stage, presenter, "terms")
    dialog = stage.view.findChild(TermsDialog)
    assert dialog is not None
    dialog.hours.setText("whenever")
    dialog.hours.textEdited.emit("whenever")
    assert not dialog.confirm.isEnabled()
    for field, text in ((dialog.hours, "mon-fri 9:00-17:00"), (dialog.slots, "mon-fri 9:00")):
        field.setText(text)
        field.textEdited.emit(text)
    dialog.promise.set_value(240)
    assert dialog.confirm.isEnabled()
    dialog.confirm.click()
    stage.settle()
    agreed = terms.of(ws)
    assert agreed.hours == clean_hours("mon-fri 9:00-17:00")
    assert (agreed.promise, len(agreed.slots.every)) == (240, 5)


def test_a_campaign_is_written_changed_and_removed(stage: Stage) -> None:
    ws = stage.client("Rosa")
    presenter = stage.open(ws)
    act(stage, presenter, "campaign")
    dialog = stage.view.findChild(BarDialog)
    assert dialog is not None
    assert not dialog.confirm.isEnabled()
    assert isinstance(dialog.words, Field)
    dialog.words.setText("Winter")
    dialog.confirm.click()
    stage.settle()
    (made,) = board.campaigns(ws)
    assert (made.name, made.first, made.last) == ("Winter", date(2026, 12, 1), date(2026, 12, 7))
    act(stage, presenter, "undo")
    assert board.campaigns(ws) == ()


def test_an_idea_goes_from_column_to_column_and_becomes_a_draft(stage: Stage) -> None:
    ws = stage.client("Rosa")
    presenter = stage.open(ws)
    act(stage, presenter, "board")
    dialog = stage.view.findChild(IdeaBoard)
    assert dialog is not None
    dialog.words.setText("Portrait of Josée")
    dialog._add()
    stage.settle()
    first, second = dialog._columns[0], dialog._columns[1]
    assert [card.words for card in first.cards] == ["Portrait of Josée"]
    dialog._lists[0].choose(0)
    dialog._push(0, 1)
    stage.settle()
    assert [card.words for card in dialog._columns[1].cards] == ["Portrait of Josée"]
    assert second.number != first.number
    dialog.drafted.emit(dialog._columns[1].cards[0].number)
    stage.settle()
    assert [row.preview for row in composing.post_rows(ws)] == ["Portrait of Josée"]
    dialog.close()


# ---- cover


def test_a_holiday_says_which_clients_are_uncovered(stage: Stage) -> None:
    one, other = stage.client("Rosa"), stage.client("Léo", Colour.PLUM)
    for ws in (one, other):
        asyncio.run(terms.set_hours(ws, clean_hours("mon-fri 9:00-17:00")))
        asyncio.run(terms.set_promise(ws, 60))
    presenter = stage.open(stage.desk)
    act(stage, presenter, "cover")
    dialog = stage.view.findChild(CoverDialog)
    assert dialog is not None
    assert "covered" in dialog._said.text()
    dialog._away.click()
    stage.settle()
    assert "Rosa" in dialog._said.text()
    assert "Léo" in dialog._said.text()
    dialog._own.setText("mon-fri 8:00-18:00")
    dialog._own_typed()
    hours = cover.own_hours(stage.desk)
    assert hours is not None
    assert written_hours(hours).startswith("mon")
    dialog._own.setText("sometimes")
    dialog._own_typed()
    assert cover.own_hours(stage.desk) == hours
    dialog.close()


# ---- in and out


def test_a_file_with_a_wrong_line_brings_nothing_and_says_which(stage: Stage, tmp_path: Path) -> None:
    ws = stage.client("Rosa")
    presenter = stage.open(ws)
    file = tmp_path / "plan.csv"
    file.write_text("Text,Date,Time\nOne,2026-12-09,9:00\nTwo,2026-13-40,9:00\n", encoding="utf-8")
    dialog = presenter.windows._carrying.bring_file(ws, file)
    stage.settle()
    assert not dialog.confirm.isEnabled()
    cells = [dialog._table.item(0, column) for column in (0, 2)]
    assert [cell is not None for cell in cells] == [True, True]
    assert [cell.text()[:20] for cell in cells if cell is not None] == ["3", "Date: “2026-13-40” c"]
    dialog.reject()
    assert composing.post_rows(ws) == ()


def test_a_sound_file_comes_in_whole_and_one_undo_takes_it_out(stage: Stage, tmp_path: Path) -> None:
    ws = stage.client("Rosa")
    presenter = stage.open(ws)
    file = tmp_path / "plan.csv"
    file.write_text("Words;Day;Hour\nOne;2026-12-09;9:00\nTwo;2026-12-10;14 h 30\n", encoding="utf-8")
    dialog = presenter.windows._carrying.bring_file(ws, file)
    stage.settle()
    for name, column in (("text", 0), ("date", 1), ("time", 2)):
        choice = dialog._choices[name]
        choice.setCurrentIndex(column + 1)
    dialog._ask()
    stage.settle()
    assert dialog.confirm.isEnabled()
    dialog.confirm.click()
    stage.settle()
    assert entry_of(stage, "One").wall == wall("2026-12-09", "09:00")
    assert entry_of(stage, "Two").wall == wall("2026-12-10", "14:30")
    act(stage, presenter, "undo")
    assert presenter.page is not None
    assert len(presenter.page.board) == 0


@pytest.mark.parametrize(("ending", "begins"), [(".csv", b"\xef\xbb\xbf"), (".ics", b"BEGIN:VCALENDAR"), (".json", b"[")])
def test_the_page_is_exported_as_its_ending_says(stage: Stage, tmp_path: Path, ending: str, begins: bytes) -> None:
    ws = stage.client("Rosa")
    stage.plant(ws, [("One", wall("2026-12-09"), State.PLANNED)])
    presenter = stage.open(ws)
    file = tmp_path / f"out{ending}"
    presenter.windows._carrying.export_to(ws, file)
    data = file.read_bytes()
    assert data.startswith(begins)
    assert b"One" in data


# ---- paper


@pytest.mark.parametrize(("language", "title"), [(Language.FR_CA, "Décembre 2026"), (Language.EN_CA, "December 2026")])
def test_a_month_on_paper_is_in_the_clients_language(stage: Stage, tmp_path: Path, language: Language, title: str) -> None:
    ws = stage.client("Rosa")
    asyncio.run(stage.desk.set_language(ws, language))
    stage.plant(ws, [("One", wall("2026-12-09"), State.PLANNED)])
    asyncio.run(board.add_note(ws, "Only for me", date(2026, 12, 3)))
    asyncio.run(board.add_note(ws, "For the client", date(2026, 12, 3), shared=True))
    presenter = stage.open(ws)
    sheet = presenter.windows._carrying.sheet()
    assert sheet is not None
    assert sheet.title == title
    assert [item.text for item in sheet.items] == ["One"]
    assert [bar.text for bar in sheet.bars] == ["For the client"]
    assert presenter.windows._carrying.paper_to(tmp_path / "month.pdf") == 1
    assert (tmp_path / "month.pdf").read_bytes().startswith(b"%PDF")


def test_a_day_too_full_for_its_cell_is_listed_on_pages_of_its_own(stage: Stage, tmp_path: Path) -> None:
    ws = stage.client("Rosa")
    posts = [
        (f"Post {number}", wall("2026-12-09", f"{6 + number // 4:02}:{number % 4 * 15:02}"), State.PLANNED)
        for number in range(40)
    ]
    stage.plant(ws, posts)
    presenter = stage.open(ws)
    assert presenter.windows._carrying.paper_to(tmp_path / "month.pdf") > 1


def test_a_printer_gets_the_same_sheet(stage: Stage, tmp_path: Path) -> None:
    ws = stage.client("Rosa")
    stage.plant(ws, [("One", wall("2026-12-09"), State.PLANNED)])
    sheet = stage.open(ws).windows._carrying.sheet()
    assert sheet is not None
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "page.pdf"))
    printer.setPageOrientation(QPageLayout.Orientation.Landscape)
    assert print_sheet(printer, sheet, stage.view._theme) == 1
    assert (tmp_path / "page.pdf").stat().st_size > 1000


def test_a_week_on_paper_has_seven_days(stage: Stage) -> None:
    ws = stage.client("Rosa")
    stage.plant(ws, [("One", wall("2026-12-02"), State.PLANNED), ("Other week", wall("2026-12-09"), State.PLANNED)])
    presenter = stage.open(ws)
    presenter.look(Mode.WEEK)
    sheet = presenter.windows._carrying.sheet()
    assert sheet is not None
    assert (len(sheet.days), sheet.month) == (7, None)
    assert [item.text for item in sheet.items] == ["One"]
    image = QImage(965, 740, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    painter = QPainter(image)
    pages = Press(painter, sheet, stage.view._theme, image.rect().toRectF(), lambda: None).draw()
    painter.end()
    assert pages == 1
    assert exchange.entries(ws, date(2026, 12, 1), date(2026, 12, 31))
    assert QApplication.activeModalWidget() is None
