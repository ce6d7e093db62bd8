"""Laws of civil days: one day for each ordinal, read and written in one form, and no day outside 1970 to 2199."""

import pickle
from datetime import UTC, date, datetime
from math import nan
from typing import Final

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

from altocore.errors import BadType, BadValue, Misuse
from altocore.testing.strategies import days, register
from altocore.values.days import FIRST_YEAR, LAST_YEAR, Day, add_days, day, days_from, from_date, is_day, parse_day

FIRST: Final = day(1970, 1, 1)
LAST: Final = day(2199, 12, 31)
SPAN: Final = (date(2199, 12, 31) - date(1970, 1, 1)).days
YEARS: Final = "the year must be from 1970 to 2199"
FORM: Final = "must look like 2025-01-31"

BAD_TEXTS: Final = (
    "",
    "2025-1-31",
    "2025-01-31 ",
    " 2025-01-31",
    "2025-01-31\n",
    "2025-01-31T00:00:00",
    "2025/01/31",
    "20250131",
    "31-01-2025",
    "2025-W05-5",
    "2025-031",
    "+2025-01-31",
    "-2025-01-31",
    "12025-01-31",
    "25-01-31",
    "2025-01",
    "2025-01-3a",
    "\u0662\u0660\u0662\u0665-\u0660\u0661-\u0663\u0661",
    "\uff12\uff10\uff12\uff15-01-31",
    "2025\u201001\u201031",
    "now",
    "today",
    "1" * 1_000_000,
)


class OwnDate(date):
    """A subclass, which could answer otherwise than a date."""


@given(days())
def test_a_day_is_its_parts(of: Day) -> None:
    """A day made of its parts, of its text, of its date or of itself is the same day, and of pendulum's type."""
    plain = date(of.year, of.month, of.day)
    made = [day(of.year, of.month, of.day), parse_day(of.isoformat()), from_date(plain), from_date(of)]
    assert made == [of, of, of, of]
    assert {type(one) for one in made} == {pendulum.Date}
    assert hash(of) == hash(plain)


@given(days())
def test_a_day_is_known(of: Day) -> None:
    """A day is known as one; a plain date, a moment, its text and its number are not."""
    assert is_day(of)
    moment = pendulum.datetime(of.year, of.month, of.day)
    others: list[object] = [date(of.year, of.month, of.day), moment, of.isoformat(), of.toordinal(), None]
    assert not [other for other in others if is_day(other)]


@pytest.mark.parametrize("of", [FIRST, day(2024, 2, 29), LAST])
def test_a_day_is_taken_as_it_is(of: Day) -> None:
    """What is a day already is not made again."""
    assert from_date(of) is of


@given(st.from_type(date))
def test_every_supported_date_is_a_day(given: date) -> None:
    """A date of 1970 to 2199 is a day, any other is a BadValue (B5)."""
    if FIRST_YEAR <= given.year <= LAST_YEAR:
        assert from_date(given) == given
    else:
        for outside in (given, pendulum.Date(given.year, given.month, given.day)):
            with pytest.raises(BadValue, match=YEARS):
                from_date(outside)


@given(days(), st.integers(-400, 400))
def test_days_are_counted(start: Day, count: int) -> None:
    """So many days later is that many days away, and back again; the library's calendar counts the same."""
    ordinal = date(start.year, start.month, start.day).toordinal() + count
    if not FIRST.toordinal() <= ordinal <= LAST.toordinal():
        with pytest.raises(BadValue, match=YEARS):
            add_days(start, count)
        return
    end = add_days(start, count)
    assert end == date.fromordinal(ordinal)
    assert type(end) is pendulum.Date
    assert days_from(start, end) == count == -days_from(end, start)
    assert add_days(end, -count) == start


@given(days(), days(), days())
def test_distances_add_up(a: Day, b: Day, c: Day) -> None:
    """The way from a to c over b is as long as the direct one, and its sign is the order."""
    assert days_from(a, b) + days_from(b, c) == days_from(a, c)
    assert (days_from(a, b) > 0) == (a < b)
    assert add_days(a, days_from(a, b)) == b


def test_supported_days_end_where_they_say() -> None:
    """The first and the last day are days; one step further is refused on either side."""
    assert days_from(FIRST, LAST) == SPAN
    assert add_days(FIRST, SPAN) == LAST
    assert add_days(LAST, -SPAN) == FIRST
    for start, count in ((LAST, 1), (FIRST, -1), (FIRST, SPAN + 1), (FIRST, 10**40), (FIRST, -(10**40))):
        with pytest.raises(BadValue) as refused:
            add_days(start, count)
        assert (refused.value.field, refused.value.problem) == ("day", YEARS)


@pytest.mark.parametrize("year", [0, 1, 1969, 2200, 9999, 10**30, -2025])
def test_years_outside_are_refused(year: int) -> None:
    """A billing date before 1970 or after 2199 is a typing mistake (B5)."""
    with pytest.raises(BadValue) as refused:
        day(year, 1, 1)
    assert (refused.value.field, refused.value.problem) == ("day", YEARS)


@pytest.mark.parametrize(
    ("month", "day_of_month"),
    [(0, 1), (13, 1), (1, 0), (1, 32), (2, 29), (4, 31), (-1, 1), (1, -1), (10**30, 1), (1, 10**30)],
)
def test_what_no_calendar_has_is_refused(month: int, day_of_month: int) -> None:
    """2025 has no such day, however large the number (B5)."""
    with pytest.raises(BadValue) as refused:
        day(2025, month, day_of_month)
    assert (refused.value.field, refused.value.problem) == ("day", "there is no such day")


def test_leap_days_are_those_of_the_calendar() -> None:
    """29 February is a day in leap years only; 2100 is none, 2000 is."""
    leaps = []
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        try:
            leaps.append(day(year, 2, 29).year)
        except BadValue:
            continue
    assert leaps == [year for year in range(1972, 2200, 4) if year != 2100]


@pytest.mark.parametrize("part", [1.0, True, "1", None, nan], ids=repr)
def test_parts_are_ints(part: int) -> None:
    """Year, month and day are ints, each of them, and no bool (B1)."""
    for parts in ((part, 1, 1), (2025, part, 1), (2025, 1, part)):
        with pytest.raises(BadType) as refused:
            day(*parts)
        assert (refused.value.field, refused.value.problem) == ("day", "year, month and day must be ints")


@pytest.mark.parametrize("text", BAD_TEXTS, ids=lambda text: ascii(text[:24]))
def test_other_forms_are_refused(text: str) -> None:
    """A day is written YYYY-MM-DD in ASCII digits and in no other form; `now` reads no clock (B5)."""
    with pytest.raises(BadValue) as refused:
        parse_day(text)
    assert (refused.value.field, refused.value.problem) == ("day", FORM)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("2025-02-29", "there is no such day"),
        ("2025-00-10", "there is no such day"),
        ("2025-13-10", "there is no such day"),
        ("2025-10-00", "there is no such day"),
        ("0000-01-01", YEARS),
        ("1969-12-31", YEARS),
        ("2200-01-01", YEARS),
    ],
)
def test_a_text_of_no_day_is_refused(text: str, problem: str) -> None:
    """The right form of a day that is none is refused with its reason (B5)."""
    with pytest.raises(BadValue) as refused:
        parse_day(text)
    assert (refused.value.field, refused.value.problem) == ("day", problem)


@pytest.mark.parametrize("given", [None, 20250131, b"2025-01-31", date(2025, 1, 31), True], ids=repr)
def test_only_a_text_is_parsed(given: str) -> None:
    """What is no str is a BadType, a date too."""
    with pytest.raises(BadType) as refused:
        parse_day(given)
    assert (refused.value.field, refused.value.problem) == ("day", "must be a str such as 2025-01-31")


@pytest.mark.parametrize(
    "given",
    [
        datetime(2025, 1, 31, tzinfo=UTC),
        datetime(2025, 1, 31),  # noqa: DTZ001 - the point is that it has no zone
        pendulum.datetime(2025, 1, 31),
        OwnDate(2025, 1, 31),
        "2025-01-31",
        None,
        20250131,
    ],
    ids=repr,
)
def test_a_moment_is_no_day(given: date) -> None:
    """A datetime, zoned or naive, has no civil day by itself, and a subclass may answer anything (B5)."""
    with pytest.raises(Misuse) as refused:
        from_date(given)
    assert type(refused.value) is BadType
    assert (refused.value.field, refused.value.problem) == ("day", "must be a date and no datetime")


@given(days())
def test_days_survive_a_process(of: Day) -> None:
    """Pickled, a day is the same day of the same type."""
    again = pickle.loads(pickle.dumps(of))  # noqa: S301 - our own bytes
    assert again == of
    assert type(again) is pendulum.Date


@given(days(start=day(2024, 2, 28), end=day(2024, 3, 2)))
def test_the_strategy_is_half_open(of: Day) -> None:
    """The public strategy draws from its start and never its end, as a period holds them."""
    assert of in {day(2024, 2, 28), day(2024, 2, 29), day(2024, 3, 1)}


def test_registered_days_are_drawn() -> None:
    """After `register` hypothesis knows how to draw a `Day`, which it cannot build itself."""
    register()

    @given(st.from_type(Day))
    def check(of: Day) -> None:
        assert type(of) is pendulum.Date
        assert FIRST <= of <= LAST

    check()
