"""What tests of billing code need: strategies that draw values, and checks that certify an adapter; altocore's own, for you.

Owns how a valid value is drawn, and how a promise of a port is asked. Does not own what is valid (`altocore.values` does) or
what is promised (`altocore.ports` does). The strategies need hypothesis, which altocore itself never imports.
"""

from altocore.testing.checks import CheckFailed
from altocore.testing.faults import Fault, When, failing
from altocore.testing.leases import check_leases
from altocore.testing.passing import PassingStore
from altocore.testing.stores import Opening, check_store

__all__ = ["CheckFailed", "Fault", "Opening", "PassingStore", "When", "check_leases", "check_store", "failing"]
