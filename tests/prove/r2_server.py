"""A network of its own process for R2: the part of the Mastodon API that publishing uses, real HTTP, and a bad day.

    python -m tests.prove.r2_server SEED KEEPS_KEYS

Prints its port. What is live is told by ``/truth``. One write in three goes wrong in one of the ways of the fault list.
"""

from __future__ import annotations

import contextlib
import json
import random
import socket
import sys
import threading
import time
from datetime import UTC, datetime
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

#: What may happen to a write, and how often.
FAULTS = (
    ("drop_before", 0.05), ("drop_after", 0.07), ("error_before", 0.03), ("error_after", 0.05), ("late", 0.04), ("slow", 0.04),
    ("truncate", 0.03), ("limited", 0.02),
)  # fmt: skip


class Server(ThreadingHTTPServer):
    """What is live, and by whom."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, seed: int, keeps_keys: bool) -> None:
        self.rng = random.Random(seed)
        self.keeps_keys = keeps_keys
        self.lock = threading.Lock()
        self.statuses: list[dict[str, Any]] = []
        self.keys: dict[tuple[str, str], dict[str, Any]] = {}
        self.peaceful = False
        self.writes = 0
        super().__init__(("127.0.0.1", 0), Answers)

    def fault(self) -> str:
        dice = self.rng.random()
        for name, share in FAULTS:
            dice -= share
            if dice < 0 and not self.peaceful:
                return name
        return ""

    def publish(self, who: str, told: dict[str, Any], key: str, arrived: float = 0.0) -> dict[str, Any]:
        with self.lock:
            if self.keeps_keys and key and (who, key) in self.keys:
                return self.keys[who, key]
            number = str(1000 + len(self.statuses))
            home = f"http://127.0.0.1:{self.server_address[1]}"
            made: dict[str, Any] = {
                "id": number,
                "created_at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
                "content": f"<p>{told['status']}</p>",
                "text": told["status"],
                "visibility": told.get("visibility", "public"),
                "spoiler_text": told.get("spoiler_text", ""),
                "in_reply_to_id": told.get("in_reply_to_id"),
                "url": f"{home}/@{who}/{number}",
                "uri": f"{home}/@{who}/{number}",
                "account": {"id": who, "acct": who, "username": who},
                "media_attachments": [],
                "poll": None,
                "arrived": arrived,
                "listed": time.monotonic() + self.rng.random() * 0.5,
            }
            self.statuses.append(made)
            self.keys[who, key] = made
            return made


class Answers(BaseHTTPRequestHandler):
    """One request after the other."""

    protocol_version = "HTTP/1.1"
    server: Server

    @property
    def who(self) -> str:
        return self.headers.get("Authorization", "").removeprefix("Bearer token-")

    def do_GET(self) -> None:
        path = urlsplit(self.path)
        if path.path == "/truth":
            with self.server.lock:
                self._answer(
                    200,
                    [
                        {"who": one["account"]["id"], "text": one["text"], "url": one["url"], "arrived": one["arrived"]}
                        for one in self._all()
                    ],
                )
        elif path.path == "/writes":
            self._answer(200, self.server.writes)
        elif path.path == "/peace":
            self.server.peaceful = True
            self._answer(200, {})
        elif path.path.endswith("/verify_credentials"):
            self._answer(200, {"id": self.who, "username": self.who, "acct": self.who, "display_name": self.who, "url": ""})
        elif path.path.endswith("/source"):
            found = next((one for one in self._all() if one["id"] == path.path.split("/")[-2]), None)
            told = {"id": found["id"], "text": found["text"], "spoiler_text": ""} if found else {"error": "Record not found"}
            self._answer(200 if found else 404, told)
        elif path.path.endswith("/statuses"):
            wanted = parse_qs(path.query)
            before, limit = int(wanted.get("max_id", ["999999999"])[0]), int(wanted.get("limit", ["20"])[0])
            with self.server.lock:
                mine = [one for one in self._all() if one["account"]["id"] == self.who and int(one["id"]) < before]
            now = time.monotonic()
            self._answer(200, [one for one in reversed(mine) if one["listed"] <= now][:limit])
        else:
            self._answer(404, {"error": "Record not found"})

    def _all(self) -> list[dict[str, Any]]:
        return self.server.statuses

    def do_POST(self) -> None:
        arrived = time.time()
        self.server.writes += 1
        told = json.loads(self.rfile.read(int(self.headers.get("Content-Length", "0"))) or b"{}")
        key, who, fault = self.headers.get("Idempotency-Key", ""), self.who, self.server.fault()
        time.sleep(self.server.rng.random() * 0.04)
        if fault == "drop_before" or "status" not in told:
            self._drop()
        elif fault == "error_before":
            self._answer(503, {"error": "no"})
        elif fault == "limited":
            self._answer(429, {"error": "Throttled"}, retry_after=True)
        elif fault == "late":
            timer = threading.Timer(0.1 + self.server.rng.random() * 0.9, self.server.publish, (who, told, key))
            timer.daemon = True
            timer.start()
            self._drop()
        else:
            made = self.server.publish(who, told, key, arrived)
            if fault == "slow":
                time.sleep(0.2 + self.server.rng.random() * 0.5)
            if fault == "drop_after":
                self._drop()
            elif fault == "error_after":
                self._answer(502, {"error": "bad gateway"})
            else:
                self._answer(200, made, cut=fault == "truncate")

    def _drop(self) -> None:
        self.close_connection = True
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def _answer(self, status: int, value: Any, *, cut: bool = False, retry_after: bool = False) -> None:
        body = json.dumps(value).encode()
        with contextlib.suppress(OSError):
            self.send_response_only(status)
            self.send_header("Date", formatdate(usegmt=True))
            if retry_after:
                self.send_header("Retry-After", "1")
            self.send_header("Content-Type", "application/json; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: len(body) // 2] if cut else body)
            self.wfile.flush()
        if cut:
            self._drop()

    def handle(self) -> None:
        """A client that dies in the middle is what this is for."""
        with contextlib.suppress(OSError):
            super().handle()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Says nothing."""


def main(arguments: list[str]) -> int:
    """Answers until it is ended."""
    with Server(int(arguments[0]), arguments[1] == "yes") as server:
        print(server.server_address[1], flush=True)
        server.serve_forever(poll_interval=0.1)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
