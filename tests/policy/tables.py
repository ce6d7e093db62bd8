"""What holds for every judgement: its table decides, refuses and explains, and all three agree."""

from typing import TypeVar

from altocore.terms.judgements import Judgement, Outcome, rests_on, trace
from altocore.terms.reasons import Reason, Why

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
    explains(judgement, facts, terms)
    return reason


def holding(judgement: Judgement[F, T, A], facts: F, terms: T) -> dict[int, tuple[tuple[str, object], ...]]:
    """Return the place and the cited facts of each ground that holds; an idle one cites nothing."""
    traced = trace(judgement, facts, terms)
    assert reasons_of(traced.answer) == (), "refused"
    grounds = traced.rows[len(judgement.checks) :]
    assert all(row.cites == () for row in grounds if row.outcome is Outcome.IDLE)
    return {place: row.cites for place, row in enumerate(grounds) if row.outcome is Outcome.HELD}


def explains(judgement: Judgement[F, T, A], facts: F, terms: T) -> A:
    """See that deciding, tracing and `rests_on` say one thing; return the answer."""
    answer = judgement.decide(facts, terms)
    traced = trace(judgement, facts, terms)
    assert traced.answer == answer
    assert traced.judgement == judgement.name
    fired = [row for row in traced.rows if row.outcome is Outcome.FIRED]
    assert reasons_of(answer) == tuple(
        Reason(rule=row.rule, clauses=row.clauses, why=row.why, cites=row.cites) for row in fired if row.why is not None
    )
    assert len(reasons_of(answer)) == len(fired)
    held = [row for row in traced.rows if row.outcome is Outcome.HELD]
    assert not (fired and held)
    assert rests_on(judgement, facts, terms) == tuple(row.rule for row in (fired or held))
    asked = len(judgement.checks) if fired else len(judgement.checks) + len(judgement.grounds)
    assert len(traced.rows) == asked
    assert all(row.cites == () for row in traced.rows if row.outcome in {Outcome.PASSED, Outcome.IDLE})
    return answer
