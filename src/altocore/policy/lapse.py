"""Does a domain that is set not to renew lapse today?

It is kept registered for the time that was paid, and not a day longer. Its holder was told beforehand and chose; so nothing is
asked here but the day. A domain whose renewal is issued and stays unpaid lapses by the timeline of that invoice
(`policy.overdue`), on the same day.
"""

from typing import Final, TypeAlias, final

from attrs import field, frozen

from altocore.lifecycle.machine import RUNNING, ServiceState
from altocore.lifecycle.registrations import RenewalChoice
from altocore.terms.clauses import Clause
from altocore.terms.judgements import Check, Ground, Judgement, fired
from altocore.terms.reasons import Reason, Why
from altocore.values.days import Day

__all__ = ["LAPSE", "LapseDue", "LapseFacts", "LapseWaiting", "decide_lapse"]


@final
@frozen(kw_only=True)
class LapseFacts:
    """The state of a domain's service, what its holder chose, and the first day that is not paid for."""

    state: ServiceState = field()
    choice: RenewalChoice = field()
    expiry: Day = field()
    today: Day = field()


@final
@frozen(kw_only=True)
class LapseDue:
    """The domain lapses today."""

    day: Day = field()


@final
@frozen(kw_only=True)
class LapseWaiting:
    """It stays registered, for all these reasons."""

    reasons: tuple[Reason, ...] = field()


LapseAnswer: TypeAlias = LapseDue | LapseWaiting

CHECKS: Final[tuple[Check[LapseFacts, None], ...]] = (
    Check(
        rule="DOM-1",
        clauses=(Clause("terms/12.d"),),
        why=Why.SERVICE_NOT_RUNNING,
        fires=lambda facts, _: facts.state not in RUNNING,
        cites=lambda facts, _: (("state", facts.state.value),),
    ),
    Check(
        rule="CAN-5",
        clauses=(Clause("manual/cancellation"),),
        why=Why.SET_TO_RENEW,
        fires=lambda facts, _: facts.choice is RenewalChoice.RENEW,
    ),
    Check(
        rule="DOM-1",
        clauses=(Clause("terms/12.d"),),
        why=Why.STILL_REGISTERED,
        fires=lambda facts, _: facts.today < facts.expiry,
        cites=lambda facts, _: (("expiry", facts.expiry),),
    ),
)

GROUNDS: Final[tuple[Ground[LapseFacts, None], ...]] = (
    Ground(
        rule="DOM-1",
        clauses=(Clause("terms/12.d"),),
        holds=lambda _facts, _terms: True,
        cites=lambda facts, _: (("expiry", facts.expiry),),
    ),
    Ground(rule="CAN-5", clauses=(Clause("manual/cancellation"),), holds=lambda _facts, _terms: True),
)


def decide_lapse(facts: LapseFacts, _terms: None) -> LapseAnswer:
    """Return that the domain lapses today, or every reason why it stays registered.

    Source: DOM-1, `terms/12.d`; CAN-5, `manual/cancellation`.
    """
    reasons = fired(CHECKS, facts, None)
    return LapseWaiting(reasons=reasons) if reasons else LapseDue(day=facts.today)


LAPSE: Final = Judgement(name="lapse", checks=CHECKS, grounds=GROUNDS, decide=decide_lapse)
