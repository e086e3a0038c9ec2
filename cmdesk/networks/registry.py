"""The explicit list of networks: the one place that knows which connector belongs to which account."""

from __future__ import annotations

import httpx

from cmdesk.domain.account import Identity, Network
from cmdesk.domain.clock import Clock
from cmdesk.domain.errors import BadInput
from cmdesk.domain.limits import Limits
from cmdesk.networks._addresses import Resolver, clean_origin
from cmdesk.networks._bluesky_base import LIMITS as BLUESKY_LIMITS
from cmdesk.networks._bluesky_session import Lines, Wire
from cmdesk.networks._mastodon_profile import UNKNOWN, Software, software_named
from cmdesk.networks.bluesky import BlueskyConnector
from cmdesk.networks.http import Line
from cmdesk.networks.mastodon import MastodonConnector
from cmdesk.networks.port import PictureDoor, SecretSource, Whole
from cmdesk.networks.practice import ORIGIN, PracticeNetwork


def clean_server(network: Network, text: str, *, allow_private: bool = False) -> str:
    """The origin of a server as people type it; the practice network has one only. Raises BadInput(field="server")."""
    return ORIGIN if network is Network.PRACTICE else clean_origin(text, allow_private=allow_private)


def build(
    identity: Identity,
    *,
    secret: SecretSource,
    clock: Clock,
    software: str = "",
    allow_private: bool = False,
    practice: PracticeNetwork | None = None,
    resolver: Resolver | None = None,
    transport: httpx.AsyncBaseTransport | None = None,
    pictures: PictureDoor | None = None,
) -> Whole:
    """The connector of one linked account. ``software`` is what the server said it runs (``mastodon 4.5.2``).

    ``practice`` is needed for accounts of the practice network (else BadInput(field="network", reason="no_practice")).
    ``pictures`` makes pictures small enough where a network takes only small ones.
    """
    if identity.network is Network.BLUESKY:
        wire = Wire(
            lines(allow_private=allow_private, resolver=resolver, transport=transport), secret, clock, expected=identity.remote_id
        )
        return BlueskyConnector(wire, identity=identity, clock=clock, pictures=pictures, allow_private=allow_private)
    line = _line(
        identity.network,
        identity.server,
        secret=secret,
        allow_private=allow_private,
        practice=practice,
        resolver=resolver,
        transport=transport,
    )
    known = _software(identity.network, software)
    return MastodonConnector(line, network=identity.network, identity=identity, software=known, clock=clock)


def introduce(
    network: Network,
    server: str,
    *,
    secret: SecretSource | None,
    clock: Clock,
    allow_private: bool = False,
    practice: PracticeNetwork | None = None,
    resolver: Resolver | None = None,
    transport: httpx.AsyncBaseTransport | None = None,
) -> Whole:
    """A connector for linking: it may ask who it is and what the server is, and refuses to write. ``server`` is an origin.

    Without a secret it speaks for nobody: only ``profile`` is of use then (on Bluesky nothing is).
    """
    if network is Network.BLUESKY:
        if secret is None:
            raise BadInput(field="server", reason="unwanted")
        wire = Wire(lines(allow_private=allow_private, resolver=resolver, transport=transport), secret, clock)
        return BlueskyConnector(wire, identity=None, clock=clock, pictures=None, allow_private=allow_private)
    line = _line(
        network,
        server,
        secret=secret,
        allow_private=allow_private,
        practice=practice,
        resolver=resolver,
        transport=transport,
    )
    return MastodonConnector(line, network=network, identity=None, software=_software(network, ""), clock=clock)


def documented_limits(network: Network) -> Limits:
    """What a network takes by its documentation, before any server was asked."""
    return BLUESKY_LIMITS if network is Network.BLUESKY else Limits()


def lines(*, allow_private: bool, resolver: Resolver | None = None, transport: httpx.AsyncBaseTransport | None = None) -> Lines:
    """Opens lines under one rule: who may not speak to this network's neighbours never does, wherever a link leads."""

    def opened(origin: str) -> Line:
        return Line(origin, allow_private=allow_private, resolver=resolver, transport=transport)

    return opened


def _software(network: Network, shown: str) -> Software:
    return software_named("practice") if network is Network.PRACTICE else software_named(shown) if shown else UNKNOWN


def _line(
    network: Network,
    server: str,
    *,
    secret: SecretSource | None,
    allow_private: bool,
    practice: PracticeNetwork | None,
    resolver: Resolver | None,
    transport: httpx.AsyncBaseTransport | None,
) -> Line:
    match network:
        case Network.MASTODON:
            origin = clean_origin(server, allow_private=allow_private)
            return Line(origin, secret=secret, allow_private=allow_private, resolver=resolver, transport=transport)
        case Network.PRACTICE:
            if practice is None:
                raise BadInput(field="network", reason="no_practice")
            return Line(ORIGIN, secret=secret, transport=transport or practice.transport())
        case Network.BLUESKY:
            raise ValueError("Bluesky is reached by several lines: see lines()")
