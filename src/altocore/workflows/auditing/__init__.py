"""Auditing a store: every invariant of the accounts, asked of what is stored, client by client.

Owns what must always hold, written apart from the code that makes it so. It reads through the store's own port, in pages,
and repairs nothing.
"""

from altocore.workflows.auditing.audit import Violation, audit
from altocore.workflows.auditing.findings import Invariant
from altocore.workflows.auditing.log import seal

__all__ = ["Invariant", "Violation", "audit", "seal"]
