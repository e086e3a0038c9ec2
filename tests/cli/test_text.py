"""Foreign words cannot steer a terminal, and columns stay straight."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from cmdesk.cli.text import fields, harmless, iso, one_line, shortened, table, width


def test_nothing_that_steers_a_terminal_gets_through() -> None:
    assert harmless("a\x1b[2Jb\x07\u202etxt.exe\u2066\r\x9b31m\x00c") == "a[2Jbtxt.exe31mc"
    assert harmless("two\nlines\tand a tab") == "two\nlines\tand a tab"
    assert one_line(" a\r\n\u2028b\t c ") == "a b c"
    assert harmless("👩‍👩‍👧 é") == "👩‍👩‍👧 é"


def test_widths_are_those_of_the_terminal() -> None:
    assert [width(text) for text in ("abc", "日本", "e\u0301", "🥐", "\u200b")] == [3, 4, 1, 2, 0]
    assert shortened("日本語です", 5) == "日本…"
    assert shortened("short", 5) == "short"


def test_columns_are_straight() -> None:
    assert table(("A", "B"), [("日本", "1"), ("x\ny", "2")]) == "A     B\n日本  1\nx y   2"
    assert fields([("NAME", "Rosa"), ("EMPTY", ""), ("ID", "x")]) == "NAME  Rosa\nID    x"


def test_instants_are_told_in_utc() -> None:
    moment = datetime(2026, 12, 1, 9, 0, 0, 999, tzinfo=timezone(timedelta(hours=-5)))
    assert iso(moment) == "2026-12-01T14:00:00Z"
    assert iso(datetime(2026, 1, 1, tzinfo=UTC)) == "2026-01-01T00:00:00Z"
