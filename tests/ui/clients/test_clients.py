"""New clients, changed clients and clients in trouble, from the rail's dialogs."""

import asyncio
from pathlib import Path

import pytest

from cmdesk.domain.client import Client, Colour, Language
from cmdesk.domain.errors import BadInput, DiskFull, NameTaken
from cmdesk.domain.ids import ClientId
from cmdesk.ui.clients.form import ClientForm
from cmdesk.ui.theme import Theme
from cmdesk.ui.widgets.text import Text
from tests.helpers.clocks import FakeClock
from tests.helpers.desks import open_desk
from tests.helpers.fake_network import FakeNetwork
from tests.helpers.keyrings import InMemoryKeyring


@pytest.fixture
def form(theme: Theme) -> ClientForm:
    return ClientForm(theme, "America/Toronto", Colour.TEAL)


def sentences(form: ClientForm) -> list[str]:
    return [text.text() for text in form.findChildren(Text) if not text.isHidden() and text.text()]


def test_a_new_form_proposes_colour_zone_and_language(form: ClientForm) -> None:
    form.name.setText("Boulangerie du Coin")
    filled = form.filled()
    assert (filled.name, filled.colour, filled.timezone) == ("Boulangerie du Coin", Colour.TEAL, "America/Toronto")
    assert filled.language is Language.FR_CA


def test_a_known_client_fills_the_form(theme: Theme) -> None:
    clock = FakeClock()
    client = Client(ClientId("bakeryaa"), "Café", Colour.PLUM, "Europe/Paris", Language.EN_CA, clock.now())
    filled = ClientForm(theme, "America/Toronto", Colour.TEAL, client).filled()
    assert (filled.name, filled.colour, filled.timezone, filled.language) == (
        "Café",
        Colour.PLUM,
        "Europe/Paris",
        Language.EN_CA,
    )


@pytest.mark.parametrize(
    "problem", [BadInput(field="name", reason="empty"), NameTaken(name="Café"), BadInput(field="name", reason="no_letter")]
)
def test_an_error_of_the_name_stands_under_the_name(form: ClientForm, problem: Exception) -> None:
    form.name.setText("Café")
    form.show_problem(problem)
    assert form.name.accessibleDescription()
    assert not form.zone.accessibleDescription()
    assert form.name.text() == "Café"
    form.name.setText("Autre")
    assert not form.name.accessibleDescription()


def test_an_error_of_the_zone_stands_under_the_zone(form: ClientForm) -> None:
    form.show_problem(BadInput(field="timezone", reason="unknown", given="Mars"))
    assert "Mars" in form.zone.accessibleDescription()


def test_any_other_error_is_said_below(form: ClientForm) -> None:
    form.show_problem(DiskFull())
    assert any("disk is full" in sentence for sentence in sentences(form))


def test_the_colours_are_walked_by_arrow_keys(form: ClientForm) -> None:
    heard: list[Colour] = []
    form.swatches.chosen.connect(heard.append)
    for colour in Colour:
        form.swatches.choose(colour)
    assert heard == list(Colour)
    assert form.swatches.accessibleDescription()


def test_what_the_form_holds_makes_a_client(form: ClientForm, tmp_path: Path) -> None:
    clock = FakeClock()
    desk = open_desk(tmp_path / "home", FakeNetwork(clock), clock, keyring=InMemoryKeyring())
    form.name.setText("  Librairie   Minuit ")
    filled = form.filled()
    made = asyncio.run(desk.create(filled.name, filled.colour, filled.timezone, filled.language))
    assert made.client.name == "Librairie Minuit"
    asyncio.run(desk.close())
