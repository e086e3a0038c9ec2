"""Brings calendars out into files and in from them: first a preview with every error by its line, then all of it or nothing.

What comes in is a draft with a suggested time: nothing goes out because of a file, unless a person asks for it to be planned.
"""

from __future__ import annotations

import json
import os
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

import msgspec
from msgspec.structs import replace

from cmdesk.domain import tabular
from cmdesk.domain.account import Account
from cmdesk.domain.arranging import Move, Verb
from cmdesk.domain.board import CalendarNote, Campaign, CampaignId, NoteId, PostPlan, clean_name
from cmdesk.domain.digest import sha256
from cmdesk.domain.errors import BadInput, NotAllowed
from cmdesk.domain.exchange import LARGEST, Action, Brought, Entry, Kind, LineError, Preview, Wish
from cmdesk.domain.ids import AccountId, PostId, parse_ref
from cmdesk.domain.ids import Kind as Thing
from cmdesk.domain.post import PostEdit, Variant
from cmdesk.domain.schedule import at_instant, resolve
from cmdesk.services import board, planning, terms
from cmdesk.services.arranging import Recorder, arranging, move_in, plan_in, refusal, set_plan
from cmdesk.store import accounts as account_store
from cmdesk.store import board as board_store
from cmdesk.store import exchange as store
from cmdesk.store import posts

if TYPE_CHECKING:
    from cmdesk.services.icsfiles import Found
    from cmdesk.services.workspace import Workspace

#: What a file holds when nobody says from when to when: the last three months, and all that is ahead.
BACK: Final = timedelta(days=92)
AHEAD: Final = timedelta(days=366 * 3)


# ---- out


def entries(ws: Workspace, first: date | None = None, last: date | None = None, *, for_client: bool = False) -> tuple[Entry, ...]:
    """The calendar of a span of days, its last day included, in order: posts, suggestions, campaigns, notes.

    ``for_client`` leaves out what is not for the client's eyes: drafts, and notes that are not shared.
    """
    zone = ws.client.timezone
    today = ws.clock.now().astimezone(ZoneInfo(zone)).date()
    begin, end = first or today - BACK, last or today + AHEAD
    if end < begin:
        raise BadInput(field="day", reason="order")
    walls = datetime.combine(begin, time()), datetime.combine(end + timedelta(days=1), time())
    instants = [resolve(wall, zone).utc for wall in walls]
    with ws.read() as connection:
        found = [
            *store.posts(connection, ws.client.id, *instants),
            *store.suggested(connection, ws.client.id, zone, *walls),
            *store.bars(connection, ws.client.id, begin, end),
        ]
    if for_client:
        found = [replace(one, state="") for one in found if not one.private]
    return tuple(sorted(found, key=_by_time))


def _by_time(one: Entry) -> tuple[datetime, str]:
    return one.wall or datetime.combine(one.first or date.min, time()), one.uid


def as_ics(ws: Workspace, found: Iterable[Entry]) -> bytes:
    """The entries as an iCalendar file."""
    from cmdesk.services import icsfiles  # start-up speed: the library comes with the first file

    return icsfiles.write(found, ws.client.name, stamp=ws.client.created_at)


def as_csv(ws: Workspace, found: Iterable[Entry]) -> bytes:
    """The entries as a table; with the mark by which spreadsheets know UTF-8."""
    return b"\xef\xbb\xbf" + tabular.write(found, ws.client.name).encode("utf-8", "replace")


def as_json(ws: Workspace, found: Iterable[Entry]) -> bytes:
    """The entries as a JSON list, the same columns with lists where there are several."""
    rows = [{**tabular.row_of(one, ws.client.name), "accounts": list(one.accounts), "labels": list(one.labels)} for one in found]
    return json.dumps(rows, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n"


def together(found: Sequence[tuple[Workspace, Sequence[Entry]]], form: str) -> bytes:
    """The entries of several clients in one file: ``ics``, ``csv`` or ``json``."""
    if form == "csv":
        tables = [tabular.write(entries, ws.client.name).split("\r\n", 1) for ws, entries in found]
        head = tables[0][0] if tables else ",".join(tabular.COLUMNS)
        return b"\xef\xbb\xbf" + "\r\n".join([head, "".join(rest for _, rest in tables)]).encode("utf-8", "replace")
    if form == "json":
        rows = [row for ws, entries in found for row in json.loads(as_json(ws, entries))]
        return json.dumps(rows, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n"
    from cmdesk.services import icsfiles  # as above

    if len(found) == 1:
        return as_ics(*found[0])
    stamp = min((ws.client.created_at for ws, _ in found), default=datetime(1970, 1, 1, tzinfo=UTC))
    name = ", ".join(ws.client.name for ws, _ in found)
    return icsfiles.write([one for _, entries in found for one in entries], name, stamp=stamp)


def write_file(path: Path, data: bytes) -> None:
    """Puts a file in its place whole, or leaves the one that is there. Raises OSError."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def check_kept(path: Path) -> Path:
    """The path, if a calendar may be kept there: it ends in .ics, and what is there is a calendar. Raises BadInput or OSError."""
    if path.suffix.lower() != ".ics":
        raise BadInput(field="file", reason="not_ics", given=path.name[:80])
    try:
        with path.open("rb") as file:
            begin = file.read(15)
    except FileNotFoundError:
        return path
    if begin != b"BEGIN:VCALENDAR":
        raise BadInput(field="file", reason="not_a_calendar", given=path.name[:80])
    return path


async def keep_file(ws: Workspace) -> bool:
    """Writes the client's subscribed calendar file anew, if it should be kept and says something else now; whether it was.

    Raises OSError, or BadInput(field="file", reason="not_a_calendar") rather than write over a file that is none.
    """
    named = terms.of(ws).sharing.file
    if not named:
        return False
    path = check_kept(Path(named))
    found = entries(ws, for_client=True)
    digest = digest_of(found)
    return bool(await ws.helper(_keep, ws, path, found, digest))


def _keep(ws: Workspace, path: Path, found: tuple[Entry, ...], digest: str) -> bool:
    from cmdesk.services import icsfiles  # as above

    try:
        with path.open("rb") as file:
            if icsfiles.digest_of(file.read(4096)) == digest:
                return False
    except FileNotFoundError:
        pass
    write_file(path, icsfiles.write(found, ws.client.name, stamp=ws.client.created_at, digest=digest))
    return True


def digest_of(found: Sequence[Entry]) -> str:
    """What a calendar of these entries says, as one number: making the calendar takes a second, this a moment."""
    return sha256(msgspec.json.encode([_WRITTEN, *found]))[:32]


#: Grows with each change in how entries are written, so that kept calendars are written anew.
_WRITTEN: Final = 2


# ---- in


def read_file(path: Path) -> bytes:
    """The bytes of a file that may come in. Raises BadInput(field="file")."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError:
        raise BadInput(field="file", reason="not_found", given=path.name[:80]) from None
    if len(data) > LARGEST:
        raise BadInput(field="file", reason="too_large", limit=LARGEST)
    return data


async def preview_ics(ws: Workspace, data: bytes, *, accounts: tuple[AccountId, ...] = (), plan: bool = False) -> Preview:
    """What an iCalendar file would bring: hours become drafts with a suggestion, whole days notes; our own events are moved.

    With ``accounts`` the posts are meant for them, with ``plan`` they are planned. Raises BadInput(field="file").
    """
    from cmdesk.services import icsfiles  # as above

    found = await ws.helper(icsfiles.read, data)
    reader = _Reader(ws, accounts, plan)
    for one in found:
        reader.take(one.line, lambda one=one: reader.event(one))  # type: ignore[misc]  # the default binds it now
    return reader.preview()


async def preview_csv(
    ws: Workspace,
    data: bytes,
    *,
    mapping: Mapping[str, int] | None = None,
    accounts: tuple[AccountId, ...] = (),
    plan: bool = False,
) -> Preview:
    """What a table would bring, a post a row; ``mapping`` says which column holds which field, else the headings do.

    Raises BadInput(field="file" or "mapping").
    """
    table = await ws.helper(tabular.read, data)
    columns = dict(tabular.guess(table.columns) if mapping is None else mapping)
    tabular.check_mapping(table.columns, columns)
    days = [tabular.cell(table, row, columns, "date") for row in range(len(table.rows))]
    day_first = tabular.is_day_first(days, otherwise=ws.client.language.value.startswith("fr"))
    reader = _Reader(ws, accounts, plan)
    for row, line in enumerate(table.lines):
        reader.take(line, lambda row=row, line=line: reader.row(table, row, line, columns, day_first))  # type: ignore[misc]  # as above
    found = reader.preview()
    return replace(found, columns=table.columns, mapping=columns, day_first=day_first)


class _Reader:
    """Turns what a file says into wishes, with what this client already has in mind; keeps each error with its line."""

    def __init__(self, ws: Workspace, accounts: tuple[AccountId, ...], plan: bool) -> None:
        self._ws = ws
        self._plan = plan
        self._given = accounts
        self._wishes: list[Wish] = []
        self._errors: list[LineError] = []
        self._uids: set[str] = set()
        with ws.read() as connection:
            self._accounts = account_store.accounts(connection)
            self._notes = store.notes_by_uid(connection)

    def take(self, line: int, read: Callable[[], Wish]) -> None:
        """Reads one entry, or notes why it can't be."""
        try:
            wish = read()
        except BadInput as problem:
            self._errors.append(tabular.error(line, problem))
            return
        self._wishes.append(wish)

    def preview(self) -> Preview:
        """What was read, in the order of the file."""
        wishes = tuple(self._known(self._wishes))
        errors = tuple(sorted(self._errors, key=lambda one: one.line))
        return Preview(self._ws.client.id, wishes, errors, plans=self._plan)

    # -- entries

    def event(self, one: Found) -> Wish:
        """An event of an iCalendar file."""
        if one.error:
            raise BadInput(field="event", reason=one.error, given=one.text)
        self._once(one.uid)
        warnings = list(one.warnings)
        if one.wall is None:
            return Wish(one.line, Kind.NOTE, Action.ADD, one.text, one.uid, None, one.first, one.last, warnings=one.warnings)
        wall = one.wall
        here = self._ws.client.timezone
        if one.zone and one.zone != here:
            # Another zone's hour: the instant is what was meant.
            wall = at_instant(resolve(one.wall, one.zone).utc, here).wall
            warnings += ["other_zone"] if one.zone != "UTC" else []
        wish = Wish(one.line, Kind.POST, Action.ADD, one.text, one.uid, wall, labels=one.labels, accounts=self._given)
        return self._checked(replace(wish, warnings=tuple(warnings)))

    def row(self, table: tabular.Table, row: int, line: int, columns: Mapping[str, int], day_first: bool) -> Wish:
        """A row of a table."""

        def cell(name: str) -> str:
            return tabular.cell(table, row, columns, name)

        uid = cell("uid")[:250]
        self._once(uid)
        wall = tabular.read_moment(cell("date"), cell("time"), day_first=day_first)
        named = tuple(self._account(name) for name in tabular.listed(cell("accounts")))
        wish = Wish(
            line=line,
            kind=Kind.POST,
            action=Action.ADD,
            text=tabular.words(cell("text")),
            uid=uid,
            wall=wall,
            accounts=tuple(dict.fromkeys((*named, *self._given))),
            labels=tuple(clean_name(label, "labels") for label in tabular.listed(cell("labels"))),
            campaign=clean_name(cell("campaign"), "campaign") if cell("campaign") else "",
            language=cell("language")[:35],
            warning=cell("warning")[:500],
        )
        return self._checked(wish)

    def _checked(self, wish: Wish) -> Wish:
        """The wish, if it can be planned where it should be. Raises BadInput."""
        if wish.wall is None:
            return wish
        if not 1970 <= wish.wall.year <= 2099:
            raise BadInput(field="date", reason="out_of_range", given=wish.wall.date().isoformat())
        if self._plan and wish.accounts and resolve(wish.wall, self._ws.client.timezone).utc <= self._ws.clock.now():
            raise BadInput(field="time", reason="past", given=f"{wish.wall:%Y-%m-%d %H:%M}")
        return wish

    def _once(self, uid: str) -> None:
        if uid and uid in self._uids:
            raise BadInput(field="uid", reason="twice", given=uid[:80])
        self._uids.add(uid)

    def _account(self, name: str) -> AccountId:
        """The account with this handle, or the only one of a network with this name. Raises BadInput(field="accounts")."""
        wanted = _folded(name)
        found = [one for one in self._accounts if wanted in _called(one)] or [
            one for one in self._accounts if _folded(one.identity.network.value) == wanted
        ]
        if len(found) != 1:
            raise BadInput(field="accounts", reason="ambiguous" if found else "unknown", given=name[:80])
        return found[0].id

    # -- what is there already

    def _known(self, wishes: list[Wish]) -> Iterator[Wish]:
        with self._ws.read() as connection:
            by_uid = board_store.posts_by_uid(connection, [wish.uid for wish in wishes if wish.uid])
        for wish in wishes:
            if wish.kind is Kind.NOTE:
                yield self._known_note(wish)
            else:
                try:
                    yield self._known_post(wish, by_uid.get(wish.uid) or self._own(wish.uid))
                except BadInput as problem:
                    self._errors.append(tabular.error(wish.line, problem))

    def _own(self, uid: str) -> PostId | None:
        """The post of this client that an event of ours stands for, if it is still there."""
        try:
            found = parse_ref(_base(uid))
        except BadInput:
            return None
        if found.client != self._ws.client.id or found.kind is not Thing.POST:
            return None
        with self._ws.read() as connection:
            there = connection.execute("SELECT 1 FROM post WHERE id = ? AND deleted_at IS NULL", (found.number,)).fetchone()
        return PostId(found.number) if there else None

    def _known_post(self, wish: Wish, post: PostId | None) -> Wish:
        if post is None:
            return wish
        times = {one.planned.wall for one in planning.deliveries(self._ws, post) if one.state.value != "cancelled"}
        suggestion = board.plan(self._ws, post).suggested
        times = times or ({suggestion} if suggestion is not None else set())
        same = replace(wish, post=post, action=Action.SAME)
        if wish.wall is None or wish.wall in times or not times:
            return same
        if len(times) > 1:
            return replace(same, warnings=(*wish.warnings, "several_times"))
        refused = refusal(self._ws, post)
        if refused is not None:
            raise BadInput(field="post", reason=refused.from_state, given=wish.text[:80])
        if suggestion is None and resolve(wish.wall, self._ws.client.timezone).utc <= self._ws.clock.now():
            raise BadInput(field="time", reason="past", given=f"{wish.wall:%Y-%m-%d %H:%M}")
        return replace(same, action=Action.MOVE)

    def _known_note(self, wish: Wish) -> Wish:
        known = self._notes.get(wish.uid) if wish.uid else None
        if known is None:
            number = _own_number(wish.uid, self._ws.client.id)
            if number is None:
                return wish
            kind, place = number
            if kind == "c":
                return replace(wish, action=Action.SAME)
            known = next((one for one in board.notes(self._ws, date.min, date.max) if one.id == place), None)
            if known is None:
                return wish
        same = (known.first, known.last, known.text) == (wish.first, wish.last, wish.text)
        return replace(wish, number=known.id, action=Action.SAME if same else Action.MOVE)


def _own_number(uid: str, client: str) -> tuple[str, int] | None:
    head, _, tail = uid.partition("@")[0].rpartition("-")
    return (tail[0], int(tail[1:])) if head == client and tail[:1] in {"n", "c"} and tail[1:].isdecimal() else None


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.strip().removeprefix("@").casefold())
    return "".join(one for one in plain if not unicodedata.combining(one))


def _called(one: Account) -> tuple[str, ...]:
    handle = one.identity.handle
    return _folded(handle), _folded(handle.partition("@")[0]), _folded(one.identity.display_name)


async def bring_in(ws: Workspace, preview: Preview, *, initiator: str | None = None) -> Brought:
    """Does what a preview said, in one transaction that can be undone. Raises BadInput(field="file", reason="errors") when there
    are any, NotAllowed for what can't be moved any more, BlockedByProblems for what a network would not take; then nothing is.
    """
    if preview.client != ws.client.id:
        raise NotAllowed(from_state="other_client", to_state="imported")
    if preview.errors:
        raise BadInput(field="file", reason="errors", number=len(preview.errors), line=preview.errors[0].line)
    made: list[PostId] = []
    notes = planned = 0
    with arranging(ws, Verb.IMPORT, initiator) as recorder:
        campaigns = {one.name: one.id for one in board_store.every(recorder.connection, Campaign)}
        for wish in preview.wishes:
            if wish.action is Action.SAME:
                continue
            if wish.kind is Kind.NOTE:
                notes += _bring_note(recorder, wish)
            elif wish.post is not None:
                _move(ws, recorder, wish.post, wish)
            else:
                post = _bring_post(ws, recorder, wish, campaigns)
                made.append(post)
                if preview.plans and wish.wall is not None and wish.accounts:
                    when = resolve(wish.wall, ws.client.timezone, ws.clock.tzdata_version())
                    plan_in(ws, recorder, post, dict.fromkeys(wish.accounts, when))
                    planned += 1
    return Brought(tuple(made), notes, preview.count(Action.MOVE), preview.count(Action.SAME), planned)


def _move(ws: Workspace, recorder: Recorder, post: PostId, wish: Wish) -> None:
    if wish.wall is not None:
        move_in(ws, recorder, Move(post, resolve(wish.wall, ws.client.timezone, ws.clock.tzdata_version())))


def _bring_note(recorder: Recorder, wish: Wish) -> int:
    first = wish.first or recorder.at.astimezone(UTC).date()
    fresh = CalendarNote(NoteId(wish.number), wish.text, first, wish.last or first, uid=wish.uid if "@" in wish.uid else "")
    if wish.number:
        known = board_store.one(recorder.connection, CalendarNote, wish.number)
        fresh = replace(known, text=fresh.text, first=fresh.first, last=fresh.last)
    board.put_in(recorder, fresh)
    return 0 if wish.number else 1


def _bring_post(ws: Workspace, recorder: Recorder, wish: Wish, campaigns: dict[str, CampaignId]) -> PostId:
    edit = PostEdit(
        text=wish.text,
        warning=wish.warning,
        language=wish.language or ws.client.language.value,
        variants=tuple(Variant(one) for one in wish.accounts),
        labels=wish.labels,
    )
    post = posts.insert(recorder.session, edit, recorder.at)
    recorder.made(post)
    campaign = None
    if wish.campaign:
        if wish.campaign not in campaigns:
            day = wish.wall.date() if wish.wall else recorder.at.date()
            campaigns[wish.campaign] = board.put_in(recorder, Campaign(CampaignId(0), wish.campaign, day, day)).id
        campaign = campaigns[wish.campaign]
        _reach(recorder, campaign, wish.wall)
    uid = "" if _is_of(wish.uid, ws.client.id) else wish.uid
    set_plan(recorder, PostPlan(post, wish.wall, campaign, uid))
    return post


def _reach(recorder: Recorder, campaign: CampaignId, wall: datetime | None) -> None:
    """A campaign made by an import reaches over the days of its posts."""
    known = board_store.one(recorder.connection, Campaign, campaign)
    if wall is not None and recorder.is_new("campaign", campaign):
        board.put_in(recorder, replace(known, first=min(known.first, wall.date()), last=max(known.last, wall.date())))


def _is_of(uid: str, client: str) -> bool:
    """Whether a name is one that this client's own posts have: nothing of it is kept, the post has it anyway."""
    try:
        return parse_ref(_base(uid)).client == client
    except BadInput:
        return False


def _base(uid: str) -> str:
    """The reference in a name of ours: without the domain, and without the number of a second time."""
    return uid.partition("@")[0].partition(".")[0]


__all__ = [
    "Action",
    "Brought",
    "Entry",
    "Preview",
    "Wish",
    "as_csv",
    "as_ics",
    "as_json",
    "bring_in",
    "check_kept",
    "digest_of",
    "entries",
    "keep_file",
    "preview_csv",
    "preview_ics",
    "read_file",
    "together",
    "write_file",
]
