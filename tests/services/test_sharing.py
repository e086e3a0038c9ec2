"""A client's calendar on a real CalDAV server says what ours says, and nothing that others keep there is touched."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
import pytest_asyncio

from cmdesk.domain.errors import AnswerUnreadable, AuthRevoked, BadInput, NetworkProblem, SecretMissing
from cmdesk.domain.ids import PostId
from cmdesk.domain.post import PostEdit, Variant
from cmdesk.domain.schedule import resolve
from cmdesk.domain.secret import Secret
from cmdesk.networks.caldav import Collection
from cmdesk.networks.http import Answer
from cmdesk.services import arranging, board, composing, icsfiles, sharing, terms
from cmdesk.services.workspace import Workspace
from tests.helpers.radicale import PASSWORD, USER, radicale
from tests.services.test_publishing import Bench

pytestmark = pytest.mark.asyncio
TORONTO = "America/Toronto"


#: An event that another program keeps in the same collection.
FOREIGN = (
    *(b"BEGIN:VCALENDAR", b"VERSION:2.0", b"PRODID:x", b"BEGIN:VEVENT", b"UID:f@x", b"DTSTAMP:20261201T000000Z"),
    *(b"DTSTART:20261210T120000Z", b"SUMMARY:F", b"END:VEVENT", b"END:VCALENDAR", b""),
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with radicale(tmp_path_factory.mktemp("radicale")) as address:
        yield address


@pytest_asyncio.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    made = Bench(tmp_path / "home")
    await made.begin()
    yield made
    await made.desk.close()


async def planned(bench: Bench, wall: str, text: str) -> PostId:
    post = await composing.create(bench.ws, PostEdit(text=text, variants=(Variant(bench.account),)))
    await arranging.plan(bench.ws, post.id, resolve(datetime.fromisoformat(wall), TORONTO))
    return post.id


async def connected(bench: Bench, server: str, name: str) -> str:
    url = f"{server}/{USER}/{name}/"
    await sharing.connect(bench.ws, url, USER, Secret(PASSWORD), allow_private=True)
    return url


def collection(url: str, password: str = PASSWORD) -> Collection:
    async def ask() -> Secret:
        return Secret(password)

    return Collection(url, USER, secret=ask, allow_private=True)


async def held(url: str) -> list[str]:
    async with collection(url) as one:
        return sorted(await one.etags() or {})


async def test_what_changes_here_changes_there_and_nothing_is_put_twice(bench: Bench, server: str) -> None:
    url = await connected(bench, server, "changes")
    first, second = await planned(bench, "2026-12-03T09:00", "Bonjour"), await planned(bench, "2027-03-14T02:30", "Dans le trou")
    await board.add_note(bench.ws, "Private", date(2026, 12, 4))
    await board.add_note(bench.ws, "For the client", date(2026, 12, 4), shared=True)
    done = await sharing.publish(bench.ws)
    assert (done.put, done.removed, done.same) == (3, 0, 0)
    done = await sharing.publish(bench.ws)
    assert (done.put, done.removed, done.same) == (0, 0, 3)
    await arranging.move(bench.ws, first, resolve(datetime.fromisoformat("2026-12-05T11:00"), TORONTO))
    await arranging.take_out(bench.ws, [second])
    done = await sharing.publish(bench.ws)
    assert (done.put, done.removed, done.same) == (1, 1, 1)
    assert len(await held(url)) == 2


async def test_events_of_others_stay_and_one_that_was_changed_there_is_ours_again(bench: Bench, server: str) -> None:
    url = await connected(bench, server, "others")
    await planned(bench, "2026-12-03T09:00", "Bonjour")
    await sharing.publish(bench.ws)
    (ours,) = await held(url)
    foreign = b"\r\n".join(FOREIGN)
    async with collection(url) as one:
        await one.put("foreign.ics", foreign, None)
        marks = await one.etags()
        assert marks is not None
        data = icsfiles.write_one(next(iter(sharing._wanted(bench.ws).values())), stamp=bench.clock.now())
        await one.put(ours, data.replace(b"Bonjour", b"Changed there"), marks[ours])
    done = await sharing.publish(bench.ws)
    assert (done.put, done.removed) == (1, 0)
    assert await held(url) == sorted([ours, "foreign.ics"])
    (bench.ws.folder / sharing.KNOWN).unlink()
    assert (await sharing.publish(bench.ws)).put == 1


async def test_what_is_read_back_is_what_was_planned(bench: Bench, server: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    await connected(bench, server, "back")
    await planned(bench, "2027-07-01T09:00", "Fête, ça; «là»\nDeux lignes")
    await sharing.publish(bench.ws)
    root = next(path for path in tmp_path_factory.getbasetemp().glob("radicale[0-9]*/collections"))
    files = [path for path in root.rglob("cmdesk-*.ics") if ".Radicale.cache" not in path.parts and "back" in path.parts]
    (found,) = icsfiles.read(files[0].read_bytes())
    assert (found.text, found.wall, found.zone) == (
        "Fête, ça; «là»\nDeux lignes",
        datetime(2027, 7, 1, 9),  # noqa: DTZ001 - a wall time
        TORONTO,
    )


async def test_a_wrong_password_is_said_and_nothing_is_there(bench: Bench, server: str) -> None:
    url = f"{server}/{USER}/wrong/"
    await sharing.connect(bench.ws, url, USER, Secret("not-it"), allow_private=True)
    await planned(bench, "2026-12-03T09:00", "Bonjour")
    with pytest.raises(AuthRevoked):
        await sharing.publish(bench.ws)
    assert await held(url) == []


async def test_an_end_forgets_the_password(bench: Bench, server: str) -> None:
    await connected(bench, server, "end")
    await sharing.publish(bench.ws)
    await sharing.end(bench.ws)
    assert terms.of(bench.ws).sharing.caldav == ""
    with pytest.raises(SecretMissing):
        bench.ws.secrets.get("caldav", "password")
    with pytest.raises(BadInput):
        await sharing.publish(bench.ws)


async def test_private_addresses_want_to_be_allowed(bench: Bench, server: str) -> None:
    await sharing.connect(bench.ws, f"{server}/{USER}/x/", USER, Secret(PASSWORD))
    with pytest.raises(NetworkProblem):
        await sharing.publish(bench.ws)


async def test_the_password_is_in_no_file_of_the_client(bench: Bench, server: str) -> None:
    await connected(bench, server, "secret")
    await planned(bench, "2026-12-03T09:00", "Bonjour")
    await sharing.publish(bench.ws)
    assert not [name for name, data in _files(bench.ws) if PASSWORD.encode() in data]


def _files(ws: Workspace) -> list[tuple[str, bytes]]:
    return [(path.name, path.read_bytes()) for path in ws.folder.rglob("*") if path.is_file()]


async def test_a_hostile_answer_is_refused(bench: Bench) -> None:
    one = collection("http://127.0.0.1:1/rosa/x/")
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><multistatus xmlns="DAV:">&a;</multistatus>'
    for body in (bomb, b"not xml", b""):
        with pytest.raises(AnswerUnreadable):
            one._read(Answer(207, {}, body))
    elsewhere = b'<multistatus xmlns="DAV:"><response><href>/other/cmdesk-1.ics</href></response></multistatus>'
    assert one._read(Answer(207, {}, elsewhere)) == {}


async def test_what_was_remembered_may_be_nonsense(bench: Bench) -> None:
    for text in ("[]", "{", json.dumps({"a": 1, "b": ["x", "y"], "c": ["x"]})):
        path = bench.ws.folder / sharing.KNOWN
        path.write_text(text, "utf-8")
        assert sharing._read(path) in ({}, {"b": ["x", "y"]})
