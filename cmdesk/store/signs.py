"""Reads what marks a client: its handles, its latest words, its files."""

from __future__ import annotations

import sqlite3


def read(connection: sqlite3.Connection, posts: int) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Handles of all accounts, texts of the newest posts, hashes of all files."""
    handles = tuple(row[0] for row in connection.execute("SELECT handle FROM account"))
    texts = tuple(row[0] for row in connection.execute("SELECT text FROM post ORDER BY id DESC LIMIT ?", (posts,)))
    media = tuple(row[0] for row in connection.execute("SELECT sha256 FROM media"))
    return handles, texts, media
