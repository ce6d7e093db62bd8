"""PAY-2: faults of the provider, and by how many days they make a timeline wait."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Final

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from altocore.billing.moves import Hold, Moves, moved
from altocore.errors import BadValue
from altocore.lifecycle.events import Actor
from altocore.lifecycle.faults import FaultReason, ProviderFault, delays, provider_fault
from altocore.values.days import Day, add_days, day, days_from
from altocore.values.delays import Delay
from altocore.values.instants import from_datetime, instant, start_of_day
from tests import cast

ZONE: Final = "America/Argentina/Buenos_Aires"
DAY_0: Final = day(2025, 2, 1)
EARLIER: Final = day(2025, 1, 1)


def hours(start: int, end: int, *, zone: str = ZONE) -> ProviderFault:
    """Return a fault between these hours, counted from the first instant of 1 February."""
    begins = start_of_day(DAY_0, zone)
    return provider_fault(
        key=f"{start}-{end}",
        start=from_datetime(begins + timedelta(hours=start)),
        end=from_datetime(begins + timedelta(hours=end)),
        zone=zone,
        actor=Actor.STAFF,
        reason=FaultReason.SERVICE_UNREACHABLE,
        reference="",
        recorded=add_days(DAY_0, 30),
    )


def shifts(*faults: ProviderFault, issued: Day = EARLIER) -> list[tuple[int, int]]:
    """Return first day and length of each delay, the days counted from 1 February."""
    return [(days_from(DAY_0, each.start), each.days) for each in delays(faults, issued)]


def total_days(faults: Sequence[ProviderFault], issued: Day = EARLIER) -> int:
    """Return how many days these faults delay what comes after all of them."""
    return sum(each.days for each in delays(faults, issued))


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (0, 1, (0, 1)),
        (0, 24, (0, 1)),
        (0, 25, (0, 2)),
        (12, 36, (0, 1)),
        (23, 25, (0, 1)),
        (0, 48, (0, 2)),
        (1, 49, (0, 2)),
        (-1, 0, (-1, 1)),
    ],
)
def test_a_fault_counts_whole_days_rounded_up(start: int, end: int, expected: tuple[int, int]) -> None:
    """PAY-2: by its length in whole days, rounded up; it begins on the day that holds its first moment."""
    assert shifts(hours(start, end)) == [expected]


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([(0, 24), (0, 24)], [(0, 1)]),
        ([(0, 30), (20, 40)], [(0, 2)]),
        ([(0, 30), (20, 60)], [(0, 2), (0, 1)]),
        ([(0, 100), (20, 40)], [(0, 5)]),
        ([(20, 40), (0, 100)], [(0, 1), (0, 4)]),
        ([(0, 24), (24, 48)], [(0, 1), (1, 1)]),
        ([(0, 3), (3, 6)], [(0, 1)]),
        ([(3, 6), (0, 3)], [(0, 1)]),
        ([(0, 3), (4, 6)], [(0, 1), (0, 1)]),
        ([(0, 3), (4, 6), (3, 4)], [(0, 1), (0, 1)]),
        ([(0, 3), (4, 6), (3, 4), (6, 49)], [(0, 1), (0, 1), (0, 1)]),
        ([(72, 73), (0, 1)], [(3, 1), (0, 1)]),
    ],
    ids=[
        "twice",
        "overlapping",
        "a day more",
        "within",
        "around",
        "touching",
        "one in two parts",
        "one in two parts, the later recorded first",
        "two on a day",
        "joined later, which takes no day back",
        "joined, then longer than both",
        "recorded the later first",
    ],
)
def test_a_fault_adds_what_the_earlier_ones_do_not_cover(
    spans: list[tuple[int, int]], expected: list[tuple[int, int]]
) -> None:
    """PAY-2: what overlaps or touches is one fault, and its days are counted once; what was counted stays."""
    assert shifts(*[hours(start, end) for start, end in spans]) == expected


@pytest.mark.parametrize(("issued", "expected"), [(-1, [(0, 3)]), (0, [(0, 3)]), (1, [(1, 2)]), (2, [(2, 1)]), (3, [])])
def test_only_what_came_from_the_issue_on_counts(issued: int, expected: list[tuple[int, int]]) -> None:
    """PAY-2: before an invoice was issued there was nothing to pay."""
    assert shifts(hours(0, 72), issued=add_days(DAY_0, issued)) == expected


def test_a_moment_more_is_another_day() -> None:
    """PAY-2: rounded up, from the first microsecond on."""
    whole = hours(0, 24)
    assert shifts(attrs.evolve(whole, end=from_datetime(whole.end + timedelta(microseconds=1)))) == [(0, 2)]


@pytest.mark.parametrize(("issued", "expected"), [(-1, 2), (0, 2), (1, 0)])
def test_a_day_of_twenty_five_hours_counts_two(issued: int, expected: int) -> None:
    """PAY-2: by its length; what was issued on that day waits as long as what was issued before."""
    on, zone = day(2025, 11, 2), "America/New_York"
    long = provider_fault(
        key="autumn",
        start=start_of_day(on, zone),
        end=start_of_day(add_days(on, 1), zone),
        zone=zone,
        actor=Actor.STAFF,
        reason=FaultReason.SERVICE_UNREACHABLE,
        reference="",
        recorded=add_days(on, 1),
    )
    assert total_days([long], add_days(on, issued)) == expected


SPANS: Final = st.lists(st.tuples(st.integers(-100, 100), st.integers(1, 100)), max_size=6)


def faults_of(spans: list[tuple[int, int]]) -> list[ProviderFault]:
    """Return faults of these first hours and lengths."""
    return [hours(start, start + long) for start, long in spans]


@given(SPANS)
@example([(0, 24), (24, 24), (10, 2)])
def test_delays_are_those_of_the_hours_that_were_lost(spans: list[tuple[int, int]]) -> None:
    """PAY-2: recorded as they happened, they count each run of lost hours once, rounded up; in another order no less."""
    lost = sorted({hour for start, long in spans for hour in range(start, start + long)})
    runs: list[list[int]] = []
    for hour in lost:
        if runs and hour == runs[-1][-1] + 1:
            runs[-1].append(hour)
        else:
            runs.append([hour])
    expected = sum(-(-len(run) // 24) for run in runs)
    assert total_days(faults_of(sorted(spans))) == expected
    assert expected <= total_days(faults_of(spans)) <= sum(-(-long // 24) for _, long in spans)


@given(SPANS, st.integers(-6, 6), st.integers(-8, 8))
@example([(0, 3), (4, 3), (3, 1)], 0, 0)  # two of one day, and what joins them
@example([(-20, 23), (4, 3), (3, 1)], 0, 0)  # the first began before the issue, and all of the rest is of its day
def test_a_later_fault_brings_no_step_forward(spans: list[tuple[int, int]], issued_after: int, planned: int) -> None:
    """PAY-2, PAY-18: what a fault has added stays, so that each step comes when it was told, or later; promises or not."""
    faults, issued = faults_of(spans), add_days(DAY_0, issued_after)
    hold = Hold(made=issued, until=add_days(issued, 2))
    told = [delays(faults[:count], issued) for count in range(len(faults) + 1)]
    for before, after in pairwise(told):
        assert after[: len(before)] == before
        for holds in ((), (hold,)):
            on = [moved(add_days(issued, planned), Moves(delays=each, holds=holds), 1) for each in (before, after)]
            assert on[0] <= on[1]


def test_a_day_of_the_zone_is_what_is_touched() -> None:
    """PAY-2: the civil days are the provider's, over a clock change too: an hour less is no day less."""
    # On 30 March 2025 Madrid's clocks go from 02:00 to 03:00: that day has 23 hours.
    made = attrs.evolve(
        cast.fault(),
        start=instant("2025-03-29T23:00:00Z"),
        end=instant("2025-03-30T22:00:00Z"),
    )
    again = provider_fault(
        key="f1",
        start=made.start,
        end=made.end,
        zone="Europe/Madrid",
        actor=made.actor,
        reason=made.reason,
        reference="",
        recorded=made.recorded,
    )
    assert (again.first_day, again.last_day) == (day(2025, 3, 30), day(2025, 3, 30))
    assert delays([again], EARLIER) == (Delay(start=day(2025, 3, 30), days=1),)


def test_a_fault_without_a_length_is_refused() -> None:
    """PAY-2: [from, to) with to after from."""
    for hour in (0, -1):
        with pytest.raises(BadValue) as refused:
            hours(0, hour)
        assert (refused.value.field, refused.value.problem) == ("end", "must lie after the start")


def test_no_fault_delays_nothing() -> None:
    """PAY-2: a service without a fault walks its timelines as planned."""
    assert delays([], EARLIER) == ()
