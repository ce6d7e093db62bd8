"""Reasons: why the answer is no. An enum with wire codes, so that no program reads prose and no person reads codes.

The words for each, in Spanish, English and Portuguese, are in `altocore.text`.
"""

from enum import StrEnum, unique
from typing import TypeAlias, final

from attrs import field, frozen

from altocore.terms.clauses import Clause
from altocore.values.days import Day
from altocore.values.money import Money
from altocore.values.periods import Period

__all__ = ["Cited", "Fact", "Reason", "Why"]

Fact: TypeAlias = Day | Period | Money | int | str
"""What a reason may cite: a str is a code or an id, never a personal value."""

Cited: TypeAlias = tuple[tuple[str, Fact], ...]
"""The facts that a row cites, each by its name."""


@final
@unique
class Why(StrEnum):
    """Every reason that a judgement can give, by its wire code."""

    CURRENCY_DIFFERS = "currency_differs"
    CYCLE_NOT_OFFERED = "cycle_not_offered"
    CYCLE_NOT_FOR_SHARED_HOSTING = "cycle_not_for_shared_hosting"
    ADMINISTRATION_MISSING = "administration_missing"
    ADMINISTRATION_NOT_ASKED = "administration_not_asked"
    ADDON_UNKNOWN = "addon_unknown"
    ADDON_NOT_OFFERED = "addon_not_offered"
    NOT_YET_ON_SALE = "not_yet_on_sale"
    DOMAIN_MISSING = "domain_missing"
    DOMAIN_NOT_ASKED = "domain_not_asked"
    DOMAIN_BY_THE_YEAR = "domain_by_the_year"
    UPGRADE_NOT_LISTED = "upgrade_not_listed"
    SERVICE_NOT_ACTIVE = "service_not_active"
    INVOICE_OVERDUE = "invoice_overdue"
    SAME_PLAN = "same_plan"
    DOWNGRADE_REFUSED = "downgrade_refused"
    STORAGE_NOT_TOLD = "storage_not_told"
    STORAGE_TOO_SMALL = "storage_too_small"
    PERIOD_UNPAID = "period_unpaid"
    PERIOD_NOT_INVOICED = "period_not_invoiced"
    PAID_ELSEWHERE = "paid_elsewhere"
    SAME_CYCLE = "same_cycle"
    RENEWAL_PAID = "renewal_paid"
    ASKED_TOO_LATE = "asked_too_late"
    SOLD_ONCE = "sold_once"
    FIRST_INVOICE_UNPAID = "first_invoice_unpaid"
    SERVICE_NOT_PENDING = "service_not_pending"
    SERVICE_NOT_SUSPENDED = "service_not_suspended"
    SUSPENSION_NOT_HELD = "suspension_not_held"
    SUSPENDED_ALREADY = "suspended_already"
    SUSPENDED_BY_TIMELINE_ONLY = "suspended_by_timeline_only"
    DOMAIN_NOT_SUSPENDED = "domain_not_suspended"
    NOT_THE_PROVIDER = "not_the_provider"
    TERMINATED_BY_TIMELINE_ONLY = "terminated_by_timeline_only"
    ACTOR_NOT_NAMED = "actor_not_named"
    NOTHING_TO_POINT_AT = "nothing_to_point_at"
    SERVICE_NOT_RUNNING = "service_not_running"
    ENDING_PENDING = "ending_pending"
    SERVICE_DISCONTINUED = "service_discontinued"
    TOLD_TOO_LATE = "told_too_late"
    SERVICE_ENDED = "service_ended"
    TERMS_WAIT_FOR_PERIOD = "terms_wait_for_period"
    TERMS_SAY_THE_SAME = "terms_say_the_same"
    CANCELLATION_PENDING = "cancellation_pending"
    CANCELLATION_NOT_PENDING = "cancellation_not_pending"
    CANCELLATION_IMMEDIATE = "cancellation_immediate"
    DOMAIN_NOT_CANCELLED = "domain_not_cancelled"
    IMMEDIATE_NOT_OFFERED = "immediate_not_offered"
    END_REACHED = "end_reached"
    NOT_A_DOMAIN = "not_a_domain"
    CHOSEN_ALREADY = "chosen_already"
    DOMAIN_EXPIRED = "domain_expired"
    SET_TO_RENEW = "set_to_renew"
    SET_NOT_TO_RENEW = "set_not_to_renew"
    STILL_REGISTERED = "still_registered"
    EARLIER_PERIOD_UNPAID = "earlier_period_unpaid"
    RENEWAL_NOT_YET_DUE = "renewal_not_yet_due"
    DEBT_UNPAID = "debt_unpaid"
    END_NOT_REACHED = "end_not_reached"
    SERVICE_NOT_ENDED = "service_not_ended"
    NOTHING_TO_RESTORE = "nothing_to_restore"
    CANCELLED_FOR_GOOD = "cancelled_for_good"
    NEVER_ACTIVE = "never_active"
    RESTORED_BY_STAFF_ONLY = "restored_by_staff_only"
    DISCONTINUED_BY_PROVIDER = "discontinued_by_provider"
    ENDING_DEBT_UNPAID = "ending_debt_unpaid"
    RESTORATION_OFFERED = "restoration_offered"
    NO_TERM_TO_BEGIN = "no_term_to_begin"
    DOMAIN_NOT_RESTORED = "domain_not_restored"
    DATA_ERASED = "data_erased"
    NO_BACKUP = "no_backup"
    BACKUP_EXPIRED = "backup_expired"
    INVOICE_NOT_OPEN = "invoice_not_open"
    STEP_NOT_YET_DUE = "step_not_yet_due"
    LAST_NOTICE_NOT_TAKEN = "last_notice_not_taken"
    LAST_NOTICE_TOO_RECENT = "last_notice_too_recent"
    NO_STEP_LEFT = "no_step_left"
    PROMISE_RUNS = "promise_runs"
    PROMISE_TAKEN = "promise_taken"
    EXPIRY_WAITS_FOR_NO_PROMISE = "expiry_waits_for_no_promise"
    PROMISE_TOO_LONG = "promise_too_long"
    NOT_BY_STAFF = "not_by_staff"
    NOT_BY_CLIENT_OR_STAFF = "not_by_client_or_staff"
    COSTS_CANCELLED_BY_STAFF_ONLY = "costs_cancelled_by_staff_only"
    RENEWAL_NOT_CANCELLED_ON_REQUEST = "renewal_not_cancelled_on_request"
    DOMAIN_RENEWAL_NOT_CANCELLED = "domain_renewal_not_cancelled"
    DOMAIN_RENEWAL_NOT_WRITTEN_OFF = "domain_renewal_not_written_off"
    FIRST_INVOICE_NOT_WRITTEN_OFF = "first_invoice_not_written_off"
    OFFER_NOT_WRITTEN_OFF = "offer_not_written_off"
    CREDIT_TOO_SMALL = "credit_too_small"
    NO_BONUS_WHILE_SUSPENDED = "no_bonus_while_suspended"
    EMAIL_TAKEN = "email_taken"
    NOT_BY_CLIENT = "not_by_client"


@final
@frozen(kw_only=True)
class Reason:
    """One reason of a refusal: the rule, its clauses, the code, and the facts that made it fire."""

    rule: str = field()
    clauses: tuple[Clause, ...] = field()
    why: Why = field()
    cites: Cited = field()
