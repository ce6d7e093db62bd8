"""Strategies for every kind of document, with whatever its constructor allows."""

from typing import Final

from attrs import fields_dict, has
from hypothesis import strategies as st

from altocore.billing.invoices import Invoice, InvoiceKind, Line
from altocore.billing.payments import Payment, PaymentNotice
from altocore.billing.standing import Standing, StandingState
from altocore.catalogue.plans import PlanEdition, PlanItem, Price, ProductKind
from altocore.clients.clients import Client, CreditUse
from altocore.lifecycle.events import Actor, ServiceEvent
from altocore.lifecycle.machine import ServiceCommand, ServiceState
from altocore.lifecycle.service import Contract, Ending, Service
from altocore.plans.documents import Document
from altocore.terms.clauses import HOUSE, Clause
from altocore.terms.editions import TermsEdition
from altocore.terms.options import CancellationDeadline, CancellationDebt, FirstPeriodStart, SharedHostingCycles
from altocore.terms.parts import (
    DAYS_MAX,
    CancellationTerms,
    InvoicingTerms,
    OrderTerms,
    OverdueTerms,
    TaxRate,
    TaxTerms,
    Terms,
)
from altocore.testing.strategies import amounts, cadences, currencies, days, instants, parties, periods, roundings
from altocore.values.anchors import Cadence
from altocore.values.currencies import Currency
from altocore.values.money import MINOR_MAX, Money

TEXTS: Final = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
"""Ids and other free texts: any that UTF-8 has bytes for, quotes, backslashes and control characters among them."""

LINES: Final = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=200).filter(str.strip)
COUNTS: Final = st.integers(0, 10**6)
CLAUSES: Final = st.sampled_from([HOUSE, Clause("manual/alerts"), Clause("terms/5.a")])
OPTIONAL_DAYS: Final = st.none() | days()


def clients() -> st.SearchStrategy[Client]:
    """Return a strategy for clients."""
    return st.builds(
        Client,
        id=TEXTS,
        legal=parties(),
        tax_region=LINES,
        currency=currencies(),
        locale=st.sampled_from(["es", "es_AR", "en_US", "pt_BR"]),
        credit_use=st.sampled_from(CreditUse),
    )


def plan_editions() -> st.SearchStrategy[PlanEdition]:
    """Return a strategy for editions of plans."""
    prices = st.builds(Price, cycle=cadences(), amount=amounts().map(_size))
    items = st.builds(PlanItem, name=LINES, prices=st.lists(prices, max_size=3, unique_by=_sold_in).map(tuple))
    return st.builds(
        PlanEdition,
        id=TEXTS,
        plan=TEXTS,
        kind=st.sampled_from(ProductKind),
        items=st.lists(items, min_size=1, max_size=3).map(tuple),
    )


@st.composite
def overdue_terms(draw: st.DrawFn) -> OverdueTerms:
    """Return timelines whose steps follow each other."""
    suspend, last_notice, terminate, cancel = sorted(
        draw(st.lists(st.integers(1, DAYS_MAX), min_size=4, max_size=4, unique=True))
    )
    reminders = draw(st.lists(st.integers(-DAYS_MAX, suspend - 1), max_size=5, unique=True))
    return OverdueTerms(
        reminder_days=tuple(sorted(reminders)),
        suspend_days=suspend,
        terminate_days=terminate,
        last_notice_days=terminate - last_notice,
        cancel_days=cancel,
    )


def terms() -> st.SearchStrategy[Terms]:
    """Return a strategy for terms."""
    rates = st.builds(TaxRate, region=LINES, name=LINES, rate_ppm=st.integers(0, 10**6))
    return st.builds(
        Terms,
        order=st.builds(OrderTerms, shared_hosting_cycles=st.sampled_from(SharedHostingCycles)),
        invoicing=st.builds(
            InvoicingTerms,
            due_days=st.integers(0, DAYS_MAX),
            renewal_notice_days=st.integers(0, DAYS_MAX),
            first_period_start=st.sampled_from(FirstPeriodStart),
        ),
        overdue=overdue_terms(),
        cancellation=st.builds(
            CancellationTerms,
            deadline=st.sampled_from(CancellationDeadline),
            debt=st.sampled_from(CancellationDebt),
        ),
        tax=st.builds(
            TaxTerms,
            rounding=roundings(),
            rates=st.lists(rates, max_size=3, unique_by=lambda rate: rate.region).map(tuple),
        ),
    )


def terms_editions() -> st.SearchStrategy[TermsEdition]:
    """Return a strategy for editions of the terms."""
    return st.builds(TermsEdition, id=TEXTS, published=days(), effective=days(), terms=terms())


def services() -> st.SearchStrategy[Service]:
    """Return a strategy for services."""
    return st.builds(
        Service,
        id=TEXTS,
        client=TEXTS,
        contract=st.builds(
            Contract,
            number=COUNTS,
            plan_edition=TEXTS,
            cycle=cadences(),
            ordered=days(),
            anchor=OPTIONAL_DAYS,
            first_period=COUNTS,
            terms_edition=TEXTS,
        ),
        state=st.sampled_from(ServiceState),
        last_period=COUNTS,
        terms_edition=TEXTS,
        open_invoices=st.lists(TEXTS, max_size=3).map(tuple),
        ending=st.none() | st.builds(Ending, asked=days(), effective=days()),
        events=COUNTS,
        next_step=OPTIONAL_DAYS,
    )


def service_events() -> st.SearchStrategy[ServiceEvent]:
    """Return a strategy for events of services."""
    return st.builds(
        ServiceEvent,
        id=TEXTS,
        service=TEXTS,
        client=TEXTS,
        number=COUNTS,
        command=st.sampled_from(ServiceCommand),
        before=st.sampled_from(ServiceState),
        after=st.sampled_from(ServiceState),
        day=days(),
        at=instants(),
        actor=st.sampled_from(Actor),
        rule=TEXTS,
        clauses=st.lists(CLAUSES, max_size=3).map(tuple),
        cause=TEXTS,
    )


def invoices() -> st.SearchStrategy[Invoice]:
    """Return a strategy for invoices, each in one currency."""
    return currencies().flatmap(_invoices_in)


def standings() -> st.SearchStrategy[Standing]:
    """Return a strategy for standings, settled in part or in full."""
    return currencies().flatmap(_standings_in)


def payments() -> st.SearchStrategy[Payment]:
    """Return a strategy for payments."""
    notices = st.builds(
        PaymentNotice,
        gateway=LINES,
        transaction=LINES,
        means=LINES,
        invoice=TEXTS,
        amount=amounts().map(_size).filter(lambda amount: amount.minor > 0),
        received=days(),
    )
    return st.builds(Payment, id=TEXTS, client=TEXTS, notice=notices, settled=amounts(), kept=amounts())


def _sold_in(price: Price) -> tuple[Cadence, Currency]:
    return price.cycle, price.amount.currency


def _size(amount: Money) -> Money:
    return amount if amount.minor >= 0 else -amount


def _invoices_in(currency: Currency) -> st.SearchStrategy[Invoice]:
    money = amounts(currency=currency, minor_min=-(10**15), minor_max=10**15)
    ordered = st.tuples(days(), days()).map(sorted)
    lines = st.lists(st.builds(Line, item=TEXTS, net=money, tax=money), min_size=1, max_size=4).map(tuple)
    return ordered.flatmap(
        lambda pair: st.builds(
            Invoice,
            id=TEXTS,
            kind=st.sampled_from(InvoiceKind),
            client=TEXTS,
            service=TEXTS,
            contract=COUNTS,
            period_number=COUNTS,
            period=st.none() | periods(),
            issued=st.just(pair[0]),
            due=st.just(pair[1]),
            currency=st.just(currency),
            lines=lines,
            tax_region=TEXTS,
            tax_name=TEXTS,
            tax_rate_ppm=COUNTS,
            terms_edition=TEXTS,
            plan_edition=TEXTS,
            issuer=parties(),
            customer=parties(),
        )
    )


def _standings_in(currency: Currency) -> st.SearchStrategy[Standing]:
    minors = st.tuples(st.integers(0, MINOR_MAX), st.integers(0, MINOR_MAX)).map(sorted)
    return minors.flatmap(
        lambda pair: st.builds(
            Standing,
            id=TEXTS,
            kind=st.sampled_from(InvoiceKind),
            client=TEXTS,
            service=TEXTS,
            terms_edition=TEXTS,
            issued=days(),
            due=days(),
            total=st.just(Money(pair[1], currency)),
            settled=st.just(Money(pair[0], currency)),
            state=st.sampled_from(StandingState),
            closed=OPTIONAL_DAYS,
            steps_done=COUNTS,
            last_notice_queued=OPTIONAL_DAYS,
            last_notice_taken=OPTIONAL_DAYS,
            next_step=OPTIONAL_DAYS,
        )
    )


STRATEGIES: Final[dict[type[Document], st.SearchStrategy[Document]]] = {
    Client: clients(),
    PlanEdition: plan_editions(),
    TermsEdition: terms_editions(),
    Service: services(),
    ServiceEvent: service_events(),
    Invoice: invoices(),
    Standing: standings(),
    Payment: payments(),
}
"""A strategy for each kind."""


def documents() -> st.SearchStrategy[Document]:
    """Return a strategy for documents of every kind."""
    return st.one_of(*STRATEGIES.values())


def exactly(found: object) -> object:
    """Return a value with the type of everything in it, so that equal means the same in every type."""
    kind = type(found)
    if isinstance(found, tuple):
        return (kind, [exactly(each) for each in found])
    if has(kind):
        return (kind, {name: exactly(getattr(found, name)) for name in fields_dict(kind)})
    return (kind, found)
