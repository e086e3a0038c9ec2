"""Takes pictures of every screen on the practice desk, without a display: for people who judge the look, and for the README."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar, cast

from PySide6.QtCore import QDeadlineTimer, QEvent, QPoint, QTimer
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from cmdesk import resources
from cmdesk.domain.errors import BadInput
from cmdesk.domain.ids import ClientId
from cmdesk.domain.message import MessageKind, MessageState
from cmdesk.domain.settings import Settings
from cmdesk.domain.views import InboxFilter
from cmdesk.services import freezing, inbox
from cmdesk.services.home import DATABASE
from cmdesk.ui.accounts.linkpage import Way
from cmdesk.ui.accounts.view import AccountsView
from cmdesk.ui.calendar.view import CalendarView
from cmdesk.ui.clients import Clients
from cmdesk.ui.i18n import Tongue, Words
from cmdesk.ui.journal.view import JournalView
from cmdesk.ui.latedesk.view import LateView
from cmdesk.ui.palette import Palette
from cmdesk.ui.screens import Target
from cmdesk.ui.shotdesk import Stage
from cmdesk.ui.theme import Scheme, Theme
from cmdesk.ui.widgets.fields import Field
from cmdesk.ui.widgets.segments import Segments
from cmdesk.ui.window import Window

SIZES = ((1280, 800), (1920, 1080))
SCALES = (1, 2)
_QUIET = 160  # milliseconds: the bridge puts 50 of changes together
_RESIZED = 40  # milliseconds: nothing is read, only laid out
_AT_ONCE = 6  # pictures that wait to be written
_BAKERY, _THEATRE, _BIKES, _EMPTY = range(4)

_W = TypeVar("_W", bound=QWidget)

#: What takes the pictures of the screen that stands now.
Shoot = Callable[[], None]


def render(
    out: Path,
    screens: Sequence[str] | None,
    themes: Sequence[str],
    locales: Sequence[str],
    *,
    sizes: Sequence[tuple[int, int]] = SIZES,
    scales: Sequence[int] = SCALES,
) -> list[Path]:
    """Writes ``screen_theme_locale_WxH@S.png`` for each wish and returns the files.

    ``screens`` None is all of them; ``themes`` are "light" and "dark", ``locales`` tags such as "fr-CA". Raises
    BadInput(field="screen") for a name that is not in ``SCREENS``.
    """
    wanted = list(SCREENS) if screens is None else list(dict.fromkeys(screens))
    for name in wanted:
        if name not in SCREENS:
            raise BadInput(field="screen", reason="unknown", given=name[:80], known=", ".join(SCREENS))
    out.mkdir(parents=True, exist_ok=True)
    app = _application()
    files: list[Path] = []
    with tempfile.TemporaryDirectory(prefix="cmdesk-shots-", ignore_cleanup_errors=True) as folder:
        theme = Theme(resources.path(), Scheme.LIGHT)
        theme.install(app)
        words = Words(resources.path("i18n"), _tongue(locales[0]))
        words.install()
        camera = Camera(Stage(Path(folder), theme, words), out)
        try:
            for locale in locales:
                words.choose(_tongue(locale))
                for scheme in themes:
                    theme.choose(Scheme(scheme))
                    camera.stage.settings = Settings(language=words.formats.language, scheme=scheme)
                    files += camera.round(wanted, f"{scheme}_{locale}", sizes, scales)
            camera.finish()
        finally:
            camera.stage.close()
            words.choose(Tongue.EN_CA)
    return files


def _application() -> QApplication:
    """The one application, without a display unless there is one already."""
    known = QApplication.instance()
    if known is not None:
        return cast("QApplication", known)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = QApplication(sys.argv[:1])
    app.setApplicationName("cmdesk")
    # A blinking caret would make two pictures differ.
    app.setCursorFlashTime(0)
    return app


def _tongue(locale: str) -> Tongue:
    return Tongue.FR_CA if locale.startswith("fr") else Tongue.EN_CA


class Camera:
    """Arranges screens on a stage and takes their pictures."""

    def __init__(self, stage: Stage, out: Path) -> None:
        self.stage, self._out = stage, out
        self.window: Window = stage.window
        self.clients = Clients(self.window, stage.desk, stage.bridge, lambda _folder: True)
        self._writer = ThreadPoolExecutor(1)
        self._writing: deque[tuple[Path, Future[bool]]] = deque()

    def round(self, screens: Sequence[str], name: str, sizes: Sequence[tuple[int, int]], scales: Sequence[int]) -> list[Path]:
        """All screens in one look: each is arranged once and seen in every size, because arranging is what takes time."""
        self.window.show()
        files: list[Path] = []
        for screen in screens:

            def shoot(screen: str = screen) -> None:
                for size in sizes:
                    if self.window.size().toTuple() != size:
                        self.window.resize(*size)
                        self.settle(_RESIZED)
                    for scale in scales:
                        file = self._out / f"{screen}_{name}_{size[0]}x{size[1]}@{scale}.png"
                        self._write(self._picture(scale).toImage(), file)
                        files.append(file)

            self.window.resize(*sizes[0])
            SCREENS[screen](self, shoot)
        return files

    def _write(self, image: QImage, file: Path) -> None:
        """Packs a picture beside the next screen's arranging; a few at a time, because each is large in memory."""
        while len(self._writing) >= _AT_ONCE:
            self._written()
        self._writing.append((file, self._writer.submit(image.save, str(file))))

    def _written(self) -> None:
        file, saving = self._writing.popleft()
        if not saving.result():
            raise OSError(f"cannot write {file.name}")

    def finish(self) -> None:
        """Waits for the files; raises OSError naming the first that could not be written."""
        with self._writer:
            while self._writing:
                self._written()

    def _picture(self, scale: int) -> QPixmap:
        """The window, with the dialog over it when there is one."""
        picture = QPixmap(self.window.size() * scale)
        picture.setDevicePixelRatio(scale)
        self.window.render(picture)
        dialog = QApplication.activeModalWidget()
        if dialog is not None:
            over = QPixmap(dialog.size() * scale)
            over.setDevicePixelRatio(scale)
            dialog.render(over)
            left, top = (self.window.width() - dialog.width()) // 2, (self.window.height() - dialog.height()) // 3
            painter = QPainter(picture)
            theme = self.window.theme
            veil = theme.roles.rail if theme.dark else theme.roles.tooltip
            painter.setOpacity(0.4 if theme.dark else 0.18)
            painter.fillRect(0, 0, self.window.width(), self.window.height(), veil)
            painter.setOpacity(1)
            painter.drawPixmap(QPoint(left, top), over)
            painter.setPen(self.window.theme.roles.border)
            painter.drawRect(left, top, dialog.width() - 1, dialog.height() - 1)
            painter.end()
        return picture

    # --- arranging

    def settle(self, milliseconds: int = _QUIET) -> None:
        """Lets everything that was asked for arrive and be painted."""
        enough = QDeadlineTimer(milliseconds)
        while not enough.hasExpired():
            QApplication.processEvents()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            time.sleep(0.004)

    def go(self, room: str, client: int | None = None, item: object | None = None) -> None:
        """A room of a client by its number, or of all, freshly entered."""
        known = self.stage.client(client) if client is not None else None
        self.window.go(Target("welcome", known))
        self.window.go(Target(room, known, item))
        self.settle()

    def modal(self, opens: Callable[[], object], shoot: Shoot) -> None:
        """Opens a dialog, takes the picture from inside its own loop, and closes it."""
        failed: list[BaseException] = []

        def take() -> None:
            dialog = QApplication.activeModalWidget()
            try:
                self.settle()
                shoot()
            except BaseException as error:  # noqa: BLE001 - carried out of Qt's loop, which would swallow it
                failed.append(error)
            finally:
                if isinstance(dialog, QDialog):
                    dialog.reject()

        QTimer.singleShot(0, self.window, take)
        opens()
        self.settle()
        if failed:
            raise failed[0]


def _plain(room: str, client: int | None = None) -> Callable[[Camera, Shoot], None]:
    def arrange(camera: Camera, shoot: Shoot) -> None:
        camera.go(room, client)
        shoot()

    return arrange


def _calendar(mode: str, client: int | None) -> Callable[[Camera, Shoot], None]:
    def arrange(camera: Camera, shoot: Shoot) -> None:
        camera.go("calendar", client)
        view = _found(camera.window, CalendarView)
        segments = _found(view, Segments)
        segments.choose(mode)
        segments.chosen.emit(mode)
        camera.settle()
        shoot()

    return arrange


def _post(name: str, client: int) -> Callable[[Camera, Shoot], None]:
    def arrange(camera: Camera, shoot: Shoot) -> None:
        camera.go("posts", client, camera.stage.posts[name])
        camera.settle()
        shoot()

    return arrange


def _message(client: int, asked: InboxFilter) -> Callable[[Camera, Shoot], None]:
    def arrange(camera: Camera, shoot: Shoot) -> None:
        found = inbox.ids(camera.stage.desk.workspace(camera.stage.client(client)), asked)
        camera.go("inbox", client, found[min(2, len(found) - 1)] if len(found) else None)
        camera.settle()
        shoot()

    return arrange


def _link_account(camera: Camera, shoot: Shoot) -> None:
    camera.go("accounts", _THEATRE, "link")
    page = _found(camera.window, AccountsView).link_page
    page.start(practice=False, server="mastodon.quebec")
    page.choose_way(Way.BROWSER)
    camera.settle()
    shoot()


def _palette(camera: Camera, shoot: Shoot) -> None:
    camera.go("today")
    camera.window.actions_alive.trigger("window.palette")
    panel = _found(camera.window, Palette)
    _found(panel, Field).setText("c")
    camera.settle()
    shoot()
    panel.close_panel()


def _cheatsheet(camera: Camera, shoot: Shoot) -> None:
    camera.go("inbox", _BAKERY)
    camera.modal(lambda: camera.window.actions_alive.trigger("window.keys"), shoot)


def _new_client(camera: Camera, shoot: Shoot) -> None:
    camera.go("today")
    camera.modal(camera.clients.add, shoot)


def _repair(camera: Camera, shoot: Shoot) -> None:
    """A client whose file was cut short stands on the rail for as long as the picture takes."""
    desk = camera.stage.desk
    damaged = desk.home.client_folder("k7m2q9xa")
    damaged.mkdir(mode=0o700)
    file = damaged / DATABASE
    file.write_bytes((desk.workspaces[_EMPTY].folder / DATABASE).read_bytes()[:6000])
    try:
        camera.stage.run(desk.refresh())
        camera.window.refresh_cards()
        camera.go("today")
        camera.modal(lambda: camera.clients.repair(ClientId("k7m2q9xa")), shoot)
    finally:
        shutil.rmtree(damaged)
        camera.stage.run(desk.refresh())
        camera.window.refresh_cards()


def _late_summary(camera: Camera, shoot: Shoot) -> None:
    camera.go("late")
    for action in ("late.mark_all", "late.next_slot"):
        camera.window.actions_alive.trigger(action)
    camera.settle()
    shoot()
    _found(camera.window, LateView).step_back()
    _found(camera.window, LateView).mark_none()


def _frozen(room: str) -> Callable[[Camera, Shoot], None]:
    """A client whose crisis key is turned for as long as the picture takes."""

    def arrange(camera: Camera, shoot: Shoot) -> None:
        ws = camera.stage.desk.workspaces[_BAKERY]
        camera.stage.run(freezing.freeze(ws))
        try:
            camera.settle()
            camera.go(room, _BAKERY)
            shoot()
        finally:
            camera.stage.run(freezing.thaw(ws))
            camera.settle()

    return arrange


def _journal(camera: Camera, shoot: Shoot) -> None:
    camera.go("journal", _THEATRE)
    camera.window.actions_alive.trigger("journal.verify")
    _found(camera.window, JournalView).list.choose(0)
    camera.settle()
    shoot()


def _offline(camera: Camera, shoot: Shoot) -> None:
    camera.window.set_offline(True)
    camera.go("inbox", _BIKES)
    shoot()
    camera.window.set_offline(False)


def _found(parent: QWidget, kind: type[_W]) -> _W:
    """The one widget of a kind in a window."""
    return cast("_W", parent.findChild(kind))


_WAITING = InboxFilter(states=frozenset({MessageState.AWAITING}))
_DIRECT = InboxFilter(kinds=frozenset({MessageKind.DIRECT}))

#: Every screen by its name, with what arranges it.
SCREENS: Mapping[str, Callable[[Camera, Shoot], None]] = MappingProxyType(
    {
        "welcome": _plain("welcome"),
        "today": _plain("today"),
        "today-client": _plain("today", _THEATRE),
        "calendar-month": _calendar("month", None),
        "calendar-week": _calendar("week", _THEATRE),
        "calendar-month-client": _calendar("month", _THEATRE),
        "calendar-month-empty": _calendar("month", _EMPTY),
        "calendar-week-all": _calendar("week", None),
        "calendar-day": _calendar("day", None),
        "calendar-agenda": _calendar("agenda", None),
        "calendar-agenda-empty": _calendar("agenda", _EMPTY),
        "calendar-year": _calendar("year", None),
        "posts": _post("typical", _BAKERY),
        "posts-problems": _post("problems", _THEATRE),
        "posts-empty": _plain("posts", _EMPTY),
        "posts-held": _post("held", _BAKERY),
        "posts-uncertain": _post("uncertain", _THEATRE),
        "posts-refused": _post("refused", _BIKES),
        "inbox": _message(_BIKES, _WAITING),
        "inbox-all": _plain("inbox"),
        "inbox-direct": _message(_BAKERY, _DIRECT),
        "inbox-empty": _plain("inbox", _EMPTY),
        "late": _plain("late"),
        "late-client": _plain("late", _THEATRE),
        "late-summary": _late_summary,
        "late-frozen": _frozen("late"),
        "journal": _journal,
        "accounts": _plain("accounts", _BAKERY),
        "accounts-all": _plain("accounts"),
        "accounts-empty": _plain("accounts", _EMPTY),
        "link-account": _link_account,
        "preferences": _plain("preferences", _BIKES),
        "palette": _palette,
        "cheatsheet": _cheatsheet,
        "new-client": _new_client,
        "repair": _repair,
        "offline": _offline,
    }
)
