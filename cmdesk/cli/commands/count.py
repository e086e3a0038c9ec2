"""Counts a text as a network counts it, so that a script knows before a server says no."""

import json
from collections.abc import Mapping

from cmdesk.cli import reading
from cmdesk.cli.exits import Exit
from cmdesk.cli.output import Json
from cmdesk.cli.run import Call
from cmdesk.domain.account import Network
from cmdesk.domain.counting import count as counted
from cmdesk.domain.errors import BadInput
from cmdesk.domain.known_limits import COUNTED
from cmdesk.domain.limits import Count, Limits
from cmdesk.networks import registry


async def count(call: Call) -> Exit:
    """Prints count, limit, unit, by how much it is over, and which rules changed the count."""
    limits = await _limits(call)
    if call.args.jsonl:
        return _count_lines(call, limits)
    raw = call.around.stdin.read(reading.LARGEST_TEXT + 1)
    if len(raw) > reading.LARGEST_TEXT:
        raise BadInput(field="text", reason="too_large", limit=reading.LARGEST_TEXT)
    result = counted(reading.decoded(raw).removesuffix("\n"), limits)
    key = "count.over" if result.over else "count.fits"
    unit = call.words(f"unit.{result.unit.value}")
    sentence = call.words(key, count=result.count, limit=result.limit, unit=unit, over=result.over, left=result.left)
    because = [call.words(f"because.{rule}") for rule in result.because]
    call.output.result(_shape(result), "\n".join([sentence, *because]))
    return Exit.DONE


async def _limits(call: Call) -> Limits:
    """The limits of the server that is named, asked now; without one the network's documented ones."""
    args = call.args
    known = COUNTED.get(args.network)
    if known is not None:
        if args.server is not None:
            raise BadInput(field="server", reason="unwanted")
        return known
    network = Network(args.network)
    if args.server is None:
        return registry.documented_limits(network)
    if network in {Network.PRACTICE, Network.BLUESKY}:
        raise BadInput(field="server", reason="unwanted")
    server = registry.clean_server(network, args.server, allow_private=args.allow_private)
    connector = registry.introduce(network, server, secret=None, clock=call.around.clock, allow_private=args.allow_private)
    try:
        return (await connector.profile()).limits
    finally:
        await connector.close()


def _count_lines(call: Call, limits: Limits) -> Exit:
    """One line out for each line in, whatever is wrong with a line: the others still count."""
    worst = Exit.DONE
    for number, raw in enumerate(reading.lines_of(call.around.stdin), start=1):
        try:
            line = _line(raw, number)
        except BadInput as problem:
            call.output.say(call.words.problem(problem))
            error: Json = {"code": problem.code, "message": call.words.problem(problem), "line": number}
            call.output.json_line({"id": None, "error": error})
            worst = Exit.USAGE
            continue
        call.output.json_line({"id": line["id"], **_shape(counted(str(line["text"]), limits))})
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
    if len(value["text"].encode("utf-8", "surrogatepass")) > reading.LARGEST_TEXT:
        raise BadInput(field="text", reason="too_large", limit=reading.LARGEST_TEXT)
    return value


def _shape(result: Count) -> dict[str, Json]:
    return {
        "count": result.count,
        "limit": result.limit,
        "unit": result.unit.value,
        "over": result.over,
        "because": list(result.because),
    }
