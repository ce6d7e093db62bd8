"""Which edition of the terms governs a question about a service on a day? This is the only chooser."""

from collections.abc import Sequence

from altocore.billing.invoices import Invoice
from altocore.lifecycle.service import Service
from altocore.values.days import Day
from altocore.values.ids import EditionId

__all__ = ["governing"]


def governing(invoices: Sequence[Invoice], service: Service, day: Day) -> EditionId:
    """Return the edition of the invoice whose period holds the day.

    Before the first period it is the edition of the order, which the first invoice carries; after the last invoiced
    period it stays that of the last. A contract that was taken over and has no invoice here yet is governed by the
    edition it was taken over under. `invoices` are the service's own, without those that were voided.

    Source: REN-4, `manual/honour`.
    """
    own = sorted((each for each in invoices if each.service == service.id), key=lambda each: each.period_number)
    if not own:
        return service.terms_edition
    begun = [each for each in own if _has_begun(service, each.period_number, day)]
    return (begun[-1] if begun else own[0]).terms_edition


def _has_begun(service: Service, number: int, day: Day) -> bool:
    period = service.period(number)
    return period is not None and period.start <= day
