"""Any order of deeds and days keeps the books: in memory at every run, on a database with more steps."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.workflows.whole_life import WholeLife, WholeOnDisk


def test_any_whole_life_keeps_the_books() -> None:
    """PAY-2, PAY-6, PAY-7, PAY-9, PAY-11, PAY-12, PAY-18, REN-1, REN-9, LIF-8: every deed of everybody, in any order."""
    whole = settings(
        max_examples=60, stateful_step_count=50, deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
    run_state_machine_as_test(WholeLife, settings=whole)


@pytest.mark.slow
def test_any_whole_life_keeps_the_books_on_disk() -> None:
    """The same, with longer lives, on a database that is closed and opened in between."""
    long = settings(
        max_examples=40, stateful_step_count=80, deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
    run_state_machine_as_test(WholeOnDisk, settings=long)
