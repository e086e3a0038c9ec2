"""Makes any text fit for a terminal: foreign words may carry control codes, and columns need true widths."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime

#: Directions that a text may not impose on the rest of the line.
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
_JOINERS = frozenset("\u200d\u200c\ufe0f\ufe0e")
_SPACES = re.compile(r"\s+")


def harmless(text: str) -> str:
    """The text without anything that could steer a terminal; lines and tabs stay."""
    return "".join(character for character in text if _is_harmless(character))


def _is_harmless(character: str) -> bool:
    if character in "\n\t":
        return True
    if character in _BIDI:
        return False
    return unicodedata.category(character) not in {"Cc", "Cs"}


def one_line(text: str) -> str:
    """The harmless text with every run of white space as one space."""
    return harmless(_SPACES.sub(" ", text)).strip()


def width(text: str) -> int:
    """How many columns a terminal gives to a text."""
    columns = 0
    for character in text:
        if character in _JOINERS or unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me", "Cf"}:
            continue
        columns += 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
    return columns


def shortened(text: str, columns: int) -> str:
    """One line of at most so many columns, with an ellipsis where it was cut."""
    line = one_line(text)
    if width(line) <= columns:
        return line
    kept: list[str] = []
    used = 0
    for character in line:
        used += width(character)
        if used > columns - 1:
            break
        kept.append(character)
    return "".join(kept).rstrip() + "…"


def padded(text: str, columns: int) -> str:
    """The text followed by spaces up to a number of columns."""
    return text + " " * max(0, columns - width(text))


def table(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """Aligned columns under a header; cells are made harmless and stay on one line."""
    lines = [tuple(one_line(cell) for cell in row) for row in (header, *rows)]
    widths = [max(width(line[column]) for line in lines) for column in range(len(header))]
    return "\n".join(
        "  ".join(padded(cell, columns) for cell, columns in zip(line, widths, strict=True)).rstrip() for line in lines
    )


def fields(pairs: Sequence[tuple[str, str]]) -> str:
    """Names and values under each other, values aligned; empty values are left out."""
    shown = [(name, one_line(value)) for name, value in pairs if value]
    column = max((width(name) for name, _ in shown), default=0)
    return "\n".join(f"{padded(name, column)}  {value}" for name, value in shown)


def iso(moment: datetime) -> str:
    """An instant as programs read it: ISO 8601 in UTC with a Z, whole seconds."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
