"""The reader of moods: what it makes of words and signs, what it says and why, and how it learns from a correction."""

from __future__ import annotations

import json

import pytest

from cmdesk import resources
from cmdesk.domain.mood import Correction, Mood, Reading
from cmdesk.language import mood_text
from cmdesk.language.mood import Reader, Text


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("C TROP BON!!!!!", "c'est trop bon!!"),
        ("jpp de vs 😡😡", "j'en peux plus de vous angry. angry."),
        ("voir https://exemple.test/x?y=1 svp @zoe", "voir http link s'il vous plaît @name"),
        ("Tabarnak que j’aime ça", "merde que j'aime ça"),
        ("👍🏽", "ok."),
        ("", "."),
    ],
)
def test_short_spellings_signs_and_links_become_words(text: str, plain: str) -> None:
    assert mood_text.plain(text) == plain


def test_the_shape_of_a_message_has_a_number_for_each_name_between_0_and_1() -> None:
    for text in ("", "WHY???", "😡" * 50, "x" * 100_000, "Merci :) 20 $ « bio » http://a.test #tag"):
        found = mood_text.shape(text)
        assert len(found) == len(mood_text.SHAPE)
        assert all(0 <= one <= 1 for one in found)
    shouted = dict(zip(mood_text.SHAPE, mood_text.shape("WHY NOT???"), strict=True))
    assert shouted["capitals"] == 0.5
    assert shouted["ends_in_question"] == 1


@pytest.mark.parametrize(
    ("text", "topic", "words"),
    [
        ("Mon AVOCAT vous écrira", "law", "AVOCAT"),
        ("Ça sent le gaz ici", "danger", "sent le gaz"),
        ("Je veux mourir", "self_harm", "veux mourir"),
        ("she was hospitalized", "health", "hospitalized"),
        ("Une fuite de données", "data", "fuite de données"),
    ],
)
def test_words_of_a_crisis_are_told_as_they_stand_there(text: str, topic: str, words: str) -> None:
    assert (topic, words) in mood_text.crisis_cues(text)


@pytest.mark.parametrize("text", ["On en finit la semaine prochaine", "Bonjour à tous", "suit"])
def test_ordinary_words_are_no_crisis(text: str) -> None:
    assert mood_text.crisis_cues(text) == []


@pytest.mark.parametrize(
    ("text", "mood", "kind"),
    [
        ("Merci beaucoup, le repas était délicieux!", Mood.HAPPY, Reading.PRAISE),
        ("Thank you so much, best service in town!", Mood.HAPPY, Reading.PRAISE),
        ("À quelle heure ouvrez-vous samedi?", Mood.NEUTRAL, Reading.QUESTION),
        ("Do you ship to Ottawa?", Mood.NEUTRAL, Reading.QUESTION),
        ("C'est inacceptable, remboursez-moi immédiatement!!!", Mood.ANGRY, Reading.COMPLAINT),
        ("This is unacceptable, I want my money back NOW", Mood.ANGRY, Reading.COMPLAINT),
        ("Mon père est décédé hier, je dois annuler.", Mood.SAD, Reading.OTHER),
        ("Gagnez 3000 $ par semaine, écrivez-moi en privé", Mood.NEUTRAL, Reading.SPAM),
    ],
)
def test_plain_messages_are_read_as_anybody_would(reader: Reader, text: str, mood: Mood, kind: Reading) -> None:
    [sense] = reader.read([text])
    assert (sense.mood, sense.kind) == (mood, kind)
    assert sense.language == ("fr" if "é" in text or "À" in text or "Merci" in text else "en")
    assert sense.because
    assert 0 < sense.confidence <= 1


@pytest.mark.parametrize(
    "text",
    [
        "Ma fille a fait un choc allergique après votre gâteau, elle est à l'hôpital.",
        "I want to die.",
        "Mon avocat communiquera avec vous.",
        "There is smoke coming from your kitchen, call 911",
    ],
)
def test_a_crisis_comes_first(reader: Reader, text: str) -> None:
    crisis, thanks = reader.read([text, "Merci, à demain!"])
    assert crisis.crisis
    assert crisis.risk > 80
    assert thanks.risk < 40
    assert any(one.code.startswith("crisis.") and one.words for one in crisis.because)


def test_what_one_has_no_words_for_is_said_as_it_is(reader: Reader) -> None:
    empty, signs, other = reader.read(["", "😡😡😡", "%"], home="fr")
    assert (empty.kind, empty.care) == (Reading.OTHER, False)
    assert (signs.likeliest, signs.language) == (Mood.ANGRY, "fr")
    assert other.language == "fr"


def test_a_message_is_read_the_same_alone_and_in_company(reader: Reader) -> None:
    texts = ["Bravo à l'équipe!", "why is it always closed??", "ok", "x " * 3000]
    together = reader.read(texts)
    for text, sense in zip(texts, together, strict=True):
        [alone] = reader.read([text])
        assert (alone.mood, alone.kind, alone.care, alone.crisis) == (sense.mood, sense.kind, sense.care, sense.crisis)
        assert alone.confidence == pytest.approx(sense.confidence, abs=0.02)


def test_a_correction_holds_for_its_message_and_pulls_those_like_it_alone(reader: Reader) -> None:
    corrected = "Ah ben oui, encore fermé un mardi"
    like, other = "Ah ben oui, encore fermé un jeudi", "Quel beau gâteau, merci!"
    before = reader.read([corrected, like, other])
    taught = (Correction(corrected, Mood.SAD, Reading.OTHER),)
    after = reader.read([corrected, like, other], taught)
    assert (after[0].mood, after[0].kind) == (Mood.SAD, Reading.OTHER)
    assert after[0].care
    assert any(one.code == "corrected" for one in after[0].because)
    assert (after[1].likeliest, after[1].kind) == (Mood.SAD, Reading.OTHER) != (before[1].likeliest, before[1].kind)
    assert (after[2].mood, after[2].kind, after[2].care) == (before[2].mood, before[2].kind, before[2].care)


def test_the_layers_hold_no_pickle_and_say_what_they_were_made_of(reader: Reader) -> None:
    facts = reader.layers.facts
    assert facts["messages"] >= 2200
    assert len(facts["data"]) == 64
    assert json.dumps(facts)
    assert resources.path("language", "mood", "layers.npz").stat().st_size < 4_000_000


def test_a_prepared_text_weighs_one(reader: Reader) -> None:
    _places, values = Text("Bonjour à toute l'équipe").weighed(reader.layers.rare)
    assert float((values**2).sum()) == pytest.approx(1, abs=1e-3)
