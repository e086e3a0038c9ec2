"""Sets French sentences the way Québec's Office québécois de la langue française asks, because readers notice."""

import re
from functools import cache
from typing import Final

NO_BREAK: Final = "\u00a0"


@cache
def _changes() -> tuple[tuple[re.Pattern[str], str], ...]:
    """What is looked for, and what takes its place; made with the first French sentence, which is not in the first window."""
    return (
        (re.compile(r"«[ \u00a0\u202f]*"), f"«{NO_BREAK}"),
        (re.compile(r"[ \u00a0\u202f]*»"), f"{NO_BREAK}»"),
        (re.compile(r"(?<=[^\s\d:/])[ \u202f]+:(?=\s|$)|(?<=[\d])[ \u202f]+:(?=\s|$)"), f"{NO_BREAK}:"),
        (re.compile(r"[ \u00a0\u202f]+(?=[;?!](?:\s|$))"), ""),
        (re.compile(r"(?<=\d)[ \u202f]?%"), f"{NO_BREAK}%"),
        (re.compile(r"(?<=\d)[ \u202f](?=(?:\$|€|h|min|s|ko|Mo|Go|km|m|cm|mm|kg|g|°C)\b|[$€])"), NO_BREAK),
        (re.compile(r"(?<=\d\u00a0h)[ \u202f](?=\d\d\b)"), NO_BREAK),
    )


def french(text: str) -> str:
    """A no-break space inside « » and before : and % and units, none before ; ? and !; the rest untouched."""
    for pattern, instead in _changes():
        text = pattern.sub(instead, text)
    return text
