"""Strategies for what is asked for: lines with their taxes, and invoices."""

from typing import Final

from attrs import evolve
from hypothesis import strategies as st

from altocore.billing.costs import CostReason
from altocore.billing.invoices import BEGINNING, Invoice, InvoiceKind, Line, command_invoice_id, invoice_id
from altocore.billing.lines import taxed_line
from altocore.lifecycle.registrations import REGISTERED_FOR
from altocore.lifecycle.service import Contract
from altocore.terms.parts import TaxRate, TaxTerms
from altocore.testing.strategies.catalogue import PRICE_MAX
from altocore.testing.strategies.lifecycle import pending_contracts, period_numbers, running_contracts
from altocore.testing.strategies.terms import tax_rates
from altocore.testing.strategies.values import (
    amounts,
    cadences,
    currencies,
    exchange_rates,
    given_or,
    ids,
    parties,
    roundings,
    short_texts,
)
from altocore.values.anchors import Cadence, nth_period
from altocore.values.currencies import Currency
from altocore.values.cycles import Once
from altocore.values.days import add_days
from altocore.values.ids import ClientId, EditionId, ServiceId
from altocore.values.money import Money
from altocore.values.periods import Period
from altocore.values.rounding import Rounding

__all__ = ["TYPES", "invoices", "lines"]

_LINES_MAX: Final = 4
_DAYS_NEAR: Final = 60
_REVISIONS_MAX: Final = 3


def lines(
    *, currency: Currency | None = None, rate: TaxRate | None = None, minor_max: int = PRICE_MAX
) -> st.SearchStrategy[Line]:
    """Return a strategy for lines, each with the tax of its net amount at this rate, or at any, rounded once."""
    net = amounts(currency=currency, minor_min=0, minor_max=minor_max)
    return st.builds(_line, short_texts(), net, given_or(rate, tax_rates()), roundings())


@st.composite
def invoices(  # noqa: PLR0913  # one keyword for each thing that an invoice is of
    draw: st.DrawFn,
    *,
    kind: InvoiceKind | None = None,
    currency: Currency | None = None,
    contract: Contract | None = None,
    client: ClientId | None = None,
    service: ServiceId | None = None,
    minor_max: int = PRICE_MAX,
) -> Invoice:
    """Return a strategy for invoices of a period of this contract, or of any, taxed at one rate, in one currency.

    A contract without an anchor has its first invoice only, or the restoration that it would begin with, and one that was
    taken over has none but renewals; of administrative costs either has some, which charge no period.
    """
    is_for = draw(given_or(kind, st.sampled_from(_kinds(contract))))
    pending, costs = is_for in BEGINNING, is_for is InvoiceKind.ADMINISTRATIVE
    of = draw(given_or(contract, _beginning(is_for) if pending else _cycles_of(is_for).flatmap(_renewing)))
    number = 0 if pending or of.anchor is None else draw(period_numbers(of, number_min=1))
    period = None if pending else _period(of, number)
    command = draw(short_texts()) if costs else None
    # A renewal is issued ahead of its period, and later where something held it back.
    on_time = of.ordered if period is None else period.start
    issued = on_time if pending else add_days(on_time, draw(st.integers(-_DAYS_NEAR, _DAYS_NEAR)))
    asked = draw(given_or(currency, currencies()))
    rate = draw(tax_rates())
    name = draw(given_or(service, ids(ServiceId)))
    revision = 0 if is_for is InvoiceKind.FIRST else draw(st.just(0) | st.integers(0, _REVISIONS_MAX))
    return Invoice(
        id=invoice_id(name, of.number, number, revision) if command is None else command_invoice_id(command),
        kind=is_for,
        client=draw(given_or(client, ids(ClientId))),
        service=name,
        contract=of.number,
        period_number=None if costs else number,
        revision=0 if costs else revision,
        command=command,
        period=None if costs else period,
        issued=issued,
        due=add_days(issued, draw(st.integers(0, _DAYS_NEAR))),
        currency=asked,
        lines=tuple(draw(_cost_lines(asked, rate, minor_max) if costs else _lines(asked, rate, minor_max))),
        tax_region=rate.region,
        tax_name=rate.name,
        tax_rate_ppm=rate.rate_ppm,
        terms_edition=of.terms_edition if pending else draw(ids(EditionId)),
        plan_edition=of.plan_edition,
        exchange=draw(exchange_rates(quote=asked)) if is_for is InvoiceKind.RESTORATION else None,
        issuer=draw(parties()),
        customer=draw(parties()),
    )


def _period(of: Contract, number: int) -> Period | None:
    if of.anchor is None or of.cycle is Once.ONE_TIME:
        return None
    return nth_period(of.anchor, of.cycle, number)


def _cycles_of(kind: InvoiceKind) -> st.SearchStrategy[Cadence]:
    """Return a strategy for the cycles of what is renewed: a domain is by the year."""
    years = [each for each in Cadence if each in REGISTERED_FOR]
    return st.sampled_from(years) if kind is InvoiceKind.DOMAIN_RENEWAL else cadences()


def _beginning(kind: InvoiceKind) -> st.SearchStrategy[Contract]:
    """Return a strategy for contracts that an invoice of this kind begins; a restoration's is not the first, and has a term."""
    if kind is InvoiceKind.FIRST:
        return pending_contracts()
    made = cadences().flatmap(lambda cycle: pending_contracts(cycle=cycle))
    return made.map(lambda of: evolve(of, number=of.number + 1))


def _renewing(cycle: Cadence) -> st.SearchStrategy[Contract]:
    return running_contracts(cycle=cycle)


def _line(item: str, net: Money, rate: TaxRate, rounding: Rounding) -> Line:
    return taxed_line(item, net, rate, TaxTerms(rounding=rounding, rates=(rate,)))


def _lines(currency: Currency, rate: TaxRate, minor_max: int) -> st.SearchStrategy[list[Line]]:
    """Return a strategy for the lines of one invoice, all rounded in one way."""
    net = amounts(currency=currency, minor_min=0, minor_max=minor_max)
    priced = st.lists(st.tuples(short_texts(), net), min_size=1, max_size=_LINES_MAX)
    return st.builds(
        lambda rounding, items: [_line(item, amount, rate, rounding) for item, amount in items], roundings(), priced
    )


def _cost_lines(currency: Currency, rate: TaxRate, minor_max: int) -> st.SearchStrategy[list[Line]]:
    """Return a strategy for the one line of administrative costs."""
    net = amounts(currency=currency, minor_min=1, minor_max=minor_max)
    reasons = st.sampled_from(CostReason)
    return st.builds(
        lambda reason, amount, rounding: [_line(reason.value, amount, rate, rounding)], reasons, net, roundings()
    )


def _kinds(contract: Contract | None) -> tuple[InvoiceKind, ...]:
    """Return what a contract can be invoiced for."""
    if contract is not None and contract.cycle is Once.ONE_TIME:
        return (InvoiceKind.FIRST,)
    if contract is None:
        return tuple(InvoiceKind)
    if contract.anchor is None:
        return (InvoiceKind.FIRST if contract.number == 1 else InvoiceKind.RESTORATION, InvoiceKind.ADMINISTRATIVE)
    domain = (InvoiceKind.DOMAIN_RENEWAL,) if contract.cycle in REGISTERED_FOR else ()
    return (InvoiceKind.RENEWAL, *domain, InvoiceKind.ADMINISTRATIVE)


TYPES: Final[dict[type[object], st.SearchStrategy[object]]] = {
    Invoice: invoices(),
    InvoiceKind: st.sampled_from(InvoiceKind),
    Line: lines(),
}
"""Every public type here."""
