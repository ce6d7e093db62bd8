"""The seed of a soak run, and the server that the tests of PostgreSQL use."""

import os
import random

import pytest

from tests.adapters.postgres.conftest import schema, store
from tests.faults.conftest import dsn, nursery

__all__ = ["dsn", "nursery", "rng", "schema", "seed", "store"]


@pytest.fixture
def seed() -> int:
    """Return the run's seed, which tools/soak.py draws and prints."""
    return int(os.environ["SOAK_SEED"])


@pytest.fixture
def rng(seed: int, request: pytest.FixtureRequest) -> random.Random:
    """Return a generator of its own for each test, so that the order of tests changes nothing."""
    return random.Random(f"{seed}:{request.node.nodeid}")  # noqa: S311 - a proof is repeated by its seed
