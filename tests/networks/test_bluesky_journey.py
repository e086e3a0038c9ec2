"""The way to Bluesky through the program itself, on Bluesky's own servers: link, publish, look, answer, take off."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.helpers import atproto
from tests.helpers.command_line import Result, Terminal

pytestmark = [pytest.mark.leaves("network.mjs"), pytest.mark.leaves("redis-server"), pytest.mark.leaves("pg_virtualenv")]


@pytest.fixture(scope="module", name="servers")
def _servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[atproto.Servers]:
    with atproto.running(tmp_path_factory.mktemp("atproto")) as found:
        yield found


@pytest.fixture(scope="module", name="ada")
def _ada(servers: atproto.Servers) -> atproto.Somebody:
    return servers.account("ada")


def good(result: Result) -> Any:
    """The document of a command that went well."""
    assert result.code == 0, (result.out, result.err)
    return result.json


def at_work(tmp_path: Path) -> Terminal:
    """Somebody at a terminal with one client."""
    shell = Terminal(tmp_path / "desk")
    good(shell("client", "add", "Boulangerie", "--json"))
    return shell


def link(shell: Terminal, who: atproto.Somebody) -> Result:
    """Links an account by its app password."""
    return shell(
        "account", "link", "bluesky", "--client", "Boulangerie", "--handle", who.handle, "--server", who.pds,
        "--allow-private", "--app-password-stdin", "--json", stdin=who.app_password.encode() + b"\n",
    )  # fmt: skip


def a_large_photo(path: Path) -> Path:
    """A photo that is far too large for the network as it is."""
    noise = Image.effect_noise((2400, 1600), 90).convert("RGB")
    noise.save(path, "JPEG", quality=95)
    assert path.stat().st_size > 2_000_000
    return path


@pytest.mark.slow
def test_the_whole_way_on_the_command_line(ada: atproto.Somebody, tmp_path: Path) -> None:
    shell = at_work(tmp_path)
    refused = shell(
        "account", "link", "bluesky", "--client", "Boulangerie", "--handle", ada.handle, "--server", ada.pds,
        "--allow-private", "--app-password-stdin", "--json", stdin=b"wrong-wrong-wrong\n",
    )  # fmt: skip
    assert refused.code != 0
    account = good(link(shell, ada))
    assert (account["network"], account["handle"]) == ("bluesky", "ada.test")
    assert ada.app_password not in "".join(map(str, shell.keyring.entries.values()))
    assert good(shell("account", "whoami", "--json"))["same"] is True

    photo = a_large_photo(tmp_path / "pain.jpg")
    long = "é" * 301
    blocked = shell("post", "add", "--client", "Boulangerie", "--account", account["id"], "--text", long, "--now", "--json")
    assert blocked.code != 0
    good(
        shell(
            "post", "add", "--client", "Boulangerie", "--account", account["id"], "--now", "--json", "--lang", "fr",
            "--text", "Du pain chaud 🥖 #boulangerie", "--media", str(photo), "--alt", "Un pain sur une table",
        )
    )  # fmt: skip
    posts = [one["value"] for one in ada.records()]
    assert [one["text"] for one in posts] == ["Du pain chaud 🥖 #boulangerie"]
    image = posts[0]["embed"]["images"][0]
    assert image["alt"] == "Un pain sur une table"
    assert image["aspectRatio"]["width"] * 2 == image["aspectRatio"]["height"] * 3
    assert image["image"]["size"] <= 1_000_000
    with Image.open(io.BytesIO(ada.blob(image["image"]["ref"]["$link"]))) as seen:
        assert (seen.width, seen.height) == (image["aspectRatio"]["width"], image["aspectRatio"]["height"])
    good(shell("outbox", "run", "--json"))
    assert len(ada.records()) == 1
    password = ada.app_password.encode()
    renewed = good(shell("account", "renew", account["id"], "--app-password-stdin", "--json", stdin=password))
    assert renewed["id"] == account["id"]
    unlinked = shell("account", "unlink", account["id"], "--json")
    assert unlinked.code == 0, unlinked.err
    assert not any(ada.did in one for one in shell.keyring.entries.values())


def test_counting_knows_the_network(tmp_path: Path) -> None:
    shell = Terminal(tmp_path / "desk")
    told = good(shell("count", "bluesky", "--json", stdin=("a" * 301).encode()))
    assert (told["count"], told["limit"], told["over"], told["unit"]) == (301, 300, 1, "graphemes")
    told = good(shell("count", "bluesky", "--json", stdin=("👨‍👩‍👧‍👦" * 121).encode()))
    assert (told["count"], told["limit"], told["over"], told["unit"]) == (3025, 3000, 25, "bytes")


@pytest.mark.slow
def test_the_browsers_way_from_the_command_line(ada: atproto.Somebody, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shell = at_work(tmp_path)
    monkeypatch.setattr("cmdesk.cli.browser.open_page", lambda url: atproto.allow(url, ada))
    account = good(
        shell(
            "account", "link", "bluesky", "--client", "Boulangerie", "--handle", ada.handle, "--server", ada.pds,
            "--allow-private", "--browser", "--json",
        )
    )  # fmt: skip
    assert account["handle"] == "ada.test"
    text = "Par le navigateur"
    good(shell("post", "add", "--client", "Boulangerie", "--account", account["id"], "--text", text, "--now", "--json"))
    assert [one["value"]["text"] for one in ada.records()].count(text) == 1
    unlinked = shell("account", "unlink", account["id"], "--json")
    assert unlinked.code == 0, unlinked.err
    assert not any(ada.did in one for one in shell.keyring.entries.values())
    for way in ("--token-stdin", "--code-stdin"):
        refused = shell(
            "account", "link", "bluesky", "--client", "Boulangerie", "--handle", ada.handle, way, "--json", stdin=b"x\n"
        )
        assert refused.code != 0
        assert refused.out == "" or "not_bluesky" in refused.out + refused.err
