"""A million random splits, none of which loses a unit (I2)."""

from collections.abc import Callable
from random import Random

import pytest

from altocore.values.allocation import allocate, split

SPLITS = 1_000_000

pytestmark = pytest.mark.soak


def test_a_million_splits_lose_nothing(rng: Random, record_property: Callable[[str, object], None]) -> None:
    """Parts sum to the whole and each is less than one unit from its exact share, with a tolerance of nothing (I2)."""
    for _ in range(SPLITS // 2):
        total, parts = rng.randint(-(10**12), 10**12), rng.randint(1, 12)
        shares = [rng.randint(0, 1000) for _ in range(parts)]
        shares[rng.randrange(parts)] += 1
        whole = sum(shares)
        found = allocate(total, shares)
        assert sum(found) == total
        assert all(abs(part * whole - total * share) < whole for part, share in zip(found, shares, strict=True))
        equal = split(total, parts)
        assert sum(equal) == total
        assert all(abs(part * parts - total) < parts for part in equal)
    record_property("splits", SPLITS)
