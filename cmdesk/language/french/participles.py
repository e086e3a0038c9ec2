"""Past participles with avoir after their object, and those of pronominal verbs."""

from collections.abc import Iterator
from typing import Final

from cmdesk.language.french.agreement import TIMES, antecedents, starts_clause
from cmdesk.language.french.hits import Hit, agreeing, agrees, hit
from cmdesk.language.french.lexicon import Lexicon
from cmdesk.language.french.phrases import Phrase, absorbing, extended, phrase
from cmdesk.language.french.sentence import CLITICS, PREPOSITIONS, SUBJECTS, Sentence

#: Participles that stay as they are before an infinitive, in an impersonal turn or with a measure.
_FIXED: Final = frozenset(
    "fait pu dû voulu su osé cru dit pensé fallu eu valu coûté pesé duré couru vécu marché dormi semblé permis prévu "
    "espéré plu suffi souhaité aimé préféré".split()
)
_MEASURES: Final = frozenset(
    "fois jour an année mois semaine heure minute kilomètre dollar euro kilo façon manière raison moment temps matin soir".split()
)
_STEMS: Final = frozenset(
    "faire pouvoir devoir vouloir savoir oser croire penser falloir valoir coûter peser durer vivre dormir sembler être".split()
)
#: Verbs whose "se" is no direct object.
_NO_OBJECT: Final = frozenset(
    "succéder plaire complaire déplaire parler sourire nuire ressembler suffire téléphoner mentir rire survivre convenir "
    "permettre promettre dire demander donner "
    "offrir acheter écrire répondre imaginer poser laver casser faire procurer approprier rendre arroger jurer payer "
    "figurer représenter reprocher voir sentir entendre "
    "laisser partager échanger raconter envoyer préparer mettre couper brosser tenir ajouter fixer accorder créer bâtir "
    "commander jouer servir attribuer répartir prêter garder assurer "
    "confier lancer disputer trouver passer tirer tordre fouler fracturer gratter cuisiner concocter réserver appliquer "
    "rappeler communiquer adjoindre réapproprier concilier aliéner".split()
)
#: Of those, what is looked at all the same, for as a rule the person is the object.
_MOSTLY: Final = frozenset(
    "lancer trouver tenir préparer passer mettre rendre assurer garder laisser sentir voir créer servir rappeler jouer".split()
)
#: Verbs with a direct object only, so that "nous" before them is one.
_DIRECT: Final = frozenset(
    "aider soutenir encourager accompagner suivre accueillir inspirer rejoindre contacter surprendre toucher émouvoir "
    "impressionner épauler motiver choisir inviter "
    "remercier rencontrer visiter saluer féliciter conseiller guider convaincre séduire charmer combler gâter porter "
    "nommer élire sélectionner récompenser recevoir "
    "ravir enchanter amuser marquer bouleverser propulser appuyer recommander".split()
)
#: Who is told stands before "que" like what is spoken of.
_TELLING: Final = frozenset(
    "informer prévenir aviser avertir assurer convaincre persuader rappeler rassurer dire annoncer confirmer".split()
)
_OBJECTS: Final = frozenset("que qu' quel quelle quels quelles combien lequel laquelle lesquels lesquelles autant".split())
_BETWEEN: Final = frozenset(
    "pas plus jamais bien toujours déjà vraiment tous toutes tout tant tellement beaucoup encore aussi même spécialement "
    "soigneusement récemment enfin presque "
    "personnellement particulièrement".split()
)


def check(sentence: Sentence, lexicon: Lexicon) -> Iterator[Hit]:
    """Every participle that does not agree with the object before it."""
    for place, word in enumerate(sentence):
        if word.is_form_of("avoir") and word.must("V"):
            yield from _without_object(sentence, place, lexicon)
        if word.low == "combien" and sentence.low(place + 1) in {"de", "d'"}:
            yield from _how_many(sentence, place, lexicon)
        if word.low in {"que", "qu'"}:
            yield from _relative(sentence, place, lexicon)
        elif word.low in {"quel", "quelle", "quels", "quelles"}:
            yield from _question(sentence, place, lexicon)
        elif word.low == "les" and not word.hyphened:
            yield from _them(sentence, place, lexicon)
        elif word.low == "l'":
            yield from _it(sentence, place, lexicon)
        elif word.low == "nous":
            yield from _us(sentence, place, lexicon)
        elif word.low in {"se", "s'"}:
            yield from _self(sentence, place, lexicon)


def _participle(sentence: Sentence, place: int) -> int | None:
    """Where the participle of the form of avoir at a place is; None when there is none, or it is one that never agrees."""
    if not sentence[place].is_form_of("avoir"):
        return None
    at = place + 1
    if sentence[at].hyphened and sentence.low(at) in SUBJECTS:
        at += 1
    at = sentence.after(at - 1, _BETWEEN)
    word = sentence[at]
    if word.kind != "word" or not word.can("Q") or word.low == "été" or word.hyphened:
        return None
    following = sentence[at + 1]
    if (
        any(reading.pos == "Q" and reading.lemma in _STEMS for reading in word.readings)
        or word.low.rstrip("es") in _FIXED
        or word.low in _FIXED
    ):
        return None
    if (
        following.must("Y")
        or following.low in {"que", "qu'", "été"}
        or (following.low in {"à", "de", "d'"} and sentence[at + 2].can("Y") and not sentence[at + 2].can("N"))
    ):
        return None
    return at


def _relative(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    """« les photos que nous avons prises »."""
    at = place + 1
    if sentence.low(at) in SUBJECTS:
        at += 1
        while sentence.low(at) in {"me", "m'", "te", "t'", "nous", "vous", "lui", "leur", "y", "n'", "ne"}:
            at += 1
    elif sentence[at].must("M") and sentence[at].text[:1].isupper():
        at += 1
        while sentence[at].kind == "word" and sentence[at].text[:1].isupper():
            at += 1
    else:
        subject = phrase(sentence, at)
        if subject is None:
            return
        at = extended(sentence, subject)[0].end
        while sentence.low(at) in {"me", "m'", "te", "t'", "nous", "vous", "lui", "leur", "y", "n'", "ne"}:
            at += 1
    found = _participle(sentence, at)
    if found is None:
        return
    parts = antecedents(sentence, place)
    told = {"ceux": "mp", "celles": "fp", "celui": "ms", "celle": "fs"}.get(sentence.low(place - 1))
    if told is not None:
        parts = [Phrase(start=place - 1, end=place, head=place - 1, genders=told[0], number=told[1])]
    if not parts or any(sentence[part.head].has_lemma(_MEASURES, "N") for part in parts) or not sentence[found].takes_object():
        return
    before = sentence.low(parts[0].start - 1)
    if (before in {"à", "et", "ou"} and sentence.low(parts[0].start - 2) != "merci") or sentence.low(parts[0].start) in {
        "au",
        "aux",
    }:
        return
    if before in {"de", "d'"} and not sentence[parts[0].start - 2].can("V"):
        return
    if _object_follows(sentence, found) or any(
        one.has_lemma(_TELLING, "VYPQ") for one in sentence.words[max(0, parts[0].start - 3) : parts[0].start]
    ):
        return
    if sentence.low(parts[0].start) == "autant":
        return
    if any(part.number == "" or agrees(sentence[found], part.genders, part.number, "Q") for part in parts):
        return
    # « la liste des gens qu'on a vus », but « la tarte aux pommes qu'on a mangée ».
    nearest = parts[-1] if sentence.low(parts[-1].start) in {"des", "du"} else parts[0]
    yield hit("participle-before", sentence[found], *agreeing(lexicon, sentence[found], nearest.genders, nearest.number, "Q"))


def _object_follows(sentence: Sentence, found: int) -> bool:
    """Whether the participle has its object behind it, so that what stands before is none."""
    following = phrase(sentence, found + 1)
    return (
        following is not None
        and not sentence[following.head].has_lemma(TIMES, "N")
        and sentence.low(following.start) not in {"du", "au", "aux"}
    )


def _question(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    """« quelles photos avez-vous choisies »."""
    asked = phrase(sentence, place)
    if asked is None or not asked.number:
        return
    at = asked.end
    while sentence.low(at) in SUBJECTS and not sentence[at].hyphened:
        at += 1
    found = _participle(sentence, at)
    if found is None or not sentence[found].takes_object() or sentence[asked.head].has_lemma(_MEASURES, "N"):
        return
    if not (sentence[at + 1].hyphened or sentence.low(at - 1) in SUBJECTS):
        return
    told, number = asked.genders, asked.number
    if not agrees(sentence[found], told, number, "Q"):
        yield hit("participle-before", sentence[found], *agreeing(lexicon, sentence[found], told, number, "Q"))


def _how_many(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    """« combien de livres avez-vous lus »."""
    noun, verb = sentence[place + 2], sentence[place + 3]
    found = _participle(sentence, place + 3)
    if found is None or not noun.must("NA") or not sentence[place + 4].hyphened or not verb.can("V"):
        return
    genders = "".join(sorted({reading.gender for reading in noun.of("N")} & {"m", "f"})) or "mf"
    word = sentence[found]
    if word.takes_object() and any(reading.plural for reading in noun.of("N")) and not agrees(word, genders, "p", "Q"):
        if not noun.has_lemma(TIMES | _MEASURES, "N"):
            yield hit("participle-before", word, *agreeing(lexicon, word, genders, "p", "Q"))


def _object_may_stand_before(sentence: Sentence, place: int) -> bool:
    """Whether anything before the auxiliary could be the object of its participle."""
    at = place - 1
    while sentence.low(at) in CLITICS:
        if sentence.low(at) not in {"n'", "ne", "y", "lui", "leur"}:
            return True
        at -= 1
    return any(one.low in _OBJECTS for one in sentence.words[:place])


def _without_object(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    """« ils nous ont parlés »: a verb without an object agrees with nothing."""
    at = place + 1
    if sentence[at].hyphened and sentence.low(at) in SUBJECTS:
        at += 1
    at = sentence.after(at - 1, _BETWEEN)
    word = sentence[at]
    if word.kind != "word" or not word.must("Q") or word.low.endswith(("mis", "pris")):
        return
    if agrees(word, "m", "s", "Q") or (word.takes_object() and _object_may_stand_before(sentence, place)):
        return
    yield hit("participle-alone", word, *(lexicon.participle(reading.lemma, "m", "s") for reading in word.of("Q")))


def _them(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    """« nous les avons vus »."""
    if sentence.low(place - 1) in {"de", "d'", "par"}:
        return
    found = _participle(sentence, place + 1)
    if found is None or agrees(sentence[found], "mf", "p", "Q") or not sentence[found].takes_object():
        return
    genders = _mentioned(sentence, place, "p")
    yield hit("participle-before", sentence[found], *agreeing(lexicon, sentence[found], genders or "mf", "p", "Q"))


def _mentioned(sentence: Sentence, place: int, number: str) -> str:
    """The gender of the nearest noun of a number before a place; "" when there is none."""
    for start in range(place - 1, -1, -1):
        found = phrase(sentence, start)
        if found is not None and found.end <= place and found.number == number and found.gender:
            return found.gender
    return ""


def _it(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    """« cette robe, on l'a adorée »: only where the noun stands right before, cut off by a comma."""
    found = _participle(sentence, place + 1)
    if found is None or sentence.low(place - 1) not in SUBJECTS or not sentence[found].takes_object():
        return
    start = place - 1
    named: Phrase | None = None
    if sentence[start - 1].text == ",":
        for begin in range(start - 2, -1, -1):
            one = phrase(sentence, begin)
            if one is not None and starts_clause(sentence, begin):
                whole, _, _ = extended(sentence, one)
                if whole.end == start - 1 and begin == 0:
                    named = one
                break
    if named is not None and named.genders == "f" and named.number == "s" and not agrees(sentence[found], "f", "s", "Q"):
        yield hit("participle-before", sentence[found], *agreeing(lexicon, sentence[found], "f", "s", "Q"))


def _us(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    """« vous nous avez aidés », « nous nous sommes amusés »."""
    after = sentence[place + 1]
    if after.low == "nous" and sentence[place + 2].low == "sommes":
        found = sentence.after(place + 2)
        yield from _pronominal(sentence, found, "mf", "p", lexicon)
        return
    if sentence.low(place - 1) in SUBJECTS or sentence.low(place - 1) == "qui":
        found_at = _participle(sentence, place + 1)
        if found_at is None or "1p" in {one for reading in after.of("V") for one in reading.persons}:
            return
        word = sentence[found_at]
        if (
            word.has_lemma(_DIRECT, "Q")
            and not agrees(word, "mf", "p", "Q")
            and not any(sentence.low(at) in {"que", "qu'"} for at in range(max(0, place - 3), place))
        ):
            yield hit("participle-before", word, *agreeing(lexicon, word, "mf", "p", "Q"))


def _self(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    """« elles se sont amusées »."""
    verb = sentence[place + 1]
    if not verb.is_form_of("être"):
        return
    found = sentence.after(place + 1)
    at = place - 1
    while sentence.low(at) in {"ne", "n'"}:
        at -= 1
    before = sentence.low(at)
    told = {"elle": ("f", "s"), "elles": ("f", "p"), "ils": ("m", "p"), "il": ("m", "s")}.get(before)
    if told is None and before == "qui":
        parts = antecedents(sentence, at)
        if (
            len(parts) == 1
            and parts[0].number
            and sentence.low(parts[0].start - 1) not in PREPOSITIONS - {"voici", "voilà"} | {",", "et", "ou"}
        ):
            told = (parts[0].genders, parts[0].number)
    elif told is None:
        for start in range(at, -1, -1):
            one = phrase(sentence, start)
            if one is None or not starts_clause(sentence, start):
                continue
            whole, parts, read = extended(sentence, one)
            if read and whole.end == at + 1 and whole.number and not absorbing(sentence, parts):
                told = (whole.genders, whole.number)
            break
    if told is None:
        plural = all("3p" in reading.persons for reading in verb.of("V"))
        told = ("mf", "p") if plural and before in {"tous", "qui"} else None
    if told is not None:
        yield from _pronominal(sentence, found, told[0], told[1], lexicon)


def _pronominal(sentence: Sentence, found: int, genders: str, number: str, lexicon: Lexicon) -> Iterator[Hit]:
    word = sentence[found]
    if word.kind != "word" or not word.can("Q") or agrees(word, genders, number, "Q"):
        return
    lemmas = {reading.lemma for reading in word.of("Q")}
    following = sentence[found + 1]
    if following.must("Y") or (lemmas & _NO_OBJECT and not lemmas & _MOSTLY) or word.low == "fait":
        return
    if following.low == "compte" or (
        following.low
        in {
            "les",
            "le",
            "la",
            "l'",
            "un",
            "une",
            "des",
            "mes",
            "nos",
            "leurs",
            "leur",
            "ses",
            "son",
            "sa",
            "du",
            "que",
            "qu'",
            "rendez-vous",
            "plein",
            "plusieurs",
            "deux",
            "trois",
            "beaucoup",
            "plus",
        }
    ):
        return
    if (following.low in {"de", "d'"} and lemmas & {"rendre", "donner"}) or following.kind == "number":
        return
    yield hit("participle-pronominal", word, *agreeing(lexicon, word, genders, number, "Q"))
