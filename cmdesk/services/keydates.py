"""Shows a client the days that matter: computed for any year, public holidays marked, its own dates among them, gentle ones told.

The library of public holidays knows what each government declared and the feasts of other calendars; everything else comes
from the data with its sources.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from cmdesk import resources
from cmdesk.domain.arranging import Verb
from cmdesk.domain.board import Idea, PostPlan, Source
from cmdesk.domain.errors import BadInput
from cmdesk.domain.ids import AccountId, PostId
from cmdesk.domain.keydates import LISTS, KeyDate, KeyDay, default_lists, parse, spans
from cmdesk.domain.keydates import days as worked_out
from cmdesk.domain.post import PostEdit, Variant
from cmdesk.domain.terms import Dates
from cmdesk.services import board, terms
from cmdesk.services.arranging import arranging, set_plan
from cmdesk.store import posts

if TYPE_CHECKING:
    from cmdesk.services.workspace import Workspace

#: From this month on a year has passed enough for the next one to be gone through.
_REVIEW_FROM: Final = 11
_MORNING: Final = time(9)
#: Country and province of each list in the library.
_PLACES: Final[Mapping[str, tuple[str, str | None]]] = MappingProxyType(
    {"qc": ("CA", "QC"), "ca": ("CA", None), "fr": ("FR", None)}
)


@cache
def data() -> tuple[KeyDate, ...]:
    """Every key date of the data, with rule and source."""
    return parse(resources.text("keydates", "dates.txt"))


@cache
def almanac(name: str, year: int) -> tuple[date, ...]:
    """The days of a feast of another calendar in a year, from the library; none when it does not know them."""
    # start-up speed: 150 ms, which only a calendar with key dates pays
    from holidays.calendars.chinese import _ChineseLunisolar
    from holidays.calendars.hebrew import _HebrewLunisolar
    from holidays.calendars.hindu import _HinduLunisolar
    from holidays.calendars.islamic import _IslamicLunar

    found: Iterable[date | None]
    match name:
        case "lunar-new-year":
            found = [_ChineseLunisolar().lunar_new_year_date(year)[0]]
        case "mid-autumn":
            found = [_ChineseLunisolar().mid_autumn_date(year)[0]]
        case "diwali":
            found = [_HinduLunisolar().diwali_date(year)[0]]
        case "passover":
            found = [_HebrewLunisolar().passover_date(year)]
        case "rosh-hashanah":
            found = [_HebrewLunisolar().rosh_hashanah_date(year)]
        case "yom-kippur":
            found = [_HebrewLunisolar().yom_kippur_date(year)]
        case "hanukkah":
            found = _HebrewLunisolar().hanukkah_date(year)
        case "ramadan":
            found = [day for day, _ in _IslamicLunar().ramadan_beginning_dates(year)]
        case "eid-al-fitr":
            found = [day for day, _ in _IslamicLunar().eid_al_fitr_dates(year)]
        case "eid-al-adha":
            found = [day for day, _ in _IslamicLunar().eid_al_adha_dates(year)]
        case _:
            found = []
    return tuple(sorted(day for day in found if day is not None and day.year == year))


@cache
def public_holidays(year: int) -> Mapping[date, frozenset[str]]:
    """The public holidays of a year, with the lists in which they are."""
    import holidays  # as above

    found: dict[date, frozenset[str]] = {}
    for name, (country, province) in _PLACES.items():
        for day in holidays.country_holidays(country, subdiv=province, years=year, observed=False):
            found[day] = found.get(day, frozenset()) | {name}
    return MappingProxyType(found)


# ---- reading


def chosen(ws: Workspace) -> Dates:
    """Which lists this client looks at, and what of them it does not: what somebody chose, or what its place suggests."""
    known = terms.of(ws).dates
    return known if known.chosen else replace(known, lists=default_lists(ws.client.language.value, ws.client.timezone))


@lru_cache(maxsize=16)
def _of_year(year: int) -> tuple[tuple[KeyDay, frozenset[str]], ...]:
    """The key days that begin in a year, of all lists, each with the lists in which it is a public holiday."""
    holidays = public_holidays(year)
    found = worked_out(data(), date(year, 1, 1), date(year, 12, 31), almanac, public=holidays)
    return tuple((one, holidays[one.first] if one.public else frozenset()) for one in found if one.first.year == year)


def days(ws: Workspace, first: date, last: date) -> tuple[KeyDay, ...]:
    """The key days of this client in a span, its last day included: of its lists, without those switched off, with its own."""
    wanted = chosen(ws)
    found = list(_own(ws, first, last))
    for year in range(first.year - 1, last.year + 1):
        for one, public in _of_year(year):
            if one.first <= last and one.last >= first and one.id not in wanted.off and not one.lists.isdisjoint(wanted.lists):
                here = not public.isdisjoint(wanted.lists & one.lists)
                found.append(one if one.public is here else replace(one, public=here))
    return tuple(sorted(found, key=lambda day: (day.first, not day.public, day.own == 0, day.id)))


def _own(ws: Workspace, first: date, last: date) -> tuple[KeyDay, ...]:
    found = []
    for one in board.own_dates(ws):
        for year in range(first.year - 1, last.year + 2):
            for begin, end in spans(one.rule, year, almanac):
                if begin <= last and end >= first:
                    found.append(
                        KeyDay(
                            id=f"own-{one.id}",
                            first=begin,
                            last=end,
                            french=one.name,
                            english=one.name,
                            gentle=one.gentle,
                            trade=False,
                            lists=frozenset(),
                            source=one.note,
                            own=one.id,
                        )
                    )
    return tuple(found)


def gentle(ws: Workspace, moment: datetime) -> tuple[KeyDay, ...]:
    """The days on which this client publishes gently that an instant (aware) falls on."""
    day = moment.astimezone(ZoneInfo(ws.client.timezone)).date()
    return tuple(one for one in days(ws, day, day) if one.gentle)


class Review(Struct, frozen=True):
    """A year to go through: its days, and for each that moves how many days (by the calendar) it lies from where it was."""

    year: int
    days: tuple[KeyDay, ...]
    moved: Mapping[str, int]
    off: frozenset[str]


def due_for_review(ws: Workspace) -> int | None:
    """The year whose key dates should be gone through now, or None."""
    today = ws.clock.now().astimezone(ZoneInfo(ws.client.timezone)).date()
    year = today.year + 1 if today.month >= _REVIEW_FROM else today.year
    return year if terms.of(ws).dates.reviewed < year else None


def review(ws: Workspace, year: int) -> Review:
    """What a year brings, those switched off too, so that each can be thought of once."""
    wanted = chosen(ws)
    listed = [one for one in data() if not one.lists.isdisjoint(wanted.lists)]
    before = {one.id: one.first for one in worked_out(listed, date(year - 1, 1, 1), date(year - 1, 12, 31), almanac)}
    now = worked_out(listed, date(year, 1, 1), date(year, 12, 31), almanac, public=public_holidays(year))
    moved = {one.id: (one.first - _a_year_later(before[one.id])).days for one in now if one.id in before}
    own = _own(ws, date(year, 1, 1), date(year, 12, 31))
    return Review(year, (*now, *own), {name: days for name, days in moved.items() if days}, wanted.off)


def _a_year_later(day: date) -> date:
    return day.replace(year=day.year + 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year + 1)


# ---- changing


async def choose(ws: Workspace, lists: frozenset[str]) -> None:
    """Sets the lists this client looks at. Raises BadInput(field="lists")."""
    if not lists <= frozenset(LISTS):
        raise BadInput(field="lists", reason="unknown", known=", ".join(LISTS))
    await terms.set_dates(ws, replace(chosen(ws), lists=lists, chosen=True))


async def switch(ws: Workspace, key: str, *, on: bool) -> None:
    """Shows one key date to this client, or no longer. Raises BadInput(field="key_date")."""
    if not any(one.id == key for one in data()):
        raise BadInput(field="key_date", reason="unknown", given=key[:80])
    known = chosen(ws)
    await terms.set_dates(ws, replace(known, off=known.off - {key} if on else known.off | {key}, chosen=True))


async def reviewed(ws: Workspace, year: int) -> None:
    """Notes that a year's key dates were gone through."""
    await terms.set_dates(ws, replace(chosen(ws), reviewed=year, chosen=True))


async def draft(ws: Workspace, day: KeyDay, accounts: tuple[AccountId, ...] = ()) -> PostId:
    """A draft for a key date, suggested for nine o'clock on its (first) day, with its name to begin from; can be undone."""
    with arranging(ws, Verb.ADD) as recorder:
        language = ws.client.language.value
        edit = PostEdit(text=day.name(language), language=language, variants=tuple(Variant(one) for one in accounts))
        post = posts.insert(recorder.session, edit, recorder.at)
        recorder.made(post)
        set_plan(recorder, PostPlan(post, datetime.combine(day.first, _MORNING)))
    return post


async def idea(ws: Workspace, day: KeyDay) -> Idea:
    """An idea for a key date, on top of the board."""
    name = day.name(ws.client.language.value)
    return await board.add_idea(ws, name, day=day.first, source=Source.KEY_DATE, source_ref=day.id)
