"""Sound-alikes that are no verbs: ou/où, la/là, ces/ses/c'est/s'est, ce/se, ça/sa, leur/leurs, tout/tous, quelle/qu'elle …"""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from cmdesk.language.french.agreement import starts_clause
from cmdesk.language.french.hits import Hit, hit
from cmdesk.language.french.lexicon import Lexicon
from cmdesk.language.french.phrases import phrase
from cmdesk.language.french.sentence import CLITICS, PREPOSED, PREPOSITIONS, SUBJECTS, Sentence, is_determiner
from cmdesk.language.french.verb_homophones import nominal

_PLACES: Final = frozenset(
    "endroit lieu moment jour époque période instant monde pays ville quartier coin région univers espace village maison "
    "restaurant café boutique salle cas "
    "île rue terrasse bistro bistrot atelier".split()
)
_WONDERING: Final = frozenset(
    "savoir dire demander deviner montrer raconter expliquer voir découvrir indiquer décider ignorer comprendre chercher "
    "trouver vérifier choisir révéler rappeler préciser".split()
)
_PEOPLE: Final = frozenset({"je", "j'", "tu", "il", "elle", "on", "nous", "vous", "ils", "elles"})


def _ou(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    """« ou » where only « où » can stand."""
    word, before, after = sentence[place], sentence[place - 1], sentence[place + 1]
    subject = after.low in _PEOPLE or after.low in {"ça", "c'", "tout"} or is_determiner(sentence, place + 1)
    if before.low == "d'":
        yield hit("ou-where", word, "où")
        return
    if before.low in {"jusqu'", "partout", "n'importe", "là", "importe"} and (
        subject or after.kind == "mark" or (before.low == "partout" and subject)
    ):
        yield hit("ou-where", word, "où")
        return
    clause = after.low in _PEOPLE or after.low in {"ça", "c'"}
    if place == 0:
        if (
            (after.can("V") and sentence[place + 2].hyphened)
            or (after.low in {"est", "sont"} and sentence.words[-1].text == "?")
            or (after.low == "se" and sentence[place + 2].can("V"))
        ):
            yield hit("ou-where", word, "où")
        return
    if before.low in {"nous", "moi", "vous", "lui", "leur", "savoir", "sais", "sait", "savez", "savons"} or before.has_lemma(
        _WONDERING, "VY"
    ):
        verb = place - 1
        while sentence.low(verb) in {"nous", "moi", "vous", "lui", "leur", "pas"} and verb > 0:
            verb -= 1
        if sentence[verb].has_lemma(_WONDERING, "VY") and (
            clause
            or (is_determiner(sentence, place + 1) and _verb_within(sentence, place + 2))
            or after.must("Y")
            or (after.low == "se" and sentence[place + 2].can("V"))
        ):
            if not (after.must("Y") and sentence[verb].must("Y") and verb == place - 1):
                yield hit("ou-where", word, "où")
        return
    if (
        before.has_lemma(_PLACES, "N")
        and (is_determiner(sentence, place - 2) or sentence[place - 2].can("A"))
        and (clause or after.low == "tout" or (is_determiner(sentence, place + 1) and _verb_within(sentence, place + 2)))
    ):
        if sentence.low(place - 2) == "en" or (clause and after.low in {"vous", "nous"} and sentence[place + 2].must("Y")):
            return
        yield hit("ou-where", word, "où")


def _verb_within(sentence: Sentence, place: int) -> bool:
    for at in range(place, place + 4):
        if sentence[at].kind == "mark":
            return False
        if sentence[at].must("V"):
            return True
    return False


def _ou_where(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    """« où » where only « ou » can stand: between two like words, before no verb."""
    word, before, after = sentence[place], sentence[place - 1], sentence[place + 1]
    if after.kind == "mark" or after.hyphened or before.kind != "word" or before.low in PREPOSITIONS:
        return
    rest = sentence.words[place + 1 :]
    if any(one.can("V") or one.can("Y") for one in rest[:8]):
        return
    if before.must("NAQ") and after.must("NAQ"):
        yield hit("where-ou", word, "ou")


def _la(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    """« la » where only « là » can stand."""
    word, before, after = sentence[place], sentence[place - 1], sentence[place + 1]
    if word.text != "la" or before.low == "la" or after.low == "la" or (not before.readings and before.kind == "word"):
        return
    if after.text in {"«", '"', "“", "(", "'", "*", "-", "/", "#"} or after.kind == "gap":
        return
    if after.kind == "mark" and after.text not in {".", ",", "!", "?", "…", ":", ";", "", ")"}:
        return
    if after.kind == "mark" and after.text == "" and place + 1 < len(sentence):
        return
    if before.low in {"à", "de"} and after.kind == "mark" and after.text == "":
        return
    if after.kind == "mark" or after.low in {
        "pour",
        "et",
        "ou",
        "où",
        "depuis",
        "avec",
        "à",
        "dès",
        "que",
        "qu'",
        "jusqu'",
        "dans",
        "sur",
        "aussi",
        "toujours",
        "tous",
        "demain",
        "aujourd'hui",
        "chaque",
        "bientôt",
        "chez",
        "quand",
        "encore",
        "ce",
        "pas",
        "devant",
        "avant",
        "au",
        "aux",
    }:
        if after.low == "pas" and sentence[place + 2].can("N"):
            return
        yield hit("la-there", word, "là")


def _la_there(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    """« là » where only « la » can stand."""
    word, before, after = sentence[place], sentence[place - 1], sentence[place + 1]
    if (
        before.low in {"dans", "à", "sur", "avec", "pour", "sous", "chez", "toute", "vers", "et"}
        and after.kind == "word"
        and after.must("NA")
        and any(reading.feminine and reading.singular for reading in after.readings)
    ):
        yield hit("there-la", word, "la")


def _ses(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    """« ses » or « ces » where only « c'est » can stand."""
    word, before, after = sentence[place], sentence[place - 1], sentence[place + 1]
    if word.low == "ses" and after.can("N") and sentence[place + 2].hyphened and sentence.low(place + 2) in {"là", "ci"}:
        yield hit("ces-ses", word, "ces")
        return
    if after.kind == "mark" or after.hyphened:
        return
    before_ok = before.kind == "mark" or before.low in {
        "que",
        "qu'",
        "car",
        "mais",
        "et",
        "si",
        "quand",
        "parce",
        "comme",
        "donc",
        "ça",
    }
    nothing = after.low in {
        "le",
        "la",
        "les",
        "l'",
        "un",
        "une",
        "des",
        "du",
        "notre",
        "nos",
        "votre",
        "vos",
        "mon",
        "ma",
        "mes",
        "ton",
        "ta",
        "tes",
        "pas",
        "quoi",
        "ici",
        "pourquoi",
        "avec",
        "dans",
        "pour",
        "à",
        "en",
        "ce",
        "cette",
        "toujours",
        "encore",
        "déjà",
        "vraiment",
        "tellement",
        "bien",
        "parti",
        "grâce",
        "aujourd'hui",
        "demain",
        "maintenant",
        "bientôt",
        "au",
        "aux",
        "là",
        "donc",
        "aussi",
        "chez",
        "quand",
        "très",
        "trop",
        "super",
        "tout",
        "vrai",
        "fini",
        "beau",
        "bon",
        "facile",
        "simple",
        "reparti",
        "officiel",
        "important",
        "parfait",
        "nous",
        "vous",
        "moi",
        "toi",
        "elle",
        "lui",
        "eux",
    }
    if (nothing and not nominal(sentence, place + 1)) or (
        nothing
        and after.low in {"parti", "vrai", "fini", "beau", "bon", "facile", "simple", "officiel", "important", "parfait"}
        and before_ok
    ):
        if after.low in {"très", "trop", "tout", "super", "bien", "encore", "toujours", "tellement", "vraiment", "déjà"} and (
            sentence[place + 2].can("A") and any(reading.number == "p" for reading in sentence[place + 2].of("AQ"))
        ):
            return
        yield hit("cest-ses", word, "c'est")


def _cest(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    """« c'est » where only « s'est », « ces » or « ses » can stand, and « c'et »."""
    word, before, after = sentence[place], sentence[place - 1], sentence[place + 2]
    verb = sentence[place + 1]
    if not verb.is_form_of("être"):
        return
    if before.low in {"il", "elle", "on", "ils", "elles"} and not before.hyphened and verb.low != "ça":
        yield hit("sest", word, "s'" + verb.low, until=verb)
        return
    at = sentence.after(place + 1)
    if before.low == "qui" and sentence[at].can("Q") and sentence[at].takes_object():
        yield hit("sest", word, "s'" + verb.low, until=verb)
        return
    if verb.low != "est" or after.hyphened:
        return
    if (
        after.low in {"deux", "trois", "quatre", "cinq"}
        and sentence[place + 3].can("N")
        and before.can("V")
        and before.low not in {"que", "dit"}
    ):
        yield hit("ces-ses", word, "ses", "ces", until=verb)
        return
    if after.low in {"deux", "trois", "quatre"} and sentence[place + 3].can("N") and sentence[place + 4].must("V"):
        yield hit("ces-ses", word, "ces", until=verb)
        return
    if sentence[place + 3].hyphened and sentence.low(place + 3) in {"ci", "là"} and after.can("N"):
        yield hit("ces-ses", word, "ces", until=verb)
        return
    plural = after.kind == "word" and after.must("NAQ") and all(reading.number == "p" for reading in after.readings)
    if plural and (
        before.low in PREPOSITIONS or before.must("Y") or (before.must("V") and place > 0) or sentence[place + 3].must("V")
    ):
        own = before.low in PREPOSITIONS or before.must("Y") or before.must("V")
        yield hit("ces-ses", word, *(("ses", "ces") if own else ("ces", "ses")), until=verb)


def _dans(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    """« dans » where only « d'en » can stand: before an infinitive."""
    if sentence[place + 1].must("Y") and sentence[place + 1].low not in {"être", "devenir"}:
        yield hit("dans-den", sentence[place], "d'en")


def _sest(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    """« s'est » at the beginning, where nobody stands before it."""
    word, before, verb, after = sentence[place], sentence[place - 1], sentence[place + 1], sentence[place + 2]
    if not verb.is_form_of("être") or after.hyphened or verb.low not in {"est", "était"}:
        return
    if (
        place == 0
        or before.low in {"quand", "parce", "car", "puisque", "donc"}
        or (before.low == "mais")
        or (before.text in {":", "!", "?"})
    ):
        if not (after.must("Q") and place > 0):
            yield hit("cest-sest", word, "c'" + verb.low, until=verb)


def _ce(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    """« ce » where only « se » can stand."""
    word, before, after = sentence[place], sentence[place - 1], sentence[place + 1]
    if after.hyphened or after.low in {"qui", "que", "qu'", "dont", "à", "faire"}:
        return
    verb = any(reading.pos == "V" for reading in lexicon.readings(after.low))
    if (
        before.low in {"il", "on", "ils", "elles", "elle"}
        and not before.hyphened
        and verb
        and sentence.low(place - 2) not in PREPOSITIONS
    ):
        yield hit("se-ce", word, "se")
    elif before.low in {
        "pour",
        "de",
        "à",
        "sans",
        "va",
        "vont",
        "peut",
        "peuvent",
        "doit",
        "doivent",
        "faut",
        "veut",
        "allait",
        "pourra",
        "qui",
        "pouvait",
    } and (after.must("Y") or (before.low == "qui" and after.must("V") and not after.is_form_of("être", "devoir", "pouvoir"))):
        yield hit("se-ce", word, "se")
    elif (
        before.can("N")
        and after.must("V")
        and not after.is_form_of("être", "devoir", "pouvoir")
        and sentence.low(place - 2) != "que"
        and is_determiner(sentence, place - 2)
    ):
        yield hit("se-ce", word, "se")
    elif (
        before.can("N")
        and not before.can("V")
        and after.low in {"sont", "est"}
        and sentence[place + 2].must("Q")
        and is_determiner(sentence, place - 2)
        and starts_clause(sentence, place - 2)
    ):
        yield hit("se-ce", word, "se")


def _se(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    """« se » where only « ce » can stand."""
    word, after = sentence[place], sentence[place + 1]
    if (
        after.kind != "word"
        or after.low in CLITICS
        or (after.low in {"sont", "soit", "serait", "sera"} and sentence[place + 2].can("QG"))
    ):
        return
    noun = after.must("NA") and after.can("N") and any(reading.masculine and reading.singular for reading in after.of("N"))
    if noun or after.low in {"qui", "que", "qu'", "dont", "soir", "matin", "midi"}:
        yield hit("ce-se", word, "ce")


def _sa(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    """« sa » where only « ça » can stand."""
    word, _before, after = sentence[place], sentence[place - 1], sentence[place + 1]
    if after.hyphened:
        return
    closed = after.kind == "mark" and after.text in {".", ",", "!", "?", "…", ":", ""}
    if closed and not (after.text == "" and place + 1 < len(sentence)):
        yield hit("ca-sa", word, "ça")
    elif after.low in CLITICS - {"en"} | {"ne", "n'"} or after.low in {
        "va",
        "fait",
        "sent",
        "vaut",
        "donne",
        "prend",
        "commence",
        "change",
        "goûte",
        "marche",
        "aide",
        "reste",
        "arrive",
        "vous",
        "y",
        "se",
        "s'",
        "sera",
        "serait",
        "tombe",
        "fera",
        "ira",
        "bouge",
        "roule",
        "paraît",
        "devient",
        "continue",
        "compte",
        "tient",
        "dépend",
        "manque",
    }:
        if after.low in {"marche", "aide", "change", "compte", "manque", "donne", "roule"} and sentence.low(place + 2) not in {
            "pas",
            "bien",
            "toujours",
            "aussi",
            "vraiment",
            "fort",
        }:
            return
        yield hit("ca-sa", word, "ça")
    elif after.low in {"dans", "sur", "avec", "pour", "c'", "et", "aussi", "depuis", "comme", "ici", "chez"}:
        yield hit("ca-sa", word, "ça")


def _ca(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    """« ça » where only « sa » can stand."""
    word, before, after = sentence[place], sentence[place - 1], sentence[place + 1]
    if (
        (before.low in PREPOSITIONS - {"comme", "voilà", "voici"} or before.must("Y"))
        and after.kind == "word"
        and ((after.can("N") and after.must("NAQ")) or (after.low in PREPOSED and sentence[place + 2].can("N")))
    ):
        if any(reading.feminine and reading.singular for reading in after.of("NA")):
            yield hit("sa-ca", word, "sa")


def _leur(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    """« leur » before several things."""
    word, after = sentence[place], sentence[place + 1]
    at = place + 1
    if after.low in PREPOSED and sentence[at + 1].can("N"):
        at += 1
    noun = sentence[at]
    if (
        noun.kind == "word"
        and noun.must("NAQ")
        and noun.can("N")
        and all(reading.number == "p" for reading in noun.readings)
        and sentence.low(place - 1) not in CLITICS
    ):
        yield hit("leur-leurs", word, "leurs")


def _leurs(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    """« leurs » before a verb or one thing."""
    word, before, after = sentence[place], sentence[place - 1], sentence[place + 1]
    verb = (
        after.must("VY")
        or after.low in {"en", "a", "ont"}
        or ((before.low in {"je", "tu", "on", "il", "ils", "ne"}) and not before.hyphened)
    )
    if verb:
        yield hit("leurs-leur", word, "leur")
        return
    if word.hyphened:
        return
    at = place + 1
    noun = sentence[at]
    if (
        noun.kind == "word"
        and noun.must("N")
        and all(reading.number == "s" for reading in noun.readings)
        and sentence[at + 1].low != "et"
        and not sentence[at + 1].can("N")
    ):
        made = lexicon.inflected(noun.low, "", "p", "N")
        if made:
            yield hit("leurs-leur", word, f"leur {noun.low}", f"leurs {made}", until=noun)


def _tout(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    """« tout » that does not agree with what it stands before."""
    word, before = sentence[place], sentence[place - 1]
    if sentence.low(place + 1) in {"ceux", "celles"}:
        right = "tous" if sentence.low(place + 1) == "ceux" else "toutes"
        if word.low != right:
            yield hit("tout-tous", word, right)
        return
    if sentence.low(place + 1) in {"simplement", "juste", "près", "doucement", "naturellement"} and word.low == "tous":
        yield hit("tout-tous", word, "tout")
        return
    if word.low == "tous" and sentence.low(place + 1) == "ce" and sentence.low(place + 2) in {"que", "qu'", "qui", "dont"}:
        yield hit("tout-tous", word, "tout")
        return
    if (
        word.low == "tout"
        and sentence[place + 1].kind == "mark"
        and before.low == "à"
        and sentence.low(place - 2)
        in {
            "merci",
            "bonjour",
            "bonsoir",
            "semaine",
            "journée",
            "soirée",
            "bienvenue",
            "salut",
            "fin",
            "vacances",
            "année",
            "weekend",
            "week-end",
        }
    ):
        yield hit("tout-tous", word, "tous")
        return
    if (
        not is_determiner(sentence, place + 1)
        or sentence.low(place + 1)
        in {"un", "une", "du", "au", "aux", "aucun", "aucune", "deux", "trois", "quatre", "cinq", "six", "dix", "sept", "huit"}
        or before.low == "c'"
    ):
        if sentence.low(place + 1) in {"deux", "trois", "quatre"} and word.low == "tout":
            yield hit("tout-tous", word, "tous")
        return
    found = phrase(sentence, place + 1)
    if found is None or not found.number:
        return
    gender = found.gender
    if not gender:
        if (
            word.low in {"tout", "toute"}
            and found.number == "p"
            and before.low not in {"est", "sont", "ça"}
            and not before.can("V")
        ):
            yield hit("tout-tous", word, "tous" if word.low == "tout" else "toutes")
        elif word.low in {"tous", "toutes"} and found.number == "s" and not before.must("V") and place == 0:
            yield hit("tout-tous", word, "tout" if word.low == "tous" else "toute")
        return
    right = {"ms": "tout", "mp": "tous", "fs": "toute", "fp": "toutes"}[gender + found.number]
    if word.low == right:
        return
    if (
        (before.must("V") or before.can("V") or before.can("Q") or before.hyphened or before.low in SUBJECTS)
        and (word.low in {"tous", "toutes", "tout"})
        and found.number == "s"
    ):
        return
    if (
        before.low in SUBJECTS
        or before.hyphened
        or (
            before.can("V")
            and word.low in {"tous", "tout"}
            and found.number == "p"
            and word.low == "tous"
            and before.low in {"sont", "sommes", "ont"}
        )
    ):
        return
    if (
        before.can("VQ")
        and word.low in {"tous", "toutes"}
        and any(one.low in {"nous", "vous", "ils", "elles", "les"} for one in sentence.words[:place])
    ):
        return
    if before.low in {"le", "un", "du", "avant", "après", "malgré"}:
        return
    yield hit("tout-tous", word, right)


def _pres(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    """« près à » for « prêt à », « prêt de » for « près de »."""
    word, before, after = sentence[place], sentence[place - 1], sentence[place + 1]
    third = sentence[place + 3] if sentence.low(place + 2) in CLITICS | {"tout", "toujours"} else sentence[place + 2]
    if word.low == "près" and after.low == "à" and third.can("Y") and not third.can("N"):
        plural = any(
            one.low in {"nous", "ils", "elles", "sommes", "sont", "vous", "êtes"}
            for one in sentence.words[max(0, place - 4) : place]
        )
        yield hit("pret-pres", word, "prêts" if plural else "prêt")
    elif (
        word.low in {"prêt", "prêts"}
        and after.low in {"de", "du", "des", "d'"}
        and not sentence[place + 2].can("Y")
        and not before.can("V")
        and before.low
        not in {
            "le",
            "un",
            "votre",
            "notre",
            "de",
            "d'",
            "les",
            "des",
            "vos",
            "nos",
            "ce",
            "au",
            "aux",
            "du",
            "son",
            "ses",
            "mon",
            "en",
        }
        and (before.low in {"tout", "tous", "très"} or before.kind == "mark")
    ):
        yield hit("pret-pres", word, "près")


def _sur(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    """« sur » for « sûr »."""
    word, before, after = sentence[place], sentence[place - 1], sentence[place + 1]
    stop = after.kind == "mark" or after.low in {"que", "qu'"}
    if after.kind == "mark" and after.text in {"«", '"', "“", "(", ""} and not (after.text == "" and place + 1 >= len(sentence)):
        return
    if stop and before.low in {"bien", "est", "suis", "être", "es", "pas", "coup"}:
        if before.low == "coup" and sentence.low(place - 2) != "à":
            return
        yield hit("sur-accent", word, "sûr")


def _sure(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    """« sûr » for « sur »."""
    word, before = sentence[place], sentence[place - 1]
    if is_determiner(sentence, place + 1) and before.low not in {"bien", "est", "suis", "être", "es", "sommes"}:
        yield hit("sur-no-accent", word, "sur")


def _mes(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    """« mes » for « mais »."""
    word, _before, after = sentence[place], sentence[place - 1], sentence[place + 1]
    if (
        after.low
        in _PEOPLE
        | {"c'", "ça", "pas", "qui", "aussi", "surtout", "avec", "pour", "le", "la", "les", "l'", "un", "une", "notre", "nos"}
        and not after.hyphened
    ):
        yield hit("mais-mes", word, "mais")


def _quelle(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    """« quelle » for « qu'elle »."""
    word, before, after = sentence[place], sentence[place - 1], sentence[place + 1]
    if after.hyphened or word.low not in {"quelle", "quelles"}:
        return
    if after.low in {"ne", "n'"} and sentence[place + 2].is_form_of("être"):
        return
    verb = after.must("V") and not after.is_form_of("être", "devoir", "pouvoir")
    clitic = after.low in {"ne", "n'", "se", "s'", "nous", "vous", "y", "m'", "t'", "te", "me", "lui"} and sentence[
        place + 2
    ].can("V")
    told = before.must("V") or before.low in {"ce", "parce", "dès", "afin", "pour", "lorsque", "alors", "bien", "tant"}
    if (
        verb
        or clitic
        or (told and after.is_form_of("être", "pouvoir", "devoir") and before.low in {"ce", "parce", "dès", "pour"})
    ):
        yield hit("quelle", word, "qu'elle" + ("s" if word.low.endswith("s") else ""))


def _qu_elle(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    """« qu'elle » for « quelle »."""
    word, pronoun, after = sentence[place], sentence[place + 1], sentence[place + 2]
    if pronoun.low not in {"elle", "elles"} or after.kind != "word" or pronoun.hyphened:
        return
    if (
        ((after.can("N") and after.must("NAQ")) or after.low in PREPOSED)
        and any(reading.feminine for reading in after.of("NA"))
        and not after.can("VG")
        and (place == 0 or sentence[place - 1].low in {"à", "de", "dans", "avec"} or sentence[place - 1].kind == "mark")
    ):
        yield hit("qu-elle", word, "quelle" + ("s" if pronoun.low.endswith("s") else ""), until=pronoun)


def check(sentence: Sentence, lexicon: Lexicon) -> Iterator[Hit]:
    """Every one of these words where only its like can stand."""
    for place, word in enumerate(sentence):
        rule = _RULES.get(word.low)
        if rule is not None and not word.hyphened and word.kind == "word":
            yield from rule(sentence, place, lexicon)


_BY_RULE: Final[Mapping[Callable[[Sentence, int, Lexicon], Iterator[Hit]], str]] = {
    _ou: "ou",
    _ou_where: "où",
    _la: "la",
    _la_there: "là",
    _ses: "ses ces",
    _cest: "c'",
    _sest: "s'",
    _ce: "ce",
    _se: "se",
    _sa: "sa",
    _ca: "ça",
    _leur: "leur",
    _leurs: "leurs",
    _tout: "tout tous toute toutes",
    _pres: "près prêt prêts",
    _sur: "sur",
    _sure: "sûr",
    _mes: "mes",
    _quelle: "quelle quelles",
    _qu_elle: "qu'",
    _dans: "dans",
}
_RULES: Final[Mapping[str, Callable[[Sentence, int, Lexicon], Iterator[Hit]]]] = {
    word: rule for rule, words in _BY_RULE.items() for word in words.split()
}
