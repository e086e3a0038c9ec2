"""Counts a text exactly as its network will, so that "it fits" is never a promise the server breaks.

Where two versions of a server may count differently, the larger count is taken.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Final

from cmdesk.domain._tlds import TLDS
from cmdesk.domain.clusters import graphemes
from cmdesk.domain.limits import Count, Limits, Unit
from cmdesk.domain.weighing import escaped, in_emoji_bytes, weighted

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
# Python's possessive groups (in 3.11 before 3.11.5) may miss a match, so only single characters are taken that way.
_SCHEME: Final = r"(?:https?|dat|dweb|ipfs|ipns|ssb|gopher|gemini)://"
_START: Final = re.compile(rf"{_BEFORE}(?:(?P<scheme>{_SCHEME})|(?!{_SCHEME}))(?={_LETTER})", re.IGNORECASE)
_START_OF_X: Final = re.compile(rf"(?<![A-Za-z0-9@＠$#＃])(?:(?P<scheme>https?://)|(?!https?://))(?={_LETTER})", re.IGNORECASE)
_LABEL: Final = re.compile(rf"{_LETTER}(?:[_\-]{{0,60}}{_LETTER}){{0,62}}")
_MOST_LABELS: Final = 31
_ASCII_NAME: Final = re.compile(r"xn--[0-9a-z\-]+|[0-9a-z]+", re.IGNORECASE)
_PORT: Final = re.compile(r":[0-9]+")
_LONGEST_FOREIGN: Final = max(len(name) for name in TLDS if not name.isascii())
_TAIL_PIECE: Final = re.compile(rf"{_PATH}++|{_PARENS}")
_TAIL_END: Final = re.compile(rf"(?:{_PATH_END}|\))")
_ASKED: Final = re.compile(rf"\?{_QUERY}*+", re.IGNORECASE)
_ASKED_END: Final = re.compile(_QUERY_END, re.IGNORECASE)
_MENTION: Final = re.compile(
    r"(?<![=/\w])(?P<short>@[A-Za-z0-9_]+(?:[.\-]+[A-Za-z0-9_]+)*)@[A-Za-z0-9]+(?:[.\-]+[A-Za-z0-9]+)*"
    r"(?![@＠_\u00c0-\u024f]|[.\-]*\w|://)"
)
# An address under a name that our list may not know: some servers know it and count it longer than it is.
_DOUBTFUL: Final = re.compile(r"https?://[^\s/]+\.[^\s/.:]{2,}\S*", re.IGNORECASE)
# The library's own shortener is read more strictly: letters and digits, at most 40.
_SHORTENED: Final = re.compile(r"https?://t\.co(?:/[a-z0-9]{1,40}(?![a-z0-9])|/?(?![/a-z0-9]))", re.IGNORECASE)
#: Names of domains as X takes them without a scheme: ASCII and Latin letters with accents (twitter-text, validAsciiDomain).
_LATIN: Final = (
    r"a-z0-9\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0253\u0254\u0256\u0257\u0259\u025b\u0263\u0268\u026f\u0272\u0289"
    r"\u028b\u02bb\u0300-\u036f\u1e00-\u1eff"
)
_LATIN_LABELS: Final = re.compile(rf"(?:[\-_{_LATIN}]{{1,63}}\.)+", re.IGNORECASE)
_NOT_IN_PATH_OF_X: Final = re.compile(rf"[^{_LATIN}\u0400-\u04ff!*';:=+,.$/%#\[\]\-\u2013~@|&_()?]", re.IGNORECASE)
_LONGEST_URL: Final = 4096
_COUNTERS: Final[Mapping[Unit, Callable[[str], int]]] = {
    Unit.CODE_POINTS: len,
    Unit.GRAPHEMES: graphemes,
    Unit.WEIGHTED: weighted,
    Unit.EMOJI_BYTES: in_emoji_bytes,
    Unit.ESCAPED: escaped,
}
#: Looking for addresses takes time that grows with the text; beyond this no network we know would take it anyway.
LONGEST: Final = 30_000


def count(text: str, limits: Limits, warning: str = "") -> Count:
    """A text (with its content warning where that counts) as the network counts it."""
    because: list[str] = []
    if limits.unit is Unit.WEIGHTED:
        text = unicodedata.normalize("NFC", text)
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
    if unit is Unit.UTF16:
        return len(text) + sum(letter > "\uffff" for letter in text)
    return _COUNTERS[unit](text)


def urls(text: str, *, bare: bool = False) -> tuple[tuple[int, int], ...]:
    """Where addresses with http or https stand (half-open code point ranges), by the rules of the twitter-text library.

    ``bare`` finds those without a scheme too, as X does: a domain in Latin letters under a known top-level name.
    """
    if "://" not in text and not (bare and "." in text):
        return ()
    found: list[tuple[int, int]] = []
    at, cut = 0, text[:LONGEST]
    starts = _START_OF_X if bare else _START
    while (match := starts.search(cut, at)) is not None:
        start = match.start()
        # The character before an address belongs to the one before it, when that ends there; then it is the next that counts.
        open_at = start + 1 if bare and found and found[-1][1] == start else start
        name_end = _domain_end(cut, match.end())
        if name_end is None:
            at = start + 1
            continue
        domain = cut[match.end() : name_end]
        port = _PORT.match(cut, name_end)
        named = port.end() if port else name_end
        at = end = _walk(cut, named)
        if bare:
            at = end = _path_of_x(cut, named, end)
            if not match["scheme"]:
                found += _bare(cut, open_at, name_end, end)
                continue
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


def _path_of_x(text: str, start: int, end: int) -> int:
    """How much of a path X takes: Latin and Cyrillic letters only, so that words of Chinese or Korean may follow at once."""
    beyond = _NOT_IN_PATH_OF_X.search(text, start, end)
    if beyond is None:
        return end
    return _back(text, start, beyond.start(), _TAIL_END) if beyond.start() > start else start


def _bare(text: str, start: int, name_end: int, end: int) -> list[tuple[int, int]]:
    """The domains in Latin letters in a name without a scheme; the last of them goes on to the end of its path."""
    if text[start - 1 : start] in {"-", "_", ".", "/"} and start:
        return []
    found: list[tuple[int, int]] = []
    for match in _LATIN_LABELS.finditer(text, start, name_end):
        dot = match.end()
        while dot > match.start():
            last = _top_level_end(text, dot)
            if last is not None and last <= name_end:
                found.append((match.start(), last))
                break
            dot = text.rfind(".", match.start(), dot - 1) + 1
    if found and found[-1][1] == name_end and end > name_end:
        found[-1] = (found[-1][0], end)
    return found


def _domain_end(text: str, start: int) -> int | None:
    """Where the longest domain that begins here ends: the last of its dots that a known top-level name follows."""
    dot = at = start
    for _ in range(_MOST_LABELS):
        label = _LABEL.match(text, at)
        if label is None or not text.startswith(".", label.end()):
            break
        dot, at = label.end(), label.end() + 1
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
    if text.startswith("/", at):
        end = at + 1
        while (piece := _TAIL_PIECE.match(text, end)) is not None:
            end = piece.end()
        at = _back(text, at, end, _TAIL_END)  # a lone slash ends a path
    asked = _ASKED.match(text, at)
    if asked is not None:
        end = _back(text, at, asked.end(), _ASKED_END)
        at = end if end > at + 1 else at  # a lone question mark is punctuation
    return at


def _back(text: str, start: int, end: int, last: re.Pattern[str]) -> int:
    """Back from ``end`` to behind the last character that may end it, but not before the first one."""
    while end > start + 1 and last.match(text[end - 1]) is None:
        end -= 1
    return end


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
        entities += [(start, end, placeholder, "urls") for start, end in urls(text, bare=limits.bare_urls)]
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
    if limits.url_weight is None or limits.unit is not Unit.GRAPHEMES or "://" not in text:
        return text
    weight = limits.url_weight
    return _DOUBTFUL.sub(lambda match: match.group() + "x" * max(0, weight - len(match.group())), text)
