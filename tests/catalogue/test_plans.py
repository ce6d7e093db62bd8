"""Plans: what each item costs in a cycle and a currency, or that it is not sold so."""

from typing import Final

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from altocore.catalogue.items import AddonKind, SupportPlan
from altocore.catalogue.kinds import Administration
from altocore.catalogue.plans import (
    Courtesy,
    PlanEdition,
    PlanItem,
    Price,
    ProductKind,
    UpgradeGroup,
    edition_on,
)
from altocore.errors import BadValue, UnknownKey
from altocore.testing.strategies import cycles, plan_editions
from altocore.values.anchors import Cadence
from altocore.values.currencies import Currency
from altocore.values.cycles import CYCLES, Cycle
from altocore.values.days import Day, day
from altocore.values.ids import AddonId, PlanId
from altocore.values.money import Money, money
from tests import cast

CURRENCIES: Final = (cast.USD, cast.JPY, cast.KWD)


@st.composite
def items(draw: st.DrawFn) -> PlanItem:
    """Draw an item with a price for some pairs of cycle and currency, each at most once."""
    pairs = st.tuples(cycles(), st.sampled_from(CURRENCIES))
    sold = draw(st.dictionaries(pairs, st.integers(0, 10**6), max_size=6))
    priced = [Price(cycle=cycle, amount=Money(minor, of)) for (cycle, of), minor in sold.items()]
    return PlanItem(name=draw(st.sampled_from(["cloud", "management", "set"])), prices=tuple(priced))


PLANS: Final = st.lists(items(), min_size=1, max_size=3).map(lambda drawn: cast.plan(items=tuple(drawn)))


@given(items(), cycles(), st.sampled_from(CURRENCIES))
@example(cast.item(), Cadence.MONTHLY, cast.USD)
def test_an_item_costs_what_its_price_for_this_cycle_and_currency_says(
    item: PlanItem, cycle: Cycle, of: Currency
) -> None:
    """CAT-2, CLI-8: the price of exactly this cycle in exactly this currency; nothing is converted, nothing prorated."""
    found = [each.amount for each in item.prices if (each.cycle, each.amount.currency) == (cycle, of)]
    assert item.price(cycle, of) == (found[0] if found else None)


@given(PLANS, cycles(), st.sampled_from(CURRENCIES))
def test_a_plan_is_sold_whole_or_not_at_all(plan: PlanEdition, cycle: Cycle, of: Currency) -> None:
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


@given(plan_editions(), cycles(), st.sampled_from(CURRENCIES))
def test_an_addon_is_a_line_behind_the_items(plan: PlanEdition, cycle: Cycle, of: Currency) -> None:
    """CAT-11: its line follows the items, in the order of the plan; one without a price there takes the whole order along."""
    taken = tuple([each.id for each in reversed(plan.addons)])
    prices = [item.price(cycle, of) for item in (*plan.items, *[each.item for each in plan.addons])]
    found = plan.prices(cycle, of, taken)
    assert [price for _, price in found] == ([] if None in prices else prices)
    assert plan.prices(cycle, of, (AddonId("\N{BULLET}"),)) == plan.prices(cycle, of)


def test_the_setup_is_no_part_of_the_price() -> None:
    """CAT-11: a setup has its own price per cycle; where it has none, nothing is charged for it."""
    setup = cast.item(name="setup", prices=(cast.price(amount=cast.usd("25.00")),))
    plan = cast.plan(items=(cast.item(prices=(cast.price(), cast.price(cycle=Cadence.ANNUAL))),), setup=setup)
    assert plan.setup_price(Cadence.MONTHLY, cast.USD) == ((setup, cast.usd("25.00")),)
    assert plan.setup_price(Cadence.ANNUAL, cast.USD) == ()
    assert cast.plan().setup_price(Cadence.MONTHLY, cast.USD) == ()
    assert plan.list_price(Cadence.MONTHLY, cast.USD) == cast.HUNDRED


@pytest.mark.parametrize(
    ("own", "addons", "found"),
    [
        (SupportPlan.STANDARD, (), SupportPlan.STANDARD),
        (SupportPlan.STANDARD, ("help",), SupportPlan.PROFESSIONAL),
        (SupportPlan.STANDARD, ("gift",), SupportPlan.STANDARD),
        (SupportPlan.FULL, ("help", "gift"), SupportPlan.FULL),
    ],
)
def test_the_best_support_counts(own: SupportPlan, addons: tuple[str, ...], found: SupportPlan) -> None:
    """CAT-8: standard support is in every service; what is taken beside it counts where it is better."""
    help_ = cast.addon(name="help", kind=AddonKind.SUPPORT, support=SupportPlan.PROFESSIONAL)
    plan = cast.plan(support=own, addons=(help_, cast.addon(name="gift")))
    assert plan.support_with([AddonId(each) for each in addons]) is found


def test_a_plan_leads_to_others_by_category() -> None:
    """CAT-5: a listed plan has its category; any other, and the plan itself, has none."""
    groups = (
        UpgradeGroup(category="hosting", plans=(PlanId("cloud-2"), PlanId("cloud-3"))),
        UpgradeGroup(category="servers", plans=(PlanId("vps"),)),
    )
    plan = cast.plan(upgrades=groups)
    targets = ("cloud-3", "vps", "cloud", "dedicated")
    found = [plan.upgrade_category(PlanId(each)) for each in targets]
    assert found == ["hosting", "servers", None, None]


def test_a_free_domain_has_a_known_price() -> None:
    """CAT-6: its registration price by currency; None where no domain comes with the plan."""
    plan = cast.plan(free_domain=(cast.usd("12.50"), money("1500", "JPY")))
    assert plan.registration_price(cast.JPY) == money("1500", "JPY")
    assert plan.registration_price(cast.KWD) is None
    assert cast.plan().registration_price(cast.USD) is None


@given(plan_editions(), cycles())
def test_a_plan_is_refundable_unless_it_or_its_kind_says_otherwise(plan: PlanEdition, cycle: Cycle) -> None:
    """RFD-1, RFD-2: domains, apps and streaming never are, nor is a bundle of nothing else; the rest by the plan's own word."""
    never = {
        "international_domain",
        "android_pwa",
        "android_lite",
        "android_simple",
        "iphone_app",
        "audio_streaming",
        "video_streaming",
    }
    holds = {part.kind.value for part in plan.parts} or {plan.kind.value}
    assert plan.kinds == holds
    assert plan.is_never_refunded is (holds <= never)
    assert plan.is_refundable(cycle) is (not holds <= never and cycle not in plan.not_refundable)


def test_what_a_contract_may_take_of_a_plan() -> None:
    """CAT-7, CAT-11: its own add-ons, and an administrator exactly where there is a server, in a bundle too."""
    hosting = cast.plan(addons=(cast.addon(),))
    vps = cast.plan(kind=ProductKind.VPS)
    both = cast.plan(kind=ProductKind.BUNDLE, parts=(cast.part(), cast.part(kind=ProductKind.DEDICATED_SERVER)))
    known, unknown = (AddonId("management"),), (AddonId("other"),)
    assert [hosting.takes(each, None) for each in ((), known, unknown)] == [True, True, False]
    for plan, is_server in ((hosting, False), (vps, True), (both, True)):
        assert plan.takes((), None) is not is_server
        assert all(plan.takes((), each) is is_server for each in Administration)


MARCH, APRIL, MAY = day(2025, 3, 1), day(2025, 4, 1), day(2025, 5, 1)


@pytest.mark.parametrize(
    ("on", "found"),
    [
        (day(2025, 2, 1), "first"),
        (day(2025, 3, 31), "first"),
        (APRIL, "second"),
        (day(2025, 4, 30), "second"),
        (MAY, "third"),
        (day(2030, 1, 1), "third"),
    ],
)
def test_the_edition_in_force_is_the_latest_published_and_effective(on: Day, found: str) -> None:
    """REN-4: both days must have come, the first of them included; before the first edition it is the first to come."""
    editions = [
        cast.plan(name="third", published=MAY, effective=MARCH),
        cast.plan(name="first", published=MARCH, effective=MARCH),
        cast.plan(name="second", published=MARCH, effective=APRIL),
    ]
    if on >= MAY:
        # Published later with an earlier effect, it follows nothing that took effect after it.
        editions[0] = cast.plan(name="third", published=MAY, effective=APRIL)
    assert edition_on(editions, on).id == found


def test_a_plan_without_editions_is_not_known() -> None:
    """REN-4: nobody can order what no edition says."""
    with pytest.raises(UnknownKey) as refused:
        edition_on([], MARCH)
    assert refused.value.field == "plan"


WEIGHED: Final = cast.part(weight=1)
FAULTY: Final[dict[str, tuple[str, dict[str, object]]]] = {
    "parts of what is no bundle": ("parts", {"parts": (WEIGHED, WEIGHED)}),
    "a bundle of nothing": ("parts", {"kind": ProductKind.BUNDLE}),
    "a bundle of one": ("parts", {"kind": ProductKind.BUNDLE, "parts": (WEIGHED,)}),
    "some weights": ("parts", {"kind": ProductKind.BUNDLE, "parts": (WEIGHED, cast.part())}),
    "no weights": ("parts", {"kind": ProductKind.BUNDLE, "parts": (cast.part(), cast.part(prices=()))}),
    "weights of nothing": ("parts", {"kind": ProductKind.BUNDLE, "parts": (cast.part(weight=0), cast.part(weight=0))}),
    "an add-on twice": ("addons", {"addons": (cast.addon(), cast.addon())}),
    "management of no server": ("addons", {"addons": (cast.addon(kind=AddonKind.SERVER_MANAGEMENT),)}),
    "itself": ("upgrades", {"upgrades": (UpgradeGroup(category="a", plans=(PlanId("cloud"),)),)}),
    "a target twice": ("upgrades", {"upgrades": (UpgradeGroup(category="a", plans=(PlanId("b"), PlanId("b"))),)}),
    "a category twice": ("upgrades", {"upgrades": (UpgradeGroup(category="a", plans=()),) * 2}),
    "a domain without hosting": ("free_domain", {"kind": ProductKind.VPS, "free_domain": (cast.HUNDRED,)}),
    "two domains": ("free_domain", {"free_domain": (cast.HUNDRED, cast.HUNDRED)}),
    "a negative domain": ("free_domain", {"free_domain": (cast.usd("-0.01"),)}),
    "a domain in another currency": ("free_domain", {"free_domain": (money("1", "JPY"),)}),
    "a courtesy twice": ("courtesies", {"courtesies": (Courtesy.MAIL, Courtesy.MAIL)}),
    "a builder for resellers": (
        "courtesies",
        {"kind": ProductKind.RESELLER_HOSTING, "courtesies": (Courtesy.WEB_BUILDER,)},
    ),
    "mail of a server": ("courtesies", {"kind": ProductKind.VPS, "courtesies": (Courtesy.MAIL,)}),
    "standard support, sold": ("support", {"kind": ProductKind.SUPPORT_PLAN}),
    "a cycle twice": ("not_refundable", {"not_refundable": (Cadence.ANNUAL, Cadence.ANNUAL)}),
}


@pytest.mark.parametrize(("field", "changed"), FAULTY.values(), ids=FAULTY.keys())
def test_an_edition_that_does_not_fit_together_is_refused(field: str, changed: dict[str, object]) -> None:
    """CAT-5 to CAT-11, LIF-9: each fault is told by its field when the edition is made."""
    with pytest.raises(BadValue) as refused:
        attrs.evolve(cast.plan(), **changed)  # type: ignore[arg-type]  # each field is changed by a value of its own type
    assert refused.value.field == field


def test_a_support_addon_and_no_other_brings_support() -> None:
    """CAT-8, CAT-11: an add-on that is called support and brings none is refused, and so is a gift that brings it."""
    for kind, support in ((AddonKind.SUPPORT, SupportPlan.STANDARD), (AddonKind.OTHER, SupportPlan.FULL)):
        with pytest.raises(BadValue) as refused:
            cast.addon(kind=kind, support=support)
        assert refused.value.field == "support"


def test_the_cycles_that_are_sold() -> None:
    """CAT-2: cycles of 1, 3, 6, 12, 24 and 36 months, and once."""
    assert {cycle.name: cycle.value for cycle in CYCLES} == {
        "MONTHLY": 1,
        "QUARTERLY": 3,
        "SEMIANNUAL": 6,
        "ANNUAL": 12,
        "BIENNIAL": 24,
        "TRIENNIAL": 36,
        "ONE_TIME": "one_time",
    }
