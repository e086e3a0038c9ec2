"""The sample clients of the practice network and what fills their desk: read from data files, placed around the present."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from msgspec import Struct

from cmdesk import resources
from cmdesk.domain.clock import Clock

#: The files under resources/practice, one per sample client, in the order of the rail.
KEYS: Final = ("levain", "marees", "spoke")

_SOON: Final = timedelta(hours=3)  # from the hour that has begun: two hours or more
_LATEST: Final = timedelta(hours=21, minutes=30)  # of the day: nobody plans a shop's post for the night


class Persona(Struct, frozen=True):
    """An account that can be linked: ``key`` is its secret, too."""

    key: str
    handle: str
    name: str


class SamplePost(Struct, frozen=True):
    """A draft (``when`` None) or a planned post; ``when`` is aware UTC. ``then`` is what it says after somebody corrected it."""

    text: str
    language: str
    when: datetime | None = None
    warning: str = ""
    then: str = ""


class SampleClient(Struct, frozen=True):
    """A client to create and fill: names as ``domain.client`` takes them."""

    persona: Persona
    name: str
    colour: str
    timezone: str
    language: str
    drafts: tuple[SamplePost, ...]
    planned: tuple[SamplePost, ...]


@cache
def story(key: str) -> dict[str, Any]:
    """The data of one sample client; never changed by anyone who reads it."""
    told: dict[str, Any] = json.loads(resources.text("practice", f"{key}.json"))
    return told


def personas() -> tuple[Persona, ...]:
    """Everybody who can be linked."""
    return tuple(Persona(key, story(key)["handle"], story(key)["name"]) for key in KEYS)


def sample_desk(clock: Clock) -> tuple[SampleClient, ...]:
    """Clients with drafts and with posts planned over the coming two weeks, by each client's own wall clock.

    One goes out later today, unless it is late; one was corrected after it had been planned.
    """
    return tuple(_client(persona, clock) for persona in personas())


def _client(persona: Persona, clock: Clock) -> SampleClient:
    told = story(persona.key)
    zone, language = ZoneInfo(told["timezone"]), told["language"]
    today = clock.now().astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    planned = []
    for one in [*told["planned"], *([told["corrected"]] if "corrected" in told else [])]:
        hour, minute = (int(part) for part in one["at"].split(":"))
        wall = today + timedelta(days=one["days"], hours=hour, minutes=minute)
        when = wall.replace(tzinfo=zone).astimezone(UTC)
        planned.append(SamplePost(one["text"], language, when, then=one.get("then", "")))
    soon = clock.now().astimezone(zone).replace(minute=0, second=0, microsecond=0, tzinfo=None) + _SOON
    if soon < today + _LATEST:
        planned.append(SamplePost(told["today"], language, soon.replace(tzinfo=zone).astimezone(UTC)))
    drafts = tuple(SamplePost(text, language) for text in told["drafts"])
    return SampleClient(persona, told["name"], told["colour"], told["timezone"], language, drafts, tuple(planned))
