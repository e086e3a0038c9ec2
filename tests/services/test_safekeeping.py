"""A client survives its disk and a move to another computer, and an archive from a stranger gets nothing past the door."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import stat
import zipfile
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from cmdesk.domain.account import Health
from cmdesk.domain.delivery import HeldBecause, State
from cmdesk.domain.errors import (
    BadInput,
    CmdeskError,
    DatabaseDamaged,
    DatabaseNewer,
    NotAClientFile,
    NotFound,
    VaultProblem,
    WrongClient,
)
from cmdesk.domain.ids import AccountId
from cmdesk.domain.post import PostEdit, Variant
from cmdesk.domain.schedule import at_instant
from cmdesk.domain.views import FileTrouble
from cmdesk.services import composing, handover, inbox, linking, planning, safekeeping, searching, syncing
from cmdesk.services.desk import Desk
from cmdesk.services.home import DATABASE, MEDIA
from cmdesk.services.workspace import TOKEN, Workspace
from cmdesk.store import migrations
from tests.helpers.clocks import FakeClock
from tests.helpers.desks import link, open_desk
from tests.helpers.fake_network import FakeNetwork
from tests.helpers.inboxes import NOW
from tests.helpers.keyrings import InMemoryKeyring

_PICTURE = hashlib.sha256(b"picture").hexdigest() + ".png"


class Bench:
    """A desk with one client that has an account, messages, a planned post and a picture; a second desk elsewhere."""

    desk: Desk
    ws: Workspace
    account: AccountId

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = FakeClock()
        self.network = FakeNetwork(self.clock)
        self.keyring = InMemoryKeyring()
        self.elsewhere_keyring = InMemoryKeyring()

    async def begin(self) -> None:
        self.desk = open_desk(self.folder / "here", self.network, self.clock, keyring=self.keyring)
        self.ws = await self.desk.create("Boulangerie Rosa")
        self.account = link(self.ws, self.network, "rosa")
        self.network.say("zoe", "Du pain à l'érable ?", to="rosa")
        await syncing.pull(self.ws, self.account)
        await self.plan("Demain, brioche")
        (self.ws.media_folder / _PICTURE).write_bytes(b"picture")
        with self.ws.write() as session:
            session.connection().exec_driver_sql(
                "INSERT INTO media (sha256, file_name, original_name, mime, size, added_at)"
                " VALUES (?, ?, 'p.png', 'image/png', 7, 0)",
                (_PICTURE[:64], _PICTURE),
            )

    async def plan(self, text: str) -> None:
        post = await composing.create(self.ws, PostEdit(text=text, variants=(Variant(self.account),)))
        when = at_instant(self.clock.now() + timedelta(days=1), "America/Toronto")
        await planning.schedule(self.ws, post.id, when)

    def elsewhere(self) -> Desk:
        return open_desk(self.folder / "there", self.network, self.clock, keyring=self.elsewhere_keyring, seed=2)

    def states(self, ws: Workspace) -> list[tuple[str, str | None]]:
        with ws.read() as connection:
            return connection.execute("SELECT state, held_because FROM delivery ORDER BY id").fetchall()


@pytest_asyncio.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    made = Bench(tmp_path)
    await made.begin()
    yield made
    await made.desk.close()


# Backups


@pytest.mark.asyncio
async def test_a_backup_is_opened_listed_and_private(bench: Bench) -> None:
    made = await safekeeping.backup(bench.ws)
    assert safekeeping.backups(bench.desk.home, bench.ws.client.id) == (made,)
    verified = await safekeeping.verify(bench.desk, made.path)
    assert (verified.backup, verified.name, verified.posts, verified.messages) == (made, "Boulangerie Rosa", 1, 1)
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    again = await safekeeping.backup(bench.ws)
    assert safekeeping.backups(bench.desk.home, bench.ws.client.id) == (again, made)


@pytest.mark.asyncio
async def test_one_changed_byte_anywhere_in_a_backup_is_seen(bench: Bench) -> None:
    made = await safekeeping.backup(bench.ws)
    content = bytearray(made.path.read_bytes())
    for place in (40, len(content) // 2, len(content) - 1):
        changed = bytearray(content)
        changed[place] ^= 1
        made.path.write_bytes(changed)
        with pytest.raises(DatabaseDamaged):
            await safekeeping.verify(bench.desk, made.path)
    with pytest.raises(NotFound):
        await safekeeping.verify(bench.desk, made.path.with_name("nothing.sqlite"))


@pytest.mark.asyncio
async def test_a_restored_client_has_its_old_words_and_sends_nothing_by_itself(bench: Bench) -> None:
    made = await safekeeping.backup(bench.ws)
    await bench.plan("Après la sauvegarde")
    bench.clock.advance(60)
    client = bench.ws.client.id
    assert await safekeeping.restore(bench.desk, client, made.path) == 1
    ws = bench.desk.workspace(client)
    assert bench.states(ws) == [(State.HELD.value, HeldBecause.DOUBT.value)]
    assert linking.account(ws, bench.account).health is Health.OK
    assert [hit.title for hit in searching.search(ws, "erable")] == ["Zoe"]
    kept = safekeeping.backups(bench.desk.home, client)
    assert [one.why for one in kept] == ["before-restore", ""]
    assert (await safekeeping.verify(bench.desk, kept[0].path)).posts == 2


@pytest.mark.asyncio
async def test_a_damaged_client_is_kept_aside_and_replaced(bench: Bench) -> None:
    made = await safekeeping.backup(bench.ws)
    client, database = bench.ws.client.id, bench.ws.folder / DATABASE
    await bench.desk.close()
    database.write_bytes(b"nonsense" * 1000)
    bench.desk = open_desk(bench.folder / "here", bench.network, bench.clock, keyring=bench.keyring)
    assert bench.desk.cards()[0].trouble is FileTrouble.DAMAGED
    await safekeeping.restore(bench.desk, client, made.path)
    assert len(inbox.ids(bench.desk.workspace(client))) == 1
    aside = [one for one in safekeeping.backups(bench.desk.home, client) if one.why == "damaged"]
    assert [one.path.read_bytes() for one in aside] == [b"nonsense" * 1000]


@pytest.mark.asyncio
async def test_another_clients_backup_is_refused(bench: Bench) -> None:
    other = await bench.desk.create("Malik")
    made = await safekeeping.backup(other)
    with pytest.raises(WrongClient):
        await safekeeping.restore(bench.desk, bench.ws.client.id, made.path)
    assert len(inbox.ids(bench.ws)) == 1


def test_three_years_of_backups_thin_out_to_days_weeks_and_months() -> None:
    made: list[Any] = []
    now = NOW
    for number in range(3 * 365):
        now = NOW + timedelta(days=number)
        made += [now, now - timedelta(hours=5)]
        made = sorted(safekeeping.kept(made, now))
        assert {moment for moment in made if now - moment <= timedelta(days=2)} == {
            moment for moment in made if moment >= now - timedelta(days=2)
        }
    assert now in made
    assert 12 <= len(made) <= 12 + 10 + 9 + 3
    assert now - min(made) > timedelta(days=200)


# Handing over


@pytest.mark.asyncio
async def test_a_client_moves_to_another_computer_whole_and_without_a_key(bench: Bench) -> None:
    archive = bench.folder / "rosa.zip"
    exported = await safekeeping.export_client(bench.ws, archive)
    assert (exported.files, exported.missing, stat.S_IMODE(archive.stat().st_mode)) == (2, (), 0o600)
    there = bench.elsewhere()
    ws = await safekeeping.import_client(there, archive)
    assert (ws.client.id, ws.client.name) == (bench.ws.client.id, "Boulangerie Rosa")
    assert bench.states(ws) == [(State.HELD.value, HeldBecause.DOUBT.value)]
    assert (ws.media_folder / _PICTURE).read_bytes() == b"picture"
    assert [hit.title for hit in searching.search(ws, "erable")] == ["Zoe"]
    moved, stayed = linking.account(ws, bench.account), linking.account(bench.ws, bench.account)
    assert (moved.health, moved.identity) == (Health.SECRET_MISSING, stayed.identity)
    assert moved.uid != stayed.uid
    assert bench.elsewhere_keyring.entries == {}
    for table in ("post", "post_variant", "message", "message_tally", "media", "delivery_part"):
        with ws.read() as new, bench.ws.read() as old:
            assert new.execute(f"SELECT * FROM {table}").fetchall() == old.execute(f"SELECT * FROM {table}").fetchall()
    with zipfile.ZipFile(archive) as inside:
        content = b"".join(inside.read(name) for name in inside.namelist())
    assert b"token-rosa" not in content
    with pytest.raises(BadInput) as caught:
        await safekeeping.import_client(there, archive)
    assert (caught.value.field, caught.value.reason) == ("client", "exists")
    await there.close()


@pytest.mark.asyncio
async def test_an_import_beside_a_client_of_the_same_name_gets_a_number(bench: Bench) -> None:
    archive = bench.folder / "rosa.zip"
    await safekeeping.export_client(bench.ws, archive)
    there = bench.elsewhere()
    await there.create("boulangerie rosa")
    assert (await safekeeping.import_client(there, archive)).client.name == "Boulangerie Rosa (2)"
    await there.close()


@pytest.mark.asyncio
async def test_an_export_overwrites_nothing_and_tells_what_is_missing(bench: Bench) -> None:
    archive = bench.folder / "rosa.zip"
    archive.write_text("mine")
    with pytest.raises(BadInput, match="exists"):
        await safekeeping.export_client(bench.ws, archive)
    assert archive.read_text() == "mine"
    (bench.ws.media_folder / _PICTURE).unlink()
    exported = await safekeeping.export_client(bench.ws, bench.folder / "b.zip")
    assert exported.missing == (_PICTURE,)
    assert not [path for path in bench.ws.folder.iterdir() if path.name.startswith(".export")]


Change = Callable[[dict[str, bytes], dict[str, Any]], None]


def _files(entries: dict[str, bytes]) -> list[dict[str, Any]]:
    return [{"name": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()} for name, data in entries.items()]


def _named(name: str) -> Change:
    """A file of this name, promised and there."""

    def change(entries: dict[str, bytes], manifest: dict[str, Any]) -> None:
        entries[name] = b"x"
        manifest["files"] = _files(entries)

    return change


def _told(**fields: Any) -> Change:
    def change(entries: dict[str, bytes], manifest: dict[str, Any]) -> None:
        manifest.update(fields)

    return change


def _first_file(**fields: Any) -> Change:
    def change(entries: dict[str, bytes], manifest: dict[str, Any]) -> None:
        manifest["files"][0].update(fields)

    return change


def _sql(*statements: str) -> Change:
    """The database inside is changed, and the manifest says so honestly."""

    def change(entries: dict[str, bytes], manifest: dict[str, Any]) -> None:
        connection = sqlite3.connect(":memory:", isolation_level=None)
        # In rollback mode first: a copy in memory knows no log.
        plain = bytearray(entries[DATABASE])
        plain[18:20] = b"\x01\x01"
        connection.deserialize(bytes(plain))
        for statement in statements:
            connection.execute(statement)
        entries[DATABASE] = connection.serialize()
        connection.close()
        manifest["files"] = _files(entries)

    return change


def _without(name: str) -> Change:
    def change(entries: dict[str, bytes], manifest: dict[str, Any]) -> None:
        del entries[name]

    return change


def _bomb(entries: dict[str, bytes], manifest: dict[str, Any]) -> None:
    entries[f"{MEDIA}/bomb.png"] = bytes(200 * 1024 * 1024)
    manifest["files"] = _files(entries)


def _garbled(entries: dict[str, bytes], manifest: dict[str, Any]) -> None:
    entries[DATABASE] = entries[DATABASE][:5000] + b"\xff" * 9000 + entries[DATABASE][14_000:]
    manifest["files"] = _files(entries)


def _swapped(entries: dict[str, bytes], manifest: dict[str, Any]) -> None:
    entries[f"{MEDIA}/{_PICTURE}"] = b"PICTURE"


HOSTILE: dict[str, Change] = {
    "climbs out": _named("../evil"),
    "climbs out of media": _named(f"{MEDIA}/../../evil"),
    "absolute": _named("/tmp/evil"),
    "drive": _named("C:\\evil"),
    "backslash": _named(f"{MEDIA}\\..\\evil"),
    "deeper": _named(f"{MEDIA}/a/b.png"),
    "dot": _named(f"{MEDIA}/."),
    "dots": _named(f"{MEDIA}/.."),
    "hidden": _named(f"{MEDIA}/.hidden"),
    "no name": _named(f"{MEDIA}/"),
    "reserved": _named(f"{MEDIA}/CON.png"),
    "reserved port": _named(f"{MEDIA}/lpt1.txt"),
    "trailing dot": _named(f"{MEDIA}/a.png."),
    "trailing space": _named(f"{MEDIA}/a.png "),
    "stream": _named(f"{MEDIA}/a.png:evil"),
    "too long": _named(f"{MEDIA}/{'a' * 300}.png"),
    "control": _named(f"{MEDIA}/a\x1f.png"),
    "log beside the database": _named("client.sqlite-wal"),
    "same name in capitals": _named(f"{MEDIA}/{_PICTURE.upper()}"),
    "somebody else's format": _told(format="other"),
    "later format": _told(format_version=2),
    "format is no number": _told(format_version="1"),
    "format is true": _told(format_version=True),
    "later schema": _told(schema=migrations.LATEST + 1),
    "files is no list": _told(files={"a": 1}),
    "no files": _told(files=[]),
    "too many files": _told(files=[{"name": f"media/{n}.png", "size": 1, "sha256": "0" * 64} for n in range(20_001)]),
    "files of numbers": _told(files=[1, 2]),
    "negative size": _first_file(size=-1),
    "size is true": _first_file(size=True),
    "huge promise": _first_file(size=10**15),
    "wrong size": _first_file(size=3),
    "wrong hash": _first_file(sha256="0" * 64),
    "hash is no hash": _first_file(sha256="zz"),
    "promised and absent": _without(f"{MEDIA}/{_PICTURE}"),
    "no database": _without(DATABASE),
    "another file behind the name": _swapped,
    "bomb": _bomb,
    "damaged database": _garbled,
    "newer database": _sql(f"PRAGMA user_version = {migrations.LATEST + 1}"),
    "not our database": _sql("PRAGMA application_id = 7"),
    "trigger added": _sql("CREATE TRIGGER evil AFTER INSERT ON post BEGIN DELETE FROM message; END"),
    "view added": _sql("CREATE VIEW evil AS SELECT * FROM post"),
    "table replaced by a view": _sql("PRAGMA foreign_keys = OFF", "DROP TABLE attempt", "CREATE VIEW attempt AS SELECT 1 AS id"),
    "media that leads out": _sql("UPDATE media SET file_name = '../../.ssh/id'"),
    "strange client id": _sql("UPDATE client SET client_id = '../../x'"),
    "no client": _sql("DELETE FROM client"),
    "strange colour": _sql("UPDATE client SET colour = 'evil'"),
    "post of no account": _sql("PRAGMA foreign_keys = OFF", "UPDATE post_variant SET account_id = 99"),
}


async def _refused(bench: Bench, archive: Path) -> None:
    there = bench.elsewhere()
    before = sorted(path for path in bench.folder.rglob("*") if "there" not in path.parts)
    with pytest.raises(CmdeskError) as caught:
        await safekeeping.import_client(there, archive)
    assert isinstance(caught.value, BadInput | DatabaseNewer | DatabaseDamaged | NotAClientFile), caught.value
    assert list(there.home.clients.iterdir()) == []
    assert there.cards() == ()
    assert sorted(path for path in bench.folder.rglob("*") if "there" not in path.parts) == before
    await there.close()


@pytest.mark.asyncio
@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_archive_leaves_nothing(bench: Bench, name: str) -> None:
    good, bad = bench.folder / "good.zip", bench.folder / "bad.zip"
    await safekeeping.export_client(bench.ws, good)
    with zipfile.ZipFile(good) as archive:
        entries = {one: archive.read(one) for one in archive.namelist()}
    manifest = json.loads(entries.pop(handover.MANIFEST))
    HOSTILE[name](entries, manifest)
    with zipfile.ZipFile(bad, "w", zipfile.ZIP_DEFLATED) as archive:
        for one, data in entries.items():
            archive.writestr(zipfile.ZipInfo(one), data, compress_type=zipfile.ZIP_DEFLATED)
        archive.writestr(handover.MANIFEST, json.dumps(manifest))
    await _refused(bench, bad)


def _link(archive: zipfile.ZipFile) -> None:
    info = zipfile.ZipInfo(f"{MEDIA}/{_PICTURE}")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    archive.writestr(info, "/etc/passwd")


def _folder(archive: zipfile.ZipFile) -> None:
    info = zipfile.ZipInfo(f"{MEDIA}/{_PICTURE}")
    info.external_attr = 0x10
    archive.writestr(info, b"")


@pytest.mark.asyncio
@pytest.mark.parametrize("kind", [_link, _folder])
async def test_a_link_or_a_folder_behind_a_name_is_refused(bench: Bench, kind: Callable[[zipfile.ZipFile], None]) -> None:
    good, bad = bench.folder / "good.zip", bench.folder / "bad.zip"
    await safekeeping.export_client(bench.ws, good)
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(bad, "w") as archive:
        for one in (DATABASE, handover.MANIFEST):
            archive.writestr(one, source.read(one))
        kind(archive)
    await _refused(bench, bad)


@pytest.mark.asyncio
@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip at all", bytes(5000), os.urandom(5000)])
async def test_what_is_no_archive_is_said_to_be_none(bench: Bench, content: bytes) -> None:
    bad = bench.folder / "bad.zip"
    bad.write_bytes(content)
    await _refused(bench, bad)


@pytest.mark.asyncio
async def test_a_cut_archive_and_two_manifests_are_refused(bench: Bench) -> None:
    good, bad = bench.folder / "good.zip", bench.folder / "bad.zip"
    await safekeeping.export_client(bench.ws, good)
    bad.write_bytes(good.read_bytes()[:-500])
    await _refused(bench, bad)
    bad.write_bytes(good.read_bytes())
    with (
        zipfile.ZipFile(bad, "a") as archive,
        pytest.warns(UserWarning, match="Duplicate name"),
    ):
        archive.writestr(handover.MANIFEST, "{}")
    await _refused(bench, bad)
    await _refused(bench, bench.folder / "nothing.zip")
    await _refused(bench, bench.folder)


# Erasing


@pytest.mark.asyncio
async def test_erasing_needs_the_name_and_leaves_neither_folder_backup_nor_key(bench: Bench) -> None:
    other = await bench.desk.create("Malik")
    link(other, bench.network, "malik")
    await safekeeping.backup(bench.ws)
    client, folder = bench.ws.client.id, bench.ws.folder
    for typed in ("", "boulangerie rosa", "Boulangerie", "Malik"):
        with pytest.raises(BadInput, match="not_the_name"):
            await safekeeping.purge(bench.desk, client, typed)
    assert folder.exists()
    await safekeeping.purge(bench.desk, client, " Boulangerie  Rosa ")
    assert not folder.exists()
    assert safekeeping.backups(bench.desk.home, client) == ()
    assert [card.name for card in bench.desk.cards()] == ["Malik"]
    assert not [entry for entry in bench.keyring.entries if client in entry[0]]
    assert other.secrets.get(linking.accounts(other)[0].uid, TOKEN).reveal() == "token-malik"
    with pytest.raises(NotFound):
        await safekeeping.purge(bench.desk, client, "Boulangerie Rosa")


@pytest.mark.asyncio
async def test_nothing_is_erased_while_the_keyring_is_shut(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def shut(service: str, username: str) -> str | None:
        raise RuntimeError("shut")

    monkeypatch.setattr(bench.keyring, "get_password", shut)
    with pytest.raises(VaultProblem):
        await safekeeping.purge(bench.desk, bench.ws.client.id, "Boulangerie Rosa")
    assert len(inbox.ids(bench.ws)) == 1


@pytest.mark.asyncio
async def test_what_a_crash_left_behind_is_swept_and_what_another_process_makes_is_not(bench: Bench) -> None:
    """A command may import or create while the window becomes the publisher."""
    made_at = bench.clock.now()
    for name in (".import-1", ".purge-2", ".new-abc"):
        folder = bench.desk.home.clients / name
        (folder / MEDIA).mkdir(parents=True)
        os.utime(folder, (made_at.timestamp(), made_at.timestamp()))
    assert safekeeping.sweep(bench.desk.home, made_at + timedelta(hours=23)) == 1
    assert {path.name for path in bench.desk.home.clients.iterdir()} == {bench.ws.client.id, ".import-1", ".new-abc"}
    assert safekeeping.sweep(bench.desk.home, made_at + timedelta(hours=25)) == 2
    assert [path.name for path in bench.desk.home.clients.iterdir()] == [bench.ws.client.id]
