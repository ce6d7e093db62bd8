"""Why a service is suspended, and why it is terminated: closed lists, each reason with the clauses that it stands on.

A suspension has as many reasons as there are, and ends with the last of them (LIF-3). A debt is a reason that comes and goes
with the invoices; the others are said and taken back by the provider. A termination has one reason: the debt that lasted, or
a right of the provider that somebody exercised.
"""

from collections.abc import Mapping
from enum import StrEnum, unique
from types import MappingProxyType
from typing import Final, final

from altocore.terms.clauses import HOUSE, Clause

__all__ = ["BREACHES", "SUSPENSIONS", "TERMINATIONS", "SuspensionReason", "TerminationReason"]


@final
@unique
class SuspensionReason(StrEnum):
    """Why a service is suspended. Source: LIF-2; ABUSE and BREACH are house."""

    OVERDUE = "overdue"
    OVERLOAD = "overload"
    FRAUD_RISK = "fraud_risk"
    ABUSE = "abuse"
    BREACH = "breach"


@final
@unique
class TerminationReason(StrEnum):
    """Why the provider ended a service. Source: LIF-4, PAY-8, PAY-9, TER-1, TER-3.

    `ACCEPTABLE_USE` is a breach of the policy of that name, a document of its own which a decision cites by its name only.
    """

    DEBT = "debt"
    CHARGEBACK = "chargeback"
    ADMINISTRATIVE_COSTS = "administrative_costs"
    SPAM = "spam"
    ILLEGAL_CONTENT = "illegal_content"
    OVERLOAD = "overload"
    ACCEPTABLE_USE = "acceptable_use"
    OTHER_BREACH = "other_breach"


SUSPENSIONS: Final[Mapping[SuspensionReason, tuple[Clause, ...]]] = MappingProxyType(
    {
        SuspensionReason.OVERDUE: (Clause("terms/5.a"),),
        SuspensionReason.OVERLOAD: (Clause("terms/13.b"),),
        SuspensionReason.FRAUD_RISK: (Clause("manual/transfer"),),
        SuspensionReason.ABUSE: (HOUSE,),
        SuspensionReason.BREACH: (HOUSE,),
    }
)
"""Every reason of a suspension, with its clauses."""

TERMINATIONS: Final[Mapping[TerminationReason, tuple[Clause, ...]]] = MappingProxyType(
    {
        TerminationReason.DEBT: (Clause("terms/5.a"),),
        TerminationReason.CHARGEBACK: (Clause("terms/5.d"),),
        TerminationReason.ADMINISTRATIVE_COSTS: (Clause("terms/2.c"),),
        TerminationReason.SPAM: (Clause("terms/15.c"), Clause("terms/8")),
        TerminationReason.ILLEGAL_CONTENT: (Clause("terms/1.d"), Clause("terms/8")),
        TerminationReason.OVERLOAD: (Clause("terms/13.a"), Clause("terms/8")),
        TerminationReason.ACCEPTABLE_USE: (Clause("terms/2.a"), Clause("terms/8")),
        TerminationReason.OTHER_BREACH: (Clause("terms/8"),),
    }
)
"""Every reason of a termination, with its clauses."""

BREACHES: Final = frozenset(
    {
        TerminationReason.SPAM,
        TerminationReason.ILLEGAL_CONTENT,
        TerminationReason.OVERLOAD,
        TerminationReason.ACCEPTABLE_USE,
        TerminationReason.OTHER_BREACH,
    }
)
"""The reasons that are a breach of the contract, which the provider states by name (TER-1)."""
