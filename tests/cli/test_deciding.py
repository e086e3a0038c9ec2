"""A person's decision about a delivery is carried out, or refused with the reason; and nothing goes out twice."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import MovedClock
from tests.helpers.command_line import Terminal
from tests.helpers.people import Person

ADD = ("post", "add", "--client", "Rosa", "--account", "alice", "--text", "Une fois")


@pytest.fixture
def planned(shop: Terminal) -> str:
    delivery = shop.json(*ADD, "--at", "2099-01-01 09:00")["deliveries"][0]["id"]
    return str(delivery)


@pytest.fixture
def uncertain(shop: Terminal, alice: Person) -> str:
    """A delivery whose answer nobody could read; it is not there."""
    alice.plant({"type": "malformed"})
    told = shop(*ADD, "--now", "--json")
    assert (told.code, told.json["deliveries"][0]["state"]) == (3, "uncertain")
    assert "look-again" in told.err
    return str(told.json["deliveries"][0]["id"])


@pytest.fixture
def held(shop: Terminal, clock: MovedClock) -> str:
    """A delivery that is late, because nothing ran when it was due."""
    soon = clock.now() + timedelta(minutes=2)
    shop.json("client", "set", "Rosa", "--timezone", "UTC")
    delivery = shop.json(*ADD, "--at", f"{soon:%Y-%m-%d %H:%M}")["deliveries"][0]["id"]
    clock.by = timedelta(hours=5)
    told = shop("outbox", "run", "--json")
    assert (told.code, told.json["held"], told.json["deliveries"][0]["held_because"]) == (3, 1, "late")
    return str(delivery)


def decide(shop: Terminal, *words: str) -> tuple[int, Any]:
    told = shop("outbox", "decide", *words, "--json")
    return told.code, told.json


def test_late_is_asked_and_sent_when_a_person_says_now(shop: Terminal, alice: Person, held: str) -> None:
    assert alice.posts() == []
    code, where = decide(shop, held, "now")
    assert (code, where["state"], len(alice.posts())) == (0, "sent", 1)


def test_late_is_moved(shop: Terminal, alice: Person, held: str) -> None:
    code, where = decide(shop, held, "move", "2099-05-05 10:00")
    assert (code, where["state"], where["planned"]["wall"]) == (0, "planned", "2099-05-05T10:00:00")
    shop.json("outbox", "run")
    assert alice.posts() == []


def test_late_is_dropped(shop: Terminal, alice: Person, held: str) -> None:
    code, where = decide(shop, held, "drop")
    assert (code, where["state"]) == (0, "cancelled")
    shop.json("outbox", "run")
    assert alice.posts() == []


def test_a_person_saw_it_live(shop: Terminal, uncertain: str, alice: Person) -> None:
    code, where = decide(shop, uncertain, "is-live", "https://example.social/@alice/1")
    assert (code, where["state"], where["url"]) == (0, "sent", "https://example.social/@alice/1")
    shop.json("outbox", "run")
    assert alice.posts() == []


def test_a_person_gives_the_uncertain_up(shop: Terminal, uncertain: str, alice: Person) -> None:
    assert decide(shop, uncertain, "drop")[1]["state"] == "cancelled"
    shop.json("outbox", "run")
    assert alice.posts() == []


def test_looking_once_more_says_when_nothing_is_there(shop: Terminal, uncertain: str, alice: Person) -> None:
    code, where = decide(shop, uncertain, "look-again")
    assert (code, where["state"], alice.posts()) == (3, "uncertain", [])


def test_a_person_says_that_it_is_not_there(shop: Terminal, uncertain: str, alice: Person) -> None:
    code, where = decide(shop, uncertain, "now")
    assert (code, where["state"], len(alice.posts())) == (0, "sent", 1)


def test_what_is_uncertain_waits_through_every_run(shop: Terminal, uncertain: str, alice: Person) -> None:
    for _ in range(3):
        told = shop("outbox", "run", "--json")
        assert (told.code, told.json["sent"]) == (3, 0)
    moved = shop("post", "move", shop.json("outbox", "list")[0]["post"], "--now", "--json")
    assert (moved.code, moved.json["error"]["code"]) == (1, "not_allowed")
    assert alice.posts() == []
    assert [(one["id"], one["state"]) for one in shop.json("outbox", "list")] == [(uncertain, "uncertain")]


@pytest.mark.parametrize(
    ("words", "code", "error", "reason"),
    [
        (["move"], 2, "bad_input", "missing"),
        (["move", "soon"], 2, "bad_input", None),
        (["move", "2001-01-01 09:00"], 2, "bad_input", "past"),
        (["is-live"], 2, "bad_input", "missing"),
        (["is-live", "ftp://example.social/1"], 2, "bad_input", "not_an_address"),
        (["is-live", "https://example.social/1"], 1, "not_allowed", None),
        (["now", "2099-01-01 09:00"], 2, "bad_input", "unwanted"),
        (["drop", "it"], 2, "bad_input", "unwanted"),
        (["look-again", "please"], 2, "bad_input", "unwanted"),
        (["look-again"], 1, "not_allowed", None),
        (["perhaps"], 2, "usage", "choice"),
    ],
)
def test_a_decision_that_cannot_be(
    shop: Terminal, alice: Person, planned: str, words: list[str], code: int, error: str, reason: str | None
) -> None:
    before = shop.json("outbox", "list")
    told = shop("outbox", "decide", planned, *words, "--json")
    assert (told.code, told.json["error"]["code"]) == (code, error)
    assert reason is None or told.json["error"]["reason"] == reason
    assert shop.json("outbox", "list") == before
    assert alice.posts() == []


@pytest.mark.parametrize(
    "words", [["now"], ["move", "2099-01-01 09:00"], ["drop"], ["look-again"], ["is-live", "https://a.example/1"]]
)
def test_what_is_out_is_no_longer_decided(shop: Terminal, alice: Person, words: list[str]) -> None:
    delivery = shop.json(*ADD, "--now")["deliveries"][0]["id"]
    code, told = decide(shop, delivery, *words)
    assert (code, told["error"]["code"], told["error"]["message"]) == (1, "not_allowed", "It is out already.")
    assert len(alice.posts()) == 1


def test_only_a_delivery_of_this_desk_is_decided(shop: Terminal, planned: str) -> None:
    client = planned.partition("-")[0]
    assert decide(shop, f"{client}-d99", "now")[1]["error"]["code"] == "not_found"
    assert decide(shop, f"{client}-p1", "now")[1]["error"]["reason"] == "wrong_kind"
    assert decide(shop, "zzzzzzzz-d1", "now")[1]["error"]["code"] in {"not_found", "bad_input"}


def test_a_backup_holds_what_may_have_gone_out_since(shop: Terminal, alice: Person, clock: MovedClock) -> None:
    """The backup still plans a post that went out after it was made: putting it back must not send it again."""
    shop.json("client", "set", "Rosa", "--timezone", "UTC")
    soon = clock.now() + timedelta(minutes=2)
    added = shop.json(*ADD, "--at", f"{soon:%Y-%m-%d %H:%M}")
    [kept] = shop.json("backup", "--client", "Rosa")
    clock.by = timedelta(minutes=3)
    assert shop.json("outbox", "run")["sent"] == 1
    assert shop.json("backup", "restore", kept["file"])["held"] == 1
    ran = shop("outbox", "run", "--json")
    assert (ran.code, ran.json["sent"]) == (3, 0)
    [delivery] = shop.json("outbox", "list")
    assert (delivery["id"], delivery["state"], delivery["held_because"]) == (added["deliveries"][0]["id"], "held", "doubt")
    assert len(alice.posts()) == 1


def test_what_was_planned_waits_in_another_home_until_it_is_linked_and_decided(
    shop: Terminal, alice: Person, tmp_path: Path
) -> None:
    added = shop.json(*ADD, "--at", "2099-01-01 09:00")
    file = tmp_path / "rosa.cmdesk"
    shop.json("client", "export", "Rosa", str(file))
    assert b"alice_token" not in file.read_bytes()
    elsewhere = Terminal(tmp_path / "elsewhere")
    taken = elsewhere.json("client", "import", str(file))
    assert [one["health"] for one in taken["accounts"]] == ["secret_missing"]
    assert elsewhere.keyring.entries == {}
    [waiting] = elsewhere.json("outbox", "list")
    assert (waiting["state"], elsewhere.json("post", "show", waiting["post"])["text"]) == ("held", "Une fois")
    account = taken["accounts"][0]["id"]
    wrong = elsewhere("account", "renew", account, "--token-stdin", "--json", stdin=b"bob_token")
    assert (wrong.code, wrong.json["error"]["code"]) == (1, "wrong_identity")
    assert elsewhere.keyring.entries == {}
    elsewhere.json("account", "renew", account, "--token-stdin", stdin=b"alice_token")
    assert decide(elsewhere, waiting["id"], "now")[1]["state"] == "sent"
    assert len(alice.posts()) == 1
    assert added["deliveries"][0]["state"] == "planned"


def test_renewing_as_somebody_else_changes_nothing(shop: Terminal, alice: Person) -> None:
    before, kept = shop.json("account", "list"), dict(shop.keyring.entries)
    wrong = shop("account", "renew", "--token-stdin", "--json", stdin=b"bob_token")
    assert (wrong.code, wrong.json["error"]["code"]) == (1, "wrong_identity")
    assert "bob@" in wrong.err
    assert (shop.json("account", "list"), shop.keyring.entries) == (before, kept)
    assert shop.json(*ADD, "--now")["state"] == "sent"
    assert len(alice.posts()) == 1
