"""Issuing an invoice: its lines and taxes, its standing, its postings, the credit that pays it at once, its number."""

from typing import final

from attrs import field, frozen

from altocore.billing.invoices import Invoice, InvoiceKind, command_invoice_id, invoice_id
from altocore.billing.ledger import Movement, Posting, posting
from altocore.billing.lines import taxed_lines
from altocore.billing.settlement import settle
from altocore.billing.standing import Standing, StandingState
from altocore.catalogue.plans import PlanEdition
from altocore.clients.clients import Client, CreditUse
from altocore.lifecycle.service import Service
from altocore.plans.messages import Message, MessageKind, message
from altocore.plans.plan import ExpectCredit, Number
from altocore.terms.editions import TermsEdition
from altocore.values.days import Day
from altocore.values.exchange import ExchangeRate
from altocore.values.ids import InvoiceId
from altocore.values.money import Money, zero
from altocore.values.periods import Period
from altocore.values.provider import Provider
from altocore.workflows.timelines import with_next_step

__all__ = ["Charge", "Issued", "issue"]


@final
@frozen(kw_only=True)
class Charge:
    """What is to be invoiced: a period of a service's contract, or what a command asks for, under this edition of the terms.

    One of `period_number` and `command` is None: the key of a command is what makes its charge one and the same. `exchange`
    is the rate that the fee of a restoration was converted at.
    `credit` is the client's credit as it stands; whether it is used, the client has said (PAY-7).
    """

    kind: InvoiceKind = field()
    client: Client = field()
    service: Service = field()
    plan: PlanEdition = field()
    priced: tuple[tuple[str, Money], ...] = field()
    period_number: int | None = field()
    command: str | None = field()
    period: Period | None = field()
    issued: Day = field()
    due: Day = field()
    edition: TermsEdition = field()
    credit: Money = field()
    exchange: ExchangeRate | None = field(default=None)


@final
@frozen(kw_only=True)
class Issued:
    """An invoice with everything that its issue makes happen. `rests_on` names the rules of it."""

    invoice: Invoice = field()
    standing: Standing = field()
    postings: tuple[Posting, ...] = field()
    messages: tuple[Message, ...] = field()
    credits: tuple[ExpectCredit, ...] = field()
    numbers: tuple[Number, ...] = field()
    rests_on: tuple[str, ...] = field()


def issue(charge: Charge, provider: Provider) -> Issued:
    """Return the invoice of a charge, settled with the client's credit as far as that goes.

    Source: PAY-7 (credit is applied when an invoice is issued), PAY-12 (numbers), PAY-13 (taxes), PAY-18, REN-4.
    """
    invoice = _invoice(charge, provider)
    net, tax = invoice.net, invoice.tax
    total = net + tax
    usable = charge.credit if charge.client.credit_use is CreditUse.APPLY else zero(charge.credit.currency)
    settlement = settle(usable, total)
    standing = _standing(charge, invoice, total, settlement.applied)
    client, day, own = charge.client.id, charge.issued, invoice.id
    return Issued(
        invoice=invoice,
        standing=standing,
        postings=(
            *posting(Movement.NET_INVOICED, client, own, day, net),
            *posting(Movement.TAX_INVOICED, client, own, day, tax),
            *posting(Movement.CREDIT_APPLIED, client, own, day, settlement.applied),
        ),
        messages=_messages(charge, invoice, standing),
        credits=(ExpectCredit(client, charge.credit),),
        numbers=(Number(provider.series, own),),
        rests_on=(
            "PAY-12",
            "PAY-13",
            "REN-4",
            *(("PAY-7",) if settlement.applied.minor else ()),
        ),
    )


def _invoice(charge: Charge, provider: Provider) -> Invoice:
    tax = charge.edition.terms.tax
    rate = tax.rate(charge.client.tax_region)
    contract = charge.service.contract.number
    return Invoice(
        id=_identity(charge),
        kind=charge.kind,
        client=charge.client.id,
        service=charge.service.id,
        contract=contract,
        period_number=charge.period_number,
        revision=0 if charge.period_number is None else charge.service.next_revision,
        command=charge.command,
        period=charge.period,
        issued=charge.issued,
        due=charge.due,
        currency=charge.client.currency,
        lines=taxed_lines(charge.priced, rate, tax),
        tax_region=rate.region,
        tax_name=rate.name,
        tax_rate_ppm=rate.rate_ppm,
        terms_edition=charge.edition.id,
        plan_edition=charge.plan.id,
        exchange=charge.exchange,
        issuer=provider.legal,
        customer=charge.client.legal,
    )


def _identity(charge: Charge) -> InvoiceId:
    if charge.period_number is None:
        return command_invoice_id(charge.command or "")
    service = charge.service
    return invoice_id(service.id, service.contract.number, charge.period_number, service.next_revision)


def _standing(charge: Charge, invoice: Invoice, total: Money, settled: Money) -> Standing:
    paid = settled == total
    standing = Standing(
        id=invoice.id,
        kind=invoice.kind,
        client=invoice.client,
        service=invoice.service,
        terms_edition=invoice.terms_edition,
        issued=invoice.issued,
        due=invoice.due,
        total=total,
        settled=settled,
        state=StandingState.PAID if paid else StandingState.OPEN,
        closed=invoice.issued if paid else None,
        steps_done=0,
        last_notice_queued=None,
        last_notice_taken=None,
        promises=(),
        write_off=None,
        next_step=None,
    )
    return with_next_step(standing, charge.service.faults, charge.edition.terms.overdue)


def _messages(charge: Charge, invoice: Invoice, standing: Standing) -> tuple[Message, ...]:
    issued = message(MessageKind.INVOICE_ISSUED, invoice.client, invoice.id, invoice.id, invoice.issued)
    if standing.state is StandingState.PAID and charge.kind is InvoiceKind.FIRST:
        return (
            issued,
            message(MessageKind.SERVICE_TO_PROVISION, invoice.client, invoice.service, invoice.id, invoice.issued),
        )
    return (issued,)
