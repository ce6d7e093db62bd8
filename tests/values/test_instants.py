"""Laws of instants: one time line in UTC, and civil days of it in zones whose clocks jump."""

import pickle
import time
import traceback
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final
from zoneinfo import ZoneInfo

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

from altocore.errors import BadType, BadValue, Misuse
from altocore.testing.strategies import days, instants, register, zones
from altocore.values.days import Day, add_days, day, days_from, parse_day
from altocore.values.instants import (
    Instant,
    civil_day,
    from_datetime,
    instant,
    later,
    microseconds,
    start_of_day,
    zone,
)

YEARS: Final = "the year must be from 1970 to 2199"
FORM: Final = "must look like 2025-01-31T12:00:00Z, with its offset"
MICROSECOND: Final = timedelta(microseconds=1)

INNER: Final = days(start=day(1970, 1, 3), end=day(2199, 12, 30))
"""Days whose every hour is supported in every zone."""

SKIPPED: Final = {
    ("Pacific/Apia", day(2011, 12, 30)),
    ("Pacific/Kiritimati", day(1994, 12, 31)),
}
"""Civil days that a zone never had: it crossed the date line."""

# The first instant of a civil day, from the zone's history: what the clocks did that night is the last column.
STARTS: Final = (
    ("America/Santiago", "2024-09-08", "2024-09-08T04:00:00Z", "00:00 became 01:00"),
    ("America/Santiago", "2024-04-07", "2024-04-07T04:00:00Z", "the night before, 00:00 became 23:00"),
    ("America/Havana", "2024-03-10", "2024-03-10T05:00:00Z", "00:00 became 01:00"),
    ("America/Havana", "2024-11-03", "2024-11-03T04:00:00Z", "01:00 became 00:00: midnight came twice"),
    ("America/Asuncion", "2023-10-01", "2023-10-01T04:00:00Z", "00:00 became 01:00"),
    ("America/Asuncion", "2024-03-24", "2024-03-24T04:00:00Z", "the night before, 00:00 became 23:00"),
    ("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z", "00:00 became 01:00"),
    ("America/Sao_Paulo", "2018-02-18", "2018-02-18T03:00:00Z", "the night before, 00:00 became 23:00"),
    ("America/Sao_Paulo", "2024-02-18", "2024-02-18T03:00:00Z", "nothing: no summer time since 2019"),
    ("America/St_Johns", "2006-10-29", "2006-10-29T02:30:00Z", "00:01 became 23:01 of the day before"),
    ("America/Argentina/Cordoba", "2025-01-31", "2025-01-31T03:00:00Z", "nothing"),
    ("Australia/Lord_Howe", "2024-10-06", "2024-10-05T13:30:00Z", "02:00 became 02:30"),
    ("Asia/Kathmandu", "2025-01-31", "2025-01-30T18:15:00Z", "nothing: +05:45"),
    ("Pacific/Apia", "2011-12-31", "2011-12-30T10:00:00Z", "the 30th was skipped"),
    ("UTC", "2025-01-31", "2025-01-31T00:00:00Z", "nothing"),
)

READINGS: Final = (
    ("2025-03-01T00:30:00-03:00", "2025-03-01T03:30:00+00:00"),
    ("2025-01-31T12:00:00Z", "2025-01-31T12:00:00+00:00"),
    ("2025-01-31T12:00:00+00:00", "2025-01-31T12:00:00+00:00"),
    ("2025-01-31T12:00:00-00:00", "2025-01-31T12:00:00+00:00"),
    ("2025-01-31T23:59:59.999999+05:45", "2025-01-31T18:14:59.999999+00:00"),
    ("2025-01-31T12:00:00.5Z", "2025-01-31T12:00:00.500000+00:00"),
    ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00+00:00"),
    ("2199-12-31T23:59:59.999999Z", "2199-12-31T23:59:59.999999+00:00"),
    ("2200-01-01T00:30:00+01:00", "2199-12-31T23:30:00+00:00"),
)

BAD_FORMS: Final = (
    "",
    "2025-01-31",
    "2025-01-31T12:00:00",
    "2025-01-31 12:00:00Z",
    "2025-01-31t12:00:00z",
    "2025-01-31T12:00Z",
    "2025-01-31T12Z",
    "2025-01-31T12:00:00z",
    "2025-01-31T12:00:00+03",
    "2025-01-31T12:00:00+0300",
    "2025-01-31T12:00:00+03:00:00",
    "2025-01-31T12:00:00+00:60",
    "2025-01-31T12:00:00.Z",
    "2025-01-31T12:00:00.1234567Z",
    "2025-01-31T12:00:00,5Z",
    "2025-01-31T12:00:00Z ",
    " 2025-01-31T12:00:00Z",
    "2025-01-31T12:00:00Z\n",
    "20250131T120000Z",
    "2025-W05-5T12:00:00Z",
    "2025-01-31T12:00:00 America/Havana",
    "\u0662\u0660\u0662\u0665-01-31T12:00:00Z",
    "now",
    "1738324800",
    "2" * 1_000_000,
)

BAD_MOMENTS: Final = (
    "2025-02-29T12:00:00Z",
    "2025-13-01T12:00:00Z",
    "2025-01-31T24:00:00Z",
    "2025-01-31T23:60:00Z",
    "2025-06-30T23:59:60Z",
    "2025-01-31T12:00:00+24:00",
    "0000-01-01T00:00:00Z",
    "1969-12-31T23:59:59Z",
    "2200-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z",
)

BAD_ZONES: Final = (
    "",
    " ",
    ".",
    "America",
    "America/",
    "America/Nowhere",
    "UTC ",
    "UTC\n",
    "UTC\0",
    "+03:00",
    "/etc/localtime",
    "../UTC",
    "America/../UTC",
    "zone.tab",
    "\ud800",
    "x" * 1_000_000,
)


@given(instants())
def test_an_instant_is_what_it_says(at: Instant) -> None:
    """Written and read again, an instant is the same, in UTC, to the microsecond."""
    assert instant(at.isoformat()) == at
    assert type(at) is pendulum.DateTime
    assert at.tzinfo is pendulum.UTC


@given(instants(), st.integers(-24 * 60 + 1, 24 * 60 - 1))
def test_an_offset_names_the_same_instant(at: Instant, minutes: int) -> None:
    """Told with any offset from UTC, the instant is one: equal, hashed alike and kept in UTC."""
    told = at.astimezone(timezone(timedelta(minutes=minutes)))
    read = from_datetime(told)
    assert read == at
    assert hash(read) == hash(at)
    assert read.isoformat() == at.isoformat()
    assert read.tzinfo is pendulum.UTC


@pytest.mark.parametrize("machine", ["Asia/Tokyo", "America/Havana"])
def test_the_machines_own_zone_does_not_matter(machine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An instant and its civil day are the same wherever the program runs."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", machine)
        time.tzset()
        at = instant("2025-01-31T23:30:00-03:00")
        shown = (at.isoformat(), civil_day(at, "UTC"), start_of_day(day(2025, 1, 31), "UTC").isoformat())
    time.tzset()
    assert shown == ("2025-02-01T02:30:00+00:00", day(2025, 2, 1), "2025-01-31T00:00:00+00:00")


@given(st.datetimes(min_value=datetime(1970, 1, 2), max_value=datetime(2199, 12, 30)), zones(), st.integers(0, 1))  # noqa: DTZ001 - zones are drawn beside it
def test_a_zoned_datetime_is_its_instant(local: datetime, name: str, fold: int) -> None:
    """A datetime in a zone is the instant that its own offset says, in gaps and folds too (B5)."""
    told = local.replace(tzinfo=ZoneInfo(name), fold=fold)
    offset = told.utcoffset()
    assert offset is not None
    assert from_datetime(told) == (local - offset).replace(tzinfo=UTC)


@pytest.mark.parametrize(("text", "meant"), READINGS, ids=[text for text, _ in READINGS])
def test_known_readings(text: str, meant: str) -> None:
    """Written out: offsets of minutes, fractions of a second, and the year counted in UTC."""
    assert instant(text).isoformat() == meant


@pytest.mark.parametrize("text", BAD_FORMS, ids=lambda text: ascii(text[:40]))
def test_other_forms_are_refused(text: str) -> None:
    """An instant is RFC 3339 with its offset, in ASCII, and no other form: a zone-less text says no instant (B5)."""
    with pytest.raises(BadValue) as refused:
        instant(text)
    assert (refused.value.field, refused.value.problem) == ("instant", FORM)


@pytest.mark.parametrize("text", BAD_MOMENTS)
def test_a_moment_that_never_was_is_refused(text: str) -> None:
    """No such day or hour, a leap second, an offset of a day, a year outside 1970 to 2199 (B5)."""
    with pytest.raises(BadValue) as refused:
        instant(text)
    assert refused.value.field == "instant"


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:00:00-14:00"])
def test_the_ends_of_the_calendar_are_refused(text: str) -> None:
    """The first and the last hours that datetime knows, from an offset that leads out of them, are a BadValue (B5)."""
    with pytest.raises(BadValue) as read:
        instant(text)
    assert (read.value.field, read.value.problem) == ("instant", "there is no such moment")
    with pytest.raises(BadValue) as told:
        from_datetime(datetime.fromisoformat(text))
    assert (told.value.field, told.value.problem) == ("instant", YEARS)


@pytest.mark.parametrize("given", [None, 1738324800, b"2025-01-31T12:00:00Z", True], ids=repr)
def test_only_a_text_is_read(given: str) -> None:
    """What is no str is a BadType."""
    with pytest.raises(BadType) as refused:
        instant(given)
    assert (refused.value.field, refused.value.problem) == ("instant", "must be a str such as 2025-01-31T12:00:00Z")


@given(st.datetimes())
def test_a_naive_datetime_is_refused(naive: datetime) -> None:
    """A datetime without an offset is one of forty instants: it is refused, pendulum's too (B5)."""
    for told in (naive, pendulum.instance(naive, tz=None).naive()):
        with pytest.raises(BadValue) as refused:
            from_datetime(told)
        assert (refused.value.field, refused.value.problem) == ("instant", "must know its offset from UTC")


@pytest.mark.parametrize("given", [date(2025, 1, 31), day(2025, 1, 31), "2025-01-31T12:00:00Z", None, 0], ids=repr)
def test_a_day_is_no_instant(given: datetime) -> None:
    """A civil day is 24 hours and more: without a zone it has no instant (B5)."""
    with pytest.raises(Misuse) as refused:
        from_datetime(given)
    assert type(refused.value) is BadType
    assert (refused.value.field, refused.value.problem) == ("instant", "must be a datetime")


@pytest.mark.parametrize("year", [1, 1969, 2200, 9999])
def test_years_outside_are_refused(year: int) -> None:
    """An instant lies in 1970 to 2199, counted in UTC (B5)."""
    with pytest.raises(BadValue) as refused:
        from_datetime(datetime(year, 6, 1, tzinfo=UTC))
    assert (refused.value.field, refused.value.problem) == ("instant", YEARS)


@given(INNER, zones())
def test_a_day_starts_with_its_first_instant(of: Day, name: str) -> None:
    """The start of a day is in it, and a microsecond earlier it was another day, save where the zone skipped it."""
    start = start_of_day(of, name)
    if (name, of) in SKIPPED:
        assert civil_day(start, name) == add_days(of, 1)
    else:
        assert civil_day(start, name) == of
    assert civil_day(from_datetime(start - MICROSECOND), name) < of


@given(instants(), zones())
def test_the_start_of_the_day_has_passed(at: Instant, name: str) -> None:
    """The civil day of an instant started before it: 26 hours at most, where a zone once put its clocks back by two."""
    try:
        of = civil_day(at, name)
        start = start_of_day(of, name)
    except BadValue:
        assert at.year in {1970, 2199}
        return
    assert timedelta(0) <= at - start < timedelta(hours=26)


@pytest.mark.parametrize(
    "name",
    ["America/Santiago", "America/Havana", "America/Asuncion", "America/Sao_Paulo", "America/St_Johns", "Pacific/Apia"],
)
def test_every_day_of_a_zone_that_changes_its_clock(name: str) -> None:
    """All days of 2005 to 2026: each starts after the one before, 23 to 25 hours later, and in itself (B5)."""
    of, last = day(2005, 1, 1), day(2026, 12, 31)
    start = start_of_day(of, name)
    lengths = set()
    while of < last:
        skipped = (name, of) in SKIPPED
        assert skipped or civil_day(start, name) == of
        of, begun = add_days(of, 1), start
        start = start_of_day(of, name)
        lengths.add(round((start.timestamp() - begun.timestamp()) / 3600))
        assert skipped == (start == begun)
    assert {23, 24, 25} <= lengths <= {0, 23, 24, 25}


@pytest.mark.parametrize(("name", "of", "start", "clocks"), STARTS, ids=[f"{row[0]} {row[1]}" for row in STARTS])
def test_known_starts(name: str, of: str, start: str, clocks: str) -> None:
    """Written out: midnight, or the end of the gap that swallows it, or the earlier of two midnights (B5)."""
    assert start_of_day(parse_day(of), name) == instant(start), clocks
    assert civil_day(instant(start), name) == parse_day(of), clocks


@pytest.mark.parametrize(
    ("text", "name", "of"),
    [
        ("2025-03-01T00:30:00Z", "America/Argentina/Cordoba", "2025-02-28"),
        ("2025-02-28T23:59:59.999999-03:00", "America/Argentina/Cordoba", "2025-02-28"),
        ("2025-03-01T00:00:00-03:00", "America/Argentina/Cordoba", "2025-03-01"),
        ("2025-03-01T00:30:00Z", "Asia/Tokyo", "2025-03-01"),
        ("2024-12-31T10:00:00Z", "Pacific/Kiritimati", "2025-01-01"),
        ("2011-12-30T09:59:59.999999Z", "Pacific/Apia", "2011-12-29"),
        ("2011-12-30T10:00:00Z", "Pacific/Apia", "2011-12-31"),
        ("2006-10-29T02:30:30Z", "America/St_Johns", "2006-10-29"),
        ("2006-10-29T02:31:00Z", "America/St_Johns", "2006-10-28"),
    ],
)
def test_known_civil_days(text: str, name: str, of: str) -> None:
    """Written out: the civil day is the zone's, and a clock may fall back into the day before."""
    found = civil_day(instant(text), name)
    assert found == parse_day(of)
    assert type(found) is pendulum.Date


@given(INNER, zones(), zones())
def test_zones_are_a_day_apart_at_most(of: Day, one: str, other: str) -> None:
    """Civil days of one instant differ by a day at most wherever the clocks stand, or two across the date line."""
    at = start_of_day(of, one)
    assert abs(days_from(civil_day(at, one), civil_day(at, other))) <= 2


@pytest.mark.parametrize("name", BAD_ZONES, ids=lambda name: ascii(name[:24]))
def test_what_is_no_zone_is_refused(name: str) -> None:
    """A folder, a path, an offset, another file or nothing at all: no zone, and never repeated (B5, B15)."""
    for refusing in (zone, lambda name: start_of_day(day(2025, 1, 31), name)):
        with pytest.raises(BadValue) as refused:
            refusing(name)
        assert (refused.value.field, refused.value.problem) == ("zone", "not the name of a time zone")


@pytest.mark.parametrize("name", [None, 3, b"UTC", UTC, ZoneInfo("UTC")], ids=repr)
def test_a_zone_is_named(name: str) -> None:
    """A zone is given by its name: what is no str is a BadType."""
    with pytest.raises(BadType) as refused:
        zone(name)
    assert (refused.value.field, refused.value.problem) == (
        "zone",
        "must be a str such as America/Argentina/Buenos_Aires",
    )


@given(st.text(min_size=4).map(lambda text: f"ana.{text}@example.org"))
def test_no_error_repeats_what_was_given(secret: str) -> None:
    """Whatever text is given for a zone or an instant, no error shows it, not in its traceback either (B16)."""
    for refusing in (zone, instant):
        with pytest.raises(Misuse) as refused:
            refusing(secret)
        shown = [str(refused.value), repr(refused.value), *traceback.format_exception(refused.value)]
        assert not [text for text in shown if secret in text or "example" in text]


@given(instants())
def test_instants_survive_a_process(at: Instant) -> None:
    """Pickled, an instant is the same instant of the same type."""
    again = pickle.loads(pickle.dumps(at))  # noqa: S301 - our own bytes
    assert again == at
    assert type(again) is pendulum.DateTime


def test_registered_instants_are_drawn() -> None:
    """After `register` hypothesis knows how to draw an `Instant`, which it cannot build itself."""
    register()

    @given(st.from_type(Instant))
    def check(at: Instant) -> None:
        assert type(at) is pendulum.DateTime
        assert at.tzinfo is pendulum.UTC

    check()


@given(instants(), st.integers(-(10**9), 10**9))
def test_seconds_later_are_so_many_microseconds_later(at: Instant, seconds: int) -> None:
    """Whole seconds on the one time line, whatever the clocks of a zone do; outside the supported years it is refused."""
    if not 1970 <= (datetime.fromisoformat(at.isoformat()) + timedelta(seconds=seconds)).year <= 2199:
        with pytest.raises(BadValue, match="instant"):
            later(at, seconds)
        return
    moved = later(at, seconds)
    assert microseconds(moved) - microseconds(at) == seconds * 1_000_000
    assert type(moved) is pendulum.DateTime


@pytest.mark.parametrize("seconds", [10**10, -(10**10), 10**12, -(10**12)])
def test_what_lies_behind_the_supported_years_is_refused(seconds: int) -> None:
    """Also where a datetime cannot even say it."""
    with pytest.raises(BadValue, match="instant: the year must be from 1970 to 2199"):
        later(instant("2025-01-31T12:00:00Z"), seconds)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("1970-01-01T00:00:00Z", 0),
        ("1970-01-01T00:00:00.000001Z", 1),
        ("2199-12-31T23:59:59.999999Z", 7_258_118_399_999_999),
        ("2025-03-01T00:30:00-03:00", 1_740_799_800_000_000),
    ],
)
def test_an_instant_is_a_count_of_microseconds(text: str, count: int) -> None:
    """Exactly, from the beginning of 1970 in UTC, without a float between."""
    assert microseconds(instant(text)) == count
