"""The way to the first window is short: nothing heavy is imported before it is needed."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from build_scripts.fill import fill
from cmdesk.domain.client import Client, Colour, Language
from cmdesk.domain.ids import ClientId
from tests.helpers.source import ROOT, modules

HEAVY = ("PySide6", "sqlmodel", "sqlalchemy", "httpx", "keyring", "PIL", "pydantic", "nh3")
PROBE = "import sys; import {name}; print(*sorted(set(sys.modules) & {{{heavy}}}))"


def _loaded_by(name: str) -> list[str]:
    code = PROBE.format(name=name, heavy=", ".join(map(repr, HEAVY)))
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_the_entry_loads_nothing_heavy() -> None:
    entries = [module.name for module in modules("cmdesk") if module.name in {"cmdesk", "cmdesk.__main__"}]
    assert {name: _loaded_by(name) for name in entries} == {name: [] for name in entries}


@pytest.mark.parametrize("room", ["cmdesk.domain", "cmdesk.resources"])
def test_the_ground_floor_loads_nothing_heavy(room: str) -> None:
    names = [module.name for module in modules("cmdesk") if module.name == room or module.name.startswith(f"{room}.")]
    assert names
    assert _loaded_by(", ".join(names)) == []


def test_no_screen_loads_the_orm_or_http() -> None:
    names = [module.name for module in modules("cmdesk/ui")]
    assert names
    assert [name for name in _loaded_by(", ".join(names)) if name not in {"PySide6", "PIL", "nh3"}] == []


#: What the window does not need until it is painted: packages, and rooms of our own with all that stands in them.
LATER = (
    "asyncio", "concurrent", "ssl", "socket", "filelock", "html", "nh3", "PIL", "httpx", "keyring", "sqlmodel",
    "sqlalchemy", "pydantic", "PySide6.QtNetwork", "cmdesk.cli", "cmdesk.engine", "cmdesk.networks", "cmdesk.domain.counting",
    "cmdesk.domain.checking", "cmdesk.services.composing", "cmdesk.services.linking", "cmdesk.services.planning",
    "cmdesk.services.practising", "cmdesk.services.publishing", "cmdesk.services.syncing", "cmdesk.store.ingest",
    "cmdesk.store.outbox", "cmdesk.store.tables", "cmdesk.ui.accounts", "cmdesk.ui.calendar", "cmdesk.ui.cheatsheet",
    "cmdesk.ui.clients", "cmdesk.ui.composer", "cmdesk.ui.inbox", "cmdesk.ui.palette", "cmdesk.ui.preferences",
    "cmdesk.ui.safetext", "cmdesk.ui.widgets.dialog", "cmdesk.ui.widgets.toast",
)  # fmt: skip

#: What the first sight does without, beside that.
LATER_THAN_SIGHT = ("cmdesk.ui.bridge", "cmdesk.ui.theme", "cmdesk.ui.today.view", "cmdesk.ui.widgets", "cmdesk.ui.window")

UNTIL = """
import os, sys
from pathlib import Path
from cmdesk.app import run_window

def tell(event):
    if event == sys.argv[2]:
        print("\\n".join(sys.modules))
        sys.stdout.flush()
        os._exit(0)

run_window(Path(sys.argv[1]), practice=False, locale="fr-CA", tell=tell)
"""


@pytest.mark.parametrize(
    ("event", "there", "later"),
    [("painted", "cmdesk.ui.sight", (*LATER, *LATER_THAN_SIGHT)), ("shown", "cmdesk.ui.today.presenter", LATER)],
)
def test_nothing_that_can_wait_is_loaded_before(event: str, there: str, later: tuple[str, ...], tmp_path: Path) -> None:
    """What is loaded too early shows here by name; how long a start takes is for `dev.py bench` to say."""
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    client = Client(ClientId("abcdefgh"), "Boulangerie Rose", Colour.SLATE, "America/Toronto", Language.FR_CA, now)
    fill(tmp_path / "clients" / client.id / "client.sqlite", client, messages=50, posts=10)
    command = [sys.executable, "-c", UNTIL, str(tmp_path), event]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    loaded = done.stdout.split()
    assert there in loaded, done.stderr
    assert [name for name in loaded if any(name == late or name.startswith(f"{late}.") for late in later)] == []
