"""May this be ordered? CAT-2 and CAT-3, in every cycle, for every kind, in both readings."""

from itertools import product
from typing import Final

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from altocore.catalogue.items import AddonKind, SupportPlan
from altocore.catalogue.kinds import Administration
from altocore.catalogue.plans import Courtesy, PlanEdition, ProductKind
from altocore.errors import BadValue
from altocore.policy.order import ORDER, OrderAccepted, OrderFacts, OrderRefused
from altocore.terms.options import SharedHostingCycles
from altocore.terms.reasons import Why
from altocore.testing import judges_alike
from altocore.testing.strategies import order_facts
from altocore.values.anchors import Cadence
from altocore.values.currencies import Currency
from altocore.values.cycles import CYCLES, Cycle, Once
from altocore.values.days import Day, day
from altocore.values.ids import AddonId
from tests import cast
from tests.policy.tables import checks_of, fires_alone, grounds_of, holding, whys_of

# The cycles of shared hosting, as CAT-3 reads; every other kind takes every cycle that has a price.
SHARED: Final[dict[SharedHostingCycles, set[Cycle]]] = {
    SharedHostingCycles.SEMIANNUAL_ANNUAL: {Cadence.SEMIANNUAL, Cadence.ANNUAL},
    SharedHostingCycles.SEMIANNUAL_OR_LONGER: {
        Cadence.SEMIANNUAL,
        Cadence.ANNUAL,
        Cadence.BIENNIAL,
        Cadence.TRIENNIAL,
    },
}
DOMAIN: Final = ProductKind.INTERNATIONAL_DOMAIN
YEARS: Final = {Cadence.ANNUAL, Cadence.BIENNIAL, Cadence.TRIENNIAL}
SERVERS: Final = frozenset({ProductKind.VPS, ProductKind.DEDICATED_SERVER})
OWN: Final = Administration.CLIENT
ONE_KIND: Final = tuple([kind for kind in ProductKind if kind is not ProductKind.BUNDLE])


def plan(*, kind: ProductKind = ProductKind.CLOUD_HOSTING, sold: tuple[Cycle, ...] = CYCLES) -> PlanEdition:
    """Return a plan that costs a hundred dollars in each cycle in which it is sold."""
    item = cast.item(prices=tuple(cast.price(cycle=each) for each in sold))
    full = SupportPlan.FULL if kind is ProductKind.SUPPORT_PLAN else SupportPlan.STANDARD
    return cast.plan(kind=kind, items=(item,), support=full)


def bundle(*kinds: ProductKind) -> PlanEdition:
    """Return a bundle of plans of these kinds, sold in every cycle."""
    parts = tuple([cast.part(of=kind.value, kind=kind, weight=1) for kind in kinds])
    return evolve(plan(), kind=ProductKind.BUNDLE, parts=parts)


def facts(  # noqa: PLR0913  # one keyword for each thing that a test is about
    *,
    kind: ProductKind = ProductKind.CLOUD_HOSTING,
    sold: tuple[Cycle, ...] = CYCLES,
    of: PlanEdition | None = None,
    cycle: Cycle = Cadence.MONTHLY,
    currency: Currency = cast.USD,
    addons: tuple[str, ...] = (),
    administration: Administration | None = None,
    domains: int | None = None,
    today: Day = cast.ANCHOR,
) -> OrderFacts:
    """Return the order of a plan; a server is administered by the provider and a domain named, where nothing else is said."""
    asked = of or plan(kind=kind, sold=sold)
    default = Administration.PROVIDER if of is None and kind in SERVERS else None
    return OrderFacts(
        plan=asked,
        cycle=cycle,
        currency=currency,
        addons=tuple([AddonId(each) for each in addons]),
        administration=administration or default,
        domains=int(asked.kind is DOMAIN) if domains is None else domains,
        today=today,
    )


def test_the_table() -> None:
    """CAT-1 to CAT-11, REN-4, REN-7, PAY-1, PAY-15, RFD-1, RFD-2, LIF-9: the rows, their clauses and their codes."""
    both, honour = "terms/3.a, manual/honour", "manual/honour, house"
    assert checks_of(ORDER) == (
        ("CAT-2", both, "cycle_not_offered"),
        ("CAT-3", both, "cycle_not_for_shared_hosting"),
        ("CAT-7", "terms/16.a", "administration_missing"),
        ("CAT-7", "terms/16.a", "administration_not_asked"),
        ("DOM-1", "terms/12.d", "domain_missing"),
        ("DOM-1", "terms/12.d", "domain_not_asked"),
        ("CAN-5", "manual/cancellation", "domain_by_the_year"),
        ("CAT-11", "house", "addon_unknown"),
        ("CAT-11", "house", "addon_not_offered"),
        ("REN-4", honour, "not_yet_on_sale"),
    )
    assert grounds_of(ORDER) == (
        ("CAT-1", "terms/16.b"),
        ("CAT-2", "terms/3.a"),
        ("CAT-4", "manual/honour"),
        ("CAT-6", "terms/12.d"),
        ("CAT-7", "terms/16.a"),
        ("CAT-8", "manual/support-plans"),
        ("CAT-9", "terms/13.c-builder"),
        ("CAT-10", "terms/15.a, terms/15.d"),
        ("CAT-11", "house"),
        ("REN-4", honour),
        ("REN-1", "terms/3.a"),
        ("PAY-1", "terms/5.a"),
        ("PAY-15", "house"),
        ("RFD-1", "terms/4.d"),
        ("RFD-2", "terms/4.d, terms/12.d"),
        ("DOM-1", "terms/12.d"),
        ("CAN-5", "manual/cancellation"),
        ("LIF-9", "house"),
        ("REN-7", "terms/3.c"),
    )
    assert ORDER.name == "order"


def held(asked: OrderFacts) -> dict[str, tuple[tuple[str, object], ...]]:
    """Return the facts that each ground which holds cites, by its rule."""
    places = holding(ORDER, asked, cast.order_terms())
    return {ORDER.grounds[place].rule: cites for place, cites in places.items()}


@pytest.mark.parametrize(("kind", "cycle", "reading"), [*product(ONE_KIND, CYCLES, SharedHostingCycles)])
def test_shared_hosting_is_not_sold_by_the_month(kind: ProductKind, cycle: Cycle, reading: SharedHostingCycles) -> None:
    """CAT-3: shared hosting takes no cycle shorter than semiannual, and in one reading none longer than annual."""
    asked = facts(kind=kind, cycle=cycle)
    answer = judges_alike(ORDER, asked, cast.order_terms(shared_hosting_cycles=reading))
    if kind is ProductKind.SHARED_HOSTING and cycle not in SHARED[reading]:
        assert whys_of(answer) == (Why.CYCLE_NOT_FOR_SHARED_HOSTING,)
    elif kind is DOMAIN and cycle not in YEARS:
        assert whys_of(answer) == (Why.DOMAIN_BY_THE_YEAR,)
    else:
        assert answer == OrderAccepted(priced=(("cloud", cast.HUNDRED),), setup=())


@pytest.mark.parametrize(("kind", "cycle"), [*product(ONE_KIND, CYCLES)])
def test_what_has_no_price_is_not_sold(kind: ProductKind, cycle: Cycle) -> None:
    """CAT-2: a cycle without a price is not offered, in every kind; a monthly shared hosting is refused for both."""
    others = tuple(each for each in CYCLES if each is not cycle)
    answer = judges_alike(ORDER, facts(kind=kind, sold=others, cycle=cycle), cast.order_terms())
    short = kind is ProductKind.SHARED_HOSTING and cycle not in SHARED[SharedHostingCycles.SEMIANNUAL_OR_LONGER]
    beside = (Why.CYCLE_NOT_FOR_SHARED_HOSTING,) if short else ()
    by_the_year = (Why.DOMAIN_BY_THE_YEAR,) if kind is DOMAIN and cycle not in YEARS else ()
    assert whys_of(answer) == (Why.CYCLE_NOT_OFFERED, *beside, *by_the_year)


def test_not_offered_alone() -> None:
    """CAT-2: the only reason, with what was asked for."""
    reason = fires_alone(ORDER, Why.CYCLE_NOT_OFFERED, facts(sold=(Cadence.ANNUAL,)), cast.order_terms())
    assert reason.cites == (("plan", "cloud"), ("cycle", "monthly"), ("currency", "USD"))


def test_not_for_shared_hosting_alone() -> None:
    """CAT-3: the only reason, with what was asked for."""
    asked = facts(kind=ProductKind.SHARED_HOSTING, cycle=Cadence.QUARTERLY)
    reason = fires_alone(ORDER, Why.CYCLE_NOT_FOR_SHARED_HOSTING, asked, cast.order_terms())
    assert reason.cites == (("plan", "cloud"), ("cycle", "quarterly"), ("currency", "USD"))


@pytest.mark.parametrize(("cycle", "reading"), [*product(CYCLES, SharedHostingCycles)])
def test_shared_hosting_in_a_bundle_takes_no_other_cycle(cycle: Cycle, reading: SharedHostingCycles) -> None:
    """CAT-3: a bundle that holds shared hosting takes the cycles of shared hosting, in both readings; another one takes all."""
    terms = cast.order_terms(shared_hosting_cycles=reading)
    with_it = bundle(ProductKind.VIDEO_STREAMING, ProductKind.SHARED_HOSTING)
    answer = judges_alike(ORDER, facts(of=with_it, cycle=cycle), terms)
    assert whys_of(answer) == (() if cycle in SHARED[reading] else (Why.CYCLE_NOT_FOR_SHARED_HOSTING,))
    without = bundle(ProductKind.VIDEO_STREAMING, ProductKind.CLOUD_HOSTING)
    assert whys_of(judges_alike(ORDER, facts(of=without, cycle=cycle), terms)) == ()


def test_a_bundle_says_that_it_is_one() -> None:
    """CAT-3: the reason cites how many plans the bundle holds."""
    asked = facts(of=bundle(ProductKind.SHARED_HOSTING, ProductKind.CHAT_ROOM))
    reason = fires_alone(ORDER, Why.CYCLE_NOT_FOR_SHARED_HOSTING, asked, cast.order_terms())
    assert reason.cites == (("plan", "cloud"), ("cycle", "monthly"), ("currency", "USD"), ("parts", 2))


def test_all_reasons_at_once() -> None:
    """CAT-2, CAT-3, CAT-7, CAT-11, REN-4: a no has all its reasons, in the order of the table."""
    shared = evolve(plan(kind=ProductKind.SHARED_HOSTING, sold=()), addons=(cast.addon(),), effective=day(2025, 2, 1))
    asked = facts(of=shared, currency=cast.JPY, addons=("management", "other"), administration=Administration.CLIENT)
    cited = (("plan", "cloud"), ("cycle", "monthly"), ("currency", "JPY"))
    answer = ORDER.decide(asked, cast.order_terms())
    assert isinstance(answer, OrderRefused)
    assert [(each.why, each.cites) for each in answer.reasons] == [
        (Why.CYCLE_NOT_OFFERED, cited),
        (Why.CYCLE_NOT_FOR_SHARED_HOSTING, cited),
        (Why.ADMINISTRATION_NOT_ASKED, (("plan", "cloud"),)),
        (Why.ADDON_UNKNOWN, (("plan", "cloud"), ("addons", "other"))),
        (Why.ADDON_NOT_OFFERED, (*cited, ("addons", "management"))),
        (Why.NOT_YET_ON_SALE, (("plan", "cloud"), ("on", day(2025, 2, 1)))),
    ]


@pytest.mark.parametrize("holds", [ProductKind.VPS, ProductKind.DEDICATED_SERVER])
def test_a_server_is_administered_by_somebody(holds: ProductKind) -> None:
    """CAT-7: alone or in a bundle; both are possible, none is not."""
    for of in (plan(kind=holds), bundle(holds, ProductKind.CHAT_ROOM)):
        reason = fires_alone(ORDER, Why.ADMINISTRATION_MISSING, facts(of=of), cast.order_terms())
        assert reason.cites == (("plan", "cloud"),)
        for who in Administration:
            assert held(facts(of=of, administration=who))["CAT-7"] == (("administration", who.value),)


@pytest.mark.parametrize("kind", [kind for kind in ONE_KIND if kind not in SERVERS])
def test_nothing_else_is_administered(kind: ProductKind) -> None:
    """CAT-7: who administers is said of a server, and of nothing else."""
    asked = facts(kind=kind, cycle=Cadence.ANNUAL, administration=Administration.CLIENT)
    fires_alone(ORDER, Why.ADMINISTRATION_NOT_ASKED, asked, cast.order_terms())
    assert "CAT-7" not in held(facts(kind=kind, cycle=Cadence.ANNUAL))


def test_a_domain_is_named() -> None:
    """DOM-1: the order says which one is to be registered."""
    asked = facts(kind=DOMAIN, cycle=Cadence.ANNUAL)
    held_by = held(asked)
    assert (held_by["DOM-1"], held_by["CAN-5"], held_by["RFD-2"]) == ((), (), ())
    reason = fires_alone(ORDER, Why.DOMAIN_MISSING, evolve(asked, domains=0), cast.order_terms())
    assert reason.cites == (("plan", "cloud"),)


@pytest.mark.parametrize("kind", [kind for kind in ONE_KIND if kind is not DOMAIN])
def test_nothing_else_is_registered(kind: ProductKind) -> None:
    """DOM-1: a domain is named by the order of a domain, and by no other; not of a bundle that holds one either."""
    asked = facts(kind=kind, cycle=Cadence.ANNUAL, domains=1)
    assert fires_alone(ORDER, Why.DOMAIN_NOT_ASKED, asked, cast.order_terms()).cites == (("plan", "cloud"),)
    several = facts(of=bundle(kind, DOMAIN), cycle=Cadence.ANNUAL, administration=None if kind not in SERVERS else OWN)
    assert not {"DOM-1", "CAN-5"} & held(several).keys()


@pytest.mark.parametrize("cycle", [each for each in CYCLES if each not in YEARS])
def test_a_domain_is_sold_by_the_year_alone(cycle: Cycle) -> None:
    """CAN-5: "paid a year ahead", or several; nothing shorter, and not once."""
    reason = fires_alone(ORDER, Why.DOMAIN_BY_THE_YEAR, facts(kind=DOMAIN, cycle=cycle), cast.order_terms())
    assert reason.cites == (("plan", "cloud"), ("cycle", cycle.name.lower()))


@pytest.mark.parametrize(
    ("published", "effective", "why"),
    [
        (cast.ANCHOR, cast.ANCHOR, ()),
        (day(2025, 2, 1), cast.FOUNDED, (Why.NOT_YET_ON_SALE,)),
        (cast.FOUNDED, day(2025, 2, 1), (Why.NOT_YET_ON_SALE,)),
    ],
)
def test_what_is_to_come_is_not_sold_yet(published: Day, effective: Day, why: tuple[Why, ...]) -> None:
    """REN-4: published by the day of the order, and effective by it; the very day is in time."""
    of = evolve(plan(), published=published, effective=effective)
    assert whys_of(judges_alike(ORDER, facts(of=of), cast.order_terms())) == why


def test_addons_and_setup_have_lines_of_their_own() -> None:
    """CAT-11: add-ons follow the plan on each invoice, in its order; the setup is apart, for the first one."""
    setup = cast.item(name="setup", prices=(cast.price(amount=cast.usd("25.00")),))
    help_ = cast.addon(name="help", kind=AddonKind.SUPPORT, support=SupportPlan.FULL)
    dear = cast.addon(prices=(cast.price(amount=cast.usd("9.99")),))
    of = evolve(plan(), addons=(help_, dear), setup=setup)
    asked = facts(of=of, addons=("management", "help"))
    assert judges_alike(ORDER, asked, cast.order_terms()) == OrderAccepted(
        priced=(("cloud", cast.HUNDRED), ("help", cast.HUNDRED), ("management", cast.usd("9.99"))),
        setup=(("setup", cast.usd("25.00")),),
    )
    lines = (("addons", "help, management"), ("addons_price", cast.usd("109.99")))
    assert held(asked)["CAT-11"] == (*lines, ("setup", cast.usd("25.00")))
    assert held(facts(of=of))["CAT-11"] == (("setup", cast.usd("25.00")),)
    assert held(facts(of=evolve(of, setup=None), addons=("management", "help")))["CAT-11"] == lines
    assert held(asked)["CAT-8"] == (("support", "full"),)
    assert held(facts(of=of))["CAT-8"] == (("support", "standard"),)
    assert "CAT-11" not in held(facts())


def test_an_addon_is_taken_once() -> None:
    """CAT-11: its line would be one, so twice is a mistake of the caller."""
    with pytest.raises(BadValue) as refused:
        facts(addons=("a", "a"))
    assert refused.value.field == "addons"


def test_what_comes_with_a_plan_is_said() -> None:
    """CAT-1, CAT-4, CAT-6, CAT-9, CAT-10, LIF-9, REN-1: each ground holds where the plan has it, and nowhere else."""
    plain = {"CAT-1", "CAT-2", "CAT-8", "REN-4", "REN-1", "PAY-1", "PAY-15", "REN-7"}
    assert held(facts()).keys() == plain
    assert held(facts(cycle=Once.ONE_TIME)).keys() == plain - {"REN-1"}
    hosting = evolve(plan(), free_domain=(cast.usd("12.50"),), courtesies=(Courtesy.MAIL, Courtesy.WEB_BUILDER))
    said = held(facts(of=hosting))
    assert said.keys() == plain | {"CAT-6", "CAT-9", "CAT-10"}
    assert (said["CAT-6"], said["CAT-9"], said["CAT-10"]) == ((("registration_price", cast.usd("12.50")),), (), ())
    assert said["CAT-1"] == (("product", "cloud_hosting"),)
    assert said["CAT-2"] == (("price", cast.HUNDRED), ("cycle", "monthly"))
    several = held(facts(of=bundle(ProductKind.CHAT_ROOM, ProductKind.HOUSING)))
    assert several.keys() == plain | {"CAT-4", "LIF-9"}
    assert several["CAT-4"] == (("parts", 2),)


def test_what_is_never_given_back_is_said_before() -> None:
    """RFD-1, RFD-2: by its kind, or by the plan's own word for this cycle; one of the two, or none."""
    assert held(facts(kind=ProductKind.IPHONE_APP))["RFD-2"] == ()
    own = evolve(plan(), not_refundable=(Cadence.MONTHLY,))
    assert held(facts(of=own))["RFD-1"] == (("plan", "cloud"), ("cycle", "monthly"))
    assert not {"RFD-1", "RFD-2"} & held(facts(of=own, cycle=Cadence.ANNUAL)).keys()
    never = evolve(own, kind=ProductKind.IPHONE_APP)
    assert {"RFD-1", "RFD-2"} & held(facts(of=never)).keys() == {"RFD-2"}
    mixed = bundle(ProductKind.IPHONE_APP, ProductKind.CHAT_ROOM)
    assert "RFD-2" not in held(facts(of=mixed))


def test_another_currency_has_no_price() -> None:
    """CLI-8: a client is billed in one currency, and a price in another is none."""
    assert whys_of(ORDER.decide(facts(currency=cast.JPY), cast.order_terms())) == (Why.CYCLE_NOT_OFFERED,)


def test_each_item_is_priced() -> None:
    """CAT-11: an add-on is a line of its own; where it has no price in the cycle, the whole plan is not sold so."""
    several = cast.plan(
        items=(cast.CLOUD, cast.item(name="management", prices=(cast.price(amount=cast.usd("20.00")),)))
    )
    asked = OrderFacts(plan=several, cycle=Cadence.MONTHLY, currency=cast.USD, today=cast.ANCHOR)
    assert ORDER.decide(asked, cast.order_terms()) == OrderAccepted(
        priced=(("cloud", cast.HUNDRED), ("management", cast.usd("20.00"))), setup=()
    )
    assert held(asked)["CAT-2"] == (("price", cast.usd("120.00")), ("cycle", "monthly"))
    short = cast.plan(items=(cast.CLOUD, cast.item(name="management", prices=())))
    refused = ORDER.decide(
        OrderFacts(plan=short, cycle=Cadence.MONTHLY, currency=cast.USD, today=cast.ANCHOR), cast.order_terms()
    )
    assert whys_of(refused) == (Why.CYCLE_NOT_OFFERED,)


@given(order_facts(), st.sampled_from(SharedHostingCycles))
def test_an_order_is_explained_as_it_is_decided(asked: OrderFacts, reading: SharedHostingCycles) -> None:
    """CAT-2, CAT-3, CAT-7, CAT-11, REN-4: accepted exactly when nothing speaks against it, each item at its price."""
    of, taken = asked.plan, [each for each in asked.plan.addons if each.id in asked.addons]
    items = [*of.items, *[each.item for each in taken]]
    prices = [item.price(asked.cycle, asked.currency) for item in items]
    holds = {part.kind for part in of.parts} or {of.kind}
    speaks_against = (
        None in prices,
        ProductKind.SHARED_HOSTING in holds and asked.cycle not in SHARED[reading],
        (asked.administration is not None) is not bool(holds & SERVERS),
        (asked.domains > 0) is not (of.kind is DOMAIN),
        of.kind is DOMAIN and asked.cycle not in YEARS,
        len(taken) < len(asked.addons),
        asked.today < of.published or asked.today < of.effective,
    )
    answer = judges_alike(ORDER, asked, cast.order_terms(shared_hosting_cycles=reading))
    assert isinstance(answer, OrderRefused) is any(speaks_against)
    if isinstance(answer, OrderAccepted):
        assert [price for _, price in answer.priced] == prices
        assert [name for name, _ in answer.priced] == [item.name for item in items]
        setup = None if of.setup is None else of.setup.price(asked.cycle, asked.currency)
        assert [price for _, price in answer.setup] == ([] if setup is None else [setup])
