"""Reads what a person or a program hands to a command: text strictly as UTF-8, secrets as one line, times and days of a zone."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from cmdesk.domain.errors import BadInput
from cmdesk.domain.extras import Replier
from cmdesk.domain.schedule import PlannedTime, parse_when
from cmdesk.domain.secret import Secret
from cmdesk.services.workspace import Workspace

#: More than any network takes, little enough to count in a moment.
LARGEST_TEXT = 1_000_000
#: A line of JSON around such a text, in which a character may be written with six.
LARGEST_LINE = 6 * LARGEST_TEXT + 10_000
_LARGEST_SECRET = 16_384
_LONGEST_LIST = 10_000
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def text_of(stream: BinaryIO) -> str:
    """All of a stream as text, line ends as newlines, without the one that ends the last line. Raises BadInput(field="text")."""
    raw = stream.read(LARGEST_TEXT + 1)
    if len(raw) > LARGEST_TEXT:
        raise BadInput(field="text", reason="too_large", limit=LARGEST_TEXT)
    return clean_text(decoded(raw)).removesuffix("\n")


def decoded(raw: bytes) -> str:
    """Bytes as text, strictly. Raises BadInput(field="text", reason="not_utf8")."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise BadInput(field="text", reason="not_utf8", position=problem.start) from None


def clean_text(text: str) -> str:
    """The text with newlines as line ends. Raises BadInput when it is far too large or holds control characters."""
    if len(text.encode("utf-8")) > LARGEST_TEXT:
        raise BadInput(field="text", reason="too_large", limit=LARGEST_TEXT)
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    if any(unicodedata.category(character) == "Cc" and character not in "\n\t" for character in unified):
        raise BadInput(field="text", reason="control_characters")
    return unified


def lines_of(stream: BinaryIO) -> Iterator[bytes | None]:
    """The lines of a stream that are not empty, however many; None for one that is too long, of which nothing is kept."""
    while raw := stream.readline(LARGEST_LINE + 1):
        if len(raw) > LARGEST_LINE:
            while raw and not raw.endswith(b"\n"):
                raw = stream.readline(LARGEST_LINE)
            yield None
        elif raw.strip():
            yield raw


def secret_of(stream: BinaryIO, field: str) -> Secret:
    """The one line of a stream as a secret. Raises BadInput, which never quotes it."""
    raw = stream.read(_LARGEST_SECRET + 1)
    try:
        line = raw.decode("utf-8").strip()
    except UnicodeDecodeError:
        raise BadInput(field=field, reason="not_utf8") from None
    if not line:
        raise BadInput(field=field, reason="empty")
    if len(raw) > _LARGEST_SECRET or not line.isprintable() or " " in line or not line.isascii():
        raise BadInput(field=field, reason="control_characters")
    return Secret(line)


def when(workspace: Workspace, text: str) -> PlannedTime:
    """A time as meant in the client's zone. Raises BadInput(field="time")."""
    return parse_when(text, workspace.client.timezone, workspace.clock.tzdata_version())


def day(text: str) -> date:
    """A day of the calendar. Raises BadInput(field="day")."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise BadInput(field="day", reason="not_a_day", given=text[:80]) from None


def today(moment: datetime, zone: str) -> date:
    """The day that a zone's calendar shows at an instant."""
    return moment.astimezone(ZoneInfo(zone)).date()


def day_starts(first: date, zone: str) -> datetime:
    """The instant at which a day begins in a zone, aware UTC."""
    return datetime.combine(first, time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)


def day_ends(last: date, zone: str) -> datetime:
    """The instant at which a day is over in a zone, aware UTC. Raises BadInput(field="day")."""
    try:
        return day_starts(last + timedelta(days=1), zone)
    except OverflowError:
        raise BadInput(field="day", reason="out_of_range", given=last.isoformat()) from None


def language_tag(text: str) -> str:
    """A language tag for a post. Raises BadInput(field="lang")."""
    tag = text.strip()
    if not _LANGUAGE.fullmatch(tag):
        raise BadInput(field="lang", reason="not_a_tag", given=text[:80])
    return tag


def language_tags(text: str) -> tuple[str, ...]:
    """Language tags with commas between, each once; at least one. Raises BadInput(field="lang")."""
    return tuple(dict.fromkeys(language_tag(one) for one in text.split(",")))


def repliers(text: str) -> tuple[Replier, ...] | None:
    """Who may answer: ``anyone`` (None), ``nobody`` (empty), or some kinds of people. Raises BadInput(field="replies")."""
    named = [one.strip().lower() for one in text.split(",") if one.strip()]
    if named in (["anyone"], []):
        return None
    if named == ["nobody"]:
        return ()
    try:
        return tuple(dict.fromkeys(Replier(one) for one in named))
    except ValueError:
        raise BadInput(field="replies", reason="unknown", given=text[:80]) from None


def address(text: str) -> str:
    """An http(s) address. Raises BadInput(field="url")."""
    url = text.strip()
    try:
        parts = urlsplit(url)
        good = (
            parts.scheme in {"http", "https"}
            and bool(parts.hostname)
            and not parts.username
            and url.isprintable()
            and " " not in url
        )
    except ValueError:
        good = False
    if not good:
        raise BadInput(field="url", reason="not_an_address", given=text[:80])
    return url


def limit(number: int) -> int:
    """How many rows to show at most. Raises BadInput(field="limit")."""
    if not 1 <= number <= _LONGEST_LIST:
        raise BadInput(field="limit", reason="out_of_range", most=_LONGEST_LIST)
    return number


def path(text: str) -> Path:
    """A path that a person names. Raises BadInput(field="file")."""
    if not text.strip():
        raise BadInput(field="file", reason="empty", given=text)
    try:
        return Path(text).expanduser().absolute()
    except (RuntimeError, ValueError):  # "~nobody"
        raise BadInput(field="file", reason="unknown", given=text[:80]) from None


def new_file(text: str) -> Path:
    """A file that is not there yet, in a folder that is. Raises BadInput(field="file")."""
    found = path(text)
    try:
        there, folder = found.exists(), found.parent.is_dir()
    except (OSError, ValueError):  # a name too long for the system
        raise BadInput(field="file", reason="name", given=text[:80]) from None
    if there:
        raise BadInput(field="file", reason="exists", given=text[:80])
    if not folder:
        raise BadInput(field="file", reason="no_folder", given=text[:80])
    return found


def existing(text: str) -> Path:
    """A file that is there. Raises BadInput(field="file"): ``not_found``, or ``not_a_file`` for a folder or a device."""
    found = path(text)
    try:
        there, good = found.exists(), found.is_file()
    except (OSError, ValueError):  # a name too long for the system
        there = good = False
    if not good:
        raise BadInput(field="file", reason="not_a_file" if there else "not_found", given=text[:80])
    return found
