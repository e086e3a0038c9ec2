"""Bluesky is linked from the window by a handle and an app password, which is hidden, handed over once and forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cmdesk.domain.account import Network
from cmdesk.domain.errors import BadInput
from cmdesk.domain.secret import Secret
from cmdesk.services import linking
from cmdesk.ui.accounts.linkpage import Wanted, Way
from cmdesk.ui.i18n import Formats
from cmdesk.ui.theme import Theme
from tests.ui.accounts.stage import Stage


@pytest.fixture
def stage(tmp_path: Path, theme: Theme, english: Formats, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    made = Stage(tmp_path / "home", theme, english, monkeypatch)
    yield made
    made.close()


def choose_bluesky(stage: Stage) -> None:
    stage.view.link_wanted.emit()
    stage.page.network.choose(Network.BLUESKY.value)
    stage.page.network.chosen.emit(Network.BLUESKY.value)


def test_the_form_of_bluesky_asks_for_what_bluesky_needs(stage: Stage) -> None:
    choose_bluesky(stage)
    page = stage.page
    shown = {name for name in ("handle", "server", "token") if getattr(page, name).isVisibleTo(page)}
    assert shown == {"handle", "token"}
    assert page.token.echoMode() is page.token.EchoMode.Password
    offered = {way for way, button in page.way_buttons.items() if button.isVisibleTo(page)}
    assert offered == {Way.BROWSER}
    page.private.setChecked(True)
    assert page.server.isVisibleTo(page)
    page.choose_way(Way.BROWSER)
    assert not page.token.isVisibleTo(page)
    assert {way for way, button in page.way_buttons.items() if button.isVisibleTo(page)} == {Way.PASSWORD}
    page.network.chosen.emit(Network.MASTODON.value)
    assert page.server.isVisibleTo(page)
    assert not page.handle.isVisibleTo(page)


def test_an_app_password_is_handed_over_and_a_refusal_stands_at_its_field(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, str, str, bool]] = []

    async def with_password(_ws: Any, handle: str, password: Secret, *, server: str, allow_private: bool, **_more: Any) -> Any:
        asked.append((handle, password.reveal(), server, allow_private))
        raise BadInput(field="password", reason="refused")

    monkeypatch.setattr(linking, "with_password", with_password)
    choose_bluesky(stage)
    stage.page.handle.setText("rosa.test")
    stage.page.token.setText("abcd-efgh")
    stage.page.server.setText("left over from elsewhere")
    stage.page.begin_button.click()
    stage.settle()
    assert asked == [("rosa.test", "abcd-efgh", "", False)]
    assert stage.page.step == "form"
    assert stage.page.complaint == ""
    assert stage.page.handle.text() == "rosa.test"
    assert stage.accounts() == ()


def test_what_was_filled_in_never_shows_its_secret() -> None:
    wanted = Wanted(Way.PASSWORD, network=Network.BLUESKY, handle="rosa.test", token="abcd-efgh")
    assert "abcd" not in repr(wanted)
