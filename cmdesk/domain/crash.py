"""Marks the places between two effects, so that a test can end the program exactly there."""

from collections.abc import Callable

#: Called with a place's name. In the product it does nothing; a test hands over one that raises or kills.
CrashPoint = Callable[[str], None]


def no_crash(name: str) -> None:
    """Goes on."""
