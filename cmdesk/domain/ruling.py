"""Matches messages with the rules of an inbox: plain conditions, plain actions, one order, and no network."""

import re
from collections.abc import Mapping, Sequence
from enum import Enum
from functools import lru_cache
from typing import Any, Final

from msgspec import Struct

from cmdesk.domain.answering import LONGEST_NAME, Priority, clean_label, clean_text, folded
from cmdesk.domain.errors import BadInput
from cmdesk.domain.ids import AccountId
from cmdesk.domain.message import MessageKind
from cmdesk.domain.moderation import Measure

MOST_ACTIONS: Final = 6
_LONGEST_SNOOZE: Final = 24 * 60
_LINK = re.compile(r"https?://\S+|www\.\S+|@[\w.-]+(?:@[\w.-]+)?", re.IGNORECASE)
_READABLE = re.compile(r"[^\W_]")


class Only(Enum):
    """What a message has nothing else but; names at its beginning don't count."""

    LINKS = "links"
    EMOJI = "emoji"


class When(Struct, frozen=True):
    """The conditions: every one that is given must hold, any of its values will do.

    ``words`` are whole words or phrases, case and accents aside; a star at the end stands for any ending.
    ``moods`` are moods, kinds of reading (complaint, spam …) or ``care``.
    """

    words: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    kinds: frozenset[MessageKind] = frozenset()
    senders: tuple[str, ...] = ()
    only: frozenset[Only] = frozenset()
    languages: frozenset[str] = frozenset()
    accounts: frozenset[AccountId] = frozenset()
    moods: frozenset[str] = frozenset()

    @property
    def empty(self) -> bool:
        """Whether it would hold for everything."""
        return self == When()


class Deed(Enum):
    """What a rule does."""

    LABEL = "label"  # value: the label
    PRIORITY = "priority"  # value: -1, 0, 1
    SET_ASIDE = "set_aside"
    SNOOZE = "snooze"  # value: hours
    ASSIGN = "assign"  # value: the contact's id; a person sends the question
    PROPOSE = "propose"  # value: a measure; a person decides
    TAKE = "take"  # value: a measure; only where the client's policy lets rules take it, else it is proposed
    ALERT = "alert"


class Action(Struct, frozen=True):
    """One action of a rule."""

    deed: Deed
    value: str = ""


class Rule(Struct, frozen=True):
    """A rule. Rules are tried in their order; one that holds and ``stops`` is the last for its message."""

    id: int
    name: str
    when: When
    then: tuple[Action, ...]
    enabled: bool = True
    stops: bool = False
    position: int = 0


class Subject(Struct, frozen=True):
    """What of a message a rule can see."""

    text: str
    kind: MessageKind
    handle: str
    name: str
    language: str
    account: AccountId
    moods: frozenset[str] = frozenset()


@lru_cache(maxsize=512)
def _pattern(word: str) -> re.Pattern[str]:
    plain = folded(word.rstrip("*"))
    ending = r"\w*" if word.endswith("*") else r"(?!\w)"
    return re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, plain.split())) + ending)


def holds(when: When, one: Subject) -> bool:
    """Whether all conditions hold; a rule without any holds for nothing."""
    if when.empty:
        return False
    if when.kinds and one.kind not in when.kinds:
        return False
    if when.accounts and one.account not in when.accounts:
        return False
    if when.languages and one.language.partition("-")[0].lower() not in when.languages:
        return False
    if when.moods and not when.moods & one.moods:
        return False
    if when.senders and not any(_is(sender, one) for sender in when.senders):
        return False
    if when.only and not any(_is_only(kind, one.text) for kind in when.only):
        return False
    if not (when.words or when.without):
        return True
    text = folded(one.text)
    if when.words and not any(_pattern(word).search(text) for word in when.words):
        return False
    return not any(_pattern(word).search(text) for word in when.without)


def _is(sender: str, one: Subject) -> bool:
    wanted = sender.lstrip("@").casefold()
    handle = one.handle.casefold()
    return handle == wanted or (wanted.startswith("*.") and handle.endswith(wanted[1:])) or handle.partition("@")[2] == wanted


def _is_only(kind: Only, text: str) -> bool:
    rest = _LINK.sub("", text)
    if kind is Only.LINKS:
        return not rest.strip() and any(not match[0].startswith("@") for match in _LINK.finditer(text))
    return bool(rest.strip()) and _READABLE.search(rest) is None


def matching(rules: Sequence[Rule], one: Subject) -> tuple[Rule, ...]:
    """The rules that hold for a message, in their order, up to the first that stops."""
    found: list[Rule] = []
    for rule in rules:
        if rule.enabled and holds(rule.when, one):
            found.append(rule)
            if rule.stops:
                break
    return tuple(found)


def clean_rule(rule: Rule) -> Rule:
    """A rule that can be followed. Raises BadInput(field="rule" or "label")."""
    name = clean_text(rule.name, "rule", LONGEST_NAME)
    if rule.when.empty:
        raise BadInput(field="rule", reason="no_condition", given=name)
    if not rule.then:
        raise BadInput(field="rule", reason="no_action", given=name)
    if len(rule.then) > MOST_ACTIONS:
        raise BadInput(field="rule", reason="too_many_actions", limit=MOST_ACTIONS)
    if any(not folded(word.rstrip("*")) for word in (*rule.when.words, *rule.when.without)):
        raise BadInput(field="rule", reason="empty_word", given=name)
    return Rule(rule.id, name, rule.when, tuple(_clean_action(one) for one in rule.then), rule.enabled, rule.stops, rule.position)


def _clean_action(one: Action) -> Action:
    try:
        match one.deed:
            case Deed.LABEL:
                return Action(one.deed, clean_label(one.value))
            case Deed.PRIORITY:
                return Action(one.deed, str(Priority(int(one.value)).value))
            case Deed.SNOOZE:
                hours = int(one.value)
                if not 0 < hours <= _LONGEST_SNOOZE:
                    raise BadInput(field="rule", reason="out_of_range", limit=_LONGEST_SNOOZE)
                return Action(one.deed, str(hours))
            case Deed.ASSIGN:
                return Action(one.deed, str(int(one.value)))
            case Deed.PROPOSE | Deed.TAKE:
                return Action(one.deed, Measure(one.value).value)
            case _:
                return Action(one.deed)
    except ValueError:
        raise BadInput(field="rule", reason="not_a_value", given=f"{one.deed.value}: {one.value}"[:80]) from None


def when_to_facts(when: When) -> dict[str, Any]:
    """Conditions as the file keeps them; those not given are left out."""
    facts = {
        "words": list(when.words),
        "without": list(when.without),
        "kinds": sorted(one.value for one in when.kinds),
        "senders": list(when.senders),
        "only": sorted(one.value for one in when.only),
        "languages": sorted(when.languages),
        "accounts": sorted(when.accounts),
        "moods": sorted(when.moods),
    }
    return {name: value for name, value in facts.items() if value}


def when_from_facts(facts: Mapping[str, Any]) -> When:
    """Conditions from the file or the command line; raises ValueError, TypeError for nonsense."""
    return When(
        words=tuple(map(str, facts.get("words", ()))),
        without=tuple(map(str, facts.get("without", ()))),
        kinds=frozenset(MessageKind(one) for one in facts.get("kinds", ())),
        senders=tuple(map(str, facts.get("senders", ()))),
        only=frozenset(Only(one) for one in facts.get("only", ())),
        languages=frozenset(str(one).lower() for one in facts.get("languages", ())),
        accounts=frozenset(AccountId(int(one)) for one in facts.get("accounts", ())),
        moods=frozenset(map(str, facts.get("moods", ()))),
    )
