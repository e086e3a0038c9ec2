"""The preferences: what is chosen holds at once, copies are kept and restored, and erasing needs the name."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QTranslator, QUrl
from PySide6.QtWidgets import QAbstractButton, QLabel

import cmdesk
from cmdesk import resources
from cmdesk.domain.agent import Who
from cmdesk.domain.client import Colour
from cmdesk.domain.errors import ReadOnly
from cmdesk.domain.settings import Settings
from cmdesk.services import agents, lease, safekeeping
from cmdesk.services.home import Home
from cmdesk.services.practising import Practising
from cmdesk.services.workspace import Workspace
from cmdesk.ui.bridge import Bridge
from cmdesk.ui.i18n import Formats, Tongue, Words
from cmdesk.ui.preferences.presenter import PreferencesPresenter, documentation
from cmdesk.ui.preferences.purge import PurgeDialog
from cmdesk.ui.preferences.view import TEXT_SIZES, PreferencesView
from cmdesk.ui.theme import Scheme, Theme
from tests.helpers.clocks import FakeClock
from tests.helpers.desks import open_desk
from tests.helpers.fake_network import FakeNetwork
from tests.helpers.keyrings import InMemoryKeyring
from tests.ui.accounts.stage import FakeProgram
from tests.ui.inbox.stage import AtOnce, RecordingShell


class Stage:
    def __init__(self, folder: Path, theme: Theme, formats: Formats) -> None:
        clock = FakeClock()
        self.desk = open_desk(folder, FakeNetwork(clock), clock, keyring=InMemoryKeyring())
        self.ws: Workspace = asyncio.run(self.desk.create("Boulangerie du Coin", Colour.RUBY, "America/Toronto"))
        self.shell = RecordingShell(theme, formats, Bridge(AtOnce()))
        self.program = FakeProgram(self.desk, folder, Practising(Home(folder), clock))
        self.view = PreferencesView(theme)
        self.folders: list[QUrl] = []
        self.presenter = self.open(self.ws)

    def open(self, scope: object) -> PreferencesPresenter:
        return PreferencesPresenter(self.view, scope, self.shell, self.program, self.folders.append)  # type: ignore[arg-type]  # one of two kinds

    def settle(self) -> None:
        for _ in range(6):
            QCoreApplication.processEvents()

    def buttons(self, text: str) -> list[QAbstractButton]:
        return [
            button
            for button in self.view.findChildren(QAbstractButton)
            if button.text() == text and button.isVisibleTo(self.view)
        ]


@pytest.fixture
def stage(tmp_path: Path, theme: Theme, english: Formats) -> Iterator[Stage]:
    made = Stage(tmp_path / "home", theme, english)
    yield made
    made.settle()
    made.presenter.close()
    made.view.deleteLater()
    asyncio.run(made.desk.close())


def test_choices_reach_the_program(stage: Stage) -> None:
    view = stage.view
    view.language.chosen.emit("fr_CA")
    view.scheme.chosen.emit("dark")
    view.text_size.activated.emit(TEXT_SIZES.index(130))
    view.notices.click()
    assert stage.program.settings == Settings(language="fr_CA", scheme="dark", text_scale=1.3, notices=False)
    assert not view.notice_texts.isEnabled()


def test_a_folder_that_cannot_be_written_is_said(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_settings: Settings) -> None:
        raise ReadOnly(reason="OSError", path="x")

    monkeypatch.setattr(stage.program, "change_settings", refuse)
    stage.view.scheme.chosen.emit("dark")
    assert "until you close cmdesk" in stage.shell.toasts[-1][0]


def test_language_and_theme_change_what_is_on_screen(stage: Stage, theme: Theme, qapp: object) -> None:
    words = Words(resources.path("i18n"), Tongue.EN_CA)
    words.install()
    before = stage.view.grab().toImage()
    theme.choose(Scheme.DARK)
    assert stage.view.grab().toImage() != before
    words.choose(Tongue.FR_CA)
    stage.shell.formats = words.formats
    stage.presenter.retranslate()
    assert stage.view.text_size.currentText() == "100\u00a0%"
    words.choose(Tongue.EN_CA)
    for translator in words.findChildren(QTranslator):
        QCoreApplication.removeTranslator(translator)


def test_a_copy_is_made_checked_and_restored(stage: Stage) -> None:
    stage.buttons("Back up now")[0].click()
    stage.settle()
    assert len(safekeeping.backups(stage.desk.home, stage.ws.client.id)) == 1
    stage.buttons("Check it")[0].click()
    stage.settle()
    assert stage.shell.toasts[-1][0].startswith("The copy is whole")
    asyncio.run(stage.desk.rename(stage.ws, "Un autre nom"))
    stage.shell.answer = False
    stage.buttons("Restore…")[0].click()
    assert stage.shell.questions[-1].danger
    assert stage.desk.workspace(stage.ws.client.id).client.name == "Un autre nom"
    stage.shell.answer = True
    stage.buttons("Restore…")[0].click()
    stage.settle()
    assert stage.desk.workspace(stage.ws.client.id).client.name == "Boulangerie du Coin"


def test_archived_clients_come_back_or_are_erased_by_name(stage: Stage, theme: Theme) -> None:
    other = asyncio.run(stage.desk.create("Théâtre de la Butte", Colour.PLUM, "America/Toronto"))
    asyncio.run(stage.desk.archive(other))
    stage.presenter.retranslate()
    stage.buttons("Bring back")[0].click()
    stage.settle()
    assert other.client.archived_at is None
    dialog = PurgeDialog(theme, None, other.client)
    typed: list[str] = []
    dialog.erase.connect(typed.append)
    dialog.name.setText("Theatre de la Butte")
    assert not dialog.confirm.isEnabled()
    dialog.name.setText(" Théâtre  de la Butte ")
    dialog.confirm.click()
    assert typed == [" Théâtre  de la Butte "]
    dialog.deleteLater()


def test_all_clients_have_a_way_to_a_copy(stage: Stage) -> None:
    stage.presenter.close()
    stage.presenter = stage.open(stage.desk)
    stage.buttons("Back up now")[0].click()
    stage.settle()
    assert len(safekeeping.backups(stage.desk.home, stage.ws.client.id)) == 1
    assert not stage.buttons("Restore…")


def test_the_folder_and_the_practice_desk_open(stage: Stage) -> None:
    stage.view.folder_button.click()
    assert [Path(url.toLocalFile()) for url in stage.folders] == [stage.program.home]
    stage.view.practice_button.click()
    stage.program.practice = True
    stage.presenter.retranslate()
    assert stage.view.practice_button.text() == "Back to my own desk"
    stage.view.practice_button.click()
    assert stage.program.opened == ["practice", "own"]


def test_settings_of_another_kind_are_kept(stage: Stage) -> None:
    stage.program.settings = replace(stage.program.settings, welcomed=True)
    stage.view.notices.click()
    assert stage.program.settings.welcomed


def test_every_control_has_a_name(stage: Stage) -> None:
    nameless = [
        button
        for button in stage.view.findChildren(QAbstractButton)
        if not button.isHidden() and not (button.accessibleName() or button.text())
    ]
    assert not nameless
    assert stage.view.text_size.accessibleName() == "Text size"


@pytest.mark.parametrize(
    ("head", "found"),
    [
        ("Name: cmdesk\nProject-URL: Documentation, https://example.org/aide\n", "https://example.org/aide"),
        ("Name: cmdesk\nProject-URL: Source, https://example.org\n", ""),
        ("Name: cmdesk\n\nProject-URL: Documentation, https://example.org/of-the-text\n", ""),
    ],
)
def test_the_documentation_is_where_the_package_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, head: str, found: str
) -> None:
    monkeypatch.setattr(cmdesk, "__file__", str(tmp_path / "cmdesk" / "__init__.py"))
    assert not documentation()
    told = tmp_path / "cmdesk-1.0.dist-info" / "METADATA"
    told.parent.mkdir()
    told.write_text(head, encoding="utf-8")
    assert documentation() == found


def test_the_agent_is_installed_and_removed_from_here(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [0]
    host = agents.Host("linux", tmp_path / "units", ("/opt/cmdesk",), "", {}, lambda _command: (answers[0], "active"))
    monkeypatch.setattr(agents, "this_host", lambda _environ: host)
    stage.presenter.retranslate()
    stage.settle()
    stage.buttons("Install the agent")[0].click()
    stage.settle()
    assert [path.suffix for path in (tmp_path / "units").iterdir()] == [".service"]
    assert "starts when you log in" in stage.shell.toasts[-1][0]
    stage.buttons("Remove the agent")[0].click()
    stage.settle()
    assert list((tmp_path / "units").iterdir()) == []
    assert stage.buttons("Install the agent")

    answers[0] = 1  # no service manager runs
    stage.buttons("Install the agent")[0].click()
    stage.settle()
    assert "systemctl --user daemon-reload && " in stage.shell.toasts[-1][0]
    assert stage.buttons("Remove the agent")


def test_how_the_agent_fares_is_said(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    host = agents.Host("linux", tmp_path / "units", ("/opt/cmdesk",), "", {}, lambda _command: (0, "active"))
    monkeypatch.setattr(agents, "this_host", lambda _environ: host)

    def said() -> str:
        stage.presenter.retranslate()
        stage.settle()
        return " ".join(label.text() for label in stage.view.findChildren(QLabel) if label.isVisibleTo(stage.view))

    assert "Not installed" in said()
    service = agents.service_of(stage.desk)
    service.install()
    assert "takes over when you close it" in said()
    assert lease.renew(stage.desk.home, stage.desk.machine(), "id", stage.desk.clock, Who.AGENT)
    assert "it publishes since" in said()
    service.file.write_text("[Unit]\n")
    assert "left alone" in said()
    assert not stage.buttons("Install the agent")
    assert not stage.buttons("Remove the agent")
