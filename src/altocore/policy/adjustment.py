"""May staff adjust a client's credit by this amount? Up, down to zero and no further; and no gift while a debt suspends.

What sets a credit right is made at any time. Goodwill is a bonus, and is not granted for a service that is suspended for
non-payment (`policy.bonus`). A gift that names no service is for all that the client has, since credit pays any of it.
"""

from typing import Final, TypeAlias, final

from attrs import field, frozen

from altocore.billing.adjustments import AdjustmentReason, Direction, is_bonus
from altocore.lifecycle.events import Actor
from altocore.policy.bonus import barring
from altocore.terms.clauses import HOUSE, Clause
from altocore.terms.judgements import Check, Ground, Judgement, fired
from altocore.terms.parts import BonusTerms
from altocore.terms.reasons import Cited, Reason, Why
from altocore.values.money import Money

__all__ = ["ADJUSTMENT", "AdjustmentAccepted", "AdjustmentFacts", "AdjustmentRefused", "decide_adjustment"]


@final
@frozen(kw_only=True)
class AdjustmentFacts:
    """Who adjusts it, which way, why and by how much, and the credit as it stands; both amounts are in one currency.

    Of the client's services that are suspended for non-payment, `own_suspended` counts those that it is for: the one that it
    names, or all. `client_suspended` counts them all.
    """

    actor: Actor = field()
    direction: Direction = field()
    reason: AdjustmentReason = field()
    amount: Money = field()
    credit: Money = field()
    own_suspended: int = field()
    client_suspended: int = field()


@final
@frozen(kw_only=True)
class AdjustmentAccepted:
    """The client has this much credit then."""

    credit: Money = field()


@final
@frozen(kw_only=True)
class AdjustmentRefused:
    """The credit stays as it is, for all these reasons."""

    reasons: tuple[Reason, ...] = field()


AdjustmentAnswer: TypeAlias = AdjustmentAccepted | AdjustmentRefused


def _after(facts: AdjustmentFacts) -> Money:
    if facts.direction is Direction.UP:
        return facts.credit + facts.amount
    return facts.credit - facts.amount


def _barring(facts: AdjustmentFacts, terms: BonusTerms) -> int:
    """Return how many services bar it; of what is no bonus, none."""
    if not is_bonus(facts.direction, facts.reason):
        return 0
    return barring(facts.own_suspended, facts.client_suspended, terms)


def _suspended(facts: AdjustmentFacts, terms: BonusTerms) -> Cited:
    return (("services", _barring(facts, terms)), ("option", terms.no_discount_scope.value))


CHECKS: Final[tuple[Check[AdjustmentFacts, BonusTerms], ...]] = (
    Check(
        rule="PAY-18",
        clauses=(HOUSE,),
        why=Why.NOT_BY_STAFF,
        fires=lambda facts, _: facts.actor is not Actor.STAFF,
        cites=lambda facts, _: (("actor", facts.actor.value),),
    ),
    Check(
        rule="PAY-18",
        clauses=(HOUSE,),
        why=Why.CREDIT_TOO_SMALL,
        fires=lambda facts, _: _after(facts).minor < 0,
        cites=lambda facts, _: (("credit", facts.credit), ("amount", facts.amount)),
    ),
    Check(
        rule="PAY-4",
        clauses=(Clause("terms/5.a"),),
        why=Why.NO_BONUS_WHILE_SUSPENDED,
        fires=lambda facts, terms: _barring(facts, terms) > 0,
        cites=_suspended,
    ),
)

GROUNDS: Final[tuple[Ground[AdjustmentFacts, BonusTerms], ...]] = (
    Ground(
        rule="PAY-18",
        clauses=(HOUSE,),
        holds=lambda _facts, _terms: True,
        cites=lambda facts, _: (("amount", facts.amount), ("credit", _after(facts))),
    ),
)


def decide_adjustment(facts: AdjustmentFacts, terms: BonusTerms) -> AdjustmentAnswer:
    """Return the credit after the adjustment, or every reason why it stays as it is.

    Source: PAY-18, house; PAY-4, `terms/5.a`.
    """
    reasons = fired(CHECKS, facts, terms)
    if reasons:
        return AdjustmentRefused(reasons=reasons)
    return AdjustmentAccepted(credit=_after(facts))


ADJUSTMENT: Final = Judgement(name="adjustment", checks=CHECKS, grounds=GROUNDS, decide=decide_adjustment)
