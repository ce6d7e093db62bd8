"""Staff adjusts a client's credit by hand: a document with its reason, and the one posting that it calls for."""

from typing import TypeAlias, final

from attrs import field, frozen

from altocore.billing.adjustments import AdjustmentReason, CreditAdjustment, Direction, adjustment_id
from altocore.billing.ledger import posting
from altocore.clients.clients import Client
from altocore.errors import CurrencyMismatch
from altocore.lifecycle.events import Occasion
from altocore.plans.documents import Stored
from altocore.plans.messages import MessageKind, message
from altocore.plans.plan import Claim, Expect, ExpectCredit, Plan
from altocore.plans.reading import Reader
from altocore.policy.adjustment import (
    ADJUSTMENT,
    AdjustmentAccepted,
    AdjustmentFacts,
    AdjustmentRefused,
    decide_adjustment,
)
from altocore.ports.store import Store
from altocore.terms.judgements import rests_on
from altocore.values.ids import ClientId
from altocore.values.money import Money
from altocore.workflows.door import Result, claim, perform
from altocore.workflows.one import one

__all__ = ["Adjustment", "AdjustmentCase", "adjust_credit", "load_adjustment", "plan_adjustment"]

AdjustmentAnswer: TypeAlias = AdjustmentAccepted | AdjustmentRefused


@final
@frozen(kw_only=True)
class Adjustment:
    """Whose credit is adjusted, which way, by how much and why. `key` is the caller's own name for it."""

    key: str = field()
    client: ClientId = field()
    direction: Direction = field()
    amount: Money = field()
    reason: AdjustmentReason = field()
    reference: str = field(default="")


@final
@frozen(kw_only=True)
class AdjustmentCase:
    """An adjustment with its client, and the credit as it stands."""

    adjustment: Adjustment = field()
    client: Stored[Client] = field()
    credit: Money = field()


def load_adjustment(reader: Reader, adjustment: Adjustment) -> AdjustmentCase:
    """Return the case of an adjustment.

    Raises:
        UnknownKey: the client is not stored.
    """
    client = one(reader, Client, adjustment.client)
    minor = reader.credit((adjustment.client,)).get(adjustment.client, 0)
    return AdjustmentCase(adjustment=adjustment, client=client, credit=Money(minor, client.document.currency))


def adjustment_deed(adjustment: Adjustment) -> Claim:
    """Return the identity of an adjustment: the caller's key; the digest is of all that was told."""
    given = (adjustment.client, adjustment.direction.value, str(adjustment.amount), adjustment.reason.value)
    return claim("adjustment", adjustment.key, *given, adjustment.reference)


def plan_adjustment(case: AdjustmentCase, occasion: Occasion) -> Plan[AdjustmentAnswer]:
    """Return the plan of an adjustment: its document and its posting; a client that is given credit is told.

    Raises:
        BadValue: the amount is not above zero, or the reference is no line of text.
        CurrencyMismatch: it is not in the client's currency (CLI-8).

    Source: PAY-18, house.
    """
    told, client = case.adjustment, case.client.document
    if told.amount.currency is not client.currency:
        raise CurrencyMismatch("amount", f"the client is billed in {client.currency.code}")
    made = CreditAdjustment(
        id=adjustment_id(told.key),
        client=client.id,
        day=occasion.day,
        direction=told.direction,
        amount=told.amount,
        reason=told.reason,
        reference=told.reference,
    )
    facts = AdjustmentFacts(actor=occasion.actor, direction=told.direction, amount=told.amount, credit=case.credit)
    answer = decide_adjustment(facts, None)
    deed, rules = adjustment_deed(told), rests_on(ADJUSTMENT, facts, None)
    if isinstance(answer, AdjustmentRefused):
        return Plan(answer=answer, deed=deed, rests_on=rules)
    granted = message(MessageKind.CREDIT_GRANTED, client.id, made.id, made.id, occasion.day)
    return Plan(
        answer=answer,
        deed=deed,
        expects=(Expect(Client, client.id, case.client.version), Expect(CreditAdjustment, made.id, 0)),
        credits=(ExpectCredit(client.id, case.credit),),
        writes=(made,),
        postings=posting(made.movement, client.id, made.id, occasion.day, made.amount),
        messages=(granted,) if told.direction is Direction.UP else (),
        rests_on=rules,
        occasion=occasion,
    )


def adjust_credit(store: Store, adjustment: Adjustment, occasion: Occasion) -> Result[AdjustmentAnswer]:
    """Adjust a client's credit by hand, once.

    Raises:
        UnknownKey: the client is not stored.
        BadValue: the amount is not above zero, or the key was used before, with another input.
        CurrencyMismatch: it is not in the client's currency.
    """
    return perform(
        store,
        adjustment_deed(adjustment),
        lambda reader: plan_adjustment(load_adjustment(reader, adjustment), occasion),
    )
