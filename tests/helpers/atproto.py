"""Bluesky's own servers as child processes: the personal server alone, or the whole network with its directory and its views."""

from __future__ import annotations

import base64
import contextlib
import hmac
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from build_scripts import places, servers
from tests.helpers.snac import free_port

PASSWORD = "a long and dull passphrase"
_PATIENCE = 90.0


def why_not(*, whole: bool = False) -> str | None:
    """What is missing to start the servers here, or None."""
    if places.WINDOWS:
        return "Bluesky's servers are not started on Windows"
    if not (places.INSTALLED / servers.READY).exists():
        return "Bluesky's servers are not installed: python3 build_scripts/dev.py setup"
    if not whole:
        return None
    lacking = [one for one in ("pg_virtualenv", "redis-server") if shutil.which(one) is None]
    return f"the whole network needs {' and '.join(lacking)}: python3 build_scripts/dev.py setup" if lacking else None


def need(*, whole: bool = False) -> None:
    """Skips the test, and says so, where the servers can't be started; where env CI is set that is a failure."""
    reason = why_not(whole=whole)
    if reason is None:
        return
    if os.environ.get("CI"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@dataclass
class Somebody:
    """An account on the servers, with a session of its own beside the one under test."""

    pds: str
    did: str
    handle: str
    access: str
    app_password: str

    def ask(self, method: str, **query: Any) -> Any:
        """A query's answer."""
        answer = httpx.get(f"{self.pds}/xrpc/{method}", params=query, headers=self._headers, timeout=30, trust_env=False)
        assert answer.is_success, (method, answer.status_code, answer.text[:300])
        return answer.json()

    def do(self, method: str, body: Any) -> Any:
        """A procedure's answer."""
        answer = httpx.post(f"{self.pds}/xrpc/{method}", json=body, headers=self._headers, timeout=30, trust_env=False)
        assert answer.is_success, (method, answer.status_code, answer.text[:300])
        return answer.json() if answer.content else None

    @property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.access}"}

    def blob(self, cid: str) -> bytes:
        """A file as the server hands it out."""
        query = {"did": self.did, "cid": cid}
        return httpx.get(f"{self.pds}/xrpc/com.atproto.sync.getBlob", params=query, timeout=30, trust_env=False).content

    def create(self, collection: str, record: dict[str, Any]) -> Any:
        """A record of this account."""
        whole = {"$type": collection, "createdAt": "2026-01-01T00:00:00.000Z", **record}
        return self.do("com.atproto.repo.createRecord", {"repo": self.did, "collection": collection, "record": whole})

    def records(self, collection: str = "app.bsky.feed.post") -> list[Any]:
        """All records of a kind, the newest name first."""
        found: list[Any] = self.ask("com.atproto.repo.listRecords", repo=self.did, collection=collection, limit=100)["records"]
        return found


class Servers:
    """The running servers. ``pds`` is where accounts live; ``bsky`` is None without the views."""

    def __init__(self, data: Path, *, whole: bool, rate_limits: bool = False) -> None:
        self._data = data
        self._whole = whole
        self._rate_limits = rate_limits
        self._base = free_port()
        while self._base > 60_000 or not _all_free(self._base):
            self._base = free_port()
        self._stack = contextlib.ExitStack()
        self._redis = ""
        self.pid = 0
        self._child: subprocess.Popen[str]
        self.pds = f"http://localhost:{self._base + 3}"
        self.bsky: str | None = None

    def start(self) -> None:
        """Starts and waits until ready; after ``kill`` the same records are there again. RuntimeError when it does not start."""
        for name in ("records", "blobs"):
            (self._data / name).mkdir(parents=True, exist_ok=True)
        if self._whole and not self._redis:
            self._redis = self._start_redis()
        temporary = Path(tempfile.mkdtemp(prefix="cmdesk-atproto-"))
        self._stack.callback(shutil.rmtree, temporary, True)
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("DB_", "PG"))},
            "NET": "all" if self._whole else "pds",
            "PORT_BASE": str(self._base),
            "SERVERS": str(places.INSTALLED),
            "DATA": str(self._data),
            "RATE_LIMITS": "1" if self._rate_limits else "0",
            "LOG_ENABLED": "0",
            "NODE_TMP": str(temporary),
            "NODE_NO_WARNINGS": "1",
            "REDIS_HOST": self._redis,
        }
        run = [str(servers.node(places.INSTALLED)), str(places.SERVERS / "network.mjs")]
        if self._whole:
            # PostgreSQL will not run as root; this makes a throw-away cluster, runs a command and drops it.
            address = "export DB_POSTGRES_URL=postgresql://$PGUSER:$PGPASSWORD@$PGHOST:$PGPORT/$PGDATABASE TMPDIR=$NODE_TMP"
            script = f'{address}; exec "{run[0]}" "{run[1]}"'
            run = ["pg_virtualenv", "-o", "fsync=off", "-o", "synchronous_commit=off", "bash", "-c", script]
        else:
            environment["TMPDIR"] = str(temporary)
        log = self._stack.enter_context((self._data / "servers.log").open("ab"))
        child = subprocess.Popen(run, stdout=subprocess.PIPE, stderr=log, text=True, env=environment)
        self._stack.callback(lambda: _end(child, self.pid if child is self._child else 0))
        self._child = child
        told = _first_json(child)
        if told is None:
            raise RuntimeError((self._data / "servers.log").read_text("utf-8", "replace")[-2000:])
        self.pid, self.bsky = told["pid"], told["bsky"]

    def kill(self) -> None:
        """Ends the personal server in the middle of whatever it does."""
        os.kill(self.pid, signal.SIGKILL)
        self._child.wait(20)

    def stop(self) -> None:
        """Ends everything."""
        self._stack.close()

    def account(self, name: str) -> Somebody:
        """A new account ``<name>.test`` with an app password."""
        handle = f"{name}.test"
        body = {"handle": handle, "email": f"{name}@example.org", "password": PASSWORD}
        url = f"{self.pds}/xrpc/com.atproto.server.createAccount"
        answer = httpx.post(url, json=body, timeout=30, trust_env=False)
        assert answer.is_success, answer.text[:300]
        told = answer.json()
        made = Somebody(self.pds, told["did"], handle, told["accessJwt"], "")
        made.app_password = made.do("com.atproto.server.createAppPassword", {"name": "cmdesk"})["password"]
        return made

    def _start_redis(self) -> str:
        port = free_port()
        command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._stack.callback(_end, child)
        return f"127.0.0.1:{port}"


def expired(access: str) -> str:
    """The same access as the server would have signed it for a time that is over (its test network has a known secret)."""
    head, claims, _ = access.split(".")
    told = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))
    body = f"{head}.{_encoded(json.dumps(told | {'iat': 1_700_000_000, 'exp': 1_700_007_200}).encode())}"
    return f"{body}.{_encoded(hmac.digest(b'jwt-secret', body.encode(), 'sha256'))}"


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _all_free(base: int) -> bool:
    for number in (1, 2, 3, 4, 7):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", base + number))
            except OSError:
                return False
    return True


def _first_json(child: subprocess.Popen[str]) -> dict[str, Any] | None:
    """The line that says that all is ready; None when the child ends or takes too long."""
    assert child.stdout is not None
    found: list[dict[str, Any]] = []

    def read() -> None:
        assert child.stdout is not None
        for line in child.stdout:
            if line.startswith("{"):
                found.append(json.loads(line))
                return

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    reader.join(_PATIENCE)
    if reader.is_alive():
        child.kill()
        reader.join(5)
    return found[0] if found else None


def _end(child: subprocess.Popen[Any], pid: int = 0) -> None:
    """Asks the server (behind its wrapper, which then drops what it made) to end, and insists after a while."""
    if child.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid or child.pid, signal.SIGTERM)
    try:
        child.wait(20)
    except subprocess.TimeoutExpired:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid or child.pid, signal.SIGKILL)
        child.kill()
        child.wait(15)
    if child.stdout is not None:
        child.stdout.close()


@contextlib.contextmanager
def running(data: Path, *, whole: bool = False, rate_limits: bool = False) -> Iterator[Servers]:
    """The servers for the length of a test, skipped or failed by ``need`` where they can't be started."""
    need(whole=whole)
    found = Servers(data, whole=whole, rate_limits=rate_limits)
    try:
        try:
            found.start()
        except RuntimeError as trouble:
            if os.environ.get("CI"):
                raise
            pytest.skip(f"Bluesky's servers do not start here: {trouble}")
        yield found
    finally:
        found.stop()


def until(look: Any, *, seconds: float = 20.0) -> Any:
    """What a look finds, as soon as it finds something: the views come a little after the records."""
    deadline = time.monotonic() + seconds
    pause = threading.Event()
    while True:
        found = look()
        if found or time.monotonic() > deadline:
            return found
        pause.wait(0.1)


class Browser:
    """What a browser does on the pages of the personal server: signs in, allows or refuses, and follows the last redirect."""

    def __init__(self, url: str) -> None:
        self._url = url
        origin = httpx.URL(url)
        self._origin = f"{origin.scheme}://{origin.netloc.decode()}"
        self._client = httpx.Client(timeout=30, trust_env=False)
        self._jar: dict[str, str] = {}
        told = {"Mode": "navigate", "Dest": "document", "Site": "none"}
        page = self._client.get(url, headers={f"Sec-Fetch-{name}": value for name, value in told.items()})
        assert page.is_success, page.text[:500]
        self._keep(page)

    def _keep(self, answer: httpx.Response) -> None:
        # The cookies are for https only; on plain http a browser's jar would not send them back.
        for line in answer.headers.get_list("set-cookie"):
            name, _, value = line.partition(";")[0].partition("=")
            self._jar[name.strip()] = value

    @property
    def _cookies(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self._jar.items())

    def _post(self, end: str, body: dict[str, Any], bearer: str = "") -> Any:
        headers = {
            "Sec-Fetch-Mode": "same-origin",
            "Sec-Fetch-Site": "same-origin",
            "Origin": self._origin,
            "Referer": self._url,
            "x-csrf-token": self._jar["csrf-token"],
            "Cookie": self._cookies,
        } | ({"Authorization": f"Bearer {bearer}"} if bearer else {})
        answer = self._client.post(f"{self._origin}/@atproto/oauth-provider/~api{end}", json=body, headers=headers)
        assert answer.is_success, (end, answer.status_code, answer.text[:500])
        self._keep(answer)
        return answer.json()

    def allow(self, who: Somebody) -> bytes:
        """Signs in, allows, and goes where the server then sends: the page that is shown in the end."""
        account = self._post("/sign-in", {"username": who.handle, "password": PASSWORD, "locale": "en", "remember": False})
        done = self._post("/consent", {"did": who.did}, account["ephemeralToken"])
        told = {"Mode": "navigate", "Dest": "document", "Site": "same-origin", "User": "?1"}
        headers = {f"Sec-Fetch-{name}": value for name, value in told.items()} | {"Referer": self._url, "Cookie": self._cookies}
        sent = self._client.get(done["url"], headers=headers)
        assert sent.is_redirect, sent.text[:500]
        page = self._client.get(sent.headers["location"])
        self._client.close()
        return page.content


def allow(url: str, who: Somebody) -> bytes:
    """A whole log-in in a browser; the page that is shown in the end."""
    return Browser(url).allow(who)
