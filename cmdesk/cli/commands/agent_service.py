"""Has the system start the agent at every log-in, or no longer, and tells how it fares."""

import shlex
import subprocess

from cmdesk.cli import shapes, told
from cmdesk.cli.exits import Exit
from cmdesk.cli.house import home_of, open_desk
from cmdesk.cli.output import Json
from cmdesk.cli.run import Call
from cmdesk.cli.text import fields, iso
from cmdesk.domain.agent import AgentState, Ahead, Installation, Standing
from cmdesk.domain.ids import Kind, ref
from cmdesk.services import agents
from cmdesk.services.ahead import ahead
from cmdesk.services.home import Home

_SHOWN = 10


def service_of(call: Call, home: Home) -> agents.Service:
    """The agent of this folder on this system."""
    return agents.Service(home, agents.this_host(call.around.environ))


async def install(call: Call) -> Exit:
    """Writes the system's file and starts the agent. PROBLEM where something is left for a person to do."""
    home = home_of(call)
    home.prepare()
    return _done(call, await call.engine.helper(service_of(call, home).install), "agent.installed")


async def uninstall(call: Call) -> Exit:
    """Stops the agent and removes what ``install`` wrote; the data folder stays as it is."""
    return _done(call, await call.engine.helper(service_of(call, home_of(call)).uninstall), "agent.uninstalled")


def _done(call: Call, done: Installation, key: str) -> Exit:
    words, left = call.words, [_line(call, command) for command in done.left]
    document: dict[str, Json] = {"name": done.name, "file": done.file, "left": left}
    call.output.result(document, words(key, file=done.file) if not left else words("agent.written", file=done.file))
    if not left:
        return Exit.DONE
    call.output.say("\n".join([words("agent.left"), *(f"  {line}" for line in left)]))
    return Exit.PROBLEM


def _line(call: Call, command: tuple[str, ...]) -> str:
    """A command as this system's terminal reads it."""
    windows = agents.this_host(call.around.environ).system == "win32"
    return subprocess.list2cmdline(command) if windows else shlex.join(command)


async def status(call: Call) -> Exit:
    """Prints whether the agent is installed, who publishes, and what is planned."""
    async with open_desk(call) as desk:
        service = service_of(call, desk.home)
        state = await call.engine.helper(agents.look, service, desk.home, desk.machine(), call.around.clock.now())
        coming = ahead(desk)
        names = {room.client.id: room.client.name for room in desk.workspaces}
    words = call.words
    pairs = [
        (words("agent.name.folder"), state.home),
        (words("agent.name.installed"), words(f"agent.standing.{state.standing.value}", file=state.file)),
        (words("agent.name.system"), words(f"agent.active.{_active(state)}") if state.standing is Standing.INSTALLED else ""),
        (words("agent.name.publishes"), _publisher(call, state)),
        (words("agent.name.sign"), words("agent.sign", when=state.last_sign, host=state.host) if state.last_sign else ""),
        (words("agent.name.next"), words("agent.next", when=coming.next_at) if coming.next_at else words("agent.nothing")),
    ]
    lines = [
        f"  {told.wall(entry.planned)}  {names[entry.client]}  {ref(entry.client, Kind.POST, entry.post)}  "
        f"{told.preview(entry.preview)}"
        for entry in coming.day[:_SHOWN]
    ]
    call.output.result(_document(state, coming), "\n".join([fields(pairs), *([""] if lines else []), *lines]))
    for sentence in warnings(call, state, coming):
        call.output.say(sentence)
    return Exit.DONE


def warnings(call: Call, state: AgentState, coming: Ahead) -> list[str]:
    """What a person should know before the computer is shut or put to sleep; nothing while nothing is planned."""
    if not coming.week:
        return []
    key = "agent.ahead" if state.goes_on else "agent.ahead_window"
    return [call.words.counted(key, len(coming.week), day=len(coming.day), when=coming.next_at)]


def _active(state: AgentState) -> str:
    return {None: "unknown", True: "yes", False: "no"}[state.active]


def _publisher(call: Call, state: AgentState) -> str:
    if state.publisher is None:
        return call.words("agent.nobody")
    return call.words(f"agent.who.{state.publisher.value}", host=state.host, pid=state.pid, since=state.since)


def _document(state: AgentState, coming: Ahead) -> dict[str, Json]:
    return {
        **document(state),
        "next": None if coming.next_at is None else iso(coming.next_at),
        "needs_awake": {
            "day": [shapes.agenda_entry(entry) for entry in coming.day],
            "week": [shapes.agenda_entry(entry) for entry in coming.week],
        },
    }


def document(state: AgentState) -> dict[str, Json]:
    """How the agent fares, for programs."""
    publishing: dict[str, Json] | None = None
    if state.publisher is not None:
        since = None if state.since is None else iso(state.since)
        publishing = {"who": state.publisher.value, "host": state.host, "pid": state.pid, "since": since}
    return {
        "standing": state.standing.value,
        "installed": state.standing is Standing.INSTALLED,
        "active": state.active,
        "name": state.name,
        "file": state.file,
        "home": state.home,
        "publishing": publishing,
        "last_sign": None if state.last_sign is None else iso(state.last_sign),
    }
