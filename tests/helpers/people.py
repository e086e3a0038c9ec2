"""People on a mastodon-mock server who act through its API, as everybody out there does."""

from __future__ import annotations

import json
import urllib.request
from typing import Any


class Person:
    """Somebody with an account on the server: alice, bob or carol."""

    def __init__(self, origin: str, name: str) -> None:
        self._origin, self._token = origin, f"{name}_token"

    def ask(self, path: str, **body: Any) -> Any:
        """An answer of the API; with a body it is a POST."""
        request = urllib.request.Request(
            self._origin + path,
            data=json.dumps(body).encode() if body else None,
            headers={"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)

    def posts(self) -> list[Any]:
        """What this person has on the server, the newest first."""
        me = self.ask("/api/v1/accounts/verify_credentials")["id"]
        found: list[Any] = self.ask(f"/api/v1/accounts/{me}/statuses?limit=40")
        return found

    def plant(self, effect: dict[str, Any], path: str = "/api/v1/statuses", method: str = "POST") -> None:
        """Makes the server do badly once."""
        self.ask("/api/v1/_mock/faults", match={"methods": [method], "path": path}, effect=effect, count=1)
