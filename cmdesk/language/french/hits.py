"""What a rule of French says: where, which rule, and what would be right."""

from msgspec import Struct

from cmdesk.language.french.lexicon import Lexicon
from cmdesk.language.french.sentence import Word


class Hit(Struct, frozen=True):
    """One mistake; ``rule`` without its "fr.own."; positions of the text; ``fixes`` in small letters, the best first."""

    rule: str
    start: int
    end: int
    fixes: tuple[str, ...]


def hit(rule: str, word: Word, *fixes: str, until: Word | None = None) -> Hit:
    """A mistake from one word to another (the same when left out); empty proposals are dropped."""
    return Hit(rule, word.start, (until or word).end, tuple(dict.fromkeys(fix for fix in fixes if fix)))


def agreeing(lexicon: Lexicon, word: Word, genders: str, number: str, pos: str = "AQN") -> tuple[str, ...]:
    """A word in the genders and number asked for, the gender it has already first."""
    own = [reading.gender for reading in word.of("AQN") if reading.gender in {"m", "f"}]
    order = sorted(genders, key=lambda one: one not in own)
    made = [lexicon.inflected(word.low, gender, number, pos) for gender in order]
    return tuple(dict.fromkeys(one for one in made if one and one != word.low))


def agrees(word: Word, genders: str, number: str, pos: str = "AQN") -> bool:
    """Whether some reading of a word fits one of the genders and the number ("" fits all)."""
    return any(
        (number == "" or (reading.plural if number == "p" else reading.singular))
        and (reading.gender in {"e", ""} or reading.gender in genders)
        for reading in word.of(pos)
    )
