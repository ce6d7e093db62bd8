"""What does a payment do? PAY-6 exact, partial and over, for an invoice in every standing; CLI-8."""

from typing import Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from altocore.billing.settlement import Settlement
from altocore.billing.standing import StandingState
from altocore.policy.payment import PAYMENT, PaymentAccepted, PaymentFacts
from altocore.terms.reasons import Why
from altocore.testing import judges_alike
from altocore.testing.strategies import amounts
from altocore.values.currencies import Currency
from altocore.values.money import Money, money
from tests import cast
from tests.policy.tables import checks_of, fires_alone, grounds_of, holding, reasons_of

OPEN: Final = StandingState.OPEN
CLOSED: Final = (StandingState.PAID, StandingState.CANCELLED, StandingState.VOIDED)


def facts(
    *, amount: Money = cast.ASKED, open_amount: Money = cast.ASKED, standing: StandingState = OPEN
) -> PaymentFacts:
    """Return 121 dollars for an invoice on which 121 dollars are open."""
    return PaymentFacts(amount=amount, open_amount=open_amount, standing=standing)


def accepted(applied: str, kept: str, open_after: str) -> PaymentAccepted:
    """Return the answer with this settlement, in dollars."""
    return PaymentAccepted(
        settlement=Settlement(applied=cast.usd(applied), kept=cast.usd(kept), open_after=cast.usd(open_after))
    )


def test_the_table() -> None:
    """CLI-8, PAY-1, PAY-6: the rows, their clauses and their codes."""
    assert checks_of(PAYMENT) == (("CLI-8", "house", "currency_differs"),)
    assert grounds_of(PAYMENT) == (("PAY-1", "terms/5.a"), ("PAY-6", "terms/5.c"))
    assert PAYMENT.name == "payment"


@pytest.mark.parametrize(
    ("amount", "owed", "expected"),
    [
        ("121.00", "121.00", accepted("121.00", "0.00", "0.00")),
        ("120.99", "121.00", accepted("120.99", "0.00", "0.01")),
        ("121.01", "121.00", accepted("121.00", "0.01", "0.00")),
        ("0.01", "0.01", accepted("0.01", "0.00", "0.00")),
        ("200.00", "0.01", accepted("0.01", "199.99", "0.00")),
    ],
)
def test_exact_partial_and_over(amount: str, owed: str, expected: PaymentAccepted) -> None:
    """PAY-6: what is paid beyond what is open becomes credit, to the cent."""
    asked = facts(amount=cast.usd(amount), open_amount=cast.usd(owed))
    assert judges_alike(PAYMENT, asked, None) == expected


@pytest.mark.parametrize("standing", CLOSED)
def test_money_for_an_invoice_that_is_closed_becomes_credit(standing: StandingState) -> None:
    """PAY-6: a payment for a paid, voided or cancelled invoice becomes credit, all of it."""
    asked = facts(open_amount=cast.NOTHING, standing=standing)
    assert judges_alike(PAYMENT, asked, None) == accepted("0.00", "121.00", "0.00")
    assert holding(PAYMENT, asked, None) == {1: (("credit", cast.ASKED), ("invoice_state", standing.value))}


def test_an_exact_payment_rests_on_pay_1_alone() -> None:
    """PAY-1: nothing is left over, so nothing is said of credit."""
    assert holding(PAYMENT, facts(), None) == {0: (("settled", cast.ASKED),)}


def test_one_cent_that_is_open_is_settled() -> None:
    """PAY-1: the smallest debt is one."""
    cent = cast.usd("0.01")
    assert holding(PAYMENT, facts(amount=cent, open_amount=cent), None) == {0: (("settled", cent),)}


def test_a_payment_over_the_total_rests_on_both() -> None:
    """PAY-1, PAY-6: what is settled, and what is kept."""
    asked = facts(amount=cast.usd("121.01"))
    assert holding(PAYMENT, asked, None) == {
        0: (("settled", cast.ASKED),),
        1: (("credit", cast.usd("0.01")), ("invoice_state", "open")),
    }


@pytest.mark.parametrize("amount", [money("121", "JPY"), money("121.000", "KWD")])
def test_another_currency_alone(amount: Money) -> None:
    """CLI-8: nothing is converted; another currency settles nothing and becomes no credit."""
    reason = fires_alone(PAYMENT, Why.CURRENCY_DIFFERS, facts(amount=amount), None)
    assert reason.cites == (("currency", amount.currency.code), ("invoice_currency", "USD"))


CURRENCIES: Final = st.sampled_from([cast.USD, cast.JPY, cast.KWD])


@given(st.integers(1, 10**9), CURRENCIES, st.integers(0, 10**9), CURRENCIES, st.sampled_from(StandingState))
@example(1, cast.USD, 0, cast.USD, StandingState.VOIDED)
@example(1, cast.JPY, 1, cast.KWD, OPEN)
def test_a_payment_is_explained_as_it_is_decided(
    amount: int, of: Currency, owed: int, billed_in: Currency, standing: StandingState
) -> None:
    """PAY-6, CLI-8: taken exactly when the currencies are one, and then to the last unit."""
    asked = facts(amount=Money(amount, of), open_amount=Money(owed, billed_in), standing=standing)
    answer = judges_alike(PAYMENT, asked, None)
    if of is not billed_in:
        assert len(reasons_of(answer)) == 1
        return
    assert isinstance(answer, PaymentAccepted)
    assert answer.settlement.applied.minor == min(amount, owed)
    assert answer.settlement.kept.minor == max(0, amount - owed)
    assert answer.settlement.open_after.minor == max(0, owed - amount)


@given(amounts(currency=cast.USD, minor_min=1, minor_max=10**9), st.sampled_from(StandingState))
def test_the_standing_is_only_told(amount: Money, standing: StandingState) -> None:
    """PAY-6: what is open decides; the standing explains, and changes nothing."""
    assert PAYMENT.decide(facts(amount=amount, standing=standing), None) == PAYMENT.decide(facts(amount=amount), None)
