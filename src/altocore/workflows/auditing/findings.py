"""What an audit finds: which invariant is broken, where, and how."""

from collections.abc import Iterator
from enum import StrEnum, unique
from typing import final

from attrs import field, frozen

__all__ = ["Invariant", "Violation", "unless"]


@final
@unique
class Invariant(StrEnum):
    """What must always hold of a store."""

    AGENDA_IS_DERIVED = "agenda_is_derived"
    AUDIT_LOG_IS_WHOLE = "audit_log_is_whole"
    BONUSES_ARE_NOT_BARRED = "bonuses_are_not_barred"
    CHARGES_ARE_ONCE = "charges_are_once"
    CONTRACT_FITS_PLAN = "contract_fits_plan"
    CREDIT_IS_IN_ONE_CURRENCY = "credit_is_in_one_currency"
    CREDIT_IS_SUM_OF_POSTINGS = "credit_is_sum_of_postings"
    CREDIT_IS_NOT_NEGATIVE = "credit_is_not_negative"
    DUE_DAY_IS_DERIVED = "due_day_is_derived"
    HOLDINGS_ARE_EXCLUSIVE = "holdings_are_exclusive"
    INVOICE_IS_SUM_OF_LINES = "invoice_is_sum_of_lines"
    LEDGER_FOLLOWS_DOCUMENTS = "ledger_follows_documents"
    NUMBERS_ARE_GAPLESS = "numbers_are_gapless"
    OPEN_INVOICES_ARE_COUNTED = "open_invoices_are_counted"
    OWNER_IS_STORED = "owner_is_stored"
    PAYMENT_IS_SHARED_OUT = "payment_is_shared_out"
    PERIODS_TILE = "periods_tile"
    PRICES_ARE_FROZEN = "prices_are_frozen"
    PROMISES_ARE_BOUNDED = "promises_are_bounded"
    RESTORATIONS_ARE_PAID = "restorations_are_paid"
    ROWS_ARE_SOUND = "rows_are_sound"
    STANDING_FOLLOWS_INVOICE = "standing_follows_invoice"
    STATE_IS_FOLD_OF_EVENTS = "state_is_fold_of_events"
    STATE_HAS_ITS_CAUSE = "state_has_its_cause"
    TERMS_ARE_FROZEN = "terms_are_frozen"


@final
@frozen(kw_only=True)
class Violation:
    """One broken invariant: `where` is an id, `problem` says what differs, without personal data."""

    invariant: Invariant = field()
    where: str = field()
    problem: str = field()


def unless(holds: object, invariant: Invariant, where: str, problem: str) -> Iterator[Violation]:
    """Yield the violation unless what must hold does."""
    if not holds:
        yield Violation(invariant=invariant, where=where, problem=problem)
