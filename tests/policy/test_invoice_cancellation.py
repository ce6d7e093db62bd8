"""Is an invoice cancelled on request? The table of PAY-11."""

from typing import Final

import attrs
import pytest
from hypothesis import given

from altocore.billing.invoices import InvoiceKind
from altocore.billing.standing import StandingState
from altocore.lifecycle.events import Actor
from altocore.lifecycle.machine import ServiceState
from altocore.policy.invoice_cancellation import (
    INVOICE_CANCELLATION,
    InvoiceCancellationAccepted,
    InvoiceCancellationFacts,
)
from altocore.terms.reasons import Why
from altocore.testing import judges_alike
from altocore.testing.strategies import invoice_cancellation_facts
from tests import cast
from tests.policy.tables import checks_of, fires_alone, grounds_of, holding, whys_of

GOOD: Final = InvoiceCancellationFacts(
    actor=Actor.CLIENT,
    kind=InvoiceKind.FIRST,
    standing=StandingState.OPEN,
    settled=cast.NOTHING,
    service=ServiceState.PENDING,
)


def test_the_table() -> None:
    """PAY-11, CAN-4, PAY-9, LIF-5, PAY-6: its rows, their clauses and their codes."""
    assert checks_of(INVOICE_CANCELLATION) == (
        ("PAY-11", "manual/alerts", "not_by_client_or_staff"),
        ("PAY-11", "manual/alerts", "invoice_not_open"),
        ("CAN-4", "terms/4.a, manual/cancellation", "renewal_not_cancelled_on_request"),
        ("CAN-5", "manual/cancellation", "domain_renewal_not_cancelled"),
        ("PAY-9", "terms/2.c", "costs_cancelled_by_staff_only"),
    )
    assert grounds_of(INVOICE_CANCELLATION) == (
        ("PAY-11", "manual/alerts"),
        ("LIF-5", "manual/alerts"),
        ("PAY-6", "terms/5.c"),
    )
    assert INVOICE_CANCELLATION.name == "invoice_cancellation"


@pytest.mark.parametrize("actor", [Actor.CLIENT, Actor.STAFF])
def test_a_first_invoice_goes_with_its_order(actor: Actor) -> None:
    """PAY-11, LIF-5: on request of either, the pending service ends with it; what was paid is released."""
    asked = attrs.evolve(GOOD, actor=actor)
    nothing = InvoiceCancellationAccepted(released=cast.NOTHING, services=1)
    assert judges_alike(INVOICE_CANCELLATION, asked, None) == nothing
    assert holding(INVOICE_CANCELLATION, asked, None) == {0: (("actor", actor.value),), 1: ()}
    part = attrs.evolve(asked, settled=cast.usd("0.01"))
    assert judges_alike(INVOICE_CANCELLATION, part, None) == attrs.evolve(nothing, released=cast.usd("0.01"))
    assert holding(INVOICE_CANCELLATION, part, None)[2] == (("credit", cast.usd("0.01")),)


@pytest.mark.parametrize("service", ServiceState)
def test_costs_end_nothing(service: ServiceState) -> None:
    """PAY-9, PAY-11: staff takes costs back, whatever the service does."""
    asked = attrs.evolve(GOOD, actor=Actor.STAFF, kind=InvoiceKind.ADMINISTRATIVE, service=service)
    answer = judges_alike(INVOICE_CANCELLATION, asked, None)
    assert answer == InvoiceCancellationAccepted(released=cast.NOTHING, services=0)


@pytest.mark.parametrize("service", [each for each in ServiceState if each is not ServiceState.PENDING])
def test_a_first_invoice_of_a_service_that_is_over(service: ServiceState) -> None:
    """LIF-5: there is no order left to end."""
    answer = judges_alike(INVOICE_CANCELLATION, attrs.evolve(GOOD, service=service), None)
    assert answer == InvoiceCancellationAccepted(released=cast.NOTHING, services=0)


@pytest.mark.parametrize("actor", [Actor.BILLING_RUN, Actor.GATEWAY, Actor.PROVISIONER])
def test_somebody_else_alone(actor: Actor) -> None:
    """PAY-11: a request is the client's or staff's."""
    reason = fires_alone(INVOICE_CANCELLATION, Why.NOT_BY_CLIENT_OR_STAFF, attrs.evolve(GOOD, actor=actor), None)
    assert reason.cites == (("actor", actor.value),)


@pytest.mark.parametrize("standing", [each for each in StandingState if each is not StandingState.OPEN])
def test_not_open_alone(standing: StandingState) -> None:
    """PAY-11: only an unpaid invoice is cancelled."""
    reason = fires_alone(INVOICE_CANCELLATION, Why.INVOICE_NOT_OPEN, attrs.evolve(GOOD, standing=standing), None)
    assert reason.cites == (("invoice_state", standing.value),)


@pytest.mark.parametrize("actor", [Actor.CLIENT, Actor.STAFF])
@pytest.mark.parametrize("service", ServiceState)
def test_a_renewal_alone(service: ServiceState, actor: Actor) -> None:
    """CAN-4: invoices of periods begun stay owed, and the way out of one to come is to cancel the service."""
    asked = attrs.evolve(GOOD, kind=InvoiceKind.RENEWAL, service=service, actor=actor)
    assert fires_alone(INVOICE_CANCELLATION, Why.RENEWAL_NOT_CANCELLED_ON_REQUEST, asked, None).cites == ()


@pytest.mark.parametrize("actor", [Actor.CLIENT, Actor.STAFF])
def test_the_renewal_of_a_domain_alone(actor: Actor) -> None:
    """CAN-5: the way out of it is to set the domain not to renew."""
    asked = attrs.evolve(GOOD, kind=InvoiceKind.DOMAIN_RENEWAL, service=ServiceState.ACTIVE, actor=actor)
    assert fires_alone(INVOICE_CANCELLATION, Why.DOMAIN_RENEWAL_NOT_CANCELLED, asked, None).cites == ()


def test_costs_asked_by_the_client_alone() -> None:
    """PAY-9: who caused them does not cancel them."""
    asked = attrs.evolve(GOOD, kind=InvoiceKind.ADMINISTRATIVE)
    assert fires_alone(INVOICE_CANCELLATION, Why.COSTS_CANCELLED_BY_STAFF_ONLY, asked, None).cites == ()


@given(invoice_cancellation_facts())
def test_every_reason_is_given(asked: InvoiceCancellationFacts) -> None:
    """PAY-11: each thing that is wrong is told, in the order of the table."""
    wrong = (
        (Why.NOT_BY_CLIENT_OR_STAFF, asked.actor not in {Actor.CLIENT, Actor.STAFF}),
        (Why.INVOICE_NOT_OPEN, asked.standing is not StandingState.OPEN),
        (Why.RENEWAL_NOT_CANCELLED_ON_REQUEST, asked.kind is InvoiceKind.RENEWAL),
        (Why.DOMAIN_RENEWAL_NOT_CANCELLED, asked.kind is InvoiceKind.DOMAIN_RENEWAL),
        (
            Why.COSTS_CANCELLED_BY_STAFF_ONLY,
            asked.kind is InvoiceKind.ADMINISTRATIVE and asked.actor is Actor.CLIENT,
        ),
    )
    assert whys_of(judges_alike(INVOICE_CANCELLATION, asked, None)) == tuple(why for why, holds in wrong if holds)
