"""Logs in to Bluesky through the browser: a client that lives on this computer, proofs bound to a key, and who it really was."""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import urlencode, urlsplit

from msgspec import Struct

from cmdesk.domain.clock import Clock
from cmdesk.domain.errors import AnswerUnreadable, BadInput, NetworkProblem, RefusedByNetwork, WrongIdentity
from cmdesk.networks import _values as values
from cmdesk.networks._addresses import clean_origin
from cmdesk.networks._bluesky_identity import ENTRYWAY, Finder, Found, clean_handle, is_did
from cmdesk.networks._bluesky_session import Lines, OAuthPart, Session, dpop_post, error_detail, problem_of, token
from cmdesk.networks._dpop import DpopKey
from cmdesk.networks._loopback import Loopback
from cmdesk.networks.http import Answer, Call
from cmdesk.networks.oauth import LOGIN_SECONDS, LoginRefused, Proof, judge_of

#: As much as an app password may do, without private messages (AT Protocol specification, permissions).
SCOPE: Final = "atproto transition:generic"


class Issuer(Struct, frozen=True):
    """A server that gives out access, as it describes itself (AT Protocol specification, OAuth). All ends are its own."""

    origin: str
    pushed: str
    authorize: str
    token: str
    revoke: str


async def issuer_of(pds: str, lines: Lines, *, allow_private: bool) -> Issuer:
    """Who gives out access to an account's server. Raises NetworkProblem."""
    told = await _described(lines, pds, "/.well-known/oauth-protected-resource")
    named = [one for one in values.items(told, "authorization_servers")[:1] if isinstance(one, str)]
    try:
        origin = clean_origin("".join(named), allow_private=allow_private)
    except BadInput:
        raise AnswerUnreadable(reason="no_issuer") from None
    meta = await _described(lines, origin, "/.well-known/oauth-authorization-server")
    if values.text(meta, "issuer", 300).rstrip("/") != origin:
        raise AnswerUnreadable(reason="issuer")
    names = ("pushed_authorization_request_endpoint", "authorization_endpoint", "token_endpoint", "revocation_endpoint")
    ends = [_end(values.text(meta, name, 500), origin) for name in names]
    if not all(ends[:3]):
        raise AnswerUnreadable(reason="issuer")
    return Issuer(origin, *ends)


def _end(address: str, origin: str) -> str:
    """An end of the issuer's own, without query; empty for any other address, which then nobody calls."""
    parts = urlsplit(address)
    own = address.startswith(f"{origin}/") and not parts.query and not parts.fragment and "@" not in parts.netloc
    return address if own else ""


async def _described(lines: Lines, origin: str, path: str) -> dict[str, Any]:
    line = lines(origin)
    try:
        answer = await line.ask(Call("GET", path, authorized=False, most_bytes=200_000))
    finally:
        await line.close()
    if not answer.ok:
        raise RefusedByNetwork(answer.status)
    return values.record(answer.json())


def client_id(redirect: str) -> str:
    """The client that lives on loopback: its address is its description, the port left out (AT Protocol specification, OAuth)."""
    path = urlsplit(redirect).path
    return f"http://localhost?{urlencode({'redirect_uri': f'http://127.0.0.1{path}', 'scope': SCOPE})}"


class BlueskyLogin:
    """Through the browser, with the answer caught on 127.0.0.1. Begin, open ``url``, await ``finish``, close."""

    def __init__(
        self, issuer: Issuer, found: Found | None, *, finder: Finder, clock: Clock, proof: Proof, loopback: Loopback
    ) -> None:
        self._issuer = issuer
        self._found = found
        self._finder = finder
        self._clock = clock
        self._proof = proof
        self._loopback = loopback
        self._nonces: dict[str, str] = {}
        self._client = client_id(loopback.address)
        self._part = OAuthPart(issuer.origin, issuer.token, issuer.revoke, self._client, DpopKey.new())
        self._used = False
        #: Where the person logs in; opened in their own browser.
        self.url = ""

    def __repr__(self) -> str:
        return f"<BlueskyLogin {self._issuer.origin}>"

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self.close()

    @classmethod
    async def begin(
        cls,
        handle: str,
        *,
        lines: Lines,
        clock: Clock,
        done: bytes,
        failed: bytes,
        server: str = "",
        allow_private: bool = False,
        language: str = "",
    ) -> BlueskyLogin:
        """Finds the server and who gives out access to it, then tells it what will be asked (RFC 9126).

        With a handle only that account is accepted in the end; without one ``server`` says where to log in. ``done`` and
        ``failed`` are the whole HTML pages (UTF-8) that the browser shows at the end. Raises BadInput, NetworkProblem.
        """
        origin = clean_origin(server, allow_private=allow_private) if server else ""
        finder = Finder(lines, allow_private, origin if allow_private else "")
        found = await finder.find(clean_handle(handle)) if handle else None
        issuer = await issuer_of(found.pds if found else origin or ENTRYWAY, lines, allow_private=allow_private)
        proof = Proof.new()
        loopback = await Loopback.open(judge_of(proof, issuer.origin, names_itself=True), done=done, failed=failed)
        self = cls(issuer, found, finder=finder, clock=clock, proof=proof, loopback=loopback)
        try:
            await self._push(handle, language)
        except BaseException:
            await self.close()
            raise
        return self

    async def _push(self, handle: str, language: str) -> None:
        form = [
            ("client_id", self._client),
            ("response_type", "code"),
            ("redirect_uri", self._loopback.address),
            ("scope", SCOPE),
            ("state", self._proof.state),
            ("code_challenge", self._proof.challenge),
            ("code_challenge_method", "S256"),
        ]
        if handle:
            form.append(("login_hint", clean_handle(handle)))
        if language:
            form.append(("ui_locales", language))
        answer = await self._post(self._issuer.pushed, tuple(form))
        if not answer.ok:
            raise self._problem(answer)
        request = token(values.record(answer.json()), "request_uri")
        self.url = f"{self._issuer.authorize}?{urlencode({'client_id': self._client, 'request_uri': request})}"

    async def _post(self, end: str, form: tuple[tuple[str, str], ...]) -> Answer:
        line = self._finder.lines(self._issuer.origin)
        try:
            return await dpop_post(line, self._part, end, form, nonces=self._nonces, clock=self._clock)
        finally:
            await line.close()

    def _problem(self, answer: Answer) -> NetworkProblem:
        if answer.status in {400, 401, 403}:
            return RefusedByNetwork(answer.status, error_detail(answer))
        return problem_of(answer, self._clock)

    async def finish(self, timeout: float = LOGIN_SECONDS) -> Session:  # noqa: ASYNC109 - the person's time, not the call's
        """Waits for the browser's answer and changes it into a session. Raises LoginRefused, WrongIdentity or NetworkProblem."""
        try:
            async with asyncio.timeout(timeout):
                caught = await self._loopback.answer()
        except TimeoutError:
            raise LoginRefused("timeout") from None
        finally:
            await self._loopback.close()
        if caught.refusal:
            raise LoginRefused(caught.refusal)
        if self._used:
            raise LoginRefused("closed")
        self._used = True
        form = (
            ("grant_type", "authorization_code"),
            ("code", caught.code),
            ("redirect_uri", self._loopback.address),
            ("client_id", self._client),
            ("code_verifier", self._proof.verifier),
        )
        answer = await self._post(self._issuer.token, form)
        if answer.status in {400, 401, 403}:
            raise BadInput(field="code", reason="refused")
        if not answer.ok:
            raise self._problem(answer)
        return await self._granted(values.record(answer.json()))

    async def _granted(self, told: dict[str, Any]) -> Session:
        """The session behind an access. Whose it is says the server, and the account's own document must say the same server."""
        if values.text(told, "token_type").lower() != "dpop" or "atproto" not in values.text(told, "scope", 2000).split():
            raise LoginRefused("denied")
        did = values.text(told, "sub", 300)
        if not is_did(did):
            raise AnswerUnreadable(reason="id")
        if self._found is not None and did != self._found.did:
            raise WrongIdentity(expected=self._found.did, found=did)
        found = self._found or await self._finder.find(did)
        if self._found is None:
            lines, private = self._finder.lines, self._finder.allow_private
            if (await issuer_of(found.pds, lines, allow_private=private)).origin != self._issuer.origin:
                raise WrongIdentity(expected=self._issuer.origin, found=did)
        access, refresh = token(told, "access_token"), token(told, "refresh_token")
        return Session(did, found.pds, self._issuer.origin, access, refresh, self._part)

    async def close(self) -> None:
        """Ends the login and its listener; whoever waits in ``finish`` gets LoginRefused("closed")."""
        self._used = True
        await self._loopback.close()
