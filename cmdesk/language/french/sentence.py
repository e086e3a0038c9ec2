"""Cuts a text into sentences of words with their readings, and leaves out the readings that the words around forbid.

It is careful: a reading goes only when hardly any French would keep it, for rules speak where no reading is right.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from cmdesk.language.french.lexicon import Lexicon, Reading

_PLAIN: Final[Mapping[int, str]] = {0x2019: "'", 0x02BC: "'", 0xA0: " ", 0x202F: " ", 0x2011: "-"}
_TOKEN: Final = re.compile(
    r"\d[\d.,]*(?:\s?[hH]\s?\d{0,2}\b)?(?:\d{3})*(?:er|re|e|es|è|ème|nd|nde)?\b|\d+|(?:[ldjmtsncçLDJMTSNCÇ]|[qQ]u|[jJ]usqu|[lL]orsqu|[pP]uisqu|[qQ]uoiqu)'(?=\w)"
    r"|[^\W\d_]+(?:['-][^\W\d_]+)*|\S"
)
_END: Final = re.compile(r"[.!?…\n\r]")
_WHOLE: Final = frozenset(
    {"aujourd'hui", "prud'homme", "quelqu'un", "quelqu'une", "quelques-uns", "quelques-unes", "presqu'île", "c'est-à-dire"}
)
_CLITIC: Final = re.compile(r"^(.+?)(-t)?-(je|tu|il|elle|on|nous|vous|ils|elles|ce|moi|toi|lui|leur|le|la|les|y|en|ci|là)$")

#: Determiners that are nothing else, with gender and number.
DETERMINERS: Final[Mapping[str, str]] = {
    "un": "ms", "une": "fs", "mon": "es", "ma": "fs", "mes": "ep", "ton": "es", "ta": "fs", "tes": "ep", "sa": "fs", "ses": "ep",
    "notre": "es", "votre": "es", "nos": "ep", "vos": "ep",
    "leurs": "ep", "cet": "ms", "cette": "fs", "ces": "ep", "chaque": "es",
    "plusieurs": "ep", "quelques": "ep", "aucun": "ms", "aucune": "fs", "du": "ms", "des": "ep", "au": "ms", "aux": "ep",
    "quel": "ms", "quelle": "fs", "quels": "mp", "quelles": "fp",
    "deux": "ep", "trois": "ep", "quatre": "ep", "cinq": "ep", "six": "ep",
    "sept": "ep", "huit": "ep", "dix": "ep", "onze": "ep",
    "douze": "ep", "quinze": "ep", "vingt": "ep", "trente": "ep", "quarante": "ep",
    "cinquante": "ep", "soixante": "ep", "cent": "ep", "mille": "ep", "différents": "mp", "différentes": "fp", "divers": "mp",
    "diverses": "fp", "son": "es", "ce": "ms", "certains": "mp", "certaines": "fp",
}  # fmt: skip
#: Determiners that are pronouns too.
ARTICLES: Final[Mapping[str, str]] = {"le": "ms", "la": "fs", "l'": "es", "les": "ep", "leur": "es"}
SUBJECTS: Final[Mapping[str, str]] = {
    "je": "1s",
    "j'": "1s",
    "tu": "2s",
    "il": "3s",
    "elle": "3s",
    "on": "3s",
    "nous": "1p",
    "vous": "2p",
    "ils": "3p",
    "elles": "3p",
}
CLITICS: Final = frozenset(
    {"me", "m'", "te", "t'", "se", "s'", "le", "la", "l'", "les", "lui", "leur", "y", "en", "nous", "vous", "ne", "n'"}
)
PREPOSITIONS: Final = frozenset(
    "à de d' pour sans par en dans sur avec sous chez vers entre contre depuis pendant durant dès selon malgré parmi "
    "avant après devant derrière "
    "sauf voici voilà hors jusqu' jusque outre envers via lors".split()
)
ADVERBS: Final = frozenset(
    "pas plus jamais rien très bien mal trop assez moins aussi encore toujours souvent déjà enfin vraiment presque "
    "ensemble ici là "
    "tellement tant si même surtout maintenant bientôt parfois particulièrement plutôt également ainsi donc alors totalement "
    "complètement tout toute toutes tous peu beaucoup aujourd'hui hier demain désormais heureusement malheureusement "
    "spécialement "
    "entièrement absolument extrêmement super hyper tous toutes officiellement finalement actuellement certainement "
    "probablement "
    "sûrement peut-être réellement également directement fièrement soigneusement entre-temps chacun chacune chaque".split()
)
#: Words whose rare reading as a noun or verb only does harm, with the kinds that stay.
_ONLY: Final[Mapping[str, frozenset[str]]] = {
    **dict.fromkeys(
        "le la les l' nous vous en y si car mais or très trop lui eux tu sans sous sur dans vers entre contre pendant "
        "durant avant "
        "devant derrière pour par avec chez comme quand depuis selon malgré dès même mêmes aussi encore toujours jamais "
        "moins dont où ou et ni "
        "donc ici là un une ce son cet cette ces mon ma mes ton ta tes sa ses du des au aux il elle ils elles on je que "
        "qui quoi hier "
        "ainsi alors puis enfin tous toutes tout toute leur leurs nos vos notre votre de d' à sauf hors lors voici voilà parmi "
        "cela ceci celui celle ceux celles autre autres bien mal vite peu beaucoup assez autant tant plutôt plusieurs "
        "chaque aucun aucune quel quelle quels quelles via"
        .split(),
        frozenset("GWB"),
    ),
    "pas": frozenset("G"),
    "fier": frozenset("A"),
    "fiers": frozenset("A"),
    "plus": frozenset("GW"),
    "est": frozenset("V"),
    "a": frozenset("V"),
    "as": frozenset("V"),
    "ont": frozenset("V"),
    "sont": frozenset("V"),
    "sommes": frozenset("V"),
    "suis": frozenset("V"),
    "avons": frozenset("V"),
    "ai": frozenset("V"),
    "eu": frozenset("Q"),
}  # fmt: skip
_NOMINAL: Final = frozenset("NAQBM")
_LEADING: Final = frozenset(
    "venir aller pouvoir devoir vouloir falloir savoir faire laisser aimer adorer souhaiter désirer préférer espérer oser".split()
)
_AUXILIARIES: Final = frozenset({"avoir", "être"})


class Word:
    """One word, number or mark; ``kind``: word, number, mark, gap (something masked). Positions are those of the text."""

    __slots__ = ("end", "hyphened", "kind", "low", "readings", "start", "text")

    def __init__(self, text: str, start: int, kind: str, readings: tuple[Reading, ...] = (), *, hyphened: bool = False) -> None:
        self.text = text
        self.low = text.lower()
        self.start = start
        self.end = start + len(text)
        self.kind = kind
        self.readings = readings
        self.hyphened = hyphened  # it hangs on the word before with a hyphen

    def __repr__(self) -> str:
        return f"{self.text}/{''.join(sorted(self.kinds))}"

    @property
    def kinds(self) -> set[str]:
        """The parts of speech it may be."""
        return {reading.pos for reading in self.readings}

    def can(self, pos: str) -> bool:
        """Whether it may be one of these parts of speech (letters of Reading.pos)."""
        return any(reading.pos in pos for reading in self.readings)

    def must(self, pos: str) -> bool:
        """Whether it is one of these and nothing else."""
        return bool(self.readings) and all(reading.pos in pos for reading in self.readings)

    def of(self, pos: str) -> list[Reading]:
        """Its readings as one of these."""
        return [reading for reading in self.readings if reading.pos in pos]

    def is_form_of(self, *lemmas: str) -> bool:
        """Whether it may be a finite form of one of these verbs."""
        return any(reading.pos == "V" and reading.lemma in lemmas for reading in self.readings)

    def has_lemma(self, lemmas: Iterable[str], pos: str) -> bool:
        return any(reading.pos in pos and reading.lemma in lemmas for reading in self.readings)

    def takes_object(self) -> bool:
        """Whether it may be the participle of a verb that takes an object."""
        return any(reading.pos == "Q" and reading.transitive for reading in self.readings)

    def keep(self, pos: str) -> None:
        """Leaves only these readings, if there are any."""
        kept = tuple(reading for reading in self.readings if reading.pos in pos)
        if kept:
            self.readings = kept

    def drop(self, pos: str) -> None:
        """Takes these readings away, if others stay."""
        kept = tuple(reading for reading in self.readings if reading.pos not in pos)
        if kept:
            self.readings = kept


class Sentence:
    """The words of one sentence; looking outside of it gives a mark, so that rules need not count."""

    def __init__(self, words: list[Word]) -> None:
        self.words = words
        self.memory: dict[int, object] = {}  # what was read at a place, for several rules ask the same

    def __len__(self) -> int:
        return len(self.words)

    def __getitem__(self, place: int) -> Word:
        return self.words[place] if 0 <= place < len(self.words) else _EDGE

    def __iter__(self) -> Iterator[Word]:
        return iter(self.words)

    def low(self, place: int) -> str:
        return self[place].low

    def after(self, place: int, skipped: frozenset[str] = ADVERBS) -> int:
        """The place of the next word that is none of these."""
        place += 1
        while self[place].low in skipped:
            place += 1
        return place


_EDGE: Final = Word("", 0, "mark")


def sentences(text: str, masked: str, lexicon: Lexicon) -> list[Sentence]:
    """The sentences of a text, their words read; what is masked is a gap, or a mark when it is a picture."""
    plain = masked.translate(_PLAIN)
    found: list[Sentence] = []
    words: list[Word] = []
    last = 0
    for token in _TOKEN.finditer(plain):
        words += _gap(text, plain, last, token.start())
        broken = "\n" in text[last : token.start()]
        last = token.end()
        if broken and words:
            found.append(Sentence(words))
            words = []
        words += _words(token[0], token.start(), lexicon)
        if _END.match(token[0]):
            found.append(Sentence(words))
            words = []
    words += _gap(text, plain, last, len(plain))
    if words:
        found.append(Sentence(words))
    for sentence in found:
        _resolve(sentence)
    return found


def _gap(text: str, plain: str, start: int, end: int) -> list[Word]:
    """What stands masked between two words."""
    hidden = "".join(
        letter for letter, shown in zip(text[start:end], plain[start:end], strict=True) if shown == " " and not letter.isspace()
    )
    if not hidden:
        return []
    place = start + next(i for i, letter in enumerate(text[start:end]) if not letter.isspace())
    return [Word("", place, "gap" if any(letter.isalnum() for letter in hidden) else "mark")]


def _words(token: str, start: int, lexicon: Lexicon) -> list[Word]:
    if token[0].isdigit():
        return [Word(token, start, "number")]
    if not token[0].isalpha():
        return [Word(token, start, "mark")]
    low = token.lower()
    if low in _WHOLE or token.endswith("'") or ("-" not in token and "'" not in token):
        return [_read(token, start, lexicon)]
    readings = lexicon.readings(token)
    clitic = _CLITIC.match(low)
    if (
        clitic is not None
        and (not readings or lexicon.readings(token[: clitic.end(1)]))
        and low not in {"rendez-vous", "celui-ci", "là-bas"}
    ):
        if not readings:
            head = _words(token[: clitic.end(1)], start, lexicon)
            return [*head, _read(token[clitic.start(3) :], start + clitic.start(3), lexicon, hyphened=True)]
    if not readings and "'" in token:
        cut = token.index("'") + 1
        return (
            [_read(token[:cut], start, lexicon), *_words(token[cut:], start + cut, lexicon)]
            if cut < len(token)
            else [_read(token, start, lexicon)]
        )
    return [Word(token, start, "word", readings)]


def _read(token: str, start: int, lexicon: Lexicon, *, hyphened: bool = False) -> Word:
    word = Word(token, start, "word", lexicon.readings(token), hyphened=hyphened)
    only = _ONLY.get(word.low)
    if only is not None:
        word.keep("".join(only))
    return word


def _resolve(sentence: Sentence) -> None:
    """Two passes from left to right: what a word can't be for what stands before it."""
    for _ in range(2):
        for place, word in enumerate(sentence.words):
            if word.kind == "word" and len(word.readings) > 1:
                _prune(sentence, place, word)


def _prune(sentence: Sentence, place: int, word: Word) -> None:
    before = sentence[place - 1]
    low = before.low
    if word.hyphened or before.kind != "word":
        return
    if is_determiner(sentence, place - 1):
        word.keep("NAQBMWY" if low in {"un", "du", "au", "le", "l'"} else "NAQBMW")
        word.drop("WY")
    elif before.must("A") and is_determiner(sentence, place - 2) and before.low in PREPOSED:
        word.keep("NAQ")
    elif (low in {"je", "j'", "tu", "il", "ils", "on"} and not before.hyphened) or low in {"ne", "n'"}:
        if not (low in {"ne", "n'"} and word.low == "pas"):
            word.keep("VYG" if low in {"ne", "n'"} else "VG")
            if word.low not in CLITICS and word.low not in {"ne", "n'", "pas", "plus"}:
                word.drop("G")
    elif low in {"me", "m'", "te", "t'", "se", "s'"} or (
        low in CLITICS and sentence.low(place - 2) in {"je", "tu", "il", "ils", "on", "ne", "qui"}
    ):
        if word.low not in CLITICS:
            word.keep("VYP")
    elif low in PREPOSITIONS and not (low == "en" and sentence.low(place - 2) in SUBJECTS) and low not in {"voici", "voilà"}:
        word.drop("V")
        if low not in {"à", "de", "d'", "pour", "sans", "par", "après", "en", "avant"}:
            word.drop("Y")
    elif before.has_lemma(_AUXILIARIES, "V") and before.must("V") and not before.hyphened:
        word.drop("V")
        if word.can("QY"):
            word.drop("N")
    elif word.low == "soit":
        word.keep("V")
    elif low == "qui" and word.low not in CLITICS and word.low not in {"que", "qu'"}:
        word.keep("V")
    elif word.can("Y") and (low in {"pour", "sans"} or (before.must("V") and before.has_lemma(_LEADING, "V"))):
        word.drop("N")
    elif low in {"elle", "elles"} and sentence[place - 2].kind == "mark" and word.low not in CLITICS:
        word.keep("V")


def is_determiner(sentence: Sentence, place: int) -> bool:
    """Whether the word at a place is a determiner here."""
    word = sentence[place]
    if word.hyphened:
        return False
    if word.low in DETERMINERS:
        return not (
            word.low in {"certains", "certaines", "aucun", "aucune", "deux", "trois", "plusieurs"}
            and not sentence[place + 1].can("NAQ")
        ) and not (word.low == "ce" and not sentence[place + 1].can("NAQB"))
    if word.low not in ARTICLES:
        return False
    after, before = sentence[place + 1], sentence[place - 1]
    if after.low in CLITICS or after.must("VYP"):
        return False
    if after.low in {"plus", "moins", "deux", "trois", "quatre", "cinq", "six", "dix"} or after.kind == "number":
        return True
    if word.low == "leur" and after.can("V") and any(reading.plural and not reading.singular for reading in after.of("NA")):
        return False
    if after.can("V"):
        if before.low in SUBJECTS and not before.hyphened:
            return before.low in {"nous", "vous", "elle", "elles"} and sentence.low(place - 2) in PREPOSITIONS
        return before.low not in {"ne", "n'", "me", "m'", "te", "t'", "se", "s'", "qui"}
    if after.can("Y"):
        return before.low not in PREPOSITIONS
    return after.can("NAQBM") or after.kind in {"gap", "word"}


PREPOSED: Final = frozenset(
    "petit petite petits petites grand grande grands grandes gros grosse grosses bon bonne bons bonnes beau belle beaux "
    "belles bel nouveau nouvelle "
    "nouveaux nouvelles nouvel jeune jeunes vieux vieille vieilles premier première premiers premières dernier dernière "
    "derniers dernières prochain prochaine "
    "prochains prochaines autre autres même mêmes joli jolie jolis jolies meilleur meilleure meilleurs meilleures "
    "mauvais mauvaise mauvaises "
    "vrai vraie vrais vraies seul seule seuls seules super magnifique magnifiques excellent excellente excellents "
    "excellentes ancien ancienne anciens "
    "anciennes cher chère chers chères propre propres différents différentes divers diverses nombreux nombreuses "
    "incroyable incroyables "
    "superbe superbes charmant charmante charmants charmantes précieux précieuse précieuses fameux fameuse fameuses "
    "simple simples immense immenses "
    "long longue longs longues haut haute hauts hautes double triple tendre délicieux délicieuse délicieuses véritable "
    "véritables deuxième troisième "
    "quatrième cinquième sixième dixième principal principale principaux principales futur future futurs futures".split()
)
