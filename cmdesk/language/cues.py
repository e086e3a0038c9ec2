"""Finds in a pattern the letters that any text it matches must contain, because looking for letters is much faster than matching.

A rule whose cues are not in the text is neither compiled nor run. The derivation is careful: where it understands nothing it
says nothing, and the rule then always runs.
"""

import re
from typing import Final

_ESCAPED: Final = re.compile(r"\\(?:[bBAZwWdDsS]|\d+|g<[^>]*>|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|N\{[^}]*\}|.)", re.DOTALL)
_REPEAT: Final = re.compile(r"(?:[?*+]|\{\d*,?\d*\})[?+]?")
_OPENING: Final = re.compile(r"\((?:\?P<\w+>|\?[a-zA-Z]*(?:-[a-zA-Z]+)?:|(?!\?))")
_SIDEWAYS: Final = re.compile(r"\(\?(?:[=!#]|<[=!]|P=|\()")
_FLAGS: Final = re.compile(r"\(\?([a-zA-Z]+)\)")
_MOST: Final = 400  # letters sought for one rule; more would cost what they save


def cues(pattern: str) -> tuple[str, ...]:
    """Lower-case letters one of which every match contains; empty when nothing can be said."""
    flags = _FLAGS.match(pattern)
    if flags is not None and "x" in flags[1]:
        return ()
    found = _alternatives(pattern[flags.end() :] if flags is not None else pattern)
    return found if len(found) <= _MOST else ()


def _alternatives(pattern: str) -> tuple[str, ...]:
    """The cues of ``a|b|c``: those of every branch, or none when one branch has none."""
    together: list[str] = []
    for branch in _split(pattern):
        best = _branch(branch)
        if not best:
            return ()
        together += best
    return tuple(dict.fromkeys(together))


def _split(pattern: str) -> list[str]:
    """The branches of a pattern at its own level."""
    branches, start, at = [], 0, 0
    while at < len(pattern):
        if pattern[at] == "|":
            branches.append(pattern[start:at])
            start = at = at + 1
        else:
            at = _after(pattern, at)
    return [*branches, pattern[start:]]


def _after(pattern: str, at: int) -> int:
    """Where the item that begins at a position ends, without its repetition."""
    letter = pattern[at]
    if letter == "\\":
        escaped = _ESCAPED.match(pattern, at)
        return escaped.end() if escaped is not None else at + 1
    if letter == "[":
        end = at + (3 if pattern[at + 1 : at + 2] == "^" else 2)
        while end < len(pattern) and pattern[end] != "]":
            end += 2 if pattern[end] == "\\" else 1
        return end + 1
    if letter == "(":
        end = at + 1
        while end < len(pattern) and pattern[end] != ")":
            end = _after(pattern, end)
        return end + 1
    return at + 1


def _branch(pattern: str) -> tuple[str, ...]:
    """The best cues of a run of items: those that the fewest texts contain."""
    best: tuple[str, ...] = ()
    run: list[str] = []
    at = 0
    while at < len(pattern):
        end = _after(pattern, at)
        item = pattern[at:end]
        repeat = _REPEAT.match(pattern, end)
        at = repeat.end() if repeat is not None else end
        optional = repeat is not None and (repeat[0][0] in "?*" or repeat[0].startswith(("{0", "{,")))
        plain = _plain(item)
        if plain is not None and repeat is None:
            run.append(plain)
            continue
        best = _rarer(best, ("".join(run),))
        run = []
        if plain is not None and not optional:
            best = _rarer(best, (plain,))
        elif item.startswith("(") and not optional and not _SIDEWAYS.match(item):
            opening = _OPENING.match(item)
            inner = _alternatives(item[opening.end() : -1]) if opening is not None else ()
            best = _rarer(best, inner)
    return _rarer(best, ("".join(run),))


def _plain(item: str) -> str | None:
    """The letters an item stands for: one, none for a boundary, None when it can be several things."""
    if len(item) == 1:
        return None if item in ".^$" else item.lower()
    if item[0] == "\\" and len(item) == 2:
        if item[1] in "bBAZ":
            return ""
        return None if item[1].isalnum() else item[1].lower()
    return "" if _SIDEWAYS.match(item) else None


def _rarer(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """Which of two sets of cues fewer texts contain, by the letters they have."""
    return min(one, other, key=_common)


def _common(letters: tuple[str, ...]) -> float:
    """About how often one of these is met; 9 for an empty set or for one with an empty cue, which says nothing."""
    if not letters or not all(letters):
        return 9.0
    return sum(0.25 ** min(len(cue), 6) for cue in letters)
