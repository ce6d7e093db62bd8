"""Ids, derived from what a thing is: the same identity gives the same id, on any store, in any run.

So a run that is repeated or resumed writes the same rows, and a duplicate is seen as one. Each kind of id is a type of
its own.
"""

from hashlib import blake2b
from typing import NewType

__all__ = [
    "AddonId",
    "AdjustmentId",
    "ClientId",
    "EditionId",
    "EventId",
    "HoldingId",
    "InvoiceId",
    "MessageId",
    "PaymentId",
    "PlanId",
    "ServiceId",
    "derive",
]

AdjustmentId = NewType("AdjustmentId", str)
ClientId = NewType("ClientId", str)
ServiceId = NewType("ServiceId", str)
InvoiceId = NewType("InvoiceId", str)
PaymentId = NewType("PaymentId", str)
EventId = NewType("EventId", str)
HoldingId = NewType("HoldingId", str)
MessageId = NewType("MessageId", str)
PlanId = NewType("PlanId", str)
AddonId = NewType("AddonId", str)
EditionId = NewType("EditionId", str)


def derive(prefix: str, *identity: str) -> str:
    """Return `prefix_` and 96 bits of hexadecimal digest over the parts, each with its length, so that none run together.

    >>> derive("inv", "a", "bc") == derive("inv", "ab", "c")
    False
    """
    text = "".join([f"{len(part)}:{part}" for part in (prefix, *identity)])
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
    return f"{prefix}_{digest}"
