"""The service: its periods, and the day on which something is next due for it."""

from enum import StrEnum
from typing import Final

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from altocore.lifecycle.events import Actor
from altocore.lifecycle.faults import FaultReason
from altocore.lifecycle.machine import ServiceCommand, ServiceState
from altocore.lifecycle.reasons import SuspensionReason, TerminationReason
from altocore.lifecycle.service import EndedBy, EndingTime, Service, next_service_step
from altocore.testing.strategies import cadences, days
from altocore.values.anchors import Cadence, boundary
from altocore.values.days import Day, add_days, day
from altocore.values.ids import InvoiceId
from altocore.values.periods import Period
from tests import cast

ANCHORS: Final = days(start=day(2023, 1, 1), end=day(2026, 1, 1))


@given(ANCHORS, cadences(), st.integers(0, 12))
@example(day(2024, 1, 31), Cadence.MONTHLY, 1)
@example(day(2024, 2, 29), Cadence.ANNUAL, 1)
def test_a_period_is_counted_from_the_anchor(anchor: Day, cycle: Cadence, number: int) -> None:
    """REN-1, REN-8: the n-th boundary is the anchor plus n cycles; periods are half-open and follow each other."""
    service = cast.service(runs=cast.contract(anchor=anchor, cycle=cycle))
    found = service.period(number)
    assert found == Period(start=boundary(anchor, cycle, number), end=boundary(anchor, cycle, number + 1))
    following = service.period(number + 1)
    assert following is not None
    assert following.start == found.end


def test_the_periods_of_31_january() -> None:
    """REN-1: the day is clamped to the month, and comes back where the month has it."""
    service = cast.service()
    assert [service.period(number) for number in range(3)] == [
        cast.period(day(2025, 1, 31), day(2025, 2, 28)),
        cast.period(day(2025, 2, 28), day(2025, 3, 31)),
        cast.period(day(2025, 3, 31), day(2025, 4, 30)),
    ]


def test_an_order_has_no_dates_yet() -> None:
    """REN-8: an unpaid order has a price and a term, no dates."""
    service = cast.service(runs=cast.contract(anchor=None), state=ServiceState.PENDING)
    assert service.period(0) is None


def agenda(service: Service, notice_days: int = 10) -> Day | None:
    """Return the next step of a service whose renewal is issued so many days before its next period."""
    following = service.period(service.last_period + 1)
    assert following is not None
    return next_service_step(service, add_days(following.start, -notice_days))


ENDING: Final = cast.ending(asked=day(2025, 2, 3), effective=day(2025, 2, 28))
DISCONTINUED: Final = cast.ending(by=EndedBy.PROVIDER, asked=day(2025, 2, 3), effective=day(2025, 2, 28))

STEPS: Final[dict[str, tuple[Service, Day | None]]] = {
    "the first renewal, ten days before 28 February": (cast.service(), day(2025, 2, 18)),
    "the second renewal, ten days before 31 March": (cast.service(last_period=1), day(2025, 3, 21)),
    "suspended without debt": (cast.service(state=ServiceState.SUSPENDED), day(2025, 2, 18)),
    "pending": (cast.service(state=ServiceState.PENDING), None),
    "cancelled": (cast.service(state=ServiceState.CANCELLED), None),
    "terminated": (cast.service(state=ServiceState.TERMINATED), None),
    "an invoice open": (cast.service(open_invoices=("inv_1",)), None),
    "ending": (cast.service(pending=ENDING), day(2025, 2, 28)),
    "ending, suspended": (cast.service(pending=ENDING, state=ServiceState.SUSPENDED), day(2025, 2, 28)),
    "ending, an invoice open": (cast.service(pending=ENDING, open_invoices=("inv_1",)), None),
    "discontinued": (cast.service(pending=DISCONTINUED), day(2025, 2, 28)),
    "discontinued, an invoice open": (
        cast.service(pending=DISCONTINUED, open_invoices=("inv_1",)),
        day(2025, 2, 28),
    ),
    "discontinued, suspended for it": (
        cast.service(pending=DISCONTINUED, state=ServiceState.SUSPENDED, open_invoices=("inv_1",)),
        day(2025, 2, 28),
    ),
    "discontinued and ended": (cast.service(pending=DISCONTINUED, state=ServiceState.CANCELLED), None),
    "ended": (cast.service(pending=ENDING, state=ServiceState.CANCELLED), None),
    "by the year from 29 February": (
        cast.service(runs=cast.contract(cycle=Cadence.ANNUAL, anchor=day(2024, 2, 29))),
        day(2025, 2, 18),
    ),
    "taken over in its fifth year": (
        cast.service(runs=cast.contract(cycle=Cadence.ANNUAL, anchor=day(2020, 2, 29), first_period=5), last_period=4),
        day(2025, 2, 18),
    ),
}


@pytest.mark.parametrize(("service", "expected"), STEPS.values(), ids=STEPS.keys())
def test_the_next_step_of_a_service(service: Service, expected: Day | None) -> None:
    """REN-2, REN-5, REN-9, CAN-4: the next renewal's issue, or the end; while an invoice is open, the provider's end alone."""
    assert agenda(service) == expected


@given(ANCHORS, cadences(), st.integers(0, 6), st.integers(0, 40))
@example(day(2025, 1, 31), Cadence.MONTHLY, 0, 0)
def test_a_renewal_is_due_its_notice_before_the_period_ends(
    anchor: Day, cycle: Cadence, last_period: int, notice_days: int
) -> None:
    """REN-2: issued on the end of the last invoiced period less the notice, whatever stands in the agenda now."""
    service = cast.service(
        runs=cast.contract(anchor=anchor, cycle=cycle), last_period=last_period, next_step=cast.ANCHOR
    )
    last = service.period(last_period)
    assert last is not None
    assert agenda(service, notice_days) == add_days(last.end, -notice_days)


def test_debts_are_the_open_invoices_of_periods_and_of_costs() -> None:
    """REN-9, PAY-16: both are owed, those of periods first; one that is open no more leaves its own list alone."""
    owing = cast.service(open_invoices=("inv_1", "inv_2"), open_costs=("inv_3", "inv_4"))
    assert owing.debts == ("inv_1", "inv_2", "inv_3", "inv_4")
    paid = owing.without(InvoiceId("inv_1")).without(InvoiceId("inv_4"))
    assert (paid.open_invoices, paid.open_costs) == (("inv_2",), ("inv_3",))
    assert attrs.evolve(paid, open_invoices=owing.open_invoices, open_costs=owing.open_costs) == owing


@pytest.mark.parametrize(
    "coded",
    [Actor, EndedBy, EndingTime, FaultReason, ServiceCommand, ServiceState, SuspensionReason, TerminationReason],
)
def test_a_code_is_its_name_in_lower_case(coded: type[StrEnum]) -> None:
    """LIF-8: what is stored under these codes is read again by them, so they stay."""
    assert [member.value for member in coded] == [member.name.lower() for member in coded]
