"""The seed of a soak run, and its record of what was counted."""

import os
import random

import pytest

from tests.faults.conftest import dsn, nursery

__all__ = ["dsn", "nursery"]


@pytest.fixture
def seed() -> int:
    """Return the run's seed, which tools/soak.py draws and prints."""
    return int(os.environ["SOAK_SEED"])


@pytest.fixture
def rng(seed: int, request: pytest.FixtureRequest) -> random.Random:
    """Return a generator of its own for each test, so that the order of tests changes nothing."""
    return random.Random(f"{seed}:{request.node.nodeid}")  # noqa: S311 - a proof is repeated by its seed
