"""How a thing is paid for: again and again at a cadence, or once.

A cadence has a length, so there are boundaries and periods to count. What is sold once has none, and is therefore no cadence
of zero or of infinite months: it is another type, and the type checker asks for it wherever a period would be computed.
"""

from enum import StrEnum, unique
from typing import Final, TypeAlias, final

from altocore.values.anchors import Cadence

__all__ = ["CYCLES", "Cycle", "Once"]


@final
@unique
class Once(StrEnum):
    """Sold once: one invoice, no period and no renewal. Source: CAT-2, house."""

    ONE_TIME = "one_time"


Cycle: TypeAlias = Cadence | Once
"""What a price is for: one period of a cadence, or the thing itself, sold once. Source: CAT-2."""

CYCLES: Final[tuple[Cycle, ...]] = (*Cadence, Once.ONE_TIME)
"""Every cycle, the shortest cadence first; what is sold once stands last."""
