"""The scheduler: one at a time, in an order that the seed draws, and stopped as a whole."""

from random import Random

import pytest

from tests.simulation.scheduler import Scheduler


def order_of(seed: int) -> list[str]:
    """Return who ran, step by step, of three workers with five steps each."""
    scheduler = Scheduler(Random(seed), 100)  # noqa: S311 - the seed is the point
    steps: list[str] = []

    def job() -> None:
        for _ in range(5):
            steps.append(scheduler.name)
            scheduler.pause()

    scheduler.run({"a": job, "b": job, "c": job})
    scheduler.close()
    return steps


def test_a_seed_draws_the_order() -> None:
    """The same seed gives the same order, and seeds differ: everybody does all of his steps in each."""
    orders = [order_of(seed) for seed in range(20)]
    assert orders == [order_of(seed) for seed in range(20)]
    assert len({tuple(order) for order in orders}) == 20
    assert all(sorted(order) == ["a"] * 5 + ["b"] * 5 + ["c"] * 5 for order in orders)


def test_nobody_loses_the_baton_between_pauses() -> None:
    """What a worker does between two pauses is never seen half done."""
    scheduler = Scheduler(Random(1), 100)  # noqa: S311 - a fixed order
    held = 0

    def job() -> None:
        nonlocal held
        for _ in range(200):
            held += 1
            assert held == 1
            held -= 1
            scheduler.pause()

    scheduler.run({str(number): job for number in range(8)})
    scheduler.close()
    assert held == 0


def test_the_first_failure_ends_the_run_and_is_told() -> None:
    """The others are stopped at their next pause; the scheduler can be used again."""
    scheduler = Scheduler(Random(1), 100)  # noqa: S311 - a fixed order
    ended: list[str] = []

    def fails() -> None:
        for _ in range(20):
            scheduler.pause()
        raise LookupError("here")

    def goes_on() -> None:
        try:
            while True:
                scheduler.pause()
        finally:
            ended.append(scheduler.name)

    with pytest.raises(LookupError, match="here"):
        scheduler.run({"a": goes_on, "b": fails, "c": goes_on})
    scheduler.run({"d": lambda: ended.append("d")})
    scheduler.close()
    assert sorted(ended) == ["a", "c", "d"]
