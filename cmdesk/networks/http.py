"""The one transport: every byte to and from a network passes here, under limits that no server can talk us out of."""

from __future__ import annotations

import asyncio
import logging
import ssl
import zlib
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from types import TracebackType
from typing import Any, Final, Self, cast
from urllib.parse import urlencode, urljoin, urlsplit

import httpcore
import httpx

from cmdesk import __version__
from cmdesk.domain.errors import (
    AnswerTooLarge,
    AnswerUnreadable,
    AuthRevoked,
    HostRefused,
    NetworkProblem,
    NoNetwork,
    RedirectRefused,
    TimedOut,
    TlsRefused,
)
from cmdesk.domain.secret import Secret
from cmdesk.networks import _json
from cmdesk.networks._addresses import Resolver, is_local, system_resolver, verdict
from cmdesk.networks.port import SecretSource

log = logging.getLogger(__name__)

# At DEBUG httpcore quotes the headers of answers; a log of ours never holds them, whatever its level.
logging.getLogger("httpcore").setLevel(logging.WARNING)

USER_AGENT: Final = f"cmdesk/{__version__}"
JSON_BYTES: Final = 2 * 1024 * 1024
MEDIA_BYTES: Final = 40 * 1024 * 1024
CONNECT_SECONDS: Final = 10.0
CALL_SECONDS: Final = 30.0
UPLOAD_SECONDS: Final = 300.0
_MOST_REDIRECTS: Final = 3
_CALLS_AT_ONCE: Final = 6
_READING: Final = frozenset({"GET", "HEAD"})
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})

Pairs = Sequence[tuple[str, str]]


class CallFailed(Exception):
    """No usable answer. ``sent`` False is certain: not one byte of the request left. True: nobody can tell what it did."""

    def __init__(self, problem: NetworkProblem, *, sent: bool, reason: str) -> None:
        super().__init__(problem.code)
        self.problem = problem
        self.sent = sent
        self.reason = reason


@dataclass(frozen=True, slots=True, repr=False)
class Answer:
    """A whole answer within its limits; header names are lower case, ``body`` is decompressed."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def __repr__(self) -> str:
        return f"<Answer {self.status}, {len(self.body)} bytes>"

    @property
    def ok(self) -> bool:
        """Whether the status is a success."""
        return 200 <= self.status < 300

    def json(self) -> Any:
        """The body as JSON within the house's limits; raises AnswerUnreadable."""
        try:
            return _json.loads(self.body)
        except _json.BadJson as error:
            raise AnswerUnreadable(reason=error.reason, status=self.status) from None


@dataclass(frozen=True, slots=True)
class Upload:
    """A file to send as multipart field ``file``; ``name`` is what the server is told, never a path."""

    name: str
    mime: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Call:
    """One request. ``path`` begins with / and has no query; ``query``, ``form``, ``body`` and ``raw`` are never logged.

    ``raw`` is sent as it is, under the ``Content-Type`` of ``headers``. Without ``follow`` a redirect is an answer like others.
    """

    method: str
    path: str
    query: Pairs = field(default=(), repr=False)
    form: Pairs = field(default=(), repr=False)
    body: Any = field(default=None, repr=False)
    upload: Upload | None = None
    raw: bytes | None = field(default=None, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    authorized: bool = True
    seconds: float = CALL_SECONDS
    most_bytes: int = JSON_BYTES
    follow: bool = True

    @property
    def reads(self) -> bool:
        """Whether it only asks."""
        return self.method in _READING


class Line:
    """The line of one account (or one login) to one origin: own connections, no cookies, no environment, no other host.

    ``origin`` is checked text such as ``https://example.social``. ``allow_private`` opens loopback and private addresses
    (and plain http to them, to nothing else). ``transport`` replaces the sockets: an in-process server, a test's double.
    """

    def __init__(
        self,
        origin: str,
        *,
        secret: SecretSource | None = None,
        allow_private: bool = False,
        resolver: Resolver | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        self.origin = origin
        self._secret = secret
        self._turns = asyncio.Semaphore(_CALLS_AT_ONCE)
        #: The headers of the last answer that said how much is left, to a call that reads and to one that writes.
        self.told: dict[str, Mapping[str, str]] = {}
        #: The last ``Date`` that the server itself said (RFC 9110); a copy kept on the way is no clock.
        self.date = ""
        self._transport = transport or PinnedTransport(
            plain=urlsplit(origin).scheme == "http", allow_private=allow_private, resolver=resolver, trust=trust
        )

    def __repr__(self) -> str:
        return f"<Line {self.origin}>"

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self.close()

    async def close(self) -> None:
        """Ends its connections."""
        await self._transport.aclose()

    async def secret(self) -> Secret:
        """The key of this line; raises VaultProblem, or AuthRevoked without one."""
        if self._secret is None:
            raise AuthRevoked(reason="not_a_key")
        return await self._secret()

    async def connect(self, netloc: str) -> httpcore.AsyncNetworkStream:
        """A bare stream to a host (``name`` or ``name:port``), under the same rules as every call. Raises NetworkProblem."""
        if not isinstance(self._transport, PinnedTransport):
            raise NoNetwork(reason="no_sockets")
        place = urlsplit(f"//{netloc}")
        try:
            return await self._transport.connect(place.hostname or "", place.port)
        except httpcore.TimeoutException:
            raise TimedOut(host=netloc) from None
        except (httpcore.NetworkError, OSError):
            raise NoNetwork(host=netloc) from None

    async def listen(self, path: str) -> httpx.Response:
        """The open answer to a request that goes on as long as the server has something to say; raises httpx's own errors."""
        request = await self._request(Call("GET", path, headers={"Accept": "text/event-stream"}))
        wait = {"connect": CONNECT_SECONDS, "pool": CONNECT_SECONDS, "read": CALL_SECONDS * 10, "write": CONNECT_SECONDS}
        request.extensions = {"timeout": wait}
        return await self._transport.handle_async_request(request)

    async def ask(self, call: Call) -> Answer:
        """The answer to a request that only reads, whatever its status; raises NetworkProblem."""
        try:
            return await self.send(call)
        except CallFailed as failure:
            raise failure.problem from None

    async def send(self, call: Call) -> Answer:
        """The answer to any request, sent once; raises CallFailed. Only reads follow redirects, inside the origin."""
        request = await self._request(call)
        async with self._turns:
            progress = _Progress()
            try:
                async with asyncio.timeout(call.seconds):
                    answer = await self._exchange(request, call, progress)
            except TimeoutError:
                raise CallFailed(TimedOut(host=request.url.host), sent=progress.maybe_sent, reason="timeout") from None
        log.debug("%s %s%s: %s, %s bytes", call.method, self.origin, call.path, answer.status, len(answer.body))
        self.date = "" if "age" in answer.headers else answer.headers.get("date", "")[:100]
        if any(name.endswith("ratelimit-remaining") for name in answer.headers):
            self.told["read" if call.reads else "write"] = answer.headers
        return answer

    async def _request(self, call: Call) -> httpx.Request:
        if not call.path.startswith("/") or call.path.startswith("//"):
            raise ValueError("a path within the origin is needed")
        query = f"?{urlencode(list(call.query))}" if call.query else ""
        headers = {
            "User-Agent": USER_AGENT,
            "Accept": "application/json",
            "Accept-Encoding": "gzip",
            **call.headers,
        }
        if call.authorized and self._secret is not None:
            token = (await self._secret()).reveal()
            if not token or not token.isascii() or any(character <= " " or character == "\x7f" for character in token):
                raise CallFailed(AuthRevoked(reason="not_a_key"), sent=False, reason="not_a_key")
            headers["Authorization"] = f"Bearer {token}"
        url = f"{self.origin}{call.path}{query}"
        if call.upload is not None:
            files = {"file": (call.upload.name, call.upload.content, call.upload.mime)}
            return httpx.Request(call.method, url, headers=headers, files=files, data=dict(call.form))
        if call.raw is not None:
            return httpx.Request(call.method, url, headers=headers, content=call.raw)
        if call.form:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            return httpx.Request(call.method, url, headers=headers, content=urlencode(list(call.form)).encode())
        if call.body is not None:
            return httpx.Request(call.method, url, headers=headers, json=call.body)
        return httpx.Request(call.method, url, headers=headers)

    async def _exchange(self, request: httpx.Request, call: Call, progress: _Progress) -> Answer:
        followed = 0
        while (answer := await self._once(request, call, progress)).status in _REDIRECTS and call.follow:
            if followed == _MOST_REDIRECTS:
                raise CallFailed(RedirectRefused(status=answer.status, reason="too_many"), sent=True, reason="redirect")
            followed += 1
            target = urljoin(str(request.url), answer.headers.get("location", ""))
            if not call.reads or not self._within(target):
                raise CallFailed(RedirectRefused(status=answer.status), sent=True, reason="redirect")
            request = httpx.Request(request.method, target, headers=_without_host(request.headers))
        return answer

    def _within(self, target: str) -> bool:
        """Whether a target is a page of our own origin, by the same reading of the address that the request would use."""
        try:
            url = httpx.URL(target)
        except httpx.InvalidURL:
            return False
        home = httpx.URL(self.origin)
        same = (url.scheme, url.host, url.port) == (home.scheme, home.host, home.port)
        return same and not url.userinfo and len(target) < 4096

    async def _once(self, request: httpx.Request, call: Call, progress: _Progress) -> Answer:
        request.extensions = {
            "timeout": {"connect": CONNECT_SECONDS, "pool": call.seconds, "read": call.seconds, "write": call.seconds},
            "trace": progress.note,
        }
        try:
            response = await self._transport.handle_async_request(request)
        except (httpx.HTTPError, OSError, HostRefused, ssl.SSLError) as error:
            raise _failure(error, request.url.host, progress) from None
        try:
            body = await _read(response, call.most_bytes)
        except (httpx.HTTPError, OSError, httpx.StreamError) as error:
            raise CallFailed(_broken(error, request.url.host), sent=True, reason=_reason(error)) from None
        except NetworkProblem as problem:
            raise CallFailed(problem, sent=True, reason=problem.code) from None
        finally:
            await response.aclose()
        return Answer(response.status_code, {name.lower(): value for name, value in response.headers.items()}, body)


class _Progress:
    """Learns from the transport how far a request came, because that decides between "not sent" and "nobody can tell"."""

    def __init__(self) -> None:
        self.maybe_sent = True

    async def note(self, event: str, _info: Any) -> None:
        if event == "connection.connect_tcp.started":
            self.maybe_sent = False
        elif event.endswith(".send_request_headers.started"):
            self.maybe_sent = True


@cache
def _trusted() -> ssl.SSLContext:
    """Whom every line trusts: read once, because the list of authorities takes longer to read than a call. Never changed."""
    return httpx.create_ssl_context(trust_env=False)


class PinnedTransport(httpx.AsyncBaseTransport):
    """Sockets to checked addresses only. Writes get a connection of their own: a kept-alive one may die under them.

    Some servers close kept-alive connections without a word; a POST on such a one fails with a reset, and then nobody
    can tell whether it was carried out.
    """

    def __init__(
        self, *, plain: bool, allow_private: bool, resolver: Resolver | None, trust: ssl.SSLContext | None = None
    ) -> None:
        self._plain = plain
        self._backend = backend = PinnedBackend(resolver or system_resolver, plain=plain, allow_private=allow_private)
        self._context = context = trust or _trusted()
        self._reads = httpcore.AsyncConnectionPool(
            ssl_context=context, max_connections=_CALLS_AT_ONCE, keepalive_expiry=15.0, http2=False, network_backend=backend
        )
        self._writes = httpcore.AsyncConnectionPool(
            ssl_context=context,
            max_connections=_CALLS_AT_ONCE,
            max_keepalive_connections=0,
            http2=False,
            network_backend=backend,
        )

    async def connect(self, host: str, port: int | None) -> httpcore.AsyncNetworkStream:
        """A stream to a checked address, encrypted wherever the line is; raises HostRefused or httpcore's errors."""
        stream = await self._backend.connect_tcp(host, port or (80 if self._plain else 443), CONNECT_SECONDS)
        if self._plain:
            return stream
        return await stream.start_tls(self._context, server_hostname=host, timeout=CONNECT_SECONDS)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Sends one request; raises HostRefused or httpx's own errors."""
        pool = self._reads if request.method in _READING else self._writes
        url = httpcore.URL(
            scheme=request.url.raw_scheme, host=request.url.raw_host, port=request.url.port, target=request.url.raw_path
        )
        inner = httpcore.Request(
            method=request.method,
            url=url,
            headers=request.headers.raw,
            content=request.stream,
            extensions=request.extensions,
        )
        try:
            response = await self._first(pool, inner)
        except _CORE_ERRORS as error:
            raise _translated(error) from error
        return httpx.Response(response.status, headers=response.headers, stream=_Body(response))

    async def _first(self, pool: httpcore.AsyncConnectionPool, request: httpcore.Request) -> httpcore.Response:
        """The answer; a read that meets a kept connection which the server has left is asked once more on a new one."""
        try:
            return await pool.handle_async_request(request)
        except (httpcore.ReadError, httpcore.WriteError, httpcore.RemoteProtocolError):
            if pool is self._writes:
                raise
            return await self._writes.handle_async_request(request)

    async def aclose(self) -> None:
        """Ends all connections."""
        await self._reads.aclose()
        await self._writes.aclose()


class _Body(httpx.AsyncByteStream):
    """The bytes of an answer, with errors under httpx's names."""

    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    async def __aiter__(self) -> AsyncIterator[bytes]:
        try:
            async for part in cast("AsyncIterator[bytes]", self._response.stream):
                yield part
        except _CORE_ERRORS as error:
            raise _translated(error) from error

    async def aclose(self) -> None:
        await self._response.aclose()


_CORE_ERRORS: Final = (
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
    httpcore.ConnectionNotAvailable,
)


def _translated(error: Exception) -> httpx.TransportError:
    """An error of httpcore under the name httpx gives it, so that doubles and sockets fail alike."""
    for name in ("ConnectTimeout", "ConnectError", "PoolTimeout", "ReadTimeout", "WriteTimeout", "ReadError", "WriteError"):
        if isinstance(error, getattr(httpcore, name)):
            found: httpx.TransportError = getattr(httpx, name)(str(error))
            return found
    return httpx.RemoteProtocolError(type(error).__name__)


class PinnedBackend(httpcore.AsyncNetworkBackend):
    """Opens connections to the very address that was checked: a name is resolved once, so it cannot change its mind.

    The name stays in the request's URL; TLS's server name and the Host header are made from it by the layers above.
    """

    def __init__(self, resolver: Resolver, *, plain: bool, allow_private: bool) -> None:
        self._resolver = resolver
        self._plain = plain
        self._allow_private = allow_private
        self._sockets = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the base's signature
        local_address: str | None = None,
        socket_options: Any = None,
    ) -> httpcore.AsyncNetworkStream:
        """A stream to the first checked address that answers; raises HostRefused, httpcore.ConnectError or ConnectTimeout."""
        try:
            async with asyncio.timeout(timeout):
                addresses = await self._resolver(host, port)
        except TimeoutError:
            raise httpcore.ConnectTimeout("name server") from None
        except OSError:
            raise httpcore.ConnectError("name not found") from None
        if not addresses:
            raise httpcore.ConnectError("name not found")
        for address in addresses:
            refusal = verdict(address, allow_private=self._allow_private)
            if refusal is not None:
                raise HostRefused(host, refusal)
            if self._plain and not is_local(address):
                raise HostRefused(host, "not_https")
        failure: Exception | None = None
        for address in addresses[:4]:
            try:
                return await self._sockets.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure or httpcore.ConnectError("no address")

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ASYNC109 - the base's signature
        socket_options: Any = None,
    ) -> httpcore.AsyncNetworkStream:
        """Never: a server is a host."""
        del timeout, socket_options
        raise HostRefused(path, "not_allowed")

    async def sleep(self, seconds: float) -> None:
        """Waits, for the retries we do not ask for."""
        await asyncio.sleep(seconds)


async def _read(response: httpx.Response, most: int) -> bytes:
    """The body, counted raw and again while it unfolds: a small gzip can hold gigabytes."""
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in {"identity", "", "gzip", "x-gzip"}:
        raise AnswerUnreadable(reason="encoding", status=response.status_code)
    unfold = zlib.decompressobj(16 + zlib.MAX_WBITS) if encoding.endswith("gzip") else None
    raw = 0
    body = bytearray()
    assert isinstance(response.stream, httpx.AsyncByteStream)
    async for part in response.stream:
        raw += len(part)
        if raw > most:
            raise AnswerTooLarge(limit=most)
        if unfold is None:
            body += part
            continue
        try:
            body += unfold.decompress(part, most + 1 - len(body))
        except zlib.error:
            raise AnswerUnreadable(reason="gzip", status=response.status_code) from None
        if len(body) > most:
            raise AnswerTooLarge(limit=most)
    if unfold is not None and raw and not unfold.eof:
        raise AnswerUnreadable(reason="gzip", status=response.status_code)
    return bytes(body)


def _without_host(headers: httpx.Headers) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name.lower() not in {"host", "content-length"}}


def _failure(error: Exception, host: str, progress: _Progress) -> CallFailed:
    """Sorts an error without an answer. Surely not sent: no name, no route, refused, TLS refused, no connection in time."""
    if isinstance(error, HostRefused):
        return CallFailed(error, sent=False, reason=error.code)
    certain = isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout | httpx.UnsupportedProtocol)
    sent = not certain and progress.maybe_sent
    if isinstance(error, httpx.ConnectError) and _is_tls(error):
        return CallFailed(TlsRefused(host=host), sent=False, reason="tls_refused")
    return CallFailed(_broken(error, host), sent=sent, reason=_reason(error))


def _is_tls(error: BaseException) -> bool:
    """Whether TLS is at the bottom of it."""
    seen: BaseException | None = error
    for _ in range(8):
        if seen is None:
            return False
        if isinstance(seen, ssl.SSLError):
            return True
        seen = seen.__cause__ or seen.__context__
    return False


def _broken(error: Exception, host: str) -> NetworkProblem:
    if isinstance(error, httpx.TimeoutException):
        return TimedOut(host=host)
    if isinstance(error, httpx.ProtocolError):
        return AnswerUnreadable(reason="protocol")
    return NoNetwork(host=host)


def _reason(error: Exception) -> str:
    if isinstance(error, httpx.TimeoutException):
        return "timeout"
    return "protocol" if isinstance(error, httpx.ProtocolError) else "reset"
