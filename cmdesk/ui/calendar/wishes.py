"""What a filter can ask for, given the clients and the entries that are there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QCoreApplication

from cmdesk.domain.account import Network
from cmdesk.domain.delivery import PostState
from cmdesk.services import linking
from cmdesk.services.workspace import Workspace
from cmdesk.ui import wording
from cmdesk.ui.calendar.entries import Entry
from cmdesk.ui.calendar.filterpanel import Group, Wish

translate = QCoreApplication.translate

_STATES = (
    PostState.PLANNED,
    PostState.DRAFT,
    PostState.NEEDS_YOU,
    PostState.SENDING,
    PostState.PARTLY_SENT,
    PostState.SENT,
    PostState.GONE,
)
#: More accounts than these are not listed one by one.
_MOST_ACCOUNTS = 60


def groups_of(workspaces: Sequence[Workspace], entries: Iterable[Entry]) -> list[Group]:
    """States, networks, labels and accounts, without groups in which there is nothing to choose."""
    accounts = [(workspace, account) for workspace in workspaces for account in linking.accounts(workspace)]
    networks = sorted({account.identity.network for _workspace, account in accounts}, key=lambda one: one.value)
    labels = sorted({label for entry in entries for label in entry.row.labels}, key=str.casefold)
    several = len(workspaces) > 1
    found = [Group(translate("FilterPanel", "State"), tuple(Wish("states", one, wording.post_state(one)) for one in _STATES))]
    if len(networks) > 1:
        found.append(Group(translate("FilterPanel", "Network"), tuple(_network(one) for one in networks)))
    if labels:
        found.append(Group(translate("FilterPanel", "Label"), tuple(Wish("labels", one, one) for one in labels)))
    if 1 < len(accounts) <= _MOST_ACCOUNTS:
        wishes = []
        for workspace, account in accounts:
            handle = f"@{account.identity.handle}"
            text = f"{handle} · {workspace.client.name}" if several else handle
            wishes.append(Wish("accounts", (workspace.client.id, account.id), text))
        found.append(Group(translate("FilterPanel", "Account"), tuple(wishes)))
    return found


def _network(one: Network) -> Wish:
    return Wish("networks", one, wording.network(one))
