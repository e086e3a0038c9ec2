"""Reads JSON of strangers within limits, because the standard reader trusts depth, numbers and repeated names."""

from __future__ import annotations

import json
import math
import re
from typing import Any, Final

DEPTH: Final = 64
_SMALLEST: Final = -(2**63)
_LARGEST: Final = 2**64 - 1
_LONGEST_NUMBER: Final = 40
# An open string runs to the end, so that a text full of quotes is looked at once and not once per quote.
_PIECES = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)|[\[\]{}]', re.DOTALL)
_LONE = re.compile("[\ud800-\udfff]")
_SURROGATE_ESCAPE = re.compile(rb"\\u[dD][89a-fA-F]")


class BadJson(ValueError):
    """Not JSON that we read; ``reason`` is ``charset``, ``syntax``, ``depth``, ``number`` or ``duplicate``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def loads(raw: bytes) -> Any:
    """The value: UTF-8 only, at most 64 deep, numbers finite and within 64 bits, no name twice, no half characters."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadJson("charset") from None
    if text[:64].lstrip()[:1] not in set('{["-0123456789tfn'):
        raise BadJson("syntax")  # the usual case is a page of HTML: no need to look for its depth
    _check_depth(text)
    try:
        value = json.loads(text, object_pairs_hook=_once, parse_int=_int, parse_float=_float, parse_constant=_constant)
    except BadJson:
        raise
    except (ValueError, RecursionError):
        raise BadJson("syntax") from None
    return _whole(value) if _SURROGATE_ESCAPE.search(raw) else value


def _check_depth(text: str) -> None:
    depth = 0
    for match in _PIECES.finditer(text):
        first = match.group()[0]
        if first in "[{":
            depth += 1
            if depth > DEPTH:
                raise BadJson("depth")
        elif first in "]}":
            depth -= 1


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise BadJson("duplicate")
    return found


def _int(digits: str) -> int:
    if len(digits) > _LONGEST_NUMBER:
        raise BadJson("number")
    number = int(digits)
    if not _SMALLEST <= number <= _LARGEST:
        raise BadJson("number")
    return number


def _float(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise BadJson("number")
    return number


def _constant(_name: str) -> float:
    raise BadJson("number")


def _whole(value: Any) -> Any:
    """The same value with half characters replaced: they can be neither stored nor shown. Depth is bounded already."""
    if isinstance(value, str):
        return _LONE.sub("\N{REPLACEMENT CHARACTER}", value)
    if isinstance(value, list):
        return [_whole(item) for item in value]
    if isinstance(value, dict):
        return {_whole(name): _whole(item) for name, item in value.items()}
    return value
