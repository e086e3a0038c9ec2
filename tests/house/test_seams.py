"""Time and chance come through seams: whoever asks the machine by itself can't be simulated, and what can't be is not proven."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatch

import pytest

from tests.helpers.source import Module, dotted, modules

#: What asks the machine for time or chance, by its full name.
SOURCES = re.compile(
    r"time\.(time|time_ns|monotonic|monotonic_ns|perf_counter|perf_counter_ns|process_time|thread_time|localtime|gmtime|sleep)"
    r"|datetime\.(datetime\.(now|utcnow|today)|date\.today)"
    r"|random\.(SystemRandom|[a-z]\w*)|uuid\.uuid[14]|secrets\.\w+|os\.(urandom|getrandom)"
    r"|PySide6\.QtCore\.(QDateTime\.current\w+|QDate\.currentDate|QTime\.currentTime|QUuid\.createUuid"
    r"|QRandomGenerator(\.\w+)*|QElapsedTimer)"
)
#: Only a call of it makes chance; its name is also the type of what is handed over.
GENERATOR = "random.Random"

#: Where they may stand: path, full name, and why that is a seam or can't change what is published.
SEAMS: Mapping[tuple[str, str], str] = {
    ("cmdesk/domain/clock.py", "*"): "the clock itself",
    ("cmdesk/services/desk.py", "random.SystemRandom"): "the composition's default; a simulation hands its own generator over",
    ("cmdesk/loops.py", "random.SystemRandom"): "the composition root of the window's loops",
    ("cmdesk/cli/sending.py", "random.SystemRandom"): "the composition root of the command line",
    ("cmdesk/networks/_mastodon_publish.py", "secrets.token_hex"): "the default of a seam: a name for a file that is uploaded",
    ("cmdesk/networks/oauth.py", "secrets.*"): "words that must not be guessed; they say nothing about what is published",
    ("cmdesk/networks/_loopback.py", "secrets.*"): "as above: the path that an answer must come to",
    ("cmdesk/networks/_bell.py", "os.urandom"): "masks of a WebSocket, which its protocol wants unguessable",
    ("cmdesk/networks/_dpop.py", "*"): "as above: proofs of possession carry a word and a moment of the server's liking",
    ("cmdesk/networks/_practice_world.py", "random.Random"): "a play that is the same each time, from a seed of its own",
    ("cmdesk/services/workspace.py", "secrets.token_bytes"): "the salt of a comparison that never leaves memory",
    ("cmdesk/services/linking.py", "secrets.token_hex"): "names entries of the keyring, at linking only",
    ("cmdesk/services/handover.py", "secrets.token_hex"): "names files on their way to their place",
    ("cmdesk/services/safekeeping.py", "secrets.token_hex"): "as above",
    ("cmdesk/services/lease.py", "secrets.token_hex"): "names a file on its way to its place",
    ("cmdesk/services/machine.py", "secrets.token_hex"): "names this installation, once",
    ("cmdesk/vault/*", "secrets.*"): "tries whether a keyring keeps what it is given",
    ("cmdesk/ui/bridge.py", "PySide6.QtCore.QElapsedTimer"): "keeps the screen fluent; nothing is published by it",
    ("cmdesk/ui/shots.py", "time.sleep"): "pictures are taken by a command of its own",
    ("cmdesk/ui/shotdesk.py", "random.Random"): "the desk of the pictures is the same each time",
}


def names(module: Module) -> dict[str, str]:
    """What the names of a module stand for, by its imports wherever they are."""
    found: dict[str, str] = {}
    for node in module.nodes(ast.AST):
        if isinstance(node, ast.Import):
            for one in node.names:
                found[one.asname or one.name.partition(".")[0]] = one.name if one.asname else one.name.partition(".")[0]
        elif isinstance(node, ast.ImportFrom) and node.module:
            for one in node.names:
                found[one.asname or one.name] = f"{node.module}.{one.name}"
    return found


def uses(module: Module) -> Iterator[tuple[str, str]]:
    """Every use of a source, as its full name and its place; a generator's name alone is a type and no use."""
    known = names(module)
    inner = {id(node.value) for node in module.nodes(ast.Attribute)}
    called = {id(node.func) for node in module.nodes(ast.Call)}
    for node in module.nodes(ast.expr):
        if not isinstance(node, ast.Attribute | ast.Name) or id(node) in inner:
            continue
        first, _, rest = dotted(node).partition(".")
        full = known.get(first, "") + (f".{rest}" if rest else "")
        if SOURCES.fullmatch(full) or (full == GENERATOR and id(node) in called):
            yield full, module.at(node)


def _allowed(path: str, full: str) -> bool:
    return any(fnmatch(path, where) and fnmatch(full, what) for where, what in SEAMS)


def test_time_and_chance_come_through_the_listed_seams_only() -> None:
    found = [f"{place} {full}" for module in modules("cmdesk") for full, place in uses(module) if not _allowed(module.path, full)]
    assert not found


def test_no_listed_seam_is_out_of_use() -> None:
    """A permission that nobody needs any more is a hole."""
    used = {(module.path, full) for module in modules("cmdesk") for full, _ in uses(module)}
    spare = [
        (where, what) for where, what in SEAMS if not any(fnmatch(path, where) and fnmatch(full, what) for path, full in used)
    ]
    assert not spare


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import time\ntime.time()", ["time.time"]),
        ("import time as t\nlater = t.monotonic", ["time.monotonic"]),
        ("from time import monotonic as tick\ntick()", ["time.monotonic"]),
        ("from datetime import datetime, UTC\ndatetime.now(UTC)", ["datetime.datetime.now"]),
        ("import datetime\ndatetime.date.today()", ["datetime.date.today"]),
        ("import random\nrandom.choice('ab')", ["random.choice"]),
        ("import random\nrandom.Random(3)", ["random.Random"]),
        ("import random\ndef f(rng: random.Random) -> None: rng.choice('ab')", []),
        ("from random import Random as R\nR()", ["random.Random"]),
        ("from uuid import uuid4\nid_ = uuid4()", ["uuid.uuid4"]),
        ("def f():\n    import os\n    return os.urandom(8)", ["os.urandom"]),
        ("import secrets\nmake = lambda: secrets.token_hex(8)", ["secrets.token_hex"]),
        ("from PySide6.QtCore import QDateTime\nQDateTime.currentDateTime()", ["PySide6.QtCore.QDateTime.currentDateTime"]),
        ("def f(clock): return clock.now(), clock.time()", []),
        ("from cmdesk.domain import secret\nsecret.Secret('x')", []),
    ],
)
def test_what_counts_as_a_source(source: str, found: list[str]) -> None:
    assert [full for full, _ in uses(Module("m", "m.py", source))] == found
