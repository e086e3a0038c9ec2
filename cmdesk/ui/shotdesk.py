"""Sets up the practice desk that pictures show: a fixed morning, people who wrote, and three posts that need a decision."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Coroutine, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from cmdesk.domain.changes import Changes
from cmdesk.domain.client import Colour, Language
from cmdesk.domain.ids import ClientId, PostId
from cmdesk.domain.post import PostEdit, Variant
from cmdesk.domain.schedule import at_instant
from cmdesk.domain.settings import Settings
from cmdesk.domain.views import ClientCard
from cmdesk.engine import Engine
from cmdesk.services import composing, linking, planning, syncing
from cmdesk.services.desk import Desk
from cmdesk.services.home import Home
from cmdesk.services.practising import Practising, practice_vault
from cmdesk.services.publishing import Publisher
from cmdesk.services.workspace import Workspace
from cmdesk.ui.bridge import Bridge
from cmdesk.ui.i18n import Words
from cmdesk.ui.rooms import rooms
from cmdesk.ui.theme import Theme
from cmdesk.ui.window import Window

T = TypeVar("T")

MORNING = datetime(2026, 11, 24, 13, 0, tzinfo=UTC)  # 8:00 in Toronto
SHOWN = datetime(2026, 11, 24, 15, 12, tzinfo=UTC)
SEED = 7


class StillClock:
    """A clock that stands where it is put; sleeping only gives way."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        """The moment."""
        return self.moment

    def monotonic(self) -> float:
        """Seconds of the same clock."""
        return self.moment.timestamp()

    def boot_id(self) -> str:
        """Always one boot."""
        return "pictures"

    def tzdata_version(self) -> str:
        """Always one edition of the rules."""
        return "pictures"

    def zone_name(self) -> str:
        """Where the sample clients are."""
        return "America/Toronto"

    async def sleep(self, _seconds: float) -> None:
        """Gives way."""
        await asyncio.sleep(0)


class _Cut(Exception):
    """The power goes out between the call and its answer."""


class Stage:
    """A window on a practice desk of its own. It is the ``Program`` that rooms see; call ``close`` at the end."""

    practice = True

    def __init__(self, folder: Path, theme: Theme, words: Words) -> None:
        self.settings = Settings(language=words.formats.language, scheme="light")
        self.home = Path("~/.local/share/cmdesk/practice")  # shown in the preferences: the same in every picture
        self.clock = StillClock(MORNING)
        self._home = Home(folder / "desk")
        self._home.prepare()
        self.engine = Engine()
        self.bridge = Bridge(self.engine)
        self.practising = Practising(self._home, self.clock)
        self.desk = Desk(
            self._home,
            vault=practice_vault(),
            clock=self.clock,
            on_change=self._changed,
            connectors=self.practising.connector,
            helper=self.engine.helper,
            rng=random.Random(SEED),  # noqa: S311 - names of folders that must repeat, no secrets
        )
        self.engine.start()
        self.posts: dict[str, PostId] = {}
        self.run(self._fill())
        self.window = Window(
            theme=theme,
            words=words,
            bridge=self.bridge,
            rooms=rooms(self),
            scopes=self,
            opener=lambda _address: True,
        )

    # --- Program and Scopes

    def change_settings(self, settings: Settings) -> None:
        """Pictures keep theirs."""

    def open_practice(self) -> None:
        """It is open."""

    def leave_practice(self) -> None:
        """There is no other."""

    def cards(self) -> Sequence[ClientCard]:
        """The clients on the rail."""
        return [card for card in self.desk.cards() if not card.archived]

    def scope(self, client: ClientId | None) -> Workspace | Desk:
        """A client's workspace, or the desk."""
        return self.desk if client is None else self.desk.workspace(client)

    # --- life

    def run(self, verb: Coroutine[Any, Any, T]) -> T:
        """Runs a verb of the services to its end."""
        return self.engine.submit(verb).result(60)

    def close(self) -> None:
        """Closes window, engine and files."""
        self.window.close()
        self.engine.stop(2.0)
        asyncio.run(self.desk.close())
        self.window.deleteLater()

    def client(self, number: int) -> ClientId:
        """A client by its place on the rail, from 0."""
        return self.desk.workspaces[number].client.id

    def _changed(self, changes: Changes) -> None:
        self.bridge.announce(changes)

    # --- the scene

    async def _fill(self) -> None:
        await self.practising.fill(self.desk)
        bakery, theatre, bikes = self.desk.workspaces[:3]
        await self.desk.create("Librairie Minuit", Colour.PLUM, self.clock.zone_name(), Language.FR_CA)
        late = await self._plan(bakery, timedelta(minutes=30), _LATE)
        unclear = await self._plan(theatre, timedelta(minutes=40), _UNCLEAR)
        refused = await self._plan(bikes, timedelta(minutes=50), _REFUSED)
        await self._plan(bakery, timedelta(hours=4), _NOON)
        await self._plan(theatre, timedelta(hours=8), _EVENING)
        self.posts |= {"held": late, "uncertain": unclear, "refused": refused}
        self.posts["problems"] = await self._draft(theatre, _TOO_LONG)
        self.posts["typical"] = await self._draft(bakery, _TYPICAL)
        await self._cut_off(theatre)
        await self._refuse(bikes)
        self.clock.moment = SHOWN - timedelta(minutes=3)
        await Publisher(self.desk, self.clock, _rng()).tick(bakery)
        for ws in (bakery, theatre, bikes):
            for account in linking.accounts(ws):
                await syncing.pull(ws, account.id)
        self.clock.moment = SHOWN

    async def _draft(self, ws: Workspace, text: str) -> PostId:
        (account,) = linking.accounts(ws)
        edit = PostEdit(text=text, language=ws.client.language.value, variants=(Variant(account.id),))
        return (await composing.create(ws, edit)).id

    async def _plan(self, ws: Workspace, after: timedelta, text: str) -> PostId:
        post = await self._draft(ws, text)
        when = at_instant(MORNING + after, ws.client.timezone, self.clock.tzdata_version())
        await planning.schedule(ws, post, when)
        return post

    async def _cut_off(self, ws: Workspace) -> None:
        """The program ends while a post goes out: nobody knows whether it is live."""

        def cut(place: str) -> None:
            if place == "answered":
                raise _Cut

        self.clock.moment = MORNING + timedelta(minutes=40)
        try:
            await Publisher(self.desk, self.clock, _rng(), crash=cut).tick(ws)
        except _Cut:
            await Publisher(self.desk, self.clock, _rng()).recover(ws)

    async def _refuse(self, ws: Workspace) -> None:
        """The server says no."""
        self.clock.moment = MORNING + timedelta(minutes=50)
        self.practising.network.refusing = "Validation failed: this link is on the server's block list"
        await Publisher(self.desk, self.clock, _rng()).tick(ws)
        self.practising.network.refusing = ""


def _rng() -> random.Random:
    return random.Random(SEED)  # noqa: S311 - spreads tries in time, nothing secret


_LATE = "Le four a fait des siennes ce matin\xa0: les croissants sortent à 9\xa0h. Le café, lui, est à l’heure."
_UNCLEAR = "Ce soir, relâche. Demain, la marée remonte\xa0: il reste des places pour la matinée scolaire de 13\xa0h\xa030."
_REFUSED = "Our winter tune-up list is open. Book a slot, bring cookies, leave with brakes that brake: bit.ly/spoke-winter"
_NOON = "Soupe du mardi\xa0: courge rôtie, sauge, croûtons de la veille. Jusqu’à 14\xa0h ou jusqu’au fond du chaudron."
_EVENING = "Dernière répétition avant la première. Les lumières sont prêtes, les cœurs aussi. #théâtre #BasSaintLaurent"
_TYPICAL = (
    "Samedi, atelier de levain pour débutants\xa0: on mélange, on patiente, on goûte. "
    "Huit places, tabliers fournis, questions bienvenues.\n\nInscriptions\xa0: https://levainfou.example/ateliers #levain"
)
_TOO_LONG = (
    "La saison d’hiver s’ouvre sur une création\xa0: «\xa0Les eaux d’avant\xa0», écrite à Rimouski, répétée à marée basse et "
    "jouée dans une salle où l’on entend le fleuve quand les portes s’ouvrent. " * 3
)
