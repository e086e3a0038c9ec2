"""Measures how well moods are read, on messages that somebody else wrote and nothing was tuned to, and how fast.

The messages (tests/language/sets/mood_test.jsonl) are kept apart from those the layers were trained on.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from typing import Any

from build_scripts import places
from cmdesk.domain.clock import SystemClock
from cmdesk.domain.mood import Mood, Sense
from cmdesk.services import triage
from cmdesk.services.proofreading import Proofreader

SET = places.ROOT / "tests" / "language" / "sets" / "mood_test.jsonl"
_AT_ONCE = 64

Pair = tuple[dict[str, Any], Sense]


def measure(*, quick: bool) -> dict[str, Any]:
    """Figures for all messages, by language and for the hard ones; without the messages themselves."""
    rows = [json.loads(line) for line in SET.read_text("utf-8").splitlines()][:: 8 if quick else 1]
    senses, seconds, first = asyncio.run(_read([row["text"] for row in rows]))
    pairs = list(zip(rows, senses, strict=True))
    groups = {
        "all": pairs,
        "french": [pair for pair in pairs if pair[0]["language"] == "fr"],
        "english": [pair for pair in pairs if pair[0]["language"] == "en"],
        "ordinary": [pair for pair in pairs if not pair[0]["hard"]],
        "hard": [pair for pair in pairs if pair[0]["hard"]],
        "hard_french": [pair for pair in pairs if pair[0]["hard"] and pair[0]["language"] == "fr"],
        "hard_english": [pair for pair in pairs if pair[0]["hard"] and pair[0]["language"] == "en"],
    }
    table: dict[str, Any] = {name: figures(group) for name, group in groups.items()}
    each = 1000 * seconds / len(rows)
    return {**table, "first_ms": round(1000 * first), "ms_a_message": round(each, 2), "messages_a_second": round(1000 / each)}


async def _read(texts: Sequence[str]) -> tuple[list[Sense], float, float]:
    """The readings, the seconds they took, and those of the first message, which loads everything."""
    clock, proofreader = SystemClock(), Proofreader()
    try:
        start = clock.monotonic()
        await triage.read(proofreader.host, texts[:1])
        loaded = clock.monotonic()
        found: list[Sense] = []
        for at in range(0, len(texts), _AT_ONCE):
            found += await triage.read(proofreader.host, texts[at : at + _AT_ONCE])
        return found, clock.monotonic() - loaded, loaded - start
    finally:
        await proofreader.close()


def figures(pairs: Sequence[Pair]) -> dict[str, Any]:
    """Shares in percent; None where there is nothing to take a share of."""
    shown = [pair for pair in pairs if pair[1].mood is not Mood.UNCERTAIN]
    care, crisis = [pair for pair in pairs if pair[0]["care"]], [pair for pair in pairs if pair[0]["crisis"]]
    said = [pair for pair in pairs if pair[1].care]
    return {
        "messages": len(pairs),
        "mood_percent": _share(sense.likeliest.value == row["mood"] for row, sense in pairs),
        "wrong_where_shown_percent": _share(sense.mood.value != row["mood"] for row, sense in shown),
        "uncertain_percent": _share(sense.mood is Mood.UNCERTAIN for _row, sense in pairs),
        "kind_percent": _share(sense.kind.value == row["kind"] for row, sense in pairs),
        "care_missed_percent": _share(not sense.care for _row, sense in care),
        "care_false_percent": _share(not row["care"] for row, _sense in said),
        "crisis": len(crisis),
        "crisis_missed_percent": _share(not sense.crisis for _row, sense in crisis),
        "crisis_false": sum(sense.crisis and not row["crisis"] for row, sense in pairs),
        "language_percent": _share(sense.language == row["language"] for row, sense in pairs),
    }


def _share(found: Any) -> float | None:
    listed = list(found)
    return round(100 * sum(listed) / len(listed), 1) if listed else None
