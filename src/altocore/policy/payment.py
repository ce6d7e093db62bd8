"""What does a payment do? It settles its invoice, in full or in part, and what is left over becomes the client's credit."""

from typing import Final, TypeAlias, final

from attrs import field, frozen

from altocore.billing.settlement import Settlement, settle
from altocore.billing.standing import StandingState
from altocore.terms.clauses import HOUSE, Clause
from altocore.terms.judgements import Check, Ground, Judgement, fired
from altocore.terms.reasons import Reason, Why
from altocore.values.money import Money

__all__ = ["PAYMENT", "PaymentAccepted", "PaymentFacts", "PaymentRefused", "decide_payment"]


@final
@frozen(kw_only=True)
class PaymentFacts:
    """The amount that came in, and what is open of the invoice it names: zero where that is not open any more."""

    amount: Money = field()
    open_amount: Money = field()
    standing: StandingState = field()


@final
@frozen(kw_only=True)
class PaymentAccepted:
    """The money is taken as `settlement` says."""

    settlement: Settlement = field()


@final
@frozen(kw_only=True)
class PaymentRefused:
    """The money is not taken, for all these reasons."""

    reasons: tuple[Reason, ...] = field()


PaymentAnswer: TypeAlias = PaymentAccepted | PaymentRefused


def _kept(facts: PaymentFacts) -> Money:
    return settle(facts.amount, facts.open_amount).kept


CHECKS: Final[tuple[Check[PaymentFacts, None], ...]] = (
    Check(
        rule="CLI-8",
        clauses=(HOUSE,),
        why=Why.CURRENCY_DIFFERS,
        fires=lambda facts, _: facts.amount.currency is not facts.open_amount.currency,
        cites=lambda facts, _: (
            ("currency", facts.amount.currency.code),
            ("invoice_currency", facts.open_amount.currency.code),
        ),
    ),
)

GROUNDS: Final[tuple[Ground[PaymentFacts, None], ...]] = (
    Ground(
        rule="PAY-1",
        clauses=(Clause("terms/5.a"),),
        holds=lambda facts, _: facts.open_amount.minor > 0,
        cites=lambda facts, _: (("settled", settle(facts.amount, facts.open_amount).applied),),
    ),
    Ground(
        rule="PAY-6",
        clauses=(Clause("terms/5.c"),),
        holds=lambda facts, _: _kept(facts).minor > 0,
        cites=lambda facts, _: (("credit", _kept(facts)), ("invoice_state", facts.standing.value)),
    ),
)


def decide_payment(facts: PaymentFacts, _terms: None) -> PaymentAnswer:
    """Return how the money meets the invoice, or why it cannot: another currency settles nothing.

    What comes for an invoice that is paid, cancelled or voided already becomes credit as a whole.

    Source: PAY-6, `terms/5.c`; CLI-8, house.
    """
    reasons = fired(CHECKS, facts, None)
    if reasons:
        return PaymentRefused(reasons=reasons)
    return PaymentAccepted(settlement=settle(facts.amount, facts.open_amount))


PAYMENT: Final = Judgement(name="payment", checks=CHECKS, grounds=GROUNDS, decide=decide_payment)
