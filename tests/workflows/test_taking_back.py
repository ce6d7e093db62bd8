"""A client changes its mind: the cancellation is undone, and a period that was voided for it is charged again."""

from typing import Final

import pytest

from altocore.billing.invoices import Invoice, invoice_id
from altocore.billing.standing import Standing, StandingState
from altocore.errors import BadValue, UnknownKey
from altocore.lifecycle.events import Actor
from altocore.lifecycle.machine import ServiceState
from altocore.lifecycle.service import EndingTime
from altocore.plans.messages import MessageKind
from altocore.policy.taking_back import TakenBack, TakingBackRefused
from altocore.terms.options import CancellationDeadline
from altocore.terms.reasons import Why
from altocore.values.days import Day, add_days, day
from altocore.values.ids import ServiceId
from altocore.workflows.cancelling import CancellationRequest, cancel
from altocore.workflows.door import Did, DidBefore, Result
from altocore.workflows.one import one
from altocore.workflows.paying import pay
from altocore.workflows.taking_back import TakingBack, take_back
from tests import cast as examples
from tests.workflows import cast
from tests.workflows.cast import World
from tests.workflows.conftest import Begin

ISSUED: Final = day(2025, 2, 18)
"""When the first renewal of a service that runs since 31 January is issued; due on 27 February."""
END: Final = day(2025, 2, 28)
ANY_TIME: Final = examples.terms_edition(
    published=cast.FOUNDED,
    effective=cast.FOUNDED,
    says=examples.terms(cancellation=examples.cancellation_terms(deadline=CancellationDeadline.ANY_TIME)),
)


def asked(world: World, service: ServiceId, key: str = "stay") -> Result[TakenBack | TakingBackRefused]:
    """Take the cancellation back, and return what came of it."""
    return take_back(world.store, world.rulebook, TakingBack(key=key, service=service), world.at(Actor.CLIENT))


def taken_back(world: World, service: ServiceId, key: str = "stay") -> TakenBack:
    """Take the cancellation back, which must be granted."""
    made = asked(world, service, key)
    assert isinstance(made, Did)
    assert isinstance(made.answer, TakenBack)
    return made.answer


def whys(world: World, service: ServiceId) -> list[Why]:
    """Take the cancellation back, which must be refused and change nothing, and return the reasons."""
    before = world.dump()
    made = asked(world, service, "no")
    assert isinstance(made, Did)
    assert isinstance(made.answer, TakingBackRefused)
    assert world.dump() == before
    return [each.why for each in made.answer.reasons]


def test_the_service_goes_on_as_if_nothing_had_been_asked(world: World) -> None:
    """CAN-9: its renewal comes on its day, and the message is the only trace."""
    service = world.run("o1")
    world.bill_to(day(2025, 2, 10))
    before = world.service(service)
    world.cancel(service)
    assert taken_back(world, service) == TakenBack(reissues=0)
    assert world.service(service) == before
    assert world.told()[-1] == (day(2025, 2, 10), MessageKind.CANCELLATION_TAKEN_BACK)
    world.bill_to(ISSUED)
    assert [issued for _, _, issued, _ in world.charged(service)][1:] == [ISSUED]


@pytest.mark.parametrize(
    ("on", "due"),
    [
        (ISSUED, day(2025, 2, 27)),
        (day(2025, 2, 20), day(2025, 2, 27)),
        (day(2025, 2, 21), day(2025, 2, 28)),
        (day(2025, 2, 27), day(2025, 3, 6)),
    ],
)
def test_a_voided_renewal_is_issued_again(begin: Begin, on: Day, due: Day) -> None:
    """CAN-9: "due on the later of its own due day and issue + `due_days`"; a new invoice with a number of its own."""
    world = begin(ANY_TIME)
    service = world.run("o1")
    world.bill_to(ISSUED)
    world.cancel(service)
    world.bill_to(on)
    assert taken_back(world, service) == TakenBack(reissues=1)
    again = one(world.store, Invoice, invoice_id(service, 1, 1, 1)).document
    assert (again.revision, again.period_number, again.issued) == (1, 1, on)
    # On the day of issue it is on time, and due on the last day of the paid period as it was.
    assert again.due == due
    stored = world.service(service)
    assert (stored.last_period, stored.open_invoices, stored.next_revision) == (1, (again.id,), 0)
    assert world.standing(service, 1).state is StandingState.VOIDED
    assert world.numbers() == [1, 2, 3]
    assert cast.findings(world.store) == []


def test_again_and_again(begin: Begin) -> None:
    """CAN-9, REN-1: each time the period is voided and charged once more, under the next revision."""
    world = begin(ANY_TIME)
    service = world.run("o1")
    world.bill_to(ISSUED)
    for round_trip in range(1, 4):
        assert world.cancel(service, f"leave{round_trip}").voids == 1
        assert world.service(service).next_revision == round_trip
        assert taken_back(world, service, f"stay{round_trip}") == TakenBack(reissues=1)
        assert world.service(service).open_invoices == (invoice_id(service, 1, 1, round_trip),)
    assert cast.findings(world.store) == []
    world.bill_to(END)
    pay(world.store, world.rulebook, world.notice(invoice_id(service, 1, 1, 3)), world.at(Actor.GATEWAY))
    world.bill_to(day(2025, 3, 21))
    last = one(world.store, Invoice, invoice_id(service, 1, 2)).document
    assert (last.period_number, last.revision) == (2, 0)
    assert cast.findings(world.store) == []


def test_credit_released_by_the_void_pays_the_new_invoice(begin: Begin) -> None:
    """CAN-9, PAY-7: what had been paid of the voided renewal is credit, and settles the one that follows it."""
    world = begin(ANY_TIME)
    service = world.run("o1")
    world.bill_to(ISSUED)
    world.pay(service, 1, examples.usd("1.00"))
    world.cancel(service)
    assert world.credit() == 1_00
    taken_back(world, service)
    assert world.credit() == 0
    (standing,) = [each for each in cast.all_of(world.store, Standing) if each.id == invoice_id(service, 1, 1, 1)]
    assert standing.settled == examples.usd("1.00")


def test_while_it_waits_for_a_debt_it_can_be_taken_back(world: World) -> None:
    """CAN-9, CAN-4: past its day, with the invoice unpaid, the end has not come; the timeline runs on."""
    service = world.run("o1")
    world.bill_to(ISSUED)
    world.cancel(service)
    world.bill_to(day(2025, 4, 2))
    assert world.state(service) is ServiceState.SUSPENDED
    assert taken_back(world, service) == TakenBack(reissues=0)
    world.pay(service, 1)
    assert world.state(service) is ServiceState.ACTIVE
    assert len(world.charged(service)) == 3


def test_on_its_day_it_is_too_late(world: World) -> None:
    """CAN-9: the day has come, also where the day's billing has not run yet."""
    service = world.run("o1")
    world.cancel(service)
    world.bill_to(add_days(END, -1))
    world.today = END
    assert whys(world, service) == [Why.END_REACHED]
    world.bill()
    assert whys(world, service) == [Why.SERVICE_NOT_RUNNING, Why.CANCELLATION_NOT_PENDING]


def test_what_was_asked_at_once_stands(world: World) -> None:
    """CAN-9: it waits for its debt, and is not taken back."""
    service = world.run("o1")
    world.bill_to(ISSUED)
    world.cancel(service, time=EndingTime.IMMEDIATE)
    assert whys(world, service) == [Why.CANCELLATION_IMMEDIATE]


def test_nothing_is_pending(world: World) -> None:
    """CAN-9: nothing to take back; taken back, nothing is left to take back again."""
    service = world.run("o1")
    assert whys(world, service) == [Why.CANCELLATION_NOT_PENDING]
    world.cancel(service)
    taken_back(world, service)
    assert whys(world, service) == [Why.CANCELLATION_NOT_PENDING]


def test_it_can_be_asked_again(world: World) -> None:
    """CAN-2, CAN-9: with the period, taken back, and then at once."""
    service = world.run("o1")
    world.cancel(service, "first")
    taken_back(world, service)
    request = CancellationRequest(key="second", service=service, time=EndingTime.IMMEDIATE)
    cancel(world.store, world.rulebook, request, world.at(Actor.CLIENT))
    assert world.state(service) is ServiceState.CANCELLED


def test_a_request_counts_once(world: World) -> None:
    """Shape 9: the key of a request is for ever; its cancellation asked anew is not undone by it."""
    service, other = world.run("o1"), world.run("o2")
    world.cancel(service, "k1")
    taken_back(world, service, "k2")
    world.cancel(service, "k3")
    assert asked(world, service, "k2") == DidBefore()
    assert world.service(service).ending is not None
    with pytest.raises(BadValue, match="taking_back"):
        asked(world, other, "k2")
    with pytest.raises(UnknownKey, match="service"):
        asked(world, ServiceId("srv_no"), "k4")
