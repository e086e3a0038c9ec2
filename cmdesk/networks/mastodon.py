"""The connector for Mastodon and what speaks its API: every role a server of that family has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from cmdesk.domain.account import Identity, Network, Role
from cmdesk.domain.clock import Clock
from cmdesk.domain.errors import (
    AnswerUnreadable,
    AuthRevoked,
    GoneOnNetwork,
    HostRefused,
    NoNetwork,
    RateLimited,
    RefusedByNetwork,
    ScopeMissing,
    TimedOut,
    TlsRefused,
)
from cmdesk.networks import _mastodon_parse as parse
from cmdesk.networks._mastodon_base import account_path, status_path
from cmdesk.networks._mastodon_inbox import MastodonInbox
from cmdesk.networks._mastodon_profile import Software
from cmdesk.networks._mastodon_publish import MastodonPublishing
from cmdesk.networks.http import Line
from cmdesk.networks.port import Counters, Evidence, ReportReason, SecondWrite

#: What proves that a write created nothing: no connection, and the refusals that come before anything is looked at.
NOT_SENT: Final = frozenset(
    kind.CODE for kind in (NoNetwork, HostRefused, TlsRefused, TimedOut, RateLimited, AuthRevoked, ScopeMissing)
)

_BATCH: Final = 20
_LONGEST_COMMENT: Final = 1000


class MastodonConnector(MastodonPublishing, MastodonInbox):
    """One account on one Mastodon-like server. The server's software decides roles and what a second write does."""

    def __init__(self, line: Line, *, network: Network, identity: Identity | None, software: Software, clock: Clock) -> None:
        super().__init__(line, network=network, identity=identity, software=software, clock=clock)
        self._once = set()

    @property
    def roles(self) -> frozenset[Role]:
        """What this server can do, as far as its software is known."""
        return self._software.roles

    @property
    def second_write(self) -> SecondWrite:
        """Whether the server remembers idempotency keys."""
        return self._software.second_write

    @property
    def evidence(self) -> Evidence:
        """What a write proves here (Mastodon docs, statuses, accounts and timelines APIs): by software only the class differs."""
        return Evidence(
            second_write=self._software.second_write,
            not_sent=NOT_SENT,
            identity_call="GET /api/v1/accounts/verify_credentials",
            read_back="GET /api/v1/accounts/:id/statuses",
            refusals=True,
        )

    async def delete(self, remote_id: str) -> None:
        """Deletes an own status; one that is gone already counts as done.

        A server's 404 is only believed when the status can't be read any more: some know no deletion at all.
        """
        try:
            await self._do("DELETE", status_path(remote_id))
        except GoneOnNetwork as gone:
            try:
                await self._ask(status_path(remote_id))
            except GoneOnNetwork:
                return
            raise RefusedByNetwork(int(str(gone.params.get("status", 404)))) from None

    async def favourite(self, remote_id: str, on: bool) -> None:
        """Favourites a status, or takes it back; twice is the same as once."""
        await self._do("POST", status_path(remote_id, "favourite" if on else "unfavourite"))

    async def mute_thread(self, remote_id: str) -> None:
        """No more notices from the conversation of a status."""
        await self._do("POST", status_path(remote_id, "mute"))

    async def mute_author(self, author_id: str) -> None:
        """Mutes an author, notices too."""
        await self._do("POST", account_path(author_id, "mute"), {"notifications": True})

    async def block_author(self, author_id: str) -> None:
        """Blocks an author."""
        await self._do("POST", account_path(author_id, "block"))

    async def report(self, author_id: str, remote_ids: tuple[str, ...], reason: ReportReason) -> None:
        """Reports to the server's moderators; a comment is cut to the API's 1,000 characters."""
        body = {
            "account_id": author_id,
            "status_ids": list(remote_ids),
            "comment": reason.comment[:_LONGEST_COMMENT],
            "forward": reason.forward,
            "category": reason.category,
        }
        await self._do("POST", "/api/v1/reports", body)

    async def counters(self, remote_ids: tuple[str, ...]) -> tuple[Counters, ...]:
        """The public counters; many at once where the server can (Mastodon 4.3), else one by one."""
        found: list[Counters] = []
        for start in range(0, len(remote_ids), _BATCH):
            chunk = remote_ids[start : start + _BATCH]
            found += parse.each(await self._statuses(chunk), _counters)
        return tuple(one for one in found if one.remote_id in set(remote_ids))

    async def _statuses(self, remote_ids: Sequence[str]) -> list[Any]:
        try:
            return parse.records((await self._ask("/api/v1/statuses", *(("id[]", one) for one in remote_ids))).json())
        except (GoneOnNetwork, RefusedByNetwork, AnswerUnreadable):
            found: list[Any] = []
        for remote_id in remote_ids:
            try:
                found.append((await self._ask(status_path(remote_id))).json())
            except GoneOnNetwork:
                continue
        return found


def _counters(value: Any) -> Counters:
    return Counters(
        remote_id=parse.identifier(value),
        replies=parse.number(value, "replies_count", None),
        boosts=parse.number(value, "reblogs_count", None),
        favourites=parse.number(value, "favourites_count", None),
        quotes=parse.number(value, "quotes_count", None),
    )
