"""Nothing fires on right French: posts as they are really written, prose with every turn of grammar, classics."""

import os
from pathlib import Path

import pytest

from cmdesk.domain.language import Profile
from cmdesk.language import grammalecte, masks
from cmdesk.language.french.checker import French
from cmdesk.language.french.lexicon import Lexicon
from cmdesk.language.patterns import Patterns

FOLDER = Path(__file__).parent / "precision"
LINES = [line for file in sorted(FOLDER.glob("fr*.txt")) for line in file.read_text("utf-8").splitlines() if line]
QUEBEC = Profile(locale="fr-CA", tongue="fr")
FRANCE = Profile(locale="fr-FR", tongue="fr")
#: The whole desk takes some 10 ms a line; all of them are read where there is time for it.
SAMPLE = LINES if os.environ.get("CMDESK_LANGUAGE_WHOLE") else LINES[::12]
needs_grammalecte = pytest.mark.skipif(grammalecte.find() is None, reason="Grammalecte is not on this machine")


def test_there_are_enough_right_sentences() -> None:
    assert len(set(LINES)) == len(LINES)
    assert len(LINES) >= 1200


def test_rules_that_are_data_leave_right_sentences_alone() -> None:
    rules = Patterns("fr")
    fired = {
        line: [(line[one.start : one.end], one.rule) for one in found]
        for line in LINES
        if (found := [one for one in rules(line, masks.masked(line), QUEBEC) if one.severity != "hint"])
    }
    assert not fired


@needs_grammalecte
def test_rules_with_the_lexicon_leave_right_sentences_alone() -> None:
    rules = French(Lexicon.from_grammalecte(), Patterns("fr"))
    fired = {
        line: [(line[one.start : one.end], one.rule) for one in found]
        for line in LINES
        if (found := rules(line, masks.masked(line), QUEBEC))
    }
    assert not fired


@needs_grammalecte
@pytest.mark.parametrize("profile", [QUEBEC, FRANCE], ids=["fr-CA", "fr-FR"])
def test_the_whole_desk_leaves_right_sentences_alone(profile: Profile) -> None:
    from cmdesk.language.desk import Desk

    desk = Desk()
    fired = {
        line: [(line[one.start : one.end], one.rule) for one in found]
        for line in SAMPLE
        if (found := desk.check(line, profile).findings)
    }
    assert not fired
