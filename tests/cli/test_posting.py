"""What a post carries arrives on the server as it was meant, and what is live can be looked at and taken back."""

from __future__ import annotations

import io
import urllib.request
from pathlib import Path

import pytest
from PIL import Image

from tests.helpers.command_line import Terminal
from tests.helpers.people import Person

ADD = ("post", "add", "--client", "Rosa", "--account", "alice")


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A picture that knows where it was taken, and with which camera."""
    exif = Image.Exif()
    exif[0x010F] = "Camera of Rosa"
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (45.0, 30.0, 0.0), "W", (73.0, 30.0, 0.0)
    file = tmp_path / "pain.jpg"
    Image.new("RGB", (40, 30), "red").save(file, exif=exif)
    with Image.open(file) as picture:
        assert picture.getexif().get_ifd(0x8825)
    return file


def test_a_picture_arrives_with_its_words_and_without_its_place(shop: Terminal, alice: Person, photo: Path) -> None:
    told = shop(*ADD, "--text", "Photo", "--media", str(photo), "--alt", "Un pain rouge 🍞", "--now")
    assert (told.code, told.err) == (0, "")
    [post] = alice.posts()
    [picture] = post["media_attachments"]
    assert picture["description"] == "Un pain rouge 🍞"
    with urllib.request.urlopen(picture["url"], timeout=10) as answer:
        raw = answer.read()
    assert b"Camera of Rosa" not in raw
    with Image.open(io.BytesIO(raw)) as arrived:
        assert arrived.size == (40, 30)
        assert not arrived.getexif()
    assert photo.read_bytes()[:3] == b"\xff\xd8\xff"  # the file itself was left alone
    assert b"Camera of Rosa" in photo.read_bytes()


@pytest.mark.parametrize("when", [(), ("--at", "2099-01-01 09:00"), ("--now",)])
def test_missing_words_of_a_picture_are_told_and_stop_nothing(shop: Terminal, photo: Path, when: tuple[str, ...]) -> None:
    told = shop(*ADD, "--text", "Photo", "--media", str(photo), *when)
    assert told.code == 0
    assert "pain.jpg has no words for those who cannot see it" in told.err


@pytest.mark.parametrize(
    ("content", "field", "reason"),
    [(None, "file", "not_found"), (b"no picture", "media", "unknown_type"), (b"", "media", "empty"),
     (b"\xff\xd8\xff\xe0" + b"x" * 50, "media", "damaged")],
)  # fmt: skip
def test_a_wrong_file_leaves_nothing_behind(
    shop: Terminal, alice: Person, tmp_path: Path, content: bytes | None, field: str, reason: str
) -> None:
    file = tmp_path / "x.jpg"
    if content is not None:
        file.write_bytes(content)
    told = shop(*ADD, "--text", "Photo", "--media", str(file), "--alt", "a", "--now", "--json")
    assert (told.code, told.json["error"]["field"], told.json["error"]["reason"]) == (2, field, reason)
    assert told.err.count("\n") == 1
    assert (shop.json("post", "list"), alice.posts()) == ([], [])


def test_words_without_a_picture_are_refused(shop: Terminal) -> None:
    told = shop(*ADD, "--text", "Photo", "--alt", "a", "--json")
    assert (told.code, told.json["error"]["field"]) == (2, "alt")


def test_options_of_a_post_reach_the_server(shop: Terminal, alice: Person) -> None:
    shop.json(*ADD, "--text", "Le film finit bien", "--cw", "Fin du film", "--visibility", "unlisted", "--lang", "fr", "--now")
    [post] = alice.posts()
    assert (post["spoiler_text"], post["visibility"], post["language"]) == ("Fin du film", "unlisted", "fr")


def test_a_thread_goes_out_in_order_and_comes_back_whole(shop: Terminal, alice: Person) -> None:
    sent = shop.json(*ADD, "--text-stdin", "--now", stdin=b"Un\n---\nDeux\n---\nTrois")
    assert [(one["parts"], one["parts_out"]) for one in sent["deliveries"]] == [(3, 3)]
    third, second, first = alice.posts()
    assert [text in post["content"] for text, post in zip(("Un", "Deux", "Trois"), (first, second, third), strict=True)] == [
        True, True, True,
    ]  # fmt: skip
    assert (first["in_reply_to_id"], second["in_reply_to_id"], third["in_reply_to_id"]) == (None, first["id"], second["id"])
    gone = shop.json("post", "delete-remote", sent["post"])
    assert gone["deliveries"][0]["state"] == "gone"
    assert gone["state"] == "gone"
    assert alice.posts() == []
    assert "taken down" in shop("post", "list").out


def test_what_is_live_is_changed_when_that_is_asked_for(shop: Terminal, alice: Person) -> None:
    sent = shop.json(*ADD, "--text", "Du pian", "--now")
    [before] = alice.posts()
    told = shop("post", "edit", sent["post"], "--text", "Du pain", "--live", "--json")
    assert told.code == 0, told.err
    assert [one["outcome"] for one in told.json["live"]] == ["changed"]
    [after] = alice.posts()
    assert "Du pain" in after["content"]
    assert (after["id"], after["url"]) == (before["id"], before["url"])
    again = shop("post", "edit", sent["post"], "--live", "--json")
    assert (again.code, [one["outcome"] for one in again.json["live"]]) == (0, ["same"])
    shown = shop("post", "edit", sent["post"], "--live")
    assert "what is live says this already" in shown.err


def test_what_no_edit_can_change_is_said_and_what_is_not_live_is_not_changed(shop: Terminal, alice: Person) -> None:
    draft = shop.json(*ADD, "--text", "Un")["post"]
    refused = shop("post", "edit", draft, "--text", "Deux", "--live")
    assert refused.err == "Nothing of this post is live on the network.\n"
    assert shop.json("post", "show", draft)["text"] == "Un", "nothing was changed here either"
    sent = shop.json(*ADD, "--text", "Un", "--now")["post"]
    told = shop("post", "edit", sent, "--visibility", "unlisted", "--live")
    assert told.code == 2
    assert "Who may see a live post cannot be changed." in told.err
    assert len(alice.posts()) == 1


def test_editing_what_is_live_keeps_the_network_as_it_is_and_says_so(shop: Terminal, alice: Person) -> None:
    sent = shop.json(*ADD, "--text", "Avant", "--now")
    told = shop("post", "edit", sent["post"], "--text", "Après", "--json")
    assert (told.code, told.json["text"], told.json["state"]) == (0, "Après", "sent")
    assert "Live posts keep their words: alice@" in told.err
    assert "Avant" in alice.posts()[0]["content"]
    assert [one["text"] for one in shop.json("post", "versions", sent["post"])] == ["Avant"]
    again = shop("post", "move", sent["post"], "--now", "--json")
    assert (again.code, again.json["error"]["code"]) == (1, "not_allowed")
    assert again.err == "It is out already.\n"
    assert len(alice.posts()) == 1


def test_an_edit_over_somebody_elses_is_refused(shop: Terminal) -> None:
    post = shop.json(*ADD, "--text", "Un")["post"]
    shop.json("post", "edit", post, "--text", "Deux", "--revision", "1")
    stale = shop("post", "edit", post, "--text", "Trois", "--revision", "1", "--json")
    assert (stale.code, stale.json["error"]["code"]) == (1, "stale_revision")
    assert shop.json("post", "show", post)["text"] == "Deux"


def test_what_is_not_live_cannot_be_taken_back(shop: Terminal, alice: Person) -> None:
    draft = shop.json(*ADD, "--text", "Brouillon")["post"]
    assert shop("post", "delete-remote", draft).err == "Nothing of this post is live on the network.\n"
    assert shop("post", "cancel", draft).err == "This post is a draft: nothing of it is planned or out.\n"
    sent = shop.json(*ADD, "--text", "Sorti", "--now")["post"]
    shop.json("post", "delete-remote", sent)
    assert shop("post", "delete-remote", sent).code == 1
    assert alice.posts() == []


def test_a_variant_is_what_its_account_says(shop: Terminal, alice: Person) -> None:
    post = shop.json(*ADD, "--text", "Pour tous")["post"]
    shop.json("post", "edit", post, "--account", "alice", "--text", "Pour alice")
    assert shop.json("post", "move", post, "--now")["state"] == "sent"
    assert "Pour alice" in alice.posts()[0]["content"]


def test_a_first_comment_answers_its_post(shop: Terminal, alice: Person) -> None:
    stands = shop.json(*ADD, "--text", "Le pain du jour", "--first-comment", " La recette est sur le site ", "--now")
    [delivery] = stands["deliveries"]
    assert (delivery["state"], delivery["parts"], delivery["parts_out"]) == ("sent", 2, 2)
    by_words = {post["content"].partition("<p>")[2].partition("</p>")[0]: post for post in alice.posts()}
    assert set(by_words) == {"Le pain du jour", "La recette est sur le site"}
    assert by_words["La recette est sur le site"]["in_reply_to_id"] == by_words["Le pain du jour"]["id"]
    shown = shop.json("post", "show", stands["post"])
    assert shown["first_comment"].strip() == "La recette est sur le site"


def test_what_only_some_networks_know_is_kept_told_and_taken_away(shop: Terminal) -> None:
    told = shop(
        *ADD,
        "--text",
        "Bonjour",
        "--replies",
        "followers, mentioned",
        "--no-quotes",
        "--label",
        "nudity",
        "--lang",
        "fr,en",
        "--json",
    )
    assert told.code == 0
    assert "everybody may answer and quote" in told.err
    assert "no content labels" in told.err
    post = told.json["post"]
    shown = shop.json("post", "show", post)
    assert (shown["replies"], shown["quotable"], shown["content_labels"]) == (["followers", "mentioned"], False, ["nudity"])
    assert (shown["language"], shown["languages"]) == ("fr", ["en"])
    assert "followers, who is mentioned, no quotes" in shop("post", "show", post).out
    after = shop.json(
        "post", "edit", post, "--replies", "anyone", "--label", "", "--quote", "https://bsky.app/profile/a.test/post/b"
    )
    assert (after["replies"], after["content_labels"], after["quotable"]) == (None, [], False)
    refused = shop("post", "move", post, "--now", "--json")
    assert refused.code == 1
    assert "quote_not_supported" in {one["code"] for one in refused.json["error"]["problems"]}
    bad = shop("post", "edit", post, "--replies", "friends", "--json")
    assert (bad.code, bad.json["error"]["field"]) == (2, "replies")
