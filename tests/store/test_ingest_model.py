"""Random histories of a network, a puller and a person against a model; three wrong pullers prove that the model sees.

The network adds, answers, edits; pages arrive late, twice, out of order or not at all; the program dies between a page and
its cursor; a person changes states. Afterwards, when all is quiet, the file must hold exactly what the model says.
Replay a failure with ``CMDESK_SEED=<seed>``.
"""

from __future__ import annotations

import os
import random
import shutil
import tempfile
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from msgspec.structs import replace

from cmdesk.domain.account import FetchKind
from cmdesk.domain.ids import AccountId
from cmdesk.domain.message import Incoming, MessageKind, MessageState
from cmdesk.store import accounts, inbox, ingest
from tests.helpers.inboxes import LINKED, NOW, add_account, incoming, new_file

PAGE = 3
SEED = int(os.environ.get("CMDESK_SEED") or random.SystemRandom().randrange(1 << 32))
_CHOICES = [state for state in MessageState if state is not MessageState.SNOOZED]


class Died(Exception):
    """The process ends between two steps."""


@dataclass
class Known:
    """What the model says of one stored status."""

    text: str
    version: int
    state: MessageState
    unread: bool
    listed: bool
    parent: str | None


class Network:
    """The truth out there: one account's statuses and the events it was told."""

    def __init__(self) -> None:
        self.statuses: dict[str, Incoming] = {}
        self.events: list[tuple[int, str]] = []

    def add(self, *, told: bool, parent: str | None) -> None:
        number = len(self.statuses) + 1
        name = f"s{number}"
        self.statuses[name] = incoming(name, f"{name} v0", kind=MessageKind.STATUS, event_id="", in_reply_to=parent)
        if told:
            self.events.append((len(self.events) + 1, name))

    def edit(self, name: str) -> None:
        before = self.statuses[name]
        version = version_of(before) + 1
        self.statuses[name] = replace(before, text=f"{name} v{version}", edited_at=NOW + timedelta(seconds=version))

    def told(self, number: int, name: str) -> Incoming:
        return replace(self.statuses[name], kind=MessageKind.MENTION, raw_kind="mention", event_id=f"n{number}")

    def page(self, cursor: str | None, *, upward: bool = True) -> tuple[list[Incoming], str | None]:
        """The page after the cursor: with ``upward`` the oldest of what waits, else the newest (as ``since_id`` does)."""
        waiting = [event for event in self.events if event[0] > int(cursor or 0)]
        found = waiting[:PAGE] if upward else waiting[-PAGE:]
        return [self.told(*event) for event in found], str(found[-1][0]) if found else cursor

    def conversation(self, name: str) -> list[Incoming]:
        return [one for one in self.statuses.values() if name in {one.remote_id, one.in_reply_to}]


def version_of(item: Incoming) -> int:
    return int(item.text.rpartition("v")[2])


class Puller:
    """The product's way: rows and cursor in one transaction, paging upwards."""

    def __init__(self, folder: Path) -> None:
        self.database = new_file(folder)
        self.account = add_account(self.database)
        self.stranger = add_account(self.database, "stranger")

    def cursor(self) -> str | None:
        with self.database.read() as connection:
            return accounts.cursor(connection, self.account, FetchKind.NOTIFICATIONS)

    def page(self, network: Network) -> tuple[list[Incoming], str | None]:
        return network.page(self.cursor())

    def keep(self, items: list[Incoming], cursor: str | None, *, dies: bool = False) -> None:
        with self.database.write() as session:
            self.ingest(session, items)
            if dies:
                raise Died
            accounts.fetch_succeeded(session, self.account, FetchKind.NOTIFICATIONS, cursor, NOW)

    def ingest(self, session: Any, items: list[Incoming], account: AccountId | None = None) -> None:
        ingest.ingest(session, account or self.account, items, linked_at=LINKED, now=NOW)


class SinceId(Puller):
    """Wrong: asks for the newest page since the cursor, which leaves a hole."""

    def page(self, network: Network) -> tuple[list[Incoming], str | None]:
        return network.page(self.cursor(), upward=False)


class CursorFirst(Puller):
    """Wrong: moves the cursor before the rows are kept."""

    def keep(self, items: list[Incoming], cursor: str | None, *, dies: bool = False) -> None:
        with self.database.write() as session:
            accounts.fetch_succeeded(session, self.account, FetchKind.NOTIFICATIONS, cursor, NOW)
        if dies:
            raise Died
        with self.database.write() as session:
            self.ingest(session, items)


class Overwriting(Puller):
    """Wrong: lets an answer say how a message stands."""

    def ingest(self, session: Any, items: list[Incoming], account: AccountId | None = None) -> None:
        super().ingest(session, items, account)
        for item in items:
            if item.kind is MessageKind.MENTION:
                session.connection().exec_driver_sql(
                    "UPDATE message SET state = 'awaiting', unread = 1 WHERE account_id = ? AND dedupe = ?",
                    (account or self.account, f"s:{item.remote_id}"),
                )


class History(RuleBasedStateMachine):
    """One history."""

    puller_kind: type[Puller] = Puller

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.puller = self.puller_kind(self.folder)
        self.network = Network()
        self.model: dict[str, Known] = {}
        self.old_answers: list[list[Incoming]] = []

    def teardown(self) -> None:
        try:
            self.quiet()
        finally:
            self.puller.database.close()
            shutil.rmtree(self.folder)

    # The network

    @initialize()
    def somebody_wrote_before(self) -> None:
        """A history in which nothing ever arrives proves nothing."""
        self.many_write_at_once(PAGE + 1)
        self.a_page_arrives()

    @rule(told=st.booleans(), answers=st.integers(0, 5))
    def somebody_writes(self, told: bool, answers: int) -> None:
        names = list(self.network.statuses)
        self.network.add(told=told, parent=names[-answers] if 0 < answers <= len(names) else None)

    @rule(count=st.integers(PAGE + 1, 2 * PAGE + 2))
    def many_write_at_once(self, count: int) -> None:
        for _ in range(count):
            self.network.add(told=True, parent=None)

    @rule(which=st.integers(0, 50))
    def somebody_edits(self, which: int) -> None:
        if self.network.statuses:
            self.network.edit(list(self.network.statuses)[which % len(self.network.statuses)])

    # The puller

    @rule()
    def a_page_arrives(self) -> None:
        items, cursor = self.puller.page(self.network)
        self.puller.keep(items, cursor)
        self.note(items)
        self.old_answers.append(items)

    @rule()
    def the_program_dies_over_a_page(self) -> None:
        items, cursor = self.puller.page(self.network)
        with pytest.raises(Died):
            self.puller.keep(items, cursor, dies=True)

    @rule()
    def an_empty_page_arrives(self) -> None:
        self.puller.keep([], None)

    @rule(which=st.integers(0, 50), backwards=st.booleans())
    def an_old_answer_arrives_again(self, which: int, backwards: bool) -> None:
        if self.old_answers:
            items = self.old_answers[which % len(self.old_answers)]
            with self.puller.database.write() as session:
                self.puller.ingest(session, items[::-1] if backwards else items)

    @rule(which=st.integers(0, 50))
    def a_conversation_is_fetched(self, which: int) -> None:
        if self.network.statuses:
            names = list(self.network.statuses)
            items = self.network.conversation(names[which % len(names)])
            with self.puller.database.write() as session:
                self.puller.ingest(session, items)
            self.note(items)
            self.old_answers.append(items)

    @rule(which=st.integers(0, 50))
    def an_answer_for_another_account_arrives(self, which: int) -> None:
        if self.old_answers:
            with self.puller.database.write() as session:
                self.puller.ingest(session, self.old_answers[which % len(self.old_answers)], self.puller.stranger)

    # The person

    @rule(which=st.integers(0, 50), state=st.sampled_from(_CHOICES))
    def a_person_sorts(self, which: int, state: MessageState) -> None:
        found = self._listed(which)
        if found is not None:
            name, number = found
            with self.puller.database.write() as session:
                ingest.set_state(session, [number], state, at=NOW)
            known = self.model[name]
            known.unread = known.unread and known.state is state
            known.state = state

    @rule(which=st.integers(0, 50), read=st.booleans())
    def a_person_marks(self, which: int, read: bool) -> None:
        found = self._listed(which)
        if found is not None:
            with self.puller.database.write() as session:
                ingest.set_unread(session, [found[1]], not read)
            self.model[found[0]].unread = not read

    def _listed(self, which: int) -> tuple[str, int] | None:
        names = [name for name, known in self.model.items() if known.listed]
        if not names:
            return None
        name = names[which % len(names)]
        with self.puller.database.read() as connection:
            found = inbox.by_remote(connection, self.puller.account, name)
        assert found is not None, f"{name} was lost"
        return name, found.id

    # The model

    def note(self, items: list[Incoming]) -> None:
        for item in items:
            known = self.model.get(item.remote_id)
            if known is None:
                known = Known(item.text, version_of(item), MessageState.INFO, False, False, item.in_reply_to)
                self.model[item.remote_id] = known
            if version_of(item) > known.version:
                known.text, known.version = item.text, version_of(item)
            if item.kind is MessageKind.MENTION and not known.listed:
                known.listed, known.state, known.unread = True, MessageState.AWAITING, True

    def root(self, name: str) -> str:
        while (known := self.model.get(name)) is not None and known.parent is not None:
            name = known.parent
        return name

    @invariant()
    def the_file_is_as_the_model_says(self) -> None:
        with self.puller.database.read() as connection:
            rows = connection.execute(
                "SELECT remote_id, text, state, unread, thread_id FROM message WHERE account_id = ?", (self.puller.account,)
            ).fetchall()
            tally = dict(connection.execute("SELECT state, number FROM message_tally WHERE number > 0"))
            counted = dict(connection.execute("SELECT state, count(*) FROM message GROUP BY state"))
        found = {row[0]: (row[1], row[2], bool(row[3]), row[4]) for row in rows}
        assert len(found) == len(rows), "something is here twice"
        assert tally == counted
        expected = {
            name: (known.text, known.state.value if known.listed else "context", known.unread, self.root(name))
            for name, known in self.model.items()
        }
        assert found == expected

    def quiet(self) -> None:
        """Nothing happens any more: after enough pages everything that was told is here."""
        for _ in range(len(self.network.events) + 2):
            items, cursor = self.puller.page(self.network)
            self.puller.keep(items, cursor)
            self.note(items)
        self.the_file_is_as_the_model_says()
        missing = {name for _, name in self.network.events} - {name for name, known in self.model.items() if known.listed}
        assert not missing, f"never arrived: {sorted(missing)}"


def _settings(examples: int, *, shrink: bool) -> hypothesis.settings:
    phases = [hypothesis.Phase.explicit, hypothesis.Phase.generate]
    return hypothesis.settings(
        max_examples=examples,
        stateful_step_count=40,
        phases=[*phases, hypothesis.Phase.shrink] if shrink else phases,
        suppress_health_check=list(hypothesis.HealthCheck),
    )


def test_no_history_loses_doubles_or_undoes_anything() -> None:
    print(f"CMDESK_SEED={SEED}")  # noqa: T201 - shown with a failure, to replay it
    examples = int(os.environ.get("CMDESK_HISTORIES") or 40)
    run_state_machine_as_test(hypothesis.seed(SEED)(History), settings=_settings(examples, shrink=True))


@pytest.mark.parametrize("twin", [SinceId, CursorFirst, Overwriting])
def test_a_puller_that_is_wrong_is_caught(twin: type[Puller]) -> None:
    print(f"CMDESK_SEED={SEED}")  # noqa: T201 - shown with a failure, to replay it
    machine = type(f"{twin.__name__}History", (History,), {"puller_kind": twin})
    with pytest.raises(AssertionError):
        run_state_machine_as_test(hypothesis.seed(SEED)(machine), settings=_settings(200, shrink=False))
