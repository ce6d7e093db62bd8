"""A year of the invented provider in which something of everything happens: the demo's.

Each client of the example lives on as before, most of them with more than one service, and there are a few more: together they
have one service of every product kind. Who pays does it in time, but for the invoices named below; and what somebody
does beside paying stands in one table, day by day.
"""

from typing import Final

from altocore.analysis.behaviour import Behaviour
from altocore.analysis.deeds import Deed, Intended
from altocore.analysis.example import PLANS, client_of, subscribers
from altocore.billing.costs import CostReason
from altocore.billing.invoices import invoice_id
from altocore.billing.promises import PromiseReason
from altocore.billing.write_offs import WriteOffReason
from altocore.catalogue.kinds import Administration
from altocore.lifecycle.events import Actor
from altocore.lifecycle.reasons import SuspensionReason, TerminationReason
from altocore.lifecycle.service import EndingTime
from altocore.values.anchors import Cadence, period_index
from altocore.values.cycles import Once
from altocore.values.days import Day, parse_day
from altocore.values.domains import domain_name
from altocore.values.ids import AddonId, InvoiceId, PlanId, ServiceId
from altocore.values.money import money
from altocore.workflows.cancelling import CancellationRequest
from altocore.workflows.costing import Costs
from altocore.workflows.discontinuing import Discontinuing
from altocore.workflows.ordering import Order, service_id
from altocore.workflows.promising import PromiseToPay
from altocore.workflows.reactivating import Lifting
from altocore.workflows.subscribers import Intention, Subscriber
from altocore.workflows.suspending import Suspending
from altocore.workflows.taking_back import TakingBack
from altocore.workflows.taking_over import TakeOver
from altocore.workflows.terminating import Terminating
from altocore.workflows.writing_off import GivenUp

__all__ = ["BEHAVIOUR", "everybody", "explained", "happenings"]


def _key(name: str, plan: str) -> str:
    return f"example/{name}/{plan}"


def _runs(  # noqa: PLR0913, PLR0917  # one row of the table below
    name: str,
    code: str,
    plan: str,
    cycle: Cadence,
    anchor: str,
    addons: tuple[str, ...] = (),
    administration: Administration | None = None,
    domain: str | None = None,
) -> Subscriber:
    """Return a contract that began before the year, or begins in it."""
    client, edition = client_of(name, code), PLANS[plan]
    contract = TakeOver(
        key=_key(name, plan),
        client=client.id,
        plan_edition=edition.id,
        cycle=cycle,
        anchor=parse_day(anchor),
        addons=tuple([AddonId(each) for each in addons]),
        administration=administration,
        domain=None if domain is None else domain_name(domain),
    )
    return Subscriber(client=client, plan=edition, contract=contract, intention=Intention.STAY)


def everybody() -> tuple[Subscriber, ...]:
    """Return the example's own subscribers, and those with the other kinds that can be renewed."""
    monthly, half, annual = Cadence.MONTHLY, Cadence.SEMIANNUAL, Cadence.ANNUAL
    return (
        *subscribers(),
        _runs("Estudio Quebracho", "ARS", "reseller-10", monthly, "2024-07-10"),
        _runs("Granja Digital", "ARS", "vps-4", monthly, "2025-01-08", ("management",), Administration.PROVIDER),
        _runs("Agência Maré", "USD", "dedicated-xl", annual, "2024-05-20", (), Administration.CLIENT),
        _runs("Ferretería Sur", "ARS", "housing-1u", monthly, "2024-11-15"),
        _runs("Librería Alba", "ARS", "builder", monthly, "2024-10-01"),
        _runs("Radio Los Ceibos", "ARS", "radio-200", monthly, "2024-06-15"),
        _runs("Club Villa Nueva", "ARS", "mail-25", monthly, "2024-12-05"),
        _runs("Lighthouse Books", "USD", "domain-com", annual, "2024-08-09", (), None, "lighthouse-books.example"),
        _runs("Noticias del Delta", "ARS", "news-simple", monthly, "2024-09-20"),
        _runs("Diario Pampa", "ARS", "news-portal", monthly, "2024-05-01"),
        _runs("Diario Pampa", "ARS", "news-daily", monthly, "2025-02-01"),
        _runs("Diario Pampa", "ARS", "support-full", monthly, "2024-12-12"),
        _runs("Canal Ribera", "ARS", "chat", monthly, "2024-10-22"),
        _runs("Radio Comunal", "ARS", "radio-and-site", half, "2025-04-10"),
        _runs("Ofertas Ya", "USD", "cloud-two", monthly, "2024-12-10"),
        _runs("Bazar Oeste", "ARS", "shared-start", annual, "2025-08-01", ("support-professional",)),
    )


def _own(name: str, plan: str) -> Subscriber:
    """Return who has this contract."""
    return next(each for each in everybody() if (each.client.legal.name, each.plan.plan) == (name, plan))


def _service(name: str, plan: str) -> ServiceId:
    return service_id(_own(name, plan).contract.key)


def _renewal(name: str, plan: str, start: str) -> InvoiceId:
    """Return the invoice of the period that begins on a day."""
    contract = _own(name, plan).contract
    return invoice_id(service_id(contract.key), 1, period_index(contract.anchor, contract.cycle, parse_day(start)))


def _paid(name: str, plan: str, start: str, on: str | None) -> tuple[InvoiceId, Day | None]:
    """Return the invoice of a period, and the day on which it is paid, if it ever is."""
    return _renewal(name, plan, start), None if on is None else parse_day(on)


BEHAVIOUR: Final = Behaviour(
    seed=31,
    on_time_percent=100,
    late_percent=0,
    after_suspension_percent=0,
    known=(
        _paid("Ferretería Sur", "cloud-two", "2025-02-28", "2025-03-10"),
        _paid("Radio Los Ceibos", "video-500", "2025-04-30", "2025-05-08"),
        _paid("Taller Molina", "cloud-two", "2025-05-30", None),
        _paid("Noticias del Delta", "news-simple", "2025-07-20", None),
        _paid("Bazar Oeste", "shared-start", "2025-08-01", None),
    ),
)
"""Everybody pays in time, but for one who is suspended and pays, one who promises to, and three who never do."""


def _once(name: str, code: str, plan: str) -> Order:
    """Return the order of something that is sold once."""
    return Order(key=_key(name, plan), client=client_of(name, code).id, plan=PlanId(plan), cycle=Once.ONE_TIME)


def _leaves(name: str, plan: str, time: EndingTime) -> CancellationRequest:
    service = _service(name, plan)
    return CancellationRequest(key=f"leave/{service}", service=service, time=time)


def _promises(name: str, plan: str, start: str, until: str) -> PromiseToPay:
    invoice = _renewal(name, plan, start)
    why = PromiseReason.TRANSFER_UNDER_WAY
    return PromiseToPay(key=f"promise/{invoice}", invoice=invoice, until=parse_day(until), reason=why)


def happenings() -> tuple[Intended, ...]:
    """Return what somebody does in the year, beside paying, ordering and leaving as the subscribers do."""
    client, staff = Actor.CLIENT, Actor.STAFF
    debt = _renewal("Noticias del Delta", "news-simple", "2025-07-20")
    portal, spammer = _service("Diario Pampa", "news-portal"), _service("Ofertas Ya", "cloud-two")
    overload, watch = SuspensionReason.OVERLOAD, Actor.PROVISIONER
    costs = Costs(key="costs/1", service=portal, amount=money("4500.00", "ARS"), reason=CostReason.BANK_CHARGES)
    mare = _leaves("Agência Maré", "cloud-two", EndingTime.END_OF_PERIOD)
    rows: tuple[tuple[str, Actor, Deed], ...] = (
        ("2025-01-14", client, _once("Panadería La Espiga", "ARS", "site")),
        ("2025-02-03", client, _once("Radio Los Ceibos", "ARS", "voice-over")),
        ("2025-02-17", client, _once("Northwind Podcasts", "USD", "android-pwa")),
        ("2025-03-05", client, _once("Noticias del Delta", "ARS", "android-lite")),
        ("2025-03-24", client, _once("Diario Pampa", "ARS", "android-simple")),
        ("2025-04-07", client, _once("Diario Pampa", "ARS", "iphone")),
        ("2025-05-02", staff, _promises("Radio Los Ceibos", "video-500", "2025-04-30", "2025-05-09")),
        ("2025-05-19", client, _once("Ferretería Sur", "ARS", "shop")),
        ("2025-06-10", client, mare),
        ("2025-06-12", client, TakingBack(key="stay/1", service=mare.service)),
        ("2025-06-23", client, _once("Librería Alba", "ARS", "e-commerce")),
        ("2025-07-29", staff, GivenUp(key="given-up/1", invoice=debt, reason=WriteOffReason.GOODWILL)),
        ("2025-09-03", watch, Suspending(key="overload/1", service=portal, reason=overload)),
        ("2025-09-04", watch, Lifting(key="solved/1", service=portal, reason=overload)),
        ("2025-09-08", staff, costs),
        ("2025-09-23", staff, Terminating(key="spam/1", service=spammer, reason=TerminationReason.SPAM)),
        ("2025-10-06", staff, Discontinuing(key="discontinue/1", service=_service("Librería Alba", "builder"))),
        ("2025-10-09", client, _leaves("Canal Ribera", "chat", EndingTime.IMMEDIATE)),
    )
    return tuple([Intended(on=parse_day(on), actor=actor, deed=deed) for on, actor, deed in rows])


def explained() -> InvoiceId:
    """Return the invoice that is shown line by line: a server with an add-on, and its setup."""
    return invoice_id(_service("Granja Digital", "vps-4"), 1, 0)
