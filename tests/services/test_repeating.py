"""A post that repeats becomes one post per occurrence, once, and each goes its own way from there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from cmdesk.domain.delivery import State
from cmdesk.domain.errors import BadInput, NotAllowed
from cmdesk.domain.post import PostEdit, Variant
from cmdesk.domain.schedule import resolve
from cmdesk.services import composing, planning, repeating
from cmdesk.services.repeating import SeriesId
from tests.helpers.desks import open_desk
from tests.services.test_publishing import Bench

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    made = Bench(tmp_path / "home")
    await made.begin()
    yield made
    await made.desk.close()


async def a_series(bench: Bench, rule: str = "FREQ=WEEKLY;BYDAY=WE", text: str = "Each Wednesday") -> SeriesId:
    post = await composing.create(bench.ws, PostEdit(text=text, variants=(Variant(bench.account),)))
    return await repeating.begin(bench.ws, post.id, rule, resolve(datetime.fromisoformat("2026-12-02T09:00"), "America/Toronto"))


async def test_every_occurrence_is_made_once_and_planned(bench: Bench) -> None:
    series = await a_series(bench)
    first = await repeating.make(bench.ws, bench.clock.now() + timedelta(days=16))
    assert [f"{one.planned.wall:%m-%d %H:%M}" for one in first] == ["12-02 09:00", "12-09 09:00", "12-16 09:00"]
    assert await repeating.make(bench.ws, bench.clock.now() + timedelta(days=16)) == ()
    more = await repeating.make(bench.ws, bench.clock.now() + timedelta(days=23))
    assert [f"{one.planned.wall:%m-%d}" for one in more] == ["12-23"]
    states = [planning.deliveries(bench.ws, one.post)[0].state for one in (*first, *more)]
    assert states == [State.PLANNED] * 4
    assert len(repeating.made(bench.ws, series)) == 4


async def test_a_dropped_or_left_out_occurrence_does_not_come_back(bench: Bench) -> None:
    series = await a_series(bench)
    await repeating.leave_out(bench.ws, series, datetime.fromisoformat("2026-12-09T09:00"))
    made = await repeating.make(bench.ws, bench.clock.now() + timedelta(days=16))
    assert [f"{one.planned.wall:%m-%d}" for one in made] == ["12-02", "12-16"]
    await planning.cancel(bench.ws, made[0].post)
    assert await repeating.make(bench.ws, bench.clock.now() + timedelta(days=16)) == ()
    with pytest.raises(NotAllowed):
        await repeating.leave_out(bench.ws, series, datetime.fromisoformat("2026-12-16T09:00"))


async def test_a_crash_between_writing_and_planning_leaves_neither_two_nor_none(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    await a_series(bench)
    real = planning.schedule

    async def dies(*_args: object, **_more: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(planning, "schedule", dies)
    with pytest.raises(KeyboardInterrupt):
        await repeating.make(bench.ws, bench.clock.now() + timedelta(days=9))
    monkeypatch.setattr(planning, "schedule", real)
    made = await repeating.make(bench.ws, bench.clock.now() + timedelta(days=9))
    assert [f"{one.planned.wall:%m-%d}" for one in made] == ["12-02", "12-09"]
    assert len({one.post for one in made}) == 2
    assert len(composing.post_rows(bench.ws)) == 3  # the model and the two


async def test_what_a_network_would_not_take_stays_a_draft_and_is_told(bench: Bench) -> None:
    await a_series(bench, text="x" * 501)
    made = await repeating.make(bench.ws, bench.clock.now() + timedelta(days=3))
    assert [one.blocked for one in made] == [True]
    assert planning.deliveries(bench.ws, made[0].post) == ()


async def test_an_ended_series_and_a_past_hour_make_nothing(bench: Bench) -> None:
    series = await a_series(bench)
    bench.clock.advance(2 * 86_400)
    made = await repeating.make(bench.ws, bench.clock.now() + timedelta(days=7))
    assert [f"{one.planned.wall:%m-%d}" for one in made] == ["12-09"]
    await repeating.end(bench.ws, series)
    assert await repeating.make(bench.ws) == ()
    assert (repeating.every(bench.ws), len(repeating.every(bench.ws, with_ended=True))) == ((), 1)


async def test_a_rule_that_is_none_begins_nothing(bench: Bench) -> None:
    with pytest.raises(BadInput):
        await a_series(bench, "FREQ=HOURLY")
    assert repeating.every(bench.ws) == ()


async def test_a_model_in_the_bin_makes_nothing_until_it_is_taken_out(bench: Bench) -> None:
    series = await a_series(bench)
    (one,) = repeating.every(bench.ws)
    await composing.bin(bench.ws, one.post)
    assert await repeating.make(bench.ws) == ()
    await composing.unbin(bench.ws, one.post)
    assert len(await repeating.make(bench.ws)) == len(repeating.made(bench.ws, series)) > 0


async def test_a_preview_shows_the_next_times_and_what_the_clocks_do(bench: Bench) -> None:
    first = resolve(datetime.fromisoformat("2027-03-13T02:30"), "America/Toronto")
    shown = repeating.preview(bench.ws, "FREQ=DAILY", first, number=3)
    assert [(f"{each.wall:%m-%d %H:%M}", each.shift.value) for each in shown] == [
        ("03-13 02:30", "none"),
        ("03-14 02:30", "gap"),
        ("03-15 02:30", "none"),
    ]
    for rule in (
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=YEARLY;COUNT=99999",
        "FREQ=DAILY;INTERVAL=99999",
    ):
        with pytest.raises(BadInput):
            repeating.preview(bench.ws, rule, first)


async def test_two_programs_make_each_occurrence_once(bench: Bench) -> None:
    await a_series(bench)
    other = open_desk(bench.folder, bench.network, bench.clock, keyring=bench.keyring)
    first = await repeating.make(bench.ws, bench.clock.now() + timedelta(days=16))
    assert await repeating.make(other.find("Rosa"), bench.clock.now() + timedelta(days=16)) == ()
    assert len(first) == 3
    await other.close()
