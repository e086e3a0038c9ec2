"""Commands end as they promise: one document, the right exit code, and what was asked for done once."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Coroutine
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
from mastodon_mock.testing.server import MockServer

from cmdesk.engine import Engine
from tests.helpers.command_line import ROOT, Terminal, inherited


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path / "home")


@pytest.fixture
def rosa(terminal: Terminal) -> Terminal:
    """A client "Rosa" with an account of the practice network."""
    assert terminal("client", "add", "Rosa", "--timezone", "America/Toronto", "--language", "fr-CA").code == 0
    assert terminal("account", "link", "practice", "--client", "Rosa").code == 0
    return terminal


def test_options_are_understood_before_and_after_the_command(terminal: Terminal, tmp_path: Path) -> None:
    other = str(tmp_path / "other")
    before = terminal("--home", other, "--json", "--locale", "fr-CA", "client", "add", "A")
    after = terminal("client", "add", "B", "--locale", "fr-CA", "--json", "--home", other)
    assert before.code == after.code == 0
    assert [one["name"] for one in terminal.json("client", "list", "--home", other)] == ["A", "B"]
    assert terminal.json("client", "list") == []


def test_a_client_is_made_changed_put_away_and_brought_back(terminal: Terminal) -> None:
    made = terminal.json("client", "add", "Café Rosa", "--colour", "teal", "--timezone", "Europe/Paris", "--language", "fr-FR")
    assert (made["name"], made["colour"], made["timezone"], made["language"]) == ("Café Rosa", "teal", "Europe/Paris", "fr-FR")
    assert terminal.json("client", "rename", "CAFÉ ROSA", "Rosa")["name"] == "Rosa"
    assert terminal.json("client", "set", made["id"], "--grace", "5", "--colour", "ruby")["grace_minutes"] == 5
    assert terminal.json("client", "archive", "Rosa")["archived_at"].endswith("Z")
    assert terminal.json("client", "list") == []
    assert [one["archived"] for one in terminal.json("client", "list", "--all")] == [True]
    refused = terminal("post", "add", "--client", "Rosa", "--account", "x", "--text", "y", "--json")
    assert (refused.code, refused.json["error"]["code"]) == (1, "client_archived")
    assert terminal.json("client", "restore", "Rosa")["archived_at"] is None


def test_erasing_wants_the_whole_name(terminal: Terminal) -> None:
    terminal("client", "add", "Rosa")
    assert terminal("client", "purge", "Rosa", "--confirm", "rosa").code == 2
    assert len(terminal.json("client", "list")) == 1
    assert terminal.json("client", "purge", "Rosa", "--confirm", "Rosa")["purged"] is True
    assert terminal.json("client", "list") == []


def test_two_clients_of_one_name_are_told_apart_by_id(terminal: Terminal) -> None:
    first = terminal.json("client", "add", "Rosa")["id"]
    terminal.json("client", "archive", "Rosa")
    second = terminal.json("client", "add", "Rosa")["id"]
    terminal.json("client", "archive", second)
    result = terminal("client", "show", "Rosa", "--json")
    assert result.code == 2
    assert set(result.json["error"]["candidates"]) == {first, second}


def test_a_draft_lists_its_accounts_and_no_deliveries(rosa: Terminal) -> None:
    added = rosa.json("post", "add", "--client", "Rosa", "--account", rosa.json("account", "list")[0]["id"], "--text", "Bonjour")
    assert added["state"] == "draft"
    assert [(one["id"], one["state"]) for one in added["deliveries"]] == [(None, "draft")]
    assert rosa.json("post", "show", added["post"])["text"] == "Bonjour"
    assert rosa.json("outbox", "list") == []


def test_a_post_goes_through_its_life(rosa: Terminal) -> None:
    account = rosa.json("account", "list")[0]
    planned = rosa.json(
        "post", "add", "--client", "rosa", "--account", account["handle"], "--text-stdin", "--at", "2099-07-01 09:00",
        stdin="Été 🥐\n".encode(),
    )  # fmt: skip
    assert planned["state"] == "planned"
    assert planned["deliveries"][0]["planned"]["at"] == "2099-07-01T13:00:00Z"
    moved = rosa.json("post", "move", planned["post"], "--at", "2099-07-02 09:00")
    assert moved["deliveries"][0]["planned"]["wall"] == "2099-07-02T09:00:00"
    assert [one["post"] for one in rosa.json("calendar", "agenda", "--from", "2099-07-02", "--to", "2099-07-02")] == [
        moved["post"]
    ]
    edited = rosa.json("post", "edit", planned["post"], "--text", "Automne")
    assert edited["deliveries"][0]["held_because"] == "edited"
    sent = rosa.json("post", "move", planned["post"], "--now")
    assert (sent["state"], sent["deliveries"][0]["attempts"]) == ("sent", 1)
    assert sent["deliveries"][0]["url"]
    assert rosa("post", "cancel", planned["post"]).code == 1
    assert [one["text"] for one in rosa.json("post", "versions", planned["post"])]
    assert [one["post"] for one in rosa.json("search", "automne")] == [planned["post"]]
    gone = rosa.json("post", "delete-remote", planned["post"])
    assert gone["deliveries"][0]["state"] == "gone"


def test_what_cannot_go_out_is_not_stored(rosa: Terminal) -> None:
    account = rosa.json("account", "list")[0]["id"]
    result = rosa(
        "post", "add", "--client", "Rosa", "--account", account, "--text", "a" * 600, "--at", "2099-07-01 09:00", "--json"
    )
    assert result.code == 1
    assert result.json["error"]["code"] == "blocked_by_problems"
    assert [one["code"] for one in result.json["error"]["problems"]] == ["too_long"]
    assert rosa.json("post", "list") == []
    kept = rosa("post", "add", "--client", "Rosa", "--account", account, "--text", "a" * 600, "--json")
    assert kept.code == 0
    assert "too long" in kept.err
    assert [one["code"] for one in kept.json["problems"]] == ["too_long"]


def test_daylight_saving_is_told(rosa: Terminal) -> None:
    account = rosa.json("account", "list")[0]["id"]
    gap = rosa("post", "add", "--client", "Rosa", "--account", account, "--text", "x", "--at", "2099-03-08 02:30", "--json")
    assert gap.code == 0
    assert "does not exist in America/Toronto" in gap.err
    assert gap.json["deliveries"][0]["planned"]["shift"] == "gap"


def test_another_clients_things_are_refused(rosa: Terminal) -> None:
    theirs = rosa.json("account", "list")[0]["id"]
    rosa.json("client", "add", "Other")
    result = rosa("post", "add", "--client", "Other", "--account", theirs, "--text", "x", "--json")
    assert (result.code, result.json["error"]["code"]) == (2, "wrong_client")
    post = rosa.json("post", "add", "--client", "Rosa", "--account", theirs, "--text", "x")["post"]
    assert rosa("post", "show", post, "--client", "Other").code == 2
    assert rosa("account", "whoami", theirs, "--client", "Other").code == 2


def test_while_another_cmdesk_publishes_this_one_hands_over(rosa: Terminal) -> None:
    from cmdesk.cli.sending import publisher_lock
    from cmdesk.services.home import Home

    with publisher_lock(Home(rosa.home)):
        for command in (["outbox", "run"], ["agent", "--once"]):
            result = rosa(*command, "--json")
            assert (result.code, result.json["error"]["code"]) == (1, "publisher_busy")
            assert "it sends what is due" in result.err


def test_agent_once_publishes_and_fetches(rosa: Terminal) -> None:
    result = rosa("agent", "--once", "--json")
    assert result.code == 0, result.err
    assert result.json["sent"] == 0


def test_the_agent_removes_what_an_interrupted_purge_left(rosa: Terminal) -> None:
    left = rosa.home / "clients" / ".purge-1"
    left.mkdir()
    assert rosa("agent", "--once").code == 0
    assert not left.exists()


def test_a_backup_is_made_listed_checked_and_put_back(rosa: Terminal) -> None:
    account = rosa.json("account", "list")[0]["id"]
    post = rosa.json("post", "add", "--client", "Rosa", "--account", account, "--text", "x", "--at", "2099-01-01 09:00")["post"]
    made = rosa.json("backup", "--client", "Rosa")
    assert rosa.json("backup", "list") == made
    assert rosa.json("backup", "verify", made[0]["file"])["posts"] == 1
    restored = rosa("backup", "restore", made[0]["file"], "--json")
    assert (restored.code, restored.json["held"]) == (0, 1)
    assert rosa.json("post", "show", post)["deliveries"][0]["held_because"] == "doubt"


def test_a_client_is_handed_over_without_its_tokens(rosa: Terminal, tmp_path: Path) -> None:
    archive = tmp_path / "rosa.zip"
    assert rosa.json("client", "export", "Rosa", str(archive))["file"] == str(archive)
    assert rosa("client", "export", "Rosa", str(archive)).code == 2
    elsewhere = Terminal(tmp_path / "elsewhere")
    taken = elsewhere.json("client", "import", str(archive))
    assert taken["name"] == "Rosa"
    assert taken["accounts"][0]["health"] == "secret_missing"
    assert elsewhere("client", "import", str(archive)).code == 2


def test_without_a_keyring_nothing_is_kept_unless_chosen(tmp_path: Path) -> None:
    from tests.helpers import keyrings

    terminal = Terminal(tmp_path / "home", keyring=keyrings.absent())
    terminal("client", "add", "Rosa")
    address = [
        "account",
        "link",
        "mastodon",
        "--client",
        "Rosa",
        "--server",
        "http://127.0.0.1:9",
        "--allow-private",
        "--token-stdin",
    ]
    result = terminal(*address, stdin=b"abc")
    assert result.code == 1
    assert "--session-only" in result.err
    chosen = terminal(*address, "--session-only", stdin=b"abc")
    assert chosen.code == 4  # nobody listens on that port
    assert terminal.json("account", "list") == []


def test_the_doctor_says_what_to_do(rosa: Terminal, mastodon_mock_server: MockServer) -> None:
    server = mastodon_mock_server.base_url
    link = ["account", "link", "mastodon", "--client", "Rosa", "--server", server, "--allow-private", "--token-stdin"]
    assert rosa(*link, stdin=b"alice_token").code == 0
    healthy = rosa("doctor", "--json")
    assert healthy.code == 0, healthy.out
    assert healthy.json["keyring"]["usable"] is True
    rosa.keyring.entries.clear()
    ill = rosa("doctor", "--json")
    assert ill.code == 1
    assert [one["code"] for one in ill.json["findings"] if one["severity"] == "problem"] == ["secret"]
    assert "account renew" in ill.json["findings"][-1]["message"]


def test_a_post_answers_what_lies_at_an_address(rosa: Terminal, mastodon_mock_server: MockServer) -> None:
    server = mastodon_mock_server.base_url
    link = ["account", "link", "mastodon", "--client", "Rosa", "--server", server, "--allow-private", "--token-stdin"]
    assert rosa(*link, stdin=b"alice_token").code == 0
    sent = rosa.json("post", "add", "--client", "Rosa", "--account", "alice", "--text", "Un", "--now")
    url = sent["deliveries"][0]["url"]
    added = rosa.json("post", "add", "--client", "Rosa", "--account", "alice", "--text", "Deux", "--reply-to", url)
    assert rosa.json("post", "show", added["post"])["reply_to"] == url
    lost = rosa(
        "post", "add", "--client", "Rosa", "--account", "alice", "--text", "x", "--reply-to", f"{server}/@nobody/1", "--json"
    )
    assert (lost.code, lost.json["error"]["code"]) == (1, "not_found")


def test_counting_by_a_servers_own_limits(terminal: Terminal, mastodon_mock_server: MockServer) -> None:
    server = mastodon_mock_server.base_url
    result = terminal.json("count", "mastodon", "--server", server, "--allow-private", stdin=b"abc")
    assert (result["count"], result["limit"]) == (3, 500)
    refused = terminal("count", "mastodon", "--server", server, "--json", stdin=b"abc")
    assert (refused.code, refused.json["error"]["reason"]) == (2, "not_https")
    assert terminal("count", "mastodon", "--server", "http://127.0.0.1:9", "--allow-private", stdin=b"x").code == 4


@pytest.mark.slow
def test_the_self_test_passes_without_a_keyring(tmp_path: Path) -> None:
    from tests.helpers import keyrings

    terminal = Terminal(tmp_path / "home", keyring=keyrings.absent())
    result = terminal("self-test", "--json")
    assert result.code == 0, result.out
    assert all(step["ok"] for step in result.json["steps"])
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    ("text", "count", "because"),
    [
        ("", 0, []),
        ("é🥐👩‍👩‍👧", 3, []),
        ("voir https://example.com/" + "a" * 60, 5 + 23, ["urls"]),
        ("@rosa@example.social oui", 9, ["mentions"]),
    ],
)
def test_counting(terminal: Terminal, text: str, count: int, because: list[str]) -> None:
    result = terminal.json("count", "mastodon", stdin=text.encode() + b"\n")
    assert result == {"count": count, "limit": 500, "unit": "graphemes", "over": 0, "because": because}


def test_counting_lines_goes_on_after_a_bad_one(terminal: Terminal) -> None:
    lines = [{"id": 1, "text": "a" * 501}, {"id": "b", "text": "x\n"}]
    stdin = b"\n".join([json.dumps(lines[0]).encode(), b"nonsense", b"", json.dumps(lines[1]).encode()])
    result = terminal("count", "mastodon", "--jsonl", stdin=stdin)
    assert result.code == 2
    out = [json.loads(line) for line in result.out.splitlines()]
    assert [(one.get("id"), one.get("over"), one.get("count")) for one in out] == [(1, 1, 501), (None, None, None), ("b", 0, 2)]
    assert out[1]["error"]["code"] == "bad_input"
    assert result.err.count("\n") == 1


def test_help_and_version_need_nothing_of_the_house() -> None:
    """No network, no database, no window is loaded to tell a version, and it takes no time worth noticing."""
    code = (
        "import sys, cmdesk.__main__ as m\ntry: m.main(['--help'])\nexcept SystemExit: pass\n"
        "print(sorted(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=inherited(), capture_output=True, text=True, check=True)
    loaded = done.stderr
    for heavy in ("'sqlmodel'", "'httpx'", "'PySide6'", "'keyring'", "'PIL'", "'cmdesk.services.desk'", "'cmdesk.networks.http'"):
        assert heavy not in loaded
    assert "self-test" in done.stdout


def test_no_display_is_told_in_a_sentence() -> None:
    env = {name: value for name, value in inherited().items() if name not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}}
    done = subprocess.run(
        [sys.executable, "-m", "cmdesk", "window", "--locale", "en-CA"],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("There is no display here.")


def test_the_request_to_end_is_heard_before_the_work_begins(rosa: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Engine.submit
    heard: list[object] = []

    def submit(engine: Engine, coroutine: Coroutine[Any, Any, object], name: str | None = None) -> Future[object]:
        heard.append(signal.getsignal(signal.SIGTERM))
        return real(engine, coroutine, name)

    monkeypatch.setattr(Engine, "submit", submit)
    assert rosa("client", "list").code == 0
    assert rosa("agent", "--once").code == 0
    assert heard
    assert set(heard) == {signal.default_int_handler}


def test_the_agent_ends_cleanly_when_asked(tmp_path: Path) -> None:
    env = {**inherited(), "CMDESK_HOME": str(tmp_path / "home"), "LANG": "C"}
    with subprocess.Popen(
        [sys.executable, "-m", "cmdesk", "agent"], cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as agent:
        assert agent.stderr is not None
        assert agent.stderr.readline().startswith("Publishing and fetching")
        began = time.monotonic()
        agent.terminate()
        _, err = agent.communicate(timeout=30)
    assert time.monotonic() - began < 10
    assert (agent.returncode, err) == (0, "Stopped.\n")
