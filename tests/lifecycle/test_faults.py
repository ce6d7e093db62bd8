"""PAY-2: faults of the provider, and by how many days they make a timeline wait."""

from datetime import timedelta
from typing import Final

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

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


def shifts(*faults: ProviderFault, issued: Day = EARLIER) -> list[tuple[int, int, int]]:
    """Return first day, last day and length of each delay, the days counted from 1 February."""
    found = delays(faults, issued)
    return [(days_from(DAY_0, each.start), days_from(DAY_0, each.last), each.days) for each in found]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (0, 1, (0, 0, 1)),
        (0, 24, (0, 0, 1)),
        (0, 25, (0, 1, 2)),
        (12, 36, (0, 1, 1)),
        (23, 25, (0, 1, 1)),
        (0, 48, (0, 1, 2)),
        (1, 49, (0, 2, 2)),
        (-1, 0, (-1, -1, 1)),
    ],
)
def test_a_fault_counts_whole_days_rounded_up(start: int, end: int, expected: tuple[int, int, int]) -> None:
    """PAY-2: by its length in whole days, rounded up; an end at midnight touches no day more."""
    assert shifts(hours(start, end)) == [expected]


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([(0, 24), (0, 24)], [(0, 0, 1)]),
        ([(0, 30), (20, 40)], [(0, 1, 2)]),
        ([(0, 100), (20, 40)], [(0, 4, 5)]),
        ([(0, 24), (24, 48)], [(0, 1, 2)]),
        ([(0, 3), (3, 6)], [(0, 0, 1)]),
        ([(0, 3), (4, 6)], [(0, 0, 1), (0, 0, 1)]),
        ([(72, 73), (0, 1)], [(0, 0, 1), (3, 3, 1)]),
    ],
    ids=["twice", "overlapping", "within", "touching", "one in two parts", "two on a day", "recorded the later first"],
)
def test_faults_that_overlap_count_once(spans: list[tuple[int, int]], expected: list[tuple[int, int, int]]) -> None:
    """PAY-2: what overlaps or touches is one fault, whatever the order in which it was recorded; what does not is two."""
    assert shifts(*[hours(start, end) for start, end in spans]) == expected


@pytest.mark.parametrize(
    ("issued", "expected"), [(-1, [(0, 2, 3)]), (0, [(0, 2, 3)]), (1, [(1, 2, 2)]), (2, [(2, 2, 1)]), (3, [])]
)
def test_only_what_came_from_the_issue_on_counts(issued: int, expected: list[tuple[int, int, int]]) -> None:
    """PAY-2: before an invoice was issued there was nothing to pay."""
    assert shifts(hours(0, 72), issued=add_days(DAY_0, issued)) == expected


SPANS: Final = st.lists(st.tuples(st.integers(-100, 100), st.integers(1, 100)), max_size=6)


@given(SPANS)
@example([(0, 24), (24, 24), (10, 2)])
def test_delays_are_those_of_the_hours_that_were_lost(spans: list[tuple[int, int]]) -> None:
    """PAY-2: as many spans as there are runs of lost hours; each as long as it is, rounded up; the order plays no part."""
    faults = [hours(start, start + long) for start, long in spans]
    lost = sorted({hour for start, long in spans for hour in range(start, start + long)})
    runs: list[list[int]] = []
    for hour in lost:
        if runs and hour == runs[-1][-1] + 1:
            runs[-1].append(hour)
        else:
            runs.append([hour])
    expected = [(run[0] // 24, run[-1] // 24, -(-len(run) // 24)) for run in runs]
    assert shifts(*faults) == expected
    assert shifts(*reversed(faults)) == expected


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
    assert delays([again], EARLIER) == (Delay(start=day(2025, 3, 30), last=day(2025, 3, 30), days=1),)


def test_a_fault_without_a_length_is_refused() -> None:
    """PAY-2: [from, to) with to after from."""
    for hour in (0, -1):
        with pytest.raises(BadValue) as refused:
            hours(0, hour)
        assert (refused.value.field, refused.value.problem) == ("end", "must lie after the start")


def test_no_fault_delays_nothing() -> None:
    """PAY-2: a service without a fault walks its timelines as planned."""
    assert delays([], EARLIER) == ()
