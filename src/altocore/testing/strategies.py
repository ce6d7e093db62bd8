"""Hypothesis strategies for the values: each draws what is valid, and a keyword narrows it.

`register` tells hypothesis about the types, so that `st.from_type(Day)` and `st.builds(YourFacts)` work too.
"""

from typing import Final

from hypothesis import strategies as st

from altocore.values.anchors import Cadence
from altocore.values.currencies import Currency, currency
from altocore.values.currencies import currencies as every_currency
from altocore.values.days import FIRST_YEAR, LAST_YEAR, Day, add_days, day, days_from
from altocore.values.instants import Instant, instant
from altocore.values.money import MINOR_MAX, Money
from altocore.values.periods import Period
from altocore.values.provider import LegalParty, Provider
from altocore.values.rounding import Rounding
from altocore.values.texts import LINE_MAX

__all__ = [
    "amounts",
    "cadences",
    "currencies",
    "days",
    "instants",
    "parties",
    "periods",
    "providers",
    "register",
    "roundings",
    "weights",
    "zones",
]

_FIRST: Final = day(FIRST_YEAR, 1, 1)
_LAST: Final = day(LAST_YEAR, 12, 31)
_MICROSECONDS_A_DAY: Final = 86_400_000_000

_ZONES: Final = (
    "UTC",
    "America/Argentina/Buenos_Aires",
    "America/Argentina/Cordoba",
    "America/Asuncion",
    "America/Havana",
    "America/New_York",
    "America/Nuuk",
    "America/Santiago",
    "America/Sao_Paulo",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Asia/Tokyo",
    "Australia/Lord_Howe",
    "Europe/London",
    "Europe/Madrid",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
)


def currencies() -> st.SearchStrategy[Currency]:
    """Return a strategy for every currency of the table; it shrinks towards USD, JPY and KWD: two digits, none, three."""
    simplest = [currency("USD"), currency("JPY"), currency("KWD")]
    return st.sampled_from([*simplest, *(other for other in every_currency().values() if other not in simplest)])


def amounts(
    *, currency: Currency | None = None, minor_min: int = -MINOR_MAX, minor_max: int = MINOR_MAX
) -> st.SearchStrategy[Money]:
    """Return a strategy for money of any sign and currency, or from `minor_min` to `minor_max` units of the one given."""
    return st.builds(Money, st.integers(minor_min, minor_max), currencies() if currency is None else st.just(currency))


def days(*, start: Day = _FIRST, end: Day | None = None) -> st.SearchStrategy[Day]:
    """Return a strategy for the days from `start` up to, and without, `end`; without an end, to the last one supported."""
    last = _LAST if end is None else add_days(end, -1)
    return st.integers(0, days_from(start, last)).map(lambda count: add_days(start, count))


def instants() -> st.SearchStrategy[Instant]:
    """Return a strategy for points in time of every supported year, to the microsecond."""
    return st.builds(_moment, days(), st.integers(0, _MICROSECONDS_A_DAY - 1))


def periods() -> st.SearchStrategy[Period]:
    """Return a strategy for periods of one day and more; a short one is as likely as a long one."""
    lengths = st.one_of(st.integers(1, 40), st.integers(1, days_from(_FIRST, _LAST)))
    return st.builds(_period, days(end=_LAST), lengths)


def cadences() -> st.SearchStrategy[Cadence]:
    """Return a strategy for how often a contract renews."""
    return st.sampled_from(Cadence)


def roundings() -> st.SearchStrategy[Rounding]:
    """Return a strategy for every way to round."""
    return st.sampled_from(Rounding)


def weights(*, parts_min: int = 1, parts_max: int = 12, weight_max: int = 10**9) -> st.SearchStrategy[tuple[int, ...]]:
    """Return a strategy for the weights of an allocation: none negative, zeros and equal ones among them, not all zero."""
    one = st.one_of(st.integers(0, min(3, weight_max)), st.integers(0, weight_max))
    return st.lists(one, min_size=parts_min, max_size=parts_max).filter(any).map(tuple)


def zones() -> st.SearchStrategy[str]:
    """Return a strategy for names of zones, most with a history: gaps at midnight, odd offsets, a day that was skipped."""
    return st.sampled_from(_ZONES)


def parties() -> st.SearchStrategy[LegalParty]:
    """Return a strategy for the legal data of one side of an invoice, in any script, with and without a tax id."""
    texts = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=LINE_MAX)
    given = texts.filter(str.strip)
    return st.builds(LegalParty, name=given, address=given, tax_id=texts)


def providers() -> st.SearchStrategy[Provider]:
    """Return a strategy for who sells."""
    return st.builds(
        Provider,
        legal=parties(),
        zone=zones(),
        currencies=st.lists(currencies(), min_size=1, max_size=5, unique=True).map(tuple),
        series=st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=1, max_size=12),
    )


def register() -> None:
    """Tell hypothesis how to draw these types, for `st.from_type` and `st.builds`; call it once, in conftest.py."""
    st.register_type_strategy(Currency, currencies())
    st.register_type_strategy(Money, amounts())
    st.register_type_strategy(Day, days())
    st.register_type_strategy(Instant, instants())
    st.register_type_strategy(Period, periods())
    st.register_type_strategy(LegalParty, parties())
    st.register_type_strategy(Provider, providers())


def _moment(of: Day, microseconds: int) -> Instant:
    """Return the instant that lies so many microseconds after the start of the day in UTC."""
    seconds, micro = divmod(microseconds, 1_000_000)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return instant(f"{of.isoformat()}T{hour:02d}:{minute:02d}:{second:02d}.{micro:06d}Z")


def _period(start: Day, length: int) -> Period:
    """Return the period of that many days, cut at the last day supported."""
    return Period(start=start, end=add_days(start, min(length, days_from(start, _LAST))))
