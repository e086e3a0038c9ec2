"""Sound-alikes of which one is a verb: a and à, est and et, sont and son, ont and on, peut and peu, m'a and ma."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from cmdesk.language.french.agreement import starts_clause
from cmdesk.language.french.hits import Hit, agrees, hit
from cmdesk.language.french.lexicon import Lexicon
from cmdesk.language.french.phrases import extended, phrase
from cmdesk.language.french.sentence import ADVERBS, CLITICS, PREPOSED, PREPOSITIONS, SUBJECTS, Sentence, is_determiner

_PEOPLE: Final = frozenset({"je", "j'", "tu", "il", "elle", "on", "nous", "vous", "ils", "elles"})
_STOPS: Final = frozenset(
    "que qu' qui dont où quand si s' comme lorsque car et ou mais donc ni ce ceux celui celle quel quelle quoi".split()
)


def nominal(sentence: Sentence, place: int) -> bool:
    """Whether a noun, or adjectives and a noun, may begin here."""
    word = sentence[place]
    while word.kind == "word" and word.can("AQ") and not word.can("N") and sentence[place + 1].kind == "word":
        if word.low not in PREPOSED and not sentence[place + 1].can("N"):
            return False
        place += 1
        word = sentence[place]
    return (
        word.kind in {"gap", "number"}
        or (word.kind == "word" and (word.can("NMB") or not word.readings or word.low in PREPOSED))
        or word.text in {"«", '"', "“"}
    )


def _a(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    """« a » where only « à » can stand."""
    word, before, after = sentence[place], sentence[place - 1], sentence[place + 1]
    if word.text == "A" and place > 0 and not sentence.words[0].text.isupper():
        return
    if after.hyphened or before.low in {
        "il",
        "elle",
        "on",
        "qui",
        "y",
        "n'",
        "l'",
        "m'",
        "t'",
        "ça",
        "cela",
        "s'",
        "en",
        "lui",
        "leur",
        "les",
        "nous",
        "vous",
        "ne",
    }:
        return
    finite = before.must("V") and not before.is_form_of("être", "avoir")
    infinitive = before.must("Y")
    verbal = after.must("Y") and after.low != "être"
    if place == 0 and word.text == "A":
        if after.kind == "word" and after.low in {
            "bientôt",
            "demain",
            "vendre",
            "louer",
            "partir",
            "noter",
            "suivre",
            "venir",
            "découvrir",
            "tous",
            "toutes",
            "tout",
            "la",
            "l'",
            "votre",
            "vos",
            "nos",
            "notre",
            "chaque",
            "deux",
            "quand",
            "quel",
            "quelle",
            "lundi",
            "samedi",
            "propos",
            "vous",
            "nous",
            "gagner",
            "voir",
            "ceux",
            "mardi",
            "mercredi",
            "jeudi",
            "vendredi",
            "dimanche",
            "plus",
            "ce",
            "cette",
            "ne",
            "table",
            "mon",
            "ma",
            "mes",
            "travers",
            "partager",
            "go\u00fbter",
            "l'achat",
            "seulement",
            "peine",
            "moins",
            "quelques",
            "mettre",
            "essayer",
            "lire",
            "cause",
            "toute",
            "très",
            "midi",
            "minuit",
            "faire",
            "emporter",
        }:
            yield hit("a-grave", word, "à")
        return
    if (
        finite
        and (after.can("Q") or any(one.low in {"qui", "que", "qu'", "dont", "où"} for one in sentence.words[:place]))
        and not verbal
    ):
        return
    if finite or infinitive or before.must("P") or (verbal and place > 0):
        yield hit("a-grave", word, "à")
    elif (
        before.low
        in {
            "grâce",
            "quant",
            "jusqu'",
            "face",
            "suite",
            "bienvenue",
            "merci",
            "jusque",
            "rapport",
            "contrairement",
            "bravo",
            "félicitations",
            "bonjour",
            "propice",
            "prêt",
            "prêts",
            "prête",
            "prêtes",
            "dédié",
            "dédiée",
            "dédiés",
            "réservé",
            "destiné",
            "destinés",
            "invités",
            "invité",
            "invitée",
            "invitées",
            "lundi",
            "mardi",
            "mercredi",
            "jeudi",
            "vendredi",
            "samedi",
            "dimanche",
            "demain",
            "aujourd'hui",
            "soir",
            "matin",
            "midi",
        }
        and not after.can("QW")
        and not after.must("A")
    ):
        yield hit("a-grave", word, "à")
    elif before.kind == "number" and after.kind == "number":
        yield hit("a-grave", word, "à")
    elif before.low == "rendez-vous" and not after.can("Q"):
        yield hit("a-grave", word, "à")
    elif before.can("NAQ") and not before.can("V") and before.kind == "word":
        plural = all(reading.number == "p" for reading in before.of("NAQ"))
        if (
            plural
            and (is_determiner(sentence, place + 1) or after.kind == "number" or after.must("M") or verbal)
            and not after.can("Q")
        ):
            yield hit("a-grave", word, "à")


def _a_grave(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    """« à » where only « a » can stand."""
    word, before, after = sentence[place], sentence[place - 1], sentence[place + 1]
    at = place - 1
    while sentence.low(at) in {"y", "en", "m'", "t'", "l'", "n'", "lui", "leur", "les", "nous", "vous"} and sentence.low(
        at - 1
    ) in {"il", "elle", "on", "qui", "n'", "ça", "nous", "vous", "l'", "ne"}:
        at -= 1
    subject = sentence.low(at)
    if subject == "tu" and after.kind == "word":
        yield hit("a-verb", word, "as")
        return
    if (
        (
            subject in {"il", "on", "elle"}
            and not sentence[at].hyphened
            and sentence.low(at - 1) not in PREPOSITIONS | {"qu'", "que", "et"}
            and (subject != "elle" or after.can("Q") or before.low == "n'")
        )
        or (subject in {"il", "on"} and not sentence[at].hyphened)
        or before.low in {"n'", "l'", "m'", "t'"}
    ):
        yield hit("a-verb", word, "a")
    elif before.low in {"qui", "ça", "cela"} and after.can("Q"):
        yield hit("a-verb", word, "a")
    elif (
        after.kind == "word"
        and after.can("Q")
        and not after.can("VGW")
        and after.low.endswith(("é", "u", "i", "is", "it", "ert"))
        and (before.can("N") or before.can("M"))
        and after.low not in {"demi", "domicilié", "fait", "midi", "crédit", "petit", "parti"}
        and (after.must("Q") or is_determiner(sentence, place + 2) or sentence.low(place + 2) in PREPOSITIONS)
    ):
        for start in range(max(0, place - 8), place):
            if starts_clause(sentence, start):
                found = phrase(sentence, start)
                if found is not None and (whole := extended(sentence, found)[0]).end == place:
                    yield hit("a-verb", word, "ont" if whole.number == "p" else "a")
                    return
                if found is None and sentence[start].must("M") and start == place - 1:
                    yield hit("a-verb", word, "a")
                    return


def _clause(sentence: Sentence, place: int) -> list[int]:
    """The finite verbs before a place in its own plain clause; an empty list when the clause is not plain."""
    verbs: list[int] = []
    at = place - 1
    while at >= 0 and sentence[at].kind in {"word", "number", "gap"}:
        word = sentence[at]
        if word.low in _STOPS:
            return []
        if word.must("V"):
            verbs.append(at)
        at -= 1
    if (
        at >= 0
        and sentence[at].text not in {":", ";", "–", "—", "(", "•", "-"}
        and any(one.low in _STOPS for one in sentence.words[: at + 1])
    ):
        return []
    return verbs


def _est(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    """« est » where only « et » can stand: a second verb in a clause that has one."""
    word, before, after = sentence[place], sentence[place - 1], sentence[place + 1]
    if (
        after.hyphened
        or before.kind != "word"
        or before.low in CLITICS | {"c'", "ce", "qui", "l'", "n'", "ça", "cela", "à", "tout"}
        or before.low in SUBJECTS
    ):
        return
    if word.text != "est" or after.low == "ce":
        return
    verbs = _clause(sentence, place)
    if not verbs or sentence[place - 1].must("M") or sentence[place - 1].text[:1].isupper():
        return
    first = verbs[-1]
    head = sentence.low(first - 1)
    plain = (
        head in _PEOPLE or head in {"c'", "ça", "ne", "n'"} or head in CLITICS or first == 0 or sentence[first - 1].kind == "word"
    )
    if not plain or sentence[first].has_lemma({"dire", "croire", "penser", "savoir", "espérer", "trouver"}, "V"):
        return
    like = (
        (before.can("AQ") and (after.can("AQ") or after.low in ADVERBS))
        or (before.can("N") and (is_determiner(sentence, place + 1) or (after.can("A") and before.can("A"))))
        or after.must("V")
        or after.must("Y")
        or after.low in {"c'", "on", "nous", "vous", "je"}
    )
    if like:
        yield hit("et-est", word, "et")


def _et(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    """« et » where only « est » can stand: subject, « et », attribute, and no verb."""
    word, before, after = sentence[place], sentence[place - 1], sentence[place + 1]
    if before.low in {"qui", "c'", "n'", "il", "on", "ça", "ce"} and not before.hyphened:
        if (
            before.low == "n'"
            or (before.low in {"il", "on", "c'"})
            or (before.low in {"qui", "ça", "ce"} and (after.must("AQ") or after.low in ADVERBS | {"le", "la", "un", "une"}))
        ):
            if not (before.low == "ce" and sentence.low(place - 2) in {"et", "sur"}):
                yield hit("est-et", word, "est")
        return
    at = sentence.after(place)
    if not (sentence[at].must("AQ") and not sentence[at].can("N")):
        return
    for start in range(max(0, place - 8), place):
        if not starts_clause(sentence, start) or sentence[start - 1].text == ",":
            continue
        found = phrase(sentence, start)
        if found is None:
            continue
        whole, parts, _read = extended(sentence, found)
        last = parts[-1]
        if whole.end > place and parts[0].end == place:
            whole, last = found, found
        head = sentence[found.head]
        if (
            whole.end != place
            or last.end - 1 != last.head
            or head.can("AQ")
            or sentence[last.head].can("AQ")
            or found.number != "s"
            or not agrees(sentence[at], found.genders, "s", "AQ")
        ):
            return
        rest = sentence.words[at + 1 :]
        if any(one.can("V") and not one.can("NAGW") for one in rest) or any(one.must("V") for one in sentence.words):
            return
        if sentence[at + 1].low in {
            "de",
            "à",
            "d'",
            "en",
            "pour",
            "avec",
            "au",
            "aux",
            "dès",
            "depuis",
            "par",
            "sur",
            "dans",
        } or (sentence[at + 1].kind == "mark" and at > place + 1):
            yield hit("est-et", word, "est")
        return


def _son(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    """« son » where only « sont » can stand."""
    word, before, after = sentence[place], sentence[place - 1], sentence[place + 1]
    if after.kind == "mark" and before.low not in {"ils", "elles"}:
        return
    if before.low in {"ils", "elles", "n'", "se", "ne", "qui"} and not before.hyphened:
        yield hit("son-sont", word, "sont")
        return
    plural = (
        after.kind == "word" and after.can("AQ") and after.must("NAQ") and not any(reading.singular for reading in after.readings)
    )
    if (
        before.can("NA")
        and any(reading.plural for reading in before.of("NA"))
        and (
            plural
            or (
                after.can("A")
                and sentence.low(place + 2) in {"de", "d'", "à", "en", "pour", "et"}
                and any(reading.number == "i" for reading in after.of("A"))
            )
        )
    ):
        yield hit("son-sont", word, "sont")
        return
    if nominal(sentence, place + 1) and not (after.can("AQ") and not after.can("N") and sentence[place + 2].kind != "word"):
        return
    attribute = after.must("AQ") or after.low in ADVERBS or after.low in PREPOSITIONS or after.must("G")
    if not attribute or (after.low in {"plus", "moins", "tout", "très", "si", "même"} and nominal(sentence, place + 2)):
        return
    if before.low in {"qui", "ce", "où"} or (before.can("NAQ") and any(reading.plural for reading in before.of("NAQ"))):
        yield hit("son-sont", word, "sont")


def _sont(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    """« sont » where only « son » can stand."""
    word, before, after = sentence[place], sentence[place - 1], sentence[place + 1]
    if after.hyphened or not (
        after.can("N") and not after.can("VW") and all(reading.singular and reading.number != "i" for reading in after.of("N"))
    ):
        return
    if (
        (before.low in PREPOSITIONS and before.low not in {"en", "voilà", "voici", "après", "depuis", "avant"})
        or before.must("Y")
        or (before.must("V") and place > 0)
        or (before.low == "et" and not after.can("AQ"))
    ):
        yield hit("sont-son", word, "son")


def _on(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    """« on » where only « ont » can stand."""
    word, before, _after = sentence[place], sentence[place - 1], sentence[place + 1]
    if (
        before.low in {"ils", "elles", "l'", "n'"}
        and not before.hyphened
        and (before.low != "l'" or sentence.low(place - 2) in {"ils", "elles", "qui", "ne"})
        and before.low != "n'"
    ):
        yield hit("on-ont", word, "ont")
        return
    at = sentence.after(place)
    if sentence[at].can("Q") and not sentence[at].can("VG"):
        if before.low in {"qui", "nous", "vous", "les", "leur", "lui", "m'", "t'", "y"} or (
            before.can("N") and any(reading.plural for reading in before.of("N"))
        ):
            yield hit("on-ont", word, "ont")


def _ont(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    """« ont » where only « on » can stand."""
    word, before, after = sentence[place], sentence[place - 1], sentence[place + 1]
    if after.hyphened:
        return
    opening = before.kind == "mark" or before.low in {
        "que",
        "qu'",
        "quand",
        "si",
        "où",
        "mais",
        "car",
        "lorsqu'",
        "puisqu'",
        "donc",
        "et",
        "comme",
        "là",
    }
    if opening and (after.low in CLITICS or after.must("V") or (after.can("V") and not after.can("Q"))) and after.low != "leur":
        yield hit("ont-on", word, "on")


def _peu(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    """« peu » where only « peut » can stand."""
    word, before, after = sentence[place], sentence[place - 1], sentence[place + 1]
    subject = before.low in {"on", "il", "elle", "qui", "ça", "cela", "tu", "je", "se", "ne"} and not before.hyphened
    if (
        subject
        or (after.must("Y") and before.low not in {"à", "un", "trop", "si", "pour", "de", "très"} and before.can("N"))
        or (after.low in {"vous", "nous", "m'", "t'", "l'"} and sentence[place + 2].must("Y"))
    ):
        if before.low in {"tu", "je"}:
            yield hit("peu-peut", word, "peux")
        else:
            yield hit("peu-peut", word, "peut")


def _peut(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    """« peut » or « peux » where only « peu » can stand."""
    word, before, after = sentence[place], sentence[place - 1], sentence[place + 1]
    if (
        before.low in {"un", "très", "trop", "si", "quelque", "assez"}
        or (after.low == "de" and before.low not in {"en", "on", "il", "elle", "qui", "ça"} and sentence[place + 2].can("N"))
        or (before.low == "à" and after.low in {"près", "peu", "peut"})
    ):
        yield hit("peut-peu", word, "peu")


def was_told(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    """« ma », « ta », « la », « mon », « ton » for « m'a », « t'a », « l'a », « m'ont », « t'ont »."""
    word, before, after = sentence[place], sentence[place - 1], sentence[place + 1]
    if not (after.kind == "word" and after.can("Q") and after.takes_object()) or not after.low.endswith(
        ("é", "i", "u", "it", "is", "ert", "int", "ée", "és")
    ):
        return
    if before.hyphened:
        return
    to = word.low[0] + "'"
    if before.low in {"il", "elle", "on", "qui", "ça", "cela"} and word.low in {"ma", "ta", "la"}:
        yield hit("ma-m-a", word, to + "a")
    elif before.low == "tu" and word.low == "la":
        yield hit("ma-m-a", word, "l'as")
    elif before.low in {"ils", "elles", "qui"} and word.low in {"mon", "ton"}:
        yield hit("ma-m-a", word, to + "ont")


def check(sentence: Sentence, lexicon: Lexicon) -> Iterator[Hit]:
    """Every one of these words where only its like can stand."""
    for place, word in enumerate(sentence):
        rule = _RULES.get(word.low)
        if rule is not None and not word.hyphened and word.kind == "word":
            yield from rule(sentence, place, lexicon)


_BY_RULE: Final[Mapping[Callable[[Sentence, int, Lexicon], Iterator[Hit]], str]] = {
    _a: "a",
    _a_grave: "à",
    _est: "est",
    _et: "et",
    _son: "son",
    _sont: "sont",
    _on: "on",
    _ont: "ont",
    _peu: "peu",
    _peut: "peut peux",
    was_told: "la ma ta mon ton",
}
_RULES: Final[Mapping[str, Callable[[Sentence, int, Lexicon], Iterator[Hit]]]] = {
    word: rule for rule, words in _BY_RULE.items() for word in words.split()
}
