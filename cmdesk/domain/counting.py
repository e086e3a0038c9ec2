"""Counts a text exactly as its network will, so that "it fits" is never a promise the server breaks.

Where two versions of a server may count differently, the larger count is taken.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

import regex

from cmdesk.domain._tlds import TLDS
from cmdesk.domain.limits import Count, Limits, Unit

# What may stand in a domain: no ASCII punctuation, no space, no control, no half-defined character.
_SPACES: Final = r"\u0009-\u000d\u0020\u0085\u00a0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_DIRECTIONS: Final = r"\u202a-\u202e\u061c\u200e\u200f\u2066-\u2069"
_PUNCTUATION: Final = r"!\"#$%&'()*+,\-./:;<=>?@\[\]^_`{|}~\\"
_LETTER: Final = rf"[^{_PUNCTUATION}{_SPACES}{_DIRECTIONS}\x00-\x1f\x7f\ufffe\ufeff\uffff]"
_BEFORE: Final = rf"(?<![A-Za-z0-9@＠$#＃{_DIRECTIONS}])"
_PATH: Final = rf"[^{_SPACES}{_DIRECTIONS}<>()?]"
_PATH_END: Final = rf"[^{_SPACES}{_DIRECTIONS}()?!*\"'「」<>;:=,.$%\[\]~&|@]"
_PARENS: Final = rf"\((?:{_PATH}++|{_PATH}*+\({_PATH}++\){_PATH}*+)\)"
_QUERY: Final = r"[a-z0-9!?*'();:&=+$/%#\[\]\-_.,~|@^\u00a0-\ud7ff\ue000-\ufdcf\ufdf0-\uffef\U00010000-\U0010fffd]"
_QUERY_END: Final = r"[a-z0-9_&=#/\-\u00a0-\ud7ff\ue000-\ufdcf\ufdf0-\uffef\U00010000-\U0010fffd]"

# The shape of an address as the twitter-text library finds it, with the schemes and paths Mastodon adds. The scheme is optional,
# because an address without one swallows what follows it, and then nothing in it is shortened. Labels and their number are
# bounded, and the tail is walked in one go, so that no text can make the search slow.
_START: Final = regex.compile(
    rf"{_BEFORE}(?P<scheme>(?:https?|dat|dweb|ipfs|ipns|ssb|gopher|gemini)://)?+(?={_LETTER})", regex.IGNORECASE
)
_LABELS: Final = regex.compile(rf"(?:{_LETTER}(?:[_\-]{{0,60}}{_LETTER}){{0,62}}+\.){{1,31}}+")
_ASCII_NAME: Final = regex.compile(r"xn--[0-9a-z\-]+|[0-9a-z]+", regex.IGNORECASE)
_PORT: Final = regex.compile(r":[0-9]+")
_LONGEST_FOREIGN: Final = max(len(name) for name in TLDS if not name.isascii())
_TAIL: Final = regex.compile(rf"/(?:{_PATH}++|{_PARENS})*+")
_TAIL_END: Final = regex.compile(rf"(?:{_PATH_END}|\))")
_ASKED: Final = regex.compile(rf"\?{_QUERY}*+", regex.IGNORECASE)
_ASKED_END: Final = regex.compile(_QUERY_END, regex.IGNORECASE)
_MENTION: Final = regex.compile(
    r"(?<![=/\w])(?P<short>@[A-Za-z0-9_]+(?:[.\-]+[A-Za-z0-9_]+)*)@[A-Za-z0-9]+(?:[.\-]+[A-Za-z0-9]+)*"
    r"(?![@＠_\u00c0-\u024f]|[.\-]*\w|://)"
)
# An address under a name that our list may not know: some servers know it and count it longer than it is.
_DOUBTFUL: Final = regex.compile(r"https?://[^\s/]+\.[^\s/.:]{2,}\S*", regex.IGNORECASE)
_CLUSTER: Final = regex.compile(r"\X")
# Letters and marks of western texts that never join with each other; whatever may join is looked at with its neighbours.
_ALONE: Final = r"\x00-\x0c\x0e-\u02ff\u2010-\u2027\u202f-\u203b\u203d-\u2048\u204a-\u205e\u20a0-\u20bf"
_MAY_JOIN: Final = re.compile(rf"(?:[^{_ALONE}]++[{_ALONE}]?+)++")
# The library's own shortener is read more strictly: letters and digits, at most 40.
_SHORTENED: Final = regex.compile(r"https?://t\.co(?:/[a-z0-9]{1,40}(?![a-z0-9])|/?(?![/a-z0-9]))", regex.IGNORECASE)
_LONGEST_URL: Final = 4096
#: Looking for addresses takes time that grows with the text; beyond this no network we know would take it anyway.
LONGEST: Final = 30_000


def count(text: str, limits: Limits, warning: str = "") -> Count:
    """A text (with its content warning where that counts) as the network counts it."""
    because: list[str] = []
    counted = _discounted(text, limits, because)
    if warning and limits.warning_counts:
        counted = _discounted(warning, limits, []) + counted if limits.url_weight is None else warning + counted
        because.append("warning")
    found = Count(count_plain(counted, limits.unit), limits.max_characters, limits.unit, tuple(because))
    if limits.max_bytes is None:
        return found
    size = count_plain(counted, Unit.BYTES)
    # Of two limits the one that the text comes nearer to is told: emoji of many people are few characters and many bytes.
    if size * found.limit <= found.count * limits.max_bytes:
        return found
    return Count(size, limits.max_bytes, Unit.BYTES, (*because, "bytes")) if size * 2 > limits.max_bytes else found


def count_plain(text: str, unit: Unit) -> int:
    """A text as typed, in a unit."""
    if unit is Unit.BYTES:
        return len(text.encode("utf-8", "surrogatepass"))
    return len(text) if unit is Unit.CODE_POINTS else graphemes(text)


def graphemes(text: str) -> int:
    """Extended grapheme clusters (UAX 29).

    Letters joined by a virama are counted apart, as Unicode before 15.1 did: servers of both ages exist.
    """
    joined = 0
    for match in _MAY_JOIN.finditer(text):
        # What stands before may be joined too; there is always a border between two letters that stand alone.
        run = text[max(0, match.start() - 1) : match.end()]
        joined += len(run) - sum(1 + _conjuncts(cluster) for cluster in _CLUSTER.findall(run))
    return len(text) - joined


def _conjuncts(cluster: str) -> int:
    """How many letters of a cluster follow a virama."""
    extra, after_virama = 0, False
    for character in cluster:
        if unicodedata.category(character) == "Lo":
            extra += after_virama
            after_virama = False
        elif unicodedata.combining(character) == 9:
            after_virama = True
    return extra


def urls(text: str) -> tuple[tuple[int, int], ...]:
    """Where addresses with http or https stand (half-open code point ranges), by the rules of the twitter-text library."""
    if "://" not in text:
        return ()
    found: list[tuple[int, int]] = []
    at, cut = 0, text[:LONGEST]
    while (match := _START.search(cut, at)) is not None:
        start = match.start()
        name_end = _domain_end(cut, match.end())
        if name_end is None:
            at = start + 1
            continue
        domain = cut[match.end() : name_end]
        port = _PORT.match(cut, name_end)
        at = end = _walk(cut, port.end() if port else name_end)
        if (match["scheme"] or "").lower() not in {"http://", "https://"} or not _is_domain(domain):
            continue
        if domain.lower() == "t.co":
            short = _SHORTENED.match(cut, start, end)
            if short is None:
                continue
            end = end if cut[short.end() : short.end() + 1] == "?" else short.end()
        if end - start <= _LONGEST_URL:
            found.append((start, end))
    return tuple(found)


def _domain_end(text: str, start: int) -> int | None:
    """Where the longest domain that begins here ends: the last of its dots that a known top-level name follows."""
    labels = _LABELS.match(text, start)
    if labels is None:
        return None
    dot = labels.end() - 1
    while dot > start:
        before = text.rfind(".", start, dot)
        end = _top_level_end(text, dot + 1)
        if end is not None and "_" not in text[max(before + 1, start) : dot]:
            return end
        dot = before
    return None


def _top_level_end(text: str, start: int) -> int | None:
    """Where a top-level name that begins here ends, unless what follows makes it another word."""
    match = _ASCII_NAME.match(text, start)
    if match is not None:
        name, end = match.group().lower(), match.end()
        known = name in TLDS or name.startswith("xn--")
        return end if known and text[end : end + 1] not in {"@", "+", "-"} else None
    for length in range(_LONGEST_FOREIGN, 0, -1):
        follows = text[start + length : start + length + 1]
        if text[start : start + length] in TLDS and not (follows.isascii() and (follows.isalnum() or follows in set("@+-"))):
            return start + length
    return None


def _walk(text: str, at: int) -> int:
    """Where the path and the query after a domain end: as far as they go, back to the last character that may end them."""
    for whole, last in ((_TAIL, _TAIL_END), (_ASKED, _ASKED_END)):
        match = whole.match(text, at)
        if match is None:
            continue
        end = match.end()
        while end > at + 1 and last.match(text[end - 1]) is None:
            end -= 1
        # A lone slash ends a path; a lone question mark is punctuation.
        at = end if end > at + 1 or whole is _TAIL else at
    return at


def _is_domain(name: str) -> bool:
    """Whether a name can be a domain at all: labels up to 63 letters once written in ASCII (IDNA 2003, as the library does)."""
    try:
        return len(name.encode("idna")) <= 253
    except UnicodeError:
        return False


def _discounted(text: str, limits: Limits, because: list[str]) -> str:
    """The text with addresses at their weight and remote mentions at their short form."""
    entities: list[tuple[int, int, str, str]] = []
    if limits.url_weight is not None:
        placeholder = "x" * limits.url_weight
        entities += [(start, end, placeholder, "urls") for start, end in urls(text)]
    if limits.short_mentions and "@" in text:
        entities += [(*match.span(), match["short"], "mentions") for match in _MENTION.finditer(text)]
    pieces: list[str] = []
    at = 0
    for start, end, instead, reason in sorted(entities):
        if start < at:
            continue  # of two that overlap the first is meant
        pieces += [_strict(text[at:start], limits), instead]
        at = end
        if reason not in because:
            because.append(reason)
    pieces.append(_strict(text[at:], limits))
    return "".join(pieces)


def _strict(text: str, limits: Limits) -> str:
    """Text between entities, with doubtful short addresses filled up to the weight they may be given."""
    if limits.url_weight is None or "://" not in text:
        return text
    weight = limits.url_weight
    return _DOUBTFUL.sub(lambda match: match.group() + "x" * max(0, weight - len(match.group())), text)
