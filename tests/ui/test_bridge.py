"""The border between the threads: answers arrive on the main thread, once, and only where somebody still listens."""

import asyncio
import threading
from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QElapsedTimer, QObject, QTimer
from pytestqt.qtbot import QtBot

from cmdesk.domain.changes import Changes, Topic
from cmdesk.domain.ids import ClientId
from cmdesk.engine import Engine
from cmdesk.ui.bridge import Bridge

ONE, OTHER = ClientId("bq7xk2mp"), ClientId("cq7xk2mp")


@pytest.fixture
def engine() -> Iterator[Engine]:
    engine = Engine()
    engine.start()
    yield engine
    engine.stop()


async def answer(value: int) -> int:
    await asyncio.sleep(0)
    return value


async def fail() -> int:
    raise LookupError("gone")


def test_results_and_errors_arrive_on_the_main_thread(engine: Engine, qtbot: QtBot) -> None:
    bridge = Bridge(engine)
    heard: list[tuple[object, object]] = []
    bridge.run(answer(7), then=lambda value: heard.append((value, threading.current_thread())))
    bridge.run(fail(), otherwise=lambda error: heard.append((type(error), threading.current_thread())))
    qtbot.wait_until(lambda: len(heard) == 2)
    assert {what for what, _where in heard} == {7, LookupError}
    assert {where for _what, where in heard} == {threading.main_thread()}


def test_an_error_nobody_takes_is_told(engine: Engine, qtbot: QtBot) -> None:
    bridge = Bridge(engine)
    with qtbot.waitSignal(bridge.failed) as told:
        bridge.run(fail())
    assert isinstance(told.args[0], LookupError)


class Receiver(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.heard: list[int] = []

    def take(self, value: int) -> None:
        self.heard.append(value)


def test_a_receiver_that_died_is_skipped(engine: Engine, qtbot: QtBot) -> None:
    bridge = Bridge(engine)
    dead, living = Receiver(), Receiver()
    gate = threading.Event()

    async def late() -> int:
        await asyncio.get_running_loop().run_in_executor(None, gate.wait)
        return 1

    bridge.run(late(), then=dead.take)
    shiboken6.delete(dead)
    gate.set()
    bridge.run(late(), then=living.take)
    qtbot.wait_until(lambda: living.heard == [1])
    assert dead.heard == []


def test_a_closed_group_hears_nothing_but_its_work_is_done(engine: Engine, qtbot: QtBot) -> None:
    bridge = Bridge(engine)
    calls = bridge.calls()
    heard: list[int] = []
    future = calls.run(answer(1), then=heard.append)
    calls.close()
    assert future.result(5) == 1
    last: list[int] = []
    bridge.run(answer(2), then=last.append)
    qtbot.wait_until(lambda: last == [2])
    assert heard == []


def test_changes_of_a_client_are_told_together(engine: Engine, qtbot: QtBot) -> None:
    bridge = Bridge(engine)
    heard: list[Changes] = []
    bridge.changed.connect(heard.append)

    def announce() -> None:
        for topic in (Topic.INBOX, Topic.POSTS, Topic.INBOX):
            bridge.announce(Changes(ONE, frozenset({topic}), "sync"))
        bridge.announce(Changes(OTHER, frozenset({Topic.OUTBOX}), "agent"))
        bridge.announce(Changes(OTHER, frozenset({Topic.OUTBOX}), "sync"))

    thread = threading.Thread(target=announce)
    thread.start()
    thread.join()
    qtbot.wait_until(lambda: len(heard) == 2)
    assert heard == [
        Changes(ONE, frozenset({Topic.INBOX, Topic.POSTS}), "sync"),
        Changes(OTHER, frozenset({Topic.OUTBOX}), None),
    ]


def test_where_changes_pour_in_most_of_the_time_is_left_to_the_screen(engine: Engine, qtbot: QtBot) -> None:
    bridge = Bridge(engine)
    told: list[ClientId | None] = []
    work = QElapsedTimer()

    def read_again(changes: Changes) -> None:
        told.append(changes.client)
        work.start()
        while work.elapsed() < 20:
            pass

    between: list[int] = []
    bridge.changed.connect(lambda _: between.append(work.elapsed()) if told else None)
    bridge.changed.connect(read_again)
    pouring = QTimer()
    for client in (ONE, OTHER):
        pouring.timeout.connect(lambda client=client: bridge.announce(Changes(client, frozenset({Topic.INBOX}))))
    pouring.start(1)
    qtbot.wait_until(lambda: len(told) >= 6)
    pouring.stop()
    assert told[:6] == [ONE, OTHER] * 3
    # From the beginning of one reading to that of the next: the reading, and seven times as much for all else (Qt's coarse
    # timers may be early by a twentieth).
    assert min(between) > 7 * 20
    qtbot.wait_until(lambda: told[-2:] == [ONE, OTHER] and not bridge.waiting)
