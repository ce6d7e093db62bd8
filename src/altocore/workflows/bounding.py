"""The bound on charges: a run stops before it charges a service more often on one day than the rulebook allows."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from altocore.billing.invoices import Invoice
from altocore.errors import Runaway
from altocore.plans.plan import Plan
from altocore.plans.scanning import OwnPage
from altocore.ports.store import Store

__all__ = ["charged", "must_be_bounded"]

ISSUED_MAX: Final = 10_000
"""How many invoices of one client's day are looked at."""


def charged(plans: Iterable[Plan[object]]) -> list[Invoice]:
    """Return the invoices that these plans issue."""
    return [document for plan in plans for document in plan.writes if isinstance(document, Invoice)]


def must_be_bounded(store: Store, plans: Sequence[Plan[object]], charges: Mapping[str, int], bound: int) -> None:
    """Refuse plans that would charge a service more often on their day than the bound; `charges` are this run's so far.

    What was charged on this day before, by this run or another, is read where there is reason to: where a service is
    charged again in this run, and where a period is charged that has begun already.

    Raises:
        Runaway: a service would be charged too often.
    """
    issued = charged(plans)
    counted = Counter([invoice.service for invoice in issued])
    for service, invoice in {each.service: each for each in issued}.items():
        late = invoice.period is not None and invoice.issued >= invoice.period.start
        if (late or charges.get(service, 0) or counted[service] > 1) and (
            counted[service] + _charged_before(store, invoice) > bound
        ):
            raise Runaway(service, bound)


def _charged_before(store: Store, invoice: Invoice) -> int:
    """Return how often this invoice's service was charged on its day of issue by what is stored."""
    page = OwnPage(after_day=invoice.issued, after_id="", limit=ISSUED_MAX)
    found = store.owned(Invoice, invoice.client, page)
    return sum(
        1 for each in found if (each.document.service, each.document.issued) == (invoice.service, invoice.issued)
    )
