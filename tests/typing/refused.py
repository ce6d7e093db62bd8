"""What must not type-check: a name, the code of mypy's error, and the line that is refused.

Every line stands in a function of its own, behind the same imports and parameters.
"""

from typing import Final

__all__ = ["PARAMETERS", "PREAMBLE", "REFUSED"]

PREAMBLE: Final = """\
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from altocore.errors import BadValue, CurrencyMismatch, Misuse
from altocore.testing.strategies import amounts, days, weights
from altocore.values.allocation import allocate, split
from altocore.values.anchors import Cadence, boundaries, boundary, nth_period, period_index
from altocore.values.currencies import Currency, currency
from altocore.values.days import Day, add_days, day, days_from, from_date, parse_day
from altocore.values.ids import ClientId, EditionId, EventId, InvoiceId, PaymentId, PlanId, ServiceId, derive
from altocore.values.instants import Instant, civil_day, from_datetime, instant, start_of_day, zone
from altocore.values.money import Money, money, total, zero
from altocore.values.periods import Period
from altocore.values.provider import LegalParty, Provider
from altocore.values.rounding import Rounding, divide


def bill(client: ClientId, invoice: InvoiceId) -> None: ...
def serve(service: ServiceId) -> None: ...
def pay(payment: PaymentId) -> None: ...
"""

PARAMETERS: Final = (
    "a: Money, b: Money, usd: Currency, of: Day, at: Instant, period: Period, provider: Provider, legal: LegalParty, "
    "client: ClientId, invoice: InvoiceId, plain: date, told: datetime"
)

REFUSED: Final[tuple[tuple[str, str, str], ...]] = (
    # Money meets Money only.
    ("money and an int", "operator", "a + 1"),
    ("an int and money", "operator", "1 + a"),
    ("money less a float", "operator", "a - 0.5"),
    ("money and a Decimal", "operator", "a + Decimal(1)"),
    ("a sum without a start", "list-item", "sum([a, b])"),
    ("money less than an int", "operator", "a < 5"),
    ("money at most a Decimal", "operator", "a <= Decimal(5)"),
    ("money equal to an int", "comparison-overlap", "a == 5"),
    ("money equal to its text", "comparison-overlap", "a == '1.50'"),
    # No division, no float, no fraction that is not named.
    ("money by two", "operator", "a / 2"),
    ("money by two, floored", "operator", "a // 2"),
    ("money by money", "operator", "a / b"),
    ("money times a float", "operator", "a * 0.5"),
    ("money times a Fraction", "operator", "a * Fraction(1, 2)"),
    ("money from the left", "operator", "2 * a"),
    ("money squared", "operator", "a * b"),
    ("money as a float", "arg-type", "float(a)"),
    ("money as an int", "call-overload", "int(a)"),
    ("a float of units", "arg-type", "Money(1.5, usd)"),
    ("a Decimal of units", "arg-type", "Money(Decimal('1.5'), usd)"),
    ("a code for a currency", "arg-type", "Money(150, 'USD')"),
    ("units without a currency", "call-arg", "Money(150)"),
    ("a float as an amount", "arg-type", "money(1.5, 'USD')"),
    ("an int as an amount", "arg-type", "money(5, 'USD')"),
    ("a currency for a code", "arg-type", "money('5', usd)"),
    ("scaled by a float", "arg-type", "a.scaled(0.5, 1, Rounding.HALF_UP)"),
    ("scaled without a rounding", "call-arg", "a.scaled(17, 31)"),
    ("a text for a rounding", "arg-type", "a.scaled(17, 31, 'half_up')"),
    ("divided without a rounding", "call-arg", "divide(5, 2)"),
    ("no such rounding", "attr-defined", "Rounding.BANKERS"),
    ("weights of floats", "list-item", "a.allocated([0.5, 0.5])"),
    ("weights of Fractions", "list-item", "allocate(100, [Fraction(1, 2)])"),
    ("split in a half", "arg-type", "a.split(0.5)"),
    ("a total of ints", "list-item", "total([1, 2], usd)"),
    ("a total in a code", "arg-type", "total([a], 'USD')"),
    ("a total in no currency", "call-arg", "total([a])"),
    # Values never change.
    ("units set", "misc", "a.minor = 5"),
    ("a currency moved", "misc", "usd.minor_digits = 0"),
    ("a period moved", "misc", "period.end = of"),
    ("a zone moved", "misc", "provider.zone = 'UTC'"),
    ("a new attribute", "attr-defined", "a.note = 'late'"),
    # Days, moments and plain dates are three things.
    ("an instant for a day", "arg-type", "add_days(at, 1)"),
    ("an instant for an anchor", "arg-type", "boundary(at, Cadence.MONTHLY, 1)"),
    ("a plain date for a day", "arg-type", "add_days(plain, 1)"),
    ("a datetime for a day", "arg-type", "days_from(of, told)"),
    ("a text for a day", "arg-type", "add_days('2025-01-31', 1)"),
    ("a day for an instant", "arg-type", "civil_day(of, 'UTC')"),
    ("a datetime for an instant", "arg-type", "civil_day(told, 'UTC')"),
    ("an instant without a zone", "call-arg", "civil_day(at)"),
    ("a start without a zone", "call-arg", "start_of_day(of)"),
    ("the start of an instant", "arg-type", "start_of_day(at, 'UTC')"),
    ("a day as a datetime", "arg-type", "from_datetime(of)"),
    ("a zone for its name", "arg-type", "civil_day(at, zone('UTC'))"),
    ("a text as a date", "arg-type", "from_date('2025-01-31')"),
    ("a float of days", "arg-type", "add_days(of, 1.5)"),
    ("a day of texts", "arg-type", "day('2025', '1', '31')"),
    ("a period of instants", "arg-type", "Period(start=at, end=at)"),
    ("a period of dates", "arg-type", "Period(start=plain, end=plain)"),
    ("an instant in a period", "operator", "at in period"),
    ("a date in a period", "operator", "plain in period"),
    ("months for a cadence", "arg-type", "boundary(of, 12, 1)"),
    ("no such cadence", "attr-defined", "Cadence.WEEKLY"),
    ("a float of periods", "arg-type", "nth_period(of, Cadence.MONTHLY, 1.0)"),
    ("the index of an instant", "arg-type", "period_index(of, Cadence.MONTHLY, at)"),
    # Arguments that look alike are named.
    ("a period by position", "call-arg", "Period(of, of)"),
    ("a party by position", "call-arg", "LegalParty('Alto', 'Colon 1', '')"),
    ("a provider by position", "call-arg", "Provider(legal, 'UTC', (usd,), 'A')"),
    ("a currency by position", "call-arg", "Currency('USD', '840', 2)"),
    ("strategies by position", "call-arg", "amounts(usd)"),
    ("days by position", "call-arg", "days(of, of)"),
    ("a party without an address", "call-arg", "LegalParty(name='Alto', tax_id='')"),
    ("a provider of codes", "arg-type", "Provider(legal=legal, zone='UTC', currencies=('USD',), series='A')"),
    ("a provider of a list", "arg-type", "Provider(legal=legal, zone='UTC', currencies=[usd], series='A')"),
    # Ids of two kinds are two types.
    ("ids swapped", "arg-type", "bill(invoice, client)"),
    ("a raw text for an id", "arg-type", "serve('svc_1')"),
    ("a derived text for an id", "arg-type", "serve(derive('svc', 'a'))"),
    ("an invoice for a payment", "arg-type", "pay(invoice)"),
    ("an id of a number", "arg-type", "ClientId(7)"),
    ("an identity of numbers", "arg-type", "derive('inv', 7)"),
    # What is final is not extended, and an error says where and what.
    ("money extended", "misc", "class Euros(Money): ..."),
    ("a period extended", "misc", "class Month(Period): ..."),
    ("an error without a problem", "call-arg", "raise BadValue('amount')"),
    ("an error of a number", "arg-type", "raise Misuse('amount', 5)"),
)
