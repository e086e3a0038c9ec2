"""Says how the agent of a data folder stands: whether the system starts it, who publishes now, and what would be missed."""

from datetime import datetime
from enum import Enum

from msgspec import Struct

from cmdesk.domain.views import AgendaEntry


class Who(Enum):
    """What publishes for a data folder."""

    WINDOW = "window"
    AGENT = "agent"
    COMMAND = "command"  # a command that was asked to send what is due


class Standing(Enum):
    """What lies where the system looks for the agent."""

    INSTALLED = "installed"
    ABSENT = "absent"
    CHANGED = "changed"  # we wrote it, and somebody changed it since: it is left alone
    FOREIGN = "foreign"  # a file of that name that we did not write, or that cannot be read
    UNSUPPORTED = "unsupported"  # a system whose files are not known here


class Installation(Struct, frozen=True):
    """What came of installing or removing: ``left`` are the commands that nobody answered to, for a person to run."""

    name: str
    file: str
    left: tuple[tuple[str, ...], ...]


class AgentState(Struct, frozen=True):
    """How the agent fares. ``active`` is the system's word (None: nobody answers); ``publisher`` who publishes now.

    ``last_sign`` is when the last publisher of this folder said that it lives, on whatever computer (``host``).
    """

    standing: Standing
    name: str
    file: str
    home: str
    active: bool | None
    publisher: Who | None
    host: str | None
    pid: int | None
    since: datetime | None
    last_sign: datetime | None

    @property
    def goes_on(self) -> bool:
        """Whether something publishes for this folder when no window is open, as far as this can be known."""
        return self.standing is Standing.INSTALLED and self.active is not False


class Ahead(Struct, frozen=True):
    """The planned posts of all clients whose hour falls in the coming day and week, soonest first.

    They go out only while this computer is awake and the window is open or the agent runs. ``week`` begins with ``day``.
    """

    day: tuple[AgendaEntry, ...]
    week: tuple[AgendaEntry, ...]
    next_at: datetime | None
