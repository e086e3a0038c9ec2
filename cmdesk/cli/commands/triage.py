"""Reads the mood of messages, so that a script can sort what came in as the inbox does."""

from __future__ import annotations

import asyncio
import json
import queue
import threading
from collections.abc import Mapping
from typing import BinaryIO, Final

from cmdesk.cli import reading
from cmdesk.cli.exits import Exit, exit_for
from cmdesk.cli.output import Json
from cmdesk.cli.run import Call
from cmdesk.domain.errors import BadInput, CmdeskError
from cmdesk.domain.mood import Sense
from cmdesk.language.host import CheckerBroken
from cmdesk.services import triage as service
from cmdesk.services.proofreading import Proofreader

#: How many lines are read at a time, when that many are there: a program that waits for each answer gets each.
_AT_ONCE: Final = 64
#: Lines that wait for the worker at most.
_AHEAD: Final = 512


class _End:
    """Nothing comes any more."""


async def triage(call: Call) -> Exit:
    """Prints one line for each line in; whatever is wrong with one, the others are still read."""
    lines: queue.Queue[bytes | _End | None] = queue.Queue(_AHEAD)
    threading.Thread(target=_fill, args=(call.around.stdin, lines), name="cmdesk-triage-lines", daemon=True).start()
    proofreader = Proofreader()
    worst, number = Exit.DONE, 0
    try:
        while some := await asyncio.to_thread(_some, lines):
            worst = max(worst, await _answered(call, proofreader, some, number))
            number += len(some)
    finally:
        await proofreader.close()
    return worst


def _fill(source: BinaryIO, lines: queue.Queue[bytes | _End | None]) -> None:
    try:
        for line in reading.lines_of(source):
            lines.put(line)
    finally:
        lines.put(_End())


def _some(lines: queue.Queue[bytes | _End | None]) -> list[bytes | None]:
    """The lines that are there, at least one; none at the end."""
    found: list[bytes | None] = []
    while len(found) < _AT_ONCE:
        try:
            line = lines.get(block=not found)
        except queue.Empty:
            break
        if isinstance(line, _End):
            lines.put(line)
            break
        found.append(line)
    return found


async def _answered(call: Call, proofreader: Proofreader, some: list[bytes | None], before: int) -> Exit:
    worst = Exit.DONE
    read: list[Mapping[str, Json] | CmdeskError] = [_line(raw, before + at) for at, raw in enumerate(some, start=1)]
    texts = [str(one["text"]) for one in read if isinstance(one, Mapping)]
    try:
        senses = iter(await service.read(proofreader.host, texts) if texts else ())
    except CheckerBroken as problem:
        read = [problem for _one in read]
        senses = iter(())
    for at, one in enumerate(read, start=before + 1):
        if isinstance(one, CmdeskError):
            call.output.say(call.words.problem(one))
            error: Json = {"code": one.code, "message": call.words.problem(one), "line": at}
            call.output.json_line({"id": None, "error": error})
            worst = max(worst, exit_for(one))
        else:
            call.output.json_line(_told(call, one["id"], next(senses)))
    return worst


def _told(call: Call, number: Json, sense: Sense) -> dict[str, Json]:
    because: list[Json] = []
    for one in sense.because:
        words = ", ".join(one.words)
        because.append({"code": one.code, "words": list(one.words), "text": call.words(f"triage.{one.code}", words=words)})
    return {
        "id": number,
        "language": sense.language or None,
        "mood": sense.mood.value,
        "kind": sense.kind.value,
        "care": sense.care,
        "crisis": sense.crisis,
        "confidence": sense.confidence,
        "because": because,
    }


def _line(raw: bytes | None, number: int) -> Mapping[str, Json] | BadInput:
    if raw is None:
        return BadInput(field="text", reason="too_large", limit=reading.LARGEST_TEXT)
    try:
        value = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError):
        return BadInput(field="line", reason="not_json", line=number)
    if not isinstance(value, dict) or "id" not in value or not isinstance(value.get("text"), str):
        return BadInput(field="line", reason="not_an_item", line=number)
    return value
