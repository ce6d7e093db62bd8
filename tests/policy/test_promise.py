"""May staff take a promise to pay? The table of PAY-18: its rows, its refusals, its answer."""

from typing import Final

import attrs
import pytest
from hypothesis import given

from altocore.billing.invoices import InvoiceKind
from altocore.billing.standing import StandingState
from altocore.lifecycle.events import Actor
from altocore.policy.promise import PROMISE, PromiseAccepted, PromiseFacts, PromiseRefused
from altocore.terms.reasons import Why
from altocore.testing import judges_alike
from altocore.testing.strategies import promise_facts
from altocore.values.days import add_days, day
from tests import cast
from tests.policy.tables import checks_of, fires_alone, grounds_of, holding, whys_of

TODAY: Final = day(2025, 3, 4)
TERMS: Final = cast.OVERDUE_TERMS
GOOD: Final = PromiseFacts(
    actor=Actor.STAFF,
    kind=InvoiceKind.RENEWAL,
    standing=StandingState.OPEN,
    running=0,
    until=day(2025, 3, 10),
    next_step=day(2025, 3, 11),
    today=TODAY,
)


def test_the_table() -> None:
    """PAY-18: by staff, for an open invoice, one at a time, and not too long."""
    assert checks_of(PROMISE) == (
        ("PAY-18", "house", "not_by_staff"),
        ("PAY-18", "house", "invoice_not_open"),
        ("PAY-16", "house", "expiry_waits_for_no_promise"),
        ("PAY-18", "house", "promise_taken"),
        ("PAY-18", "house", "promise_too_long"),
    )
    assert grounds_of(PROMISE) == (("PAY-18", "house"),)
    assert PROMISE.name == "promise"


def test_a_promise_is_taken() -> None:
    """PAY-18: the timeline waits up to the promised day, and goes on with its next step, where one has a day."""
    for following in (day(2025, 3, 11), day(2025, 3, 13), None):
        asked = attrs.evolve(GOOD, next_step=following)
        assert judges_alike(PROMISE, asked, TERMS) == PromiseAccepted(until=GOOD.until, next_step=following)
        assert holding(PROMISE, asked, TERMS) == {0: (("promised", GOOD.until),)}


@pytest.mark.parametrize("actor", [each for each in Actor if each is not Actor.STAFF])
def test_not_by_staff_alone(actor: Actor) -> None:
    """PAY-18: staff records it, nobody else."""
    reason = fires_alone(PROMISE, Why.NOT_BY_STAFF, attrs.evolve(GOOD, actor=actor), TERMS)
    assert reason.cites == (("actor", actor.value),)


@pytest.mark.parametrize("standing", [each for each in StandingState if each is not StandingState.OPEN])
def test_not_open_alone(standing: StandingState) -> None:
    """PAY-18: there is nothing to promise."""
    reason = fires_alone(PROMISE, Why.INVOICE_NOT_OPEN, attrs.evolve(GOOD, standing=standing), TERMS)
    assert reason.cites == (("invoice_state", standing.value),)


def test_for_the_renewal_of_a_domain_alone() -> None:
    """PAY-16: unpaid at expiry it is cancelled, whatever was promised; for every other kind a promise is taken."""
    asked = attrs.evolve(GOOD, kind=InvoiceKind.DOMAIN_RENEWAL)
    assert fires_alone(PROMISE, Why.EXPIRY_WAITS_FOR_NO_PROMISE, asked, TERMS).cites == ()
    for kind in set(InvoiceKind) - {InvoiceKind.DOMAIN_RENEWAL}:
        assert isinstance(judges_alike(PROMISE, attrs.evolve(GOOD, kind=kind), TERMS), PromiseAccepted)


def test_one_runs_already_alone() -> None:
    """PAY-18: one promise per invoice at a time."""
    assert fires_alone(PROMISE, Why.PROMISE_TAKEN, attrs.evolve(GOOD, running=1), TERMS).cites == ()


@pytest.mark.parametrize(("days", "days_max"), [(15, 14), (1, 0), (400, 14)])
def test_too_long_alone(days: int, days_max: int) -> None:
    """PAY-18: never longer than `promise_days_max` from the day it is recorded; exactly that long is in order."""
    terms = cast.overdue_terms(promise_days_max=days_max)
    asked = attrs.evolve(GOOD, until=add_days(TODAY, days))
    reason = fires_alone(PROMISE, Why.PROMISE_TOO_LONG, asked, terms)
    assert reason.cites == (("promised", asked.until), ("latest", add_days(TODAY, days_max)))
    longest = attrs.evolve(GOOD, until=add_days(TODAY, days_max))
    assert isinstance(PROMISE.decide(longest, terms), PromiseAccepted)


@given(promise_facts())
def test_every_reason_is_given(asked: PromiseFacts) -> None:
    """PAY-18: each thing that is wrong is told, in the order of the table."""
    answer = judges_alike(PROMISE, asked, TERMS)
    wrong = (
        (Why.NOT_BY_STAFF, asked.actor is not Actor.STAFF),
        (Why.INVOICE_NOT_OPEN, asked.standing is not StandingState.OPEN),
        (Why.EXPIRY_WAITS_FOR_NO_PROMISE, asked.kind is InvoiceKind.DOMAIN_RENEWAL),
        (Why.PROMISE_TAKEN, asked.running == 1),
        (Why.PROMISE_TOO_LONG, asked.until > add_days(asked.today, 14)),
    )
    assert whys_of(answer) == tuple(why for why, holds in wrong if holds)
    assert isinstance(answer, PromiseRefused) is any(holds for _, holds in wrong)
