"""The people of the practice network: what they wrote, what they will answer, kept in one file."""

from __future__ import annotations

import contextlib
import html
import json
import os
import random
import re
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from cmdesk.domain.clock import Clock
from cmdesk.networks._practice_samples import KEYS, story

HOST: Final = "practice"
_VERSION: Final = 1
_FIRST_ID: Final = 10_000_000
_LINKS = re.compile(r"(https?://[^\s<]+)|@(\w+)(?:@[\w.-]+)?|#(\w+)")

Row = dict[str, Any]


class World:
    """Statuses, notices and what is still to happen; every change is in the file before anyone is told of it."""

    def __init__(self, path: Path, clock: Clock, seed: int, state: Row) -> None:
        self._path = path
        self._clock = clock
        self._seed = seed
        self._state = state

    @classmethod
    def load(cls, path: Path, clock: Clock, seed: int) -> World:
        """The world of a file; a new one with its history when there is none. A file that can't be read is set aside."""
        if path.exists():
            try:
                state = json.loads(path.read_text("utf-8"))
                if isinstance(state, dict) and state.get("version") == _VERSION:
                    return cls(path, clock, seed, state)
            except (OSError, ValueError):
                pass  # told below, by the copy that is set aside
            path.replace(path.with_suffix(".unreadable"))
        empty: Row = {
            "version": _VERSION,
            "seq": 0,
            "statuses": [],
            "notices": [],
            "pending": [],
            "media": {},
            "acts": [],
            "keys": {},
        }
        world = cls(path, clock, seed, empty)
        world._begin()
        world._save()
        return world

    def persona(self, key: str) -> str | None:
        """The account behind a key, or None."""
        return key if key in KEYS else None

    def account(self, who: str) -> Row:
        """An account as the API shows it."""
        if who in KEYS:
            handle, name, bio = (story(who)[field] for field in ("handle", "name", "bio"))
        else:
            person = _people()[who]
            handle, name, bio = who, person["name"], person.get("bio", "")
        url = f"https://{HOST}/@{handle}"
        return {"id": who, "username": handle, "acct": handle, "display_name": name, "url": url, "note": bio, "avatar": ""}

    def status(self, status_id: str) -> Row | None:
        """A status by its id."""
        return next((one for one in self._state["statuses"] if one["id"] == status_id), None)

    def visible(self, us: str) -> list[Row]:
        """What an account can see, oldest first."""
        return [one for one in self._state["statuses"] if one["visibility"] != "direct" or us in {one["by"], *one["to"]}]

    def around(self, status: Row, us: str) -> tuple[list[Row], list[Row]]:
        """What was said before and after a status."""
        before: list[Row] = []
        at = status
        while at["reply_to"] and (parent := self.status(at["reply_to"])) is not None:
            before.insert(0, parent)
            at = parent
        family = {status["id"]}
        after = []
        for one in self.visible(us):
            if one["reply_to"] in family:
                family.add(one["id"])
                after.append(one)
        return before, after

    def publish(self, us: str, told: Row, key: str) -> Row:
        """A new status of ours; the same key is the same status. Then people begin to think of answers."""
        known = self._state["keys"].get(f"{us}:{key}") if key else None
        if known is not None and (found := self.status(known)) is not None:
            return found
        reply_to = str(told["in_reply_to_id"]) if told.get("in_reply_to_id") else None
        text = str(told.get("status", ""))
        status = self._add(us, text, self._clock.now(), reply_to=reply_to, visibility=str(told.get("visibility") or "public"))
        status["warning"] = str(told.get("spoiler_text") or "")
        status["language"] = str(told.get("language") or "")
        status["media"] = [str(one) for one in told.get("media_ids") or []]
        poll = told.get("poll")
        status["poll"] = [str(one) for one in poll.get("options", [])] if isinstance(poll, dict) else []
        if key:
            self._state["keys"][f"{us}:{key}"] = status["id"]
        self._think(us, status)
        self._save()
        return status

    def edit(self, status: Row, told: Row) -> Row:
        """Other words for a status of ours."""
        status["text"] = str(told.get("status", status["text"]))
        status["warning"] = str(told.get("spoiler_text") or "")
        status["media"] = [str(one) for one in told.get("media_ids") or []]
        for change in told.get("media_attributes") or []:
            medium = self._state["media"].get(str(change.get("id")))
            if medium is not None:
                medium["description"] = str(change.get("description", ""))
        status["edited"] = self._clock.now().isoformat()
        self._save()
        return status

    def delete(self, status: Row) -> None:
        """Takes a status away, and every notice about it."""
        self._state["statuses"].remove(status)
        self._state["notices"] = [one for one in self._state["notices"] if one["status"] != status["id"]]
        self._state["pending"] = [one for one in self._state["pending"] if one["reply_to"] != status["id"]]
        self._save()

    def react(self, us: str, target: str, act: str) -> None:
        """Notes a favourite, a mute, a block or a report of ours; a muted or blocked person is silent from then on."""
        acts: list[list[str]] = self._state["acts"]
        if act == "unfavourite":
            self._state["acts"] = [one for one in acts if one != [us, target, "favourite"]]
        elif [us, target, act] not in acts:
            acts.append([us, target, act])
        self._save()

    def attach(self, description: str) -> Row:
        """A file, of which only the description is kept."""
        medium = {"id": str(self._next()), "type": "image", "description": description, "preview_url": ""}
        medium["url"] = f"https://{HOST}/media/{medium['id']}"
        self._state["media"][medium["id"]] = medium
        self._save()
        return medium

    def medium(self, medium_id: str) -> Row | None:
        """A file by its id."""
        found: Row | None = self._state["media"].get(medium_id)
        return found

    def notifications(self, us: str) -> list[Row]:
        """What an account was told, oldest first."""
        return [one for one in self._state["notices"] if one["for"] == us]

    def told(self, notice: Row, us: str) -> Row:
        """A notice as the API shows it."""
        shown = {"id": notice["id"], "type": notice["type"], "created_at": notice["at"], "account": self.account(notice["by"])}
        status = self.status(notice["status"]) if notice["status"] else None
        return shown if status is None else {**shown, "status": self.shown(status, us)}

    def conversations(self, us: str) -> list[Row]:
        """The direct conversations, newest first, with their last words."""
        last: dict[str, Row] = {}
        for one in self.visible(us):
            if one["visibility"] == "direct":
                before, _ = self.around(one, us)
                last[(before[0] if before else one)["id"]] = one
        rows = sorted(last.items(), key=lambda pair: int(pair[1]["id"]), reverse=True)
        return [{"id": root, "unread": False, "accounts": [], "last_status": self.shown(one, us)} for root, one in rows]

    def shown(self, status: Row, us: str) -> Row:
        """A status as the API shows it."""
        parent = self.status(status["reply_to"]) if status["reply_to"] else None
        likes = [one for one in self._state["notices"] if one["status"] == status["id"]]
        poll = {"id": status["id"], "options": [{"title": one, "votes_count": 0} for one in status["poll"]]}
        return {
            "id": status["id"],
            "created_at": status["at"],
            "edited_at": status["edited"],
            "in_reply_to_id": status["reply_to"],
            "in_reply_to_account_id": parent["by"] if parent else None,
            "visibility": status["visibility"],
            "spoiler_text": status["warning"],
            "sensitive": False,
            "language": status["language"] or None,
            "content": render(status["text"]),
            "url": f"https://{HOST}/@{self.account(status['by'])['acct']}/{status['id']}",
            "account": self.account(status["by"]),
            "media_attachments": [self._state["media"][one] for one in status["media"] if one in self._state["media"]],
            "poll": poll if status["poll"] else None,
            "favourited": [us, status["id"], "favourite"] in self._state["acts"],
            "replies_count": sum(1 for one in self._state["statuses"] if one["reply_to"] == status["id"]),
            "favourites_count": sum(1 for one in likes if one["type"] == "favourite"),
            "reblogs_count": sum(1 for one in likes if one["type"] == "reblog"),
        }

    def catch_up(self) -> None:
        """Lets everything happen that is due by now."""
        now = self._clock.now()
        due = sorted(
            (one for one in self._state["pending"] if datetime.fromisoformat(one["due"]) <= now), key=lambda one: str(one["due"])
        )
        if not due:
            return
        self._state["pending"] = [one for one in self._state["pending"] if one not in due]
        for one in due:
            self._happen(one)
        self._save()

    def _happen(self, event: Row) -> None:
        us, who, at = event["us"], event["by"], datetime.fromisoformat(event["due"])
        silenced = {act for by, target, act in self._state["acts"] if by == us and target == who}
        target = self.status(event["reply_to"])
        if target is None or "block" in silenced:
            return
        if event["type"] == "delete":
            self._state["statuses"].remove(target)
            self._state["notices"] = [one for one in self._state["notices"] if one["status"] != target["id"]]
            return
        if event["type"] == "mention":
            said = self._add(who, event["text"], at, reply_to=target["id"], visibility=target["visibility"], to=us)
            said["language"] = event["language"]
            if not silenced & {"mute"}:
                self._notice(us, "mention", who, said["id"], at)
        else:
            self._notice(us, event["type"], who, target["id"], at)

    def _think(self, us: str, status: Row) -> None:
        """Decides who will answer one of our statuses, when, and with which words; the same world decides the same."""
        rng = random.Random(f"{self._seed}:{us}:{status['id']}")  # noqa: S311 - a play must be the same each time
        parent = self.status(status["reply_to"]) if status["reply_to"] else None
        language = status["language"] or story(us)["language"].partition("-")[0]
        if parent is not None and parent["by"] not in KEYS:
            self._later(rng, us, parent["by"], status, kind="favourite")
            if rng.random() < 0.85 and len(self.around(status, us)[0]) < 5:
                self._later(
                    rng,
                    us,
                    parent["by"],
                    status,
                    kind="mention",
                    text=self._words(rng, us, "thanks", language),
                    language=language,
                )
            return
        if status["visibility"] == "direct" or parent is not None:
            return
        crowd = rng.sample(list(story(us)["people"]), 4)
        mood = "question" if "?" in status["text"] or status["poll"] else "news"
        for index, person in enumerate(crowd):
            if index < 2:
                kind = mood if index == 0 else "news"
                self._later(rng, us, person, status, kind="mention", text=self._words(rng, us, kind, language), language=language)
            else:
                self._later(rng, us, person, status, kind="favourite" if index == 2 else "reblog")

    def _words(self, rng: random.Random, us: str, kind: str, language: str) -> str:
        """Words nobody has used lately, in the post's language as far as somebody here speaks it."""
        speaks = (
            us
            if story(us)["language"].startswith(language[:2])
            else next((key for key in KEYS if story(key)["language"].startswith(language[:2])), us)
        )
        choices: list[str] = story(speaks)["answers"][kind]
        used = {one["text"] for one in (*self._state["statuses"][-200:], *self._state["pending"])}
        mention = f"@{story(us)['handle']} "
        fresh = [mention + one for one in choices if mention + one not in used]
        return rng.choice(fresh or [mention + one for one in choices])

    def _later(
        self, rng: random.Random, us: str, who: str, status: Row, *, kind: str, text: str = "", language: str = ""
    ) -> None:
        due = self._clock.now() + timedelta(seconds=rng.randint(3, 25))
        event = {"us": us, "by": who, "reply_to": status["id"], "type": kind, "text": text, "language": language}
        self._state["pending"].append({**event, "due": due.isoformat()})

    def _begin(self) -> None:
        """Writes the history: our posts and what people said, in the order of their hours."""
        now = self._clock.now().replace(microsecond=0)
        for us in KEYS:
            told = story(us)
            language = told["language"].partition("-")[0]
            events: list[tuple[float, int, Row]] = [(one["hours"], -1 - n, one) for n, one in enumerate(told["posts"])]
            events += [(one["hours"], n, one) for n, one in enumerate(told["inbox"])]
            posts: dict[int, str] = {}
            for hours, number, one in sorted(events, key=lambda event: -event[0]):
                at = now - timedelta(hours=hours)
                if number < 0:
                    posts[-1 - number] = self._add(us, one["text"], at, reply_to=None, visibility="public")["id"]
                    self._state["statuses"][-1]["language"] = language
                else:
                    self._recall(us, one, at, posts, language)
        self._state["statuses"].sort(key=lambda one: str(one["at"]))
        self._state["notices"].sort(key=lambda one: str(one["at"]))
        self._renumber()

    def _recall(self, us: str, one: Row, at: datetime, posts: dict[int, str], language: str) -> None:
        about = posts.get(one["to"]) if "to" in one else None
        if one.get("kind", "mention") != "mention":
            self._notice(us, one["kind"], one["who"], about, at)
            return
        text = f"@{story(us)['handle']} {one['text']}"
        visibility = one.get("visibility", "public")
        said = self._add(one["who"], text, at, reply_to=about, visibility=visibility, to=us)
        said["language"] = one.get("language", language)
        if one.get("edited"):
            said["edited"] = (at + timedelta(minutes=4)).isoformat()
        self._notice(us, "mention", one["who"], said["id"], at)
        said["regretted"] = bool(one.get("regretted"))
        if one.get("answered"):
            later = at + timedelta(minutes=22)
            self._add(us, one["answered"], later, reply_to=said["id"], visibility=visibility, to=one["who"])

    def _renumber(self) -> None:
        """Gives the history ids in the order of time, as a server would have; what its author regrets goes away in a while."""
        ids = {one["id"]: str(_FIRST_ID + n) for n, one in enumerate(self._state["statuses"], 1)}
        for one in self._state["statuses"]:
            one["id"], one["reply_to"] = ids[one["id"]], ids.get(one["reply_to"] or "")
        for n, notice in enumerate(self._state["notices"], 1):
            notice["id"], notice["status"] = str(_FIRST_ID + n), ids.get(notice["status"] or "")
        due = (self._clock.now() + timedelta(minutes=10)).isoformat()
        for one in self._state["statuses"]:
            if one.pop("regretted", False):
                event = {
                    "us": "",
                    "by": one["by"],
                    "reply_to": one["id"],
                    "type": "delete",
                    "text": "",
                    "language": "",
                    "due": due,
                }
                self._state["pending"].append(event)
        self._state["seq"] = len(ids) + len(self._state["notices"])

    def _add(self, by: str, text: str, at: datetime, *, reply_to: str | None, visibility: str, to: str = "") -> Row:
        parent = self.status(reply_to) if reply_to else None
        addressed = {to, parent["by"] if parent else "", *_mentioned(text)} - {"", by}
        status: Row = {
            "id": str(self._next()),
            "by": by,
            "text": text,
            "at": at.astimezone(UTC).isoformat(),
            "edited": None,
            "reply_to": reply_to,
            "visibility": visibility,
            "to": sorted(addressed),
            "warning": "",
            "language": "",
            "media": [],
            "poll": [],
        }
        self._state["statuses"].append(status)
        return status

    def _notice(self, us: str, kind: str, who: str, status_id: str | None, at: datetime) -> None:
        notice = {"id": str(self._next()), "for": us, "type": kind, "by": who, "status": status_id}
        self._state["notices"].append({**notice, "at": at.astimezone(UTC).isoformat()})

    def _next(self) -> int:
        self._state["seq"] += 1
        return _FIRST_ID + int(self._state["seq"])

    def _save(self) -> None:
        """Writes the whole world beside its file, then puts it in its place."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self._path.parent, prefix=self._path.name, suffix=".new")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(self._state, file, ensure_ascii=False, separators=(",", ":"))
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(self._path)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(name).unlink()
            raise


def _people() -> dict[str, Row]:
    return {handle: person for key in KEYS for handle, person in story(key)["people"].items()}


def _mentioned(text: str) -> set[str]:
    """The accounts a text names."""
    handles = {story(key)["handle"]: key for key in KEYS} | {handle: handle for handle in _people()}
    return {handles[found.group(2)] for found in _LINKS.finditer(text) if found.group(2) in handles}


def render(text: str) -> str:
    """A text as a Mastodon server prints it."""

    def link(found: re.Match[str]) -> str:
        url, mention, tag = found.groups()
        if mention:
            return f'<a href="https://{HOST}/@{mention}" class="u-url mention">@<span>{mention}</span></a>'
        if tag:
            return f'<a href="https://{HOST}/tags/{tag}" class="mention hashtag" rel="tag">#<span>{tag}</span></a>'
        return f'<a href="{url}" rel="nofollow noopener">{url}</a>'

    paragraphs = html.escape(text, quote=False).replace("\r\n", "\n").split("\n\n")
    return "".join(f"<p>{_LINKS.sub(link, one)}</p>".replace("\n", "<br>") for one in paragraphs if one)
