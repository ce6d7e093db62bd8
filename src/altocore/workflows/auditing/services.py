"""Services: their state the fold of their events, their periods without gap or overlap, their agenda the derived one."""

from collections.abc import Iterator

from altocore.billing.invoices import BEGINNING, Invoice, InvoiceKind
from altocore.billing.standing import StandingState
from altocore.billing.timeline import suspends
from altocore.errors import HistoryCorrupt
from altocore.lifecycle.events import Life, ServiceEvent, clauses_of, fold
from altocore.lifecycle.machine import RUNNING, SERVICE, ServiceState
from altocore.lifecycle.reasons import SuspensionReason
from altocore.lifecycle.service import Contract, Service
from altocore.terms.editions import Editions
from altocore.terms.machines import Illegal, move
from altocore.workflows.auditing.books import Books
from altocore.workflows.auditing.findings import Invariant, Violation, unless
from altocore.workflows.moving import with_agenda

__all__ = ["check_services"]


def check_services(books: Books, editions: Editions) -> Iterator[Violation]:
    """Yield what is wrong with the services of a client."""
    for service in books.services:
        standings = books.standings
        yield from _history(service, books)
        yield from _cause(service, books)
        for contract in (*service.earlier, service.contract):
            yield from _periods(service, contract, _charged(service, contract, books))
        yield from _terms(service, _charged(service, service.contract, books))
        yield from _revisions(service, books)
        open_ones = [
            each
            for each in books.invoices
            if each.service == service.id and each.id in standings and standings[each.id].state is StandingState.OPEN
        ]
        yield from unless(
            sorted(service.open_invoices)
            == sorted(each.id for each in open_ones if each.period_number is not None and not _is_offer(each))
            and sorted(service.open_costs) == sorted(each.id for each in open_ones if each.period_number is None),
            Invariant.OPEN_INVOICES_ARE_COUNTED,
            service.id,
            "its open invoices are not those that stand open",
        )
        if not editions.has(service.terms_edition):
            yield from unless(None, Invariant.TERMS_ARE_FROZEN, service.id, "its terms are not stored")
            continue
        yield from unless(
            with_agenda(service, editions) == service,
            Invariant.AGENDA_IS_DERIVED,
            service.id,
            "its next step is not the derived one",
        )
    owned = {service.id for service in books.services}
    for invoice in books.invoices:
        yield from unless(
            invoice.service in owned, Invariant.OWNER_IS_STORED, invoice.id, "its service is not stored with its client"
        )


def _history(service: Service, books: Books) -> Iterator[Violation]:
    events = [event for event in books.events if event.service == service.id]
    invariant = Invariant.STATE_IS_FOLD_OF_EVENTS
    yield from unless(
        [event.number for event in events] == list(range(1, service.events + 1)),
        invariant,
        service.id,
        "its events are not counted from 1 without a gap",
    )
    yield from unless(
        all(_is_a_move(event) for event in events),
        invariant,
        service.id,
        "an event of it is no move of the table",
    )
    try:
        life = fold(events)
    except HistoryCorrupt:
        yield from unless(None, invariant, service.id, "its events do not follow each other")
        return
    stands = Life(state=service.state, suspensions=service.suspensions)
    yield from unless(life == stands, invariant, service.id, "its state is not the fold of its events")
    yield from unless(
        service.overloads == sum(_is_overload(event) for event in events),
        invariant,
        service.id,
        "its overloads are not those of its events",
    )


def _is_overload(event: ServiceEvent) -> bool:
    return event.rule == "LIF-2" and event.suspension is SuspensionReason.OVERLOAD


def _is_a_move(event: ServiceEvent) -> bool:
    made = move(SERVICE, event.before, event.command)
    if isinstance(made, Illegal):
        return False
    cited = clauses_of(made, event.suspension, event.termination)
    return (made.to, made.rule, cited) == (event.after, event.rule, event.clauses)


def _cause(service: Service, books: Books) -> Iterator[Violation]:
    """Yield where a service is in a state that nothing stored gives a reason for."""
    invariant = Invariant.STATE_HAS_ITS_CAUSE
    owed = [books.standings[each] for each in service.open_invoices if each in books.standings]
    yield from unless(
        SuspensionReason.OVERDUE not in service.suspensions or any(suspends(each.kind) for each in owed),
        invariant,
        service.id,
        "it is suspended for a debt and owes nothing that suspends",
    )
    first = books.first_of(service)
    paid = first is None or first.id not in books.standings or books.standings[first.id].state is StandingState.PAID
    yield from unless(
        service.state not in RUNNING or paid,
        invariant,
        service.id,
        "it runs and its first invoice is not paid",
    )
    yield from unless(
        service.registration is None or service.state is not ServiceState.SUSPENDED,
        invariant,
        service.id,
        "it is a domain and suspended",
    )
    yield from unless(
        service.ending is None or service.state in RUNNING, invariant, service.id, "it is to end and does not run"
    )


def _revisions(service: Service, books: Books) -> Iterator[Violation]:
    """Yield where the next charge would not be the one after those of its period that were voided."""
    number, contract = service.last_period + 1, service.contract.number
    voided = [
        each.revision
        for each in books.invoices
        if (each.service, each.contract, each.period_number) == (service.id, contract, number)
    ]
    yield from unless(
        sorted(voided) == list(range(service.next_revision)),
        Invariant.CHARGES_ARE_ONCE,
        service.id,
        "its next charge does not follow those that were voided",
    )


def _is_offer(invoice: Invoice) -> bool:
    return invoice.kind is InvoiceKind.RESTORATION


def _charged(service: Service, contract: Contract, books: Books) -> list[tuple[int, Invoice]]:
    """Return the invoices of a contract that charge a period still, each with the number of it, in their order."""
    own = [
        (each.period_number, each)
        for each in books.invoices
        if (each.service, each.contract) == (service.id, contract.number)
        and each.period_number is not None
        and not books.is_withdrawn(each)
    ]
    return sorted(own, key=lambda pair: pair[0])


def _periods(service: Service, contract: Contract, charged: list[tuple[int, Invoice]]) -> Iterator[Violation]:
    """Yield where the periods of a contract do not tile; the last of an earlier contract is the last that was charged."""
    invariant, first = Invariant.PERIODS_TILE, contract.first_period
    following = service.last_period + 1 if contract == service.contract else first + len(charged)
    yield from unless(
        [number for number, _ in charged] == list(range(first, following)),
        invariant,
        service.id,
        "its charged periods have a gap, or one is charged twice",
    )
    kinds = {*BEGINNING, InvoiceKind.RENEWAL if service.registration is None else InvoiceKind.DOMAIN_RENEWAL}
    for number, invoice in charged:
        yield from unless(
            invoice.kind in kinds, invariant, invoice.id, "its kind is not that of its service's renewals"
        )
        if invoice.kind in BEGINNING:
            fits = invoice.period is None and number == 0
        else:
            fits = invoice.period is not None and invoice.period == contract.period(number)
        yield from unless(fits, invariant, invoice.id, "its period is not that of the contract's anchor")


def _terms(service: Service, charged: list[tuple[int, Invoice]]) -> Iterator[Violation]:
    if charged:
        yield from unless(
            charged[-1][1].terms_edition == service.terms_edition,
            Invariant.TERMS_ARE_FROZEN,
            service.id,
            "its terms are not those of its last invoice",
        )
