"""The desk: every client found by looking at the folder, and what the rail shows of each."""

from __future__ import annotations

import errno
import os
import random
import shutil
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from cmdesk.domain.changes import ALL_TOPICS, Changes, Topic
from cmdesk.domain.client import (
    MAX_GRACE_MINUTES,
    Client,
    Colour,
    Language,
    clean_name,
    clean_timezone,
    same_name,
)
from cmdesk.domain.clock import Clock
from cmdesk.domain.errors import (
    Ambiguous,
    BadInput,
    DatabaseDamaged,
    DatabaseNewer,
    DiskFull,
    NameTaken,
    NotAClientFile,
    NotFound,
    ReadOnly,
    StoreProblem,
)
from cmdesk.domain.ids import ClientId, is_client_id, new_client_id
from cmdesk.domain.quiet import QuietHours
from cmdesk.domain.views import ClientCard, FileTrouble, Unwritable
from cmdesk.services import nameplate
from cmdesk.services.home import DATABASE, MEDIA, Home
from cmdesk.services.nameplate import Nameplate
from cmdesk.services.workspace import ConnectorFactory, Helper, Workspace, in_thread, real_connector
from cmdesk.store import clients, first, guard
from cmdesk.store.database import Database, sync_folder

if TYPE_CHECKING:
    from cmdesk.services.machine import Machine
    from cmdesk.services.proofreading import Proofreader
    from cmdesk.vault import Vault

_TROUBLE: tuple[tuple[type[StoreProblem], FileTrouble], ...] = (
    (DatabaseNewer, FileTrouble.NEWER),
    (NotAClientFile, FileTrouble.NOT_OURS),
    (DatabaseDamaged, FileTrouble.DAMAGED),
    (DiskFull, FileTrouble.FULL),
    (ReadOnly, FileTrouble.READ_ONLY),
)

#: What goes away by itself once there is room, or once the folder can be written.
_PASSING = frozenset({FileTrouble.FULL, FileTrouble.READ_ONLY})


class _Broken(Struct, frozen=True):
    """A folder that can't be opened, why, and what its client is called as far as anything there still says it."""

    folder: Path
    trouble: FileTrouble
    client: Client | Nameplate | None = None


class Desk:
    """All clients. It owns their workspaces and nothing of theirs.

    ``on_change`` is called in the engine's thread after every committed change; with ``client`` None when the set of
    clients itself changed.
    """

    def __init__(
        self,
        home: Home,
        *,
        vault: Vault,
        clock: Clock,
        on_change: Callable[[Changes], None],
        connectors: ConnectorFactory | None = None,
        helper: Helper | None = None,
        rng: random.Random | None = None,
        machine: Machine | None = None,
    ) -> None:
        self.home = home
        self.vault = vault
        self.clock = clock
        self._on_change = on_change
        self._connectors = connectors or real_connector
        self.helper: Helper = helper or in_thread
        self._rng = rng or random.SystemRandom()
        self._machine = machine
        self._proofreader: Proofreader | None = None
        self._open: dict[ClientId, Workspace] = {}
        self._broken: tuple[_Broken, ...] = ()
        self._folders: frozenset[str] = frozenset()
        self._named: set[Path] = set()
        self._told_unwritable: dict[ClientId, Unwritable | None] = {}

    # ---- finding

    def scan(self) -> tuple[ClientCard, ...]:
        """Looks at the folder: opens what is new, lets go what has vanished; returns the cards. Plain SQLite only."""
        folders = self._candidates()
        self._folders = frozenset(folder.name for folder in folders)
        known = {workspace.folder: workspace for workspace in self._open.values() if workspace.folder in folders}
        for workspace in self._open.values():
            if workspace.folder not in known:
                workspace.database.close()
        broken: list[_Broken] = []
        found: list[Workspace] = []
        for folder in folders:
            workspace_or_none = known.get(folder) or self._opened(folder, broken)
            if workspace_or_none is not None:
                found.append(workspace_or_none)
        self._open = self._without_copies(found, broken)
        self._broken = tuple(broken)
        self._told_unwritable = {client: _unwritable(workspace) for client, workspace in self._open.items()}
        return self.cards()

    def _candidates(self) -> list[Path]:
        """Folders of clients; those that begin with a dot are half made or half removed."""
        try:
            entries = [path for path in self.home.clients.iterdir() if path.is_dir() and not path.name.startswith(".")]
        except FileNotFoundError:
            return []
        return sorted(path for path in entries if (path / DATABASE).exists() or any(path.iterdir()))

    def _opened(self, folder: Path, broken: list[_Broken]) -> Workspace | None:
        try:
            database = Database.open(
                folder / DATABASE, clock=self.clock, on_change=self._changed, backups=self.home.client_backups(folder.name)
            )
            return self._workspace(database, folder)
        except StoreProblem as problem:
            trouble = next((value for kind, value in _TROUBLE if isinstance(problem, kind)), FileTrouble.UNREADABLE)
            broken.append(_Broken(folder, trouble, nameplate.read(folder)))
            return None

    def _workspace(self, database: Database, folder: Path) -> Workspace:
        return Workspace(
            database,
            folder,
            secrets=self.vault.scope(database.client_id),
            clock=self.clock,
            connectors=self._connectors,
            helper=self.helper,
            machine=self.machine,
            proofreader=self.proofreader,
            neighbours=lambda: self.workspaces,
        )

    def proofreader(self) -> Proofreader:
        """What reads texts for mistakes, one for all clients; made with the first text, closed with the desk."""
        if self._proofreader is None:
            from cmdesk.services.proofreading import Proofreader  # start-up speed: nothing is read before something is written

            self._proofreader = Proofreader()
        return self._proofreader

    def machine(self) -> Machine:
        """This computer, as it remembers its clients' files outside of the data folder."""
        if self._machine is None:
            from cmdesk.services.machine import Machine, find_outside  # start-up speed: asked before the first sending

            self._machine = Machine(find_outside(os.environ), self.vault)
        return self._machine

    @staticmethod
    def _without_copies(found: list[Workspace], broken: list[_Broken]) -> dict[ClientId, Workspace]:
        """Of two folders with one client's id the one named by it is the client; a copy would post everything again."""
        owners = Counter(workspace.client.id for workspace in found)
        kept: dict[ClientId, Workspace] = {}
        for workspace in found:
            if owners[workspace.client.id] > 1 and workspace.folder.name != workspace.client.id:
                broken.append(_Broken(workspace.folder, FileTrouble.COPY, workspace.client))
                workspace.database.close()
            else:
                kept[workspace.client.id] = workspace
        return kept

    # ---- reading

    @property
    def workspaces(self) -> tuple[Workspace, ...]:
        """The clients in work, in the order of the rail."""
        return tuple(workspace for workspace in self._ordered() if workspace.client.archived_at is None)

    @property
    def all_workspaces(self) -> tuple[Workspace, ...]:
        """The clients in work and the archived ones."""
        return tuple(self._ordered())

    def _ordered(self) -> list[Workspace]:
        return sorted(self._open.values(), key=lambda w: (w.client.position, w.client.created_at, w.client.id))

    def cards(self) -> tuple[ClientCard, ...]:
        """A card per client in the order of the rail with its badges, then the archived ones, then those to repair."""
        cards = [_card(workspace) for workspace in self._ordered()]
        cards.sort(key=lambda card: card.archived)
        cards += [
            ClientCard(
                # Never the id inside: a copy has that of the client it was made of, who must stay reachable.
                id=ClientId(one.folder.name),
                name=one.client.name if one.client else one.folder.name,
                colour=one.client.colour if one.client else Colour.SLATE,
                initials=one.client.initials if one.client else "?",
                trouble=one.trouble,
                folder=str(one.folder),
            )
            for one in self._broken
        ]
        return tuple(cards)

    def workspace(self, client: ClientId) -> Workspace:
        """The workspace of a client, archived or not; raises NotFound."""
        try:
            return self._open[client]
        except KeyError:
            raise NotFound(what="client", ref=client[:80]) from None

    def find(self, name_or_id: str) -> Workspace:
        """The client with this id, or with this name when only one has it; those in work come before archived ones.

        Raises NotFound or Ambiguous.
        """
        wanted = name_or_id.strip()
        if is_client_id(wanted) and ClientId(wanted) in self._open:
            return self._open[ClientId(wanted)]
        named = [workspace for workspace in self._ordered() if same_name(workspace.client.name, wanted)]
        named = [workspace for workspace in named if workspace.client.archived_at is None] or named
        if not named:
            raise NotFound(what="client", ref=wanted[:80])
        if len(named) > 1:
            raise Ambiguous(what="client", name=wanted[:80])
        return named[0]

    # ---- changing

    async def create(
        self,
        name: str,
        colour: Colour | None = None,
        timezone: str | None = None,
        language: Language | None = None,
    ) -> Workspace:
        """A new client with a folder of its own. Raises BadInput, NameTaken, DiskFull or ReadOnly."""
        client = Client(
            id=new_client_id(self._rng),
            name=clean_name(name),
            colour=colour or self._least_used_colour(),
            timezone=clean_timezone(self.clock.zone_name() if timezone is None else timezone),
            language=language or Language.FR_CA,
            created_at=self.clock.now(),
            position=1 + max((workspace.client.position for workspace in self._open.values()), default=0),
        )
        self._check_free(client.name)
        folder = self.home.client_folder(client.id)
        # Made under another name first: a crash in the middle leaves no half client on the rail.
        staging = folder.with_name(f".new-{client.id}")
        try:
            staging.mkdir(mode=0o700)
            (staging / MEDIA).mkdir(mode=0o700)
            Database.create(staging / DATABASE, client, clock=self.clock, on_change=self._changed).close()
            nameplate.keep(staging, client)
            staging.rename(folder)
        except BaseException as error:
            shutil.rmtree(staging, ignore_errors=True)
            if isinstance(error, OSError):
                raise _folder_problem(error) from None
            raise
        sync_folder(self.home.clients)
        database = Database.open(folder / DATABASE, clock=self.clock, on_change=self._changed)
        workspace = self._workspace(database, folder)
        self._open = {**self._open, client.id: workspace}
        self._folders |= {folder.name}
        self._tell()
        return workspace

    async def rename(self, workspace: Workspace, name: str) -> None:
        """Gives a client another name. Raises BadInput or NameTaken."""
        cleaned = clean_name(name)
        self._check_free(cleaned, besides=workspace)
        with workspace.write() as session:
            clients.update(session, name=cleaned)

    async def recolour(self, workspace: Workspace, colour: Colour) -> None:
        """Gives a client another colour."""
        with workspace.write() as session:
            clients.update(session, colour=colour.value)

    async def set_timezone(self, workspace: Workspace, timezone: str) -> None:
        """Sets the zone that new times are meant in; what is planned keeps its own. Raises BadInput."""
        zone = clean_timezone(timezone)
        with workspace.write() as session:
            clients.update(session, timezone=zone)

    async def set_language(self, workspace: Workspace, language: Language) -> None:
        """Sets the language that the client's public is served in."""
        with workspace.write() as session:
            clients.update(session, language=language.value)

    async def set_grace(self, workspace: Workspace, minutes: int) -> None:
        """Sets how late a post may leave without a question, in minutes. Raises BadInput."""
        if not 0 <= minutes <= MAX_GRACE_MINUTES:
            raise BadInput(field="grace", reason="out_of_range", limit=MAX_GRACE_MINUTES)
        with workspace.write() as session:
            clients.update(session, grace_minutes=minutes)

    async def set_quiet(self, workspace: Workspace, quiet: QuietHours | None) -> None:
        """Sets the hours in which nothing leaves by itself that was not meant for that moment, or (None) ends them."""
        with workspace.write() as session:
            clients.set_quiet(session, quiet)

    async def archive(self, workspace: Workspace) -> None:
        """Puts a client aside: nothing is published or fetched for it, nothing is deleted."""
        with workspace.write() as session:
            clients.archive(session, self.clock.now())
        self._tell()

    async def restore(self, client: ClientId) -> Workspace:
        """Takes an archived client back. Raises NotFound or NameTaken."""
        workspace = self.workspace(client)
        self._check_free(workspace.client.name, besides=workspace)
        with workspace.write() as session:
            clients.archive(session, None)
        self._tell()
        return workspace

    async def reorder(self, order: Sequence[ClientId]) -> None:
        """Puts the rail into this order; clients that are not named follow in their present one. Raises NotFound."""
        named = [self.workspace(client) for client in order]
        rest = [workspace for workspace in self._ordered() if workspace not in named]
        for position, workspace in enumerate((*named, *rest), start=1):
            if workspace.client.position != position:
                with workspace.write() as session:
                    clients.update(session, position=position)
        self._tell()

    async def look_outside(self) -> None:
        """Notices what another program changed: clients that came or went, and files that were written."""
        self._keep_names()
        before = self._troubles()
        if frozenset(folder.name for folder in self._candidates()) != self._folders:
            self.scan()
            self._tell()
        elif not _PASSING.isdisjoint(before.values()):
            self.scan()
            if self._troubles() != before:
                self._tell()
        for workspace in self.all_workspaces:
            if self._changed_outside(workspace):
                self._changed(Changes(workspace.client.id, ALL_TOPICS))

    def _keep_names(self) -> None:
        """Writes beside each file what its client is called, unless that was done; not in ``scan``, for people wait for it."""
        for workspace in self.all_workspaces:
            if workspace.folder not in self._named:
                self._named.add(workspace.folder)
                nameplate.keep(workspace.folder, workspace.client)

    def _changed_outside(self, workspace: Workspace) -> bool:
        """Whether another program wrote, or whether it changed that the file can be written at all."""
        with workspace.read():
            now = _unwritable(workspace)
        # Compared with what was told, not with what was so: a screen that reads may have noticed first.
        before = self._told_unwritable.get(workspace.client.id)
        self._told_unwritable[workspace.client.id] = now
        # A file that cannot be written has no writer to ask.
        return now is not before or (now is None and workspace.database.written_elsewhere())

    def _troubles(self) -> dict[Path, FileTrouble]:
        return {one.folder: one.trouble for one in self._broken}

    async def refresh(self) -> None:
        """Looks at the folder again, because a client came in or one's file was replaced, and tells."""
        self._named.clear()
        self.scan()
        self._keep_names()
        self._tell()

    async def let_go(self, client: ClientId) -> None:
        """Closes a client's file and forgets it until the next look: its folder is about to be replaced or removed."""
        workspace = self._open.pop(client, None)
        if workspace is not None:
            await workspace.close()

    async def close(self) -> None:
        """Closes every client. Harmless when repeated."""
        for workspace in tuple(self._open.values()):
            await workspace.close()
        self._open = {}
        if self._proofreader is not None:
            await self._proofreader.close()

    # ---- inside

    def _check_free(self, name: str, besides: Workspace | None = None) -> None:
        for workspace in self.workspaces:
            if workspace is not besides and same_name(workspace.client.name, name):
                raise NameTaken(name=name)

    def _least_used_colour(self) -> Colour:
        used = Counter(workspace.client.colour for workspace in self.workspaces)
        return min(Colour, key=lambda colour: used[colour])

    def _changed(self, changes: Changes) -> None:
        if changes.client is not None and Topic.CLIENT in changes.topics and changes.client in self._open:
            self._open[changes.client].refresh()
            nameplate.keep(self._open[changes.client].folder, self._open[changes.client].client)
        self._on_change(changes)

    def _tell(self) -> None:
        self._on_change(Changes(None, frozenset({Topic.CLIENT})))


def _card(workspace: Workspace) -> ClientCard:
    client = workspace.client
    with workspace.read() as connection:
        waiting = first.waiting(connection)
        hold, frozen = guard.hold(connection), guard.frozen(connection)
    return ClientCard(
        id=client.id,
        name=client.name,
        colour=client.colour,
        initials=client.initials,
        awaiting=waiting.awaiting,
        needs_you=waiting.needs_you,
        archived=client.archived_at is not None,
        position=client.position,
        folder=str(workspace.folder),
        unwritable=_unwritable(workspace),
        hold=hold,
        frozen=frozen,
    )


def _unwritable(workspace: Workspace) -> Unwritable | None:
    problem = workspace.database.unwritable
    if problem is None:
        return None
    return Unwritable.READ_ONLY if isinstance(problem, ReadOnly) else Unwritable.FULL


def _folder_problem(error: OSError) -> StoreProblem:
    kind = DiskFull if error.errno in {errno.ENOSPC, errno.EDQUOT} else ReadOnly
    return kind(reason=type(error).__name__)
