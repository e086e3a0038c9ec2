"""Closing the window says once a day what waits for it, and never when something else publishes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget

from cmdesk.domain.post import PostEdit, Variant
from cmdesk.domain.schedule import resolve
from cmdesk.services import agents, composing, planning
from cmdesk.services.ahead import ahead
from cmdesk.ui.farewell import Farewell
from cmdesk.ui.i18n import Formats
from cmdesk.ui.screens import Question
from tests.helpers.clocks import FakeClock
from tests.helpers.desks import link, open_desk
from tests.helpers.fake_network import FakeNetwork
from tests.helpers.keyrings import InMemoryKeyring


class FakeWindow(QWidget):
    """A window that notes what it was told to ask."""

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self.formats, self.asked, self.answer = formats, list[Question](), True

    def ask(self, question: Question) -> bool:
        self.asked.append(question)
        return self.answer


class Stage:
    def __init__(self, folder: Path, formats: Formats) -> None:
        self.clock = FakeClock()
        network = FakeNetwork(self.clock)
        self.desk = open_desk(folder / "home", network, self.clock, keyring=InMemoryKeyring())
        self.ws = asyncio.run(self.desk.create("Rosa", timezone="America/Toronto"))
        self.account = link(self.ws, network, "rosa")
        self.frame, self.window = QWidget(), FakeWindow(formats)
        self.settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
        self.closing = False
        window: Any = self.window
        self.farewell = Farewell(self.frame, window, self.desk, self.settings, lambda: self.closing)

    def plan(self, hours: float) -> None:
        async def planned() -> None:
            post = await composing.create(self.ws, PostEdit(text="Bread", variants=(Variant(self.account),)))
            wall = (self.clock.now() + timedelta(hours=hours)).astimezone(ZoneInfo("America/Toronto")).replace(tzinfo=None)
            await planning.schedule(self.ws, post.id, resolve(wall, "America/Toronto"))

        asyncio.run(planned())

    def close(self) -> bool:
        self.frame.show()
        return self.frame.close()


@pytest.fixture
def stage(tmp_path: Path, english: Formats, qapp: object) -> Iterator[Stage]:
    made = Stage(tmp_path, english)
    yield made
    made.closing = True
    made.frame.close()
    made.frame.deleteLater()
    made.window.deleteLater()
    asyncio.run(made.desk.close())


def test_with_nothing_planned_nobody_is_asked(stage: Stage) -> None:
    stage.plan(30)  # not within a day
    assert stage.close()
    assert stage.window.asked == []


def test_what_waits_is_said_once_a_day_and_one_may_stay(stage: Stage) -> None:
    stage.plan(2)
    stage.plan(3)
    stage.window.answer = False
    assert not stage.close()
    assert stage.frame.isVisible()
    assert "2 post" in stage.window.asked[0].text
    assert stage.close()  # the same day: it goes without a word
    assert len(stage.window.asked) == 1
    stage.clock.advance(24 * 3600)
    stage.plan(2)
    assert not stage.close()
    assert len(stage.window.asked) == 2


def test_the_program_itself_is_not_asked(stage: Stage) -> None:
    stage.plan(2)
    stage.closing = True
    assert stage.close()
    assert stage.window.asked == []


def test_with_an_agent_nobody_is_asked(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    host = agents.Host("linux", tmp_path / "units", ("/opt/cmdesk",), "", {}, lambda _command: (0, ""))
    monkeypatch.setattr(agents, "this_host", lambda _environ: host)
    agents.service_of(stage.desk).install()
    stage.plan(2)
    assert stage.close()
    assert stage.window.asked == []


def test_what_is_ahead_is_a_day_and_a_week(stage: Stage) -> None:
    for hours in (200, 2, 23, 100):
        stage.plan(hours)
    coming = ahead(stage.desk)
    assert (len(coming.day), len(coming.week)) == (2, 3)
    assert coming.week[:2] == coming.day
    assert coming.next_at == coming.day[0].planned.utc
    stage.clock.advance(3600 * 24 * 30)
    assert ahead(stage.desk).next_at is None
