"""The catalogue as people write it: plans, items and prices in TOML, read strictly, with a fault that names its place.

    published = "2025-01-01"

    [[plan]]
    name = "vps-4"
    kind = "vps"

    [[plan.item]]
    name = "VPS 4"
    prices.ARS.monthly = "41500.50"
    prices.USD.monthly = "39.90"

    [plan.setup]
    name = "Installation"
    prices.USD.monthly = "25.00"

    [[plan.addon]]
    id = "management"
    kind = "server_management"
    name = "Server management"
    prices.USD.monthly = "20.00"

A price is a text, for a TOML number with a point is a float and no amount of money. A place is counted from 1:
`plan 1, item 1, prices.ARS.monthly`. A part of a bundle names a plan that stands above the bundle in the same document; what
that plan is called and costs there goes into the bundle, and stays.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import Enum
from typing import Final, TypeVar

from altocore.catalogue.bundles import Part
from altocore.catalogue.items import Addon, AddonKind, PlanItem, Price, SupportPlan
from altocore.catalogue.kinds import ProductKind
from altocore.catalogue.plans import Courtesy, PlanEdition, UpgradeGroup
from altocore.codec.plans import plan_edition
from altocore.codec.scalars import read_cycle
from altocore.codec.toml import parse_toml
from altocore.errors import BadValue, Misuse
from altocore.values.currencies import currency
from altocore.values.cycles import Cycle
from altocore.values.days import Day, parse_day
from altocore.values.ids import AddonId, PlanId
from altocore.values.money import Money, money
from altocore.values.texts import line

__all__ = ["catalogue_from_toml"]

_TOP: Final = "catalogue"
_DAYS: Final = ("published", "effective")

_PLAN: Final = {
    "name",
    "kind",
    *_DAYS,
    "item",
    "setup",
    "addon",
    "part",
    "upgrade",
    "free_domain",
    "courtesies",
    "support",
    "not_refundable",
}

_named: Final = line("name")

E = TypeVar("E", bound=Enum)


def catalogue_from_toml(text: str) -> tuple[PlanEdition, ...]:
    """Return the editions of the plans that this TOML document says, in its order; each id is derived from what it says.

    `published` and `effective` stand at the top, for all plans, or in a plan for itself; what has no `effective` takes effect
    on the day on which it is published.

    Raises:
        BadType: not a str.
        BadValue: not TOML, or a field is missing, unknown or refused, or a plan is there twice; the field is named by its
            place, and what stands there is not repeated.
    """
    content = parse_toml(text, _TOP)
    _only(content, {"plan", *_DAYS}, _TOP)
    shared: dict[str, object] = {key: content[key] for key in _DAYS if key in content}
    plans: dict[str, PlanEdition] = {}
    for number, each in enumerate(_list(content, "plan", _TOP), 1):
        read = _plan(each, f"plan {number}", shared, plans)
        if read.plan in plans:
            raise BadValue(f"plan {number}, name", "is there twice")
        plans[read.plan] = read
    return tuple(plans.values())


def _plan(given: object, place: str, shared: dict[str, object], above: Mapping[str, PlanEdition]) -> PlanEdition:
    table = _table(given, place)
    _only(table, _PLAN, place)
    name, kind = _text(table, "name", place), _text(table, "kind", place)
    with _placed(f"{place}, name"):
        _named(None, None, name)
    items = [_item(each, f"{place}, item {n}") for n, each in enumerate(_list(table, "item", place), 1)]
    is_of = _member(kind, ProductKind, f"{place}, kind", "not one of the product kinds")
    published, effective = _days(shared | table, place)
    setup = _item(table["setup"], f"{place}, setup") if "setup" in table else None
    addons = [_addon(each, f"{place}, addon {n}") for n, each in _each(table, "addon", place)]
    parts = [_part(each, f"{place}, part {n}", above) for n, each in _each(table, "part", place)]
    upgrades = [_upgrade(each, f"{place}, upgrade {n}") for n, each in _each(table, "upgrade", place)]
    free_domain = [*_amounts(table.get("free_domain", {}), f"{place}, free_domain")]
    courtesies = [_courtesy(each, where) for each, where in _texts(table, "courtesies", place)]
    not_refundable = [_cycle(each, where) for each, where in _texts(table, "not_refundable", place)]
    support = _support(table, place)
    with _placed(place):
        return plan_edition(
            PlanId(name),
            is_of,
            items,
            published=published,
            effective=effective,
            setup=setup,
            addons=addons,
            parts=parts,
            upgrades=upgrades,
            free_domain=free_domain,
            courtesies=courtesies,
            support=support,
            not_refundable=not_refundable,
        )


def _days(table: dict[str, object], place: str) -> tuple[Day, Day]:
    """Return the day on which a plan is made known, and the one from which it can be ordered."""
    published = _day(table, "published", place)
    return published, _day(table, "effective", place) if "effective" in table else published


def _day(table: dict[str, object], key: str, place: str) -> Day:
    text = _text(table, key, place)
    with _placed(f"{place}, {key}"):
        return parse_day(text)


def _item(given: object, place: str) -> PlanItem:
    table = _table(given, place)
    _only(table, {"name", "prices"}, place)
    return _priced(table, place)


def _priced(table: dict[str, object], place: str) -> PlanItem:
    name = _text(table, "name", place)
    prices = _table(_field(table, "prices", place), f"{place}, prices")
    priced = [price for code, cycles in prices.items() for price in _prices(code, cycles, f"{place}, prices.{code}")]
    with _placed(place):
        return PlanItem(name=name, prices=tuple(priced))


def _addon(given: object, place: str) -> Addon:
    table = _table(given, place)
    _only(table, {"id", "kind", "name", "prices", "support"}, place)
    addon, kind = _text(table, "id", place), _text(table, "kind", place)
    is_of = _member(kind, AddonKind, f"{place}, kind", "not one of the kinds of add-ons")
    with _placed(f"{place}, id"):
        _named(None, None, addon)
    item, support = _priced(table, place), _support(table, place)
    with _placed(place):
        return Addon(id=AddonId(addon), kind=is_of, item=item, support=support)


def _part(given: object, place: str, above: Mapping[str, PlanEdition]) -> Part:
    table = _table(given, place)
    _only(table, {"plan", "weight"}, place)
    plan = above.get(_text(table, "plan", place))
    if plan is None:
        raise BadValue(f"{place}, plan", "no plan above has this name")
    listed = [Price(cycle=cycle, amount=plan.list_price(cycle, of)) for cycle, of in plan.sold]
    weight = _weight(table, place)
    with _placed(place):
        return Part(plan=plan.plan, name=plan.items[0].name, kind=plan.kind, prices=tuple(listed), weight=weight)


def _weight(table: dict[str, object], place: str) -> int | None:
    weight = table.get("weight")
    if weight is not None and type(weight) is not int:
        raise BadValue(f"{place}, weight", "must be a whole number")
    return weight


def _upgrade(given: object, place: str) -> UpgradeGroup:
    table = _table(given, place)
    _only(table, {"category", "plans"}, place)
    category, plans = _text(table, "category", place), [each for each, _ in _texts(table, "plans", place)]
    with _placed(f"{place}, category"):
        return UpgradeGroup(category=category, plans=tuple([PlanId(each) for each in plans]))


def _courtesy(text: str, place: str) -> Courtesy:
    return _member(text, Courtesy, place, "not one of the courtesies")


def _cycle(text: str, place: str) -> Cycle:
    with _placed(place):
        return read_cycle(text, Cycle)


def _support(table: dict[str, object], place: str) -> SupportPlan:
    if "support" not in table:
        return SupportPlan.STANDARD
    text = _text(table, "support", place)
    return _member(text, SupportPlan, f"{place}, support", "not one of the support plans")


def _member(text: str, kind: type[E], place: str, problem: str) -> E:
    """Return the member with this value."""
    for member in kind:
        if member.value == text:
            return member
    raise BadValue(place, problem)


def _prices(code: str, given: object, place: str) -> Iterator[Price]:
    with _placed(place):
        currency(code)
    for cycle, amount in _table(given, place).items():
        with _placed(f"{place}.{cycle}"):
            yield Price(cycle=read_cycle(cycle, Cycle), amount=_amount(amount, code))


def _amounts(given: object, place: str) -> Iterator[Money]:
    for code, amount in _table(given, place).items():
        with _placed(f"{place}.{code}"):
            yield _amount(amount, code)


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


def _each(table: dict[str, object], key: str, place: str) -> Iterator[tuple[int, object]]:
    """Yield the tables under a key that may be missing, counted from 1."""
    yield from enumerate(_list(table, key, place) if key in table else [], 1)


def _texts(table: dict[str, object], key: str, place: str) -> Iterator[tuple[str, str]]:
    """Yield the texts of a list that may be missing, each with its place."""
    found = table.get(key, [])
    if not isinstance(found, list):
        raise BadValue(f"{place}, {key}", "must be a list of texts")
    for number, each in enumerate(found, 1):
        if not isinstance(each, str):
            raise BadValue(f"{place}, {key} {number}", "must be a text")
        yield each, f"{place}, {key} {number}"


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
