"""Keeps one collection of a CalDAV server: lists what is in it, puts and removes single events, and nothing else.

RFC 4791 (CalDAV) and RFC 4918 (WebDAV): PROPFIND with depth one, PUT and DELETE under conditions, MKCALENDAR for a new one.
"""

from __future__ import annotations

import base64
import ssl
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Self
from urllib.parse import quote, unquote, urlsplit
from xml.etree import ElementTree as ET

from cmdesk.domain.errors import AnswerUnreadable, AuthRevoked, BadInput, RefusedByNetwork, ServerTrouble
from cmdesk.networks.http import Answer, Call, CallFailed, Line

if TYPE_CHECKING:
    import httpx

    from cmdesk.networks._addresses import Resolver
    from cmdesk.networks.port import SecretSource

_ETAGS: Final = b'<?xml version="1.0" encoding="utf-8"?><propfind xmlns="DAV:"><prop><getetag/></prop></propfind>'
_MAKE: Final = (
    b'<?xml version="1.0" encoding="utf-8"?><C:mkcalendar xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><set><prop>'
    b"<displayname>%s</displayname></prop></set></C:mkcalendar>"
)
_XML: Final = "application/xml; charset=utf-8"
_MOST_BYTES: Final = 8 * 1024 * 1024
_D: Final = "{DAV:}"


class Collection:
    """One calendar on a server, for one user. ``url`` is its address; the password is asked for at every call."""

    def __init__(
        self,
        url: str,
        user: str,
        *,
        secret: SecretSource,
        allow_private: bool = False,
        resolver: Resolver | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        parts = urlsplit(url)
        if parts.query or parts.fragment or not parts.path.strip("/"):
            raise BadInput(field="url", reason="not_an_address", given=url[:80])
        self.path = "/" + parts.path.strip("/") + "/"
        self._user = user
        self._secret = secret
        self._line = Line(
            f"{parts.scheme}://{parts.netloc}", allow_private=allow_private, resolver=resolver, transport=transport, trust=trust
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self._line.close()

    async def etags(self) -> Mapping[str, str] | None:
        """The events in the collection with the mark of their state, by name; None when there is no such collection.

        Raises NetworkProblem.
        """
        answer = await self._ask("PROPFIND", self.path, _ETAGS, {"Depth": "1", "Content-Type": _XML})
        if answer.status == 404:
            return None
        self._check(answer, {207})
        return MappingProxyType(self._read(answer))

    async def make(self, name: str) -> None:
        """Makes the collection. Raises NetworkProblem."""
        shown = "".join(f"&#{ord(one)};" for one in name).encode("ascii")
        self._check(await self._ask("MKCALENDAR", self.path, _MAKE % shown, {"Content-Type": _XML}), {201})

    async def put(self, name: str, data: bytes, etag: str | None) -> str:
        """Writes one event: over the state that is known, or (None) only if there is none. Returns its new mark, or ''.

        Raises RefusedByNetwork with status 412 when somebody else wrote meanwhile, or another NetworkProblem.
        """
        condition = {"If-None-Match": "*"} if etag is None else {"If-Match": etag}
        headers = {"Content-Type": "text/calendar; charset=utf-8", **condition}
        answer = await self._ask("PUT", self.path + quote(name), data, headers)
        self._check(answer, {200, 201, 204})
        return answer.headers.get("etag", "")

    async def remove(self, name: str, etag: str) -> None:
        """Removes one event in the state that is known; one that is gone already is fine. Raises NetworkProblem."""
        answer = await self._ask("DELETE", self.path + quote(name), None, {"If-Match": etag})
        if answer.status not in {404, 410}:
            self._check(answer, {200, 202, 204})

    async def _ask(self, method: str, path: str, data: bytes | None, headers: Mapping[str, str]) -> Answer:
        password = (await self._secret()).reveal()
        word = base64.b64encode(f"{self._user}:{password}".encode()).decode("ascii")
        call = Call(
            method,
            path,
            raw=data if data is not None else b"",
            headers={"Accept": "*/*", "Authorization": f"Basic {word}", **headers},
            authorized=False,
            follow=False,
            most_bytes=_MOST_BYTES,
        )
        try:
            return await self._line.send(call)
        except CallFailed as failure:
            raise failure.problem from None

    @staticmethod
    def _check(answer: Answer, good: set[int]) -> None:
        if answer.status in good:
            return
        if answer.status == 401:
            raise AuthRevoked(status=answer.status)
        if answer.status >= 500:
            raise ServerTrouble(status=answer.status)
        raise RefusedByNetwork(status=answer.status)

    def _read(self, answer: Answer) -> dict[str, str]:
        """Names and marks out of a multistatus answer."""
        if b"<!" in answer.body.replace(b"<![CDATA[", b"").replace(b"<!--", b""):
            raise AnswerUnreadable(reason="entities", status=answer.status)
        try:
            root = ET.fromstring(answer.body)  # noqa: S314 - entities were refused above
        except ET.ParseError:
            raise AnswerUnreadable(reason="not_xml", status=answer.status) from None
        found: dict[str, str] = {}
        for response in root.iter(f"{_D}response"):
            href = unquote(urlsplit((response.findtext(f"{_D}href") or "").strip()).path)
            etag = next((one.text.strip() for one in response.iter(f"{_D}getetag") if one.text), "")
            folder, _, name = href.rpartition("/")
            if name and folder + "/" == unquote(self.path):
                found[name] = etag
        return found
