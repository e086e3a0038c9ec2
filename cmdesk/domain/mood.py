"""What is read between the lines of a message: mood, kind, whether a person should look first, and why."""

from __future__ import annotations

from enum import Enum
from typing import Final

from msgspec import Struct


class Mood(Enum):
    """How somebody feels who wrote. UNCERTAIN is said rather than a guess."""

    ANGRY = "angry"
    SAD = "sad"
    DISAPPOINTED = "disappointed"
    HAPPY = "happy"
    NEUTRAL = "neutral"
    UNCERTAIN = "uncertain"


class Reading(Enum):
    """What somebody wants who wrote."""

    COMPLAINT = "complaint"
    PRAISE = "praise"
    QUESTION = "question"
    SPAM = "spam"
    INSULT = "insult"
    CRISIS = "crisis"
    OTHER = "other"


#: Moods that a person should see before the others.
NEGATIVE: Final = frozenset({Mood.ANGRY, Mood.SAD, Mood.DISAPPOINTED})


class Because(Struct, frozen=True):
    """Why: ``code`` names the reason, ``words`` are the message's own that weigh.

    Codes: ``words``, ``capitals``, ``exclamations``, ``question``, ``link``, ``signs`` (emoji), ``corrected`` (somebody said so
    of a message like it), ``tone`` (the whole sentence, no word in particular) and ``crisis.<topic>``.
    """

    code: str
    words: tuple[str, ...] = ()


class Sense(Struct, frozen=True):
    """One message as it was read. ``confidence`` (0 to 1) is that of the mood, ``risk`` (0 to 100) sorts, worst highest.

    ``likeliest`` is the mood that would be said if one had to be; it differs from ``mood`` only when that is UNCERTAIN.
    """

    language: str
    mood: Mood
    kind: Reading
    care: bool
    crisis: bool
    confidence: float
    risk: int
    because: tuple[Because, ...] = ()
    likeliest: Mood = Mood.NEUTRAL


class Correction(Struct, frozen=True):
    """What a person says of a text."""

    text: str
    mood: Mood
    kind: Reading


def needs_care(mood: Mood, kind: Reading) -> bool:
    """Whether a message that somebody judged so should be seen before the others."""
    return mood in NEGATIVE or kind is Reading.CRISIS
