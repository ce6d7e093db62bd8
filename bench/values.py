"""Money, boundaries and prorations beside their peers and beside the limit, in the same run.

    python bench/values.py [--quick] [--json FILE]

Each workload has a limit: the least that Python does for the same answer. Every case is first checked for that answer.
Then all cases of a workload run in turn, in a new random order each round, so that the machine's noise hits all alike;
the time is the processor's, per operation. Printed are medians over the rounds: of the time, of the ratio to the limit in
the same round, and of the ratio to the fastest peer. A peer that is not installed is reported as skipped. Nothing is
asserted about time: the last lines say which aim is met.
"""

import argparse
import gc
import json
import os
import platform
import random
import statistics
import sys
import sysconfig
import time
import timeit
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date
from enum import Enum, unique
from importlib import metadata
from pathlib import Path
from typing import Final, Self

from attrs import Factory, define, frozen

from altocore.values.currencies import Currency

PACKAGES: Final = ("beancount", "py-moneyed", "stockholm", "money-lib", "pendulum", "python-dateutil", "whenever")
EDGES_FROM: Final = 2000


class Slots:
    """The limit of money: a class written by hand, with units, a currency and no check but that of the currency."""

    __slots__ = ("currency", "minor")

    def __init__(self, minor: int, currency: Currency) -> None:
        self.minor = minor
        self.currency = currency

    def __add__(self, other: "Slots") -> "Slots":
        if other.currency is not self.currency:
            raise ValueError
        return Slots(self.minor + other.minor, self.currency)

    def scaled(self, numerator: int, denominator: int) -> "Slots":
        """Return the product, rounded half-up."""
        floor, rest = divmod(self.minor * numerator, denominator)
        beyond = 2 * rest - denominator
        if beyond > 0 or (beyond == 0 and floor >= 0):
            floor += 1
        return Slots(floor, self.currency)

    def split(self, parts: int) -> "tuple[Slots, ...]":
        """Return equal parts; those that are equal are one object."""
        share, larger = divmod(self.minor, parts)
        return (Slots(share + 1, self.currency),) * larger + (Slots(share, self.currency),) * (parts - larger)

    @staticmethod
    def total(amounts: "Sequence[Slots]", of: Currency) -> "Slots":
        """Return the sum."""
        minor = 0
        for amount in amounts:
            if amount.currency is not of:
                raise ValueError
            minor += amount.minor
        return Slots(minor, of)


def month_edge(anchor: date, months: int) -> date:
    """Return the anchor's day so many months on, with nothing but the standard library."""
    years, month = divmod(anchor.month - 1 + months, 12)
    year = anchor.year + years
    return date(year, month + 1, min(anchor.day, monthrange(year, month + 1)[1]))


EDGES: Final = tuple(month_edge(date(EDGES_FROM, 1, 31), months) for months in range(1200))


def looked_up(anchor: date, count: int) -> tuple[date, ...]:
    """Return boundaries from a table made before: the limit, for it only finds their place."""
    first = (anchor.year - EDGES_FROM) * 12 + anchor.month - 1
    return EDGES[first : first + count]


def looked_up_period(anchor: date, n: int) -> tuple[date, date]:
    """Return the two edges of a period from the table."""
    start = (anchor.year - EDGES_FROM) * 12 + anchor.month - 1 + n
    return EDGES[start], EDGES[start + 1]


@unique
class Kind(Enum):
    """What a case is compared as."""

    OURS = "altocore"
    LIMIT = "limit"
    PEER = "peer"
    OTHER = "other"


@frozen
class Case:
    """One way to do a workload: statements in Python's own text, timed as `timeit` times them."""

    workload: str
    name: str
    kind: Kind
    setup: str
    statement: str
    shown: str


ADD: Final = "add two amounts"
MULTIPLY: Final = "times 17/31, rounded"
SPLIT: Final = "100.00 in 7 parts"
SUM: Final = "sum of 1,000, per item"
READ: Final = "construct from text"
MAKE: Final = "construct from units"
EDGES_120: Final = "120 monthly edges from day 31"
PERIOD: Final = "one period"
PRORATE: Final = "18 of 28 days of 100.00"

ANSWERS: Final = {
    ADD: "12402.45",
    MULTIPLY: "6770.21",
    SPLIT: "14.29 14.29 14.29 14.29 14.28 14.28 14.28",
    SUM: "56780.00",
    READ: "12345.67",
    MAKE: "12345.67",
    EDGES_120: " ".join(month_edge(date(2024, 1, 31), months).isoformat() for months in range(120)),
    PERIOD: "2024-08-31 2024-09-30",
    PRORATE: "64.29",
}
ITEMS: Final = {SUM: 1000}
"""How many operations one statement does, where it is more than one."""


@frozen(kw_only=True)
class Library:
    """How one library does the six workloads of money; `unit` shows an answer as plain decimals."""

    name: str
    kind: Kind
    setup: str
    add: str = "a + b"
    multiply: str
    split: str = "parts(h, 7)"
    sum: str = "sum(many)"
    read: str = ""
    make: str = ""
    shown: str

    def cases(self) -> Iterator[Case]:
        """Yield a case for each workload that the library has."""
        statements = {
            ADD: self.add,
            MULTIPLY: self.multiply,
            SPLIT: self.split,
            SUM: self.sum,
            READ: self.read,
            MAKE: self.make,
        }
        for workload, statement in statements.items():
            if statement:
                show = f"' '.join([{self.shown} for x in answer])" if workload == SPLIT else self.shown
                yield Case(workload, self.name, self.kind, self.setup, statement, show)


DECIMALS: Final = """
from decimal import Decimal, ROUND_DOWN, ROUND_HALF_UP
CENT = Decimal("0.01")
"""

MONEY: Final = (
    Library(
        name="altocore Money",
        kind=Kind.OURS,
        setup="""
from altocore.values.currencies import currency
from altocore.values.money import Money, money, total
from altocore.values.rounding import Rounding
ars, half_up = currency("ARS"), Rounding.HALF_UP
a, b, h = Money(1234567, ars), Money(5678, ars), Money(10000, ars)
many = [b] * 1000
""",
        multiply="a.scaled(17, 31, half_up)",
        split="h.split(7)",
        sum="total(many, ars)",
        read="money('12345.67', 'ARS')",
        make="Money(1234567, ars)",
        shown="x.decimal",
    ),
    Library(
        name="limit: slots class",
        kind=Kind.LIMIT,
        setup="""
from altocore.values.currencies import currency
ars = currency("ARS")
a, b, h = Slots(1234567, ars), Slots(5678, ars), Slots(10000, ars)
many = [b] * 1000
""",
        multiply="a.scaled(17, 31)",
        split="h.split(7)",
        sum="Slots.total(many, ars)",
        make="Slots(1234567, ars)",
        shown="f'{x.minor / 100:.2f}'",
    ),
    Library(
        name="beancount Amount",
        kind=Kind.PEER,
        setup=DECIMALS
        + """
from beancount.core.amount import Amount, add
a, b, h = (Amount(Decimal(text), "ARS") for text in ("12345.67", "56.78", "100.00"))
many = [b] * 1000
def scaled(x):
    return Amount((x.number * 17 / 31).quantize(CENT, ROUND_HALF_UP), x.currency)
def parts(x, n):
    low = (x.number / n).quantize(CENT, ROUND_DOWN)
    larger = int((x.number - low * n) / CENT)
    return [Amount(low + CENT, x.currency)] * larger + [Amount(low, x.currency)] * (n - larger)
def total(xs):
    found = Amount(Decimal(0), "ARS")
    for x in xs:
        found = add(found, x)
    return found
""",
        add="add(a, b)",
        multiply="scaled(a)",
        sum="total(many)",
        read="Amount(Decimal('12345.67'), 'ARS')",
        shown="str(x.number)",
    ),
    Library(
        name="py-moneyed",
        kind=Kind.PEER,
        setup=DECIMALS
        + """
from moneyed import Money
a, b, h, cent = (Money(text, "ARS") for text in ("12345.67", "56.78", "100.00", "0.01"))
many = [b] * 1000
def parts(x, n):
    low = Money((x.amount / n).quantize(CENT, ROUND_DOWN), x.currency)
    larger = int((x - low * n).amount / CENT)
    return [low + cent] * larger + [low] * (n - larger)
""",
        multiply="(a * 17 / 31).round(2)",
        read="Money('12345.67', 'ARS')",
        shown="str(x.amount)",
    ),
    Library(
        name="stockholm",
        kind=Kind.PEER,
        setup=DECIMALS
        + """
from stockholm import Money
a, b, h, cent = (Money(text, currency="ARS") for text in ("12345.67", "56.78", "100.00", "0.01"))
many = [b] * 1000
def parts(x, n):
    low = Money((x.amount / n).quantize(CENT, ROUND_DOWN), currency=x.currency)
    larger = int((x - low * n).amount / CENT)
    return [low + cent] * larger + [low] * (n - larger)
""",
        multiply="round(a * 17 / 31, 2)",
        sum="Money.sum(many)",
        read="Money('12345.67', currency='ARS')",
        shown="f'{x.amount:.2f}'",
    ),
    Library(
        name="money-lib",
        kind=Kind.PEER,
        setup=DECIMALS
        + """
from money import Money
a, b, h, cent = (Money(text, "ARS") for text in ("12345.67", "56.78", "100.00", "0.01"))
many = [b] * 1000
def scaled(x):
    return Money((x * 17 / 31).quantize(CENT, ROUND_HALF_UP), x.currency)
def parts(x, n):
    low = Money((x / n).quantize(CENT, ROUND_DOWN), x.currency)
    larger = int(Decimal(x - low * n) / CENT)
    return [low + cent] * larger + [low] * (n - larger)
""",
        multiply="scaled(a)",
        read="Money('12345.67', 'ARS')",
        shown="str(x.amount)",
    ),
    Library(
        name="Decimal, no currency",
        kind=Kind.OTHER,
        setup=DECIMALS
        + """
a, b, h = Decimal("12345.67"), Decimal("56.78"), Decimal("100.00")
many = [b] * 1000
def parts(x, n):
    low = (x / n).quantize(CENT, ROUND_DOWN)
    larger = int((x - low * n) / CENT)
    return [low + CENT] * larger + [low] * (n - larger)
""",
        multiply="(a * 17 / 31).quantize(CENT, ROUND_HALF_UP)",
        read="Decimal('12345.67')",
        shown="str(x)",
    ),
)

ANCHORED: Final = """
from altocore.values.anchors import Cadence, boundaries, nth_period
from altocore.values.days import day
anchor, monthly = day(2024, 1, 31), Cadence.MONTHLY
"""
SHOW_EDGES: Final = "' '.join([str(edge)[:10] for edge in answer])"


def time_cases() -> Iterator[Case]:
    """Yield the cases of the two workloads of periods: all edges, then one period from its number."""
    ways = (
        (
            "altocore",
            Kind.OURS,
            ANCHORED,
            "boundaries(anchor, monthly, 120)",
            "nth_period(anchor, monthly, 7)",
        ),
        (
            "limit: look-up",
            Kind.LIMIT,
            "from datetime import date\nanchor = date(2024, 1, 31)",
            "looked_up(anchor, 120)",
            "looked_up_period(anchor, 7)",
        ),
        (
            "date and monthrange",
            Kind.PEER,
            "from datetime import date\nanchor = date(2024, 1, 31)",
            "[month_edge(anchor, n) for n in range(120)]",
            "(month_edge(anchor, 7), month_edge(anchor, 8))",
        ),
        (
            "pendulum Date.add",
            Kind.PEER,
            "import pendulum\nanchor = pendulum.Date(2024, 1, 31)",
            "[anchor.add(months=n) for n in range(120)]",
            "(anchor.add(months=7), anchor.add(months=8))",
        ),
        (
            "dateutil relativedelta",
            Kind.PEER,
            "from datetime import date\nfrom dateutil.relativedelta import relativedelta\nanchor = date(2024, 1, 31)",
            "[anchor + relativedelta(months=n) for n in range(120)]",
            "(anchor + relativedelta(months=7), anchor + relativedelta(months=8))",
        ),
        (
            "dateutil rrule",
            Kind.PEER,
            "from datetime import date\nfrom dateutil.rrule import MONTHLY, rrule\nanchor = date(2024, 1, 31)",
            "list(rrule(MONTHLY, dtstart=anchor, bymonthday=(28, 29, 30, 31), bysetpos=-1, count=120))",
            "",
        ),
        (
            "whenever (compiled)",
            Kind.OTHER,
            "import whenever\nassert whenever._EXTENSION_LOADED\nanchor = whenever.Date(2024, 1, 31)",
            "[anchor.add(months=n) for n in range(120)]",
            "(anchor.add(months=7), anchor.add(months=8))",
        ),
    )
    for name, kind, setup, edges, period in ways:
        yield Case(EDGES_120, name, kind, setup, edges, SHOW_EDGES)
        if period:
            ends = "answer.start, answer.end" if kind is Kind.OURS else "*answer,"
            yield Case(PERIOD, name, kind, setup, period, SHOW_EDGES.replace("answer", f"({ends})"))


def prorate_cases() -> Iterator[Case]:
    """Yield the cases of the proration: from three days and a price to the amount."""
    three = "start, first, end = date(2025, 1, 31), date(2025, 2, 10), date(2025, 2, 28)"
    ways = (
        (
            "altocore",
            Kind.OURS,
            """
from altocore.billing.proration import Basis, Stretch, prorate
from altocore.values.anchors import AnchoredPeriod, Cadence
from altocore.values.days import day
from altocore.values.money import money
from altocore.values.periods import Period
from altocore.values.rounding import Rounding
whole = AnchoredPeriod(anchor=day(2025, 1, 31), cadence=Cadence.MONTHLY, number=0)
rest = Stretch(whole=whole, days=Period(start=day(2025, 2, 10), end=day(2025, 2, 28)))
price, basis, half_up = money("100.00", "USD"), Basis.ACTUAL_DAYS, Rounding.HALF_UP
""",
            "prorate(price, rest, basis, half_up, 'UTC').amount",
            "answer.decimal",
        ),
        (
            "limit: ordinals and ints",
            Kind.LIMIT,
            f"""
from datetime import date
{three}
def prorated(minor):
    last = end.toordinal()
    of = last - start.toordinal()
    whole, rest = divmod(minor * (last - first.toordinal()), of)
    return whole + 1 if 2 * rest >= of else whole
""",
            "prorated(10000)",
            "f'{answer / 100:.2f}'",
        ),
        (
            "date and Decimal",
            Kind.PEER,
            f"{DECIMALS}\nfrom datetime import date\n{three}\nprice = Decimal('100.00')",
            "(price * (end - first).days / (end - start).days).quantize(CENT, ROUND_HALF_UP)",
            "str(answer)",
        ),
        (
            "date and Fraction",
            Kind.PEER,
            f"from datetime import date\nfrom fractions import Fraction\n{three}",
            "round(10000 * Fraction((end - first).days, (end - start).days))",
            "f'{answer / 100:.2f}'",
        ),
        (
            "pendulum and Decimal",
            Kind.PEER,
            f"{DECIMALS}\nfrom pendulum import Date as date\n{three}\nprice = Decimal('100.00')",
            "(price * (end - first).days / (end - start).days).quantize(CENT, ROUND_HALF_UP)",
            "str(answer)",
        ),
    )
    for name, kind, setup, statement, shown in ways:
        yield Case(PRORATE, name, kind, setup, statement, shown)


CASES: Final = (*(case for library in MONEY for case in library.cases()), *time_cases(), *prorate_cases())


@define
class Measured:
    """One case with its times, in nanoseconds per operation, one for each round."""

    case: Case
    timer: timeit.Timer
    loops: int = 1
    times: list[float] = Factory(list)

    @classmethod
    def checked(cls, case: Case) -> Self:
        """Return a case that gives the right answer; ImportError where its library is missing."""
        kept: list[object] = []
        names: dict[str, object] = {**globals(), "kept": kept}
        probe = f"answer = x = {case.statement}\nkept.append({case.shown})"
        timeit.Timer(probe, case.setup, globals=names).timeit(1)
        assert kept == [ANSWERS[case.workload]], f"{case.name}: {case.workload}: {kept}"
        timer = timeit.Timer(case.statement, case.setup, timer=time.process_time, globals=dict(globals()))
        return cls(case=case, timer=timer)

    def calibrate(self, seconds: float) -> None:
        """Choose how often the statement runs in a round."""
        self.loops, spent = 1, 0.0
        while spent < seconds / 4:
            self.loops *= 4
            spent = self.timer.timeit(self.loops)
        self.loops = max(1, round(self.loops * seconds / spent))

    def run(self) -> None:
        """Time one round."""
        spent = self.timer.timeit(self.loops)
        self.times.append(spent / self.loops / ITEMS.get(self.case.workload, 1) * 1e9)

    @property
    def median(self) -> float:
        """The median time."""
        return statistics.median(self.times)

    def times_of(self, other: "Measured") -> float:
        """Return the median of the ratio to another case in the same round."""
        return statistics.median(mine / theirs for mine, theirs in zip(self.times, other.times, strict=True))


@frozen
class Table:
    """One workload, measured: all its cases, and those that could not run."""

    workload: str
    rows: tuple[Measured, ...]
    skipped: tuple[str, ...]

    def only(self, kind: Kind) -> Measured | None:
        """Return the fastest case of a kind, if there is any."""
        return min((row for row in self.rows if row.case.kind is kind), key=lambda row: row.median, default=None)

    def named(self, name: str) -> Measured | None:
        """Return the case of that name, if it ran."""
        return next((row for row in self.rows if row.case.name == name), None)


def measure(workload: str, rounds: int, seconds: float) -> Table:
    """Run all cases of a workload in turn, in a new order each round."""
    rows: list[Measured] = []
    skipped: list[str] = []
    for case in CASES:
        if case.workload == workload:
            try:
                rows.append(Measured.checked(case))
            except ImportError as missing:
                skipped.append(f"{case.name} ({missing.name} is not installed)")
    for row in rows:
        row.calibrate(seconds)
    order, shuffled = list(rows), random.Random(17)  # noqa: S311 - the order of a bench
    gc.collect()
    for _ in range(rounds):
        shuffled.shuffle(order)
        for row in order:
            row.run()
    return Table(workload, tuple(rows), tuple(skipped))


def ratio(row: Measured, other: Measured | None) -> str:
    """Return a ratio as the table shows it."""
    return "-" if other is None else f"{row.times_of(other):.2f}x"


def lines(table: Table) -> Iterator[str]:
    """Yield the table of a workload."""
    limit, peer = table.only(Kind.LIMIT), table.only(Kind.PEER)
    unit = 1000 if table.workload in {EDGES_120, PERIOD} else 1
    yield f"| {table.workload} | {'us' if unit > 1 else 'ns'} | of the limit | of the fastest peer |"
    yield "| --- | --: | --: | --: |"
    for row in sorted(table.rows, key=lambda row: row.median):
        figure = f"{row.median / unit:.2f}" if unit > 1 else f"{row.median:.0f}"
        yield f"| {row.case.name} | {figure} | {ratio(row, limit)} | {ratio(row, peer)} |"
    for name in table.skipped:
        yield f"| {name} | skipped | - | - |"


def aim(table: Table, text: str, bound: float, other: Measured | None) -> str:
    """Return whether altocore takes at most `bound` of another case's time, as one line."""
    ours = table.only(Kind.OURS)
    if ours is None or other is None:
        return f"not measured: {table.workload}: {text}"
    found = ours.times_of(other)
    return f"{'met   ' if found <= bound else 'MISSED'}: {table.workload}: {text}: {found:.2f}x"


def aims(tables: dict[str, Table]) -> Iterator[str]:
    """Yield the verdict on each aim."""
    for workload in (ADD, MULTIPLY, SPLIT, SUM, MAKE):
        table = tables[workload]
        yield aim(table, "at most 2x of the slots class", 2, table.only(Kind.LIMIT))
    for workload, bound in ((ADD, 0.7), (MULTIPLY, 0.5), (SPLIT, 0.5)):
        table = tables[workload]
        yield aim(table, f"at most {bound}x of beancount", bound, table.named("beancount Amount"))
    table = tables[PRORATE]
    yield aim(table, "at most 3x of ints", 3, table.only(Kind.LIMIT))
    yield aim(table, "10x ahead of pendulum, at most 0.1x", 0.1, table.named("pendulum and Decimal"))
    for workload in (EDGES_120, PERIOD):
        table = tables[workload]
        for row in table.rows:
            if row.case.kind is Kind.PEER:
                yield aim(table, f"3x ahead of {row.case.name}, at most 0.33x", 1 / 3, row)


def machine() -> dict[str, str]:
    """Return what the figures depend on."""
    info = Path("/proc/cpuinfo")
    told = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    models = [line.partition(":")[2].strip() for line in told if line.startswith("model name")]
    found = {
        "day": time.strftime("%Y-%m-%d", time.gmtime()),
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "build": "optimised"
        if "--enable-optimizations" in (sysconfig.get_config_var("CONFIG_ARGS") or "")
        else "plain",
        "cpu": f"{os.cpu_count()} x {models[0] if models else platform.processor()}",
        "load": f"{os.getloadavg()[0]:.1f}",
    }
    for package in PACKAGES:
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            found[package] = "-"
    return found


def report(tables: dict[str, Table], about: dict[str, str]) -> dict[str, object]:
    """Return everything that was measured, for a file."""
    return {
        "machine": about,
        "aims": list(aims(tables)),
        "workloads": {
            name: {
                "ns": {row.case.name: round(row.median, 1) for row in table.rows},
                "times": {row.case.name: [round(one, 1) for one in row.times] for row in table.rows},
                "skipped": list(table.skipped),
            }
            for name, table in tables.items()
        },
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the tables and the verdicts, and write the figures where asked."""
    parser = argparse.ArgumentParser(description="Money and boundaries beside their peers and beside the limit.")
    parser.add_argument("--quick", action="store_true", help="fewer and shorter rounds")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every figure there")
    given = parser.parse_args(arguments)
    rounds, seconds = (5, 0.005) if given.quick else (21, 0.03)
    about = machine()
    print(", ".join(f"{name} {value}" for name, value in about.items()), end="\n\n")
    tables: dict[str, Table] = {}
    for workload in ANSWERS:
        tables[workload] = measure(workload, rounds, seconds)
        print("\n".join(lines(tables[workload])), end="\n\n", flush=True)
    print("\n".join(aims(tables)))
    if given.json is not None:
        given.json.write_text(json.dumps(report(tables, about), indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
