"""Does a pending end take effect today?

It does on the day that the request fixed, once the debt is paid: a request is never refused for lateness or debt, it waits.
"""

from typing import Final, TypeAlias, final

from attrs import field, frozen

from altocore.lifecycle.machine import RUNNING, ServiceState
from altocore.lifecycle.service import EndedBy
from altocore.terms.clauses import Clause
from altocore.terms.judgements import Check, Ground, Judgement, fired
from altocore.terms.options import CancellationDebt
from altocore.terms.parts import CancellationTerms
from altocore.terms.reasons import Reason, Why
from altocore.values.days import Day

__all__ = ["ENDING", "EndingDue", "EndingFacts", "EndingWaiting", "debts_of", "decide_ending"]


@final
@frozen(kw_only=True)
class EndingFacts:
    """An end that is pending: by whom, the day it takes effect at the earliest, and the open invoices it may wait for."""

    state: ServiceState = field()
    pending: int = field()
    by: EndedBy = field()
    effective: Day = field()
    service_invoices: int = field()
    client_invoices: int = field()
    today: Day = field()


@final
@frozen(kw_only=True)
class EndingDue:
    """The end takes effect today."""

    day: Day = field()


@final
@frozen(kw_only=True)
class EndingWaiting:
    """It does not take effect today, for all these reasons."""

    reasons: tuple[Reason, ...] = field()


EndingAnswer: TypeAlias = EndingDue | EndingWaiting


def debts_of(service_invoices: int, client_invoices: int, terms: CancellationTerms) -> int:
    """Return how many of these open invoices a cancellation waits for: the service's, or all of the client. Source: CAN-4."""
    return service_invoices if terms.debt is CancellationDebt.SERVICE_INVOICES else client_invoices


def _debts(facts: EndingFacts, terms: CancellationTerms) -> int:
    if facts.by is EndedBy.PROVIDER:
        return 0
    return debts_of(facts.service_invoices, facts.client_invoices, terms)


CHECKS: Final[tuple[Check[EndingFacts, CancellationTerms], ...]] = (
    Check(
        rule="LIF-5",
        clauses=(Clause("manual/cancellation"),),
        why=Why.SERVICE_NOT_RUNNING,
        fires=lambda facts, _: facts.state not in RUNNING,
        cites=lambda facts, _: (("state", facts.state.value),),
    ),
    Check(
        rule="CAN-2",
        clauses=(Clause("manual/cancellation"),),
        why=Why.CANCELLATION_NOT_PENDING,
        fires=lambda facts, _: facts.pending == 0,
    ),
    Check(
        rule="CAN-4",
        clauses=(Clause("terms/4.a"), Clause("manual/cancellation")),
        why=Why.DEBT_UNPAID,
        fires=lambda facts, terms: _debts(facts, terms) > 0,
        cites=lambda facts, terms: (("open_invoices", _debts(facts, terms)), ("option", terms.debt.value)),
    ),
    Check(
        rule="CAN-2",
        clauses=(Clause("manual/cancellation"),),
        why=Why.END_NOT_REACHED,
        fires=lambda facts, _: facts.today < facts.effective,
        cites=lambda facts, _: (("effective", facts.effective),),
    ),
)

GROUNDS: Final[tuple[Ground[EndingFacts, CancellationTerms], ...]] = (
    Ground(
        rule="CAN-4",
        clauses=(Clause("terms/4.a"), Clause("manual/cancellation")),
        holds=lambda facts, _: facts.by is EndedBy.CLIENT,
        cites=lambda facts, _: (("effective", facts.effective), ("today", facts.today)),
    ),
    Ground(
        rule="REN-5",
        clauses=(Clause("manual/honour"), Clause("terms/3.b")),
        holds=lambda facts, _: facts.by is EndedBy.PROVIDER,
        cites=lambda facts, _: (("effective", facts.effective), ("today", facts.today)),
    ),
)


def decide_ending(facts: EndingFacts, terms: CancellationTerms) -> EndingAnswer:
    """Return that a pending end takes effect today, or every reason why it waits.

    Source: CAN-4, "effective on the later of the asked day and the day the debt is paid"; REN-5 for the provider's.
    """
    reasons = fired(CHECKS, facts, terms)
    if reasons:
        return EndingWaiting(reasons=reasons)
    return EndingDue(day=facts.today)


ENDING: Final = Judgement(name="ending", checks=CHECKS, grounds=GROUNDS, decide=decide_ending)
