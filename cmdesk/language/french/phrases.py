"""Reads a noun and what belongs to it, so that rules can ask who does something and what it agrees with."""

from typing import Final

from msgspec import Struct

from cmdesk.language.french.lexicon import Reading
from cmdesk.language.french.sentence import ADVERBS, ARTICLES, DETERMINERS, PREPOSED, PREPOSITIONS, Sentence, is_determiner

#: Of these the verb may agree with what follows "de".
COLLECTIVE: Final = frozenset(
    "plupart majorité minorité foule nombre multitude quantité infinité ensemble groupe série dizaine douzaine quinzaine "
    "vingtaine trentaine "
    "quarantaine cinquantaine soixantaine centaine millier million milliard moitié tiers quart partie part reste paire "
    "poignée gamme troupe "
    "bande tas masse lot variété sélection collection équipe total pourcentage maximum minimum sorte type genre espèce "
    "kilo kilogramme gramme litre tonne "
    "couple duo trio quatuor brochette panoplie palette myriade avalanche tonne flopée ribambelle suite cascade liste "
    "peu beaucoup".split()
)
_ABSORBING: Final = COLLECTIVE - {"équipe", "gamme", "collection", "sélection", "liste"}


class Phrase(Struct, frozen=True):
    """A noun phrase: words ``start`` to ``end`` (one past), the ``head``'s place.

    ``genders`` of m and f; ``number`` s, p or "" (unknown).
    """

    start: int
    end: int
    head: int
    genders: str
    number: str
    person: str = "3"

    @property
    def gender(self) -> str:
        """M or f where it is sure, else ""."""
        return self.genders if len(self.genders) == 1 else ""


def phrase(sentence: Sentence, place: int) -> Phrase | None:
    """The noun phrase that begins at a place with a determiner, up to the first preposition; None when there is none."""
    if place not in sentence.memory:
        sentence.memory[place] = _phrase(sentence, place)
    found = sentence.memory[place]
    return found if isinstance(found, Phrase) else None


def _phrase(sentence: Sentence, place: int) -> Phrase | None:
    start = place
    if sentence.low(place) in {"tous", "toutes", "tout", "toute"} and is_determiner(sentence, place + 1):
        place += 1
    if not is_determiner(sentence, place):
        if sentence[place].kind == "number" and sentence[place].text.isdigit() and sentence[place].text not in {"0", "1"}:
            told = "ep"
        else:
            return None
    else:
        told = DETERMINERS.get(sentence.low(place)) or ARTICLES[sentence.low(place)]
    gender, number = told[0], told[1]
    at = place + 1
    while (
        sentence[at].kind == "number"
        or sentence[at].must("B")
        or sentence.low(at) in {"deux", "trois", "plus", "moins", "tout", "toute", "très", "dizaines"}
    ):
        if sentence[at].kind == "number" or sentence[at].can("B"):
            number = "p" if number != "s" else number
        at += 1
    while (
        sentence[at].kind == "word"
        and sentence[at].can("AQ")
        and (sentence.low(at) in PREPOSED or not sentence[at].can("N"))
        and _noun_follows(sentence, at + 1)
    ):
        at += 1
    head = sentence[at]
    if head.kind != "word" or head.hyphened or not head.can("N"):
        return None
    nouns = head.of("N")
    genders = _genders(nouns, gender)
    if number and not any(noun.plural if number == "p" else noun.singular for noun in nouns):
        number = ""  # the noun contradicts its determiner, which is another mistake
    end = at + 1
    while _follows(sentence, end, nouns, number):
        end += 1
    while _is_name(sentence, end):
        end += 1
    return Phrase(start=start, end=end, head=at, genders=genders, number=number)


def _is_name(sentence: Sentence, place: int) -> bool:
    """Whether a name stands at a place, as in « la famille Bouchard »."""
    word = sentence[place]
    return (
        word.kind == "word"
        and word.text[:1].isupper()
        and not word.hyphened
        and (word.must("M") or not word.readings)
        and not sentence[0].text.isupper()
    )


def _noun_follows(sentence: Sentence, place: int) -> bool:
    word = sentence[place]
    return (
        word.kind == "word" and not word.hyphened and (word.can("N") or (word.low in PREPOSED and sentence[place + 1].can("N")))
    )


def _genders(nouns: list[Reading], told: str) -> str:
    if told in {"m", "f"} and any(noun.gender in {told, "e", ""} for noun in nouns):
        return told
    found = {noun.gender for noun in nouns}
    return "mf" if found & {"e", ""} or {"m", "f"} <= found else "".join(sorted(found))


def _follows(sentence: Sentence, place: int, nouns: list[Reading], number: str) -> bool:
    """Whether the word at a place is an adjective or participle of the noun before it (in agreement, or no verb at all)."""
    word = sentence[place]
    if word.kind != "word" or word.hyphened or word.low in {"même", "mêmes"} or not word.readings:
        return False
    if (
        word.low in {"très", "plus", "moins", "si", "trop", "tout", "bien", "entièrement", "assez", "mieux"}
        and sentence[place + 1].can("AQ")
        and not sentence[place + 1].can("V")
    ):
        return True
    adjectives = word.of("AQ")
    if not adjectives:
        return False
    if word.can("V"):
        return any(
            (one.plural if number == "p" else one.singular)
            and any(noun.gender in {one.gender, "e", ""} or one.gender in {"e", ""} for noun in nouns)
            for one in adjectives
        ) and not (number == "p" and not any(one.number in {"p", "i"} for one in adjectives))
    return not word.can("G")


def extended(sentence: Sentence, found: Phrase) -> tuple[Phrase, list[Phrase], bool]:
    """A phrase with its complements (de …, à …, and …): the whole, the phrases inside it, and whether it was read to its end."""
    parts = [found]
    joined = [found]
    at = found.end
    while True:
        word = sentence[at]
        if word.low in {"du", "des", "au", "aux"} or (word.low in PREPOSITIONS and word.low not in {"voici", "voilà"}):
            inner_at = at if word.low in {"du", "des", "au", "aux"} else at + 1
            inner = phrase(sentence, inner_at)
            if inner is None:
                skipped = _bare(sentence, inner_at)
                if skipped is None:
                    return _whole(found, joined, at), parts, False
                parts.append(skipped)
                at = skipped.end
            else:
                parts.append(inner)
                at = inner.end
        elif word.low == "et" and (is_determiner(sentence, at + 1)) and sentence.low(at + 1) != "des":
            inner = phrase(sentence, at + 1)
            if inner is None:
                return _whole(found, joined, at), parts, False
            if len(parts) > 1:
                # « la sœur du maire et le maire » or « la sœur du maire et du préfet »: nobody knows without reading.
                return _whole(found, joined, at), parts, False
            parts.append(inner)
            joined.append(inner)
            at = inner.end
        elif word.low in {"et", "ou"} and len(parts) > 1 and sentence.low(at + 1) in {"de", "d'", "du", "des", "à", "au", "aux"}:
            at += 1
        elif (
            word.low == "et"
            and sentence[at + 1].can("N")
            and not sentence[at + 1].can("V")
            and at == found.end
            and found.number == "p"
        ):
            parts.append(
                Phrase(start=at + 1, end=at + 2, head=at + 1, genders=_genders(sentence[at + 1].of("N"), ""), number="p")
            )
            joined.append(parts[-1])
            at += 2
        else:
            return _whole(found, joined, at), parts, True


def _whole(found: Phrase, joined: list[Phrase], end: int) -> Phrase:
    if len(joined) == 1:
        return Phrase(start=found.start, end=end, head=found.head, genders=found.genders, number=found.number)
    genders = "f" if all(part.genders == "f" for part in joined) else "m" if any(part.genders == "m" for part in joined) else "mf"
    return Phrase(start=found.start, end=end, head=found.head, genders=genders, number="p")


def _bare(sentence: Sentence, place: int) -> Phrase | None:
    """A noun without a determiner after a preposition, a name, a number or an infinitive: with what belongs to it."""
    word = sentence[place]
    if word.low == "chaque" or word.kind == "mark":
        return None
    if word.kind in {"number", "gap"}:
        end = place + 1
        if sentence[end].kind == "word" and sentence[end].can("N") and not sentence[end].can("V"):
            end += 1
        return Phrase(start=place, end=end, head=place, genders="mf", number="")
    end = place
    while sentence[end].low in PREPOSED and sentence[end + 1].can("N"):
        end += 1
    word = sentence[end]
    if (
        word.kind == "word"
        and word.can("NM")
        and (
            word.must("NAM")
            or word.must("NAQM")
            or (word.can("N") and word.must("NAVQ") and sentence.low(place - 1) in {"de", "d'"})
        )
    ):
        nouns = word.of("N")
        head = end
        end += 1
        while (
            sentence[end].kind == "word" and sentence[end].must("AQN") and sentence[end].can("AQ") and not sentence[end].hyphened
        ):
            if not any(_alike(one, noun) for one in sentence[end].of("AQ") for noun in nouns):
                break
            end += 1
        while word.must("M") and sentence[end].must("M"):
            end += 1
        return Phrase(start=place, end=end, head=head, genders=_genders(nouns, "") if nouns else "mf", number=_number(nouns))
    if word.kind == "word" and (not word.readings or word.text[:1].isupper()) and word.text[:1].isupper():
        end += 1
        while sentence[end].kind == "word" and sentence[end].text[:1].isupper():
            end += 1
        return Phrase(start=place, end=end, head=place, genders="mf", number="")
    return None


def _alike(one: Reading, noun: Reading) -> bool:
    """Whether an adjective and a noun agree."""
    gender = one.gender == noun.gender or "e" in {one.gender, noun.gender} or not noun.gender
    return gender and (one.number == noun.number or "i" in {one.number, noun.number})


def _number(nouns: list[Reading]) -> str:
    found = {noun.number for noun in nouns}
    return found.pop() if found in ({"s"}, {"p"}) else ""


def absorbing(sentence: Sentence, parts: list[Phrase]) -> bool:
    """Whether the verb may agree with the complement: la plupart des gens, une foule de clients."""
    head = sentence[parts[0].head]
    return any(reading.lemma in _ABSORBING for reading in head.of("NWG"))


def skip_adverbs(sentence: Sentence, place: int) -> int:
    while sentence[place].low in ADVERBS or (
        sentence[place].kind == "word" and sentence[place].must("W") and not sentence[place].hyphened
    ):
        place += 1
    return place
