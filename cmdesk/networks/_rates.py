"""Reads when a network allows the next try, in all the dialects servers speak, and never believes an absurd one."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

from cmdesk.domain.quota import Quota

SOONEST: Final = timedelta(seconds=1)
LATEST: Final = timedelta(hours=6)
_NUMBER = re.compile(r"[+-]?\d{1,18}(?:\.\d{1,9})?")
_WINDOW = re.compile(r";\s*w=(\d{1,9})")
_A_DAY: Final = 86_400
_EPOCH: Final = 1_000_000_000  # anything larger is a moment, not a number of seconds to wait
_EPOCH_MS: Final = 100_000_000_000


def retry_at(headers: Mapping[str, str], now: datetime) -> datetime | None:
    """The moment (aware UTC) told by ``Retry-After``, else ``X-RateLimit-Reset`` or ``RateLimit-Reset``; None if unreadable.

    Understood: seconds, HTTP dates, ISO dates, epoch seconds and milliseconds. The answer lies between one second and
    six hours from now, whatever the server says.
    """
    for name in ("retry-after", "x-ratelimit-reset", "ratelimit-reset"):
        value = headers.get(name, "").strip()
        moment = _moment(value, now) if value and len(value) < 100 else None
        if moment is not None:
            return min(max(moment, now + SOONEST), now + LATEST)
    return None


def _moment(value: str, now: datetime) -> datetime | None:
    if _NUMBER.fullmatch(value):
        return _from_number(float(value), now)
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = read(value)
            return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, TypeError, OverflowError, IndexError):
            continue
    return None


def _from_number(number: float, now: datetime) -> datetime:
    if not math.isfinite(number) or number < 0:
        return now
    if number >= _EPOCH:
        seconds = number / 1000 if number >= _EPOCH_MS else number
        # Far years do not fit a datetime; the caller clamps anyway.
        return datetime.fromtimestamp(min(seconds, 4_000_000_000), UTC)
    return now + timedelta(seconds=number)


def quota(name: str, headers: Mapping[str, str], now: datetime) -> Quota | None:
    """What an answer says is left: ``X-RateLimit-*`` (Mastodon docs, rate limits) or ``RateLimit-*`` (IETF draft, Bluesky).

    None where it says nothing, or nonsense; the moment of the next window is held to the same limits as a wait.
    """
    for prefix in ("x-ratelimit", "ratelimit"):
        remaining = _whole(headers.get(f"{prefix}-remaining", ""))
        if remaining is None:
            continue
        told = headers.get(f"{prefix}-reset", "").strip()
        moment = _moment(told, now) if told and len(told) < 100 else None
        resets_at = None if moment is None else min(max(moment, now + SOONEST), now + timedelta(days=1))
        return Quota(name, remaining, _whole(headers.get(f"{prefix}-limit", "")), resets_at, now)
    return None


def clock_ahead(date: str, now: datetime) -> timedelta | None:
    """How far our clock is ahead of the one that an answer's ``Date`` shows; None where it shows none."""
    shown = _moment(date.strip(), now) if date and not _NUMBER.fullmatch(date.strip()) else None
    return None if shown is None else now - shown


def windowed(name: str, headers: Mapping[str, str]) -> str:
    """The name of an allowance whose window lasts a day, where the answer tells its window (``RateLimit-Policy``, IETF draft).

    Bluesky counts writes by the hour and by the day, and tells of the one that is nearer to its end.
    """
    told = _WINDOW.search(headers.get("ratelimit-policy", "")[:200])
    return f"{name}_day" if told is not None and int(told[1]) >= _A_DAY else name


def _whole(value: str) -> int | None:
    text = value.strip().partition(",")[0].partition(";")[0].strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None
