"""A judgement is a table: the same rows decide, refuse and explain."""

from typing import Final, TypeAlias, final

import pytest
from attrs import field, frozen
from hypothesis import example, given
from hypothesis import strategies as st

from altocore.terms.clauses import HOUSE, Clause
from altocore.terms.judgements import Check, Ground, Judgement, Outcome, Row, fired, rests_on, trace
from altocore.terms.reasons import Reason, Why

MANUAL: Final = (Clause("manual/honour"), HOUSE)
TERMS: Final = (Clause("terms/3.a"),)


@final
@frozen
class Refused:
    """A no, for all these reasons."""

    reasons: tuple[Reason, ...] = field()


Answer: TypeAlias = int | Refused

# A toy: may a number be halved that must be even, and no smaller than a limit?
CHECKS: Final[tuple[Check[int, int], ...]] = (
    Check(
        rule="TOY-1",
        clauses=MANUAL,
        why=Why.END_NOT_REACHED,
        fires=lambda facts, terms: facts < terms,
        cites=lambda facts, terms: (("number", facts), ("limit", terms)),
    ),
    Check(rule="TOY-2", clauses=TERMS, why=Why.DEBT_UNPAID, fires=lambda facts, _: facts % 2 == 1),
)
GROUNDS: Final[tuple[Ground[int, int], ...]] = (
    Ground(rule="TOY-3", clauses=TERMS, holds=lambda facts, terms: facts > terms),
    Ground(rule="TOY-4", clauses=MANUAL, holds=lambda _f, _t: True, cites=lambda facts, _: (("number", facts),)),
)


def decide(facts: int, terms: int) -> Answer:
    """Return half the number, or every reason why not."""
    reasons = fired(CHECKS, facts, terms)
    return Refused(reasons) if reasons else facts // 2


TOY: Final = Judgement(name="toy", checks=CHECKS, grounds=GROUNDS, decide=decide)

TOO_SMALL: Final = Reason(rule="TOY-1", clauses=MANUAL, why=Why.END_NOT_REACHED, cites=(("number", 2), ("limit", 4)))
ODD: Final = Reason(rule="TOY-2", clauses=TERMS, why=Why.DEBT_UNPAID, cites=())


@pytest.mark.parametrize(
    ("facts", "terms", "reasons"),
    [
        (4, 4, ()),
        (2, 4, (TOO_SMALL,)),
        (5, 4, (ODD,)),
        (
            3,
            4,
            (
                Reason(rule="TOY-1", clauses=MANUAL, why=Why.END_NOT_REACHED, cites=(("number", 3), ("limit", 4))),
                ODD,
            ),
        ),
    ],
)
def test_a_no_has_all_its_reasons(facts: int, terms: int, reasons: tuple[Reason, ...]) -> None:
    """Shape 3: a no has every reason, in the order of the table, each with the facts it cites."""
    assert fired(CHECKS, facts, terms) == reasons


def test_a_table_of_no_checks_lets_everything_through() -> None:
    """Shape 2: no row, no reason."""
    assert fired((), 3, 4) == ()


@given(st.integers(-6, 12), st.integers(-6, 12))
def test_trace_answers_as_decide(facts: int, terms: int) -> None:
    """Shape 2: explaining runs the same table, so it cannot differ from deciding."""
    traced = trace(TOY, facts, terms)
    assert traced.answer == TOY.decide(facts, terms)
    assert traced.judgement == "toy"
    told = [row.rule for row in traced.rows if row.outcome in {Outcome.FIRED, Outcome.HELD}]
    assert rests_on(TOY, facts, terms) == tuple(told)


def row_of(check: Check[int, int], outcome: Outcome, *cited: tuple[str, int]) -> Row:
    """Return the row that a check leaves."""
    return Row(rule=check.rule, clauses=check.clauses, why=check.why, outcome=outcome, cites=cited)


def ground_of(ground: Ground[int, int], outcome: Outcome, *cited: tuple[str, int]) -> Row:
    """Return the row that a ground leaves; it never has a reason."""
    return Row(rule=ground.rule, clauses=ground.clauses, why=None, outcome=outcome, cites=cited)


def test_a_refusal_keeps_every_check_and_asks_no_ground() -> None:
    """Shape 2: fired or not, each check is a row; a refusal rests on its checks alone."""
    assert trace(TOY, 2, 4).rows == (
        row_of(CHECKS[0], Outcome.FIRED, ("number", 2), ("limit", 4)),
        row_of(CHECKS[1], Outcome.PASSED),
    )
    assert trace(TOY, 5, 4).rows == (row_of(CHECKS[0], Outcome.PASSED), row_of(CHECKS[1], Outcome.FIRED))
    assert rests_on(TOY, 2, 4) == ("TOY-1",)
    assert rests_on(TOY, 5, 4) == ("TOY-2",)
    assert rests_on(TOY, 3, 4) == ("TOY-1", "TOY-2")


def test_an_answer_rests_on_the_grounds_that_hold() -> None:
    """Shape 2: a ground holds, or stands idle and cites nothing."""
    passed = (row_of(CHECKS[0], Outcome.PASSED), row_of(CHECKS[1], Outcome.PASSED))
    assert trace(TOY, 4, 4).rows == (
        *passed,
        ground_of(GROUNDS[0], Outcome.IDLE),
        ground_of(GROUNDS[1], Outcome.HELD, ("number", 4)),
    )
    assert rests_on(TOY, 4, 4) == ("TOY-4",)
    assert trace(TOY, 6, 4).rows == (
        *passed,
        ground_of(GROUNDS[0], Outcome.HELD),
        ground_of(GROUNDS[1], Outcome.HELD, ("number", 6)),
    )
    assert rests_on(TOY, 6, 4) == ("TOY-3", "TOY-4")


def never(_facts: int, _terms: int) -> bool:
    """Fail: whoever asks this asked too much."""
    pytest.fail("a ground was asked of a refused question")


def never_cited(_facts: int, _terms: int) -> tuple[tuple[str, int], ...]:
    """Fail: whoever cites this cites what did not happen."""
    pytest.fail("a row that says nothing was asked to cite")


@given(st.integers(-6, 12), st.integers(-6, 12))
@example(3, 4)
def test_no_ground_is_asked_of_a_refusal(facts: int, terms: int) -> None:
    """Shape 2: the facts may be such that a ground cannot be asked, where a check has refused them."""
    fragile = Judgement(
        name="fragile",
        checks=CHECKS,
        grounds=(
            Ground(rule="TOY-5", clauses=TERMS, holds=never if facts < terms or facts % 2 else lambda _f, _t: True),
        ),
        decide=decide,
    )
    assert trace(fragile, facts, terms).answer == decide(facts, terms)
    assert rests_on(fragile, facts, terms)


def test_no_row_cites_what_did_not_happen() -> None:
    """Shape 2: a row that passed or is idle cites no fact, and is not asked for one."""
    quiet: Judgement[int, int, int] = Judgement(
        name="quiet",
        checks=(
            Check(rule="TOY-6", clauses=TERMS, why=Why.DEBT_UNPAID, fires=lambda _f, _t: False, cites=never_cited),
        ),
        grounds=(Ground(rule="TOY-7", clauses=TERMS, holds=lambda _f, _t: False, cites=never_cited),),
        decide=lambda facts, _: facts,
    )
    assert fired(quiet.checks, 1, 1) == ()
    assert rests_on(quiet, 1, 1) == ()
    assert [(row.outcome, row.cites) for row in trace(quiet, 1, 1).rows] == [(Outcome.PASSED, ()), (Outcome.IDLE, ())]
