"""Any order of deeds and days keeps the books: in memory at every run, on a database with more steps."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.workflows.life import Life, OnDisk
from tests.workflows.staffed_life import StaffedLife


def test_any_life_keeps_the_books() -> None:
    """PAY-6, PAY-7, PAY-12, REN-1, REN-9, LIF-8: audit, numbers, credit and charges hold after every step."""
    run_state_machine_as_test(Life, settings=settings(max_examples=60, stateful_step_count=40, deadline=None))


def test_any_life_with_staff_keeps_the_books() -> None:
    """PAY-2, PAY-9, PAY-11, PAY-18: with faults, promises, costs, write-offs, adjustments and requests in between."""
    run_state_machine_as_test(StaffedLife, settings=settings(max_examples=40, stateful_step_count=40, deadline=None))


@pytest.mark.slow
def test_any_life_keeps_the_books_on_disk() -> None:
    """The same, with longer lives."""
    long = settings(
        max_examples=60, stateful_step_count=80, deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
    run_state_machine_as_test(OnDisk, settings=long)
