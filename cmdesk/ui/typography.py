"""Sets French sentences the way Québec's Office québécois de la langue française asks, because readers notice."""

import re
from typing import Final

NO_BREAK: Final = "\u00a0"

_OPENING = re.compile(r"«[ \u00a0\u202f]*")
_CLOSING = re.compile(r"[ \u00a0\u202f]*»")
_COLON = re.compile(r"(?<=[^\s\d:/])[ \u202f]+:(?=\s|$)|(?<=[\d])[ \u202f]+:(?=\s|$)")
_TIGHT = re.compile(r"[ \u00a0\u202f]+(?=[;?!](?:\s|$))")
_PERCENT = re.compile(r"(?<=\d)[ \u202f]?%")
_UNIT = re.compile(r"(?<=\d)[ \u202f](?=(?:\$|€|h|min|s|ko|Mo|Go|km|m|cm|mm|kg|g|°C)\b|[$€])")
_HOUR = re.compile(r"(?<=\d\u00a0h)[ \u202f](?=\d\d\b)")


def french(text: str) -> str:
    """A no-break space inside « » and before : and % and units, none before ; ? and !; the rest untouched."""
    text = _OPENING.sub(f"«{NO_BREAK}", text)
    text = _CLOSING.sub(f"{NO_BREAK}»", text)
    text = _COLON.sub(f"{NO_BREAK}:", text)
    text = _TIGHT.sub("", text)
    text = _PERCENT.sub(f"{NO_BREAK}%", text)
    text = _UNIT.sub(NO_BREAK, text)
    return _HOUR.sub(NO_BREAK, text)
