"""Names the exit codes, so that a script can trust what each one means."""

from enum import IntEnum

from cmdesk.domain.errors import Ambiguous, BadInput, CmdeskError, NoNetwork, WrongClient


class Exit(IntEnum):
    """What a command's end means to the one who called it."""

    DONE = 0
    PROBLEM = 1  # the message explains it
    USAGE = 2  # the command line, or a value on it, cannot be understood
    DECISION = 3  # a person must decide: late, uncertain, refused
    NO_NETWORK = 4


def exit_for(problem: CmdeskError) -> Exit:
    """The exit code of a failure that ended a command."""
    if isinstance(problem, NoNetwork):
        return Exit.NO_NETWORK
    if isinstance(problem, BadInput | Ambiguous | WrongClient):
        return Exit.USAGE
    return Exit.PROBLEM
