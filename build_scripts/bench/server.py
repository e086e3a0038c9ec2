"""A network that always has something new: pages of notifications over HTTP, from a process of its own.

    python -m build_scripts.bench.server MESSAGES

Prints its port. It speaks the small part of the Mastodon API that a fetch uses (Mastodon docs, notifications API).
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

_PAGE = 40
_BEGAN = datetime(2026, 11, 1, tzinfo=UTC)


def _stamp(number: int) -> str:
    return (_BEGAN + timedelta(seconds=number)).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _person(number: int, home: str) -> dict[str, Any]:
    name = f"person{number % 500}"
    return {
        "id": str(1000 + number % 500), "username": name, "acct": f"{name}@example.social", "display_name": name,
        "url": f"{home}/@{name}", "avatar": "", "avatar_static": "", "bot": False, "locked": False, "emojis": [], "fields": [],
    }  # fmt: skip


def _notification(number: int, home: str) -> dict[str, Any]:
    person, here = _person(number, home), f"{home}/s/{number}"
    words = f"<p>Bonjour, est-ce que vous êtes ouverts dimanche ? C'est la question numéro {number}, et nous venons de loin.</p>"
    return {
        "id": str(number), "type": "mention", "created_at": _stamp(number), "account": person,
        "status": {
            "id": str(10_000_000 + number), "created_at": _stamp(number), "account": person, "content": words, "spoiler_text": "",
            "visibility": "public", "language": "fr", "sensitive": False, "uri": here, "url": here,
            "in_reply_to_id": None, "in_reply_to_account_id": None, "media_attachments": [], "mentions": [], "tags": [],
            "emojis": [], "reblog": None, "poll": None, "card": None, "favourites_count": 0, "reblogs_count": 0,
        },
    }  # fmt: skip


class _Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    messages = 0

    def do_GET(self) -> None:
        """Notifications after ``min_id``, the newest of them first; anything else is empty."""
        parts = urlsplit(self.path)
        rows: list[dict[str, Any]] = []
        if parts.path == "/api/v1/notifications":
            after = int(parse_qs(parts.query).get("min_id", ["0"])[0])
            home = f"http://{self.headers['Host']}"
            rows = [_notification(number, home) for number in range(min(after + _PAGE, self.messages), after, -1)]
        body = json.dumps(rows).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Says nothing."""


def main(arguments: list[str]) -> int:
    """Answers until it is ended."""
    handler = type("Answers", (_Answers,), {"messages": int(arguments[0])})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        print(server.server_address[1], flush=True)
        server.serve_forever()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
