"""Tells the window of the posts room."""

from PySide6.QtCore import QCoreApplication

from cmdesk.ui.composer.presenter import make_presenter
from cmdesk.ui.composer.view import PostsView
from cmdesk.ui.screens import Room


def title() -> str:
    """The room's name in the language in force."""
    return QCoreApplication.translate("Rooms", "Posts")


ROOM = Room("posts", "posts", title, PostsView, make_presenter)
