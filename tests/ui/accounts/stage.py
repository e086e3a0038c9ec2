"""A client on disk, a fake network behind real linking, and the accounts room over them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication

from cmdesk.domain.account import Account, Network
from cmdesk.domain.client import Colour
from cmdesk.domain.errors import CmdeskError
from cmdesk.domain.secret import Secret
from cmdesk.domain.settings import Settings
from cmdesk.networks import oauth, registry
from cmdesk.services import linking
from cmdesk.services.desk import Desk
from cmdesk.services.home import Home
from cmdesk.services.practising import Practising
from cmdesk.services.workspace import Workspace
from cmdesk.ui.accounts.linkpage import LinkPage
from cmdesk.ui.accounts.presenter import AccountsPresenter
from cmdesk.ui.accounts.view import AccountsView
from cmdesk.ui.bridge import Bridge
from cmdesk.ui.i18n import Formats
from cmdesk.ui.theme import Theme
from tests.helpers.clocks import FakeClock
from tests.helpers.desks import open_desk
from tests.helpers.fake_network import FakeNetwork
from tests.helpers.keyrings import InMemoryKeyring
from tests.ui.inbox.stage import AtOnce, RecordingShell

SERVER = "https://mastodon.example"


@dataclass
class Shell(RecordingShell):
    added: int = 0

    def add_client(self) -> None:
        self.added += 1


@dataclass
class FakeProgram:
    """The composition root as rooms see it."""

    desk: Desk
    home: Path
    practising: Practising
    settings: Settings = field(default_factory=Settings)
    practice: bool = False
    opened: list[str] = field(default_factory=list)

    def change_settings(self, settings: Settings) -> None:
        self.settings = settings

    def open_practice(self) -> None:
        self.opened.append("practice")

    def leave_practice(self) -> None:
        self.opened.append("own")


class Login:
    """A login at the server that ends as the test says: with somebody's key, or with a problem."""

    def __init__(self, who: str, problem: CmdeskError | None = None) -> None:
        self.who, self.problem = who, problem
        self.url = f"{SERVER}/oauth/authorize?state=x"
        self.closed = False
        self.pages: tuple[bytes, bytes] = (b"", b"")
        self.codes: list[str] = []

    async def finish(self, told: float | str = 0.0) -> oauth.Grant:
        if isinstance(told, str):
            self.codes.append(told)
        if self.problem is not None:
            raise self.problem
        app = oauth.App(SERVER, "id", Secret("app-secret"), "http://127.0.0.1:1", ("read", "write"))
        return oauth.Grant(SERVER, Secret(f"token-{self.who}"), ("read", "write"), app)

    async def close(self) -> None:
        self.closed = True


class Stage:
    """One desk with one client; ``person(name)`` exists on the network before a test logs in as them."""

    def __init__(self, folder: Path, theme: Theme, formats: Formats, monkeypatch: pytest.MonkeyPatch) -> None:
        self.clock = FakeClock()
        self.network = FakeNetwork(self.clock)
        self.keyring = InMemoryKeyring()
        self.bridge = Bridge(AtOnce())
        self.desk = open_desk(folder, self.network, self.clock, keyring=self.keyring)
        self.ws = self.client("Boulangerie du Coin", Colour.RUBY)
        self.shell = Shell(theme, formats, self.bridge)
        self.program = FakeProgram(self.desk, folder, Practising(Home(folder), self.clock))
        self.login = Login("rosa")
        self.asked: list[tuple[str, bool]] = []
        self.revoked: list[str] = []
        self._patch(monkeypatch)
        self.view = AccountsView(theme)
        self.view.resize(1200, 700)
        self.presenter = AccountsPresenter(self.view, self.ws, self.shell, self.program)

    def _patch(self, monkeypatch: pytest.MonkeyPatch) -> None:
        stage = self

        def introduce(network: Network, server: str, *, secret: Any, clock: Any, **_more: Any) -> Any:
            if network is Network.PRACTICE:
                return real(network, server, secret=secret, clock=clock, **_more)
            return stage.network.connector(stage.token)

        real = registry.introduce

        async def begin_browser(origin: str, *, done: bytes, failed: bytes, allow_private: bool = False, **_more: Any) -> Login:
            stage.asked.append((origin, allow_private))
            stage.login.pages = (done, failed)
            stage.token = f"token-{stage.login.who}"
            return stage.login

        async def begin_code(origin: str, *, allow_private: bool = False, **_more: Any) -> Login:
            stage.asked.append((origin, allow_private))
            stage.token = f"token-{stage.login.who}"
            return stage.login

        async def revoke(_app: oauth.App, access: Secret, **_more: Any) -> None:
            stage.revoked.append(access.reveal())

        self.token = "token-rosa"
        monkeypatch.setattr(registry, "introduce", introduce)
        monkeypatch.setattr(oauth.BrowserLogin, "begin", begin_browser)
        monkeypatch.setattr(oauth.CodeLogin, "begin", begin_code)
        monkeypatch.setattr(oauth, "revoke", revoke)

    def client(self, name: str, colour: Colour) -> Workspace:
        """One more client."""
        return asyncio.run(self.desk.create(name, colour, "America/Toronto"))

    @property
    def page(self) -> LinkPage:
        """The page that links."""
        return self.view.link_page

    def settle(self) -> None:
        """What was answered arrives."""
        for _ in range(6):
            QCoreApplication.processEvents()

    def accounts(self) -> tuple[Account, ...]:
        """What is linked to the client, read anew."""
        return linking.accounts(self.ws)

    def close(self) -> None:
        """Ends the room and the files."""
        self.settle()
        self.presenter.close()
        self.view.deleteLater()
        asyncio.run(self.desk.close())
