"""What follows from a client's invoice while it stays unpaid: every step, its day, and why."""

from altocore.billing.standing import Standing
from altocore.errors import UnknownKey
from altocore.lifecycle.service import Service
from altocore.plans.reading import Ids
from altocore.policy.timelines import TimelineStep, overdue_timeline
from altocore.ports.store import Store
from altocore.terms.editions import TermsEdition
from altocore.values.days import Day
from altocore.values.ids import ClientId, InvoiceId
from altocore.workflows.one import one
from altocore.workflows.timelines import overdue_facts

__all__ = ["timeline_of"]


def timeline_of(store: Store, client: ClientId, invoice: InvoiceId, today: Day) -> tuple[TimelineStep, ...]:
    """Return every step of the timeline of this client's invoice, as it stands on this day.

    Raises:
        UnknownKey: this client has no such invoice, whether or not another one has.

    Source: PAY-2, `terms/5.a`, `manual/alerts`.
    """
    found = store.owned(Standing, client, Ids((invoice,)))
    if not found:
        raise UnknownKey("invoice", "this client has no such invoice")
    standing = found[0].document
    service = one(store, Service, standing.service).document
    terms = one(store, TermsEdition, standing.terms_edition).document.terms.overdue
    return overdue_timeline(overdue_facts(standing, service, today), terms)
