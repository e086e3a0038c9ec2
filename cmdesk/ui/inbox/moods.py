"""Moods and what people want, in words and tones: said carefully, because a machine only guesses."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QCoreApplication

from cmdesk.domain.mood import Mood, Reading, Sense
from cmdesk.ui.wordings import QT_TRANSLATE_NOOP

translate = QCoreApplication.translate

_MOODS: Mapping[Mood, tuple[str, str]] = MappingProxyType(
    {
        Mood.ANGRY: (QT_TRANSLATE_NOOP("Moods", "Angry"), "danger"),
        Mood.SAD: (QT_TRANSLATE_NOOP("Moods", "Sad"), "info"),
        Mood.DISAPPOINTED: (QT_TRANSLATE_NOOP("Moods", "Disappointed"), "warning"),
        Mood.HAPPY: (QT_TRANSLATE_NOOP("Moods", "Happy"), "positive"),
        Mood.NEUTRAL: (QT_TRANSLATE_NOOP("Moods", "Neutral"), "neutral"),
        Mood.UNCERTAIN: (QT_TRANSLATE_NOOP("Moods", "Mood uncertain"), "neutral"),
    }
)
_READINGS: Mapping[Reading, str] = MappingProxyType(
    {
        Reading.COMPLAINT: QT_TRANSLATE_NOOP("Moods", "Complaint"),
        Reading.PRAISE: QT_TRANSLATE_NOOP("Moods", "Praise"),
        Reading.QUESTION: QT_TRANSLATE_NOOP("Moods", "Question"),
        Reading.SPAM: QT_TRANSLATE_NOOP("Moods", "Spam"),
        Reading.INSULT: QT_TRANSLATE_NOOP("Moods", "Insult"),
        Reading.CRISIS: QT_TRANSLATE_NOOP("Moods", "Crisis"),
        Reading.OTHER: QT_TRANSLATE_NOOP("Moods", "Something else"),
    }
)


def mood_words(mood: Mood) -> str:
    """A mood's name."""
    return translate("Moods", _MOODS[mood][0])


def mood_tone(mood: Mood) -> str:
    """The tint a mood is shown on."""
    return _MOODS[mood][1]


def reading_words(reading: Reading) -> str:
    """What somebody wants, in a word."""
    return translate("Moods", _READINGS[reading])


def crisis_words() -> str:
    """What is said of words of a crisis."""
    return translate("Moods", "Possible crisis")


#: Why a reading says what it says, by code.
_REASONS: Mapping[str, str] = MappingProxyType(
    {
        "words": QT_TRANSLATE_NOOP("Moods", "Words that weigh: {words}"),
        "capitals": QT_TRANSLATE_NOOP("Moods", "Written in capitals"),
        "exclamations": QT_TRANSLATE_NOOP("Moods", "Many exclamation marks"),
        "question": QT_TRANSLATE_NOOP("Moods", "It asks something"),
        "link": QT_TRANSLATE_NOOP("Moods", "It carries a link"),
        "signs": QT_TRANSLATE_NOOP("Moods", "Signs that weigh: {words}"),
        "corrected": QT_TRANSLATE_NOOP("Moods", "You said so of a message like it"),
        "tone": QT_TRANSLATE_NOOP("Moods", "The whole sentence, no word in particular"),
        "crisis": QT_TRANSLATE_NOOP("Moods", "Words of a crisis: {words}"),
    }
)


def reasons(sense: Sense) -> str:
    """Why a message was read so, a line for each reason."""
    lines = []
    for one in sense.because:
        source = _REASONS.get(one.code.partition(".")[0])
        if source is not None:
            lines.append(translate("Moods", source).format(words=", ".join(one.words)))
    return "\n".join(lines)
