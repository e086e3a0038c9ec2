"""A client's wishes are kept, a text is read by them, and a post with sure mistakes stays where the client's rule says so."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from msgspec.structs import replace

from cmdesk.domain.draft_errors import BlockedByProblems
from cmdesk.domain.errors import BadInput
from cmdesk.domain.extras import Extras
from cmdesk.domain.language import Address, Blocking, Finding, Profile, Severity, Term, Voice, Wishes
from cmdesk.domain.post import PostEdit, Variant
from cmdesk.domain.schedule import at_instant
from cmdesk.language.host import CheckerBroken, Host
from cmdesk.language.protocol import Checked
from cmdesk.services import checking, composing, planning
from cmdesk.services.proofreading import Proofreader
from cmdesk.services.workspace import Workspace
from cmdesk.store import clients
from tests.services.test_publishing import Bench

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    made = Bench(tmp_path / "home")
    await made.begin()
    yield made
    await made.desk.close()


def alive(host: Host) -> bool:
    """Asked anew each time: a property that was false once is not false for ever."""
    return host.running


async def plan(bench: Bench, text: str, language: str = "en-CA") -> int:
    post = await composing.create(bench.ws, PostEdit(text=text, language=language, variants=(Variant(bench.account),)))
    when = at_instant(bench.clock.now() + timedelta(hours=1), "America/Toronto", bench.clock.tzdata_version())
    return len(await planning.schedule(bench.ws, post.id, when))


async def test_wishes_are_kept_and_other_settings_stay(bench: Bench) -> None:
    ws = bench.ws
    with ws.write() as session:
        clients.set_settings(session, {"other": 1})
    assert checking.wishes(ws) == Wishes()
    voice = Voice(address=Address.VOUS, most_emoji=2)
    await checking.add_word(ws, " Kruger ")
    await checking.add_word(ws, "Kruger")
    await checking.set_forbidden(ws, ["pas  cher", ""])
    await checking.set_glossary(ws, [Term("carte", " carte-cadeau "), Term(" ")])
    await checking.set_voice(ws, voice)
    await checking.set_blocking(ws, Blocking.SURE)
    await checking.set_hints(ws, True)
    mark = await checking.ignore_always(ws, Finding(0, 4, "fr.own.x", "grammar", Severity.WARN, ""), "Mots ici")
    assert checking.wishes(ws) == Wishes(
        words=("Kruger",),
        glossary=(Term("carte", "carte-cadeau"),),
        forbidden=("pas cher",),
        voice=voice,
        ignored=("fr.own.x=mots",),
        hints=True,
        blocking=Blocking.SURE,
    )
    await checking.heed(ws, mark)
    assert checking.wishes(ws).ignored == ()
    with ws.read() as connection:
        assert clients.settings(connection)["other"] == 1


@pytest.mark.parametrize(
    ("facts", "kept"),
    [
        (None, Wishes()),
        ([], Wishes()),
        ({"words": 5, "forbidden": ["a"]}, Wishes(forbidden=("a",))),
        ({"blocking": "sometimes", "words": ["b"], "later": {}}, Wishes(words=("b",))),
        ({"voice": {"most_emoji": "x"}, "hints": True}, Wishes(hints=True)),
    ],
)
async def test_what_makes_no_sense_counts_as_not_said(facts: object, kept: Wishes) -> None:
    assert checking.from_facts(facts) == kept
    assert checking.from_facts(checking.to_facts(kept)) == kept


async def test_words_are_short_and_few(bench: Bench) -> None:
    for words in (["x" * 200], ["a\x00b"], [str(number) for number in range(3000)]):
        with pytest.raises(BadInput):
            await checking.set_words(bench.ws, words)
    assert checking.wishes(bench.ws).words == ()


async def test_the_profile_follows_the_post_then_the_client(bench: Bench) -> None:
    def locale(tag: str | None) -> str | None:
        made = checking.profile(bench.ws, "fr", tag)
        return None if made is None else made.locale

    assert [locale(tag) for tag in (None, "", "fr", "fr-FR", "en", "en_us", "EN-ca", "es")] == [
        "fr-CA", "fr-CA", "fr-CA", "fr-FR", "en-CA", "en-US", "en-CA", None,
    ]  # fmt: skip


async def test_without_a_rule_nothing_is_read_and_nothing_kept_back(bench: Bench) -> None:
    assert await plan(bench, "We definately recieved it.") == 1
    assert not bench.ws.proofreader.host.running


async def test_sure_mistakes_keep_a_post_back(bench: Bench) -> None:
    await checking.set_blocking(bench.ws, Blocking.SURE)
    with pytest.raises(BlockedByProblems) as caught:
        await plan(bench, "We definately recieved it.")
    [problem] = caught.value.problems[bench.account]
    assert (problem.code, problem.param("count"), problem.part) == ("mistakes", 2, 0)
    assert "definately" in str(problem.param("words"))
    assert await plan(bench, "We have received it.") == 1
    assert await plan(bench, "Gracias por venir, definitivamente recibimos todo.", "es") == 1


async def test_a_word_of_the_client_lets_it_through(bench: Bench) -> None:
    await checking.set_blocking(bench.ws, Blocking.ALL)
    with pytest.raises(BlockedByProblems):
        await plan(bench, "Come and try a glonkery today.")
    await checking.add_word(bench.ws, "glonkery")
    assert await plan(bench, "Come and try a glonkery today.") == 1


async def test_a_first_comment_and_a_warning_are_read_as_well(bench: Bench) -> None:
    await checking.set_blocking(bench.ws, Blocking.SURE)
    await checking.set_forbidden(bench.ws, ["cheap"])
    for edit, part in (
        (PostEdit(text="A fine day.", language="en-CA", extras=Extras(first_comment="So #cheap")), 1),
        (PostEdit(text="A fine day.", language="en-CA", warning="Cheap talk"), 0),
    ):
        post = await composing.create(bench.ws, replace(edit, variants=(Variant(bench.account),)))
        with pytest.raises(BlockedByProblems) as caught:
            await checking.hold_back(bench.ws, post.id)
        assert [one.part for one in caught.value.problems[bench.account]] == [part]


async def test_what_is_saved_while_it_is_read_is_read_again(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    await checking.set_blocking(bench.ws, Blocking.SURE)
    post = await composing.create(bench.ws, PostEdit(text="A fine day.", language="en-CA", variants=(Variant(bench.account),)))
    real, seen = Proofreader.read, []

    async def read(self: Proofreader, text: str, profile: Profile) -> Checked:
        seen.append(text)
        if len(seen) == 1:
            edit = PostEdit(text="We definately did.", language="en-CA", variants=(Variant(bench.account),))
            await composing.save(bench.ws, post.id, edit, post.revision)
        return await real(self, text, profile)

    monkeypatch.setattr(Proofreader, "read", read)
    with pytest.raises(BlockedByProblems):
        await planning.now(bench.ws, post.id)
    assert "We definately did." in seen
    assert planning.deliveries(bench.ws, post.id) == ()


@pytest.mark.expects_log("post_not_read")
async def test_a_broken_checker_keeps_nothing_back(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    await checking.set_blocking(bench.ws, Blocking.SURE)

    async def read(_self: Proofreader, _text: str, _profile: Profile) -> Checked:
        raise CheckerBroken(reason="died")

    monkeypatch.setattr(Proofreader, "read", read)
    assert await plan(bench, "We definately recieved it.") == 1


async def test_one_proofreader_reads_for_all_clients_and_ends_with_the_desk(bench: Bench) -> None:
    other: Workspace = await bench.desk.create("Other", timezone="America/Toronto")
    assert other.proofreader is bench.ws.proofreader
    reader = other.proofreader
    assert not alive(reader.host)
    found = await reader.check(["", "  ", "We recieved it."], Profile("en-CA"))
    assert [len(one) for one in found] == [0, 0, 1]
    assert alive(reader.host)
    await bench.desk.close()
    assert not alive(reader.host)


async def test_warming_up_never_raises_for_the_checkers() -> None:
    reader = Proofreader(Host(["/nowhere/at/all"]))
    await reader.warm("fr")
    await reader.close()
