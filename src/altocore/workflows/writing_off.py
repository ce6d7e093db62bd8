"""Staff gives up an open invoice: the debt is written off, and what hung on it follows, in one commit.

What is written off is owed no more. So a service that it suspended comes back, its agenda goes on, and an end that waited
for the debt takes effect, as after a payment.
"""

from typing import TypeAlias, final

from attrs import field, frozen

from altocore.billing.standing import Standing
from altocore.billing.write_offs import WriteOff, WriteOffReason
from altocore.lifecycle.events import Occasion
from altocore.lifecycle.service import Service
from altocore.plans.documents import Stored
from altocore.plans.overlay import Overlay
from altocore.plans.plan import Claim, Expect, Plan, chain
from altocore.plans.reading import Reader
from altocore.policy.write_off import WRITE_OFF, WriteOffAccepted, WriteOffFacts, WriteOffRefused, decide_write_off
from altocore.ports.store import Store
from altocore.terms.judgements import rests_on
from altocore.values.ids import InvoiceId
from altocore.workflows.closing import written_off
from altocore.workflows.door import Result, claim, perform
from altocore.workflows.moving import with_agenda
from altocore.workflows.one import one
from altocore.workflows.rulebook import Rulebook
from altocore.workflows.stepping import after_payment

__all__ = ["GivenUp", "WriteOffCase", "load_write_off", "plan_giving_up", "plan_write_off", "write_off"]

WriteOffAnswer: TypeAlias = WriteOffAccepted | WriteOffRefused


@final
@frozen(kw_only=True)
class GivenUp:
    """What is given up, and why. `key` is the caller's own name for it."""

    key: str = field()
    invoice: InvoiceId = field()
    reason: WriteOffReason = field()
    reference: str = field(default="")


@final
@frozen(kw_only=True)
class WriteOffCase:
    """An invoice that is given up, with its standing and its service."""

    given_up: GivenUp = field()
    standing: Stored[Standing] = field()
    service: Stored[Service] = field()


def load_write_off(reader: Reader, given_up: GivenUp) -> WriteOffCase:
    """Return the case of an invoice that is given up.

    Raises:
        UnknownKey: no such invoice is stored.
    """
    standing = one(reader, Standing, given_up.invoice, "invoice")
    return WriteOffCase(given_up=given_up, standing=standing, service=one(reader, Service, standing.document.service))


def write_off_deed(given_up: GivenUp) -> Claim:
    """Return the identity of a write-off: the caller's key; the digest is of all that was told."""
    return claim("write_off", given_up.key, given_up.invoice, given_up.reason.value, given_up.reference)


def plan_giving_up(case: WriteOffCase, rulebook: Rulebook, occasion: Occasion) -> Plan[WriteOffAnswer]:
    """Return the plan of the write-off alone: the standing, the postings, and the service that owes one invoice less.

    Source: PAY-18, house.
    """
    standing, service = case.standing.document, case.service.document
    facts = WriteOffFacts(
        actor=occasion.actor,
        kind=standing.kind,
        standing=standing.state,
        total=standing.total,
        settled=standing.settled,
    )
    answer = decide_write_off(facts, None)
    deed, rules = write_off_deed(case.given_up), rests_on(WRITE_OFF, facts, None)
    if isinstance(answer, WriteOffRefused):
        return Plan(answer=answer, deed=deed, rests_on=rules)
    why = WriteOff(reason=case.given_up.reason, reference=case.given_up.reference)
    after, postings = written_off(standing, why, occasion.day)
    return Plan(
        answer=answer,
        deed=deed,
        expects=(
            Expect(Standing, standing.id, case.standing.version),
            Expect(Service, service.id, case.service.version),
        ),
        writes=(after, with_agenda(service.without(standing.id), rulebook.editions)),
        postings=postings,
        rests_on=rules,
        occasion=occasion,
    )


def plan_write_off(reader: Reader, given_up: GivenUp, rulebook: Rulebook, occasion: Occasion) -> Plan[WriteOffAnswer]:
    """Return the plan of a write-off and of everything that follows from it on the same occasion.

    Raises:
        UnknownKey: no such invoice is stored.
    """
    overlay = Overlay(reader)
    case = load_write_off(overlay, given_up)
    own = plan_giving_up(case, rulebook, occasion)
    if not own.writes:
        return own
    overlay.apply(own)
    cause = f"write_off/{given_up.invoice}"
    return chain(own.answer, own, *after_payment(overlay, case.service.document.id, cause, rulebook, occasion))


def write_off(store: Store, rulebook: Rulebook, given_up: GivenUp, occasion: Occasion) -> Result[WriteOffAnswer]:
    """Give up an open invoice, once.

    Raises:
        UnknownKey: no such invoice is stored.
        BadValue: the reference is no line of text, or the key was used before, with another input.
    """
    return perform(store, write_off_deed(given_up), lambda reader: plan_write_off(reader, given_up, rulebook, occasion))
