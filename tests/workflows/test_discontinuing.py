"""The provider discontinues a service: the client is told, no renewal comes, and it ends with its period. REN-5."""

from typing import Final

import pytest

from altocore.billing.standing import StandingState
from altocore.errors import BadValue, UnknownKey
from altocore.lifecycle.events import Actor
from altocore.lifecycle.machine import ServiceCommand, ServiceState
from altocore.lifecycle.service import EndedBy, EndingTime
from altocore.plans.messages import MessageKind
from altocore.policy.discontinuation import DiscontinuationAccepted, DiscontinuationRefused
from altocore.policy.renewal import decide_renewal
from altocore.policy.taking_back import TakingBackRefused
from altocore.terms.reasons import Why
from altocore.values.anchors import Cadence
from altocore.values.days import Day, add_days, day
from altocore.values.ids import ServiceId
from altocore.workflows.discontinuing import Discontinuing, discontinue
from altocore.workflows.door import Did, DidBefore, Result
from altocore.workflows.renewing import renewal_facts
from altocore.workflows.taking_back import TakingBack, take_back
from tests import cast as examples
from tests.policy.tables import whys_of
from tests.workflows import cast
from tests.workflows.cast import World
from tests.workflows.conftest import Begin

ISSUED: Final = day(2025, 2, 18)
END: Final = day(2025, 2, 28)
NEXT_END: Final = day(2025, 3, 31)


def asked(
    world: World, service: ServiceId, key: str = "gone", actor: Actor = Actor.STAFF
) -> Result[DiscontinuationAccepted | DiscontinuationRefused]:
    """Discontinue a service, and return what came of it."""
    return discontinue(world.store, world.rulebook, Discontinuing(key=key, service=service), world.at(actor))


def refused(world: World, service: ServiceId, actor: Actor = Actor.STAFF) -> DiscontinuationRefused:
    """Discontinue a service, which must be refused and change nothing."""
    before = world.dump()
    made = asked(world, service, "no", actor)
    assert isinstance(made, Did)
    assert isinstance(made.answer, DiscontinuationRefused)
    assert world.dump() == before
    return made.answer


@pytest.mark.parametrize("on", [cast.JANUARY_31, day(2025, 2, 17), ISSUED])
def test_it_ends_with_its_period_and_is_not_renewed(begin: Begin, on: Day) -> None:
    """REN-5: told on the renewal's issue day at the latest, before that day's billing; the client is told once."""
    world = begin()
    service = world.run("o1")
    world.bill_to(add_days(on, -1) if on > world.today else on)
    world.today = on
    assert world.discontinue(service) == END
    ending = world.service(service).ending
    assert ending == examples.ending(by=EndedBy.PROVIDER, time=EndingTime.END_OF_PERIOD, asked=on, effective=END)
    assert world.told(MessageKind.SERVICE_DISCONTINUED) == [(on, MessageKind.SERVICE_DISCONTINUED)]
    world.bill_to(add_days(END, -1))
    assert world.state(service) is ServiceState.ACTIVE
    world.bill_to(day(2025, 6, 1))
    assert world.state(service) is ServiceState.CANCELLED
    event = world.events(service)[-1]
    assert (event.day, event.after) == (END, ServiceState.CANCELLED)
    assert (event.command, event.rule, event.clauses) == (
        ServiceCommand.DISCONTINUE,
        "REN-5",
        ("manual/honour", "terms/3.b"),
    )
    assert [number for number, *_ in world.charged(service)] == [0]
    assert world.told(MessageKind.SERVICE_CANCELLED) == [(END, MessageKind.SERVICE_CANCELLED)]
    assert cast.findings(world.store) == []


def test_told_too_late_the_next_end_is_named_and_can_be_had(begin: Begin) -> None:
    """REN-5: once the renewal was to be issued it goes on for that period; asked again then, it ends with it."""
    world = begin()
    service = world.run("o1")
    world.bill_to(add_days(ISSUED, -1))
    world.today = add_days(ISSUED, 1)
    late = refused(world, service)
    assert [each.why for each in late.reasons] == [Why.TOLD_TOO_LATE]
    assert late.next_end == NEXT_END
    world.bill()
    assert world.discontinue(service) == NEXT_END


def test_a_renewal_that_is_planned_all_the_same_is_withheld(begin: Begin) -> None:
    """REN-5: whoever asks for the renewal of a service that is discontinued gets the reason, which is not the client's end."""
    world = begin()
    service = world.run("o1")
    world.discontinue(service)
    facts = renewal_facts(world.service(service), world.rulebook.editions, ISSUED)
    assert (facts.discontinued, facts.ending_pending) == (1, 0)
    assert whys_of(decide_renewal(facts, examples.INVOICING_TERMS)) == (Why.SERVICE_DISCONTINUED,)


def test_a_debt_does_not_hold_it_up_and_stays_owed(begin: Begin) -> None:
    """REN-5: the renewal is unpaid and the service suspended; it ends on its day, and the invoice runs on to its end."""
    world = begin()
    service = world.run("o1")
    world.bill_to(ISSUED)
    assert world.discontinue(service) == NEXT_END
    world.bill_to(add_days(NEXT_END, -1))
    assert world.state(service) in {ServiceState.SUSPENDED, ServiceState.TERMINATED}
    world.bill_to(NEXT_END)
    assert world.state(service) is ServiceState.CANCELLED
    assert world.standing(service, 1).state is StandingState.OPEN
    assert world.standing(service, 1).next_step == day(2025, 4, 28)
    assert cast.findings(world.store) == []
    world.bill_to(day(2025, 4, 28))
    assert world.standing(service, 1).state is StandingState.CANCELLED
    assert cast.findings(world.store) == []


def test_a_debt_paid_after_the_end_brings_nothing_back(begin: Begin) -> None:
    """REN-5, PAY-14: what is owed is settled, and the service stays ended."""
    world = begin()
    service = world.run("o1")
    world.bill_to(ISSUED)
    world.discontinue(service)
    world.bill_to(NEXT_END)
    world.pay(service, 1)
    assert world.standing(service, 1).state is StandingState.PAID
    assert world.state(service) is ServiceState.CANCELLED
    assert world.service(service).next_step is None


def test_a_termination_for_debt_comes_first_where_it_is_earlier(begin: Begin) -> None:
    """REN-5, LIF-4: the timeline of a debt runs on; what it ends, no period ends again."""
    world = begin()
    service = world.run("o1", cycle=Cadence.QUARTERLY)
    world.bill_to(day(2025, 4, 20))
    assert world.discontinue(service) == day(2025, 7, 31)
    world.bill_to(day(2025, 5, 26))
    world.take_last_notice(service, 1)
    world.bill_to(day(2025, 6, 10))
    assert world.state(service) is ServiceState.TERMINATED
    assert world.service(service).ending is None
    world.bill_to(day(2025, 8, 2))
    assert world.state(service) is ServiceState.TERMINATED
    assert cast.findings(world.store) == []


def test_the_client_cannot_take_it_back(begin: Begin) -> None:
    """REN-5, CAN-9: the provider's end is not undone by the client."""
    world = begin()
    service = world.run("o1")
    world.discontinue(service)
    before = world.dump()
    made = take_back(world.store, world.rulebook, TakingBack(key="stay", service=service), world.at(Actor.CLIENT))
    assert isinstance(made, Did)
    assert isinstance(made.answer, TakingBackRefused)
    assert [each.why for each in made.answer.reasons] == [Why.SERVICE_DISCONTINUED]
    assert world.dump() == before


def test_what_is_to_end_already_is_refused(begin: Begin) -> None:
    """REN-5, CAN-2: a client who leaves ends the service itself; staff and nobody else discontinues."""
    world = begin()
    service = world.run("o1")
    assert [each.why for each in refused(world, service, Actor.CLIENT).reasons] == [Why.NOT_BY_STAFF]
    world.cancel(service)
    assert [each.why for each in refused(world, service).reasons] == [Why.ENDING_PENDING]


def test_an_order_that_waits_is_not_discontinued(begin: Begin) -> None:
    """REN-5: an unpaid order has no period yet."""
    world = begin()
    service = world.order("o1")
    assert [each.why for each in refused(world, service).reasons] == [Why.SERVICE_NOT_RUNNING]


def test_a_request_counts_once(begin: Begin) -> None:
    """REN-5: asked twice under its key it is done once; the key of another service is refused, and an unknown one too."""
    world = begin()
    service, other = world.run("o1"), world.run("o2")
    world.discontinue(service)
    assert asked(world, service, "discontinue") == DidBefore()
    with pytest.raises(BadValue):
        asked(world, other, "discontinue")
    with pytest.raises(UnknownKey):
        asked(world, ServiceId("srv_nobody"))
