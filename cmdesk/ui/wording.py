"""Makes sentences of codes: what happened, what is safe, what to do next. The only way from a code to words on the screen."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QLocale

from cmdesk.domain.account import FetchKind, Health, Network, Role
from cmdesk.domain.client import Colour, Language
from cmdesk.domain.delivery import HeldBecause, PostState, State
from cmdesk.domain.errors import BadInput, CmdeskError, RateLimited
from cmdesk.domain.guard import QueueHold
from cmdesk.domain.journal import Event
from cmdesk.domain.limits import Problem, Severity, Visibility
from cmdesk.domain.message import MessageKind, MessageState
from cmdesk.domain.moderation import Measure
from cmdesk.domain.post import PostKind
from cmdesk.domain.schedule import PlannedTime, Shift
from cmdesk.domain.views import FileTrouble, OutboxRow
from cmdesk.ui.wordings import errors, problems, states
from cmdesk.ui.wordings.counted import Counted

translate = QCoreApplication.translate

#: Refusals whose only reason is what the network itself wrote.
_REFUSALS = frozenset({"refused", "refused_by_network"})
#: More of a foreign word (a server's own sentence, a name) than this is not shown.
LONGEST = 160


class Speaks(Protocol):
    """The part of ``Formats`` that sentences need."""

    def moment(self, moment: datetime, /) -> str:
        """A date and a time of day."""
        ...


class _Filled(dict[str, str]):
    """Parameters of a sentence; one that is missing reads as an ellipsis instead of breaking the sentence."""

    def __missing__(self, key: str) -> str:
        return "…"


def _said(source: str, params: Mapping[str, object] | None = None) -> str:
    """A source sentence in the language in force, its placeholders filled."""
    sentence = translate("Wording", source)
    return sentence.format_map(_Filled({name: _short(value) for name, value in (params or {}).items()}))


def _short(value: object) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST else flat[: LONGEST - 1] + "…"


def error(problem: BaseException, formats: Speaks | None = None) -> str:
    """A failure as a sentence or three; ``formats`` lets it name times."""
    if not isinstance(problem, CmdeskError):
        return _said(errors.ERRORS["error"], {"code": type(problem).__name__})
    if isinstance(problem, BadInput):
        source = errors.INPUTS.get((problem.field, problem.reason)) or errors.INPUTS.get(("", problem.reason))
        return _said(source or errors.ERRORS["bad_input"], problem.params)
    if isinstance(problem, RateLimited) and problem.until is not None and formats is not None:
        sentence = translate(
            "Wording", "The network asks us to slow down until {time}. Nothing is lost, and cmdesk goes on by itself then."
        )
        return sentence.format(time=formats.moment(problem.until))
    source = errors.REASONS.get((problem.code, str(problem.params.get("reason")))) or _of_class(problem)
    return _said(source, {"code": problem.code, **problem.params})


def _of_class(problem: CmdeskError) -> str:
    """The sentence of its code, else of the nearest branch of the tree above it."""
    if problem.code in errors.ERRORS:
        return errors.ERRORS[problem.code]
    for kind in type(problem).__mro__:
        if issubclass(kind, CmdeskError) and kind.CODE in errors.ERRORS:
            return errors.ERRORS[kind.CODE]
    return errors.ERRORS["error"]


def problem(found: Problem) -> str:
    """A problem of a draft, or of a network's answer, as a sentence."""
    source = problems.PROBLEMS.get(found.code) or errors.ERRORS.get(found.code) or problems.UNKNOWN
    said = _said(source, _params(found))
    if found.part is None or found.part < 1:
        return said
    return translate("Wording", "Part {number}: {sentence}").format(number=found.part + 1, sentence=said)


def _params(found: Problem) -> dict[str, object]:
    """The parameters in words: sizes, lengths of time and visibilities are no bare numbers and codes."""
    params: dict[str, object] = {"code": found.code, **dict(found.params)}
    for name, value in found.params:
        if name == "visibility":
            params[name] = next((visibility(one) for one in Visibility if one.value == value), value)
        elif isinstance(value, int) and found.code == "media_too_large" and name in {"size", "limit"}:
            params[name] = megabytes(value)
        elif isinstance(value, int) and found.code == "poll_time":
            params[name] = span(value)
    return params


def megabytes(size: int) -> str:
    """A size of bytes as people read it, rounded to one decimal."""
    if size < 1_000_000:
        return translate("Wording", "{number} KB").format(number=QLocale().toString(max(1, round(size / 1000))))
    number = QLocale().toString(size / 1_000_000, "f", 1)
    return translate("Wording", "{number} MB").format(number=number)


def span(seconds: int) -> str:
    """A length of time by its largest unit."""
    minutes, hours, days = round(seconds / 60), round(seconds / 3600), round(seconds / 86_400)
    if minutes < 120:
        return Counted().minutes(minutes)
    if hours < 48:
        return Counted().hours(hours)
    return Counted().days(days)


def state(key: State) -> str:
    """Where a delivery stands, in a word or two."""
    return _said(states.DELIVERY_STATES[key])


def post_state(key: PostState) -> str:
    """Where a post stands, in a word or two."""
    return _said(states.POST_STATES[key])


def held(key: HeldBecause) -> str:
    """Why a delivery waits for a person."""
    return _said(states.HELD[key])


def queue_hold(hold: QueueHold, client: str, formats: Speaks) -> str:
    """Why nothing of a client goes out, and what is safe."""
    if hold.retired:
        sentence = translate("Wording", "{client}: you said that another copy is the real one, so nothing is sent from here.")
        return sentence.format(client=_short(client))
    params: dict[str, object] = {"client": client, **dict(hold.detail)}
    if "last" in params:
        params["last"] = formats.moment(datetime.fromisoformat(str(params["last"])).astimezone())
    if "shows" in params:
        params["shows"] = formats.moment(datetime.fromisoformat(str(params["shows"])).astimezone())
        params["server"] = str(params["server"]).rpartition("://")[2]
    return _said(states.HOLDS[hold.because], params)


def event(key: Event) -> str:
    """What a line of the journal tells."""
    return _said(states.EVENTS[key])


def outcome(code: str) -> str:
    """What came of it, by its code in the journal; a code without words (of the network's own) is shown as it is."""
    return _said(states.OUTCOMES[code]) if code in states.OUTCOMES else _short(code)


def visibility(key: Visibility) -> str:
    """Who can see it."""
    return _said(states.VISIBILITIES[key])


def network(key: Network) -> str:
    """A network's name."""
    return _said(states.NETWORKS[key])


def health(key: Health) -> str:
    """How well the line to an account works, and what to do."""
    return _said(states.HEALTH[key])


def health_short(key: Health) -> str:
    """The same in two words."""
    return _said(states.HEALTH_SHORT[key])


def fetch_kind(key: FetchKind) -> str:
    """What is fetched from an account."""
    return _said(states.FETCH_KINDS[key])


def role(key: Role) -> str:
    """What can be done on an account."""
    return _said(states.ROLES[key])


def message_kind(key: MessageKind) -> str:
    """What kind of event a message is."""
    return _said(states.MESSAGE_KINDS[key])


def message_state(key: MessageState) -> str:
    """How a message was dealt with."""
    return _said(states.MESSAGE_STATES[key])


def measure(key: Measure) -> str:
    """What can be done about a message."""
    return _said(states.MEASURES[key])


def post_kind(key: PostKind) -> str:
    """Why a post exists."""
    return _said(states.POST_KINDS[key])


def severity(key: Severity) -> str:
    """How much a problem weighs."""
    return _said(states.SEVERITIES[key])


def file_trouble(key: FileTrouble) -> str:
    """Why a client's file cannot be opened, and what to do."""
    return _said(states.FILE_TROUBLES[key])


def colour(key: Colour) -> str:
    """A client colour's name."""
    return _said(states.COLOURS[key])


def language(key: Language) -> str:
    """A language's name."""
    return _said(states.LANGUAGES[key])


def zone(name: str) -> str:
    """A zone by its city: ``America/Toronto`` is Toronto time."""
    city = name.rpartition("/")[2].replace("_", " ")
    return translate("Wording", "{city} time").format(city=city)


def shift(planned: PlannedTime) -> str:
    """What daylight saving does to a chosen time; "" when nothing."""
    if planned.shift is Shift.GAP:
        later = planned.utc.astimezone(ZoneInfo(planned.zone)).replace(tzinfo=None) - planned.wall
        if later == timedelta(hours=1):
            return translate(
                "Wording", "The clocks go forward that night, so this hour does not exist. The post goes out an hour later."
            )
        sentence = translate(
            "Wording", "The clocks go forward that night, so this hour does not exist. The post goes out {minutes} minutes later."
        )
        return sentence.format(minutes=round(later.total_seconds() / 60))
    if planned.shift is Shift.FOLD:
        return translate("Wording", "The clocks go back that night, so this hour comes twice. The post goes out the first time.")
    return ""


def known(row: OutboxRow, formats: Speaks) -> str:
    """What is known of a delivery, and for one that waits, what to do: for cards and for screen readers."""
    sentence = _known(row, formats)
    if 0 < row.parts_out < row.parts:
        parts = translate("Wording", "{out} of {parts} parts are live.").format(out=row.parts_out, parts=row.parts)
        return f"{sentence} {parts}"
    return sentence


def _known(row: OutboxRow, formats: Speaks) -> str:
    match row.state:
        case State.HELD:
            return held(row.held_because or HeldBecause.LATE)
        case State.UNCERTAIN:
            return translate(
                "Wording",
                "The answer of the network got lost, so nobody can tell whether it is live. Nothing is sent twice. "
                "Look at {handle}, then say what you found.",
            ).format(handle=f"@{row.account.handle}")
        case State.REFUSED:
            silent = row.problem is None or (row.problem.code in _REFUSALS and "detail" not in dict(row.problem.params))
            why = translate("Wording", "The network gave no reason.")
            why = why if row.problem is None or silent else problem(row.problem)
            return translate("Wording", "The network said no, and nothing went out. {why}").format(why=why)
        case State.SENT:
            return translate("Wording", "It is live.")
        case State.GONE:
            return translate("Wording", "It was live and is no longer on the network.")
        case State.CANCELLED:
            return translate("Wording", "It was cancelled. Nothing goes out.")
        case State.PLANNED | State.SENDING | State.PROCESSING:
            return _under_way(row, formats)


def _under_way(row: OutboxRow, formats: Speaks) -> str:
    if row.state is State.SENDING:
        return translate("Wording", "It is going out right now.")
    if row.state is State.PROCESSING:
        return translate("Wording", "The network has it and is preparing it.")
    if row.retry_at is not None:
        sentence = translate("Wording", "It could not go out yet, for certain. The next try is at {time}.")
        return sentence.format(time=formats.moment(row.retry_at))
    return translate("Wording", "It goes out by itself, as soon as there is a network at that time.")
