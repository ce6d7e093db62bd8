"""What happened in a store, and what is sold there: two tables for a person who looks at a year."""

from collections import Counter
from collections.abc import Iterator
from itertools import zip_longest
from typing import Final, final

from attrs import field, frozen
from rich.table import Table

from altocore.billing.costs import CostReason
from altocore.billing.invoices import Invoice, InvoiceKind
from altocore.billing.standing import Standing, StandingState
from altocore.catalogue.kinds import ProductKind
from altocore.catalogue.plans import PlanEdition
from altocore.cli.figures import table
from altocore.clients.clients import Client
from altocore.lifecycle.events import ServiceEvent
from altocore.lifecycle.machine import ServiceCommand, ServiceState
from altocore.lifecycle.service import Service
from altocore.plans.messages import MessageKind, MessageState
from altocore.ports.store import Store
from altocore.text.amounts import amount_text
from altocore.text.dates import day_text
from altocore.text.happenings import costs_text, event_text, kept_text, promise_text, write_off_text
from altocore.text.names import name_of
from altocore.values.currencies import Currency
from altocore.values.days import Day
from altocore.values.ids import InvoiceId, ServiceId
from altocore.values.money import Money
from altocore.workflows.walking import every

__all__ = ["happened", "sold"]

_TOLD: Final = {
    MessageKind.CANCELLATION_ACCEPTED: "CAN-2",
    MessageKind.CANCELLATION_TAKEN_BACK: "CAN-9",
    MessageKind.LAST_NOTICE: "PAY-2",
    MessageKind.INVOICE_CANCELLED: "PAY-11",
    MessageKind.SERVICE_DISCONTINUED: "REN-5",
}
"""The messages that tell what no event tells, with the rule of each."""


@final
@frozen(kw_only=True)
class _Happening:
    """One line of a service's story: when, what, and the rule it stands on. `place` keeps the order within a day."""

    service: ServiceId = field()
    day: Day = field()
    place: int = field()
    what: str = field()
    rule: str = field()


def happened(store: Store, locale: str) -> Table:
    """Return what happened beside ordering, renewing and paying in time: the story of each service that has one."""
    names = {client.id: client.legal.name for client in every(store, Client)}
    kinds = {plan.id: plan.kind for plan in every(store, PlanEdition)}
    services = {service.id: service for service in every(store, Service)}
    stories: dict[ServiceId, list[_Happening]] = {}
    for each in sorted(_happenings(store, locale), key=lambda each: (each.day, each.service, each.place)):
        stories.setdefault(each.service, []).append(each)
    made = table("What happened", "whose", "day", "what", "rule")
    for own, story in stories.items():
        service = services[own]
        whose = (names[service.client], name_of(kinds[service.contract.plan_edition], locale))
        rows = [(day_text(each.day, locale), each.what, each.rule) for each in story]
        for who, row in zip_longest(whose, rows):
            made.add_row(who or "", *(row or ("", "", "")))
    return made


def _happenings(store: Store, locale: str) -> Iterator[_Happening]:
    standings = {standing.id: standing for standing in every(store, Standing)}
    for message in store.messages():
        if message.kind in _TOLD and message.state is MessageState.QUEUED:
            owed = standings.get(InvoiceId(message.about))
            yield _Happening(
                service=ServiceId(message.about) if owed is None else owed.service,
                day=message.day,
                place=0,
                what=name_of(message.kind, locale),
                rule=_TOLD[message.kind],
            )
    for invoice in every(store, Invoice):
        if invoice.kind is InvoiceKind.ADMINISTRATIVE:
            said = costs_text(CostReason(invoice.lines[0].item), locale)
            yield _Happening(service=invoice.service, day=invoice.issued, place=1, what=said, rule="PAY-9")
    for standing in standings.values():
        for on, said in _told_of_debt(standing, locale):
            yield _Happening(service=standing.service, day=on, place=1, what=said, rule="PAY-18")
    for event in every(store, ServiceEvent):
        if event.command is not ServiceCommand.ACTIVATE:
            said = event_text(event, locale)
            yield _Happening(service=event.service, day=event.day, place=2, what=said, rule=event.rule)


def _told_of_debt(standing: Standing, locale: str) -> Iterator[tuple[Day, str]]:
    """Yield what was agreed about an unpaid invoice: promises, whether they were kept, and that it was given up."""
    for promise in standing.promises:
        yield promise.made, promise_text(promise, locale)
    if standing.closed is None:
        return
    if standing.state is StandingState.PAID and any(standing.closed <= each.until for each in standing.promises):
        yield standing.closed, kept_text(standing.total, locale)
    if standing.write_off is not None:
        yield standing.closed, write_off_text(standing.write_off, locale)


def sold(store: Store, locale: str) -> Table:
    """Return what there is of each kind of product: services by state, and what was invoiced for them, without tax."""
    plans = {plan.id: plan.kind for plan in every(store, PlanEdition)}
    services = {service.id: service for service in every(store, Service)}
    kinds = {service.id: plans[service.contract.plan_edition] for service in services.values()}
    states = Counter([(kinds[service.id], service.state) for service in services.values()])
    nets: dict[ProductKind, dict[Currency, Money]] = {}
    for invoice in every(store, Invoice):
        own = nets.setdefault(kinds[invoice.service], {})
        own[invoice.currency] = own.get(invoice.currency, invoice.net * 0) + invoice.net
    made = table("What is sold", "product", "services", ">invoiced, net")
    for kind in [kind for kind in ProductKind if kind in kinds.values()]:
        counts = [f"{name_of(state, locale)} {states[kind, state]}" for state in ServiceState if states[kind, state]]
        amounts = sorted(nets.get(kind, {}).values(), key=lambda each: each.currency.code)
        made.add_row(
            name_of(kind, locale), ", ".join(counts), " + ".join([amount_text(each, locale) for each in amounts])
        )
    return made
