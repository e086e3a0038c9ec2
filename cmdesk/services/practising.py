"""Brings the practice network to a desk: its connectors, its people, and a desk of sample clients to try everything on."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from cmdesk.domain.account import Account, Network
from cmdesk.domain.client import clean_colour, clean_language
from cmdesk.domain.clock import Clock
from cmdesk.domain.errors import BadInput
from cmdesk.domain.message import MessageState
from cmdesk.domain.post import PostEdit, Variant
from cmdesk.domain.schedule import at_instant
from cmdesk.domain.secret import Secret
from cmdesk.domain.views import InboxFilter
from cmdesk.services import composing, inbox, linking, planning, syncing
from cmdesk.services.home import Home
from cmdesk.services.workspace import Workspace, real_connector
from cmdesk.vault import Vault

if TYPE_CHECKING:
    from cmdesk.networks._practice_samples import SamplePost
    from cmdesk.networks.port import Connector, SecretSource
    from cmdesk.networks.practice import PracticeNetwork
    from cmdesk.services.desk import Desk

_WORLD = "practice.json"
_LATELY = timedelta(hours=20)  # who wrote since then waits for an answer
_UNSEEN = timedelta(hours=12)  # what came since then was not looked at yet
_FEWEST, _MOST = 4, 7  # of those who wait
_MOST_ROWS = 128


def practice_vault() -> Vault:
    """Nothing on the practice network is secret, and nothing of it belongs in the keyring."""
    vault = Vault()
    vault.use_session_memory()
    return vault


class PracticePerson(Struct, frozen=True):
    """An account of the practice network that can be linked."""

    key: str
    handle: str
    name: str


class Practising:
    """The practice network of one data folder. It is made when it is first needed: it brings the HTTP client along."""

    def __init__(self, home: Home, clock: Clock) -> None:
        self._home, self._clock = home, clock
        self._network: PracticeNetwork | None = None

    @property
    def network(self) -> PracticeNetwork:
        """The network itself, with what has happened on it kept in the data folder."""
        if self._network is None:
            from cmdesk.networks.practice import PracticeNetwork  # start-up speed: it brings the HTTP client

            self._network = PracticeNetwork(self._home.path / _WORLD, self._clock)
        return self._network

    def connector(self, account: Account, secret: SecretSource, *, clock: Clock) -> Connector:
        """The connector of any account: those of the practice network speak to it, all others to the world."""
        if account.identity.network is not Network.PRACTICE:
            return real_connector(account, secret, clock=clock)
        from cmdesk.networks import registry  # start-up speed: it brings the HTTP client

        async def key() -> Secret:
            # Nothing secret: so that practising needs no keyring.
            return Secret(self._person(account.identity.handle).key)

        return registry.build(account.identity, secret=key, clock=clock, software=account.software, practice=self.network)

    def people(self) -> tuple[PracticePerson, ...]:
        """Everybody who can be linked."""
        from cmdesk.networks.practice import personas  # start-up speed: it brings the HTTP client

        return tuple(PracticePerson(one.key, one.handle, one.name) for one in personas())

    def _person(self, handle: str) -> PracticePerson:
        for one in self.people():
            if one.handle == handle or one.handle == handle.partition("@")[0]:
                return one
        raise BadInput(field="persona", reason="unknown", given=handle[:80])

    async def link(self, ws: Workspace, persona: str) -> Account:
        """Links one of the people, named by key or handle, to a client. Raises BadInput(field="persona")."""
        known = {name: one for one in self.people() for name in (one.key, one.handle, one.handle.partition("@")[0])}
        if persona not in known:
            raise BadInput(
                field="persona", reason="unknown", given=persona[:80], known=", ".join(one.key for one in self.people())
            )
        return await linking.link_practice(ws, known[persona].key, self.network)

    async def fill(self, desk: Desk) -> None:
        """Makes the sample clients with their accounts, drafts and plans, unless the desk has clients already."""
        from cmdesk.networks.practice import sample_desk  # start-up speed: it brings the HTTP client

        if desk.all_workspaces:
            return
        for sample in sample_desk(self._clock):
            ws = await desk.create(sample.name, clean_colour(sample.colour), sample.timezone, clean_language(sample.language))
            account = await self.link(ws, sample.persona.key)
            for post in sample.drafts:
                await composing.create(ws, _edit(post, account))
            for post in sample.planned:
                await self._plan(ws, post, account)
        await syncing.pull_all(desk.workspaces)
        for ws in desk.workspaces:
            await self._settle(ws)

    async def _settle(self, ws: Workspace) -> None:
        """Deals with what is old, as somebody did who worked here before: few wait, and they wrote lately.

        Who asked got an answer; what was only said was set aside; about one question the client is being asked.
        """
        now = self._clock.now()
        waiting = inbox.rows(ws, inbox.ids_page(ws, InboxFilter(states=frozenset({MessageState.AWAITING})), limit=_MOST_ROWS))
        lately = sum(now - row.created_at < _LATELY for row in waiting)
        old = waiting[min(max(lately, _FEWEST), _MOST) :]
        asked = [row.id for row in old if "?" in inbox.message(ws, row.id).text]
        said = [row.id for row in old if row.id not in asked]
        for ids, state in (
            (asked[:1], MessageState.WAITING_CLIENT),
            (asked[1:], MessageState.ANSWERED),
            (said[::2], MessageState.SET_ASIDE),
            (said[1::2], MessageState.ANSWERED),
        ):
            await inbox.set_state(ws, ids, state)
        seen = inbox.rows(ws, inbox.ids_page(ws, InboxFilter(unread_only=True), limit=_MOST_ROWS))
        await inbox.mark_read(ws, [row.id for row in seen if now - row.created_at > _UNSEEN])

    async def _plan(self, ws: Workspace, post: SamplePost, account: Account) -> None:
        written = await composing.create(ws, _edit(post, account))
        if post.when is not None and post.when > self._clock.now():
            await planning.schedule(ws, written.id, at_instant(post.when, ws.client.timezone, self._clock.tzdata_version()))
            if post.then:
                # Other words than those that were approved: it is held, and somebody decides.
                await composing.save(ws, written.id, _edit(replace(post, text=post.then), account), written.revision)


def _edit(post: SamplePost, account: Account) -> PostEdit:
    return PostEdit(text=post.text, warning=post.warning, language=post.language, variants=(Variant(account.id),))
