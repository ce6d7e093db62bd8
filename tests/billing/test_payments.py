"""Payments: what a gateway tells, once for each of its transactions."""

from collections.abc import Callable
from typing import Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from altocore.billing.payments import PaymentNotice, payment_id
from altocore.errors import BadValue
from altocore.values.money import Money, money
from tests import cast

NAMES = st.text("ab1:/", max_size=4)


@given(st.tuples(NAMES, NAMES), st.tuples(NAMES, NAMES))
@example(("cards", "12"), ("cards1", "2"))
@example(("a", "b"), ("b", "a"))
def test_a_payment_is_its_gateways_transaction(one: tuple[str, str], other: tuple[str, str]) -> None:
    """PAY-18: a notice may come twice, and is the same payment; another transaction, or gateway, is another."""
    assert (payment_id(*one) == payment_id(*other)) is (one == other)


def test_an_id_is_for_ever() -> None:
    """PAY-18: told again after years, on any store, it is still the same payment."""
    assert payment_id("cards", "1") == "pay_c313d2fd1e73b5250a758550"
    assert cast.payment().id == payment_id("cards", "1")


REFUSED: Final[dict[str, tuple[Callable[[], object], str, str]]] = {
    "nothing": (lambda: cast.notice(amount=cast.usd("0.00")), "amount", "a payment must be above zero"),
    "less than nothing": (lambda: cast.notice(amount=cast.usd("-0.01")), "amount", "a payment must be above zero"),
    "no gateway": (lambda: cast.notice(gateway=""), "gateway", "must not be blank"),
    "no transaction": (lambda: cast.notice(transaction=" "), "transaction", "must not be blank"),
    "no means": (lambda: cast.notice(means=""), "means", "must not be blank"),
}


@pytest.mark.parametrize(("build", "field", "problem"), REFUSED.values(), ids=REFUSED.keys())
def test_a_notice_that_tells_nothing_is_refused(build: Callable[[], object], field: str, problem: str) -> None:
    """PAY-18: a payment is above zero, and its gateway, transaction and means are known (PAY-10 goes back by them)."""
    with pytest.raises(BadValue) as refused:
        build()
    assert (refused.value.field, refused.value.problem) == (field, problem)


@pytest.mark.parametrize("amount", [money("0.01", "USD"), money("1", "JPY"), money("0.001", "KWD")])
def test_the_smallest_amount_is_a_payment(amount: Money) -> None:
    """PAY-6: one cent, one yen, one fils."""
    told: PaymentNotice = cast.notice(amount=amount)
    assert told.amount == amount
