"""Uses of the values that must type-check, each with the type that comes out of it: read by mypy alone, never run."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import assert_type

from hypothesis import strategies as st

from altocore.errors import BadValue, Misuse
from altocore.testing.strategies import amounts, days, instants, periods, weights
from altocore.values.allocation import allocate, split
from altocore.values.anchors import Cadence, boundaries, boundary, nth_period, period_index
from altocore.values.currencies import Currency, currencies, currency
from altocore.values.days import Day, add_days, day, days_from, from_date, parse_day
from altocore.values.ids import ClientId, InvoiceId, derive
from altocore.values.instants import Instant, civil_day, from_datetime, instant, start_of_day
from altocore.values.money import Money, money, total, zero
from altocore.values.periods import Period
from altocore.values.provider import LegalParty, Provider
from altocore.values.rounding import Rounding, divide


def of_money(usd: Currency, a: Money, b: Money) -> None:
    """Money is made of a text or of units; sums, products and parts are Money again."""
    assert_type(money("1.50", "USD"), Money)
    assert_type(Money(150, usd), Money)
    assert_type(Money(minor=150, currency=usd), Money)
    assert_type(a + b - zero(usd), Money)
    assert_type(-a * 3, Money)
    assert_type(a.scaled(17, 31, Rounding.HALF_UP), Money)
    assert_type(a.allocated([1, 2, 3]), tuple[Money, ...])
    assert_type(a.split(7), tuple[Money, ...])
    assert_type(total([a, b], usd), Money)
    assert_type(total((part for part in a.split(2)), usd), Money)
    assert_type(sorted([a, b]), list[Money])
    assert_type(max(a, b), Money)
    assert_type(a < b, bool)
    assert_type(a == b, bool)
    assert_type({a: 1}, dict[Money, int])
    assert_type(a.minor, int)
    assert_type(a.decimal, str)


def of_counting(shares: Sequence[int]) -> None:
    """Whole numbers are divided by a named rounding, or allocated."""
    assert_type(divide(5, 2, Rounding.HALF_EVEN), int)
    assert_type(allocate(100, shares), tuple[int, ...])
    assert_type(allocate(100, (1, 2)), tuple[int, ...])
    assert_type(split(100, 7), tuple[int, ...])
    assert_type(currencies()["USD"], Currency)
    assert_type(currency("USD").minor_digits, int)


def of_time(of: Day, at: Instant, plain: date, told: datetime) -> None:
    """Days and instants come from their doors, and one becomes the other in a zone only."""
    assert_type(day(2025, 1, 31), Day)
    assert_type(parse_day("2025-01-31"), Day)
    assert_type(from_date(plain), Day)
    assert_type(add_days(of, -1), Day)
    assert_type(days_from(of, day(2025, 1, 31)), int)
    assert_type(min(of, day(2025, 1, 31)), Day)
    assert_type(instant("2025-01-31T12:00:00Z"), Instant)
    assert_type(from_datetime(told), Instant)
    assert_type(civil_day(at, "UTC"), Day)
    assert_type(start_of_day(of, "UTC"), Instant)


def of_periods(anchor: Day) -> None:
    """Boundaries are days, and what lies between two of them is a period."""
    assert_type(boundary(anchor, Cadence.MONTHLY, 3), Day)
    assert_type(boundaries(anchor, Cadence.ANNUAL, 3), tuple[Day, ...])
    assert_type(nth_period(anchor, Cadence.QUARTERLY, 0), Period)
    assert_type(period_index(anchor, Cadence.MONTHLY, anchor), int)
    period = Period(start=anchor, end=add_days(anchor, 1))
    assert_type(period.last_day, Day)
    assert_type(anchor in period, bool)


def of_ids(text: str) -> None:
    """An id is made of a derived text, and is a text where one is asked for."""
    assert_type(ClientId(derive("cli", text)), ClientId)
    assert_type(InvoiceId(derive("inv", text, "0")).upper(), str)


def of_the_provider(usd: Currency) -> None:
    """A provider is built by keyword."""
    legal = LegalParty(name="Alto", address="Colon 1", tax_id="")
    assert_type(Provider(legal=legal, zone="UTC", currencies=(usd,), series="A").currencies, tuple[Currency, ...])


def of_errors() -> str:
    """A caller's mistake has a field and a problem, under either of its names."""
    try:
        return money("x", "USD").decimal
    except BadValue as refused:
        assert_type(refused.field, str)
        return refused.problem
    except Misuse as refused:
        return str(refused)


def of_strategies(usd: Currency) -> None:
    """Strategies know what they draw, narrowed or not."""
    assert_type(amounts(), st.SearchStrategy[Money])
    assert_type(amounts(currency=usd, minor_min=0, minor_max=5), st.SearchStrategy[Money])
    assert_type(days(start=day(2024, 1, 1)), st.SearchStrategy[Day])
    assert_type(instants(), st.SearchStrategy[Instant])
    assert_type(periods(), st.SearchStrategy[Period])
    assert_type(weights(parts_max=3), st.SearchStrategy[tuple[int, ...]])


def known_to_pass(a: Money, of: Day, at: Instant) -> None:
    """What no type checker refuses, since a bool is an int and a moment is a date: run time or a lint refuses it."""
    assert_type(a * True, Money)  # BadType at run time
    assert_type(Money(True, a.currency), Money)  # noqa: FBT003 - BadType at run time
    assert_type(Day(at), Day)  # only the door makes days: tests/tidy/test_doors_of_time.py
    assert_type(of < at, bool)  # TypeError at run time
    assert_type(from_date(at), Day)  # BadType at run time
