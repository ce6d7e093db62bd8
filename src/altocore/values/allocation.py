"""Splitting a whole into parts that sum to it, to the last unit.

The method is the largest remainder: each part first gets its exact share rounded towards zero, then the units left over
go, one each, to the parts that lost most; where two lost the same, the earlier part is served first. A weight of zero
gets zero. A negative whole is split as its opposite and turned round, so a credit mirrors its charge.
"""

from collections.abc import Sequence

from altocore.errors import BadType, BadValue

__all__ = ["allocate", "split"]


def allocate(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Return one part for each weight; the parts sum to `total`, and each is less than one unit from its exact share.

    >>> allocate(100, [1, 1, 1])
    (34, 33, 33)
    >>> allocate(-5, [1, 0, 1])
    (-3, 0, -2)

    Raises:
        BadType: a weight is not an int.
        BadValue: no weights, a negative one, or all of them zero.

    Source: "Allocation everywhere is by largest remainder, ties to the earlier piece", handbook, points made exact.
    """
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
        BadValue: it is below one.
    """
    if type(parts) is not int:
        raise BadType("parts", "must be an int")
    if parts < 1:
        raise BadValue("parts", "must be at least 1")
    share, larger = divmod(abs(total), parts)
    if total < 0:
        return (-share - 1,) * larger + (-share,) * (parts - larger)
    return (share + 1,) * larger + (share,) * (parts - larger)


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
