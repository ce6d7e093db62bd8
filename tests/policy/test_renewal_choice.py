"""May a domain be set to renew, or not to renew? CAN-5, DOM-1."""

from typing import Final

import pytest
from attrs import evolve
from hypothesis import given

from altocore.lifecycle.events import Actor
from altocore.lifecycle.machine import RUNNING, ServiceState
from altocore.lifecycle.registrations import RenewalChoice
from altocore.policy.renewal_choice import RENEWAL_CHOICE, RenewalChoiceFacts, RenewalChosen
from altocore.terms.reasons import Why
from altocore.testing import judges_alike
from altocore.testing.strategies import renewal_choice_facts
from altocore.values.days import add_days, day
from tests.policy.tables import checks_of, fires_alone, grounds_of, holding, whys_of

EXPIRY: Final = day(2026, 1, 31)
RENEW, LAPSE = RenewalChoice.RENEW, RenewalChoice.LAPSE
GOOD: Final = RenewalChoiceFacts(
    actor=Actor.CLIENT,
    state=ServiceState.ACTIVE,
    held=RENEW,
    asked=LAPSE,
    expiry=EXPIRY,
    unpaid=0,
    voided=0,
    today=add_days(EXPIRY, -1),
)


def test_the_table() -> None:
    """CAN-5, DOM-1, PAY-12: the rows, their clauses and their codes."""
    assert checks_of(RENEWAL_CHOICE) == (
        ("CAN-5", "manual/cancellation", "not_a_domain"),
        ("CAN-5", "house", "not_by_client_or_staff"),
        ("DOM-1", "terms/12.d", "service_not_running"),
        ("CAN-5", "manual/cancellation", "chosen_already"),
        ("DOM-1", "terms/12.d", "domain_expired"),
    )
    assert grounds_of(RENEWAL_CHOICE) == (
        ("CAN-5", "manual/cancellation"),
        ("DOM-1", "terms/12.d"),
        ("PAY-12", "house"),
    )
    assert RENEWAL_CHOICE.name == "renewal_choice"


@pytest.mark.parametrize("actor", [Actor.CLIENT, Actor.STAFF])
@pytest.mark.parametrize("unpaid", [0, 1])
def test_set_not_to_renew(unpaid: int, actor: Actor) -> None:
    """CAN-5, DOM-1: to the last day that is paid; an issued and unpaid renewal falls away, and the domain stays registered."""
    asked = evolve(GOOD, actor=actor, unpaid=unpaid)
    answer = RenewalChosen(expiry=EXPIRY, voids=unpaid, reissues=0)
    assert judges_alike(RENEWAL_CHOICE, asked, None) == answer
    fallen = {2: (("voids", 1), ("reissues", 0))} if unpaid else {}
    chosen = (("renewal_choice", "lapse"), ("expiry", EXPIRY))
    assert holding(RENEWAL_CHOICE, asked, None) == {0: chosen, 1: (("expiry", EXPIRY),), **fallen}


@pytest.mark.parametrize("voided", [0, 1, 3])
def test_set_to_renew_again(voided: int) -> None:
    """CAN-5: however often the renewal fell away, it is issued once more, where it was issued at all."""
    asked = evolve(GOOD, held=LAPSE, asked=RENEW, voided=voided)
    answer = RenewalChosen(expiry=EXPIRY, voids=0, reissues=min(voided, 1))
    assert judges_alike(RENEWAL_CHOICE, asked, None) == answer
    again = {2: (("voids", 0), ("reissues", 1))} if voided else {}
    assert holding(RENEWAL_CHOICE, asked, None) == {0: (("renewal_choice", "renew"), ("expiry", EXPIRY)), **again}


def test_no_domain_alone() -> None:
    """CAN-5: everything else is cancelled."""
    asked = evolve(GOOD, held=None, expiry=GOOD.today)
    assert fires_alone(RENEWAL_CHOICE, Why.NOT_A_DOMAIN, asked, None).cites == ()


@pytest.mark.parametrize("actor", [each for each in Actor if each not in {Actor.CLIENT, Actor.STAFF}])
def test_by_somebody_else_alone(actor: Actor) -> None:
    """CAN-5: its holder chooses, or staff for it."""
    reason = fires_alone(RENEWAL_CHOICE, Why.NOT_BY_CLIENT_OR_STAFF, evolve(GOOD, actor=actor), None)
    assert reason.cites == (("actor", actor.value),)


@pytest.mark.parametrize("state", [state for state in ServiceState if state not in RUNNING])
def test_not_running_alone(state: ServiceState) -> None:
    """DOM-1: nothing is registered yet, or any more; that its day is over is not told beside it."""
    asked = evolve(GOOD, state=state, today=EXPIRY)
    reason = fires_alone(RENEWAL_CHOICE, Why.SERVICE_NOT_RUNNING, asked, None)
    assert reason.cites == (("state", state.value),)


@pytest.mark.parametrize("choice", RenewalChoice)
def test_chosen_already_alone(choice: RenewalChoice) -> None:
    """CAN-5: the same choice is no choice."""
    reason = fires_alone(RENEWAL_CHOICE, Why.CHOSEN_ALREADY, evolve(GOOD, held=choice, asked=choice), None)
    assert reason.cites == (("renewal_choice", choice.value),)


@pytest.mark.parametrize("late", [0, 1, 30])
@pytest.mark.parametrize(("held", "asked"), [(RENEW, LAPSE), (LAPSE, RENEW)])
def test_expired_alone(held: RenewalChoice, asked: RenewalChoice, late: int) -> None:
    """DOM-1: from the first day that is not paid for there is nothing left to choose."""
    facts = evolve(GOOD, held=held, asked=asked, today=add_days(EXPIRY, late))
    reason = fires_alone(RENEWAL_CHOICE, Why.DOMAIN_EXPIRED, facts, None)
    assert reason.cites == (("expiry", EXPIRY), ("today", facts.today))


@given(renewal_choice_facts())
def test_every_reason_is_given(asked: RenewalChoiceFacts) -> None:
    """CAN-5, DOM-1: each thing that is wrong is told, in the order of the table."""
    runs = asked.state in RUNNING
    wrong = (
        (Why.NOT_A_DOMAIN, asked.held is None),
        (Why.NOT_BY_CLIENT_OR_STAFF, asked.actor not in {Actor.CLIENT, Actor.STAFF}),
        (Why.SERVICE_NOT_RUNNING, not runs),
        (Why.CHOSEN_ALREADY, asked.held is asked.asked),
        (Why.DOMAIN_EXPIRED, asked.held is not None and runs and asked.today >= asked.expiry),
    )
    assert whys_of(judges_alike(RENEWAL_CHOICE, asked, None)) == tuple(why for why, holds in wrong if holds)
