"""What stops a queue is said by every command that could be asked, and ended by a person's word."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from cmdesk.domain import journal as chain
from cmdesk.domain.ids import DeliveryId
from cmdesk.domain.journal import Event, Line
from tests.cli.conftest import MovedClock
from tests.helpers.command_line import Terminal
from tests.helpers.people import Person


@pytest.fixture
def planned(shop: Terminal) -> str:
    """A delivery planned for 2099."""
    added = shop.json("post", "add", "--client", "Rosa", "--account", "alice", "--text", "Later", "--at", "2099-01-01 09:00")
    return str(added["deliveries"][0]["id"])


def send(shop: Terminal, text: str) -> str:
    document = shop.json("post", "add", "--client", "Rosa", "--account", "alice", "--text", text, "--now")
    return str(document["deliveries"][0]["id"])


def texts(person: Person) -> list[str]:
    return sorted(re.sub(r"<[^>]+>", "", post["content"]) for post in person.posts())


def client_of(shop: Terminal) -> str:
    return str(shop.json("client", "list")[0]["id"])


def test_a_copied_folder_is_named_by_every_command_and_sends_nothing(
    shop: Terminal, alice: Person, clock: MovedClock, tmp_path: Path
) -> None:
    send(shop, "First")
    shop.json("post", "add", "--client", "Rosa", "--account", "alice", "--text", "Second", "--at", _soon(clock, 2))
    shutil.copytree(shop.home, tmp_path / "copy")
    copy = replace(shop, home=tmp_path / "copy")
    clock.by += timedelta(minutes=5)
    for command in (("outbox", "list"), ("outbox", "run"), ("agent", "--once"), ("doctor",)):
        result = copy(*command, "--json")
        assert result.code == 3, (command, result.err)
        assert "exists twice" in result.err or "exists twice" in result.out, command
    assert texts(alice) == ["First"]
    assert [one["because"] for one in copy("doctor", "--json").json["queues_held"]] == ["copied"]
    assert shop("outbox", "run").code == 0
    assert texts(alice) == ["First", "Second"]

    answer = copy("outbox", "confirm", "Rosa", "other", "--json")
    assert (answer.code, answer.json["hold"]["retired"]) == (0, True)
    assert copy("outbox", "list").code == 0
    answer = copy("outbox", "confirm", "Rosa", "real", "--json")
    assert (answer.code, answer.json["hold"], answer.json["to_look_at"]) == (3, None, 1)
    assert [row["held_because"] for row in copy("outbox", "late", "--json").json] == ["doubt"]
    assert copy("outbox", "run").code == 3
    assert texts(alice) == ["First", "Second"]
    # Now the first one is the one in doubt; its journal is as sound as it was.
    assert shop("outbox", "list").code == 3
    assert [terminal("journal", "verify").code for terminal in (shop, copy)] == [0, 0]
    assert copy("outbox", "confirm", "Rosa", "real").code == 1  # nothing is held any more


def _soon(clock: MovedClock, minutes: int) -> str:
    there = clock.now() + timedelta(minutes=minutes)
    return there.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%SZ")


def test_the_crisis_key_freezes_and_lets_go_one_by_one(shop: Terminal, alice: Person, planned: str) -> None:
    other = shop.json("post", "add", "--client", "Rosa", "--account", "alice", "--text", "Too", "--at", "2099-01-02 09:00")
    frozen = shop.json("client", "freeze", "Rosa", "--note", "a recall")
    assert frozen["frozen"]["note"] == "a recall"
    assert {(row["state"], row["held_because"]) for row in shop.json("outbox", "list")} == {("held", "crisis")}
    result = shop("post", "add", "--client", "Rosa", "--account", "alice", "--text", "Now", "--now", "--json")
    assert (result.code, texts(alice)) == (3, [])
    refused = shop("outbox", "decide", planned, "now", "--json")
    assert (refused.code, refused.json["error"]["from_state"]) == (1, "frozen")
    shop.json("client", "thaw", "Rosa", planned)
    states = {row["id"]: row["state"] for row in shop.json("outbox", "list")}
    assert (states[planned], states[other["deliveries"][0]["id"]]) == ("planned", "held")
    assert shop.json("client", "thaw", "Rosa")["frozen"] is None
    assert shop("client", "thaw", "Rosa").code == 1
    events = [line["event"] for line in shop.json("journal", "list", "--client", "Rosa")]
    assert (events.count("frozen"), events.count("thawed")) == (1, 2)


def test_the_journal_is_read_checked_and_handed_out(shop: Terminal, tmp_path: Path) -> None:
    sent = send(shop, "=1+1")
    lines = shop.json("journal", "list", "--delivery", sent)
    assert [(line["event"], line["outcome"]) for line in lines] == [("ended", "published"), ("begun", "send")]
    assert json.loads(lines[0]["detail"])["url"].startswith("http")
    assert [one["sound"] for one in shop.json("journal", "verify")] == [True]

    shop.json("journal", "export", "Rosa", str(tmp_path / "journal.jsonl"))
    head, *rows = [json.loads(line) for line in (tmp_path / "journal.jsonl").read_text("utf-8").splitlines()]
    assert head["genesis"] == chain.genesis(client_of(shop))
    assert chain.verify(client_of(shop), [_line(row) for row in rows]).sound
    shop.json("journal", "export", "Rosa", str(tmp_path / "journal.csv"))
    table = list(csv.DictReader(io.StringIO((tmp_path / "journal.csv").read_text("utf-8-sig"))))
    assert [row["hash"] for row in table] == [row["hash"] for row in rows]
    assert not any(cell[:1] in set("=+-@\t\r") for row in table for cell in row.values())
    assert shop("journal", "export", "Rosa", str(tmp_path / "journal.csv")).code == 2  # never over a file that is there

    database = next((shop.home / "clients").glob("*/client.sqlite"))
    plain = sqlite3.connect(database)
    plain.execute("UPDATE journal SET outcome = 'refused' WHERE outcome = 'published'")
    plain.commit()
    plain.close()
    result = shop("journal", "verify", "--json")
    assert (result.code, result.json[0]["why"]) == (1, "changed")


def _line(row: dict[str, Any]) -> Line:
    delivery = None if row["delivery"] is None else DeliveryId(int(row["delivery"].rpartition("-d")[2]))
    at = datetime.fromisoformat(row["at"])
    return Line(
        row["number"],
        at,
        Event(row["event"]),
        delivery,
        row["part"],
        row["account"],
        row["outcome"],
        row["detail"],
        row["previous"],
        row["hash"],
    )


def test_a_missing_end_of_the_journal_is_remembered_by_this_computer(shop: Terminal) -> None:
    send(shop, "One")
    database = next((shop.home / "clients").glob("*/client.sqlite"))
    plain = sqlite3.connect(database)
    plain.execute("DELETE FROM journal")
    plain.commit()
    plain.close()
    assert shop("journal", "verify", "--json").json[0]["why"] == "tail"
    assert shop("outbox", "list").code == 3  # and the queue asks which file this is


def test_one_decision_for_many_says_first_whose_voices_would_speak(shop: Terminal, alice: Person, clock: MovedClock) -> None:
    for text in ("One", "Two"):
        shop.json("post", "add", "--client", "Rosa", "--account", "alice", "--text", text, "--at", _soon(clock, 1))
    clock.by += timedelta(hours=3)
    assert shop("outbox", "run").code == 3
    listed = shop("outbox", "late", "--json")
    assert listed.code == 3
    assert [(one["why"], one["choices"]) for one in listed.json] == [("late", ["now", "next-slot", "move", "drop"])] * 2
    asked = shop("outbox", "decide-all", "next-slot", "--json")
    assert asked.code == 3
    (line,) = asked.json["lines"]
    assert (line["client_name"], line["handle"].partition("@")[0], line["number"]) == ("Rosa", "alice", 2)
    assert asked.json["done"] == []
    done = shop.json("outbox", "decide-all", "next-slot", "--yes")
    assert [one["state"] for one in done["done"]] == ["planned", "planned"]
    first, second = sorted(row["planned"]["at"] for row in shop.json("outbox", "list"))
    assert datetime.fromisoformat(second) - datetime.fromisoformat(first) >= timedelta(minutes=15)
    assert texts(alice) == []


def test_quiet_hours_are_set_shown_and_ended(shop: Terminal) -> None:
    assert shop.json("client", "set", "Rosa", "--quiet", "22:00-07:00")["quiet"] == "22:00-07:00"
    assert shop.json("client", "show", "Rosa")["quiet"] == "22:00-07:00"
    assert shop("client", "set", "Rosa", "--quiet", "late").code == 2
    assert shop.json("client", "set", "Rosa", "--quiet", "none")["quiet"] is None
