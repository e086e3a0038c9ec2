"""The calendar's views, filters and changes, on real files: what is seen, by hand and by key, and every change taken back."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from cmdesk.domain.client import Colour
from cmdesk.domain.delivery import PostState, State
from cmdesk.domain.hours import clean_hours
from cmdesk.domain.ids import PostId
from cmdesk.domain.post import PostEdit, Variant
from cmdesk.domain.slots import clean_slots
from cmdesk.services import arranging, board, composing, keydates, linking, terms
from cmdesk.services.workspace import Workspace
from cmdesk.ui.actions import Actions
from cmdesk.ui.calendar.days import Mode
from cmdesk.ui.calendar.entries import Spot
from cmdesk.ui.calendar.filters import Filter
from cmdesk.ui.calendar.pointer import Pointer
from cmdesk.ui.calendar.presenter import CalendarPresenter
from cmdesk.ui.screens import NewPost, Target
from tests.ui.calendar.conftest import Stage
from tests.ui.calendar.test_calendar import drag, entry_of, press, wall


def act(stage: Stage, presenter: CalendarPresenter, name: str) -> None:
    """Runs an action as its key does."""
    next(one for one in presenter.actions() if one.id == f"calendar.{name}").run()
    stage.settle()


def grounded(stage: Stage, presenter: CalendarPresenter) -> None:
    """Waits until what lies behind the page was read."""
    stage.qtbot.waitUntil(lambda: presenter._ground_key() in presenter._grounds)


def draft(workspace: Workspace, text: str) -> PostId:
    """A draft for all accounts of a client."""
    variants = tuple(Variant(account.id) for account in linking.accounts(workspace))
    return asyncio.run(composing.create(workspace, PostEdit(text=text, variants=variants))).id


# ---- looking


def test_each_key_shows_its_view_and_all_of_them_stand_on_the_same_day(stage: Stage) -> None:
    ws = stage.client("Rosa")
    stage.plant(ws, [("One", wall("2026-12-09"), State.PLANNED)])
    presenter = stage.open(ws)
    actions = Actions()
    actions.add(stage.view, presenter.actions())
    stage.view.activateWindow()
    stage.view.setFocus()
    presenter.reveal(date(2026, 12, 9))
    keys = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5)
    for key, mode in zip(keys, Mode, strict=True):
        press(stage, key)
        page = presenter.page
        assert page is not None
        assert page.mode is mode
        assert date(2026, 12, 9) in page.days
        assert stage.view.surface.day == date(2026, 12, 9)
        assert stage.view.surface.accessibleName() == page.title
        assert stage.view.surface.accessibleDescription()


def test_a_day_has_its_hours_and_turns_by_one(stage: Stage) -> None:
    ws = stage.client("Rosa")
    stage.plant(ws, [("One", wall("2026-12-09"), State.PLANNED), ("Two", wall("2026-12-10"), State.PLANNED)])
    presenter = stage.open(ws)
    presenter.reveal(date(2026, 12, 9))
    presenter.look(Mode.DAY)
    grid = stage.view.week
    assert [entries[0].row.preview for _rect, entries in grid.blocks] == ["One"]
    act(stage, presenter, "after")
    assert [entries[0].row.preview for _rect, entries in grid.blocks] == ["Two"]


def test_a_year_counts_what_each_day_has_and_opens_it(stage: Stage) -> None:
    ws, other = stage.client("Rosa"), stage.client("Léo", Colour.PLUM, "Europe/Paris")
    stage.plant(ws, [("One", wall("2026-03-08", "00:30"), State.SENT), ("Two", wall("2026-12-31", "23:30"), State.PLANNED)])
    stage.plant(other, [("Three", wall("2027-01-01", "02:00"), State.PLANNED)])  # the evening before, in Toronto
    presenter = stage.open(stage.desk)
    presenter.look(Mode.YEAR)
    page = presenter.page
    assert page is not None
    assert dict(page.counts) == {date(2026, 3, 8): 1, date(2026, 12, 31): 2}
    year = stage.view.year
    QTest.mouseClick(year, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, year.day_rect(date(2026, 12, 31)).center())
    QTest.keyClick(year, Qt.Key.Key_Return)
    stage.settle()
    assert presenter.page is not None
    assert (presenter.page.mode, presenter.page.days) == (Mode.DAY, (date(2026, 12, 31),))
    assert len(presenter.page.board) == 2


def test_the_year_of_another_year_begins_where_its_weeks_do(stage: Stage) -> None:
    ws = stage.client("Rosa")
    presenter = stage.open(ws)
    presenter.look(Mode.YEAR)
    act(stage, presenter, "after")
    assert presenter.page is not None
    assert (presenter.page.title, len(presenter.page.days)) == ("2027", 365)


@pytest.mark.parametrize(
    ("zone", "day", "hour"),
    [("America/Toronto", "2026-03-08", "02"), ("Europe/Paris", "2026-03-29", "02"), ("Asia/Tokyo", "2026-03-29", "")],
)
def test_a_day_on_which_the_clocks_change_says_so(stage: Stage, zone: str, day: str, hour: str) -> None:
    stage.clock.set(datetime(2026, 3, 2, 15, tzinfo=UTC))
    ws = stage.client("Rosa", zone=zone)
    presenter = stage.open(ws)
    presenter.reveal(date.fromisoformat(day))
    presenter.look(Mode.DAY)
    assert presenter.page is not None
    changes = presenter.page.clock_changes.get(date.fromisoformat(day), ())
    assert [f"{begin // 60:02}" for begin, _end, _twice in changes] == ([hour] if hour else [])


def test_closer_makes_an_hour_higher_and_a_month_roomier(stage: Stage) -> None:
    ws = stage.client("Rosa")
    stage.plant(ws, [(f"Post {n}", wall("2026-12-09", f"{8 + n:02}:00"), State.PLANNED) for n in range(6)])
    presenter = stage.open(ws)
    dense = stage.view.month.rect_of(entry_of(stage, "Post 0")).height()
    act(stage, presenter, "closer")
    assert stage.view.month.rect_of(entry_of(stage, "Post 0")).height() > dense
    presenter.look(Mode.WEEK)
    before = stage.view.week.hour
    act(stage, presenter, "closer")
    assert stage.view.week.hour > before
    for _ in range(9):
        act(stage, presenter, "farther")
    assert stage.view.week.hour < before


# ---- choosing what is seen


def test_a_click_in_the_legend_hides_a_client_and_a_double_click_shows_one_alone(stage: Stage) -> None:
    one, other = stage.client("Rosa"), stage.client("Léo", Colour.PLUM)
    stage.plant(one, [("Hers", wall("2026-12-09"), State.PLANNED)])
    stage.plant(other, [("His", wall("2026-12-09"), State.PLANNED)])
    presenter = stage.open(stage.desk)
    legend = stage.view.legend
    first, second = legend._toggles.values()
    assert legend.isVisible()
    first.click()
    assert presenter.page is not None
    assert [entry.row.preview for entry in presenter.page.board.entries] == ["His"]
    assert "hidden" in first.accessibleName()
    first.click()
    QTest.mouseDClick(first, Qt.MouseButton.LeftButton)
    assert [entry.row.preview for entry in presenter.page.board.entries] == ["Hers"]
    assert not second.isChecked()
    legend._clear.click()
    assert len(presenter.page.board) == 2


def test_a_filter_narrows_by_state_label_network_and_account(stage: Stage) -> None:
    ws = stage.client("Rosa")
    stage.plant(ws, [("Out", wall("2026-12-01", "08:00"), State.SENT), ("In", wall("2026-12-09"), State.PLANNED)])
    presenter = stage.open(ws)
    page = presenter.page
    assert page is not None
    mark = page.board.entries[0].row.accounts[0]
    for wanted, left in (
        (Filter(states=frozenset({PostState.SENT})), ["Out"]),
        (Filter(labels=frozenset({"none"})), []),
        (Filter(networks=frozenset({mark.network})), ["Out", "In"]),
        (Filter(accounts=frozenset({(mark.client, mark.id)})), ["Out", "In"]),
    ):
        stage.view.filtered.emit(wanted)
        assert presenter.page is not None
        assert [entry.row.preview for entry in presenter.page.board.entries] == left
        assert presenter.page.hidden == 2 - len(left)
    assert stage.view.legend.isVisible()


def test_the_filter_offers_what_is_there(stage: Stage) -> None:
    ws = stage.client("Rosa")
    presenter = stage.open(ws)
    act(stage, presenter, "filter")
    panel = stage.view._made_filter
    assert panel is not None
    assert panel.isVisible()
    wish, check = panel._checks[0]
    check.click()
    assert presenter._filter.states == {wish.value}
    panel.hide()


# ---- changing, and taking it back


def test_every_change_is_taken_back_and_done_again(stage: Stage) -> None:
    ws = stage.client("Rosa")
    stage.plant(ws, [("One", wall("2026-12-09"), State.PLANNED)])
    presenter = stage.open(ws)
    month = stage.view.month
    drag(month, month.rect_of(entry_of(stage, "One")).center(), month.cell_rect(date(2026, 12, 16)).center())
    stage.settle()
    assert stage.walls(ws) == [wall("2026-12-16")]
    act(stage, presenter, "undo")
    assert stage.walls(ws) == [wall("2026-12-09")]
    act(stage, presenter, "redo")
    assert stage.walls(ws) == [wall("2026-12-16")]
    stage.view.choose(entry_of(stage, "One"))
    act(stage, presenter, "out")
    assert presenter.page is not None
    assert len(presenter.page.board) == 0
    act(stage, presenter, "undo")
    assert entry_of(stage, "One").wall == wall("2026-12-16")


@pytest.mark.parametrize("key", [Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier])
def test_with_alt_a_drag_copies_and_keeps_the_hour(stage: Stage, key: Qt.KeyboardModifier) -> None:
    ws = stage.client("Rosa")
    stage.plant(ws, [("One", wall("2026-12-09"), State.PLANNED)])
    presenter = stage.open(ws)
    month = stage.view.month
    begin, end = month.rect_of(entry_of(stage, "One")).center(), month.cell_rect(date(2026, 12, 16)).center()
    drag(month, begin, begin + QPoint(30, 30), drop=False)
    QTest.mouseRelease(month, Qt.MouseButton.LeftButton, key, end)
    stage.settle()
    assert sorted(stage.walls(ws)) == [wall("2026-12-09"), wall("2026-12-16")]
    act(stage, presenter, "undo")
    assert presenter.page is not None
    assert [entry.wall for entry in presenter.page.board.entries] == [wall("2026-12-09")]


def test_what_is_out_can_be_copied_but_its_copy_waits_for_a_yes(stage: Stage) -> None:
    ws = stage.client("Rosa")
    stage.plant(ws, [("One", wall("2026-12-01", "08:00"), State.SENT)])
    presenter = stage.open(ws)
    presenter._copied(entry_of(stage, "One"), presenter._landing(entry_of(stage, "One"), Spot(date(2026, 12, 16)), True))
    stage.settle()
    assert presenter.page is not None
    copy = presenter.page.board.day(date(2026, 12, 16))[0]
    assert (copy.row.state, copy.wall) == (PostState.DRAFT, wall("2026-12-16", "08:00"))
    assert stage.walls(ws) == [wall("2026-12-01", "08:00")]


def test_of_all_clients_undo_follows_the_hand(stage: Stage) -> None:
    one, other = stage.client("Rosa"), stage.client("Léo", Colour.PLUM)
    stage.plant(one, [("Hers", wall("2026-12-09"), State.PLANNED)])
    stage.plant(other, [("His", wall("2026-12-09"), State.PLANNED)])
    presenter = stage.open(stage.desk)
    month = stage.view.month
    for text, day in (("Hers", 16), ("His", 17)):
        drag(month, month.rect_of(entry_of(stage, text)).center(), month.cell_rect(date(2026, 12, day)).center())
        stage.settle()
    act(stage, presenter, "undo")
    assert (stage.walls(one), stage.walls(other)) == ([wall("2026-12-16")], [wall("2026-12-09")])
    act(stage, presenter, "undo")
    assert stage.walls(one) == [wall("2026-12-09")]
    act(stage, presenter, "redo")
    act(stage, presenter, "redo")
    assert (stage.walls(one), stage.walls(other)) == ([wall("2026-12-16")], [wall("2026-12-17")])


# ---- from elsewhere


def drop(surface: Pointer, mime: QMimeData, place: QPoint) -> None:
    """Something from outside the window, let go on a surface."""
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(place, Qt.DropAction.CopyAction, mime, buttons, keys)
    surface.dragEnterEvent(enter)
    if enter.isAccepted():
        surface.dragMoveEvent(enter)
        surface.dropEvent(QDropEvent(QPointF(place), Qt.DropAction.CopyAction, mime, buttons, keys))
    QApplication.processEvents()


def test_pictures_dropped_on_a_day_make_a_draft_with_media_suggested_for_it(stage: Stage, tmp_path: Path) -> None:
    ws = stage.client("Rosa")
    file = tmp_path / "pain.png"
    Image.new("RGB", (40, 30), "orange").save(file)
    presenter = stage.open(ws)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    drop(stage.view.month, mime, stage.view.month.cell_rect(date(2026, 12, 16)).center())
    stage.settle()
    assert presenter.page is not None
    made = presenter.page.board.day(date(2026, 12, 16))[0]
    assert (made.row.state, made.wall) == (PostState.DRAFT, wall("2026-12-16", "09:00"))
    post = composing.load(ws, made.row.post)
    assert [item.original_name for item in post.media] == ["pain.png"]
    act(stage, presenter, "undo")
    assert len(presenter.page.board) == 0


def test_what_is_no_picture_makes_no_draft_and_says_why(stage: Stage, tmp_path: Path) -> None:
    ws = stage.client("Rosa")
    file = tmp_path / "notes.txt"
    file.write_text("nothing to see")
    stage.open(ws)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    drop(stage.view.month, mime, stage.view.month.cell_rect(date(2026, 12, 16)).center())
    stage.settle()
    assert composing.post_rows(ws) == ()
    assert stage.shell.toasts


def test_a_link_from_a_browser_is_no_guest(stage: Stage) -> None:
    ws = stage.client("Rosa")
    stage.open(ws)
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/a.png")])
    drop(stage.view.month, mime, stage.view.month.cell_rect(date(2026, 12, 16)).center())
    assert not stage.view.month.dragging


def test_a_draft_on_the_shelf_is_planned_or_suggested_by_a_person(stage: Stage) -> None:
    ws = stage.client("Rosa")
    draft(ws, "Half written")
    presenter = stage.open(ws)
    act(stage, presenter, "shelf")
    shelf = stage.view.shelf
    line = shelf.model.rows[0]
    assert line.look.title == "Half written"
    landing = presenter._guest_landing(line.guest, Spot(date(2026, 12, 16)))
    stage.view.dropped.emit(line.guest, landing, Spot(date(2026, 12, 16)))
    assert stage.walls(ws) == []
    menu = stage.view._menu
    assert menu is not None
    plan, suggest = [action for action in menu.actions() if not action.isSeparator()]
    suggest.trigger()
    stage.settle()
    assert entry_of(stage, "Half written").row.state is PostState.DRAFT
    act(stage, presenter, "undo")
    plan.trigger()
    stage.settle()
    assert stage.walls(ws) == [wall("2026-12-16", "09:00")]
    menu.close()


def test_an_idea_becomes_a_draft_on_the_day_it_is_dropped_on(stage: Stage) -> None:
    ws = stage.client("Rosa")
    asyncio.run(board.add_idea(ws, "Portrait of Josée"))
    presenter = stage.open(ws)
    act(stage, presenter, "shelf")
    stage.view.shelf.shown.emit("ideas")
    line = stage.view.shelf.model.rows[0]
    spot = Spot(date(2026, 12, 16))
    stage.view.dropped.emit(line.guest, presenter._guest_landing(line.guest, spot), spot)
    stage.settle()
    assert entry_of(stage, "Portrait of Josée").wall == wall("2026-12-16", "09:00")
    stage.qtbot.waitUntil(lambda: len(stage.view.shelf.model.rows) == 0)


# ---- what lies behind


def test_free_slots_are_places_to_click_and_a_filled_one_is_none(stage: Stage) -> None:
    ws = stage.client("Rosa")
    asyncio.run(terms.set_slots(ws, clean_slots("mon-sun 9:00, 15:00")))
    stage.plant(ws, [("One", wall("2026-12-09", "09:00"), State.PLANNED)])
    presenter = stage.open(ws)
    presenter.reveal(date(2026, 12, 9))
    grounded(stage, presenter)
    page = presenter.page
    assert page is not None
    assert [mark.minute for mark in page.ground.slots[date(2026, 12, 9)]] == [15 * 60]
    assert [mark.minute for mark in page.ground.slots[date(2026, 12, 10)]] == [9 * 60, 15 * 60]
    presenter.look(Mode.WEEK)
    grounded(stage, presenter)
    grid = stage.view.week
    _mark, rect = next((mark, rect) for mark, rect in grid._slot_marks() if mark.minute == 15 * 60)
    QTest.mouseClick(grid, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, rect.center())
    target = stage.shell.gone[-1]
    assert isinstance(target.item, NewPost)
    assert target.item.moment is not None
    assert target.item.moment.time() == wall("2026-12-09", "15:00").time()


def test_the_next_free_slot_is_one_key_away(stage: Stage) -> None:
    ws = stage.client("Rosa")
    asyncio.run(terms.set_slots(ws, clean_slots("mon-sun 9:00, 15:00")))
    stage.plant(ws, [("One", wall("2026-12-01", "15:00"), State.PLANNED)])
    post = draft(ws, "Waiting")
    presenter = stage.open(ws)
    act(stage, presenter, "slot")
    assert stage.shell.gone[-1] == Target("posts", ws.client.id, NewPost(wall("2026-12-02", "09:00")))
    stage.view.activateWindow()
    act(stage, presenter, "shelf")
    assert stage.view.shelf.current() is not None
    act(stage, presenter, "slot")
    assert entry_of(stage, "Waiting").row.post == post
    assert entry_of(stage, "Waiting").wall == wall("2026-12-02", "09:00")


def test_a_label_with_a_colour_is_a_dot_on_its_posts(stage: Stage) -> None:
    ws = stage.client("Rosa")
    asyncio.run(board.add_label(ws, "recipe", Colour.RUBY))
    presenter = stage.open(ws)
    grounded(stage, presenter)
    assert presenter.page is not None
    assert presenter.page.ground.labels == {"recipe": Colour.RUBY}


def test_hours_that_were_agreed_are_light_and_a_closed_day_is_not(stage: Stage) -> None:
    ws = stage.client("Rosa")
    asyncio.run(terms.set_hours(ws, clean_hours("mon-fri 9:00-17:00")))
    presenter = stage.open(ws)
    presenter.look(Mode.WEEK)
    grounded(stage, presenter)
    page = presenter.page
    assert page is not None
    opened = page.ground.open_hours
    assert opened is not None
    assert opened[date(2026, 12, 1)] == ((540, 1020),)
    assert opened[date(2026, 12, 5)] == ()


def test_from_a_key_date_to_a_draft_in_one_key(stage: Stage) -> None:
    ws = stage.client("Rosa")
    own = asyncio.run(board.add_own_date(ws, "Opening day", "12-16"))
    presenter = stage.open(ws)
    grounded(stage, presenter)
    presenter.reveal(date(2026, 12, 16))
    assert presenter.page is not None
    assert "Opening day" in [mark.name for mark in presenter.page.ground.dates[date(2026, 12, 16)]]
    assert "Opening day" in stage.view.surface.accessibleDescription()
    presenter.windows._around.draft_date(
        ws, next(one for one in keydates.days(ws, date(2026, 12, 16), date(2026, 12, 16)) if one.own == own.id)
    )
    stage.settle()
    assert entry_of(stage, "Opening day").row.state is PostState.DRAFT
    act(stage, presenter, "undo")
    assert len(presenter.page.board) == 0
    act(stage, presenter, "date")
    assert presenter.page.board.day(date(2026, 12, 16))


def test_campaigns_and_notes_are_bars_over_their_days(stage: Stage) -> None:
    ws = stage.client("Rosa")
    asyncio.run(board.add_campaign(ws, "Winter", date(2026, 12, 3), date(2026, 12, 9)))
    asyncio.run(board.add_note(ws, "Stocktaking", date(2026, 12, 3)))
    presenter = stage.open(ws)
    grounded(stage, presenter)
    month = stage.view.month
    assert sorted((bar.bar.title, bar.begins, bar.ends) for bar in month._bars) == [
        ("Stocktaking", True, True),
        ("Winter", False, True),
        ("Winter", True, False),
    ]
    opened: list[object] = []
    stage.view.bar_opened.connect(opened.append)
    bar = next(one for one in month._bars if one.bar.title == "Winter")
    QTest.mouseClick(month, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, bar.rect.center())
    assert opened == [bar.bar]
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    dialog.close()


def test_a_suggested_draft_moves_and_is_planned_when_it_is_meant(stage: Stage) -> None:
    ws = stage.client("Rosa")
    post = draft(ws, "Perhaps")
    asyncio.run(arranging.suggest(ws, post, wall("2026-12-09")))
    stage.open(ws)
    month = stage.view.month
    drag(month, month.rect_of(entry_of(stage, "Perhaps")).center(), month.cell_rect(date(2026, 12, 16)).center())
    stage.settle()
    assert entry_of(stage, "Perhaps").wall == wall("2026-12-16")
    assert stage.walls(ws) == []
    stage.view.plan_asked.emit(entry_of(stage, "Perhaps"))
    stage.settle()
    assert stage.walls(ws) == [wall("2026-12-16")]
    assert entry_of(stage, "Perhaps").row.post == post


def test_space_looks_into_a_post_and_its_deliveries(stage: Stage) -> None:
    ws = stage.client("Rosa")
    stage.plant(ws, [("All of its words", wall("2026-12-09"), State.PLANNED)])
    presenter = stage.open(ws)
    stage.view.setFocus()
    press(stage, Qt.Key.Key_J, Qt.Key.Key_Space)
    peek = stage.view._made_peek
    assert peek is not None
    assert peek.isVisible()
    assert peek.accessibleDescription() == "All of its words"
    look = presenter._errands._looked(ws, entry_of(stage, "All"))
    assert [line.state[0] for line in look.lines] == ["planned"]
    peek.hide()


def test_a_drag_held_at_the_edge_turns_the_page_and_goes_on(stage: Stage) -> None:
    ws = stage.client("Rosa")
    stage.plant(ws, [("One", wall("2026-12-09"), State.PLANNED)])
    presenter = stage.open(ws)
    month = stage.view.month
    begin = month.rect_of(entry_of(stage, "One")).center()
    edge = QPoint(month.width() - 3, begin.y())
    drag(month, begin, edge, drop=False)
    for _ in range(14):
        month._look_at_edge()
    assert presenter.page is not None
    assert presenter.page.title == "January 2027"
    assert month.dragging
    QTest.mouseRelease(
        month, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, month.cell_rect(date(2027, 1, 13)).center()
    )
    stage.settle()
    assert stage.walls(ws) == [wall("2027-01-13")]


def test_a_new_post_of_the_day_view_begins_where_the_keyboard_stands(stage: Stage) -> None:
    ws = stage.client("Rosa")
    presenter = stage.open(ws)
    presenter.reveal(date(2026, 12, 9))
    presenter.look(Mode.DAY)
    stage.view.new_here()
    assert stage.shell.gone[-1] == Target("posts", ws.client.id, NewPost(wall("2026-12-09", "09:00")))
    assert stage.view.surface.day + timedelta(days=1) == date(2026, 12, 10)
