"""Every folder is a card: a client to work for, or one to repair; never a start that fails."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import stat
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from cmdesk.domain.changes import ALL_TOPICS, Changes, Topic
from cmdesk.domain.client import Colour, Language
from cmdesk.domain.errors import Ambiguous, BadInput, NameTaken, NotAllowed, NotFound
from cmdesk.domain.ids import ClientId
from cmdesk.domain.views import FileTrouble
from cmdesk.services import nameplate
from cmdesk.services.desk import Desk
from cmdesk.services.home import DATABASE, Home, find_home
from tests.helpers.clocks import FakeClock
from tests.helpers.desks import link, open_desk
from tests.helpers.fake_network import FakeNetwork
from tests.helpers.keyrings import InMemoryKeyring

pytestmark = pytest.mark.asyncio


class Bench:
    """A home, and the desks that open it one after the other."""

    def __init__(self, folder: Path) -> None:
        self.home = Home(folder)
        self.clock = FakeClock()
        self.network = FakeNetwork(self.clock)
        self.keyring = InMemoryKeyring()
        self.told: list[Changes] = []
        self.desks: list[Desk] = []

    def open(self, seed: int = 1) -> Desk:
        desk = open_desk(self.home.path, self.network, self.clock, keyring=self.keyring, on_change=self.told.append, seed=seed)
        self.desks.append(desk)
        return desk


@pytest_asyncio.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    made = Bench(tmp_path / "home")
    yield made
    for desk in made.desks:
        await desk.close()


async def test_a_client_is_a_folder_and_is_found_again(bench: Bench) -> None:
    desk = bench.open()
    made = await desk.create("  Boulangerie   Rosa ")
    assert made.folder == bench.home.clients / made.client.id
    assert (made.client.timezone, made.client.language) == ("America/Toronto", Language.FR_CA)
    again = bench.open()
    (card,) = again.cards()
    assert (card.id, card.name, card.initials, card.colour) == (made.client.id, "Boulangerie Rosa", "BR", Colour.RUBY)
    assert again.find("boulangerie rosa").client == made.client
    assert again.find(made.client.id).client == made.client
    assert not [path for path in bench.home.clients.iterdir() if path.name.startswith(".")]


async def test_colours_are_given_out_evenly_and_names_once(bench: Bench) -> None:
    desk = bench.open()
    made = [await desk.create(f"Client {number}") for number in range(12)]
    assert len({ws.client.colour for ws in made}) == 12
    for name in ("client 3", "CLIENT  3", "Client 3"):
        with pytest.raises(NameTaken):
            await desk.create(name)
    for name in ("", "   ", "x" * 81, "a\u202eb", "\x00", "!!!"):
        with pytest.raises(BadInput):
            await desk.create(name)
    with pytest.raises(BadInput):
        await desk.create("Elsewhere", timezone="Mars/Olympus")
    assert len(bench.open().cards()) == 12


async def test_changes_reach_the_card_and_are_told(bench: Bench) -> None:
    desk = bench.open()
    ws = await desk.create("Rosa")
    await desk.rename(ws, "Rosa et fils")
    await desk.recolour(ws, Colour.TEAL)
    await desk.set_timezone(ws, "Europe/Paris")
    await desk.set_language(ws, Language.FR_FR)
    await desk.set_grace(ws, 5)
    with pytest.raises(BadInput):
        await desk.set_grace(ws, -1)
    client = ws.client
    assert (client.name, client.colour, client.timezone, client.language, client.grace_minutes) == (
        "Rosa et fils",
        Colour.TEAL,
        "Europe/Paris",
        Language.FR_FR,
        5,
    )
    assert bench.told[0] == Changes(None, frozenset({Topic.CLIENT}))
    assert {changes.client for changes in bench.told[1:]} == {client.id}
    assert bench.open().find("Rosa et fils").client == client


async def test_an_archived_client_is_out_of_the_way_until_it_is_taken_back(bench: Bench) -> None:
    desk = bench.open()
    old = await desk.create("Rosa")
    await desk.archive(old)
    new = await desk.create("Rosa")
    assert desk.workspaces == (new,)
    assert desk.find("Rosa") is new
    assert [card.archived for card in desk.cards()] == [False, True]
    with pytest.raises(NameTaken):
        await desk.restore(old.client.id)
    await desk.rename(new, "Other")
    await desk.restore(old.client.id)
    assert set(desk.workspaces) == {old, new}
    with pytest.raises(NotFound):
        await desk.restore(ClientId("zzzzzzzz"))


async def test_the_rail_keeps_its_order(bench: Bench) -> None:
    desk = bench.open()
    one, two, three = [await desk.create(name) for name in ("One", "Two", "Three")]
    await desk.reorder([three.client.id, one.client.id])
    assert [card.name for card in bench.open().cards()] == ["Three", "One", "Two"]
    assert desk.workspaces == (three, one, two)


async def test_names_made_equal_behind_our_back_are_ambiguous(bench: Bench) -> None:
    desk = bench.open()
    for name in ("One", "Two"):
        ws = await desk.create(name)
        with ws.write() as session:
            session.connection().exec_driver_sql("UPDATE client SET name = 'Same'")
    with pytest.raises(Ambiguous):
        desk.find("same")


async def test_what_cannot_be_opened_is_a_card_to_repair_and_the_others_work(bench: Bench) -> None:
    desk = bench.open()
    kinds = ("Good", "Torn", "Later", "Foreign", "Empty", "Gone")
    folders = {name: (await desk.create(name)).folder for name in kinds}
    await desk.close()
    (folders["Torn"] / DATABASE).write_bytes(b"torn" * 1000)
    later = sqlite3.connect(folders["Later"] / DATABASE)
    later.execute("PRAGMA user_version = 4711")
    later.close()
    foreign = sqlite3.connect(folders["Foreign"] / DATABASE)
    foreign.execute("PRAGMA application_id = 1")
    foreign.close()
    (folders["Empty"] / DATABASE).write_bytes(b"")
    (folders["Gone"] / DATABASE).unlink()
    again = bench.open()
    troubles = {Path(card.folder).name: card.trouble for card in again.cards()}
    assert troubles == {
        folders["Good"].name: None,
        folders["Torn"].name: FileTrouble.DAMAGED,
        folders["Later"].name: FileTrouble.NEWER,
        folders["Foreign"].name: FileTrouble.NOT_OURS,
        folders["Empty"].name: FileTrouble.DAMAGED,
        folders["Gone"].name: FileTrouble.UNREADABLE,
    }
    assert [ws.client.name for ws in again.workspaces] == ["Good"]
    assert (folders["Torn"] / DATABASE).read_bytes() == b"torn" * 1000


async def test_a_damaged_client_keeps_its_name_and_colour_on_its_card(bench: Bench) -> None:
    desk = bench.open()
    ws = await desk.create("Rosa", Colour.TEAL)
    await desk.rename(ws, "Boulangerie Rosa")
    await desk.recolour(ws, Colour.PLUM)
    await desk.close()
    (ws.folder / DATABASE).write_bytes(b"torn" * 1000)
    [card] = bench.open().cards()
    assert (card.name, card.colour, card.initials) == ("Boulangerie Rosa", Colour.PLUM, "BR")
    assert (card.id, card.trouble) == (ws.client.id, FileTrouble.DAMAGED)


async def test_a_name_beside_the_file_is_never_believed_against_the_file(bench: Bench) -> None:
    desk = bench.open()
    ws = await desk.create("Rosa")
    await desk.close()
    plate = ws.folder / nameplate.FILE
    assert plate.stat().st_mode & 0o777 == 0o600
    plate.write_text('{"name": "Somebody else", "colour": "slate"}', "utf-8")
    again = bench.open()
    assert [card.name for card in again.cards()] == ["Rosa"]
    await again.look_outside()
    assert "Rosa" in plate.read_text("utf-8")
    await again.close()


@pytest.mark.parametrize(
    "words", ["", "[]", "{", '{"name": 3}', '{"name": "a\\u0000b", "colour": "teal"}', '{"name": "A", "colour": "x"}']
)
async def test_nonsense_beside_a_damaged_file_is_no_name(bench: Bench, words: str) -> None:
    desk = bench.open()
    ws = await desk.create("Rosa")
    await desk.close()
    (ws.folder / DATABASE).write_bytes(b"torn" * 1000)
    (ws.folder / nameplate.FILE).write_text(words, "utf-8")
    [card] = bench.open().cards()
    assert card.name == ws.folder.name


async def test_a_client_from_before_gets_its_name_beside_the_file(bench: Bench) -> None:
    desk = bench.open()
    ws = await desk.create("Rosa")
    await desk.close()
    (ws.folder / nameplate.FILE).unlink()
    again = bench.open()
    await again.look_outside()
    assert nameplate.read(ws.folder) == nameplate.Nameplate("Rosa", ws.client.colour)
    await again.close()


async def test_a_copied_folder_is_no_second_client(bench: Bench) -> None:
    desk = bench.open()
    ws = await desk.create("Rosa")
    await desk.close()
    shutil.copytree(ws.folder, bench.home.clients / "copy of rosa")
    again = bench.open()
    assert [(card.name, card.trouble) for card in again.cards()] == [("Rosa", None), ("Rosa", FileTrouble.COPY)]
    assert [one.folder for one in again.workspaces] == [ws.folder]


async def test_of_two_strangely_named_copies_neither_is_believed(bench: Bench) -> None:
    desk = bench.open()
    ws = await desk.create("Rosa")
    await desk.close()
    shutil.copytree(ws.folder, bench.home.clients / "one")
    ws.folder.rename(bench.home.clients / "two")
    assert [card.trouble for card in bench.open().cards()] == [FileTrouble.COPY, FileTrouble.COPY]


async def test_half_made_folders_are_not_seen(bench: Bench) -> None:
    bench.open()
    (bench.home.clients / ".new-abcdefgh").mkdir()
    (bench.home.clients / "nothing").mkdir()
    assert bench.open().cards() == ()


async def test_another_program_is_noticed(bench: Bench) -> None:
    window = bench.open()
    ws = await window.create("Rosa")
    await window.look_outside()
    terminal = bench.open(seed=2)
    bench.told.clear()
    await window.look_outside()
    assert bench.told == []
    await terminal.rename(terminal.find("Rosa"), "Rosa et fils")
    await terminal.create("New")
    bench.told.clear()
    await window.look_outside()
    assert bench.told == [Changes(None, frozenset({Topic.CLIENT})), Changes(ws.client.id, ALL_TOPICS)]
    assert [card.name for card in window.cards()] == ["Rosa et fils", "New"]


async def test_modes_are_mended_at_the_start(bench: Bench) -> None:
    desk = bench.open()
    ws = await desk.create("Rosa")
    await desk.close()
    if os.name == "nt":
        return
    for path in (bench.home.path, ws.folder, ws.folder / DATABASE):
        path.chmod(0o777 if path.is_dir() else 0o666)
    mended = bench.home.prepare()
    assert set(mended) == {bench.home.path, ws.folder, ws.folder / DATABASE}
    assert stat.S_IMODE(ws.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((ws.folder / DATABASE).stat().st_mode) == 0o600
    assert bench.home.prepare() == ()


async def test_the_home_is_named_by_option_then_environment_then_system(tmp_path: Path) -> None:
    assert find_home(str(tmp_path), {"CMDESK_HOME": "/elsewhere"}).path == tmp_path
    assert find_home(None, {"CMDESK_HOME": str(tmp_path)}).path == tmp_path
    assert find_home(None, {}).path.name == "cmdesk"


async def test_a_connector_is_made_once_and_not_for_an_unlinked_account(bench: Bench) -> None:
    desk = bench.open()
    ws = await desk.create("Rosa")
    account = link(ws, bench.network, "rosa")
    first, second = await asyncio.gather(ws.connector(account), ws.connector(account))
    assert first is second
    await ws.drop_connector(account)
    assert await ws.connector(account) is not first
    await ws.drop_connector(account)
    with ws.write() as session:
        session.connection().exec_driver_sql("UPDATE account SET unlinked_at = 1")
    with pytest.raises(NotAllowed):
        await ws.connector(account)
