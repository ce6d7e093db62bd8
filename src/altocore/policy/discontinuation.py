"""May the provider discontinue a service at the end of its paid period, and which day is that?

At the end of a period a service is discontinued, renewed as it was, or renewed with differences. The first of these is the
provider's word, and the client has to have it in time: on the day of the renewal's issue at the latest, when it would
otherwise have an invoice. Told later, the service goes on for one period more; the refusal names the end of that one.

The end is that of the last period that was invoiced: what an invoice promises is kept, paid or not (REN-4). What is owed
stays owed, and does not hold the end up: a client's cancellation waits for its debts so that leaving settles them, while the
provider who stops selling has its own timeline for what it is owed (PAY-2).
"""

from typing import Final, TypeAlias, final

from attrs import field, frozen

from altocore.lifecycle.events import Actor
from altocore.lifecycle.machine import RUNNING, ServiceState
from altocore.terms.clauses import HOUSE, Clause
from altocore.terms.judgements import Check, Ground, Judgement, fired
from altocore.terms.reasons import Reason, Why
from altocore.values.cycles import Cycle, Once
from altocore.values.days import Day
from altocore.values.periods import Period

__all__ = [
    "DISCONTINUATION",
    "DiscontinuationAccepted",
    "DiscontinuationFacts",
    "DiscontinuationRefused",
    "decide_discontinuation",
]


@final
@frozen(kw_only=True)
class DiscontinuationFacts:
    """The service's state, the ends that are pending, 0 or 1, and who asks.

    `last` is the last period that was invoiced, `next` the one after it, `issue_day` the day of its renewal's issue; what is
    sold once has none of them, and they are its first day and today.
    """

    state: ServiceState = field()
    cycle: Cycle = field()
    pending: int = field()
    actor: Actor = field()
    last: Period = field()
    next: Period = field()
    issue_day: Day = field()
    today: Day = field()


@final
@frozen(kw_only=True)
class DiscontinuationAccepted:
    """The service ends on `effective`, the first day it does not run, and is not renewed."""

    effective: Day = field()


@final
@frozen(kw_only=True)
class DiscontinuationRefused:
    """The service goes on, for all these reasons. `next_end` is the next end that can still be told in time."""

    reasons: tuple[Reason, ...] = field()
    next_end: Day = field()


DiscontinuationAnswer: TypeAlias = DiscontinuationAccepted | DiscontinuationRefused

_ENDS: Final = (Clause("manual/honour"), Clause("terms/3.b"))


def _is_late(facts: DiscontinuationFacts, _terms: None) -> bool:
    return facts.today > facts.issue_day


def _next_end(facts: DiscontinuationFacts) -> Day:
    return facts.next.end if _is_late(facts, None) else facts.last.end


CHECKS: Final[tuple[Check[DiscontinuationFacts, None], ...]] = (
    Check(
        rule="REN-5",
        clauses=_ENDS,
        why=Why.NOT_BY_STAFF,
        fires=lambda facts, _: facts.actor is not Actor.STAFF,
        cites=lambda facts, _: (("actor", facts.actor.value),),
    ),
    Check(
        rule="REN-5",
        clauses=_ENDS,
        why=Why.SERVICE_NOT_RUNNING,
        fires=lambda facts, _: facts.state not in RUNNING,
        cites=lambda facts, _: (("state", facts.state.value),),
    ),
    Check(
        rule="CAT-2",
        clauses=(HOUSE,),
        why=Why.SOLD_ONCE,
        fires=lambda facts, _: facts.cycle is Once.ONE_TIME,
    ),
    Check(
        rule="REN-5",
        clauses=_ENDS,
        why=Why.ENDING_PENDING,
        fires=lambda facts, _: facts.pending > 0,
    ),
    Check(
        rule="REN-5",
        clauses=_ENDS,
        why=Why.TOLD_TOO_LATE,
        fires=_is_late,
        cites=lambda facts, _: (
            ("effective", facts.last.end),
            ("issue_day", facts.issue_day),
            ("today", facts.today),
            ("next_end", facts.next.end),
        ),
    ),
)

GROUNDS: Final[tuple[Ground[DiscontinuationFacts, None], ...]] = (
    Ground(
        rule="REN-5",
        clauses=_ENDS,
        holds=lambda _facts, _terms: True,
        cites=lambda facts, _: (("effective", facts.last.end), ("issue_day", facts.issue_day)),
    ),
)


def decide_discontinuation(facts: DiscontinuationFacts, _terms: None) -> DiscontinuationAnswer:
    """Return the day on which the service ends, or every reason why it goes on.

    Source: CAT-2, house; REN-5, `manual/honour`, `terms/3.b`; "told at the latest on its renewal's issue day", house.
    """
    reasons = fired(CHECKS, facts, None)
    if reasons:
        return DiscontinuationRefused(reasons=reasons, next_end=_next_end(facts))
    return DiscontinuationAccepted(effective=facts.last.end)


DISCONTINUATION: Final = Judgement(
    name="discontinuation", checks=CHECKS, grounds=GROUNDS, decide=decide_discontinuation
)
