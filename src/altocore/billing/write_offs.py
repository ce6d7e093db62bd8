"""Write-offs: staff gave up an open invoice, with a reason."""

from enum import StrEnum, unique
from typing import final

from attrs import field, frozen

from altocore.values.texts import optional_line

__all__ = ["WriteOff", "WriteOffReason"]


@final
@unique
class WriteOffReason(StrEnum):
    """Why a debt is given up. Source: PAY-18, house."""

    UNCOLLECTABLE = "uncollectable"
    BELOW_COST_OF_COLLECTION = "below_cost_of_collection"
    CLIENT_INSOLVENT = "client_insolvent"
    SETTLED_OTHERWISE = "settled_otherwise"
    GOODWILL = "goodwill"


@final
@frozen(kw_only=True)
class WriteOff:
    """Why an invoice was given up; `reference` is an id of the provider's own, or ""."""

    reason: WriteOffReason = field()
    reference: str = field(validator=optional_line("reference"))
