"""Which addresses may be called: a server's name is typed by hand or comes from strangers, and must not open the home."""

from __future__ import annotations

import asyncio
import ipaddress
import re
import socket
from collections.abc import Awaitable, Callable, Sequence
from typing import Final
from urllib.parse import urlsplit

import idna

from cmdesk.domain.errors import BadInput

#: A resolver: name and port to addresses as text. Raises OSError when there is no such name.
Resolver = Callable[[str, int], Awaitable[Sequence[str]]]
Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
_NAT64_LOCAL: Final = ipaddress.IPv6Network("64:ff9b:1::/48")
_SHARED: Final = ipaddress.IPv4Network("100.64.0.0/10")
_HOST = re.compile(r"(?=.{1,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*")
_NUMBER = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)")


async def system_resolver(host: str, port: int) -> Sequence[str]:
    """The machine's own resolver, addresses in its order, each once."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


def parse(text: str) -> Address | None:
    """An address as it will really be called: mapped, translated and tunnelled forms are read as what is inside."""
    try:
        address = ipaddress.ip_address(text.split("%", 1)[0])
    except ValueError:
        return None
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return address.ipv4_mapped
        if address.sixtofour is not None:
            return address.sixtofour
        if address in _NAT64:
            return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def verdict(text: str, *, allow_private: bool) -> str | None:
    """Why an address may not be called, or None: loopback, private, link_local, multicast, reserved, not_an_address.

    Link-local stays closed even where private servers are allowed: cloud machines keep their keys there.
    """
    address = parse(text)
    if address is None:
        return "not_an_address"
    if address.is_unspecified:
        return "reserved"
    if address.is_multicast:
        return "multicast"
    if address.is_link_local:
        return "link_local"
    if address.is_loopback:
        return None if allow_private else "loopback"
    if _is_private(address):
        return None if allow_private else "private"
    return None if address.is_global and not address.is_reserved else "reserved"


def is_local(text: str) -> bool:
    """Whether an address is this machine or its own network."""
    address = parse(text)
    return address is not None and (address.is_loopback or _is_private(address))


_PRIVATE: Final[tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]] = (
    ipaddress.IPv4Network("10.0.0.0/8"),
    ipaddress.IPv4Network("172.16.0.0/12"),
    ipaddress.IPv4Network("192.168.0.0/16"),
    _SHARED,
    ipaddress.IPv6Network("fc00::/7"),
    ipaddress.IPv6Network("fec0::/10"),
    _NAT64_LOCAL,
)


def _is_private(address: Address) -> bool:
    return any(address.version == net.version and address in net for net in _PRIVATE)


#: What a browser shows behind the server when somebody's page is open.
_PROFILE = re.compile(r"/(?:web/)?@[A-Za-z0-9_.\-]+(?:@[A-Za-z0-9.\-]+)?/?|/users/[A-Za-z0-9_.\-]+/?")


def _without_password(text: str) -> str:
    """An address as it may be repeated: what stands before the server's name may be a password."""
    scheme, slashes, rest = text.rpartition("://")
    place, slash, tail = rest.partition("/")
    user, mark, host = place.rpartition("@")
    return f"{scheme}{slashes}…@{host}{slash}{tail}" if mark and user and not text.startswith("@") else text


def clean_origin(text: str, *, allow_private: bool = False) -> str:
    """The origin of a server as people type it (``example.social``, ``https://example.social/``, ``@me@example.social``),
    or paste it from a profile (``https://example.social/@me``).

    Only https, a host, and a port if one was typed; plain http and addresses only where private servers are allowed.
    Raises BadInput(field="server") with reason ``empty``, ``not_a_server``, ``not_https`` or ``address``.
    """
    given = text.strip()
    if not given:
        raise BadInput(field="server", reason="empty")
    quoted = _without_password(given)[:80]
    if "://" not in given:
        given = f"https://{given.rpartition('@')[2] if given.startswith('@') else given}"
    try:
        parts = urlsplit(given)
        port = parts.port
        host = parts.hostname or ""
    except ValueError:
        raise BadInput(field="server", reason="not_a_server", given=quoted) from None
    plain = parts.path in {"", "/"} or _PROFILE.fullmatch(parts.path) is not None
    clean = "\\" not in given and "@" not in parts.netloc and plain and not parts.query and not parts.fragment
    if not clean or any(character <= " " or character == "\x7f" for character in given) or port == 0:
        raise BadInput(field="server", reason="not_a_server", given=quoted)
    if parts.scheme != "https" and not (parts.scheme == "http" and allow_private):
        raise BadInput(field="server", reason="not_https", given=quoted)
    if _is_address(host):
        if not allow_private:
            raise BadInput(field="server", reason="address", given=quoted)
        shown = f"[{host}]" if ":" in host else host
    else:
        shown = _clean_name(host, quoted, allow_private=allow_private)
    default = {"https": 443, "http": 80}[parts.scheme]
    return f"{parts.scheme}://{shown}" + (f":{port}" if port not in {None, default} else "")


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return "%" not in host


def _clean_name(host: str, given: str, *, allow_private: bool) -> str:
    try:
        name = host.rstrip(".").lower() if host.isascii() else idna.encode(host.rstrip("."), uts46=True).decode("ascii")
    except idna.IDNAError:
        raise BadInput(field="server", reason="not_a_server", given=given[:80]) from None
    last = name.rpartition(".")[2]
    # A last label that is a number makes resolvers read the whole as an address ("127.1", "0x7f000001").
    if _HOST.fullmatch(name) is None or _NUMBER.fullmatch(last) or ("." not in name and not allow_private):
        raise BadInput(field="server", reason="not_a_server", given=given[:80])
    return name
