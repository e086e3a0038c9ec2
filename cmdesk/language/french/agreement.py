"""Who does it, and does the verb, its attribute and its participle say so: agreement across complements and relative clauses."""

from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import Struct

from cmdesk.language.french.hits import Hit, agreeing, agrees, hit
from cmdesk.language.french.lexicon import Lexicon
from cmdesk.language.french.phrases import Phrase, absorbing, extended, phrase, skip_adverbs
from cmdesk.language.french.sentence import ADVERBS, CLITICS, PREPOSITIONS, SUBJECTS, Sentence, Word, is_determiner

OPENERS: Final = frozenset(
    "que qu' si s' quand lorsque lorsqu' puisque puisqu' car mais donc où parce dont combien pourquoi comment quoique "
    "pendant".split()
)
_SUBORDINATORS: Final = frozenset(
    "que qu' qui si s' quand lorsque lorsqu' puisque puisqu' dont où comme et ou mais car donc ni ce comment pourquoi "
    "combien".split()
)
COPULAS: Final = ("être", "sembler", "paraître", "devenir", "rester", "demeurer")
TIMES: Final = frozenset(
    "jour semaine mois an année matin soir soirée nuit midi fois samedi dimanche lundi mardi mercredi jeudi vendredi "
    "weekend week-end fin saison "
    "été hiver automne printemps instant moment heure minute janvier février mars avril mai juin juillet août septembre "
    "octobre novembre décembre".split()
)
_PRONOUNS: Final[Mapping[str, tuple[str, str]]] = {
    "il": ("m", "s"),
    "elle": ("f", "s"),
    "ils": ("m", "p"),
    "elles": ("f", "p"),
    "nous": ("mf", "p"),
    "je": ("mf", "s"),
    "j'": ("mf", "s"),
    "tu": ("mf", "s"),
}
#: Participles that stand by themselves.
_LOOSE: Final = frozenset("compris excepté passé vu inclus joint supposé attendu confondus confondues fait fini terminé".split())
#: Adjectives that may be adverbs too.
_SIZES: Final = frozenset("gros cher haut bas court froid chaud doux dur frais".split())
#: Nouns said of several like an adjective.
_SET: Final = frozenset(
    "partie légion top super extra chic cool bio pop standard debout fan maître prêt-à-porter complice témoin roi reine "
    "preuve".split()
)


class Subject(Struct, frozen=True):
    """Who a verb stands for: ``person`` as in "3p" ("" when unknown), ``genders`` of m, f; ``number`` s, p or ""."""

    person: str
    genders: str
    number: str


def check(sentence: Sentence, lexicon: Lexicon) -> Iterator[Hit]:
    """Every verb, attribute and participle that does not agree with its subject."""
    for place, word in enumerate(sentence):
        if word.kind != "word" or word.hyphened:
            continue
        if is_determiner(sentence, place) and not is_determiner(sentence, place - 1):
            yield from _postposed(sentence, place, lexicon)
        yield from _one_of(sentence, place, lexicon)
        if word.low in {"moi", "toi"} and sentence.low(place - 1) == "et" and sentence[place - 2].can("NM"):
            yield from _and_me(sentence, place, lexicon)
        if word.low in SUBJECTS:
            yield from _pronoun(sentence, place, lexicon)
        elif word.low == "qui":
            yield from _relative(sentence, place, lexicon)
        elif starts_clause(sentence, place):
            found = phrase(sentence, place)
            if found is not None:
                yield from _noun(sentence, place, found, lexicon)
            elif word.must("M") and not sentence[place + 1].can("M"):
                yield from _named(sentence, place, lexicon)


def _postposed(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    """« les bas de laine tricoté par ma mère », « des recettes facile »: what stands behind a noun agrees with one before it."""
    found = phrase(sentence, place)
    if found is None or not found.number:
        return
    whole, parts, _ = extended(sentence, found)
    if (
        any(not part.number for part in parts)
        or sentence[found.head].has_lemma({"fois", "part"}, "N")
        or sentence[found.head].text[:1].isupper()
    ):
        return
    before = sentence[place - 1]
    inner = before.low in PREPOSITIONS or sentence.low(place) in {"du", "des", "au", "aux"}
    earlier = [one for at in range(place) if (one := phrase(sentence, at)) is not None] if inner else []
    if before.can("NA") and before.kind == "word" and not before.can("V") and before.low not in PREPOSITIONS:
        return
    if inner and sentence[place - 2].is_form_of("avoir", "être"):
        return  # « a pour sa part accepté »
    inside = [at for at in range(found.head + 1, found.end) if sentence[at].must("AQ") or _inflects(sentence[at])]
    last = sentence[whole.end]
    participle = last.must("Q") or (last.can("Q") and last.must("AQN") and sentence.low(whole.end + 1) == "par")
    behind = whole.end if last.kind == "word" and participle and whole.end not in inside else None
    for at in [*inside, *([behind] if behind is not None else [])]:
        word = sentence[at]
        if (
            word.low in _LOOSE
            or word.hyphened
            or any(";C" in reading.tags for reading in word.readings)
            or word.text[:1].isupper()
        ):
            continue
        several = parts if at == behind else [found]
        if len(several) > 1 and any(sentence.low(part.start - 1) in {"et", "ou"} for part in several[1:]):
            continue
        if word.low.endswith(("ant", "ants")) and word.can("P") and sentence[at + 1].kind != "mark":
            continue  # « les patients souffrant d'asthme » is a verb
        if inner and (at == behind or any(agrees(word, one.genders, one.number, "AQ") for one in earlier)):
            continue
        if any(";C" in reading.tags for reading in sentence[at - 1].readings):
            continue
        if any(agrees(word, part.genders, part.number, "AQ") for part in several) or agrees(
            word, whole.genders, whole.number, "AQ"
        ):
            continue
        if sentence.low(at - 1) in {"avoir", "été", "y"} or (sentence[at + 1].can("N") and not sentence[at + 1].can("VAGQ")):
            continue
        fixes = agreeing(lexicon, word, found.genders, found.number, "AQ")
        if fixes:
            yield hit("adjective-after", word, *fixes)


def _one_of(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    """« chacun des ateliers dure », « une de nos clientes a écrit »: one of several is one."""
    if sentence.low(place) not in {"chacun", "chacune", "aucun", "aucune", "un", "une"} or not starts_clause(sentence, place):
        return
    if sentence.low(place + 1) not in {"des", "de", "d'"}:
        return
    inner = phrase(sentence, place + 1 if sentence.low(place + 1) == "des" else place + 2)
    if inner is None or inner.number != "p":
        return
    at = extended(sentence, inner)[0].end
    while sentence.low(at) in CLITICS:
        at += 1
    verb = sentence[at]
    if verb.must("V") and not verb.hyphened and not any("3s" in reading.persons for reading in verb.of("V")):
        if any("3p" in reading.persons for reading in verb.of("V")):
            yield _verb(verb, "3s", lexicon, "subject-verb")


def _inflects(word: Word) -> bool:
    """Whether what could also be a noun is an adjective of the kind that agrees: gagnant, original, dernier."""
    return (
        word.can("A")
        and word.must("AQPN")
        and word.low.endswith(("ant", "ent", "el", "al", "if", "er", "ien", "ain", "ais", "eux", "é"))
    )


def _and_me(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    """« mon équipe et moi vous souhaitons »."""
    at = place + 1
    while sentence.low(at) in CLITICS:
        at += 1
    verb = sentence[at]
    person = "1p" if sentence.low(place) == "moi" else "2p"
    persons = {one for reading in verb.of("V") for one in reading.persons}
    if verb.must("V") and verb.kind == "word" and not verb.hyphened and person not in persons and persons & {"1s", "3s", "3p"}:
        if not any(one.must("V") for one in sentence.words[:place]):
            yield _verb(verb, person, lexicon, "subject-verb")


def _after_opening(sentence: Sentence, place: int) -> bool:
    """Whether the comma before a place ends an opening like « depuis trente ans », and no list."""
    first = sentence[0]
    commas = sum(1 for one in sentence.words[:place] if one.text == ",")
    return (
        commas == 1
        and (first.low in PREPOSITIONS or first.must("W"))
        and not any(one.low == "et" for one in sentence.words[:place])
    )


def starts_clause(sentence: Sentence, place: int) -> bool:
    """Whether a subject may stand here: at the beginning, after a mark or a conjunction."""
    before = sentence[place - 1]
    if before.kind == "gap" and place == 1:
        return sentence.low(place) not in {"du", "au", "aux"}
    if before.kind == "mark":
        return before.text not in {"'", "-", "/", "+", "&", "%", "$", "€", "°", ")"} and sentence.low(place) not in {
            "du",
            "au",
            "aux",
        }
    if before.low in OPENERS:
        return sentence.low(place) not in {"du", "au", "aux"} and not (
            before.low in {"que", "qu'"}
            and sentence[place - 2].low in {"tel", "telle", "tels", "telles", "autant", "plus", "moins", "aussi"}
        )
    return place == 1 and before.must("W") and before.low not in {"pas", "plus", "bien"}


def _pronoun(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    word = sentence[place]
    at = place + 1
    while sentence[at].low in CLITICS:
        at += 1
    if word.low in {"nous", "vous", "elle", "elles"} and not starts_clause(sentence, place):
        return
    if sentence[place - 1].low == "et" or (word.low in {"elle", "elles"} and sentence[at].low == "et"):
        return
    verb = sentence[at]
    person = SUBJECTS[word.low]
    if not verb.can("V") or verb.low in {"plaît", "plait"} or sentence[at + 1].hyphened:
        return
    if not any(person in reading.persons for reading in verb.of("V")):
        if word.low in {"nous", "vous"} and sentence[place - 1].text == ",":
            return  # « nos serveurs, toujours souriants, vous attendent »
        if verb.must("VG") or word.low in {"je", "j'", "tu", "il", "ils", "on"}:
            told = _verb(verb, person, lexicon, "pronoun-verb")
            other = word.low + "s"
            if word.low in {"il", "elle"} and any("3p" in reading.persons for reading in verb.of("V")):
                between = [one.low for one in sentence.words[place + 1 : at + 1]]
                phrased = "".join(part if part.endswith("'") else part + " " for part in between).strip()
                yield hit("pronoun-verb", word, f"{other} {phrased}", until=verb)
            else:
                yield told
        return
    genders, number = _PRONOUNS.get(word.low, ("", ""))
    if genders:
        yield from predicate(sentence, at, Subject(person, genders, number), lexicon)


def _verb(verb: Word, person: str, lexicon: Lexicon, rule: str) -> Hit:
    """The finding about a verb in another person than its subject's, with the same tense in the right one."""
    fixes: list[str] = ["ai"] if person == "1s" and verb.has_lemma({"être"}, "V") else []
    for reading in sorted(verb.of("V"), key=lambda one: ("Ip" not in one.moods, "î" not in one.lemma)):
        for mood in ("Ip", "If", "Iq", "K", "Is", "Sp", "Sq", "E"):
            if mood in reading.moods:
                fixes.append(lexicon.conjugated(reading.lemma, mood if mood != "E" else "Ip", person))
                break
    return hit(rule, verb, *fixes)


def _noun(sentence: Sentence, place: int, found: Phrase, lexicon: Lexicon) -> Iterator[Hit]:
    whole, parts, read = extended(sentence, found)
    if not read or not whole.number:
        return
    if absorbing(sentence, parts) and not (len(parts) > 1 and all(part.number == "p" for part in parts)):
        return
    at = whole.end
    if sentence.low(at) in {"qui", "que", "qu'"}:
        main = _past_relative(sentence, at)
        if main is None or len(parts) > 1:
            return
        at = main
    elif sentence[at].text == ",":
        main = _past_commas(sentence, at)
        if main is None or sentence.low(place - 1) == ",":
            return
        at = main
    at = skip_adverbs(sentence, at)
    while sentence[at].low in CLITICS:
        at += 1
    verb = sentence[at]
    if not verb.can("V") or verb.hyphened or verb.kind != "word" or (len(verb.text) == 1 and verb.text.isupper()):
        return
    if sentence[found.head].text[:1].isupper() and not verb.text[:1].isupper():
        return
    person = "3" + whole.number
    if any(person in reading.persons for reading in verb.of("V")):
        if verb.must("V") and not absorbing(sentence, parts):
            yield from predicate(sentence, at, Subject(person, whole.genders, whole.number), lexicon)
        return
    before = sentence.low(place - 1)
    if whole.number == "s" and (
        before in {"et", "ou", "ni"}
        or (before == "," and not _after_opening(sentence, place))
        or sentence.low(at - 1) == "ou"
        or sentence[parts[0].head].has_lemma(TIMES, "N")
    ):
        return
    if not any(one[0] == "3" for reading in verb.of("V") for one in reading.persons) and (
        any("E" in reading.moods for reading in verb.of("V"))
        or not verb.must("V")
        or any(one[1] == "p" for reading in verb.of("V") for one in reading.persons)
    ):
        return
    if any(sentence.low(part.start - 1) == "ou" for part in parts) or (
        sentence.low(place) in {"un", "une"} and sentence.low(place + 1) in {"des", "de"}
    ):
        return
    if verb.must("V") or _verbish(sentence, at):
        yield _verb(verb, person, lexicon, "subject-verb")


def _verbish(sentence: Sentence, at: int) -> bool:
    """Whether what could be a noun or adjective is a verb, by what follows it."""
    word = sentence[at]
    if word.can("GWAQ") or sentence[at - 1].kind != "word" or sentence[at - 1].low in PREPOSITIONS:
        return False
    after = sentence[at + 1]
    if after.kind != "word":
        return False
    return (
        (is_determiner(sentence, at + 1) and after.low not in {"du", "au", "aux"})
        or after.low in {"pas", "déjà", "toujours", "aussi", "beaucoup", "bien", "vous", "nous", "que", "qu'"}
        or after.must("Y")
    )


def _past_relative(sentence: Sentence, at: int) -> int | None:
    """The place of the main verb after a relative clause that begins here; None when it is not clear."""
    verbs = 0
    started = at
    at += 1
    while True:
        word = sentence[at]
        if word.kind != "word" or (word.low in _SUBORDINATORS and word.low != "s'") or (word.low in SUBJECTS and verbs):
            return None
        if word.must("V"):
            verbs += 1
            if verbs == 2:
                return at
        elif word.can("V") and verbs == 0:
            verbs += 1
        at += 1
        if at - started > 14:
            return None


def _past_commas(sentence: Sentence, at: int) -> int | None:
    """The place after the second of two commas when what stands between has no verb; None otherwise."""
    first = at
    at += 1
    while sentence[at].kind == "word" or sentence[at].kind == "number":
        if (
            sentence[at].must("V")
            or (sentence[at].low in _SUBORDINATORS and sentence[at].low != "et")
            or sentence[at].low in SUBJECTS
            or (is_determiner(sentence, at) and at == first + 1)
        ):
            return None
        at += 1
    return (
        at + 1
        if sentence[at].text == ","
        and at - first > 2
        and (sentence[first + 1].can("QAGP") or sentence[first + 1].text[:1].isupper())
        and sentence[first + 1].low != "et"
        else None
    )


def _relative(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    """The verb after "qui" and the nouns it may speak of."""
    at = place + 1
    while sentence[at].low in CLITICS:
        at += 1
    verb = sentence[at]
    if not verb.can("V"):
        return
    persons = {one for reading in verb.of("V") for one in reading.persons}
    told = {
        "moi": "1s",
        "toi": "2s",
        "celui": "3s",
        "celle": "3s",
        "ceux": "3p",
        "celles": "3p",
        "eux": "3p",
        "nous": "1p",
        "vous": "2p",
    }.get(sentence.low(place - 1))
    if told is not None:
        if told in {"3s", "3p", "2s"} and sentence.low(place - 2) in {"de", "d'", "avec", "et"}:
            return
        if told in {"1p", "2p"} and sentence.low(place - 2) not in {"est", "était", "sera", "sont"}:
            return
        if told not in persons and (verb.must("V")) and not (told == "1s" and "1p" in persons):
            yield _verb(verb, told, lexicon, "relative-verb")
        return
    parts = antecedents(sentence, place)
    if (
        not parts
        or sentence.low(parts[0].start - 1)
        in PREPOSITIONS - {"voici", "voilà"} | {",", "et", "ou", "que", "qu'", "du", "des", "au", "aux"}
        or absorbing(sentence, parts)
    ):
        return
    if any(part.number == "" for part in parts):
        return
    wanted = {"3" + part.number for part in parts}
    if len(parts) > 1 and any(sentence.low(part.start - 1) in {"et", "ou", ",", "ni"} for part in parts[1:]):
        wanted |= {"3p"}
    if wanted & persons or not verb.must("V"):
        if len(parts) == 1 and verb.must("V"):
            yield from predicate(sentence, at, Subject("3" + parts[0].number, parts[0].genders, parts[0].number), lexicon)
        return
    if not {"3s", "3p"} & persons or absorbing(sentence, parts):
        return
    if len(wanted) == 1:
        yield _verb(verb, next(iter(wanted)), lexicon, "relative-verb")


def antecedents(sentence: Sentence, place: int) -> list[Phrase]:
    """The noun phrases a relative pronoun at a place may stand for: the one that ends right before it, and those it completes."""
    for start in range(max(0, place - 12), place):
        if sentence.low(start - 1) in {"et", "ou"} or (start > 0 and is_determiner(sentence, start - 1)):
            continue
        if sentence.low(start) in {"du", "au", "aux", "des"} and sentence[start - 1].can("NA"):
            continue
        found = phrase(sentence, start)
        if found is None:
            continue
        whole, parts, _ = extended(sentence, found)
        inside = [part for part in parts if part.end <= place]
        if inside and inside[-1].end == place and (whole.end == place or inside[-1].end == place):
            return inside
    return []


def _named(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    """A first name whose gender is known, with être."""
    genders = {reading.gender for reading in sentence[place].readings if ":M1" in reading.tags}
    verb = sentence[place + 1]
    if (
        len(genders) == 1
        and genders <= {"m", "f"}
        and verb.must("V")
        and any("3s" in reading.persons for reading in verb.readings)
        and sentence.low(place - 1) not in {"et", ",", "ou"}
    ):
        yield from predicate(sentence, place + 1, Subject("3s", genders.pop(), "s"), lexicon)


def predicate(sentence: Sentence, at: int, subject: Subject, lexicon: Lexicon) -> Iterator[Hit]:
    """The attribute or participle after a verb of being, and those joined to it."""
    verb = sentence[at]
    after = sentence.after(at)
    if verb.is_form_of("avoir") and sentence.low(after) == "été":
        after = sentence.after(after)
    elif not verb.is_form_of(*COPULAS) or not verb.must("V"):
        return
    if any(
        sentence.low(place) in {"se", "s'", "nous", "vous", "me", "m'", "te", "t'", "l'", "le"}
        for place in range(max(0, at - 2), at)
        if sentence[place].low != sentence[place - 1].low
    ) and _reflexive(sentence, at):
        return
    if sentence[at + 1].hyphened:
        return
    first = True
    while True:
        word = sentence[after]
        if (
            word.kind != "word"
            or not word.can("AQ")
            or (word.can("GWB") and not (word.low in _SIZES and not sentence[after + 1].can("AQW")))
            or word.low in _SET
            or (word.low in ADVERBS and word.low != "ouvert")
        ):
            return
        if word.can("N") and not first:
            return
        if (
            word.can("N")
            and not word.can("Q")
            and sentence[after + 1].low in {"de", "d'", "du", "des"}
            and not verb.is_form_of("être")
        ):
            return
        if any(";C" in reading.tags for reading in word.readings) and sentence[after + 1].can("NA"):
            return  # « vert pomme » agrees with nothing
        if not agrees(word, subject.genders, subject.number, "AQ"):
            # « sont déjà ouvert le lundi » agrees with nobody; « est une petite… » never comes here, for it has its determiner.
            fixes = agreeing(lexicon, word, subject.genders, subject.number or "s", "AQ")
            if fixes:
                yield hit("attribute" if not word.can("Q") else "participle-etre", word, *fixes)
            return
        following = after + 1
        if sentence.low(following) in {"et", "ou", "mais"}:
            after = sentence.after(following)
        elif sentence[following].text == "," and sentence[following + 1].must("AQ"):
            after = following + 1
        else:
            return
        first = False


def _reflexive(sentence: Sentence, at: int) -> bool:
    """Whether the verb is pronominal or has an object before it, which other rules look at."""
    before = sentence.low(at - 1)
    return before in {"se", "s'", "me", "m'", "te", "t'", "l'", "le"} or (
        before in {"nous", "vous"} and sentence.low(at - 2) == before
    )
