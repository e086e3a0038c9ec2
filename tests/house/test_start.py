"""The way to the first window is short: nothing heavy is imported before it is needed."""

from __future__ import annotations

import subprocess
import sys

import pytest

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
