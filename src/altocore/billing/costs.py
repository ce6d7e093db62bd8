"""Administrative costs that a client caused, as what they are: the one line of the invoice that asks for them."""

from enum import StrEnum, unique
from typing import final

__all__ = ["CostReason"]


@final
@unique
class CostReason(StrEnum):
    """What the client caused. Its value is the item of the invoice's line. Source: PAY-9, `terms/2.c`."""

    ABUSE_HANDLING = "abuse_handling"
    BLOCKLIST_REMOVAL = "blocklist_removal"
    BANK_CHARGES = "bank_charges"
    COLLECTION = "collection"
    LEGAL_REQUEST = "legal_request"
