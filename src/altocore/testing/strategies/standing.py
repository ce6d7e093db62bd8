"""Strategies for what becomes of an invoice: its timeline, and where it stands on it."""

from typing import Final

from hypothesis import assume
from hypothesis import strategies as st

from altocore.billing.invoices import RENEWALS, Invoice, InvoiceKind
from altocore.billing.moves import Moves
from altocore.billing.standing import Standing, StandingCommand, StandingState, next_step_day
from altocore.billing.timeline import Stage, Step, timeline, waits
from altocore.terms.parts import OverdueTerms
from altocore.testing.strategies.charges import invoices
from altocore.testing.strategies.terms import overdue_terms
from altocore.testing.strategies.unpaid import promises, write_offs
from altocore.testing.strategies.values import (
    amounts,
    given_or,
)
from altocore.values.days import Day, add_days
from altocore.values.money import Money

__all__ = ["ONLY_OF", "TYPES", "standings", "steps"]

_DAYS_NEAR: Final = 60
_YEAR: Final = 365
_WALKED: Final = frozenset({StandingState.CANCELLED, StandingState.LAPSED})
ONLY_OF: Final = {StandingState.VOIDED: InvoiceKind.RENEWAL, StandingState.LAPSED: InvoiceKind.RESTORATION}
"""What alone can come to stand so."""


@st.composite
def standings(
    draw: st.DrawFn,
    *,
    invoice: Invoice | None = None,
    state: StandingState | None = None,
    terms: OverdueTerms | None = None,
) -> Standing:
    """Return a strategy for the standings of this invoice, or of any, at each place of its timeline under these terms.

    An invoice of nothing is paid as it is issued, only a renewal is voided, only a restoration lapses, and neither that, nor a
    first invoice, nor the renewal of a domain is written off; for the last no promise is taken either: nothing else is drawn
    of them. No fault of the provider has moved a step; promises to pay may.
    """
    of = draw(given_or(invoice, invoices(kind=ONLY_OF.get(state) if state else None)))
    total = of.total
    stands = draw(given_or(state, st.sampled_from(_states(of))))
    assume(stands in _states(of))
    says = draw(given_or(terms, overdue_terms()))
    steps = timeline(of.kind, says)
    walked = len(steps) if of.kind is InvoiceKind.ADMINISTRATIVE else len(steps) - 1
    done = len(steps) if stands in _WALKED else draw(st.integers(0, walked))
    queued, taken = draw(_last_notice(of, says, done))
    latest = max(of.issued, of.due, queued or of.issued, taken or of.issued)
    is_open = stands is StandingState.OPEN
    most = 1 if waits(of.kind) else 0
    taken_in = st.lists(promises(made=of.issued, days_max=says.promise_days_max), max_size=most)
    promised = tuple(draw(st.just([]) | taken_in))
    moves = Moves(holds=tuple([promise.hold for promise in promised]))
    return Standing(
        id=of.id,
        kind=of.kind,
        client=of.client,
        service=of.service,
        terms_edition=of.terms_edition,
        issued=of.issued,
        due=of.due,
        total=total,
        settled=draw(_settled(total, stands)),
        state=stands,
        closed=None if is_open else add_days(latest, draw(st.integers(0, _YEAR))),
        steps_done=done,
        last_notice_queued=queued,
        last_notice_taken=taken,
        promises=promised,
        write_off=draw(write_offs()) if stands is StandingState.WRITTEN_OFF else None,
        next_step=next_step_day(of.kind, of.due, done, taken, says, moves) if is_open else None,
    )


def steps(*, stage: Stage | None = None) -> st.SearchStrategy[Step]:
    """Return a strategy for the steps of timelines, of this stage where one is given."""
    kinds = [each for each in InvoiceKind if each is not InvoiceKind.FIRST]
    walks = st.builds(timeline, st.sampled_from(kinds), overdue_terms())
    if stage is None:
        return walks.flatmap(st.sampled_from)
    return walks.map(lambda walk: [step for step in walk if step.stage is stage]).filter(bool).flatmap(st.sampled_from)


def _states(invoice: Invoice) -> tuple[StandingState, ...]:
    """Return where an invoice can stand."""
    if invoice.total.minor == 0:
        return (StandingState.PAID,)
    voidable = (StandingState.VOIDED,) if invoice.kind in RENEWALS else ()
    lapsing = (StandingState.LAPSED,) if invoice.kind is InvoiceKind.RESTORATION else ()
    kept = {InvoiceKind.FIRST, InvoiceKind.DOMAIN_RENEWAL, InvoiceKind.RESTORATION}
    given_up = () if invoice.kind in kept else (StandingState.WRITTEN_OFF,)
    return (StandingState.OPEN, StandingState.PAID, StandingState.CANCELLED, *voidable, *lapsing, *given_up)


def _settled(total: Money, state: StandingState) -> st.SearchStrategy[Money]:
    """Return a strategy for what is settled: all of a paid invoice, not all of another one."""
    if state is StandingState.PAID:
        return st.just(total)
    return amounts(currency=total.currency, minor_min=0, minor_max=total.minor - 1)


def _last_notice(invoice: Invoice, terms: OverdueTerms, done: int) -> st.SearchStrategy[tuple[Day | None, Day | None]]:
    """Return a strategy for the days on which the last notice was queued and taken, where its step is behind the invoice."""
    stages = [step.stage for step in timeline(invoice.kind, terms)[:done]]
    if Stage.LAST_NOTICE not in stages:
        return st.just((None, None))
    due = add_days(invoice.due, terms.terminate_days - terms.last_notice_days)
    queued = st.integers(0, _DAYS_NEAR).map(lambda late: add_days(due, late))
    took = queued.flatmap(lambda on: st.integers(0, _DAYS_NEAR).map(lambda later: (on, add_days(on, later))))
    return took if Stage.TERMINATE in stages else took | queued.map(lambda on: (on, None))


TYPES: Final[dict[type[object], st.SearchStrategy[object]]] = {
    Stage: st.sampled_from(Stage),
    Standing: standings(),
    StandingCommand: st.sampled_from(StandingCommand),
    StandingState: st.sampled_from(StandingState),
    Step: steps(),
}
"""Every public type here."""
