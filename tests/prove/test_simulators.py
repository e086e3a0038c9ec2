"""The simulators themselves: the same seed is the same world, the fakes keep the promises of their class, twins are caught."""

from __future__ import annotations

import asyncio
import calendar
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pytest

from cmdesk.domain.account import Identity
from cmdesk.domain.delivery import Envelope
from cmdesk.domain.ids import DeliveryId
from cmdesk.domain.secret import Secret
from cmdesk.networks.port import Connector, Look, Outcome, Processing, Published, Publishes, SecondWrite
from tests.prove import r1, r9, twins, zones
from tests.prove.simulated import HOUR, START, SimulatedClock, SimulatedLoop, Stuck
from tests.prove.table import Line, head, text
from tests.prove.truth import BRUTAL, MILD, NONE, Fault, Ledger, Platform, SimulatedConnector
from tests.prove.worlds import Templates, World


class Alive:
    """A process that lives."""

    wakes = 0

    def check(self) -> None:
        """It does."""


@pytest.fixture
def loop() -> Iterator[SimulatedLoop]:
    made = SimulatedLoop()
    yield made
    made.close()


def ground(loop: SimulatedLoop, kind: SecondWrite) -> tuple[Platform, SimulatedConnector, Identity]:
    """A platform without any mood, and somebody's connector."""
    platform = Platform(kind, SimulatedClock(loop), random.Random(1), Ledger(), mix=NONE, read_faults=0.0, stale_listing=0.0)
    identity = platform.person("rosa")

    async def key() -> Secret:
        return Secret("token-rosa")

    return platform, SimulatedConnector(platform, identity, key, Alive()), identity


def envelope(identity: Identity, words: str, key: str = "k1") -> Envelope:
    return Envelope(DeliveryId(1), 0, 1, identity, key, words, "")


async def send(connector: SimulatedConnector, letter: Envelope) -> Outcome:
    """Until it is out, as the publisher does with what is processed."""
    outcome = await connector.publish(letter)
    return await connector.resume(outcome.handle, letter) if isinstance(outcome, Processing) else outcome


@pytest.mark.parametrize("kind", SecondWrite)
def test_a_fake_is_a_connector_that_finds_what_it_wrote_and_only_that(loop: SimulatedLoop, kind: SecondWrite) -> None:
    _, connector, identity = ground(loop, kind)
    assert isinstance(connector, Publishes)
    plain: Connector = connector
    assert plain.second_write is connector.evidence.second_write is kind
    assert loop.run_until_complete(connector.whoami()).same_as(identity)
    letter = envelope(identity, "Bonjour")
    assert loop.run_until_complete(connector.find(letter, START)).look is Look.ABSENT
    made = loop.run_until_complete(send(connector, letter))
    assert isinstance(made, Published)
    found = loop.run_until_complete(connector.find(letter, START))
    assert found.published is not None
    assert found.published.remote_id == made.remote_id
    assert loop.run_until_complete(connector.find(envelope(identity, "Bonsoir"), START)).look is Look.ABSENT


def test_a_second_write_does_what_its_class_says(loop: SimulatedLoop) -> None:
    live = {}
    for kind in SecondWrite:
        platform, connector, identity = ground(loop, kind)
        letter = envelope(identity, "Bonjour")
        first = loop.run_until_complete(connector.publish(letter))
        for _ in range(2):
            again = connector.resume(first.handle, letter) if isinstance(first, Processing) else connector.publish(letter)
            loop.run_until_complete(again)
        live[kind.value] = len(platform.ledger.entries)
    assert live == {"A": 1, "B": 1, "C": 1, "D": 3}


def test_a_key_is_forgotten_after_an_hour_and_a_name_is_not(loop: SimulatedLoop) -> None:
    for kind, count in ((SecondWrite.SAME_KEY, 2), (SecondWrite.SAME_ID, 1)):
        platform, connector, identity = ground(loop, kind)
        loop.run_until_complete(connector.publish(envelope(identity, "Bonjour")))
        loop.run_until_complete(asyncio.sleep(HOUR + 1))
        loop.run_until_complete(connector.publish(envelope(identity, "Bonjour")))
        assert len(platform.ledger.entries) == count


def test_every_fault_of_the_list_happens_as_often_as_it_should(loop: SimulatedLoop) -> None:
    platform, _, _ = ground(loop, SecondWrite.DOUBLES)
    platform.mix = BRUTAL
    seen = [platform.fault() for _ in range(20_000)]
    assert set(seen) == {None, *Fault}
    assert sum(BRUTAL.values()) == pytest.approx(0.31)
    assert sum(MILD.values()) == pytest.approx(0.016)
    assert 0.29 < 1 - seen.count(None) / len(seen) < 0.33


def test_time_passes_only_when_everybody_waits_and_never_without_end(loop: SimulatedLoop) -> None:
    began = datetime.now(tz=START.tzinfo)
    loop.run_until_complete(asyncio.sleep(7 * 24 * HOUR))
    assert loop.time() >= 7 * 24 * HOUR
    assert (datetime.now(tz=START.tzinfo) - began).total_seconds() < 60
    with pytest.raises(Stuck):
        loop.run_until_complete(loop.create_future())


@pytest.mark.parametrize("kind", SecondWrite)
def test_a_small_world_ends_well_and_the_same_each_time(kind: SecondWrite) -> None:
    weather = replace(r1.BRUTAL[kind.value], clients=1, accounts=3, posts=4, days=1.0, after=2.0)
    with Templates() as templates:
        first, second = (World(weather, 5, templates).run() for _ in range(2))
    assert first.faults == 0, first.examples
    assert first == second
    assert first.deliveries == 12


@pytest.mark.expects_log("an answer came too late")
def test_a_twin_is_caught() -> None:
    name, harms = twins.run_twin("deletes before it sends", 1)
    assert harms["lost"] > 0
    assert name in {twin.name for twin in twins.TWINS}
    assert len(twins.TWINS) >= 12


def test_the_oracle_knows_gaps_and_folds_by_itself() -> None:
    zone = zones.read("Europe/Paris")
    gap, fold = (calendar.timegm((2026, *day, 2, 30, 0)) for day in ((3, 29), (10, 25)))
    assert zone.instants(gap) == ([], gap - 3600)
    instants, first = zone.instants(fold)
    assert (len(instants), first) == (2, fold - 7200)
    found = r9.compare_zones(["Europe/Paris", "Australia/Lord_Howe", "Africa/Casablanca", "UTC"])
    assert found.disagreements == 0, found.differences
    assert found.changes > 20


def test_a_line_stands_under_its_columns() -> None:
    shown = text(Line("R1", "what", "many", "none", "0", True, 7, 1.0))
    assert shown.endswith("yes")
    assert len(shown.split("yes")[0]) == len(head().splitlines()[0].split("good")[0])
