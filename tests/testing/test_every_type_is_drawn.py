"""Every public type has its strategy: none can be forgotten, and each draws the very type it is registered for."""

import sys
from collections.abc import Iterator
from enum import Enum
from importlib import import_module
from pkgutil import walk_packages
from typing import Final, NewType

import attrs
import pendulum
import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

import altocore
from altocore.billing.invoices import Line
from altocore.billing.payments import Payment
from altocore.billing.standing import Standing
from altocore.catalogue.plans import Price
from altocore.terms.reasons import Why
from altocore.testing.strategies import every_type, register
from altocore.values.anchors import Cadence
from altocore.values.currencies import currency
from altocore.values.days import Day
from altocore.values.ids import ClientId
from altocore.values.instants import Instant
from altocore.values.money import Money

FLOORS: Final = ("values", "catalogue", "clients", "terms", "billing", "lifecycle", "policy", "plans")

TABLES: Final = "a table of the code, with functions in it: nothing to draw, import the one that is meant"
ANSWERS: Final = "what a judgement answers: draw facts and terms, and ask it with `answers`"
TRACES: Final = "made by `trace` from a judgement and its facts, and meaningless without them"

EXEMPT: Final[dict[str, str]] = {
    "Check": TABLES,
    "Ground": TABLES,
    "Judgement": TABLES,
    "Machine": TABLES,
    "Move": TABLES,
    "Illegal": "what a machine says of a pair that is no move: ask it",
    "Row": TRACES,
    "Trace": TRACES,
    "Verdict": "the guard's own yes, of which there is one",
}
"""The public types that are not drawn, each with the reason; the answers of `policy` are exempt as a kind."""


def modules() -> Iterator[str]:
    """Yield the name of every module of the floors."""
    for found in walk_packages(altocore.__path__, "altocore."):
        if found.name.split(".")[1] in FLOORS:
            import_module(found.name)
            yield found.name


def public() -> Iterator[tuple[str, str, object]]:
    """Yield the module, the name and the value of every public type: classes of attrs, enums, types made of others."""
    for module in modules():
        for name in getattr(sys.modules[module], "__all__", ()):
            value = getattr(sys.modules[module], name)
            is_type = isinstance(value, type) and (attrs.has(value) or issubclass(value, Enum))
            if is_type or isinstance(value, NewType):
                yield module, name, value


def is_answer(module: str, name: str) -> bool:
    """Say whether this is what a judgement answers: every class of the policy that is no facts."""
    return module.startswith("altocore.policy.") and not name.endswith("Facts")


def test_no_public_type_is_forgotten() -> None:
    """A new type has its strategy, or stands among the exempt ones with a reason."""
    drawn = every_type()
    missing = {name for module, name, value in public() if value not in drawn and not is_answer(module, name)}
    assert missing == set(EXEMPT)


def test_the_exempt_types_are_public_and_not_drawn() -> None:
    """An exemption that nobody needs any more is taken out."""
    drawn = every_type()
    assert not any(value in drawn for module, name, value in public() if name in EXEMPT or is_answer(module, name))
    assert all(reason.strip() for reason in (*EXEMPT.values(), ANSWERS))


def test_nothing_is_registered_that_is_not_public() -> None:
    """What is drawn is what the floors offer."""
    assert {value for _, _, value in public()} >= set(every_type())


def named(kind: type[object]) -> str:
    """Return a type's name."""
    return kind.__name__


def drawn_as(kind: type[object]) -> type[object]:
    """Return the class of what is drawn for a type: of a type made of another, that other."""
    made: object = getattr(kind, "__supertype__", kind)
    assert isinstance(made, type)
    return made


@pytest.mark.parametrize("kind", every_type(), ids=named)
@given(data=st.data())
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
def test_a_type_is_drawn_by_itself(kind: type[object], data: st.DataObject) -> None:
    """After `register`, `st.from_type` gives values of that very class, each of its fields of what it is said to be."""
    register()
    found = data.draw(st.from_type(kind))
    assert type(found) is drawn_as(kind)
    assert hash(found) == hash(found)


@pytest.mark.parametrize("kind", every_type(), ids=named)
@given(data=st.data())
@settings(max_examples=1, phases=[Phase.generate], database=None)
def test_the_simplest_of_a_type_is_valid(kind: type[object], data: st.DataObject) -> None:
    """What hypothesis tries first, and shrinks towards, is the simplest of every choice: it is never thrown away."""
    assert type(data.draw(every_type()[kind])) is drawn_as(kind)


@pytest.mark.parametrize(
    ("kind", "simplest"),
    [
        (Money, Money(0, currency("USD"))),
        (ClientId, "0"),
        (Price, Price(cycle=Cadence.MONTHLY, amount=Money(0, currency("USD")))),
        (Line, Line(item="0", net=Money(0, currency("USD")), tax=Money(0, currency("USD")))),
    ],
    ids=["Money", "ClientId", "Price", "Line"],
)
def test_a_type_shrinks_to_something_simple(kind: type[object], simplest: object) -> None:
    """A failure that has nothing to do with a value shows the plainest one."""
    assert find(every_type()[kind], lambda _: True, settings=settings(database=None)) == simplest


@attrs.frozen(kw_only=True)
class Yours:
    """Facts that somebody writes."""

    day: Day
    at: Instant
    standing: Standing
    paid: tuple[Payment, ...]
    why: Why


@given(data=st.data())
@settings(max_examples=15)
def test_your_own_facts_are_built(data: st.DataObject) -> None:
    """A class that holds registered types needs no strategy of its own."""
    register()
    found = data.draw(st.builds(Yours))
    kinds: list[type[object]] = [type(found.day), type(found.at)]
    assert kinds == [pendulum.Date, pendulum.DateTime]
    assert found.standing.settled <= found.standing.total
