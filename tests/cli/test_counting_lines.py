"""One process counts as many lines as it is given, answers each at once, and lives through every bad one."""

from __future__ import annotations

import http.server
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.command_line import ROOT, Terminal, inherited


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path / "home")


class _Instance(http.server.BaseHTTPRequestHandler):
    """Answers like GoToSocial: no v2, its own name in the version, and 5,000 characters."""

    def do_GET(self) -> None:
        told = {
            "uri": "localhost",
            "version": "0.20.0+git-8a3d4f1 (compatible; GoToSocial 0.20.0)",
            "configuration": {"statuses": {"max_characters": 5000, "characters_reserved_per_url": 25}},
        }
        found = self.path == "/api/v1/instance"
        body = json.dumps(told if found else {"error": "Not Found"}).encode()
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: Any) -> None:
        """Says nothing."""


@contextmanager
def instance() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Instance) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


def test_a_server_with_other_rules_is_counted_by_them(terminal: Terminal) -> None:
    """5,000 characters; a family of seven code points counts as seven, and an address as long as it is."""
    address = "https://example.com/" + "a" * 60
    with instance() as server:
        family = terminal.json("count", "mastodon", "--server", server, "--allow-private", stdin="👩‍👩‍👧".encode())
        long = terminal.json("count", "mastodon", "--server", server, "--allow-private", stdin=b"a" * 5001)
        link = terminal.json("count", "mastodon", "--server", server, "--allow-private", stdin=address.encode())
    assert (family["count"], family["limit"], family["unit"]) == (5, 5000, "code_points")
    assert (long["count"], long["over"]) == (5001, 1)
    assert link["count"] == len(address)


@pytest.mark.timeout(30)
def test_ten_thousand_lines_in_one_process(terminal: Terminal) -> None:
    """Together far more than one text may have: the limit is a line's, not the stream's."""
    lines = [{"id": number, "text": f"Bonjour {number} 🥐 https://example.com/{'é' * 200}"} for number in range(10_000)]
    stdin = "\n".join(json.dumps(one, ensure_ascii=False) for one in lines).encode()
    assert len(stdin) > 4_000_000
    result = terminal("count", "mastodon", "--jsonl", stdin=stdin)
    assert (result.code, result.err) == (0, "")
    out = [json.loads(line) for line in result.out.splitlines()]
    assert [one["id"] for one in out] == list(range(10_000))
    assert {one["count"] - len(str(one["id"])) for one in out} == {len("Bonjour  🥐 ") + 23}


def test_a_line_that_is_too_long_is_one_bad_line(terminal: Terminal) -> None:
    huge = json.dumps({"id": "huge", "text": "x" * 1_000_001})
    endless = "y" * 7_000_000
    stdin = "\n".join([json.dumps({"id": 1, "text": "a"}), huge, endless, json.dumps({"id": 2, "text": "b"})]).encode()
    result = terminal("count", "mastodon", "--jsonl", stdin=stdin)
    assert result.code == 2
    out = [json.loads(line) for line in result.out.splitlines()]
    assert [one["id"] for one in out] == [1, None, None, 2]
    assert [one["error"]["reason"] if "reason" in one["error"] else one["error"]["code"] for one in out[1:3]] == ["bad_input"] * 2
    assert [one["error"]["line"] for one in out[1:3]] == [2, 3]
    assert len(result.err) < 1_000


def test_each_line_is_answered_before_the_next_is_written() -> None:
    """Somebody who asks line by line never waits for a buffer to fill."""
    command = [sys.executable, "-m", "cmdesk", "count", "mastodon", "--jsonl"]
    with subprocess.Popen(command, cwd=ROOT, env=inherited(), stdin=subprocess.PIPE, stdout=subprocess.PIPE) as counting:
        assert counting.stdin is not None
        assert counting.stdout is not None
        for number in range(3):
            counting.stdin.write(json.dumps({"id": number, "text": "é" * number}).encode() + b"\n")
            counting.stdin.flush()
            assert json.loads(counting.stdout.readline())["count"] == number
        counting.stdin.close()
        assert counting.wait(30) == 0
