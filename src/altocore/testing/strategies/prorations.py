"""Strategies for prorations: stretches of a period, what they come to, and periods that are cut in parts."""

from typing import Final

from hypothesis import strategies as st

from altocore.billing.proration import Basis, Proration, Slice, Stretch, cut, prorate
from altocore.testing.strategies.catalogue import PRICE_MAX
from altocore.testing.strategies.values import amounts, anchored_periods, given_or, roundings, zones
from altocore.values.anchors import AnchoredPeriod
from altocore.values.days import Day, add_days
from altocore.values.money import Money
from altocore.values.periods import Period

__all__ = ["TYPES", "cut_days", "prorations", "slices", "stretches"]

_CUTS_MAX: Final = 6


@st.composite
def stretches(draw: st.DrawFn, *, whole: AnchoredPeriod | None = None) -> Stretch:
    """Return a strategy for some days of a period: from its start, to its end, or neither."""
    of = draw(given_or(whole, anchored_periods()))
    start = draw(st.just(0) | st.integers(0, of.period.days - 1))
    length = draw(st.just(of.period.days - start) | st.integers(1, of.period.days - start))
    first = add_days(of.period.start, start)
    return Stretch(whole=of, days=Period(start=first, end=add_days(first, length)))


def prorations(*, basis: Basis | None = None, price: Money | None = None) -> st.SearchStrategy[Proration]:
    """Return a strategy for what a stretch comes to: on this basis, of this price, where they are given."""
    return st.builds(
        prorate,
        price=given_or(price, amounts(minor_min=0, minor_max=PRICE_MAX)),
        stretch=stretches(),
        basis=given_or(basis, st.sampled_from(Basis)),
        rounding=roundings(),
        zone_name=zones(),
    )


@st.composite
def cut_days(draw: st.DrawFn, *, whole: AnchoredPeriod) -> tuple[Day, ...]:
    """Return a strategy for the days before which a period can be cut: none, or some that rise."""
    inside = st.integers(1, whole.period.days - 1)
    found = draw(st.sets(inside, max_size=min(_CUTS_MAX, whole.period.days - 1)))
    return tuple([add_days(whole.period.start, each) for each in sorted(found)])


@st.composite
def slices(draw: st.DrawFn) -> Slice:
    """Return a strategy for one part of a period that is cut."""
    whole = draw(anchored_periods())
    price = draw(amounts(minor_min=0, minor_max=PRICE_MAX))
    at = draw(cut_days(whole=whole))
    return draw(st.sampled_from(cut(price, whole, at, draw(st.sampled_from(Basis)), draw(roundings()), draw(zones()))))


TYPES: Final[dict[type[object], st.SearchStrategy[object]]] = {
    Basis: st.sampled_from(Basis),
    Proration: prorations(),
    Slice: slices(),
    Stretch: stretches(),
}
"""Every public type of `altocore.billing.proration`."""
