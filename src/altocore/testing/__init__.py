"""What tests of billing code need; altocore's own, for you.

`strategies` draw every public type, `laws` hold of any of them, `cast` and `worlds` are examples to begin with, `clocks` are
moved by hand, and the checks certify an adapter of yours. Owns how a valid value is drawn, and how a promise of a port is
asked. Does not own what is valid (the floors do) or what is promised (`altocore.ports` does). The strategies need hypothesis,
which altocore itself never imports.
"""

from altocore.testing.checks import CheckFailed
from altocore.testing.clocks import MovableClock, check_clock
from altocore.testing.faults import Fault, When, failing
from altocore.testing.laws import judges_alike, same_document_after_text, splits_to_the_cent
from altocore.testing.leases import check_leases
from altocore.testing.passing import PassingStore
from altocore.testing.stores import Opening, check_store

__all__ = [
    "CheckFailed",
    "Fault",
    "MovableClock",
    "Opening",
    "PassingStore",
    "When",
    "check_clock",
    "check_leases",
    "check_store",
    "failing",
    "judges_alike",
    "same_document_after_text",
    "splits_to_the_cent",
]
