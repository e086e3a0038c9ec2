"""What the tests of Bluesky's connector share: a key that lives in memory, and a way from an account to a connector."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import httpx

from cmdesk.domain.account import Identity, Network
from cmdesk.domain.clock import Clock
from cmdesk.domain.secret import Secret
from cmdesk.networks import registry
from cmdesk.networks._bluesky_session import Session, unpacked
from cmdesk.networks.bluesky_login import sign_in
from cmdesk.networks.port import PictureDoor, Whole
from tests.helpers.atproto import Somebody


class Kept:
    """A renewable key in memory, with the same promise as the real one: one change at a time, kept before it is used."""

    def __init__(self, secret: Secret) -> None:
        self.secret = secret
        self.changes = 0
        self._turn = asyncio.Lock()

    async def __call__(self) -> Secret:
        return self.secret

    async def renew(self, spent: Secret, change: Callable[[Secret], Awaitable[Secret]]) -> Secret:
        async with self._turn:
            if self.secret == spent:
                self.secret = await change(self.secret)
                self.changes += 1
            return self.secret


async def only_here(host: str, _port: int) -> tuple[str, ...]:
    """A resolver that knows this machine and nobody else."""
    if host == "localhost" or host.endswith(".localhost"):
        return ("127.0.0.1",)
    raise OSError(f"{host} is not looked for in tests")


async def session_of(who: Somebody, clock: Clock, transport: httpx.AsyncBaseTransport | None = None) -> Kept:
    """A fresh session by app password."""
    lines = registry.lines(allow_private=True, transport=transport)
    made = await sign_in(who.handle, Secret(who.app_password), lines=lines, clock=clock, server=who.pds, allow_private=True)
    return Kept(made.packed())


def connector(
    identity: Identity,
    key: Kept,
    clock: Clock,
    *,
    transport: httpx.AsyncBaseTransport | None = None,
    pictures: PictureDoor | None = None,
) -> Whole:
    """A connector of a linked account."""
    return registry.build(
        identity,
        secret=key,
        clock=clock,
        allow_private=True,
        transport=transport,
        pictures=pictures,
        resolver=only_here,
    )


async def identity_of(key: Kept, clock: Clock, transport: httpx.AsyncBaseTransport | None = None) -> Identity:
    """Who the key speaks for, as linking asks it."""
    new = registry.introduce(
        Network.BLUESKY, unpacked(key.secret).pds, secret=key, clock=clock, allow_private=True, transport=transport
    )
    try:
        return await new.whoami()
    finally:
        await new.close()


def spoilt(key: Kept, word: str) -> Kept:
    """The same session with tokens that no server knows."""
    session = unpacked(key.secret)
    return Kept(Session(session.did, session.pds, session.service, word, word).packed())
