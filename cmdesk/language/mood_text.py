"""Turns a message into what the mood layers read: plain words without short spellings and signs, pieces of words, a shape."""

from __future__ import annotations

import re
import tomllib
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Final

from msgspec import Struct

from cmdesk import resources

#: How many places the pieces of words are spread over.
BUCKETS: Final = 1 << 15
_SHORTEST, _LONGEST = 2, 5
#: What comes after is read by nobody in a first look, and would only cost time.
_MOST: Final = 1200

_LINK: Final = re.compile(
    r"https?://\S+|www\.\S+|\b(?:wa\.me|bit\.ly|t\.me|tinyurl\.com)/\S+"
    r"|\b[\w.-]+\.(?:ly|top|info|net|com|shop|xyz|site|online|club|io|ru|biz)\b(?:/\S*)?",
    re.IGNORECASE,
)
_ADDRESS: Final = re.compile(r"@[\w.-]+")
_TONES: Final = re.compile("[\U0001f3fb-\U0001f3ff\u200d\u2640\u2642\ufe0f]")
_TOKEN: Final = re.compile(r"[\w*'-]+|[^\w\s]|\s+")
_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|[!?]+|[^\w\s]")
_LONG: Final = re.compile(r"(.)\1{2,}")
_BLANK: Final = re.compile(r"\s+")


class Tables(Struct, frozen=True):
    """Signs and short spellings as words; per topic the patterns of a crisis; words that nobody would name as a reason."""

    signs: Mapping[str, str]
    short: Mapping[str, str]
    crisis: tuple[tuple[str, re.Pattern[str]], ...]
    little: frozenset[str]


@cache
def tables() -> Tables:
    """The tables of the resources, read once."""
    facts = tomllib.loads(resources.path("language", "mood", "words.toml").read_text("utf-8"))
    signs = {_TONES.sub("", sign): word for word, listed in facts["signs"].items() for sign in listed.split()}
    crisis = tuple((topic, re.compile("|".join(f"(?:{one})" for one in listed))) for topic, listed in facts["crisis"].items())
    return Tables(
        {sign: word for sign, word in signs.items() if len(sign) == 1}, facts["short"], crisis, frozenset(facts["little"].split())
    )


def plain(text: str) -> str:
    """A message in plain small letters: links and handles as such, signs and short spellings as the words they stand for."""
    known = tables()
    text = _ADDRESS.sub("@name", _LINK.sub(" http link ", text[:_MOST]))
    text = _TONES.sub("", text).replace("’", "'")
    if any(sign in text for sign in known.signs):
        text = "".join(f" {known.signs[one]}. " if one in known.signs else one for one in text)
    words = (known.short.get(token, token) for token in _TOKEN.findall(text.lower()))
    return _BLANK.sub(" ", _LONG.sub(r"\1\1", "".join(words))).strip() or "."


def bare(text: str) -> str:
    """A text without capitals and accents, each character in its place."""
    return "".join(unicodedata.normalize("NFKD", one)[0] for one in text.replace("’", "'").lower())


def words(text: str) -> list[str]:
    """The words of a text, with runs of marks and signs as words of their own."""
    return _WORD.findall(text)


def pieces(word: str) -> Iterator[int]:
    """The places of a word's pieces: its runs of two to five letters, with its ends."""
    padded = f" {word} "
    length = len(padded)
    for size in range(_SHORTEST, min(_LONGEST, length) + 1):
        for start in range(length - size + 1):
            yield zlib.crc32(padded[start : start + size].encode()) % BUCKETS


def counted(listed: Iterable[str]) -> dict[int, int]:
    """How often each place is met in these words; pairs of neighbours count as well."""
    found: dict[int, int] = {}
    last = "^"
    for word in listed:
        for place in pieces(word):
            found[place] = found.get(place, 0) + 1
        pair = zlib.crc32(f"{last}\t{word}".encode()) % BUCKETS
        found[pair] = found.get(pair, 0) + 1
        last = word
    return found


#: What the shape of a message is made of, in this order.
SHAPE: Final = (
    "words", "one_word", "capitals", "exclamations", "questions", "ends_in_question", "dots", "link", "handle", "money",
    "digits", "quotes", "love", "great", "happy", "sad", "angry", "disappointed", "clown", "smiley", "frown", "hashtag",
    "no_letters",
)  # fmt: skip
_SMILEY: Final = re.compile(r"(?<!\w)[:;=]-?[)D]|<3|\^\^|(?<!\w)xd\b", re.IGNORECASE)
_FROWN: Final = re.compile(r"(?<!\w)[:=]'?-?[(/|\\]|(?<!\w):'\(")
_MONEY: Final = re.compile(r"\d\s?(?:[$€£]|dollars|piasses|balles|euros)|[$€£]\s?\d", re.IGNORECASE)
_DOTS: Final = re.compile(r"\.\.|…")
_QUOTED: Final = re.compile(r"[«“\"][^»”\"]{2,40}[»”\"]")


def shape(text: str) -> list[float]:
    """What a reader sees before reading, each between 0 and 1."""
    text = text[:_MOST]
    letters = [one for one in text if one.isalpha()]
    shouted = [word for word in re.findall(r"[^\W\d_]{3,}", text) if word.isupper()]
    known = tables().signs
    signs = [known[one] for one in _TONES.sub("", text) if one in known]
    size = len(text.split())
    return [
        min(size, 60) / 60,
        float(size <= 2),
        min(len(shouted), 4) / 4,
        min(text.count("!"), 4) / 4,
        min(text.count("?"), 3) / 3,
        float(text.rstrip().endswith("?")),
        float(bool(_DOTS.search(text))),
        float(bool(_LINK.search(text))),
        float(bool(_ADDRESS.search(text))),
        float(bool(_MONEY.search(text))),
        float(any(one.isdigit() for one in text)),
        float(bool(_QUOTED.search(text))),
        *(min(signs.count(name), 3) / 3 for name in ("love", "great", "happy", "sad", "angry", "disappointed", "clown")),
        float(bool(_SMILEY.search(text))),
        float(bool(_FROWN.search(text))),
        float("#" in text),
        float(not letters),
    ]


def crisis_cues(text: str) -> list[tuple[str, str]]:
    """The words of a crisis in a text: topic and the words as they stand there."""
    text = text[:_MOST]
    low = bare(text)
    found = []
    for topic, pattern in tables().crisis:
        if match := pattern.search(low):
            start, end = match.span()
            while start > 0 and low[start - 1].isalnum():
                start -= 1
            while end < len(low) and low[end].isalnum():
                end += 1
            found.append((topic, text[start:end].strip()))
    return found
