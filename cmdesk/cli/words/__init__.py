"""The sentences of the command line in both languages, found by key."""

import os
import re
from collections.abc import Mapping
from datetime import datetime

from cmdesk.cli.text import one_line
from cmdesk.cli.words.en import EN
from cmdesk.cli.words.en_calendar import EN_CALENDAR
from cmdesk.cli.words.en_help import EN_HELP
from cmdesk.cli.words.fr import FR
from cmdesk.cli.words.fr_calendar import FR_CALENDAR
from cmdesk.cli.words.fr_help import FR_HELP
from cmdesk.domain.errors import CmdeskError, Param
from cmdesk.domain.limits import Problem

#: The locales the command line speaks; the French of both sides of the ocean shares one table.
LOCALES = ("fr-CA", "fr-FR", "en-CA")

_TABLES: Mapping[str, Mapping[str, str]] = {"fr": {**FR, **FR_CALENDAR, **FR_HELP}, "en": {**EN, **EN_CALENDAR, **EN_HELP}}
_LONGEST_SHOWN = 600
_HIDDEN = re.compile(r"token|secret|password|passphrase|authorization|cookie|verifier")


def locale_of(environ: Mapping[str, str]) -> str:
    """The locale that the environment asks for (``LC_ALL``, ``LC_MESSAGES``, ``LANG``); English when it names none of ours."""
    asked = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "")
    tag = asked.split(".")[0].split("@")[0].replace("_", "-")
    if tag in LOCALES:
        return tag
    return "fr-CA" if tag.split("-")[0] == "fr" else "en-CA"


class Words:
    """The sentences of one locale."""

    def __init__(self, locale: str | None = None) -> None:
        self.locale = locale or locale_of(os.environ)
        self._table = _TABLES[self.locale.split("-", maxsplit=1)[0]]

    def __call__(self, key: str, **params: object) -> str:
        """The sentence of a key (which must exist) with its places filled; whatever fills them stays on one line."""
        return self._table[key].format_map(_Shown({name: _shown(value) for name, value in params.items()}))

    def has(self, key: str) -> bool:
        return key in self._table

    def counted(self, key: str, number: int, **params: object) -> str:
        """The sentence for a number: ``key.one`` or ``key.many``; in French nothing counts like one, in English like many."""
        one = number == 1 or (number == 0 and self.locale.startswith("fr"))
        return self(f"{key}.{'one' if one else 'many'}", number=number, **params)

    def problem(self, problem: CmdeskError) -> str:
        """The sentence of a failure: the most precise one there is for its code, field and reason."""
        params = visible(problem.params)
        field, reason = params.get("field", params.get("what")), params.get("reason", params.get("from_state"))
        code = f"error.{problem.code}"
        keys = (f"{code}.{field}.{reason}", f"{code}.{field}", f"{code}.{reason}", code)
        key = next((one for one in keys if self.has(one)), "error.other")
        return self(key, **{"code": problem.code, **params, **self._states(params)})

    def _states(self, params: Mapping[str, Param]) -> dict[str, str]:
        """States by the words that people know them by."""
        named = {name: f"state.{params[name]}" for name in ("from_state", "to_state") if name in params}
        return {name: self(key) for name, key in named.items() if self.has(key)}

    def draft_problem(self, problem: Problem) -> str:
        """The sentence of something wrong in a draft, or of what a network said about a delivery."""
        key = next((one for one in (f"problem.{problem.code}", f"error.{problem.code}") if self.has(one)), "problem.other")
        params = dict(problem.params)
        if self.has(reason := f"reason.{params.get('reason')}"):
            params["reason"] = self(reason)
        return self(key, **{"code": problem.code, **params})

    def size(self, size: int) -> str:
        """A number of bytes as people read it."""
        unit, number = ("giga", size / 1e9) if size >= 1e9 else ("mega", size / 1e6)
        text = f"{number:.1f}"
        return self(f"size.{unit}", number=text.replace(".", ",") if self.locale.startswith("fr") else text)


def visible(params: Mapping[str, Param]) -> dict[str, Param]:
    """The parameters of a failure without any that could hold a secret."""
    return {name: value for name, value in params.items() if not _HIDDEN.search(name.lower())}


class _Shown(dict[str, str]):
    """Values for the places of a sentence; a place that nobody filled is shown as a dash, not as a failure."""

    def __missing__(self, key: str) -> str:
        return "–"


def _shown(value: object) -> str:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M UTC")
    if isinstance(value, tuple | list):
        return ", ".join(_shown(one) for one in value)
    text = one_line(str(value))
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…"
