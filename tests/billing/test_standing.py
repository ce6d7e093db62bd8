"""The standing of an invoice: its table of moves, its bounds, its next step."""

from itertools import product
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from altocore.billing.invoices import InvoiceKind
from altocore.billing.standing import STANDING, StandingCommand, StandingState, next_step_day
from altocore.errors import BadValue, CurrencyMismatch
from altocore.terms.machines import Illegal, Move, diagram, move
from altocore.testing.strategies import days
from altocore.values.days import Day, add_days, day
from altocore.values.money import Money, money
from tests import cast
from tests.terms.diagrams import Drawn, read_diagram

OPEN, PAID, CANCELLED, VOIDED, WRITTEN_OFF = "open", "paid", "cancelled", "voided", "written_off"
LAPSED = "lapsed"

# Written from PAY-6, PAY-11, PAY-12, PAY-16 and PAY-18: an open invoice is settled, cancelled, voided, given up, or lapses.
EXPECTED: Final[dict[tuple[str, str], tuple[str, str, str]]] = {
    (OPEN, "settle"): (PAID, "PAY-6", "terms/5.c"),
    (OPEN, "cancel"): (CANCELLED, "PAY-11", "manual/alerts"),
    (OPEN, "void"): (VOIDED, "PAY-12", "house"),
    (OPEN, "write_off"): (WRITTEN_OFF, "PAY-18", "house"),
    (OPEN, "lapse"): (LAPSED, "PAY-16", "house"),
}


@pytest.mark.parametrize(("state", "command"), [*product(StandingState, StandingCommand)])
def test_every_pair(state: StandingState, command: StandingCommand) -> None:
    """PAY-6, PAY-11, PAY-12, PAY-16, PAY-18: five ways out of open, none out of anything else; the illegal is none."""
    made = move(STANDING, state, command)
    expected = EXPECTED.get((state.value, command.value))
    if expected is None:
        assert made == Illegal(state=state, command=command)
    else:
        assert isinstance(made, Move)
        assert (made.to.value, made.rule, *made.clauses) == expected


def test_the_diagram_is_the_table() -> None:
    """PAY-12: the diagram is drawn from the table; paid, cancelled and voided are ends."""
    assert read_diagram(diagram(STANDING)) == Drawn(
        initial=OPEN,
        arrows=tuple((state, to, command, rule) for (state, command), (to, rule, _) in EXPECTED.items()),
        ends=(CANCELLED, LAPSED, PAID, VOIDED, WRITTEN_OFF),
    )
    assert STANDING.name == "invoice standing"


def test_every_state_is_reached() -> None:
    """PAY-6, PAY-11, PAY-12: no state stands apart from the table."""
    assert {STANDING.initial, *[made.to for made in STANDING.moves.values()]} == set(StandingState)
    assert {command for _, command in STANDING.moves} == set(StandingCommand)


@given(st.integers(-3, 5), st.integers(-3, 3))
def test_what_is_settled_is_from_zero_to_the_total(settled: int, total: int) -> None:
    """PAY-6: more than the total is never settled: it becomes credit."""
    if 0 <= settled <= total:
        made = cast.standing(asked=Money(total, cast.USD), settled=Money(settled, cast.USD))
        assert made.open_amount == Money(total - settled, cast.USD)
        return
    with pytest.raises(BadValue) as refused:
        cast.standing(asked=Money(total, cast.USD), settled=Money(settled, cast.USD))
    assert (refused.value.field, refused.value.problem) == ("settled", "must be from zero to the invoice's total")


@pytest.mark.parametrize("state", StandingState)
def test_only_an_open_invoice_owes(state: StandingState) -> None:
    """PAY-6, PAY-11: once it is paid, cancelled or voided nothing of it is open, whatever was settled."""
    made = cast.standing(state=state, settled=cast.usd("21.00"))
    assert made.open_amount == (cast.usd("100.00") if state is StandingState.OPEN else cast.NOTHING)


def test_what_is_settled_is_in_the_invoices_currency() -> None:
    """CLI-8: nothing is converted, so 121 yen settle no part of 121 dollars."""
    with pytest.raises(CurrencyMismatch) as refused:
        cast.standing(settled=money("121", "JPY"))
    assert (refused.value.field, refused.value.problem) == ("settled", "USD with JPY")


DUE: Final = day(2025, 3, 1)
FIRST, RENEWAL, COSTS = InvoiceKind.FIRST, InvoiceKind.RENEWAL, InvoiceKind.ADMINISTRATIVE


@pytest.mark.parametrize(
    ("kind", "steps_done", "expected"),
    [
        (FIRST, 0, day(2025, 2, 24)),
        (FIRST, 1, day(2025, 2, 28)),
        (FIRST, 2, day(2025, 3, 2)),
        (FIRST, 3, day(2025, 3, 4)),
        (FIRST, 4, day(2025, 4, 30)),
        (RENEWAL, 0, day(2025, 2, 24)),
        (RENEWAL, 1, day(2025, 2, 28)),
        (RENEWAL, 2, day(2025, 3, 2)),
        (RENEWAL, 3, day(2025, 3, 4)),
        (RENEWAL, 4, day(2025, 3, 6)),
        (RENEWAL, 5, day(2025, 3, 28)),
        (RENEWAL, 6, None),
        (RENEWAL, 7, day(2025, 4, 30)),
        (COSTS, 2, day(2025, 3, 2)),
        (COSTS, 4, day(2025, 3, 4)),
        (COSTS, 5, None),
    ],
)
def test_the_day_of_each_step(kind: InvoiceKind, steps_done: int, expected: Day | None) -> None:
    """PAY-2: counted from the due date across the end of February; a termination waits for its last notice."""
    assert next_step_day(kind, DUE, steps_done, None, cast.OVERDUE_TERMS) == expected


@pytest.mark.parametrize(
    ("taken", "expected"),
    [
        (day(2025, 3, 1), day(2025, 3, 31)),
        (day(2025, 3, 28), day(2025, 3, 31)),
        (day(2025, 3, 29), day(2025, 4, 1)),
        (day(2025, 5, 30), day(2025, 6, 2)),
    ],
)
def test_a_termination_comes_three_days_after_its_notice_was_taken(taken: Day, expected: Day) -> None:
    """PAY-2: on its own day, and not before 3 days after a channel took the last notice."""
    assert next_step_day(RENEWAL, DUE, 6, taken, cast.OVERDUE_TERMS) == expected


@given(days(start=day(2024, 1, 1), end=day(2026, 1, 1)), st.integers(0, 90), st.integers(1, 24))
def test_no_termination_before_its_notice_has_lasted(due: Day, taken_after: int, last_notice_days: int) -> None:
    """PAY-2: the later of the termination's day and the notice's day plus `last_notice_days`."""
    terms = cast.overdue_terms(last_notice_days=last_notice_days)
    taken = add_days(due, taken_after)
    expected = add_days(due, max(30, taken_after + last_notice_days))
    assert next_step_day(RENEWAL, due, 6, taken, terms) == expected


@given(st.integers(0, 90), st.sampled_from([0, 1, 2, 3, 4, 5, 7]))
def test_only_the_termination_looks_at_the_notice(taken_after: int, steps_done: int) -> None:
    """PAY-2: no other step moves with the day on which a channel took the last notice."""
    taken = add_days(DUE, taken_after)
    assert next_step_day(RENEWAL, DUE, steps_done, taken, cast.OVERDUE_TERMS) == next_step_day(
        RENEWAL, DUE, steps_done, None, cast.OVERDUE_TERMS
    )
