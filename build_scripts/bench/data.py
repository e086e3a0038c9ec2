"""Makes the desks that are measured: ten clients of a size, or one with a million messages, kept between two runs."""

from __future__ import annotations

import random
import shutil
import sqlite3
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from build_scripts.fill import fill
from cmdesk.domain.client import Client, Colour, Language
from cmdesk.domain.ids import CLIENT_ID_ALPHABET, CLIENT_ID_LENGTH, ClientId

CLIENTS = 10
_NAMES = (
    "Boulangerie Rose", "Théâtre de la Butte", "Vélo Coop", "Café Anouk", "Librairie du Coin", "Clinique Morin", "Ferme Haddad",
    "Studio Jun", "Marché Noor", "Musée du Fleuve",
)  # fmt: skip


def _client(number: int) -> Client:
    rng = random.Random(number)  # noqa: S311 - the same number gives the same client
    found = ClientId("".join(rng.choice(CLIENT_ID_ALPHABET) for _ in range(CLIENT_ID_LENGTH)))
    colour = tuple(Colour)[number % len(Colour)]
    made = datetime(2024, 11, 22, 12, tzinfo=UTC)
    return Client(found, _NAMES[number % len(_NAMES)], colour, "America/Toronto", Language.FR_CA, made, position=number)


def desk(home: Path, *, clients: int = CLIENTS, messages: int = 2000, posts: int = 200) -> None:
    """A desk of several clients, two accounts each."""
    for number in range(clients):
        client = _client(number)
        folder = home / "clients" / client.id
        fill(folder / "client.sqlite", client, messages=messages, posts=posts, accounts=2, seed=number)
        (folder / "media").mkdir(mode=0o700)


def long_inbox(messages: int) -> Path:
    """The folder of a desk whose one client has so many messages; a million takes a minute to make, so it is kept."""
    home = Path(tempfile.gettempdir()) / f"cmdesk-bench-{messages}"
    client = _client(0)
    done = home / "whole"
    if not done.exists():
        folder = home / "clients" / client.id
        (folder / "client.sqlite").unlink(missing_ok=True)
        fill(folder / "client.sqlite", client, messages=messages, posts=100, accounts=2, seed=1)
        (folder / "media").mkdir(mode=0o700, exist_ok=True)
        done.touch()
    return home


def many_inboxes(clients: int, messages: int) -> Path:
    """The folder of a desk of so many clients with so many messages each, kept as well."""
    home = Path(tempfile.gettempdir()) / f"cmdesk-bench-{clients}x{messages}"
    done = home / "whole"
    if not done.exists():
        shutil.rmtree(home, ignore_errors=True)
        desk(home, clients=clients, messages=messages, posts=100)
        done.touch()
    return home


def live_on(home: Path, port: int) -> None:
    """Moves every account of a desk to a server of this machine, and begins its fetches anew."""
    for file in (home / "clients").glob("*/client.sqlite"):
        connection = sqlite3.connect(file, isolation_level=None)
        try:
            connection.execute("UPDATE account SET server = ?, allow_private = 1, health = 'ok'", (f"http://127.0.0.1:{port}",))
            connection.execute("DELETE FROM account_fetch")
        finally:
            connection.close()
