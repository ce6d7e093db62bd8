"""Is this unpaid invoice cancelled, now that the client or staff asks for it?

A first invoice is, and its order goes with it. A renewal is not: its service runs, or ran, and a client who does not want the
next period cancels the service, which says what becomes of the invoice (CAN-4), or sets its domain not to renew (CAN-5).
Administrative costs are cancelled by staff alone, for they asked for them. A restoration is an offer: whoever does not want
it any more says so, or lets it lapse.
"""

from typing import Final, TypeAlias, final

from attrs import field, frozen

from altocore.billing.invoices import InvoiceKind
from altocore.billing.standing import StandingState
from altocore.lifecycle.events import CLIENT_OR_STAFF, Actor
from altocore.lifecycle.machine import ServiceState
from altocore.terms.clauses import Clause
from altocore.terms.judgements import Check, Ground, Judgement, fired
from altocore.terms.reasons import Reason, Why
from altocore.values.money import Money

__all__ = [
    "INVOICE_CANCELLATION",
    "InvoiceCancellationAccepted",
    "InvoiceCancellationFacts",
    "InvoiceCancellationRefused",
    "decide_invoice_cancellation",
]


@final
@frozen(kw_only=True)
class InvoiceCancellationFacts:
    """Who asks, the invoice's kind and where it stands, what was settled of it, and the state of its service."""

    actor: Actor = field()
    kind: InvoiceKind = field()
    standing: StandingState = field()
    settled: Money = field()
    service: ServiceState = field()


@final
@frozen(kw_only=True)
class InvoiceCancellationAccepted:
    """It is cancelled; `released` becomes the client's credit, `services` counts the orders that go with it: 0 or 1."""

    released: Money = field()
    services: int = field()


@final
@frozen(kw_only=True)
class InvoiceCancellationRefused:
    """The invoice stays as it is, for all these reasons."""

    reasons: tuple[Reason, ...] = field()


InvoiceCancellationAnswer: TypeAlias = InvoiceCancellationAccepted | InvoiceCancellationRefused


def _ends_order(facts: InvoiceCancellationFacts) -> bool:
    return facts.kind is InvoiceKind.FIRST and facts.service is ServiceState.PENDING


CHECKS: Final[tuple[Check[InvoiceCancellationFacts, None], ...]] = (
    Check(
        rule="PAY-11",
        clauses=(Clause("manual/alerts"),),
        why=Why.NOT_BY_CLIENT_OR_STAFF,
        fires=lambda facts, _: facts.actor not in CLIENT_OR_STAFF,
        cites=lambda facts, _: (("actor", facts.actor.value),),
    ),
    Check(
        rule="PAY-11",
        clauses=(Clause("manual/alerts"),),
        why=Why.INVOICE_NOT_OPEN,
        fires=lambda facts, _: facts.standing is not StandingState.OPEN,
        cites=lambda facts, _: (("invoice_state", facts.standing.value),),
    ),
    Check(
        rule="CAN-4",
        clauses=(Clause("terms/4.a"), Clause("manual/cancellation")),
        why=Why.RENEWAL_NOT_CANCELLED_ON_REQUEST,
        fires=lambda facts, _: facts.kind is InvoiceKind.RENEWAL,
    ),
    Check(
        rule="CAN-5",
        clauses=(Clause("manual/cancellation"),),
        why=Why.DOMAIN_RENEWAL_NOT_CANCELLED,
        fires=lambda facts, _: facts.kind is InvoiceKind.DOMAIN_RENEWAL,
    ),
    Check(
        rule="PAY-9",
        clauses=(Clause("terms/2.c"),),
        why=Why.COSTS_CANCELLED_BY_STAFF_ONLY,
        fires=lambda facts, _: facts.kind is InvoiceKind.ADMINISTRATIVE and facts.actor is Actor.CLIENT,
    ),
)

GROUNDS: Final[tuple[Ground[InvoiceCancellationFacts, None], ...]] = (
    Ground(
        rule="PAY-11",
        clauses=(Clause("manual/alerts"),),
        holds=lambda _facts, _terms: True,
        cites=lambda facts, _: (("actor", facts.actor.value),),
    ),
    Ground(rule="LIF-5", clauses=(Clause("manual/alerts"),), holds=lambda facts, _: _ends_order(facts)),
    Ground(
        rule="PAY-6",
        clauses=(Clause("terms/5.c"),),
        holds=lambda facts, _: facts.settled.minor > 0,
        cites=lambda facts, _: (("credit", facts.settled),),
    ),
)


def decide_invoice_cancellation(facts: InvoiceCancellationFacts, _terms: None) -> InvoiceCancellationAnswer:
    """Return what the cancellation releases and ends, or every reason why the invoice stays as it is.

    Source: PAY-11, LIF-5, `manual/alerts`; CAN-4, `terms/4.a`; PAY-9, `terms/2.c`.
    """
    reasons = fired(CHECKS, facts, None)
    if reasons:
        return InvoiceCancellationRefused(reasons=reasons)
    return InvoiceCancellationAccepted(released=facts.settled, services=int(_ends_order(facts)))


INVOICE_CANCELLATION: Final = Judgement(
    name="invoice_cancellation", checks=CHECKS, grounds=GROUNDS, decide=decide_invoice_cancellation
)
