"""What a person does with a message reaches the server, or is refused with the reason."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import MovedClock
from tests.helpers.command_line import Terminal
from tests.helpers.people import Person


@pytest.fixture
def asked(shop: Terminal, bob: Person) -> dict[str, Any]:
    """Bob's question, in the inbox."""
    bob.ask("/api/v1/statuses", status="@alice Ouverts dimanche?")
    assert shop.json("sync")[0]["new"] == 1
    [message] = shop.json("inbox", "list")
    return dict(message)


def test_a_snoozed_message_comes_back(shop: Terminal, asked: dict[str, Any], clock: MovedClock) -> None:
    def refused(*more: str) -> str:
        told = shop("inbox", "state", asked["id"], *more, "--json")
        assert told.code == 2
        return f"{told.json['error']['field']} {told.json['error']['reason']}"

    assert refused("snoozed") == "until missing"
    assert refused("snoozed", "--until", "2001-01-01 09:00") == "time past"
    assert refused("answered", "--until", "2099-01-01 09:00") == "until unwanted"
    later = (clock.now()).strftime("%Y") + "-12-31 23:59"
    assert shop.json("inbox", "state", asked["id"], "snoozed", "--until", later)["state"] == "snoozed"
    assert shop.json("inbox", "list", "--state", "awaiting") == []
    assert [one["id"] for one in shop.json("inbox", "list", "--state", "snoozed")] == [asked["id"]]


def test_hiding_ends_the_notices_of_a_conversation(shop: Terminal, asked: dict[str, Any], alice: Person) -> None:
    assert shop.json("inbox", "hide", asked["id"])["state"] == "set_aside"
    [mention] = [one["status"] for one in alice.ask("/api/v1/notifications") if one["type"] == "mention"]
    assert mention["muted"] is True


def test_blocking_reaches_the_server(shop: Terminal, asked: dict[str, Any], alice: Person) -> None:
    assert shop.json("inbox", "block", asked["id"])["state"] == "set_aside"
    assert [one["username"] for one in alice.ask("/api/v1/blocks")] == ["bob"]


def test_a_report_leaves_the_state_and_wants_a_known_category(shop: Terminal, asked: dict[str, Any]) -> None:
    assert shop.json("inbox", "report", asked["id"], "--category", "spam", "--comment", "Encore")["state"] == "awaiting"
    wrong = shop("inbox", "report", asked["id"], "--category", "boring", "--json")
    assert (wrong.code, wrong.json["error"]["reason"]) == (2, "choice")
    assert "spam, legal, violation, other" in wrong.err


def test_only_our_own_answer_is_deleted(shop: Terminal, asked: dict[str, Any], alice: Person, bob: Person) -> None:
    none = shop("inbox", "delete", asked["id"], "--json")
    assert (none.code, none.json["error"]["reason"]) == (2, "no_answer")
    assert shop.json("inbox", "reply", asked["id"], "--text", "Oui")["state"] == "sent"
    assert len(alice.posts()) == 1
    assert shop("inbox", "delete", asked["id"]).err == "1 answer was deleted from the network.\n"
    assert (len(alice.posts()), len(bob.posts())) == (0, 1)


def test_an_answer_does_not_widen_who_reads_it(shop: Terminal, bob: Person) -> None:
    bob.ask("/api/v1/statuses", status="@alice Entre nous", visibility="direct")
    shop.json("sync")
    [message] = shop.json("inbox", "list")
    wider = shop("inbox", "reply", message["id"], "--text", "Oui", "--visibility", "public", "--json")
    assert (wider.code, wider.json["error"]["reason"]) == (2, "wider")
    assert shop.json("post", "list") == []


@pytest.mark.parametrize("verb", ["show", "hide", "block", "report", "delete", "reply", "state"])
def test_a_message_that_is_not_there(shop: Terminal, verb: str) -> None:
    client = shop.json("client", "show", "Rosa")["id"]
    more = {"reply": ["--text", "x"], "state": ["answered"]}.get(verb, [])
    told = shop("inbox", verb, f"{client}-m99", *more, "--json")
    assert (told.code, told.json["error"]["code"]) == (1, "not_found")


def test_rules_are_tried_kept_and_followed(shop: Terminal, bob: Person) -> None:
    rule = ["Sans noix", "--client", "Rosa", "--word", "noix", "--do", "label:allergie", "--do", "propose:hide"]
    assert shop.json("rule", "try", *rule) == {"looked": 0, "hits": []}
    assert shop.json("rule", "add", *rule)["do"] == ["label:allergie", "propose:hide"]
    bob.ask("/api/v1/statuses", status="@alice Y a-t-il des NOIX ?")
    shop.json("sync", "--client", "Rosa")
    [found] = shop.json("inbox", "list", "--query", "label:allergie")
    assert shop.json("rule", "try", *rule)["hits"] == [found["id"]]
    [proposal] = shop.json("rule", "proposals")
    assert proposal["message"] == found["id"]
    shop.json("rule", "decide", str(proposal["proposal"]), "refuse", "--client", "Rosa")
    assert shop.json("rule", "proposals") == []
    shop.json("rule", "remove", "1", "--client", "Rosa")
    assert shop.json("rule", "list") == []
    assert shop("rule", "add", "X", "--client", "Rosa", "--word", "x", "--do", "dance").code == 2


def test_a_saved_reply_is_filled_for_a_message(shop: Terminal, asked: dict[str, Any]) -> None:
    saved = shop.json("saved-reply", "add", "Horaire", "--client", "Rosa", "--fr", "Bonjour {handle}", "--en", "Hi {name}")
    filled = shop.json("saved-reply", "fill", str(saved["saved"]), asked["id"], "--lang", "fr")
    assert filled["text"].startswith("Bonjour bob")
    assert [one["name"] for one in shop.json("saved-reply", "list", "horaire")] == ["Horaire"]


def test_what_surrounds_a_message_is_kept_and_exported(shop: Terminal, asked: dict[str, Any], tmp_path: Path) -> None:
    shop.json("inbox", "note", asked["id"], "Habitué", "--person")
    assert shop.json("inbox", "label", asked["id"], "VIP")["labels"] == ["VIP"]
    card = shop.json("inbox", "person", asked["id"])
    assert (card["wrote"], card["notes"]) == (1, ["Habitué"])
    assert shop.json("inbox", "waiting")[0]["waiting"] == 1
    shop.json("inbox", "hide", asked["id"])
    target = tmp_path / "evidence.zip"
    assert shop.json("inbox", "evidence", str(target), "--client", "Rosa")["pieces"] == 1
    assert target.stat().st_mode & 0o077 == 0
