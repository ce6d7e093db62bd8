"""May this service be cancelled, at once or with its period, and on which day does it end?

The request fixes the day. At once is today. With the period is the end of the last invoiced one. Under a deadline of
`ANY_TIME` the unpaid invoice of a period that has not begun is voided, whichever is asked, and the period that ends is then
the running one. A domain is not cancelled: the refusal names the way out, which is to set it not to renew. Whether it takes
effect on that day, `policy.ending` judges then: a debt makes it wait.
"""

from typing import Final, TypeAlias, final

from attrs import field, frozen

from altocore.lifecycle.machine import RUNNING, ServiceState
from altocore.lifecycle.service import EndingTime
from altocore.terms.clauses import HOUSE, Clause
from altocore.terms.judgements import Check, Ground, Judgement, fired
from altocore.terms.options import CancellationDeadline, CancellationTiming
from altocore.terms.parts import CancellationTerms
from altocore.terms.reasons import Cited, Reason, Why
from altocore.values.cycles import Cycle, Once
from altocore.values.days import Day
from altocore.values.periods import Period

__all__ = [
    "CANCELLATION",
    "CancellationAccepted",
    "CancellationFacts",
    "CancellationRefused",
    "decide_cancellation",
]


@final
@frozen(kw_only=True)
class CancellationFacts:
    """What is asked, the service's state, the last period invoiced, whether that is unpaid, the cancellations pending: 0 or 1.

    `domains` counts the domains that the service keeps registered: 0 or 1. `unpaid` counts the open invoices of the last
    period: 0 or 1. What is sold once has no period; its `last` is its first day.
    """

    time: EndingTime = field()
    state: ServiceState = field()
    cycle: Cycle = field()
    domains: int = field()
    pending: int = field()
    last: Period = field()
    unpaid: int = field()
    today: Day = field()


@final
@frozen(kw_only=True)
class CancellationAccepted:
    """The service ends on `effective`, today or the first day without it; `voids` counts the invoices that fall away."""

    effective: Day = field()
    voids: int = field()


@final
@frozen(kw_only=True)
class CancellationRefused:
    """The request does not stand, for all these reasons."""

    reasons: tuple[Reason, ...] = field()


CancellationAnswer: TypeAlias = CancellationAccepted | CancellationRefused


def _voids(facts: CancellationFacts, terms: CancellationTerms) -> bool:
    return terms.deadline is CancellationDeadline.ANY_TIME and facts.unpaid > 0 and facts.today < facts.last.start


def _effective(facts: CancellationFacts, terms: CancellationTerms) -> Day:
    if facts.time is EndingTime.IMMEDIATE:
        return facts.today
    return facts.last.start if _voids(facts, terms) else max(facts.last.end, facts.today)


def _ends(facts: CancellationFacts, terms: CancellationTerms) -> Cited:
    return (
        ("effective", _effective(facts, terms)),
        ("ending_time", facts.time.value),
        ("option", terms.deadline.value),
    )


CHECKS: Final[tuple[Check[CancellationFacts, CancellationTerms], ...]] = (
    Check(
        rule="LIF-5",
        clauses=(Clause("manual/cancellation"),),
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
        rule="CAN-5",
        clauses=(Clause("manual/cancellation"),),
        why=Why.DOMAIN_NOT_CANCELLED,
        fires=lambda facts, _: facts.domains > 0,
    ),
    Check(
        rule="CAN-2",
        clauses=(Clause("manual/cancellation"),),
        why=Why.CANCELLATION_PENDING,
        fires=lambda facts, _: facts.pending > 0,
    ),
    Check(
        rule="CAN-2",
        clauses=(Clause("terms/4.b"),),
        why=Why.IMMEDIATE_NOT_OFFERED,
        fires=lambda facts, terms: (
            facts.time is EndingTime.IMMEDIATE and terms.timing is CancellationTiming.END_OF_PERIOD_ONLY
        ),
        cites=lambda facts, terms: (("effective", max(facts.last.end, facts.today)), ("option", terms.timing.value)),
    ),
)

GROUNDS: Final[tuple[Ground[CancellationFacts, CancellationTerms], ...]] = (
    Ground(
        rule="CAN-2",
        clauses=(Clause("manual/cancellation"), Clause("terms/4.b")),
        holds=lambda _facts, _terms: True,
        cites=_ends,
    ),
    Ground(rule="CAN-3", clauses=(Clause("manual/cancellation"), Clause("terms/4.b")), holds=lambda _f, _t: True),
    Ground(
        rule="CAN-4",
        clauses=(Clause("terms/4.a"), Clause("manual/cancellation")),
        holds=lambda facts, _: facts.unpaid > 0,
        cites=lambda facts, terms: (("voids", int(_voids(facts, terms))),),
    ),
)


def decide_cancellation(facts: CancellationFacts, terms: CancellationTerms) -> CancellationAnswer:
    """Return the day on which the service ends, or every reason why the request does not stand.

    Source: CAN-2, CAN-4, CAN-5, `manual/cancellation`, `terms/4.a`, `terms/4.b`; CAT-2, house.
    """
    reasons = fired(CHECKS, facts, terms)
    if reasons:
        return CancellationRefused(reasons=reasons)
    return CancellationAccepted(effective=_effective(facts, terms), voids=int(_voids(facts, terms)))


CANCELLATION: Final = Judgement(name="cancellation", checks=CHECKS, grounds=GROUNDS, decide=decide_cancellation)
