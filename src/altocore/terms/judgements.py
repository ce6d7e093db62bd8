"""A judgement is a table: checks that may refuse, grounds that carry the answer, and one function that gives it.

`decide` runs the checks and, where none fires, computes the answer. `trace` runs the very same table and keeps every
row, so explaining costs nothing until it is asked for, and cannot differ from deciding. Documentation, texts and rule
coverage read the table too.

Checks read facts, never identities: equal facts are one question. A check cannot narrow a type, so the facts hold no
Optional that the answer reads.
"""

from collections.abc import Callable
from enum import StrEnum, unique
from typing import Generic, TypeVar, final

from attrs import field, frozen

from altocore.terms.clauses import Clause
from altocore.terms.reasons import Cited, Reason, Why

__all__ = ["Check", "Ground", "Judgement", "Outcome", "Row", "Trace", "fired", "rests_on", "trace"]

F_contra = TypeVar("F_contra", contravariant=True)
T_contra = TypeVar("T_contra", contravariant=True)
A_co = TypeVar("A_co", covariant=True)
F = TypeVar("F")
T = TypeVar("T")
A = TypeVar("A")


def cites_nothing(_facts: object, _terms: object) -> Cited:
    """Cite no fact: the rule says it all."""
    return ()


@final
@frozen(kw_only=True)
class Check(Generic[F_contra, T_contra]):
    """A row that refuses where it fires: its rule, the clauses it stands on, its reason, and the facts it cites."""

    rule: str = field()
    clauses: tuple[Clause, ...] = field()
    why: Why = field()
    fires: Callable[[F_contra, T_contra], bool] = field()
    cites: Callable[[F_contra, T_contra], Cited] = field(default=cites_nothing)


@final
@frozen(kw_only=True)
class Ground(Generic[F_contra, T_contra]):
    """A row that the answer rests on where it holds: its rule, its clauses, and the facts it cites."""

    rule: str = field()
    clauses: tuple[Clause, ...] = field()
    holds: Callable[[F_contra, T_contra], bool] = field()
    cites: Callable[[F_contra, T_contra], Cited] = field(default=cites_nothing)


@final
@frozen(kw_only=True)
class Judgement(Generic[F_contra, T_contra, A_co]):
    """One question: a name, its table, and `decide`, which runs the table's checks before it answers."""

    name: str = field()
    checks: tuple[Check[F_contra, T_contra], ...] = field()
    grounds: tuple[Ground[F_contra, T_contra], ...] = field()
    decide: Callable[[F_contra, T_contra], A_co] = field()


def fired(checks: tuple[Check[F, T], ...], facts: F, terms: T) -> tuple[Reason, ...]:
    """Return the reason of every check that fires, in the order of the table; an empty tuple lets the answer through."""
    return tuple(
        [
            Reason(rule=check.rule, clauses=check.clauses, why=check.why, cites=check.cites(facts, terms))
            for check in checks
            if check.fires(facts, terms)
        ]
    )


def rests_on(judgement: "Judgement[F, T, A]", facts: F, terms: T) -> tuple[str, ...]:
    """Return the rules of the checks that fire; where none does, of the grounds that hold. In the order of the table."""
    refusing = tuple([check.rule for check in judgement.checks if check.fires(facts, terms)])
    return refusing or tuple([ground.rule for ground in judgement.grounds if ground.holds(facts, terms)])


@final
@unique
class Outcome(StrEnum):
    """What became of a row: a check fired or passed, a ground held or did not apply."""

    FIRED = "fired"
    PASSED = "passed"
    HELD = "held"
    IDLE = "idle"


@final
@frozen(kw_only=True)
class Row:
    """One row of a trace. `why` is empty for a ground; facts are cited only where the row fired or held."""

    rule: str = field()
    clauses: tuple[Clause, ...] = field()
    why: Why | None = field()
    outcome: Outcome = field()
    cites: Cited = field()


@final
@frozen(kw_only=True)
class Trace(Generic[A_co]):
    """An answer with every row of its table, fired or not, in the order of the table."""

    judgement: str = field()
    rows: tuple[Row, ...] = field()
    answer: A_co = field()


def trace(judgement: Judgement[F, T, A], facts: F, terms: T) -> Trace[A]:
    """Return the answer that `judgement.decide` gives, with every row of the table it ran.

    The grounds are asked only where no check fired: a refusal rests on its checks alone.
    """
    rows = [_check_row(check, facts, terms) for check in judgement.checks]
    if all(row.outcome is Outcome.PASSED for row in rows):
        rows += [_ground_row(ground, facts, terms) for ground in judgement.grounds]
    return Trace(judgement=judgement.name, rows=tuple(rows), answer=judgement.decide(facts, terms))


def _check_row(check: Check[F, T], facts: F, terms: T) -> Row:
    fires = check.fires(facts, terms)
    return Row(
        rule=check.rule,
        clauses=check.clauses,
        why=check.why,
        outcome=Outcome.FIRED if fires else Outcome.PASSED,
        cites=check.cites(facts, terms) if fires else (),
    )


def _ground_row(ground: Ground[F, T], facts: F, terms: T) -> Row:
    holds = ground.holds(facts, terms)
    return Row(
        rule=ground.rule,
        clauses=ground.clauses,
        why=None,
        outcome=Outcome.HELD if holds else Outcome.IDLE,
        cites=ground.cites(facts, terms) if holds else (),
    )
