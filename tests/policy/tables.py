"""What holds for every judgement, and reads like its table; that deciding and explaining agree is `judges_alike`."""

from typing import TypeVar

from altocore.terms.judgements import Judgement, Outcome, trace
from altocore.terms.reasons import Reason, Why
from altocore.testing import judges_alike

F = TypeVar("F")
T = TypeVar("T")
A = TypeVar("A")


def reasons_of(answer: object) -> tuple[Reason, ...]:
    """Return the reasons of a no; a yes has none."""
    found: tuple[Reason, ...] = getattr(answer, "reasons", ())
    return found


def whys_of(answer: object) -> tuple[Why, ...]:
    """Return the codes of a no."""
    return tuple(reason.why for reason in reasons_of(answer))


def checks_of(judgement: Judgement[F, T, A]) -> tuple[tuple[str, str, str], ...]:
    """Return the table's checks as written: rule, clauses, code."""
    return tuple((check.rule, ", ".join(check.clauses), check.why.value) for check in judgement.checks)


def grounds_of(judgement: Judgement[F, T, A]) -> tuple[tuple[str, str], ...]:
    """Return the table's grounds as written: rule, clauses."""
    return tuple((ground.rule, ", ".join(ground.clauses)) for ground in judgement.grounds)


def fires_alone(judgement: Judgement[F, T, A], why: Why, facts: F, terms: T) -> Reason:
    """See that the check with this code fires, and no other; return the one reason of the answer."""
    (row,) = [place for place, check in enumerate(judgement.checks) if check.why is why]
    traced = trace(judgement, facts, terms)
    outcomes = [Outcome.PASSED] * len(judgement.checks)
    outcomes[row] = Outcome.FIRED
    assert [each.outcome for each in traced.rows] == outcomes
    (reason,) = reasons_of(traced.answer)
    assert reason.why is why
    judges_alike(judgement, facts, terms)
    return reason


def holding(judgement: Judgement[F, T, A], facts: F, terms: T) -> dict[int, tuple[tuple[str, object], ...]]:
    """Return the place and the cited facts of each ground that holds; an idle one cites nothing."""
    traced = trace(judgement, facts, terms)
    assert reasons_of(traced.answer) == (), "refused"
    grounds = traced.rows[len(judgement.checks) :]
    assert all(row.cites == () for row in grounds if row.outcome is Outcome.IDLE)
    return {place: row.cites for place, row in enumerate(grounds) if row.outcome is Outcome.HELD}
