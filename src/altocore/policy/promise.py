"""May staff take a client's promise to pay this invoice by a day?

While a promise runs, no step of the timeline is taken: no reminder, no suspension, and neither last notice, termination nor
cancellation of the invoice. The due date stays, and a promise that is not kept leaves the timeline as it stood, the day
after; but for the termination, which leaves the client `last_notice_days` more, for what it deletes does not come back.

No promise is taken for the renewal of a domain. What it would have to hold up is the expiry, and that is the registry's.
"""

from typing import Final, TypeAlias, final

from attrs import field, frozen

from altocore.billing.invoices import InvoiceKind
from altocore.billing.standing import StandingState
from altocore.billing.timeline import waits
from altocore.lifecycle.events import Actor
from altocore.terms.clauses import HOUSE
from altocore.terms.judgements import Check, Ground, Judgement, fired
from altocore.terms.parts import OverdueTerms
from altocore.terms.reasons import Reason, Why
from altocore.values.days import Day, add_days

__all__ = ["PROMISE", "PromiseAccepted", "PromiseFacts", "PromiseRefused", "decide_promise"]


@final
@frozen(kw_only=True)
class PromiseFacts:
    """Who records it, what kind of invoice it is, where that stands, and the promised day, today or later.

    `running` counts the promises that run already: 0 or 1. `next_step` is the day of the invoice's next step with this
    promise; None where none has a day: none is left, or it waits for a channel to take the last notice.
    """

    actor: Actor = field()
    kind: InvoiceKind = field()
    standing: StandingState = field()
    running: int = field()
    until: Day = field()
    next_step: Day | None = field()
    today: Day = field()


@final
@frozen(kw_only=True)
class PromiseAccepted:
    """No step is taken up to and including `until`; where nothing is paid the next one comes on `next_step`.

    That is None where no step has a day: none is left, or it waits for a channel to take the last notice.
    """

    until: Day = field()
    next_step: Day | None = field()


@final
@frozen(kw_only=True)
class PromiseRefused:
    """No promise is taken, for all these reasons."""

    reasons: tuple[Reason, ...] = field()


PromiseAnswer: TypeAlias = PromiseAccepted | PromiseRefused


def _latest(facts: PromiseFacts, terms: OverdueTerms) -> Day:
    return add_days(facts.today, terms.promise_days_max)


CHECKS: Final[tuple[Check[PromiseFacts, OverdueTerms], ...]] = (
    Check(
        rule="PAY-18",
        clauses=(HOUSE,),
        why=Why.NOT_BY_STAFF,
        fires=lambda facts, _: facts.actor is not Actor.STAFF,
        cites=lambda facts, _: (("actor", facts.actor.value),),
    ),
    Check(
        rule="PAY-18",
        clauses=(HOUSE,),
        why=Why.INVOICE_NOT_OPEN,
        fires=lambda facts, _: facts.standing is not StandingState.OPEN,
        cites=lambda facts, _: (("invoice_state", facts.standing.value),),
    ),
    Check(
        rule="PAY-16",
        clauses=(HOUSE,),
        why=Why.EXPIRY_WAITS_FOR_NO_PROMISE,
        fires=lambda facts, _: not waits(facts.kind),
    ),
    Check(
        rule="PAY-18",
        clauses=(HOUSE,),
        why=Why.PROMISE_TAKEN,
        fires=lambda facts, _: facts.running > 0,
    ),
    Check(
        rule="PAY-18",
        clauses=(HOUSE,),
        why=Why.PROMISE_TOO_LONG,
        fires=lambda facts, terms: facts.until > _latest(facts, terms),
        cites=lambda facts, terms: (("promised", facts.until), ("latest", _latest(facts, terms))),
    ),
)

GROUNDS: Final[tuple[Ground[PromiseFacts, OverdueTerms], ...]] = (
    Ground(
        rule="PAY-18",
        clauses=(HOUSE,),
        holds=lambda _facts, _terms: True,
        cites=lambda facts, _: (("promised", facts.until),),
    ),
)


def decide_promise(facts: PromiseFacts, terms: OverdueTerms) -> PromiseAnswer:
    """Return until when the timeline waits and when it goes on if the promise is not kept, or every reason why none is taken.

    Source: PAY-18, house.
    """
    reasons = fired(CHECKS, facts, terms)
    if reasons:
        return PromiseRefused(reasons=reasons)
    return PromiseAccepted(until=facts.until, next_step=facts.next_step)


PROMISE: Final = Judgement(name="promise", checks=CHECKS, grounds=GROUNDS, decide=decide_promise)
