"""A service that ended comes back: its invoice is an offer, its payment begins a new contract. PAY-5, LIF-6, CAN-7, PAY-16."""

from typing import Final

import pytest
from attrs import evolve

from altocore.adapters.memory import MemoryStore
from altocore.billing.invoices import InvoiceKind
from altocore.billing.standing import StandingState
from altocore.errors import BadValue, UnknownKey
from altocore.lifecycle.events import Actor, fold
from altocore.lifecycle.machine import ServiceCommand, ServiceState
from altocore.lifecycle.reasons import TerminationReason
from altocore.lifecycle.service import EndingTime
from altocore.plans.messages import MessageKind
from altocore.policy.restoration import RestorationGranted, RestorationRefused
from altocore.policy.termination import TerminationGranted
from altocore.terms.reasons import Why
from altocore.testing.worlds import yes
from altocore.values.days import Day, add_days, day
from altocore.values.exchange import exchange_rate
from altocore.values.ids import ServiceId
from altocore.values.money import money
from altocore.values.periods import Period
from altocore.workflows.door import DidBefore
from altocore.workflows.restoring import Restoring, restore
from altocore.workflows.terminating import Terminating, terminate
from tests import cast as examples
from tests.workflows import cast, staff
from tests.workflows.cast import World
from tests.workflows.restorations import asked, invoice, offer_id, offered, settled, standing, terminated

ASKS: Final = examples.usd("242.00")
"""The fee, a month, and 21 % of each."""


def whys(answer: object) -> tuple[Why, ...]:
    """Return the reasons of a no."""
    assert isinstance(answer, RestorationRefused)
    return tuple([reason.why for reason in answer.reasons])


def test_the_way_back(world: World) -> None:
    """PAY-5, LIF-6: the debt first, then an invoice of fee and first term; the day it is paid is the new anchor."""
    service = terminated(world)
    assert whys(asked(world, service, key="too early")) == (Why.ENDING_DEBT_UNPAID,)
    world.pay(service, 1)
    offer = offered(world, service)
    issued = invoice(world, offer)
    assert (issued.kind, issued.contract, issued.period_number, issued.period) == (InvoiceKind.RESTORATION, 2, 0, None)
    assert [(line.item, line.net) for line in issued.lines] == [
        ("restoration", examples.usd("100.00")),
        ("cloud", examples.usd("100.00")),
    ]
    assert (issued.total, issued.due) == (ASKS, add_days(world.today, 7))
    assert world.state(service) is ServiceState.TERMINATED
    assert world.service(service).unsettled == (offer,)
    assert world.service(service).debts == ()
    assert cast.findings(world.store) == []
    world.today = add_days(world.today, 3)
    before = world.service(service)
    world.pay_invoice(offer)
    back = world.service(service)
    assert (back.state, back.restoration, back.open_invoices, back.last_period) == (ServiceState.ACTIVE, None, (), 0)
    assert (back.contract.number, back.contract.anchor, back.earlier) == (2, world.today, (before.contract,))
    last = world.events(service)[-1]
    assert (last.command, last.rule, last.day) == (ServiceCommand.RESTORE, "LIF-6", world.today)
    assert fold(world.events(service)).state is ServiceState.ACTIVE
    told = [kind for _, kind in world.told(MessageKind.SERVICE_RESTORED, MessageKind.SERVICE_TO_RESTORE)]
    assert sorted(told) == sorted([MessageKind.SERVICE_RESTORED, MessageKind.SERVICE_TO_RESTORE])
    assert cast.findings(world.store) == []


@pytest.mark.parametrize(
    ("paid", "next_period"),
    [
        (day(2025, 8, 31), Period(start=day(2025, 9, 30), end=day(2025, 10, 31))),
        (day(2028, 2, 29), Period(start=day(2028, 3, 29), end=day(2028, 4, 29))),
        (day(2026, 1, 31), Period(start=day(2026, 2, 28), end=day(2026, 3, 31))),
    ],
)
def test_a_new_contract_renews_from_its_own_anchor(paid: Day, next_period: Period) -> None:
    """PAY-5: restored on 31 August, on 29 February and on 31 January, it renews by that day."""
    world = cast.in_memory()
    service = settled(world)
    world.today = paid
    world.bill()
    world.pay_invoice(offered(world, service))
    world.bill_to(next_period.start)
    renewal = invoice(world, offer_id(service)).id
    assert standing(world, renewal).state is StandingState.PAID
    again = invoice(world, world.service(service).open_invoices[0])
    assert (again.kind, again.contract, again.period_number, again.period) == (InvoiceKind.RENEWAL, 2, 1, next_period)
    assert cast.findings(world.store) == []


def test_an_offer_that_nobody_takes(world: World) -> None:
    """PAY-16: it lapses the day after it was due, and what was paid of it is credit; asked again it is another attempt."""
    service = settled(world)
    offer = offered(world, service)
    part = examples.usd("42.00")
    world.pay_invoice(offer, part)
    world.bill_to(invoice(world, offer).due)
    assert standing(world, offer).state is StandingState.OPEN
    world.bill_to(add_days(world.today, 1))
    assert (standing(world, offer).state, standing(world, offer).closed) == (StandingState.LAPSED, world.today)
    assert world.credit() == part.minor
    assert world.service(service).restoration is None
    assert world.state(service) is ServiceState.TERMINATED
    assert [kind for _, kind in world.told(MessageKind.INVOICE_LAPSED)] == [MessageKind.INVOICE_LAPSED]
    assert cast.findings(world.store) == []
    world.pay_invoice(offer, part)
    assert (world.credit(), world.state(service)) == (2 * part.minor, ServiceState.TERMINATED)
    again = offered(world, service, key="again", attempt=1)
    assert standing(world, again).settled == part + part
    world.pay_invoice(again)
    assert world.state(service) is ServiceState.ACTIVE
    assert cast.findings(world.store) == []


def test_one_fee_an_ending(world: World) -> None:
    """PAY-5: one offer at a time, each command once; ended again, it has a third contract and a second fee."""
    service = settled(world)
    offer = offered(world, service)
    before = world.dump()
    same = Restoring(key="back", service=service)
    assert restore(world.store, world.rulebook, same, world.at(Actor.CLIENT)) == DidBefore()
    assert whys(asked(world, service, key="twice")) == (Why.RESTORATION_OFFERED,)
    assert world.dump() == before
    world.pay_invoice(offer)
    assert whys(asked(world, service, key="active")) == (Why.NOTHING_TO_RESTORE,)
    right = Terminating(key="t", service=service, reason=TerminationReason.SPAM, evidence="")
    named = evolve(world.at(Actor.STAFF), by="staff-17")
    assert isinstance(yes(terminate(world.store, world.rulebook, right, named)), TerminationGranted)
    assert whys(asked(world, service, key="by client")) == (Why.RESTORED_BY_STAFF_ONLY,)
    assert isinstance(asked(world, service, key="by staff", by=Actor.STAFF), RestorationGranted)
    world.pay_invoice(offer_id(service, contract=3))
    assert [each.number for each in world.service(service).earlier] == [1, 2]
    assert cast.findings(world.store) == []


def test_credit_pays_all_of_it(world: World) -> None:
    """PAY-7: credit meets the invoice as it is issued; where that is all of it, the service is back at once."""
    service = settled(world)
    staff.adjust(world, ASKS)
    offer = offered(world, service)
    assert standing(world, offer).state is StandingState.PAID
    assert (world.state(service), world.credit()) == (ServiceState.ACTIVE, 0)
    assert world.service(service).contract.anchor == world.today
    assert cast.findings(world.store) == []


def test_an_offer_that_is_cancelled_or_not_wanted(world: World) -> None:
    """PAY-11: whoever does not want it says so; it is no debt, so it is not written off, and another may be asked for."""
    service = settled(world)
    offer = offered(world, service)
    refused = staff.give_up(world, offer)
    assert [reason.why for reason in getattr(refused, "reasons", ())] == [Why.OFFER_NOT_WRITTEN_OFF]
    staff.call_off(world, offer)
    assert standing(world, offer).state is StandingState.CANCELLED
    assert world.service(service).restoration is None
    assert cast.findings(world.store) == []
    world.pay_invoice(offered(world, service, key="again", attempt=1))
    assert world.state(service) is ServiceState.ACTIVE
    assert cast.findings(world.store) == []


def test_what_was_cancelled(world: World) -> None:
    """CAN-7: under the manual's reading it is over for good."""
    service = world.run("c")
    world.cancel(service, time=EndingTime.IMMEDIATE)
    assert whys(asked(world, service)) == (Why.CANCELLED_FOR_GOOD,)


def test_what_was_cancelled_under_the_other_reading() -> None:
    """CAN-7, CAN-6: where the scope includes it, it comes back like what was terminated."""
    world = cast.world(MemoryStore(), cast.TERMS)
    service = world.run("c")
    world.cancel(service)
    world.bill_to(day(2025, 3, 1))
    assert world.state(service) is ServiceState.CANCELLED
    world.pay_invoice(offered(world, service))
    assert world.state(service) is ServiceState.ACTIVE
    assert cast.findings(world.store) == []


def test_another_currency_needs_a_rate(world: World) -> None:
    """PAY-5: the fee is in dollars; the rate is an argument, and stands on the invoice."""
    service = world.run("b", of=cast.BEN)
    right = Terminating(key="t", service=service, reason=TerminationReason.SPAM, evidence="")
    named = evolve(world.at(Actor.STAFF), by="staff-17")
    terminate(world.store, world.rulebook, right, named)
    with pytest.raises(BadValue, match="rate"):
        asked(world, service, by=Actor.STAFF)
    rate = exchange_rate("USD", "JPY", "149.51")
    assert isinstance(asked(world, service, rate=rate, by=Actor.STAFF), RestorationGranted)
    issued = invoice(world, offer_id(service))
    assert (issued.lines[0].net, issued.exchange) == (money("14951", "JPY"), rate)
    assert cast.findings(world.store) == []


def test_who_is_not_stored(world: World) -> None:
    """LIF-6: a service that is not stored is misuse."""
    with pytest.raises(UnknownKey):
        asked(world, ServiceId("srv_no"))
