"""Which edition of the terms governs a question about a service on a day? This is the only chooser."""

from collections.abc import Sequence

from altocore.billing.invoices import Invoice
from altocore.lifecycle.service import Service
from altocore.values.days import Day
from altocore.values.ids import EditionId

__all__ = ["governing"]


def governing(invoices: Sequence[Invoice], service: Service, day: Day) -> EditionId:
    """Return the edition of the invoice whose period holds the day.

    Before the first period that was invoiced here it is the edition that the contract was ordered, or taken over, under;
    after the last invoiced period it stays that of the last. `invoices` are the service's, without those that were voided;
    those of an earlier contract are passed over.

    Source: REN-4, `manual/honour`.
    """
    contract = service.contract
    begun = [
        (each.period_number, each.terms_edition)
        for each in invoices
        if each.service == service.id
        and each.contract == contract.number
        and each.period_number is not None
        and _has_begun(service, each.period_number, day)
    ]
    return max(begun, default=(0, contract.terms_edition))[1]


def _has_begun(service: Service, number: int, day: Day) -> bool:
    period = service.period(number)
    return period is not None and period.start <= day
