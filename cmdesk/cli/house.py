"""Opens the desk for one command, and closes it whatever happens."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager

from cmdesk.cli.run import Call
from cmdesk.domain.changes import Changes
from cmdesk.domain.errors import BadInput
from cmdesk.domain.views import Unwritable
from cmdesk.services.desk import Desk
from cmdesk.services.home import Home, find_home
from cmdesk.services.machine import Machine, find_outside
from cmdesk.services.practising import Practising


def home_of(call: Call) -> Home:
    """The data folder that the options and the environment name. Raises BadInput."""
    named = call.args.home
    if named is not None and not named.strip():
        raise BadInput(field="home", reason="empty", given=named)
    try:
        return find_home(named, call.around.environ)
    except (ValueError, RuntimeError):  # "~nobody"
        raise BadInput(field="home", reason="unknown", given=str(named)) from None


@asynccontextmanager
async def open_desk(call: Call, on_change: Callable[[Changes], None] | None = None) -> AsyncIterator[Desk]:
    """The desk of this data folder, scanned; the folder is made when there is none."""
    home = home_of(call)
    home.prepare()
    desk = Desk(
        home,
        vault=call.around.vault,
        clock=call.around.clock,
        on_change=on_change or _nobody_looks,
        connectors=Practising(home, call.around.clock).connector,
        helper=call.engine.helper,
        machine=Machine(find_outside(call.around.environ), call.around.vault),
    )
    desk.scan()
    if call.args.handler not in _SHOWS_TROUBLE:
        _tell_trouble(call, desk)
    if call.args.handler != "doctor.doctor":  # its findings say so
        for _, sentence in unwritable(call, desk):
            call.output.say(sentence)
    try:
        yield desk
    finally:
        await desk.close()


#: The commands whose answer holds the clients that cannot be opened.
_SHOWS_TROUBLE = frozenset({"client.list_clients", "doctor.doctor"})


def _tell_trouble(call: Call, desk: Desk) -> None:
    """Names the clients that this command leaves out: "nothing is due" must not mean that a file could not be read."""
    for card in desk.cards():
        if card.trouble is not None:
            sentence = call.words(f"trouble.{card.trouble.value}", folder=card.folder)
            call.output.say(call.words("doctor.client", name=card.name, sentence=sentence))


def unwritable(call: Call, desk: Desk) -> Iterator[tuple[Unwritable, str]]:
    """Why nothing can be saved, and for whom, in a sentence for each reason there is."""
    for why in Unwritable:
        names = tuple(card.name for card in desk.cards() if card.unwritable is why)
        if names:
            yield why, call.words(f"unwritable.{why.value}", names=names)


def _nobody_looks(_: Changes) -> None:
    """A command draws no screen that a change could make stale."""
