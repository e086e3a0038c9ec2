"""The walls between the rooms: run as contracts, complete, and impossible to pass by an import inside a function."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from tests.helpers.source import ROOT, Module, modules

#: Whole foreign libraries and the rooms that may name them at all, even lazily or for types.
FOREIGN = {
    "PySide6": {"ui", "app"},
    "shiboken6": {"ui", "app"},
    "httpx": {"networks"},
    "httpcore": {"networks"},
    "requests": set(),
    "urllib.request": set(),
    "http.client": set(),
    "sqlmodel": {"store"},
    "sqlalchemy": {"store"},
    "sqlite3": {"store"},
    "keyring": {"vault"},
    "secretstorage": {"vault"},
}
BEHIND_THE_SERVICES = {"store", "networks", "vault", "language"}
#: What several networks may share.
#: The ways to log in are not connectors: services ask them before there is an account.
SHARED_BY_NETWORKS = {"__init__", "port", "http", "oauth", "registry", "bluesky_login", "bluesky_oauth", "writer"}


def _room(module: Module) -> str:
    return [*module.name.split("."), ""][1]


def _imported(module: Module) -> Iterator[tuple[str, ast.stmt]]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node
            yield from ((f"{node.module}.{alias.name}", node) for alias in node.names)


def _contracts() -> dict[str, dict[str, Any]]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return {contract["id"]: contract for contract in settings["tool"]["importlinter"]["contracts"]}


def test_the_contracts_are_kept() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(("library", "rooms"), FOREIGN.items())
def test_a_foreign_library_is_named_only_in_its_rooms(library: str, rooms: set[str]) -> None:
    found = {
        module.at(node)
        for module in modules("cmdesk")
        for name, node in _imported(module)
        if (name == library or name.startswith(f"{library}.")) and _room(module) not in rooms
    }
    assert not found


def test_the_contracts_know_every_room_there_is() -> None:
    rooms = {_room(module) for module in modules("cmdesk")} - {""}
    contracts = _contracts()
    layers = {name.strip(" ()") for layer in contracts["rooms"]["layers"] for name in layer.split("|")}
    assert rooms <= layers
    protected = {name.removeprefix("cmdesk.") for name in contracts["behind-the-services"]["protected_modules"]}
    assert protected == rooms & BEHIND_THE_SERVICES


def test_every_network_is_kept_from_the_others() -> None:
    files = {module.name.split(".")[2] for module in modules("cmdesk/networks") if module.name.count(".") >= 2}
    networks = {f"cmdesk.networks.{name}" for name in files - SHARED_BY_NETWORKS if not name.startswith("_")}
    assert networks <= set(_contracts()["networks"]["modules"])


def test_a_view_imports_neither_services_nor_engine() -> None:
    found = {
        module.at(node)
        for module in modules("cmdesk/ui")
        if module.name.endswith(".view")
        for name, node in _imported(module)
        if name.startswith(("cmdesk.services", "cmdesk.engine")) and not _only_for_types(module, node)
    }
    assert not found


def _only_for_types(module: Module, statement: ast.stmt) -> bool:
    return any(
        statement in ast.walk(node)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")
    )
