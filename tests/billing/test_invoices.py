"""Invoices: what one must hold, what it sums to, and what makes it the same one."""

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from altocore.billing.invoices import (
    InvoiceKind,
    Line,
    charge_identity,
    command_charge,
    command_invoice_id,
    invoice_id,
)
from altocore.errors import BadValue, CurrencyMismatch
from altocore.testing.strategies import amounts
from altocore.values.days import add_days
from altocore.values.exchange import parity
from altocore.values.ids import ServiceId
from altocore.values.money import Money, money
from tests import cast

LINES = st.lists(
    st.builds(
        Line,
        item=st.just("cloud"),
        net=amounts(currency=cast.USD, minor_min=0, minor_max=10**9),
        tax=amounts(currency=cast.USD, minor_min=0, minor_max=10**9),
    ),
    min_size=1,
    max_size=5,
)


@given(LINES)
def test_an_invoice_is_the_sum_of_its_lines(lines: list[Line]) -> None:
    """PAY-13: net and tax are summed from the lines, each rounded already; the total is both."""
    invoice = cast.invoice(lines=tuple(lines))
    assert invoice.net == Money(sum(line.net.minor for line in lines), cast.USD)
    assert invoice.tax == Money(sum(line.tax.minor for line in lines), cast.USD)
    assert invoice.total == invoice.net + invoice.tax


def test_an_invoice_of_nothing_is_refused() -> None:
    """PAY-17: an invoice charges a period, so it has a line."""
    with pytest.raises(BadValue) as refused:
        cast.invoice(lines=())
    assert (refused.value.field, refused.value.problem) == ("lines", "an invoice needs at least one line")


def test_an_invoice_is_not_due_before_it_exists() -> None:
    """PAY-1, PAY-15: due on the day of issue at the earliest."""
    assert cast.invoice(due=cast.ANCHOR).due == cast.ANCHOR
    with pytest.raises(BadValue) as refused:
        cast.invoice(due=add_days(cast.ANCHOR, -1))
    assert (refused.value.field, refused.value.problem) == ("due", "must not lie before the day of issue")


@pytest.mark.parametrize("kind", InvoiceKind)
def test_only_a_restoration_has_a_rate(kind: InvoiceKind) -> None:
    """PAY-5: the rate of its fee is recorded on a restoration; no other invoice is converted, and none of them has one."""
    rate = parity(cast.USD)
    fits, strays = (rate, None) if kind is InvoiceKind.RESTORATION else (None, rate)
    assert cast.invoice(kind=kind, exchange=fits).exchange is fits
    with pytest.raises(BadValue) as refused:
        cast.invoice(kind=kind, exchange=strays)
    assert (refused.value.field, refused.value.problem) == (
        "exchange",
        "a restoration has the rate of its fee, and nothing else has one",
    )


@pytest.mark.parametrize(
    "stranger",
    [cast.line(net=money("1", "JPY")), cast.line(tax=money("0.001", "KWD"))],
    ids=["net", "tax"],
)
def test_another_currency_is_refused(stranger: Line) -> None:
    """CLI-8: an invoice is in one currency; one that holds a line in another is not built."""
    for lines in ((stranger,), (cast.A_LINE, stranger), (stranger, cast.A_LINE)):
        with pytest.raises(CurrencyMismatch) as refused:
            cast.invoice(lines=lines)
        assert (refused.value.field, refused.value.problem) == ("lines", "all must be in USD")


def test_an_issued_invoice_is_never_edited() -> None:
    """PAY-12: nothing issued is ever edited."""
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        cast.invoice().due = cast.ANCHOR  # type: ignore[misc]  # that is the point


def test_no_legal_data_is_shown() -> None:
    """CLI-7, PAY-18: an invoice carries both sides' legal data, and shows none of it."""
    shown = repr(cast.invoice())
    assert "Calle" not in shown
    assert "Avenida" not in shown
    assert "'Ana'" not in shown


CHARGES = st.tuples(st.text("a/1-:", max_size=6), st.integers(0, 30), st.integers(0, 30))


@given(CHARGES, CHARGES)
@example(("a", 1, 11), ("a", 11, 1))
@example(("a", 1, 2), ("a/1", 2, 0))
@example(("a/1", 1, 2), ("a", 11, 2))
def test_a_charge_is_its_service_its_contract_and_its_period(
    one: tuple[str, int, int], other: tuple[str, int, int]
) -> None:
    """PAY-17: one invoice per service and period: equal charges have one identity and one id, others never."""
    same = one == other
    assert (charge_identity(ServiceId(one[0]), *one[1:]) == charge_identity(ServiceId(other[0]), *other[1:])) is same
    assert (invoice_id(ServiceId(one[0]), *one[1:]) == invoice_id(ServiceId(other[0]), *other[1:])) is same


def test_an_id_is_for_ever() -> None:
    """PAY-12, PAY-17: the same charge gives the same id on any store; a change of the digest would bill it again."""
    assert charge_identity(cast.SERVICE, 1, 0) == "srv_ana/1/0"
    assert invoice_id(cast.SERVICE, 1, 0) == "inv_d9e94da0a55be9eb9cb344a7"


def test_an_invoice_charges_a_period_or_a_command() -> None:
    """PAY-9, PAY-17: a charge has one identity: of its period, or of the command that made it."""
    made = cast.invoice(kind=InvoiceKind.ADMINISTRATIVE, period_number=None, command="c1")
    assert made.id == command_invoice_id("c1")
    for number, command in ((None, None), (0, "c1")):
        with pytest.raises(BadValue) as refused:
            cast.invoice(period_number=number, command=command)
        assert (refused.value.field, refused.value.problem) == (
            "command",
            "an invoice charges either a period or a command",
        )


@given(st.text("a/1-:", max_size=6), st.text("a/1-:", max_size=6), CHARGES)
@example("a/1", "a", ("a", 1, 1))
@example("command", "a/1/1", ("command", 1, 1))
def test_a_command_is_no_period(one: str, other: str, period: tuple[str, int, int]) -> None:
    """PAY-9, PAY-17: two commands have two invoices, and none of them is that of a period."""
    assert (command_invoice_id(one) == command_invoice_id(other)) is (one == other)
    assert command_invoice_id(one) != invoice_id(ServiceId(period[0]), *period[1:])
    assert command_charge(one, 1) != command_charge(one, 2)


def test_the_kinds_of_invoice() -> None:
    """PAY-16: the kinds that this library issues so far."""
    kinds = {"first", "renewal", "domain_renewal", "administrative", "restoration"}
    assert {kind.value for kind in InvoiceKind} == kinds
