"""Runs the measurements and prints one JSON document: every figure with its baseline from the same run, and the goals.

    python3 build_scripts/dev.py bench [--quick] [--messages N] [NAME ...]

What is under way is said on stderr. The exit code is 0 whenever everything could be measured, whatever the figures are;
they are worth nothing on a machine that is busy with something else, hence ``load``. ``--quick`` only shows that it works.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from build_scripts import places
from build_scripts.bench import busy, data, language, start, triage
from build_scripts.bench.figures import Goal, judged, machine
from build_scripts.bench.screen import screen

NAMES = (
    "start",
    "switch",
    "inbox",
    "typing",
    "memory",
    "fetch",
    "publishing",
    "calendar",
    "planning",
    "language",
    "triage",
    "answering",
)
MILLION = 1_000_000
_NEW = 2_000  # messages that wait for each account in the full fetch

GOALS: Mapping[str, tuple[Goal, ...]] = {
    "start": (Goal(("ratio", "painted"), 1.5, "times bare"), Goal(("ratio", "rooms"), 4.0, "times bare")),
    "switch": tuple(Goal((room, "median"), 50, "ms") for room in ("all", "today", "calendar", "posts", "inbox")),
    "inbox": (Goal(("scroll", "p95"), 10, "ms"), Goal(("search", "median"), 30, "ms")),
    "typing": (Goal(("key", "p99"), 16, "ms"),),
    "memory": (Goal(("resident_mb",), 160, "MB"),),
    "fetch": (Goal(("gap", "p99"), 35, "ms"),),
    "answering": (
        Goal(("open", "p95"), 100, "ms"),
        Goal(("search", "p95"), 50, "ms"),
        Goal(("state", "one", "p95"), 20, "ms"),
        Goal(("ingest", "us_a_message"), 200, "us"),
        Goal(("many", "rows", "p95"), 50, "ms"),
    ),
    "calendar": (
        Goal(("open", "median"), 100, "ms"),
        Goal(("next", "median"), 50, "ms"),
        Goal(("drag_frame", "p99"), 16, "ms"),
        Goal(("agenda_scroll", "p99"), 16, "ms"),
    ),
    "planning": (
        Goal(("agenda", "median"), 2, "ms"),
        Goal(("suggested", "median"), 2, "ms"),
        Goal(("bars", "median"), 2, "ms"),
        Goal(("labels", "median"), 2, "ms"),
        Goal(("key_dates", "median"), 2, "ms"),
        Goal(("next_slot", "median"), 2, "ms"),
    ),
    "publishing": (
        Goal(("due_to_request_window", "p99"), 1000, "ms"),
        Goal(("due_to_request_agent", "p99"), 1000, "ms"),
    ),
    "triage": (
        Goal(("all", "wrong_where_shown_percent"), 15, "%"),
        Goal(("all", "uncertain_percent"), 25, "%"),
        Goal(("all", "care_missed_percent"), 8, "%"),
        Goal(("all", "care_false_percent"), 15, "%"),
        Goal(("all", "crisis_missed_percent"), 5, "%"),
        Goal(("hard", "wrong_where_shown_percent"), 30, "%"),
        Goal(("ms_a_message",), 5, "ms"),
    ),
    "language": (
        Goal(("french", "missed_percent"), 20, "%"),
        Goal(("english", "missed_percent"), 25, "%"),
        Goal(("french", "false_alarms", "per_hundred"), 2, "per 100 right sentences"),
        Goal(("english", "false_alarms", "per_hundred"), 2, "per 100 right sentences"),
        Goal(("french", "first_ms"), 3000, "ms"),
        Goal(("english", "first_ms"), 3000, "ms"),
        Goal(("post_ms", "median"), 25, "ms"),
    ),
}


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


@contextmanager
def _server(messages: int) -> Iterator[int]:
    command = [sys.executable, "-m", "build_scripts.bench.server", str(messages)]
    with subprocess.Popen(command, cwd=places.ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            if process.stdout is None:
                raise RuntimeError(command)
            yield int(process.stdout.readline())
        finally:
            process.terminate()


def _inside(name: str, home: Path, rounds: int, env: Mapping[str, str], *, new: int = 0) -> dict[str, Any]:
    """One measurement in a process of its own."""
    with _server(new) as port, tempfile.TemporaryDirectory(prefix="cmdesk-bench-") as own:
        data.live_on(home, port)
        command = [sys.executable, "-m", "build_scripts.bench.inside", name, str(home), str(rounds)]
        clean = {**env, "HOME": own, "XDG_CONFIG_HOME": own}
        done = subprocess.run(command, cwd=places.ROOT, env=clean, stdout=subprocess.PIPE, text=True, check=True, timeout=1200)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _bare_memory(env: Mapping[str, str]) -> dict[str, float]:
    """Resident megabytes of a bare window after two seconds."""
    command = [sys.executable, str(start.PROBES / "bare.py"), "2000"]
    done = subprocess.run(command, env=dict(env), stdout=subprocess.PIPE, text=True, check=True, timeout=60)
    return {"resident_mb": round(int(done.stdout.split()[-1]) / 1024, 1)}


def _measured(name: str, folder: Path, env: Mapping[str, str], *, quick: bool, messages: int) -> dict[str, Any]:
    match name:
        case "start":
            return start.measure(folder, env, quick=quick)
        case "inbox" | "memory":
            home = data.long_inbox(messages)
            table = _inside(name, home, 20 if quick else 300, env)
            return {**table, "baseline": _bare_memory(env)} if name == "memory" else table
        case "switch" | "typing":
            data.desk(folder / "desk", messages=50 if quick else 2000)
            return _inside(name, folder / "desk", 8 if quick else 60 if name == "switch" else 400, env)
        case "answering":
            home, many = data.long_inbox(messages), data.many_inboxes(2 if quick else 20, min(messages, 50_000))
            command = [sys.executable, "-m", "build_scripts.bench.answering", str(home), str(many), "5" if quick else "100"]
            done = subprocess.run(command, cwd=places.ROOT, env=env, stdout=subprocess.PIPE, text=True, check=True, timeout=1200)
            below: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
            return below
        case "language":
            return language.measure(quick=quick)
        case "triage":
            return triage.measure(quick=quick)
        case "calendar":
            if quick:
                busy.desk(folder / "desk", clients=3, posts=300)
            else:
                busy.desk(folder / "desk")
            return _inside(name, folder / "desk", 8 if quick else 60, env)
        case "planning":
            busy.desk(folder / "desk", clients=2 if quick else busy.CLIENTS, posts=300 if quick else busy.POSTS)
            command = [sys.executable, "-m", "build_scripts.bench.planning", str(folder / "desk"), "3" if quick else "20"]
            done = subprocess.run(command, cwd=places.ROOT, env=env, stdout=subprocess.PIPE, text=True, check=True, timeout=600)
            planned: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
            return planned
        case "publishing":
            command = [sys.executable, "-m", "build_scripts.bench.publishing", "1" if quick else "10"]
            done = subprocess.run(command, cwd=places.ROOT, env=env, stdout=subprocess.PIPE, text=True, check=True, timeout=600)
            found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
            return found
        case _:
            data.desk(folder / "desk", clients=2 if quick else 4, messages=50)
            return _inside(name, folder / "desk", 60 if quick else 300, env, new=80 if quick else _NEW)


def run(names: list[str], *, quick: bool, messages: int) -> dict[str, Any]:
    """The document."""
    document: dict[str, Any] = {"machine": machine(), "quick": quick, "measurements": {}}
    with screen() as (kind, env):
        document["machine"]["screen"] = kind
        for name in names:
            _say(f"bench: {name}")
            with tempfile.TemporaryDirectory(prefix="cmdesk-bench-") as own:
                table = _measured(name, Path(own), env, quick=quick, messages=messages)
            document["measurements"][name] = {**table, "goals": judged(table, GOALS[name]), "load": machine()["load"]}
    return document


def main(arguments: list[str]) -> int:
    """Measures what was named, or everything."""
    parser = argparse.ArgumentParser(
        prog="dev.py bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(NAMES))
    parser.add_argument("--quick", action="store_true", help="few rounds: shows that it works, measures nothing")
    parser.add_argument("--messages", type=int, default=None, help="size of the long inbox (1000000)")
    parser.add_argument("--language", action="store_true", help="the same as: language")
    given = parser.parse_args(arguments)
    given.names += ["language"] if given.language else []
    if unknown := set(given.names) - set(NAMES):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    messages = given.messages or (3000 if given.quick else MILLION)
    try:
        document = run(given.names or list(NAMES), quick=given.quick, messages=messages)
    except (subprocess.SubprocessError, OSError, RuntimeError, ValueError) as problem:
        _say(f"bench: could not measure: {problem}")
        return 1
    print(json.dumps(document, indent=2, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
