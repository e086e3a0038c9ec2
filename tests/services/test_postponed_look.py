"""A look that the wall clock jumped over goes on resting, and is not due again at once."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

import pytest

from cmdesk.domain.post import PostEdit, Variant
from cmdesk.domain.schedule import at_instant
from cmdesk.services import composing, planning, reconciling
from cmdesk.services.publishing import Publisher
from cmdesk.store import queue
from tests.helpers.clocks import FakeClock
from tests.helpers.desks import link, open_desk
from tests.helpers.fake_network import FakeNetwork, Fault
from tests.helpers.keyrings import InMemoryKeyring


@pytest.mark.asyncio
@pytest.mark.parametrize("left", [0.0004, 0.0015, 3.0])
async def test_what_is_put_off_is_not_due_in_the_same_moment(tmp_path: Path, left: float) -> None:
    clock = FakeClock()
    clock.advance(0.0006)  # between two milliseconds, as a real one always stands
    network = FakeNetwork(clock)
    desk = open_desk(tmp_path, network, clock, keyring=InMemoryKeyring())
    ws = await desk.create("Rosa", timezone="America/Toronto")
    post = await composing.create(ws, PostEdit(text="Bread", variants=(Variant(link(ws, network, "rosa")),)))
    await planning.schedule(ws, post.id, at_instant(clock.now() + timedelta(minutes=1), "America/Toronto"))
    clock.advance(60)
    network.fail("publish", Fault.DROP_BEFORE)
    await Publisher(desk, clock, random.Random(1)).tick()
    clock.advance(reconciling.QUARANTINE.total_seconds() - left)
    clock.jump(60)
    assert (await reconciling.settle_unclear(ws)).open == 1
    with ws.read() as connection:
        assert queue.doubts(connection, clock.now()) == ()
        assert [one.looks for one in queue.doubts(connection)] == [0]
    clock.advance(left + 0.01)
    await reconciling.settle_unclear(ws)
    with ws.read() as connection:
        assert [one.looks for one in queue.doubts(connection)] == [1]
    await desk.close()
