"""Scanning: what a page of entries is asked by; a client's shard is for ever."""

from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from altocore.errors import BadValue
from altocore.plans.scanning import ALL, SHARDS, Shards, Upto, shard_of
from tests import cast


@pytest.mark.parametrize(
    ("client", "shard"),
    [("", 0), ("cli_ana", 31), ("cli_x", 1), ("ñandú", 150), ("日本", 204), ("a\0b", 113), ("\ud800", 40)],
)
def test_a_shard_is_for_ever(client: str, shard: int) -> None:
    """A stored column: the CRC-32 of the id's UTF-8, modulo 256, never another one."""
    assert shard_of(client) == shard


@given(st.text())
def test_a_shard_is_one_of_those_that_there_are(client: str) -> None:
    """Whatever the id, its shard lies within all of them."""
    assert ALL.start <= shard_of(client) < ALL.end
    assert shard_of(client) == crc32(client.encode()) % 256


def test_shards_are_about_as_full_as_each_other() -> None:
    """Of ten thousand clients none of the shards is empty, and none has three times its part."""
    counts = [0] * SHARDS
    for number in range(10_000):
        counts[shard_of(f"cli_{number}")] += 1
    assert min(counts) > 0
    assert max(counts) < 3 * 10_000 / SHARDS


@pytest.mark.parametrize(("start", "end"), [(0, 256), (0, 1), (255, 256), (7, 200)])
def test_a_range_of_shards(start: int, end: int) -> None:
    """Half open, within those that there are."""
    assert (Shards(start, end).start, Shards(start, end).end) == (start, end)


@pytest.mark.parametrize(("start", "end"), [(0, 0), (7, 7), (8, 7), (-1, 3), (0, 257), (256, 257), (256, 256)])
def test_a_range_that_holds_none_is_refused(start: int, end: int) -> None:
    """A worker that is given none, or one that there is not, would leave work undone without a word."""
    with pytest.raises(BadValue, match="shards: must be a range within 0 to 256 that is not empty"):
        Shards(start, end)


def test_a_scan_is_of_all_shards_unless_it_is_told_otherwise() -> None:
    """One worker alone does everything."""
    assert Upto(day=cast.ANCHOR, after=None, limit=1).shards == ALL == Shards(0, SHARDS)
