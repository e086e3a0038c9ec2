"""Judges what is out of the ordinary: more people than an account is used to, words of a crisis, a thread that runs away."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import Enum
from statistics import median
from types import MappingProxyType
from typing import Any, Final

from msgspec import Struct

from cmdesk.domain.ids import AccountId, MessageId
from cmdesk.domain.ruling import Subject, When, holds

#: Fewer messages in an hour than this are no spike, whatever the habit.
LEAST: Final = 8
#: One alert covers so long; what goes on after it is another.
SAME: Final = timedelta(hours=6)
#: A thread runs away with so many people in so long a time.
VIRAL_PEOPLE: Final = 8
VIRAL_WITHIN: Final = timedelta(hours=2)

#: Words that have a community manager called at night; a star stands for any ending.
CRISIS_WORDS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "fr": (
            "poursuite*", "avocat*", "mise en demeure", "police", "intoxiqu*", "intoxication*", "empoisonn*", "salmonell*",
            "listeria", "allergi*", "anaphylac*", "hospitalis*", "ambulance*", "blesse*", "brul*", "incendie*", "explos*",
            "suicid*", "est mort", "est morte", "decede*",
            "deces", "agress*", "harcel*", "viol", "violee", "racis*", "discrimin*",
            "homophob*", "transphob*", "sexis*", "scandal*", "boycott*", "fraude*", "arnaque*", "pirat*", "fuite de donnees",
            "donnees volees", "rappel de produit*", "rappel du produit*", "journaliste*", "office de la protection",
        ),
        "en": (
            "lawsuit*", "sue you", "suing", "lawyer*", "attorney*", "police", "poison*", "food poisoning", "salmonella",
            "listeria",
            "allergic", "anaphyla*", "hospital*", "ambulance*", "injur*", "burned", "burnt", "fire", "explo*",
            "suicid*",
            "died", "death*", "assault*", "harass*", "rape*", "racis*", "discriminat*", "homophob*", "transphob*", "sexis*",
            "scandal*", "boycott*", "fraud*", "scam*", "hacked", "data breach", "data leak", "recall*", "journalist*",
            "reporter*", "better business bureau",
        ),
    }
)  # fmt: skip


class AlarmKind(Enum):
    """What is out of the ordinary."""

    SPIKE = "spike"
    CRISIS = "crisis"
    VIRAL = "viral"
    RULE = "rule"


class Alert(Struct, frozen=True):
    """Told once: what, and why. ``facts``: spike: number, usual; crisis: words, number; viral: people, number; rule: name."""

    id: int
    kind: AlarmKind
    account: AccountId | None
    message: MessageId | None
    facts: Mapping[str, Any]
    begun_at: datetime
    last_at: datetime
    told_at: datetime | None = None
    seen_at: datetime | None = None

    @property
    def wakes(self) -> bool:
        """Whether it is told in quiet hours too."""
        return self.kind is AlarmKind.CRISIS


class Spike(Struct, frozen=True):
    """So many people in an hour, where so many are usual."""

    number: int
    usual: float


def spike(number: int, same_hour: Sequence[int], all_hours: Sequence[int]) -> Spike | None:
    """Whether so many in the last hour are out of the ordinary.

    ``same_hour`` are the same hours of the week over the last weeks (zeros too), ``all_hours`` the hours of the last days.
    The usual is the higher of both medians; the limit is five times the usual and four times the usual spread above it.
    """
    if number < LEAST:
        return None
    usual = max(median(same_hour) if same_hour else 0.0, median(all_hours) if all_hours else 0.0)
    spread = median(abs(one - usual) for one in (*same_hour, *all_hours)) if (same_hour or all_hours) else 0.0
    limit = max(LEAST, 5 * usual, usual + 4 * 1.4826 * spread)
    return Spike(number, float(usual)) if number >= limit else None


def crisis_words(one: Subject, own: Sequence[str] = ()) -> tuple[str, ...]:
    """Which words of a crisis a message holds: those of its language (of both, where that is not known) and the client's own."""
    language = one.language.partition("-")[0].lower()
    words = CRISIS_WORDS.get(language) or tuple(word for some in CRISIS_WORDS.values() for word in some)
    asked = dict.fromkeys((*own, *words))
    if not holds(When(words=tuple(asked)), one):
        return ()
    return tuple(word.rstrip("*") for word in asked if holds(When(words=(word,)), one))
