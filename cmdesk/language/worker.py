"""The language worker: a process of its own that reads texts, small, offline, and free to die.

``python -m cmdesk.language`` reads requests from standard input and writes answers to standard output until the input ends. Each
kind of request loads what it needs when it is first asked for.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from typing import BinaryIO, Final

import msgspec

from cmdesk.language.protocol import LONGEST_LINE, Answer, Handler, Refusal, Request

if sys.platform != "win32":
    import resource

#: Bytes of address space: three times what all that is known takes.
_MEMORY: Final = 4_000_000_000


def _checking() -> Mapping[str, Handler]:
    from cmdesk.language.desk import handlers  # a triage without a check does without the checkers

    return handlers()


def _triaging() -> Mapping[str, Handler]:
    from cmdesk.language.triage import handlers  # numpy and thirty megabytes of weights, which a check does without

    return handlers()


#: Which loader brings which kinds.
LOADERS: Final[Mapping[str, Callable[[], Mapping[str, Handler]]]] = {
    "check": _checking,
    "warm": _checking,
    "triage": _triaging,
}


class Worker:
    """Answers one request after the other."""

    def __init__(self, loaders: Mapping[str, Callable[[], Mapping[str, Handler]]] = LOADERS) -> None:
        self._loaders = loaders
        self._handlers: dict[str, Handler] = {}
        self._encoder = msgspec.json.Encoder()
        self._requests = msgspec.json.Decoder(Request)

    def answer(self, line: bytes) -> bytes:
        """The answer to one line, never an exception: a broken request must not end the others."""
        try:
            request = self._requests.decode(line)
        except (msgspec.DecodeError, RecursionError):
            return self._encoder.encode(Answer(id=0, error="bad_request"))
        try:
            body = self._encoder.encode(self._handler(request.do)(request.body))
        except Refusal as refused:
            return self._encoder.encode(Answer(id=request.id, error=str(refused.args[0])))
        except (msgspec.DecodeError, RecursionError):
            return self._encoder.encode(Answer(id=request.id, error="bad_request"))
        except Exception as problem:  # noqa: BLE001 - other people's checkers raise whatever they like
            sys.stderr.write(f"{request.do} failed: {type(problem).__name__}\n")
            return self._encoder.encode(Answer(id=request.id, error="failed"))
        return self._encoder.encode(Answer(id=request.id, body=msgspec.Raw(body)))

    def _handler(self, kind: str) -> Handler:
        if kind not in self._handlers:
            if kind not in self._loaders:
                raise Refusal("unknown")
            self._handlers.update(self._loaders[kind]())
        return self._handlers[kind]

    def serve(self, source: BinaryIO, target: BinaryIO) -> None:
        """Answers every line of the source until it ends."""
        while line := source.readline(LONGEST_LINE + 1):
            if len(line) > LONGEST_LINE:
                while line and not line.endswith(b"\n"):
                    line = source.readline(LONGEST_LINE)
                target.write(self._encoder.encode(Answer(id=0, error="too_long")) + b"\n")
            elif line.strip():
                target.write(self.answer(line) + b"\n")
            target.flush()


def main() -> int:
    """The process: whatever a checker prints goes elsewhere, for the answers alone belong on standard output."""
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with os.fdopen(os.dup(1), "wb") as target:
        os.dup2(2, 1)
        try:
            Worker().serve(sys.stdin.buffer, target)
        except (BrokenPipeError, KeyboardInterrupt):
            # The one who asked is gone, or about to go.
            return 1
    return 0
