"""A line between a client and a server that a test can listen to, break at a chosen request, or cut."""

from __future__ import annotations

import contextlib
import socket
import socketserver
import threading
from collections.abc import Iterator
from enum import Enum


class Fault(Enum):
    """Which half of an exchange is lost."""

    REQUEST = "request"  # the server never hears of it
    ANSWER = "answer"  # the server did it, and nobody is told


class Wire(socketserver.ThreadingTCPServer):
    """Carries bytes between its port and the server beyond."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port: int, beyond: tuple[str, int]) -> None:
        self.beyond = beyond
        self.heard = bytearray()  # everything that clients said
        self.lost = threading.Event()  # the fault has happened
        self.fault: tuple[bytes, Fault] | None = None
        super().__init__(("127.0.0.1", port), _Carrier)

    @property
    def port(self) -> int:
        """Where it listens."""
        number: int = self.server_address[1]
        return number

    def lose(self, request: bytes, fault: Fault) -> None:
        """From now on connections that begin a request like this lose one half of it."""
        self.lost.clear()
        self.fault = (request, fault)

    def mend(self) -> None:
        """Carries everything again; what was lost stays lost."""
        self.fault = None


class _Carrier(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        wire = self.server
        assert isinstance(wire, Wire)
        self.deaf = False  # answers are no longer carried
        with contextlib.suppress(OSError), socket.create_connection(wire.beyond) as far:
            back = threading.Thread(target=self._answers, args=(wire, far))
            back.start()
            self._requests(wire, far)
            back.join()

    def _requests(self, wire: Wire, far: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while piece := self.request.recv(65536):
                wire.heard += piece
                if wire.fault is not None and wire.fault[0] in piece:
                    self.deaf = True
                    if wire.fault[1] is Fault.REQUEST:
                        wire.lost.set()
                        continue
                if not (self.deaf and wire.lost.is_set()):
                    far.sendall(piece)
        with contextlib.suppress(OSError):
            far.shutdown(socket.SHUT_WR)

    def _answers(self, wire: Wire, far: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while piece := far.recv(65536):
                if self.deaf:
                    wire.lost.set()
                else:
                    self.request.sendall(piece)
        if not self.deaf:
            with contextlib.suppress(OSError):
                self.request.shutdown(socket.SHUT_WR)


@contextlib.contextmanager
def wire_to(port_beyond: int, port: int = 0) -> Iterator[Wire]:
    """A line to a server on loopback, on a port of its own; outside of the block the line is cut."""
    with Wire(port, ("127.0.0.1", port_beyond)) as wire:
        thread = threading.Thread(target=wire.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield wire
        finally:
            wire.shutdown()
            thread.join()
