"""Entries side by side: none covers another, none is lost, none leaves its day."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cmdesk.ui.calendar.lanes import Lane, lanes

starts = st.lists(st.integers(0, 24 * 60 - 1), max_size=60).map(sorted)


def _meet(one: Lane, other: Lane) -> bool:
    """Whether two places cover each other; columns are shares of one width."""
    in_time = one.start < other.end and other.start < one.end
    across = (
        one.column * other.columns < (other.column + other.span) * one.columns
        and other.column * one.columns < (one.column + one.span) * other.columns
    )
    return in_time and across


@given(starts, st.integers(15, 90), st.integers(1, 6))
def test_no_two_overlap_and_all_are_inside(begins: list[int], length: int, most: int) -> None:
    places = lanes(begins, length, most)
    for number, one in enumerate(places):
        assert 0 <= one.start < one.end <= 24 * 60
        assert 0 <= one.column < one.column + one.span <= one.columns <= most
        assert not [other for other in places[number + 1 :] if _meet(one, other)]


@given(starts, st.integers(15, 90), st.integers(1, 6))
def test_each_entry_is_in_exactly_one_place(begins: list[int], length: int, most: int) -> None:
    found = [member for lane in lanes(begins, length, most) for member in lane.members]
    assert sorted(found) == list(range(len(begins)))


@given(starts, st.integers(15, 90))
def test_nothing_is_folded_while_there_is_room(begins: list[int], length: int) -> None:
    assert not [lane for lane in lanes(begins, length, 60) if lane.folded]


def test_two_at_one_time_share_the_width_and_a_later_one_has_it_all() -> None:
    assert lanes([540, 540, 660], 40, 3) == [
        Lane(540, 580, 0, 2, (0,)),
        Lane(540, 580, 1, 2, (1,)),
        Lane(660, 700, 0, 1, (2,)),
    ]


def test_what_does_not_fit_is_counted_in_the_last_column() -> None:
    found = lanes([540] * 5, 40, 3)
    assert [lane.members for lane in found] == [(0,), (1,), (2, 3, 4)]
    assert found[-1].column == 2
