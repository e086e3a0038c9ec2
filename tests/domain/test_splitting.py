"""Long texts become threads whose every part fits, cut where a reader breathes, with no word lost or changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdesk.domain.counting import count
from cmdesk.domain.known_limits import COUNTED
from cmdesk.domain.limits import Limits
from cmdesk.domain.post import split_thread
from cmdesk.domain.splitting import MOST_PARTS, split

SMALL = Limits(max_characters=40)


def cut(text: str, most: int = 40, *, numbered: bool = False) -> list[str]:
    limits = Limits(max_characters=most)
    return list(split_thread(split(text, lambda part: count(part, limits).left, numbered=numbered)))


def test_what_fits_stays() -> None:
    assert split("Court.\n\nEt bref.", lambda text: 40 - len(text)) == "Court.\n\nEt bref."


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Le four est chaud. Le pain sort à sept heures. La porte ouvre à huit.",
            ["Le four est chaud.", "Le pain sort à sept heures.", "La porte ouvre à huit."],
        ),
        (
            "Demandez M. Roy au comptoir. Il vous dira tout du levain.",
            ["Demandez M. Roy au comptoir.", "Il vous dira tout du levain."],
        ),
        (
            "Vraiment ? « Oui ! » dit-elle en riant beaucoup. Et voilà.",
            ["Vraiment ? « Oui ! »", "dit-elle en riant beaucoup. Et voilà."],
        ),
        ("un deux trois quatre cinq six sept huit neuf dix", ["un deux trois quatre cinq six sept huit", "neuf dix"]),
        ("Premier paragraphe ici.\n\nSecond paragraphe là.", ["Premier paragraphe ici.", "Second paragraphe là."]),
        ("x" * 90, ["x" * 40, "x" * 40, "x" * 10]),
    ],
)
def test_parts_end_where_a_reader_breathes(text: str, parts: list[str]) -> None:
    assert cut(text) == parts


def test_parts_cut_by_hand_stay_cut() -> None:
    assert cut("Un.\n---\nDeux est long, bien plus long que quarante signes.") == [
        "Un.",
        "Deux est long, bien plus long que",
        "quarante signes.",
    ]


def test_numbers_belong_to_what_has_to_fit() -> None:
    parts = cut("Le four est chaud. Le pain sort à sept heures. La porte ouvre à huit heures pile.", numbered=True)
    assert [part.rpartition(" ")[2] for part in parts] == [f"{n}/{len(parts)}" for n in range(1, len(parts) + 1)]
    assert all(count(part, SMALL).left >= 0 for part in parts)


def test_a_family_of_emoji_is_never_torn() -> None:
    family = "👩‍👩‍👧‍👦"
    assert all(set(part.replace(family, "")) <= {""} for part in cut(family * 90))


def test_what_would_need_too_many_parts_is_left_alone() -> None:
    text = "mot " * 5000
    assert split(text, lambda part: 10 - len(part)) == text


@given(st.text(st.sampled_from("ab .!?\n🥖é"), max_size=400), st.booleans(), st.sampled_from(["x", "threads", "facebook"]))
def test_nothing_is_lost_and_every_part_fits(text: str, numbered: bool, network: str) -> None:
    limits = Limits(max_characters=30, unit=COUNTED[network].unit, url_weight=None, short_mentions=False)

    def left(part: str) -> int:
        return count(part, limits).left

    made = split(text, left, numbered=numbered)
    if made == text:
        return
    parts = list(split_thread(made))
    assert len(parts) <= MOST_PARTS
    assert all(left(part) >= 0 for part in parts)
    words = [part.rpartition(" ")[0] if numbered else part for part in parts]
    assert "".join("".join(words).split()) == "".join(text.split())
