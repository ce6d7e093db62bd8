"""Does an edition that is published reach a contract before its next period?

Under PERIOD_END_WITH_NOTICE it does not: it waits for the next invoice, and the client is told with that one. Under
ANY_TIME it does, from the day it comes into force, and the client is told when it is published. Either way the client is
told once of an edition, and only of one that says something else than what governed until then.
"""

from typing import Final, TypeAlias, final

from attrs import field, frozen

from altocore.lifecycle.machine import RUNNING, ServiceState
from altocore.terms.clauses import HOUSE, Clause
from altocore.terms.judgements import Check, Ground, Judgement, fired
from altocore.terms.options import TermsChange
from altocore.terms.parts import ContractTerms
from altocore.terms.reasons import Cited, Reason, Why
from altocore.values.days import Day

__all__ = ["TERMS_CHANGE", "TermsChangeFacts", "TermsReach", "TermsWait", "decide_terms_change"]


@final
@frozen(kw_only=True)
class TermsChangeFacts:
    """The state of the service whose contract may be reached, and the edition that may reach it.

    `effective` is the day on which it comes into force: published and effective. `changed` has the code of each field that
    it says otherwise than the edition in force until then; none where another edition is in force on that day.
    """

    state: ServiceState = field()
    effective: Day = field()
    changed: tuple[str, ...] = field()


@final
@frozen(kw_only=True)
class TermsReach:
    """The edition governs the contract from `effective` on, and differs in these fields."""

    effective: Day = field()
    changed: tuple[str, ...] = field()


@final
@frozen(kw_only=True)
class TermsWait:
    """The edition does not reach the contract by itself, for all these reasons."""

    reasons: tuple[Reason, ...] = field()


TermsChangeAnswer: TypeAlias = TermsReach | TermsWait

_LIVING: Final = RUNNING | {ServiceState.PENDING}


def _reading(_facts: TermsChangeFacts, terms: ContractTerms) -> Cited:
    return (("terms_change", terms.terms_change.value),)


CHECKS: Final[tuple[Check[TermsChangeFacts, ContractTerms], ...]] = (
    Check(
        rule="REN-6",
        clauses=(HOUSE,),
        why=Why.SERVICE_ENDED,
        fires=lambda facts, _: facts.state not in _LIVING,
        cites=lambda facts, _: (("state", facts.state.value),),
    ),
    Check(
        rule="REN-6",
        clauses=(Clause("terms/3.b"), Clause("manual/honour")),
        why=Why.TERMS_WAIT_FOR_PERIOD,
        fires=lambda _, terms: terms.terms_change is TermsChange.PERIOD_END_WITH_NOTICE,
        cites=_reading,
    ),
    Check(
        rule="REN-6",
        clauses=(HOUSE,),
        why=Why.TERMS_SAY_THE_SAME,
        fires=lambda facts, _: len(facts.changed) == 0,
    ),
)

GROUNDS: Final[tuple[Ground[TermsChangeFacts, ContractTerms], ...]] = (
    Ground(
        rule="REN-6",
        clauses=(Clause("terms/closing"),),
        holds=lambda _facts, _terms: True,
        cites=lambda facts, _: (
            ("in_force", facts.effective),
            *[("field", code) for code in facts.changed],
        ),
    ),
)


def decide_terms_change(facts: TermsChangeFacts, terms: ContractTerms) -> TermsChangeAnswer:
    """Return from when on a published edition governs a contract, or every reason why it waits for its next period.

    `terms` are of the edition that governs the contract as it was last invoiced.

    Source: REN-6, `terms/3.b`, `manual/honour`, `terms/closing`.
    """
    reasons = fired(CHECKS, facts, terms)
    if reasons:
        return TermsWait(reasons=reasons)
    return TermsReach(effective=facts.effective, changed=facts.changed)


TERMS_CHANGE: Final = Judgement(name="terms_change", checks=CHECKS, grounds=GROUNDS, decide=decide_terms_change)
