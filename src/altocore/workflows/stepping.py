"""One step of a service's agenda, whatever it is: the end of a contract, the lapse of a domain, else its next renewal.

An invoice that is issued spends the client's credit, the oldest debt first; and a debt that is paid brings a service back
and moves its agenda on. So the steps here lead to each other; each is planned over what the one before leaves, and each
spends credit or pays a debt, of which there is only so much.
"""

from collections.abc import Callable, Sequence
from typing import TypeAlias, TypeVar

from altocore.billing.standing import Standing, StandingState
from altocore.catalogue.plans import PlanEdition
from altocore.clients.clients import Client, CreditUse
from altocore.errors import AltocoreError, HistoryCorrupt, Unavailable
from altocore.lifecycle.events import Occasion
from altocore.lifecycle.service import Service
from altocore.plans.documents import Stored
from altocore.plans.overlay import Overlay
from altocore.plans.plan import Plan, chain
from altocore.plans.reading import Ids, OfClients, Reader
from altocore.policy.ending import EndingDue, EndingWaiting
from altocore.policy.governing import contract_edition
from altocore.policy.lapse import LapseDue, LapseWaiting
from altocore.policy.renewal import RenewalDue, RenewalWithheld
from altocore.terms.options import CancellationDebt
from altocore.values.days import Day
from altocore.values.ids import ClientId, ServiceId
from altocore.values.money import Money
from altocore.workflows.crediting import plan_credit_use
from altocore.workflows.ending import load_ending, plan_ending
from altocore.workflows.lapsing import plan_lapse
from altocore.workflows.one import one
from altocore.workflows.reactivating import plan_reactivation
from altocore.workflows.renewing import RenewalCase, plan_renewal
from altocore.workflows.rulebook import Rulebook

__all__ = [
    "ServiceAnswer",
    "after_payment",
    "missed_steps",
    "older_paid_first",
    "plan_service_step",
    "prefetch_services",
]

A = TypeVar("A")

ServiceAnswer: TypeAlias = RenewalDue | RenewalWithheld | EndingDue | EndingWaiting | LapseDue | LapseWaiting


def prefetch_services(reader: Reader, page: Sequence[Stored[Service]]) -> None:
    """Read at once what the steps of this page will read one by one through the same overlay."""
    clients = tuple({stored.document.client for stored in page})
    reader.select(Client, Ids(clients))
    reader.select(PlanEdition, Ids(tuple({stored.document.contract.plan_edition for stored in page})))
    reader.credit(clients)


def plan_service_step(
    reader: Reader, service: Stored[Service], rulebook: Rulebook, occasion: Occasion
) -> Plan[ServiceAnswer]:
    """Return the plan of what is next for this service on this occasion."""
    document = service.document
    if document.lapses is not None and document.lapses <= occasion.day:
        return plan_lapse(service, rulebook, occasion)
    if document.ending is not None:
        return plan_ending(load_ending(reader, service), rulebook, occasion)
    return older_paid_first(
        reader,
        document.client,
        rulebook,
        occasion,
        lambda overlay: plan_renewal(_renewal_case(overlay, document.id), rulebook, occasion),
    )


def older_paid_first(
    reader: Reader, client: ClientId, rulebook: Rulebook, occasion: Occasion, plan: Callable[[Reader], Plan[A]]
) -> Plan[A]:
    """Return the plan of an invoice that is issued to a client, with its credit spent on older debts first.

    Where the client has credit to use and an open invoice that falls due before the new one, that one is settled first, and
    what hangs on it follows: the service comes back, its agenda goes on. `plan` is asked again over what that leaves.

    Source: PAY-7, "credit is applied when an invoice is issued, oldest due first".
    """
    own = plan(reader)
    issued = [document for document in own.writes if isinstance(document, Standing)]
    if not issued or reader.credit((client,)).get(client, 0) == 0:
        return own
    if one(reader, Client, client).document.credit_use is CreditUse.KEEP:
        return own
    overlay = Overlay(reader)
    parts = _settle_older(overlay, client, issued[0].due, rulebook, occasion)
    if not parts:
        return own
    last = plan(overlay)
    if not last.writes:
        # What was asked for has come with the settling already: a debt that is paid makes up what its service missed.
        return chain(own.answer, *parts)
    return chain(last.answer, *parts, last, deed=last.deed)


def after_payment(
    overlay: Overlay, service: ServiceId, cause: str, rulebook: Rulebook, occasion: Occasion
) -> list[Plan[object]]:
    """Return the plans of what follows once an invoice of a service is paid, each on top of the overlay.

    The service comes back from its suspension (PAY-14), what its agenda missed meanwhile is made up (REN-9, CAN-4), and so
    is the end of another service of the client that waited for this debt. What cannot be planned is left to the day's
    billing, which parks it by name.
    """
    parts: list[Plan[object]] = []
    back = plan_reactivation(overlay, service, cause, rulebook, occasion)
    if back.writes:
        overlay.apply(back)
        parts.append(back)
    parts += missed_steps(overlay, service, rulebook, occasion)
    own = one(overlay, Service, service).document
    terms = contract_edition(rulebook.editions, own, occasion.day).terms.cancellation
    if terms.debt is CancellationDebt.ALL_INVOICES:
        for sibling in _siblings(overlay, own.client):
            if sibling.document.ending is not None:
                parts += missed_steps(overlay, sibling.document.id, rulebook, occasion)
    return parts


def _siblings(reader: Reader, client: ClientId) -> Sequence[Stored[Service]]:
    """Return a client's services; none where one of them is damaged, for a payment is not lost for its consequences."""
    try:
        return reader.select(Service, OfClients((client,)))
    except HistoryCorrupt:
        return ()


def missed_steps(overlay: Overlay, service: ServiceId, rulebook: Rulebook, occasion: Occasion) -> list[Plan[object]]:
    """Return the plans of what the service's agenda has due by now, in order: what it missed while it was held up.

    It makes up no more than a run may charge; the rest is left to the day's billing, which counts and says so.
    """
    parts: list[Plan[object]] = []
    while len(parts) < rulebook.charges_max:
        stored = one(overlay, Service, service)
        due = stored.document.next_step
        if due is None or due > occasion.day:
            return parts
        try:
            step = plan_service_step(overlay, stored, rulebook, occasion)
        except Unavailable:
            raise
        except AltocoreError:
            return parts
        if not step.writes:
            return parts
        overlay.apply(step)
        parts.append(step)
    return parts


def _settle_older(
    overlay: Overlay, client: ClientId, due: Day, rulebook: Rulebook, occasion: Occasion
) -> list[Plan[object]]:
    """Return the plans that spend a client's credit on its open invoices due before this day, oldest due first."""
    services = overlay.select(Service, OfClients((client,)))
    ids = tuple([invoice for stored in services for invoice in stored.document.debts])
    older = [stored.document for stored in overlay.select(Standing, Ids(ids)) if stored.document.due < due]
    parts: list[Plan[object]] = []
    for each in sorted(older, key=lambda standing: (standing.due, standing.id)):
        standing = one(overlay, Standing, each.id)
        minor = overlay.credit((client,))[client]
        if minor == 0 or standing.document.state is not StandingState.OPEN:
            continue
        used = plan_credit_use(overlay, standing, minor, rulebook, occasion)
        overlay.apply(used)
        parts.append(used)
        if used.answer.state is StandingState.PAID:
            parts += after_payment(overlay, each.service, f"credit/{each.id}", rulebook, occasion)
    return parts


def _renewal_case(reader: Reader, service: ServiceId) -> RenewalCase:
    stored = one(reader, Service, service)
    client = one(reader, Client, stored.document.client)
    minor = reader.credit((client.document.id,)).get(client.document.id, 0)
    return RenewalCase(
        service=stored,
        client=client,
        plan=one(reader, PlanEdition, stored.document.contract.plan_edition).document,
        credit=Money(minor, client.document.currency),
    )
