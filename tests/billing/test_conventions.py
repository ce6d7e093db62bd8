"""What others count, as facts from their tests and documentation, under the basis that gives the same.

Where a convention of theirs gives something else, and is not adopted, it stands at the end, with what it gives.
"""

from fractions import Fraction
from typing import Final, TypeAlias

import pytest

from altocore.billing.proration import Basis, Stretch, prorate
from altocore.values.anchors import AnchoredPeriod, Cadence
from altocore.values.days import Day, parse_day
from altocore.values.money import money
from altocore.values.rounding import Rounding
from tests import cast

Case: TypeAlias = tuple[Cadence, str, int, str, str, int, int]
"""The cadence, the anchor and the number of the period; the stretch; how much of how much it is."""

MONTHLY, QUARTERLY, ANNUAL = Cadence.MONTHLY, Cadence.QUARTERLY, Cadence.ANNUAL


def stretch(cadence: Cadence, anchor: str, number: int, start: str, end: str) -> Stretch:
    """Return a stretch of a period."""
    whole = AnchoredPeriod(anchor=parse_day(anchor), cadence=cadence, number=number)
    return Stretch(whole=whole, days=cast.period(parse_day(start), parse_day(end)))


# Kill Bill's tests of proration in advance, where the anchor is the bill cycle day. A leading stub is a part of the period that
# would end on the first aligned day, a trailing one of the period that begins on the last.
KILL_BILL: Final[tuple[Case, ...]] = (
    (MONTHLY, "2011-02-13", -1, "2011-02-01", "2011-02-13", 12, 31),
    (MONTHLY, "2010-06-17", 1, "2010-07-17", "2010-07-25", 8, 31),
    (MONTHLY, "2011-02-10", 0, "2011-02-10", "2011-02-24", 14, 28),
    (MONTHLY, "2011-02-10", 0, "2011-02-24", "2011-03-10", 14, 28),
    (MONTHLY, "2011-02-03", 0, "2011-02-03", "2011-02-17", 14, 28),
    (MONTHLY, "2011-02-03", 0, "2011-02-17", "2011-03-03", 14, 28),
    (MONTHLY, "2011-02-01", 0, "2011-02-01", "2011-02-15", 14, 28),
    (MONTHLY, "2011-02-20", 0, "2011-02-20", "2011-03-06", 14, 28),
    (MONTHLY, "2011-02-01", 0, "2011-02-01", "2011-02-14", 13, 28),
    (MONTHLY, "2011-02-27", -1, "2011-02-14", "2011-02-27", 13, 31),
    (MONTHLY, "2012-02-01", 0, "2012-02-01", "2012-02-15", 14, 29),
    (MONTHLY, "2011-02-07", 0, "2011-02-07", "2011-02-15", 8, 28),
    (MONTHLY, "2011-03-15", -1, "2011-03-07", "2011-03-15", 8, 28),
    (MONTHLY, "2011-02-07", 1, "2011-03-07", "2011-03-10", 3, 31),
    (MONTHLY, "2011-03-15", -1, "2011-03-10", "2011-03-15", 5, 28),
    (MONTHLY, "2011-02-07", -1, "2011-01-31", "2011-02-07", 7, 31),
    (MONTHLY, "2010-12-15", 3, "2011-03-15", "2011-03-17", 2, 31),
    (QUARTERLY, "2011-02-13", -1, "2011-02-01", "2011-02-13", 12, 92),
    (QUARTERLY, "2011-02-10", 0, "2011-02-10", "2011-02-24", 14, 89),
    (QUARTERLY, "2011-02-10", 0, "2011-02-24", "2011-05-10", 75, 89),
    (QUARTERLY, "2011-02-03", 0, "2011-02-03", "2011-02-17", 14, 89),
    (QUARTERLY, "2011-02-03", 0, "2011-02-17", "2011-05-03", 75, 89),
    (QUARTERLY, "2011-02-01", 0, "2011-02-01", "2011-02-15", 14, 89),
    (QUARTERLY, "2011-02-20", 0, "2011-02-20", "2011-03-06", 14, 89),
    (QUARTERLY, "2011-02-01", 0, "2011-02-01", "2011-02-14", 13, 89),
    (QUARTERLY, "2011-02-27", -1, "2011-02-14", "2011-02-27", 13, 92),
    (QUARTERLY, "2012-02-01", 0, "2012-02-01", "2012-02-15", 14, 90),
    (QUARTERLY, "2011-02-07", 0, "2011-02-07", "2011-02-15", 8, 89),
    (QUARTERLY, "2011-05-15", -1, "2011-05-07", "2011-05-15", 8, 89),
    (QUARTERLY, "2011-02-07", 1, "2011-05-07", "2011-05-10", 3, 92),
    (QUARTERLY, "2011-05-15", -1, "2011-05-10", "2011-05-15", 5, 89),
    (QUARTERLY, "2011-04-07", -1, "2011-01-31", "2011-04-07", 66, 90),
    (QUARTERLY, "2011-04-07", 0, "2011-04-07", "2011-05-10", 33, 91),
    (QUARTERLY, "2010-12-15", 2, "2011-06-15", "2011-06-17", 2, 92),
    (ANNUAL, "2011-02-13", -1, "2011-02-01", "2011-02-13", 12, 365),
    (ANNUAL, "2012-01-15", -1, "2011-01-31", "2012-01-15", 349, 365),
    (ANNUAL, "2011-12-04", -1, "2010-12-15", "2011-12-04", 354, 365),
)

# Lago's scenarios: the denominator is the whole period, whatever part of it a subscription lived through.
LAGO: Final[tuple[tuple[Cadence, str, int, str, str, str, str], ...]] = (
    (QUARTERLY, "2024-01-15", 1, "2024-05-20", "2024-06-21", "910.00", "320.00"),
    (QUARTERLY, "2024-04-01", 0, "2024-05-20", "2024-06-21", "910.00", "320.00"),
    (MONTHLY, "2025-02-01", 0, "2025-02-08", "2025-03-01", "100.00", "75.00"),
    (MONTHLY, "2025-02-01", 0, "2025-02-22", "2025-03-01", "100.00", "25.00"),
    (MONTHLY, "2025-02-01", 0, "2025-02-09", "2025-03-01", "100.00", "71.43"),
)

# Silver's months between two days: whole months, and the rest as a part of the month that it is in.
SILVER: Final[tuple[tuple[str, str, Fraction], ...]] = (
    ("2022-01-01", "2022-02-01", Fraction(1)),
    ("2022-03-01", "2022-03-14", Fraction(13, 31)),
    ("2022-01-01", "2022-02-15", Fraction(3, 2)),
    ("2022-01-07", "2022-02-28", 1 + Fraction(21, 28)),
    ("2024-12-07", "2025-06-07", Fraction(6)),
    ("2024-12-08", "2025-02-28", 2 + Fraction(20, 28)),
    ("2015-01-23", "2015-02-01", Fraction(9, 31)),
    ("2022-02-28", "2022-03-28", Fraction(1)),
    ("2022-02-28", "2022-03-31", 1 + Fraction(3, 31)),
)

# Examples of documentation: the prices of both plans, and what the change costs. Where the day of the change is consumed there,
# the stretch begins the day after.
DOCUMENTED: Final[tuple[tuple[str, Basis, Cadence, str, str, str, str, str], ...]] = (
    ("Stripe: halfway", Basis.SECONDS, MONTHLY, "2025-06-01", "2025-06-16", "10.00", "20.00", "5.00"),
    ("SaaSykit: halfway", Basis.ACTUAL_DAYS, MONTHLY, "2025-06-01", "2025-06-16", "10.00", "20.00", "5.00"),
    ("Autumn: halfway", Basis.ACTUAL_DAYS, MONTHLY, "2025-06-01", "2025-06-16", "20.00", "50.00", "15.00"),
    ("AWS: on day 16 of 30", Basis.ACTUAL_DAYS, MONTHLY, "2025-06-01", "2025-06-16", "0.00", "15.00", "7.50"),
    ("Samsung: 15 days left", Basis.THIRTY_DAYS, MONTHLY, "2025-09-01", "2025-09-16", "30.00", "60.00", "15.00"),
    ("SiteLock: six months in", Basis.EXACT_MONTHS, ANNUAL, "2025-01-01", "2025-07-01", "149.00", "249.00", "50.00"),
    ("UniBee: 15 days left", Basis.ACTUAL_DAYS, MONTHLY, "2025-01-01", "2025-01-17", "49.00", "99.00", "24.19"),
)

# Formulas of documentation, without figures of their own.
FORMULAS: Final[tuple[tuple[str, Basis, Cadence, str, str, str, str, str], ...]] = (
    ("WHMCS: days to the due date", Basis.ACTUAL_DAYS, MONTHLY, "2025-01-01", "2025-01-11", "10.00", "25.00", "10.16"),
    ("FOSSBilling: months of 30", Basis.THIRTY_DAYS, MONTHLY, "2025-01-01", "2025-01-16", "0.00", "30.00", "15.00"),
    ("Autumn: no proration", Basis.NONE, MONTHLY, "2025-01-01", "2025-01-16", "10.00", "30.00", "0.00"),
    ("Autumn: in full", Basis.FLAT, MONTHLY, "2025-01-01", "2025-01-16", "10.00", "30.00", "20.00"),
)
EXAMPLES: Final = (*DOCUMENTED, *FORMULAS)


def test_there_are_sixty_of_them() -> None:
    """UPG-1: a convention that others rely on is a case here."""
    assert len(KILL_BILL) + len(LAGO) + len(SILVER) + len(EXAMPLES) >= 60


@pytest.mark.parametrize(("cadence", "anchor", "number", "start", "end", "used", "of"), KILL_BILL)
def test_kill_bills_fractions(  # noqa: PLR0913, PLR0917  # a case of theirs
    cadence: Cadence, anchor: str, number: int, start: str, end: str, used: int, of: int
) -> None:
    """UPG-1: actual days, of the period that the stub is a part of."""
    found = prorate(
        cast.usd("1.00"),
        stretch(cadence, anchor, number, start, end),
        Basis.ACTUAL_DAYS,
        Rounding.HALF_UP,
        "UTC",
    )
    assert (found.used, found.of) == (used, of)


@pytest.mark.parametrize(("cadence", "anchor", "number", "start", "end", "price", "amount"), LAGO)
def test_lagos_amounts(  # noqa: PLR0913, PLR0917  # a case of theirs
    cadence: Cadence, anchor: str, number: int, start: str, end: str, price: str, amount: str
) -> None:
    """UPG-1: actual days of the whole period; the day of a termination is consumed."""
    part = stretch(cadence, anchor, number, start, end)
    assert prorate(money(price, "EUR"), part, Basis.ACTUAL_DAYS, Rounding.HALF_UP, "UTC").amount == money(amount, "EUR")


@pytest.mark.parametrize(("start", "end", "months"), SILVER)
def test_silvers_months(start: str, end: str, months: Fraction) -> None:
    """UPG-1: exact months, counted from the day they begin on."""
    part = stretch(ANNUAL, start, 0, start, end)
    found = prorate(cast.usd("12.00"), part, Basis.EXACT_MONTHS, Rounding.HALF_UP, "UTC")
    assert Fraction(found.used, found.per) == months


@pytest.mark.parametrize(
    ("name", "basis", "cadence", "anchor", "on", "old", "new", "amount"), EXAMPLES, ids=[row[0] for row in EXAMPLES]
)
def test_documented_examples(  # noqa: PLR0913, PLR0917  # a case of theirs
    name: str, basis: Basis, cadence: Cadence, anchor: str, on: str, old: str, new: str, amount: str
) -> None:
    """UPG-1: the difference of both prices, for what is left."""
    whole = AnchoredPeriod(anchor=parse_day(anchor), cadence=cadence, number=0)
    rest = Stretch(whole=whole, days=cast.period(parse_day(on), whole.period.end))
    difference = cast.usd(new) - cast.usd(old)
    found = prorate(difference, rest, basis, Rounding.HALF_UP, "America/New_York")
    assert found.amount == cast.usd(amount), name


def rest_of_january(first: Day) -> Stretch:
    """Return what is left of January 2025 from this day on."""
    whole = AnchoredPeriod(anchor=parse_day("2025-01-01"), cadence=MONTHLY, number=0)
    return Stretch(whole=whole, days=cast.period(first, whole.period.end))


def test_a_day_price_that_is_rounded_first_is_not_adopted() -> None:
    """PAY-13: UniBee's documentation, and django-plans, round the price of a day: 50 / 31 is 1.61, and fifteen days 24.15."""
    price = cast.usd("50.00")
    a_day = price.scaled(1, 31, Rounding.HALF_UP)
    assert (a_day, a_day * 15) == (cast.usd("1.61"), cast.usd("24.15"))
    exact = prorate(price, rest_of_january(parse_day("2025-01-17")), Basis.ACTUAL_DAYS, Rounding.HALF_UP, "UTC")
    assert exact.amount == cast.usd("24.19")


def test_a_denominator_of_plain_months_is_not_adopted() -> None:
    """REN-1: with a bill cycle day of 31 Kill Bill has fourteen days of 31, from 28 January; from the 31st there are 28."""
    found = prorate(
        cast.usd("1.00"),
        stretch(MONTHLY, "2011-01-31", 0, "2011-02-14", "2011-02-28"),
        Basis.ACTUAL_DAYS,
        Rounding.HALF_UP,
        "UTC",
    )
    assert (found.used, found.of) == (14, 28)


def test_a_fraction_that_is_rounded_before_the_product_is_not_adopted() -> None:
    """PAY-13: Silver rounds it to four places: a third of 10,000.00 is 3,333.00 then, and 3,333.33 here."""
    june = AnchoredPeriod(anchor=parse_day("2025-06-01"), cadence=MONTHLY, number=0)
    third = Stretch(whole=june, days=cast.period(parse_day("2025-06-01"), parse_day("2025-06-11")))
    price = cast.usd("10000.00")
    four_places = price.scaled(3333, 10_000, Rounding.HALF_EVEN)
    found = prorate(price, third, Basis.EXACT_MONTHS, Rounding.HALF_EVEN, "UTC")
    assert (four_places, found.amount) == (cast.usd("3333.00"), cast.usd("3333.33"))
