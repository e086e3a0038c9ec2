"""What the window can do with a calendar, a script can: slots, repeating, files, key dates, cover, and the way back."""

from __future__ import annotations

import io
import json
from pathlib import Path

import icalendar
import pytest

from tests.helpers.clocks import FakeClock
from tests.helpers.command_line import Terminal
from tests.helpers.radicale import PASSWORD, USER, radicale


@pytest.fixture
def desk(tmp_path: Path) -> Terminal:
    """The client Rosa with an account of the practice network; it is Tuesday, the first of December 2026, nine in Toronto."""
    terminal = Terminal(tmp_path / "home", clock=FakeClock())
    terminal.json("client", "add", "Rosa", "--timezone", "America/Toronto", "--language", "fr-CA")
    terminal.json("account", "link", "practice", "--client", "Rosa", "--as", "levain")
    return terminal


def add(desk: Terminal, text: str, *more: str) -> str:
    handle = desk.json("account", "list", "--client", "Rosa")[0]["id"]
    found = desk.json("post", "add", "--client", "Rosa", "--account", handle, "--text", text, *more)
    identifier: str = found["post"]
    return identifier


def agenda(desk: Terminal, last: str = "2027-12-31") -> list[tuple[str, str, bool]]:
    found = desk.json("calendar", "agenda", "--client", "Rosa", "--from", "2026-12-01", "--to", last)
    return [(one["planned"]["wall"][:16], one["preview"], one["suggested"]) for one in found]


def test_the_next_slot_is_found_and_undone(desk: Terminal) -> None:
    desk.json("calendar", "slots", "--client", "Rosa", "--set", "mon-fri 9:00, 16:00", "--distance", "30")
    add(desk, "Un", "--next-slot")
    second = add(desk, "Deux", "--next-slot")
    assert [wall for wall, _, _ in agenda(desk)] == ["2026-12-01T16:00", "2026-12-02T09:00"]
    told = desk.json("calendar", "undo", "--client", "Rosa")
    assert (told["verb"], told["posts"]) == ("plan", [second])
    assert len(agenda(desk)) == 1
    desk.json("calendar", "redo", "--client", "Rosa")
    assert len(agenda(desk)) == 2
    assert desk("calendar", "redo", "--client", "Rosa").code == 1


def test_a_move_on_the_command_line_is_undone_there(desk: Terminal) -> None:
    post = add(desk, "Un", "--at", "2026-12-03 09:00")
    desk.json("post", "move", post, "--at", "2026-12-05 10:00")
    desk.json("calendar", "undo", "--client", "Rosa")
    assert agenda(desk) == [("2026-12-03T09:00", "Un", False)]
    copied = desk.json("post", "copy", post, "--at", "2026-12-10 09:00")["post"]
    assert copied != post
    assert [wall for wall, _, _ in agenda(desk)] == ["2026-12-03T09:00", "2026-12-10T09:00"]


def test_a_calendar_goes_out_and_comes_in_again(desk: Terminal, tmp_path: Path) -> None:
    add(desk, "Le jour du changement", "--at", "2027-03-14 09:00")
    add(desk, "=2+2 Formule", "--at", "2027-03-15 09:00")
    file = tmp_path / "all.ics"
    assert desk.json("calendar", "export", str(file))["entries"] == 2
    events = icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert [str(one.decoded("dtstart")) for one in events] == ["2027-03-14 09:00:00-04:00", "2027-03-15 09:00:00-04:00"]
    desk.json("client", "add", "Zoé", "--timezone", "America/Toronto")
    seen = desk.json("calendar", "import", str(file), "--client", "Zoé", "--check")
    assert [one["action"] for one in seen["entries"]] == ["add", "add"]
    assert desk.json("calendar", "agenda", "--client", "Zoé", "--from", "2027-03-01", "--to", "2027-03-31") == []
    assert len(desk.json("calendar", "import", str(file), "--client", "Zoé")["posts"]) == 2
    found = desk.json("calendar", "agenda", "--client", "Zoé", "--from", "2027-03-01", "--to", "2027-03-31")
    assert [(one["planned"]["wall"], one["state"], one["suggested"]) for one in found] == [
        ("2027-03-14T09:00:00", "draft", True),
        ("2027-03-15T09:00:00", "draft", True),
    ]
    again = desk.json("calendar", "import", str(file), "--client", "Zoé")
    assert (again["posts"], again["same"]) == ([], 2)
    table = tmp_path / "rosa.csv"
    desk.json("calendar", "export", str(table), "--client", "Rosa")
    assert "'=2+2 Formule" in table.read_text("utf-8-sig")
    rows = tmp_path / "rosa.json"
    desk.json("calendar", "export", str(rows), "--client", "Rosa")
    assert [row["text"] for row in json.loads(rows.read_text("utf-8"))] == ["Le jour du changement", "=2+2 Formule"]


def test_a_wrong_table_is_told_by_line_and_nothing_comes_in(desk: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    file.write_text("date,time,text\n2026-12-03,9:00,Bon\n2026-02-30,9:00,Non\n", "utf-8")
    told = desk("calendar", "import", str(file), "--client", "Rosa")
    assert told.code == 1
    assert "Line 3: this is no day." in told.err
    assert agenda(desk) == []
    file.write_text("A;B\n2026-12-03;Bon\n", "utf-8")
    assert desk("calendar", "import", str(file), "--client", "Rosa").code == 2
    desk.json("calendar", "import", str(file), "--client", "Rosa", "--map", "date=A", "--map", "text=2")
    assert agenda(desk) == [("2026-12-03T09:00", "Bon", True)]
    handle = desk.json("account", "list", "--client", "Rosa")[0]["handle"]
    file.write_text(f"date,time,text,account\n2026-12-04,9:00,Planifié,{handle}\n", "utf-8")
    desk.json("calendar", "import", str(file), "--client", "Rosa", "--plan")
    assert agenda(desk)[1] == ("2026-12-04T09:00", "Planifié", False)


@pytest.mark.parametrize("name", ["hostile.ics", "hostile.csv"])
@pytest.mark.parametrize("data", [b"\x00\x01\x02", b"BEGIN:VCALENDAR" + b"x" * 200_000, b""])
def test_hostile_files_bring_a_sentence_and_nothing_else(desk: Terminal, tmp_path: Path, name: str, data: bytes) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    told = desk("calendar", "import", str(file), "--client", "Rosa")
    assert (told.code, told.out) == (2, "")
    assert "broke" not in told.err
    assert agenda(desk) == []


def test_a_post_repeats_with_other_words_in_turn_and_ends(desk: Terminal) -> None:
    post = add(desk, "Un")
    rule = ("--rule", "FREQ=WEEKLY;BYDAY=MO;COUNT=3", "--at", "2026-12-07 09:00")
    assert len(desk.json("post", "repeat", post, *rule, "--check")["next"]) == 3
    assert agenda(desk) == []
    made = desk.json("post", "repeat", post, *rule, "--other-text", "Deux")["made"]
    assert len(made) == 3
    assert [(wall, text) for wall, text, _ in agenda(desk)] == [
        ("2026-12-07T09:00", "Un"),
        ("2026-12-14T09:00", "Deux"),
        ("2026-12-21T09:00", "Un"),
    ]
    assert [one["rule"] for one in desk.json("post", "repeating")] == ["FREQ=WEEKLY;BYDAY=MO;COUNT=3"]
    desk.json("post", "stop-repeating", post, "--take-back")
    assert (agenda(desk), desk.json("post", "repeating")) == ([], [])
    assert desk("post", "repeat", post, "--rule", "FREQ=HOURLY", "--at", "2026-12-07 09:00").code == 2


def test_the_agent_makes_what_repeats(desk: Terminal) -> None:
    post = add(desk, "Un")
    desk.json("post", "repeat", post, "--rule", "FREQ=MONTHLY;BYMONTHDAY=20", "--at", "2026-12-20 09:00")
    assert len(agenda(desk)) == 1
    clock = desk.clock
    assert isinstance(clock, FakeClock)
    clock.jump(30 * 86_400)
    desk("agent", "--once")
    assert "2027-01-20T09:00" in [wall for wall, _, _ in agenda(desk)]


def test_key_dates_are_those_of_the_client(desk: Terminal) -> None:
    span = ("--from", "2027-06-20", "--to", "2027-06-30")
    found = desk.json("calendar", "dates", "--client", "Rosa", *span)
    national = next(one for one in found if one["id"] == "national-qc")
    assert (national["first"], national["public"], national["french"]) == ("2027-06-24", True, "Fête nationale du Québec")
    desk.json("calendar", "dates", "--client", "Rosa", *span, "--off", "national-qc")
    names = [one["id"] for one in desk.json("calendar", "dates", "--client", "Rosa", *span, "--lists", "fr")]
    assert "national-qc" not in names
    assert "music" in names
    assert desk("calendar", "dates", "--client", "Rosa", "--off", "nonsense").code == 2


def test_hours_and_cover(desk: Terminal) -> None:
    shown = desk.json("client", "set", "Rosa", "--hours", "lun-ven 9h-17h", "--promise", "240")
    assert (shown["hours"], shown["promise_minutes"]) == ("mon-fri 09:00-17:00", 240)
    assert desk("calendar", "cover", "--from", "2026-12-07").code == 0
    away = desk("calendar", "cover", "--from", "2026-12-07", "--to", "2026-12-08", "--away", "--json")
    assert away.code == 3
    (client,) = away.json["clients"]
    assert [gap["broken_at"] for gap in client["gaps"]] == ["2026-12-07T18:00:00Z", "2026-12-08T18:00:00Z"]
    assert desk("client", "set", "Rosa", "--hours", "whenever").code == 2


def test_a_kept_file_follows(desk: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "rosa.ics"
    desk.json("calendar", "keep", str(file), "--client", "Rosa")
    add(desk, "Bonjour", "--at", "2026-12-03 09:00")
    desk("agent", "--once")
    assert "Bonjour" in file.read_text("utf-8")
    desk.json("calendar", "keep", "--client", "Rosa")
    assert io.StringIO(desk("calendar", "export", str(tmp_path / "x.txt")).err).read()


def test_a_calendar_is_published_on_a_server(desk: Terminal, tmp_path_factory: pytest.TempPathFactory) -> None:
    add(desk, "Bonjour", "--at", "2026-12-03 09:00")
    with radicale(tmp_path_factory.mktemp("radicale-cli")) as address:
        where = ("--url", f"{address}/{USER}/rosa/", "--user", USER, "--password-stdin", "--allow-private")
        told = desk.json("calendar", "publish", "--client", "Rosa", *where, stdin=PASSWORD.encode())
        assert (told["put"], told["removed"]) == (1, 0)
        assert desk.json("calendar", "publish", "--client", "Rosa")["same"] == 1
        desk.json("calendar", "publish", "--client", "Rosa", "--end")
        assert desk("calendar", "publish", "--client", "Rosa").code == 2


def test_a_time_that_runs_into_another_is_told_and_stops_nothing(desk: Terminal) -> None:
    add(desk, "Bonjour", "--at", "2026-12-03 09:00")
    handle = desk.json("account", "list", "--client", "Rosa")[0]["id"]
    told = desk("post", "add", "--client", "Rosa", "--account", handle, "--text", "bonjour", "--at", "2026-12-03 09:00")
    assert told.code == 0
    assert "at this very time" in told.err
    assert "the same words" in told.err
    assert len(agenda(desk)) == 2
