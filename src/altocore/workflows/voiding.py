"""The invoice of a period that will not come is voided: its charge is taken back, and the period is charged no more."""

from collections.abc import Sequence

from attrs import evolve as replace

from altocore.billing.invoices import Invoice
from altocore.billing.ledger import Posting
from altocore.billing.standing import Standing, StandingCommand
from altocore.lifecycle.service import Service
from altocore.plans.documents import Stored
from altocore.plans.reading import Reader
from altocore.values.days import Day
from altocore.values.ids import EditionId
from altocore.workflows.charging import charging
from altocore.workflows.closing import closed

__all__ = ["charged", "voided"]


def charged(reader: Reader, service: Service) -> tuple[tuple[Invoice, ...], Stored[Standing] | None]:
    """Return the invoices of a service that were not withdrawn, and the standing of the one of its last period.

    That is None where the last period was invoiced elsewhere, before the contract was taken over.
    """
    invoices, standings = charging(reader, service.id)
    own = (service.contract.number, service.last_period)
    last = [standings[each.id] for each in invoices if (each.contract, each.period_number) == own]
    return invoices, last[0] if last else None


def voided(
    service: Service, standing: Standing, invoices: Sequence[Invoice], day: Day
) -> tuple[Service, Standing, tuple[Posting, ...]]:
    """Return the service whose last period falls away, the standing of its invoice after that, and the postings.

    `invoices` are those of the service that were not withdrawn. The agenda of the service is not derived anew.

    Source: PAY-12, house; PAY-6, what was paid for a voided invoice becomes credit.
    """
    (invoice,) = [each for each in invoices if each.id == standing.id]
    after, postings = closed(standing, invoice, StandingCommand.VOID, day)
    shortened = replace(
        service.without(standing.id),
        last_period=service.last_period - 1,
        terms_edition=_edition_of(service, invoices, service.last_period - 1),
        next_revision=invoice.revision + 1,
    )
    return shortened, after, postings


def _edition_of(service: Service, invoices: Sequence[Invoice], number: int) -> EditionId:
    """Return the edition of the period before a voided one, which is the last that is charged now."""
    own = (service.contract.number, number)
    before = [each for each in invoices if (each.contract, each.period_number) == own]
    return before[0].terms_edition if before else service.contract.terms_edition
