"""Holds a text against one client's own wishes: words to avoid, glossary, voice. All of it is counted, nothing guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from cmdesk.domain.language import Address, Finding, Profile, Severity
from cmdesk.language.explaining import explained
from cmdesk.language.masks import EMOJI, HASHTAG
from cmdesk.language.patterns import cased

_APOSTROPHE: Final = re.compile("['’]")
_SENTENCE: Final = re.compile(r"[^.!?…\n]+")
_WORD: Final = re.compile(r"[^\W_]+(?:[’'\-][^\W_]+)*")
_TU: Final = re.compile(r"\b(?:tu|toi|ton|tes|t['’](?=\w))(?!\w)", re.IGNORECASE)
_VOUS: Final = re.compile(r"\b(?:vous|votre|vos)\b", re.IGNORECASE)
#: "ton" is a noun, too; alone it proves nothing.
_SURELY_TU: Final = re.compile(r"\b(?:tu|toi|tes|t['’](?=\w))(?!\w)", re.IGNORECASE)


def check(text: str, masked: str, profile: Profile) -> list[Finding]:
    """What goes against the client's wishes, hashtags included: a word to avoid is one behind a # as well."""
    found = [*_forbidden(text, profile), *_glossary(text, profile), *_voice(text, masked, profile)]
    if profile.language == "fr":
        found += _address(masked, profile)
    return found


@lru_cache(512)
def _whole(word: str) -> re.Pattern[str]:
    """A word or a phrase as it stands in a text: whole, in any case, with any apostrophe and any space."""
    parts = [_APOSTROPHE.sub("['’]", re.escape(part)) for part in word.split()]
    return re.compile(r"(?<!\w)" + r"\s+".join(parts) + r"(?!\w)", re.IGNORECASE)


def _forbidden(text: str, profile: Profile) -> Iterator[Finding]:
    for word in profile.forbidden:
        for match in _whole(word).finditer(text) if word.strip() else ():
            message = explained("forbidden", profile.tongue, word=match[0])
            yield Finding(*match.span(), "client.forbidden", "glossary", Severity.BLOCK, message)


def _glossary(text: str, profile: Profile) -> Iterator[Finding]:
    for term in profile.glossary:
        for match in _whole(term.avoid).finditer(text) if term.avoid.strip() else ():
            if term.say and any(one.start() <= match.start() < one.end() for one in _whole(term.say).finditer(text)):
                continue  # what is said holds what is not said: "carte-cadeau" and "carte"
            key = "glossary_say" if term.say else "glossary_avoid"
            message = explained(key, profile.tongue, word=match[0], say=term.say)
            fixes = (cased(term.say, match[0]),) if term.say else ()
            told = f"{message} {term.because}".strip()
            yield Finding(*match.span(), "client.glossary", "glossary", Severity.WARN, told, fixes)


def _address(masked: str, profile: Profile) -> Iterator[Finding]:
    wanted = profile.voice.address
    if wanted is Address.VOUS and _SURELY_TU.search(masked):
        for match in _TU.finditer(masked):
            yield _voiced(match.span(), "vous", profile, Severity.WARN)
    elif wanted is Address.TU and not re.search(r"\bvous\s+(?:tous|toutes|deux|autres)\b", masked, re.IGNORECASE):
        for match in _VOUS.finditer(masked):
            yield _voiced(match.span(), "tu", profile, Severity.WARN)


def _voice(text: str, masked: str, profile: Profile) -> Iterator[Finding]:
    voice = profile.voice
    for most, places, key in (
        (voice.most_exclamations, list(re.finditer(r"!", masked)), "exclamations"),
        (voice.most_emoji, list(EMOJI.finditer(text)), "emoji"),
        (voice.most_hashtags, list(HASHTAG.finditer(text)), "hashtags"),
    ):
        if most is not None and len(places) > most:
            yield _voiced(places[most].span(), key, profile, Severity.HINT, most=most, count=len(places))
    if voice.longest_sentence is not None:
        for sentence in _SENTENCE.finditer(masked):
            count = len(_WORD.findall(sentence[0]))
            if count > voice.longest_sentence:
                start = sentence.start() + len(sentence[0]) - len(sentence[0].lstrip())
                span = (start, sentence.start() + len(sentence[0].rstrip()))
                yield _voiced(span, "sentence", profile, Severity.HINT, most=voice.longest_sentence, count=count)


def _voiced(span: tuple[int, int], key: str, profile: Profile, severity: Severity, **numbers: int) -> Finding:
    words = {name: str(number) for name, number in numbers.items()}
    return Finding(*span, f"client.voice-{key}", "voice", severity, explained(f"voice_{key}", profile.tongue, **words))
