"""Cases for the texts: small builders of facts, and a trace of every judgement in every way it can answer."""

from collections.abc import Iterable
from typing import Final, TypeVar

from attrs import evolve

from altocore.billing.adjustments import AdjustmentReason, Direction
from altocore.billing.costs import CostReason
from altocore.billing.invoices import Invoice, InvoiceKind, Line
from altocore.billing.moves import Hold, Moves
from altocore.billing.standing import Standing, StandingState
from altocore.catalogue.kinds import Administration
from altocore.catalogue.plans import Courtesy, ProductKind, UpgradeGroup
from altocore.lifecycle.events import Actor
from altocore.lifecycle.machine import ServiceState
from altocore.lifecycle.reasons import SuspensionReason, TerminationReason
from altocore.lifecycle.registrations import RenewalChoice
from altocore.lifecycle.service import EndedBy, EndingTime
from altocore.policy.activation import ACTIVATION, ActivationFacts
from altocore.policy.adjustment import ADJUSTMENT, AdjustmentFacts
from altocore.policy.administrative_costs import ADMINISTRATIVE_COSTS, AdministrativeCostsFacts
from altocore.policy.cancellation import CANCELLATION, CancellationFacts
from altocore.policy.client_change import CLIENT_CHANGE, ClientChangeFacts
from altocore.policy.cycle_change import CYCLE_CHANGE
from altocore.policy.discontinuation import DISCONTINUATION, DiscontinuationFacts
from altocore.policy.ending import ENDING, EndingFacts
from altocore.policy.fault import FAULT, FaultFacts
from altocore.policy.invoice import INVOICE, InvoiceAmounts, InvoiceFacts
from altocore.policy.invoice_cancellation import INVOICE_CANCELLATION, InvoiceCancellationFacts
from altocore.policy.lapse import LAPSE, LapseFacts
from altocore.policy.order import ORDER, OrderFacts
from altocore.policy.overdue import OVERDUE, OverdueFacts
from altocore.policy.payment import PAYMENT, PaymentFacts
from altocore.policy.promise import PROMISE, PromiseFacts
from altocore.policy.reactivation import REACTIVATION, ReactivationFacts
from altocore.policy.recovery import RECOVERY, RecoveryFacts
from altocore.policy.registration import REGISTRATION, Origin, RegistrationFacts
from altocore.policy.renewal import RENEWAL, RenewalFacts
from altocore.policy.renewal_choice import RENEWAL_CHOICE, RenewalChoiceFacts
from altocore.policy.restoration import FEE_ITEM, RESTORATION, RestorationFacts
from altocore.policy.suspension import SUSPENSION, SuspensionFacts
from altocore.policy.taking_back import TAKING_BACK, TakingBackFacts
from altocore.policy.termination import TERMINATION, TerminationFacts
from altocore.policy.terms_change import TERMS_CHANGE, TermsChangeFacts
from altocore.policy.upgrade import UPGRADE
from altocore.policy.upgrade_path import UPGRADE_PATH, UpgradePathFacts
from altocore.policy.write_off import WRITE_OFF, WriteOffFacts
from altocore.terms.differences import diff
from altocore.terms.judgements import Judgement, Trace, trace
from altocore.terms.options import (
    CancellationDeadline,
    CancellationDebt,
    CancellationTiming,
    DataAfterEnding,
    Downgrade,
    FirstPeriodStart,
    NoDiscountScope,
    RestorationScope,
    TermsChange,
    UpgradeCharge,
)
from altocore.terms.parts import Terms
from altocore.values.anchors import Cadence
from altocore.values.cycles import Once
from altocore.values.days import Day, day
from altocore.values.exchange import parity
from altocore.values.ids import AddonId, PlanId
from altocore.values.money import Money, money, zero
from altocore.values.rounding import Rounding
from tests import cast

F = TypeVar("F")
T = TypeVar("T")
A = TypeVar("A")

JANUARY: Final = cast.period(day(2025, 1, 1), day(2025, 2, 1))
FEBRUARY: Final = cast.period(day(2025, 2, 1), day(2025, 3, 1))
CONTRACT: Final = cast.contract(ordered=day(2024, 12, 30), anchor=day(2025, 1, 1))


def taxed(item: str, net: str) -> Line:
    """Return a line of dollars with their VAT."""
    amount = cast.usd(net)
    return cast.line(item_name=item, net=amount, tax=amount.scaled(210_000, 1_000_000, Rounding.HALF_UP))


LINES: Final = (taxed("Cloud M", "1100.00"), taxed("Server management", "49.95"))
BAKERY: Final = cast.party(name="Panadería La Espiga SRL", address="Calle Falsa 123, Rosario", tax_id="30-70999999-1")
RENEWAL_INVOICE: Final = evolve(
    cast.invoice(
        kind=InvoiceKind.RENEWAL,
        period_number=1,
        covers=FEBRUARY,
        issued=day(2025, 1, 22),
        due=day(2025, 1, 31),
        lines=LINES,
    ),
    customer=BAKERY,
)
COSTS_INVOICE: Final = evolve(
    cast.invoice(
        kind=InvoiceKind.ADMINISTRATIVE,
        period_number=None,
        command="c1",
        issued=day(2025, 1, 24),
        due=day(2025, 1, 31),
        lines=(taxed(CostReason.BANK_CHARGES.value, "12.50"),),
    ),
    customer=BAKERY,
)
RESTORATION_INVOICE: Final = evolve(
    cast.invoice(
        kind=InvoiceKind.RESTORATION,
        issued=day(2024, 12, 30),
        due=day(2025, 1, 6),
        lines=(taxed(FEE_ITEM, "100.00"), *LINES),
        exchange=parity(cast.USD),
    ),
    customer=BAKERY,
)
FIRST_INVOICE: Final = evolve(cast.invoice(issued=CONTRACT.ordered, due=day(2025, 1, 6), lines=LINES), customer=BAKERY)


def standing(invoice: Invoice, state: StandingState, settled: Money, closed: Day | None) -> Standing:
    """Return where this invoice stands, before the first step of its timeline."""
    return cast.standing(
        name=invoice.id,
        kind=invoice.kind,
        issued=invoice.issued,
        due=invoice.due,
        asked=invoice.total,
        settled=settled,
        state=state,
        closed=closed,
        next_step=day(2025, 1, 26) if state is StandingState.OPEN else None,
    )


def open_renewal() -> InvoiceFacts:
    """Return a renewal that a little credit met when it was issued, and that is open."""
    credit = cast.usd("20.00")
    return InvoiceFacts(
        invoice=RENEWAL_INVOICE,
        standing=standing(RENEWAL_INVOICE, StandingState.OPEN, credit, None),
        contract=CONTRACT,
        number="A-00000012",
        renewal_notice_days=10,
        credit_applied=credit,
        paid=zero(cast.USD),
        kept=zero(cast.USD),
    )


def changed_renewal() -> InvoiceFacts:
    """Return the same renewal under terms that say two things otherwise than those of the month before."""
    after = cast.terms(
        invoicing=cast.invoicing_terms(due_days=10), backups=cast.backup_terms(after_ending=DataAfterEnding.ERASED)
    )
    return evolve(open_renewal(), changed=diff(cast.TERMS, after))


def open_costs() -> InvoiceFacts:
    """Return administrative costs that are open."""
    return InvoiceFacts(
        invoice=COSTS_INVOICE,
        standing=standing(COSTS_INVOICE, StandingState.OPEN, zero(cast.USD), None),
        contract=CONTRACT,
        number="A-00000013",
        renewal_notice_days=10,
        credit_applied=zero(cast.USD),
        paid=zero(cast.USD),
        kept=zero(cast.USD),
    )


def restorations() -> list[InvoiceFacts]:
    """Return the offer of a restoration that waits, one that was paid, and one that lapsed on a day that is known or not."""
    nothing, asked = zero(cast.USD), RESTORATION_INVOICE.total
    waits = InvoiceFacts(
        invoice=RESTORATION_INVOICE,
        standing=standing(RESTORATION_INVOICE, StandingState.OPEN, nothing, None),
        contract=evolve(CONTRACT, anchor=None),
        number="A-00000021",
        renewal_notice_days=10,
        credit_applied=nothing,
        paid=nothing,
        kept=nothing,
    )
    taken = evolve(
        waits,
        standing=standing(RESTORATION_INVOICE, StandingState.PAID, asked, day(2025, 1, 1)),
        contract=CONTRACT,
        paid=asked,
    )
    lapsed = [
        evolve(waits, standing=standing(RESTORATION_INVOICE, StandingState.LAPSED, nothing, closed))
        for closed in (day(2025, 1, 7), None)
    ]
    return [waits, taken, *lapsed]


def paid_first() -> InvoiceFacts:
    """Return a first invoice that was paid with five dollars too many, and whose service is active."""
    return InvoiceFacts(
        invoice=FIRST_INVOICE,
        standing=standing(FIRST_INVOICE, StandingState.PAID, FIRST_INVOICE.total, day(2025, 1, 1)),
        contract=CONTRACT,
        number="A-00000003",
        renewal_notice_days=10,
        credit_applied=zero(cast.USD),
        paid=FIRST_INVOICE.total,
        kept=cast.usd("5.00"),
    )


def traced(facts: InvoiceFacts, terms: Terms = cast.TERMS) -> Trace[InvoiceAmounts]:
    """Return the trace of an invoice."""
    return trace(INVOICE, facts, terms)


def starting(start: FirstPeriodStart) -> Terms:
    """Return the terms with another reading of REN-8."""
    return evolve(cast.TERMS, invoicing=evolve(cast.TERMS.invoicing, first_period_start=start))


def _asked(judgement: Judgement[F, T, A], cases: Iterable[tuple[F, T]]) -> list[Trace[object]]:
    found: list[Trace[A]] = [trace(judgement, facts, terms) for facts, terms in cases]
    return [*found]


def _invoices() -> list[Trace[object]]:
    renewal, first = open_renewal(), paid_first()
    unanchored = evolve(first, contract=evolve(CONTRACT, anchor=None))
    late = evolve(renewal, invoice=evolve(RENEWAL_INVOICE, issued=day(2025, 1, 25)))
    waiting = evolve(renewal, standing=evolve(renewal.standing, steps_done=6, next_step=None))
    ended = [
        evolve(renewal, standing=standing(RENEWAL_INVOICE, state, zero(cast.USD), closed))
        for state in (StandingState.CANCELLED, StandingState.VOIDED)
        for closed in (day(2025, 4, 1), None)
    ]
    given_up = [
        evolve(renewal, standing=standing(RENEWAL_INVOICE, StandingState.WRITTEN_OFF, zero(cast.USD), closed))
        for closed in (day(2025, 4, 1), None)
    ]
    promise = cast.promise(made=day(2025, 1, 25), until=day(2025, 2, 3))
    promised = evolve(renewal, standing=evolve(renewal.standing, promises=(promise,)))
    dated = [
        traced(facts)
        for facts in (
            renewal,
            late,
            waiting,
            *ended,
            *given_up,
            promised,
            open_costs(),
            changed_renewal(),
            *restorations(),
        )
    ]
    anchored = [traced(facts, starting(start)) for facts in (first, unanchored) for start in FirstPeriodStart]
    undated = traced(evolve(renewal, invoice=evolve(RENEWAL_INVOICE, period=None)))
    once = traced(evolve(first, contract=evolve(CONTRACT, cycle=Once.ONE_TIME)))
    return [*dated, *anchored, undated, once]


def _orders() -> list[Trace[object]]:
    sold = cast.item(name="Web S", prices=(cast.price(cycle=Cadence.ANNUAL, amount=cast.usd("60.00")),))
    plan = cast.plan(of="web-s", kind=ProductKind.SHARED_HOSTING, items=(sold,))
    good = OrderFacts(plan=plan, cycle=Cadence.ANNUAL, currency=cast.USD, today=cast.ANCHOR)
    once = cast.plan(items=(cast.item(prices=(cast.price(cycle=Once.ONE_TIME),)),))
    asked = [good, evolve(good, cycle=Cadence.MONTHLY), evolve(good, plan=once, cycle=Once.ONE_TIME)]
    return _asked(ORDER, [(facts, cast.TERMS.order) for facts in (*asked, *_rich_orders(), *_refused_orders())])


def _rich_orders() -> list[OrderFacts]:
    """Return orders of a server with all that may come with it, of hosting, and of plans that are not refunded."""
    setup = cast.item(name="setup", prices=(cast.price(amount=cast.usd("25.00")),))
    server = cast.plan(kind=ProductKind.VPS, addons=(cast.addon(),), setup=setup)
    whole = OrderFacts(
        plan=server,
        cycle=Cadence.MONTHLY,
        currency=cast.USD,
        addons=(AddonId("management"),),
        administration=Administration.CLIENT,
        today=cast.ANCHOR,
    )
    bare = evolve(whole, addons=(), administration=None)
    hosting = cast.plan(free_domain=(cast.usd("12.50"),), courtesies=tuple(Courtesy), not_refundable=(Cadence.MONTHLY,))
    by_the_year = cast.item(name="com", prices=(cast.price(cycle=Cadence.ANNUAL, amount=cast.usd("12.50")),))
    domain = cast.plan(kind=ProductKind.INTERNATIONAL_DOMAIN, items=(by_the_year,))
    return [
        whole,
        evolve(whole, addons=()),
        evolve(whole, plan=evolve(server, setup=None)),
        evolve(bare, plan=hosting),
        evolve(bare, plan=cast.plan(kind=ProductKind.IPHONE_APP)),
        evolve(bare, plan=domain, cycle=Cadence.ANNUAL, domains=1),
        evolve(bare, plan=cast.plan(kind=ProductKind.BUNDLE, parts=(cast.part(), cast.part(of="radio")))),
    ]


def _refused_orders() -> list[OrderFacts]:
    """Return orders that are refused for what they choose, or for their day."""
    shared = cast.part(kind=ProductKind.SHARED_HOSTING)
    asked = OrderFacts(
        plan=cast.plan(addons=(cast.addon(prices=()),)),
        cycle=Cadence.MONTHLY,
        currency=cast.USD,
        addons=(AddonId("management"), AddonId("other")),
        administration=Administration.PROVIDER,
        today=day(2024, 12, 31),
    )
    domain = cast.plan(kind=ProductKind.INTERNATIONAL_DOMAIN)
    return [
        asked,
        evolve(asked, domains=1),
        evolve(asked, plan=domain),
        evolve(asked, plan=cast.plan(kind=ProductKind.DEDICATED_SERVER), administration=None),
        evolve(asked, plan=cast.plan(kind=ProductKind.BUNDLE, parts=(shared, shared))),
    ]


def _upgrade_paths() -> list[Trace[object]]:
    plan = cast.plan(upgrades=(UpgradeGroup(category="Servers", plans=(PlanId("vps"),)),))
    targets = (PlanId("vps"), PlanId("dedicated"))
    return _asked(UPGRADE_PATH, [(UpgradePathFacts(plan=plan, target=target), None) for target in targets])


def _upgrades() -> list[Trace[object]]:
    """Return changes of plan in every reading, with and without a period paid ahead, and wrong in every way."""
    good = cast.upgrade_facts()
    ahead = evolve(good, ahead=(cast.held(number=1),))
    dear = evolve(good, running=cast.held(paid=cast.usd("900.00")), price=cast.usd("10.00"))
    other = evolve(good, asked=Cadence.ANNUAL)
    overloaded = evolve(good, state=ServiceState.SUSPENDED, suspensions=(SuspensionReason.OVERLOAD,))
    smaller = evolve(
        good, category="", listed=cast.listed("150.00"), target_listed=cast.listed("100.00"), told=1, room_mb=10
    )
    wrong = evolve(good, state=ServiceState.CANCELLED, overdue=1, ending_pending=1, missing=1, unpaid=1, elsewhere=1)
    worse = [
        evolve(wrong, overdue=2, asked=Once.ONE_TIME),
        evolve(good, state=ServiceState.SUSPENDED, suspensions=(SuspensionReason.ABUSE, SuspensionReason.OVERLOAD)),
        evolve(good, target=good.plan, category=""),
        evolve(good, category=""),
        evolve(smaller, told=0),
        evolve(smaller, stored_mb=11),
    ]
    given = (good, ahead, dear, other, overloaded, smaller, wrong, *worse)
    terms = [
        cast.change_terms(upgrade_charge=charge, downgrade=downgrade)
        for charge in UpgradeCharge
        for downgrade in Downgrade
    ]
    return _asked(UPGRADE, [(facts, part) for facts in given for part in terms])


def _cycle_changes() -> list[Trace[object]]:
    """Return changes of cycle: in time with and without an issued renewal, and wrong in every way."""
    good = cast.cycle_change_facts()
    wrong = evolve(
        good,
        state=ServiceState.CANCELLED,
        ending_pending=1,
        cycle=Once.ONE_TIME,
        asked=Once.ONE_TIME,
        paid=1,
        today=day(2025, 2, 24),
    )
    return _asked(CYCLE_CHANGE, [(facts, cast.CHANGE_TERMS) for facts in (good, evolve(good, issued=1), wrong)])


def _activations() -> list[Trace[object]]:
    good = ActivationFacts(
        state=ServiceState.PENDING,
        cycle=Cadence.MONTHLY,
        first_invoice=StandingState.PAID,
        ordered=day(2024, 12, 30),
        paid=day(2024, 12, 31),
        today=day(2025, 1, 1),
    )
    bad = evolve(good, state=ServiceState.ACTIVE, first_invoice=StandingState.OPEN)
    terms = [starting(start).invoicing for start in FirstPeriodStart]
    return _asked(
        ACTIVATION, [(facts, part) for facts in (good, bad, evolve(good, cycle=Once.ONE_TIME)) for part in terms]
    )


def _renewals() -> list[Trace[object]]:
    good = RenewalFacts(
        state=ServiceState.ACTIVE,
        ending_pending=0,
        discontinued=0,
        open_invoices=0,
        choice=None,
        running=JANUARY,
        next=FEBRUARY,
        changed=(),
        today=day(2025, 1, 22),
    )
    late = evolve(good, today=day(2025, 1, 30))
    bad = evolve(good, state=ServiceState.CANCELLED, ending_pending=1, open_invoices=1, today=day(2025, 1, 2))
    worse = evolve(bad, open_invoices=2, discontinued=1, choice=RenewalChoice.LAPSE)
    differs = evolve(good, changed=("overdue.suspend_days", "tax.rates"))
    return _asked(RENEWAL, [(facts, cast.TERMS.invoicing) for facts in (good, late, bad, worse, differs)])


def _payments() -> list[Trace[object]]:
    owed, paid = cast.usd("100.00"), cast.usd("120.00")
    given = (
        (paid, owed, StandingState.OPEN),
        (paid, zero(cast.USD), StandingState.CANCELLED),
        (money("120", "ARS"), owed, StandingState.OPEN),
    )
    facts = [PaymentFacts(amount=amount, open_amount=rest, standing=state) for amount, rest, state in given]
    return _asked(PAYMENT, [(each, None) for each in facts])


def _reactivations() -> list[Trace[object]]:
    owed = [
        ReactivationFacts(
            state=ServiceState.SUSPENDED,
            suspensions=(SuspensionReason.OVERDUE,),
            lifts=SuspensionReason.OVERDUE,
            actor=Actor.GATEWAY,
            overdue_invoices=count,
        )
        for count in range(3)
    ]
    running = evolve(owed[0], state=ServiceState.ACTIVE, suspensions=())
    two = evolve(owed[0], suspensions=(SuspensionReason.OVERDUE, SuspensionReason.ABUSE))
    alone = evolve(owed[0], suspensions=(SuspensionReason.ABUSE,))
    by_client = evolve(two, lifts=SuspensionReason.ABUSE, actor=Actor.CLIENT)
    return _asked(REACTIVATION, [(facts, None) for facts in (*owed, running, two, alone, by_client)])


def _suspensions() -> list[Trace[object]]:
    good = SuspensionFacts(
        kinds=frozenset({ProductKind.CLOUD_HOSTING}),
        domains=0,
        state=ServiceState.ACTIVE,
        suspensions=(),
        reason=SuspensionReason.OVERLOAD,
        actor=Actor.STAFF,
        overloads=0,
    )
    other = [evolve(good, reason=reason, domains=domains) for domains in (0, 1) for reason in SuspensionReason]
    again = [
        evolve(good, overloads=1, kinds=frozenset({kind}))
        for kind in (ProductKind.CLOUD_HOSTING, ProductKind.SHARED_HOSTING)
    ]
    twice = evolve(good, state=ServiceState.SUSPENDED, suspensions=(SuspensionReason.OVERLOAD,), actor=Actor.CLIENT)
    gone = evolve(good, state=ServiceState.TERMINATED)
    return _asked(SUSPENSION, [(facts, None) for facts in (good, *other, *again, twice, gone)])


def _terminations() -> list[Trace[object]]:
    good = TerminationFacts(
        state=ServiceState.ACTIVE, reason=TerminationReason.SPAM, actor=Actor.STAFF, named=1, evidence=1
    )
    every = [evolve(good, reason=reason) for reason in TerminationReason]
    unproven = [evolve(each, evidence=0, named=0, state=ServiceState.CANCELLED) for each in every]
    return _asked(TERMINATION, [(facts, None) for facts in (*every, *unproven, evolve(good, actor=Actor.CLIENT))])


def _overdue() -> list[Trace[object]]:
    start = OverdueFacts(
        kind=InvoiceKind.RENEWAL,
        standing=StandingState.OPEN,
        service=ServiceState.ACTIVE,
        suspensions=(),
        issued=day(2025, 1, 22),
        due=day(2025, 1, 31),
        steps_done=0,
        last_notice_taken=None,
        today=day(2025, 1, 26),
    )
    owing = (SuspensionReason.OVERDUE,)
    suspended = evolve(start, service=ServiceState.SUSPENDED, suspensions=owing, steps_done=6)
    given = [
        start,
        evolve(start, steps_done=2, today=day(2025, 2, 1)),
        evolve(start, steps_done=4, today=day(2025, 2, 5)),
        evolve(suspended, steps_done=5, today=day(2025, 2, 27)),
        evolve(suspended, last_notice_taken=day(2025, 2, 27), today=day(2025, 3, 2)),
        evolve(start, kind=InvoiceKind.FIRST, service=ServiceState.PENDING, steps_done=4, today=day(2025, 4, 1)),
        evolve(start, kind=InvoiceKind.DOMAIN_RENEWAL, steps_done=2, today=day(2025, 2, 1)),
        evolve(start, standing=StandingState.PAID),
        evolve(start, today=day(2025, 1, 23)),
        evolve(suspended, today=day(2025, 2, 28)),
        evolve(suspended, today=day(2025, 3, 5)),
        evolve(suspended, last_notice_taken=day(2025, 3, 4), today=day(2025, 3, 5)),
    ]
    costs = evolve(start, kind=InvoiceKind.ADMINISTRATIVE)
    given += [
        evolve(costs, steps_done=2, today=day(2025, 2, 1)),
        evolve(costs, steps_done=2, today=day(2025, 2, 2)),
        evolve(costs, steps_done=5, today=day(2025, 4, 1)),
        *[
            evolve(start, kind=InvoiceKind.RESTORATION, service=ServiceState.TERMINATED, steps_done=done, today=today)
            for done, today in ((0, day(2025, 1, 26)), (0, day(2025, 2, 1)), (1, day(2025, 2, 2)))
        ],
        evolve(start, moves=Moves(holds=(Hold(made=start.today, until=day(2025, 1, 28)),))),
    ]
    at_once = evolve(cast.TERMS.overdue, reminder_days=(0,))
    on_the_day = (evolve(start, today=start.due), at_once)
    return _asked(OVERDUE, [*[(facts, cast.TERMS.overdue) for facts in given], on_the_day])


def _cancellations() -> list[Trace[object]]:
    good = CancellationFacts(
        time=EndingTime.END_OF_PERIOD,
        state=ServiceState.ACTIVE,
        cycle=Cadence.MONTHLY,
        domains=0,
        pending=0,
        last=FEBRUARY,
        unpaid=1,
        today=day(2025, 1, 25),
    )
    at_once = evolve(good, time=EndingTime.IMMEDIATE)
    bad = evolve(at_once, state=ServiceState.TERMINATED, cycle=Once.ONE_TIME, domains=1, pending=1)
    terms = [
        evolve(cast.TERMS.cancellation, deadline=deadline, timing=timing)
        for deadline in CancellationDeadline
        for timing in CancellationTiming
    ]
    return _asked(CANCELLATION, [(facts, part) for facts in (good, at_once, bad) for part in terms])


def _takings_back() -> list[Trace[object]]:
    good = TakingBackFacts(
        state=ServiceState.ACTIVE,
        pending=1,
        by=EndedBy.CLIENT,
        time=EndingTime.END_OF_PERIOD,
        effective=day(2025, 2, 1),
        service_invoices=0,
        client_invoices=0,
        voided=0,
        today=day(2025, 1, 30),
    )
    again = evolve(good, voided=1)
    over = evolve(good, time=EndingTime.IMMEDIATE, today=day(2025, 2, 1))
    gone = evolve(good, state=ServiceState.CANCELLED, pending=0)
    not_its_own = evolve(good, by=EndedBy.PROVIDER)
    return _asked(TAKING_BACK, [(each, cast.TERMS.cancellation) for each in (good, again, over, gone, not_its_own)])


def _domains() -> list[Trace[object]]:
    """Return what becomes of domains: set not to renew and back, too late, by nobody's right; lapsed, and not."""
    chosen = RenewalChoiceFacts(
        actor=Actor.CLIENT,
        state=ServiceState.ACTIVE,
        held=RenewalChoice.RENEW,
        asked=RenewalChoice.LAPSE,
        expiry=day(2026, 1, 31),
        unpaid=1,
        voided=0,
        today=day(2026, 1, 25),
    )
    back = evolve(chosen, held=RenewalChoice.LAPSE, asked=RenewalChoice.RENEW, unpaid=0, voided=1)
    bad = evolve(chosen, actor=Actor.GATEWAY, asked=RenewalChoice.RENEW, today=day(2026, 1, 31))
    none = evolve(chosen, state=ServiceState.CANCELLED, held=None)
    over = LapseFacts(
        state=ServiceState.ACTIVE, choice=RenewalChoice.LAPSE, expiry=day(2026, 1, 31), today=day(2026, 1, 31)
    )
    stays = evolve(over, state=ServiceState.PENDING, choice=RenewalChoice.RENEW, today=day(2026, 1, 30))
    return [
        *_asked(RENEWAL_CHOICE, [(facts, None) for facts in (chosen, back, bad, none)]),
        *_asked(LAPSE, [(facts, None) for facts in (over, stays)]),
    ]


def _recoveries() -> list[Trace[object]]:
    good = RecoveryFacts(
        state=ServiceState.CANCELLED,
        backups=1,
        last_backup=day(2025, 1, 1),
        rate=parity(cast.USD),
        tax=cast.VAT,
        rounding=Rounding.HALF_UP,
        today=day(2025, 2, 1),
    )
    late = evolve(good, today=day(2035, 1, 1))
    bad = evolve(good, state=ServiceState.ACTIVE, backups=0)
    erased = evolve(cast.TERMS.backups, after_ending=DataAfterEnding.ERASED)
    asked = [(facts, cast.TERMS.backups) for facts in (good, late, bad)]
    return _asked(RECOVERY, [*asked, (good, erased)])


def _restorations() -> list[Trace[object]]:
    """Return restorations of what was terminated or cancelled, in each reading, and wrong in every way."""
    good = RestorationFacts(
        actor=Actor.CLIENT,
        state=ServiceState.TERMINATED,
        ended_for=TerminationReason.DEBT,
        discontinued=0,
        begun=1,
        unpaid=0,
        owed=zero(cast.USD),
        offered=0,
        plan=cast.plan(),
        cycle=Cadence.MONTHLY,
        addons=(),
        administration=None,
        rate=parity(cast.USD),
        tax=cast.VAT,
        rounding=Rounding.HALF_UP,
        data=DataAfterEnding.COURTESY_BACKUP,
    )
    cancelled = evolve(good, state=ServiceState.CANCELLED, ended_for=None)
    owing = evolve(good, unpaid=1, owed=cast.usd("121.00"), offered=1, addons=(AddonId("management"), AddonId("other")))
    given = [
        good,
        evolve(good, data=DataAfterEnding.ERASED),
        cancelled,
        owing,
        evolve(owing, unpaid=2, actor=Actor.GATEWAY, cycle=Cadence.ANNUAL),
        evolve(good, ended_for=TerminationReason.SPAM),
        evolve(cancelled, begun=0, cycle=Once.ONE_TIME),
        evolve(cancelled, discontinued=1, administration=Administration.CLIENT),
        evolve(good, plan=cast.plan(kind=ProductKind.VPS)),
        evolve(good, state=ServiceState.ACTIVE, ended_for=None),
        evolve(good, plan=cast.plan(kind=ProductKind.INTERNATIONAL_DOMAIN)),
    ]
    terms = [cast.restoration_terms(scope=scope) for scope in RestorationScope]
    return _asked(RESTORATION, [(facts, part) for facts in given for part in terms])


def _endings() -> list[Trace[object]]:
    good = EndingFacts(
        state=ServiceState.ACTIVE,
        pending=1,
        by=EndedBy.CLIENT,
        effective=day(2025, 2, 1),
        service_invoices=0,
        client_invoices=0,
        today=day(2025, 2, 1),
    )
    one = evolve(good, pending=0, service_invoices=1, client_invoices=1, today=day(2025, 1, 30))
    two = evolve(one, state=ServiceState.CANCELLED, service_invoices=2, client_invoices=3)
    terms = [evolve(cast.TERMS.cancellation, debt=debt) for debt in CancellationDebt]
    discontinued = evolve(good, by=EndedBy.PROVIDER, service_invoices=1)
    return _asked(ENDING, [(facts, part) for facts in (good, one, two, discontinued) for part in terms])


def _discontinuations() -> list[Trace[object]]:
    good = DiscontinuationFacts(
        state=ServiceState.ACTIVE,
        cycle=Cadence.MONTHLY,
        pending=0,
        actor=Actor.STAFF,
        last=JANUARY,
        next=FEBRUARY,
        issue_day=day(2025, 1, 22),
        today=day(2025, 1, 22),
    )
    bad = evolve(good, state=ServiceState.TERMINATED, pending=1, actor=Actor.CLIENT, today=day(2025, 1, 23))
    bad = evolve(bad, cycle=Once.ONE_TIME)
    return _asked(DISCONTINUATION, [(facts, None) for facts in (good, bad)])


def _changes_of_terms() -> list[Trace[object]]:
    good = TermsChangeFacts(
        state=ServiceState.ACTIVE, effective=day(2025, 6, 1), changed=("invoicing.due_days", "overdue.suspend_days")
    )
    bad = evolve(good, state=ServiceState.CANCELLED, changed=())
    readings = [cast.contract_terms(terms_change=reading) for reading in TermsChange]
    return _asked(TERMS_CHANGE, [(facts, reading) for facts in (good, bad) for reading in readings])


def _decided_by_staff() -> list[Trace[object]]:
    """Return promises, write-offs, adjustments, requests, costs and faults: in order, and wrong in every way."""
    today = day(2025, 2, 3)
    owed, paid = cast.usd("121.00"), cast.usd("21.00")
    until, following = day(2025, 2, 10), day(2025, 2, 11)
    good = PromiseFacts(
        actor=Actor.STAFF,
        kind=InvoiceKind.RENEWAL,
        standing=StandingState.OPEN,
        running=0,
        until=until,
        next_step=following,
        today=today,
    )
    bad = evolve(good, actor=Actor.CLIENT, standing=StandingState.PAID, running=1, until=day(2025, 4, 1))
    worse = evolve(bad, kind=InvoiceKind.DOMAIN_RENEWAL)
    give_up = WriteOffFacts(
        actor=Actor.STAFF, kind=InvoiceKind.RENEWAL, standing=StandingState.OPEN, total=owed, settled=paid
    )
    kept = evolve(give_up, actor=Actor.GATEWAY, kind=InvoiceKind.FIRST, standing=StandingState.CANCELLED)
    domain = evolve(give_up, kind=InvoiceKind.DOMAIN_RENEWAL)
    offer = evolve(give_up, kind=InvoiceKind.RESTORATION)
    raised = AdjustmentFacts(
        actor=Actor.STAFF,
        direction=Direction.UP,
        reason=AdjustmentReason.GOODWILL,
        amount=owed,
        credit=paid,
        own_suspended=0,
        client_suspended=0,
    )
    lowered = evolve(raised, actor=Actor.BILLING_RUN, direction=Direction.DOWN)
    barred = [evolve(raised, own_suspended=count, client_suspended=count) for count in (1, 2)]
    to_client = cast.bonus_terms(no_discount_scope=NoDiscountScope.CLIENT)
    asked = InvoiceCancellationFacts(
        actor=Actor.STAFF,
        kind=InvoiceKind.FIRST,
        standing=StandingState.OPEN,
        settled=paid,
        service=ServiceState.PENDING,
    )
    renewal = evolve(asked, actor=Actor.PROVISIONER, kind=InvoiceKind.RENEWAL, standing=StandingState.VOIDED)
    of_domain = evolve(asked, kind=InvoiceKind.DOMAIN_RENEWAL)
    costs = evolve(asked, actor=Actor.CLIENT, kind=InvoiceKind.ADMINISTRATIVE)
    caused = AdministrativeCostsFacts(actor=Actor.STAFF, today=today)
    faulty = [FaultFacts(actor=Actor.STAFF, days=days) for days in (1, 2)]
    return [
        *_asked(PROMISE, [(facts, cast.TERMS.overdue) for facts in (good, bad, worse)]),
        *_asked(WRITE_OFF, [(facts, None) for facts in (give_up, kept, domain, offer)]),
        *_asked(ADJUSTMENT, [(facts, cast.BONUS_TERMS) for facts in (raised, lowered, *barred)]),
        *_asked(ADJUSTMENT, [(facts, to_client) for facts in barred]),
        *_asked(INVOICE_CANCELLATION, [(facts, None) for facts in (asked, renewal, of_domain, costs)]),
        *_asked(
            ADMINISTRATIVE_COSTS,
            [(facts, cast.TERMS.invoicing) for facts in (caused, evolve(caused, actor=Actor.CLIENT))],
        ),
        *_asked(FAULT, [(facts, None) for facts in (*faulty, evolve(faulty[0], actor=Actor.CLIENT))]),
    ]


def _registrations() -> list[Trace[object]]:
    good = RegistrationFacts(actor=Actor.CLIENT, origin=Origin.HERE, others=0, currency=cast.USD)
    return _asked(REGISTRATION, [(facts, None) for facts in (good, evolve(good, actor=Actor.STAFF, others=1))])


def _client_changes() -> list[Trace[object]]:
    good = ClientChangeFacts(actor=Actor.CLIENT, others=0, today=cast.ANCHOR)
    return _asked(CLIENT_CHANGE, [(facts, None) for facts in (good, evolve(good, actor=Actor.STAFF, others=1))])


def traces() -> list[Trace[object]]:
    """Return traces in which every check fires and every ground holds at least once."""
    return [
        *_registrations(),
        *_client_changes(),
        *_orders(),
        *_upgrade_paths(),
        *_upgrades(),
        *_cycle_changes(),
        *_activations(),
        *_renewals(),
        *_payments(),
        *_suspensions(),
        *_terminations(),
        *_reactivations(),
        *_overdue(),
        *_cancellations(),
        *_takings_back(),
        *_domains(),
        *_endings(),
        *_recoveries(),
        *_restorations(),
        *_discontinuations(),
        *_changes_of_terms(),
        *_invoices(),
        *_decided_by_staff(),
    ]
