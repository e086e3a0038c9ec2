"""Three clients pushed around at random: no voice ever says another client's words, whatever happens to keys and names."""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections.abc import Coroutine
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from cmdesk.domain.account import Health
from cmdesk.domain.errors import UserProblem
from cmdesk.domain.ids import AccountId, ClientId
from cmdesk.domain.post import PostEdit, Variant, edit_of
from cmdesk.domain.schedule import at_instant
from cmdesk.domain.secret import Secret
from cmdesk.services import composing, planning, publishing, reconciling
from cmdesk.services.desk import Desk
from cmdesk.services.publishing import Publisher
from cmdesk.services.workspace import TOKEN, Workspace
from cmdesk.store import accounts, outbox
from tests.helpers.clocks import FakeClock
from tests.helpers.desks import link, open_desk
from tests.helpers.fake_network import FakeNetwork, Fault
from tests.helpers.keyrings import InMemoryKeyring

T = TypeVar("T")
NAMES = ("anna", "bruno", "chloe")
CLIENT = st.sampled_from(NAMES)


class ThreeClients(RuleBasedStateMachine):
    """Each client's words carry its mark; the network sees who speaks."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.folder = tempfile.TemporaryDirectory()
        self.clock = FakeClock()
        self.network = FakeNetwork(self.clock)
        self.keyring = InMemoryKeyring()
        self.ids: dict[str, ClientId] = {}
        self.accounts: dict[str, AccountId] = {}
        self.uids: dict[str, str] = {}
        self.posts: list[tuple[str, Any]] = []
        self.renamed = 0
        self.desk: Desk
        self.publisher: Publisher

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T | None:
        try:
            return self.runner.run(coroutine)
        except UserProblem:
            return None

    def ws(self, name: str) -> Workspace:
        return self.desk.workspace(self.ids[name])

    def open(self) -> None:
        self.desk = open_desk(Path(self.folder.name), self.network, self.clock, keyring=self.keyring)
        self.publisher = Publisher(self.desk, self.clock, random.Random(3), spacing=timedelta(0))

    @initialize()
    def begin(self) -> None:
        self.open()
        for name in NAMES:
            ws = self.runner.run(self.desk.create(name, timezone="America/Toronto"))
            self.ids[name] = ws.client.id
            self.accounts[name] = link(ws, self.network, name)
            with ws.read() as connection:
                self.uids[name] = accounts.account(connection, self.accounts[name]).uid

    def teardown(self) -> None:
        self.runner.run(self.desk.close())
        self.runner.close()
        self.folder.cleanup()

    @rule(name=CLIENT, minutes=st.integers(0, 20))
    def write_and_plan(self, name: str, minutes: int) -> None:
        ws = self.ws(name)
        edit = PostEdit(text=f"mark-{name} {len(self.posts)}", variants=(Variant(self.accounts[name]),))
        post = self.runner.run(composing.create(ws, edit))
        self.posts.append((name, post.id))
        when = at_instant(self.clock.now() + timedelta(minutes=minutes, seconds=1), "America/Toronto")
        self.runner.run(planning.schedule(ws, post.id, when))

    @rule(data=st.data())
    def edit(self, data: st.DataObject) -> None:
        if self.posts:
            name, post_id = data.draw(st.sampled_from(self.posts))
            post = composing.load(self.ws(name), post_id)
            words = edit_of(post)
            self.run(
                composing.save(self.ws(name), post_id, PostEdit(text=f"{words.text}!", variants=words.variants), post.revision)
            )

    @rule(name=CLIENT, other=CLIENT)
    def swap_keys_in_the_keyring(self, name: str, other: str) -> None:
        self.ws(name).secrets.put(self.uids[name], TOKEN, Secret(f"token-{other}"))

    @rule(name=CLIENT)
    def put_the_key_right(self, name: str) -> None:
        ws = self.ws(name)
        ws.secrets.put(self.uids[name], TOKEN, Secret(f"token-{name}"))
        self.runner.run(ws.drop_connector(self.accounts[name]))
        with ws.write() as session:
            accounts.set_health(session, self.accounts[name], Health.OK, self.clock.now())
            outbox.release_account(session, self.accounts[name], self.clock.now())

    @rule(name=CLIENT)
    def rename(self, name: str) -> None:
        self.renamed += 1
        self.run(self.desk.rename(self.ws(name), f"{NAMES[self.renamed % 3]} {self.renamed}"))

    @rule(minutes=st.integers(1, 60))
    def time_passes(self, minutes: int) -> None:
        self.clock.advance(minutes * 60)

    @rule(fault=st.sampled_from(Fault), operation=st.sampled_from(["publish", "whoami", "find", "any"]))
    def bad_day(self, fault: Fault, operation: str) -> None:
        if fault is not Fault.SLOW:
            self.network.fail(operation, fault)

    @rule()
    def publish(self) -> None:
        self.runner.run(self.publisher.tick())

    @rule()
    def look(self) -> None:
        for ws in self.desk.workspaces:
            self.runner.run(reconciling.settle_unclear(ws))

    @rule(name=CLIENT, data=st.data())
    def a_person_decides(self, name: str, data: st.DataObject) -> None:
        rows = publishing.outbox_rows(self.ws(name))
        if rows:
            row = data.draw(st.sampled_from(rows))
            decisions: list[publishing.Decision] = [publishing.Now(), publishing.Drop(), publishing.LookAgain()]
            decision = data.draw(st.sampled_from(decisions))
            self.run(publishing.decide(self.ws(name), row.id, decision))

    @rule()
    def restart(self) -> None:
        self.runner.run(self.desk.close())
        self.open()
        for ws in self.desk.workspaces:
            self.runner.run(self.publisher.recover(ws))

    @invariant()
    def every_voice_says_its_own_words(self) -> None:
        for call in self.network.calls:
            if call.operation == "publish":
                assert f"mark-{call.identity.handle.split('@')[0]}" in call.text, call
        for status in self.network.statuses.values():
            assert f"mark-{status.author.handle.split('@')[0]}" in status.text, status


TestThreeClients = ThreeClients.TestCase
TestThreeClients.settings = settings(max_examples=25, stateful_step_count=30, deadline=None)
