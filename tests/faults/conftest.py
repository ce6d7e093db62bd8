"""A nursery for the tests of a module, and the PostgreSQL of the adapter's tests."""

from collections.abc import Iterator

import pytest

from tests.adapters.postgres.conftest import dsn
from tests.faults.kills import Nursery
from tests.faults.kills import nursery as held

__all__ = ["dsn", "nursery"]


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    """Return a nursery."""
    with held() as it:
        yield it
