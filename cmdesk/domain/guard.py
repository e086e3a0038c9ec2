"""Says why a client's whole queue stands still: a doubt about the file itself, or a crisis that a person called out.

A delivery that waits has a reason of its own (``HeldBecause``); what is here stops all of them at once.
"""

from datetime import datetime, timedelta
from enum import Enum

from msgspec import Struct

#: A wall clock this far before the last known sending has been set back; less is the everyday work of a time server.
CLOCK_BACK = timedelta(minutes=2)
#: So far may our clock and a server's lie apart; beyond that posts would leave at another hour than the one that was meant.
CLOCKS_APART = timedelta(minutes=2)
#: How long after its last sign of life a publisher on another computer counts as running.
LEASE = timedelta(minutes=3)


class HoldReason(Enum):
    """Why nobody can tell whether this file's queue went out already, somewhere else or before."""

    COPIED = "copied"  # the folder is a copy: the one it was copied from is still on this computer
    RESTORED = "restored"  # the file was put back: this computer remembers sendings that the file does not
    REPLACED = "replaced"  # another file stands where the known one stood
    OTHER_COMPUTER = "other_computer"  # the queue was armed by another installation
    RUNNING_ELSEWHERE = "running_elsewhere"  # another computer publishes from this folder right now
    DAMAGED = "damaged"  # the file opens, but it is not sound
    CLOCK_BACK = "clock_back"  # the clock shows a time before the last sending
    CLOCK_WRONG = "clock_wrong"  # the clock of this computer is not the one of the server


#: What ends by itself as soon as its cause is gone; everything else ends by a person's word only.
PASSING = frozenset({HoldReason.RUNNING_ELSEWHERE, HoldReason.CLOCK_BACK})
#: What is about the hour only: no file is in doubt, and nothing that is planned needs a look afterwards.
OF_THE_HOUR = frozenset({HoldReason.CLOCK_BACK, HoldReason.CLOCK_WRONG})


class QueueHold(Struct, frozen=True):
    """A client's queue stands still until a person has said which file is the real one.

    ``detail`` holds names and values for the sentence (``there``: the other folder, ``host``, ``last``: the last known
    sending in ISO 8601, ``finding``: SQLite's words, ``server`` and ``shows``: whose clock shows what, in ISO 8601, and by how
    many seconds ours is ``ahead``). ``retired`` is set once a person said that the other one is real.
    """

    because: HoldReason
    since: datetime
    detail: tuple[tuple[str, str], ...] = ()
    retired: bool = False


class Answer(Enum):
    """What a person says about a file that is in doubt."""

    REAL = "real"  # this is the real one: go on
    OTHER = "other"  # the other one is: this one stays held


class Confirmed(Struct, frozen=True):
    """What a person's word did: the hold that is left (None: the queue goes on), and how many posts now want a look."""

    hold: QueueHold | None
    to_look_at: int = 0


class Frozen(Struct, frozen=True):
    """The client's crisis key is turned: nothing of this client goes out. ``note`` is what a person wrote beside it."""

    since: datetime
    note: str = ""


class Place(Struct, frozen=True):
    """Where a client's file lies: its resolved path, and what the file system calls it (a copy is called otherwise)."""

    path: str
    device: int
    inode: int
