"""The form a verb needs where it stands: infinitive, participle or finite, mood after conjunctions, imperative, its hyphens."""

from collections.abc import Iterator
from typing import Final

from cmdesk.language.french.agreement import OPENERS, TIMES, starts_clause
from cmdesk.language.french.hits import Hit, hit
from cmdesk.language.french.lexicon import Lexicon
from cmdesk.language.french.phrases import extended, phrase
from cmdesk.language.french.sentence import ADVERBS, CLITICS, SUBJECTS, Sentence, Word, is_determiner

_MODAL: Final = (
    "pouvoir",
    "devoir",
    "falloir",
    "vouloir",
    "aller",
    "savoir",
    "espérer",
    "souhaiter",
    "désirer",
    "préférer",
    "adorer",
    "aimer",
    "oser",
    "compter",
)
_STRICT: Final = ("pouvoir", "devoir", "falloir", "aller")
_OFTEN_ALONE: Final = frozenset("passé excepté né publié supposé donné arrivé oublié terminé fermé situé".split())
_CALLS: Final = frozenset(
    "cliquer profiter participer visiter contacter regarder écouter partager commenter aimer découvrir commander".split()
)
_AS_ADJECTIVES: Final = frozenset(
    "accompagné déguisé habillé costumé préparé équipé armé masqué reposé motivé maquillé pressé détendu".split()
)
_ASKING: Final = frozenset(
    "savoir demander ignorer voir dire vérifier regarder confirmer deviner comprendre décider interroger montrer "
    "connaître".split()
)
_SOME: Final = frozenset("chose rien quoi personne quelqu'un ce que plus moins beaucoup peu assez trop tant".split())
#: After these (before "que") comes the subjunctive.
_SUBJUNCTIVE: Final = tuple(
    tuple(words.split())
    for words in (
        "bien, pour, afin, avant, jusqu' à ce, sans, à condition, pourvu, de peur, de crainte, à moins, faut, faudra, "
        "faudrait, fallait, important, essentiel, temps, possible, nécessaire, dommage, contents, heureux, heureuse, "
        "heureuses, ravi, ravis, ravie, ravies, content, contente, contentes, fiers, fier, fière, désolé, désolés, triste, "
        "en attendant, suffit, veux, veut, voulons, voulez, voulait, souhaite, souhaitons, souhaitez, aimerais, aimerait, "
        "aimerions, aimeriez, préfère, préférons, normal, préférable, souhaitable, rare, surpris, étonnant"
    ).split(", ")
)
_ASK_WORDS: Final = frozenset("où quand comment pourquoi combien que qu' qui et mais alors donc".split())


def check(sentence: Sentence, lexicon: Lexicon) -> Iterator[Hit]:
    """Every verb in a form that its place does not allow."""
    for place, word in enumerate(sentence):
        if (
            word.kind != "word"
            or not word.readings
            or word.hyphened
            or (place > 0 and word.text[:1].isupper() and not word.text.isupper())
        ):
            continue
        yield from _infinitive(sentence, place, lexicon)
        yield from _participle(sentence, place, lexicon)
        yield from _after_pronoun(sentence, place, lexicon)
        yield from _if(sentence, place, lexicon)
        yield from _subjunctive(sentence, place, lexicon)
        yield from _imperative(sentence, place, lexicon)
        yield from _hyphen(sentence, place)


def _verb_lemma(word: Word, pos: str) -> str:
    return next((reading.lemma for reading in word.of(pos)), "")


def _plural_you(word: Word) -> bool:
    return (
        word.can("V")
        and word.low.endswith("ez")
        and all("2p" in reading.persons for reading in word.of("V"))
        and not word.can("NAGW")
    )


def _infinitive(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    """A participle or « vous » form where an infinitive belongs: pour réservé, pouvez réservez."""
    word = sentence[place]
    participle = (
        word.can("Q")
        and word.low.endswith("é")
        and (word.must("QVA") or (word.must("QVAN") and _needs_infinitive(sentence, place)))
    )
    if not participle and not _plural_you(word):
        return
    at = place - 1
    while sentence.low(at) in CLITICS and sentence.low(at) not in {"ne", "n'"} and sentence.low(at) != "en":
        at -= 1
    if (
        sentence.low(at) in {"pas", "plus", "jamais", "bien", "tout", "tous", "toujours", "mieux", "vraiment", "aussi", "ne"}
        and at > 0
    ):
        at -= 1
        while sentence.low(at) in {"ne", "n'", "pas", "aussi", "bien"}:
            at -= 1
    before = sentence[at]
    right = _verb_lemma(word, "Q" if participle else "V")
    if before.low == "à" and participle and at == place - 1 and at > 0:
        if _subject_ends(sentence, at) or sentence.low(at - 1) in {"tu", "il", "on", "elle", "qui"}:
            return
    if before.low in {"à", "de", "d'", "pour", "sans"}:
        if participle and (word.can("A") and not word.can("Q")):
            return
        if participle and (
            sentence.low(at - 1) in _SOME
            or (
                before.low in {"à", "de", "d'"}
                and at != place - 1
                and sentence.low(place - 1) in {"plus", "bien", "mieux", "tout", "aussi"}
            )
        ):
            return
        if before.low == "sans" and sentence.low(place - 1) == "pas":
            return
        if participle and before.low in {"de", "d'"} and sentence[at - 1].kind in {"number", "gap"}:
            return
        yield hit("infinitive", word, right)
    elif before.must("VYQ") and before.has_lemma(_MODAL, "VYQ") and not before.has_lemma({"être", "avoir"}, "VYQ"):
        strict = before.has_lemma(_STRICT, "VYQ")
        if participle and not strict and at != place - 1:
            return
        if participle and (
            word.low in _AS_ADJECTIVES
            or (
                before.has_lemma({"aimer", "adorer", "préférer", "vouloir", "savoir", "compter", "aller"}, "VYQ")
                and not is_determiner(sentence, place + 1)
                and not (before.has_lemma({"aller", "vouloir"}, "V"))
            )
        ):
            return
        if not participle and sentence.low(place - 1) == "vous" and before.low != "vous" and starts_clause(sentence, place - 1):
            return
        yield hit("infinitive", word, right)
    elif (
        before.is_form_of("venir")
        and before.must("V")
        and at == place - 1
        and (not participle or (is_determiner(sentence, place + 1) and word.low not in _AS_ADJECTIVES))
    ):
        yield hit("infinitive", word, right)


def _needs_infinitive(sentence: Sentence, place: int) -> bool:
    """Whether no noun can stand here: after a verb that takes an infinitive, or before an object."""
    before = sentence[place - 1]
    leads = before.must("V") and before.has_lemma(_STRICT, "V")
    return leads or (
        before.low in {"pour", "sans", "à", "de"}
        and is_determiner(sentence, place + 1)
        and sentence.low(place + 1) not in {"du", "des", "au", "aux"}
    )


def _subject_ends(sentence: Sentence, place: int) -> bool:
    """Whether a subject ends right before a place: then « à » is « a » misspelt."""
    for start in range(max(0, place - 8), place):
        if starts_clause(sentence, start):
            found = phrase(sentence, start)
            if found is not None and extended(sentence, found)[0].end == place:
                return True
    return False


def _participle(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    """An infinitive or « vous » form after avoir or être: ai manger, avons réservez."""
    word = sentence[place]
    if not (word.must("Y") and word.low.endswith("er")) and not _plural_you(word):
        return
    at = place - 1
    while sentence.low(at) in ADVERBS and sentence.low(at) not in {"peu", "beaucoup", "toujours"}:
        at -= 1
    asked = False
    if sentence[at].hyphened and sentence.low(at) in SUBJECTS:
        at -= 1
        asked = True
    verb = sentence[at]
    lemma = _verb_lemma(word, "YV")
    if verb.must("V") and verb.is_form_of("avoir") and sentence.low(at + 1) != "beau":
        if (
            verb.low == "a"
            and sentence.low(at - 1)
            not in {"il", "elle", "on", "qui", "ça", "l'", "m'", "t'", "nous", "vous", "lui", "leur", "les"}
            and word.can("Y")
        ):
            return
        yield hit("participle-form", word, lexicon.participle(lemma, "m", "s"))
    elif verb.must("V") and verb.is_form_of("être") and at > 0 and not asked:
        before = sentence.low(at - 1)
        if before in {"il", "elle", "on", "ils", "elles", "nous", "vous", "je", "tu", "me", "m'", "se", "s'", "t'", "te"} or (
            verb.low == "sont" and sentence[at - 1].can("N")
        ):
            gender = "f" if before in {"elle", "elles"} else "m"
            number = "p" if before in {"ils", "elles", "nous"} or verb.low == "sont" else "s"
            yield hit("participle-form", word, lexicon.participle(lemma, gender, number))


def _after_pronoun(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    """An infinitive or participle right after its subject: vous cherché, il mangé, on aller."""
    word = sentence[place]
    if not (
        (word.must("YN") and word.can("Y") and word.low.endswith("er"))
        or (word.must("QA") and word.can("Q") and word.low.endswith(("é", "és", "ée")))
    ):
        return
    at = place - 1
    while sentence.low(at) in CLITICS and sentence.low(at - 1) in {*SUBJECTS, *CLITICS}:
        at -= 1
    pronoun = sentence[at]
    if pronoun.hyphened or pronoun.low not in {"je", "j'", "tu", "il", "ils", "on", "vous"}:
        return
    if pronoun.low == "on" and sentence[at - 1].can("N"):
        return  # « nos clients on adoré » is « ont »
    lemma = _verb_lemma(word, "YQ")
    if pronoun.low == "vous":
        opener = sentence.low(at - 1)
        sure = opener in OPENERS - {"que", "qu'", "comme", "pour", "sans", "à", "de"} or (
            opener in {"que", "qu'"}
            and (
                word.can("Q")
                or sentence.low(at - 2) in {"ce", "dès", "parce"}
                or (sentence[at - 2].must("N") and not any(one.low in {"ne", "n'"} for one in sentence.words[:at]))
            )
        )
        asked = at == 0 and sentence.words[-1].text == "?"
        if not (sure or asked or (at == 0 and word.can("Q") and is_determiner(sentence, place + 1))) or at != place - 1:
            return
        yield hit("finite", word, lexicon.conjugated(lemma, "Ip", "2p"))
        return
    person = SUBJECTS[pronoun.low]
    moods = ("Ip", "Iq") if word.can("Y") or person[1] == "p" else ("Iq", "Ip")
    yield hit("finite", word, *(lexicon.conjugated(lemma, mood, person) for mood in moods))


def verb_of_clause(sentence: Sentence, place: int) -> tuple[int, str] | None:
    """Where the verb of a clause that begins at a place is, and its subject's person; None when it is not plain to see."""
    word = sentence[place]
    if word.low in SUBJECTS:
        person, at = SUBJECTS[word.low], place + 1
    elif word.low in {"ça", "cela", "ce", "c'"}:
        person, at = "3s", place + 1
    elif word.low == "tout" and sentence[place + 1].must("V"):
        person, at = "3s", place + 1
    elif word.low == "tout" and sentence.low(place + 1) == "le" and sentence.low(place + 2) == "monde":
        person, at = "3s", place + 3
    else:
        found = phrase(sentence, place)
        if found is None:
            return None
        whole, _, read = extended(sentence, found)
        if not read or not whole.number:
            return None
        person, at = "3" + whole.number, whole.end
    while sentence.low(at) in CLITICS:
        at += 1
    return (at, person) if sentence[at].can("V") else None


def _if(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    """« si vous auriez », « si tu viendras »."""
    word = sentence[place]
    if word.low not in {"si", "s'"} or (word.low == "s'" and sentence.low(place + 1) not in {"il", "ils"}):
        return
    if any(one.has_lemma(_ASKING, "VYPQ") for one in sentence.words[max(0, place - 5) : place]):
        return
    told = verb_of_clause(sentence, place + 1)
    if told is None:
        return
    at, person = told
    verb = sentence[at]
    moods = {mood for reading in verb.of("V") for mood in reading.moods}
    if verb.must("V") and moods == {"K"}:
        yield hit("si-conditional", verb, *(lexicon.conjugated(lemma, "Iq", person) for lemma in lexicon.infinitives(verb.low)))
    elif verb.must("V") and moods == {"Iq"} and place == 0:
        for later in range(at + 1, len(sentence)):
            future = sentence[later + 1]
            if (
                sentence.low(later) in {"je", "j'"}
                and future.must("V")
                and all(reading.moods == {"If"} for reading in future.of("V"))
            ):
                yield hit(
                    "si-conditional", future, *(lexicon.conjugated(lemma, "K", "1s") for lemma in lexicon.infinitives(future.low))
                )
    elif verb.must("V") and moods == {"If"} and place == 0:
        yield hit("si-conditional", verb, *(lexicon.conjugated(lemma, "Ip", person) for lemma in lexicon.infinitives(verb.low)))


def _subjunctive(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    """The mood after « bien que », « il faut que », and after « après que »."""
    word = sentence[place]
    if word.low == "quoique":
        wanted = True
    elif place == 0 and word.low == "que" and sentence.words[-1].text != "?":
        comma = next((at for at in range(1, len(sentence)) if sentence[at].text == ","), 0)
        wanted = any(sentence.low(at) == "ou" for at in range(comma)) and sentence.low(1) in SUBJECTS
    elif word.low in {"que", "qu'"}:
        wanted = any(
            tuple(sentence.low(place - len(words) + one) for one in range(len(words))) == words for words in _SUBJUNCTIVE
        )
        if (
            wanted
            and sentence.low(place - 1) == "bien"
            and not (place == 1 or sentence[place - 2].kind == "mark" or sentence.low(place - 2) == "et")
        ):
            return
        if wanted and sentence.low(place - 1) in {"sans", "pour", "avant"} and sentence[place - 2].low in {"plus", "moins"}:
            return
        if wanted and sentence.low(place - 1) == "temps" and sentence.low(place - 2) not in {"est", "était", "serait"}:
            return
        if (
            wanted
            and sentence.low(place - 1) in {"possible", "rare", "important"}
            and not any(sentence.low(at) in {"est", "c'", "était", "serait"} for at in range(place - 4, place - 1))
        ):
            return
    else:
        return
    told = verb_of_clause(sentence, place + 1)
    if told is None:
        return
    at, person = told
    verb = sentence[at]
    moods = {mood for reading in verb.of("V") for mood in reading.moods}
    if not verb.must("V") or not any(person in reading.persons for reading in verb.of("V")):
        return
    lemmas = [lemma for lemma in lexicon.infinitives(verb.low) if lexicon.conjugated(lemma, "Sp", person)]
    if wanted and not moods & {"Sp", "Sq"}:
        yield hit("subjunctive", verb, *(lexicon.conjugated(lemma, "Sp", person) for lemma in lemmas))
    elif sentence.low(place - 1) == "après" and moods - {"E"} == {"Sp"}:
        yield hit("apres-que", verb, *(lexicon.conjugated(lemma, "Ip", person) for lemma in lemmas))
    elif sentence.low(place - 1) in {"espère", "espérons", "espérez"} and moods - {"E"} == {"Sp"}:
        yield hit("apres-que", verb, *(lexicon.conjugated(lemma, mood, person) for lemma in lemmas for mood in ("If", "Ip")))


def _imperative(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    """« Manges tes légumes », « n'oublies pas », « Réservé votre place »."""
    word = sentence[place]
    after = sentence[place + 1]
    before = sentence[place - 1]
    opening = before.kind == "mark" or before.low in {"et", "puis", "alors", "mais"}
    if (
        word.can("V")
        and word.low.endswith("es")
        and any(reading.lemma.endswith("er") and "2s" in reading.persons for reading in word.of("V"))
        and word.low not in {"es", "sommes"}
    ):
        bare = word.low[:-1]
        if not any("E" in reading.moods for reading in lexicon.readings(bare) if reading.pos == "V"):
            return
        if after.hyphened and after.low in {"moi", "toi", "nous", "lui", "leur", "le", "la", "les"}:
            yield hit("imperative", word, bare)
        elif (
            before.low in {"ne", "n'"}
            and after.low in {"pas", "jamais", "plus", "surtout"}
            and sentence.low(place - 2) not in {"tu", "qui"}
            and starts_or_joins(sentence, place - 1)
        ):
            yield hit("imperative", word, bare)
        elif (
            opening
            and before.text != ","
            and not after.hyphened
            and after.low != "tu"
            and (
                (word.must("V") and place == 0 and after.kind == "word")
                or (
                    word.must("VN")
                    and place == 0
                    and (
                        after.low in {"ton", "ta", "tes", "cette", "notre", "nos", "ce", "ces"}
                        or (
                            after.low in {"le", "la", "les", "un", "une"}
                            and sentence[place + 2].must("NA")
                            and not sentence[place + 2].has_lemma(TIMES | {"long"}, "NA")
                        )
                    )
                )
            )
        ):
            yield hit("imperative", word, bare)
    elif (
        place == 0
        and word.can("Q")
        and word.low.endswith("é")
        and word.low not in _OFTEN_ALONE
        and (
            after.low in {"votre", "vos", "notre", "nos", "ton", "tes", "une", "cette", "nous"}
            or (
                word.has_lemma(_CALLS, "Q")
                and after.low in {"sur", "ici", "vite", "avec", "de", "à", "au", "en", "dès", "pour", "le", "la", "les"}
            )
        )
    ):
        yield hit("finite", word, lexicon.conjugated(_verb_lemma(word, "Q"), "Ip", "2p"))
    elif (
        place == 0
        and after.low in {"ton", "ta", "tes", "toi", "nous", "moi", "attention"}
        and not after.hyphened
        and word.low not in {"est", "a", "a-t"}
    ):
        yield from _second_person(word, lexicon)
    elif place == 0 and word.must("Y") and word.low.endswith("er") and after.kind == "word":
        for at in range(1, min(9, len(sentence))):
            if sentence[at].can("Y") and sentence.low(at) != word.low:
                break
            if sentence.low(at) == "et" and _plural_you(sentence[at + 1]):
                yield hit("finite", word, lexicon.conjugated(_verb_lemma(word, "Y"), "Ip", "2p"))
                break
    elif (
        before.low == "et"
        and word.low.endswith(("é", "er"))
        and word.must("QYN")
        and sentence[0].low.endswith("ez")
        and sentence[0].can("V")
        and not sentence[0].has_lemma({"venir", "aller", "laisser", "pouvoir", "devoir", "vouloir", "faire", "savoir"}, "V")
    ):
        between = sentence.words[1 : place - 1]
        if (
            len(between) <= 6
            and not any(one.can("YQ") or one.low in {"à", "de", "d'", "pour", "qui", "que"} for one in between)
            and (is_determiner(sentence, place + 1) or after.low in {"avec", "nous"} or after.kind == "mark" or after.hyphened)
        ):
            lemma = _verb_lemma(word, "QY")
            if lemma and not word.can("N"):
                yield hit("finite", word, lexicon.conjugated(lemma, "Ip", "2p"))


def _second_person(word: Word, lexicon: Lexicon) -> Iterator[Hit]:
    """« Vient nous voir », « Choisi ta saveur »: the imperative of verbs that are not in -er ends in s."""
    for reading in word.readings:
        third = reading.pos == "V" and "3s" in reading.persons and "2s" not in reading.persons
        if (third or (reading.pos == "Q" and word.low.endswith("i"))) and not reading.lemma.endswith("er") and not word.can("G"):
            made = lexicon.conjugated(reading.lemma, "E", "2s")
            if made and made != word.low:
                yield hit("imperative", word, made)
                return


def starts_or_joins(sentence: Sentence, place: int) -> bool:
    """Whether nothing that could be a subject stands before."""
    return (
        place == 0
        or sentence[place - 1].text in {",", ":", ";", "(", "–", "—"}
        or sentence.low(place - 1) in {"et", "mais", "alors", "puis", "surtout"}
        or (sentence[place - 1].kind == "mark")
    )


def _hyphen(sentence: Sentence, place: int) -> Iterator[Hit]:
    """« Avez vous », « donnez moi », « inscrivez vous »."""
    word = sentence[place]
    after = sentence[place + 1]
    if after.hyphened or after.kind != "word" or not word.can("V") or word.text[1:] != word.text[1:].lower():
        return
    before = sentence[place - 1]
    opening = before.kind == "mark" and before.text not in {"'", "-"}
    third = sentence[place + 2]
    persons = {one for reading in word.of("V") for one in reading.persons}
    imperative = opening and word.must("VN") and any("E" in reading.moods for reading in word.of("V"))
    closed = (
        not third.can("VY")
        or third.kind == "mark"
        or word.has_lemma({"laisser", "faire"}, "V")
        or third.low
        in {
            "à",
            "au",
            "aux",
            "dans",
            "sur",
            "en",
            "pour",
            "avec",
            "dès",
            "vos",
            "votre",
            "ton",
            "ta",
            "tes",
            "une",
            "un",
            "des",
            "le",
            "la",
            "les",
            "ce",
            "cette",
            "tous",
            "toutes",
            "ici",
            "quel",
            "quelle",
            "où",
            "si",
            "ou",
            "et",
            "savoir",
            "qui",
            "par",
            "vite",
            "aussi",
            "de",
            "du",
            "plus",
            "maintenant",
            "nombreux",
            "lundi",
            "mardi",
            "mercredi",
            "jeudi",
            "vendredi",
            "samedi",
            "dimanche",
            "demain",
            "directement",
            "chez",
            "jusqu'",
            "comment",
            "pourquoi",
            "quels",
            "quelles",
            "parler",
            "ça",
        }
    )
    if imperative and after.low in {"moi", "toi"} and word.must("V"):
        yield hit("hyphen", word, f"{word.low}-{after.low}", until=after)
    elif imperative and word.low.endswith(("ez", "tes")) and after.low == "nous" and closed and "2p" in persons:
        yield hit("hyphen", word, f"{word.low}-nous", until=after)
    elif imperative and word.low.endswith("ez") and after.low == "vous" and closed and word.must("V"):
        yield hit("hyphen", word, f"{word.low}-vous", until=after)
    elif (
        imperative
        and word.low.endswith("ez")
        and after.low in {"les", "le", "la", "lui", "leur"}
        and third.kind == "mark"
        and third.text not in {"«", '"', "("}
        and word.must("V")
    ):
        yield hit("hyphen", word, f"{word.low}-{after.low}", until=after)
    elif (
        after.low in {"vous", "tu", "il", "ils", "elles", "on"}
        and (opening or before.low in _ASK_WORDS or before.low in {"n'", "ne", "l'", "les", "y", "en"})
        and word.must("V")
        and SUBJECTS[after.low] in persons
    ):
        if (
            sentence.words[-1].text != "?"
            or sentence.low(place - 2) in SUBJECTS
            or before.low in SUBJECTS
            or (before.low in {"qui", "mais", "et", "donc"} and after.low == "vous" and not word.low.endswith("ez"))
        ):
            return
        if (
            third.can("V")
            and third.must("V")
            and SUBJECTS[after.low] in {one for reading in third.of("V") for one in reading.persons}
        ):
            return
        if after.low == "vous" and not word.low.endswith(("ez", "êtes", "ites", "aites")):
            return
        link = "-t-" if after.low in {"il", "on", "elle"} and word.low[-1] in "aec" else "-"
        yield hit("hyphen", word, f"{word.low}{link}{after.low}", until=after)
