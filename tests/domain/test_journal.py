"""A line that was changed, taken out, put in or moved shows; so does a tail that somebody remembers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from cmdesk.domain.ids import DeliveryId
from cmdesk.domain.journal import Event, Line, canonical, chained, genesis, verify

CLIENT = "bq7xk2mp"


def chain(words: list[str], client: str = CLIENT) -> list[Line]:
    previous, made = genesis(client), []
    for number, outcome in enumerate(words, 1):
        at = datetime(2026, 12, 1, tzinfo=UTC) + timedelta(milliseconds=number)
        line = Line(number, at, Event.ENDED, DeliveryId(1), 0, "rosa@fake.example", outcome, "{}", previous, "")
        line = replace(line, hash=chained(previous, canonical(line)))
        previous = line.hash
        made.append(line)
    return made


WORDS = st.lists(st.text(max_size=5), min_size=2, max_size=8)


@given(words=WORDS, data=st.data())
def test_whatever_is_done_to_a_line_shows(words: list[str], data: st.DataObject) -> None:
    lines = chain(words)
    assert verify(CLIENT, lines).sound
    place = data.draw(st.integers(0, len(lines) - 1))
    changed = [*lines]
    changed[place] = replace(lines[place], outcome=lines[place].outcome + "x")
    assert (verify(CLIENT, changed).broken_at, verify(CLIENT, changed).why) == (place + 1, "changed")
    rehashed = [*lines]
    forged = replace(lines[place], outcome="forged ")
    rehashed[place] = replace(forged, hash=chained(forged.previous, canonical(forged)))
    known = (lines[-1].number, lines[-1].hash)
    assert not verify(CLIENT, rehashed, known).sound
    taken_out = lines[:place] + lines[place + 1 :]
    assert not verify(CLIENT, taken_out, known).sound
    twice = [*lines[: place + 1], *lines[place:]]
    assert not verify(CLIENT, twice).sound


@given(words=WORDS)
def test_a_tail_that_is_missing_shows_where_it_is_remembered(words: list[str]) -> None:
    lines = chain(words)
    known = (lines[-1].number, lines[-1].hash)
    assert verify(CLIENT, lines[:-1]).sound  # by itself it can't tell
    found = verify(CLIENT, lines[:-1], known)
    assert (found.sound, found.why, found.broken_at) == (False, "tail", len(lines))
    assert verify(CLIENT, lines, known).sound


def test_another_clients_journal_is_none_of_this_one() -> None:
    assert not verify(CLIENT, chain(["a"], "another1")).sound
    assert verify(CLIENT, []).sound
    assert verify(CLIENT, [], (3, "x")).why == "tail"
