"""On a full disk, and where nothing can be written, the command line still shows everything and says what it cannot do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.command_line import Terminal
from tests.helpers.disks import SmallDisk, small_disk


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    with small_disk(tmp_path / "disk") as made:
        yield made


@pytest.fixture
def terminal(disk: SmallDisk) -> Terminal:
    """Rosa, with an account of the practice network and a draft."""
    terminal = Terminal(disk.folder / "home")
    terminal.json("client", "add", "Rosa", "--timezone", "America/Toronto")
    linked = terminal.json("account", "link", "practice", "--client", "Rosa")
    terminal.json("post", "add", "--client", "Rosa", "--account", linked["id"], "--text", "Une miche au levain")
    return terminal


def test_on_a_full_disk(terminal: Terminal, disk: SmallDisk) -> None:
    disk.fill()
    listed = terminal("post", "list")
    assert "Une miche au levain" in listed.out
    assert listed.code == 0
    assert "The disk is full: nothing can be saved for Rosa." in listed.err
    [card] = terminal.json("client", "list")
    assert (card["name"], card["trouble"], card["unwritable"]) == ("Rosa", None, "full")
    refused = terminal("client", "rename", "Rosa", "Rosalie")
    assert refused.code == 1
    assert "The disk is full. Make room, then try again; nothing was lost." in refused.err
    told = terminal("doctor", "--json")
    assert told.code == 1
    assert "unwritable" in {one["code"] for one in told.json["findings"]}
    disk.make_room()
    assert terminal("client", "rename", "Rosa", "Rosalie").err == ""


def test_where_nothing_can_be_written(terminal: Terminal, disk: SmallDisk) -> None:
    disk.read_only()
    listed = terminal("post", "list")
    assert "Une miche au levain" in listed.out
    assert "The data folder cannot be written: nothing can be saved for Rosa." in listed.err
    assert terminal("client", "rename", "Rosa", "Rosalie").code == 1
    told = terminal("doctor", "--json")
    assert [one["why"] for one in told.json["findings"] if one["code"] == "unwritable"] == ["read_only"]
