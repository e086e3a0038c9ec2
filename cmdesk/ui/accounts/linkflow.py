"""Carries one linking from what was filled in to an account, or to a sentence that says why not; what was typed stays."""

from __future__ import annotations

import concurrent.futures
import html
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

from cmdesk.domain.account import Account, Network
from cmdesk.domain.errors import BadInput, HostRefused, KeyringDenied, NoKeyring, VaultProblem, WrongIdentity
from cmdesk.domain.secret import Secret
from cmdesk.services import linking
from cmdesk.ui import wording
from cmdesk.ui.accounts.linkpage import Person, Wanted, Way

if TYPE_CHECKING:
    from cmdesk.services.linking import CodeLinking, Linking
    from cmdesk.services.workspace import Workspace
    from cmdesk.ui.accounts.linkpage import LinkPage
    from cmdesk.ui.program import Program
    from cmdesk.ui.screens import Shell

translate = QCoreApplication.translate

_PAGE = (
    '<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>cmdesk</title>'
    '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"></head>'
    '<body style="font-family:sans-serif;max-width:32em;margin:15vh auto;padding:0 1.5em;line-height:1.5">'
    "<h1>{title}</h1><p>{text}</p></body></html>"
)


def browser_page(language: str, title: str, text: str) -> bytes:
    """A small page for the browser: words and nothing else, no script, nothing to load."""
    return _PAGE.format(language=language, title=html.escape(title), text=html.escape(text)).encode()


class LinkFlow:
    """One linking at a time for one client. ``finished`` is told when the page may be left."""

    def __init__(
        self, page: LinkPage, workspace: Workspace, shell: Shell, program: Program, finished: Callable[[], object]
    ) -> None:
        self._page, self._workspace, self._shell, self._program = page, workspace, shell, program
        self._finished = finished
        self._calls = shell.bridge.calls()
        self._expected: Account | None = None
        self._login: Linking | CodeLinking | None = None
        self._under_way: concurrent.futures.Future[Any] | None = None
        self._finish: Callable[[], Coroutine[Any, Any, Account]] | None = None
        self._said: Callable[[], None] | None = None  # says the step in front once more, for another language
        self._turn = 0  # an answer of a turn that was cancelled is not for the page any more
        page.begun.connect(self._begin)
        page.code_given.connect(self._code_given)
        page.copy_wanted.connect(self._copy)
        page.open_wanted.connect(self._open)
        page.session_wanted.connect(self._session_only)
        page.retried.connect(self._try_again)
        page.stopped.connect(self._stop)
        page.done.connect(self._leave)
        page.more_wanted.connect(self.start)

    # --- beginning

    def start(self, again: Account | None = None) -> None:
        """A fresh form; ``again`` is an account to link once more."""
        self._give_up()
        self._expected = again
        self._page.set_people([Person(one.key, one.name, one.handle) for one in self._program.practising.people()])
        if again is None:
            self._page.start(practice=self._program.practice)
        else:
            identity = again.identity
            self._page.start(
                practice=False,
                again=identity.handle,
                server=linking.server_to_ask(again),
                allow_private=again.allow_private,
                network=identity.network,
            )

    def _begin(self, wanted: Wanted) -> None:
        ws, language = self._workspace, self._shell.formats.language[:2]
        asked: dict[str, Any] = {"allow_private": wanted.allow_private, "expected": self._expected}
        if wanted.way is Way.PRACTICE:
            if not wanted.person:
                self._page.complain(translate("Accounts", "Choose one of the people first."))
                return
            self._keep(lambda: self._program.practising.link(ws, wanted.person))
        elif wanted.way is Way.PASSWORD:
            password = Secret(wanted.token)
            self._keep(lambda: linking.with_password(ws, wanted.handle, password, server=wanted.server, **asked))
        elif wanted.way is Way.TOKEN:
            token = Secret(wanted.token)
            self._keep(lambda: linking.with_token(ws, Network.MASTODON, wanted.server, token, **asked))
        elif wanted.way is Way.CODE:
            begun = linking.begin_code(ws, Network.MASTODON, wanted.server, language=language, **asked)
            self._run(begun, self._code_begun)
            self._wait(browser=False)
        else:
            done, failed = self._pages()
            if wanted.network is Network.BLUESKY:
                asked["handle"] = wanted.handle
            begun_browser = linking.begin_browser(
                ws, wanted.network, wanted.server, done=done, failed=failed, language=language, **asked
            )
            self._run(begun_browser, self._browser_begun)
            self._wait(browser=False)

    def link_practice(self, again: Account) -> None:
        """Links an account of the practice network again: there is nothing to ask."""
        self._give_up()
        self._expected = again
        self._keep(lambda: self._program.practising.link(self._workspace, again.identity.handle))

    def _pages(self) -> tuple[bytes, bytes]:
        language = self._shell.formats.language.replace("_", "-")
        done = browser_page(
            language,
            translate("Accounts", "cmdesk has its answer"),
            translate("Accounts", "You can close this page and go back to cmdesk."),
        )
        failed = browser_page(
            language,
            translate("Accounts", "Nothing was linked"),
            translate("Accounts", "The login did not finish. Close this page and try again in cmdesk."),
        )
        return done, failed

    # --- the browser and the code

    def _browser_begun(self, login: Linking) -> None:
        self._login = login
        self._wait(browser=True)
        self._open()
        self._keep(login.finish, browser=True)

    def _code_begun(self, login: CodeLinking) -> None:
        self._login = login
        self._page.ask_code()
        self._said = None
        self._open()

    def _code_given(self, code: str) -> None:
        login = self._login
        if isinstance(login, linking.CodeLinking):
            self._run(login.finish(code), self._linked)
            self._finish = lambda: login.finish(code)

    def _open(self) -> None:
        if self._login is not None:
            self._shell.open_link(self._login.url)

    def _copy(self) -> None:
        if self._login is not None:
            QGuiApplication.clipboard().setText(self._login.url)
            self._shell.toast(translate("Accounts", "The address is copied."))

    # --- keeping

    def _keep(self, finish: Callable[[], Coroutine[Any, Any, Account]], *, browser: bool = False) -> None:
        """The step that ends in an account. It can be run again after the keyring's trouble is over."""
        self._finish = finish
        self._run(finish(), self._linked)
        self._wait(browser=browser)

    def _wait(self, *, browser: bool) -> None:
        self._said = lambda: self._page.wait(browser=browser)
        self._said()

    def _try_again(self) -> None:
        if self._finish is not None:
            self._keep(self._finish)
        else:
            self._ask()

    def _session_only(self) -> None:
        """The person's own choice: keys in memory until the program ends."""
        self._program.desk.vault.use_session_memory()
        self._try_again()

    def _linked(self, account: Account) -> None:
        self._login = self._finish = None
        others = linking.linked_elsewhere(self._program.desk, self._workspace, account.id)
        names = self._shell.formats.names([other.client.name for other in others])
        self._said = lambda: self._tell_done(account, names)
        self._said()
        self._shell.toast(translate("Accounts", "@{handle} is linked.").format(handle=account.identity.handle))

    def _tell_done(self, account: Account, names: str) -> None:
        identity = account.identity
        warning = ""
        if names:
            warning = translate(
                "Accounts", "{clients} speaks as this account too. Check that it belongs here, or unlink it in one place."
            ).format(clients=names)
        self._page.tell_done(identity.display_name or identity.handle, identity.handle, identity.network, warning)

    # --- what can go wrong

    def _failed(self, problem: Exception) -> None:
        if isinstance(problem, VaultProblem):
            self._said = lambda: self._tell_vault(problem)
        elif isinstance(problem, WrongIdentity):
            self._finish = None
            self._said = lambda: self._tell_stranger(problem)
        else:
            if self._page.step == "code" and not (isinstance(problem, BadInput) and problem.reason == "not_a_code"):
                # A code is good for one try: the next one begins at the form.
                self._give_up()
                self._page.ask()
            self._said = lambda: self._page.complain(*self._sentence(problem))
        self._said()

    def _tell_vault(self, problem: VaultProblem) -> None:
        choice = isinstance(problem, NoKeyring | KeyringDenied)
        text = wording.error(problem)
        if choice:
            text += "\n\n" + translate(
                "Accounts",
                "You can keep the key in memory until you close cmdesk. "
                "Accounts are linked again next time, and keys in the keyring rest until then.",
            )
        title = translate("Accounts", "The key has no safe place yet")
        self._page.tell_trouble(title, text, danger=False, session=choice, retry=True)

    def _tell_stranger(self, problem: WrongIdentity) -> None:
        title = translate("Accounts", "This is somebody else")
        text = translate(
            "Accounts",
            "@{expected} was expected, but the server says this is @{found}.\nNothing was changed and no key was kept.",
        ).format(expected=problem.params.get("expected"), found=problem.params.get("found"))
        self._page.tell_trouble(title, text, danger=True, session=False, retry=True)

    def _sentence(self, problem: Exception) -> tuple[str, str]:
        """The words, and the field they are about."""
        if isinstance(problem, BadInput):
            return wording.error(problem), problem.field
        if isinstance(problem, HostRefused):
            # The usual reason, and the only one with a remedy on this page.
            return wording.error(problem, self._shell.formats), "server"
        reason = getattr(problem, "reason", "") if getattr(problem, "code", "") == "login_refused" else ""
        if reason == "denied":
            return translate("Accounts", "Access was not allowed in the browser. Nothing was linked."), ""
        if reason == "timeout":
            return translate("Accounts", "No answer came from the browser in five minutes. Nothing was linked. Try again."), ""
        if reason:
            return translate("Accounts", "The login did not finish. Nothing was linked. Try again."), ""
        return wording.error(problem, self._shell.formats), ""

    # --- ending

    def _ask(self) -> None:
        self._said = None
        self._page.ask()

    def _stop(self) -> None:
        """From a step back to the form, from the form back to the accounts."""
        at_form = self._page.step == "form"
        self._give_up()
        if at_form:
            self._leave()
        else:
            self._ask()

    def _leave(self) -> None:
        self._give_up()
        self._page.token.clear()
        self._finished()

    def _give_up(self) -> None:
        """Lets go of a login that is under way; nothing of it is kept."""
        self._turn += 1
        if self._under_way is not None:
            self._under_way.cancel()
            self._under_way = None
        if self._login is not None:
            self._shell.bridge.run(self._login.close(), otherwise=lambda _problem: None)
        self._login = self._finish = self._said = None

    def _run(self, coroutine: Coroutine[Any, Any, Any], then: Callable[[Any], None]) -> None:
        turn = self._turn

        def arrived(value: Any) -> None:
            if turn == self._turn:
                self._under_way = None
                then(value)

        def failed(problem: Exception) -> None:
            if turn == self._turn:
                self._under_way = None
                self._failed(problem)

        self._under_way = self._calls.run(coroutine, arrived, failed)

    def retranslate(self) -> None:
        """Says the step in front in the language in force."""
        if self._said is not None:
            self._said()

    def close(self) -> None:
        """Lets page and client go."""
        self._give_up()
        self._calls.close()
        page = self._page
        page.begun.disconnect(self._begin)
        page.code_given.disconnect(self._code_given)
        page.copy_wanted.disconnect(self._copy)
        page.open_wanted.disconnect(self._open)
        page.session_wanted.disconnect(self._session_only)
        page.retried.disconnect(self._try_again)
        page.stopped.disconnect(self._stop)
        page.done.disconnect(self._leave)
        page.more_wanted.disconnect(self.start)
        page.start(practice=False)
