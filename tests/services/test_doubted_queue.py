"""What an old copy calls planned, late or refused may have gone out since: all of it is held as doubtful, whoever restores."""

from __future__ import annotations

import random
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from cmdesk.domain.delivery import HeldBecause, State
from cmdesk.domain.ids import DeliveryId
from cmdesk.domain.post import PostEdit, Variant
from cmdesk.domain.schedule import at_instant
from cmdesk.services import composing, planning, publishing
from cmdesk.services.desk import Desk
from cmdesk.services.publishing import Publisher
from cmdesk.services.workspace import Workspace
from cmdesk.store import copies, outbox
from tests.helpers.clocks import FakeClock
from tests.helpers.desks import link, open_desk
from tests.helpers.fake_network import FakeNetwork, Fault
from tests.helpers.keyrings import InMemoryKeyring

Queue = tuple[Desk, Workspace, FakeClock, dict[str, DeliveryId]]


async def queue_in(folder: Path) -> Queue:
    """A client with a post that was refused, one that is late and one that is still to come."""
    clock = FakeClock()
    network = FakeNetwork(clock)
    desk = open_desk(folder, network, clock, keyring=InMemoryKeyring())
    ws = await desk.create("Rosa", timezone="America/Toronto")
    account = link(ws, network, "rosa")
    made = {}
    for words, minutes in (("refused", 1), ("late", 120), ("to come", 600)):
        post = await composing.create(ws, PostEdit(text=words, variants=(Variant(account),)))
        when = at_instant(clock.now() + timedelta(minutes=minutes), "America/Toronto")
        made[words] = (await planning.schedule(ws, post.id, when))[0]
    publisher = Publisher(desk, clock, random.Random(1))
    network.fail("publish", Fault.REJECT)
    clock.advance(60)
    await publisher.tick()
    clock.advance(3 * 3600)
    await publisher.tick()
    return desk, ws, clock, made


def states(ws: Workspace) -> list[tuple[State, HeldBecause | None]]:
    return [(row.state, row.held_because) for row in publishing.outbox_rows(ws)]


DOUBTED = [(State.HELD, HeldBecause.DOUBT)] * 3


@pytest.mark.asyncio
async def test_a_file_in_doubt_holds_what_waits_for_a_person_too(tmp_path: Path) -> None:
    desk, ws, clock, made = await queue_in(tmp_path)
    assert states(ws) == [(State.REFUSED, None), (State.HELD, HeldBecause.LATE), (State.PLANNED, None)]
    with ws.write() as session:
        assert outbox.hold_all(session, HeldBecause.DOUBT, clock.now()) == 3
    assert states(ws) == DOUBTED
    with ws.write() as session:
        assert outbox.hold_all(session, HeldBecause.DOUBT, clock.now()) == 0
    await publishing.decide(ws, made["refused"], publishing.Drop())
    await desk.close()


@pytest.mark.asyncio
async def test_a_restored_copy_holds_it_too(tmp_path: Path) -> None:
    desk, ws, clock, _ = await queue_in(tmp_path / "home")
    path = ws.database.path
    await desk.close()
    copy = tmp_path / "copy.sqlite"
    shutil.copyfile(path, copy)
    assert copies.disarm(copy, at=clock.now()) == 3
    shutil.copyfile(copy, path)
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    desk = open_desk(tmp_path / "home", FakeNetwork(clock), clock, keyring=InMemoryKeyring())
    assert states(desk.find("Rosa")) == DOUBTED
    await desk.close()
