"""Administrative costs (PAY-9) and faults of the provider (PAY-2): two tables with one check, for staff records both."""

from typing import Final

import attrs
import pytest
from hypothesis import given

from altocore.lifecycle.events import Actor
from altocore.policy.administrative_costs import (
    ADMINISTRATIVE_COSTS,
    AdministrativeCostsAccepted,
    AdministrativeCostsFacts,
)
from altocore.policy.fault import FAULT, FaultAccepted, FaultFacts
from altocore.terms.reasons import Why
from altocore.testing import judges_alike
from altocore.testing.strategies import administrative_costs_facts, fault_facts
from altocore.values.days import add_days, day
from tests import cast
from tests.policy.tables import checks_of, fires_alone, grounds_of, holding, whys_of

OTHERS: Final = [each for each in Actor if each is not Actor.STAFF]
LEAP_DAY: Final = day(2024, 2, 29)
COSTS: Final = AdministrativeCostsFacts(actor=Actor.STAFF, today=LEAP_DAY)


def test_the_tables() -> None:
    """PAY-9, PAY-15, PAY-2: their rows, their clauses and their codes."""
    assert checks_of(ADMINISTRATIVE_COSTS) == (("PAY-9", "terms/2.c", "not_by_staff"),)
    assert grounds_of(ADMINISTRATIVE_COSTS) == (("PAY-9", "terms/2.c"), ("PAY-15", "house"))
    assert checks_of(FAULT) == (("PAY-2", "house", "not_by_staff"),)
    assert grounds_of(FAULT) == (("PAY-2", "house"),)
    assert (ADMINISTRATIVE_COSTS.name, FAULT.name) == ("administrative_costs", "fault")


def test_costs_are_due_like_any_invoice_but_a_renewal() -> None:
    """PAY-15, PAY-9: `due_days` after the issue; the right begins the day after that."""
    due = day(2024, 3, 7)
    assert judges_alike(ADMINISTRATIVE_COSTS, COSTS, cast.INVOICING_TERMS) == AdministrativeCostsAccepted(due=due)
    assert holding(ADMINISTRATIVE_COSTS, COSTS, cast.INVOICING_TERMS) == {
        0: (("on", day(2024, 3, 8)),),
        1: (("issued", LEAP_DAY), ("due", due)),
    }


@pytest.mark.parametrize("actor", OTHERS)
def test_costs_by_somebody_else_alone(actor: Actor) -> None:
    """PAY-9: staff invoices them, nobody else."""
    asked = attrs.evolve(COSTS, actor=actor)
    reason = fires_alone(ADMINISTRATIVE_COSTS, Why.NOT_BY_STAFF, asked, cast.INVOICING_TERMS)
    assert reason.cites == (("actor", actor.value),)


@given(administrative_costs_facts())
def test_costs_are_judged_by_who_asks(asked: AdministrativeCostsFacts) -> None:
    """PAY-9, PAY-15: due `due_days` later, on whatever day."""
    answer = judges_alike(ADMINISTRATIVE_COSTS, asked, cast.INVOICING_TERMS)
    if asked.actor is Actor.STAFF:
        assert answer == AdministrativeCostsAccepted(due=add_days(asked.today, 7))
    else:
        assert whys_of(answer) == (Why.NOT_BY_STAFF,)


@pytest.mark.parametrize("actor", OTHERS)
def test_a_fault_by_somebody_else_alone(actor: Actor) -> None:
    """PAY-2: staff records it, nobody else."""
    reason = fires_alone(FAULT, Why.NOT_BY_STAFF, FaultFacts(actor=actor, days=1), None)
    assert reason.cites == (("actor", actor.value),)


@given(fault_facts(actor=Actor.STAFF))
def test_a_fault_says_by_how_much(asked: FaultFacts) -> None:
    """PAY-2: by its days; by none where other faults cover it."""
    assert judges_alike(FAULT, asked, None) == FaultAccepted(days=asked.days)
    assert holding(FAULT, asked, None) == {0: (("days", asked.days),)}
