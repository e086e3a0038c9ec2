"""Key dates are worked out for any year, each with a source; known years are checked against the calendar."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdesk.domain.errors import BadInput
from cmdesk.domain.keydates import LISTS, Mark, clean_rule, days, default_lists, parse, spans
from cmdesk.services.keydates import almanac, data, public_holidays

DATA = data()


def in_year(year: int) -> dict[str, tuple[date, date]]:
    return {one.id: (one.first, one.last) for one in days(DATA, date(year, 1, 1), date(year, 12, 31), almanac)}


def test_there_are_many_and_each_is_whole() -> None:
    assert len(DATA) >= 150
    assert len({one.id for one in DATA}) == len(DATA)
    for one in DATA:
        assert one.source, one.id
        assert one.french, one.id
        assert one.english, one.id
        assert one.lists <= set(LISTS), one.id
        assert clean_rule(one.rule) == one.rule, one.id
        assert "'" not in one.french + one.english, one.id
    for name in LISTS:
        assert sum(name in one.lists for one in DATA) >= 50, name
    assert sum(Mark.GENTLE in one.marks for one in DATA) >= 30


@pytest.mark.parametrize("year", [2026, 2027, 2028, 2033])
def test_every_date_is_in_every_year(year: int) -> None:
    assert not {one.id for one in DATA} - set(in_year(year)) - {"ramadan", "hanukkah"}


@pytest.mark.parametrize(
    ("key", "days_by_year"),
    [
        ("easter", {2026: "04-05", 2027: "03-28", 2028: "04-16"}),
        ("good-friday", {2026: "04-03", 2027: "03-26"}),
        ("patriots", {2026: "05-18", 2027: "05-24", 2028: "05-22"}),
        ("thanksgiving-ca", {2026: "10-12", 2027: "10-11"}),
        ("mothers-ca", {2026: "05-10", 2027: "05-09"}),
        ("mothers-fr-may", {2026: "05-31", 2027: "05-30", 2031: "05-25", 2012: "06-03"}),
        ("fathers", {2026: "06-21", 2027: "06-20"}),
        ("labour-ca", {2026: "09-07", 2027: "09-06"}),
        ("black-friday", {2026: "11-27", 2027: "11-26", 2029: "11-23"}),
        ("winter-sales-fr", {2025: "01-08", 2026: "01-07", 2020: "01-08"}),
        ("summer-sales-fr", {2025: "06-25", 2026: "06-24"}),
        ("construction-qc", {2024: "07-21", 2025: "07-20", 2026: "07-19"}),
        ("advent", {2026: "11-29", 2027: "11-28"}),
        ("lunar-new-year", {2026: "02-17", 2027: "02-06"}),
        ("orthodox-easter", {2026: "04-12", 2027: "05-02"}),
    ],
)
def test_moveable_feasts_of_known_years(key: str, days_by_year: dict[int, str]) -> None:
    assert {year: f"{in_year(year)[key][0]:%m-%d}" for year in days_by_year} == days_by_year


def test_public_holidays_are_those_of_the_governments() -> None:
    holidays = public_holidays(2027)
    assert "qc" in holidays[date(2027, 6, 24)]
    assert holidays[date(2027, 7, 14)] == frozenset({"fr"})
    assert date(2027, 2, 14) not in holidays
    for key in ("national-qc", "canada-day", "bastille", "ascension", "labour-may"):
        assert in_year(2027)[key][0] in holidays, key


def test_a_day_is_no_holiday_because_it_falls_on_one() -> None:
    """In 2027 the day against homophobia is Whit Monday, and Purple Day is Good Friday."""
    found = days(DATA, date(2027, 1, 1), date(2027, 12, 31), almanac, public=public_holidays(2027))
    public = {one.id for one in found if one.public}
    assert {"whit-monday", "good-friday", "national-qc", "canada-day", "christmas", "armistice"} <= public
    assert public.isdisjoint({"homophobia", "purple-epilepsy", "moving-qc", "yom-kippur"})


def test_a_span_over_the_new_year_and_the_29th_of_february() -> None:
    assert in_year(2028)["black-history"] == (date(2028, 2, 1), date(2028, 2, 29))
    found = days(DATA, date(2026, 12, 12), date(2026, 12, 12), almanac)
    assert "hanukkah" in {one.id for one in found}  # it began a week before
    (once,) = spans("12-28 .. 12-28+10", 2026, almanac)
    assert once == (date(2026, 12, 28), date(2027, 1, 7))


@pytest.mark.parametrize(
    "text", ["", "13-01", "02-30", "soon", "2027-02-29", "05 6sun", "01-01 .. 01-02 .. 01-03", "easter+9999"]
)
def test_what_is_no_rule(text: str) -> None:
    with pytest.raises(BadInput):
        clean_rule(text)


@pytest.mark.parametrize(
    "text", ["06-24", "2027-05-30", " 05  2SUN ", "easter-2", "mon<05-25", "lib:diwali", "02-29", "02-29 .. 03-02"]
)
def test_what_is_one(text: str) -> None:
    assert clean_rule(clean_rule(text)) == clean_rule(text)


def test_a_line_that_cannot_be_read_is_told() -> None:
    with pytest.raises(ValueError, match=r"x \| y"):
        parse("x | y")
    with pytest.raises(ValueError, match="mars"):
        parse("a | 01-01 | mars | - | b | c | d")


def test_lists_follow_language_and_zone() -> None:
    assert default_lists("fr-CA", "America/Toronto") == {"qc", "ca", "world"}
    assert default_lists("en-CA", "America/Vancouver") == {"ca", "world"}
    assert default_lists("fr-FR", "Europe/Paris") == {"fr", "world"}


@given(year=st.integers(1970, 2099), rule=st.sampled_from([one.rule for one in DATA if "lib:" not in one.rule]))
def test_no_year_breaks_a_rule(year: int, rule: str) -> None:
    for first, last in spans(rule, year, almanac):
        assert first <= last
        assert abs(first.year - year) <= 1
