"""Days, periods and instants as people read them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from altocore.errors import BadValue
from altocore.testing.strategies import instants, periods, zones
from altocore.text.dates import day_text, instant_text, period_text
from altocore.text.locales import LANGUAGES
from altocore.values.days import day
from altocore.values.instants import Instant, civil_day, instant
from altocore.values.periods import Period


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("es_AR", "29 feb 2024"),
        ("en", "Feb 29, 2024"),
        ("en_GB", "29 Feb 2024"),
        ("pt_BR", "29 de fev. de 2024"),
        ("fr", "29 feb 2024"),
    ],
)
def test_a_day_is_written_with_its_month_in_letters(locale: str, text: str) -> None:
    """No reader takes the month for the day (NOT-3)."""
    assert day_text(day(2024, 2, 29), locale) == text


@given(periods(), st.sampled_from(LANGUAGES))
def test_a_period_shows_the_last_day_that_is_in_it(period: Period, locale: str) -> None:
    """The half-open end is never shown: the text names the first and the last day of the period."""
    assert (
        period_text(period, locale)
        == f"{day_text(period.start, locale)} \N{EN DASH} {day_text(period.last_day, locale)}"
    )


def test_a_period_of_one_day_begins_and_ends_on_it() -> None:
    """A period of one day has that day at both ends."""
    assert period_text(Period(start=day(2025, 1, 1), end=day(2025, 1, 2)), "es") == "1 ene 2025 \N{EN DASH} 1 ene 2025"


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("es", "31 dic 2024, 22:30:00 GMT-03:00"),
        ("en_GB", "31 Dec 2024, 22:30:00 GMT-03:00"),
        ("pt_BR", "31 de dez. de 2024 22:30:00 GMT-03:00"),
    ],
)
def test_an_instant_is_what_a_clock_in_the_zone_shows(locale: str, text: str) -> None:
    """The day, the hour and the offset are the zone's, not those of UTC."""
    assert instant_text(instant("2025-01-01T01:30:00Z"), "America/Argentina/Buenos_Aires", locale) == text


@given(instants(), zones(), st.sampled_from(LANGUAGES))
def test_an_instant_shows_its_civil_day(moment: Instant, zone: str, locale: str) -> None:
    """The text of an instant begins with the civil day of its zone, gaps and odd offsets included."""
    local = moment.in_timezone(zone)
    if 1970 <= local.year <= 2199:
        assert instant_text(moment, zone, locale).startswith(day_text(civil_day(moment, zone), locale))


def test_an_unknown_zone_is_refused() -> None:
    """A zone that does not exist is a misuse."""
    with pytest.raises(BadValue):
        instant_text(instant("2025-01-01T01:30:00Z"), "America/Atlantis", "es")
