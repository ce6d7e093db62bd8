"""The one place where a fraction becomes a whole number, by a rule that is asked for by name.

Integer arithmetic only: a quotient is compared with its half by doubling the remainder, so no float and no Decimal can
lose a digit on the way.
"""

from enum import Enum, unique
from typing import Final, assert_never, final

from altocore.errors import BadType, BadValue

__all__ = ["Rounding", "divide"]


@final
@unique
class Rounding(Enum):
    """How a fraction of a minor unit is decided.

    `HALF_UP` takes halves away from zero and `HALF_DOWN` towards it, `HALF_EVEN` to the even neighbour; `UP` goes away
    from zero and `DOWN` towards it; `CEILING` goes to plus infinity and `FLOOR` to minus infinity.

    Source: PAY-13 (half-up by default), house.
    """

    HALF_UP = "half_up"
    HALF_EVEN = "half_even"
    HALF_DOWN = "half_down"
    UP = "up"
    DOWN = "down"
    CEILING = "ceiling"
    FLOOR = "floor"


# A tuple: an enum's hash is Python code, identity is not, and the default stands first.
_NEAREST: Final = (Rounding.HALF_UP, Rounding.HALF_EVEN, Rounding.HALF_DOWN)


def divide(numerator: int, denominator: int, rounding: Rounding) -> int:
    """Return `numerator / denominator` as a whole number, decided by `rounding`.

    >>> divide(5, 2, Rounding.HALF_UP), divide(-5, 2, Rounding.HALF_UP), divide(5, 2, Rounding.HALF_EVEN)
    (3, -3, 2)

    Raises:
        BadType: `rounding` is no Rounding.
        BadValue: the denominator is zero.
    """
    if type(rounding) is not Rounding:
        raise BadType("rounding", "must be a Rounding")
    if denominator == 0:
        raise BadValue("denominator", "must not be zero")
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    floor, rest = divmod(numerator, denominator)
    if rest == 0:
        return floor
    beyond_half = 2 * rest - denominator
    if beyond_half and rounding in _NEAREST:
        return floor + 1 if beyond_half > 0 else floor
    return floor + 1 if _raises_the_floor(floor, rounding) else floor


def _raises_the_floor(floor: int, rounding: Rounding) -> bool:
    """Say whether what lies above `floor` goes up: a half, where the mode looks for the nearest, else any fraction."""
    negative = floor < 0
    match rounding:
        case Rounding.HALF_UP:
            up = not negative
        case Rounding.HALF_EVEN:
            up = floor % 2 == 1
        case Rounding.HALF_DOWN:
            up = negative
        case Rounding.UP:
            up = not negative
        case Rounding.DOWN:
            up = negative
        case Rounding.CEILING:
            up = True
        case Rounding.FLOOR:
            up = False
        case _:
            assert_never(rounding)
    return up
