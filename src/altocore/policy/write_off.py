"""May staff give up this open invoice?

What is written off is owed no more: it suspends nothing, withholds no renewal and keeps no cancellation waiting, so what hung
on it follows as if it were paid. What was paid of it before stays paid: it bought what was delivered. A first invoice is not
written off but cancelled: nothing was delivered for it. Nor is the renewal of a domain: it is paid before the domain expires,
or it falls away with the domain. Nor is a restoration, which is an offer that lapses, and no debt.
"""

from typing import Final, TypeAlias, final

from attrs import field, frozen

from altocore.billing.invoices import InvoiceKind
from altocore.billing.standing import StandingState
from altocore.lifecycle.events import Actor
from altocore.terms.clauses import HOUSE, Clause
from altocore.terms.judgements import Check, Ground, Judgement, fired
from altocore.terms.reasons import Reason, Why
from altocore.values.money import Money

__all__ = ["WRITE_OFF", "WriteOffAccepted", "WriteOffFacts", "WriteOffRefused", "decide_write_off"]


@final
@frozen(kw_only=True)
class WriteOffFacts:
    """Who gives it up, what kind of invoice it is, where it stands, what it asked and what was settled of it; one currency."""

    actor: Actor = field()
    kind: InvoiceKind = field()
    standing: StandingState = field()
    total: Money = field()
    settled: Money = field()


@final
@frozen(kw_only=True)
class WriteOffAccepted:
    """`written_off`, which is still open, is given up; what was settled before, `settled`, stays paid."""

    written_off: Money = field()
    settled: Money = field()


@final
@frozen(kw_only=True)
class WriteOffRefused:
    """The invoice stays as it is, for all these reasons."""

    reasons: tuple[Reason, ...] = field()


WriteOffAnswer: TypeAlias = WriteOffAccepted | WriteOffRefused

CHECKS: Final[tuple[Check[WriteOffFacts, None], ...]] = (
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
        why=Why.DOMAIN_RENEWAL_NOT_WRITTEN_OFF,
        fires=lambda facts, _: facts.kind is InvoiceKind.DOMAIN_RENEWAL,
    ),
    Check(
        rule="PAY-11",
        clauses=(Clause("manual/alerts"),),
        why=Why.FIRST_INVOICE_NOT_WRITTEN_OFF,
        fires=lambda facts, _: facts.kind is InvoiceKind.FIRST,
    ),
    Check(
        rule="PAY-16",
        clauses=(HOUSE,),
        why=Why.OFFER_NOT_WRITTEN_OFF,
        fires=lambda facts, _: facts.kind is InvoiceKind.RESTORATION,
    ),
)

GROUNDS: Final[tuple[Ground[WriteOffFacts, None], ...]] = (
    Ground(
        rule="PAY-18",
        clauses=(HOUSE,),
        holds=lambda _facts, _terms: True,
        cites=lambda facts, _: (("price", facts.total - facts.settled), ("total", facts.total)),
    ),
)


def decide_write_off(facts: WriteOffFacts, _terms: None) -> WriteOffAnswer:
    """Return what is given up, or every reason why the invoice stays as it is.

    Source: PAY-18, house; PAY-11, `manual/alerts`, for a first invoice.
    """
    reasons = fired(CHECKS, facts, None)
    if reasons:
        return WriteOffRefused(reasons=reasons)
    return WriteOffAccepted(written_off=facts.total - facts.settled, settled=facts.settled)


WRITE_OFF: Final = Judgement(name="write_off", checks=CHECKS, grounds=GROUNDS, decide=decide_write_off)
