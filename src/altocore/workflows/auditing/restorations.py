"""Restorations: each contract after the first was begun by one that was paid, once, and what is offered is what it says."""

from collections.abc import Iterator

from attrs import evolve

from altocore.billing.invoices import Invoice, InvoiceKind
from altocore.billing.standing import Standing, StandingState
from altocore.lifecycle.machine import ENDED, ServiceCommand
from altocore.lifecycle.service import Service
from altocore.workflows.auditing.books import Books
from altocore.workflows.auditing.findings import Invariant, Violation, unless

__all__ = ["check_restorations"]


def check_restorations(books: Books) -> Iterator[Violation]:
    """Yield what is wrong with the contracts of a client's services after their first, and with what is offered."""
    for service in books.services:
        made = [
            (each, books.standings[each.id])
            for each in books.invoices
            if each.service == service.id and each.kind is InvoiceKind.RESTORATION and each.id in books.standings
        ]
        yield from _begun(service, [pair for pair in made if pair[1].state is StandingState.PAID], books)
        yield from _offered(service, [each for each, standing in made if standing.state is StandingState.OPEN])


def _begun(service: Service, paid: list[tuple[Invoice, Standing]], books: Books) -> Iterator[Violation]:
    """Yield where a contract was not begun by one restoration, paid on its first day, or one was paid and began none."""
    invariant = Invariant.RESTORATIONS_ARE_PAID
    contracts = (*service.earlier, service.contract)
    yield from unless(
        [each.number for each in contracts] == list(range(1, len(contracts) + 1)),
        invariant,
        service.id,
        "its contracts are not counted from 1 without a gap",
    )
    begun = sorted((each.contract, standing.closed, each.plan_edition, each.terms_edition) for each, standing in paid)
    yield from unless(
        begun == [(each.number, each.anchor, each.plan_edition, each.terms_edition) for each in contracts[1:]],
        invariant,
        service.id,
        "its contracts after the first are not those that paid restorations began",
    )
    events = [each for each in books.events if each.service == service.id and each.command is ServiceCommand.RESTORE]
    yield from unless(
        [each.day for each in events] == [each.anchor for each in contracts[1:]],
        invariant,
        service.id,
        "it was not restored as often, or on the days, that its contracts say",
    )


def _offered(service: Service, unpaid: list[Invoice]) -> Iterator[Violation]:
    """Yield where what a service is offered is not its one open restoration, or is offered what still runs."""
    offer = service.restoration
    named = [] if offer is None else [offer.invoice]
    yield from unless(
        named == [each.id for each in unpaid] and (offer is None or service.state in ENDED),
        Invariant.OPEN_INVOICES_ARE_COUNTED,
        service.id,
        "its open restoration is not the one that it names, or it has not ended",
    )
    if offer is None:
        return
    following = evolve(
        service.contract,
        number=service.contract.number + 1,
        plan_edition=offer.contract.plan_edition,
        ordered=offer.contract.ordered,
        anchor=None,
        first_period=0,
        terms_edition=offer.contract.terms_edition,
    )
    says = (following.number, following.plan_edition, following.terms_edition, following.ordered)
    yield from unless(
        offer.contract == following
        and all((each.contract, each.plan_edition, each.terms_edition, each.issued) == says for each in unpaid),
        Invariant.RESTORATIONS_ARE_PAID,
        service.id,
        "the contract that it is offered is not the next one, or not that of its invoice",
    )
