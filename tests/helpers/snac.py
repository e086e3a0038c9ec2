"""A real snac server as a child process: small, odd, and honest about what a lookalike of Mastodon does not do."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import socket
import subprocess
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MISSING = "snac is not installed (Debian: apt-get install -t bookworm-backports snac2)"


_NOWHERE = "urn:ietf:wg:oauth:2.0:oob"


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


class Snac:
    """Its origin and the passwords of its people."""

    def __init__(self, origin: str, passwords: dict[str, str]) -> None:
        self.origin = origin
        self.passwords = passwords

    def log_in(self, url: str, who: str) -> str:
        """Fills in the log-in form behind an authorize URL; the address (or page) the browser is sent to."""
        with urllib.request.urlopen(url, timeout=10) as page:
            form = page.read().decode()
        action = re.search(r'action="([^"]+)"', form)
        fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form))
        fields |= {"login": who, "passwd": self.passwords[who]}
        target = urllib.parse.urljoin(url, action.group(1) if action else "")
        request = urllib.request.Request(target, urllib.parse.urlencode(fields).encode(), method="POST")
        opener = urllib.request.build_opener(_Stay())
        with contextlib.closing(opener.open(request, timeout=10)) as answer:
            return str(answer.headers.get("Location") or answer.read().decode())

    def person(self, who: str) -> Person:
        """One of its people, logged in with a program of their own."""
        app = _asked(f"{self.origin}/api/v1/apps", client_name="test", redirect_uris=_NOWHERE, scopes="read write")
        asked = {"response_type": "code", "client_id": app["client_id"], "redirect_uri": _NOWHERE, "scope": "read write"}
        page = self.log_in(f"{self.origin}/oauth/authorize?{urllib.parse.urlencode(asked)}", who)
        granted = _asked(
            f"{self.origin}/oauth/token",
            grant_type="authorization_code",
            code=code_in(page),
            client_id=app["client_id"],
            client_secret=app["client_secret"],
            redirect_uri=_NOWHERE,
        )
        return Person(self.origin, granted["access_token"])


class Person:
    """Somebody on the server, who speaks its API."""

    def __init__(self, origin: str, token: str) -> None:
        self._origin, self._token = origin, token

    @property
    def token(self) -> str:
        """The key that speaks for this person."""
        return self._token

    def ask(self, path: str, **form: str) -> Any:
        """An answer of the API; with a form it is a POST."""
        return _asked(self._origin + path, self._token, **form)

    def posts(self) -> list[Any]:
        """What this person has on the server, the newest first."""
        me = self.ask("/api/v1/accounts/verify_credentials")["id"]
        found: list[Any] = self.ask(f"/api/v1/accounts/{me}/statuses")
        return found


def code_in(page: str) -> str:
    """The code on the page (or in the address) at the end of a log-in."""
    found = re.search(r"(?:code=|\b)([0-9a-f]{32,})", page)
    assert found is not None, page
    return found.group(1)


def _asked(url: str, token: str | None = None, **form: str) -> Any:
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    data = urllib.parse.urlencode(form).encode() if form else None
    with urllib.request.urlopen(urllib.request.Request(url, data, headers), timeout=10) as answer:
        return json.load(answer)


class _Stay(urllib.request.HTTPRedirectHandler):
    """Stays where it is, to see where it is sent."""

    def http_error_302(self, req, fp, code, msg, headers):  # type: ignore[no-untyped-def]  # the base is untyped
        return fp

    http_error_301 = http_error_303 = http_error_307 = http_error_302


def available() -> bool:
    """Whether the program is here."""
    return shutil.which("snac") is not None


@contextlib.contextmanager
def running(folder: Path, *people: str) -> Iterator[Snac]:
    """A server with these people, for the length of a test; RuntimeError when it does not start."""
    port = free_port()
    host = f"localhost:{port}"
    data = folder / "snac"
    answers = f"127.0.0.1\n{port}\n{host}\n\nadmin@example.org\n"
    subprocess.run(["snac", "init", str(data)], input=answers, text=True, check=True, capture_output=True, timeout=30)
    settings = data / "server.json"
    settings.write_text(re.sub(r'"protocol":\s*"https"', '"protocol": "http"', settings.read_text()))
    passwords = {}
    for who in people:
        told = subprocess.run(
            ["snac", "adduser", str(data), who], stdin=subprocess.DEVNULL, text=True, capture_output=True, check=True, timeout=30
        )
        found = re.search(r"password is (\S+)", told.stdout + told.stderr)
        assert found is not None, told.stdout + told.stderr
        passwords[who] = found.group(1)
    log = (folder / "snac.log").open("wb")
    child = subprocess.Popen(["snac", "httpd", str(data)], stdout=log, stderr=log, env={**os.environ, "DEBUG": "0"})
    try:
        deadline = time.monotonic() + 15
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                if child.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError((folder / "snac.log").read_text("utf-8", "replace")) from None
        yield Snac(f"http://{host}", passwords)
    finally:
        child.kill()  # asked politely, it goes on for ten seconds; its folder is thrown away anyway
        child.wait(10)
        log.close()
