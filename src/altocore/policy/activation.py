"""May this service be activated, and from which day do its periods count?"""

from typing import Final, TypeAlias, assert_never, final

from attrs import field, frozen

from altocore.billing.standing import StandingState
from altocore.lifecycle.machine import ServiceState
from altocore.terms.clauses import HOUSE, Clause
from altocore.terms.judgements import Check, Ground, Judgement, fired
from altocore.terms.options import FirstPeriodStart
from altocore.terms.parts import InvoicingTerms
from altocore.terms.reasons import Cited, Reason, Why
from altocore.values.cycles import Cycle, Once
from altocore.values.days import Day

__all__ = ["ACTIVATION", "ActivationFacts", "ActivationGranted", "ActivationRefused", "decide_activation"]


@final
@frozen(kw_only=True)
class ActivationFacts:
    """Where the service and its first invoice stand, and the days that could anchor it.

    `paid` is the day the first invoice was closed; while it is open, it is `today`, and a check refuses.
    """

    state: ServiceState = field()
    cycle: Cycle = field()
    first_invoice: StandingState = field()
    ordered: Day = field()
    paid: Day = field()
    today: Day = field()


@final
@frozen(kw_only=True)
class ActivationGranted:
    """The service becomes active; its periods, if it has any, count from `anchor`."""

    anchor: Day = field()


@final
@frozen(kw_only=True)
class ActivationRefused:
    """The service stays as it is, for all these reasons."""

    reasons: tuple[Reason, ...] = field()


ActivationAnswer: TypeAlias = ActivationGranted | ActivationRefused


def _anchor(facts: ActivationFacts, terms: InvoicingTerms) -> Day:
    match terms.first_period_start:
        case FirstPeriodStart.ACTIVATION:
            return facts.today
        case FirstPeriodStart.PAYMENT:
            return facts.paid
        case FirstPeriodStart.ORDER:
            return facts.ordered
        case _:
            assert_never(terms.first_period_start)


def _anchored(facts: ActivationFacts, terms: InvoicingTerms) -> Cited:
    return (("anchor", _anchor(facts, terms)), ("option", terms.first_period_start.value))


def _is_once(facts: ActivationFacts) -> bool:
    return facts.cycle is Once.ONE_TIME


CHECKS: Final[tuple[Check[ActivationFacts, InvoicingTerms], ...]] = (
    Check(
        rule="LIF-1",
        clauses=(Clause("manual/activation"),),
        why=Why.SERVICE_NOT_PENDING,
        fires=lambda facts, _: facts.state is not ServiceState.PENDING,
        cites=lambda facts, _: (("state", facts.state.value),),
    ),
    Check(
        rule="LIF-1",
        clauses=(Clause("manual/activation"),),
        why=Why.FIRST_INVOICE_UNPAID,
        fires=lambda facts, _: facts.first_invoice is not StandingState.PAID,
        cites=lambda facts, _: (("invoice_state", facts.first_invoice.value),),
    ),
)

GROUNDS: Final[tuple[Ground[ActivationFacts, InvoicingTerms], ...]] = (
    Ground(rule="LIF-1", clauses=(Clause("manual/activation"),), holds=lambda _facts, _terms: True),
    Ground(rule="REN-8", clauses=(HOUSE,), holds=lambda facts, _: not _is_once(facts), cites=_anchored),
    Ground(
        rule="CAT-2",
        clauses=(HOUSE,),
        holds=lambda facts, _: _is_once(facts),
        cites=lambda facts, terms: (("anchor", _anchor(facts, terms)),),
    ),
)


def decide_activation(facts: ActivationFacts, terms: InvoicingTerms) -> ActivationAnswer:
    """Return the anchor of a service that may start, or every reason why it may not.

    Source: LIF-1, `manual/activation`; REN-8, house.
    """
    reasons = fired(CHECKS, facts, terms)
    if reasons:
        return ActivationRefused(reasons=reasons)
    return ActivationGranted(anchor=_anchor(facts, terms))


ACTIVATION: Final = Judgement(name="activation", checks=CHECKS, grounds=GROUNDS, decide=decide_activation)
