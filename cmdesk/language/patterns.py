"""Reads the rules that are data (resources/language/<language>/*.toml) and looks for them in a text.

A file is a list of ``[[rule]]`` tables, after which nothing else stands; before the first one it may hold ``[lists]``. Keys:

``id``, ``family``, ``severity``   as in a finding
``locales``      the locales it holds for; left out: all of the language
``pattern``      Python ``re`` on the masked text, where ’ is read as ' and a no-break space as a space (unless ``exact = true``);
                 a group named ``at``, ``at1`` … is the range when present. ``<<name>>`` stands for the words of that list
``unless``       no finding when this is found in the same sentence
``unless_before`` / ``unless_after``  no finding when this matches right up to the match / right from its end
``only_before``  only when this matches right up to the match
``table``        instead of a pattern, as ``[rule.table]`` at the rule's end: wrong whole words and what is right ("" for: no
                 proposal; several in a list); the longest of those that begin at a word counts
``fixes``        templates: ``\\g<name>``; a group named like a list gives the list's value. The case of the range is kept
``keep_case``    false: a proposal stays as it is written
``explain``      { fr = "…", en = "…" }
``source``       who says so
``found`` / ``right``  at least four sentences each that must raise this rule, and that must not

Lists are words (``names = ["a", "b"]``) or words with a value (``past = { went = "go" }``); all files of a language share them.
A rule with neither pattern nor table belongs to a checker in Python, which asks ``fact`` for its words.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from cmdesk import resources
from cmdesk.domain.language import Finding, Profile, Severity
from cmdesk.language.cues import cues

_PLAIN: Final[Mapping[int, str]] = {0x2019: "'", 0x02BC: "'", 0xA0: " ", 0x202F: " ", 0x2011: "-"}
_RULE: Final = re.compile(r"^\[\[rule\]\][ \t]*$", re.MULTILINE)
_ID: Final = re.compile(r'^id\s*=\s*"([^"]+)"', re.MULTILINE)
_PATTERN: Final = re.compile(r"^pattern\s*=\s*(?:'''(.*?)'''|'([^'\n]*)')\s*$", re.MULTILINE | re.DOTALL)
_LIST: Final = re.compile(r"<<(\w+)>>")
_AT: Final = re.compile(r"at\d?")
_GROUP: Final = re.compile(r"\\g<(\w+)>")
_WORD: Final = re.compile(r"\w+(?:['-]\w+)*")
#: What French hangs on a word with an apostrophe; the word behind it is looked up too.
_ELIDED: Final = re.compile(r"(?:[ldjmtsnc]|qu|jusqu|lorsqu|puisqu)'(?=\w{3})")
_SENTENCE: Final = re.compile(r"[.!?…]+(?=\s|$)|\n+")

Words = Mapping[str, str]


class BadRule(ValueError):
    """A rule's file says something that can't be understood; ``args[0]`` tells what and where."""


class Fact(Struct, frozen=True):
    """What a rule says of itself. ``locales`` empty: all of its language."""

    id: str
    family: str
    severity: Severity
    explain: dict[str, str]
    source: str
    locales: tuple[str, ...] = ()
    fixes: tuple[str, ...] = ()
    found: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    keep_case: bool = True
    table: Mapping[str, tuple[str, ...]] = {}

    def message(self, tongue: str) -> str:
        """The explanation in a tongue, in English where it has none in it."""
        return self.explain.get(tongue) or self.explain["en"]


class _Compiled(Struct, frozen=True):
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    unless_before: re.Pattern[str] | None
    unless_after: re.Pattern[str] | None
    only_before: re.Pattern[str] | None


class _Rule:
    """One rule as it lies in its file; it is parsed and compiled when a text first has its cues."""

    def __init__(self, source: str, where: str, lists: Mapping[str, Words], alternatives: Mapping[str, str]) -> None:
        self._source = source
        self._where = where
        self._lists = lists
        self._alternatives = alternatives
        self._told: dict[str, Any] | None = None
        self._fact: Fact | None = None
        self._compiled: _Compiled | None = None
        named = _ID.search(source)
        if named is None:
            raise BadRule(f"{where}: a rule without an id")
        self.id = named[1]
        pattern = _PATTERN.search(source)
        self.pattern: str | None
        if pattern is not None:
            self.pattern = self._filled(pattern[1] if pattern[1] is not None else pattern[2])
        else:
            told = self._read().get("pattern")
            self.pattern = self._filled(told) if told is not None else None
        self._cues: tuple[str, ...] | None = None

    @property
    def cues(self) -> tuple[str, ...]:
        """Letters one of which a text must have for this rule to be tried; none: it always is."""
        if self._cues is None:
            self._cues = cues(self.pattern) if self.pattern is not None else ()
        return self._cues

    def _read(self) -> dict[str, Any]:
        if self._told is None:
            try:
                self._told = tomllib.loads(f"[[rule]]\n{self._source}")["rule"][0]
            except tomllib.TOMLDecodeError as problem:
                raise BadRule(f"{self._where}: {problem} in\n{self._source}") from problem
        return self._told

    def _filled(self, pattern: str) -> str:
        def words(name: re.Match[str]) -> str:
            if name[1] not in self._alternatives:
                raise BadRule(f"{self._where}: {self.id} names the list {name[1]}, which nobody has written")
            return self._alternatives[name[1]]

        return _LIST.sub(words, pattern)

    @property
    def fact(self) -> Fact:
        if self._fact is None:
            told = self._read()
            try:
                self._fact = Fact(
                    id=told["id"],
                    family=told["family"],
                    severity=Severity(told["severity"]),
                    explain=told["explain"],
                    source=told["source"],
                    locales=tuple(told.get("locales", ())),
                    fixes=tuple(told.get("fixes", ())),
                    found=tuple(told.get("found", ())),
                    right=tuple(told.get("right", ())),
                    keep_case=told.get("keep_case", True),
                    table={wrong: _several(right) for wrong, right in told.get("table", {}).items()},
                )
            except (KeyError, ValueError) as problem:
                raise BadRule(f"{self._where}: {self.id}: {problem!r}") from problem
        return self._fact

    @property
    def compiled(self) -> _Compiled:
        if self._compiled is None:
            told = self._read()

            def part(key: str, form: str) -> re.Pattern[str] | None:
                return re.compile(form.format(self._filled(told[key]))) if key in told else None

            try:
                self._compiled = _Compiled(
                    pattern=re.compile(self.pattern or ""),
                    unless=part("unless", "(?i:{})"),
                    unless_before=part("unless_before", r"(?i:{})\Z"),
                    unless_after=part("unless_after", "(?i:{})"),
                    only_before=part("only_before", r"(?i:{})\Z"),
                )
            except re.error as problem:
                raise BadRule(f"{self._where}: {self.id}: {problem}") from problem
        return self._compiled

    @property
    def exact(self) -> bool:
        return bool(self._read().get("exact", False))

    def fixes(self, found: re.Match[str]) -> list[str]:
        def value(group: re.Match[str]) -> str:
            name = group[1]
            caught = found[int(name)] if name.isdigit() else found[name]
            values = self._lists.get(name)
            if caught is None:
                return ""
            return (values.get(caught.lower()) if values is not None else None) or caught

        filled = [(template, _GROUP.sub(value, template)) for template in self.fact.fixes]
        # A template whose groups all stayed empty has nothing to propose; one that is empty proposes to leave the words out.
        return [fix for template, fix in filled if fix or not template]


class Patterns:
    """The rules of one language, read from its folder; calling it with a text looks for all of them. Not for several threads."""

    def __init__(self, language: str, folder: Path | None = None) -> None:
        lists: dict[str, Words] = {}
        files = sorted((folder or resources.path("language", language)).glob("*.toml"))
        parts: list[tuple[str, str]] = []
        for file in files:
            head, *rules = _RULE.split(file.read_text("utf-8"))
            if "[lists" in head:
                lists.update({name: _values(words) for name, words in tomllib.loads(head).get("lists", {}).items()})
            parts += [(rule, file.name) for rule in rules]
        alternatives = {name: _alternation(words) for name, words in lists.items()}
        self._rules = [_Rule(source, where, lists, alternatives) for source, where in parts]
        self._by_id = {rule.id: rule for rule in self._rules}
        if len(self._by_id) < len(self._rules):
            told: set[str] = set()
            twice = [rule.id for rule in self._rules if rule.id in told or told.add(rule.id)]  # type: ignore[func-returns-value]  # add() gives None, which reads as no
            raise BadRule(f"told twice: {', '.join(twice)}")
        self._patterns = [rule for rule in self._rules if rule.pattern is not None]
        self._tables: dict[str, list[tuple[tuple[str, ...], _Rule, tuple[str, ...]]]] | None = None

    def __call__(self, text: str, masked: str, profile: Profile) -> list[Finding]:
        return self.check(text, masked, profile)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What every rule says of itself, in the order of the files."""
        return tuple(rule.fact for rule in self._rules)

    def fact(self, rule: str) -> Fact:
        """What a rule says of itself; KeyError for one that is in no file."""
        return self._by_id[rule].fact

    def is_data(self, rule: str) -> bool:
        """Whether a rule is looked for here, and not by a checker in Python that only keeps its words in a file."""
        return self._by_id[rule].pattern is not None or bool(self._by_id[rule].fact.table)

    def check(self, text: str, masked: str, profile: Profile) -> list[Finding]:
        """The findings of all rules in the order of the text. ``masked`` has the text's length; nothing is found over a mask."""
        plain = masked.translate(_PLAIN)
        lowered = plain.lower()
        found: list[Finding] = []
        for rule in self._patterns:
            if rule.cues and not any(cue in lowered for cue in rule.cues):
                continue
            if _holds(rule.fact, profile):
                found += self._matches(rule, text, masked, masked if rule.exact else plain, profile)
        found += self._words(text, masked, plain, profile)
        return sorted(found, key=lambda finding: (finding.start, finding.end, finding.rule))

    def _matches(self, rule: _Rule, text: str, masked: str, line: str, profile: Profile) -> Iterator[Finding]:
        compiled = rule.compiled
        ranges = [name for name in compiled.pattern.groupindex if _AT.fullmatch(name)]
        for match in compiled.pattern.finditer(line):
            if text[match.start() : match.end()] != masked[match.start() : match.end()]:
                continue
            if compiled.unless_before is not None and compiled.unless_before.search(line, 0, match.start()):
                continue
            if compiled.only_before is not None and not compiled.only_before.search(line, 0, match.start()):
                continue
            if compiled.unless_after is not None and compiled.unless_after.match(line, match.end()):
                continue
            if compiled.unless is not None and compiled.unless.search(line, *_sentence(line, match.start(), match.end())):
                continue
            start, end = next((match.span(name) for name in ranges if match[name] is not None), match.span())
            if start < end:
                yield _finding(rule.fact, profile, text, (start, end), rule.fixes(match))

    def _words(self, text: str, masked: str, plain: str, profile: Profile) -> Iterator[Finding]:
        tables = self._read_tables()
        words = list(_WORD.finditer(plain))
        lowered = [word[0].lower() for word in words]
        done = 0  # what a longer one has said, a shorter one inside need not repeat
        for index, first in enumerate(lowered):
            elided = _ELIDED.match(first)
            if elided is not None and index >= done and first not in tables:
                start, end = words[index].start() + elided.end(), words[index].end()
                for wrong, rule, right in tables.get(first[elided.end() :], ()):
                    if len(wrong) == 1 and text[start:end] == masked[start:end] and _holds(rule.fact, profile):
                        yield _finding(rule.fact, profile, text, (start, end), right)
            for wrong, rule, right in tables.get(first, ()) if index >= done else ():
                last = index + len(wrong) - 1
                if tuple(lowered[index : last + 1]) != wrong:
                    continue
                start, end = words[index].start(), words[last].end()
                alone = tuple(plain[start:end].lower().split()) == wrong and text[start:end] == masked[start:end]
                if alone and _holds(rule.fact, profile):
                    done = last + 1
                    yield _finding(rule.fact, profile, text, (start, end), right)
                    break

    def _read_tables(self) -> Mapping[str, list[tuple[tuple[str, ...], _Rule, tuple[str, ...]]]]:
        if self._tables is None:
            self._tables = {}
            for rule in self._rules:
                for wrong, right in rule.fact.table.items() if rule.pattern is None else ():
                    words = tuple(wrong.lower().split(" "))
                    self._tables.setdefault(words[0], []).append((words, rule, right))
            for rows in self._tables.values():
                rows.sort(key=lambda row: -len(row[0]))
        return self._tables


def _holds(fact: Fact, profile: Profile) -> bool:
    return not fact.locales or profile.locale in fact.locales


def _several(right: str | list[str]) -> tuple[str, ...]:
    return tuple(right) if isinstance(right, list) else (right,) if right else ()


def _alternation(words: Words) -> str:
    """A pattern for any word of a list, the longer of two before its beginning."""
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", " ") for word in sorted(words, reverse=True)) + ")"


def _values(words: Mapping[str, str] | list[str]) -> Words:
    return words if isinstance(words, Mapping) else dict.fromkeys(words, "")


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence around a range begins and ends."""
    first = 0
    for mark in _SENTENCE.finditer(text, 0, start):
        first = mark.end()
    after = _SENTENCE.search(text, end)
    return first, after.start() if after is not None else len(text)


def _finding(fact: Fact, profile: Profile, text: str, span: tuple[int, int], fixes: Iterable[str]) -> Finding:
    start, end = span
    words = text[start:end]
    curly = "’" in text and "'" not in text
    proposals = [cased(fix, words) if fact.keep_case else fix for fix in fixes]
    if curly:
        proposals = [fix.replace("'", "’") for fix in proposals]
    return Finding(
        start=start,
        end=end,
        rule=fact.id,
        family=fact.family,
        severity=fact.severity,
        message=fact.message(profile.tongue),
        fixes=tuple(dict.fromkeys(fix for fix in proposals if fix != words)),
    )


def cased(fix: str, like: str) -> str:
    """A proposal in the case of what it replaces: all capitals, or a capital first; else as it is."""
    letters = [letter for letter in like if letter.isalpha()]
    if len(letters) > 1 and all(letter.isupper() for letter in letters):
        return fix.upper()
    if letters and like[0] == letters[0] and letters[0].isupper():
        return fix[:1].upper() + fix[1:]
    return fix
