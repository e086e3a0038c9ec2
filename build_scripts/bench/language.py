"""Measures the language desk on the project's own sentences: what it finds, what it proposes, false alarms, speed and memory.

The sentences (tests/language/sets) were written by somebody who wrote none of the rules, and no rule is tuned to them. In a
marked sentence ``⟦wrong|right⟧`` is the one mistake; it counts as found when a problem covers a part of it, and as mended when
the first proposal makes the sentence right. Every problem told about a right sentence is a false alarm, a hint too.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from build_scripts import places
from build_scripts.bench.figures import summary
from cmdesk.domain.clock import SystemClock
from cmdesk.domain.language import Finding, Profile
from cmdesk.services.proofreading import Proofreader

SETS = places.ROOT / "tests" / "language" / "sets"
_MARK = re.compile(r"⟦([^|⟧]*)\|([^⟧]*)⟧")
_SHOWN = 400


class Sentence(Struct, frozen=True):
    """A sentence as it is read; ``span`` is its mistake (None: it has none) and ``right`` the sentence without it."""

    id: str
    locale: str
    text: str
    category: str = ""
    span: tuple[int, int] | None = None
    right: str = ""


def read(file: Path) -> list[Sentence]:
    """The sentences of a file; ValueError for one with more than one mark."""
    found = []
    for line in file.read_text("utf-8").splitlines():
        row = json.loads(line)
        marks = list(_MARK.finditer(row["text"]))
        if len(marks) > 1 or bool(marks) != ("category" in row):
            raise ValueError(f"{file.name}: {row['id']}")
        if not marks:
            found.append(Sentence(row["id"], row["locale"], row["text"]))
            continue
        mark = marks[0]
        head, tail = row["text"][: mark.start()], row["text"][mark.end() :]
        span = (len(head), len(head) + len(mark[1]))
        found.append(Sentence(row["id"], row["locale"], head + mark[1] + tail, row["category"], span, head + mark[2] + tail))
    return found


def covers(finding: Finding, span: tuple[int, int]) -> bool:
    """Whether a problem touches the mistake."""
    return finding.start < max(span[1], span[0] + 1) and span[0] < max(finding.end, finding.start + 1)


def mends(finding: Finding, sentence: Sentence) -> bool:
    """Whether the first proposal makes the sentence right; which space or apostrophe it uses is no matter."""
    if not finding.fixes:
        return False
    mended = sentence.text[: finding.start] + finding.fixes[0] + sentence.text[finding.end :]
    return _plain(mended) == _plain(sentence.right)


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").replace("\u00a0", " ").replace("\u202f", " ").split())


def measure(*, quick: bool) -> dict[str, Any]:
    """The table: per language recall by category, false alarms with what was told, and times in milliseconds."""
    return asyncio.run(_measured(every=12 if quick else 1))


async def _measured(every: int) -> dict[str, Any]:
    clock, proofreader = SystemClock(), Proofreader()
    table: dict[str, Any] = {}
    times: list[float] = []

    async def ask(sentence: Sentence) -> Sequence[Finding]:
        start = clock.monotonic()
        found = (await proofreader.check([sentence.text], Profile(sentence.locale)))[0]
        times.append((clock.monotonic() - start) * 1000)
        return found

    try:
        for language in ("french", "english"):
            wrong = read(SETS / f"{language}.jsonl")[::every]
            right = read(SETS / f"{language}_right.jsonl")[::every]
            before = len(times)
            asked = [(sentence, await ask(sentence)) for sentence in wrong]
            table[language] = {**_recall(asked), "first_ms": round(times[before], 1)}
            table[language]["false_alarms"] = _alarms([(sentence, await ask(sentence)) for sentence in right])
            del times[before]  # the first one loads everything, and has a figure of its own
        table["post_ms"] = summary(times)
        table["worker_mb"] = _resident(proofreader.host.pid)
    finally:
        await proofreader.close()
    return table


def _recall(asked: Sequence[tuple[Sentence, Sequence[Finding]]]) -> dict[str, Any]:
    rows: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    missed, aside = [], 0
    for sentence, found in asked:
        span = sentence.span or (0, 0)
        hits = [one for one in found if covers(one, span)]
        aside += len(found) - len(hits)
        rows[sentence.category].append((bool(hits), bool(hits) and mends(hits[0], sentence)))
        if not hits:
            missed.append(sentence.id)
    every = [row for listed in rows.values() for row in listed]
    return {
        "sentences": len(every),
        "found_percent": _percent(found for found, _ in every),
        "mended_percent": _percent(mended for _, mended in every),
        "missed_percent": round(100 - _percent(found for found, _ in every), 1),
        "told_beside_the_mistake": aside,
        "categories": {
            name: {
                "n": len(listed),
                "found_percent": _percent(found for found, _ in listed),
                "mended_percent": _percent(mended for _, mended in listed),
            }
            for name, listed in sorted(rows.items())
        },
        "missed": missed[:_SHOWN],
    }


def _alarms(asked: Sequence[tuple[Sentence, Sequence[Finding]]]) -> dict[str, Any]:
    told = [
        {"id": sentence.id, "words": sentence.text[one.start : one.end], "rule": one.rule}
        for sentence, found in asked
        for one in found
    ]
    return {"sentences": len(asked), "per_hundred": round(100 * len(told) / max(1, len(asked)), 2), "told": told[:_SHOWN]}


def _percent(values: Iterable[bool]) -> float:
    listed = list(values)
    return round(100 * sum(listed) / max(1, len(listed)), 1)


def _resident(pid: int | None) -> float | None:
    """The worker's resident megabytes, where the system tells them in files."""
    status = Path(f"/proc/{pid}/status")
    if pid is None or not status.exists():
        return None
    line = next(line for line in status.read_text("ascii", "replace").splitlines() if line.startswith("VmRSS:"))
    return round(int(line.split()[1]) / 1024, 1)
