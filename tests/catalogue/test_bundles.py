"""Bundles: what of an amount falls on each part."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from altocore.catalogue.bundles import Part, shares, weights
from altocore.catalogue.plans import ProductKind
from altocore.errors import BadType, BadValue, UnknownKey
from altocore.testing.strategies import bundle_parts
from altocore.values.anchors import Cadence
from altocore.values.currencies import Currency
from altocore.values.cycles import Once
from altocore.values.money import Money, money
from tests import cast


@given(st.lists(bundle_parts(), min_size=1, max_size=5), st.integers(-(10**12), 10**12))
@example([cast.part(weight=1), cast.part(weight=1)], 1)
def test_the_shares_are_the_whole(parts: list[Part], minor: int) -> None:
    """LIF-9: to the last unit, whatever the weights; the same for a credit as for its charge."""
    amount = Money(minor, cast.JPY)
    found = shares(parts, amount, Cadence.MONTHLY)
    assert [part for part, _ in found] == parts
    assert sum(share.minor for _, share in found) == minor
    assert all(share.currency is cast.JPY for _, share in found)


def test_the_list_prices_weigh_by_default() -> None:
    """LIF-9: on the same cycle and in the same currency; one cent goes to the heavier part."""
    prices = (cast.price(amount=cast.usd("30.00")), cast.price(cycle=Cadence.ANNUAL, amount=cast.usd("10.00")))
    parts = [cast.part(of="a", prices=prices), cast.part(of="b", prices=(cast.price(amount=cast.usd("10.00")),))]
    assert weights(parts, Cadence.MONTHLY, cast.USD) == (3000, 1000)
    assert [share for _, share in shares(parts, cast.usd("0.01"), Cadence.MONTHLY)] == [cast.usd("0.01"), cast.NOTHING]
    assert [share for _, share in shares(parts, cast.usd("36.00"), Cadence.MONTHLY)] == [
        cast.usd("27.00"),
        cast.usd("9.00"),
    ]


def test_a_weight_of_its_own_wins() -> None:
    """LIF-9: the bundle's own weights weigh in each cycle and currency, whatever the parts cost."""
    parts = [cast.part(of="a", weight=1), cast.part(of="b", weight=3)]
    assert weights(parts, Once.ONE_TIME, cast.KWD) == (1, 3)
    assert [share for _, share in shares(parts, money("100", "JPY"), Cadence.ANNUAL)] == [
        money("25", "JPY"),
        money("75", "JPY"),
    ]


@pytest.mark.parametrize(
    ("cycle", "of"), [(Cadence.ANNUAL, cast.USD), (Once.ONE_TIME, cast.USD), (Cadence.MONTHLY, cast.JPY)]
)
def test_where_a_part_has_no_price_nothing_is_told_apart(cycle: Cadence | Once, of: Currency) -> None:
    """LIF-9: no weight is guessed."""
    parts = [cast.part(of="a"), cast.part(of="b")]
    assert weights(parts, cycle, of) == ()
    with pytest.raises(UnknownKey) as refused:
        shares(parts, Money(100, of), cycle)
    assert refused.value.field == "cycle"


def test_prices_of_nothing_weigh_nothing() -> None:
    """LIF-9: where all parts are free there is no proportion."""
    free = cast.part(prices=(cast.price(amount=cast.usd("0.00")),))
    assert weights([free, free], Cadence.MONTHLY, cast.USD) == ()


@pytest.mark.parametrize("weight", [-1, -(10**9)])
def test_a_weight_is_not_negative(weight: int) -> None:
    """LIF-9: a share is no debt of another part."""
    with pytest.raises(BadValue) as refused:
        cast.part(weight=weight)
    assert refused.value.field == "weight"


@pytest.mark.parametrize("weight", [True, 1.5, "1"])
def test_a_weight_is_a_whole_number(weight: object) -> None:
    """LIF-9: exact, as everything that money is split by."""
    with pytest.raises(BadType):
        cast.part(weight=weight)  # type: ignore[arg-type]  # on purpose


def test_a_bundle_holds_no_bundle() -> None:
    """LIF-9: its parts are plans, one level deep."""
    with pytest.raises(BadValue) as refused:
        cast.part(kind=ProductKind.BUNDLE)
    assert refused.value.field == "kind"
