"""Describes the client's written policy, the measures it grades, and what is kept when one is taken."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import Enum
from typing import Any, Final

from msgspec import Struct

from cmdesk.domain.answering import clean_text
from cmdesk.domain.errors import BadInput
from cmdesk.domain.ids import AccountId, MessageId


class Measure(Enum):
    """What can be done about a message or its author, from the mildest on. Only NOTE does nothing on the network."""

    NOTE = "note"  # kept as evidence, nothing more
    HIDE = "hide"  # the conversation no longer tells us (or, where a network can, others no longer see it)
    MUTE = "mute"
    BLOCK = "block"
    REPORT = "report"
    DELETE = "delete"  # our own answer to it


#: What can't be taken back by us alone, or is felt by the other side: never by a rule without the client's word.
IRREVERSIBLE: Final = frozenset({Measure.BLOCK, Measure.REPORT, Measure.DELETE})


class PolicyRule(Struct, frozen=True):
    """One rule of the policy: what is not wanted, and the measure for the first time, the second, and so on."""

    code: str
    title: str
    text: str = ""
    ladder: tuple[Measure, ...] = (Measure.NOTE,)

    def measure(self, earlier: int) -> Measure:
        """The measure after so many earlier ones; the last step of the ladder stays."""
        return self.ladder[min(earlier, len(self.ladder) - 1)]


class Policy(Struct, frozen=True):
    """What a client tolerates. ``automatic`` are measures that rules may take by themselves; ``version`` grows with each"
    " change."""

    version: int = 0
    rules: tuple[PolicyRule, ...] = ()
    automatic: frozenset[Measure] = frozenset()
    public: str = ""  # the house rules as the public may read them
    agreed_by: str = ""

    def rule(self, code: str) -> PolicyRule | None:
        """The rule with this code."""
        return next((one for one in self.rules if one.code == code), None)


class Sanction(Struct, frozen=True):
    """A measure that was taken. ``outcome`` is empty when the network did it, else the code of why not."""

    id: int
    message: MessageId
    account: AccountId
    person: str
    measure: Measure
    policy_rule: str
    policy_version: int
    by_rule: int | None
    at: datetime
    outcome: str = ""
    undone_at: datetime | None = None


class Evidence(Struct, frozen=True):
    """What a message was when a measure was taken for it. ``facts`` are its words, author, link, times and the rule's words."""

    id: int
    message: MessageId
    sanction: int | None
    taken_at: datetime
    facts: Mapping[str, Any]
    picture: str
    sha256: str


class Proposal(Struct, frozen=True):
    """What a rule proposes. ``measure`` is a ``Measure``, or ``assign`` with the contact's id in ``contact``."""

    id: int
    message: MessageId
    measure: Measure | None
    contact: int | None
    rule: int | None
    at: datetime


def clean_policy(policy: Policy) -> Policy:
    """A policy that holds together. Raises BadInput(field="policy")."""
    codes = [one.code for one in policy.rules]
    if len(set(codes)) != len(codes):
        raise BadInput(field="policy", reason="twice", given=next(one for one in codes if codes.count(one) > 1))
    for one in policy.rules:
        clean_text(one.code, "policy", 40)
        clean_text(one.title, "policy", 200)
        if not one.ladder:
            raise BadInput(field="policy", reason="no_measure", given=one.title)
    return policy


def to_facts(policy: Policy) -> dict[str, Any]:
    """A policy as the client's settings keep it."""
    return {
        "version": policy.version,
        "rules": [
            {"code": one.code, "title": one.title, "text": one.text, "ladder": [step.value for step in one.ladder]}
            for one in policy.rules
        ],
        "automatic": sorted(one.value for one in policy.automatic),
        "public": policy.public,
        "agreed_by": policy.agreed_by,
    }


def from_facts(facts: object) -> Policy:
    """A policy from the settings; nonsense counts as none."""
    if not isinstance(facts, Mapping):
        return Policy()
    try:
        return Policy(
            int(facts.get("version", 0)),
            tuple(_rule(one) for one in _list(facts.get("rules"))),
            frozenset(Measure(one) for one in _list(facts.get("automatic"))),
            str(facts.get("public", "")),
            str(facts.get("agreed_by", "")),
        )
    except (KeyError, TypeError, ValueError):
        return Policy()


def _list(value: object) -> Sequence[Any]:
    return value if isinstance(value, list) else ()


def _rule(facts: Mapping[str, Any]) -> PolicyRule:
    ladder = tuple(Measure(one) for one in facts["ladder"]) or (Measure.NOTE,)
    return PolicyRule(str(facts["code"]), str(facts["title"]), str(facts.get("text", "")), ladder)
