"""Strategies for the values: money, days, instants, periods, ids, short texts, parties, providers."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final, TypeVar

from hypothesis import strategies as st

from altocore.values.anchors import AnchoredPeriod, Cadence
from altocore.values.currencies import Currency, currency
from altocore.values.currencies import currencies as every_currency
from altocore.values.cycles import CYCLES, Cycle, Once
from altocore.values.days import FIRST_YEAR, LAST_YEAR, Day, add_days, day, days_from
from altocore.values.domains import DomainName
from altocore.values.exchange import ExchangeRate, parity
from altocore.values.ids import (
    AddonId,
    AdjustmentId,
    ClientId,
    EditionId,
    EventId,
    InvoiceId,
    MessageId,
    PaymentId,
    PlanId,
    ServiceId,
)
from altocore.values.instants import Instant, from_datetime, start_of_day
from altocore.values.money import MINOR_MAX, Money
from altocore.values.periods import Period
from altocore.values.provider import LegalParty, Provider
from altocore.values.rounding import Rounding
from altocore.values.texts import LINE_MAX

__all__ = [
    "TYPES",
    "amounts",
    "anchored_periods",
    "cadences",
    "currencies",
    "cycles",
    "days",
    "days_with_room",
    "domain_names",
    "exchange_rates",
    "given_or",
    "ids",
    "instants",
    "parties",
    "periods",
    "providers",
    "roundings",
    "short_texts",
    "weights",
    "zones",
]

S = TypeVar("S", bound=str)
V = TypeVar("V")

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


_RATE_MAX: Final = 10**9


def exchange_rates(*, base: Currency | None = None, quote: Currency | None = None) -> st.SearchStrategy[ExchangeRate]:
    """Return a strategy for rates between these currencies, or any, from a billionth to a billion; one to itself is one."""
    given, into = given_or(base, currencies()), given_or(quote, currencies())
    parts = st.integers(1, _RATE_MAX)
    return st.builds(_exchange_rate, given, into, parts, parts)


def _exchange_rate(base: Currency, quote: Currency, numerator: int, denominator: int) -> ExchangeRate:
    if base is quote:
        return parity(base)
    return ExchangeRate(base=base, quote=quote, numerator=numerator, denominator=denominator)


def amounts(
    *, currency: Currency | None = None, minor_min: int = -MINOR_MAX, minor_max: int = MINOR_MAX
) -> st.SearchStrategy[Money]:
    """Return a strategy for money of any sign and currency, or from `minor_min` to `minor_max` units of the one given."""
    return st.builds(Money, st.integers(minor_min, minor_max), given_or(currency, currencies()))


def days(*, start: Day = _FIRST, end: Day | None = None) -> st.SearchStrategy[Day]:
    """Return a strategy for the days from `start` up to, and without, `end`; without an end, to the last one supported."""
    last = _LAST if end is None else add_days(end, -1)
    return st.integers(0, days_from(start, last)).map(lambda count: add_days(start, count))


def days_with_room() -> st.SearchStrategy[Day]:
    """Return a strategy for days that leave decades on both sides: whatever terms count from one, it is a supported day."""
    return days(start=day(1990, 1, 1), end=day(2140, 1, 1))


def instants(*, start: Day = _FIRST, end: Day | None = None) -> st.SearchStrategy[Instant]:
    """Return a strategy for points in time, to the microsecond, of the days in UTC from `start` up to, and without, `end`."""
    return st.builds(_moment, days(start=start, end=end), st.integers(0, _MICROSECONDS_A_DAY - 1))


def periods(*, start: Day = _FIRST, end: Day = _LAST, days_max: int | None = None) -> st.SearchStrategy[Period]:
    """Return a strategy for periods of one day and more within these days; a short one is as likely as a long one."""
    most = days_from(start, end) if days_max is None else days_max
    lengths = st.one_of(st.integers(1, min(40, most)), st.integers(1, most))
    return st.builds(lambda first, length: _period(first, length, end), days(start=start, end=end), lengths)


def cadences() -> st.SearchStrategy[Cadence]:
    """Return a strategy for how often a contract renews."""
    return st.sampled_from(Cadence)


def anchored_periods(*, anchor: Day | None = None, cadence: Cadence | None = None) -> st.SearchStrategy[AnchoredPeriod]:
    """Return a strategy for the periods of an anchor, the one that ends on it among them."""
    return st.builds(
        AnchoredPeriod,
        anchor=given_or(anchor, days_with_room()),
        cadence=given_or(cadence, cadences()),
        number=st.integers(-1, 15),
    )


def cycles() -> st.SearchStrategy[Cycle]:
    """Return a strategy for every cycle: the cadences, and what is sold once."""
    return st.sampled_from(CYCLES)


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


def short_texts() -> st.SearchStrategy[str]:
    """Return a strategy for a line of text as people give it: in any script, not blank, no control character, bounded."""
    return _lines().filter(str.strip)


def ids(kind: Callable[[str], S]) -> st.SearchStrategy[S]:
    """Return a strategy for ids of one kind, `ids(ClientId)`: any text that every store keeps, however odd; never empty."""
    odd = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
    return st.text(odd, min_size=1, max_size=30).map(kind)


def parties() -> st.SearchStrategy[LegalParty]:
    """Return a strategy for the legal data of one side of an invoice, in any script, with and without a tax id."""
    return st.builds(LegalParty, name=short_texts(), address=short_texts(), tax_id=_lines())


def providers(*, currency: Currency | None = None) -> st.SearchStrategy[Provider]:
    """Return a strategy for who sells: in this currency at least, where one is given."""
    sold = st.lists(currencies(), min_size=1, max_size=5, unique=True).map(tuple)
    return st.builds(
        Provider,
        legal=parties(),
        zone=zones(),
        currencies=sold if currency is None else sold.map(lambda others: tuple(dict.fromkeys((currency, *others)))),
        series=st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=1, max_size=12),
    )


@st.composite
def domain_names(draw: st.DrawFn) -> DomainName:
    """Return a strategy for names of domains, of two to four labels, some of them of another alphabet."""
    inner = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=12)
    hyphened = st.builds(lambda first, rest: f"{first}-{rest}", inner, inner).filter(lambda label: label[2:4] != "--")
    foreign = st.sampled_from(["xn--pea-7ma", "xn--bcher-kva", "xn--fiqs8s"])
    labels = draw(st.lists(inner | hyphened | foreign, min_size=1, max_size=3))
    return DomainName(".".join([*labels, draw(st.sampled_from(["com", "net", "org", "xn--fiqs8s"]))]))


def given_or(given: V | None, drawn: st.SearchStrategy[V]) -> st.SearchStrategy[V]:
    """Return a strategy for just the value that is given, or else for what is drawn."""
    return drawn if given is None else st.just(given)


def _lines() -> st.SearchStrategy[str]:
    return st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=LINE_MAX)


def _moment(of: Day, microseconds: int) -> Instant:
    """Return the instant that lies so many microseconds after the start of the day in UTC."""
    return from_datetime(start_of_day(of, "UTC") + timedelta(microseconds=microseconds))


def _period(start: Day, length: int, end: Day) -> Period:
    """Return the period of that many days, cut at the end."""
    return Period(start=start, end=add_days(start, min(length, days_from(start, end))))


_IDS: Final = (AddonId, AdjustmentId, ClientId, EditionId, EventId, InvoiceId, MessageId, PaymentId, PlanId, ServiceId)

TYPES: Final[dict[type[object], st.SearchStrategy[object]]] = {
    **{kind: ids(kind) for kind in _IDS},
    AnchoredPeriod: anchored_periods(),
    Cadence: st.sampled_from(Cadence),
    Currency: currencies(),
    Day: days(),
    DomainName: domain_names(),
    ExchangeRate: exchange_rates(),
    Instant: instants(),
    LegalParty: parties(),
    Money: amounts(),
    Once: st.sampled_from(Once),
    Period: periods(),
    Provider: providers(),
    Rounding: st.sampled_from(Rounding),
}
"""Every public type of this floor."""
