"""May this be ordered? CAT-2 and CAT-3, in every cycle, for every kind, in both readings."""

from itertools import product
from typing import Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from altocore.catalogue.plans import ProductKind
from altocore.policy.order import ORDER, OrderAccepted, OrderFacts, OrderRefused
from altocore.terms.options import SharedHostingCycles
from altocore.terms.reasons import Reason, Why
from altocore.testing import judges_alike
from altocore.testing.strategies import cadences
from altocore.values.anchors import Cadence
from altocore.values.currencies import Currency
from altocore.values.money import money
from tests import cast
from tests.policy.tables import checks_of, fires_alone, grounds_of, holding, whys_of

# The cycles of shared hosting, in months, as CAT-3 reads; every other kind takes every cycle that has a price.
SHARED: Final[dict[SharedHostingCycles, set[int]]] = {
    SharedHostingCycles.SEMIANNUAL_ANNUAL: {6, 12},
    SharedHostingCycles.SEMIANNUAL_OR_LONGER: {6, 12, 24, 36},
}


def facts(
    *,
    kind: ProductKind = ProductKind.CLOUD_HOSTING,
    sold: tuple[Cadence, ...] = tuple(Cadence),
    cycle: Cadence = Cadence.MONTHLY,
    currency: Currency = cast.USD,
) -> OrderFacts:
    """Return the order of a plan that costs a hundred dollars in each cycle in which it is sold."""
    item = cast.item(prices=tuple(cast.price(cycle=each) for each in sold))
    return OrderFacts(plan=cast.plan(kind=kind, items=(item,)), cycle=cycle, currency=currency)


def test_the_table() -> None:
    """CAT-2, CAT-3, PAY-1, PAY-15: the rows, their clauses and their codes."""
    both = "terms/3.a, manual/honour"
    assert checks_of(ORDER) == (
        ("CAT-2", both, "cycle_not_offered"),
        ("CAT-3", both, "cycle_not_for_shared_hosting"),
    )
    assert grounds_of(ORDER) == (
        ("CAT-2", "terms/3.a"),
        ("PAY-1", "terms/5.a"),
        ("PAY-15", "house"),
        ("REN-7", "terms/3.c"),
    )
    assert ORDER.name == "order"


@pytest.mark.parametrize(("kind", "cycle", "reading"), [*product(ProductKind, Cadence, SharedHostingCycles)])
def test_shared_hosting_is_not_sold_by_the_month(
    kind: ProductKind, cycle: Cadence, reading: SharedHostingCycles
) -> None:
    """CAT-3: shared hosting takes no cycle shorter than semiannual, and in one reading none longer than annual."""
    asked = facts(kind=kind, cycle=cycle)
    answer = judges_alike(ORDER, asked, cast.order_terms(shared_hosting_cycles=reading))
    if kind is ProductKind.SHARED_HOSTING and cycle.value not in SHARED[reading]:
        assert whys_of(answer) == (Why.CYCLE_NOT_FOR_SHARED_HOSTING,)
    else:
        assert answer == OrderAccepted(priced=(("cloud", cast.HUNDRED),))


@pytest.mark.parametrize(("kind", "cycle"), [*product(ProductKind, Cadence)])
def test_what_has_no_price_is_not_sold(kind: ProductKind, cycle: Cadence) -> None:
    """CAT-2: a cycle without a price is not offered, in every kind; a monthly shared hosting is refused for both."""
    others = tuple(each for each in Cadence if each is not cycle)
    answer = judges_alike(ORDER, facts(kind=kind, sold=others, cycle=cycle), cast.order_terms())
    short = kind is ProductKind.SHARED_HOSTING and cycle.value < 6
    expected = (Why.CYCLE_NOT_OFFERED, Why.CYCLE_NOT_FOR_SHARED_HOSTING) if short else (Why.CYCLE_NOT_OFFERED,)
    assert whys_of(answer) == expected


def test_not_offered_alone() -> None:
    """CAT-2: the only reason, with what was asked for."""
    reason = fires_alone(ORDER, Why.CYCLE_NOT_OFFERED, facts(sold=(Cadence.ANNUAL,)), cast.order_terms())
    assert reason.cites == (("plan", "cloud"), ("cycle", "monthly"), ("currency", "USD"))


def test_not_for_shared_hosting_alone() -> None:
    """CAT-3: the only reason, with what was asked for."""
    asked = facts(kind=ProductKind.SHARED_HOSTING, cycle=Cadence.QUARTERLY)
    reason = fires_alone(ORDER, Why.CYCLE_NOT_FOR_SHARED_HOSTING, asked, cast.order_terms())
    assert reason.cites == (("plan", "cloud"), ("cycle", "quarterly"), ("currency", "USD"))


def test_both_reasons_at_once() -> None:
    """CAT-2, CAT-3: a no has all its reasons, in the order of the table."""
    asked = facts(kind=ProductKind.SHARED_HOSTING, sold=(), currency=cast.JPY)
    cited = (("plan", "cloud"), ("cycle", "monthly"), ("currency", "JPY"))
    assert ORDER.decide(asked, cast.order_terms()) == OrderRefused(
        reasons=tuple(
            Reason(rule=check.rule, clauses=check.clauses, why=check.why, cites=cited) for check in ORDER.checks
        )
    )


def test_another_currency_has_no_price() -> None:
    """CLI-8: a client is billed in one currency, and a price in another is none."""
    assert whys_of(ORDER.decide(facts(currency=cast.JPY), cast.order_terms())) == (Why.CYCLE_NOT_OFFERED,)


def test_each_item_is_priced() -> None:
    """CAT-11: an add-on is a line of its own; where it has no price in the cycle, the whole plan is not sold so."""
    plan = cast.plan(items=(cast.CLOUD, cast.item(name="management", prices=(cast.price(amount=cast.usd("20.00")),))))
    asked = OrderFacts(plan=plan, cycle=Cadence.MONTHLY, currency=cast.USD)
    assert ORDER.decide(asked, cast.order_terms()) == OrderAccepted(
        priced=(("cloud", cast.HUNDRED), ("management", cast.usd("20.00")))
    )
    assert holding(ORDER, asked, cast.order_terms()) == {0: (("price", cast.usd("120.00")),), 1: (), 2: (), 3: ()}
    short = cast.plan(items=(cast.CLOUD, cast.item(name="management", prices=())))
    refused = ORDER.decide(OrderFacts(plan=short, cycle=Cadence.MONTHLY, currency=cast.USD), cast.order_terms())
    assert whys_of(refused) == (Why.CYCLE_NOT_OFFERED,)


@given(
    st.sampled_from(ProductKind),
    st.lists(cadences(), unique=True),
    cadences(),
    st.sampled_from(SharedHostingCycles),
    st.integers(0, 10**6),
)
@example(ProductKind.CLOUD_HOSTING, [Cadence.MONTHLY], Cadence.MONTHLY, SharedHostingCycles.SEMIANNUAL_ANNUAL, 0)
def test_an_order_is_explained_as_it_is_decided(
    kind: ProductKind, sold: list[Cadence], cycle: Cadence, reading: SharedHostingCycles, yen: int
) -> None:
    """CAT-2, CAT-3: accepted exactly when it has a price and its kind takes the cycle, at that price."""
    price = money(str(yen), "JPY")
    item = cast.item(prices=tuple(cast.price(cycle=each, amount=price) for each in sold))
    asked = OrderFacts(plan=cast.plan(kind=kind, items=(item,)), cycle=cycle, currency=cast.JPY)
    answer = judges_alike(ORDER, asked, cast.order_terms(shared_hosting_cycles=reading))
    takes = kind is not ProductKind.SHARED_HOSTING or cycle.value in SHARED[reading]
    assert (answer == OrderAccepted(priced=(("cloud", price),))) is (takes and cycle in sold)
