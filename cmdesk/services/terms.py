"""Reads and changes what was agreed with a client about time; kept among the client's own settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from cmdesk.domain.hours import Hours, clean_promise
from cmdesk.domain.slots import Slot, Slots, clean_distance
from cmdesk.domain.terms import KEYS, Dates, Sharing, Terms, from_settings, to_settings
from cmdesk.store import accounts, clients
from cmdesk.store.database import reading

if TYPE_CHECKING:
    from collections.abc import Callable

    from cmdesk.domain.ids import AccountId
    from cmdesk.services.workspace import Workspace


def of(ws: Workspace) -> Terms:
    """The terms of this client, as its file has them now."""
    with ws.read() as connection:
        return from_settings(clients.settings(connection))


async def set_hours(ws: Workspace, hours: Hours | None) -> None:
    """Sets the client's business hours, or (None) says that there are none."""
    _change(ws, lambda terms: replace(terms, hours=hours))


async def set_promise(ws: Workspace, minutes: int) -> None:
    """Sets in how many minutes of business time people get an answer; 0 ends the promise. Raises BadInput(field="promise")."""
    promise = clean_promise(minutes)
    _change(ws, lambda terms: replace(terms, promise=promise))


async def set_slots(ws: Workspace, slots: tuple[Slot, ...], account: AccountId | None = None) -> None:
    """Sets the weekly slots of all accounts, or of one, which then no longer follows the others. Raises NotFound."""
    if account is not None:
        with ws.read() as connection:
            accounts.account(connection, account)

    def changed(terms: Terms) -> Terms:
        if account is None:
            return replace(terms, slots=replace(terms.slots, every=slots))
        return replace(terms, slots=replace(terms.slots, own={**terms.slots.own, account: slots}))

    _change(ws, changed)


async def follow_slots(ws: Workspace, account: AccountId) -> None:
    """Lets an account follow the client's slots again."""

    def changed(terms: Terms) -> Terms:
        own = {one: slots for one, slots in terms.slots.own.items() if one != account}
        return replace(terms, slots=Slots(terms.slots.every, own))

    _change(ws, changed)


async def set_distance(ws: Workspace, minutes: int) -> None:
    """Sets how many minutes at least lie between two posts of an account. Raises BadInput(field="distance")."""
    distance = clean_distance(minutes)
    _change(ws, lambda terms: replace(terms, distance=distance))


async def set_dates(ws: Workspace, dates: Dates) -> None:
    """Sets which key dates the client looks at."""
    _change(ws, lambda terms: replace(terms, dates=dates))


async def set_sharing(ws: Workspace, sharing: Sharing) -> None:
    """Sets where the client's calendar is kept for others."""
    _change(ws, lambda terms: replace(terms, sharing=sharing))


def _change(ws: Workspace, change: Callable[[Terms], Terms]) -> None:
    with ws.write() as session:
        known = clients.settings(reading(session))
        fresh = to_settings(change(from_settings(known)))
        clients.set_settings(session, {name: value for name, value in known.items() if name not in KEYS} | fresh)
