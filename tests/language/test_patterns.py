"""Rules that are data: what their files may say, and how they are looked for."""

from pathlib import Path

import pytest

from cmdesk.domain.language import Finding, Profile, Severity
from cmdesk.language.cues import cues
from cmdesk.language.patterns import BadRule, Patterns

CANADA = Profile(locale="en-CA")
FACTS = """
family = "grammar"
severity = "block"
explain = { en = "In English.", fr = "En français." }
source = "nobody"
"""


def written(folder: Path, *rules: str, head: str = "") -> Patterns:
    body = "".join(f'[[rule]]\nid = "en.own.r{number}"\n{FACTS}\n{rule}\n' for number, rule in enumerate(rules))
    (folder / "rules.toml").write_text(f"{head}\n{body}", "utf-8")
    return Patterns("en", folder)


def ranges(found: list[Finding], text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(text[one.start : one.end], one.fixes) for one in found]


def look(rules: Patterns, text: str, masked: str | None = None, profile: Profile = CANADA) -> list[tuple[str, tuple[str, ...]]]:
    return ranges(rules(text, masked if masked is not None else text, profile), text)


def test_a_pattern_finds_and_its_fix_keeps_the_case(tmp_path: Path) -> None:
    rules = written(tmp_path, "pattern = '''(?i)\\balot\\b'''\nfixes = [\"a lot\"]")
    assert look(rules, "Alot, alot, ALOT, allot") == [("Alot", ("A lot",)), ("alot", ("a lot",)), ("ALOT", ("A LOT",))]


def test_the_group_at_is_the_range_and_groups_fill_the_fix(tmp_path: Path) -> None:
    rules = written(tmp_path, "pattern = '''\\bI (?P<at>(?P<verb>like|love)s)\\b'''\nfixes = ['\\g<verb>']")
    assert look(rules, "I loves it") == [("loves", ("love",))]


def test_a_list_gives_words_and_their_values(tmp_path: Path) -> None:
    rules = written(
        tmp_path,
        "pattern = '''\\bdid (?P<past><<past>>)\\b'''\nfixes = ['did \\g<past>']",
        head='[lists]\npast = { went = "go", ate = "eat" }',
    )
    assert look(rules, "did went, did ate, did go") == [("did went", ("did go",)), ("did ate", ("did eat",))]


def test_a_list_without_values_gives_the_word_itself(tmp_path: Path) -> None:
    rules = written(
        tmp_path,
        "pattern = '''\\ba (?P<hours><<hours>>)'''\nfixes = ['an \\g<hours>']",
        head='[lists]\nhours = ["hour", "honest"]',
    )
    assert look(rules, "a hour") == [("a hour", ("an hour",))]


def test_a_list_nobody_wrote_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadRule, match="nothing"):
        written(tmp_path, "pattern = '''<<nothing>>'''")


def test_a_table_finds_whole_words_and_words_together(tmp_path: Path) -> None:
    rules = written(tmp_path, 'table = { definately = "definitely", "in tact" = "intact", teh = ["the", "ten"] }')
    assert look(rules, "Definately in  tact, in tact: teh tehran") == [
        ("Definately", ("Definitely",)),
        ("in  tact", ("intact",)),
        ("in tact", ("intact",)),
        ("teh", ("the", "ten")),
    ]


def test_nothing_is_found_over_a_mask(tmp_path: Path) -> None:
    rules = written(tmp_path, "pattern = '''\\b(\\w+)\\s+\\1\\b'''", 'table = { "in tact" = "intact", alot = "a lot" }')
    assert look(rules, "the @x the", "the    the") == []
    assert look(rules, "in #x tact #alot", "in    tact      ") == []
    assert look(rules, "the the") == [("the the", ())]


def test_curly_apostrophes_are_read_and_written(tmp_path: Path) -> None:
    rules = written(tmp_path, "pattern = '''\\bits'\\s+me\\b'''\nfixes = [\"it's me\"]")
    assert look(rules, "its’ me") == [("its’ me", ("it’s me",))]
    assert look(rules, "its' me") == [("its' me", ("it's me",))]


def test_an_exact_pattern_sees_the_letters_as_they_are(tmp_path: Path) -> None:
    rules = written(tmp_path, "exact = true\npattern = '''\\d\\u00a0%'''")
    assert look(rules, "5\u00a0%") == [("5\u00a0%", ())]
    assert look(rules, "5 %") == []


@pytest.mark.parametrize(
    ("key", "kept", "dropped"),
    [
        ("unless = 'please'", "no your here", "no your here please"),
        ("unless_before = 'not '", "is your", "is not your"),
        ("unless_after = ' own'", "your cat", "your own"),
        ("only_before = 'and '", "and your", "no your"),
    ],
)
def test_the_words_around_decide(tmp_path: Path, key: str, kept: str, dropped: str) -> None:
    rules = written(tmp_path, f"pattern = '''your'''\n{key}")
    assert look(rules, f"Yes! So {kept}") == [("your", ())]
    assert look(rules, f"Yes! So {dropped}") == []


def test_the_sentence_is_what_unless_looks_at(tmp_path: Path) -> None:
    rules = written(tmp_path, "pattern = '''your'''\nunless = 'please'")
    assert look(rules, "Please. Is your") == [("your", ())]
    assert look(rules, "Is your\nplease") == [("your", ())]


def test_a_locale_has_its_own_rules_and_a_tongue_its_words(tmp_path: Path) -> None:
    rules = written(tmp_path, "locales = ['en-CA']\npattern = '''color'''")
    found = rules("color", "color", Profile(locale="en-CA", tongue="fr"))
    assert [(one.message, one.severity, one.family) for one in found] == [("En français.", Severity.BLOCK, "grammar")]
    assert rules("color", "color", Profile(locale="en-US")) == []


def test_two_rules_of_one_name_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('[[rule]]\nid = "x"\npattern = "a"\n[[rule]]\nid = "x"\npattern = "b"\n', "utf-8")
    with pytest.raises(BadRule, match="x"):
        Patterns("en", tmp_path)


def test_a_rule_for_python_is_only_a_fact(tmp_path: Path) -> None:
    rules = written(tmp_path, "")
    assert not rules.is_data("en.own.r0")
    assert rules.fact("en.own.r0").message("fr") == "En français."


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"(?i)\bAlot\b", ("alot",)),
        (r"(?:your|you're) welcome", (" welcome",)),
        (r"\b(?:could|would)\s+of\b", ("could", "would")),
        (r"colou?r", ("colo",)),
        (r"\w+", ()),
        (r"(?:a|\w+)", ()),
        (r"(?=xyz)ab", ("ab",)),
        (r"a{0,2}bc", ("bc",)),
        (r"[abc]d(?:ef)?", ("d",)),
        (r"(?x) a b c d", ()),
        (r"one|two", ("one", "two")),
        (r"(?P<at>the)(?P<x>re)+", ("the",)),
        (r"x\.y", ("x.y",)),
        (r"\d\u00a0%", ("%",)),
        (r"(?i:x)(?P<at>(?-i:march|may))", ("march", "may")),
    ],
)
def test_cues_are_letters_every_match_has(pattern: str, expected: tuple[str, ...]) -> None:
    assert cues(pattern) == expected
