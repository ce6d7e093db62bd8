"""The telecom sample as subscribers: row by row as its description says, what cannot be read is named by line and column."""

import csv
import subprocess
import sys
from binascii import crc32
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from altocore.adapters.importers.telco import REGION, RefusedRow, read_telco
from altocore.adapters.memory import MemoryStore
from altocore.adapters.sqlite import SqliteStore
from altocore.catalogue.plans import ProductKind
from altocore.clients.clients import CreditUse
from altocore.errors import BadValue
from altocore.lifecycle.service import Service
from altocore.terms.parts import OrderTerms
from altocore.values.anchors import Cadence
from altocore.values.days import Day, day
from altocore.values.money import Money, money
from altocore.workflows.subscribers import Intention, Subscriber
from tests import cast as examples
from tests.adapters.importers.year import digest, live_a_year
from tests.analysis.killed import KILLED
from tests.workflows import cast

RUN: Final = day(2025, 1, 1)
ROOT: Final = Path(__file__).resolve().parents[3]
DEFAULT: Final = cast.DEFAULT.terms.order
TERMS: Final = cast.TERMS.terms.order

ROW: Final = {
    "customerID": "7590-VHVEG",
    "gender": "Female",
    "SeniorCitizen": "0",
    "Partner": "Yes",
    "Dependents": "No",
    "tenure": "1",
    "PhoneService": "No",
    "MultipleLines": "No phone service",
    "InternetService": "DSL",
    "OnlineSecurity": "No",
    "OnlineBackup": "No",
    "DeviceProtection": "No",
    "TechSupport": "No",
    "StreamingTV": "No",
    "StreamingMovies": "No",
    "Contract": "Month-to-month",
    "PaperlessBilling": "Yes",
    "PaymentMethod": "Electronic check",
    "MonthlyCharges": "29.85",
    "TotalCharges": "29.85",
    "Churn": "No",
}
"""The first customer of the file, without its one add-on."""

ADDED: Final = {
    "OnlineSecurity": "Online security",
    "OnlineBackup": "Online backup",
    "DeviceProtection": "Device protection",
    "TechSupport": "Technical support",
    "StreamingTV": "Streaming TV",
    "StreamingMovies": "Streaming movies",
}


def text(*rows: dict[str, str], columns: Iterable[str] = ROW) -> StringIO:
    """Return rows as a file, each the first customer but for what it names."""
    file = StringIO()
    writer = csv.DictWriter(file, list(columns), extrasaction="ignore")
    writer.writeheader()
    for number, row in enumerate(rows):
        writer.writerow({**ROW, "customerID": f"{number:04}-TEST", **row})
    file.seek(0)
    return file


def read(
    *rows: dict[str, str], run: Day = RUN, terms: OrderTerms = DEFAULT, columns: Iterable[str] = ROW
) -> list[Subscriber | RefusedRow]:
    """Read these rows."""
    return list(read_telco(text(*rows, columns=columns), run_start=run, terms=terms))


def taken(row: dict[str, str], *, run: Day = RUN, terms: OrderTerms = DEFAULT) -> Subscriber:
    """Read one row, which must be taken."""
    (found,) = read(row, run=run, terms=terms)
    assert isinstance(found, Subscriber), found
    return found


def subscriber(**row: str) -> Subscriber:
    """Read one row, which must be taken, under the default terms."""
    return taken(row)


def refusal(**row: str) -> RefusedRow:
    """Read one row, which must be refused."""
    (found,) = read(row)
    assert isinstance(found, RefusedRow)
    return found


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ({}, ProductKind.CLOUD_HOSTING),
        ({"StreamingTV": "Yes"}, ProductKind.VIDEO_STREAMING),
        ({"StreamingMovies": "Yes"}, ProductKind.VIDEO_STREAMING),
        ({"StreamingTV": "Yes", "StreamingMovies": "Yes"}, ProductKind.VIDEO_STREAMING),
        ({"StreamingTV": "No internet service", "StreamingMovies": "No internet service"}, ProductKind.CLOUD_HOSTING),
        ({"OnlineBackup": "Yes"}, ProductKind.CLOUD_HOSTING),
    ],
)
@pytest.mark.parametrize("terms", [DEFAULT, TERMS], ids=["default", "terms"])
def test_month_to_month_is_streaming_or_cloud(row: dict[str, str], kind: ProductKind, terms: OrderTerms) -> None:
    """Month-to-month becomes video streaming where StreamingTV or StreamingMovies is Yes, else cloud hosting."""
    found = taken(row, terms=terms)
    assert (found.plan.kind, found.contract.cycle) == (kind, Cadence.MONTHLY)


@pytest.mark.parametrize("streams", ["Yes", "No"])
@pytest.mark.parametrize(
    ("contract", "terms", "kind", "cycle"),
    [
        ("One year", DEFAULT, ProductKind.SHARED_HOSTING, Cadence.ANNUAL),
        ("One year", TERMS, ProductKind.SHARED_HOSTING, Cadence.ANNUAL),
        ("Two year", DEFAULT, ProductKind.SHARED_HOSTING, Cadence.BIENNIAL),
        ("Two year", TERMS, ProductKind.CLOUD_HOSTING, Cadence.BIENNIAL),
    ],
)
def test_years_are_shared_hosting(
    streams: str, contract: str, terms: OrderTerms, kind: ProductKind, cycle: Cadence
) -> None:
    """CAT-3: one and two years become shared hosting; under `terms`, which sells no two-year shared plan, cloud hosting."""
    found = taken({"Contract": contract, "StreamingTV": streams}, terms=terms)
    assert (found.plan.kind, found.contract.cycle) == (kind, cycle)


@pytest.mark.parametrize(
    ("contract", "months"),
    [("Month-to-month", 1), ("One year", 12), ("Two year", 24)],
)
def test_the_price_is_the_monthly_charge_times_the_months(contract: str, months: int) -> None:
    """The monthly charge times the months of the cycle is the period's price, in dollars, to the cent."""
    found = subscriber(Contract=contract, MonthlyCharges="20.05", TechSupport="Yes")
    assert found.plan.list_price(found.contract.cycle, examples.USD) == Money(2005 * months, examples.USD)


@given(st.sets(st.sampled_from(sorted(ADDED))), st.integers(1, 20_000))
def test_add_ons_are_lines_and_the_lines_sum_to_the_price(added: set[str], cents: int) -> None:
    """Each service taken is a line of its own, after the plan; the price is spread over the lines, to a cent."""
    row = {column: "Yes" if column in added else "No" for column in ADDED}
    found = subscriber(MonthlyCharges=f"{cents // 100}.{cents % 100:02}", **row)
    names = [name for column, name in ADDED.items() if column in added]
    own = "Video streaming" if added & {"StreamingTV", "StreamingMovies"} else "Cloud hosting"
    assert [item.name for item in found.plan.items] == [own, *names]
    prices = [item.prices[0].amount.minor for item in found.plan.items]
    assert sum(prices) == cents
    assert max(prices) - min(prices) <= 1
    assert all([price.cycle for price in item.prices] == [Cadence.MONTHLY] for item in found.plan.items)


def month_before(of: date, months: int) -> date:
    """Return the first day of a month so many months before, walked one by one."""
    first = of.replace(day=1)
    for _ in range(months):
        first = (first - timedelta(days=1)).replace(day=1)
    return first


@given(
    st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-", min_size=1, max_size=12),
    st.integers(0, 300),
    st.sampled_from([RUN, day(2024, 3, 1), day(2025, 2, 28), day(2024, 12, 31)]),
)
def test_the_contract_began_tenure_months_before_the_run(customer: str, tenure: int, run: Day) -> None:
    """On day 1 + crc32(customerID) mod 31 of that month, clamped to its length."""
    found = taken({"customerID": customer, "tenure": str(tenure)}, run=run)
    first = month_before(run, tenure)
    following = month_before(first.replace(day=28) + timedelta(days=10), 0)
    length = (following - first).days
    assert (
        found.contract.anchor.isoformat()
        == first.replace(day=min(1 + crc32(customer.encode()) % 31, length)).isoformat()
    )


def test_tenure_none_begins_in_the_month_of_the_run() -> None:
    """A tenure of 0 is a contract that begins this month, before or after the first day of the run."""
    anchors = {subscriber(tenure="0", customerID=f"id-{number}").contract.anchor for number in range(300)}
    assert {(each.year, each.month) for each in anchors} == {(2025, 1)}
    assert {each.day for each in anchors} == set(range(1, 32))


@pytest.mark.parametrize(("churn", "intention"), [("Yes", Intention.LEAVE), ("No", Intention.STAY)])
def test_who_churned_leaves(churn: str, intention: Intention) -> None:
    """Churn = Yes cancels at the end of the first period of the run."""
    assert subscriber(Churn=churn).intention is intention


def test_a_client_says_no_more_than_the_sample() -> None:
    """CLI-7, CLI-8: its id is derived, it pays in dollars, is filed under one region, and applies its credit."""
    found = subscriber(customerID="7590-VHVEG")
    client = found.client
    assert client.id == subscriber(customerID="7590-VHVEG", tenure="20").client.id
    assert client.id != subscriber(customerID="7590-VHVEH").client.id
    assert "7590" not in client.id
    assert (client.legal.name, client.legal.tax_id) == ("Customer 7590-VHVEG", "")
    assert (client.currency, client.tax_region, client.locale) == (examples.USD, REGION, "es_AR")
    assert client.credit_use is CreditUse.APPLY
    assert (found.contract.key, found.contract.client, found.contract.plan_edition) == (
        "7590-VHVEG",
        client.id,
        found.plan.id,
    )


def test_equal_plans_are_one_edition() -> None:
    """The edition's id says all that it holds: same kind, cycle, price and add-ons, same edition; else another."""
    base = {"TechSupport": "Yes", "MonthlyCharges": "30.00"}
    first, second, *others = [
        each
        for each in read(
            base,
            {**base, "tenure": "40", "Churn": "Yes"},
            {**base, "TechSupport": "No", "OnlineBackup": "Yes"},
            {**base, "MonthlyCharges": "30.01"},
            {**base, "Contract": "One year"},
        )
        if isinstance(each, Subscriber)
    ]
    assert first.plan == second.plan
    assert len({first.plan.id, *[each.plan.id for each in others]}) == 4


@pytest.mark.parametrize(
    "column",
    ["TotalCharges", "PaymentMethod", "gender", "SeniorCitizen", "PhoneService", "InternetService"],
)
def test_what_is_not_read_may_be_blank(column: str) -> None:
    """Total charges and payment method are not read: what was billed elsewhere before is not billed again."""
    assert subscriber(**{column: " "}) == subscriber()


READ: Final = ["customerID", "tenure", "Contract", "MonthlyCharges", "Churn", *ADDED]


@pytest.mark.parametrize("column", READ)
@pytest.mark.parametrize("blank", ["", " ", "\t"])
def test_a_missing_value_is_named_by_line_and_column(column: str, blank: str) -> None:
    """Blank is missing; the refusal says in which line of the file, the header being the first."""
    assert refusal(**{column: blank}) == RefusedRow(line=2, column=column, problem="is missing")


@pytest.mark.parametrize("column", READ)
def test_a_missing_column_refuses_the_file(column: str) -> None:
    """A file without the column is no such file: nothing of it is taken in, and the column is named."""
    columns = [each for each in ROW if each != column]
    with pytest.raises(BadValue, match=f"portfolio: lacks the column {column}"):
        read({}, {}, columns=columns)


def test_a_short_row_misses_its_last_columns() -> None:
    """A row that ends early is refused at the first column that it lacks of those that are read."""
    file = StringIO(text({}).getvalue().replace(",29.85,29.85,No", ""))
    (found,) = read_telco(file, run_start=RUN, terms=DEFAULT)
    assert found == RefusedRow(line=2, column="MonthlyCharges", problem="is missing")


@pytest.mark.parametrize("column", ["Contract", "Churn", *ADDED])
@pytest.mark.parametrize("odd", ["yes", "Maybe", "Yes ", "0", "Three year"])
def test_an_unknown_answer_is_refused(column: str, odd: str) -> None:
    """Each column has its own few values, and no other is guessed at."""
    assert refusal(**{column: odd}) == RefusedRow(
        line=2, column=column, problem="is none of the values that this column has"
    )


@pytest.mark.parametrize("column", ["Churn"])
def test_an_answer_of_another_column_is_refused(column: str) -> None:
    """`No internet service` is an answer about services only."""
    assert refusal(**{column: "No internet service"}).column == column


@pytest.mark.parametrize("tenure", ["-1", "1.5", "601", "one", "+3", "\u0663", "1e2", " 3", "9" * 30])
def test_an_odd_tenure_is_refused(tenure: str) -> None:
    """A whole number of months, up to fifty years, in plain digits."""
    assert refusal(tenure=tenure) == RefusedRow(
        line=2, column="tenure", problem="must be a whole number of months up to 600"
    )


@pytest.mark.parametrize("tenure", ["0", "600", "007"])
def test_a_tenure_at_its_limits_is_taken(tenure: str) -> None:
    """None at all, and fifty years."""
    taken({"tenure": tenure}, run=day(2030, 1, 1))


@pytest.mark.parametrize("amount", ["0", "0.00", "-29.85"])
def test_an_amount_must_be_above_zero(amount: str) -> None:
    """A subscriber pays something."""
    assert refusal(MonthlyCharges=amount) == RefusedRow(line=2, column="MonthlyCharges", problem="must be above zero")


@pytest.mark.parametrize("amount", ["abc", "1e3", "29,85", "$29.85", "29.855", " 29.85", "9" * 19, "9" * 18])
def test_an_odd_amount_is_refused(amount: str) -> None:
    """No guess is made at separators, symbols, exponents or digits too many."""
    found = refusal(MonthlyCharges=amount)
    assert found.line == 2
    assert amount not in found.problem


@pytest.mark.parametrize("amount", ["abc", "29,85", "29.855", "9" * 18])
def test_an_odd_amount_is_named_by_its_column(amount: str) -> None:
    """A reader of the refusal looks for a column of the file."""
    assert refusal(MonthlyCharges=amount).column == "MonthlyCharges"


@pytest.mark.parametrize("customer", ["a\x07b", "x" * 300])
def test_an_odd_customer_is_named_by_its_column(customer: str) -> None:
    """The same of the customer's id."""
    assert refusal(customerID=customer).column == "customerID"


def test_a_tenure_that_reaches_too_far_back_is_named_by_its_column() -> None:
    """Fifty years before a run in 2000 lie before the first supported day."""
    (found,) = read({"tenure": "600"}, run=day(2000, 1, 1))
    assert isinstance(found, RefusedRow)
    assert found.column == "tenure"


def test_a_tenure_of_endless_digits_is_refused() -> None:
    """However long the text, it is one row's fault."""
    assert refusal(tenure="9" * 5_000).column == "tenure"


def test_a_row_that_is_no_csv_is_refused() -> None:
    """A quote that is never closed is the fault of a row, named by its line."""
    file = StringIO(text({}).getvalue() + '"9999-OPEN')
    found = list(read_telco(file, run_start=RUN, terms=DEFAULT))
    assert [type(each) for each in found] == [Subscriber, RefusedRow]


def test_a_duplicate_id_is_refused_where_it_comes_again() -> None:
    """An id is one customer: the second row of it is refused, whatever it says; the first stands."""
    found = read({"customerID": "A"}, {"customerID": "B"}, {"customerID": "A", "tenure": "30"})
    assert [type(each) for each in found] == [Subscriber, Subscriber, RefusedRow]
    assert found[2] == RefusedRow(line=4, column="customerID", problem="comes twice")


def test_a_refused_row_does_not_take_the_id() -> None:
    """Corrected further down, a customer is taken."""
    found = read({"customerID": "A", "Churn": "?"}, {"customerID": "A"})
    assert [type(each) for each in found] == [RefusedRow, Subscriber]


def test_lines_are_those_of_the_file() -> None:
    """Blank lines are passed over and counted, and so are the lines of a quoted field."""
    lines = text({"gender": "two\nlines"}, {"Churn": "?"}, {"tenure": "x"}).getvalue().splitlines()
    file = StringIO("\n".join([*lines[:3], "", "", *lines[3:]]) + "\n")
    refused = [each for each in read_telco(file, run_start=RUN, terms=DEFAULT) if isinstance(each, RefusedRow)]
    assert [(each.line, each.column) for each in refused] == [(6, "Churn"), (7, "tenure")]


def test_no_rows_are_no_subscribers() -> None:
    """A header alone has none; nothing at all lacks even that."""
    assert read() == []
    with pytest.raises(BadValue, match="portfolio: lacks the column customerID"):
        list(read_telco(StringIO(""), run_start=RUN, terms=DEFAULT))


def test_rows_are_read_one_by_one() -> None:
    """The file is streamed: the first subscriber is there before the last row is."""
    file = text({}, {"Churn": "?"})
    reader = read_telco(file, run_start=RUN, terms=DEFAULT)
    assert isinstance(next(reader), Subscriber)
    assert isinstance(next(reader), RefusedRow)
    with pytest.raises(StopIteration):
        next(reader)


# The real file.


def real(shared: Path) -> Path:
    """Return the file's place."""
    return shared / "data" / "telco-customers.csv"


@pytest.mark.shared
@pytest.mark.parametrize(
    ("terms", "kinds"),
    [
        (DEFAULT, {"shared_hosting": 3168, "cloud_hosting": 0, "video_streaming": 0}),
        (TERMS, {"shared_hosting": 1473, "cloud_hosting": 1695, "video_streaming": 0}),
    ],
    ids=["default", "terms"],
)
def test_the_real_file_is_taken_whole(shared: Path, terms: OrderTerms, kinds: dict[str, int]) -> None:
    """7,043 subscribers and no refusal, under both presets; counted by kind, cycle and churn as the raw file is."""
    with real(shared).open(encoding="utf-8", newline="") as file:
        found = list(read_telco(file, run_start=RUN, terms=terms))
    with real(shared).open(encoding="utf-8", newline="") as file:
        raw = list(csv.DictReader(file))
    people = [each for each in found if isinstance(each, Subscriber)]
    assert (len(found), len(people), len(raw)) == (7_043, 7_043, 7_043)
    monthly = [row for row in raw if row["Contract"] == "Month-to-month"]
    streaming = [row for row in monthly if "Yes" in (row["StreamingTV"], row["StreamingMovies"])]
    assert Counter(each.plan.kind.value for each in people) == {
        "shared_hosting": kinds["shared_hosting"],
        "cloud_hosting": kinds["cloud_hosting"] + len(monthly) - len(streaming),
        "video_streaming": len(streaming),
    }
    cycles = {"Month-to-month": Cadence.MONTHLY, "One year": Cadence.ANNUAL, "Two year": Cadence.BIENNIAL}
    for row, each in zip(raw, people, strict=True):
        cycle = cycles[row["Contract"]]
        assert (each.contract.key, each.contract.cycle) == (row["customerID"], cycle)
        price = money(row["MonthlyCharges"], "USD") * cycle.value
        assert each.plan.list_price(cycle, examples.USD) == price
        assert len(each.plan.items) == 1 + sum(row[column] == "Yes" for column in ADDED)
        assert (each.intention is Intention.LEAVE) == (row["Churn"] == "Yes")


@pytest.mark.shared
def test_a_year_of_four_hundred_customers_keeps_the_books(shared: Path, tmp_path: Path) -> None:
    """PAY-12, REN-1, LIF-8: a whole year on a database ends with an empty audit, and equals the same year in memory."""
    memory = MemoryStore()
    live_a_year(memory, real(shared), 400)
    with SqliteStore.open(tmp_path / "year.sqlite") as store:
        report = live_a_year(store, real(shared), 400)
        assert cast.findings(store) == []
        assert digest(store) == digest(memory)
        assert len(cast.all_of(store, Service)) == report.subscribers == 400
    assert (report.billing.parked, report.billing.left) == ([], [])
    assert (report.payments.parked, report.payments.left) == ([], [])
    assert report.billing.rules["REN-1"] > 1_000


MIDWAY: Final = 1_700
"""About half of the commits of the whole year."""


@pytest.mark.shared
def test_a_year_of_all_customers_killed_midway_arrives_at_the_same_rows(shared: Path, tmp_path: Path) -> None:
    """All 7,043: killed within a transaction in the middle of the year and started again, every row is the unbroken run's."""
    path = tmp_path / "killed.sqlite"
    command = [sys.executable, "-m", "tests.adapters.importers.year", str(path), str(real(shared)), "7043"]
    killed = subprocess.run([*command, str(MIDWAY), "before"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert killed.returncode == KILLED, killed.stderr
    unbroken = MemoryStore()
    live_a_year(unbroken, real(shared), 7_043)
    with SqliteStore.open(path) as store:
        halfway = len(cast.all_of(store, Service))
        assert 0 < halfway <= 7_043
        live_a_year(store, real(shared), 7_043)
        assert digest(store) == digest(unbroken)
        assert cast.findings(store) == []
