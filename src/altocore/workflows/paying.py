"""Money comes in: it settles its invoice, and everything that hung on that invoice follows, in one commit.

Each step is planned over what the one before leaves: the payment, and with it the restoration that it pays; the service
comes back from its suspension; whatever was
missed meanwhile on its agenda, renewal after renewal while credit pays them, or the end it was waiting for. Only the first
must succeed: a renewal that cannot be planned is left to the day's billing, and never loses the money (PAY-18).
"""

from collections.abc import Sequence
from typing import Final, TypeAlias, final

from attrs import field, frozen

from altocore.billing.ledger import Movement, posting
from altocore.billing.payments import Payment, PaymentNotice, payment_id
from altocore.billing.standing import Standing
from altocore.errors import BadValue
from altocore.lifecycle.events import Occasion
from altocore.lifecycle.service import Service
from altocore.plans.documents import Document, Stored
from altocore.plans.messages import MessageKind, message
from altocore.plans.overlay import Overlay
from altocore.plans.plan import Claim, Expect, Plan, chain
from altocore.plans.reading import Ids, Reader
from altocore.policy.payment import PAYMENT, PaymentAccepted, PaymentFacts, PaymentRefused, decide_payment
from altocore.ports.store import Store
from altocore.terms.judgements import rests_on
from altocore.workflows.door import Result, claim, perform
from altocore.workflows.one import one
from altocore.workflows.pages import PAGE, Deed, Run, do_pages
from altocore.workflows.reports import Report
from altocore.workflows.rulebook import Rulebook
from altocore.workflows.settling import follows, is_paid_by, settled
from altocore.workflows.stepping import after_payment

__all__ = ["PaymentCase", "load_payment", "pay", "plan_payment", "plan_settlement", "take_payments"]

PaymentAnswer: TypeAlias = PaymentAccepted | PaymentRefused


@final
@frozen(kw_only=True)
class PaymentCase:
    """A payment notice with the standing of the invoice it names, and the service of that."""

    notice: PaymentNotice = field()
    standing: Stored[Standing] = field()
    service: Stored[Service] = field()


def load_payment(reader: Reader, notice: PaymentNotice) -> PaymentCase:
    """Return the case of a payment.

    Raises:
        UnknownKey: no such invoice is stored.
    """
    standing = one(reader, Standing, notice.invoice, "invoice")
    return PaymentCase(notice=notice, standing=standing, service=one(reader, Service, standing.document.service))


def take_payments(
    store: Store, rulebook: Rulebook, notices: Sequence[PaymentNotice], occasion: Occasion, *, page: int = PAGE
) -> Report:
    """Take many payments, as a gateway's daily file tells them: page by page, each once, however often the file comes.

    A notice of an unknown invoice is parked in the report, and stops no other.

    Raises:
        Unavailable: the store failed; what was committed stays, and the same call resumes.
    """
    return do_pages(Run(store=store, rulebook=rulebook, occasion=occasion, page=page), PAYMENTS, notices)


def prefetch_payments(reader: Reader, page: Sequence[PaymentNotice]) -> None:
    """Read at once what the plans of this page will read one by one through the same overlay."""
    standings = reader.select(Standing, Ids(tuple([notice.invoice for notice in page])))
    reader.select(Service, Ids(tuple({stored.document.service for stored in standings})))
    reader.credit(tuple({stored.document.client for stored in standings}))


def _own_id(notice: PaymentNotice) -> str:
    return f"{notice.gateway}/{notice.transaction}"


def payment_deed(notice: PaymentNotice) -> Claim:
    """Return the identity of a payment: its gateway's transaction; the digest is of all that was told."""
    own = payment_id(notice.gateway, notice.transaction)
    given = (notice.means, notice.invoice, str(notice.amount), notice.received.isoformat())
    return claim("payment", own, *given)


def plan_settlement(case: PaymentCase, rulebook: Rulebook, occasion: Occasion) -> Plan[PaymentAnswer]:
    """Return the plan of the payment alone: its record, the invoice's standing, the client's credit.

    Raises:
        BadValue: it was received after the occasion's day.
    """
    notice, standing = case.notice, case.standing.document
    if notice.received > occasion.day:
        raise BadValue("received", "lies after the day on which it is told")
    facts = PaymentFacts(amount=notice.amount, open_amount=standing.open_amount, standing=standing.state)
    answer = decide_payment(facts, None)
    deed, rules = payment_deed(notice), rests_on(PAYMENT, facts, None)
    if isinstance(answer, PaymentRefused):
        return Plan(answer=answer, deed=deed, rests_on=rules)
    settlement = answer.settlement
    payment = Payment(
        id=payment_id(notice.gateway, notice.transaction),
        client=standing.client,
        notice=notice,
        settled=settlement.applied,
        kept=settlement.kept,
    )
    after = settled(standing, settlement.applied, occasion)
    expects = [Expect(Payment, payment.id, 0), Expect(Standing, standing.id, case.standing.version)]
    writes: list[Document] = [payment, after] if after is not standing else [payment]
    messages = [message(MessageKind.PAYMENT_RECEIVED, standing.client, standing.id, payment.id, occasion.day)]
    if is_paid_by(standing, after):
        followed = follows(case.service, after, payment.id, rulebook, occasion)
        expects += followed.expects(case.service.version)
        writes += followed.writes
        messages += followed.messages
    return Plan(
        answer=answer,
        deed=deed,
        expects=tuple(expects),
        writes=tuple(writes),
        postings=(
            *posting(Movement.PAYMENT_SETTLED, standing.client, payment.id, occasion.day, settlement.applied),
            *posting(Movement.PAYMENT_KEPT, standing.client, payment.id, occasion.day, settlement.kept),
        ),
        messages=tuple(messages),
        rests_on=rules,
        occasion=occasion,
    )


def plan_payment(reader: Reader, notice: PaymentNotice, rulebook: Rulebook, occasion: Occasion) -> Plan[PaymentAnswer]:
    """Return the plan of a payment and of everything that follows from it on the same occasion.

    Raises:
        UnknownKey: no such invoice is stored.
    """
    overlay = Overlay(reader)
    case = load_payment(overlay, notice)
    settlement = plan_settlement(case, rulebook, occasion)
    overlay.apply(settlement)
    parts: list[Plan[object]] = [settlement]
    if any(isinstance(document, Service) for document in settlement.writes):
        own = payment_id(notice.gateway, notice.transaction)
        parts += after_payment(overlay, case.service.document.id, own, rulebook, occasion)
    return chain(settlement.answer, *parts)


def pay(store: Store, rulebook: Rulebook, notice: PaymentNotice, occasion: Occasion) -> Result[PaymentAnswer]:
    """Take a payment, once for each transaction of its gateway, however often it is told.

    Raises:
        UnknownKey: no such invoice is stored.
        BadValue: the transaction was told before, with other facts.
    """
    return perform(store, payment_deed(notice), lambda reader: plan_payment(reader, notice, rulebook, occasion))


def _as_told(_reader: Reader, notice: PaymentNotice) -> PaymentNotice:
    return notice


PAYMENTS: Final = Deed[PaymentNotice](name_of=_own_id, fresh=_as_told, prefetch=prefetch_payments, step=plan_payment)
