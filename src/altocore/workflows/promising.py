"""A client promises to pay an invoice by a day, and staff records it: until that day is over no step is taken."""

from typing import TypeAlias, final

from attrs import evolve as replace
from attrs import field, frozen

from altocore.billing.promises import Promise, PromiseReason
from altocore.billing.standing import Standing
from altocore.lifecycle.events import Occasion
from altocore.lifecycle.service import Service
from altocore.plans.documents import Stored
from altocore.plans.plan import Claim, Expect, Plan
from altocore.plans.reading import Reader
from altocore.policy.governing import invoice_edition
from altocore.policy.promise import PROMISE, PromiseAccepted, PromiseFacts, PromiseRefused, decide_promise
from altocore.ports.store import Store
from altocore.terms.judgements import rests_on
from altocore.values.days import Day
from altocore.values.ids import InvoiceId
from altocore.workflows.door import Result, claim, perform
from altocore.workflows.one import one
from altocore.workflows.rulebook import Rulebook
from altocore.workflows.timelines import with_next_step

__all__ = ["PromiseCase", "PromiseToPay", "load_promise", "plan_promise", "record_promise"]

PromiseAnswer: TypeAlias = PromiseAccepted | PromiseRefused


@final
@frozen(kw_only=True)
class PromiseToPay:
    """What was promised: this invoice by this day, that day included. `key` is the caller's own name for it."""

    key: str = field()
    invoice: InvoiceId = field()
    until: Day = field()
    reason: PromiseReason = field()
    reference: str = field(default="")


@final
@frozen(kw_only=True)
class PromiseCase:
    """A promise with the standing of its invoice, and the service of that."""

    promise: PromiseToPay = field()
    standing: Stored[Standing] = field()
    service: Stored[Service] = field()


def load_promise(reader: Reader, promise: PromiseToPay) -> PromiseCase:
    """Return the case of a promise.

    Raises:
        UnknownKey: no such invoice is stored.
    """
    standing = one(reader, Standing, promise.invoice, "invoice")
    return PromiseCase(promise=promise, standing=standing, service=one(reader, Service, standing.document.service))


def promise_deed(promise: PromiseToPay) -> Claim:
    """Return the identity of a promise: the caller's key; the digest is of all that was told."""
    given = (promise.invoice, promise.until.isoformat(), promise.reason.value, promise.reference)
    return claim("promise", promise.key, *given)


def plan_promise(case: PromiseCase, rulebook: Rulebook, occasion: Occasion) -> Plan[PromiseAnswer]:
    """Return the plan that records a promise, with the next step of its invoice derived anew.

    Raises:
        BadValue: the promised day is over.

    Source: PAY-18, house.
    """
    standing, service = case.standing.document, case.service.document
    promise = Promise(
        key=case.promise.key,
        made=occasion.day,
        until=case.promise.until,
        reason=case.promise.reason,
        reference=case.promise.reference,
    )
    terms = invoice_edition(rulebook.editions, standing.terms_edition).terms.overdue
    promised = with_next_step(replace(standing, promises=(*standing.promises, promise)), service.faults, terms)
    facts = PromiseFacts(
        actor=occasion.actor,
        kind=standing.kind,
        standing=standing.state,
        running=len([each for each in standing.promises if each.runs(occasion.day)]),
        until=promise.until,
        next_step=promised.next_step,
        today=occasion.day,
    )
    answer = decide_promise(facts, terms)
    deed, rules = promise_deed(case.promise), rests_on(PROMISE, facts, terms)
    if isinstance(answer, PromiseRefused):
        return Plan(answer=answer, deed=deed, rests_on=rules)
    return Plan(
        answer=answer,
        deed=deed,
        expects=(
            Expect(Standing, standing.id, case.standing.version),
            Expect(Service, service.id, case.service.version),
        ),
        writes=(promised,),
        rests_on=rules,
        occasion=occasion,
    )


def record_promise(
    store: Store, rulebook: Rulebook, promise: PromiseToPay, occasion: Occasion
) -> Result[PromiseAnswer]:
    """Record a client's promise to pay, once.

    Raises:
        UnknownKey: no such invoice is stored.
        BadValue: the promised day is over, or the key was used before, with another input.
    """
    return perform(
        store, promise_deed(promise), lambda reader: plan_promise(load_promise(reader, promise), rulebook, occasion)
    )
