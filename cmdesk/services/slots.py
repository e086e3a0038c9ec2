"""Gives the next free slot to a post, and warns of times that lie too close and of words said twice. Nothing else is moved."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from cmdesk.domain.errors import NotAllowed
from cmdesk.domain.ids import AccountId, PostId
from cmdesk.domain.limits import Problem, Severity
from cmdesk.domain.post import Post, PostEdit
from cmdesk.domain.quiet import quiet_until
from cmdesk.domain.schedule import PlannedTime, Shift, at_instant
from cmdesk.domain.slots import FAR, is_near, next_free, next_quarter, times
from cmdesk.services import terms
from cmdesk.store import slots as store

if TYPE_CHECKING:
    from cmdesk.services.workspace import Workspace

#: Where an account has no slots, its posts lie at least so far apart, and a moment found for one is at least so far away.
SPACING: Final = timedelta(minutes=15)
#: How far ahead a moment is looked for where there are no slots.
_SOON: Final = timedelta(days=7)
#: How long the same words on the same account are noticed, before and after.
REMEMBERED: Final = timedelta(days=60)


def next_slot(
    ws: Workspace, accounts: Collection[AccountId], *, after: datetime | None = None, taken: Collection[datetime] = ()
) -> PlannedTime:
    """The next slot free on all of these accounts after an instant (aware; now): in the slots of the first of them.

    Without slots it is the next quarter of an hour at which they may well speak. ``taken`` are instants that are given away
    already. Raises NotAllowed(from_state="full") when three months of slots are taken.
    """
    begin = max(ws.clock.now(), after or ws.clock.now())
    agreed = terms.of(ws)
    mine = agreed.slots.of(next(iter(accounts)))
    distance = timedelta(minutes=agreed.distance)
    zone, rules, quiet = ws.client.timezone, ws.clock.tzdata_version(), ws.client.quiet
    margin = max(distance, SPACING)
    with ws.read() as connection:
        busy = sorted((*store.busy(connection, tuple(accounts), begin - margin, begin + FAR + margin), *taken))
    if not mine:
        return _quarter(ws, begin, busy, margin)
    found = next_free(mine, zone, begin, busy=busy, distance=distance, quiet=quiet, tzdata=rules)
    if found is None:
        raise NotAllowed(from_state="full", to_state="slot")
    return found


def _quarter(ws: Workspace, begin: datetime, busy: Sequence[datetime], distance: timedelta) -> PlannedTime:
    """The next quarter of an hour out of quiet hours and away from the account's other posts."""
    zone = ws.client.timezone
    moment = next_quarter(begin + SPACING)
    while moment < begin + _SOON:
        quiet = quiet_until(ws.client.quiet, zone, moment)
        if quiet is not None:
            moment = next_quarter(quiet)
        elif is_near(moment, busy, distance):
            moment += SPACING
        else:
            break
    return at_instant(moment, zone, ws.clock.tzdata_version())


def next_slots(
    ws: Workspace, accounts: Collection[AccountId], *, after: datetime | None = None
) -> Mapping[AccountId, PlannedTime]:
    """The next free slot for each of these accounts: one for all that share their slots, else each its own."""
    agreed = terms.of(ws)
    groups: dict[object, list[AccountId]] = {}
    for account in accounts:
        groups.setdefault(agreed.slots.of(account), []).append(account)
    return {
        account: planned for group in groups.values() for planned in (next_slot(ws, group, after=after),) for account in group
    }


def free(ws: Workspace, account: AccountId, start: datetime, end: datetime) -> tuple[PlannedTime, ...]:
    """The slots of an account in a half-open span of instants (aware) that nothing is near, from now on: gaps to be filled."""
    agreed = terms.of(ws)
    distance = timedelta(minutes=agreed.distance)
    margin = max(distance, timedelta(minutes=1))
    begin = max(start, ws.clock.now())
    if begin >= end:
        return ()
    with ws.read() as connection:
        busy = store.busy(connection, (account,), begin - margin, end + margin)
    found = times(agreed.slots.of(account), ws.client.timezone, begin, tzdata=ws.clock.tzdata_version(), until=end)
    return tuple(one for one in found if not is_near(one.utc, busy, distance) and not _is_quiet(ws, one.utc))


def _is_quiet(ws: Workspace, moment: datetime) -> bool:
    return quiet_until(ws.client.quiet, ws.client.timezone, moment) is not None


def warnings(
    ws: Workspace, post: Post | PostEdit, when: PlannedTime, accounts: Collection[AccountId], *, besides: PostId | None = None
) -> Mapping[AccountId, tuple[Problem, ...]]:
    """What a person should know before a post takes this time, by account; only accounts with something to say.

    Codes: ``clock_gap``, ``clock_fold``, ``quiet_hours``, ``slot_taken``, ``too_close`` (params post, minutes), ``same_text``
    (params post, days: negative in the past). None of them stands in the way.
    """
    distance = timedelta(minutes=terms.of(ws).distance)
    with ws.read() as connection:
        near = store.taken(connection, tuple(accounts), when.utc - REMEMBERED, when.utc + REMEMBERED)
    found: dict[AccountId, tuple[Problem, ...]] = {}
    for account in accounts:
        others = [one for one in near if one.account == account and one.post != besides]
        said = (
            *_of_the_clock(ws, when),
            *_of_others(when.utc, others, distance),
            *_said_twice(_text(post, account), when.utc, others),
        )
        if said:
            found[account] = said
    return found


def _of_the_clock(ws: Workspace, when: PlannedTime) -> tuple[Problem, ...]:
    codes = {Shift.GAP: "clock_gap", Shift.FOLD: "clock_fold"}
    found = [Problem(codes[when.shift], Severity.WARN)] if when.shift in codes else []
    if _is_quiet(ws, when.utc):
        found.append(Problem("quiet_hours", Severity.WARN))
    return tuple(found)


def _of_others(moment: datetime, others: Collection[store.Taken], distance: timedelta) -> tuple[Problem, ...]:
    if not others:
        return ()
    nearest = min(others, key=lambda one: (abs(one.moment - moment), one.post))
    gap = abs(nearest.moment - moment)
    if gap < timedelta(minutes=1):
        return (Problem("slot_taken", Severity.WARN, (("post", nearest.post),)),)
    if gap < distance:
        return (Problem("too_close", Severity.WARN, (("post", nearest.post), ("minutes", gap // timedelta(minutes=1)))),)
    return ()


def _said_twice(text: str, moment: datetime, others: Collection[store.Taken]) -> tuple[Problem, ...]:
    wanted = _words(text)
    same = [one for one in others if wanted and _words(one.text) == wanted]
    if not same:
        return ()
    nearest = min(same, key=lambda one: (abs(one.moment - moment), one.post))
    return (Problem("same_text", Severity.WARN, (("post", nearest.post), ("days", (nearest.moment - moment).days))),)


def _words(text: str) -> str:
    """A text as a network compares it: case and spaces make no difference."""
    return " ".join(text.split()).casefold()


def _text(post: Post | PostEdit, account: AccountId) -> str:
    own = next((one.text for one in post.variants if one.account == account), None)
    return post.text if own is None else own
