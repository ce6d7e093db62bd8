"""Strategies for the facts of every judgement: each a question that can come up, whatever its answer is."""

from typing import Final

from hypothesis import strategies as st

from altocore.billing.invoices import BEGINNING, RENEWALS, InvoiceKind
from altocore.billing.moves import UNMOVED
from altocore.billing.numbering import label
from altocore.billing.standing import StandingState
from altocore.billing.timeline import Stage, timeline
from altocore.catalogue.kinds import Administration, ProductKind
from altocore.lifecycle.events import Actor
from altocore.lifecycle.machine import ServiceState
from altocore.lifecycle.reasons import SuspensionReason, TerminationReason
from altocore.lifecycle.registrations import RenewalChoice
from altocore.lifecycle.service import EndedBy, EndingTime
from altocore.policy.activation import ActivationFacts
from altocore.policy.cancellation import CancellationFacts
from altocore.policy.discontinuation import DiscontinuationFacts
from altocore.policy.ending import EndingFacts
from altocore.policy.invoice import InvoiceFacts
from altocore.policy.order import OrderFacts
from altocore.policy.overdue import OverdueFacts
from altocore.policy.payment import PaymentFacts
from altocore.policy.reactivation import ReactivationFacts
from altocore.policy.renewal import RenewalFacts
from altocore.policy.suspension import SuspensionFacts
from altocore.policy.taking_back import TakingBackFacts
from altocore.policy.termination import TerminationFacts
from altocore.policy.terms_change import TermsChangeFacts
from altocore.policy.upgrade_path import UpgradePathFacts
from altocore.terms.differences import Difference, changed_fields, diff
from altocore.terms.parts import OverdueTerms
from altocore.testing.strategies.catalogue import PRICE_MAX, plan_editions
from altocore.testing.strategies.charges import invoices
from altocore.testing.strategies.lifecycle import running_contracts
from altocore.testing.strategies.standing import ONLY_OF, standings
from altocore.testing.strategies.terms import overdue_terms, terms
from altocore.testing.strategies.unpaid import moves
from altocore.testing.strategies.values import (
    amounts,
    cadences,
    currencies,
    cycles,
    days,
    days_with_room,
    given_or,
    ids,
)
from altocore.values.anchors import nth_period
from altocore.values.currencies import Currency
from altocore.values.days import add_days
from altocore.values.ids import AddonId, PlanId
from altocore.values.money import Money

__all__ = [
    "TYPES",
    "activation_facts",
    "cancellation_facts",
    "discontinuation_facts",
    "ending_facts",
    "invoice_facts",
    "order_facts",
    "overdue_facts",
    "payment_facts",
    "reactivation_facts",
    "renewal_facts",
    "suspension_facts",
    "taking_back_facts",
    "termination_facts",
    "terms_change_facts",
    "upgrade_path_facts",
]

_DAYS_NEAR: Final = 90
_COUNTS: Final = st.integers(0, 3)
_NONE_OR_ONE: Final = st.integers(0, 1)
_NUMBERS_MAX: Final = 10**8


@st.composite
def activation_facts(
    draw: st.DrawFn, *, state: ServiceState | None = None, first_invoice: StandingState | None = None
) -> ActivationFacts:
    """Return a strategy for services ordered, then closed, then looked at today; an open first invoice counts as of today."""
    stands = draw(given_or(first_invoice, st.sampled_from(StandingState)))
    ordered = draw(days_with_room())
    paid = add_days(ordered, draw(st.integers(0, _DAYS_NEAR)))
    return ActivationFacts(
        state=draw(given_or(state, st.sampled_from(ServiceState))),
        cycle=draw(cycles()),
        first_invoice=stands,
        ordered=ordered,
        paid=paid,
        today=paid if stands is StandingState.OPEN else add_days(paid, draw(st.integers(0, _DAYS_NEAR))),
    )


@st.composite
def cancellation_facts(draw: st.DrawFn, *, state: ServiceState | None = None) -> CancellationFacts:
    """Return a strategy for requests made before, within and after the last invoiced period, paid or not."""
    last = nth_period(draw(days_with_room()), draw(cadences()), draw(_COUNTS))
    return CancellationFacts(
        time=draw(st.sampled_from(EndingTime)),
        state=draw(given_or(state, st.sampled_from(ServiceState))),
        cycle=draw(cycles()),
        domains=draw(_NONE_OR_ONE),
        pending=draw(_NONE_OR_ONE),
        last=last,
        unpaid=draw(_NONE_OR_ONE),
        today=add_days(last.start, draw(st.integers(-_DAYS_NEAR, last.days + _DAYS_NEAR))),
    )


@st.composite
def taking_back_facts(draw: st.DrawFn, *, state: ServiceState | None = None) -> TakingBackFacts:
    """Return a strategy for cancellations that are pending or not, around their day, held up by debts or not."""
    effective, own = draw(days_with_room()), draw(_COUNTS)
    pending = draw(_NONE_OR_ONE)
    return TakingBackFacts(
        state=draw(given_or(state, st.sampled_from(ServiceState))),
        pending=pending,
        by=draw(st.sampled_from(EndedBy)) if pending else EndedBy.CLIENT,
        time=draw(st.sampled_from(EndingTime)) if pending else EndingTime.END_OF_PERIOD,
        effective=effective,
        service_invoices=own,
        client_invoices=own + draw(_COUNTS),
        voided=draw(_COUNTS),
        today=add_days(effective, draw(st.integers(-_DAYS_NEAR, _DAYS_NEAR))) if pending else effective,
    )


@st.composite
def ending_facts(draw: st.DrawFn, *, state: ServiceState | None = None) -> EndingFacts:
    """Return a strategy for cancellations around their day; the client's open invoices count the service's own too."""
    effective = draw(days_with_room())
    own = draw(_COUNTS)
    return EndingFacts(
        state=draw(given_or(state, st.sampled_from(ServiceState))),
        pending=draw(_NONE_OR_ONE),
        by=draw(st.sampled_from(EndedBy)),
        effective=effective,
        service_invoices=own,
        client_invoices=own + draw(_COUNTS),
        today=add_days(effective, draw(st.integers(-_DAYS_NEAR, _DAYS_NEAR))),
    )


@st.composite
def invoice_facts(
    draw: st.DrawFn,
    *,
    kind: InvoiceKind | None = None,
    state: StandingState | None = None,
    terms: OverdueTerms | None = None,
) -> InvoiceFacts:
    """Return a strategy for invoices with all that became of them under these terms, or under some: one story, to the cent.

    A place on the timeline is a place under certain terms, so explain them under the same ones.
    """
    is_for = kind or (ONLY_OF.get(state) if state else None)
    cycle = draw(cadences() if is_for in {*RENEWALS, InvoiceKind.RESTORATION} else cycles())
    drawn = running_contracts(cycle=cycle)
    begins = is_for in BEGINNING
    contract = draw(drawn.filter(lambda made: not begins or made.first_period == 0))
    invoice = draw(invoices(kind=is_for, contract=contract))
    standing = draw(standings(invoice=invoice, state=state, terms=terms))
    of, settled = invoice.currency, standing.settled.minor
    credit = draw(st.integers(0, settled))
    return InvoiceFacts(
        invoice=invoice,
        standing=standing,
        contract=contract,
        number=label("A", draw(st.integers(1, _NUMBERS_MAX))),
        renewal_notice_days=draw(st.integers(0, _DAYS_NEAR)),
        credit_applied=Money(credit, of),
        paid=Money(settled - credit, of),
        kept=Money(draw(st.just(0) | st.integers(0, PRICE_MAX)), of),
        changed=draw(_differing()) if invoice.kind in RENEWALS else (),
    )


def _differing() -> st.SearchStrategy[tuple[Difference, ...]]:
    """Return a strategy for what a renewal says otherwise: mostly nothing."""
    return st.just(()) | st.builds(diff, terms(), terms())


@st.composite
def order_facts(draw: st.DrawFn, *, currency: Currency | None = None) -> OrderFacts:
    """Return a strategy for orders of plans, of which some are sold in the cycle and currency that is asked for."""
    asked, cycle = draw(given_or(currency, currencies())), draw(cycles())
    plan = draw(plan_editions(currency=asked, cycle=cycle) | plan_editions())
    known = [each.id for each in plan.addons]
    taken = st.lists(ids(AddonId) | st.sampled_from(known) if known else ids(AddonId), max_size=2, unique=True)
    return OrderFacts(
        plan=plan,
        cycle=cycle,
        currency=asked,
        addons=tuple(draw(taken)),
        administration=draw(st.none() | st.sampled_from(Administration)),
        domains=draw(st.just(int(plan.kind is ProductKind.INTERNATIONAL_DOMAIN)) | _NONE_OR_ONE),
        today=draw(st.just(max(plan.published, plan.effective)) | days_with_room()),
    )


@st.composite
def upgrade_path_facts(draw: st.DrawFn) -> UpgradePathFacts:
    """Return a strategy for plans and their targets, listed or not."""
    plan = draw(plan_editions())
    listed = [target for group in plan.upgrades for target in group.plans]
    return UpgradePathFacts(plan=plan, target=draw(st.sampled_from(listed) if listed else ids(PlanId)))


@st.composite
def overdue_facts(
    draw: st.DrawFn, *, kind: InvoiceKind | None = None, terms: OverdueTerms | None = None
) -> OverdueFacts:
    """Return a strategy for invoices at each place of their timeline under these terms, before, on and after each step.

    Where no terms are given, the place is one that every terms' timeline has: before its first step.
    """
    is_of = draw(given_or(kind, st.sampled_from(InvoiceKind)))
    says = draw(given_or(terms, overdue_terms()))
    steps = timeline(is_of, says)
    walked = len(steps) if is_of is InvoiceKind.ADMINISTRATIVE else len(steps) - 1
    done = 0 if terms is None else draw(st.integers(0, walked))
    due = draw(days_with_room())
    near = add_days(due, draw(st.sampled_from(steps)).from_due_days)
    today = add_days(near, draw(st.integers(-1, 1) | st.integers(-_DAYS_NEAR, _DAYS_NEAR)))
    noticed = [step for step in steps[:done] if step.stage is Stage.LAST_NOTICE]
    taken = [add_days(due, step.from_due_days + draw(st.integers(0, _DAYS_NEAR))) for step in noticed]
    over = Stage.TERMINATE in {step.stage for step in steps[:done]}
    stands = draw(st.sampled_from(ServiceState))
    return OverdueFacts(
        kind=is_of,
        standing=draw(st.sampled_from(StandingState)),
        service=stands,
        suspensions=draw(_suspensions(state=stands)),
        issued=add_days(due, -draw(st.integers(0, _DAYS_NEAR))),
        due=due,
        steps_done=done,
        last_notice_taken=taken[0] if taken and (over or draw(_NONE_OR_ONE)) else None,
        today=today,
        moves=draw(st.just(UNMOVED) | moves(near=near)),
    )


@st.composite
def payment_facts(draw: st.DrawFn, *, standing: StandingState | None = None) -> PaymentFacts:
    """Return a strategy for payments below, at and above what is open, seldom in another currency than it."""
    stands = draw(given_or(standing, st.sampled_from(StandingState)))
    of = draw(currencies())
    owed = draw(amounts(currency=of, minor_min=1, minor_max=PRICE_MAX))
    paid = st.just(owed) | amounts(currency=of, minor_min=1, minor_max=PRICE_MAX)
    return PaymentFacts(
        amount=draw(paid | paid | amounts(minor_min=1, minor_max=PRICE_MAX)),
        open_amount=owed if stands is StandingState.OPEN else owed - owed,
        standing=stands,
    )


@st.composite
def _suspensions(draw: st.DrawFn, *, state: ServiceState) -> tuple[SuspensionReason, ...]:
    """Return a strategy for the reasons that a service in this state is suspended for, in the order of their list."""
    if state is not ServiceState.SUSPENDED:
        return ()
    held = draw(st.sets(st.sampled_from(SuspensionReason), min_size=1))
    return tuple([each for each in SuspensionReason if each in held])


@st.composite
def reactivation_facts(draw: st.DrawFn, *, state: ServiceState | None = None) -> ReactivationFacts:
    """Return a strategy for reasons that are lifted, of services suspended for them or not, overdue or not."""
    stands = draw(given_or(state, st.sampled_from(ServiceState)))
    return ReactivationFacts(
        state=stands,
        suspensions=draw(_suspensions(state=stands)),
        lifts=draw(st.sampled_from(SuspensionReason)),
        actor=draw(st.sampled_from(Actor)),
        overdue_invoices=draw(_COUNTS),
    )


@st.composite
def suspension_facts(draw: st.DrawFn, *, state: ServiceState | None = None) -> SuspensionFacts:
    """Return a strategy for reasons to suspend, by anybody, of services suspended for some already or not."""
    stands = draw(given_or(state, st.sampled_from(ServiceState)))
    return SuspensionFacts(
        kinds=frozenset(draw(st.sets(st.sampled_from(ProductKind), min_size=1, max_size=3))),
        domains=draw(_NONE_OR_ONE),
        state=stands,
        suspensions=draw(_suspensions(state=stands)),
        reason=draw(st.sampled_from(SuspensionReason)),
        actor=draw(st.sampled_from(Actor)),
        overloads=draw(_COUNTS),
    )


@st.composite
def renewal_facts(draw: st.DrawFn, *, state: ServiceState | None = None) -> RenewalFacts:
    """Return a strategy for services between two periods that follow each other, before, on and after the day of issue."""
    anchor, cycle, number = draw(days_with_room()), draw(cadences()), draw(_COUNTS)
    running = nth_period(anchor, cycle, number)
    return RenewalFacts(
        state=draw(given_or(state, st.sampled_from(ServiceState))),
        ending_pending=draw(_NONE_OR_ONE),
        discontinued=draw(_NONE_OR_ONE),
        open_invoices=draw(_COUNTS),
        choice=draw(st.none() | st.sampled_from(RenewalChoice)),
        running=running,
        next=nth_period(anchor, cycle, number + 1),
        changed=draw(_changed()),
        today=add_days(running.end, draw(st.integers(-_DAYS_NEAR, _DAYS_NEAR))),
    )


def _changed() -> st.SearchStrategy[tuple[str, ...]]:
    """Return a strategy for the fields in which two terms differ, mostly none."""
    return st.just(()) | st.tuples(terms(), terms()).map(lambda both: changed_fields(*both))


@st.composite
def discontinuation_facts(draw: st.DrawFn, *, state: ServiceState | None = None) -> DiscontinuationFacts:
    """Return a strategy for services that anybody would discontinue, before, on and after the day of the renewal's issue."""
    anchor, cycle, number = draw(days_with_room()), draw(cadences()), draw(_COUNTS)
    last = nth_period(anchor, cycle, number)
    issue_day = add_days(last.end, -draw(st.integers(0, _DAYS_NEAR)))
    return DiscontinuationFacts(
        state=draw(given_or(state, st.sampled_from(ServiceState))),
        cycle=draw(st.just(cycle) | cycles()),
        pending=draw(_NONE_OR_ONE),
        actor=draw(st.sampled_from(Actor)),
        last=last,
        next=nth_period(anchor, cycle, number + 1),
        issue_day=issue_day,
        today=add_days(issue_day, draw(st.integers(-_DAYS_NEAR, _DAYS_NEAR))),
    )


def terms_change_facts(*, state: ServiceState | None = None) -> st.SearchStrategy[TermsChangeFacts]:
    """Return a strategy for services in any state that an edition may reach, which says something else or the same."""
    return st.builds(
        TermsChangeFacts, state=given_or(state, st.sampled_from(ServiceState)), effective=days(), changed=_changed()
    )


def termination_facts(*, state: ServiceState | None = None) -> st.SearchStrategy[TerminationFacts]:
    """Return a strategy for rights that anybody would exercise, named or not, with something to point at or nothing."""
    return st.builds(
        TerminationFacts,
        state=given_or(state, st.sampled_from(ServiceState)),
        reason=st.sampled_from(TerminationReason),
        actor=st.sampled_from(Actor),
        named=_NONE_OR_ONE,
        evidence=_NONE_OR_ONE,
    )


TYPES: Final[dict[type[object], st.SearchStrategy[object]]] = {
    ActivationFacts: activation_facts(),
    CancellationFacts: cancellation_facts(),
    DiscontinuationFacts: discontinuation_facts(),
    EndingFacts: ending_facts(),
    InvoiceFacts: invoice_facts(),
    OrderFacts: order_facts(),
    OverdueFacts: overdue_facts(),
    PaymentFacts: payment_facts(),
    ReactivationFacts: reactivation_facts(),
    RenewalFacts: renewal_facts(),
    SuspensionFacts: suspension_facts(),
    TakingBackFacts: taking_back_facts(),
    TerminationFacts: termination_facts(),
    TermsChangeFacts: terms_change_facts(),
    UpgradePathFacts: upgrade_path_facts(),
}
"""Every public type of this floor."""
