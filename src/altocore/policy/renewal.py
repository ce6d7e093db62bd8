"""Is the next renewal to be issued today, for which period, when is it due, and what do its terms say otherwise?"""

from typing import Final, TypeAlias, final

from attrs import field, frozen

from altocore.lifecycle.machine import RUNNING, ServiceState
from altocore.lifecycle.registrations import RenewalChoice
from altocore.terms.clauses import HOUSE, Clause
from altocore.terms.judgements import Check, Ground, Judgement, fired
from altocore.terms.parts import InvoicingTerms
from altocore.terms.reasons import Cited, Reason, Why
from altocore.values.days import Day, add_days, days_from
from altocore.values.periods import Period

__all__ = [
    "RENEWAL",
    "RenewalDue",
    "RenewalFacts",
    "RenewalWithheld",
    "decide_renewal",
    "domain_renewal_due",
    "renewal_due",
]


@final
@frozen(kw_only=True)
class RenewalFacts:
    """The service's state, the last period invoiced and the one after it, how many of its invoices are open.

    `ending_pending` counts the cancellations that are pending, `discontinued` the ends that the provider fixed: 0 or 1.
    `choice` is what the holder of a domain wants, None of anything else. `changed` has the code of each field of the terms
    that the next period says otherwise than the last one.
    """

    state: ServiceState = field()
    ending_pending: int = field()
    discontinued: int = field()
    open_invoices: int = field()
    choice: RenewalChoice | None = field()
    running: Period = field()
    next: Period = field()
    changed: tuple[str, ...] = field()
    today: Day = field()


@final
@frozen(kw_only=True)
class RenewalDue:
    """The renewal is issued today for `period`, payable up to and including the day `due`.

    `changed` has the code of each field of the terms that it renews with a difference in; none where it renews as it was.
    """

    period: Period = field()
    due: Day = field()
    changed: tuple[str, ...] = field()


@final
@frozen(kw_only=True)
class RenewalWithheld:
    """No renewal is issued today, for all these reasons."""

    reasons: tuple[Reason, ...] = field()


RenewalAnswer: TypeAlias = RenewalDue | RenewalWithheld


def renewal_due(issued: Day, start: Day, terms: InvoicingTerms) -> Day:
    """Return the due day of the renewal of the period from `start`, as these terms give it when it is issued on this day.

    Source: REN-2, REN-9, house.
    """
    late = days_from(issued, start) < terms.renewal_notice_days
    return max(add_days(start, -1), add_days(issued, terms.due_days) if late else issued)


def domain_renewal_due(issued: Day, start: Day, terms: InvoicingTerms) -> Day:
    """Return the due day of the renewal of a domain: the last day of what is paid, as long as that is not over.

    Issued after it, the client has the days that any late renewal has.

    Source: PAY-16, REN-9, house.
    """
    last = add_days(start, -1)
    return last if issued <= last else renewal_due(issued, start, terms)


def _days_to_issue(facts: RenewalFacts, terms: InvoicingTerms) -> int:
    """Return how many days the issue day lies ahead: 0 on the day itself, less once it is behind."""
    return days_from(facts.today, facts.running.end) - terms.renewal_notice_days


def _is_late(facts: RenewalFacts, terms: InvoicingTerms) -> bool:
    return _days_to_issue(facts, terms) < 0


def _due(facts: RenewalFacts, terms: InvoicingTerms) -> Day:
    due = renewal_due if facts.choice is None else domain_renewal_due
    return due(facts.today, facts.running.end, terms)


def _issue(facts: RenewalFacts, terms: InvoicingTerms) -> Cited:
    return (("issue_day", add_days(facts.today, _days_to_issue(facts, terms))), ("today", facts.today))


_ENDS: Final = (Clause("manual/honour"), Clause("terms/3.b"))
"""What may become of a service at the end of its period: discontinued, renewed as it was, or with differences."""

CHECKS: Final[tuple[Check[RenewalFacts, InvoicingTerms], ...]] = (
    Check(
        rule="REN-1",
        clauses=(Clause("terms/3.a"),),
        why=Why.SERVICE_NOT_RUNNING,
        fires=lambda facts, _: facts.state not in RUNNING,
        cites=lambda facts, _: (("state", facts.state.value),),
    ),
    Check(
        rule="CAN-4",
        clauses=(Clause("manual/cancellation"), Clause("terms/4.a")),
        why=Why.CANCELLATION_PENDING,
        fires=lambda facts, _: facts.ending_pending > 0,
    ),
    Check(
        rule="REN-5",
        clauses=_ENDS,
        why=Why.SERVICE_DISCONTINUED,
        fires=lambda facts, _: facts.discontinued > 0,
        cites=lambda facts, _: (("effective", facts.running.end),),
    ),
    Check(
        rule="CAN-5",
        clauses=(Clause("manual/cancellation"),),
        why=Why.SET_NOT_TO_RENEW,
        fires=lambda facts, _: facts.choice is RenewalChoice.LAPSE,
        cites=lambda facts, _: (("effective", facts.running.end),),
    ),
    Check(
        rule="REN-9",
        clauses=(HOUSE,),
        why=Why.EARLIER_PERIOD_UNPAID,
        fires=lambda facts, _: facts.open_invoices > 0,
        cites=lambda facts, _: (("open_invoices", facts.open_invoices),),
    ),
    Check(
        rule="REN-2",
        clauses=(HOUSE,),
        why=Why.RENEWAL_NOT_YET_DUE,
        fires=lambda facts, terms: _days_to_issue(facts, terms) > 0,
        cites=_issue,
    ),
)

GROUNDS: Final[tuple[Ground[RenewalFacts, InvoicingTerms], ...]] = (
    Ground(
        rule="REN-1",
        clauses=(Clause("terms/3.a"),),
        holds=lambda _facts, _terms: True,
        cites=lambda facts, _: (("period", facts.next),),
    ),
    Ground(
        rule="REN-2",
        clauses=(HOUSE,),
        holds=lambda facts, terms: not _is_late(facts, terms),
        cites=lambda facts, terms: (*_issue(facts, terms), ("due", _due(facts, terms))),
    ),
    Ground(
        rule="REN-9",
        clauses=(HOUSE,),
        holds=_is_late,
        cites=lambda facts, terms: (*_issue(facts, terms), ("due", _due(facts, terms))),
    ),
    Ground(
        rule="REN-5",
        clauses=_ENDS,
        holds=lambda facts, _: len(facts.changed) > 0,
        cites=lambda facts, _: tuple([("field", code) for code in facts.changed]),
    ),
)


def decide_renewal(facts: RenewalFacts, terms: InvoicingTerms) -> RenewalAnswer:
    """Return the period and due day of the renewal to issue today, or every reason why none is.

    Issued on its day it is due on the last day of the running period. Issued later it is due then or `due_days` after
    the issue, whichever is later; no boundary moves. A domain's is due before its registration expires, however late it
    is issued, unless that is over.

    Source: REN-1, `terms/3.a`; REN-2, REN-9, house; REN-5, `manual/honour`, `terms/3.b`.
    """
    reasons = fired(CHECKS, facts, terms)
    if reasons:
        return RenewalWithheld(reasons=reasons)
    return RenewalDue(period=facts.next, due=_due(facts, terms), changed=facts.changed)


RENEWAL: Final = Judgement(name="renewal", checks=CHECKS, grounds=GROUNDS, decide=decide_renewal)
