"""A stage for the inbox: clients' files on disk, people who write, and a shell that remembers what it was asked."""

from __future__ import annotations

import asyncio
import concurrent.futures
import random
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from cmdesk.domain.account import FetchKind
from cmdesk.domain.client import Colour
from cmdesk.domain.ids import AccountId, MessageId
from cmdesk.domain.limits import Visibility
from cmdesk.domain.message import Attachment, Author, Incoming, MessageKind, MessageState
from cmdesk.services import inbox, syncing
from cmdesk.services.desk import Desk
from cmdesk.services.publishing import Publisher
from cmdesk.services.workspace import Workspace
from cmdesk.store import accounts, ingest
from cmdesk.ui.actions import Actions
from cmdesk.ui.bridge import Bridge
from cmdesk.ui.i18n import Formats
from cmdesk.ui.inbox.presenter import InboxPresenter
from cmdesk.ui.inbox.view import InboxView
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
    """The window as presenters see it. ``answer`` is what the user says to questions."""

    theme: Theme
    formats: Formats
    bridge: Bridge
    answer: bool = True
    went: list[Target] = field(default_factory=list)
    toasts: list[tuple[str, Callable[[], None] | None]] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)

    def go(self, target: Target) -> None:
        self.went.append(target)

    def toast(self, text: str, undo: Callable[[], None] | None = None) -> None:
        self.toasts.append((text, undo))

    def ask(self, question: Question) -> bool:
        self.questions.append(question)
        return self.answer

    def open_link(self, url: str, shown: str = "") -> None:
        self.links.append((url, shown))


class Stage:
    """One desk, its clients, and the inbox of one of them or of all. Close it at the end."""

    def __init__(self, folder: Path, theme: Theme, formats: Formats) -> None:
        self.clock = FakeClock()
        self.network = FakeNetwork(self.clock)
        self.bridge = Bridge(AtOnce())
        self.desk: Desk = open_desk(folder, self.network, self.clock, keyring=InMemoryKeyring(), on_change=self.bridge.announce)
        self.shell = RecordingShell(theme, formats, self.bridge)
        self.view = InboxView(theme)
        self.view.resize(1200, 720)
        self.presenter: InboxPresenter | None = None
        self.actions = Actions()
        self.bridge.changed.connect(self._refresh)
        self._number = 5000
        self.ours = "rosa"

    def _refresh(self, changes: Any) -> None:
        if self.presenter is not None:
            self.presenter.refresh(changes)

    # --- the world

    def client(self, name: str, colour: Colour = Colour.TEAL, person: str = "rosa") -> tuple[Workspace, AccountId]:
        """A client with one account."""
        ws = asyncio.run(self.desk.create(name, colour, "America/Toronto"))
        return ws, link(ws, self.network, person)

    def incoming(
        self,
        name: str,
        text: str,
        *,
        minutes: float = 5,
        kind: MessageKind = MessageKind.MENTION,
        html: str | None = None,
        reply_to: str | None = None,
        thread: str | None = None,
        visibility: Visibility = Visibility.PUBLIC,
        warning: str = "",
        attachments: tuple[Attachment, ...] = (),
        handle: str = "",
        edited: bool = False,
    ) -> Incoming:
        """What somebody wrote so many minutes ago."""
        self._number += 1
        local = handle or name.split(maxsplit=1)[0].lower()
        at = self.clock.now() - timedelta(minutes=minutes)
        wordless = kind in {MessageKind.FAVOURITE, MessageKind.BOOST, MessageKind.FOLLOW}
        return Incoming(
            kind=kind,
            raw_kind=kind.value,
            event_id=f"e{self._number}",
            remote_id=str(self._number),
            author=Author(f"id-{local}", f"{local}@tadam.example", name),
            text="" if wordless else text,
            html="" if wordless else (f"<p>{text}</p>" if html is None else html),
            created_at=at,
            url=f"https://tadam.example/@{local}/{self._number}",
            in_reply_to=reply_to,
            thread_id=thread,
            visibility=visibility,
            warning=warning,
            language="fr",
            edited_at=at if edited else None,
            attachments=attachments,
            mentions=(f"{self.ours}@fake.example",),
        )

    def arrive(self, ws: Workspace, account: AccountId, *items: Incoming) -> list[MessageId]:
        """Messages come in, as a pull would bring them; returns their ids in the order given."""
        now = self.clock.now()
        with ws.write() as session:
            ingest.ingest(session, account, items, linked_at=now - timedelta(days=30), now=now)
            accounts.fetch_succeeded(session, account, FetchKind.NOTIFICATIONS, "1", now)
        with ws.read() as connection:
            known = dict(connection.execute("SELECT remote_id, id FROM message").fetchall())
        return [MessageId(known[item.remote_id]) for item in items]

    def say(self, ws: Workspace, account: AccountId, count: int) -> list[MessageId]:
        """So many people ask something, the newest first in the list."""
        items = [self.incoming(f"Person {number}", f"Question {number} ?", minutes=number + 1) for number in range(count)]
        return self.arrive(ws, account, *items)

    def put(self, ws: Workspace, state: MessageState, *ids: MessageId) -> None:
        """Messages get a state."""
        asyncio.run(inbox.set_state(ws, ids, state))

    def link(self, ws: Workspace, person: str) -> AccountId:
        """One more account of a client."""
        return link(ws, self.network, person)

    def id_of(self, ws: Workspace, name: str) -> MessageId:
        """The message that somebody wrote."""
        with ws.read() as connection:
            row = connection.execute("SELECT id FROM message WHERE author_name = ?", (name,)).fetchone()
        return MessageId(row[0])

    def seen(self) -> None:
        """The open message was in sight long enough."""
        assert self.presenter is not None
        self.presenter._talk._seen.timeout.emit()
        self.settle()

    def publish(self) -> None:
        """The outbox works once."""
        asyncio.run(Publisher(self.desk, self.clock, random.Random(1)).tick())

    def pull(self, ws: Workspace) -> None:
        """The network is asked once."""
        asyncio.run(syncing.pull_all((ws,)))

    # --- the room

    def open(self, scope: Workspace | Desk) -> InboxPresenter:
        """The room on a scope, on the screen, its actions alive as in the window."""
        self.leave()
        self.view.show()
        self.view.activateWindow()
        QTest.qWaitForWindowActive(self.view)
        self.presenter = InboxPresenter(self.view, scope, self.shell)
        self.actions.add(self.view, self.presenter.actions())
        self.settle()
        self.view.rows.list.setFocus()
        self.settle()
        return self.presenter

    def leave(self) -> None:
        """Leaves the room."""
        if self.presenter is not None:
            self.actions.remove(self.presenter.actions())
            self.presenter.close()
            self.presenter = None

    def settle(self) -> None:
        """Lets queued answers and merged changes arrive."""
        for _ in range(6):
            QApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            self.bridge._tell()  # the 50 ms in which changes are put together, without the wait

    def names(self) -> list[str]:
        """The names in the list, from the top."""
        model: Any = self.view.rows.list.model()
        lines = [model.row(number) for number in range(model.rowCount())]
        return [line.row.author_name for line in lines if line is not None]

    def states(self, ws: Workspace, ids: Sequence[MessageId]) -> list[MessageState]:
        """How messages stand in the file."""
        return [inbox.message(ws, one).state for one in ids]

    def close(self) -> None:
        """Ends everything."""
        self.leave()
        self.view.hide()
        asyncio.run(self.desk.close())


__all__ = ["RecordingShell", "Stage"]
