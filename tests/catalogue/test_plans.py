"""Plans: what each item costs in a cycle and a currency, or that it is not sold so."""

from typing import Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from altocore.catalogue.plans import PlanEdition, PlanItem, Price, ProductKind
from altocore.errors import BadValue
from altocore.testing.strategies import cadences
from altocore.values.anchors import Cadence
from altocore.values.currencies import Currency
from altocore.values.money import Money, money
from tests import cast

CURRENCIES: Final = (cast.USD, cast.JPY, cast.KWD)


@st.composite
def items(draw: st.DrawFn) -> PlanItem:
    """Draw an item with a price for some pairs of cycle and currency, each at most once."""
    pairs = st.tuples(cadences(), st.sampled_from(CURRENCIES))
    sold = draw(st.dictionaries(pairs, st.integers(0, 10**6), max_size=6))
    priced = [Price(cycle=cycle, amount=Money(minor, of)) for (cycle, of), minor in sold.items()]
    return PlanItem(name=draw(st.sampled_from(["cloud", "management", "set"])), prices=tuple(priced))


PLANS: Final = st.lists(items(), min_size=1, max_size=3).map(lambda drawn: cast.plan(items=tuple(drawn)))


@given(items(), cadences(), st.sampled_from(CURRENCIES))
@example(cast.item(), Cadence.MONTHLY, cast.USD)
def test_an_item_costs_what_its_price_for_this_cycle_and_currency_says(
    item: PlanItem, cycle: Cadence, of: Currency
) -> None:
    """CAT-2, CLI-8: the price of exactly this cycle in exactly this currency; nothing is converted, nothing prorated."""
    found = [each.amount for each in item.prices if (each.cycle, each.amount.currency) == (cycle, of)]
    assert item.price(cycle, of) == (found[0] if found else None)


@given(PLANS, cadences(), st.sampled_from(CURRENCIES))
def test_a_plan_is_sold_whole_or_not_at_all(plan: PlanEdition, cycle: Cadence, of: Currency) -> None:
    """CAT-2, CAT-11: where one item has no price the plan is not sold so; else each item is priced, in its order."""
    prices = [item.price(cycle, of) for item in plan.items]
    sold = plan.prices(cycle, of)
    if None in prices:
        assert sold == ()
        assert plan.list_price(cycle, of) == Money(0, of)
    else:
        assert sold == tuple(zip(plan.items, prices, strict=True))
        assert plan.list_price(cycle, of) == Money(sum(price.minor for _, price in sold), of)


def test_a_price_of_nothing_is_a_price() -> None:
    """CAT-2: an item that costs nothing is sold, which is not the same as having no price."""
    free = cast.item(prices=(cast.price(amount=cast.usd("0.00")),))
    plan = cast.plan(items=(cast.CLOUD, free))
    assert plan.prices(Cadence.MONTHLY, cast.USD) == ((cast.CLOUD, cast.HUNDRED), (free, cast.usd("0.00")))
    assert plan.list_price(Cadence.MONTHLY, cast.USD) == cast.HUNDRED


def test_two_items_cost_their_sum() -> None:
    """CAT-11: an add-on is a line of its own; the list price is the sum, in yen and in fils as in cents."""
    prices = tuple(cast.price(amount=money(amount, code)) for amount, code in [("1000", "JPY"), ("1.005", "KWD")])
    plan = cast.plan(items=(cast.item(prices=prices), cast.item(name="management", prices=prices)))
    assert plan.list_price(Cadence.MONTHLY, cast.JPY) == money("2000", "JPY")
    assert plan.list_price(Cadence.MONTHLY, cast.KWD) == money("2.010", "KWD")
    assert plan.list_price(Cadence.MONTHLY, cast.USD) == money("0.00", "USD")
    assert plan.list_price(Cadence.ANNUAL, cast.JPY) == money("0", "JPY")


def test_a_price_below_zero_is_refused() -> None:
    """CAT-2: a price is no discount."""
    with pytest.raises(BadValue) as refused:
        cast.price(amount=cast.usd("-0.01"))
    assert (refused.value.field, refused.value.problem) == ("amount", "a price must not be negative")


def test_a_plan_of_nothing_is_refused() -> None:
    """CAT-1: a plan sells at least one thing."""
    with pytest.raises(BadValue) as refused:
        cast.plan(items=())
    assert (refused.value.field, refused.value.problem) == ("items", "a plan needs at least one item")


@pytest.mark.parametrize("name", ["", " ", "a\nb", "x" * 201])
def test_an_item_has_a_name_of_one_line(name: str) -> None:
    """PAY-13: an item is a line of the invoice, so its name is one."""
    with pytest.raises(BadValue) as refused:
        cast.item(name=name)
    assert refused.value.field == "name"


def test_the_cycles_and_kinds_that_are_sold() -> None:
    """CAT-1, CAT-2: cycles of 1, 3, 6, 12, 24 and 36 months; the kinds that this library sells so far."""
    assert {cycle.name: cycle.value for cycle in Cadence} == {
        "MONTHLY": 1,
        "QUARTERLY": 3,
        "SEMIANNUAL": 6,
        "ANNUAL": 12,
        "BIENNIAL": 24,
        "TRIENNIAL": 36,
    }
    assert {kind.value for kind in ProductKind} == {"shared_hosting", "cloud_hosting", "video_streaming"}
