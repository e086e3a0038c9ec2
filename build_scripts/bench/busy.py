"""Makes the desk on which the calendar is measured: twenty clients, fifty thousand posts, two thousand of them in one month."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from build_scripts.bench import data
from cmdesk.store.times import to_ms

CLIENTS, POSTS, IN_MONTH = 20, 2500, 100
_ZONE = "America/Toronto"
_DELIVERY = (
    "INSERT INTO delivery (id, post_id, account_id, state, state_since, due, wall, zone, tzdata, shift, fingerprint,"
    " remote_user_id, late_allowed, attempts, looks, sent_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, '', 'none', ?, '1', 0, 0, 0, ?)"
)


def desk(home: Path, *, clients: int = CLIENTS, posts: int = POSTS, now: datetime | None = None) -> None:
    """A desk whose posts have a time, a hundred per client and month, a third on two accounts."""
    data.desk(home, clients=clients, messages=20, posts=posts)
    for number, file in enumerate(sorted((home / "clients").glob("*/client.sqlite"))):
        rng = random.Random(number)  # noqa: S311 - the same number gives the same months
        connection = sqlite3.connect(file, isolation_level=None)
        try:
            connection.execute("BEGIN")
            connection.executemany(_DELIVERY, _deliveries(rng, posts, now or datetime.now(UTC)))
            connection.execute("COMMIT")
            connection.execute("ANALYZE")
        finally:
            connection.close()


def _deliveries(rng: random.Random, posts: int, now: datetime) -> Iterator[tuple[Any, ...]]:
    """Rows in the order of their time; nothing is due within the next hours, so that nothing leaves while one measures."""
    middle = now.astimezone(ZoneInfo(_ZONE)).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    days = posts * 30 // IN_MONTH
    number = 0
    for post in range(1, posts + 1):
        wall = middle + timedelta(days=(post - 1) * days // posts - days // 2, minutes=rng.randrange(7 * 4, 22 * 4) * 15)
        due = wall.replace(tzinfo=ZoneInfo(_ZONE)).astimezone(UTC)
        if now - timedelta(hours=1) < due < now + timedelta(hours=3):
            wall, due = wall + timedelta(days=1), due + timedelta(days=1)
        at = to_ms(due)
        gone = due < now
        for account in (1, 2) if rng.random() < 0.33 else (1,):
            number += 1
            yield (
                number, post, account, "sent" if gone else "planned", at, at, wall.isoformat(), _ZONE, f"{number:064x}",
                at if gone else None,
            )  # fmt: skip
