"""Invoices: issued once, and never edited. What becomes of one is its standing, a row of its own.

An invoice freezes what it was issued under (REN-4): the edition of the terms, the edition of the plan, the legal data of
both sides (PAY-18). Its number is a row of its own too, given by the commit, so that documents are the same on every
store and in every run.
"""

from enum import StrEnum, unique
from typing import Final, final

from attrs import field, frozen

from altocore.errors import BadValue, CurrencyMismatch
from altocore.values.currencies import Currency
from altocore.values.days import Day
from altocore.values.exchange import ExchangeRate
from altocore.values.ids import ClientId, EditionId, InvoiceId, ServiceId, derive
from altocore.values.money import Money, total
from altocore.values.periods import Period
from altocore.values.provider import LegalParty

__all__ = [
    "BEGINNING",
    "RENEWALS",
    "Invoice",
    "InvoiceKind",
    "Line",
    "charge_identity",
    "command_charge",
    "command_invoice_id",
    "invoice_id",
]


@final
@unique
class InvoiceKind(StrEnum):
    """What an invoice is for; its kind decides its timeline. Source: PAY-16, house."""

    FIRST = "first"
    RENEWAL = "renewal"
    DOMAIN_RENEWAL = "domain_renewal"
    ADMINISTRATIVE = "administrative"
    RESTORATION = "restoration"


RENEWALS: Final = frozenset({InvoiceKind.RENEWAL, InvoiceKind.DOMAIN_RENEWAL})
"""The kinds that charge a period after the first."""

BEGINNING: Final = frozenset({InvoiceKind.FIRST, InvoiceKind.RESTORATION})
"""The kinds whose payment begins a contract: what they charge has no dates yet (REN-8, PAY-5)."""


@final
@frozen(kw_only=True)
class Line:
    """One line: an item of the plan, its net amount, and its tax, rounded once, here."""

    item: str = field()
    net: Money = field()
    tax: Money = field()


@final
@frozen(kw_only=True)
class Invoice:
    """One issued invoice. `period` is None for a first period that begins only with activation or payment (REN-8, PAY-5).

    `period_number` counts the periods of a contract from 0, `revision` the invoices of one period: the first is 0, and the
    next comes once that is withdrawn. The number is None where no period is charged, and then `command` is the key of the
    command that charged. `tax_name` and `tax_rate_ppm` are those of the client's region on the day of issue. `exchange` is
    the rate that the fee of a restoration was converted at; nothing else is.

    Raises:
        BadValue: no lines, it falls due before it is issued, it charges both a period and a command, or neither; or it is a
            restoration without a rate, or anything else with one.
        CurrencyMismatch: a line is in another currency.
    """

    id: InvoiceId = field()
    kind: InvoiceKind = field()
    client: ClientId = field()
    service: ServiceId = field()
    contract: int = field()
    period_number: int | None = field()
    revision: int = field()
    command: str | None = field()
    period: Period | None = field()
    issued: Day = field()
    due: Day = field()
    currency: Currency = field()
    lines: tuple[Line, ...] = field()
    tax_region: str = field()
    tax_name: str = field()
    tax_rate_ppm: int = field()
    terms_edition: EditionId = field()
    plan_edition: EditionId = field()
    exchange: ExchangeRate | None = field()
    issuer: LegalParty = field()
    customer: LegalParty = field()

    def __attrs_post_init__(self) -> None:
        """Refuse an invoice of nothing, or one that is due before it exists."""
        if not self.lines:
            raise BadValue("lines", "an invoice needs at least one line")
        for line in self.lines:
            if line.net.currency is not self.currency or line.tax.currency is not self.currency:
                raise CurrencyMismatch("lines", f"all must be in {self.currency.code}")
        if self.due < self.issued:
            raise BadValue("due", "must not lie before the day of issue")
        if (self.period_number is None) == (self.command is None):
            raise BadValue("command", "an invoice charges either a period or a command")
        if (self.exchange is not None) is not (self.kind is InvoiceKind.RESTORATION):
            raise BadValue("exchange", "a restoration has the rate of its fee, and nothing else has one")

    @property
    def net(self) -> Money:
        """The sum of the lines without tax."""
        return total([line.net for line in self.lines], self.currency)

    @property
    def tax(self) -> Money:
        """The sum of the lines' taxes."""
        return total([line.tax for line in self.lines], self.currency)

    @property
    def total(self) -> Money:
        """What is asked for: net and tax."""
        return self.net + self.tax


def charge_identity(service: ServiceId, contract: int, period_number: int, revision: int = 0) -> str:
    """Return what makes a recurring charge one and the same: the service, its contract, the period, the revision.

    A period is charged again only where its invoice was withdrawn: each time under the next revision.

    Source: REN-1, CAN-9, house.
    """
    period = f"{service}/{contract}/{period_number}"
    return f"{period}r{revision}" if revision else period


def command_charge(command: str, line: int) -> str:
    """Return what makes any other charge one and the same: the key of the command, and the line, counted from 1."""
    return f"{command}/{line}"


def command_invoice_id(command: str) -> InvoiceId:
    """Return the id of the invoice that this command brings about; the same command gives the same id, on any store."""
    return InvoiceId(derive("inv", "command", command_charge(command, 1)))


def invoice_id(service: ServiceId, contract: int, period_number: int, revision: int = 0) -> InvoiceId:
    """Return the id of the invoice that charges this period; the same charge gives the same id, on any store.

    So a service has one invoice for each of its periods, and a bundle, which is one service, has one for all that is in it.

    Source: PAY-17, house.
    """
    return InvoiceId(derive("inv", charge_identity(service, contract, period_number, revision)))
