"""The guard-rails themselves: each must see the very thing that it is there for."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import keyring
import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.helpers import guards
from tests.helpers.keyrings import WINDOWS_LIMIT

BRIEFLY = 0.05


def test_a_foreign_address_is_refused_and_remembered(loopback_only: guards.SocketGuard) -> None:
    with socket.socket() as one, pytest.raises(guards.OutsideWorldError):
        one.connect(("192.0.2.1", 80))
    with socket.socket() as one, pytest.raises(guards.OutsideWorldError):
        one.bind(("0.0.0.0", 0))
    with pytest.raises(guards.OutsideWorldError):
        socket.getaddrinfo("mastodon.example", 443)
    assert len(loopback_only.tried) == 3
    loopback_only.tried.clear()


def test_a_name_that_cannot_exist_just_does_not_resolve(loopback_only: guards.SocketGuard) -> None:
    with pytest.raises(socket.gaierror):
        socket.getaddrinfo("nowhere.invalid", 443)
    assert loopback_only.tried == []


def test_loopback_works() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as caller:
        caller.sendall(b"hello")


def test_a_thread_is_seen_until_it_ends() -> None:
    before = guards.look()
    end = threading.Event()
    thread = threading.Thread(target=end.wait, name="straggler")
    thread.start()
    assert "straggler" in guards.left_behind(before, BRIEFLY)[0]
    end.set()
    assert guards.left_behind(before) == []


def test_an_unfinished_task_is_seen() -> None:
    before = guards.look()
    loop = asyncio.new_event_loop()
    task = loop.create_task(asyncio.sleep(3600))
    loop.run_until_complete(asyncio.sleep(0))
    assert guards.left_behind(before, BRIEFLY)[0].startswith("asyncio task left behind")
    task.cancel()
    loop.run_until_complete(asyncio.gather(task, return_exceptions=True))
    loop.close()
    assert guards.left_behind(before) == []


@pytest.mark.skipif(sys.platform != "linux", reason="child processes are only known where /proc is")
def test_a_child_process_is_seen() -> None:
    before = guards.look()
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        assert "input()" in guards.left_behind(before, BRIEFLY)[0]
        assert child.stdin is not None
        child.stdin.write(b"\n")
    assert guards.left_behind(before) == []


def test_an_open_window_is_seen(qtbot: QtBot) -> None:
    before = guards.look()
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    assert guards.left_behind(before, BRIEFLY)[0].startswith("window left behind")
    window.close()
    assert guards.left_behind(before) == []


def test_an_unexpected_warning_is_kept_and_an_expected_one_let_go(expected_logs: guards.LogGuard) -> None:
    logging.getLogger("cmdesk.store").warning("the disk is %s", "full")
    logging.getLogger("cmdesk.store").info("all is well")
    assert expected_logs.unexpected() == ["WARNING cmdesk.store: the disk is full"]
    expected_logs.expect("disk is full")
    assert expected_logs.unexpected() == []


@pytest.mark.expects_log("as foretold")
def test_a_marker_foretells_a_warning() -> None:
    logging.getLogger("cmdesk").error("as foretold")


def test_the_keyring_is_in_memory_and_as_small_as_windows() -> None:
    keyring.set_password("cmdesk", "one", "x" * WINDOWS_LIMIT)
    assert keyring.get_password("cmdesk", "one") == "x" * WINDOWS_LIMIT
    with pytest.raises(OSError, match="CredWrite"):
        keyring.set_password("cmdesk", "two", "x" * (WINDOWS_LIMIT + 1))


def test_home_zone_and_screen_are_nobodys(scratch_home: Path, tmp_path: Path) -> None:
    assert os.environ["CMDESK_HOME"] == str(scratch_home)
    assert scratch_home.is_relative_to(tmp_path)
    assert not scratch_home.exists()
    assert os.environ["TZ"] == "America/Toronto"
    assert sys.platform == "win32" or time.tzname == ("EST", "EDT")
    assert os.environ["QT_QPA_PLATFORM"]
