"""Options: the points where the provider's documents can be read in more than one way, each reading a named member."""

from enum import StrEnum, unique
from typing import final

__all__ = [
    "CancellationDeadline",
    "CancellationDebt",
    "CancellationTiming",
    "DataAfterEnding",
    "Downgrade",
    "FirstPeriodStart",
    "NoDiscountScope",
    "RestorationScope",
    "SharedHostingCycles",
    "TermsChange",
    "UpgradeBase",
    "UpgradeCharge",
]


@final
@unique
class SharedHostingCycles(StrEnum):
    """Which cycles shared hosting is sold in. Source: CAT-3, `terms/3.a`, `manual/honour`."""

    SEMIANNUAL_ANNUAL = "semiannual_annual"
    SEMIANNUAL_OR_LONGER = "semiannual_or_longer"


@final
@unique
class FirstPeriodStart(StrEnum):
    """Whose civil day the first period begins on. Source: REN-8, house."""

    ACTIVATION = "activation"
    PAYMENT = "payment"
    ORDER = "order"


@final
@unique
class CancellationTiming(StrEnum):
    """When a cancellation may take effect. Source: CAN-2, `manual/cancellation`, `terms/4.b`.

    `CLIENT_CHOOSES`: at once, or with the period. `END_OF_PERIOD_ONLY`: with the period.
    """

    CLIENT_CHOOSES = "client_chooses"
    END_OF_PERIOD_ONLY = "end_of_period_only"


@final
@unique
class CancellationDeadline(StrEnum):
    """What a cancellation asked after the renewal's issue does with that invoice. Source: CAN-4, `manual/cancellation`, `terms/4.a`.

    `BEFORE_RENEWAL_INVOICE`: the invoice stays owed and the service ends with its period. `ANY_TIME`: an unpaid invoice
    of a period not begun is voided, and the service ends with the running period.
    """  # noqa: E501  # the sources belong to the first sentence

    BEFORE_RENEWAL_INVOICE = "before_renewal_invoice"
    ANY_TIME = "any_time"


@final
@unique
class CancellationDebt(StrEnum):
    """Whose unpaid invoices a cancellation waits for. Source: CAN-4, house."""

    SERVICE_INVOICES = "service_invoices"
    ALL_INVOICES = "all_invoices"


@final
@unique
class DataAfterEnding(StrEnum):
    """What is left of a service's data when it has ended. Source: CAN-6, `manual/cancellation`, `terms/4.c`.

    `COURTESY_BACKUP`: the provider's own backup, kept for years from the day it was made. `ERASED`: nothing, copies
    included.
    """

    COURTESY_BACKUP = "courtesy_backup"
    ERASED = "erased"


@final
@unique
class NoDiscountScope(StrEnum):
    """What a suspension for non-payment keeps from any discount and bonus. Source: PAY-4, `terms/5.a`.

    `SERVICE`: the service that is suspended. `CLIENT`: everything its client has.
    """

    SERVICE = "service"
    CLIENT = "client"


@final
@unique
class TermsChange(StrEnum):
    """When new terms reach a contract that runs. Source: REN-6, `terms/3.b`, `manual/honour`; `terms/closing`.

    `PERIOD_END_WITH_NOTICE`: with the next period that is invoiced, and the client is told. `ANY_TIME`: on the day that
    they come into force.
    """

    PERIOD_END_WITH_NOTICE = "period_end_with_notice"
    ANY_TIME = "any_time"


@final
@unique
class RestorationScope(StrEnum):
    """Which ended services a restoration brings back. Source: PAY-5, `terms/5.b`, `terms/4.c`; CAN-7, `manual/cancellation`.

    `TERMINATED_ONLY`: what the provider ended; whoever cancelled comes back with a new service. `TERMINATED_AND_CANCELLED`:
    what was cancelled too.
    """

    TERMINATED_ONLY = "terminated_only"
    TERMINATED_AND_CANCELLED = "terminated_and_cancelled"


class UpgradeCharge(StrEnum):
    """What an upgrade costs. Source: UPG-1, `manual/upgrade`, `terms/3.a`.

    `FULL_DIFFERENCE`: the difference of the prices, whole on any day; the period ends when it would. `PRORATED_DIFFERENCE`:
    the part of it that the days left are of the period. `UNUSED_CREDIT`: a fresh full term of the new plan, less what is
    unconsumed of what was paid.
    """

    FULL_DIFFERENCE = "full_difference"
    PRORATED_DIFFERENCE = "prorated_difference"
    UNUSED_CREDIT = "unused_credit"


@final
@unique
class UpgradeBase(StrEnum):
    """What a full difference subtracts from the new plan's price. Source: UPG-1, `manual/upgrade`.

    `PAID`: what was really paid for the period. `LIST_PRICE`: what the old plan costs.
    """

    PAID = "paid"
    LIST_PRICE = "list_price"


@final
@unique
class Downgrade(StrEnum):
    """Whether a service may move to a smaller plan. Source: DWN-1, `manual/downgrade`, `terms/3.a`.

    `REFUSE`: it may not. `CREDIT`: what is unconsumed pays a fresh term of the smaller plan, and the rest becomes credit.
    """

    REFUSE = "refuse"
    CREDIT = "credit"
