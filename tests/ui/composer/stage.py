"""A posts room on a real client's file: desk on disk, real engine and bridge, and a window that only notes what it was asked."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from cmdesk.domain.changes import Changes
from cmdesk.domain.client import Colour, Language
from cmdesk.domain.ids import AccountId
from cmdesk.domain.post import Post, PostEdit, Variant
from cmdesk.engine import Engine
from cmdesk.services import composing
from cmdesk.services.desk import Desk
from cmdesk.services.workspace import Workspace
from cmdesk.ui.bridge import Bridge
from cmdesk.ui.composer.presenter import make_presenter
from cmdesk.ui.composer.view import PostsView
from cmdesk.ui.i18n import Formats
from cmdesk.ui.screens import Presenter, Question, Target
from cmdesk.ui.theme import Theme
from tests.helpers.clocks import FakeClock
from tests.helpers.desks import link, open_desk
from tests.helpers.fake_network import FakeNetwork
from tests.helpers.keyrings import InMemoryKeyring

T = TypeVar("T")


@dataclass
class ShellDouble:
    """What the window would do, written down. ``answer`` is what the user says to questions."""

    theme: Theme
    formats: Formats
    bridge: Bridge
    answer: bool = True
    went: list[Target] = field(default_factory=list)
    toasts: list[tuple[str, Callable[[], None] | None]] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    def go(self, target: Target) -> None:
        self.went.append(target)

    def toast(self, text: str, undo: Callable[[], None] | None = None) -> None:
        self.toasts.append((text, undo))

    def ask(self, question: Question) -> bool:
        self.questions.append(question)
        return self.answer

    def open_link(self, url: str, shown: str = "") -> None:
        self.links.append(url)


class Stage:
    """One desk, one client, its room. Close it at the end."""

    def __init__(self, folder: Path, theme: Theme, formats: Formats) -> None:
        self.clock = FakeClock()
        self.network = FakeNetwork(self.clock)
        self.engine = Engine()
        self.engine.start()
        self.bridge = Bridge(self.engine)
        self.changes: list[Changes] = []
        self.desk: Desk = open_desk(folder, self.network, self.clock, keyring=InMemoryKeyring(), on_change=self._changed)
        self.shell = ShellDouble(theme, formats, self.bridge)
        self.view = PostsView(theme)
        self.presenter: Presenter | None = None
        self.bridge.changed.connect(self._refresh)

    def _changed(self, changes: Changes) -> None:
        self.changes.append(changes)
        self.bridge.announce(changes)

    def _refresh(self, changes: Changes) -> None:
        if self.presenter is not None:
            self.presenter.refresh(changes)

    def do(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Runs something in the engine and waits for it."""
        return self.engine.submit(coroutine).result(timeout=20)

    def client(self, name: str, colour: Colour = Colour.RUBY) -> Workspace:
        """A new client in Québec."""
        return self.do(self.desk.create(name, colour, "America/Toronto", Language.FR_CA))

    def link(self, ws: Workspace, name: str) -> AccountId:
        """An account of somebody."""

        async def linked() -> AccountId:
            return link(ws, self.network, name)

        return self.do(linked())

    def post(self, ws: Workspace, text: str, *accounts: AccountId, **more: Any) -> Post:
        """A stored draft."""
        edit = PostEdit(text=text, language="fr-CA", variants=tuple(Variant(account) for account in accounts), **more)
        return self.do(composing.create(ws, edit))

    def enter(self, scope: Workspace | Desk) -> Presenter:
        """Opens the room for a client, or for all."""
        self.leave()
        self.presenter = make_presenter(self.view, scope, self.shell)
        return self.presenter

    def leave(self) -> None:
        """Closes the room."""
        presenter, self.presenter = self.presenter, None
        if presenter is not None:
            presenter.close()

    def close(self) -> None:
        """Ends everything."""
        self.leave()
        QApplication.processEvents()
        self.do(self.desk.close())
        self.engine.stop()
        self.view.close()
        for ended in (self.bridge, self.view):
            ended.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
