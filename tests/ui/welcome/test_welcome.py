"""The first page: a promise in two languages, and two ways in."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton

from cmdesk.domain.changes import ALL_TOPICS, Changes
from cmdesk.services.desk import Desk
from cmdesk.services.home import Home
from cmdesk.services.practising import Practising
from cmdesk.ui.bridge import Bridge
from cmdesk.ui.i18n import Formats
from cmdesk.ui.theme import Scheme, Theme
from cmdesk.ui.welcome.presenter import WelcomePresenter
from cmdesk.ui.welcome.view import WelcomeView
from tests.helpers.clocks import FakeClock
from tests.helpers.desks import open_desk
from tests.helpers.fake_network import FakeNetwork
from tests.helpers.keyrings import InMemoryKeyring
from tests.ui.accounts.stage import FakeProgram, Shell
from tests.ui.inbox.stage import AtOnce


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    clock = FakeClock()
    made = open_desk(tmp_path / "home", FakeNetwork(clock), clock, keyring=InMemoryKeyring())
    yield made
    asyncio.run(made.close())


@pytest.fixture
def shell(theme: Theme, english: Formats) -> Shell:
    return Shell(theme, english, Bridge(AtOnce()))


@pytest.fixture
def program(desk: Desk, tmp_path: Path) -> FakeProgram:
    return FakeProgram(desk, tmp_path, Practising(Home(tmp_path), FakeClock()))


@pytest.fixture
def view(theme: Theme, desk: Desk, shell: Shell, program: FakeProgram) -> Iterator[WelcomeView]:
    made = WelcomeView(theme)
    made.resize(1280, 800)
    presenter = WelcomePresenter(made, desk, shell, program)
    made.setProperty("presenter", presenter)
    yield made
    presenter.close()
    made.deleteLater()


def test_both_ways_lead_in(view: WelcomeView, shell: Shell, program: FakeProgram) -> None:
    view.first.click()
    assert shell.added == 1
    view.practice.click()
    assert program.opened == ["practice"]
    assert program.settings.welcomed


def test_the_language_is_chosen_on_the_page(view: WelcomeView, program: FakeProgram) -> None:
    assert view.language.choice == "en_CA"
    view.language.chosen.emit("fr_CA")
    assert program.settings.language == "fr_CA"


def test_a_client_made_elsewhere_ends_the_page(view: WelcomeView, shell: Shell, desk: Desk) -> None:
    presenter: WelcomePresenter = view.property("presenter")
    presenter.refresh(Changes(None, ALL_TOPICS))
    assert not shell.went
    asyncio.run(desk.create("Boulangerie du Coin", None, "America/Toronto"))
    presenter.refresh(Changes(None, ALL_TOPICS))
    assert [target.room for target in shell.went] == ["today"]


def test_everything_has_a_name_and_is_seen_whole(view: WelcomeView) -> None:
    for button in view.findChildren(QAbstractButton):
        assert button.accessibleName()
    view.layout().activate()  # type: ignore[union-attr]  # it has one
    for shown in (view.first, view.practice):
        assert shown.sizeHint().width() <= shown.width()


def test_twelve_colours_are_painted_in_both_themes(view: WelcomeView, theme: Theme) -> None:
    seen = set()
    for scheme in (Scheme.LIGHT, Scheme.DARK):
        theme.choose(scheme)
        image = view.grab().toImage()
        colours = {image.pixel(x, y) for x in range(560, 1280, 8) for y in range(0, 800, 8)}
        assert len(colours) > 12
        seen.add(image.pixel(2, 2))
    assert len(seen) == 2
