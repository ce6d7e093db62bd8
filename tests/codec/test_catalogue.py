"""The catalogue in TOML: what it says is what is sold, and what is wrong in it is named by its place."""

from importlib.resources import files
from typing import Final

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from altocore.analysis.example import PLANS
from altocore.catalogue.items import AddonKind, SupportPlan
from altocore.catalogue.plans import Courtesy, PlanEdition, PlanItem, Price, ProductKind, UpgradeGroup
from altocore.codec.catalogue import catalogue_from_toml
from altocore.codec.plans import plan_edition
from altocore.errors import BadType, BadValue, Misuse
from altocore.testing.strategies import plan_editions
from altocore.values.anchors import Cadence
from altocore.values.cycles import Once
from altocore.values.days import day
from altocore.values.ids import AddonId, EditionId, PlanId
from altocore.values.money import money
from tests import cast

GOOD: Final = """
published = "2025-01-01"

[[plan]]
name = "cloud-two"
kind = "cloud_hosting"

[[plan.item]]
name = "Cloud hosting Two"
prices.ARS.monthly = "21500.50"
prices.USD.monthly = "19.90"

[[plan.item]]
name = "Mail filter"
prices.ARS.monthly = "0"
prices.USD.monthly = "0.01"

[[plan]]
name = "radio"
kind = "video_streaming"

[[plan.item]]
name = "Radio"
prices.JPY.triennial = "90000"
"""


def test_a_catalogue_says_what_is_sold() -> None:
    """CAT-2: each plan with its kind, its items in their order, and the price of each cycle in each currency."""
    cloud, radio = catalogue_from_toml(GOOD)
    assert cloud == plan_edition(
        PlanId("cloud-two"),
        ProductKind.CLOUD_HOSTING,
        (
            PlanItem(
                name="Cloud hosting Two",
                prices=(
                    Price(cycle=Cadence.MONTHLY, amount=money("21500.50", "ARS")),
                    Price(cycle=Cadence.MONTHLY, amount=money("19.90", "USD")),
                ),
            ),
            PlanItem(
                name="Mail filter",
                prices=(
                    Price(cycle=Cadence.MONTHLY, amount=money("0", "ARS")),
                    Price(cycle=Cadence.MONTHLY, amount=money("0.01", "USD")),
                ),
            ),
        ),
        published=cast.FOUNDED,
        effective=cast.FOUNDED,
    )
    assert radio.list_price(Cadence.TRIENNIAL, money("1", "JPY").currency) == money("90000", "JPY")


def test_the_same_text_has_the_same_ids() -> None:
    """An edition's id is derived from what it says: comments and spaces say nothing, a cent does."""
    once, again = catalogue_from_toml(GOOD), catalogue_from_toml(f"# as before\n\n{GOOD}\n")
    assert [each.id for each in once] == [each.id for each in again]
    dearer = catalogue_from_toml(GOOD.replace("19.90", "19.91"))
    assert [a.id == b.id for a, b in zip(once, dearer, strict=True)] == [False, True]


@pytest.mark.parametrize(
    ("old", "new", "field", "problem"),
    [
        ('"19.90"', '"19.905"', "plan 1, item 1, prices.USD.monthly", "USD has 2 decimals"),
        ('"19.90"', "19.90", "plan 1, item 1, prices.USD.monthly", 'must be a text, such as "19.90"'),
        ('"19.90"', "true", "plan 1, item 1, prices.USD.monthly", 'must be a text, such as "19.90"'),
        ('"19.90"', '"-1"', "plan 1, item 1, prices.USD.monthly", "a price must not be negative"),
        ('"90000"', '"90000.5"', "plan 2, item 1, prices.JPY.triennial", "JPY has 0 decimals"),
        ("USD.monthly", "XXZ.monthly", "plan 1, item 1, prices.XXZ", "not an ISO 4217 currency code"),
        (
            "ARS.monthly",
            "ARS.weekly",
            "plan 1, item 1, prices.ARS.weekly",
            "must be the name of a cycle, such as monthly or one_time",
        ),
        ("prices.JPY.triennial", "prices.JPY", "plan 2, item 1, prices.JPY", "must be a table"),
        ("prices.JPY.triennial", "prices", "plan 2, item 1, prices", "must be a table"),
        ("prices.JPY.triennial", "cost", "plan 2, item 1, cost", "no such field"),
        ('prices.JPY.triennial = "90000"', "", "plan 2, item 1, prices", "is missing"),
        ('"Radio"', '" "', "plan 2, item 1", "must not be blank"),
        ('"radio"', '""', "plan 2, name", "must not be blank"),
        ('"radio"', "7", "plan 2, name", "must be a text"),
        ('"radio"', '"cloud-two"', "plan 2, name", "is there twice"),
        ('name = "radio"\n', "", "plan 2, name", "is missing"),
        ('kind = "video_streaming"\n', "", "plan 2, kind", "is missing"),
        ('"video_streaming"', '"video"', "plan 2, kind", "not one of the product kinds"),
        ("kind = ", "sort = ", "plan 1, sort", "no such field"),
        ("[[plan.item]]", "[[plan.items]]", "plan 1, items", "no such field"),
    ],
)
def test_what_is_wrong_is_named_by_its_place(old: str, new: str, field: str, problem: str) -> None:
    """Counted from 1, with the item and the price; nothing of what stands there is repeated but the fields' names."""
    assert old in GOOD
    with pytest.raises(BadValue) as refused:
        catalogue_from_toml(GOOD.replace(old, new))
    assert (refused.value.field, refused.value.problem) == (field, problem)


@pytest.mark.parametrize(
    ("text", "field", "problem"),
    [
        ("", "catalogue, plan", "is missing"),
        ("published = 3\n[[plan]]\nname = 'a'\nkind = 'vps'\nitem = []", "plan 1, published", "must be a text"),
        ("plan = 3", "catalogue, plan", "must be tables, each under [[plan]]"),
        ("plan = [3]", "plan 1", "must be a table"),
        ("plan = [", "catalogue", "not TOML, at end of document"),
        ("[[plan]]\nname = 'a'\nkind = 'vps'\nitem = []", "plan 1, published", "is missing"),
        (
            "published = '2025-01-01'\n[[plan]]\nname = 'a'\nkind = 'vps'\nitem = []",
            "plan 1",
            "a plan needs at least one item",
        ),
        ("[[shop]]", "catalogue, shop", "no such field"),
    ],
)
def test_what_is_no_catalogue_is_told(text: str, field: str, problem: str) -> None:
    """Empty, of another shape, or no TOML at all."""
    with pytest.raises(BadValue) as refused:
        catalogue_from_toml(text)
    assert (refused.value.field, refused.value.problem) == (field, problem)


def test_a_catalogue_is_a_text() -> None:
    """Bytes are refused, as everywhere."""
    with pytest.raises(BadType, match="catalogue: must be a str holding TOML"):
        catalogue_from_toml(GOOD.encode())  # type: ignore[arg-type]  # on purpose


@given(st.lists(plan_editions().filter(lambda plan: not plan.parts), min_size=1, max_size=3))
def test_any_plans_can_be_written_and_read(plans: list[PlanEdition]) -> None:
    """CAT-1 to CAT-11: what a naive writer writes of plans, field by field, is read as the same plans."""
    named = [with_plain_names(plan, number) for number, plan in enumerate(plans)]
    read = catalogue_from_toml(written(named))
    assert [sorted_out(each) for each in read] == [sorted_out(each) for each in named]


@given(st.text(max_size=40))
def test_any_other_text_is_refused(text: str) -> None:
    """One typed error, whatever is given."""
    with pytest.raises(Misuse):
        catalogue_from_toml(f"[[plan]]\nkind = 'cloud_hosting'\n{text}")


def test_the_example_is_read_from_its_file() -> None:
    """The demo's catalogue is a file that a person can read and change."""
    text = files("altocore.analysis").joinpath("example_catalogue.toml").read_text(encoding="utf-8")
    plans = catalogue_from_toml(text)
    assert {each.plan: each for each in plans} == PLANS
    assert {each.kind for each in plans} == set(ProductKind)
    assert {of.code for each in plans for _, of in each.sold} == {"ARS", "USD", "CLP"}


WHOLE: Final = """
published = "2025-01-01"
effective = "2025-02-01"

[[plan]]
name = "start"
kind = "shared_hosting"
published = "2024-12-01"
courtesies = ["web_builder", "mail"]
not_refundable = ["one_time"]
free_domain.USD = "12.50"

[[plan.item]]
name = "Start"
prices.USD.annual = "80.00"
prices.USD.one_time = "100.00"

[[plan.upgrade]]
category = "Servers"
plans = ["vps"]

[[plan]]
name = "vps"
kind = "vps"
effective = "2025-03-01"

[[plan.item]]
name = "VPS"
prices.USD.annual = "500.00"

[plan.setup]
name = "Installation"
prices.USD.annual = "25.00"

[[plan.addon]]
id = "help"
kind = "support"
support = "full"
name = "Full support"
prices.USD.annual = "300.00"

[[plan]]
name = "both"
kind = "bundle"

[[plan.item]]
name = "Both"
prices.USD.annual = "550.00"

[[plan.part]]
plan = "start"

[[plan.part]]
plan = "vps"
"""


def test_everything_that_a_plan_can_say_is_read() -> None:
    """CAT-2, CAT-5 to CAT-11, LIF-9: days, setup, add-ons, upgrades, domain, courtesies; a bundle keeps its parts' prices."""
    start, vps, both = catalogue_from_toml(WHOLE)
    assert (start.published, start.effective) == (day(2024, 12, 1), day(2025, 2, 1))
    assert (vps.published, vps.effective) == (day(2025, 1, 1), day(2025, 3, 1))
    assert start.courtesies == (Courtesy.WEB_BUILDER, Courtesy.MAIL)
    assert start.not_refundable == (Once.ONE_TIME,)
    assert start.free_domain == (money("12.50", "USD"),)
    assert start.list_price(Once.ONE_TIME, cast.USD) == cast.HUNDRED
    assert start.upgrades == (UpgradeGroup(category="Servers", plans=(PlanId("vps"),)),)
    assert vps.setup_price(Cadence.ANNUAL, cast.USD) == ((vps.setup, cast.usd("25.00")),)
    (support,) = vps.addons
    assert (support.id, support.kind, support.support) == ("help", AddonKind.SUPPORT, SupportPlan.FULL)
    assert [(part.plan, part.name, part.kind, part.weight) for part in both.parts] == [
        ("start", "Start", ProductKind.SHARED_HOSTING, None),
        ("vps", "VPS", ProductKind.VPS, None),
    ]
    assert both.parts[0].prices == start.items[0].prices


@pytest.mark.parametrize(
    ("old", "new", "field", "problem"),
    [
        ('"2024-12-01"', '"yesterday"', "plan 1, published", None),
        ('"2025-03-01"', "2025-03-01", "plan 2, effective", "must be a text"),
        ('["web_builder", "mail"]', '["web_builder", "ftp"]', "plan 1, courtesies 2", "not one of the courtesies"),
        ('["web_builder", "mail"]', "[7]", "plan 1, courtesies 1", "must be a text"),
        ('["web_builder", "mail"]', '"mail"', "plan 1, courtesies", "must be a list of texts"),
        ('["one_time"]', '["twice"]', "plan 1, not_refundable 1", None),
        ("free_domain.USD", "free_domain.XXZ", "plan 1, free_domain.XXZ", None),
        ("free_domain.USD", "free_domain.ARS", "plan 1", "needs a price in each currency that the plan is sold in"),
        ('"12.50"', "12.5", "plan 1, free_domain.USD", 'must be a text, such as "19.90"'),
        ('category = "Servers"', 'category = ""', "plan 1, upgrade 1, category", "must not be blank"),
        ('plans = ["vps"]', 'plans = ["start"]', "plan 1", "a plan or a category twice, or the plan itself"),
        ('prices.USD.annual = "25.00"', "prices = 3", "plan 2, setup, prices", "must be a table"),
        ('id = "help"', 'id = " "', "plan 2, addon 1, id", "must not be blank"),
        ('kind = "support"', 'kind = "gift"', "plan 2, addon 1, kind", "not one of the kinds of add-ons"),
        ('support = "full"', 'support = "best"', "plan 2, addon 1, support", "not one of the support plans"),
        (
            'prices.USD.annual = "300.00"',
            'prices.USD.annual = "300.001"',
            "plan 2, addon 1, prices.USD.annual",
            "USD has 2 decimals",
        ),
        ('plan = "vps"', 'plan = "both"', "plan 3, part 2, plan", "no plan above has this name"),
        ('plan = "vps"', 'plan = "vps"\nweight = "3"', "plan 3, part 2, weight", "must be a whole number"),
        ('plan = "vps"', 'plan = "vps"\nweight = true', "plan 3, part 2, weight", "must be a whole number"),
        ('plan = "vps"', 'plan = "vps"\nweight = 3', "plan 3", "either all have a weight or none"),
        ('plan = "vps"', 'plan = "vps"\ncolour = 3', "plan 3, part 2, colour", "no such field"),
    ],
)
def test_what_is_wrong_beside_the_items_is_named_by_its_place(
    old: str, new: str, field: str, problem: str | None
) -> None:
    """CAT-2, CAT-5 to CAT-11: each list counts from 1; a fault of the whole plan is named by the plan."""
    assert old in WHOLE
    with pytest.raises(BadValue) as refused:
        catalogue_from_toml(WHOLE.replace(old, new))
    assert refused.value.field == field
    assert problem in {refused.value.problem, None}


def with_plain_names(plan: PlanEdition, number: int) -> PlanEdition:
    """Return a plan whose own names are words: an id in a document may be odder than people write."""
    addons = [evolve(each, id=AddonId(f"addon-{n}")) for n, each in enumerate(plan.addons)]
    groups = [
        evolve(group, plans=tuple([PlanId(f"{n}-{at}") for at in range(len(group.plans))]))
        for n, group in enumerate(plan.upgrades)
    ]
    return evolve(plan, plan=PlanId(f"plan-{number}"), addons=tuple(addons), upgrades=tuple(groups))


def sorted_out(plan: PlanEdition) -> tuple[object, ...]:
    """Return what a plan says, its prices without an order: TOML gathers them by currency."""
    setup = None if plan.setup is None else flat(plan.setup)
    addons = [(each.id, each.kind, each.support, flat(each.item)) for each in plan.addons]
    said = evolve(plan, id=EditionId(""), setup=None, addons=(), items=(cast.CLOUD,), free_domain=())
    return said, [flat(item) for item in plan.items], setup, addons, set(plan.free_domain)


def flat(item: PlanItem) -> tuple[str, frozenset[Price]]:
    """Return an item's name and its prices."""
    return item.name, frozenset(item.prices)


def written(plans: list[PlanEdition]) -> str:
    """Return a catalogue of these plans, written line by line."""
    lines: list[str] = []
    for number, plan in enumerate(plans):
        lines += [
            "[[plan]]",
            f"name = 'plan-{number}'",
            f"kind = '{plan.kind.value}'",
            f"published = '{plan.published.isoformat()}'",
            f"effective = '{plan.effective.isoformat()}'",
            f"support = '{plan.support.value}'",
            f"courtesies = [{', '.join(quoted(each.value) for each in plan.courtesies)}]",
            f"not_refundable = [{', '.join(quoted(each.name.lower()) for each in plan.not_refundable)}]",
            *[f"free_domain.{each.currency.code} = '{each.decimal}'" for each in plan.free_domain],
        ]
        for item in plan.items:
            lines += ["[[plan.item]]", *priced(item)]
        if plan.setup is not None:
            lines += ["[plan.setup]", *priced(plan.setup)]
        for addon in plan.addons:
            says = [f"id = {quoted(addon.id)}", f"kind = '{addon.kind.value}'", f"support = '{addon.support.value}'"]
            lines += ["[[plan.addon]]", *says, *priced(addon.item)]
        for group in plan.upgrades:
            targets = ", ".join(quoted(each) for each in group.plans)
            lines += ["[[plan.upgrade]]", f"category = {quoted(group.category)}", f"plans = [{targets}]"]
    return "\n".join(lines)


def priced(item: PlanItem) -> list[str]:
    """Return the lines of an item's name and prices."""
    lines = [f"name = {quoted(item.name)}", "prices = {}"] if not item.prices else [f"name = {quoted(item.name)}"]
    for price in item.prices:
        place = f"{price.amount.currency.code}.{price.cycle.name.lower()}"
        lines.append(f"prices.{place} = '{price.amount.decimal}'")
    return lines


def quoted(text: str) -> str:
    """Return a TOML basic string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
