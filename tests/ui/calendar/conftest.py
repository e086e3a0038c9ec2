"""A stage for the calendar: real clients' files, a clock that only the test moves, and a shell that remembers."""

from __future__ import annotations

import asyncio
import concurrent.futures
from collections.abc import Callable, Coroutine, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cmdesk.domain.changes import Changes
from cmdesk.domain.client import Colour
from cmdesk.domain.delivery import State
from cmdesk.domain.ids import AccountId, PostId
from cmdesk.domain.post import PostEdit, Variant, cleaned
from cmdesk.domain.schedule import resolve
from cmdesk.services.desk import Desk
from cmdesk.services.workspace import Workspace
from cmdesk.store import accounts, outbox, posts
from cmdesk.store.database import reading
from cmdesk.ui.bridge import Bridge
from cmdesk.ui.calendar.presenter import CalendarPresenter
from cmdesk.ui.calendar.view import CalendarView
from cmdesk.ui.i18n import Formats
from cmdesk.ui.screens import Question, Target
from cmdesk.ui.theme import Theme
from tests.helpers.clocks import FakeClock
from tests.helpers.desks import link, open_desk
from tests.helpers.fake_network import FakeNetwork
from tests.helpers.keyrings import InMemoryKeyring

T = TypeVar("T")


class AtOnce:
    """An engine that has done its work before it answers, so that a test's steps are in order."""

    def submit(self, coroutine: Coroutine[Any, Any, T]) -> concurrent.futures.Future[T]:
        future: concurrent.futures.Future[T] = concurrent.futures.Future()
        try:
            future.set_result(asyncio.run(coroutine))
        except Exception as error:  # noqa: BLE001 - carried over, as the engine does
            future.set_exception(error)
        return future


@dataclass
class RecordingShell:
    """The window as presenters see it."""

    theme: Theme
    formats: Formats
    bridge: Bridge
    gone: list[Target] = field(default_factory=list)
    toasts: list[tuple[str, Callable[[], None] | None]] = field(default_factory=list)

    def go(self, target: Target) -> None:
        self.gone.append(target)

    def toast(self, text: str, undo: Callable[[], None] | None = None) -> None:
        self.toasts.append((text, undo))

    def ask(self, question: Question) -> bool:
        raise AssertionError(question)

    def open_link(self, url: str, shown: str = "") -> None:
        raise AssertionError((url, shown))


@dataclass
class Stage:
    """Clients, their posts, and the calendar on one of them or on all."""

    desk: Desk
    clock: FakeClock
    network: FakeNetwork
    shell: RecordingShell
    view: CalendarView
    qtbot: QtBot
    presenters: list[CalendarPresenter] = field(default_factory=list)

    def client(self, name: str, colour: Colour = Colour.TEAL, zone: str = "America/Toronto") -> Workspace:
        """A client with one account."""
        workspace = asyncio.run(self.desk.create(name, colour, zone))
        link(workspace, self.network, f"person{len(self.desk.workspaces)}")
        return workspace

    def plant(self, workspace: Workspace, items: Sequence[tuple[str, datetime, State]]) -> list[PostId]:
        """Posts with their wall times and states, in one transaction."""
        with workspace.read() as connection:
            account = accounts.accounts(connection)[0]
        made = []
        with workspace.write() as session:
            for text, wall, state in items:
                planned = resolve(wall, workspace.client.timezone, self.clock.tzdata_version())
                edit = cleaned(PostEdit(text=text, variants=(Variant(AccountId(account.id)),)))
                post_id = posts.insert(session, edit, self.clock.now())
                mark = outbox.current_mark(session, posts.load(reading(session), post_id))
                posts.approve(session, post_id, mark)
                delivery = outbox.plan(session, post_id, account, planned=planned, mark=mark, at=self.clock.now())
                if state is not State.PLANNED:
                    session.connection().exec_driver_sql("UPDATE delivery SET state = ? WHERE id = ?", (state.value, delivery))
                made.append(post_id)
        return made

    def open(self, scope: Workspace | Desk) -> CalendarPresenter:
        """The calendar of a scope, on the screen."""
        for old in self.presenters:
            old.close()
        presenter = CalendarPresenter(self.view, scope, self.shell)
        self.presenters = [presenter]
        self.view.resize(1180, 700)
        self.view.show()
        self.qtbot.waitExposed(self.view)
        return presenter

    def settle(self) -> None:
        """Lets queued answers arrive."""
        for _ in range(4):
            QApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def walls(self, workspace: Workspace) -> list[datetime]:
        """The wall times planned in a client's file, by post."""
        with workspace.read() as connection:
            rows = connection.execute("SELECT wall FROM delivery ORDER BY post_id").fetchall()
        return [datetime.fromisoformat(row[0]) for row in rows]


@pytest.fixture
def stage(qtbot: QtBot, theme: Theme, english: Formats, tmp_path: Path, memory_keyring: InMemoryKeyring) -> Iterator[Stage]:
    """An empty desk on Tuesday, December 1, 2026, nine in the morning in Toronto."""
    clock = FakeClock(datetime(2026, 12, 1, 14, 0, tzinfo=UTC))
    network = FakeNetwork(clock)
    bridge = Bridge(AtOnce())
    listeners: list[CalendarPresenter] = []

    def hear(changes: Changes) -> None:
        bridge.announce(changes)

    desk = open_desk(tmp_path / "home", network, clock, keyring=memory_keyring, on_change=hear)
    view = CalendarView(theme)
    qtbot.addWidget(view)
    shell = RecordingShell(theme, english, bridge)
    made = Stage(desk, clock, network, shell, view, qtbot, listeners)

    def refresh(changes: Changes) -> None:
        for presenter in made.presenters:
            presenter.refresh(changes)

    bridge.changed.connect(refresh)
    yield made
    for presenter in made.presenters:
        presenter.close()
    made.presenters = []
    view.close()
    asyncio.run(desk.close())
