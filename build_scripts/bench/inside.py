"""Runs the whole program in one process of its own and measures it from inside.

    python -m build_scripts.bench.inside NAME HOME ROUNDS

Prints one line of JSON. The accounts of the desk live on a server of this machine.
"""

from __future__ import annotations

import itertools
import json
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QStackedWidget, QWidget

from build_scripts.bench.figures import summary
from cmdesk.app import Root
from cmdesk.domain.clock import SystemClock
from cmdesk.domain.ids import ClientId
from cmdesk.domain.post import PostEdit, Variant
from cmdesk.domain.secret import Secret
from cmdesk.services import composing, linking, syncing
from cmdesk.services.home import Home
from cmdesk.services.workspace import TOKEN, Workspace
from cmdesk.ui.calendar.view import CalendarView
from cmdesk.ui.composer.view import PostsView
from cmdesk.ui.inbox.view import InboxView
from cmdesk.ui.screens import Target
from cmdesk.ui.today.view import TodayView
from cmdesk.ui.widgets.rowlist import RowList
from cmdesk.ui.window import Window
from cmdesk.vault import Vault

V = TypeVar("V", bound=QWidget)

_TICK_MS = 16
_WAITING = QEventLoop.ProcessEventsFlag.WaitForMoreEvents
_SENTENCE = "Voici la fournée de samedi : pain au levain, brioche à l'érable et café d'à côté. #Montréal @rosa@example.social "
_SEARCHES = ("pain", "levain", "brioche era", "bonjour", "zoé gagnon", "atelier velo", "gift card", "fete nationale")


class Painted(QObject):
    """Notices that a widget was painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Counts paints."""
        del watched
        self.count += event.type() is QEvent.Type.Paint
        return False


def milliseconds(work: Callable[[], object]) -> float:
    """How long something takes."""
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def until_painted(app: QApplication, seen: Painted, work: Callable[[], object]) -> float:
    """Milliseconds from an act until its picture is there. Raises TimeoutError after ten seconds."""
    before, begun = seen.count, time.perf_counter()
    work()
    while seen.count == before:
        app.processEvents()
        if time.perf_counter() - begun > 10:
            raise TimeoutError
    return (time.perf_counter() - begun) * 1000


def idle(app: QApplication, seconds: float) -> None:
    """Lets the program do what it does by itself."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        app.processEvents()
        time.sleep(0.005)


class Program:
    """The whole program on a desk, with keys for its accounts that live as long as this process."""

    def __init__(self, app: QApplication, home: Path) -> None:
        self.app = app
        vault = Vault()
        vault.use_session_memory()
        own = Home(home)
        own.prepare()
        self.told: list[str] = []
        self.root = Root(app, own, locale="fr-CA", vault=vault, clock=SystemClock(), tell=self.told.append)
        self._vault = vault

    def open(self) -> None:
        """Shows the window and waits until the services are awake."""
        self.root.open(practice=False)
        for ws in self.root.desk.workspaces:
            for account in linking.accounts(ws):
                self._vault.scope(ws.client.id).put(account.uid, TOKEN, Secret("bench"))
        while "usable" not in self.told:
            self.app.processEvents()
        idle(self.app, 2.0)

    @property
    def window(self) -> Window:
        """The window."""
        return self.root.window

    @property
    def workspaces(self) -> tuple[Workspace, ...]:
        """The clients."""
        return self.root.desk.workspaces

    def enter(self, room: str, client: ClientId | None, item: object | None = None) -> None:
        """Goes to a room."""
        self.window.go(Target(room, client, item))

    def view(self, kind: type[V]) -> V:
        """The view of a room that has been entered."""
        found = self.window.findChild(kind)
        if not isinstance(found, kind):
            raise TypeError(kind)
        return found


def switch(program: Program, rounds: int) -> dict[str, Any]:
    """From the act to the painted room of another client, in the rooms where one switches; beside it two empty widgets."""
    ids = [ws.client.id for ws in program.workspaces]
    table: dict[str, Any] = {}
    every: list[float] = []
    rooms: Mapping[str, type[QWidget]] = {"today": TodayView, "calendar": CalendarView, "posts": PostsView, "inbox": InboxView}
    for room, kind in rooms.items():
        program.enter(room, ids[0])
        idle(program.app, 0.2)
        seen = Painted(program.view(kind))
        times = []
        for turn in range(1, rounds + 1):
            client = ids[turn % len(ids)]
            times.append(until_painted(program.app, seen, lambda room=room, client=client: program.enter(room, client)))  # type: ignore[misc]  # mypy cannot type a default here
            idle(program.app, 0.05)
        table[room] = summary(times)
        every += times
    table["all"] = summary(every)
    table["baseline"] = summary(_empty_switches(program.app, rounds))
    return table


def _empty_switches(app: QApplication, rounds: int) -> list[float]:
    stack = QStackedWidget()
    stack.resize(1280, 800)
    pages = [QWidget(), QWidget()]
    for page in pages:
        stack.addWidget(page)
    stack.show()
    idle(app, 0.2)
    seen = [Painted(page) for page in pages]
    times = []
    for turn in range(1, rounds + 1):
        number = turn % 2
        times.append(until_painted(app, seen[number], lambda number=number: stack.setCurrentIndex(number)))  # type: ignore[misc]  # as above
    stack.close()
    return times


def inbox(program: Program, rounds: int) -> dict[str, Any]:
    """The long list: opened, scrolled, searched; beside it the frame of the same list without rows."""
    client = program.workspaces[0].client.id

    def enter() -> None:
        program.enter("inbox", client)
        program.app.processEvents()

    opened = milliseconds(enter)
    view = program.view(InboxView)
    rows = view.rows

    def choose_all() -> None:
        view.state_chosen.emit("all")
        rows.list.viewport().repaint()

    begun = milliseconds(choose_all)
    end = time.perf_counter() + 60
    while rows.list.model().rowCount() < 1000 and time.perf_counter() < end:
        program.app.processEvents()
    idle(program.app, 3.0)
    bar, port = rows.list.verticalScrollBar(), rows.list.viewport()

    seen = Painted(port)

    def frame(value: int) -> float:
        # As a wheel does it: Qt moves what stays in sight and paints what comes into it.
        return until_painted(program.app, seen, lambda: bar.setValue(value))

    middle = bar.maximum() // 2
    wheel = [frame(middle + step * 90) for step in range(rounds)]
    jumps = [frame(bar.maximum() * step // rounds) for step in range(1, rounds + 1)]
    shown = rows.list.model().rowCount()

    def search(words: str) -> float:
        def ask() -> None:
            rows.search.setText(words)
            rows.search.returnPressed.emit()

        return until_painted(program.app, seen, ask)

    search(_SEARCHES[0])
    found = [search(words) for _ in range(max(1, rounds // 60)) for words in _SEARCHES]
    return {
        "messages": shown,
        "open": round(opened, 3),
        "all_messages_first_rows": round(begun, 3),
        "scroll": summary(wheel),
        "jump": summary(jumps),
        "search": summary(found),
        "baseline": summary(_empty_frames(program, rows.list, rounds)),
    }


def _empty_frames(program: Program, like: RowList, rounds: int) -> list[float]:
    empty = RowList(program.window.theme)
    empty.resize(like.size())
    empty.show()
    idle(program.app, 0.3)
    times = [milliseconds(empty.viewport().repaint) for _ in range(rounds)]
    empty.close()
    return times


def typing(program: Program, rounds: int) -> dict[str, Any]:
    """From the key to the painted letter in a long post for two accounts; beside it Qt's plain editor with the same text."""
    ws = program.workspaces[0]
    accounts = linking.accounts(ws)[:2]
    words = (_SENTENCE * (3200 // len(_SENTENCE) + 1))[:3200]
    edit = PostEdit(text=words, variants=tuple(Variant(account.id) for account in accounts))
    post = program.root.life.engine.submit(composing.create(ws, edit)).result(30)
    program.enter("posts", ws.client.id, post.id)
    idle(program.app, 1.0)
    paper = program.view(PostsView).page.paper
    bare = QPlainTextEdit()
    bare.resize(900, 700)
    bare.show()
    bare.setPlainText(words)
    idle(program.app, 0.5)
    table = {"accounts": len(accounts), "characters": len(words), "baseline": summary(_keys(program.app, bare, rounds))}
    bare.close()
    program.window.activateWindow()
    idle(program.app, 0.5)
    return {**table, "key": summary(_keys(program.app, paper, rounds))}


def _keys(app: QApplication, editor: QPlainTextEdit, rounds: int) -> list[float]:
    editor.setFocus()
    seen = Painted(editor.viewport())
    times = []
    for turn in range(rounds):
        letter = "abcdefghij klmnop"[turn % 17]
        times.append(until_painted(app, seen, lambda letter=letter: QTest.keyClick(editor, letter)))  # type: ignore[misc]  # as above
        # Nobody types faster; what waits for a pause in the typing has its turn now and then.
        idle(app, 0.6 if turn % 20 == 19 else 0.06)
    return times


def memory(program: Program, rounds: int) -> dict[str, Any]:
    """Resident megabytes with the long inbox open, after a few seconds of quiet."""
    program.enter("inbox", program.workspaces[0].client.id)
    program.view(InboxView).state_chosen.emit("all")
    idle(program.app, max(1.0, rounds / 40))
    return {"resident_mb": resident_mb()}


def resident_mb() -> float:
    """What of this process lies in memory; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    lines = (line.split() for line in status.read_text(encoding="ascii").splitlines())
    return round(next(int(line[1]) for line in lines if line and line[0] == "VmRSS:") / 1024, 1)


def fetch(program: Program, rounds: int) -> dict[str, Any]:
    """Gaps between the ticks of a 16 ms timer while everything new of all accounts comes in; beside it the gaps at rest."""
    times: list[float] = []
    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(lambda: times.append(time.perf_counter()))
    program.enter("inbox", None)
    idle(program.app, 1.0)
    timer.start(_TICK_MS)
    end = time.perf_counter() + max(1.0, rounds / 60)
    while time.perf_counter() < end:
        program.app.processEvents(_WAITING)
    quiet, times[:] = _gaps(times), []
    begun = time.perf_counter()
    work = program.root.life.engine.submit(_everything(program.workspaces))
    while not work.done():
        program.app.processEvents(_WAITING)
    took = time.perf_counter() - begun
    brought = work.result()
    return {
        "messages": brought,
        "seconds": round(took, 2),
        "gap": summary(_gaps(times) or [0.0]),
        "baseline": summary(quiet),
    }


def _gaps(times: list[float]) -> list[float]:
    return [(after - before) * 1000 for before, after in itertools.pairwise(times)]


async def _everything(workspaces: tuple[Workspace, ...]) -> int:
    """Pulls until nothing new comes; a pull stops by itself after so many pages."""
    brought = 0
    while True:
        new = sum(one.new for one in await syncing.pull_all(workspaces))
        brought += new
        if not new:
            return brought


#: What the HTTP client picks up for its own command line where it finds it: on developers' machines, not on users'.
DEVELOPERS_ONLY = ("click", "pygments", "rich")

MEASUREMENTS: dict[str, Callable[[Program, int], dict[str, Any]]] = {
    "switch": switch,
    "inbox": inbox,
    "typing": typing,
    "memory": memory,
    "fetch": fetch,
}


def main(arguments: list[str]) -> int:
    """Measures one thing."""
    name, home, rounds = arguments[0], Path(arguments[1]), int(arguments[2])
    for tool in DEVELOPERS_ONLY:
        sys.modules[tool] = None  # type: ignore[assignment]  # Python's own way to say that a module is not installed
    app = QApplication(["cmdesk"])
    program = Program(app, home)
    program.open()
    if name == "calendar":
        from build_scripts.bench.calendar import calendar  # it takes its tools from here

        table = calendar(program, rounds)
    else:
        table = MEASUREMENTS[name](program, rounds)
    print(json.dumps(table), flush=True)
    program.root.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
