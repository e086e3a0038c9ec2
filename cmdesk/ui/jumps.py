"""Lets the palette lead to things: posts and messages by their words, and the places of the preferences by their names."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QObject

from cmdesk.domain.errors import StoreProblem
from cmdesk.services import searching
from cmdesk.ui.palette import Entry, Provider
from cmdesk.ui.screens import Target

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cmdesk.domain.client import Client
    from cmdesk.domain.views import SearchHit
    from cmdesk.services.desk import Desk
    from cmdesk.ui.screens import Shell

#: How many posts and messages are shown: the palette is for what one knows, the inbox's search for what one looks for.
MOST: Final = 12
#: Fewer letters are in almost everything.
LEAST: Final = 2


class Jumps(QObject):
    """Jump targets of one desk. Searching takes a few milliseconds per client, so it is done while one types."""

    def __init__(self, shell: Shell, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._shell, self._desk = shell, desk

    def providers(self) -> Sequence[Provider]:
        """Words and settings among everything else; after "#" words only."""
        return (Provider("#", self._found, ranked=True), Provider("", self._found, ranked=True), Provider("", self._settings))

    def _found(self, text: str) -> Sequence[Entry]:
        if len(text.strip()) < LEAST:
            return ()
        clients = {workspace.client.id: workspace.client for workspace in self._desk.workspaces}
        try:
            hits = searching.search_desk(self._desk, text, MOST)
        except StoreProblem:
            return ()  # one file that can't be read must not keep the palette from everything else; its card says so
        return [self._entry(hit, clients[hit.client]) for hit in hits]

    def _entry(self, hit: SearchHit, client: Client) -> Entry:
        zone = ZoneInfo(client.timezone)
        when = self._shell.formats.near(hit.when.astimezone(zone), self._desk.clock.now().astimezone(zone))
        if hit.message is not None:
            key, target = f"message:{client.id}:{hit.message}", Target("inbox", client.id, hit.message)
            # Our own words in a conversation are stored with it.
            ours = hit.title == client.name
            title = hit.title if ours else self.tr("{person} to {client}").format(person=hit.title, client=client.name)
        else:
            key, target = f"post:{client.id}:{hit.post}", Target("posts", client.id, hit.post)
            title = self.tr("Post of {client}").format(client=client.name)
        return Entry(
            key,
            title,
            partial(self._shell.go, target),
            detail=hit.preview,
            hint=when,
            disc=(client.initials, client.colour),
            marks=hit.marks,
        )

    def _settings(self, _text: str) -> Sequence[Entry]:
        room = QCoreApplication.translate("Rooms", "Preferences")
        places = (
            ("language", QCoreApplication.translate("PreferencesView", "Language")),
            ("theme", QCoreApplication.translate("PreferencesView", "Theme")),
            ("text", QCoreApplication.translate("PreferencesView", "Text size")),
            ("notices", QCoreApplication.translate("PreferencesView", "Notices")),
            ("data", QCoreApplication.translate("PreferencesView", "Your data")),
            ("copies", QCoreApplication.translate("PreferencesView", "Copies")),
            ("archived", QCoreApplication.translate("PreferencesView", "Archived clients")),
            ("practice", QCoreApplication.translate("PreferencesView", "Practice desk")),
        )
        run = partial(self._shell.go, Target("preferences", None))
        return [Entry(f"setting:{key}", words, run, hint=room, icon="settings") for key, words in places]
