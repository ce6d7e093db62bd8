"""The catalogue in TOML: what it says is what is sold, and what is wrong in it is named by its place."""

from importlib.resources import files
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from altocore.analysis.example import PLANS
from altocore.catalogue.plans import PlanEdition, PlanItem, Price, ProductKind
from altocore.codec.catalogue import catalogue_from_toml
from altocore.codec.plans import plan_edition
from altocore.errors import BadType, BadValue, Misuse
from altocore.testing.strategies import plan_editions
from altocore.values.anchors import Cadence
from altocore.values.ids import PlanId
from altocore.values.money import money

GOOD: Final = """
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
            "must be the name of a cadence, such as monthly",
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
        ("plan = 3", "catalogue, plan", "must be tables, each under [[plan]]"),
        ("plan = [3]", "plan 1", "must be a table"),
        ("plan = [", "catalogue", "not TOML, at end of document"),
        ("[[plan]]\nname = 'a'\nkind = 'cloud_hosting'\nitem = []", "plan 1", "a plan needs at least one item"),
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


@given(st.lists(plan_editions(), min_size=1, max_size=3))
def test_any_plans_can_be_written_and_read(plans: list[PlanEdition]) -> None:
    """What a naive writer writes of plans is read as the same plans, currency by currency."""
    read = catalogue_from_toml(written(plans))
    assert [(each.plan, each.kind) for each in read] == [(f"plan-{n}", each.kind) for n, each in enumerate(plans)]
    for one, other in zip(read, plans, strict=True):
        for mine, theirs in zip(one.items, other.items, strict=True):
            assert mine.name == theirs.name
            assert set(mine.prices) == set(theirs.prices)


@given(st.text(max_size=40))
def test_any_other_text_is_refused(text: str) -> None:
    """One typed error, whatever is given."""
    with pytest.raises(Misuse):
        catalogue_from_toml(f"[[plan]]\nkind = 'cloud_hosting'\n{text}")


def test_the_example_is_read_from_its_file() -> None:
    """The demo's catalogue is a file that a person can read and change."""
    text = files("altocore.analysis").joinpath("example_catalogue.toml").read_text(encoding="utf-8")
    assert [each.plan for each in catalogue_from_toml(text)] == ["shared-start", "cloud-two", "video-500"]
    assert list(PLANS) == ["shared", "cloud", "video"]


def written(plans: list[PlanEdition]) -> str:
    """Return a catalogue of these plans, written line by line."""
    lines: list[str] = []
    for number, plan in enumerate(plans):
        lines += ["[[plan]]", f"name = 'plan-{number}'", f"kind = '{plan.kind.value}'"]
        for item in plan.items:
            lines += ["[[plan.item]]", f"name = {quoted(item.name)}", "[plan.item.prices]"]
            for price in item.prices:
                place = f"{price.amount.currency.code}.{price.cycle.name.lower()}"
                lines.append(f"{place} = '{price.amount.decimal}'")
    return "\n".join(lines)


def quoted(text: str) -> str:
    """Return a TOML basic string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
