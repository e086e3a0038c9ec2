"""The accounts room: linked in plain words, never somebody else, nothing typed is lost, and what is kept is said."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QLineEdit

from cmdesk.domain.account import Health
from cmdesk.domain.client import Colour
from cmdesk.domain.errors import BadInput, HostRefused, NoKeyring
from cmdesk.networks.oauth import LoginRefused
from cmdesk.services import linking
from cmdesk.store import accounts as stored
from cmdesk.ui.accounts.linkflow import browser_page
from cmdesk.ui.accounts.linkpage import Wanted, Way
from cmdesk.ui.accounts.presenter import AccountsPresenter
from cmdesk.ui.accounts.view import AccountsView
from cmdesk.ui.i18n import Formats
from cmdesk.ui.theme import Theme
from cmdesk.ui.widgets.text import Text
from cmdesk.vault import Vault
from tests.helpers import desks
from tests.ui.accounts.stage import Login, Stage


@pytest.fixture
def stage(tmp_path: Path, theme: Theme, english: Formats, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    made = Stage(tmp_path / "home", theme, english, monkeypatch)
    for name in ("rosa", "leo"):
        made.network.person(name)
    yield made
    made.close()


def begin(stage: Stage, server: str = "@rosa@mastodon.example", way: Way = Way.BROWSER) -> None:
    """Opens the page and fills it in as a person would."""
    stage.view.link_wanted.emit()
    stage.page.choose_way(way)
    stage.page.server.setText(server)
    if way is Way.TOKEN:
        stage.page.token.setText("token-rosa")
    stage.page.begin_button.click()
    stage.settle()


def test_a_first_account_is_linked_in_the_browser(stage: Stage) -> None:
    stage.view.link_button.click()
    assert stage.page.step == "form"
    begin(stage)
    assert stage.asked == [("https://mastodon.example", False)]
    assert stage.shell.links == [(stage.login.url, "")]
    assert stage.page.step == "done"
    (account,) = stage.accounts()
    assert account.health is Health.OK
    assert stage.shell.toasts[-1][0] == f"@{account.identity.handle} is linked."
    stage.page.done_button.click()
    assert not stage.view.linking
    assert [card.shows(account.id) for card in stage.view.cards] == [True]


def test_the_pages_in_the_browser_are_plain_words(stage: Stage) -> None:
    begin(stage)
    done, failed = stage.login.pages
    for page in (done, failed):
        assert b"<script" not in page
        assert b"http" not in page.replace(b"http-equiv", b"")
        assert b'lang="en-CA"' in page
    assert b"&lt;b&gt;" in browser_page("fr-CA", "<b>", "x")


def test_a_code_is_pasted(stage: Stage) -> None:
    begin(stage, way=Way.CODE)
    assert stage.page.step == "code"
    stage.page.code.setText("the-code")
    stage.page.code_button.click()
    stage.settle()
    assert stage.login.codes == ["the-code"]
    assert stage.page.step == "done"


def test_a_code_with_a_slip_is_asked_for_again_and_a_refused_one_begins_anew(stage: Stage) -> None:
    begin(stage, way=Way.CODE)
    stage.login.problem = BadInput(field="code", reason="not_a_code")
    stage.page.code.setText("two words")
    stage.page.code_button.click()
    stage.settle()
    assert stage.page.step == "code"
    assert stage.page.code.text() == "two words"
    assert "does not read as a code" in stage.page.code.accessibleDescription()
    stage.login.problem = BadInput(field="code", reason="refused")
    stage.page.code_button.click()
    stage.settle()
    assert stage.login.closed
    assert stage.page.step == "form"
    assert "does not take this code" in stage.page.complaint


def test_a_token_is_hidden_and_forgotten(stage: Stage) -> None:
    begin(stage, way=Way.TOKEN)
    assert stage.page.token.echoMode() is QLineEdit.EchoMode.Password
    assert stage.page.step == "done"
    assert stage.page.token.text() == ""
    assert "token-rosa" not in repr(Wanted(Way.TOKEN, server="x", token="token-rosa"))


def test_what_was_typed_stays_when_it_cannot_be_used(stage: Stage) -> None:
    begin(stage, server="not a server")
    assert stage.page.step == "form"
    assert stage.page.server.text() == "not a server"
    assert "not a server" in stage.page.server.accessibleDescription()
    begin(stage, server="127.0.0.1:3000")
    assert "private or numeric" in stage.page.server.accessibleDescription()
    stage.page.private.setChecked(True)
    stage.page.server.setText("http://127.0.0.1:3000")
    stage.page.begin_button.click()
    stage.settle()
    assert stage.asked == [("http://127.0.0.1:3000", True)]
    (account,) = stage.accounts()
    assert account.allow_private


def test_an_address_that_turns_out_private_is_told_at_its_field(stage: Stage) -> None:
    stage.login = Login("rosa", HostRefused("mastodon.example", "private"))
    begin(stage)
    assert stage.page.step == "form"
    assert "mastodon.example" in stage.page.server.accessibleDescription()
    assert not stage.accounts()


@pytest.mark.parametrize(
    ("reason", "words"), [("denied", "not allowed in the browser"), ("timeout", "five minutes"), ("closed", "did not finish")]
)
def test_a_login_that_fails_says_why(stage: Stage, reason: str, words: str) -> None:
    stage.login = Login("rosa", LoginRefused(reason))
    begin(stage)
    assert stage.page.step == "form"
    assert words in stage.page.complaint
    assert not stage.accounts()


def test_somebody_else_is_refused_loudly_and_nothing_changes(stage: Stage) -> None:
    begin(stage)
    stage.page.done_button.click()
    (before,) = stage.accounts()
    entries = dict(stage.keyring.entries)
    stage.login = Login("leo")
    stage.view.again.emit(before.id)
    assert not stage.page.server.isVisibleTo(stage.page)
    stage.page.begin_button.click()
    stage.settle()
    assert stage.page.step == "trouble"
    shown = [text.text() for text in stage.page.findChildren(Text) if text.isVisibleTo(stage.page)]
    assert "This is somebody else" in shown
    assert stage.accounts() == (before,)
    assert stage.keyring.entries == entries
    assert stage.revoked == ["token-leo"]


def test_without_a_keyring_the_person_chooses(stage: Stage) -> None:
    vault = stage.desk.vault
    put = type(stage.ws.secrets).put
    tried: list[str] = []

    def refuse(*_args: object) -> None:
        tried.append(vault.mode)
        raise NoKeyring

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(stage.ws.secrets), "put", refuse)
        begin(stage)
        assert stage.page.step == "trouble"
        assert tried == ["keyring"]
        assert not stage.accounts()
        patch.setattr(type(stage.ws.secrets), "put", put)
        assert isinstance(vault, Vault)
        stage.page.session_button.click()
        stage.settle()
    assert vault.mode == "session"
    assert stage.page.step == "done"
    assert len(stage.accounts()) == 1
    assert not stage.keyring.entries


def test_stopping_gives_up_the_login_and_goes_back_step_by_step(stage: Stage) -> None:
    begin(stage, way=Way.CODE)
    stage.page.code_stop.click()
    stage.settle()
    assert stage.login.closed
    assert stage.page.step == "form"
    assert stage.page.server.text() == "@rosa@mastodon.example"
    stage.page.leave_button.click()
    assert not stage.view.linking


def test_leaving_the_client_gives_up_the_login_and_forgets_what_was_typed(stage: Stage) -> None:
    begin(stage, way=Way.CODE)
    stage.page.token.setText("secret")
    stage.presenter.close()
    stage.settle()
    assert stage.login.closed
    assert (stage.page.server.text(), stage.page.token.text()) == ("", "")
    stage.presenter = AccountsPresenter(stage.view, stage.ws, stage.shell, stage.program)
    assert not stage.view.linking


def test_the_practice_network_needs_one_choice(stage: Stage) -> None:
    stage.view.link_wanted.emit()
    stage.page.network.chosen.emit("practice")
    stage.page.begin_button.click()
    assert stage.page.complaint == "Choose one of the people first."
    stage.page.people.selectRow(1)
    stage.page.begin_button.click()
    stage.settle()
    assert stage.page.step == "done"
    assert stage.accounts()[0].identity.handle.startswith("theatredesmarees")


def test_the_same_voice_at_two_clients_is_told(stage: Stage) -> None:
    other = stage.client("Théâtre de la Butte", Colour.PLUM)
    desks.link(other, stage.network, "rosa")
    begin(stage)
    assert "Théâtre de la Butte speaks as this account too" in stage.page.findChildren(Text)[-1].text() or any(
        "Théâtre de la Butte speaks" in text.text() for text in stage.page.findChildren(Text)
    )


def test_unlinking_asks_first_and_says_what_is_kept(stage: Stage) -> None:
    begin(stage)
    stage.page.done_button.click()
    (account,) = stage.accounts()
    stage.shell.answer = False
    stage.view.cards[0].unlink_button.click()
    stage.settle()
    assert len(stage.accounts()) == 1
    assert "Messages, posts and drafts stay here" in stage.shell.questions[-1].text
    assert stage.shell.questions[-1].client == stage.ws.client.id
    stage.shell.answer = True
    stage.view.cards[0].unlink_button.click()
    stage.settle()
    assert not stage.accounts()
    assert not stage.view.cards
    assert account.identity.handle in stage.shell.toasts[-1][0]


def test_checking_tells_what_was_found(stage: Stage) -> None:
    begin(stage)
    stage.page.done_button.click()
    stage.view.cards[0].check_button.click()
    stage.settle()
    assert "Its limits are up to date" in stage.shell.toasts[-1][0]
    (account,) = stage.accounts()
    with stage.ws.write() as session:
        stored.set_health(session, account.id, Health.RECONNECT, stage.clock.now())
    stage.presenter.retranslate()
    shown = [text.text() for text in stage.view.cards[0].findChildren(Text) if text.isVisibleTo(stage.view)]
    assert any("Link the account again" in sentence for sentence in shown)


def test_all_clients_are_only_looked_at(stage: Stage, theme: Theme) -> None:
    begin(stage)
    stage.client("Théâtre de la Butte", Colour.PLUM)
    view = AccountsView(theme)
    presenter = AccountsPresenter(view, stage.desk, stage.shell, stage.program)
    model = view.desk_list.model()
    assert model.rowCount() == 2
    view.jump.emit((stage.ws.client.id, stage.accounts()[0].id))
    assert stage.shell.went[-1].client == stage.ws.client.id
    view.link_wanted.emit()
    assert not view.linking
    presenter.close()
    view.deleteLater()


def test_every_control_has_a_name(stage: Stage) -> None:
    begin(stage)
    stage.page.done_button.click()
    nameless = [
        widget
        for kind in (QAbstractButton, QLineEdit)
        for widget in stage.view.findChildren(kind)
        if type(widget) is not QAbstractButton  # Qt's own corner of a table, never seen
        and not widget.isHidden()
        and not (widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text()))
    ]
    assert not [type(widget).__name__ for widget in nameless]


def test_linking_brings_the_account_of_this_client_only(stage: Stage) -> None:
    other = stage.client("Théâtre de la Butte", Colour.PLUM)
    begin(stage)
    assert len(stage.accounts()) == 1
    assert not linking.accounts(other)
