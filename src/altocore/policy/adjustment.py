"""May staff adjust a client's credit by this amount? Up, always; down, to zero and no further."""

from typing import Final, TypeAlias, final

from attrs import field, frozen

from altocore.billing.adjustments import Direction
from altocore.lifecycle.events import Actor
from altocore.terms.clauses import HOUSE
from altocore.terms.judgements import Check, Ground, Judgement, fired
from altocore.terms.reasons import Reason, Why
from altocore.values.money import Money

__all__ = ["ADJUSTMENT", "AdjustmentAccepted", "AdjustmentFacts", "AdjustmentRefused", "decide_adjustment"]


@final
@frozen(kw_only=True)
class AdjustmentFacts:
    """Who adjusts it, which way and by how much, and the credit as it stands; both amounts are in one currency."""

    actor: Actor = field()
    direction: Direction = field()
    amount: Money = field()
    credit: Money = field()


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


CHECKS: Final[tuple[Check[AdjustmentFacts, None], ...]] = (
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
)

GROUNDS: Final[tuple[Ground[AdjustmentFacts, None], ...]] = (
    Ground(
        rule="PAY-18",
        clauses=(HOUSE,),
        holds=lambda _facts, _terms: True,
        cites=lambda facts, _: (("amount", facts.amount), ("credit", _after(facts))),
    ),
)


def decide_adjustment(facts: AdjustmentFacts, _terms: None) -> AdjustmentAnswer:
    """Return the credit after the adjustment, or every reason why it stays as it is.

    Source: PAY-18, house.
    """
    reasons = fired(CHECKS, facts, None)
    if reasons:
        return AdjustmentRefused(reasons=reasons)
    return AdjustmentAccepted(credit=_after(facts))


ADJUSTMENT: Final = Judgement(name="adjustment", checks=CHECKS, grounds=GROUNDS, decide=decide_adjustment)
