"""Every problem a network would make is named before anything is sent."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from cmdesk.domain import checking
from cmdesk.domain.checking import check
from cmdesk.domain.clock import SystemClock
from cmdesk.domain.extras import Extras
from cmdesk.domain.ids import MediaId
from cmdesk.domain.limits import Limits, Severity, Visibility
from cmdesk.domain.post import Content, MediaItem, Part, Poll, ReplyTarget

LIMITS = Limits(read_at=SystemClock().now(), mime_types=frozenset({"image/png", "video/mp4"}))


def item(**more: object) -> MediaItem:
    plain = MediaItem(MediaId(1), "a.png", "A.png", "image/png", 1000, "0" * 64, 10, 10, alt="Un pain")
    return replace(plain, **more)


def content(text: str = "Bonjour", *media: MediaItem, **more: object) -> Content:
    return replace(Content((Part(text, media),)), **more)


CASES: list[tuple[str, Content, Limits]] = [
    ("quote_not_supported", content(extras=Extras(quote="https://a.example/1")), LIMITS),
    ("quote_address", content(extras=Extras(quote="nowhere")), replace(LIMITS, quotes=True)),
    ("gate_not_supported", content(extras=Extras(quotable=False)), LIMITS),
    ("gate_on_reply", content(extras=Extras(repliers=()), reply_to=ReplyTarget("1")), replace(LIMITS, gates=True)),
    ("labels_not_supported", content(extras=Extras(content_labels=("nudity",))), LIMITS),
    ("too_many_labels", content(extras=Extras(content_labels=("a", "b"))), replace(LIMITS, max_labels=1)),
    ("label_words", content(extras=Extras(content_labels=("deux mots",))), replace(LIMITS, max_labels=1)),
    ("too_many_languages", content(extras=Extras(languages=("en", "es", "de"))), LIMITS),
    ("empty", content("  "), LIMITS),
    ("too_long", content("a" * 501), LIMITS),
    ("too_long", content("a" * 491, warning="attention!"), LIMITS),
    ("too_many_bytes", content("👨‍👩‍👧‍👦" * 121), replace(LIMITS, max_characters=300, max_bytes=3000)),
    ("media_required", content("Bonjour"), replace(LIMITS, media_required=True)),
    ("too_many_media", content("a", *[item()] * 5), LIMITS),
    ("mixed_media", content("a", item(), item(mime="video/mp4")), LIMITS),
    ("media_type", content("a", item(mime="image/tiff")), LIMITS),
    ("media_too_large", content("a", item(size=20_000_000)), LIMITS),
    ("media_too_large", content("a", item(mime="video/mp4", size=200_000_000)), LIMITS),
    ("media_too_many_pixels", content("a", item(width=10_000, height=10_000)), LIMITS),
    ("alt_missing", content("a", item(alt=" ")), LIMITS),
    ("alt_too_short", content("a", item(alt="ab")), replace(LIMITS, alt_minimum=3)),
    ("alt_too_long", content("a", item(alt="a" * 1501)), LIMITS),
    ("poll_with_media", content("a", item(), poll=Poll(("a", "b"))), LIMITS),
    ("poll_not_supported", content("a", poll=Poll(("a", "b"))), replace(LIMITS, poll_options=0)),
    ("poll_options", content("a", poll=Poll(("a",))), LIMITS),
    ("poll_options", content("a", poll=Poll(("a", "b", "c", "d", "e"))), LIMITS),
    ("poll_option_empty", content("a", poll=Poll(("a", " "))), LIMITS),
    ("poll_option_too_long", content("a", poll=Poll(("a", "b" * 51))), LIMITS),
    ("poll_option_twice", content("a", poll=Poll(("a", "a "))), LIMITS),
    ("poll_time", content("a", poll=Poll(("a", "b"), expires_in=10)), LIMITS),
    ("visibility", content("@a", visibility=Visibility.DIRECT), replace(LIMITS, visibilities=(Visibility.PUBLIC,))),
    ("direct_without_mention", content("a", visibility=Visibility.DIRECT), LIMITS),
    ("control_characters", content("a\x00b"), LIMITS),
    ("control_characters", content("a", warning="\x1b"), LIMITS),
    ("warning_not_supported", content("a", warning="attention"), replace(LIMITS, warnings=False)),
    ("limits_unknown", content("a"), replace(LIMITS, read_at=None)),
]


@pytest.mark.parametrize(("code", "given", "limits"), CASES)
def test_a_problem_is_named_alone(code: str, given: Content, limits: Limits) -> None:
    assert [one.code for one in check(given, limits)] == [code]


def test_every_code_of_the_table_is_tried() -> None:
    assert checking.__doc__ is not None
    table = checking.__doc__.split("======\n")[2].split("\n====")[0]
    rows = {line.split()[0]: line.split()[1] for line in table.splitlines() if line and not line.startswith("=")}
    assert set(rows) == {code for code, _, _ in CASES}
    for code, given, limits in CASES:
        assert check(given, limits)[0].severity is Severity(rows[code])


def test_a_good_post_has_no_problem() -> None:
    whole = Content((Part("a" * 500, (item(),)), Part("suite")), visibility=Visibility.UNLISTED)
    assert check(whole, LIMITS) == ()
    assert check(content("@rosa bonjour", visibility=Visibility.DIRECT), LIMITS) == ()


def test_a_problem_names_its_part_and_its_figures() -> None:
    (found,) = check(Content((Part("a"), Part("b" * 510))), LIMITS)
    assert (found.part, found.param("count"), found.param("limit"), found.param("over")) == (1, 510, 500, 10)
