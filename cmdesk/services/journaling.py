"""Shows, checks and hands out the journal: what was tried, when, what came of it, and what proves it."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cmdesk.domain import journal as chain
from cmdesk.domain.errors import ReadOnly
from cmdesk.domain.ids import DeliveryId, Kind, ref
from cmdesk.domain.journal import Line, Verified
from cmdesk.services import guarding
from cmdesk.store import guard
from cmdesk.store import journal as store

if TYPE_CHECKING:
    from cmdesk.services.workspace import Workspace

#: The columns of an export, in their order. ``detail`` is JSON; with these and the client's id anybody can check the chain.
COLUMNS = ("number", "at_ms", "at", "event", "delivery", "part", "account", "outcome", "detail", "previous", "hash")
#: What a spreadsheet would take for the beginning of a formula, in the usual and in the full width.
_FORMULA = frozenset("=+-@\t\r\n\x00＝＋－＠")


def lines(ws: Workspace, *, delivery: DeliveryId | None = None, before: int | None = None, limit: int = 200) -> tuple[Line, ...]:
    """Lines of the journal, the newest first: of one delivery or all, those before a number."""
    with ws.read() as connection:
        return store.lines(connection, delivery=delivery, before=before, limit=limit)


def verify(ws: Workspace) -> Verified:
    """Reads the whole journal and checks its chain, against what this computer remembers of its end too. About 0.1 s per
    10,000 lines, so not for a screen's thread.
    """
    with ws.read() as connection:
        mark = ws.machine.outside.mark(guard.seal(connection).name)
        # Another copy of this file may have been declared the real one since: what is remembered is of that one then.
        ours = mark is not None and mark.line > 0 and mark.place == guarding.where(ws)
        known = (mark.line, mark.hash) if mark is not None and ours else None
        return chain.verify(ws.client.id, store.all_lines(connection), known)


def facts(ws: Workspace, line: Line) -> dict[str, Any]:
    """A line as it is handed out: plain values, every reference with its client."""
    return {
        "number": line.number,
        "at_ms": round(line.at.timestamp() * 1000),
        "at": line.at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "event": line.event.value,
        "delivery": None if line.delivery is None else ref(ws.client.id, Kind.DELIVERY, line.delivery),
        "part": line.part,
        "account": line.account,
        "outcome": line.outcome,
        "detail": line.detail,
        "previous": line.previous,
        "hash": line.hash,
    }


def as_json_lines(ws: Workspace) -> Iterator[str]:
    """The whole journal as JSON lines, the oldest first; the first names the client and how a hash is made."""
    head = {
        "client": ws.client.id,
        "name": ws.client.name,
        "genesis": chain.genesis(ws.client.id),
        "hash": 'sha256(previous + "\\n" + canonical)',
        "canonical": "JSON list without spaces, ASCII: number, at_ms, event, delivery number, part, account, outcome, detail",
    }
    yield json.dumps(head, ensure_ascii=False) + "\n"
    with ws.read() as connection:
        for line in store.all_lines(connection):
            yield json.dumps(facts(ws, line), ensure_ascii=False) + "\n"


def as_csv(ws: Workspace) -> Iterator[str]:
    """The whole journal as CSV (RFC 4180, quoted), the oldest line first; no cell is taken for a formula."""
    yield _row(COLUMNS)
    with ws.read() as connection:
        for line in store.all_lines(connection):
            told = facts(ws, line)
            yield _row(tuple(safe_cell("" if told[name] is None else str(told[name])) for name in COLUMNS))


def export(ws: Workspace, path: Path, kind: str, *, replacing: bool = True) -> int:
    """Writes the whole journal into a file that only this user may read; ``kind`` is "csv" or "json". Returns the lines.

    Not ``replacing``: a file that is there already stays. Raises ReadOnly when it cannot be written; no half is left.
    """
    rows = as_csv(ws) if kind == "csv" else as_json_lines(ws)
    count = -1  # its first row names what follows
    try:
        handle = os.open(path, os.O_CREAT | os.O_WRONLY | (os.O_TRUNC if replacing else os.O_EXCL), 0o600)
    except OSError as error:
        raise ReadOnly(reason=type(error).__name__, path=str(path)) from None
    try:
        # A spreadsheet knows UTF-8 by its mark.
        with os.fdopen(handle, "w", encoding="utf-8-sig" if kind == "csv" else "utf-8", newline="") as file:
            for row in rows:
                file.write(row)
                count += 1
    except OSError as error:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
        raise ReadOnly(reason=type(error).__name__, path=str(path)) from None
    return count


def safe_cell(text: str) -> str:
    """A cell that every spreadsheet shows as text: what begins like a formula gets an apostrophe in front."""
    return f"'{text}" if text and (text[0] in _FORMULA or text.lstrip()[:1] in _FORMULA) else text


def _row(cells: tuple[str, ...]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(cells)
    return buffer.getvalue()
