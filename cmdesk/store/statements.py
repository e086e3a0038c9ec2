"""Takes a script of SQL apart, because running it whole would commit a transaction that is open."""

from __future__ import annotations

import sqlite3


def statements(script: str) -> list[str]:
    """The statements of a script one by one; ``executescript`` would commit a transaction that is open."""
    found: list[str] = []
    pending = ""
    for line in script.strip().splitlines():
        pending += line + "\n"
        if sqlite3.complete_statement(pending):
            found.append(pending.strip())
            pending = ""
    return found
