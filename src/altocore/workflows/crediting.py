"""A client's credit settles an open invoice of it, in full or in part."""

from altocore.billing.ledger import Movement, posting
from altocore.billing.settlement import settle
from altocore.billing.standing import Standing
from altocore.lifecycle.events import Occasion
from altocore.lifecycle.service import Service
from altocore.plans.documents import Document, Stored
from altocore.plans.messages import Message
from altocore.plans.plan import Expect, ExpectCredit, Plan
from altocore.plans.reading import Reader
from altocore.values.money import Money
from altocore.workflows.door import claim
from altocore.workflows.one import one
from altocore.workflows.rulebook import Rulebook
from altocore.workflows.settling import follows, is_paid_by, settled

__all__ = ["plan_credit_use"]


def plan_credit_use(
    reader: Reader, stored: Stored[Standing], credit_minor: int, rulebook: Rulebook, occasion: Occasion
) -> Plan[Standing]:
    """Return the plan that settles an open invoice with the client's credit, as far as it goes.

    `credit_minor` is that credit, in minor units of the invoice's currency, which is the client's one (CLI-8). What is
    settled only grows, so invoice and amount settled before are the identity of the deed.

    Source: PAY-7, `terms/3.a`.
    """
    standing = stored.document
    credit = Money(credit_minor, standing.total.currency)
    applied = settle(credit, standing.open_amount).applied
    after = settled(standing, applied, occasion)
    expects = [Expect(Standing, standing.id, stored.version)]
    writes: list[Document] = [after]
    told: tuple[Message, ...] = ()
    if is_paid_by(standing, after):
        service = one(reader, Service, standing.service)
        followed = follows(service, after, standing.id, rulebook, occasion)
        expects += followed.expects(service.version)
        writes += followed.writes
        told = followed.messages
    return Plan(
        answer=after,
        deed=claim("credit_use", f"{standing.id}/{standing.settled.minor}"),
        expects=tuple(expects),
        credits=(ExpectCredit(standing.client, credit),),
        writes=tuple(writes),
        postings=posting(Movement.CREDIT_APPLIED, standing.client, standing.id, occasion.day, applied),
        messages=told,
        rests_on=("PAY-7",),
        occasion=occasion,
    )
