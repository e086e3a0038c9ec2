"""Explains the findings of other people's checkers in the reader's own language, from data."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from cmdesk import resources


@cache
def settings() -> Mapping[str, Any]:
    """How other people's checkers are set, what they call things, and what is said of them (resources/language/engines.toml)."""
    return tomllib.loads(resources.text("language", "engines.toml"))


def explained(key: str, tongue: str, **words: str) -> str:
    """The sentence of a key with its places filled; words of the text stay what they are."""
    table = settings()["explain"]
    sentences = table.get(key) or table["other"]
    return str(sentences["fr" if tongue == "fr" else "en"]).format(**words)
