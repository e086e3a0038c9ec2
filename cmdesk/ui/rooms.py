"""The list of rooms. A room is loaded when it is first entered, so that the first window waits for none but its own."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from cmdesk.ui.screens import Presenter, Room, Shell

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from cmdesk.ui.program import Program
    from cmdesk.ui.theme import Theme


def rooms(program: Program) -> list[Room]:
    """Every room, tabs in their order. ``program`` is handed to the rooms that change the program itself."""
    return [
        Room("today", "today", _today, _view("today", "TodayView"), _presenter("today", "TodayPresenter")),
        Room("calendar", "calendar", _calendar, _view("calendar", "CalendarView"), _presenter("calendar", "CalendarPresenter")),
        Room("posts", "posts", _posts, _view("composer", "PostsView"), _presenter("composer", "make_presenter")),
        Room("inbox", "inbox", _inbox, _view("inbox", "InboxView"), _presenter("inbox", "InboxPresenter")),
        Room("late", "late", _late, _view("latedesk", "LateView"), _presenter("latedesk", "LatePresenter"), tab=False),
        Room("journal", "note", _journal, _view("journal", "JournalView"), _presenter("journal", "JournalPresenter"), tab=False),
        Room(
            "accounts",
            "accounts",
            _accounts,
            _view("accounts", "AccountsView"),
            _presenter("accounts", "AccountsPresenter", program),
        ),
        Room(
            "preferences",
            "settings",
            _preferences,
            _view("preferences", "PreferencesView"),
            _presenter("preferences", "PreferencesPresenter", program),
            tab=False,
        ),
        Room(
            "welcome",
            "desk",
            _welcome,
            _view("welcome", "WelcomeView"),
            _presenter("welcome", "WelcomePresenter", program),
            tab=False,
            alone=True,
            scope_less=True,
        ),
    ]


def _view(package: str, name: str) -> Callable[[Theme], QWidget]:
    def make(theme: Theme) -> QWidget:
        view: QWidget = getattr(import_module(f"cmdesk.ui.{package}.view"), name)(theme)
        return view

    return make


def _presenter(package: str, name: str, *more: object) -> Callable[[Any, Any, Shell], Presenter]:
    def make(view: Any, scope: Any, shell: Shell) -> Presenter:
        presenter: Presenter = getattr(import_module(f"cmdesk.ui.{package}.presenter"), name)(view, scope, shell, *more)
        return presenter

    return make


def _today() -> str:
    return QCoreApplication.translate("Rooms", "Today")


def _calendar() -> str:
    return QCoreApplication.translate("Rooms", "Calendar")


def _posts() -> str:
    return QCoreApplication.translate("Rooms", "Posts")


def _inbox() -> str:
    return QCoreApplication.translate("Rooms", "Inbox")


def _late() -> str:
    return QCoreApplication.translate("Rooms", "Decisions")


def _journal() -> str:
    return QCoreApplication.translate("Rooms", "Journal")


def _accounts() -> str:
    return QCoreApplication.translate("Rooms", "Accounts")


def _preferences() -> str:
    return QCoreApplication.translate("Rooms", "Preferences")


def _welcome() -> str:
    return QCoreApplication.translate("Rooms", "Welcome")
