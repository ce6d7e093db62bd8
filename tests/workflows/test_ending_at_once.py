"""A client leaves at once: in the same commit where nothing is owed, and on the day of the payment where something is."""

from typing import Final

import pytest

from altocore.billing.standing import StandingState
from altocore.errors import BadValue
from altocore.lifecycle.events import Actor
from altocore.lifecycle.machine import ServiceCommand, ServiceState
from altocore.lifecycle.service import EndingTime
from altocore.plans.messages import MessageKind
from altocore.policy.cancellation import CancellationAccepted, CancellationRefused
from altocore.terms.editions import TermsEdition
from altocore.terms.options import CancellationDeadline, CancellationDebt, CancellationTiming
from altocore.terms.reasons import Why
from altocore.values.days import add_days, day
from altocore.workflows.cancelling import CancellationRequest, cancel
from altocore.workflows.door import Did, DidBefore
from tests import cast as examples
from tests.workflows import cast
from tests.workflows.cast import World
from tests.workflows.conftest import Begin

AT_ONCE: Final = EndingTime.IMMEDIATE
INSIDE: Final = day(2025, 2, 10)
ISSUED: Final = day(2025, 2, 18)
"""When the first renewal of a service that runs since 31 January is issued; due on 27 February."""


def edition(
    *,
    timing: CancellationTiming = CancellationTiming.CLIENT_CHOOSES,
    deadline: CancellationDeadline = CancellationDeadline.BEFORE_RENEWAL_INVOICE,
    debt: CancellationDebt = CancellationDebt.SERVICE_INVOICES,
) -> TermsEdition:
    """Return the `default` terms but for these readings of CAN-2 and CAN-4."""
    part = examples.cancellation_terms(timing=timing, deadline=deadline, debt=debt)
    says = examples.terms(cancellation=part)
    return examples.terms_edition(published=cast.FOUNDED, effective=cast.FOUNDED, says=says)


def test_it_ends_in_the_same_commit(world: World) -> None:
    """CAN-2, CAN-3: nothing owed, it ends at the instant that it is processed; what was paid ahead stays paid."""
    service = world.run("o1")
    world.bill_to(INSIDE)
    assert world.cancel(service, time=AT_ONCE) == CancellationAccepted(effective=INSIDE, voids=0)
    stored = world.service(service)
    assert (stored.state, stored.ending, stored.next_step) == (ServiceState.CANCELLED, None, None)
    assert [(each.command, each.day) for each in world.events(service)[-1:]] == [(ServiceCommand.CANCEL, INSIDE)]
    assert world.told()[-2:] == [
        (INSIDE, MessageKind.CANCELLATION_ACCEPTED),
        (INSIDE, MessageKind.SERVICE_CANCELLED),
    ]
    assert world.credit() == 0
    world.bill_to(day(2025, 4, 30))
    assert len(world.charged(service)) == 1


def test_an_unpaid_renewal_holds_it_up_until_it_is_paid(world: World) -> None:
    """CAN-4: "waits until that invoice is paid and takes effect that day", and not with that invoice's period."""
    service = world.run("o1")
    world.bill_to(ISSUED)
    assert world.cancel(service, time=AT_ONCE) == CancellationAccepted(effective=ISSUED, voids=0)
    assert world.state(service) is ServiceState.ACTIVE
    paid = day(2025, 2, 25)
    world.bill_to(paid)
    world.pay(service, 1)
    assert world.state(service) is ServiceState.CANCELLED
    assert world.events(service)[-1].day == paid
    assert world.credit() == 0


def test_a_suspended_service_ends_when_its_debt_is_paid(world: World) -> None:
    """CAN-4, PAY-2: while it waits the timeline runs on; paid, it comes back and ends on the same day."""
    service = world.run("o1")
    world.bill_to(day(2025, 3, 5))
    assert world.state(service) is ServiceState.SUSPENDED
    world.cancel(service, time=AT_ONCE)
    world.bill_to(day(2025, 3, 8))
    world.pay(service, 1)
    assert [each.command for each in world.events(service)[-2:]] == [
        ServiceCommand.REACTIVATE,
        ServiceCommand.CANCEL,
    ]


def test_any_time_voids_what_has_not_begun_and_ends(begin: Begin) -> None:
    """CAN-4 ANY_TIME: the unpaid invoice of a period not begun is voided, so nothing holds the end up."""
    world = begin(edition(deadline=CancellationDeadline.ANY_TIME))
    service = world.run("o1")
    world.bill_to(ISSUED)
    assert world.cancel(service, time=AT_ONCE) == CancellationAccepted(effective=ISSUED, voids=1)
    assert world.standing(service, 1).state is StandingState.VOIDED
    assert world.state(service) is ServiceState.CANCELLED


def test_any_time_waits_for_a_period_that_has_begun(begin: Begin) -> None:
    """CAN-4: "invoices of periods already begun stay owed", and hold it up."""
    world = begin(edition(deadline=CancellationDeadline.ANY_TIME))
    service = world.run("o1")
    world.bill_to(day(2025, 2, 28))
    assert world.cancel(service, time=AT_ONCE).voids == 0
    assert world.state(service) is ServiceState.ACTIVE
    world.pay(service, 1)
    assert world.state(service) is ServiceState.CANCELLED


def test_another_debt_of_the_client_counts_where_the_terms_say_so(begin: Begin) -> None:
    """CAN-4 ALL_INVOICES: it waits for the other service's first invoice."""
    world = begin(edition(debt=CancellationDebt.ALL_INVOICES))
    service, other = world.run("o1"), world.order("o2")
    world.cancel(service, time=AT_ONCE)
    assert world.state(service) is ServiceState.ACTIVE
    world.pay(other, 0)
    assert world.state(service) is ServiceState.CANCELLED


def test_end_of_period_only_refuses_it(begin: Begin) -> None:
    """CAN-2 END_OF_PERIOD_ONLY: refused with its reason, and nothing is stored; with the period it is accepted."""
    world = begin(edition(timing=CancellationTiming.END_OF_PERIOD_ONLY))
    service = world.run("o1")
    before = world.dump()
    request = CancellationRequest(key="leave", service=service, time=AT_ONCE)
    made = cancel(world.store, world.rulebook, request, world.at(Actor.CLIENT))
    assert isinstance(made, Did)
    assert isinstance(made.answer, CancellationRefused)
    assert [each.why for each in made.answer.reasons] == [Why.IMMEDIATE_NOT_OFFERED]
    assert world.dump() == before
    assert world.cancel(service).effective == day(2025, 2, 28)


def test_a_key_is_for_one_request(world: World) -> None:
    """Shape 9: asked twice it is one request; the same key for another time is refused."""
    service = world.run("o1")
    world.cancel(service, "k1", AT_ONCE)
    request = CancellationRequest(key="k1", service=service, time=AT_ONCE)
    assert cancel(world.store, world.rulebook, request, world.at(Actor.CLIENT)) == DidBefore()
    other = CancellationRequest(key="k1", service=service, time=EndingTime.END_OF_PERIOD)
    with pytest.raises(BadValue, match="cancellation"):
        cancel(world.store, world.rulebook, other, world.at(Actor.CLIENT))


@pytest.mark.parametrize("late", [0, 1, 30])
def test_the_whole_life_is_audited(world: World, late: int) -> None:
    """LIF-8: whatever day it is asked on, the books hold."""
    service = world.run("o1")
    world.bill_to(add_days(INSIDE, late))
    world.cancel(service, time=AT_ONCE)
    assert cast.findings(world.store) == []
