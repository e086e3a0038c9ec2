"""Whatever is typed is a question: it finds what it names, accents or not, and never breaks the search."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdesk.domain.message import Author
from cmdesk.domain.post import PostEdit
from cmdesk.store import posts, search
from cmdesk.store.database import Database
from tests.helpers.inboxes import CLIENT, NOW, add_account, arrive, incoming, new_file

_TEXTS = {
    "1": "Est-ce ouvert à la fête nationale ?",
    "2": "La fete du quartier commence à l'été",
    "3": "National holiday: are you open?",
    "4": "Le pain au levain, c'était délicieux",
    "5": "levain au pain, dans l'autre ordre",
    "6": "Merci 🥐 pour les croissants #brioche",
}

HOSTILE = (
    '"',
    '""',
    '"""',
    "'",
    "*",
    "**",
    "^",
    "^a",
    "-",
    "+",
    "(",
    ")",
    "()",
    "a AND",
    "AND",
    "OR",
    "NOT",
    "NEAR",
    "NEAR(a b)",
    "NEAR(a, b, 2)",
    "text:",
    "text : pain",
    "{text author_name}: x",
    "a OR",
    "a NOT b",
    'a"b',
    'a "b',
    '"a b',
    "a*b",
    "*a",
    "a**",
    "\\",
    '\\"',
    ";",
    "--",
    "'; DROP TABLE message; --",
    "%",
    "_",
    "\x00",
    "a\x00b",
    "\x1a",
    "\n",
    "\t",
    "\ud800",
    "a\udfffb",
    "\u202epain",
    "\u200b",
    "«",
    "“pain",
    "«pain»",
    "pain”",
    ",",
    ".",
    "...",
    "…",
    "🥐",
    "é",
    "#",
    "@",
    "@rosa@",
    "https://x.example/?a=b&c",
    "a" * 100000,
    "a " * 10000,
    '"' * 999,
    "(" * 999,
    "\uffff",
    "İ",
    "ß",
    "ﬁ",
    "０",
    "日本",
    "مرحبا",
    "col:val*",
    "rank",
    "message_fts",
    "+a +b",
    "a|b",
    "a&&b",
    "!a",
    "~a",
)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    made = new_file(tmp_path_factory.mktemp("search"))
    account = add_account(made)
    for number, (name, text) in enumerate(_TEXTS.items()):
        author = Author("7", "zoe.cote@elsewhere.example", "Zoé Côté")
        arrive(made, account, incoming(name, text, author=author, created_at=NOW - timedelta(minutes=60 - number)))
    with made.write() as session:
        posts.insert(session, PostEdit(text="Nouveau : le pain de la fête"), NOW)
    yield made
    made.close()


def found(database: Database, text: str, limit: int = 50) -> list[str]:
    with database.read() as connection:
        return [hit.preview for hit in search.search(connection, CLIENT, text, limit)]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("fete", 3),
        ("FÊTE", 3),
        ("fête nationale", 1),
        ('"pain au levain"', 1),
        ("levain pain", 2),
        ("« levain au pain »", 1),
        ("croiss", 1),
        ("croiss ", 0),  # a word that is finished is meant as it stands
        ("l'été", 1),
        ("zoe cote", 6),
        ("@zoe.cote@elsewhere.example", 6),
        ("brioche", 1),
        ("q", 0),  # one letter is no beginning
        ("quartier ouvert", 0),
    ],
)
def test_words_find_what_they_name(database: Database, question: str, expected: int) -> None:
    assert len(found(database, question)) == expected


def test_the_newest_come_first_and_the_limit_holds(database: Database) -> None:
    assert found(database, "fete")[0].startswith("Nouveau")
    assert found(database, "zoe", limit=2) == [_TEXTS["6"], _TEXTS["5"]]


def test_marks_are_where_the_words_are(database: Database) -> None:
    with database.read() as connection:
        hit = search.search(connection, CLIENT, "fete nat")[0]
    assert [hit.preview[start:end] for start, end in hit.marks] == ["fête", "nationale"]


@pytest.mark.parametrize("question", HOSTILE)
def test_nothing_typed_is_an_error(database: Database, question: str) -> None:
    found(database, question)


@given(text=st.text(max_size=80))
def test_nothing_at_all_is_an_error(database: Database, text: str) -> None:
    found(database, text)


@given(words=st.lists(st.sampled_from(["pain", "au", "levain", "délicieux"]), min_size=1, max_size=4))
def test_every_set_of_words_of_a_text_finds_it(database: Database, words: list[str]) -> None:
    assert _TEXTS["4"] in found(database, " ".join(words))


def test_what_is_edited_is_found_by_its_new_words_only(tmp_path: Path) -> None:
    database = new_file(tmp_path)
    account = add_account(database)
    arrive(database, account, incoming("1", "ancien"))
    arrive(database, account, incoming("1", "nouveau", edited_at=NOW))
    assert (found(database, "ancien"), found(database, "nouveau")) == ([], ["nouveau"])
    database.close()
