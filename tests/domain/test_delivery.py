"""The table of moves is whole, and a post's own state is what most needs a person."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

import pytest

from cmdesk.domain.delivery import (
    MOVES,
    NEEDS_DECISION,
    SETTLED,
    PostState,
    Repeat,
    State,
    check_move,
    may_repeat,
    post_state,
)
from cmdesk.domain.errors import NotAllowed


def test_every_state_is_in_the_table_and_can_be_reached() -> None:
    assert set(MOVES) == set(State)
    reached = set().union(*MOVES.values())
    assert reached | {State.PLANNED} == set(State)


@pytest.mark.parametrize(("before", "after"), list(itertools.product(State, State)))
def test_a_move_is_allowed_exactly_by_the_table(before: State, after: State) -> None:
    if after in MOVES[before]:
        check_move(before, after)
        return
    with pytest.raises(NotAllowed):
        check_move(before, after)


def test_what_is_out_is_never_sent_again_and_nothing_goes_straight_to_sent() -> None:
    assert MOVES[State.SENT] == {State.GONE}
    assert {before for before, after in MOVES.items() if State.SENT in after} == {
        State.SENDING,
        State.PROCESSING,
        State.UNCERTAIN,
        # A person leaves a thread at the parts that are out.
        State.HELD,
        State.REFUSED,
    }
    assert {before for before, after in MOVES.items() if State.SENDING in after} == {
        State.PLANNED,
        State.PROCESSING,
        State.UNCERTAIN,  # the very same write once more
    }


BEGUN = datetime(2026, 12, 1, 14, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ground", "age", "wall", "allowed"),
    [
        (Repeat.SAME_ID, None, 3600, True),
        (Repeat.SAME_ID, None, 25 * 3600, False),
        (Repeat.SAME_KEY, None, 600, False),  # another boot: nobody knows how old it is
        (Repeat.SAME_KEY, 59, 59, False),
        (Repeat.SAME_KEY, 60, 60, True),
        (Repeat.SAME_KEY, 44.9 * 60, 44.9 * 60, True),
        (Repeat.SAME_KEY, 45 * 60, 45 * 60, False),
        (Repeat.SAME_KEY, -5, 600, False),
        (Repeat.SAME_KEY, 600, 2 * 3600, False),  # the computer slept, and its monotonic clock with it
        (Repeat.SAME_KEY, 600, -3000, False),  # the clock was set back, and nobody knows how long it has been
        (Repeat.SAME_KEY, 600, 500, True),
    ],
)
def test_what_may_be_written_a_second_time(ground: Repeat, age: float | None, wall: float, allowed: bool) -> None:
    known = None if age is None else timedelta(seconds=age)
    assert may_repeat(ground, known, BEGUN, BEGUN + timedelta(seconds=wall)) is allowed


@pytest.mark.parametrize(
    ("states", "approved", "folded"),
    [
        ((), True, PostState.DRAFT),
        ((State.CANCELLED,), True, PostState.CANCELLED),
        ((State.CANCELLED,), False, PostState.DRAFT),
        ((State.PLANNED, State.CANCELLED), True, PostState.PLANNED),
        ((State.PLANNED, State.SENT), True, PostState.PARTLY_SENT),
        ((State.SENT, State.GONE), True, PostState.SENT),
        ((State.GONE, State.GONE), True, PostState.GONE),
        ((State.GONE, State.CANCELLED), True, PostState.GONE),
        ((State.GONE, State.PLANNED), True, PostState.PLANNED),
        ((State.SENT, State.PLANNED), True, PostState.PARTLY_SENT),
        ((State.PROCESSING, State.PLANNED), True, PostState.SENDING),
        ((State.SENDING, State.SENT), True, PostState.SENDING),
    ],
)
def test_states_fold(states: tuple[State, ...], approved: bool, folded: PostState) -> None:
    assert post_state(states, approved=approved) is folded


@pytest.mark.parametrize(("needs", "other"), list(itertools.product(sorted(NEEDS_DECISION, key=str), State)))
def test_what_needs_a_person_comes_first(needs: State, other: State) -> None:
    assert post_state((other, needs)) is PostState.NEEDS_YOU


def test_settled_states_need_nobody() -> None:
    assert not SETTLED & NEEDS_DECISION
