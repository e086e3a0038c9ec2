"""Which entries a calendar lets through: a chosen set of clients, networks, accounts, states and labels."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from cmdesk.domain.account import Network
from cmdesk.domain.delivery import PostState
from cmdesk.domain.ids import AccountId, ClientId
from cmdesk.domain.views import AgendaEntry

Account = tuple[ClientId, AccountId]


class Filter(Struct, frozen=True):
    """An empty set lets everything through. ``clients`` are those that are seen."""

    clients: frozenset[ClientId] = frozenset()
    networks: frozenset[Network] = frozenset()
    accounts: frozenset[Account] = frozenset()
    states: frozenset[PostState] = frozenset()
    labels: frozenset[str] = frozenset()

    @property
    def narrow(self) -> bool:
        """Whether it may hide anything besides clients."""
        return bool(self.networks or self.accounts or self.states or self.labels)

    def shows(self, client: ClientId) -> bool:
        """Whether a client is among those that are seen."""
        return not self.clients or client in self.clients

    def passes(self, row: AgendaEntry) -> bool:
        """Whether an entry is seen."""
        if not self.shows(row.client):
            return False
        if self.states and row.state not in self.states:
            return False
        if self.labels and self.labels.isdisjoint(row.labels):
            return False
        if self.networks and not any(mark.network in self.networks for mark in row.accounts):
            return False
        return not self.accounts or any((mark.client, mark.id) in self.accounts for mark in row.accounts)

    def toggled_client(self, client: ClientId, every: Iterable[ClientId]) -> Filter:
        """With one client hidden or seen again; all of them seen is the same as no choice, and one always stays."""
        known = frozenset(every)
        seen = (self.clients or known) ^ {client}
        return replace(self, clients=frozenset() if seen >= known or not seen else seen & known)

    def only_client(self, client: ClientId) -> Filter:
        """With this client alone; all of them when it is alone already."""
        return replace(self, clients=frozenset() if self.clients == {client} else frozenset({client}))
