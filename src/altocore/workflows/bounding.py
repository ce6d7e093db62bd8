"""The bound on charges: a run stops before it charges a service more often on one day than the rulebook allows."""

from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Final, final

from attrs import define, field

from altocore.billing.invoices import Invoice
from altocore.errors import HistoryCorrupt, Runaway
from altocore.plans.plan import Plan
from altocore.plans.scanning import OwnPage
from altocore.ports.store import Store
from altocore.values.days import Day

__all__ = ["Charges", "charged"]

_PAGE: Final = 1000


def charged(plans: Iterable[Plan[object]]) -> list[Invoice]:
    """Return the invoices that these plans issue."""
    return [document for plan in plans for document in plan.writes if isinstance(document, Invoice)]


@final
@define
class Charges:
    """What a run charged each service, and what had been charged on its day before, read once a client.

    That is read where there is reason to: where a service is charged again in this run, and where a period is charged that
    has begun already. Where it cannot be read, this run's own charges are counted alone.
    """

    made: "Counter[str]" = field(factory=Counter)
    before: dict[str, "Counter[str]"] = field(factory=dict)

    def count(self, plan: Plan[object]) -> None:
        """Count the charges of a plan that was committed."""
        self.made.update([invoice.service for invoice in charged((plan,))])

    def must_be_bounded(self, store: Store, plans: Sequence[Plan[object]], bound: int) -> None:
        """Refuse plans that would charge a service more often on their day than the bound.

        Raises:
            Runaway: a service would be charged too often.
        """
        issued = charged(plans)
        counted = Counter([invoice.service for invoice in issued])
        for service, invoice in {each.service: each for each in issued}.items():
            late = invoice.period is not None and invoice.issued >= invoice.period.start
            if not late and self.made[service] + counted[service] == 1:
                continue
            if self._before(store, invoice)[service] + self.made[service] + counted[service] > bound:
                raise Runaway(service, bound)

    def _before(self, store: Store, invoice: Invoice) -> "Counter[str]":
        """Return how often each service of this client was charged on this day before the run."""
        if invoice.client not in self.before:
            stored: Counter[str] = Counter()
            with suppress(HistoryCorrupt):
                stored.update(_issued_on(store, invoice))
            self.before[invoice.client] = stored - self.made
        return self.before[invoice.client]


def _issued_on(store: Store, invoice: Invoice) -> Iterable[str]:
    day: Day = invoice.issued
    after = ""
    while page := store.owned(Invoice, invoice.client, OwnPage(after_day=day, after_id=after, limit=_PAGE)):
        for stored in page:
            if stored.document.issued != day:
                return
            yield stored.document.service
        after = page[-1].document.id
