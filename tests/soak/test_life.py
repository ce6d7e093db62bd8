"""Tens of thousands of steps in the lives of providers, every one audited."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.workflows.life import Life
from tests.workflows.whole_life import WholeLife, WholeOnDisk

pytestmark = pytest.mark.soak


@pytest.mark.parametrize(("life", "lives"), [(WholeLife, 800), (WholeOnDisk, 100)])
def test_any_long_life_keeps_the_books(
    life: type[Life], lives: int, record_property: Callable[[str, object], None]
) -> None:
    """PAY-6, PAY-7, PAY-12, REN-1, REN-9, LIF-8: audit, numbers, credit and charges hold after every step."""
    life.counted.clear()
    long = settings(
        max_examples=lives,
        stateful_step_count=150,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    run_state_machine_as_test(life, settings=long)
    for name, count in life.counted.items():
        record_property(name, count)
