"""Runs one command from its arguments to its exit code: whatever happens in between, a person gets a sentence."""

import importlib
import logging
import math
import os
import signal
import sys
import threading
from argparse import Namespace
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TextIO, cast

from msgspec import Struct, field

from cmdesk.cli.exits import Exit, exit_for
from cmdesk.cli.output import Output
from cmdesk.cli.parser import WrongUsage, parse
from cmdesk.cli.words import LOCALES, Words, locale_of
from cmdesk.domain.clock import Clock, SystemClock
from cmdesk.domain.errors import CmdeskError
from cmdesk.vault import Vault

if TYPE_CHECKING:
    from cmdesk.engine import Engine

_STOP_GRACE = 10.0

log = logging.getLogger(__name__)


class Surroundings(Struct, frozen=True):
    """What a command touches of the machine, handed over so that tests own it."""

    stdin: BinaryIO
    out: TextIO
    err: TextIO
    environ: Mapping[str, str]
    vault: Vault
    clock: Clock = field(default_factory=SystemClock)


class Call(Struct, frozen=True):
    """One command being carried out."""

    args: Namespace
    words: Words
    output: Output
    around: Surroundings
    engine: "Engine"
    stopping: threading.Event = field(default_factory=threading.Event)  # a person wants it to end


Handler = Callable[[Call], Exit | Awaitable[Exit]]


def read_arguments(arguments: Sequence[str], environ: Mapping[str, str]) -> tuple[Namespace, Words]:
    """The values of a command line and the words to speak in. Raises WrongUsage."""
    words = Words(asked_locale(arguments) or locale_of(environ))
    return parse(arguments, words), words


def asked_locale(arguments: Sequence[str]) -> str | None:
    """The locale an argument asks for: looked for before parsing, so that even the parser's complaints are in it."""
    for place, argument in enumerate(arguments):
        if argument == "--locale":
            value = arguments[place + 1] if place + 1 < len(arguments) else ""
        elif argument.startswith("--locale="):
            value = argument.removeprefix("--locale=")
        else:
            continue
        return value if value in LOCALES else None
    return None


def wrong_usage(arguments: Sequence[str], problem: WrongUsage, around: Surroundings) -> Exit:
    """Says what is wrong with a command line."""
    words = Words(asked_locale(arguments) or locale_of(around.environ))
    output = Output(around.out, around.err, words, as_json="--json" in arguments)
    sentence = words(problem.key, **problem.params)
    output.say(sentence)
    if problem.usage:
        output.say(problem.usage.strip())
    output.error("usage", sentence, {"reason": problem.key.removeprefix("usage.")})
    return Exit.USAGE


def carry_out(args: Namespace, words: Words, around: Surroundings) -> Exit:
    """Runs the command's handler; every failure becomes a sentence and an exit code."""
    from cmdesk.engine import Engine  # start-up speed: help and complaints need no event loop

    output = Output(around.out, around.err, words, as_json=args.json)
    listen(around.err, verbose=args.verbose)
    engine = Engine()
    try:
        return _answer(Call(args, words, output, around, engine))
    except CmdeskError as problem:
        log.debug("command_failed", exc_info=True)
        output.failed(problem)
        return exit_for(problem)
    except KeyboardInterrupt:
        output.say(words("said.interrupted"))
        output.error("interrupted", words("said.interrupted"), {})
        return Exit.PROBLEM
    except BrokenPipeError:
        # Whoever read us has enough; the interpreter must not complain about it while it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.PROBLEM
    except Exception as problem:
        log.debug("command_broke", exc_info=True)
        sentence = words("error.broken", kind=type(problem).__name__)
        output.say(sentence)
        output.error("broken", sentence, {"kind": type(problem).__name__})
        return Exit.PROBLEM
    finally:
        engine.stop(grace=5.0)


def _answer(call: Call) -> Exit:
    """What the handler gives; a coroutine is carried out in the engine, like everything that the window does."""
    answer = find_handler(call.args.handler)(call)
    if not isinstance(answer, Coroutine):
        return cast(Exit, answer)
    call.engine.start()
    # Heard before the work begins: the agent may be told to end as soon as it has said that it works.
    with _terminable():
        future = call.engine.submit(cast(Coroutine[object, object, Exit], answer), "cmdesk-command")
        try:
            return _waited(future)
        except KeyboardInterrupt:
            call.stopping.set()
            if getattr(call.args, "gentle", False):
                return _waited(future, _STOP_GRACE)
            future.cancel()
            raise


def _waited(future: Future[Exit], seconds: float = math.inf) -> Exit:
    """The result, asked for in short steps: on Windows nothing interrupts a wait without an end."""
    left = seconds
    while left > 0:
        try:
            return future.result(min(left, 0.5))
        except TimeoutError:
            if future.done():
                raise
        left -= 0.5
    future.cancel()
    raise KeyboardInterrupt


@contextmanager
def _terminable() -> Iterator[None]:
    """Lets the system's polite request to end (SIGTERM) count as Ctrl+C, so that files are closed."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def find_handler(name: str) -> Handler:
    """The function behind a command. Only its own module is imported, for most of them bring half the house along."""
    module, function = name.split(".")
    return cast(Handler, getattr(importlib.import_module(f"cmdesk.cli.commands.{module}"), function))


def listen(err: TextIO, *, verbose: bool) -> None:
    """Log records of the house go to stderr when asked for, and nowhere otherwise: failures are told in sentences."""
    house = logging.getLogger("cmdesk")
    for handler in [one for one in house.handlers if isinstance(one, _Listener)]:
        house.removeHandler(handler)
    if verbose:
        house.addHandler(_Listener(err))
        house.setLevel(logging.DEBUG)
    elif not house.handlers and not logging.getLogger().handlers:
        house.addHandler(_Silent())


class _Listener(logging.StreamHandler[TextIO]):
    """Ours, so that a second command in one process can tell it from the handlers of others."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__(stream)
        self.setFormatter(logging.Formatter("%(levelname)s %(name)s %(message)s"))


class _Silent(_Listener):
    """Keeps the last resort of logging from writing to stderr."""

    def __init__(self) -> None:
        super().__init__(sys.stderr)

    def emit(self, record: logging.LogRecord) -> None:
        """Says nothing."""


def real_surroundings() -> Surroundings:
    """The machine's own, with streams that can hold every character."""
    if sys.stdout is None or sys.stderr is None or sys.stdin is None:
        # Windows gives none of them to a program without a console, and so the agent has none.
        nothing = Path(os.devnull).open("r+", encoding="utf-8")  # noqa: SIM115 - as long as the program runs
        sys.stdin, sys.stdout, sys.stderr = sys.stdin or nothing, sys.stdout or nothing, sys.stderr or nothing
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    return Surroundings(sys.stdin.buffer, sys.stdout, sys.stderr, os.environ, Vault())
