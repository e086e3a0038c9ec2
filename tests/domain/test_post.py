"""A fingerprint holds exactly what goes out; a hash holds every word; a thread splits where it is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from cmdesk.domain.account import Identity, Network
from cmdesk.domain.ids import AccountId, MediaId
from cmdesk.domain.limits import Visibility
from cmdesk.domain.post import (
    MediaItem,
    Poll,
    PostEdit,
    ReplyTarget,
    Variant,
    cleaned,
    content_for,
    fingerprint,
    preview,
    split_thread,
    text_hash,
)

ROSA, ANA = AccountId(1), AccountId(2)
WHO = {
    ROSA: Identity(Network.MASTODON, "https://a.example", "1", "rosa@a.example", "Rosa"),
    ANA: Identity(Network.MASTODON, "https://b.example", "2", "ana@b.example", "Ana"),
}
PICTURE = MediaItem(MediaId(1), "a.png", "A.png", "image/png", 9, "aa" * 32, alt="Bread", focus=(0.0, 0.5))
EDIT = PostEdit(
    text="Bonjour\n---\nEncore",
    warning="pain",
    visibility=Visibility.UNLISTED,
    language="fr",
    poll=Poll(("oui", "non")),
    media=(PICTURE,),
    variants=(Variant(ROSA), Variant(ANA, text="Hello")),
    reply_to=ReplyTarget("7"),
)

CHANGES = {
    "text": replace(EDIT, text="Bonsoir\n---\nEncore"),
    "order": replace(EDIT, text="Encore\n---\nBonjour"),
    "one part": replace(EDIT, text="Bonjour\n\nEncore"),
    "warning": replace(EDIT, warning="gluten"),
    "visibility": replace(EDIT, visibility=Visibility.PUBLIC),
    "language": replace(EDIT, language="en"),
    "sensitive": replace(EDIT, sensitive=True),
    "no poll": replace(EDIT, poll=None),
    "option": replace(EDIT, poll=Poll(("oui", "no"))),
    "poll time": replace(EDIT, poll=Poll(("oui", "non"), 60)),
    "poll many": replace(EDIT, poll=Poll(("oui", "non"), multiple=True)),
    "poll totals": replace(EDIT, poll=Poll(("oui", "non"), hide_totals=True)),
    "no picture": replace(EDIT, media=()),
    "other picture": replace(EDIT, media=(replace(PICTURE, sha256="bb" * 32),)),
    "alt": replace(EDIT, media=(replace(PICTURE, alt="Cake"),)),
    "focus": replace(EDIT, media=(replace(PICTURE, focus=(0.5, 0.5)),)),
    "picture's part": replace(EDIT, media=(replace(PICTURE, part=1),)),
    "variant's text": replace(EDIT, variants=(Variant(ROSA), Variant(ANA, text="Hi"))),
    "variant's warning": replace(EDIT, variants=(Variant(ROSA, warning=""), Variant(ANA, text="Hello"))),
    "variant's visibility": replace(EDIT, variants=(Variant(ROSA, visibility=Visibility.DIRECT), Variant(ANA, text="Hello"))),
    "variant's language": replace(EDIT, variants=(Variant(ROSA, language="oc"), Variant(ANA, text="Hello"))),
    "fewer targets": replace(EDIT, variants=(Variant(ROSA),)),
    "reply": replace(EDIT, reply_to=ReplyTarget("8")),
    "no reply": replace(EDIT, reply_to=None),
}


@pytest.mark.parametrize("name", CHANGES)
def test_any_change_of_what_goes_out_breaks_the_fingerprint(name: str) -> None:
    assert fingerprint(CHANGES[name], WHO) != fingerprint(EDIT, WHO)


def test_no_two_of_these_have_one_fingerprint() -> None:
    assert len({fingerprint(edit, WHO) for edit in CHANGES.values()}) == len(CHANGES)


@pytest.mark.parametrize(
    "other",
    [
        replace(EDIT, labels=("promo",)),
        replace(EDIT, variants=EDIT.variants[::-1]),
        replace(EDIT, media=(replace(PICTURE, original_name="B.png"),)),
        replace(EDIT, text="  Bonjour \n---\n\nEncore\n\n---\n"),
    ],
)
def test_what_does_not_go_out_leaves_it(other: PostEdit) -> None:
    assert fingerprint(other, WHO) == fingerprint(EDIT, WHO)


def test_another_person_behind_an_account_breaks_it_and_another_name_does_not() -> None:
    named = {**WHO, ROSA: replace(WHO[ROSA], handle="new@a.example", display_name="New")}
    other = {**WHO, ROSA: replace(WHO[ROSA], remote_id="99")}
    moved = {**WHO, ROSA: replace(WHO[ROSA], server="https://c.example")}
    assert fingerprint(EDIT, named) == fingerprint(EDIT, WHO)
    assert len({fingerprint(EDIT, who) for who in (WHO, other, moved)}) == 3


@given(st.text(), st.text())
def test_two_texts_have_one_hash_only_when_they_are_one(first: str, second: str) -> None:
    same = text_hash(PostEdit(text=first)) == text_hash(PostEdit(text=second))
    assert same == (first == second)


def test_the_hash_holds_every_word() -> None:
    edits = [
        EDIT,
        CHANGES["text"],
        CHANGES["warning"],
        CHANGES["alt"],
        CHANGES["option"],
        CHANGES["variant's text"],
        CHANGES["variant's warning"],
    ]
    assert len({text_hash(edit) for edit in edits}) == len(edits)


@given(st.text())
def test_what_is_cleaned_can_be_stored_and_stays(text: str) -> None:
    once = cleaned(PostEdit(text=text))
    once.text.encode()
    assert "\x00" not in once.text
    assert "\r" not in once.text
    assert cleaned(once) == once


def test_half_a_letter_is_replaced_and_two_halves_joined() -> None:
    assert cleaned(PostEdit(text="\ud83d\ude00 \ud83d")).text == "😀 \ufffd"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ("",)),
        ("one", ("one",)),
        ("one\n---\ntwo", ("one", "two")),
        ("one\r\n---\r\ntwo", ("one", "two")),
        ("one\n  ---\t\ntwo\n---\n\n---\nthree\n", ("one", "two", "three")),
        ("---\n---", ("",)),
        ("a --- b\n----\nc", ("a --- b\n----\nc",)),
    ],
)
def test_a_line_of_three_dashes_begins_a_part(text: str, parts: tuple[str, ...]) -> None:
    assert split_thread(text) == parts


@given(st.text(alphabet="ab \n-\r"))
def test_a_thread_always_has_a_part_and_none_is_empty_beside_others(text: str) -> None:
    parts = split_thread(text)
    assert parts == ("",) or all(parts)


def test_media_of_a_part_that_is_gone_go_with_the_last() -> None:
    edit = PostEdit(text="one\n---\ntwo", media=(replace(PICTURE, part=7),), variants=(Variant(ROSA),))
    assert [len(part.media) for part in content_for(edit, ROSA).parts] == [0, 1]


def test_an_account_that_is_not_meant_has_no_content() -> None:
    with pytest.raises(KeyError):
        content_for(EDIT, AccountId(3))


@given(st.text())
def test_a_preview_is_one_short_line(text: str) -> None:
    assert len(preview(text)) <= 140
    assert "\n" not in preview(text)
