"""Speaks to an account's own server under a session that runs out: renewed once, kept before it is used, and asked again."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from cmdesk.domain.clock import Clock
from cmdesk.domain.errors import (
    AnswerUnreadable,
    AuthExpired,
    AuthRevoked,
    GoneOnNetwork,
    NetworkProblem,
    RateLimited,
    RefusedByNetwork,
    ScopeMissing,
    SecretDamaged,
    ServerTrouble,
    WrongIdentity,
)
from cmdesk.domain.secret import Secret
from cmdesk.networks import _values as values
from cmdesk.networks._dpop import DpopKey
from cmdesk.networks._rates import retry_at
from cmdesk.networks.http import Answer, Call, CallFailed, Line
from cmdesk.networks.port import RenewableSecret, SecretSource

#: Opens a line to an origin; every line of a connector is made by one of these, so that one rule holds for all.
Lines = Callable[[str], Line]

_SPENT: Final = frozenset({"ExpiredToken"})
_REFUSED: Final = frozenset(
    {
        "InvalidToken",
        "AuthenticationRequired",
        "AuthMissing",
        "AccountTakedown",
        "AccountDeactivated",
        "AccountNotFound",
        "RepoDeactivated",
        "RepoTakendown",
    }
)
#: Refusals of a renewal that no patience will change (XRPC names and RFC 6749).
_ENDED: Final = _SPENT | _REFUSED | {"invalid_grant", "invalid_client", "unauthorized_client"}
_GONE: Final = frozenset({"RecordNotFound", "NotFound", "RepoNotFound", "SubjectNotFound", "ActorNotFound"})
_LONGEST_TOKEN: Final = 8192


@dataclass(frozen=True, slots=True, repr=False)
class OAuthPart:
    """What an OAuth session needs beside its tokens: whose it is to renew, as which client, and the key that proves it is us."""

    issuer: str
    token_endpoint: str
    revocation_endpoint: str
    client_id: str
    key: DpopKey


@dataclass(frozen=True, slots=True, repr=False)
class Session:
    """A session as the keyring keeps it. ``pds`` is the origin of the account's server, ``service`` where it is renewed."""

    did: str
    pds: str
    service: str
    access: str
    refresh: str
    oauth: OAuthPart | None = None

    def packed(self) -> Secret:
        """The text for the keyring."""
        told: dict[str, Any] = {
            "v": 1,
            "did": self.did,
            "pds": self.pds,
            "service": self.service,
            "access": self.access,
            "refresh": self.refresh,
        }
        if self.oauth is not None:
            told["oauth"] = {
                "issuer": self.oauth.issuer,
                "token": self.oauth.token_endpoint,
                "revoke": self.oauth.revocation_endpoint,
                "client": self.oauth.client_id,
                "key": self.oauth.key.packed(),
            }
        return Secret(json.dumps(told, separators=(",", ":")))


def unpacked(secret: Secret) -> Session:
    """The session in a text of the keyring; raises SecretDamaged for any other text."""
    try:
        told = json.loads(secret.reveal())
        texts = [told[name] for name in ("did", "pds", "service", "access", "refresh")]
        if told["v"] != 1 or not all(isinstance(one, str) and one for one in texts):
            raise ValueError
        more = told.get("oauth")
        oauth = None
        if more is not None:
            if not all(isinstance(more[name], str) for name in ("issuer", "token", "revoke", "client")):
                raise ValueError
            oauth = OAuthPart(more["issuer"], more["token"], more["revoke"], more["client"], DpopKey.unpacked(more["key"]))
        return Session(told["did"], told["pds"], told["service"], told["access"], told["refresh"], oauth)
    except (ValueError, KeyError, TypeError, AttributeError):
        # Not chained: the text of a JSON error may quote the secret.
        pass
    raise SecretDamaged("", "session", "unreadable")


def token(told: Any, name: str) -> str:
    """A token of an answer; raises AnswerUnreadable for what can be none."""
    found = told.get(name) if isinstance(told, dict) else None
    if not isinstance(found, str) or not 1 <= len(found) <= _LONGEST_TOKEN or not found.isascii() or not found.isprintable():
        raise AnswerUnreadable(reason="shape")
    if " " in found:
        raise AnswerUnreadable(reason="shape")
    return found


def subject(access: str) -> str | None:
    """Whom an access token says it is for, where it is one that can be read; the server alone can check it."""
    pieces = access.split(".")
    if len(pieces) != 3:
        return None
    try:
        claims = json.loads(base64.urlsafe_b64decode(pieces[1] + "=" * (-len(pieces[1]) % 4)))
    except (ValueError, binascii.Error, RecursionError):
        return None
    found = claims.get("sub") if isinstance(claims, dict) else None
    return found if isinstance(found, str) else None


def error_name(answer: Answer) -> str:
    """The name of an error (AT Protocol specification, XRPC), or nothing."""
    try:
        return values.text(answer.json(), "error", 80)
    except AnswerUnreadable:
        return ""


def error_detail(answer: Answer) -> str:
    """The server's own short words about an error, or nothing."""
    try:
        told = answer.json()
    except AnswerUnreadable:
        return ""
    return (
        values.text(told, "message", 200) or values.text(told, "error_description", 200) or values.text(told, "error", 80)
    ).strip()


def problem_of(answer: Answer, clock: Clock) -> NetworkProblem:
    """The problem behind an answer that is no success; the name of the error says more than the status."""
    name = error_name(answer)
    if answer.status == 429 or name == "RateLimitExceeded":
        return RateLimited(retry_at(answer.headers, clock.now()))
    if is_spent(answer):
        return AuthExpired(status=answer.status)
    if name in _REFUSED or answer.status == 401:
        return AuthRevoked(status=answer.status, reason=name)
    if answer.status == 403 and ("scope" in name.lower() or "scope" in error_detail(answer).lower()):
        return ScopeMissing(status=403)
    if name in _GONE or answer.status in {404, 410}:
        return GoneOnNetwork(status=answer.status)
    if answer.status >= 500:
        return ServerTrouble(status=answer.status)
    return RefusedByNetwork(answer.status, error_detail(answer))


def is_spent(answer: Answer) -> bool:
    """Whether the server let us in no more because the access ran out: 400 ExpiredToken, or 401 invalid_token under OAuth."""
    if answer.status == 401 and 'error="invalid_token"' in answer.headers.get("www-authenticate", ""):
        return True
    return answer.status in {400, 401} and error_name(answer) in _SPENT


def wants_nonce(answer: Answer) -> bool:
    """Whether only the server's nonce was missing (RFC 9449): nothing was looked at, and the same request may come again."""
    if not answer.headers.get("dpop-nonce"):
        return False
    if answer.status == 401 and "use_dpop_nonce" in answer.headers.get("www-authenticate", ""):
        return True
    return answer.status in {400, 401} and error_name(answer) == "use_dpop_nonce"


class NotBegun(CallFailed):
    """The call itself was never made, or refused at the door: there was no session that works."""

    def __init__(self, problem: NetworkProblem) -> None:
        super().__init__(problem, sent=False, reason=problem.code)


@dataclass(eq=False)
class Wire:
    """The one way to an account's server. ``expected`` is whom every session must be for."""

    lines: Lines
    secret: SecretSource
    clock: Clock
    expected: str | None = None
    _open: dict[str, Line] = field(default_factory=dict, init=False)
    _nonces: dict[str, str] = field(default_factory=dict, init=False)
    _last: Session | None = field(default=None, init=False)
    _made: Session | None = field(default=None, init=False)
    #: Grows when the kept session is another one than we knew, made by somebody else: who it is for must be asked again.
    strangers: int = field(default=0, init=False)

    def __repr__(self) -> str:
        return "<Wire>"

    def line(self, origin: str) -> Line:
        """The line to an origin, opened at its first use."""
        if origin not in self._open:
            self._open[origin] = self.lines(origin)
        return self._open[origin]

    def told(self) -> dict[str, Mapping[str, str]]:
        """The headers of the last answers that said how much is left, by what the call did."""
        return {name: headers for line in self._open.values() for name, headers in line.told.items()}

    async def close(self) -> None:
        """Ends all lines."""
        while self._open:
            await self._open.popitem()[1].close()

    async def session(self) -> tuple[Secret, Session]:
        """The session as it is kept; raises VaultProblem, and WrongIdentity when it is somebody else's."""
        secret = await self.secret()
        session = unpacked(secret)
        self._check(session)
        if self._last is not None and session != self._last:
            self.strangers += 1
        self._last = session
        return secret, session

    def _check(self, session: Session) -> None:
        told = subject(session.access) if session.oauth is None else None
        if (self.expected or session.did) != session.did or (told or session.did) != session.did:
            raise WrongIdentity(expected=self.expected or session.did, found=told or session.did)

    async def ask(self, method: str, *query: tuple[str, str], proxy: str = "", seconds: float = 30.0) -> Any:
        """The JSON of a query; raises NetworkProblem, VaultProblem."""
        call = Call("GET", f"/xrpc/{method}", query=query, headers=_proxied(proxy), seconds=seconds)
        try:
            answer = await self.send(call)
        except CallFailed as failure:
            raise failure.problem from None
        return self.read(answer)

    async def do(self, method: str, body: Any, proxy: str = "") -> Any:
        """The JSON of a procedure that may be repeated without harm; raises NetworkProblem, VaultProblem."""
        try:
            answer = await self.send(Call("POST", f"/xrpc/{method}", body=body, headers=_proxied(proxy)))
        except CallFailed as failure:
            raise failure.problem from None
        return self.read(answer)

    def read(self, answer: Answer) -> Any:
        """The JSON of a success (an empty body is None); raises NetworkProblem."""
        if not answer.ok:
            raise problem_of(answer, self.clock)
        return answer.json() if answer.body else None

    async def send(self, call: Call) -> Answer:
        """The answer to any call. A session that ran out is renewed and the call made once more: it was refused at the door.

        Raises CallFailed (NotBegun when only the renewal failed), VaultProblem.
        """
        try:
            secret, session = await self.session()
        except NetworkProblem as problem:
            raise NotBegun(problem) from None
        answer = await self._sent(session, call)
        if not is_spent(answer):
            return answer
        try:
            _, session = await self._renewed(secret)
        except NetworkProblem as problem:
            raise NotBegun(problem) from None
        return await self._sent(session, call)

    async def _sent(self, session: Session, call: Call) -> Answer:
        line = self.line(session.pds)
        answer = await line.send(self._signed(session, call))
        if session.oauth is not None and self._note(session.pds, answer) and wants_nonce(answer):
            answer = await line.send(self._signed(session, call))
            self._note(session.pds, answer)
        return answer

    def _signed(self, session: Session, call: Call) -> Call:
        if session.oauth is None:
            more = {"Authorization": f"Bearer {session.access}"}
        else:
            proof = session.oauth.key.proof(
                call.method,
                f"{session.pds}{call.path}",
                self.clock.now(),
                nonce=self._nonces.get(session.pds),
                access=session.access,
            )
            more = {"Authorization": f"DPoP {session.access}", "DPoP": proof}
        return replace(call, headers={**call.headers, **more}, authorized=False)

    def _note(self, origin: str, answer: Answer) -> bool:
        """Remembers a server's nonce; whether it told one."""
        nonce = answer.headers.get("dpop-nonce", "")
        if 0 < len(nonce) < 1024 and nonce.isascii() and nonce.isprintable():
            self._nonces[origin] = nonce
            return True
        return False

    async def _renewed(self, spent: Secret) -> tuple[Secret, Session]:
        """A session that works, made by us or by whoever was faster."""
        if not isinstance(self.secret, RenewableSecret):
            raise AuthExpired(reason="not_renewable")
        fresh = await self.secret.renew(spent, self._change)
        session = unpacked(fresh)
        self._check(session)
        if session != self._made:
            self.strangers += 1
        self._last = session
        return fresh, session

    async def _change(self, kept: Secret) -> Secret:
        """Makes a fresh session of the kept one: single use, so that it happens under the lock of ``renew`` alone."""
        session = unpacked(kept)
        self._check(session)
        refresh: Callable[[Session], Awaitable[Session]] = (
            self._refresh_password if session.oauth is None else self._refresh_oauth
        )
        self._made = await refresh(session)
        return self._made.packed()

    async def _refresh_password(self, session: Session) -> Session:
        """com.atproto.server.refreshSession; the server forgives a lost answer for some hours and gives the same again."""
        headers = {"Authorization": f"Bearer {session.refresh}"}
        call = Call("POST", "/xrpc/com.atproto.server.refreshSession", headers=headers, authorized=False)
        told = await self._fresh(session.service, call)
        if values.text(told, "did", 300) != session.did:
            raise AuthRevoked(reason="another_account")
        return replace(session, access=token(told, "accessJwt"), refresh=token(told, "refreshJwt"))

    async def _refresh_oauth(self, session: Session) -> Session:
        """The token endpoint with the refresh token (RFC 6749, RFC 9449); a token used twice ends the session there."""
        oauth = session.oauth
        assert oauth is not None
        form = (("grant_type", "refresh_token"), ("refresh_token", session.refresh), ("client_id", oauth.client_id))
        answer = await dpop_post(
            self.line(oauth.issuer), oauth, oauth.token_endpoint, form, nonces=self._nonces, clock=self.clock
        )
        told = self._granted(answer)
        if told.get("sub") != session.did:
            raise AuthRevoked(reason="another_account")
        return replace(session, access=token(told, "access_token"), refresh=token(told, "refresh_token"))

    async def _fresh(self, origin: str, call: Call) -> dict[str, Any]:
        try:
            answer = await self.line(origin).send(call)
        except CallFailed as failure:
            raise failure.problem from None
        return self._granted(answer)

    def _granted(self, answer: Answer) -> dict[str, Any]:
        """The answer to a renewal. A clear no means that only linking again helps; all else passes."""
        name = error_name(answer)
        if not wants_nonce(answer) and (answer.status == 401 or (answer.status == 400 and name in _ENDED)):
            raise AuthRevoked(status=answer.status, reason=name)
        return values.record(self.read(answer))


async def dpop_post(
    line: Line, oauth: OAuthPart, endpoint: str, form: tuple[tuple[str, str], ...], *, nonces: dict[str, str], clock: Clock
) -> Answer:
    """One form to an endpoint of the issuer, with a proof; once more when only its nonce was missing. Raises NetworkProblem."""
    path = endpoint.removeprefix(oauth.issuer)
    answer: Answer | None = None
    for _ in range(2):
        proof = oauth.key.proof("POST", endpoint, clock.now(), nonce=nonces.get(oauth.issuer))
        try:
            answer = await line.send(Call("POST", path, form=form, headers={"DPoP": proof}, authorized=False))
        except CallFailed as failure:
            raise failure.problem from None
        nonce = answer.headers.get("dpop-nonce", "")
        if 0 < len(nonce) < 1024 and nonce.isascii() and nonce.isprintable():
            nonces[oauth.issuer] = nonce
        if not wants_nonce(answer):
            break
    assert answer is not None
    return answer


def _proxied(service: str) -> dict[str, str]:
    return {"atproto-proxy": service} if service else {}
