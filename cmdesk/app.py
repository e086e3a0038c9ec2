"""The composition root: builds the parts, hands them to each other, starts and stops them.

The window is painted first, from plain reads. What is heavy (the ORM, HTTP, the keyring) is imported afterwards, in the
engine's thread.
"""

from __future__ import annotations

import contextlib
import gc
import os
import sys
import zlib
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cmdesk.ui  # noqa: F401 - first: what it does makes the imports after it faster

# isort: split
from PySide6.QtCore import QEvent, QLockFile, QObject, QSettings, QTimer
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from cmdesk import __version__, resources
from cmdesk.domain.changes import Changes
from cmdesk.domain.clock import Clock, SystemClock
from cmdesk.domain.errors import CmdeskError, UserProblem
from cmdesk.domain.ids import ClientId
from cmdesk.domain.settings import Settings
from cmdesk.late import LateEngine
from cmdesk.services import preferences
from cmdesk.services.desk import Desk
from cmdesk.services.home import Home
from cmdesk.ui import look
from cmdesk.ui.frame import Frame
from cmdesk.ui.i18n import Tongue, Words
from cmdesk.ui.icons import Icons
from cmdesk.ui.rooms import rooms
from cmdesk.ui.screens import Target
from cmdesk.ui.sight import Sight, seen_of
from cmdesk.vault import Vault

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance
    from PySide6.QtNetwork import QLocalServer

    from cmdesk.domain.account import Account
    from cmdesk.domain.views import ClientCard
    from cmdesk.loops import Loops
    from cmdesk.networks.port import Connector, SecretSource
    from cmdesk.services.practising import Practising
    from cmdesk.services.workspace import Workspace
    from cmdesk.ui.bridge import Bridge
    from cmdesk.ui.lull import Lull
    from cmdesk.ui.news import News
    from cmdesk.ui.theme import Theme
    from cmdesk.ui.window import Window

STOP_GRACE = 5.0  # seconds a running publish may take to finish
#: A window that is started minimised, or behind a lock screen, is never painted; it must publish all the same.
_UNSEEN_MS = 1000
_EMPTY_LOCK_MS = 10_000  # a lock without a name in it is being written, or has been left behind


def run_window(
    home: Path,
    *,
    practice: bool,
    locale: str | None,
    vault: Vault | None = None,
    clock: Clock | None = None,
    tell: Callable[[str], None] | None = None,
) -> int:
    """Opens the window on a data folder and gives the program's exit code.

    ``practice`` opens the practice desk of that folder. ``locale`` ("fr-CA" …) overrides the setting for this run.
    ``tell`` hears "painted" (the first sight, with the day in a line), "shown" (the window with its first room) and "usable"
    (the services), once each. Raises UserProblem("no_display") where no window can be shown.
    """
    if not _has_display():
        raise UserProblem("no_display")
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        raise UserProblem("no_display")
    app.setApplicationName("cmdesk")
    app.setApplicationDisplayName("cmdesk")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("cmdesk")
    own = Home(home)
    own.prepare()
    lock = QLockFile(str(own.window_lock))
    if not _taken(lock, own.window_lock):
        return 0 if _call_forward(own) else 1

    def told(event: str) -> None:
        if event == "shown":
            # What lives now lives as long as the program: the collector need not look at it again.
            gc.freeze()
            # What rooms make stays for the most part: not a look after every 700 of them.
            gc.set_threshold(10_000, 10, 10)
            gc.enable()
        if tell is not None:
            tell(event)

    gc.disable()  # until the first paint, as at the program's door
    try:
        root = Root(app, own, locale=locale, vault=vault or Vault(), clock=clock or SystemClock(), tell=told)
        root.open(practice=practice)
        code = app.exec()
        root.close()
        return code
    finally:
        gc.enable()
        lock.unlock()


def _taken(lock: QLockFile, path: Path) -> bool:
    # Never stale by age, for a window stays open for days; only when its process is gone.
    lock.setStaleLockTime(0)
    if lock.tryLock(0):
        return True
    with contextlib.suppress(OSError):
        # A loss of power may leave an empty file, which names no process that could be gone.
        if path.stat().st_size == 0:
            lock.setStaleLockTime(_EMPTY_LOCK_MS)
    if lock.tryLock(0):
        return True
    # On a full disk, or where nothing can be written, there can be no lock; but what is there can be looked at.
    return lock.error() in {QLockFile.LockError.PermissionError, QLockFile.LockError.UnknownError}


def _has_display() -> bool:
    """Qt ends the process where it finds no display; so it is asked first."""
    if sys.platform in {"win32", "darwin"}:
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _socket_name(home: Home) -> str:
    """Where the window of this folder listens for a second start; in the folder itself, which only its owner may enter."""
    if sys.platform == "win32":
        # Not hash(): every process begins it anew.
        return f"cmdesk-{zlib.crc32(str(home.path).encode()):08x}"
    return str(home.path / "window.socket")


def _call_forward(home: Home) -> bool:
    """Asks the window that is open on this folder to come to the front."""
    from PySide6.QtNetwork import QLocalSocket

    socket = QLocalSocket()
    socket.connectToServer(_socket_name(home))
    if not socket.waitForConnected(1000):
        return False
    socket.disconnectFromServer()
    return True


class Root(QObject):
    """Everything that is alive while the program runs. It is the ``Program`` that rooms see."""

    def __init__(
        self,
        app: QApplication,
        home: Home,
        *,
        locale: str | None,
        vault: Vault,
        clock: Clock,
        tell: Callable[[str], None] | None = None,
    ) -> None:
        super().__init__()
        self._app, self._own, self._locale, self._vault, self._clock = app, home, locale, vault, clock
        self._tell = tell
        self._settings = preferences.load(home)
        self._made_theme: Theme | None = None
        self._ready = look.ready(resources.path(), self._look_name(), self._settings.text_scale)
        self._words = Words(resources.path("i18n"), self._tongue())
        self._words.install()
        self._life: Life | None = None
        self._server: QLocalServer | None = None

    # --- what rooms may ask ------------------------------------------------------------------------------

    @property
    def app(self) -> QApplication:
        """The one application."""
        return self._app

    @property
    def settings(self) -> Settings:
        """The choices in force."""
        return self._settings

    @property
    def home(self) -> Path:
        """The data folder in use."""
        return self.life.home.path

    @property
    def desk(self) -> Desk:
        """All clients."""
        return self.life.desk

    @property
    def practising(self) -> Practising:
        """The practice network of this folder."""
        return self.life.practising

    @property
    def practice(self) -> bool:
        """Whether this is the practice desk."""
        return self.life.practice

    def change_settings(self, settings: Settings) -> None:
        """Puts other choices in force at once and keeps them."""
        before, self._settings = self._settings, settings
        if settings.language != before.language:
            self._locale = None
            self._words.choose(self._tongue())
        if settings.scheme != before.scheme:
            from cmdesk.ui.theme import Scheme  # start-up speed, as in theme

            self.theme.choose(Scheme(settings.scheme))
        preferences.save(self._own, settings)

    def open_practice(self) -> None:
        """Leaves this desk, as it is, for the practice desk."""
        QTimer.singleShot(0, self, lambda: self.open(practice=True))

    def leave_practice(self) -> None:
        """Goes back from the practice desk to the user's own."""
        QTimer.singleShot(0, self, lambda: self.open(practice=False))

    # --- life --------------------------------------------------------------------------------------------------

    @property
    def life(self) -> Life:
        """The desk that is open; there is one from ``open`` to ``close``."""
        if self._life is None:
            raise RuntimeError("no desk is open")
        return self._life

    @property
    def window(self) -> Window:
        """The window of the desk that is open."""
        return self.life.window

    def open(self, *, practice: bool) -> None:
        """Opens a desk; one that is open is closed first."""
        before, self._life = self._life, None
        if before is not None:
            # Or Qt would take the last window's end for the end of the program.
            self._app.setQuitOnLastWindowClosed(False)
            before.close()
        self._life = Life(self, practice=practice)
        self._life.begin(self._tell)
        self._app.setQuitOnLastWindowClosed(True)

    def listen(self) -> None:
        """Hears from now on when the program is started a second time."""
        from PySide6.QtNetwork import QLocalServer

        if self._server is None:
            self._server = QLocalServer(self)
            self._server.newConnection.connect(self._come_forward)
            QLocalServer.removeServer(_socket_name(self._own))
            self._server.listen(_socket_name(self._own))

    def close(self) -> None:
        """Closes the desk that is open and stops listening."""
        if self._life is not None:
            self._life.close()
            self._life = None
        if self._server is not None:
            self._server.close()

    def parts(self) -> tuple[Home, Vault, Clock, Words]:
        """What a desk's life is built from."""
        return self._own, self._vault, self._clock, self._words

    @property
    def ready(self) -> look.Ready:
        """What the first sight is painted from."""
        return self._ready

    @property
    def theme(self) -> Theme:
        """The look in force, which the application wears from the first time this is asked."""
        if self._made_theme is None:
            from PySide6.QtGui import QIcon  # start-up speed: the first sight needs neither

            from cmdesk.ui.theme import Scheme, Theme

            scheme = Scheme(self._settings.scheme)
            self._made_theme = Theme(resources.path(), scheme, self._settings.text_scale, ready=self._ready)
            self._made_theme.install(self._app, sheet=False)
            self._app.setWindowIcon(QIcon(str(resources.path("icons", "cmdesk.svg"))))
        return self._made_theme

    def _look_name(self) -> str:
        """The theme as far as can be told before it is loaded: where it follows the system, by the system's own colours."""
        if self._settings.scheme != "system":
            return self._settings.scheme
        ground = QGuiApplication.palette().color(QPalette.ColorRole.Window)
        return "dark" if ground.lightness() < 128 else "light"

    def _tongue(self) -> Tongue:
        if self._locale is not None:
            return Tongue.FR_CA if self._locale.startswith("fr") else Tongue.EN_CA
        return Tongue(self._settings.language)

    def _come_forward(self) -> None:
        while self._server is not None and self._server.hasPendingConnections():
            self._server.nextPendingConnection().deleteLater()
        if self._life is not None:
            frame = self._life.frame
            frame.show()
            frame.raise_()
            frame.activateWindow()


class Life:
    """One desk from its opening to its closing: engine, desk, window, and the loops that publish and fetch."""

    def __init__(self, root: Root, *, practice: bool) -> None:
        own, vault, self.clock, self._words = root.parts()
        self._root, self.practice = root, practice
        self.home = Home(own.path / "practice") if practice else own
        self.home.prepare()
        self.engine = LateEngine()
        self._practising: Practising | None = None
        self.desk = Desk(
            self.home,
            vault=_practice_vault() if practice else vault,
            clock=self.clock,
            on_change=self._changed,
            connectors=self._connector,
            helper=self.engine.helper,
        )
        self.desk.scan()
        self._rooms = rooms(root)
        self.frame = Frame(root.ready.sizes, QSettings("cmdesk", "cmdesk"), self._frame_closed)
        self._window: Window | None = None
        self._bridge: Bridge | None = None
        self._loops: Loops | None = None
        self._lull: Lull | None = None
        self._news: News | None = None
        self._tell: Callable[[str], None] | None = None
        self._seen = False
        self._closed = False

    @property
    def window(self) -> Window:
        """The window, once the first sight has given way to it."""
        if self._window is None:
            raise RuntimeError("the first sight is still on the screen")
        return self._window

    @property
    def bridge(self) -> Bridge:
        """The border between the threads, which the window brings."""
        if self._bridge is None:
            raise RuntimeError("the first sight is still on the screen")
        return self._bridge

    @property
    def practising(self) -> Practising:
        """The practice network of this folder."""
        if self._practising is None:
            from cmdesk.services.practising import Practising

            self._practising = Practising(self.home, self.clock)
        return self._practising

    def _connector(self, account: Account, secret: SecretSource, *, clock: Clock) -> Connector:
        return self.practising.connector(account, secret, clock=clock)

    def begin(self, tell: Callable[[str], None] | None) -> None:
        """Shows the first sight, then the window in its place, and only then wakes what is heavy."""
        self._tell = tell
        self._seen = bool(self.desk.workspaces)
        if self._seen:
            icons = Icons(resources.path("icons"))
            seen = seen_of(self.desk, self._rooms, self._words.formats)
            self.frame.hold(Sight(self._root.ready, icons, seen, lambda: QTimer.singleShot(0, self._root, self._after_sight)))
        else:
            # Nothing to see yet: whom to welcome, or the practice desk that is still to be filled.
            self._furnish()
        self.frame.show()
        QTimer.singleShot(_UNSEEN_MS, self.frame, self._after_sight)

    def _after_sight(self) -> None:
        if not self._closed and self._window is None:
            self._say("painted")
            self._furnish()

    def _furnish(self) -> None:
        """Builds the window and puts it into the frame."""
        # Late, because it brings most of the program with it.
        from PySide6.QtGui import QDesktopServices

        from cmdesk.ui.bridge import Bridge
        from cmdesk.ui.window import Window

        theme = self._root.theme
        self._bridge = Bridge(self.engine)
        self._window = window = Window(
            theme=theme,
            words=self._words,
            bridge=self._bridge,
            rooms=self._rooms,
            scopes=Scopes(self.desk),
            # An address already checked by the one function that opens links.
            opener=QDesktopServices.openUrl,
        )
        empty = not self.desk.workspaces and not self.practice
        window.go(Target("welcome" if empty else "today", None))
        theme.put_on_sheet(self.frame)
        self._painted = FirstPaint(window, self._after_paint)
        self.frame.hold(window)
        QTimer.singleShot(_UNSEEN_MS, self.frame, self._after_paint)

    def _say(self, event: str) -> None:
        if self._tell is not None:
            self._tell(event)

    def _after_paint(self) -> None:
        if self._closed or self._lull is not None:
            return
        # Late, as above.
        from cmdesk.ui.lull import Lull

        if not self._seen:
            self._say("painted")
        self._say("shown")
        lull = self._lull = Lull(self.window, self._wake)
        self.window.entered.connect(lull.stir)
        for signal in (self.window.add_wanted, self.window.repair_wanted, self.window.client_menu_wanted):
            signal.connect(partial(self._asked_early, signal))

    def _asked_early(self, signal: SignalInstance, *given: object) -> None:
        """What is asked before somebody is there to answer is asked again, once there is."""
        if self._news is None and self._lull is not None:
            self._lull.end()
            signal.emit(*given)

    def _wake(self) -> None:
        # Late, because it brings the dialogs with it.
        from PySide6.QtGui import QDesktopServices

        from cmdesk.ui.clients import Clients
        from cmdesk.ui.farewell import Farewell
        from cmdesk.ui.jumps import Jumps
        from cmdesk.ui.news import News
        from cmdesk.ui.notices import Notices
        from cmdesk.ui.senses import Senses

        self._root.listen()
        self._clients = Clients(self.window, self.desk, self.bridge, QDesktopServices.openUrl)
        for provider in Jumps(self.window, self.desk, self.window).providers():
            self.window.add_provider(provider)
        notices = Notices(self.frame, self._root.app.windowIcon(), lambda: self._root.settings)
        self._news = News(self.window, self.desk, self.bridge, notices)
        if not self.practice:
            settings = QSettings("cmdesk", "cmdesk")
            self._farewell = Farewell(self.frame, self.window, self.desk, settings, lambda: self._closed)
        self._senses = Senses(self._root.app, self.window)
        self._senses.looked_at.connect(lambda active: self._tell_loops(lambda loops: loops.set_active(active)))
        self._senses.network_back.connect(lambda: self._tell_loops(lambda loops: loops.network_back()))
        self.engine.spawn(self._live(self._news), "cmdesk-life")

    def _tell_loops(self, what: Callable[[Loops], Coroutine[Any, Any, None]]) -> None:
        """Says something to the loops in their own thread, once they turn and until they end."""
        if self._loops is not None and not self._closed:
            self.engine.spawn(what(self._loops), "cmdesk-tell-loops")

    async def _live(self, news: News) -> None:
        """In the engine's thread: wakes the services and keeps them going until the end."""
        from cmdesk.loops import Loops

        if self.practice:
            try:
                await self.practising.fill(self.desk)
            except CmdeskError as problem:
                news.trouble("fill", problem)
        loops = self._loops = Loops(self.desk, self.home, self.clock, news)
        self._say("usable")
        await loops.run()

    def _changed(self, changes: Changes) -> None:
        """In the engine's thread, after every commit: the screen hears of it, and the publisher wakes."""
        if self._bridge is not None:
            self._bridge.announce(changes)
        if self._loops is not None:
            self._loops.notice(changes)

    def _frame_closed(self) -> None:
        if self._window is not None:
            self._window.close()

    def close(self) -> None:
        """Closes the window (which saves what is being typed), then lets what is running end, then the files."""
        if self._closed:
            return
        self._closed = True
        if self._lull is not None:
            self._lull.drop()
        self.frame.close()
        # In the engine's loop, where the connections were opened.
        self.engine.stop(STOP_GRACE, self.desk.close)
        self.frame.deleteLater()


class Scopes:
    """Clients as the window asks for them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def cards(self) -> Sequence[ClientCard]:
        """The clients on the rail; archived ones are in the preferences."""
        return [card for card in self._desk.cards() if not card.archived]

    def scope(self, client: ClientId | None) -> Workspace | Desk:
        """A client's workspace, or the desk."""
        return self._desk if client is None else self._desk.workspace(client)


class FirstPaint(QObject):
    """Calls once, after the window's first picture is on the screen."""

    def __init__(self, window: QWidget, then: Callable[[], None]) -> None:
        super().__init__(window)
        self._then: Callable[[], None] | None = then
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Waits for the first paint, lets it end, then calls."""
        if event.type() is QEvent.Type.Paint and self._then is not None:
            then, self._then = self._then, None
            QTimer.singleShot(0, self, then)
            watched.removeEventFilter(self)
        return False


def _practice_vault() -> Vault:
    from cmdesk.services.practising import practice_vault

    return practice_vault()


__all__ = ["Root", "run_window"]
