"""Logs in to a Mastodon-like server through the browser: own app, own listener, proofs that bind the answer to the question."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import urlencode

import httpx
from msgspec import Struct

from cmdesk.domain.errors import (
    AnswerUnreadable,
    BadInput,
    NetworkProblem,
    RateLimited,
    RefusedByNetwork,
    ServerTrouble,
)
from cmdesk.domain.secret import Secret
from cmdesk.networks import _mastodon_parse as parse
from cmdesk.networks._addresses import Resolver
from cmdesk.networks._loopback import Loopback
from cmdesk.networks.http import Answer, Call, CallFailed, Line

#: The page that shows a code to copy (Mastodon docs, OAuth; GoToSocial knows it too).
OUT_OF_BAND: Final = "urn:ietf:wg:oauth:2.0:oob"
#: The old, broad names: every Mastodon-like server knows them, the fine ones only some.
SCOPES: Final = ("read", "write", "follow")
LOGIN_SECONDS: Final = 300.0
_APP_NAME: Final = "cmdesk"
_BROAD: Final = frozenset({"read", "write"})


class LoginRefused(NetworkProblem):
    """The login came to nothing; ``reason`` is ``denied``, ``timeout``, ``closed`` or ``wrong_issuer``."""

    CODE = "login_refused"

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason=reason)


class App(Struct, frozen=True):
    """This program as one server knows it; kept with the account so that its access can be revoked."""

    origin: str
    client_id: str
    client_secret: Secret
    redirect_uri: str
    scopes: tuple[str, ...] = SCOPES


class Grant(Struct, frozen=True):
    """What a login yields: the access, for the app that asked for it."""

    origin: str
    access: Secret
    scopes: tuple[str, ...]
    app: App


@dataclass(frozen=True, slots=True, repr=False)
class Proof:
    """The secrets of one flow: made for it, compared once, never shown."""

    state: str
    verifier: str

    @classmethod
    def new(cls) -> Proof:
        return cls(secrets.token_urlsafe(32), secrets.token_urlsafe(64))

    @property
    def challenge(self) -> str:
        """S256 of the verifier (RFC 7636)."""
        digest = hashlib.sha256(self.verifier.encode("ascii")).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")


class _Flow:
    """What both ways of logging in share: one line, one app, one proof, and a code that is used once."""

    def __init__(self, line: Line, app: App, proof: Proof, language: str) -> None:
        self._line = line
        self._app = app
        self._proof = proof
        self._used = False
        query = {
            "response_type": "code",
            "client_id": app.client_id,
            "redirect_uri": app.redirect_uri,
            "scope": " ".join(app.scopes),
            "state": proof.state,
            "code_challenge": proof.challenge,
            "code_challenge_method": "S256",
            # Without it the browser's present login is taken, which may be another client's account.
            "force_login": "true",
        }
        if language:
            query["lang"] = language
        #: Where the person logs in; opened in their own browser.
        self.url = f"{app.origin}/oauth/authorize?{urlencode(query)}"

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._app.origin}>"

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self.close()

    async def close(self) -> None:
        """Ends the login; nothing of it can be used any more."""
        self._used = True
        await self._line.close()

    async def _exchange(self, code: str) -> Grant:
        """The access for a code; each flow asks once (Mastodon docs, OAuth, token)."""
        if self._used:
            raise LoginRefused("closed")
        # What can be no code was never shown to the server: a slip in copying does not cost the login.
        if not code or len(code) > 2048 or not code.isascii() or not code.isprintable() or " " in code:
            raise BadInput(field="code", reason="not_a_code")
        self._used = True
        form = (
            ("grant_type", "authorization_code"),
            ("code", code),
            ("client_id", self._app.client_id),
            ("client_secret", self._app.client_secret.reveal()),
            ("redirect_uri", self._app.redirect_uri),
            ("scope", " ".join(self._app.scopes)),
            ("code_verifier", self._proof.verifier),
        )
        answer = await _post(self._line, "/oauth/token", form)
        if answer.status in {400, 401, 403, 422}:
            raise BadInput(field="code", reason="refused")
        granted = _record(answer)
        access = granted.get("access_token")
        kind = granted.get("token_type", "Bearer")
        if not isinstance(access, str) or not 1 <= len(access) <= 4096 or not isinstance(kind, str) or kind.lower() != "bearer":
            raise AnswerUnreadable(reason="shape")
        told = parse.text(granted, "scope", 1000).split()
        if told and not set(told) >= _BROAD:
            raise LoginRefused("denied")
        return Grant(self._app.origin, Secret(access), tuple(told) or self._app.scopes, self._app)


class BrowserLogin(_Flow):
    """Through the browser, with the answer caught on 127.0.0.1. Begin, open ``url``, await ``finish``, close."""

    def __init__(self, line: Line, app: App, proof: Proof, language: str, loopback: Loopback) -> None:
        super().__init__(line, app, proof, language)
        self._loopback = loopback

    @classmethod
    async def begin(
        cls,
        origin: str,
        *,
        done: bytes,
        failed: bytes,
        allow_private: bool = False,
        language: str = "",
        resolver: Resolver | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> BrowserLogin:
        """Binds the listener first, then registers an app for exactly its address. Raises NetworkProblem.

        ``done`` and ``failed`` are the whole HTML pages (UTF-8) that the browser shows at the end; ``origin`` is checked text.
        """
        proof = Proof.new()
        line = Line(origin, allow_private=allow_private, resolver=resolver, transport=transport)
        try:
            loopback = await Loopback.open(judge_of(proof, origin), done=done, failed=failed)
        except BaseException:
            await line.close()
            raise
        try:
            app = await register(line, origin, loopback.address)
        except BaseException:
            await loopback.close()
            await line.close()
            raise
        return cls(line, app, proof, language, loopback)

    async def finish(self, timeout: float = LOGIN_SECONDS) -> Grant:  # noqa: ASYNC109 - the person's time, not the call's
        """Waits for the browser's answer and changes it into an access. Raises LoginRefused, BadInput or NetworkProblem."""
        try:
            async with asyncio.timeout(timeout):
                found = await self._loopback.answer()
        except TimeoutError:
            raise LoginRefused("timeout") from None
        finally:
            await self._loopback.close()
        if found.refusal:
            raise LoginRefused(found.refusal)
        return await self._exchange(found.code)

    async def close(self) -> None:
        """Ends the login and its listener; whoever waits in ``finish`` gets LoginRefused("closed")."""
        await self._loopback.close()
        await super().close()


class CodeLogin(_Flow):
    """Through the browser on any machine, with the code copied by hand."""

    @classmethod
    async def begin(
        cls,
        origin: str,
        *,
        allow_private: bool = False,
        language: str = "",
        resolver: Resolver | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> CodeLogin:
        """Registers an app whose code is shown on a page. Raises NetworkProblem."""
        line = Line(origin, allow_private=allow_private, resolver=resolver, transport=transport)
        try:
            app = await register(line, origin, OUT_OF_BAND)
        except BaseException:
            await line.close()
            raise
        return cls(line, app, Proof.new(), language)

    async def finish(self, code: str) -> Grant:
        """The access for the copied code, once: a wrong code needs a new login. Raises BadInput(field="code"), NetworkProblem."""
        return await self._exchange(code.strip())


async def register(line: Line, origin: str, redirect_uri: str) -> App:
    """Registers this program with a server, for one exact address (Mastodon docs, apps API)."""
    form = (("client_name", _APP_NAME), ("redirect_uris", redirect_uri), ("scopes", " ".join(SCOPES)))
    answer = await _post(line, "/api/v1/apps", form)
    told = _record(answer)
    client_id, client_secret = told.get("client_id"), told.get("client_secret")
    for value in (client_id, client_secret):
        if not isinstance(value, str) or not 1 <= len(value) <= 1024 or not value.isascii() or not value.isprintable():
            raise AnswerUnreadable(reason="shape")
    return App(origin, str(client_id), Secret(str(client_secret)), redirect_uri)


async def revoke(
    app: App,
    access: Secret,
    *,
    allow_private: bool = False,
    resolver: Resolver | None = None,
    transport: httpx.AsyncBaseTransport | None = None,
) -> None:
    """Takes an access back at the server (Mastodon docs, OAuth, revoke). Raises NetworkProblem when that can't be known."""
    form = (("client_id", app.client_id), ("client_secret", app.client_secret.reveal()), ("token", access.reveal()))
    async with Line(app.origin, allow_private=allow_private, resolver=resolver, transport=transport) as line:
        answer = await _post(line, "/oauth/revoke", form)
    if not answer.ok:
        raise RefusedByNetwork(answer.status)


async def _post(line: Line, path: str, form: tuple[tuple[str, str], ...]) -> Answer:
    """One call of a login; the person may simply begin anew, so a lost answer is a plain problem."""
    try:
        answer = await line.send(Call("POST", path, form=form, authorized=False))
    except CallFailed as failure:
        raise failure.problem from None
    if answer.status == 429:
        raise RateLimited
    if answer.status >= 500:
        raise ServerTrouble(status=answer.status)
    return answer


def _record(answer: Answer) -> dict[str, Any]:
    """The JSON object of a success; raises RefusedByNetwork or AnswerUnreadable, never with the words of the body: keys."""
    if not answer.ok:
        raise RefusedByNetwork(answer.status)
    return parse.record(answer.json())


@dataclass(frozen=True, slots=True, repr=False)
class Caught:
    """What the listener accepted: a code, or the reason of an honest refusal."""

    code: str = ""
    refusal: str = ""


def judge_of(proof: Proof, origin: str, *, names_itself: bool = False) -> Callable[[dict[str, list[str]]], Caught | None]:
    """Judges the query of an answer: None for one that is not ours, which leaves the listener waiting for the real one.

    ``names_itself``: the server must say who it is in its answer (RFC 9207), not only when it says anything.
    """

    def judge(query: dict[str, list[str]]) -> Caught | None:
        if any(len(values) != 1 for values in query.values()):
            return None
        told = {name: values[0] for name, values in query.items()}
        state = told.get("state", "").encode("utf-8", "surrogatepass")
        if not hmac.compare_digest(state, proof.state.encode("ascii")):
            return None
        if told.get("iss", "" if names_itself else origin).rstrip("/") != origin:
            return Caught(refusal="wrong_issuer")
        if "error" in told:
            # An answer with both says two things; it is believed in neither.
            return None if "code" in told else Caught(refusal="denied")
        code = told.get("code", "")
        return Caught(code=code) if code else None

    return judge
