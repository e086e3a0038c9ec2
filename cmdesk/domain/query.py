"""Reads what somebody types into the search: words, phrases, and filters such as ``from:zoe state:awaiting before:2026-11``.

Whatever is typed is a question and never an error: what is no filter is a word. Names of filters and their values are
English or French, accents make no difference.
"""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from msgspec import Struct

from cmdesk.domain.answering import folded

_PIECE = re.compile(r'(?P<not>-)?(?:(?P<key>[^\W\d_]{2,12}):)?(?:"(?P<quoted>[^"]*)"?|(?P<bare>\S+))')
_KEYS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "from": "from", "de": "from", "author": "from", "client": "client", "state": "state", "etat": "state", "is": "state",
        "est": "state", "mood": "mood", "humeur": "mood", "kind": "kind", "genre": "kind", "before": "before",
        "avant": "before", "after": "after", "apres": "after", "since": "after", "depuis": "after", "on": "on", "le": "on",
        "has": "has", "avec": "has", "label": "label", "etiquette": "label", "account": "account", "compte": "account",
        "lang": "lang", "langue": "lang", "in": "in", "dans": "in",
    }
)  # fmt: skip
_STATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "awaiting": "awaiting", "attente": "awaiting", "en_attente": "awaiting", "in_hand": "in_hand", "en_main": "in_hand",
        "waiting_client": "waiting_client", "client": "waiting_client", "answered": "answered", "repondu": "answered",
        "set_aside": "set_aside", "ecarte": "set_aside", "snoozed": "snoozed", "reporte": "snoozed", "info": "info",
        "unread": "unread", "non_lu": "unread", "edited": "edited", "modifie": "edited", "deleted": "deleted",
        "supprime": "deleted", "public": "public", "direct": "direct", "prive": "direct", "private": "direct",
        "urgent": "urgent", "favourite": "favourite", "favori": "favourite",
    }
)  # fmt: skip
_MOODS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "angry": "angry", "colere": "angry", "fache": "angry", "sad": "sad", "triste": "sad", "disappointed": "disappointed",
        "decu": "disappointed", "happy": "happy", "content": "happy", "heureux": "happy", "neutral": "neutral",
        "neutre": "neutral", "complaint": "complaint", "plainte": "complaint", "praise": "praise", "compliment": "praise",
        "question": "question", "spam": "spam", "pourriel": "spam", "insult": "insult", "insulte": "insult",
        "crisis": "crisis", "crise": "crisis", "care": "care", "soin": "care",
    }
)  # fmt: skip
_KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "mention": "mention", "reply": "reply", "reponse": "reply", "direct": "direct", "quote": "quote", "citation": "quote",
        "follow": "follow", "abonnement": "follow", "like": "favourite", "favourite": "favourite", "boost": "boost",
        "partage": "boost",
    }
)  # fmt: skip
_HAS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "media": "media", "image": "media", "photo": "media", "link": "link", "lien": "link", "note": "note",
        "question": "question", "promise": "promise", "promesse": "promise", "label": "label", "etiquette": "label",
        "warning": "warning", "avertissement": "warning",
    }
)  # fmt: skip
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_AGO = re.compile(r"(\d{1,4})([djwsm])")


class SavedSearch(Struct, frozen=True):
    """A search kept as a list."""

    id: int
    name: str
    query: str


class Query(Struct, frozen=True):
    """What is looked for. Values of one filter are alternatives, filters and words must all hold.

    ``words`` is what is left for the full-text index; ``without`` are words that must not occur. Days are the client's own;
    ``before`` is the first day no longer in, ``after`` the first one in.
    """

    words: str = ""
    without: tuple[str, ...] = ()
    senders: tuple[str, ...] = ()
    clients: tuple[str, ...] = ()
    states: frozenset[str] = frozenset()
    flags: frozenset[str] = frozenset()  # unread, edited, deleted, public, direct, urgent, favourite
    moods: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    has: frozenset[str] = frozenset()
    labels: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    languages: frozenset[str] = frozenset()
    before: date | None = None
    after: date | None = None
    only: str = ""  # messages or posts
    unknown: tuple[str, ...] = ()  # filters whose value nobody understands: they hold nothing back

    @property
    def filtered(self) -> bool:
        """Whether anything but words (and the client) narrows it: then posts are not meant."""
        return self.only == "messages" or bool(
            self.senders or self.states or self.flags or self.moods or self.kinds or self.has or self.labels or self.accounts
            or self.languages or self.before or self.after or self.without
        )  # fmt: skip


_SET: Final[Mapping[str, tuple[str, Mapping[str, str]]]] = MappingProxyType(
    {"mood": ("moods", _MOODS), "kind": ("kinds", _KINDS), "has": ("has", _HAS)}
)
_FLAGS: Final = frozenset({"unread", "edited", "deleted", "public", "direct", "urgent", "favourite"})
_LISTS: Final[Mapping[str, str]] = MappingProxyType(
    {"from": "senders", "client": "clients", "label": "labels", "account": "accounts"}
)


def parse(text: str, today: date) -> Query:
    """Reads a question; ``today`` is the day of the client, for ``before:7d``."""
    reader = _Reader(today)
    position = 0
    plain = text.replace("“", '"').replace("”", '"').replace("«", '"').replace("»", '"')
    for match in _PIECE.finditer(plain):
        reader.take(match)
        position = match.end()
    return reader.query(plain[position:])


class _Reader:
    """Collects the pieces of a question."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._words: list[str] = []
        self._without: list[str] = []
        self._lists: dict[str, list[str]] = {}
        self._sets: dict[str, set[str]] = {}
        self._days: dict[str, date] = {}
        self._only = ""
        self._unknown: list[str] = []

    def take(self, match: re.Match[str]) -> None:
        value = match["quoted"] if match["quoted"] is not None else match["bare"]
        key = _KEYS.get(folded(match["key"] or ""))
        if key is None or not value:
            self._word(match)
        elif key in _LISTS:
            self._lists.setdefault(_LISTS[key], []).append(value.lstrip("@"))
        elif key == "lang":
            self._sets.setdefault("languages", set()).add(folded(value)[:2])
        elif key == "in":
            self._only = {"posts": "posts", "publications": "posts", "messages": "messages"}.get(folded(value), self._only)
        elif key in {"before", "after", "on"}:
            self._day(key, value, match[0])
        else:
            self._choice(key, value, match[0])

    def _word(self, match: re.Match[str]) -> None:
        if match["not"] and match["key"] is None and (match["bare"] or match["quoted"]):
            self._without.append(match["quoted"] if match["quoted"] is not None else match["bare"])
        else:
            self._words.append(match[0])

    def _choice(self, key: str, value: str, whole: str) -> None:
        name = folded(value).replace(" ", "_").replace("-", "_")
        if key == "state":
            found = _STATES.get(name)
            if found is None:
                self._unknown.append(whole)
            else:
                self._sets.setdefault("flags" if found in _FLAGS else "states", set()).add(found)
            return
        field, values = _SET[key]
        if name in values:
            self._sets.setdefault(field, set()).add(values[name])
        else:
            self._unknown.append(whole)

    def _day(self, key: str, value: str, whole: str) -> None:
        span = _span(folded(value), self._today)
        if span is None:
            self._unknown.append(whole)
            return
        first, end = span
        if key == "before":
            self._days["before"] = min(first, self._days.get("before", date.max))
        if key in {"after", "on"}:
            self._days["after"] = max(first, self._days.get("after", date.min))
        if key == "on":
            self._days["before"] = min(end, self._days.get("before", date.max))

    def query(self, rest: str) -> Query:
        sets = {name: frozenset(values) for name, values in self._sets.items()}
        lists = {name: tuple(dict.fromkeys(values)) for name, values in self._lists.items()}
        return Query(
            # A space at the end says that the last word is whole.
            words=" ".join(self._words) + (" " if self._words and rest else ""),
            without=tuple(self._without),
            before=self._days.get("before"),
            after=self._days.get("after"),
            only=self._only,
            unknown=tuple(self._unknown),
            **sets,  # type: ignore[arg-type]  # each under the name of its field
            **lists,  # type: ignore[arg-type]  # as above
        )


def _span(text: str, today: date) -> tuple[date, date] | None:
    """The days that a text names, half-open: a day, a month, a year, today, yesterday, or so many days, weeks, months ago."""
    one = timedelta(days=1)
    if text in {"today", "aujourd'hui", "aujourdhui"}:
        return today, today + one
    if text in {"yesterday", "hier"}:
        return today - one, today
    ago = _AGO.fullmatch(text)
    try:
        if ago is not None:
            days = int(ago[1]) * {"d": 1, "j": 1, "w": 7, "s": 7, "m": 30}.get(ago[2], 1)
            return today - days * one, today - (days - 1) * one
        match = _DAY.fullmatch(text)
        if match is None:
            return None
        year, month, day = int(match[1]), int(match[2] or 1), int(match[3] or 1)
        first = date(year, month, day)
        if match[3]:
            return first, first + one
        if match[2]:
            return first, date(year + month // 12, month % 12 + 1, 1)
        return first, date(year + 1, 1, 1)
    except (ValueError, OverflowError):
        return None
