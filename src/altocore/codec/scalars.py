"""The scalars as they are written down: each exactly one way, and read back by exact type or refused.

int, str      themselves; a bool is no int, a float is no int
enums         their value
Cycle         the cadence's name in lower case, or "one_time"
Day           "2025-01-31"
Instant       "2025-01-31T12:00:00+00:00", always in UTC
Currency      "USD"
Money         [1050, "USD"]
Period        ["2025-01-01", "2025-02-01"]
"""

from enum import Enum
from functools import cache, lru_cache
from typing import Final

from altocore.errors import BadType, BadValue
from altocore.values.currencies import Currency, currency
from altocore.values.cycles import CYCLES, Cycle
from altocore.values.days import Day, parse_day
from altocore.values.domains import DomainName
from altocore.values.instants import Instant, instant
from altocore.values.money import Money, money
from altocore.values.periods import Period

__all__ = [
    "read_amount",
    "read_currency",
    "read_cycle",
    "read_day",
    "read_enum",
    "read_instant",
    "read_int",
    "read_money",
    "read_period",
    "read_str",
    "write_currency",
    "write_cycle",
    "write_day",
    "write_enum",
    "write_instant",
    "write_money",
    "write_period",
]

_DAYS_KEPT: Final = 8192
"""Days whose text is remembered, both ways: more than twenty years of them."""


def read_int(given: object, _kind: object) -> int:
    """Return the int; a bool, a float or a text of digits is refused."""
    if type(given) is not int:
        raise BadType("number", "must be an int")
    return given


def read_str(given: object, _kind: object) -> str:
    """Return the text."""
    if type(given) is not str:
        raise BadType("text", "must be a str")
    return given


@cache
def _members(kind: type[Enum]) -> dict[object, Enum]:
    return {member.value: member for member in kind}


def read_enum(given: object, kind: type[Enum]) -> Enum:
    """Return the member with this value, compared by exact type."""
    found = _members(kind).get(given)
    if found is None or type(given) is not str:
        raise BadValue(kind.__name__, "not one of its members")
    return found


def write_enum(member: Enum) -> object:
    """Return the member's value."""
    return member.value


_CYCLES: Final[dict[object, Cycle]] = {cycle.name.lower(): cycle for cycle in CYCLES}


def read_cycle(given: object, _kind: object) -> Cycle:
    """Return the cycle with this name in lower case: a cadence, or `one_time`."""
    found = _CYCLES.get(given) if type(given) is str else None
    if found is None:
        raise BadValue("cycle", "must be the name of a cycle, such as monthly or one_time")
    return found


@cache
def write_cycle(cycle: Cycle) -> str:
    """Return the cycle's name in lower case."""
    return cycle.name.lower()


@lru_cache(maxsize=_DAYS_KEPT)
def write_day(day: Day) -> str:
    """Return the day as ISO 8601 writes it."""
    return day.isoformat()


_day: Final = lru_cache(maxsize=_DAYS_KEPT)(parse_day)


def read_day(given: object, _kind: object) -> Day:
    """Return the day."""
    # Checked before the cache, which would find "True" where 1 was asked, and refuses what cannot be hashed.
    if type(given) is not str:
        raise BadType("day", "must be a str such as 2025-01-31")
    return _day(given)


def write_instant(moment: Instant) -> str:
    """Return the instant as RFC 3339 writes it, in UTC."""
    return moment.isoformat()


def read_instant(given: object, _kind: object) -> Instant:
    """Return the instant; it is written in UTC and read in no other way."""
    if type(given) is not str or not given.endswith("+00:00"):
        raise BadType("instant", "must be a str in UTC such as 2025-01-31T12:00:00+00:00")
    return instant(given)


def write_currency(of: Currency) -> str:
    """Return the currency's code."""
    return of.code


def read_currency(given: object, _kind: object) -> Currency:
    """Return the currency with this code."""
    return currency(read_str(given, str))


def write_domain(domain: DomainName) -> str:
    """Return the domain's name."""
    return domain.text


def read_domain(given: object, _kind: object) -> DomainName:
    """Return the domain with this name, written as it is kept."""
    return DomainName(read_str(given, str))


def write_money(amount: Money) -> list[object]:
    """Return the minor units and the code."""
    return [amount.minor, amount.currency.code]


def read_money(given: object, _kind: object) -> Money:
    """Return the amount."""
    if type(given) is not list or len(given) != 2:  # noqa: PLR2004  # minor units and code
        raise BadType("money", "must be minor units and a currency code")
    return Money(given[0], currency(given[1]))


def read_amount(given: object, _kind: object) -> Money:
    """Return the amount that a person wrote: a plain decimal and a currency code."""
    if type(given) is not str or given.count(" ") != 1:
        raise BadType("money", "must be a text such as 100.00 USD")
    amount, code = given.split(" ")
    return money(amount, code)


def write_period(period: Period) -> list[str]:
    """Return the first day that is in and the first that is not."""
    return [write_day(period.start), write_day(period.end)]


def read_period(given: object, _kind: object) -> Period:
    """Return the period."""
    if type(given) is not list or len(given) != 2:  # noqa: PLR2004  # start and end
        raise BadType("period", "must be a start and an end")
    return Period(start=read_day(given[0], Day), end=read_day(given[1], Day))
