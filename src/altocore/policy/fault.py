"""Does this fault of the provider move the timelines of a service? It does, for every debt that was issued by its last day."""

from typing import Final, TypeAlias, final

from attrs import field, frozen

from altocore.lifecycle.events import Actor
from altocore.terms.clauses import HOUSE
from altocore.terms.judgements import Check, Ground, Judgement, fired
from altocore.terms.reasons import Reason, Why

__all__ = ["FAULT", "FaultAccepted", "FaultFacts", "FaultRefused", "decide_fault"]


@final
@frozen(kw_only=True)
class FaultFacts:
    """Who records it, and by how many days more the service's timelines wait: 0 where another fault covers it already."""

    actor: Actor = field()
    days: int = field()


@final
@frozen(kw_only=True)
class FaultAccepted:
    """It is recorded; what follows it waits so many days longer, no due date does."""

    days: int = field()


@final
@frozen(kw_only=True)
class FaultRefused:
    """It is not recorded, for all these reasons."""

    reasons: tuple[Reason, ...] = field()


FaultAnswer: TypeAlias = FaultAccepted | FaultRefused

CHECKS: Final[tuple[Check[FaultFacts, None], ...]] = (
    Check(
        rule="PAY-2",
        clauses=(HOUSE,),
        why=Why.NOT_BY_STAFF,
        fires=lambda facts, _: facts.actor is not Actor.STAFF,
        cites=lambda facts, _: (("actor", facts.actor.value),),
    ),
)

GROUNDS: Final[tuple[Ground[FaultFacts, None], ...]] = (
    Ground(
        rule="PAY-2",
        clauses=(HOUSE,),
        holds=lambda _facts, _terms: True,
        cites=lambda facts, _: (("days", facts.days),),
    ),
)


def decide_fault(facts: FaultFacts, _terms: None) -> FaultAnswer:
    """Return by how many days more the timelines wait, or every reason why the fault is not recorded.

    Source: PAY-2, house.
    """
    reasons = fired(CHECKS, facts, None)
    return FaultRefused(reasons=reasons) if reasons else FaultAccepted(days=facts.days)


FAULT: Final = Judgement(name="fault", checks=CHECKS, grounds=GROUNDS, decide=decide_fault)
