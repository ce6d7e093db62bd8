"""May a client take back a cancellation that is pending?

It may, until the cancellation takes effect: that is the day that the request fixed, or the day that the debt is paid, where
that comes later. What was asked at once is no period's end that anybody waits for: it is held up by a debt alone, and stands.
An end that the provider fixed is not the client's to take back.

A request that voided the invoice of the next period is undone with it: the period is charged again, under a new invoice.
"""

from typing import Final, TypeAlias, final

from attrs import field, frozen

from altocore.lifecycle.machine import RUNNING, ServiceState
from altocore.lifecycle.service import EndedBy, EndingTime
from altocore.policy.ending import debts_of
from altocore.terms.clauses import HOUSE, Clause
from altocore.terms.judgements import Check, Ground, Judgement, fired
from altocore.terms.parts import CancellationTerms
from altocore.terms.reasons import Reason, Why
from altocore.values.days import Day

__all__ = ["TAKING_BACK", "TakenBack", "TakingBackFacts", "TakingBackRefused", "decide_taking_back"]


@final
@frozen(kw_only=True)
class TakingBackFacts:
    """The end that is pending, 0 or 1, by whom, what it asked, and the open invoices that it may wait for.

    `voided` counts the invoices of the next period that were voided. Where nothing is pending, `effective` is today.
    """

    state: ServiceState = field()
    pending: int = field()
    by: EndedBy = field()
    time: EndingTime = field()
    effective: Day = field()
    service_invoices: int = field()
    client_invoices: int = field()
    voided: int = field()
    today: Day = field()


@final
@frozen(kw_only=True)
class TakenBack:
    """The cancellation is undone; `reissues` counts the periods that are charged again: 0 or 1."""

    reissues: int = field()


@final
@frozen(kw_only=True)
class TakingBackRefused:
    """The cancellation stays as it is, for all these reasons."""

    reasons: tuple[Reason, ...] = field()


TakingBackAnswer: TypeAlias = TakenBack | TakingBackRefused


def _is_in_effect(facts: TakingBackFacts, terms: CancellationTerms) -> bool:
    waits = debts_of(facts.service_invoices, facts.client_invoices, terms) > 0
    return facts.pending > 0 and facts.today >= facts.effective and not waits


CHECKS: Final[tuple[Check[TakingBackFacts, CancellationTerms], ...]] = (
    Check(
        rule="LIF-5",
        clauses=(Clause("manual/cancellation"),),
        why=Why.SERVICE_NOT_RUNNING,
        fires=lambda facts, _: facts.state not in RUNNING,
        cites=lambda facts, _: (("state", facts.state.value),),
    ),
    Check(
        rule="CAN-9",
        clauses=(HOUSE,),
        why=Why.CANCELLATION_NOT_PENDING,
        fires=lambda facts, _: facts.pending == 0,
    ),
    Check(
        rule="REN-5",
        clauses=(Clause("manual/honour"), Clause("terms/3.b")),
        why=Why.SERVICE_DISCONTINUED,
        fires=lambda facts, _: facts.pending > 0 and facts.by is EndedBy.PROVIDER,
        cites=lambda facts, _: (("effective", facts.effective),),
    ),
    Check(
        rule="CAN-9",
        clauses=(HOUSE,),
        why=Why.CANCELLATION_IMMEDIATE,
        fires=lambda facts, _: facts.pending > 0 and facts.time is EndingTime.IMMEDIATE,
    ),
    Check(
        rule="CAN-9",
        clauses=(HOUSE,),
        why=Why.END_REACHED,
        fires=_is_in_effect,
        cites=lambda facts, _: (("effective", facts.effective), ("today", facts.today)),
    ),
)

GROUNDS: Final[tuple[Ground[TakingBackFacts, CancellationTerms], ...]] = (
    Ground(
        rule="CAN-9",
        clauses=(HOUSE,),
        holds=lambda _facts, _terms: True,
        cites=lambda facts, _: (("effective", facts.effective), ("reissues", min(facts.voided, 1))),
    ),
)


def decide_taking_back(facts: TakingBackFacts, terms: CancellationTerms) -> TakingBackAnswer:
    """Return that the cancellation is undone, or every reason why it stands.

    Source: CAN-9, house.
    """
    reasons = fired(CHECKS, facts, terms)
    return TakingBackRefused(reasons=reasons) if reasons else TakenBack(reissues=min(facts.voided, 1))


TAKING_BACK: Final = Judgement(name="taking_back", checks=CHECKS, grounds=GROUNDS, decide=decide_taking_back)
