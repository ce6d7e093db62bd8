"""Staff adjusts a client's credit by hand: a document with its reason, and the one posting that it calls for."""

from typing import TypeAlias, final

from attrs import field, frozen

from altocore.billing.adjustments import AdjustmentReason, CreditAdjustment, Direction, adjustment_id, is_bonus
from altocore.billing.ledger import posting
from altocore.clients.clients import Client
from altocore.errors import CurrencyMismatch, UnknownKey
from altocore.lifecycle.events import Occasion
from altocore.lifecycle.reasons import SuspensionReason
from altocore.lifecycle.service import Service
from altocore.plans.documents import Stored
from altocore.plans.messages import MessageKind, message
from altocore.plans.plan import Claim, Expect, ExpectCredit, Plan
from altocore.plans.reading import OfClients, Reader
from altocore.policy.adjustment import (
    ADJUSTMENT,
    AdjustmentAccepted,
    AdjustmentFacts,
    AdjustmentRefused,
    decide_adjustment,
)
from altocore.policy.governing import order_edition
from altocore.ports.store import Store
from altocore.terms.judgements import rests_on
from altocore.values.ids import ClientId, ServiceId
from altocore.values.money import Money
from altocore.workflows.door import Result, claim, perform
from altocore.workflows.one import one
from altocore.workflows.rulebook import Rulebook

__all__ = ["Adjustment", "AdjustmentCase", "adjust_credit", "load_adjustment", "plan_adjustment"]

AdjustmentAnswer: TypeAlias = AdjustmentAccepted | AdjustmentRefused


@final
@frozen(kw_only=True)
class Adjustment:
    """Whose credit is adjusted, which way, by how much and why. `key` is the caller's own name for it.

    `service` is the one of the client's that it is for; None where it is for all that the client has.
    """

    key: str = field()
    client: ClientId = field()
    direction: Direction = field()
    amount: Money = field()
    reason: AdjustmentReason = field()
    service: ServiceId | None = field(default=None)
    reference: str = field(default="")


@final
@frozen(kw_only=True)
class AdjustmentCase:
    """An adjustment with its client, the credit as it stands, and the services of the client, which may bar a bonus."""

    adjustment: Adjustment = field()
    client: Stored[Client] = field()
    services: tuple[Stored[Service], ...] = field()
    credit: Money = field()


def load_adjustment(reader: Reader, adjustment: Adjustment) -> AdjustmentCase:
    """Return the case of an adjustment.

    Raises:
        UnknownKey: the client is not stored, or the service is not one of its own.
    """
    client = one(reader, Client, adjustment.client)
    services = tuple(reader.select(Service, OfClients((adjustment.client,))))
    if adjustment.service is not None and adjustment.service not in {each.document.id for each in services}:
        raise UnknownKey("service", "no such service of this client is stored")
    minor = reader.credit((adjustment.client,)).get(adjustment.client, 0)
    return AdjustmentCase(
        adjustment=adjustment, client=client, services=services, credit=Money(minor, client.document.currency)
    )


def adjustment_deed(adjustment: Adjustment) -> Claim:
    """Return the identity of an adjustment: the caller's key; the digest is of all that was told."""
    given = (adjustment.client, adjustment.direction.value, str(adjustment.amount), adjustment.reason.value)
    named = () if adjustment.service is None else (adjustment.service,)
    return claim("adjustment", adjustment.key, *given, adjustment.reference, *named)


def plan_adjustment(case: AdjustmentCase, rulebook: Rulebook, occasion: Occasion) -> Plan[AdjustmentAnswer]:
    """Return the plan of an adjustment: its document and its posting; a client that is given credit is told.

    A bonus is granted under the terms in force on that day, and expects every service of the client as it was read, so that
    none can be suspended at the same moment.

    Raises:
        UnknownKey: no edition of the terms is in force.
        BadValue: the amount is not above zero, or the reference is no line of text.
        CurrencyMismatch: it is not in the client's currency (CLI-8).

    Source: PAY-18, house; PAY-4, `terms/5.a`.
    """
    told, client = case.adjustment, case.client.document
    if told.amount.currency is not client.currency:
        raise CurrencyMismatch("amount", f"the client is billed in {client.currency.code}")
    made = CreditAdjustment(
        id=adjustment_id(told.key),
        client=client.id,
        service=told.service,
        day=occasion.day,
        direction=told.direction,
        amount=told.amount,
        reason=told.reason,
        reference=told.reference,
    )
    suspended = [each.document.id for each in case.services if SuspensionReason.OVERDUE in each.document.suspensions]
    facts = AdjustmentFacts(
        actor=occasion.actor,
        direction=told.direction,
        reason=told.reason,
        amount=told.amount,
        credit=case.credit,
        own_suspended=len(suspended) if told.service is None else suspended.count(told.service),
        client_suspended=len(suspended),
    )
    terms = order_edition(rulebook.editions, occasion.day).terms.bonuses
    answer = decide_adjustment(facts, terms)
    deed, rules = adjustment_deed(told), rests_on(ADJUSTMENT, facts, terms)
    if isinstance(answer, AdjustmentRefused):
        return Plan(answer=answer, deed=deed, rests_on=rules)
    granted = message(MessageKind.CREDIT_GRANTED, client.id, made.id, made.id, occasion.day)
    return Plan(
        answer=answer,
        deed=deed,
        expects=(
            Expect(Client, client.id, case.client.version),
            *[Expect(Service, each.document.id, each.version) for each in _looked_at(case)],
            Expect(CreditAdjustment, made.id, 0),
        ),
        credits=(ExpectCredit(client.id, case.credit),),
        writes=(made,),
        postings=posting(made.movement, client.id, made.id, occasion.day, made.amount),
        messages=(granted,) if told.direction is Direction.UP else (),
        rests_on=rules,
        occasion=occasion,
    )


def _looked_at(case: AdjustmentCase) -> tuple[Stored[Service], ...]:
    """Return the services that the answer rests on: all of a bonus, none of what sets a credit right."""
    return case.services if is_bonus(case.adjustment.direction, case.adjustment.reason) else ()


def adjust_credit(
    store: Store, rulebook: Rulebook, adjustment: Adjustment, occasion: Occasion
) -> Result[AdjustmentAnswer]:
    """Adjust a client's credit by hand, once.

    Raises:
        UnknownKey: the client is not stored, the service is not one of its own, or no terms are in force.
        BadValue: the amount is not above zero, or the key was used before, with another input.
        CurrencyMismatch: it is not in the client's currency.
    """
    return perform(
        store,
        adjustment_deed(adjustment),
        lambda reader: plan_adjustment(load_adjustment(reader, adjustment), rulebook, occasion),
    )
