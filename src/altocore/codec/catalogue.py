"""The catalogue as people write it: plans, items and prices in TOML, read strictly, with a fault that names its place.

    [[plan]]
    name = "cloud-two"
    kind = "cloud_hosting"

    [[plan.item]]
    name = "Cloud hosting Two"
    prices.ARS.monthly = "21500.50"
    prices.USD.monthly = "19.90"

A price is a text, for a TOML number with a point is a float and no amount of money. A place is counted from 1:
`plan 1, item 1, prices.ARS.monthly`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from altocore.catalogue.plans import PlanEdition, PlanItem, Price, ProductKind
from altocore.codec.plans import plan_edition
from altocore.codec.scalars import read_cadence
from altocore.codec.toml import parse_toml
from altocore.errors import BadValue, Misuse
from altocore.values.anchors import Cadence
from altocore.values.currencies import currency
from altocore.values.ids import PlanId
from altocore.values.money import Money, money
from altocore.values.texts import line

__all__ = ["catalogue_from_toml"]

_TOP: Final = "catalogue"

_named: Final = line("name")

_KINDS: Final = {kind.value: kind for kind in ProductKind}


def catalogue_from_toml(text: str) -> tuple[PlanEdition, ...]:
    """Return the editions of the plans that this TOML document says, in its order; each id is derived from what it says.

    Raises:
        BadType: not a str.
        BadValue: not TOML, or a field is missing, unknown or refused, or a plan is there twice; the field is named by its
            place, and what stands there is not repeated.
    """
    content = parse_toml(text, _TOP)
    _only(content, {"plan"}, _TOP)
    plans = tuple([_plan(each, f"plan {number}") for number, each in enumerate(_list(content, "plan", _TOP), 1)])
    seen: set[str] = set()
    for number, plan in enumerate(plans, 1):
        if plan.plan in seen:
            raise BadValue(f"plan {number}, name", "is there twice")
        seen.add(plan.plan)
    return plans


def _plan(given: object, place: str) -> PlanEdition:
    table = _table(given, place)
    _only(table, {"name", "kind", "item"}, place)
    name, kind = _text(table, "name", place), _text(table, "kind", place)
    with _placed(f"{place}, name"):
        _named(None, None, name)
    items = [_item(each, f"{place}, item {number}") for number, each in enumerate(_list(table, "item", place), 1)]
    if kind not in _KINDS:
        raise BadValue(f"{place}, kind", "not one of the product kinds")
    with _placed(place):
        return plan_edition(PlanId(name), _KINDS[kind], items)


def _item(given: object, place: str) -> PlanItem:
    table = _table(given, place)
    _only(table, {"name", "prices"}, place)
    name = _text(table, "name", place)
    prices = _table(_field(table, "prices", place), f"{place}, prices")
    priced = [price for code, cycles in prices.items() for price in _prices(code, cycles, f"{place}, prices.{code}")]
    with _placed(place):
        return PlanItem(name=name, prices=tuple(priced))


def _prices(code: str, given: object, place: str) -> Iterator[Price]:
    with _placed(place):
        currency(code)
    for cycle, amount in _table(given, place).items():
        with _placed(f"{place}.{cycle}"):
            yield Price(cycle=read_cadence(cycle, Cadence), amount=_amount(amount, code))


def _amount(given: object, code: str) -> Money:
    if type(given) is not str:
        raise BadValue("amount", 'must be a text, such as "19.90"')
    return money(given, code)


def _table(given: object, place: str) -> dict[str, object]:
    if not isinstance(given, dict):
        raise BadValue(place, "must be a table")
    return given


def _list(table: dict[str, object], key: str, place: str) -> list[object]:
    found = _field(table, key, place)
    if not isinstance(found, list):
        raise BadValue(f"{place}, {key}", f"must be tables, each under [[{key}]]")
    return found


def _text(table: dict[str, object], key: str, place: str) -> str:
    found = _field(table, key, place)
    if not isinstance(found, str):
        raise BadValue(f"{place}, {key}", "must be a text")
    return found


def _field(table: dict[str, object], key: str, place: str) -> object:
    if key not in table:
        raise BadValue(f"{place}, {key}", "is missing")
    return table[key]


def _only(table: dict[str, object], known: set[str], place: str) -> None:
    unknown = sorted(table.keys() - known)
    if unknown:
        raise BadValue(f"{place}, {unknown[0]}", "no such field")


@contextmanager
def _placed(place: str) -> Iterator[None]:
    """Name the place of what a constructor or a reader refuses, which knows only its own field."""
    try:
        yield
    except Misuse as fault:
        problem = fault.problem
    else:
        return
    raise BadValue(place, problem)
