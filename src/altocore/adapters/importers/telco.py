"""The telecom sample portfolio as subscribers of a hosting provider.

The file is IBM's sample of telecom customers, one a row. A month-to-month contract becomes video streaming where the
customer takes streaming TV or movies, else cloud hosting; one and two years become shared hosting, paid by one and two
years. Where the terms sell no two-year shared hosting, it is cloud hosting. The monthly charge times the months of the
cycle is the price of a period, in US dollars, spread evenly over the plan and each service taken with it. The contract
began `tenure` months before the run, on a day of the month derived from the customer's id. Who churned leaves.

The total charges and the payment method are not read: what was billed elsewhere before is not billed again.
"""

import csv
from binascii import crc32
from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping
from typing import Final, TextIO, TypeAlias, TypeVar, final

from attrs import field, frozen

from altocore.catalogue.plans import PlanItem, Price, ProductKind
from altocore.clients.clients import Client, CreditUse, new_client
from altocore.codec.plans import plan_edition
from altocore.errors import BadValue, Misuse
from altocore.terms.options import SharedHostingCycles
from altocore.terms.parts import OrderTerms
from altocore.values.anchors import Cadence
from altocore.values.currencies import currency
from altocore.values.days import Day, day
from altocore.values.ids import ClientId, PlanId, derive
from altocore.values.money import Money, money
from altocore.values.provider import LegalParty
from altocore.workflows.subscribers import Intention, Subscriber
from altocore.workflows.taking_over import TakeOver

__all__ = ["REGION", "RefusedRow", "read_telco"]

REGION: Final = "AR"
"""The tax region that every client of the sample is filed under; the file knows none."""

TENURE_MAX: Final = 600
"""The most months that a contract may have run: fifty years."""

_TENURE_DIGITS: Final = 4

_CONTRACTS: Final = {
    "Month-to-month": Cadence.MONTHLY,
    "One year": Cadence.ANNUAL,
    "Two year": Cadence.BIENNIAL,
}
_STREAMING: Final = ("StreamingTV", "StreamingMovies")
_ADDED: Final = {
    "OnlineSecurity": "Online security",
    "OnlineBackup": "Online backup",
    "DeviceProtection": "Device protection",
    "TechSupport": "Technical support",
    "StreamingTV": "Streaming TV",
    "StreamingMovies": "Streaming movies",
}
_NAMES: Final = {
    ProductKind.SHARED_HOSTING: "Shared hosting",
    ProductKind.CLOUD_HOSTING: "Cloud hosting",
    ProductKind.VIDEO_STREAMING: "Video streaming",
}
COLUMNS: Final = ("customerID", "tenure", "Contract", "MonthlyCharges", "Churn", *_ADDED)
"""The columns that are read; the file may have others."""

_ANSWERS: Final = {"Yes": True, "No": False, "No internet service": False}


@final
@frozen(kw_only=True)
class RefusedRow:
    """A row that was not taken in: its line in the file, counted from 1 for the header, the column, and what is wrong."""

    line: int = field()
    column: str = field()
    problem: str = field()


Row: TypeAlias = Mapping[str, str | None]
V = TypeVar("V")


def read_telco(file: TextIO, *, run_start: Day, terms: OrderTerms) -> Iterator[Subscriber | RefusedRow]:
    """Yield a subscriber for each row that says one, and a refusal for each that does not.

    `run_start` is the first day of the run, from whose month the tenure counts back; `terms` say which cycles shared
    hosting is sold in.

    Raises:
        BadValue: the file lacks a column.
    """
    seen: set[str] = set()
    reader = csv.DictReader(file, strict=True)
    lacking = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
    if lacking:
        raise BadValue("portfolio", f"lacks the column {lacking[0]}")
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield RefusedRow(line=reader.line_num, column="row", problem="cannot be read as CSV")
            continue
        try:
            yield _subscriber(row, seen, run_start, terms)
        except Misuse as fault:
            yield RefusedRow(line=reader.line_num, column=fault.field, problem=fault.problem)


def _of(column: str, read: Callable[[], V]) -> V:
    """Return what is read; a fault of a value is told as one of the column that it came from."""
    try:
        return read()
    except Misuse as fault:
        problem = fault.problem
    raise BadValue(column, problem)


def _subscriber(row: Row, seen: set[str], run_start: Day, terms: OrderTerms) -> Subscriber:
    customer = _text(row, "customerID")
    if customer in seen:
        raise BadValue("customerID", "comes twice")
    cycle = _one_of(row, "Contract", _CONTRACTS)
    added = tuple([name for column, name in _ADDED.items() if _one_of(row, column, _ANSWERS)])
    kind = _kind(row, cycle, terms)
    charge = _text(row, "MonthlyCharges")
    monthly = _of("MonthlyCharges", lambda: money(charge, "USD"))
    if monthly.minor <= 0:
        raise BadValue("MonthlyCharges", "must be above zero")
    leaves = _one_of(row, "Churn", {"Yes": Intention.LEAVE, "No": Intention.STAY})
    tenure = _tenure(row)
    anchor = _of("tenure", lambda: _anchor(customer, tenure, run_start))
    client = _of("customerID", lambda: _client(customer, run_start))
    seen.add(customer)
    plan = plan_edition(
        PlanId(f"{kind.value}-{cycle.name.lower()}-{monthly.decimal}-{len(added)}"),
        kind,
        _items(_NAMES[kind], added, cycle, monthly * cycle.value),
        published=run_start,
        effective=run_start,
    )
    return Subscriber(
        client=client,
        plan=plan,
        contract=TakeOver(key=customer, client=client.id, plan_edition=plan.id, cycle=cycle, anchor=anchor),
        intention=leaves,
    )


def _client(customer: str, run_start: Day) -> Client:
    client = ClientId(derive("cli", customer))
    return new_client(
        client,
        legal=LegalParty(name=f"Customer {customer}", address="not in the sample", tax_id=""),
        email=f"{client}@telco.invalid",
        phone="",
        tax_region=REGION,
        currency=currency("USD"),
        locale="es_AR",
        credit_use=CreditUse.APPLY,
        day=run_start,
    )


def _kind(row: Row, cycle: Cadence, terms: OrderTerms) -> ProductKind:
    if cycle is Cadence.MONTHLY:
        streams = any(_one_of(row, column, _ANSWERS) for column in _STREAMING)
        return ProductKind.VIDEO_STREAMING if streams else ProductKind.CLOUD_HOSTING
    sells_two_years = terms.shared_hosting_cycles is SharedHostingCycles.SEMIANNUAL_OR_LONGER
    if cycle is Cadence.BIENNIAL and not sells_two_years:
        return ProductKind.CLOUD_HOSTING
    return ProductKind.SHARED_HOSTING


def _items(name: str, added: tuple[str, ...], cycle: Cadence, price: Money) -> tuple[PlanItem, ...]:
    names = (name, *added)
    return tuple(
        [
            PlanItem(name=each, prices=(Price(cycle=cycle, amount=amount),))
            for each, amount in zip(names, price.split(len(names)), strict=True)
        ]
    )


def _anchor(customer: str, tenure_months: int, run_start: Day) -> Day:
    month = run_start.year * 12 + run_start.month - 1 - tenure_months
    year, number = divmod(month, 12)
    wanted = 1 + crc32(customer.encode()) % 31
    return day(year, number + 1, min(wanted, monthrange(year, number + 1)[1]))


def _tenure(row: Row) -> int:
    text = _text(row, "tenure")
    # The length first: a number of thousands of digits is not even turned into an int.
    if len(text) > _TENURE_DIGITS or not (text.isascii() and text.isdigit()) or int(text) > TENURE_MAX:
        raise BadValue("tenure", f"must be a whole number of months up to {TENURE_MAX}")
    return int(text)


def _text(row: Row, column: str) -> str:
    text = row.get(column)
    if text is None or not text.strip():
        raise BadValue(column, "is missing")
    return text


def _one_of(row: Row, column: str, meanings: Mapping[str, V]) -> V:
    meaning = meanings.get(_text(row, column))
    if meaning is None:
        raise BadValue(column, "is none of the values that this column has")
    return meaning
