"""Reads and writes calendars as tables (CSV): finds separator, encoding and columns by itself, and says what is wrong by line."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from types import MappingProxyType
from typing import Final

from msgspec import Struct

from cmdesk.domain.errors import BadInput
from cmdesk.domain.exchange import LARGEST, LONGEST_TEXT, MOST, Entry, LineError, neutral, plain

#: The fields of a post and the headings by which they are known, in both languages.
FIELDS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "text": ("text", "texte", "message", "content", "contenu", "post", "publication", "caption", "legende", "légende"),
        "date": ("date", "day", "jour", "when", "quand", "scheduled", "schedule", "publish date", "date de publication"),
        "time": ("time", "heure", "hour", "publish time", "heure de publication"),
        "accounts": ("accounts", "comptes", "account", "compte", "network", "réseau", "reseau", "profile", "profil"),
        "labels": ("labels", "étiquettes", "etiquettes", "tags", "label", "étiquette", "catégorie", "category"),
        "campaign": ("campaign", "campagne"),
        "language": ("language", "langue", "lang"),
        "warning": ("warning", "avertissement", "cw", "content warning"),
        "uid": ("id", "uid", "identifiant"),
    }
)
#: The columns of an export, in order.
COLUMNS: Final = ("id", "kind", "date", "time", "zone", "state", "client", "accounts", "text", "labels", "campaign", "url")

_NUMBERS = re.compile(r"(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})")
_TIME = re.compile(r"(\d{1,2})\s*(?:[:h]\s*(\d{2})?)?(?::(\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?")
_WIDEST: Final = 60


class Table(Struct, frozen=True):
    """A file as rows of cells, the headings apart; ``lines`` are where the rows begin in the file."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]


def read(data: bytes) -> Table:
    """The table of a CSV file. Raises BadInput(field="file"): too_large, not_text, no_columns, too_many, not_a_table."""
    if len(data) > LARGEST:
        raise BadInput(field="file", reason="too_large", limit=LARGEST)
    text = _decoded(data)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=False)
    rows: list[tuple[str, ...]] = []
    lines: list[int] = []
    columns: tuple[str, ...] = ()
    try:
        begin = 1
        for row in reader:
            if any(cell.strip() for cell in row):
                if len(row) > _WIDEST:
                    raise BadInput(field="file", reason="not_a_table")
                if columns:
                    rows.append(tuple(row))
                    lines.append(begin)
                else:
                    columns = tuple(cell.strip() for cell in row)
            begin = reader.line_num + 1
            if len(rows) > MOST:
                raise BadInput(field="file", reason="too_many", limit=MOST)
    except csv.Error:
        raise BadInput(field="file", reason="not_a_table") from None
    if not columns:
        raise BadInput(field="file", reason="no_columns")
    return Table(columns, tuple(rows), tuple(lines))


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "utf-16") if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise BadInput(field="file", reason="not_text")


def _separator(text: str) -> str:
    """The separator that the headings hold most of: a semicolon where commas are decimal, or a tab."""
    head = text.partition("\n")[0]
    return max(",;\t", key=lambda mark: (head.count(mark), mark == ","))


def guess(columns: Sequence[str]) -> Mapping[str, int]:
    """Which column holds which field, by its heading; each column once."""
    found: dict[str, int] = {}
    folded = [" ".join(column.casefold().replace("_", " ").split()) for column in columns]
    for name, headings in FIELDS.items():
        place = next((folded.index(heading) for heading in headings if heading in folded), None)
        if place is not None and place not in found.values():
            found[name] = place
    return MappingProxyType(found)


def check_mapping(columns: Sequence[str], mapping: Mapping[str, int]) -> None:
    """Raises BadInput(field="mapping") for an unknown field, a column that is not there, or when no column holds the text."""
    for name, place in mapping.items():
        if name not in FIELDS or not 0 <= place < len(columns):
            raise BadInput(field="mapping", reason="unknown", given=name[:40], known=", ".join(FIELDS))
    if "text" not in mapping:
        raise BadInput(field="mapping", reason="no_text", known=", ".join(columns)[:160])


def is_day_first(days: Iterable[str], *, otherwise: bool) -> bool:
    """Whether dates written with numbers alone have the day first: the file says so itself, if one number is above twelve."""
    for text in days:
        match = _NUMBERS.match(text.strip())
        if match is None or len(match[1]) == 4:
            continue
        if int(match[1]) > 12:
            return True
        if int(match[2]) > 12:
            return False
    return otherwise


def read_day(text: str, *, day_first: bool) -> date:
    """A day as tables write it. Raises BadInput(field="date")."""
    match = _NUMBERS.fullmatch(text.strip())
    if match is None:
        raise BadInput(field="date", reason="not_a_day", given=text[:40])
    first, middle, last = (int(number) for number in match.groups())
    if len(match[1]) == 4:
        year, month, day = first, middle, last
    else:
        year, month, day = (last, middle, first) if day_first else (last, first, middle)
        year += 2000 if year < 100 else 0
    try:
        return date(year, month, day)
    except ValueError:
        raise BadInput(field="date", reason="not_a_day", given=text[:40]) from None


def read_time(text: str) -> time:
    """An hour as tables write it: 9:30, 9 h 30, 9:30 pm. Raises BadInput(field="time")."""
    match = _TIME.fullmatch(text.strip().lower())
    if match is None:
        raise BadInput(field="time", reason="not_a_time", given=text[:40])
    hour = int(match[1])
    if match[4]:
        if not 1 <= hour <= 12:
            raise BadInput(field="time", reason="not_a_time", given=text[:40])
        hour = hour % 12 + (12 if match[4].startswith("p") else 0)
    try:
        return time(hour, int(match[2] or 0), int(match[3] or 0))
    except ValueError:
        raise BadInput(field="time", reason="not_a_time", given=text[:40]) from None


def read_moment(day: str, hour: str, *, day_first: bool) -> datetime | None:
    """A wall time out of two cells, or of the first alone ("2026-12-01 09:00"); None where nothing is said.

    A day without an hour is meant for nine o'clock. Raises BadInput(field="date" or "time").
    """
    day, hour = day.strip(), hour.strip()
    if not day:
        if hour:
            raise BadInput(field="date", reason="missing", given=hour[:40])
        return None
    if not hour and (split := re.fullmatch(r"([\d./-]{6,10})[T ]+(.+)", day)):
        day, hour = split[1], split[2]
    return datetime.combine(read_day(day, day_first=day_first), read_time(hour) if hour else time(9))


def cell(table: Table, row: int, mapping: Mapping[str, int], name: str) -> str:
    """A field of a row, as it was before it was made harmless for spreadsheets; empty where the row has none."""
    place = mapping.get(name)
    cells = table.rows[row]
    return plain(cells[place]).strip() if place is not None and place < len(cells) else ""


def words(text: str) -> str:
    """The text of a post from a cell. Raises BadInput(field="text")."""
    clean = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()
    if not clean:
        raise BadInput(field="text", reason="empty")
    if len(clean) > LONGEST_TEXT:
        raise BadInput(field="text", reason="too_long", limit=LONGEST_TEXT)
    return clean


def error(line: int, problem: BadInput) -> LineError:
    """A problem as the error of a line."""
    given = problem.params.get("given", "")
    return LineError(line, problem.field, problem.reason, str(given)[:80])


def listed(text: str) -> tuple[str, ...]:
    """Several things in one cell, divided by commas, semicolons or bars."""
    return tuple(dict.fromkeys(part.strip() for part in re.split(r"[,;|]", text) if part.strip()))


def write(entries: Iterable[Entry], client: str) -> str:
    """The table of a calendar, for any spreadsheet: no cell is a formula, lines end as the standard has it (RFC 4180)."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for one in entries:
        facts = row_of(one, client)
        writer.writerow([neutral(facts[name]) for name in COLUMNS])
    return out.getvalue()


def row_of(one: Entry, client: str) -> Mapping[str, str]:
    """An entry as the columns of an export."""
    day = one.wall.date() if one.wall else one.first
    hour = "" if one.wall is None else f"{one.wall:%H:%M:%S}" if one.wall.second else f"{one.wall:%H:%M}"
    return {
        "id": one.uid,
        "kind": one.kind.value,
        "date": day.isoformat() if day else "",
        "time": hour,
        "zone": one.zone,
        "state": one.state,
        "client": client,
        "accounts": "; ".join(one.accounts),
        "text": one.text,
        "labels": "; ".join(one.labels),
        "campaign": one.campaign,
        "url": one.url,
    }
