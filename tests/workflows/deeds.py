"""Every deed and every enquiry, small, on a world in which each has something to do: what the n-th call laws go through."""

from collections.abc import Sequence
from typing import Final

from attrs import evolve

from altocore.billing.adjustments import AdjustmentReason, Direction
from altocore.billing.costs import CostReason
from altocore.billing.invoices import invoice_id
from altocore.billing.payments import PaymentNotice
from altocore.billing.promises import PromiseReason
from altocore.billing.write_offs import WriteOffReason
from altocore.clients.clients import Client, CreditUse
from altocore.lifecycle.events import Actor
from altocore.lifecycle.reasons import TerminationReason
from altocore.lifecycle.service import EndingTime
from altocore.terms.options import TermsChange
from altocore.values.anchors import Cadence
from altocore.values.days import Day, day
from altocore.values.ids import ClientId
from altocore.values.money import Money, money
from altocore.values.periods import Period
from altocore.workflows import enquiries
from altocore.workflows.activating import activate
from altocore.workflows.adjusting import Adjustment, adjust_credit
from altocore.workflows.auditing import audit, seal
from altocore.workflows.cancelling import CancellationRequest, cancel
from altocore.workflows.cancelling_invoices import cancel_invoice
from altocore.workflows.changing_clients import ClientChange, change_client
from altocore.workflows.changing_terms import change_terms
from altocore.workflows.costing import Costs, invoice_costs
from altocore.workflows.day import bill_day
from altocore.workflows.discontinuing import Discontinuing, discontinue
from altocore.workflows.explaining import explain_invoice
from altocore.workflows.faulting import record_fault
from altocore.workflows.last_notices import take_last_notice
from altocore.workflows.ordering import Order, order, service_id
from altocore.workflows.paying import pay, take_payments
from altocore.workflows.promising import PromiseToPay, record_promise
from altocore.workflows.registering import publish, register
from altocore.workflows.restoring import Restoring, restore
from altocore.workflows.rulebook import load_rulebook
from altocore.workflows.sharing import Sharing, bill_day_shared
from altocore.workflows.subscribers import Intention, Subscriber, take_in
from altocore.workflows.taking_over import TakeOver
from altocore.workflows.terminating import Terminating, terminate
from altocore.workflows.writing_off import GivenUp, write_off
from tests import cast as examples
from tests.workflows import cast, staff
from tests.workflows.cast import DumpStore, World
from tests.workflows.nth import Deed, Scene

NEW: Final = ClientId("cli_new")
NEWER: Final = examples.plan(name="plan_newer", of="newer")
LATE: Final = day(2025, 4, 25)
LOOSE: Final = examples.terms(contract=examples.contract_terms(terms_change=TermsChange.ANY_TIME))
LATER: Final = examples.terms(invoicing=examples.invoicing_terms(renewal_notice_days=20))


def lively(store: DumpStore) -> World:
    """Return a world on 25 April: one owes and had its last notice, one has credit, one waits to be provisioned."""
    world = cast.world(store)
    world.run("debtor", of=cast.CLEO)
    world.run("dinars", of=cast.DAN)
    world.pay(service_id("dinars"), 0, money("100.000", "KWD"))
    world.run("late")
    world.run("free", of=cast.CLEO, plan=cast.FREE)
    world.run("unpaid", of=cast.BEN)
    world.order("never", of=cast.BEN)
    world.run("yearly", of=cast.CLEO, cycle=Cadence.ANNUAL)
    world.run("gone")
    out = Terminating(key="out", service=service_id("gone"), reason=TerminationReason.SPAM)
    terminate(store, world.rulebook, out, evolve(world.at(Actor.STAFF), by="staff-1"))
    world.bill_to(day(2025, 3, 28))
    world.order("paid", of=cast.BEN)
    world.pay(service_id("paid"), 0)
    world.publish(examples.terms_edition(name="terms_loose", published=world.today, effective=world.today, says=LOOSE))
    world.order("loose", of=cast.BEN)
    # What came due in the last four weeks is due still.
    world.today = LATE
    return world


def told(key: str, number: int, amount: Money, transaction: str) -> PaymentNotice:
    """Return a payment of an invoice."""
    return PaymentNotice(
        gateway="bank",
        transaction=transaction,
        means="transfer",
        invoice=invoice_id(service_id(key), 1, number),
        amount=amount,
        received=LATE,
    )


NOTICES: Final[Sequence[PaymentNotice]] = (
    told("debtor", 1, examples.usd("121.00"), "1"),
    told("late", 1, examples.usd("50.00"), "2"),
    told("late", 1, examples.usd("100.00"), "3"),
)


def a_client_is_registered(scene: Scene) -> None:
    """A client that was not there."""
    register(scene.world.store, examples.client(name=NEW), scene.world.at(Actor.CLIENT))


def a_client_changes(scene: Scene) -> None:
    """One who has debts has another e-mail, and another region, from now on."""
    change = ClientChange(
        key="moved",
        client=cast.CLEO,
        legal=examples.party(),
        email="cleo@elsewhere.example",
        phone="",
        tax_region="export",
        locale="pt",
        credit_use=CreditUse.KEEP,
    )
    change_client(scene.world.store, change, scene.world.at(Actor.CLIENT))


def editions_are_published(scene: Scene) -> None:
    """Two of terms, one of a plan."""
    publish(scene.world.store, [cast.MANUAL, cast.TERMS, NEWER], scene.world.at(Actor.STAFF))


def new_terms_reach_a_contract(scene: Scene) -> None:
    """One service was ordered under terms that may change on any day; its client is told."""
    later = examples.terms_edition(name="terms_later", published=LATE, effective=LATE, says=LATER)
    publish(scene.world.store, [later], scene.world.at(Actor.STAFF))
    rulebook = load_rulebook(scene.world.store, cast.PROVIDER)
    report = change_terms(scene.world.store, rulebook, later.id, scene.world.at(Actor.STAFF), page=1)
    assert (report.parked, report.left) == ([], [])


def a_service_is_discontinued(scene: Scene) -> None:
    """Cleo's year is her last."""
    request = Discontinuing(key="gone", service=service_id("yearly"))
    discontinue(scene.world.store, scene.world.rulebook, request, scene.world.at(Actor.STAFF))


def a_plan_is_ordered(scene: Scene) -> None:
    """By a client that has credit, which is spent."""
    wanted = Order(key="new", client=cast.DAN, plan=cast.CLOUD.plan, cycle=Cadence.MONTHLY)
    order(scene.world.store, scene.world.rulebook, wanted, scene.world.at(Actor.CLIENT))


def a_debt_is_paid(scene: Scene) -> None:
    """The service comes back, and what it missed is made up."""
    pay(scene.world.store, scene.world.rulebook, NOTICES[0], scene.world.at(Actor.GATEWAY))


def payments_are_taken(scene: Scene) -> None:
    """A gateway's file, in pages of two."""
    take_payments(scene.world.store, scene.world.rulebook, NOTICES, scene.world.at(Actor.GATEWAY), page=2)


def a_service_is_activated(scene: Scene) -> None:
    """It was paid."""
    activate(scene.world.store, scene.world.rulebook, service_id("paid"), scene.world.at(Actor.PROVISIONER))


def a_client_leaves(scene: Scene) -> None:
    """Dan's service ends with its period."""
    request = CancellationRequest(key="leave", service=service_id("dinars"), time=EndingTime.END_OF_PERIOD)
    cancel(scene.world.store, scene.world.rulebook, request, scene.world.at(Actor.CLIENT))


def a_last_notice_is_taken(scene: Scene) -> None:
    """Cleo's channel took it."""
    invoice = invoice_id(service_id("debtor"), 1, 1)
    take_last_notice(scene.world.store, scene.world.rulebook, invoice, scene.world.at())


def a_fault_is_recorded(scene: Scene) -> None:
    """Of a service that owes."""
    told = staff.a_fault(service_id("late"), day(2025, 4, 20), 30)
    record_fault(scene.world.store, scene.world.rulebook, told, scene.world.at(Actor.STAFF))


def a_promise_is_recorded(scene: Scene) -> None:
    """To pay what is owed."""
    own = invoice_id(service_id("late"), 1, 1)
    told = PromiseToPay(key="p1", invoice=own, until=day(2025, 5, 2), reason=PromiseReason.SHORT_OF_MONEY)
    record_promise(scene.world.store, scene.world.rulebook, told, scene.world.at(Actor.STAFF))


def a_debt_is_given_up(scene: Scene) -> None:
    """The service comes back, and what it missed is made up."""
    own = invoice_id(service_id("debtor"), 1, 1)
    told = GivenUp(key="w1", invoice=own, reason=WriteOffReason.GOODWILL)
    write_off(scene.world.store, scene.world.rulebook, told, scene.world.at(Actor.STAFF))


def a_credit_is_adjusted(scene: Scene) -> None:
    """Dan, who owes nothing, is given a dinar."""
    told = Adjustment(
        key="a1",
        client=cast.DAN,
        service=service_id("dinars"),
        direction=Direction.UP,
        amount=money("1.000", "KWD"),
        reason=AdjustmentReason.GOODWILL,
    )
    adjust_credit(scene.world.store, scene.world.rulebook, told, scene.world.at(Actor.STAFF))


def costs_are_invoiced(scene: Scene) -> None:
    """To a client that has credit, which is spent on older debts first."""
    told = Costs(key="c1", service=service_id("dinars"), amount=money("1.000", "KWD"), reason=CostReason.ABUSE_HANDLING)
    invoice_costs(scene.world.store, scene.world.rulebook, told, scene.world.at(Actor.STAFF))


def a_service_is_restored(scene: Scene) -> None:
    """Staff offers it back, and the offer is paid."""
    back = Restoring(key="r1", service=service_id("gone"))
    restore(scene.world.store, scene.world.rulebook, back, scene.world.at(Actor.STAFF))
    offer = evolve(told("gone", 0, examples.usd("242.00"), "4"), invoice=invoice_id(service_id("gone"), 2, 0))
    pay(scene.world.store, scene.world.rulebook, offer, scene.world.at(Actor.GATEWAY))


def an_order_is_called_off(scene: Scene) -> None:
    """It was never paid."""
    own = invoice_id(service_id("never"), 1, 0)
    cancel_invoice(scene.world.store, scene.world.rulebook, "x1", own, scene.world.at(Actor.CLIENT))


def a_day_is_billed(scene: Scene) -> None:
    """In pages of one."""
    bill_day(scene.world.store, scene.world.rulebook, scene.world.at(), page=1)


def a_day_is_shared(scene: Scene) -> None:
    """In two parts, in pages of one; its leases and its clock fail, too."""
    sharing = Sharing(leases=scene.leases, clock=scene.clock, holder="me", parts=2)
    report = bill_day_shared(scene.world.store, scene.world.rulebook, scene.world.at(), sharing, page=1)
    assert report.held == []


def a_portfolio_is_taken_in(scene: Scene) -> None:
    """Three subscribers, and the rulebook read first."""
    rulebook = load_rulebook(scene.world.store, cast.PROVIDER)
    list(take_in(scene.world.store, rulebook, SUBSCRIBERS, scene.world.at(Actor.STAFF)))


def a_store_is_audited(scene: Scene) -> None:
    """Against its own seal."""
    assert list(audit(scene.world.store, heads=seal(scene.world.store))) == []


def a_client_enquires(scene: Scene) -> None:
    """Of everything there is to ask."""
    store = scene.world.store
    views = enquiries.invoices_of(store, cast.CLEO, limit=1)
    assert views.next
    enquiries.invoice_of(store, cast.CLEO, views.items[0].invoice.id)
    assert enquiries.open_invoices(store, cast.CLEO)
    enquiries.dues(store, cast.CLEO, LATE)
    enquiries.ageing(store, cast.CLEO, LATE)
    assert enquiries.history(store, cast.CLEO).items
    assert enquiries.statement(store, cast.CLEO, Period(start=day(2025, 1, 1), end=LATE)).lines
    enquiries.timeline_of(store, cast.CLEO, views.items[0].invoice.id, LATE)
    explain_invoice(store, views.items[0].invoice.id)
    back = Restoring(key="ask", service=service_id("gone"))
    enquiries.restoration(store, scene.world.rulebook, cast.ANA, back, scene.world.at(Actor.CLIENT))


def _subscriber(number: int) -> Subscriber:
    client: Client = examples.client(name=ClientId(f"cli_taken_{number}"))
    anchor: Day = day(2025, 4, 1 + number)
    contract = TakeOver(
        key=f"taken/{number}", client=client.id, plan_edition=cast.CLOUD.id, cycle=Cadence.MONTHLY, anchor=anchor
    )
    return Subscriber(client=client, plan=cast.CLOUD, contract=contract, intention=Intention.STAY)


SUBSCRIBERS: Final = tuple([_subscriber(number) for number in range(3)])

DEEDS: Final[tuple[Deed, ...]] = (
    a_client_is_registered,
    a_client_changes,
    editions_are_published,
    new_terms_reach_a_contract,
    a_plan_is_ordered,
    a_debt_is_paid,
    payments_are_taken,
    a_service_is_activated,
    a_client_leaves,
    a_service_is_discontinued,
    a_last_notice_is_taken,
    a_fault_is_recorded,
    a_promise_is_recorded,
    a_debt_is_given_up,
    a_credit_is_adjusted,
    costs_are_invoiced,
    a_service_is_restored,
    an_order_is_called_off,
    a_day_is_billed,
    a_day_is_shared,
    a_portfolio_is_taken_in,
)
"""What changes a store, each time it is done for the first time."""

ENQUIRIES: Final[tuple[Deed, ...]] = (a_store_is_audited, a_client_enquires)
"""What only reads."""
