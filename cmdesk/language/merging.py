"""Makes one list of what several checkers found: one finding per place, the surest; nothing inside a mask; nothing set aside."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from cmdesk.domain.language import GRAVITY, Finding, Profile, Severity, ignoring

#: Whose word counts more about the same place, by the beginning of the rule's name; own rules stand before all others.
_RANKS: Final = (("client.", 0), ("fr.gram.", 3), ("en.harper.", 3), ("spell.", 4))
_OWN: Final = 2
_ENGINE: Final = 3
_LAST: Final = 5
#: These speak of a whole sentence or post and silence nobody.
_WIDE: Final = frozenset({"readability", "voice"})


def merged(found: Iterable[Finding], text: str, hidden: tuple[tuple[int, int], ...], profile: Profile) -> tuple[Finding, ...]:
    """The findings in the order of the text."""
    known = {word.casefold() for word in profile.words}
    ignored = frozenset(profile.ignored)
    sound = [
        one
        for one in found
        if 0 <= one.start <= one.end <= len(text)
        and (one.family in _WIDE or one.rule.startswith("client.") or not _hidden(one, hidden))
        and not (one.family == "spelling" and _is_known(text[one.start : one.end], known))
        and not (known and one.family == "capitals" and text[one.start : one.end].casefold() in known)
        and one.rule not in ignored
        and ignoring(one, text) not in ignored
        and (one.severity is not Severity.HINT or profile.hints or one.rule.startswith("client."))
    ]
    kept: list[Finding] = []
    for one in sorted(sound, key=_weight):
        if one.family in _WIDE:
            if not any(one.rule == other.rule and one.start == other.start for other in kept):
                kept.append(one)
        elif not any(other.family not in _WIDE and _overlap(one, other) for other in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda one: (one.start, one.end, one.rule)))


def _weight(finding: Finding) -> tuple[bool, int, int, int, int, str]:
    rank = next((rank for beginning, rank in _RANKS if finding.rule.startswith(beginning)), _OWN)
    if rank == _ENGINE and finding.severity is not Severity.BLOCK:
        # A checker that is not sure yields to the dictionary, which is.
        rank = _LAST
    # With a proposal is better than without, narrow better than wide.
    bare = 0 if finding.fixes else 1
    return (finding.severity is Severity.HINT, rank, GRAVITY[finding.severity], bare, finding.end - finding.start, finding.rule)


def _overlap(one: Finding, other: Finding) -> bool:
    return one.start < max(other.end, other.start + 1) and other.start < max(one.end, one.start + 1)


def _hidden(finding: Finding, hidden: tuple[tuple[int, int], ...]) -> bool:
    return any(start < finding.end and finding.start < end for start, end in hidden)


def _is_known(words: str, known: set[str]) -> bool:
    """Whether the words, or each of them, are the client's own."""
    folded = words.casefold()
    return bool(known) and (folded in known or all(one in known for one in folded.replace("’", "'").split()))
