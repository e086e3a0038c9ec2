"""Calendars go out into files and come back the same; files of strangers are bounded, and nothing is half taken."""

from __future__ import annotations

import asyncio
import json
import os
import tempfile
import time
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cmdesk.domain import tabular
from cmdesk.domain.delivery import State
from cmdesk.domain.errors import BadInput
from cmdesk.domain.exchange import LARGEST, MOST, Action, Entry, Kind, neutral, plain
from cmdesk.domain.post import PostEdit, Variant
from cmdesk.domain.schedule import resolve
from cmdesk.domain.terms import Sharing
from cmdesk.services import arranging, board, composing, exchange, icsfiles, planning, repeating, safekeeping, terms
from cmdesk.services.workspace import Workspace
from cmdesk.store import clients
from tests.services.test_publishing import Bench

TORONTO = "America/Toronto"


@pytest_asyncio.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    made = Bench(tmp_path / "home")
    await made.begin()
    yield made
    await made.desk.close()


async def planned(bench: Bench, wall: str, text: str) -> None:
    post = await composing.create(bench.ws, PostEdit(text=text, variants=(Variant(bench.account),), labels=("été",)))
    await arranging.plan(bench.ws, post.id, resolve(datetime.fromisoformat(wall), TORONTO))


def shown(ws: Workspace) -> list[tuple[str, str]]:
    """What the calendar holds with an hour: wall time and text."""
    return [(f"{one.wall:%m-%d %H:%M}", one.text) for one in exchange.entries(ws) if one.wall is not None]


@pytest.mark.asyncio
async def test_a_calendar_goes_out_as_ics_and_into_another_client_at_the_same_hours(bench: Bench) -> None:
    await planned(bench, "2027-03-13T09:00", "Avant")
    await planned(bench, "2027-03-14T09:00", "Le jour du changement d’heure")
    await board.add_note(bench.ws, "Inventaire", date(2027, 3, 1), date(2027, 3, 3), shared=True)
    data = exchange.as_ics(bench.ws, exchange.entries(bench.ws))
    assert b"TZID=America/Toronto:20270314T090000" in data
    assert b"BEGIN:VTIMEZONE" in data
    other = await bench.desk.create("Zoé", timezone=TORONTO)
    found = await exchange.preview_ics(other, data)
    assert (found.errors, found.count(Action.ADD)) == ((), 3)
    brought = await exchange.bring_in(other, found)
    assert (len(brought.posts), brought.notes) == (2, 1)
    assert shown(other) == shown(bench.ws)
    assert planning.deliveries(other, brought.posts[0]) == ()  # suggested, nothing goes out
    assert composing.load(other, brought.posts[0]).labels == ("été",)
    assert board.notes(other, date(2027, 3, 3), date(2027, 3, 9))[0].last == date(2027, 3, 3)
    again = await exchange.preview_ics(other, data)
    assert again.count(Action.SAME) == 3
    await arranging.undo(other)
    assert exchange.entries(other) == ()


@pytest.mark.asyncio
async def test_what_another_program_moved_moves_here(bench: Bench) -> None:
    await planned(bench, "2026-12-03T09:00", "Bonjour")
    await board.add_note(bench.ws, "Soldes", date(2026, 12, 4))
    data = exchange.as_ics(bench.ws, exchange.entries(bench.ws))
    moved = data.replace(b"20261203T090000", b"20261205T101500").replace(b"VALUE=DATE:20261204", b"VALUE=DATE:20261206")
    moved = moved.replace(b"VALUE=DATE:20261205", b"VALUE=DATE:20261207")
    found = await exchange.preview_ics(bench.ws, moved)
    assert found.count(Action.MOVE) == 2
    await exchange.bring_in(bench.ws, found)
    assert shown(bench.ws) == [("12-05 10:15", "Bonjour")]
    (note,) = board.notes(bench.ws, date(2026, 12, 1), date(2026, 12, 31))
    assert (note.first, note.last) == (date(2026, 12, 6), date(2026, 12, 6))
    await arranging.undo(bench.ws)
    assert shown(bench.ws) == [("12-03 09:00", "Bonjour")]


@pytest.mark.asyncio
async def test_what_is_out_is_an_error_of_its_line_and_nothing_comes_in(bench: Bench) -> None:
    await planned(bench, "2026-12-01T09:30", "Dehors")
    bench.clock.advance(3600)
    await bench.publisher.tick(bench.ws)
    data = exchange.as_ics(bench.ws, exchange.entries(bench.ws)).replace(b"20261201T093000", b"20261205T101500")
    extra = b"BEGIN:VEVENT\r\nUID:a@b\r\nDTSTART:20261210T120000Z\r\nSUMMARY:Autre\r\nEND:VEVENT\r\nEND:VCALENDAR"
    found = await exchange.preview_ics(bench.ws, data.replace(b"END:VCALENDAR", extra))
    assert [(one.line, one.field, one.reason) for one in found.errors] == [(1, "post", "sent")]
    with pytest.raises(BadInput):
        await exchange.bring_in(bench.ws, found)
    assert len(exchange.entries(bench.ws)) == 1


ICS = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//y//EN
{events}
END:VCALENDAR
"""


def ics(*events: str) -> bytes:
    body = "\n".join(f"BEGIN:VEVENT\nUID:u{number}@x\n{event}\nEND:VEVENT" for number, event in enumerate(events))
    return ICS.format(events=body).replace("\n", "\r\n").encode()


@pytest.mark.asyncio
async def test_times_of_other_zones_floating_ones_and_unknown_ones(bench: Bench) -> None:
    data = ics(
        "DTSTART;TZID=Europe/Paris:20261210T150000\nSUMMARY:Paris",
        "DTSTART:20261210T150000Z\nSUMMARY:UTC",
        "DTSTART:20261210T150000\nSUMMARY:Floating",
        "DTSTART;TZID=Nowhere/Atlantis:20261210T150000\nSUMMARY:Unknown",
        "DTSTART;TZID=Eastern Standard Time:20261210T150000\nSUMMARY:Windows",
        "DTSTART;VALUE=DATE:20261210\nSUMMARY:Day",
    )
    found = await exchange.preview_ics(bench.ws, data)
    walls = {one.text: one.wall and f"{one.wall:%H:%M}" for one in found.wishes}
    assert walls == {"Paris": "09:00", "UTC": "10:00", "Floating": "15:00", "Unknown": "15:00", "Windows": "15:00", "Day": None}
    assert {one.text: one.warnings for one in found.wishes}["Unknown"] == ("unknown_zone",)
    assert found.wishes[-1].kind is Kind.NOTE


@pytest.mark.asyncio
async def test_an_endless_recurrence_is_one_entry_and_said(bench: Bench) -> None:
    data = ics(
        "DTSTART:20261210T150000Z\nRRULE:FREQ=SECONDLY\nSUMMARY:Each second",
        "DTSTART:20261210T150000Z\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30\nSUMMARY:Never",
        f"DTSTART:20261210T150000Z\nRRULE:FREQ=DAILY;BYDAY={','.join(['MO'] * 5000)}\nSUMMARY:Long",
    )
    begin = time.monotonic()
    found = await exchange.preview_ics(bench.ws, data)
    assert time.monotonic() - begin < 20
    assert [one.warnings for one in found.wishes] == [("repeats",), ("repeats",), ("rule_ignored",)]
    assert len((await exchange.bring_in(bench.ws, found)).posts) == 3


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not_a_calendar"),
        (b"MZ\x90\x00", "not_text"),
        (b"hello", "not_a_calendar"),
        (b"BEGIN:VCALENDAR\r\nSUMMARY:" + b"x" * 70_000 + b"\r\nEND:VCALENDAR", "line_too_long"),
        (b"BEGIN:VCALENDAR\r\nSUMMARY:x\r\n" + b" yyyyyyyyy\r\n" * 9_000 + b"END:VCALENDAR", "line_too_long"),
        (b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 20, "too_deep"),
        (b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\nEND:VEVENT\r\n" * (MOST + 1) + b"END:VCALENDAR", "too_many"),
        (b"BEGIN:VCALENDAR\r\n" + b" " * (LARGEST + 1), "too_large"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VTODO\r\n", "not_a_calendar"),
    ],
    ids=["empty", "program", "words", "line", "folded", "deep", "many", "large", "crossed"],
)
def test_hostile_calendars_are_refused_quickly(data: bytes, reason: str) -> None:
    begin = time.monotonic()
    with pytest.raises(BadInput) as refused:
        icsfiles.read(data)
    assert (refused.value.field, refused.value.reason) == ("file", reason)
    assert time.monotonic() - begin < 5


@pytest.mark.asyncio
async def test_events_that_make_no_sense_are_errors_by_their_number(bench: Bench) -> None:
    data = ics(
        "SUMMARY:No time",
        "DTSTART:20261210T150000Z",
        "DTSTART:99991231T150000Z\nSUMMARY:Far",
        "DTSTART;VALUE=DATE:20260101\nDTEND;VALUE=DATE:20990101\nSUMMARY:Long",
        "DTSTART:20261210T150000Z\nSUMMARY:Good",
    )
    found = await exchange.preview_ics(bench.ws, data)
    assert [(one.line, one.reason) for one in found.errors] == [
        (1, "missing"),
        (2, "empty"),
        (3, "out_of_range"),
        (4, "out_of_range"),
    ]
    assert [one.text for one in found.wishes] == ["Good"]


# ---- tables


CSV = """Date;Heure;Texte;Comptes;Étiquettes;Campagne
03/12/2026;9 h 30;"Bonjour, toi";rosa;été, soldes;Noël
15/12/2026;;Sans heure;;;Noël
"""


@pytest.mark.asyncio
async def test_a_french_table_finds_its_columns_and_days(bench: Bench) -> None:
    found = await exchange.preview_csv(bench.ws, CSV.encode("cp1252"))
    assert (found.errors, found.day_first) == ((), True)
    brought = await exchange.bring_in(bench.ws, found)
    assert shown(bench.ws) == [("12-03 09:30", "Bonjour, toi"), ("12-15 09:00", "Sans heure")]
    (campaign,) = board.campaigns(bench.ws)
    assert (campaign.name, campaign.first, campaign.last) == ("Noël", date(2026, 12, 3), date(2026, 12, 15))
    post = composing.load(bench.ws, brought.posts[0])
    assert (post.labels, post.accounts) == (("été", "soldes"), (bench.account,))
    await arranging.undo(bench.ws)
    assert (exchange.entries(bench.ws), board.campaigns(bench.ws)) == ((), ())


@pytest.mark.asyncio
async def test_every_error_has_its_line_and_nothing_is_half_imported(bench: Bench) -> None:
    text = (
        "date,time,text,accounts\n"
        "2026-12-03,09:00,Good,rosa\n"
        "2026-13-03,09:00,No such month,rosa\n"
        '2026-12-04,25:00,"No such\nhour",rosa\n'
        "2026-12-05,09:00,,rosa\n"
        "2026-12-05,09:00,Who,nobody\n"
        ",09:00,No day,\n"
    )
    found = await exchange.preview_csv(bench.ws, text.encode())
    assert [(one.line, one.field, one.reason) for one in found.errors] == [
        (3, "date", "not_a_day"),
        (4, "time", "not_a_time"),
        (6, "text", "empty"),
        (7, "accounts", "unknown"),
        (8, "date", "missing"),
    ]
    with pytest.raises(BadInput) as refused:
        await exchange.bring_in(bench.ws, found)
    assert (refused.value.reason, refused.value.params["line"]) == ("errors", 3)
    assert (exchange.entries(bench.ws), composing.post_rows(bench.ws)) == ((), ())


@pytest.mark.asyncio
async def test_a_table_is_planned_only_when_asked_for_and_all_or_nothing(bench: Bench) -> None:
    long = "x" * 600
    text = f"date,time,text,accounts\n2026-12-03,09:00,Good,rosa\n2026-12-04,09:00,{long},rosa\n"
    found = await exchange.preview_csv(bench.ws, text.encode(), plan=True)
    with pytest.raises(Exception, match="too_long"):
        await exchange.bring_in(bench.ws, found)
    assert composing.post_rows(bench.ws) == ()
    found = await exchange.preview_csv(bench.ws, text.replace(long, "Short").encode(), plan=True)
    brought = await exchange.bring_in(bench.ws, found)
    assert brought.planned == 2
    assert [planning.deliveries(bench.ws, post)[0].state for post in brought.posts] == [State.PLANNED] * 2
    past = await exchange.preview_csv(bench.ws, b"date,time,text,accounts\n2026-11-03,09:00,Past,rosa\n", plan=True)
    assert [(one.field, one.reason) for one in past.errors] == [("time", "past")]


@pytest.mark.asyncio
async def test_a_mapping_says_which_column_holds_what(bench: Bench) -> None:
    data = b"A,B,C\n2026-12-03,Hello,x\n"
    with pytest.raises(BadInput) as refused:
        await exchange.preview_csv(bench.ws, data)
    assert refused.value.reason == "no_text"
    found = await exchange.preview_csv(bench.ws, data, mapping={"text": 1, "date": 0})
    assert [(one.text, one.wall) for one in found.wishes] == [("Hello", datetime(2026, 12, 3, 9))]  # noqa: DTZ001 - a wall time
    assert found.columns == ("A", "B", "C")


def test_formula_cells_are_neutralised() -> None:
    for cell in ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1"):
        assert neutral(cell)[0] == "'"
        assert plain(neutral(cell)) == cell
    assert neutral("l'été") == "l'été"
    entry = Entry("x", Kind.POST, '=HYPERLINK("http://bad.example")', datetime(2026, 12, 3, 9))  # noqa: DTZ001 - as above
    assert "\"'=HYPERLINK" in tabular.write([entry], "=cmd")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no_columns"),
        (b"\x00\x01", "not_text"),
        (b"a," * 100, "not_a_table"),
        (b"text\n" + b"x\n" * (MOST + 1), "too_many"),
        (b"text\n" + b'"' + b"x" * 200_000, "not_a_table"),
        (b" " * (LARGEST + 1), "too_large"),
    ],
    ids=["empty", "binary", "wide", "many", "field", "large"],
)
def test_hostile_tables_are_refused(data: bytes, reason: str) -> None:
    with pytest.raises(BadInput) as refused:
        tabular.read(data)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("days", "otherwise", "first"),
    [(["13/01/2027"], False, True), (["01/13/2027"], True, False), (["01/02/2027"], True, True), (["2027-01-13"], False, False)],
)
def test_the_file_says_whether_the_day_comes_first(days: list[str], otherwise: bool, first: bool) -> None:
    assert tabular.is_day_first(days, otherwise=otherwise) is first


@pytest.mark.parametrize(
    ("text", "hour"), [("9:30", 9), ("9 h 30", 9), ("9h", 9), ("9:30 PM", 21), ("12:05 am", 0), ("23:59:30", 23)]
)
def test_hours_as_tables_write_them(text: str, hour: int) -> None:
    assert tabular.read_time(text).hour == hour


# ---- the file that is kept


@pytest.mark.asyncio
async def test_a_subscribed_file_is_kept_up_to_date_and_only_written_when_it_says_something_else(
    bench: Bench, tmp_path: Path
) -> None:
    file = tmp_path / "rosa.ics"
    assert not await exchange.keep_file(bench.ws)
    await terms.set_sharing(bench.ws, Sharing(file=str(file)))
    await planned(bench, "2026-12-03T09:00", "Bonjour")
    await board.add_note(bench.ws, "Not for the client", date(2026, 12, 4))
    assert await exchange.keep_file(bench.ws)
    bench.clock.advance(60)
    assert not await exchange.keep_file(bench.ws)
    text = file.read_text("utf-8")
    assert "Bonjour" in text
    assert "Not for the client" not in text
    await planned(bench, "2026-12-04T09:00", "Encore")
    assert await exchange.keep_file(bench.ws)
    assert _names(tmp_path) == ["home", "rosa.ics"]


@pytest.mark.asyncio
async def test_no_file_but_a_calendar_is_written_over_and_an_archive_brings_no_wish_to_write(
    bench: Bench, tmp_path: Path
) -> None:
    precious = tmp_path / "precious.ics"
    precious.write_text("Not a calendar", "utf-8")
    for name in (str(precious), str(tmp_path / "profile")):
        await terms.set_sharing(bench.ws, Sharing(file=name))
        with pytest.raises(BadInput):
            await exchange.keep_file(bench.ws)
    assert precious.read_text("utf-8") == "Not a calendar"
    post = await composing.create(bench.ws, PostEdit(text="Again", variants=(Variant(bench.account),)))
    first = resolve(datetime.fromisoformat("2026-12-03T09:00"), TORONTO)
    series = await repeating.begin(bench.ws, post.id, "FREQ=DAILY", first)
    await terms.set_sharing(bench.ws, Sharing(file=str(tmp_path / "rosa.ics"), caldav="https://elsewhere.example/x/"))
    archive = tmp_path / "rosa.zip"
    await safekeeping.export_client(bench.ws, archive)
    await safekeeping.purge(bench.desk, bench.ws.client.id, "Rosa")
    taken = await safekeeping.import_client(bench.desk, archive)
    assert terms.of(taken).sharing == Sharing()
    assert (repeating.every(taken), arranging.undoable(taken)) == ((), None)
    await repeating.resume(taken, series)
    assert len(repeating.every(taken)) == 1


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.asyncio
async def test_json_has_the_same_columns(bench: Bench) -> None:
    await planned(bench, "2026-12-03T09:00", "Bonjour")
    (row,) = json.loads(exchange.as_json(bench.ws, exchange.entries(bench.ws)))
    assert (row["date"], row["time"], row["zone"], row["labels"], row["state"]) == (
        "2026-12-03",
        "09:00",
        TORONTO,
        ["été"],
        "planned",
    )


# ---- round trips of anything

EXAMPLES = int(os.environ.get("CMDESK_EXCHANGE_EXAMPLES", "10"))
line = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp", "Zs", "Cn", "Co")), min_size=1, max_size=60
)
texts = st.lists(line, min_size=1, max_size=3).map("\n".join).filter(lambda text: text.strip() == text)
moments = st.datetimes(datetime(2026, 12, 2), datetime(2028, 12, 30)).map(lambda one: one.replace(second=0, microsecond=0))  # noqa: DTZ001 - wall times
posts = st.lists(st.tuples(moments, texts), min_size=1, max_size=5)


async def there_and_back(folder: Path, zone: str, wishes: list[tuple[datetime, str]], form: str) -> None:
    bench = Bench(folder / "home")
    await bench.begin()
    try:
        other = await bench.desk.create("Zoé", timezone=TORONTO)
        for ws in (bench.ws, other):
            with ws.write() as session:
                clients.update(session, timezone=zone)
            ws.refresh()
        for wall, text in wishes:
            post = await composing.create(bench.ws, PostEdit(text=text))
            await arranging.suggest(bench.ws, post.id, wall)
        out = exchange.entries(bench.ws)
        if form == "ics":
            found = await exchange.preview_ics(other, exchange.as_ics(bench.ws, out))
        else:
            found = await exchange.preview_csv(other, exchange.as_csv(bench.ws, out))
        assert found.errors == ()
        await exchange.bring_in(other, found)
        back = exchange.entries(other)
        assert sorted((one.wall, one.text) for one in back if one.wall) == sorted((one.wall, one.text) for one in out if one.wall)
        assert sorted((one.wall, one.text) for one in out if one.wall) == sorted(wishes)
    finally:
        await bench.desk.close()


@pytest.mark.parametrize("form", ["ics", "csv"])
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(zone=st.sampled_from([TORONTO, "Europe/Paris", "America/Phoenix"]), wishes=posts)
def test_whatever_goes_out_comes_back(form: str, zone: str, wishes: list[tuple[datetime, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(there_and_back(Path(folder), zone, wishes, form))


def test_a_note_is_of_whole_days() -> None:
    entry = Entry("bq7xk2mp-n1", Kind.NOTE, "Note", first=date(2026, 12, 3), last=date(2026, 12, 5))
    data = icsfiles.write([entry], "Rosa", stamp=datetime(2026, 12, 1, tzinfo=UTC) + timedelta(seconds=1))
    (found,) = icsfiles.read(data)
    assert (found.first, found.last, found.uid) == (entry.first, entry.last, "bq7xk2mp-n1@cmdesk")
