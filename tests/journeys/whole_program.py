"""The whole program in one process, driven as a person drives it: she sees rooms, types, presses buttons, and time passes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cmdesk.app import Root
from cmdesk.domain.ids import ClientId, MessageId
from cmdesk.services import composing, inbox, planning
from cmdesk.services.home import Home
from cmdesk.services.workspace import Workspace
from cmdesk.ui.composer.view import PostsView
from cmdesk.ui.inbox.view import InboxView
from cmdesk.ui.screens import NewPost, Target
from cmdesk.ui.window import Window
from cmdesk.vault import Vault
from tests.helpers.clocks import FakeClock
from tests.helpers.keyrings import InMemoryKeyring

PATIENCE_MS = 20_000
_AWAKE = 4  # looks of some ten milliseconds

V = TypeVar("V", bound=QWidget)


class Her:
    """The freelancer at her desk. Every method is something she does or sees."""

    def __init__(
        self,
        qtbot: QtBot,
        app: QApplication,
        folder: Path,
        clock: FakeClock,
        keyring: InMemoryKeyring,
        *,
        locale: str = "fr-CA",
    ) -> None:
        self._qtbot, self._app, self._clock = qtbot, app, clock
        home = Home(folder)
        home.prepare()
        self.told: list[str] = []
        self.root = Root(app, home, locale=locale, vault=Vault(keyring), clock=clock, tell=self.told.append)

    # --- the program

    def starts(self, *, practice: bool = False) -> None:
        """She opens the program."""
        told = len(self.told)
        self.root.open(practice=practice)
        self.until(lambda: "shown" in self.told[told:])

    def quits(self) -> None:
        """She closes the program."""
        self.root.close()
        for translator in self.root._words._translators:
            # The next program in this process may speak another language.
            QCoreApplication.removeTranslator(translator)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    @property
    def window(self) -> Window:
        """What she looks at."""
        return self.root.window

    @property
    def sees(self) -> str:
        """The room she is in."""
        return self.window.room

    def until(self, condition: Callable[[], bool]) -> None:
        """She waits for something to be seen."""
        self._qtbot.waitUntil(condition, timeout=PATIENCE_MS)

    def lets_pass(self, seconds: float, until: Callable[[], bool]) -> None:
        """Time passes, a little at a time as it does, until something is so."""
        left, step = seconds, max(5.0, seconds / 200)
        asleep, waited = self._clock.sleeping, 0

        def passed() -> bool:
            nonlocal left, waited
            if until():
                return True
            # While a loop works (and some load much for their first work) no time passes; but not for ever.
            waited += 1
            if left > 0 and (self._clock.sleeping >= asleep or waited > _AWAKE):
                waited = 0
                self._clock.advance(min(step, left))
                left -= step
            return False

        self._qtbot.waitUntil(passed, timeout=PATIENCE_MS)

    # --- clients and rooms

    def client(self, name: str) -> Workspace:
        """One of her clients."""
        return self.root.desk.find(name)

    def goes_to(self, room: str, client: ClientId | None, kind: type[V], item: object | None = None) -> V:
        """She enters a room; what she then looks at is of this kind."""
        self.window.go(Target(room, client, item))
        found = self.window.findChild(kind)
        assert isinstance(found, kind)
        self.until(found.isVisible)
        return found

    # --- writing

    def writes(self, client: Workspace, words: str, moment: datetime | None = None) -> PostsView:
        """She begins a post, types it, and leaves it on the sheet."""
        view = self.goes_to("posts", client.client.id, PostsView, NewPost(moment))
        QTest.keyClicks(view.page.paper, words)
        self.until(lambda: any(row.preview == words for row in composing.post_rows(client)))
        return view

    def presses_the_button_that_names(self, view: PostsView, *names: str) -> None:
        """She presses the primary button; it says in whose name."""
        button = view.page.sending.primary
        self.until(button.isEnabled)
        for name in names:
            assert name in button.text().replace("&&", "&")
        self.says_yes_if_asked()
        button.click()

    def says_yes_if_asked(self) -> None:
        """She confirms the next question."""

        def confirm() -> None:
            dialog = self._app.activeModalWidget()
            if isinstance(dialog, QDialog):
                buttons = [button for button in dialog.findChildren(QPushButton) if button.isVisible()]
                buttons[-1].click()

        QTimer.singleShot(200, self.window, confirm)

    def states(self, client: Workspace) -> list[str]:
        """How the deliveries of her posts stand, newest post first."""
        return [one.state.value for row in composing.post_rows(client) for one in planning.deliveries(client, row.id)]

    # --- answering

    def answers(self, client: Workspace, message: int, words: str) -> InboxView:
        """She opens a message and sends a reply."""
        view = self.goes_to("inbox", client.client.id, InboxView, MessageId(message))
        box = view.talk.reply
        self.until(box.field.isEnabled)
        QTest.keyClicks(box.field, words)
        self.until(box.send.isEnabled)
        box.send.click()
        return view

    def messages(self, client: Workspace) -> tuple[int, ...]:
        """The messages she can see, newest first."""
        return tuple(inbox.ids_page(client))
