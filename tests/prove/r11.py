"""R11 and R12: hostile texts are shown without a fetch, an opened file or a wait, and only permitted links reach the opener."""

from __future__ import annotations

import contextlib
import ctypes
import os
import random
import re
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cmdesk.networks._html import plain
from cmdesk.ui.links import Link, ascii_host, open_link, read_link
from cmdesk.ui.plaintext import name
from cmdesk.ui.safetext import TAGS, safe_html
from tests.prove import hostile
from tests.prove.table import Line, Row, Task

CRAFTED = 1000
GENERATED = 20_000
SLOWEST_MS = 50.0
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s[^>]*)?)>")
_ADDRESS = re.compile(r' href="(?:https?|mailto):[^"<>]*"')
_OPENED = 0x20 | 0x1  # IN_OPEN, IN_ACCESS


@dataclass
class Found:
    """What showing hostile texts did; all but the first and the times should be zero."""

    texts: int = 0
    requests: int = 0
    opened: int = 0
    unclean: int = 0
    changed: int = 0
    slow: int = 0
    worst_ms: float = 0.0
    examples: list[str] = field(default_factory=list)

    def add(self, other: Found) -> None:
        for key in ("texts", "requests", "opened", "unclean", "changed", "slow"):
            setattr(self, key, getattr(self, key) + getattr(other, key))
        self.worst_ms = max(self.worst_ms, other.worst_ms)
        self.examples += other.examples[: max(0, 5 - len(self.examples))]


@contextlib.contextmanager
def sentinel_server() -> Iterator[tuple[str, list[str]]]:
    """A server on loopback that nobody may ever ask."""
    asked: list[str] = []

    class Sentinel(BaseHTTPRequestHandler):
        def handle_one_request(self) -> None:
            asked.append(self.rfile.readline(1000).decode("latin-1"))
            self.close_connection = True

        def log_message(self, format: str, *_more: Any) -> None:  # noqa: A002 - the base's name
            del format

    server = ThreadingHTTPServer(("127.0.0.1", 0), Sentinel)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()


class SentinelFile:
    """A file that nobody may ever open, watched by the system (inotify) where it can."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "sentinel.png"
        self.path.write_bytes(b"\x89PNG\r\n\x1a\n")
        self._handle = -1
        if sys.platform.startswith("linux"):
            system = ctypes.CDLL(None, use_errno=True)
            self._handle = system.inotify_init1(os.O_NONBLOCK)
            system.inotify_add_watch(self._handle, os.fsencode(self.path), _OPENED)

    def opened(self) -> int:
        """How often it was opened since the last question."""
        if self._handle < 0:
            return 0
        try:
            return len(os.read(self._handle, 65_536)) // 16
        except BlockingIOError:
            return 0


def _application() -> Any:
    from PySide6.QtWidgets import QApplication

    return QApplication.instance() or QApplication(["prove"])


def run_texts(seed: int, first: int, count: int, crafted: bool) -> Found:
    """Shows texts in the widget for foreign text, and reads their plain form, as the inbox does with a message."""
    from cmdesk import resources
    from cmdesk.ui.theme import Scheme, Theme
    from cmdesk.ui.widgets.safe import SafeText

    app = _application()
    found = Found()
    with sentinel_server() as (web, asked), tempfile.TemporaryDirectory() as folder:
        file = SentinelFile(Path(folder))
        theme = Theme(resources.ROOT, Scheme.LIGHT)
        view = SafeText(theme)
        view.resize(420, 300)
        view.show()
        for text in _texts(seed, first, count, crafted=crafted, web=web, file=file.path.as_uri()):
            fit = text.encode("utf-8", "replace").decode("utf-8")
            begun = time.thread_time()
            plain(fit)  # where messages come in
            read = time.thread_time()
            view.show_html(fit)  # where they are shown
            view.sizeHint()
            took = max(read - begun, time.thread_time() - read) * 1000
            app.processEvents()
            clean = safe_html(fit)
            found.texts += 1
            found.worst_ms = max(found.worst_ms, took)
            found.slow += took > SLOWEST_MS
            found.unclean += _unclean(clean) or "<img" in view.toHtml()
            if _said(safe_html(clean)) != _said(clean):
                found.changed += 1
                found.examples.append(f"seed {seed}: cleaned twice it differs: {fit[:80]!r}")
            name(fit[:2000])
        view.close()
        found.requests, found.opened = len(asked), file.opened()
    return found


def _unclean(clean: str) -> bool:
    """Whether anything is left but the few tags and addresses of three schemes."""
    for closing, tag, attributes in _TAG.findall(clean):
        address = tag == "a" and not closing and _ADDRESS.fullmatch(attributes)
        if tag not in TAGS or not (attributes == "" or address):
            return True
    bare = _TAG.sub("", clean)
    return "<" in bare or ">" in bare


def _said(clean: str) -> tuple[str, list[str]]:
    """Words and links. Cleaned twice, a list may end earlier and a long word may break elsewhere; what is said stays."""
    return _TAG.sub("", clean).replace("\u200b", ""), re.findall(r'href="[^"]*"', clean)


def _texts(seed: int, first: int, count: int, *, crafted: bool, web: str, file: str) -> Iterator[str]:
    if crafted:
        every = tuple(hostile.crafted(web, file))
        step = max(1, len(every) // max(1, count)) if count < len(every) else 1
        yield from every[first::step] if step > 1 else every[first : first + count]
        return
    dice = random.Random(seed)
    for _ in range(count):
        yield hostile.generated(dice, web, file)


@dataclass
class Links:
    """What came of addresses."""

    addresses: int = 0
    wrongly_opened: int = 0
    wrongly_refused: int = 0
    elsewhere: int = 0
    examples: list[str] = field(default_factory=list)


def run_links(_seed: int) -> Links:
    """Clicks every address, with and without consent."""
    found = Links()
    for address, shown, permitted in hostile.addresses():
        found.addresses += 1
        opened: list[str] = []
        told: list[Link] = []
        open_link(address, lambda url, seen=opened: not seen.append(url), lambda link, seen=told: not seen.append(link), shown)  # type: ignore[misc]  # appending says nothing, which is what is said
        if opened and not permitted:
            found.wrongly_opened += 1
            found.examples.append(f"opened: {address!r}")
        if not opened and permitted:
            found.wrongly_refused += 1
            found.examples.append(f"refused: {address!r}")
        link = read_link(address, shown)
        if opened and link is not None and not opened[0].startswith("mailto:"):
            place = urlsplit(opened[0]).hostname or ""
            if ascii_host(place) != link.host:
                found.elsewhere += 1
                found.examples.append(f"shown {link.host}, opened {place}")
    return found


def tasks(seed: int, long: bool) -> list[Task]:
    crafted, generated = (CRAFTED * 2, GENERATED) if long else (200, 1_000)
    pieces = 8 if long else 2
    return [
        *((run_texts, (seed, crafted // 2 * part, crafted // 2, True)) for part in range(2)),
        *((run_texts, (seed + part, 0, generated // pieces, False)) for part in range(pieces)),
        (run_links, (seed,)),
    ]


def lines(seed: int, _long: bool, parts: Sequence[Any], seconds: float) -> list[Line]:
    total = Found()
    for part in parts[:-1]:
        total.add(part)
    links: Links = parts[-1]
    harm = total.requests + total.opened + total.unclean + total.changed
    return [
        Line(
            "R11",
            "hostile HTML in the widget for foreign text",
            f"{total.texts} texts",
            f"{total.requests} requests, {total.opened} files opened",
            f"{total.worst_ms:.0f} ms, {total.slow} over {SLOWEST_MS:.0f} ms",
            harm == 0 and total.slow == 0,
            seed,
            seconds,
            {key: value for key, value in vars(total).items() if key != "examples"},
            total.examples,
        ),
        Line(
            "R12",
            "links reach the opener only when permitted",
            f"{links.addresses} addresses",
            f"{links.wrongly_opened} wrongly opened",
            f"{links.wrongly_refused} wrongly refused, {links.elsewhere} elsewhere",
            links.wrongly_opened + links.wrongly_refused + links.elsewhere == 0,
            seed,
            seconds,
            {key: value for key, value in vars(links).items() if key != "examples"},
            links.examples,
        ),
    ]


ROW = Row("R11", "hostile texts and links", tasks, lines)
