"""Reads a text for mistakes, so that a script or another editor has the language desk, too."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager

from msgspec import Struct

from cmdesk.cli import reading
from cmdesk.cli.exits import Exit, exit_for
from cmdesk.cli.house import open_desk
from cmdesk.cli.output import Json
from cmdesk.cli.run import Call
from cmdesk.domain import checking as network_checks
from cmdesk.domain.account import Network
from cmdesk.domain.errors import BadInput, CmdeskError
from cmdesk.domain.language import Profile, Severity, locale_of, units
from cmdesk.domain.limits import Severity as NetworkSeverity
from cmdesk.domain.post import Content, Part
from cmdesk.language.host import CheckerBroken
from cmdesk.networks import registry
from cmdesk.services.checking import profile
from cmdesk.services.proofreading import Proofreader

#: What a network refuses at sending and a text alone cannot be blamed for.
_NOT_OF_THE_TEXT = frozenset({"media_required", "limits_unknown", "empty"})


class _Desk(Struct, frozen=True):
    """Who reads, and as what a text tagged so is read (None: a language that nobody here reads)."""

    proofreader: Proofreader
    profile: Callable[[str | None], Profile | None]


async def check(call: Call) -> Exit:
    """Prints every problem of the text on standard input, or of the texts in its lines."""
    async with _reader(call) as desk:
        if call.args.jsonl:
            return await _check_lines(call, desk)
        raw = call.around.stdin.read(reading.LARGEST_TEXT + 1)
        if len(raw) > reading.LARGEST_TEXT:
            raise BadInput(field="text", reason="too_large", limit=reading.LARGEST_TEXT)
        text = reading.decoded(raw).removesuffix("\n").removesuffix("\r")
        problems, missing = await _problems(call, desk, text, None)
    for name in missing:
        call.output.say(call.words(f"check.missing.{name}"))
    call.output.result(list(problems), "\n".join(_told(call, text, problems)))
    return Exit.DONE


@asynccontextmanager
async def _reader(call: Call) -> AsyncIterator[_Desk]:
    """A proofreader, with the client's wishes when one is named; without one the data folder is not even looked at."""
    tongue, given = call.words.locale[:2], call.args.locale
    if call.args.client is not None:
        async with open_desk(call) as desk:
            ws = desk.find(call.args.client)
            yield _Desk(desk.proofreader(), lambda tag: profile(ws, tongue, tag or given))
        return
    proofreader = Proofreader()

    def plain(tag: str | None) -> Profile | None:
        locale = locale_of(tag or given, "")
        return None if locale is None else Profile(locale, tongue)

    try:
        yield _Desk(proofreader, plain)
    finally:
        await proofreader.close()


async def _problems(call: Call, desk: _Desk, text: str, tag: str | None) -> tuple[list[dict[str, Json]], Sequence[str]]:
    found: list[tuple[int, int, str, str, str, str, tuple[str, ...]]] = []
    missing: tuple[str, ...] = ()
    asked = desk.profile(tag)
    if asked is not None:
        read = await desk.proofreader.read(text, asked)
        found = [(one.start, one.end, one.rule, one.family, one.severity.value, one.message, one.fixes) for one in read.findings]
        missing = read.missing
    for network in dict.fromkeys(call.args.network):
        for problem in network_checks.check(Content((Part(text),)), registry.documented_limits(Network(network))):
            if problem.code not in _NOT_OF_THE_TEXT:
                grave = Severity.BLOCK if problem.severity is NetworkSeverity.BLOCK else Severity.WARN
                rule, message = f"network.{network}.{problem.code}", call.words.draft_problem(problem)
                found.append((0, len(text), rule, "network", grave.value, message, ()))
    places = units(text)
    return [
        {
            "start": start,
            "end": end,
            "start_utf16": places[start],
            "end_utf16": places[end],
            "text": text[start:end],
            "rule": rule,
            "family": family,
            "severity": severity,
            "message": message,
            "fixes": list(fixes),
        }
        for start, end, rule, family, severity, message, fixes in found
    ], missing


async def _check_lines(call: Call, desk: _Desk) -> Exit:
    """One line out for each line in, whatever is wrong with a line: the others are still read."""
    worst = Exit.DONE
    told: set[str] = set()
    for number, raw in enumerate(reading.lines_of(call.around.stdin), start=1):
        try:
            line = _line(raw, number)
            tag = _tag(line, number)
        except BadInput as problem:
            worst = _wrong(call, None, problem, number, Exit.USAGE)
            continue
        try:
            problems, missing = await _problems(call, desk, str(line["text"]), tag)
        except (BadInput, CheckerBroken) as problem:
            worst = _wrong(call, line["id"], problem, number, max(worst, exit_for(problem)))
            continue
        for name in set(missing) - told:
            told.add(name)
            call.output.say(call.words(f"check.missing.{name}"))
        call.output.json_line({"id": line["id"], "problems": problems})
    return worst


def _wrong(call: Call, id_of_line: Json, problem: CmdeskError, line: int, worst: Exit) -> Exit:
    """Says of one line why it has no answer; the code that the command ends with is handed through."""
    call.output.say(call.words.problem(problem))
    error: Json = {"code": problem.code, "message": call.words.problem(problem), "line": line}
    call.output.json_line({"id": id_of_line, "error": error})
    return worst


def _line(raw: bytes | None, number: int) -> Mapping[str, Json]:
    if raw is None:
        raise BadInput(field="text", reason="too_large", limit=reading.LARGEST_TEXT)
    try:
        value = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError):
        raise BadInput(field="line", reason="not_json", line=number) from None
    if not isinstance(value, dict) or "id" not in value or not isinstance(value.get("text"), str):
        raise BadInput(field="line", reason="not_an_item", line=number)
    return value


def _tag(line: Mapping[str, Json], number: int) -> str | None:
    tag = line.get("locale")
    if tag is not None and not isinstance(tag, str):
        raise BadInput(field="line", reason="not_an_item", line=number)
    return tag or None


def _told(call: Call, text: str, problems: Sequence[Mapping[str, Json]]) -> list[str]:
    """A line for each problem, with the place as editors count it."""
    if not problems:
        return [call.words("check.none")]
    lines = []
    for one in problems:
        before = text[: int(str(one["start"]))]
        fixes = one["fixes"]
        shown = " / ".join(str(fix) for fix in fixes) if isinstance(fixes, list) else ""
        lines.append(
            call.words(
                "check.line_fixes" if shown else "check.line",
                line=before.count("\n") + 1,
                column=len(before) - before.rfind("\n"),
                severity=call.words(f"check.severity.{one['severity']}"),
                text=one["text"],
                fixes=shown,
                message=one["message"],
                rule=one["rule"],
            )
        )
    return lines
