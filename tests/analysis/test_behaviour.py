"""How clients pay: a seeded lot for each invoice, its shares near the percentages, its days within their ranges."""

from collections import Counter
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from altocore.analysis.behaviour import Behaviour, PaymentHabit
from altocore.billing.standing import Standing
from altocore.errors import BadType, BadValue
from altocore.values.days import add_days, day, days_from
from altocore.values.ids import InvoiceId, derive
from tests import cast

INVOICES: Final = [InvoiceId(derive("inv", str(number))) for number in range(10_000)]
ISSUED: Final = day(2025, 2, 18)
DUE: Final = day(2025, 2, 27)


def standing(number: int, *, days_to_pay: int = 9) -> Standing:
    """Return an open invoice of this number."""
    return cast.standing(name=INVOICES[number], issued=ISSUED, due=add_days(ISSUED, days_to_pay))


def habit_only(habit: PaymentHabit, seed: int = 1) -> Behaviour:
    """Return a behaviour in which every invoice has this habit."""
    return Behaviour(
        seed=seed,
        on_time_percent=100 if habit is PaymentHabit.ON_TIME else 0,
        late_percent=100 if habit is PaymentHabit.LATE else 0,
        after_suspension_percent=100 if habit is PaymentHabit.AFTER_SUSPENSION else 0,
    )


def within_five_deviations(count: int, percent: int) -> bool:
    """Say, in whole numbers, whether a count of 10,000 lies within five standard deviations of its share."""
    n = len(INVOICES)
    return (100 * count - n * percent) ** 2 <= 25 * n * percent * (100 - percent)


@pytest.mark.parametrize("seed", [0, 1, 2, -5, 2**70])
@pytest.mark.parametrize("shares", [(90, 6, 2), (45, 20, 15), (0, 50, 50), (1, 1, 1), (33, 33, 34)])
def test_shares_are_near_their_percentages(seed: int, shares: tuple[int, int, int]) -> None:
    """Over ten thousand invoices each habit comes as often as its percentage says; what is left never pays."""
    behaviour = Behaviour(
        seed=seed, on_time_percent=shares[0], late_percent=shares[1], after_suspension_percent=shares[2]
    )
    counted = Counter(behaviour.habit(invoice) for invoice in INVOICES)
    for habit, percent in zip(PaymentHabit, (*shares, 100 - sum(shares)), strict=True):
        assert within_five_deviations(counted[habit], percent), (habit, counted)


@pytest.mark.parametrize("habit", PaymentHabit)
def test_a_whole_share_is_everybody(habit: PaymentHabit) -> None:
    """A hundred per cent have the habit, and nobody has another; nothing at all leaves everybody to never pay."""
    assert {habit_only(habit).habit(invoice) for invoice in INVOICES} == {habit}


@given(st.integers(), st.integers(0, 9_999))
def test_the_same_seed_gives_the_same_days(seed: int, number: int) -> None:
    """Each invoice draws from seed and id alone: in any order, on any store, again after an interruption."""
    one, other = Behaviour(seed=seed), Behaviour(seed=seed)
    assert one.habit(INVOICES[number]) is other.habit(INVOICES[number])
    paid = one.pay_day(standing(number), cast.OVERDUE_TERMS)
    assert paid == other.pay_day(standing(number), cast.OVERDUE_TERMS)


def test_seeds_differ() -> None:
    """Another seed is another draw."""
    draws = {
        tuple(Behaviour(seed=seed).pay_day(standing(number), cast.OVERDUE_TERMS) for number in range(200))
        for seed in range(20)
    }
    assert len(draws) == 20


@pytest.mark.parametrize(
    ("habit", "first", "last"),
    [
        (PaymentHabit.ON_TIME, add_days(ISSUED, 1), DUE),
        (PaymentHabit.LATE, add_days(DUE, 1), add_days(DUE, 10)),
        (PaymentHabit.AFTER_SUSPENSION, add_days(DUE, 6), add_days(DUE, 26)),
    ],
)
def test_each_habit_pays_within_its_days(habit: PaymentHabit, first: object, last: object) -> None:
    """On time: after the issue, up to the due day; late: one to ten days after; after suspension: before the last notice.

    Every day of the range is drawn, and none outside.
    """
    behaviour = habit_only(habit)
    drawn = {behaviour.pay_day(standing(number), cast.OVERDUE_TERMS) for number in range(2_000)}
    assert None not in drawn
    days = sorted(each for each in drawn if each is not None)
    assert (days[0], days[-1]) == (first, last)
    assert len(days) == days_from(days[0], days[-1]) + 1


def test_who_never_pays_has_no_day() -> None:
    """None is the answer, for every invoice."""
    behaviour = habit_only(PaymentHabit.NEVER)
    assert {behaviour.pay_day(standing(number), cast.OVERDUE_TERMS) for number in range(100)} == {None}


@pytest.mark.parametrize("days_to_pay", [0, 1])
def test_an_invoice_due_at_once_is_paid_the_day_after_its_issue(days_to_pay: int) -> None:
    """A payment never comes before the invoice is told."""
    behaviour = habit_only(PaymentHabit.ON_TIME)
    for number in range(50):
        paid = behaviour.pay_day(standing(number, days_to_pay=days_to_pay), cast.OVERDUE_TERMS)
        assert paid == add_days(ISSUED, 1)


def test_a_tight_timeline_leaves_one_day_after_the_suspension() -> None:
    """PAY-2: terms may put the last notice on the day after the suspension; there is one day to pay then."""
    tight = cast.overdue_terms(suspend_days=5, terminate_days=9, last_notice_days=3, cancel_days=20)
    behaviour = habit_only(PaymentHabit.AFTER_SUSPENSION)
    assert {behaviour.pay_day(standing(number), tight) for number in range(50)} == {add_days(DUE, 6)}


@given(
    st.sampled_from(PaymentHabit),
    st.integers(0, 9_999),
    st.integers(0, 40),
    st.integers(4, 10),
    st.integers(1, 5),
    st.integers(2, 30),
)
def test_days_follow_the_terms_of_the_invoice(  # noqa: PLR0913, PLR0917  # one number of the terms each
    habit: PaymentHabit, number: int, days_to_pay: int, suspend: int, notice: int, between: int
) -> None:
    """PAY-2: the ranges move with the terms, and a payment comes after the issue and before the termination."""
    terms = cast.overdue_terms(
        suspend_days=suspend,
        terminate_days=suspend + notice + between,
        last_notice_days=notice,
        cancel_days=suspend + notice + between + 10,
    )
    invoice = standing(number, days_to_pay=days_to_pay)
    paid = habit_only(habit).pay_day(invoice, terms)
    if paid is None:
        assert habit is PaymentHabit.NEVER
        return
    assert paid > invoice.issued
    if habit is PaymentHabit.AFTER_SUSPENSION:
        assert suspend < days_from(invoice.due, paid) < terms.terminate_days - notice


@pytest.mark.parametrize(
    "shares",
    [(-1, 0, 0), (0, -1, 0), (0, 0, -1), (101, 0, 0), (50, 50, 1)],
)
def test_shares_that_are_none_are_refused(shares: tuple[int, int, int]) -> None:
    """None below zero, and no more than a hundred in sum."""
    with pytest.raises(BadValue) as refused:
        Behaviour(seed=1, on_time_percent=shares[0], late_percent=shares[1], after_suspension_percent=shares[2])
    assert refused.value.field == "behaviour"


def test_shares_and_seed_are_ints() -> None:
    """No float, no bool, no text."""
    for given_seed in (True, 1.0, "1", None):
        with pytest.raises(BadType):
            Behaviour(seed=given_seed)  # type: ignore[arg-type]  # what is refused
    with pytest.raises(BadType):
        Behaviour(seed=1, late_percent=2.5)  # type: ignore[arg-type]  # what is refused


def test_the_usual_behaviour_is_the_documented_one() -> None:
    """90 % on time, 6 % late, 2 % after suspension, and 2 % never."""
    behaviour = Behaviour(seed=3)
    assert (behaviour.on_time_percent, behaviour.late_percent, behaviour.after_suspension_percent) == (90, 6, 2)


def test_what_is_known_draws_no_lot() -> None:
    """An invoice that is named is paid on its day, or never; another one draws as before."""
    named, never = cast.standing(), cast.standing(name="inv_never")
    behaviour = Behaviour(
        seed=3,
        on_time_percent=100,
        late_percent=0,
        after_suspension_percent=0,
        known=((named.id, day(2030, 1, 1)), (never.id, None)),
    )
    assert behaviour.pay_day(named, cast.OVERDUE_TERMS) == day(2030, 1, 1)
    assert behaviour.pay_day(never, cast.OVERDUE_TERMS) is None
    assert behaviour.pay_day(cast.standing(name="inv_other"), cast.OVERDUE_TERMS) is not None
