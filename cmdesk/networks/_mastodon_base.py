"""What every role of the Mastodon connector stands on: the line, the identity, and the meaning of statuses."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final
from urllib.parse import quote

from cmdesk.domain.account import Identity, Network
from cmdesk.domain.clock import Clock
from cmdesk.domain.errors import (
    AnswerUnreadable,
    AuthRevoked,
    GoneOnNetwork,
    NetworkProblem,
    RateLimited,
    RefusedByNetwork,
    ScopeMissing,
    ServerTrouble,
    WrongIdentity,
)
from cmdesk.domain.quota import Quota
from cmdesk.networks import _mastodon_parse as parse
from cmdesk.networks._bell import MastodonBell
from cmdesk.networks._mastodon_profile import Software, detect, read_limits
from cmdesk.networks._rates import clock_ahead, quota, retry_at
from cmdesk.networks.http import Answer, Call, CallFailed, Line
from cmdesk.networks.port import NotSent, ServerProfile

_NODEINFO: Final = "http://nodeinfo.diaspora.software/ns/schema/"


def status_path(remote_id: str, *more: str) -> str:
    """The path of a status; the id is quoted, so that it stays one step of the path."""
    return "/".join(("/api/v1/statuses", quote(remote_id, safe=""), *more))


def account_path(remote_id: str, *more: str) -> str:
    """The path of an account."""
    return "/".join(("/api/v1/accounts", quote(remote_id, safe=""), *more))


class MastodonBase:
    """One account on one server. ``identity`` is None only while an account is being linked."""

    def __init__(self, line: Line, *, network: Network, identity: Identity | None, software: Software, clock: Clock) -> None:
        self._line = line
        self._network = network
        self._identity = identity
        self._software = software
        self._clock = clock
        self._confirmed = False
        self._bell: MastodonBell | None = None
        self._ahead: timedelta | None = None

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._line.origin}>"

    @property
    def _host(self) -> str:
        return "practice" if self._network is Network.PRACTICE else parse.host_of(self._line.origin)

    @property
    def _our_id(self) -> str | None:
        return self._identity.remote_id if self._identity else None

    async def whoami(self) -> Identity:
        """The identity behind our key (Mastodon docs, accounts API, verify_credentials). Raises NetworkProblem."""
        answer = await self._ask("/api/v1/accounts/verify_credentials")
        self._ahead = clock_ahead(self._line.date, self._clock.now())
        return parse.identity(self._json(answer), self._network, self._line.origin)

    def clock_ahead(self) -> timedelta | None:
        """How far our clock was ahead of the server's when we last asked who we are."""
        return self._ahead

    async def profile(self) -> ServerProfile:
        """Software, limits and roles: NodeInfo for the name, instance v2 for limits, v1 where there is no v2."""
        try:
            instance = parse.record(self._json(await self._ask("/api/v2/instance")))
        except (GoneOnNetwork, RefusedByNetwork, AnswerUnreadable, ServerTrouble):
            instance = parse.record(self._json(await self._ask("/api/v1/instance")))
        found = detect(await self._nodeinfo(), instance)
        self._software = found.software
        return ServerProfile(found.shown, read_limits(instance, found.software, self._clock.now()), found.software.roles)

    def quotas(self) -> tuple[Quota, ...]:
        """What the last answers said is left (Mastodon docs, rate limits)."""
        found = (quota(name, headers, self._clock.now()) for name, headers in sorted(self._line.told.items()))
        return tuple(one for one in found if one is not None)

    async def close(self) -> None:
        """Ends its connections."""
        if self._bell is not None:
            await self._bell.close()
        await self._line.close()

    async def bell(self) -> None:
        """Returns when the server says that something came in (Mastodon docs, streaming API). Raises NetworkProblem."""
        if self._bell is None:
            self._bell = MastodonBell(self._line, await self._streaming())
        await self._bell.heard()

    async def _streaming(self) -> str:
        """The address of the streaming server, as the instance tells it; nothing where it does not."""
        try:
            told = parse.record(self._json(await self._ask("/api/v2/instance")))
        except (GoneOnNetwork, RefusedByNetwork, AnswerUnreadable, ServerTrouble):
            return ""
        return parse.text(parse.part(parse.part(told, "configuration"), "urls"), "streaming", 300)

    async def _nodeinfo(self) -> Any:
        """The NodeInfo document, or None: it only helps, so its failures are no failures."""
        try:
            index = (await self._line.ask(Call("GET", "/.well-known/nodeinfo", authorized=False))).json()
            for link in parse.items(index, "links")[:8]:
                if not parse.text(link, "rel").startswith(_NODEINFO):
                    continue
                scheme_host, _, path = (
                    parse.text(link, "href", 300).removeprefix("https://").removeprefix("http://").partition("/")
                )
                if scheme_host == parse.host_of(self._line.origin) and "?" not in path:
                    return (await self._line.ask(Call("GET", f"/{path}", authorized=False))).json()
        except (NetworkProblem, ValueError):
            return None
        return None

    async def _ask(self, path: str, *query: tuple[str, str]) -> Answer:
        """A successful answer to a read; raises NetworkProblem."""
        answer = await self._line.ask(Call("GET", path, query=query))
        self._check(answer)
        return answer

    async def _do(self, method: str, path: str, body: Any = None) -> Answer:
        """A successful answer to a small write that may be repeated without harm; raises NetworkProblem."""
        try:
            answer = await self._line.send(Call(method, path, body=body))
        except CallFailed as failure:
            raise failure.problem from None
        self._check(answer)
        return answer

    def _json(self, answer: Answer) -> Any:
        return answer.json()

    def _check(self, answer: Answer) -> None:
        if not answer.ok:
            raise self._problem(answer)

    def _problem(self, answer: Answer) -> NetworkProblem:
        """The problem behind a status (Mastodon docs, API errors; the lookalikes answer 400 or 422 for a bad key too)."""
        detail = error_detail(answer)
        if answer.status == 429:
            return RateLimited(retry_at(answer.headers, self._clock.now()))
        if answer.status == 401:
            return AuthRevoked(status=401)
        if answer.status == 403 and "scope" in detail.lower():
            return ScopeMissing(status=403)
        if answer.status in {404, 410}:
            return GoneOnNetwork(status=answer.status)
        if answer.status >= 500:
            return ServerTrouble(status=answer.status)
        return RefusedByNetwork(answer.status, detail)

    async def _confirm(self) -> None:
        """Asks once per life who we are before anything is written; raises NotSent, because nothing was."""
        if self._confirmed:
            return
        if self._identity is None:
            raise NotSent(WrongIdentity(expected="", found=""), before=True)
        try:
            found = await self.whoami()
        except RateLimited as problem:
            raise NotSent(problem, problem.until, before=True) from None
        except NetworkProblem as problem:
            raise NotSent(problem, before=True) from None
        if not found.same_as(self._identity):
            raise NotSent(WrongIdentity(expected=self._identity.handle, found=found.handle), before=True)
        self._confirmed = True


def error_detail(answer: Answer) -> str:
    """The server's own short words, or nothing where the body is no JSON."""
    try:
        return parse.problem_text(answer.json())
    except AnswerUnreadable:
        return ""
