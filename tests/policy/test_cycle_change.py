"""May a service be paid by another cycle, and from when on? REN-3, to the day."""

from typing import Final

import pytest
from attrs import evolve
from hypothesis import example, given

from altocore.billing.lines import taxed_line
from altocore.lifecycle.machine import RUNNING, ServiceState
from altocore.policy.cycle_change import (
    CYCLE_CHANGE,
    CycleChangeFacts,
    CycleChangeQuoted,
    CycleChangeRefused,
    decide_cycle_change,
)
from altocore.terms.parts import ChangeTerms
from altocore.terms.reasons import Why
from altocore.testing import judges_alike
from altocore.testing.strategies import change_terms, cycle_change_facts
from altocore.values.anchors import Cadence
from altocore.values.cycles import Once
from altocore.values.days import Day, add_days, day
from tests import cast
from tests.policy.tables import checks_of, fires_alone, grounds_of, holding, whys_of

TERMS: Final = cast.CHANGE_TERMS
GOOD: Final = cast.cycle_change_facts()


def test_the_table() -> None:
    """REN-3, CAT-2: the rows, their clauses and their codes."""
    assert checks_of(CYCLE_CHANGE) == (
        ("REN-3", "terms/3.a", "service_not_running"),
        ("REN-3", "terms/3.a", "ending_pending"),
        ("CAT-2", "house", "sold_once"),
        ("REN-3", "terms/3.a", "same_cycle"),
        ("REN-3", "terms/3.a", "renewal_paid"),
        ("REN-3", "terms/3.a", "asked_too_late"),
    )
    assert grounds_of(CYCLE_CHANGE) == (("REN-3", "terms/3.a"), ("CAT-2", "terms/3.a"))
    assert CYCLE_CHANGE.name == "cycle_change"


def test_it_takes_effect_at_the_next_renewal() -> None:
    """REN-3: with the price of a whole period of the new cycle, and its tax."""
    assert judges_alike(CYCLE_CHANGE, GOOD, TERMS) == CycleChangeQuoted(
        effective=day(2025, 2, 28), price=cast.usd("1000.00"), tax=cast.usd("210.00"), reissues=0
    )
    assert holding(CYCLE_CHANGE, GOOD, TERMS) == {
        0: (
            ("effective", day(2025, 2, 28)),
            ("latest", day(2025, 2, 23)),
            ("cycle", "annual"),
            ("reissues", 0),
        ),
        1: (("cycle", "annual"), ("price", cast.usd("1000.00")), ("tax", cast.usd("210.00"))),
    }


def test_the_tax_is_that_of_a_line() -> None:
    """PAY-13: to the cent, of a large amount too."""
    large = evolve(GOOD, price=cast.usd("123456789012.34"))
    answer = decide_cycle_change(large, TERMS)
    assert isinstance(answer, CycleChangeQuoted)
    assert answer.tax == taxed_line("cloud", large.price, cast.VAT, cast.TAX_TERMS).tax


def test_a_renewal_that_is_issued_and_unpaid_is_issued_again() -> None:
    """REN-3: it bars nothing."""
    answer = judges_alike(CYCLE_CHANGE, evolve(GOOD, issued=1), TERMS)
    assert isinstance(answer, CycleChangeQuoted)
    assert answer.reissues == 1


@pytest.mark.parametrize(
    ("today", "in_time"),
    [(day(2025, 2, 22), True), (day(2025, 2, 23), True), (day(2025, 2, 24), False), (day(2025, 2, 27), False)],
)
def test_exactly_five_days_before_is_in_time(today: Day, *, in_time: bool) -> None:
    """REN-3: five running days before the renewal; a day later it is refused for this renewal, and the next is named."""
    asked = evolve(GOOD, today=today)
    if in_time:
        assert isinstance(decide_cycle_change(asked, TERMS), CycleChangeQuoted)
        return
    assert fires_alone(CYCLE_CHANGE, Why.ASKED_TOO_LATE, asked, TERMS).cites == (
        ("effective", day(2025, 2, 28)),
        ("latest", day(2025, 2, 23)),
        ("today", today),
        ("next_day", day(2025, 3, 31)),
    )
    answer = decide_cycle_change(asked, TERMS)
    assert isinstance(answer, CycleChangeRefused)
    assert answer.next_day == day(2025, 3, 31)


def test_a_renewal_that_is_paid_stands() -> None:
    """REN-3: however early it was paid; the answer names the renewal behind it."""
    reason = fires_alone(CYCLE_CHANGE, Why.RENEWAL_PAID, evolve(GOOD, paid=1), TERMS)
    assert reason.cites == (("effective", day(2025, 2, 28)), ("next_day", day(2025, 3, 31)))


@pytest.mark.parametrize("state", ServiceState)
def test_a_contract_must_run(state: ServiceState) -> None:
    """REN-3: active or suspended, for a suspended service renews too."""
    asked = evolve(GOOD, state=state)
    if state in RUNNING:
        assert isinstance(decide_cycle_change(asked, TERMS), CycleChangeQuoted)
        return
    reason = fires_alone(CYCLE_CHANGE, Why.SERVICE_NOT_RUNNING, asked, TERMS)
    assert reason.cites == (("state", state.value),)


def test_what_has_no_next_renewal_has_no_other_cycle() -> None:
    """REN-3, CAT-2: it is set to end, or one of the two is sold once; and the same cycle is no other."""
    assert fires_alone(CYCLE_CHANGE, Why.ENDING_PENDING, evolve(GOOD, ending_pending=1), TERMS).cites == ()
    for once in (evolve(GOOD, cycle=Once.ONE_TIME), evolve(GOOD, asked=Once.ONE_TIME)):
        assert fires_alone(CYCLE_CHANGE, Why.SOLD_ONCE, once, TERMS).cites == (
            ("cycle", "one_time" if once.asked is Once.ONE_TIME else "annual"),
        )
    same = evolve(GOOD, asked=Cadence.MONTHLY)
    assert fires_alone(CYCLE_CHANGE, Why.SAME_CYCLE, same, TERMS).cites == (("cycle", "monthly"),)


def test_every_reason_at_once() -> None:
    """Shape 3: a no has all of its reasons."""
    worst = evolve(
        GOOD,
        state=ServiceState.PENDING,
        ending_pending=1,
        cycle=Once.ONE_TIME,
        asked=Once.ONE_TIME,
        paid=1,
        today=day(2025, 2, 27),
    )
    assert whys_of(decide_cycle_change(worst, TERMS)) == (
        Why.SERVICE_NOT_RUNNING,
        Why.ENDING_PENDING,
        Why.SOLD_ONCE,
        Why.SAME_CYCLE,
        Why.RENEWAL_PAID,
        Why.ASKED_TOO_LATE,
    )


@given(cycle_change_facts(), change_terms())
@example(GOOD, TERMS)
@example(evolve(GOOD, today=day(2025, 2, 23)), TERMS)
def test_it_is_in_time_to_the_day(facts: CycleChangeFacts, terms: ChangeTerms) -> None:
    """REN-3: a day later than the last is too late, whatever the notice; a no names a day that is not before the renewal."""
    answer = judges_alike(CYCLE_CHANGE, facts, terms)
    in_time = add_days(facts.today, terms.cycle_notice_days) <= facts.renews
    assert (Why.ASKED_TOO_LATE in whys_of(answer)) is not in_time
    if isinstance(answer, CycleChangeQuoted):
        assert in_time
        assert answer.effective == facts.renews
    else:
        assert answer.next_day == (facts.renews if in_time and not facts.paid else facts.later)


@given(cycle_change_facts(), change_terms())
def test_earlier_is_never_worse(facts: CycleChangeFacts, terms: ChangeTerms) -> None:
    """REN-3: whoever is in time today was so yesterday."""
    yesterday = evolve(facts, today=add_days(facts.today, -1))
    if isinstance(decide_cycle_change(facts, terms), CycleChangeQuoted):
        assert decide_cycle_change(yesterday, terms) == decide_cycle_change(facts, terms)
