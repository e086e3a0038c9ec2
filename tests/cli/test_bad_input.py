"""Whatever is typed into whatever command: one sentence, the right exit code, no traceback, and nothing lost."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from cmdesk.cli import parser
from cmdesk.cli.words import Words
from tests.helpers.clocks import FakeClock
from tests.helpers.command_line import Terminal

NASTY = {
    "nonsense": "qwertz uiop",
    "empty": "",
    "blank": " \t ",
    "huge": "é" * 60_000,
    "control": "a\x1b[2J\x07b",
    "newline": "a\nb",
    "right_to_left": "\u202etxt.exe \u05e9\u05dc\u05d5\u05dd",
    "path": "../../etc/passwd",
    "absolute": "/etc/passwd",
    "option": "--json",
    "format": "{0} {name} %s %(x)d",
    "number": "-1",
    "large_number": "9" * 400,
    "zero": "a\x00b",
    "surrogate": "\udcff",
    "other_id": "abcdefgh-p1",
    "home": "~nobody-at-all",
}

#: Commands that never end by themselves, open a window, or draw.
_FREE = {
    "text",
    "cw",
    "comment",
    "lang",
    "note",
    "first_comment",
    "quote",
    "label",
}  # any words are good words there; their own tests look at them
#: Commands that answer line by line.
_STREAMS = {("triage",)}
_LEFT_OUT = {("window",), ("agent",), ("self-test",), ("shots",)}


def _commands(
    built: argparse.ArgumentParser, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], argparse.ArgumentParser]]:
    families = [action for action in built._actions if isinstance(action, argparse._SubParsersAction)]
    if path and not any(action.required for action in families):
        yield path, built
    for action in families:
        for name, child in action.choices.items():
            yield from _commands(child, (*path, name))


COMMANDS = {path: built for path, built in _commands(parser.build(Words("en-CA"))) if path not in _LEFT_OUT}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A desk with a client, an account and a post, and what is right for each kind of argument."""
    home = tmp_path_factory.mktemp("desk")
    terminal = Terminal(home)
    client = terminal.json("client", "add", "Rosa", "--timezone", "America/Toronto")["id"]
    account = terminal.json("account", "link", "practice", "--client", "Rosa")["id"]
    post = terminal.json("post", "add", "--client", "Rosa", "--account", account, "--text", "x", "--at", "2099-01-01 09:00")
    return {
        "home": str(home),
        "client": client,
        "account": account,
        "post": post["post"],
        "delivery": post["deliveries"][0]["id"],
        "message": f"{client}-m1",
        "network": "practice",
        "decision": "look-again",
        "state": "answered",
    }


def _lines(built: argparse.ArgumentParser, right: dict[str, str], bad: str) -> Iterator[list[str]]:
    """For each argument a command line in which only that one is bad."""
    needed = [a for a in built._actions if a.required and not isinstance(a, argparse._SubParsersAction)]
    for target in built._actions:
        if target.dest in _FREE or isinstance(
            target, argparse._HelpAction | argparse._SubParsersAction | argparse._StoreTrueAction
        ):
            continue
        line: list[str] = []
        for action in dict.fromkeys([*needed, target]):
            value = bad if action is target else right.get(action.dest, "nothing")
            line += [f"{action.option_strings[-1]}={value}"] if action.option_strings else [value]
        yield line


def _kept(terminal: Terminal) -> object:
    """What must not change: who there is, what was written, where it stands. (A check may read a server's limits anew.)"""
    accounts = [(one["id"], one["health"], one["unlinked_at"]) for one in terminal.json("account", "list", "--all")]
    client = {**terminal.json("client", "show", "Rosa"), "accounts": accounts}
    return [client, *(terminal.json(*words) for words in (("post", "list"), ("outbox", "list"), ("inbox", "list")))]


@pytest.mark.parametrize("kind", NASTY)
def test_no_value_breaks_a_command(kind: str, desk: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    terminal = Terminal(Path(desk["home"]))
    before = _kept(terminal)
    tried = 0
    for path, built in COMMANDS.items():
        if path in {("client", "add"), ("client", "rename"), ("inbox", "delete"), ("client", "archive")} and kind != "huge":
            continue  # some of these are good names; the tests of clients look at them
        for line in _lines(built, desk, NASTY[kind]):
            result = terminal(*path, *line, "--json", stdin=b"")
            tried += 1
            told = f"{kind} {path} {[one[:60] for one in line]} -> {result.code} {result.err[:300]}"
            assert result.code in {0, 1, 2, 4}, told
            assert "Traceback" not in result.err, told
            assert '"broken"' not in result.out, told
            if path in _STREAMS and not result.out:
                continue  # no line in, no line out
            document = json.loads(result.out)
            if result.code in {1, 2} and isinstance(document, dict) and "error" in document:
                assert document["error"]["message"], told
                assert len(document["error"]["message"]) < 2_000, told
                assert "\x1b" not in result.err, told
                assert len(result.err) < 5_000, told
    assert tried > 60
    assert _kept(terminal) == before


@pytest.mark.parametrize(
    "name",
    ["", " ", "\t", "a\x07b", "x" * 81, "\u202e", "...", "👻" * 200],
)
def test_a_client_needs_a_decent_name(name: str, tmp_path: Path) -> None:
    terminal = Terminal(tmp_path / "home")
    result = terminal("client", "add", name, "--json")
    assert result.code == 2
    assert terminal.json("client", "list") == []


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "C:\\Windows", "שלום", "{name}", "日本", "--json", "a/b", "con", "Robert'); DROP"]
)
def test_an_odd_name_is_only_a_name(name: str, tmp_path: Path) -> None:
    terminal = Terminal(tmp_path / "home")
    made = terminal("client", "add", "--json", "--", name)
    assert made.code == 0
    listed = terminal.json("client", "list")
    assert [one["name"] for one in listed] == [name]
    assert Path(listed[0]["folder"]).parent == tmp_path / "home" / "clients"


@pytest.mark.parametrize(
    ("stdin", "reason"),
    [(b"abc\xff", "not_utf8"), (b"x" * 10_000_000, "too_large"), (b"a\x1bb", "control_characters"), (b"", "empty")],
)
def test_a_text_that_cannot_be_kept_is_refused_whole(stdin: bytes, reason: str, desk: dict[str, str]) -> None:
    terminal = Terminal(Path(desk["home"]))
    before = terminal.json("post", "list")
    result = terminal("post", "add", "--client", "Rosa", "--account", desk["account"], "--text-stdin", "--json", stdin=stdin)
    assert (result.code, result.json["error"]["reason"]) == (2, reason)
    assert result.err.count("\n") == 1
    assert terminal.json("post", "list") == before


@pytest.mark.parametrize("stdin", [b"", b"  \n", b"a b", b"a\x00b", b"\xff\xfe", b"x" * 20_000, "é".encode()])
def test_a_token_that_is_none_is_refused_and_never_shown(stdin: bytes, tmp_path: Path) -> None:
    terminal = Terminal(tmp_path / "home")
    terminal("client", "add", "Rosa")
    result = terminal(
        "account",
        "link",
        "mastodon",
        "--client",
        "Rosa",
        "--server",
        "https://example.social",
        "--token-stdin",
        "--json",
        stdin=stdin,
    )
    assert (result.code, result.json["error"]["field"]) == (2, "token")
    assert "xxxx" not in result.out + result.err
    assert terminal.keyring.entries == {}


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["client"],
        ["client", "add"],
        ["client", "list", "--nonsense"],
        ["client", "list", "extra"],
        ["post", "add", "--client"],
        ["post", "add", "--text", "a", "--text-stdin"],
        ["post", "move", "x"],
        ["count", "myspace"],
        ["--locale", "tlh", "client", "list"],
        ["post", "list", "--limit", "many"],
        ["account", "link", "mastodon", "--client", "x", "--browser=yes"],
        ["client", "show", "\udcff"],
    ],
)
@pytest.mark.parametrize("locale", ["en-CA", "fr-CA"])
def test_wrong_usage_is_one_sentence_and_how_it_is_used(arguments: list[str], locale: str, tmp_path: Path) -> None:
    result = Terminal(tmp_path / "home", environ={"LANG": locale.replace("-", "_")})(*arguments, "--json")
    assert result.code == 2
    assert result.json["error"]["code"] == "usage"
    assert result.json["error"]["reason"] != "other"
    assert "Traceback" not in result.err
    assert not (tmp_path / "home").exists()


def test_a_home_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    result = Terminal(tmp_path / "file")("client", "list", "--json")
    assert (result.code, result.json["error"]["code"]) == (1, "read_only")


def test_a_damaged_client_is_a_repair_card_and_the_others_work(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path / "home")
    broken = terminal.json("client", "add", "Broken")
    terminal.json("client", "add", "Whole")
    for file in Path(broken["folder"]).glob("client.sqlite*"):
        file.write_bytes(b"not a database at all, but long enough to be looked at" * 100)
    listed = terminal.json("client", "list")
    assert {(one["name"], one["trouble"] is None) for one in listed} == {("Whole", True), ("Broken", False)}
    assert terminal("doctor").code == 1
    assert terminal("client", "show", "Broken").code == 1
    shown = terminal("post", "list", "--client", broken["id"], "--json")
    assert (shown.code, shown.json["error"]["code"]) == (1, "database_damaged"), "a client that is listed does exist"
    assert broken["id"] in terminal("outbox", "run").err, "nothing is due does not mean that a file could not be read"
    assert "trouble" not in terminal("client", "list").err


@pytest.mark.parametrize(
    ("arguments", "given"),
    [
        (["post", "add", "--client", "Rosa", "--account", "a", "--text", "x", "--at-noon"], "--at-noon"),
        (["post", "move", "abcdefgh-p1", "--now", "--at-noon"], "--at-noon"),
        (["calendar", "agenda", "--upside-down"], "--upside-down"),
    ],
)
def test_an_option_of_another_day_is_named_with_the_command_that_does_not_know_it(
    arguments: list[str], given: str, tmp_path: Path
) -> None:
    told = Terminal(tmp_path / "home")(*arguments, "--json")
    command = f"cmdesk {arguments[0]} {arguments[1]}"
    assert (told.code, told.json["error"]["reason"]) == (2, "unrecognized")
    assert told.err.startswith(f"{command} does not know {given}.\nusage: {command} ")
    assert not (tmp_path / "home").exists()


def test_a_file_where_the_data_folder_should_be_is_named(tmp_path: Path) -> None:
    file = tmp_path / "a file"
    file.write_text("no folder")
    for home in (file, file / "below"):
        told = Terminal(tmp_path / "home")("--home", str(home), "client", "list")
        assert told.code == 1
        assert str(home) in told.err


def test_a_file_that_is_no_backup_is_not_called_damaged(tmp_path: Path) -> None:
    file = tmp_path / "passwd"
    file.write_text("root:x:0:0:root:/root:/bin/sh\n" * 20)
    told = Terminal(tmp_path / "home")("backup", "verify", str(file))
    assert told.code == 1
    assert "damaged" not in told.err


@pytest.mark.parametrize("way", ["folder", "device"])
def test_a_folder_or_a_device_is_no_picture(tmp_path: Path, way: str) -> None:
    terminal = Terminal(tmp_path / "home")
    terminal.json("client", "add", "Rosa")
    linked = terminal.json("account", "link", "practice", "--client", "Rosa")
    file = str(tmp_path) if way == "folder" else os.devnull
    told = terminal("post", "add", "--client", "Rosa", "--account", linked["id"], "--text", "Un", "--media", file)
    assert told.code == 2
    assert "is not a file, but a folder or a device" in told.err


def test_a_search_shows_the_clients_own_clock(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path / "home", clock=FakeClock())
    terminal.json("client", "add", "Rosa", "--timezone", "America/Toronto")
    linked = terminal.json("account", "link", "practice", "--client", "Rosa")
    terminal.json("post", "add", "--client", "Rosa", "--account", linked["id"], "--text", "Fougasse")
    assert "2026-12-01 09:00" in terminal("search", "fougasse").out


def test_a_password_in_an_address_is_not_repeated(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path / "home")
    terminal.json("client", "add", "Rosa")
    for server in ("https://me:hunter2@example.social", "me:hunter2@example.social", "ftp://me:hunter2@example.social/x"):
        told = terminal("account", "link", "mastodon", "--client", "Rosa", "--server", server, "--token-stdin", stdin=b"abc")
        assert told.code == 2
        assert "hunter2" not in told.err + told.out


@pytest.mark.parametrize("name", ["Rosa\u202easoR", "Ro\u200bsa", "\u2066Rosa"])
def test_a_name_that_reads_otherwise_than_it_is_written_is_refused(tmp_path: Path, name: str) -> None:
    told = Terminal(tmp_path / "home")("client", "add", name)
    assert told.code == 2
    assert told.err
