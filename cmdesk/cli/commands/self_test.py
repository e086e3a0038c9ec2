"""Takes a scratch client through every room on the practice network, so that anyone can see whether this cmdesk works."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from msgspec.structs import replace

from cmdesk.cli import told
from cmdesk.cli.exits import Exit
from cmdesk.cli.output import Json
from cmdesk.cli.run import Call
from cmdesk.cli.sending import publisher_lock, send_due
from cmdesk.domain.account import Account
from cmdesk.domain.changes import Changes
from cmdesk.domain.client import Language
from cmdesk.domain.delivery import State
from cmdesk.domain.errors import CmdeskError
from cmdesk.domain.ids import MessageId
from cmdesk.domain.message import MessageState
from cmdesk.domain.post import Post, PostEdit, Variant, edit_of
from cmdesk.domain.schedule import at_instant
from cmdesk.domain.views import InboxFilter
from cmdesk.services import composing, inbox, linking, planning, replying, safekeeping, searching, syncing
from cmdesk.services.desk import Desk
from cmdesk.services.home import Home
from cmdesk.services.machine import InMemory, Machine
from cmdesk.services.practising import Practising
from cmdesk.services.workspace import Workspace
from cmdesk.vault import Vault

#: How long the people of the practice network may take to answer, in seconds.
_PATIENCE = 90.0
_WORDS = "cmdesk self-test"


class _Unexpected(Exception):
    """A step ended, but not as it must; the text says how, for whoever repairs it."""


@dataclass(slots=True)
class _Scene:
    """What the steps work on, one after the other."""

    call: Call
    desk: Desk
    practising: Practising
    folder: Path
    rooms: list[Workspace] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)

    @property
    def room(self) -> Workspace:
        return self.rooms[0]


async def self_test(call: Call) -> Exit:
    """Prints each step; ends with 1 at the first that fails. Nothing of it touches the data folder or the keyring."""
    results: list[Json] = []
    exit_code = Exit.DONE
    async with _scene(call) as scene:
        for name, step in _STEPS:
            began = call.around.clock.monotonic()
            failure = await _tried(scene, step)
            seconds = round(call.around.clock.monotonic() - began, 3)
            results.append({"step": name, "ok": failure is None, "seconds": seconds, "problem": failure})
            if not call.output.as_json:
                mark = call.words("self_test.ok" if failure is None else "self_test.failed")
                call.output.line({}, f"{mark}  {call.words(f'self_test.{name}')}{'' if failure is None else f': {failure}'}")
            if failure is not None:
                exit_code = Exit.PROBLEM
                break
    sentence = call.words("self_test.well" if exit_code is Exit.DONE else "self_test.unwell")
    call.output.result({"ok": exit_code is Exit.DONE, "steps": results}, sentence)
    return exit_code


async def _tried(scene: _Scene, step: Callable[[_Scene], Awaitable[None]]) -> str | None:
    try:
        await step(scene)
    except CmdeskError as problem:
        return scene.call.words.problem(problem)
    except _Unexpected as problem:
        return str(problem)
    return None


@asynccontextmanager
async def _scene(call: Call) -> AsyncIterator[_Scene]:
    """A desk in a folder of its own that vanishes afterwards, with secrets in memory."""
    with tempfile.TemporaryDirectory(prefix="cmdesk-self-test-", ignore_cleanup_errors=True) as folder:
        home = Home(Path(folder) / "home")
        home.prepare()
        vault = Vault()
        vault.use_session_memory()
        practising = Practising(home, call.around.clock)
        desk = Desk(
            home,
            vault=vault,
            clock=call.around.clock,
            on_change=_nobody_looks,
            connectors=practising.connector,
            helper=call.engine.helper,
            machine=Machine(InMemory(), vault),
        )
        desk.scan()
        try:
            yield _Scene(call, desk, practising, Path(folder))
        finally:
            await desk.close()


def _nobody_looks(_: Changes) -> None:
    """Nothing is drawn here."""


def _expect(found: object, wanted: object, what: str) -> None:
    if found != wanted:
        raise _Unexpected(f"{what}: {found!r}, not {wanted!r}")


async def _create(scene: _Scene) -> None:
    scene.rooms.append(await scene.desk.create(_WORDS, timezone="America/Toronto", language=Language.FR_CA))
    _expect([card.name for card in scene.desk.scan()], [_WORDS], "clients")


async def _link(scene: _Scene) -> None:
    account = await scene.practising.link(scene.room, scene.practising.people()[0].key)
    scene.accounts.append(await linking.check(scene.room, account.id))


async def _draft(scene: _Scene) -> None:
    edit = PostEdit(text=f"{_WORDS} · déjà vu 🥐", language="fr", variants=(Variant(scene.accounts[0].id),))
    post = await composing.create(scene.room, edit)
    changed = replace(edit_of(post), text=f"{edit.text} (2)")
    scene.posts.append(await composing.save(scene.room, post.id, changed, post.revision))
    _expect(scene.posts[0].revision, post.revision + 1, "revision")


async def _schedule(scene: _Scene) -> None:
    when = at_instant(scene.room.clock.now() + timedelta(days=1), scene.room.client.timezone)
    await planning.schedule(scene.room, scene.posts[0].id, when)
    _expect([one.state for one in told.deliveries(scene.room, scene.posts[0].id)], [State.PLANNED], "deliveries")


async def _send(scene: _Scene) -> None:
    await planning.now(scene.room, scene.posts[0].id)
    with publisher_lock(scene.desk.home):
        await send_due(scene.call, scene.desk, (scene.room,))
        await send_due(scene.call, scene.desk, (scene.room,))
    found = told.deliveries(scene.room, scene.posts[0].id)
    _expect([(one.state, one.attempts) for one in found], [(State.SENT, 1)], "deliveries")


async def _receive(scene: _Scene) -> None:
    """Somebody answers after a while; people do."""
    clock = scene.call.around.clock
    end = clock.monotonic() + _PATIENCE
    while not _awaiting(scene):
        if clock.monotonic() > end:
            raise _Unexpected("nobody answered")
        await asyncio.sleep(0.25)
        await syncing.pull(scene.room, scene.accounts[0].id)


def _awaiting(scene: _Scene) -> list[int]:
    return list(inbox.ids(scene.room, InboxFilter(states=frozenset({MessageState.AWAITING}))))


async def _reply(scene: _Scene) -> None:
    message = inbox.message(scene.room, MessageId(_awaiting(scene)[0]))
    draft = replying.draft_for(scene.room, message.id)
    delivery = await replying.send(scene.room, message.id, replace(draft, text=f"{draft.text}merci"))
    with publisher_lock(scene.desk.home):
        await send_due(scene.call, scene.desk, (scene.room,))
    _expect(planning.delivery(scene.room, delivery).state, State.SENT, "reply")
    _expect(inbox.message(scene.room, message.id).state, MessageState.ANSWERED, "message")


async def _search(scene: _Scene) -> None:
    hits = searching.search(scene.room, "deja vu")
    _expect(any(hit.post == scene.posts[0].id for hit in hits), True, "found")


async def _backup(scene: _Scene) -> None:
    made = await safekeeping.backup(scene.room)
    verified = await safekeeping.verify(scene.desk, made.path)
    _expect(verified.name, _WORDS, "backup")
    await safekeeping.restore(scene.desk, scene.room.client.id, made.path)
    scene.rooms[0] = scene.desk.workspace(made.client)
    _expect(composing.load(scene.room, scene.posts[0].id).text, scene.posts[0].text, "restored words")


async def _hand_over(scene: _Scene) -> None:
    archive = scene.folder / "handover.zip"
    await safekeeping.export_client(scene.room, archive)
    await safekeeping.purge(scene.desk, scene.room.client.id, _WORDS)
    _expect(scene.desk.scan(), (), "clients after the purge")
    scene.rooms[0] = await safekeeping.import_client(scene.desk, archive)
    _expect(composing.load(scene.room, scene.posts[0].id).text, scene.posts[0].text, "imported words")


_STEPS: tuple[tuple[str, Callable[[_Scene], Awaitable[None]]], ...] = (
    ("client", _create),
    ("link", _link),
    ("draft", _draft),
    ("schedule", _schedule),
    ("send", _send),
    ("receive", _receive),
    ("reply", _reply),
    ("search", _search),
    ("backup", _backup),
    ("hand_over", _hand_over),
)
