"""Reads fields out of what strangers answer: every field is doubted, none is required, and nothing is taken at its word."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

from cmdesk.domain.errors import AnswerUnreadable
from cmdesk.networks._html import clean

T = TypeVar("T")


def record(value: Any) -> dict[str, Any]:
    """The value as a JSON object; raises AnswerUnreadable."""
    if not isinstance(value, dict):
        raise AnswerUnreadable(reason="shape")
    return value


def records(value: Any) -> list[Any]:
    """The value as a JSON list; raises AnswerUnreadable."""
    if not isinstance(value, list):
        raise AnswerUnreadable(reason="shape")
    return value


def part(value: Any, name: str) -> dict[str, Any]:
    """An object inside an object; empty when absent or of another type."""
    inner = value.get(name) if isinstance(value, dict) else None
    return inner if isinstance(inner, dict) else {}


def items(value: Any, name: str) -> list[Any]:
    """A list inside an object; empty when absent or of another type."""
    inner = value.get(name) if isinstance(value, dict) else None
    return inner if isinstance(inner, list) else []


def text(value: Any, name: str, most: int = 500) -> str:
    """A text inside an object, cleaned and cut; empty when absent or of another type."""
    inner = value.get(name) if isinstance(value, dict) else None
    return clean(inner)[:most] if isinstance(inner, str) else ""


def number(value: Any, name: str, default: int | None, least: int = 0) -> int | None:
    """A whole number inside an object; the default when absent, of another type or too small."""
    inner = value.get(name) if isinstance(value, dict) else None
    if isinstance(inner, bool) or not isinstance(inner, int | float):
        return default
    return int(inner) if inner >= least else default


def moment(value: Any, name: str) -> datetime | None:
    """An instant, aware UTC, without a zone read as UTC; None when absent or out of any sense."""
    given = value.get(name) if isinstance(value, dict) else None
    if not isinstance(given, str) or len(given) > 64:
        return None
    try:
        # A leap second is the next second for everybody who can't write it down.
        found = datetime.fromisoformat(re.sub(r"(:\d\d):60", r"\1:59", given.strip()))
        found = (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return found if 1990 <= found.year < 2200 else None


def web_address(value: Any, name: str) -> str:
    """An https (or http) address; empty for anything else."""
    given = text(value, name, 2048)
    return given if given.lower().startswith(("https://", "http://")) and not re.search(r"[\s\"'<>\\]", given) else ""


def host_of(origin: str) -> str:
    """The host (and port) of an origin."""
    return origin.split("://", 1)[-1]


def each(values: list[Any], read: Callable[[Any], T]) -> tuple[T, ...]:
    """Reads what can be read: one broken or unknown record never stops the page."""
    found: list[T] = []
    for value in values:
        try:
            found.append(read(value))
        except AnswerUnreadable:
            continue
    return tuple(found)
