"""Registrations: the domain that a service keeps registered, and whether it is renewed.

A service is a domain where it has a registration, and nothing else is. It cannot be cancelled, for it is paid a year ahead: it
can only be set not to renew, and then it lapses on the day on which what was paid for ends (CAN-5, DOM-1).
"""

from enum import StrEnum, unique
from typing import Final, final

from attrs import field, frozen

from altocore.values.anchors import Cadence
from altocore.values.cycles import Cycle
from altocore.values.domains import DomainName

__all__ = ["REGISTERED_FOR", "Registration", "RenewalChoice", "registration"]


REGISTERED_FOR: Final[frozenset[Cycle]] = frozenset({Cadence.ANNUAL, Cadence.BIENNIAL, Cadence.TRIENNIAL})
"""The cycles of a domain: it is paid a year ahead, or several. Source: CAN-5, `manual/cancellation`."""


@final
@unique
class RenewalChoice(StrEnum):
    """What a client wants at the end of what is paid for. Source: CAN-5, `manual/cancellation`."""

    RENEW = "renew"
    LAPSE = "lapse"


@final
@frozen(kw_only=True)
class Registration:
    """A domain that is kept registered, and what its holder wants at the end. Source: DOM-1, `terms/12.d`; CAN-5."""

    domain: DomainName = field()
    renewal: RenewalChoice = field()


def registration(domain: DomainName | None) -> Registration | None:
    """Return the registration that begins with this domain, which renews by itself (REN-1); none where there is no domain."""
    return None if domain is None else Registration(domain=domain, renewal=RenewalChoice.RENEW)
