"""Publishes a client's calendar on a CalDAV server: what a client may see, one way, only what changed.

The server's copy follows ours. Only events that have our names are touched; what others keep in the same collection stays.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from cmdesk.domain.errors import BadInput
from cmdesk.domain.terms import Sharing
from cmdesk.networks.caldav import Collection
from cmdesk.services import exchange, icsfiles, terms

if TYPE_CHECKING:
    from cmdesk.domain.exchange import Entry
    from cmdesk.domain.secret import Secret
    from cmdesk.services.workspace import Workspace

#: The keyring's names for the password of a client's calendar.
_UID: Final = "caldav"
_PASSWORD: Final = "password"
#: Beside the client's file: what was put, so that what is the same is not put again. Losing it costs one round.
KNOWN: Final = "caldav.json"


class Published(Struct, frozen=True):
    """What a publication did: numbers of events."""

    url: str
    put: int = 0
    removed: int = 0
    same: int = 0


async def connect(ws: Workspace, url: str, user: str, password: Secret | None, *, allow_private: bool = False) -> None:
    """Says where the calendar is published; the password goes into the keyring. Raises BadInput or VaultProblem."""
    if not user or password is None:
        raise BadInput(field="caldav", reason="missing")
    _collection(ws, Sharing(caldav=url, user=user, private=allow_private))
    await ws.helper(ws.secrets.put, _UID, _PASSWORD, password)
    known = terms.of(ws).sharing
    await terms.set_sharing(ws, replace(known, caldav=url, user=user, private=allow_private))


async def end(ws: Workspace) -> None:
    """Publishes no more, and forgets the password; what is on the server stays there."""
    await terms.set_sharing(ws, replace(terms.of(ws).sharing, caldav="", user="", private=False))
    await ws.helper(ws.secrets.delete, _UID)
    (ws.folder / KNOWN).unlink(missing_ok=True)


async def publish(ws: Workspace) -> Published:
    """Brings the collection to what the calendar says now; makes it when there is none. Safe to repeat.

    Raises BadInput(field="caldav"), NetworkProblem or VaultProblem; what was put until then stays put, the next call goes on.
    """
    sharing = terms.of(ws).sharing
    if not sharing.caldav:
        raise BadInput(field="caldav", reason="missing")
    wanted = _wanted(ws)
    path = ws.folder / KNOWN
    known = await ws.helper(_read, path)
    done = Published(sharing.caldav)
    try:
        async with _collection(ws, sharing) as collection:
            there = await collection.etags()
            if there is None:
                await collection.make(ws.client.name)
                there = {}
            for name, entry in wanted.items():
                mark = exchange.digest_of((entry,))
                if name in there and known.get(name) == [mark, there[name]]:
                    done = replace(done, same=done.same + 1)
                    continue
                data = await ws.helper(icsfiles.write_one, entry, stamp=ws.client.created_at)
                etag = await collection.put(name, data, there.get(name))
                known[name] = [mark, etag]
                done = replace(done, put=done.put + 1)
            for name in there:
                if name.startswith(_prefix(ws)) and name not in wanted:
                    await collection.remove(name, there[name])
                    known.pop(name, None)
                    done = replace(done, removed=done.removed + 1)
            if any(not etag for _, etag in known.values()):
                # Some servers tell no mark for what was put: it is asked for once.
                fresh = await collection.etags() or {}
                known = {name: [mark, etag or fresh.get(name, "")] for name, (mark, etag) in known.items()}
    finally:
        await ws.helper(_keep, path, known)
    return done


def _collection(ws: Workspace, sharing: Sharing) -> Collection:
    async def ask() -> Secret:
        return await ws.helper(ws.secrets.get, _UID, _PASSWORD)

    return Collection(sharing.caldav, sharing.user, secret=ask, allow_private=sharing.private)


def _prefix(ws: Workspace) -> str:
    return f"cmdesk-{ws.client.id}-"


def _wanted(ws: Workspace) -> dict[str, Entry]:
    """The events by the names they have on the server."""
    found = {}
    for entry in exchange.entries(ws, for_client=True):
        digest = hashlib.sha256(icsfiles.uid_of(entry).encode()).hexdigest()[:24]
        found[f"{_prefix(ws)}{digest}.ics"] = entry
    return found


def _read(path: Path) -> dict[str, list[str]]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {name: pair for name, pair in found.items() if isinstance(pair, list) and [type(one) for one in pair] == [str, str]}


def _keep(path: Path, known: dict[str, list[str]]) -> None:
    try:
        exchange.write_file(path, json.dumps(known, indent=0, sort_keys=True).encode())
    except OSError:  # what can't be remembered is put again
        return
