"""A channel tells that it took the last notice of an invoice: from then on the termination can come."""

from attrs import evolve as replace

from altocore.billing.standing import Standing, StandingState
from altocore.errors import BadValue
from altocore.lifecycle.events import Occasion
from altocore.lifecycle.service import Service
from altocore.plans.documents import Stored
from altocore.plans.plan import Expect, Plan
from altocore.plans.reading import Reader
from altocore.policy.governing import invoice_edition
from altocore.ports.store import Store
from altocore.values.ids import InvoiceId
from altocore.workflows.door import Result, claim, perform
from altocore.workflows.one import one
from altocore.workflows.rulebook import Rulebook
from altocore.workflows.timelines import with_next_step

__all__ = ["plan_notice_taken", "take_last_notice"]


def plan_notice_taken(
    standing: Stored[Standing], service: Stored[Service], rulebook: Rulebook, occasion: Occasion
) -> Plan[Standing]:
    """Return the plan that records the day on which a channel took an invoice's last notice.

    From then on the termination can come, `last_notice_days` later at the earliest. An invoice that is not open any more,
    or that has no last notice behind it, is left as it is.

    Raises:
        BadValue: on that day the notice was not made yet.

    Source: PAY-2, "no termination for debt before 3 days after a channel took it".
    """
    document = standing.document
    deed = claim("last_notice_taken", document.id)
    terms = invoice_edition(rulebook.editions, document.terms_edition).terms.overdue
    queued = document.last_notice_queued
    if document.state is not StandingState.OPEN or queued is None:
        return Plan(answer=document, deed=deed, rests_on=("PAY-2",))
    if occasion.day < queued:
        raise BadValue("day", "the last notice was not made yet")
    taken = with_next_step(replace(document, last_notice_taken=occasion.day), service.document.faults, terms)
    return Plan(
        answer=taken,
        deed=deed,
        expects=(
            Expect(Standing, document.id, standing.version),
            Expect(Service, document.service, service.version),
        ),
        writes=(taken,),
        rests_on=("PAY-2",),
        occasion=occasion,
    )


def take_last_notice(store: Store, rulebook: Rulebook, invoice: InvoiceId, occasion: Occasion) -> Result[Standing]:
    """Record, once, that a channel took an invoice's last notice on this occasion.

    Raises:
        BadValue: on that day the notice was not made yet.
        UnknownKey: no such invoice is stored.
    """
    deed = claim("last_notice_taken", invoice)
    return perform(store, deed, lambda reader: _plan(reader, invoice, rulebook, occasion))


def _plan(reader: Reader, invoice: InvoiceId, rulebook: Rulebook, occasion: Occasion) -> Plan[Standing]:
    standing = one(reader, Standing, invoice)
    return plan_notice_taken(standing, one(reader, Service, standing.document.service), rulebook, occasion)
