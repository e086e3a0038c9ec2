"""Widens what Grammalecte says of one word to the pair that disagrees, because either of the two may be the wrong one.

"leur photos" is marked on the noun alone, and only "leur photo" is proposed; what was meant is mostly "leurs photos".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from msgspec.structs import replace

from cmdesk.domain.language import Finding, Severity
from cmdesk.language.french.lexicon import Lexicon, Reading
from cmdesk.language.patterns import cased

#: Masculine, feminine, plural of the little words in front of a noun.
_SERIES: Final = (
    ("un", "une", "des"),
    ("le", "la", "les"),
    ("ce", "cette", "ces"),
    ("mon", "ma", "mes"),
    ("ton", "ta", "tes"),
    ("son", "sa", "ses"),
    ("notre", "notre", "nos"),
    ("votre", "votre", "vos"),
    ("leur", "leur", "leurs"),
    ("au", "à la", "aux"),
    ("du", "de la", "des"),
    ("quel", "quelle", "quels"),
    ("tout", "toute", "tous"),
    ("aucun", "aucune", ""),
    ("quelque", "quelque", "quelques"),
)
_PLURALS: Final[Mapping[str, str]] = {"quels": "quelles", "tous": "toutes"}
#: Singular and plural sound alike in front of a consonant: the ending that one sees on the noun is the surer sign.
_ALIKE: Final = frozenset({"leur", "quel", "quelle", "au", "tout", "quelque"})
_BEFORE: Final = re.compile(r"([^\W\d_]+) $")
_VOWEL: Final = re.compile(r"[aeiouyàâéèêëîïôùûœhAEIOUYÀÂÉÈÊËÎÏÔÙÛŒH]")
_MOST: Final = 5


def paired(finding: Finding, text: str, lexicon: Lexicon) -> Finding:
    """The finding over both words, with the proposals for either; as it was when it speaks of something else."""
    before = _BEFORE.search(text, 0, finding.start)
    word = text[finding.start : finding.end]
    if before is None or not word.isalpha():
        return finding
    little, rule = before[1].lower(), finding.rule.removeprefix("fr.gram.")
    fixes = list(_sounding(rule, little, word, lexicon))
    if not fixes and rule.startswith("gn_"):
        fixes = list(_agreeing(little, word, finding.fixes, lexicon))
    if not fixes:
        return finding
    wide = text[before.start(1) : finding.end]
    # What was proposed for the one word holds for the pair as well, behind its neighbour as it stands.
    every = [*fixes, *(f"{before[1]} {one}" for one in finding.fixes)]
    told = dict.fromkeys(cased(one, wide) if before[1][:1].isupper() else one for one in every)
    severity = finding.severity if finding.fixes else Severity.BLOCK
    return replace(finding, start=before.start(1), fixes=tuple(one for one in told if one != wide)[:_MOST], severity=severity)


def _sounding(rule: str, little: str, word: str, lexicon: Lexicon) -> Iterator[str]:
    """What was meant when a little word stands for another that sounds like it."""
    readings = lexicon.readings(word)
    participle = [one for one in readings if one.pos == "Q"]
    match rule, little:
        case "conf_non_verbe_après_préverbes", "se":
            yield f"{_little('ce', 'cette', _gender(readings), word)} {word}"
        case "conf_déterminant_fem_sing_verbe" | "conf_incohérences_globales", "sa":
            yield f"ça {word}"
        case "conf_a_à_verbe", "à" if participle:
            yield f"a {word}"
        case "gn_mon_ton_son_1m", "son" if any(one.number == "p" for one in participle):
            yield f"sont {word}"
        case "ppas_être_accord_plur", "sont" if not participle and any(one.pos == "N" and one.singular for one in readings):
            yield f"son {word}"


def _agreeing(little: str, word: str, fixes: tuple[str, ...], lexicon: Lexicon) -> Iterator[str]:
    """The pair that agrees, by the noun's gender and by either number."""
    series = next((one for one in _SERIES if little in one or _PLURALS.get(one[2]) == little), None)
    nouns = [one for one in lexicon.readings(word) if one.pos == "N"]
    if series is None or not nouns:
        return
    masculine, feminine, plural = series
    gender = _gender(tuple(nouns))
    several = all(one.number == "p" for one in nouns)
    if several and little in {masculine, feminine}:
        other = _PLURALS.get(plural, plural) if gender == "f" else plural
        own = [f"{little} {one}" for one in fixes]
        changed = [f"{other} {word}"] if other else []
        yield from [*changed, *own] if little in _ALIKE else [*own, *changed]
    elif not several and little in {masculine, feminine} and masculine != feminine and gender in {"m", "f"}:
        wanted = feminine if gender == "f" else masculine
        if wanted != little:
            yield f"{_little(masculine, feminine, gender, word)} {word}"


def _gender(readings: tuple[Reading, ...]) -> str:
    """The gender of a noun that has one alone, else ""."""
    genders = {one.gender for one in readings if one.pos == "N"}
    return genders.pop() if len(genders) == 1 else ""


def _little(masculine: str, feminine: str, gender: str, word: str) -> str:
    if masculine == "ce" and gender != "f" and _VOWEL.match(word):
        return "cet"
    return feminine if gender == "f" else masculine
