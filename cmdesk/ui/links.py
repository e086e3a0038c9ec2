"""Opens links: the one function that hands an address to the system, after a click and never before it was read."""

import re
from collections.abc import Callable
from enum import Enum
from typing import Final
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

from msgspec import Struct
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

MOST: Final = 4096
_HOST = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*\.?"
_IPV6 = r"[0-9a-f:.]{2,45}"
_FORBIDDEN = r"[\x00-\x20\x7f-\x9f\\<>\"`{}|^\u2028\u2029\u202a-\u202e\u2066-\u2069]"
_MAILBOX = r"[A-Za-z0-9.!#$%&'*+/=?^_~-]{1,64}@[A-Za-z0-9.-]{1,253}"
_SHOWN_HOST = r"(?i)^(?:https?://)?(?:[^\s/@]*@)?((?:[\w-]+\.)+[^\W\d_]{2,})(?:[:/?#].*)?…?$"


class Why(Enum):
    """Why the user is asked before a link opens."""

    MAIL = "mail"  # it starts a letter in the mail program
    FOREIGN_SCRIPT = "foreign_script"  # the host is not ASCII: letters may look like others
    OTHER_HOST = "other_host"  # the text names another host than the one it leads to


class Link(Struct, frozen=True):
    """An address, read and written again. ``host`` is its ASCII form, empty for mail; ``asks`` says why to ask first."""

    url: str
    host: str
    asks: Why | None = None


def read_link(url: str, shown: str = "") -> Link | None:
    """Reads a foreign address; None when it may not be opened. ``shown`` is the text it stands under."""
    text = url.strip()
    if not text or len(text) > MOST or re.search(_FORBIDDEN, text):
        return None
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme == "mailto":
        return _mail(parts)
    if parts.scheme not in {"http", "https"} or parts.username is not None or parts.password is not None or not parts.hostname:
        return None
    host = ascii_host(parts.hostname)
    if host is None:
        return None
    place = f"[{host}]" if ":" in host else host
    if port is not None:
        place += f":{port}"
    again = urlunsplit((parts.scheme, place, _clean(parts.path) or "/", _clean(parts.query), _clean(parts.fragment)))
    asks = None
    if _names_another(shown, host):
        asks = Why.OTHER_HOST
    elif not parts.hostname.isascii() or "xn--" in host:
        asks = Why.FOREIGN_SCRIPT
    return Link(again, host, asks)


def open_link(url: str, opener: Callable[[str], bool], ask: Callable[[Link], bool], shown: str = "") -> bool:
    """Opens a link the user clicked: http and https, mailto after a question; everything else is refused and False comes back.

    ``opener`` hands an address to the system, ``ask`` shows where it really leads and answers whether to go on.
    """
    link = read_link(url, shown)
    if link is None:
        return False
    if link.asks is not None and not ask(link):
        return False
    return opener(link.url)


def open_folder(folder: QUrl) -> bool:
    """Shows a folder of this computer, which the user asked for, in the system's file manager."""
    return folder.isLocalFile() and QDesktopServices.openUrl(folder)


def ascii_host(host: str) -> str | None:
    """A host in the form networks use (punycode for other scripts); None when it is no host."""
    lowered = host.lower()
    if ":" in lowered:
        return lowered if re.fullmatch(_IPV6, lowered) else None
    try:
        found = lowered if lowered.isascii() else lowered.encode("idna").decode("ascii")
    except UnicodeError:
        return None
    return found if len(found) <= 253 and re.fullmatch(_HOST, found) else None


def _mail(parts: SplitResult) -> Link | None:
    """Only the address: subject, body and copies come from strangers and stay out."""
    if parts.netloc or not re.fullmatch(_MAILBOX, parts.path):
        return None
    return Link(f"mailto:{quote(parts.path, safe='@+.!_~-')}", "", Why.MAIL)


def _clean(part: str) -> str:
    return quote(part, safe="/:?#[]@!$&'()*+,;=~%._-")


def _names_another(shown: str, host: str) -> bool:
    visible = "".join(
        character for character in shown if character.isprintable() and character not in "\u200b\u2060\ufeff"
    ).strip()
    match = re.match(_SHOWN_HOST, visible)
    if match is None:
        return False
    named = ascii_host(match[1])
    return named is not None and _bare(named) != _bare(host)


def _bare(host: str) -> str:
    return host.rstrip(".").removeprefix("www.")
