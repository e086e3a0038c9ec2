"""No delivery ever takes a way that the table of moves does not have, whoever pushes it, in whatever order."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from cmdesk.domain.account import Health, Identity, Network
from cmdesk.domain.client import Client, Colour, Language
from cmdesk.domain.delivery import MOVES, Envelope, HeldBecause, State
from cmdesk.domain.errors import NotAllowed
from cmdesk.domain.ids import ClientId, DeliveryId, PostId
from cmdesk.domain.limits import Limits, Problem
from cmdesk.domain.post import PostEdit, PostKind, Variant
from cmdesk.domain.schedule import at_instant
from cmdesk.store import accounts, moves, outbox, posts, queue, settling
from cmdesk.store.database import Database, reading
from tests.helpers.clocks import FakeClock

GRACE = timedelta(minutes=30)
IDENTITY = Identity(Network.MASTODON, "https://fake.example", "7", "rosa@fake.example", "Rosa")


class Bench:
    """A file with one account, and the steps of the outbox on it."""

    def __init__(self, folder: Path) -> None:
        self.clock = FakeClock()
        client = Client(ClientId("abcdefgh"), "Rosa", Colour.RUBY, "America/Toronto", Language.FR_CA, created_at=self.clock.now())
        self.database = Database.create(folder / "client.sqlite", client, clock=self.clock, on_change=lambda _changes: None)
        self.keys = itertools.count()
        with self.database.write() as session:
            self.account = accounts.add(
                session,
                uid="uid",
                identity=IDENTITY,
                at=self.clock.now(),
                software="",
                limits=Limits(),
                roles=frozenset(),
                allow_private=False,
            )
            accounts.set_health(session, self.account, Health.OK, self.clock.now())

    def plan(self, text: str = "One\n---\nTwo") -> DeliveryId:
        with self.database.write() as session:
            post_id = posts.insert(session, PostEdit(text=text, variants=(Variant(self.account),)), self.clock.now())
            mark = self.approve(session, post_id)
            account = accounts.account(reading(session), self.account)
            when = at_instant(self.clock.now(), "America/Toronto")
            return outbox.plan(session, post_id, account, planned=when, mark=mark, at=self.clock.now())

    def approve(self, session: Any, post_id: PostId) -> str:
        mark = outbox.current_mark(session, posts.load(reading(session), post_id))
        posts.approve(session, post_id, mark)
        return mark

    def now(self) -> outbox.Moment:
        return outbox.Moment(self.clock.now(), self.clock.monotonic(), self.clock.boot_id())

    def claim(self, delivery: DeliveryId) -> outbox.Claim | outbox.NotClaimed:
        with self.database.write() as session:
            return outbox.claim(
                session, delivery, now=self.now(), grace=GRACE, new_key=lambda: f"key-{next(self.keys)}", media_folder="/m"
            )

    def force(self, delivery: DeliveryId, state: State) -> None:
        with self.database.write() as session:
            session.connection().exec_driver_sql("UPDATE delivery SET state = ? WHERE id = ?", (state.value, delivery))

    def state(self, delivery: DeliveryId) -> State:
        with self.database.read() as connection:
            return queue.delivery(connection, delivery).state

    def parts(self, delivery: DeliveryId) -> list[tuple[str, str]]:
        with self.database.read() as connection:
            return connection.execute(
                "SELECT state, key FROM delivery_part WHERE delivery_id = ? ORDER BY part", (delivery,)
            ).fetchall()


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path)
    yield made
    made.database.close()


@pytest.mark.parametrize(
    ("kind", "hours", "held"),
    [(PostKind.POST, 0.4, False), (PostKind.POST, 2, True), (PostKind.REPLY, 2, False), (PostKind.REPLY, 25, True)],
)
@pytest.mark.parametrize("way", ["hold_late", "claim"])
def test_what_is_late_is_held_by_the_sweep_and_by_the_claim_alike(
    bench: Bench, kind: PostKind, hours: float, held: bool, way: str
) -> None:
    """Between the sweep and the claim a computer may sleep: each of the two judges for itself."""
    delivery = bench.plan("One")
    with bench.database.write() as session:
        session.connection().exec_driver_sql("UPDATE post SET kind = ?", (kind.value,))
    bench.clock.advance(hours * 3600)
    if way == "claim":
        claimed = bench.claim(delivery)
        assert (claimed is outbox.NotClaimed.HELD) is held
    else:
        with bench.database.write() as session:
            assert outbox.hold_late(session, bench.clock.now(), GRACE) == int(held)
        assert bench.state(delivery) is (State.HELD if held else State.PLANNED)
    with bench.database.read() as connection:
        because = queue.delivery(connection, delivery).held_because
    assert because is (HeldBecause.LATE if held else None)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE account SET unlinked_at = 1",
        "UPDATE account SET health = 'reconnect'",
        "UPDATE account SET health = 'secret_missing'",
        "UPDATE account SET health = 'wrong_identity'",
    ],
)
def test_an_account_that_went_or_broke_meanwhile_is_not_written_to(bench: Bench, statement: str) -> None:
    delivery = bench.plan("One")
    with bench.database.write() as session:
        session.connection().exec_driver_sql(statement)
    assert bench.claim(delivery) is outbox.NotClaimed.HELD
    with bench.database.read() as connection:
        assert queue.delivery(connection, delivery).held_because is HeldBecause.ACCOUNT


@pytest.mark.parametrize(("before", "after"), list(itertools.product(State, State)), ids=lambda state: state.value)
def test_every_pair_of_states_is_allowed_by_the_table_or_refused(bench: Bench, before: State, after: State) -> None:
    delivery = bench.plan()
    bench.force(delivery, before)
    if after in MOVES[before]:
        with bench.database.write() as session:
            moves.move(session, delivery, before, after, bench.clock.now())
        assert bench.state(delivery) is after
        return
    with pytest.raises(NotAllowed) as refused, bench.database.write() as session:
        moves.move(session, delivery, before, after, bench.clock.now())
    assert (refused.value.from_state, refused.value.to_state) == (before.value, after.value)
    assert bench.state(delivery) is before


@pytest.mark.parametrize("stands", [state for state in State if state is not State.PLANNED], ids=lambda state: state.value)
def test_a_move_from_where_it_no_longer_stands_moves_nothing(bench: Bench, stands: State) -> None:
    delivery = bench.plan()
    bench.force(delivery, stands)
    with pytest.raises(NotAllowed), bench.database.write() as session:
        moves.move(session, delivery, State.PLANNED, State.SENDING, bench.clock.now())
    assert bench.claim(delivery) is outbox.NotClaimed.TAKEN
    assert bench.state(delivery) is stands


def test_only_the_outbox_writes_states() -> None:
    # copies.py disarms a copy before anybody opens it; tables.py describes the table.
    allowed = {"outbox.py", "moves.py", "settling.py", "copies.py", "tables.py"}
    root = Path(outbox.__file__).parent.parent
    guilty = [
        path.name
        for path in root.rglob("*.py")
        if path.name not in allowed and any(word in path.read_text("utf-8") for word in ("UPDATE delivery ", "DeliveryRow("))
    ]
    assert guilty == []


def test_a_claim_freezes_what_is_sent_with_keys_that_stay(bench: Bench) -> None:
    delivery = bench.plan()
    claim = bench.claim(delivery)
    assert isinstance(claim, outbox.Claim)
    assert (claim.envelope.text, claim.envelope.key, claim.envelope.parts) == ("One", "key-0", 2)
    with bench.database.write() as session:
        settling.settle_not_sent(
            session, delivery, 0, code="no_network", retry_at=bench.clock.now(), at=bench.clock.now(), counts=True
        )
    again = bench.claim(delivery)
    assert isinstance(again, outbox.Claim)
    assert again.envelope == claim.envelope


def test_other_words_get_another_key_and_what_is_out_keeps_its_own(bench: Bench) -> None:
    delivery = bench.plan()
    bench.claim(delivery)
    at = bench.clock.now()
    with bench.database.write() as session:
        settling.settle_published(session, delivery, 0, remote_id="r0", url="u0", at=at)
        outbox.begin_part(session, delivery, 1, now=bench.now(), media_folder="/m")
        settling.settle_refused(session, delivery, 1, problem=Problem("no"), at=at)
        stored = posts.load(reading(session), queue.delivery(reading(session), delivery).post)
        posts.update(session, stored, PostEdit(text="One, other\n---\nTwo, other", variants=stored.variants), at)
        outbox.replan(session, delivery, None, bench.approve(session, stored.id), at, late_allowed=True)
    claim = bench.claim(delivery)
    assert isinstance(claim, outbox.Claim)
    assert (claim.envelope.part, claim.envelope.text, claim.envelope.key) == (1, "Two, other", "key-2")
    assert claim.envelope.reply_to == "r0"
    assert bench.parts(delivery) == [("sent", "key-0"), ("sending", "key-2")]


class Outbox(RuleBasedStateMachine):
    """Deliveries pushed around at random, beside a model of what was sent."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.bench = Bench(Path(self.folder.name))
        self.known: dict[DeliveryId, State] = {}
        self.in_flight: dict[DeliveryId, Envelope] = {}
        self.sent_keys: list[str] = []
        self.proved_unsent: set[str] = set()

    def teardown(self) -> None:
        self.bench.database.close()
        self.folder.cleanup()

    def _one(self, data: st.DataObject, *states: State) -> DeliveryId | None:
        found = sorted(delivery for delivery, state in self.known.items() if state in states)
        return data.draw(st.sampled_from(found)) if found else None

    def _send(self, envelope: Envelope) -> None:
        """A key may be sent a second time only after a proof, or a person's word, that the first did nothing.

        That the call begins is written down before it is made: without this mark nothing has left.
        """
        with self.bench.database.write() as session:
            outbox.call_begins(session, envelope.delivery, envelope.part, self.bench.clock.now())
        if envelope.key in self.sent_keys:
            assert envelope.key in self.proved_unsent, "a second write without a proof"
        self.proved_unsent.discard(envelope.key)
        self.sent_keys.append(envelope.key)
        self.in_flight[envelope.delivery] = envelope

    def _attempt(self, call: Any) -> None:
        try:
            with self.bench.database.write() as session:
                call(session)
        except NotAllowed:
            pass

    def _refresh(self) -> None:
        for delivery in self.known:
            after = self.bench.state(delivery)
            before = self.known[delivery]
            assert after is before or _reachable(before, after), f"{before} -> {after}"
            self.known[delivery] = after

    @initialize()
    def begin(self) -> None:
        for _ in range(2):
            self.plan()

    @rule()
    def plan(self) -> None:
        self.known[self.bench.plan()] = State.PLANNED

    @precondition(lambda self: self.known)
    @rule(data=st.data())
    def claim(self, data: st.DataObject) -> None:
        delivery = data.draw(st.sampled_from(sorted(self.known)))
        claim = self.bench.claim(delivery)
        if isinstance(claim, outbox.Claim):
            assert self.known[delivery] is State.PLANNED
            self._send(claim.envelope)
        self._refresh()

    @rule(data=st.data(), outcome=st.sampled_from(["published", "processing", "refused", "unknown", "not_sent"]))
    def answer(self, data: st.DataObject, outcome: str) -> None:
        if not self.in_flight:
            return
        delivery = data.draw(st.sampled_from(sorted(self.in_flight)))
        envelope = self.in_flight.pop(delivery)
        at, part = self.bench.clock.now(), envelope.part
        following: list[int | None] = [None]

        def settle(session: Any) -> None:
            if outcome == "published":
                following[0] = settling.settle_published(session, delivery, part, remote_id=f"r{part}", url="u", at=at)
            elif outcome == "processing":
                settling.settle_processing(session, delivery, part, handle="h", check_at=at, at=at)
            elif outcome == "refused":
                settling.settle_refused(session, delivery, part, problem=Problem("no"), at=at)
            elif outcome == "unknown":
                settling.settle_unknown(session, delivery, part, reason="timeout", look_at=at, at=at)
            else:
                settling.settle_not_sent(session, delivery, part, code="no_network", retry_at=at, at=at, counts=True)
                self.proved_unsent.add(envelope.key)

        if self.known[delivery] is State.PROCESSING and outcome == "not_sent":
            outcome = "processing"
        with self.bench.database.write() as session:
            settle(session)
        if outcome == "processing":
            self.in_flight[delivery] = envelope
        if outcome == "refused":
            self.proved_unsent.add(envelope.key)
        self._refresh()
        if following[0] is not None:
            with self.bench.database.write() as session:
                self._send(outbox.begin_part(session, delivery, following[0], now=self.bench.now(), media_folder="/m"))

    @rule()
    def crash(self) -> None:
        self.in_flight = {delivery: e for delivery, e in self.in_flight.items() if self.known[delivery] is State.PROCESSING}
        with self.bench.database.write() as session:
            settling.recover(session, self.bench.clock.now(), self.bench.clock.now())
        self._refresh()

    @rule(data=st.data(), because=st.sampled_from(HeldBecause))
    def hold(self, data: st.DataObject, because: HeldBecause) -> None:
        delivery = self._one(data, *State)
        if delivery is not None:
            self._attempt(lambda session: outbox.hold(session, delivery, because, self.bench.clock.now()))
            self._refresh()

    @rule(data=st.data())
    def a_person_says_send(self, data: st.DataObject) -> None:
        delivery = self._one(data, *State)
        if delivery is None:
            return
        with self.bench.database.read() as connection:
            one = queue.delivery(connection, delivery)
        done = []

        def replan(session: Any) -> None:
            mark = self.bench.approve(session, one.post)
            outbox.replan(session, delivery, None, mark, self.bench.clock.now(), late_allowed=True)
            done.append(True)

        self._attempt(replan)
        if done:
            self.proved_unsent |= {key for state, key in self.bench.parts(delivery) if state == "planned"}
        self._refresh()

    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        delivery = self._one(data, *State)
        if delivery is not None:
            self._attempt(lambda session: outbox.cancel(session, delivery, self.bench.clock.now()))
            self._refresh()

    @rule(minutes=st.integers(1, 15))
    def time_passes(self, minutes: int) -> None:
        self.bench.clock.advance(minutes * 60)

    @invariant()
    def what_is_sent_has_a_receipt_for_every_part(self) -> None:
        for delivery, state in self.known.items():
            parts = [part for part, _ in self.bench.parts(delivery)]
            if state is State.SENT:
                assert parts in (["sent", "sent"], ["sent", "cancelled"], ["sent", "uncertain"])
            assert parts.count("sending") == (state is State.SENDING)


def _reachable(before: State, after: State) -> bool:
    """Whether one verb may take it there: some take two moves in one transaction."""
    return after in MOVES[before] or any(after in MOVES[between] for between in MOVES[before])


TestOutbox = Outbox.TestCase
TestOutbox.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
