"""Names the families of findings and sums a reading up, in the language of the screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from PySide6.QtCore import QCoreApplication

from cmdesk.domain.language import Finding, Severity
from cmdesk.ui.wordings import QT_TRANSLATE_NOOP

translate = QCoreApplication.translate

FAMILY: Mapping[str, str] = MappingProxyType(
    {
        "spelling": QT_TRANSLATE_NOOP("Proofing", "Spelling"),
        "agreement": QT_TRANSLATE_NOOP("Proofing", "Agreement"),
        "grammar": QT_TRANSLATE_NOOP("Proofing", "Grammar"),
        "homophone": QT_TRANSLATE_NOOP("Proofing", "Sounds alike"),
        "capitals": QT_TRANSLATE_NOOP("Proofing", "Capitals"),
        "punctuation": QT_TRANSLATE_NOOP("Proofing", "Punctuation"),
        "typography": QT_TRANSLATE_NOOP("Proofing", "Typography"),
        "repetition": QT_TRANSLATE_NOOP("Proofing", "Repetition"),
        "anglicism": QT_TRANSLATE_NOOP("Proofing", "Anglicism"),
        "terms": QT_TRANSLATE_NOOP("Proofing", "Local word"),
        "inclusive": QT_TRANSLATE_NOOP("Proofing", "Inclusive writing"),
        "glossary": QT_TRANSLATE_NOOP("Proofing", "The client's words"),
        "voice": QT_TRANSLATE_NOOP("Proofing", "The client's voice"),
        "style": QT_TRANSLATE_NOOP("Proofing", "Style"),
        "readability": QT_TRANSLATE_NOOP("Proofing", "Ease of reading"),
    }
)


def family(finding: Finding) -> str:
    """The family in words; one that a later checker brings reads as style."""
    return translate("Proofing", FAMILY.get(finding.family, FAMILY["style"]))


def kind(severity: Severity) -> str:
    """How grave, for those who hear the screen."""
    return {
        Severity.BLOCK: translate("Proofing", "Mistake"),
        Severity.WARN: translate("Proofing", "Worth a look"),
        Severity.HINT: translate("Proofing", "Suggestion"),
    }[severity]


def sums_up(findings: Sequence[Finding]) -> str:
    """What a reading found. Never "no mistakes": only that none was found."""
    grave = sum(one.severity is Severity.BLOCK for one in findings)
    rest = len(findings) - grave
    if not findings:
        return translate("Proofing", "No mistake found")
    words = []
    if grave:
        words.append(translate("Proofing", "%n mistake(s)", "", grave))
    if rest:
        words.append(translate("Proofing", "%n to look at", "", rest))
    return " · ".join(words)


#: What lacks on this machine, by the checker's name.
MISSING: Mapping[str, str] = MappingProxyType(
    {
        "grammalecte": QT_TRANSLATE_NOOP(
            "Proofing", "Grammalecte is not installed on this computer, so French is read for less than usual."
        ),
        "harper": QT_TRANSLATE_NOOP(
            "Proofing", "Harper is not installed on this computer, so English is read for less than usual."
        ),
    }
)


def missing(names: Sequence[str]) -> str:
    """What this computer lacks, and what that means; "" when nothing does."""
    return " ".join(translate("Proofing", MISSING[name]) for name in names if name in MISSING)
