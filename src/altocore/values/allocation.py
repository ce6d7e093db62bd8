"""Splitting a whole into parts that sum to it, to the last unit.

The method is the largest remainder: each part first gets its exact share rounded towards zero, then the units left over
go, one each, to the parts that lost most; where two lost the same, the earlier part is served first. A weight of zero
gets zero. A negative whole is split as its opposite and turned round, so a credit mirrors its charge.
"""

from collections.abc import Sequence
from typing import Final

from altocore.errors import BadType, BadValue

__all__ = ["allocate", "shares", "split"]


PARTS_MAX: Final = 1_000_000
"""The most parts that a whole may be split in."""


def allocate(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Return one part for each weight; the parts sum to `total`, and each is less than one unit from its exact share.

    >>> allocate(100, [1, 1, 1])
    (34, 33, 33)
    >>> allocate(-5, [1, 0, 1])
    (-3, 0, -2)

    Raises:
        BadType: the total, or a weight, is not an int.
        BadValue: no weights, a negative one, or all of them zero.

    Source: "Allocation everywhere is by largest remainder, ties to the earlier piece", handbook, points made exact.
    """
    if type(total) is not int:
        raise BadType("total", "must be an int")
    whole = _sum_of(weights)
    size = abs(total)
    parts = [size * weight // whole for weight in weights]
    left = size - sum(parts)
    if left:
        by_loss = sorted(range(len(parts)), key=lambda index: -(size * weights[index] % whole))
        for index in by_loss[:left]:
            parts[index] += 1
    return tuple(parts) if total >= 0 else tuple(-part for part in parts)


def split(total: int, parts: int) -> tuple[int, ...]:
    """Return `total` in that many equal parts, the earlier ones one unit larger where it does not divide.

    >>> split(10000, 7)
    (1429, 1429, 1429, 1429, 1428, 1428, 1428)

    Raises:
        BadType: the number of parts is not an int.
        BadValue: it is below one, or above a million.
    """
    first, larger, rest = shares(total, parts)
    return (first,) * larger + (rest,) * (parts - larger)


def shares(total: int, parts: int) -> tuple[int, int, int]:
    """Return a split without its parts: the larger share, how many get it, and the share of the others."""
    if type(parts) is not int:
        raise BadType("parts", "must be an int")
    if not 1 <= parts <= PARTS_MAX:
        raise BadValue("parts", f"must be from 1 to {PARTS_MAX}")
    if total < 0:
        share, larger = divmod(-total, parts)
        return (-share - 1 if larger else -share), larger, -share
    share, larger = divmod(total, parts)
    return (share + 1 if larger else share), larger, share


def _sum_of(weights: Sequence[int]) -> int:
    """Return the sum of weights that are all ints, none negative, not all zero."""
    for weight in weights:
        if type(weight) is not int:
            raise BadType("weights", "each must be an int")
        if weight < 0:
            raise BadValue("weights", "none may be negative")
    whole = sum(weights)
    if whole == 0:
        raise BadValue("weights", "at least one must be above zero")
    return whole
