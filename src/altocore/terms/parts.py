"""`Terms`: what one edition of the contract fixes, in parts; a judgement takes its part and never the whole.

Every field carries the clause it comes from in its metadata; `house` marks a number of ours, which the source leaves
open. Days count whole civil days.
"""

from collections.abc import Callable
from enum import Enum
from typing import Final, TypeVar, final

from attrs import Attribute, field, fields, frozen

from altocore.errors import BadType, BadValue, UnknownKey
from altocore.terms.clauses import HOUSE, Clause, clause
from altocore.terms.options import (
    CancellationDeadline,
    CancellationDebt,
    CancellationTiming,
    DataAfterEnding,
    Downgrade,
    FirstPeriodStart,
    NoDiscountScope,
    RestorationScope,
    SharedHostingCycles,
    TermsChange,
    UpgradeBase,
    UpgradeCharge,
)
from altocore.values.money import Money
from altocore.values.rounding import Rounding
from altocore.values.texts import line

__all__ = [
    "BackupTerms",
    "BonusTerms",
    "CancellationTerms",
    "ChangeTerms",
    "ContractTerms",
    "InvoicingTerms",
    "OrderTerms",
    "OverdueTerms",
    "RestorationTerms",
    "TaxRate",
    "TaxTerms",
    "Terms",
    "clauses_of",
]

M = TypeVar("M", bound=Enum)

DAYS_MAX: Final = 3660
"""The most days that a term may count: ten years."""

YEARS_MAX: Final = 100
"""The most years that a backup may be kept."""


def _from(text: str) -> dict[str, Clause]:
    return {"clause": clause(text)}


def _days(_owner: object, attribute: "Attribute[int]", given: int) -> None:
    if type(given) is not int:
        raise BadType(attribute.name, "must be an int of days")
    if not 0 <= given <= DAYS_MAX:
        raise BadValue(attribute.name, f"must be from 0 to {DAYS_MAX} days")


def _member(kind: type[M]) -> Callable[[object, "Attribute[M]", M], None]:
    """Return a validator that takes members of an option only: its wire text would be no reading of it."""

    def check(_owner: object, attribute: "Attribute[M]", given: M) -> None:
        if type(given) is not kind:
            raise BadType(attribute.name, f"must be a {kind.__name__}")

    return check


@final
@frozen(kw_only=True)
class OrderTerms:
    """What may be ordered."""

    shared_hosting_cycles: SharedHostingCycles = field(
        validator=_member(SharedHostingCycles), metadata=_from("manual/honour")
    )


@final
@frozen(kw_only=True)
class ContractTerms:
    """How the contract itself changes."""

    terms_change: TermsChange = field(validator=_member(TermsChange), metadata=_from("terms/3.b"))


@final
@frozen(kw_only=True)
class InvoicingTerms:
    """When invoices are issued and fall due, and where the first period begins."""

    due_days: int = field(validator=_days, metadata=_from("house"))
    renewal_notice_days: int = field(validator=_days, metadata=_from("house"))
    first_period_start: FirstPeriodStart = field(validator=_member(FirstPeriodStart), metadata=_from("house"))


@final
@frozen(kw_only=True)
class OverdueTerms:
    """The timeline of an unpaid invoice, in days from its due date; a reminder before it is negative.

    `promise_days_max` is how far ahead the day of a promise to pay may lie, counted from the day it is recorded.

    Source: PAY-2, `terms/5.a`, `manual/alerts`; the numbers are house.
    """

    reminder_days: tuple[int, ...] = field(metadata=_from("house"))
    suspend_days: int = field(validator=_days, metadata=_from("house"))
    terminate_days: int = field(validator=_days, metadata=_from("house"))
    last_notice_days: int = field(validator=_days, metadata=_from("house"))
    cancel_days: int = field(validator=_days, metadata=_from("house"))
    promise_days_max: int = field(validator=_days, metadata=_from("house"))

    def __attrs_post_init__(self) -> None:
        """Refuse a timeline whose steps are not in order, for it could end a service before it warned."""
        if any(type(days) is not int for days in self.reminder_days):
            raise BadType("reminder_days", "must be ints of days")
        if list(self.reminder_days) != sorted(set(self.reminder_days)):
            raise BadValue("reminder_days", "must rise, and none may come twice")
        if any(abs(days) > DAYS_MAX for days in self.reminder_days):
            raise BadValue("reminder_days", f"none may be further than {DAYS_MAX} days")
        last_notice = self.terminate_days - self.last_notice_days
        if not 0 < self.suspend_days < last_notice < self.terminate_days < self.cancel_days:
            raise BadValue("suspend_days", "suspension, last notice, termination and cancellation must follow in order")
        if self.reminder_days and self.reminder_days[-1] >= self.suspend_days:
            raise BadValue("reminder_days", "all must come before the suspension")


@final
@frozen(kw_only=True)
class BonusTerms:
    """What no discount and no bonus is granted for while a service is suspended for non-payment. Source: PAY-4, `terms/5.a`."""

    no_discount_scope: NoDiscountScope = field(validator=_member(NoDiscountScope), metadata=_from("terms/5.a"))


@final
@frozen(kw_only=True)
class CancellationTerms:
    """When a cancellation may take effect, and how it treats invoices that are issued and unpaid."""

    timing: CancellationTiming = field(validator=_member(CancellationTiming), metadata=_from("manual/cancellation"))
    deadline: CancellationDeadline = field(
        validator=_member(CancellationDeadline), metadata=_from("manual/cancellation")
    )
    debt: CancellationDebt = field(validator=_member(CancellationDebt), metadata=_from("house"))


@final
@frozen(kw_only=True)
class ChangeTerms:
    """What another plan costs in the middle of a period, whether it may be a smaller one, and when a cycle may change.

    `cycle_notice_days` is how many days before a renewal another cycle is asked for at the latest.
    """

    upgrade_charge: UpgradeCharge = field(validator=_member(UpgradeCharge), metadata=_from("manual/upgrade"))
    upgrade_base: UpgradeBase = field(validator=_member(UpgradeBase), metadata=_from("manual/upgrade"))
    downgrade: Downgrade = field(validator=_member(Downgrade), metadata=_from("manual/downgrade"))
    cycle_notice_days: int = field(validator=_days, metadata=_from("terms/3.a"))


@final
@frozen(kw_only=True)
class BackupTerms:
    """What is left of a service that has ended, for how many years, and the net fee of bringing it back."""

    after_ending: DataAfterEnding = field(validator=_member(DataAfterEnding), metadata=_from("manual/cancellation"))
    retention_years: int = field(metadata=_from("manual/cancellation"))
    recovery_fee: Money = field(metadata=_from("house"))

    def __attrs_post_init__(self) -> None:
        """Refuse years that are no int from 0 to 100, and a fee below zero."""
        if type(self.retention_years) is not int:
            raise BadType("retention_years", "must be an int of years")
        if not 0 <= self.retention_years <= YEARS_MAX:
            raise BadValue("retention_years", f"must be from 0 to {YEARS_MAX} years")
        if type(self.recovery_fee) is not Money:
            raise BadType("recovery_fee", "must be Money")
        if self.recovery_fee.minor < 0:
            raise BadValue("recovery_fee", "must not be below zero")


@final
@frozen(kw_only=True)
class RestorationTerms:
    """Which ended services can be brought back, and the net fee of it, once a service.

    Source: PAY-5, `terms/5.b`; CAN-7, `manual/cancellation`.
    """

    scope: RestorationScope = field(validator=_member(RestorationScope), metadata=_from("terms/5.b"))
    fee: Money = field(metadata=_from("terms/5.b"))

    def __attrs_post_init__(self) -> None:
        """Refuse a fee that is no amount, or below zero."""
        if type(self.fee) is not Money:
            raise BadType("fee", "must be Money")
        if self.fee.minor < 0:
            raise BadValue("fee", "must not be below zero")


@final
@frozen(kw_only=True)
class TaxRate:
    """One region's rate: `region` is what clients are filed under, `rate_ppm` the rate in parts per million of the net."""

    region: str = field(validator=line("region"))
    name: str = field(validator=line("name"))
    rate_ppm: int = field()

    def __attrs_post_init__(self) -> None:
        """Refuse a rate that is no int from 0 to 100 %."""
        if type(self.rate_ppm) is not int:
            raise BadType("rate_ppm", "must be an int of parts per million")
        if not 0 <= self.rate_ppm <= 1_000_000:  # noqa: PLR2004  # a hundred per cent
            raise BadValue("rate_ppm", "must be from 0 to 1000000")


@final
@frozen(kw_only=True)
class TaxTerms:
    """The rates by region, and how a line's tax is rounded. Source: PAY-13, house."""

    rounding: Rounding = field(validator=_member(Rounding), metadata=_from("house"))
    rates: tuple[TaxRate, ...] = field(metadata=_from("house"))

    def __attrs_post_init__(self) -> None:
        """Refuse two rates for one region."""
        if len({rate.region for rate in self.rates}) < len(self.rates):
            raise BadValue("rates", "one region has two rates")

    def has(self, region: str) -> bool:
        """Say whether this region has a rate."""
        return any(rate.region == region for rate in self.rates)

    def rate(self, region: str) -> TaxRate:
        """Return the region's rate.

        Raises:
            UnknownKey: it has none.
        """
        for rate in self.rates:
            if rate.region == region:
                return rate
        raise UnknownKey("region", "has no tax rate in these terms")


@final
@frozen(kw_only=True)
class Terms:
    """Everything that one edition of the contract fixes."""

    order: OrderTerms = field()
    contract: ContractTerms = field()
    invoicing: InvoicingTerms = field()
    overdue: OverdueTerms = field()
    bonuses: BonusTerms = field()
    cancellation: CancellationTerms = field()
    change: ChangeTerms = field()
    backups: BackupTerms = field()
    restoration: RestorationTerms = field()
    tax: TaxTerms = field()


def clauses_of(part: type[object]) -> dict[str, Clause]:
    """Return the clause of each field of a part of `Terms`, by the field's name."""
    return {each.name: each.metadata.get("clause", HOUSE) for each in fields(part)}  # type: ignore[arg-type]  # any attrs class
