"""May this service be activated, and from which day do its periods count? LIF-1, REN-8 in its three readings."""

from itertools import product
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from altocore.billing.standing import StandingState
from altocore.lifecycle.machine import ServiceState
from altocore.policy.activation import ACTIVATION, ActivationFacts, ActivationGranted
from altocore.terms.options import FirstPeriodStart
from altocore.terms.reasons import Why
from altocore.testing import judges_alike
from altocore.testing.strategies import days
from altocore.values.anchors import Cadence
from altocore.values.cycles import Cycle, Once
from altocore.values.days import Day, day
from tests import cast
from tests.policy.tables import checks_of, fires_alone, grounds_of, holding, reasons_of, whys_of

ORDERED: Final = day(2025, 1, 29)
PAID: Final = day(2025, 1, 30)
TODAY: Final = day(2025, 1, 31)

ANCHORS: Final = {
    FirstPeriodStart.ACTIVATION: TODAY,
    FirstPeriodStart.PAYMENT: PAID,
    FirstPeriodStart.ORDER: ORDERED,
}


def facts(  # noqa: PLR0913  # one keyword a field
    *,
    state: ServiceState = ServiceState.PENDING,
    cycle: Cycle = Cadence.MONTHLY,
    first_invoice: StandingState = StandingState.PAID,
    ordered: Day = ORDERED,
    paid: Day = PAID,
    today: Day = TODAY,
) -> ActivationFacts:
    """Return a service ordered on 29 January, paid on 30, provisioned on 31."""
    return ActivationFacts(
        state=state, cycle=cycle, first_invoice=first_invoice, ordered=ordered, paid=paid, today=today
    )


def test_the_table() -> None:
    """LIF-1, REN-8: the rows, their clauses and their codes."""
    assert checks_of(ACTIVATION) == (
        ("LIF-1", "manual/activation", "service_not_pending"),
        ("LIF-1", "manual/activation", "first_invoice_unpaid"),
    )
    assert grounds_of(ACTIVATION) == (("LIF-1", "manual/activation"), ("REN-8", "house"), ("CAT-2", "house"))
    assert ACTIVATION.name == "activation"


@pytest.mark.parametrize("reading", FirstPeriodStart)
def test_the_anchor_is_the_civil_day_that_the_terms_name(reading: FirstPeriodStart) -> None:
    """REN-8: the first period begins with the activation, the payment, or the order."""
    terms = cast.invoicing_terms(first_period_start=reading)
    assert judges_alike(ACTIVATION, facts(), terms) == ActivationGranted(anchor=ANCHORS[reading])
    assert holding(ACTIVATION, facts(), terms) == {0: (), 1: (("anchor", ANCHORS[reading]), ("option", reading.value))}


@pytest.mark.parametrize(("state", "first_invoice"), [*product(ServiceState, StandingState)])
def test_a_service_is_activated_when_it_is_pending_and_paid(state: ServiceState, first_invoice: StandingState) -> None:
    """LIF-1: pending -> active when paid and provisioned; each thing that is missing is a reason."""
    answer = judges_alike(ACTIVATION, facts(state=state, first_invoice=first_invoice), cast.invoicing_terms())
    expected = [
        *([Why.SERVICE_NOT_PENDING] if state is not ServiceState.PENDING else []),
        *([Why.FIRST_INVOICE_UNPAID] if first_invoice is not StandingState.PAID else []),
    ]
    assert whys_of(answer) == tuple(expected)
    assert (answer == ActivationGranted(anchor=TODAY)) is (not expected)


def test_not_pending_alone() -> None:
    """LIF-1: an active service is not activated again."""
    asked = facts(state=ServiceState.ACTIVE)
    reason = fires_alone(ACTIVATION, Why.SERVICE_NOT_PENDING, asked, cast.invoicing_terms())
    assert reason.cites == (("state", "active"),)


def test_unpaid_alone() -> None:
    """LIF-1: all is paid in advance (PAY-1)."""
    asked = facts(first_invoice=StandingState.OPEN)
    reason = fires_alone(ACTIVATION, Why.FIRST_INVOICE_UNPAID, asked, cast.invoicing_terms())
    assert reason.cites == (("invoice_state", "open"),)


def test_both_reasons_at_once() -> None:
    """LIF-1: a no has all its reasons, in the order of the table."""
    asked = facts(state=ServiceState.CANCELLED, first_invoice=StandingState.CANCELLED)
    reasons = reasons_of(ACTIVATION.decide(asked, cast.invoicing_terms()))
    assert [(reason.why, reason.cites) for reason in reasons] == [
        (Why.SERVICE_NOT_PENDING, (("state", "cancelled"),)),
        (Why.FIRST_INVOICE_UNPAID, (("invoice_state", "cancelled"),)),
    ]


SOME_DAYS: Final = days(start=day(2024, 2, 27), end=day(2024, 3, 3))


@given(SOME_DAYS, SOME_DAYS, SOME_DAYS, st.sampled_from(FirstPeriodStart))
def test_only_the_day_that_is_named_counts(ordered: Day, paid: Day, today: Day, reading: FirstPeriodStart) -> None:
    """REN-8: of the three days one is the anchor, and the other two say nothing; 29 February included."""
    asked = facts(ordered=ordered, paid=paid, today=today)
    answer = ACTIVATION.decide(asked, cast.invoicing_terms(first_period_start=reading))
    named = {FirstPeriodStart.ACTIVATION: today, FirstPeriodStart.PAYMENT: paid, FirstPeriodStart.ORDER: ordered}
    assert answer == ActivationGranted(anchor=named[reading])


@pytest.mark.parametrize("reading", FirstPeriodStart)
def test_what_is_sold_once_begins_and_has_no_period(reading: FirstPeriodStart) -> None:
    """CAT-2, REN-8: it stands from the day that the terms name on, and no first period is spoken of."""
    terms, once = cast.invoicing_terms(first_period_start=reading), facts(cycle=Once.ONE_TIME)
    assert judges_alike(ACTIVATION, once, terms) == ActivationGranted(anchor=ANCHORS[reading])
    assert holding(ACTIVATION, once, terms) == {0: (), 2: (("anchor", ANCHORS[reading]),)}
