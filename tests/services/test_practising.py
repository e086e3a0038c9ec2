"""The practice desk is lively: few wait, something goes out today, one post needs a decision, and nothing is invented."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio

from cmdesk.domain.delivery import HeldBecause
from cmdesk.domain.message import MessageState
from cmdesk.services import inbox, today
from cmdesk.services.desk import Desk
from cmdesk.services.home import Home
from cmdesk.services.practising import Practising, practice_vault
from cmdesk.services.publishing import Publisher
from tests.helpers.clocks import FakeClock
from tests.helpers.desks import at_once

pytestmark = pytest.mark.asyncio


def desk_of(folder: Path, clock: FakeClock) -> tuple[Desk, Practising]:
    home = Home(folder)
    home.prepare()
    practising = Practising(home, clock)
    desk = Desk(
        home,
        vault=practice_vault(),
        clock=clock,
        on_change=lambda _changes: None,
        connectors=practising.connector,
        helper=at_once,
    )
    return desk, practising


@pytest_asyncio.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """The practice desk on a Tuesday morning in Toronto."""
    made, practising = desk_of(tmp_path, FakeClock(datetime(2026, 11, 24, 15, 12, tzinfo=UTC)))
    await practising.fill(made)
    yield made
    await made.close()


async def test_a_few_wait_and_the_rest_was_dealt_with(desk: Desk) -> None:
    for ws in desk.workspaces:
        counts = inbox.counts(ws)
        assert 4 <= counts[MessageState.AWAITING] <= 7, ws.client.name
        assert counts[MessageState.WAITING_CLIENT] == 1
        assert counts[MessageState.ANSWERED] >= 2
        assert counts[MessageState.SET_ASIDE] >= 2
        assert 0 < inbox.unread(ws) <= 12


async def test_something_goes_out_later_today_in_every_name(desk: Desk) -> None:
    now = desk.clock.now()
    for ws in desk.workspaces:
        assert [entry for entry in today.today(ws).going_out if entry.planned.utc > now], ws.client.name


async def test_one_post_was_corrected_after_it_was_planned_and_waits_for_a_decision(desk: Desk) -> None:
    decisions = today.today_desk(desk).decisions
    assert [row.held_because for row in decisions] == [HeldBecause.EDITED]
    assert "vendredi" in decisions[0].preview
    await Publisher(desk, desk.clock, random.Random(1)).tick()
    assert len(today.today_desk(desk).decisions) == 1


async def test_at_night_nothing_is_planned_for_today_any_more(tmp_path: Path) -> None:
    desk, practising = desk_of(tmp_path, FakeClock(datetime(2026, 11, 25, 3, 30, tzinfo=UTC)))
    await practising.fill(desk)
    assert not [entry for ws in desk.workspaces for entry in today.today(ws).going_out]
    await desk.close()


async def test_a_desk_that_has_clients_is_left_alone(tmp_path: Path) -> None:
    desk, practising = desk_of(tmp_path, FakeClock())
    await desk.create("Rosa")
    await practising.fill(desk)
    assert [ws.client.name for ws in desk.workspaces] == ["Rosa"]
    await desk.close()
