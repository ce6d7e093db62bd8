"""What was really paid for a period: without its setup, in part, in full, and not at all."""

from typing import Final

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from altocore.billing.invoices import Invoice, InvoiceKind
from altocore.billing.paid import paid_for_period, recurring_lines
from altocore.billing.standing import Standing, StandingState
from altocore.values.anchors import Cadence
from altocore.values.cycles import Once
from altocore.values.exchange import parity
from tests import cast

SETUP: Final = cast.item(name="installation", prices=(cast.price(amount=cast.usd("30.00")),))
PLAN: Final = cast.plan(setup=SETUP)
TWO: Final = (
    cast.line(net=cast.usd("100.00"), tax=cast.usd("21.00")),
    cast.line(item_name="installation", net=cast.usd("30.00"), tax=cast.usd("6.30")),
)
FIRST: Final = cast.invoice(lines=TWO)


def standing(invoice: Invoice, settled: str, state: StandingState) -> Standing:
    """Return where an invoice stands."""
    closed = None if state is StandingState.OPEN else invoice.issued
    return cast.standing(asked=invoice.total, settled=cast.usd(settled), state=state, closed=closed)


def test_the_setup_is_left_out() -> None:
    """UPG-5, CAT-11: of the first invoice alone, and only where the plan has a setup in that cycle and currency."""
    assert recurring_lines(FIRST, PLAN, Cadence.MONTHLY) == TWO[:1]
    three = cast.invoice(lines=(TWO[0], TWO[0], TWO[1]))
    assert recurring_lines(three, PLAN, Cadence.MONTHLY) == (TWO[0], TWO[0])
    assert recurring_lines(evolve(FIRST, kind=InvoiceKind.RENEWAL), PLAN, Cadence.MONTHLY) == TWO
    assert recurring_lines(FIRST, cast.plan(), Cadence.MONTHLY) == TWO
    assert recurring_lines(FIRST, PLAN, Once.ONE_TIME) == TWO


def test_the_fee_of_a_restoration_is_left_out() -> None:
    """UPG-5, PAY-5: it stands before the lines of the first term, is charged once, and is paid for no period."""
    lines = (cast.line(item_name="restoration", net=cast.usd("80.00"), tax=cast.usd("16.80")), TWO[0])
    restored = cast.invoice(kind=InvoiceKind.RESTORATION, contract_number=2, lines=lines, exchange=parity(cast.USD))
    assert recurring_lines(restored, PLAN, Cadence.MONTHLY) == TWO[:1]
    paid = standing(restored, "217.80", StandingState.PAID)
    assert paid_for_period(restored, paid, PLAN, Cadence.MONTHLY) == (cast.usd("100.00"), cast.usd("21.00"))


@pytest.mark.parametrize(
    ("settled", "state", "net", "tax"),
    [
        ("157.30", StandingState.PAID, "100.00", "21.00"),
        ("0.00", StandingState.OPEN, "0.00", "0.00"),
        ("78.65", StandingState.OPEN, "50.00", "10.50"),
        # A cent of 157.30 is 0.63 of a cent of the hundred: nothing is counted that was not paid.
        ("0.01", StandingState.OPEN, "0.00", "0.00"),
        ("0.02", StandingState.OPEN, "0.01", "0.00"),
        ("157.29", StandingState.OPEN, "99.99", "20.99"),
        ("78.65", StandingState.CANCELLED, "0.00", "0.00"),
        ("78.65", StandingState.VOIDED, "0.00", "0.00"),
        ("78.65", StandingState.WRITTEN_OFF, "0.00", "0.00"),
        ("78.65", StandingState.LAPSED, "0.00", "0.00"),
    ],
)
def test_what_is_settled_pays_each_line_in_proportion(settled: str, state: StandingState, net: str, tax: str) -> None:
    """UPG-5: rounded down; of an invoice that was closed unpaid nothing counts."""
    found = paid_for_period(FIRST, standing(FIRST, settled, state), PLAN, Cadence.MONTHLY)
    assert found == (cast.usd(net), cast.usd(tax))


def test_what_costs_nothing_was_not_paid_for() -> None:
    """UPG-5: an invoice over nothing is paid as it is issued, and nothing of it is left to count."""
    free = cast.invoice(lines=(cast.line(net=cast.usd("0.00"), tax=cast.usd("0.00")),))
    nothing = cast.usd("0.00")
    assert paid_for_period(free, standing(free, "0.00", StandingState.PAID), PLAN, Cadence.MONTHLY) == (
        nothing,
        nothing,
    )


@given(st.integers(0, 15730))
def test_never_more_than_was_settled(settled: int) -> None:
    """UPG-5: net and tax together never exceed what was settled."""
    amount = evolve(cast.usd("0.00"), minor=settled).decimal if settled else "0.00"
    net, tax = paid_for_period(FIRST, standing(FIRST, amount, StandingState.OPEN), PLAN, Cadence.MONTHLY)
    assert 0 <= (net + tax).minor <= settled
