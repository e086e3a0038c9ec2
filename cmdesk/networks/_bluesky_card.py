"""Makes the card of a link: title, words and picture of a page that may be hostile, under caps, deadlines and no trust."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field
from html import unescape
from typing import Final
from urllib.parse import parse_qsl, urljoin, urlsplit

from cmdesk.domain.errors import BadInput, CmdeskError
from cmdesk.networks._addresses import clean_origin
from cmdesk.networks._bluesky_session import Lines
from cmdesk.networks._html import clean
from cmdesk.networks.http import Answer, Call, CallFailed
from cmdesk.networks.port import Picture, PictureDoor

SECONDS: Final = 20.0
PAGE_SECONDS: Final = 10.0
PAGE_BYTES: Final = 4_000_000
PICTURE_BYTES: Final = 8_000_000
#: What the network takes as a card's picture (lexicon app.bsky.embed.external, thumb).
THUMB_BYTES: Final = 1_000_000
THUMB_SIDE: Final = 1200
_READ: Final = 250_000  # characters of a page that are looked at: what describes it stands at its head
_MOST_HOPS: Final = 5
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_PIECE = re.compile(
    r"<!--.*?(?:-->|\Z)|<(meta|title|/title|/head|body|script|style|/script|/style)\b"
    r"((?:[^<>\"']++|\"[^\"]{0,1500}+\"|'[^']{0,1500}+')*+)>?",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"""([a-zA-Z:-]{1,40})\s{0,20}=\s{0,20}(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""")
#: What pages are written in; any other name is read as UTF-8 (some of Python's decoders are slow or do other things).
_CHARSETS: Final = frozenset(
    {
        "utf-8",
        "us-ascii",
        "iso-8859-1",
        "iso-8859-2",
        "iso-8859-15",
        "windows-1250",
        "windows-1251",
        "windows-1252",
        "windows-1254",
        "windows-1256",
        "shift_jis",
        "euc-jp",
        "gbk",
        "gb2312",
        "gb18030",
        "big5",
        "euc-kr",
        "koi8-r",
    }
)
_CHARSET = re.compile(rb"""charset\s{0,5}=\s{0,5}["']?([a-zA-Z0-9_-]{2,40})""")


@dataclass(frozen=True, slots=True)
class Card:
    """What is shown of a page. ``uri`` is the link as the post has it, wherever it led."""

    uri: str
    title: str
    description: str
    picture: Picture | None = field(default=None, repr=False)


async def make(uri: str, lines: Lines, door: PictureDoor | None, *, allow_private: bool) -> Card | None:
    """The card of a link, or None when the page is not to be had in time; never raises for what a page does."""
    try:
        async with asyncio.timeout(SECONDS):
            page, address = await _fetched(uri, lines, "text/html,application/xhtml+xml", PAGE_BYTES, allow_private)
            told = described(page)
            title = told.get("og:title") or told.get("twitter:title") or told.get("title") or ""
            words = told.get("og:description") or told.get("twitter:description") or told.get("description") or ""
            if not title:
                return None
            picture = None
            where = told.get("og:image") or told.get("og:image:url") or told.get("twitter:image")
            if where and door is not None:
                picture = await _picture(urljoin(address, where), lines, door, allow_private)
            return Card(uri, title[:300], words[:1000], picture)
    except (TimeoutError, CmdeskError, ValueError, OSError):
        return None


async def _picture(address: str, lines: Lines, door: PictureDoor, allow_private: bool) -> Picture | None:
    try:
        answer, _ = await _fetched(address, lines, "image/jpeg,image/png,image/webp,image/gif", PICTURE_BYTES, allow_private)
        return await door.fit(answer.body, most_bytes=THUMB_BYTES, most_side=THUMB_SIDE)
    except (CmdeskError, ValueError, OSError):
        return None


async def _fetched(uri: str, lines: Lines, accept: str, most: int, allow_private: bool) -> tuple[Answer, str]:
    """The page at a link and where it really is. Each hop is a line of its own, with the same refusals as the first."""
    address = uri
    for _ in range(_MOST_HOPS + 1):
        parts = urlsplit(address)
        scheme = "http" if allow_private and parts.scheme == "http" else "https"
        if parts.scheme not in {"http", "https"} or parts.username is not None or len(address) > 4096:
            raise ValueError("not a web page")
        origin = clean_origin(f"{scheme}://{parts.netloc}", allow_private=allow_private)
        line = lines(origin)
        try:
            call = Call(
                "GET",
                f"/{parts.path.lstrip('/')}",
                query=parse_qsl(parts.query, keep_blank_values=True, max_num_fields=100),
                headers={"Accept": accept},
                authorized=False,
                follow=False,
                seconds=PAGE_SECONDS,
                most_bytes=most,
            )
            answer = await line.send(call)
        except CallFailed as failure:
            raise failure.problem from None
        finally:
            await line.close()
        if answer.status not in _REDIRECTS:
            if not answer.ok:
                raise BadInput(field="link", reason="no_page")
            return answer, address
        address = urljoin(address, answer.headers.get("location", ""))
    raise ValueError("too many hops")


def described(answer: Answer) -> dict[str, str]:
    """What a page says of itself: its title and its meta elements, each name once, as plain text without control characters."""
    kind = answer.headers.get("content-type", "").lower()
    if kind and "html" not in kind:
        return {}
    text = _decoded(answer)[:_READ]
    found: dict[str, str] = {}
    title_from: int | None = None
    silent = False
    for match in _PIECE.finditer(text):
        name = (match[1] or "").lower()
        if name in {"script", "style"}:
            silent = True
        elif name in {"/script", "/style"}:
            silent = False
        elif silent or not name:
            continue
        elif name == "title" and "title" not in found:
            title_from = match.end()
        elif name == "/title" and title_from is not None:
            found["title"] = _words(text[title_from : match.start()][:2000])
            title_from = None
        elif name in {"/head", "body"}:
            break
        elif name == "meta":
            _meta(match[2], found)
    return found


def _meta(attributes: str, found: dict[str, str]) -> None:
    told = {
        one[1].lower(): next((value for value in one.groups()[1:] if value is not None), "")
        for one in _ATTRIBUTE.finditer(attributes)
    }
    name = (told.get("property") or told.get("name") or "").strip().lower()
    if name and "content" in told and len(found) < 200:
        found.setdefault(name, _words(told["content"]))


def _words(raw: str) -> str:
    return " ".join(clean(unescape(raw)).split())


def _decoded(answer: Answer) -> str:
    told = _CHARSET.search(answer.headers.get("content-type", "").encode("latin-1", "replace")) or _CHARSET.search(
        answer.body[:4096]
    )
    name = told[1].decode("ascii").lower() if told else "utf-8"
    return answer.body[: _READ * 4].decode(name if name in _CHARSETS else "utf-8", "replace")
