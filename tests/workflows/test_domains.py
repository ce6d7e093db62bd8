"""A domain lives from year to year: named with its order, renewed or let go, and never cancelled or suspended."""

from typing import Final

import pytest
from attrs import evolve

from altocore.billing.invoices import Invoice, InvoiceKind, invoice_id
from altocore.billing.promises import PromiseReason
from altocore.billing.standing import StandingState
from altocore.billing.write_offs import WriteOffReason
from altocore.errors import BadValue, HistoryCorrupt, UnknownKey
from altocore.lifecycle.events import Actor
from altocore.lifecycle.faults import FaultReason
from altocore.lifecycle.machine import ServiceCommand, ServiceState
from altocore.lifecycle.reasons import SuspensionReason
from altocore.lifecycle.registrations import Registration, RenewalChoice
from altocore.lifecycle.service import EndingTime, Service
from altocore.plans.documents import Document, Stored
from altocore.plans.messages import MessageKind
from altocore.policy.cancellation import CancellationRefused
from altocore.policy.lapse import LapseWaiting
from altocore.policy.order import OrderRefused
from altocore.policy.renewal_choice import RenewalChoiceRefused, RenewalChosen
from altocore.terms.reasons import Why
from altocore.testing.worlds import yes
from altocore.values.anchors import Cadence
from altocore.values.cycles import Cycle
from altocore.values.days import Day, add_days, day
from altocore.values.domains import domain_name
from altocore.values.ids import InvoiceId, ServiceId
from altocore.values.instants import start_of_day
from altocore.workflows.auditing.findings import Invariant
from altocore.workflows.cancelling import CancellationRequest, cancel
from altocore.workflows.cancelling_invoices import cancel_invoice
from altocore.workflows.choosing_renewal import SettingRenewal, set_renewal
from altocore.workflows.door import Did, DidBefore, Result
from altocore.workflows.faulting import Fault, record_fault
from altocore.workflows.lapsing import plan_lapse
from altocore.workflows.one import one
from altocore.workflows.ordering import Order, order
from altocore.workflows.promising import PromiseToPay, record_promise
from altocore.workflows.suspending import Suspending, suspend
from altocore.workflows.writing_off import GivenUp, write_off
from tests import cast as examples
from tests.workflows import cast
from tests.workflows.cast import World
from tests.workflows.conftest import Begin
from tests.workflows.corruptions import Corruption, plant

EXPIRY: Final = day(2026, 1, 31)
"""When a domain that was registered on 31 January 2025 for a year expires."""
ISSUED: Final = day(2026, 1, 21)
EVE: Final = day(2026, 1, 30)
RENEW, LAPSE = RenewalChoice.RENEW, RenewalChoice.LAPSE


def reasons_of(result: Result[object]) -> list[Why]:
    """Return the reasons of a no."""
    answer = yes(result)
    return [reason.why for reason in getattr(answer, "reasons", ())]


def chosen(world: World, service: ServiceId, choice: RenewalChoice, key: str) -> list[Why]:
    """Choose, and return the reasons of the no; it changes nothing."""
    before = world.dump()
    request = SettingRenewal(key=key, service=service, choice=choice)
    made = set_renewal(world.store, world.rulebook, request, world.at(Actor.CLIENT))
    assert isinstance(yes(made), RenewalChoiceRefused)
    assert world.dump() == before
    return reasons_of(made)


def ended(world: World, service: ServiceId) -> tuple[Day, str, str]:
    """Return the day, the command and the rule of the last thing that happened to a service."""
    last = world.events(service)[-1]
    return last.day, last.command.value, last.rule


# The order -----------------------------------------------------------------------------------------------------------


def test_an_order_names_the_domain(world: World) -> None:
    """DOM-1: the service keeps the name, and renews by itself where nothing else is said (REN-1)."""
    service = world.register("alto")
    assert world.service(service).registration == Registration(domain=domain_name("alto.com"), renewal=RENEW)
    assert world.service(service).registered_until == EXPIRY
    assert world.service(world.run("cloud")).registration is None


def test_an_order_without_a_name_is_refused(world: World) -> None:
    """DOM-1, CAN-5: without a name, by another cycle than years, and a name where there is nothing to register."""
    for plan, cycle, domain, why in (
        (cast.COM, Cadence.ANNUAL, None, [Why.DOMAIN_MISSING]),
        (cast.CLOUD, Cadence.MONTHLY, "alto.com", [Why.DOMAIN_NOT_ASKED]),
        (cast.COM, Cadence.MONTHLY, "alto.com", [Why.CYCLE_NOT_OFFERED, Why.DOMAIN_BY_THE_YEAR]),
    ):
        named = None if domain is None else domain_name(domain)
        wanted = Order(key="o1", client=cast.ANA, plan=plan.plan, cycle=cycle, domain=named)
        made = order(world.store, world.rulebook, wanted, world.at())
        assert isinstance(yes(made), OrderRefused)
        assert reasons_of(made) == why


def test_an_order_of_another_name_is_another_order(world: World) -> None:
    """DOM-1: its name is part of what was asked under the key."""
    world.register("alto")
    wanted = Order(
        key="alto", client=cast.ANA, plan=cast.COM.plan, cycle=Cadence.ANNUAL, domain=domain_name("other.com")
    )
    with pytest.raises(BadValue):
        order(world.store, world.rulebook, wanted, world.at())


# From year to year ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("anchor", "cycle", "expiry", "after"),
    [
        (cast.JANUARY_31, Cadence.ANNUAL, EXPIRY, day(2027, 1, 31)),
        (day(2024, 2, 29), Cadence.ANNUAL, day(2025, 2, 28), day(2026, 2, 28)),
        (day(2024, 2, 29), Cadence.BIENNIAL, day(2026, 2, 28), day(2028, 2, 29)),
    ],
)
def test_a_domain_that_is_paid_is_registered_for_a_term_more(
    begin: Begin, anchor: Day, cycle: Cycle, expiry: Day, after: Day
) -> None:
    """DOM-1, REN-2: the renewal comes ten days before, is due on the last day, and paid moves the expiry by a term."""
    world = begin(today=anchor)
    service = world.register("alto", cycle=cycle)
    world.bill_once(add_days(expiry, -10))
    charged = world.charged(service)[1:]
    assert charged == [(1, InvoiceKind.DOMAIN_RENEWAL, add_days(expiry, -10), add_days(expiry, -1))]
    assert world.service(service).registered_until == expiry
    world.pay(service, 1)
    assert world.service(service).registered_until == after
    world.bill_to(expiry)
    assert world.state(service) is ServiceState.ACTIVE


def test_unpaid_at_expiry_it_lapses(world: World) -> None:
    """PAY-16, DOM-1: two reminders; on the day of the expiry the domain lapses and the invoice is cancelled with it."""
    service = world.register("alto")
    world.bill_once(ISSUED)
    world.bill_to(EVE)
    assert world.state(service) is ServiceState.ACTIVE
    reminded = [on for on, _ in world.told(MessageKind.REMINDER)]
    assert reminded == [day(2026, 1, 25), day(2026, 1, 29)]
    world.bill_to(EXPIRY)
    assert world.state(service) is ServiceState.CANCELLED
    assert world.standing(service, 1).state is StandingState.CANCELLED
    assert ended(world, service) == (EXPIRY, "lapse", "DOM-1")
    assert [kind for on, kind in world.told() if on == EXPIRY] == [
        MessageKind.DOMAIN_LAPSED,
        MessageKind.INVOICE_CANCELLED,
    ]
    assert world.service(service).open_invoices == ()
    before = world.dump()
    world.bill_to(day(2026, 4, 30))
    assert world.dump() == before


def test_a_part_of_the_renewal_does_not_keep_it(world: World) -> None:
    """PAY-16, PAY-6: what was paid of the renewal becomes credit; money that comes later too."""
    service = world.register("alto")
    world.bill_once(ISSUED)
    world.pay(service, 1, examples.usd("10.00"))
    world.bill_to(EXPIRY)
    assert world.state(service) is ServiceState.CANCELLED
    assert world.credit() == 1000
    world.pay_invoice(invoice_id(service, 1, 1), examples.usd("15.13"))
    assert (world.state(service), world.credit()) == (ServiceState.CANCELLED, 2513)


def test_a_run_that_comes_late_gives_the_days_to_pay(world: World) -> None:
    """REN-9, PAY-15: a renewal that nobody could pay in time is due `due_days` after its issue, and lapses a day later."""
    service = world.register("alto")
    world.bill_once(add_days(EXPIRY, 20))
    assert world.charged(service)[1:] == [
        (1, InvoiceKind.DOMAIN_RENEWAL, add_days(EXPIRY, 20), add_days(EXPIRY, 27)),
    ]
    world.bill_to(add_days(EXPIRY, 27))
    assert world.state(service) is ServiceState.ACTIVE
    assert chosen(world, service, LAPSE, "late") == [Why.DOMAIN_EXPIRED]
    world.bill_to(add_days(EXPIRY, 28))
    assert ended(world, service) == (add_days(EXPIRY, 28), "lapse", "DOM-1")


@pytest.mark.parametrize("late", [1, 5, 9])
def test_issued_late_it_is_still_due_before_the_expiry(world: World, late: int) -> None:
    """PAY-16: the days to pay are fewer then, for nothing is registered after the expiry."""
    service = world.register("alto")
    world.bill_once(add_days(ISSUED, late))
    assert world.charged(service)[1:] == [(1, InvoiceKind.DOMAIN_RENEWAL, add_days(ISSUED, late), EVE)]
    world.bill_to(EXPIRY)
    assert world.state(service) is ServiceState.CANCELLED


def test_a_late_run_lapses_on_its_own_day(world: World) -> None:
    """PAY-2: a run that missed the expiry says the day on which it was done; its reminders are overtaken."""
    service = world.register("alto")
    world.bill_once(ISSUED)
    world.bill_once(add_days(EXPIRY, 3))
    assert ended(world, service) == (add_days(EXPIRY, 3), "lapse", "DOM-1")
    assert world.told(MessageKind.REMINDER) == []
    assert len(world.messages(MessageKind.REMINDER)) == 2


# What nobody can do --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("time", EndingTime)
def test_a_domain_is_not_cancelled(world: World, time: EndingTime) -> None:
    """CAN-5: refused with the way out in the reason."""
    service = world.register("alto")
    request = CancellationRequest(key="leave", service=service, time=time)
    made = cancel(world.store, world.rulebook, request, world.at(Actor.CLIENT))
    assert isinstance(yes(made), CancellationRefused)
    assert reasons_of(made) == [Why.DOMAIN_NOT_CANCELLED]


@pytest.mark.parametrize("reason", [each for each in SuspensionReason if each is not SuspensionReason.OVERDUE])
def test_a_domain_is_not_suspended(world: World, reason: SuspensionReason) -> None:
    """DOM-1, PAY-16: for nothing, by nobody."""
    request = Suspending(key="s", service=world.register("alto"), reason=reason)
    made = suspend(world.store, world.rulebook, request, world.at(Actor.STAFF))
    assert reasons_of(made) == [Why.DOMAIN_NOT_SUSPENDED]


def test_no_promise_and_no_fault_keeps_it_registered(world: World) -> None:
    """PAY-16, PAY-18, NOT-4: the expiry is the registry's; neither a promise nor a fault of ours moves a step."""
    service = world.register("alto")
    world.bill_once(ISSUED)
    renewal = invoice_id(service, 1, 1)
    until = add_days(EXPIRY, 3)
    promised = PromiseToPay(key="p", invoice=renewal, until=until, reason=PromiseReason.SHORT_OF_MONEY)
    made = record_promise(world.store, world.rulebook, promised, world.at(Actor.STAFF))
    assert reasons_of(made) == [Why.EXPIRY_WAITS_FOR_NO_PROMISE]
    zone = world.rulebook.provider.zone
    world.today = add_days(ISSUED, 3)
    fault = Fault(
        key="f",
        service=service,
        start=start_of_day(ISSUED, zone),
        end=start_of_day(world.today, zone),
        reason=FaultReason.CLIENT_AREA_DOWN,
    )
    before = world.standing(service, 1)
    record_fault(world.store, world.rulebook, fault, world.at(Actor.STAFF))
    assert len(world.service(service).faults) == 1
    assert world.standing(service, 1) == before
    world.bill_to(EXPIRY)
    assert ended(world, service) == (EXPIRY, "lapse", "DOM-1")


def test_its_renewal_is_neither_cancelled_nor_written_off(world: World) -> None:
    """CAN-5, PAY-16: the renewal is paid, or set aside with the domain."""
    service = world.register("alto")
    world.bill_once(ISSUED)
    renewal = invoice_id(service, 1, 1)
    made = cancel_invoice(world.store, world.rulebook, "c", renewal, world.at(Actor.CLIENT))
    assert reasons_of(made) == [Why.DOMAIN_RENEWAL_NOT_CANCELLED]
    given_up = GivenUp(key="w", invoice=renewal, reason=WriteOffReason.BELOW_COST_OF_COLLECTION)
    off = write_off(world.store, world.rulebook, given_up, world.at(Actor.STAFF))
    assert reasons_of(off) == [Why.DOMAIN_RENEWAL_NOT_WRITTEN_OFF]


# Set not to renew ----------------------------------------------------------------------------------------------------


def test_set_not_to_renew_it_lapses_at_the_end(world: World) -> None:
    """CAN-5, DOM-1: registered to the last day that is paid, without another invoice; then it is gone."""
    service = world.register("alto")
    assert world.set_renewal(service, LAPSE) == RenewalChosen(expiry=EXPIRY, voids=0, reissues=0)
    assert world.service(service).next_step == EXPIRY
    world.bill_to(EVE)
    assert world.state(service) is ServiceState.ACTIVE
    assert world.charged(service)[1:] == []
    world.bill_to(EXPIRY)
    assert ended(world, service) == (EXPIRY, "lapse", "DOM-1")
    assert world.told(MessageKind.DOMAIN_RENEWAL_SET, MessageKind.DOMAIN_LAPSED) == [
        (cast.JANUARY_31, MessageKind.DOMAIN_RENEWAL_SET),
        (EXPIRY, MessageKind.DOMAIN_LAPSED),
    ]
    assert world.service(service).next_step is None


def test_the_issued_renewal_falls_away(world: World) -> None:
    """CAN-5, PAY-12: voided; what was paid of it becomes credit, and the domain stays registered to its day."""
    service = world.register("alto")
    world.bill_once(ISSUED)
    world.pay(service, 1, examples.usd("5.00"))
    world.bill_to(EVE)
    assert world.set_renewal(service, LAPSE) == RenewalChosen(expiry=EXPIRY, voids=1, reissues=0)
    assert (world.standing(service, 1).state, world.credit()) == (StandingState.VOIDED, 500)
    stored = world.service(service)
    assert (stored.last_period, stored.next_revision, stored.open_invoices) == (0, 1, ())
    world.bill_to(EXPIRY)
    assert world.state(service) is ServiceState.CANCELLED


@pytest.mark.parametrize("on", [ISSUED, day(2026, 1, 25), EVE])
def test_set_to_renew_again_it_is_issued_once_more(world: World, on: Day) -> None:
    """CAN-5, REN-2: in the same commit, under the next revision, due on the last day that is paid."""
    service = world.register("alto")
    world.bill_once(ISSUED)
    world.set_renewal(service, LAPSE, "off")
    world.bill_to(on)
    assert world.set_renewal(service, RENEW, "on") == RenewalChosen(expiry=EXPIRY, voids=0, reissues=1)
    again = one(world.store, Invoice, invoice_id(service, 1, 1, 1)).document
    assert (again.kind, again.issued, again.due) == (InvoiceKind.DOMAIN_RENEWAL, on, EVE)
    assert world.service(service).open_invoices == (again.id,)
    assert world.service(service).registered_until == EXPIRY
    world.pay_invoice(again.id)
    assert world.service(service).registered_until == day(2027, 1, 31)


def test_what_is_paid_stays_paid(world: World) -> None:
    """DOM-1: a renewal that is paid is not undone; the domain lapses a year later."""
    service = world.register("alto")
    world.bill_once(ISSUED)
    world.pay(service, 1)
    assert world.set_renewal(service, LAPSE) == RenewalChosen(expiry=day(2027, 1, 31), voids=0, reissues=0)
    world.bill_once(day(2027, 1, 30))
    assert world.state(service) is ServiceState.ACTIVE
    world.bill_once(day(2027, 1, 31))
    assert world.state(service) is ServiceState.CANCELLED


def test_a_choice_is_made_once(world: World) -> None:
    """CAN-5: the same request again is the same request; its key is taken for any other."""
    service = world.register("alto")
    request = SettingRenewal(key="k", service=service, choice=LAPSE)
    assert isinstance(set_renewal(world.store, world.rulebook, request, world.at(Actor.STAFF)), Did)
    assert set_renewal(world.store, world.rulebook, request, world.at(Actor.STAFF)) == DidBefore()
    assert chosen(world, service, LAPSE, "again") == [Why.CHOSEN_ALREADY]
    with pytest.raises(BadValue):
        set_renewal(
            world.store, world.rulebook, SettingRenewal(key="k", service=service, choice=RENEW), world.at(Actor.STAFF)
        )


def test_nothing_else_is_set(world: World) -> None:
    """CAN-5: no other product, none that is over, and none that is not stored."""
    assert chosen(world, world.run("cloud"), LAPSE, "k") == [Why.NOT_A_DOMAIN]
    service = world.register("alto")
    world.set_renewal(service, LAPSE, "off")
    world.bill_once(EXPIRY)
    assert chosen(world, service, RENEW, "on") == [Why.SERVICE_NOT_RUNNING]
    gone = SettingRenewal(key="k", service=ServiceId("srv_no"), choice=LAPSE)
    with pytest.raises(UnknownKey):
        set_renewal(world.store, world.rulebook, gone, world.at(Actor.CLIENT))


def test_a_late_run_lets_it_go(world: World) -> None:
    """CAN-5, DOM-1: on the day of the run; no renewal is issued for it meanwhile."""
    service = world.register("alto")
    world.set_renewal(service, LAPSE)
    world.bill_once(add_days(EXPIRY, 40))
    assert ended(world, service) == (add_days(EXPIRY, 40), "lapse", "DOM-1")
    assert world.charged(service)[1:] == []


def test_discontinued_and_set_not_to_renew(world: World) -> None:
    """REN-5, CAN-5: whichever end comes first; where the renewal that was issued falls away, that is the expiry."""
    service = world.register("alto")
    world.bill_once(ISSUED)
    assert world.discontinue(service) == day(2027, 1, 31)
    world.set_renewal(service, LAPSE)
    assert world.service(service).next_step == EXPIRY
    world.bill_once(EXPIRY)
    assert (ended(world, service), world.service(service).ending) == ((EXPIRY, "lapse", "DOM-1"), None)


def test_a_lapse_is_asked_of_a_domain_alone(world: World) -> None:
    """DOM-1: before its day it is a no that changes nothing; of anything else it is no history."""
    service = world.register("alto")
    world.set_renewal(service, LAPSE)
    stored = one(world.store, Service, service)
    waiting = plan_lapse(stored, world.rulebook, world.at())
    assert isinstance(waiting.answer, LapseWaiting)
    assert waiting.writes == ()
    other = one(world.store, Service, world.run("cloud"))
    with pytest.raises(HistoryCorrupt):
        plan_lapse(Stored(other.document, other.version), world.rulebook, world.at())


def test_no_debt_of_a_domain_is_left(world: World) -> None:
    """PAY-16: what lapses owes nothing, and its client's other services go on."""
    cloud = world.run("cloud", cycle=Cadence.ANNUAL)
    service = world.register("alto")
    world.bill_once(EXPIRY)
    world.bill_once(add_days(EXPIRY, 8))
    assert world.state(service) is ServiceState.CANCELLED
    assert [each.command for each in world.events(cloud)][:1] == [ServiceCommand.ACTIVATE]
    assert InvoiceId(invoice_id(service, 1, 1)) not in world.service(service).debts


# The audit -----------------------------------------------------------------------------------------------------------


def planted(world: World, *documents: Document) -> set[tuple[Invariant, str]]:
    """Put these documents past the door, and return what the audit says of the domain and its renewal."""
    assert cast.findings(world.store) == []
    kept = world.dump()
    plant(world.store, Corruption(put=documents))
    found = {(each.invariant, each.problem) for each in cast.findings(world.store)}
    assert world.dump() != kept
    return found


def test_the_audit_finds_a_domain_that_is_none() -> None:
    """DOM-1: a product that keeps a domain registered, and a domain that keeps none."""
    world = cast.in_memory()
    held = Registration(domain=domain_name("alto.com"), renewal=RENEW)
    problem = "it keeps a domain registered and is no domain, or is one and keeps none"
    cloud = world.service(world.run("cloud", cycle=Cadence.ANNUAL))
    assert (Invariant.CONTRACT_FITS_PLAN, problem) in planted(world, evolve(cloud, registration=held))
    world = cast.in_memory()
    domain = world.service(world.register("alto"))
    assert (Invariant.CONTRACT_FITS_PLAN, problem) in planted(world, evolve(domain, registration=None))


def test_the_audit_finds_a_domain_that_is_suspended() -> None:
    """PAY-16, DOM-1: whatever the reason."""
    world = cast.in_memory()
    stored = world.service(world.register("alto"))
    suspended = evolve(stored, state=ServiceState.SUSPENDED, suspensions=(SuspensionReason.ABUSE,))
    assert (Invariant.STATE_HAS_ITS_CAUSE, "it is a domain and suspended") in planted(world, suspended)


@pytest.mark.parametrize("kind", [InvoiceKind.RENEWAL, InvoiceKind.FIRST])
def test_the_audit_finds_a_renewal_of_another_kind(kind: InvoiceKind) -> None:
    """PAY-16: a domain whose renewal would walk another timeline, and suspend it."""
    world = cast.in_memory()
    service = world.register("alto")
    world.bill_once(ISSUED)
    invoice = evolve(world.invoice(service, 1), kind=kind)
    found = planted(world, invoice, evolve(world.standing(service, 1), kind=kind))
    invariant, problem = Invariant.PERIODS_TILE, "its kind is not that of its service's renewals"
    assert ((invariant, problem) in found) is (kind is InvoiceKind.RENEWAL)
    assert any(each is invariant for each, _ in found)


def test_the_audit_finds_a_domain_that_is_due_too_late() -> None:
    """PAY-16: a renewal that is issued before the expiry is due before it."""
    world = cast.in_memory()
    service = world.register("alto")
    world.bill_once(add_days(ISSUED, 5))
    later = add_days(world.invoice(service, 1).due, 7)
    found = planted(world, evolve(world.invoice(service, 1), due=later), evolve(world.standing(service, 1), due=later))
    assert Invariant.DUE_DAY_IS_DERIVED in {invariant for invariant, _ in found}


def test_the_audit_finds_a_choice_that_the_agenda_does_not_know() -> None:
    """CAN-5: set not to renew past the door, it would be renewed."""
    world = cast.in_memory()
    stored = world.service(world.register("alto"))
    held = Registration(domain=domain_name("alto.com"), renewal=LAPSE)
    found = planted(world, evolve(stored, registration=held))
    assert (Invariant.AGENDA_IS_DERIVED, "its next step is not the derived one") in found
