"""The calendar on the screen, on real files: dragging, undo, the keyboard alone, words for ears, two languages."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from cmdesk.domain.client import Colour
from cmdesk.domain.delivery import State
from cmdesk.domain.post import PostEdit, Variant
from cmdesk.domain.schedule import at_instant, resolve
from cmdesk.services import composing, planning
from cmdesk.services.workspace import Workspace
from cmdesk.store import accounts
from cmdesk.ui.actions import Actions
from cmdesk.ui.calendar import telling
from cmdesk.ui.calendar.days import Mode
from cmdesk.ui.calendar.dialogs import MoveDialog
from cmdesk.ui.calendar.entries import Entry
from cmdesk.ui.calendar.presenter import CalendarPresenter
from cmdesk.ui.calendar.surface import Surface
from cmdesk.ui.i18n import Formats
from cmdesk.ui.screens import NewPost, Target
from tests.helpers.desks import link
from tests.ui.calendar.conftest import Stage

MORNING = "09:40"


def wall(day: str, clock: str = MORNING) -> datetime:
    """What a wall clock shows, as in ("2026-12-09", "09:40")."""
    return datetime.fromisoformat(f"{day} {clock}")


def entry_of(stage: Stage, text: str) -> Entry:
    """The entry on the page that begins with these words."""
    page = stage.view.surface._page
    assert page is not None
    return next(one for one in page.board.entries if one.row.preview.startswith(text))


def drag(surface: Surface, begin: QPoint, end: QPoint, *, drop: bool = True) -> None:
    """A drag by the left button, in steps as a hand makes them."""
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(surface, left, Qt.KeyboardModifier.NoModifier, begin)
    for share in range(1, 6):
        QTest.mouseMove(surface, begin + (end - begin) * share / 5)
        QApplication.processEvents()
    if drop:
        QTest.mouseRelease(surface, left, Qt.KeyboardModifier.NoModifier, end)


def press(stage: Stage, *keys: Qt.Key) -> None:
    """Keys to whatever has the keyboard in the view; N is pressed with Ctrl, as everywhere for something new."""
    for key in keys:
        control = Qt.KeyboardModifier.ControlModifier if key is Qt.Key.Key_N else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(stage.view.surface, key, control)
        stage.settle()


# ---- dragging


def test_a_drag_in_the_month_moves_one_post_keeps_its_hour_and_is_taken_back(stage: Stage) -> None:
    ws = stage.client("Rosa")
    stage.plant(ws, [("One", wall("2026-12-09"), State.PLANNED), ("Two", wall("2026-12-10"), State.PLANNED)])
    stage.open(ws)
    month = stage.view.month
    begin = month.rect_of(entry_of(stage, "One")).center()
    drag(month, begin, month.cell_rect(date(2026, 12, 16)).center())
    stage.settle()
    assert stage.walls(ws) == [wall("2026-12-16"), wall("2026-12-10")]
    text, undo = stage.shell.toasts[-1]
    assert "16" in text
    assert undo is not None
    undo()
    stage.settle()
    assert stage.walls(ws) == [wall("2026-12-09"), wall("2026-12-10")]
    assert entry_of(stage, "One").day == date(2026, 12, 9)


def test_of_a_post_that_stands_at_two_times_only_the_one_that_was_dragged_moves(stage: Stage) -> None:
    ws = stage.client("Rosa")
    other = link(ws, stage.network, "second")
    with ws.read() as connection:
        first = next(account.id for account in accounts.accounts(connection) if account.id != other)
    post = asyncio.run(composing.create(ws, PostEdit(text="Twice", variants=(Variant(first), Variant(other)))))
    for account, day in ((first, "2026-12-09"), (other, "2026-12-10")):
        asyncio.run(planning.schedule(ws, post.id, resolve(wall(day), ws.client.timezone, "2026a"), [account]))
    stage.open(ws)
    month = stage.view.month
    drag(month, month.rect_of(entry_of(stage, "Twice")).center(), month.cell_rect(date(2026, 12, 16)).center())
    stage.settle()
    assert sorted(stage.walls(ws)) == [wall("2026-12-10"), wall("2026-12-16")]
    undo = stage.shell.toasts[-1][1]
    assert undo is not None
    undo()
    stage.settle()
    assert sorted(stage.walls(ws)) == [wall("2026-12-09"), wall("2026-12-10")]


def test_the_entry_is_in_its_new_place_before_the_file_has_answered(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    ws = stage.client("Rosa")
    stage.plant(ws, [("One", wall("2026-12-09"), State.PLANNED)])
    stage.open(ws)
    waiting: list[Coroutine[Any, Any, object]] = []

    def never(coroutine: Coroutine[Any, Any, object], **_more: object) -> None:
        coroutine.close()
        waiting.append(coroutine)

    monkeypatch.setattr(stage.shell.bridge, "run", never)
    month = stage.view.month
    drag(month, month.rect_of(entry_of(stage, "One")).center(), month.cell_rect(date(2026, 12, 16)).center())
    assert waiting
    assert month.cell_rect(date(2026, 12, 16)).contains(month.rect_of(entry_of(stage, "One")))


@pytest.mark.parametrize(
    ("zone", "day"), [("America/Toronto", "2026-03-08"), ("Europe/Paris", "2026-03-29"), ("Asia/Tokyo", "2026-03-29")]
)
def test_a_drag_across_a_change_of_the_clocks_keeps_the_wall_hour(stage: Stage, zone: str, day: str) -> None:
    stage.clock.set(datetime(2026, 3, 2, 15, tzinfo=UTC))
    ws = stage.client("Rosa", zone=zone)
    before = (date.fromisoformat(day) - timedelta(days=2)).isoformat()
    stage.plant(ws, [("One", wall(before), State.PLANNED)])
    presenter = stage.open(ws)
    presenter.reveal(date.fromisoformat(before))
    month = stage.view.month
    drag(month, month.rect_of(entry_of(stage, "One")).center(), month.cell_rect(date.fromisoformat(day)).center())
    stage.settle()
    assert stage.walls(ws) == [wall(day)]


def test_onto_an_hour_that_does_not_exist_the_toast_says_so(stage: Stage) -> None:
    stage.clock.set(datetime(2026, 3, 2, 15, tzinfo=UTC))
    ws = stage.client("Rosa")
    stage.plant(ws, [("One", wall("2026-03-06", "02:30"), State.PLANNED)])
    stage.open(ws)
    month = stage.view.month
    drag(month, month.rect_of(entry_of(stage, "One")).center(), month.cell_rect(date(2026, 3, 8)).center())
    stage.settle()
    assert "does not exist" in stage.shell.toasts[-1][0]
    assert entry_of(stage, "One").wall == wall("2026-03-08", "03:30")


def test_a_drag_in_the_week_snaps_to_a_quarter_of_an_hour(stage: Stage) -> None:
    ws = stage.client("Rosa")
    stage.plant(ws, [("One", wall("2026-12-02", "11:05"), State.PLANNED)])
    presenter = stage.open(ws)
    presenter.look(Mode.WEEK)
    week = stage.view.week
    begin = week.rect_of(entry_of(stage, "One")).center()
    drag(week, begin, begin + QPoint(week.width() // 8, week.hour * 2))
    stage.settle()
    assert stage.walls(ws) == [wall("2026-12-03", "13:00")]


def test_what_is_live_stays_and_says_why(stage: Stage) -> None:
    ws = stage.client("Rosa")
    stage.plant(ws, [("One", wall("2026-12-01", "08:00"), State.SENT)])
    stage.open(ws)
    month = stage.view.month
    drag(month, month.rect_of(entry_of(stage, "One")).center(), month.cell_rect(date(2026, 12, 16)).center())
    stage.settle()
    assert stage.walls(ws) == [wall("2026-12-01", "08:00")]
    assert "live already" in stage.shell.toasts[-1][0]


def test_the_past_takes_nothing_and_escape_lets_go(stage: Stage) -> None:
    ws = stage.client("Rosa")
    stage.plant(ws, [("One", wall("2026-12-09"), State.PLANNED)])
    stage.open(ws)
    month = stage.view.month
    begin = month.rect_of(entry_of(stage, "One")).center()
    drag(month, begin, month.cell_rect(date(2026, 11, 30)).center())
    assert "passed" in stage.shell.toasts[-1][0]
    drag(month, begin, month.cell_rect(date(2026, 12, 16)).center(), drop=False)
    assert month._drag is not None
    QTest.keyClick(month, Qt.Key.Key_Escape)
    assert not month.dragging
    QTest.mouseRelease(month, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, begin)
    stage.settle()
    assert stage.walls(ws) == [wall("2026-12-09")]


def test_a_move_that_fails_puts_the_entry_back_and_says_why(stage: Stage) -> None:
    ws = stage.client("Rosa")
    post = stage.plant(ws, [("One", wall("2026-12-09"), State.PLANNED)])[0]
    presenter = stage.open(ws)
    entry = entry_of(stage, "One")
    asyncio.run(planning.cancel(ws, post))
    presenter.move(entry, at_instant(stage.clock.now() + timedelta(days=3), "America/Toronto"))
    stage.settle()
    assert stage.shell.toasts
    assert stage.walls(ws) == [wall("2026-12-09")]


# ---- all clients


def test_of_all_clients_each_is_moved_in_its_own_file_and_zone(stage: Stage) -> None:
    here, there = stage.client("Rosa"), stage.client("Léo", Colour.PLUM, "Europe/Paris")
    stage.plant(here, [("Here", wall("2026-12-09"), State.PLANNED)])
    stage.plant(there, [("There", wall("2026-12-09", "15:00"), State.PLANNED)])
    stage.open(stage.desk)
    entry = entry_of(stage, "There")
    assert (entry.wall, entry.own_wall) == (wall("2026-12-09", "09:00"), wall("2026-12-09", "15:00"))
    page = stage.view.surface._page
    assert page is not None
    assert "Paris" in telling.hint(entry, page)
    assert "Paris" not in telling.hint(entry_of(stage, "Here"), page)
    month = stage.view.month
    drag(month, month.rect_of(entry).center(), month.cell_rect(date(2026, 12, 16)).center())
    stage.settle()
    assert stage.walls(there) == [wall("2026-12-16", "15:00")]
    assert stage.walls(here) == [wall("2026-12-09")]


def test_of_all_clients_a_new_post_asks_for_whom(stage: Stage) -> None:
    stage.client("Rosa")
    there = stage.client("Léo", Colour.PLUM, "Europe/Paris")
    stage.open(stage.desk)
    month = stage.view.month
    QTest.mouseClick(
        month, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, month.cell_rect(date(2026, 12, 16)).center()
    )
    assert stage.shell.gone == []
    menu = stage.view._menu
    assert menu is not None
    assert [action.text() for action in menu.actions() if action.isEnabled() and action.text()] == ["Rosa", "Léo"]
    menu.actions()[-1].trigger()
    assert stage.shell.gone == [Target("posts", there.client.id, NewPost(wall("2026-12-16", "15:00")))]
    menu.close()


# ---- beginning and opening


def test_a_click_on_an_empty_day_begins_a_post_in_the_morning(stage: Stage) -> None:
    ws = stage.client("Rosa")
    stage.open(ws)
    month = stage.view.month
    QTest.mouseClick(
        month, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, month.cell_rect(date(2026, 12, 16)).center()
    )
    assert stage.shell.gone == [Target("posts", ws.client.id, NewPost(wall("2026-12-16", "09:00")))]


def test_a_click_on_an_empty_hour_begins_a_post_there(stage: Stage) -> None:
    ws = stage.client("Rosa")
    presenter = stage.open(ws)
    presenter.look(Mode.WEEK)
    week = stage.view.week
    place = week._slot(date(2026, 12, 4), 14 * 60 + 30, 30, week._page).center() if week._page else QPoint()
    QTest.mouseClick(week, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert stage.shell.gone == [Target("posts", ws.client.id, NewPost(wall("2026-12-04", "14:30")))]


def test_a_double_click_opens_and_the_count_lists_the_day(stage: Stage) -> None:
    ws = stage.client("Rosa")
    posts = stage.plant(ws, [(f"Post {n}", wall("2026-12-09", f"{8 + n:02}:00"), State.PLANNED) for n in range(12)])
    stage.open(ws)
    month = stage.view.month
    QTest.mouseDClick(
        month, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, month.rect_of(entry_of(stage, "Post 0")).center()
    )
    assert stage.shell.gone == [Target("posts", ws.client.id, posts[0])]
    frame = month.cell_rect(date(2026, 12, 9))
    place = next(
        QPoint(frame.center().x(), y)
        for y in range(frame.top(), frame.bottom())
        if month.folded_at(QPoint(frame.center().x(), y))
    )
    QTest.mouseClick(month, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    panel = stage.view._panel
    assert panel.isVisible()
    QTest.keyClick(panel.list, Qt.Key.Key_Down)
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    assert not panel.isVisible()
    assert stage.shell.gone[-1] == Target("posts", ws.client.id, posts[1])


# ---- the keyboard alone


@pytest.fixture
def keyed(stage: Stage) -> Callable[[CalendarPresenter], Actions]:
    """Makes the room's actions live, as the window does."""

    def add(presenter: CalendarPresenter) -> Actions:
        actions = Actions()
        actions.add(stage.view, presenter.actions())
        stage.view.activateWindow()
        stage.view.setFocus()
        stage.settle()
        return actions

    return add


def test_everything_by_key(stage: Stage, keyed: Callable[[CalendarPresenter], Actions]) -> None:
    ws = stage.client("Rosa")
    posts = stage.plant(ws, [("One", wall("2026-12-09"), State.PLANNED), ("Two", wall("2026-12-20"), State.PLANNED)])
    presenter = stage.open(ws)
    keyed(presenter)
    view = stage.view
    assert view.surface.day == date(2026, 12, 1)
    press(stage, Qt.Key.Key_Down, Qt.Key.Key_Right)
    assert view.surface.day == date(2026, 12, 9)
    press(stage, Qt.Key.Key_Return)
    assert stage.shell.gone[-1] == Target("posts", ws.client.id, posts[0])
    press(stage, Qt.Key.Key_Right, Qt.Key.Key_Return)
    assert stage.shell.gone[-1].item == NewPost(wall("2026-12-10", "09:00"))
    press(stage, Qt.Key.Key_N)
    assert stage.shell.gone[-1].item == NewPost(wall("2026-12-10", "09:00"))
    press(stage, Qt.Key.Key_J)
    assert (view.surface.day, view.surface.chosen) == (date(2026, 12, 20), entry_of(stage, "Two"))
    press(stage, Qt.Key.Key_PageDown)
    assert view.surface.day == date(2027, 1, 20)
    press(stage, Qt.Key.Key_T, Qt.Key.Key_2)
    assert (view.surface, view.surface.day) == (view.week, date(2026, 12, 1))
    press(stage, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_N)
    assert stage.shell.gone[-1].item == NewPost(wall("2026-12-02", "10:00"))
    press(stage, Qt.Key.Key_4, Qt.Key.Key_Down)
    assert view.surface is view.agenda
    assert view.surface.chosen == entry_of(stage, "One")
    press(stage, Qt.Key.Key_1)
    assert stage.view.surface is stage.view.month
    assert stage.view.surface.chosen == entry_of(stage, "One")


def test_m_moves_to_a_time_that_is_typed(stage: Stage, keyed: Callable[[CalendarPresenter], Actions]) -> None:
    ws = stage.client("Rosa")
    stage.plant(ws, [("One", wall("2026-12-09"), State.PLANNED)])
    keyed(stage.open(ws))
    press(stage, Qt.Key.Key_J, Qt.Key.Key_M)
    dialog = stage.view.findChild(MoveDialog)
    assert dialog is not None
    dialog.field.changed.emit(wall("2026-11-01"))
    assert not dialog.confirm.isEnabled()
    dialog.field.changed.emit(wall("2026-12-11", "16:00"))
    assert dialog.confirm.isEnabled()
    dialog.confirm.click()
    stage.settle()
    assert stage.walls(ws) == [wall("2026-12-11", "16:00")]


def test_arrows_lead_out_of_the_month(stage: Stage) -> None:
    ws = stage.client("Rosa")
    stage.open(ws)
    stage.view.setFocus()
    press(stage, Qt.Key.Key_Left)
    assert stage.view.surface.day == date(2026, 11, 30)
    assert stage.view.surface.accessibleName() == "November 2026"


# ---- words


def test_the_current_day_is_said(stage: Stage) -> None:
    ws = stage.client("Rosa")
    stage.plant(ws, [("Bonjour à tous", wall("2026-12-02"), State.PLANNED)])
    stage.open(ws)
    surface = stage.view.surface
    assert surface.accessibleName() == "December 2026"
    assert surface.accessibleDescription().startswith("today, Tuesday")
    press(stage, Qt.Key.Key_Right)
    assert "One post" in surface.accessibleDescription()
    press(stage, Qt.Key.Key_J)
    assert "Bonjour à tous" in surface.accessibleDescription()
    assert "Rosa" in surface.accessibleDescription()


@pytest.mark.parametrize(("language", "title"), [("fr_CA", "Décembre 2026"), ("en_CA", "December 2026")])
def test_titles_and_first_day_follow_the_language(stage: Stage, language: str, title: str) -> None:
    ws = stage.client("Rosa")
    presenter = stage.open(ws)
    stage.shell.formats = Formats(language)
    presenter.retranslate()
    page = stage.view.surface._page
    assert page is not None
    assert page.title == title
    assert page.days[0].weekday() == stage.shell.formats.first_weekday


def test_a_title_over_two_years(stage: Stage) -> None:
    stage.clock.set(datetime(2026, 12, 30, 15, tzinfo=UTC))
    ws = stage.client("Rosa")
    presenter = stage.open(ws)
    presenter.look(Mode.WEEK)
    page = stage.view.surface._page
    assert page is not None
    assert page.title == "December 2026 – January 2027"
    assert "53" in page.zone_note


# ---- staying true


def test_a_change_made_elsewhere_is_seen(stage: Stage) -> None:
    ws = stage.client("Rosa")
    stage.open(ws)
    page = stage.view.surface._page
    assert page is not None
    assert len(page.board) == 0
    stage.plant(ws, [("One", wall("2026-12-09"), State.PLANNED)])
    stage.qtbot.waitUntil(lambda: len(stage.view.surface._page.board) == 1 if stage.view.surface._page else False)


def test_the_next_month_is_read_before_anybody_asks(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    ws = stage.client("Rosa")
    stage.plant(ws, [("One", wall("2027-01-09"), State.PLANNED)])
    presenter = stage.open(ws)
    stage.qtbot.waitUntil(lambda: not presenter._reader.busy)
    asked: list[Workspace] = []

    def agenda(workspace: Workspace, *_span: datetime) -> tuple[()]:
        asked.append(workspace)
        return ()

    monkeypatch.setattr(planning, "agenda", agenda)
    presenter._turn(1)
    assert asked == []
    assert entry_of(stage, "One").day == date(2027, 1, 9)


def test_nothing_of_a_client_is_left_in_the_view_of_the_next(stage: Stage) -> None:
    one, other = stage.client("Rosa"), stage.client("Léo", Colour.PLUM)
    stage.plant(one, [("Secret", wall("2026-12-09"), State.PLANNED)])
    stage.open(one)
    stage.view.choose(entry_of(stage, "Secret"))
    for mode in Mode:
        stage.presenters[0].look(mode)
    stage.open(other)
    for surface in (stage.view.month, stage.view.week, stage.view.agenda):
        page = surface._page
        assert page is None or page.owner is None or page.owner.name != "Rosa" or not len(page.board)
        assert "Secret" not in surface.accessibleDescription()


def test_a_post_is_revealed(stage: Stage) -> None:
    ws = stage.client("Rosa")
    post = stage.plant(ws, [("One", wall("2027-03-09"), State.PLANNED)])[0]
    presenter = stage.open(ws)
    presenter.reveal(post)
    chosen = stage.view.surface.chosen
    assert chosen is not None
    assert chosen.row.post == post
    presenter.reveal(object())
    assert stage.view.surface.day == date(2027, 3, 9)
