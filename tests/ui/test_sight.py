"""The first sight shows what the window shows a moment later, in the same place, without what takes its time to load."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from build_scripts.fill import fill
from cmdesk.app import Life, Root
from cmdesk.domain.client import Client, Colour, Language
from cmdesk.domain.ids import ClientId
from cmdesk.domain.settings import Settings
from cmdesk.services import preferences
from cmdesk.services.home import Home
from cmdesk.vault import Vault
from tests.helpers.clocks import FakeClock
from tests.helpers.keyrings import InMemoryKeyring

NAMES = ("Boulangerie Rose", "Théâtre de la Butte", "Vélo Coop")
#: How far a grey may lie from the other: letters and icons stand at fractions of a pixel.
CLOSE = 60


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path / "home")
    made.prepare()
    for place, name in enumerate(NAMES):
        now = datetime(2026, 11, 22, 12, tzinfo=UTC)
        client = Client(ClientId("abcdefg" + "hjk"[place]), name, tuple(Colour)[place], "America/Toronto", Language.FR_CA, now)
        fill(made.clients / client.id / "client.sqlite", client, messages=200, posts=10, seed=place)
    return made


def unlike(one: QImage, other: QImage, place: QRect) -> float:
    """The share of pixels that a person could tell apart."""
    far = 0
    for y in range(place.top(), place.bottom() + 1):
        for x in range(place.left(), place.right() + 1):
            a, b = one.pixelColor(x, y), other.pixelColor(x, y)
            far += max(abs(a.red() - b.red()), abs(a.green() - b.green()), abs(a.blue() - b.blue())) > CLOSE
    return far / (place.width() * place.height())


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("locale", ["fr-CA", "en-CA"])
def test_nothing_moves_when_the_window_takes_its_place(
    scheme: str, locale: str, home: Home, qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    preferences.save(home, Settings(scheme=scheme))
    seen: list[QImage] = []
    real = Life._after_sight

    def looked(life: Life) -> None:
        seen.append(life.frame.grab().toImage())
        real(life)

    monkeypatch.setattr(Life, "_after_sight", looked)
    told: list[str] = []
    root = Root(qapp, home, locale=locale, vault=Vault(InMemoryKeyring()), clock=FakeClock(), tell=told.append)
    try:
        root.open(practice=False)
        qtbot.waitUntil(lambda: "shown" in told)
        assert told[:2] == ["painted", "shown"]
        after = root.life.frame.grab().toImage()
        window = root.window
    finally:
        root.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    [before] = seen
    assert before.size() == after.size()
    sizes = root.ready.sizes
    top = sizes.band + sizes.tabs
    for place in (
        QRect(sizes.rail, 0, before.width() - sizes.rail, top + 1),  # band and tabs
        QRect(sizes.rail, top + 1, before.width() - sizes.rail, sizes.three * 2),  # the day in a line
        QRect(0, 0, sizes.rail, before.height()),  # the rail
    ):
        assert unlike(before, after, place) < 0.01, place
    # The comparison can tell: a sight of a window without clients is another one.
    assert unlike(before, after.flipped(Qt.Orientation.Horizontal), QRect(0, 0, sizes.rail, before.height())) > 0.1
    assert window is not None


def test_it_does_without_the_namespace_that_takes_longest(home: Home) -> None:
    ask = (
        "import enum, os, sys; made = []; real = enum.EnumType._create_\n"
        "def create(cls, name, *rest, **named): made.append(name); return real(cls, name, *rest, **named)\n"
        "enum.EnumType._create_ = create\n"
        "from pathlib import Path; from cmdesk.app import run_window\n"
        "def tell(event): print(event, 'Key' in made, flush=True); event == 'shown' and os._exit(0)\n"
        "run_window(Path(sys.argv[1]), practice=False, locale='fr-CA', tell=tell)"
    )
    done = subprocess.run([sys.executable, "-c", ask, str(home.path)], capture_output=True, text=True, check=False, timeout=60)
    assert done.stdout.split("\n")[:2] == ["painted False", "shown True"], done.stderr
