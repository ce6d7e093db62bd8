"""The timeline of an unpaid invoice: which steps follow from its due date, by the kind of invoice.

A renewal runs the whole of it: reminders, suspension, last notice, termination, and at last its own cancellation. A first
invoice is reminded of and cancelled, and never suspends, for nothing runs yet. The renewal of a domain is reminded of up to
its due date, which is the last day of what is paid: on the day after, the domain lapses and the invoice is cancelled with it.
Administrative costs are reminded of, give the provider a right from the day after the due date, and are never cancelled by
time. A restoration is an offer and no debt: nobody is reminded of it, and it lapses once its due date is over. The steps are
a pure function of kind and terms; where an invoice stands on its timeline is a count of steps done, kept by its standing.

Source: PAY-2, `terms/5.a`, `manual/alerts`; PAY-9, `terms/2.c`; PAY-16, house.
"""

from enum import StrEnum, unique
from functools import lru_cache
from typing import assert_never, final

from attrs import field, frozen

from altocore.billing.invoices import InvoiceKind
from altocore.terms.parts import OverdueTerms

__all__ = ["Stage", "Step", "hangs_on_service", "suspends", "timeline", "waits"]


@final
@unique
class Stage(StrEnum):
    """What a step of the timeline does; `GRANT_RIGHT` does nothing by itself: from then on the provider may act (PAY-9)."""

    REMIND = "remind"
    GRANT_RIGHT = "grant_right"
    SUSPEND = "suspend"
    LAST_NOTICE = "last_notice"
    TERMINATE = "terminate"
    LET_DOMAIN_LAPSE = "let_domain_lapse"
    CANCEL_INVOICE = "cancel_invoice"
    LAPSE_INVOICE = "lapse_invoice"


@final
@frozen(kw_only=True)
class Step:
    """One step: its stage, and on which day, counted from the due date; below zero is before it."""

    stage: Stage = field()
    from_due_days: int = field()


@lru_cache(maxsize=256)
def timeline(kind: InvoiceKind, terms: OverdueTerms) -> tuple[Step, ...]:
    """Return the steps of an invoice of this kind, in the order in which they come."""
    reminders = tuple([Step(stage=Stage.REMIND, from_due_days=days) for days in terms.reminder_days])
    cancel = Step(stage=Stage.CANCEL_INVOICE, from_due_days=terms.cancel_days)
    match kind:
        case InvoiceKind.FIRST:
            return (*reminders, cancel)
        case InvoiceKind.RENEWAL:
            return (
                *reminders,
                Step(stage=Stage.SUSPEND, from_due_days=terms.suspend_days),
                Step(stage=Stage.LAST_NOTICE, from_due_days=terms.terminate_days - terms.last_notice_days),
                Step(stage=Stage.TERMINATE, from_due_days=terms.terminate_days),
                cancel,
            )
        case InvoiceKind.DOMAIN_RENEWAL:
            return (
                *[step for step in reminders if step.from_due_days <= 0],
                Step(stage=Stage.LET_DOMAIN_LAPSE, from_due_days=1),
                Step(stage=Stage.CANCEL_INVOICE, from_due_days=1),
            )
        case InvoiceKind.ADMINISTRATIVE:
            right = Step(stage=Stage.GRANT_RIGHT, from_due_days=1)
            # The right comes before a reminder of its day, for it would overtake it.
            return tuple(sorted((right, *reminders), key=lambda step: step.from_due_days))
        case InvoiceKind.RESTORATION:
            return (Step(stage=Stage.LAPSE_INVOICE, from_due_days=1),)
        case _:
            assert_never(kind)


def hangs_on_service(kind: InvoiceKind) -> bool:
    """Say whether the timeline of this kind ends with its service.

    Administrative costs are the client's own, whatever runs; a restoration is offered once the service has ended.

    Source: PAY-2, "after termination only the invoice's cancellation remains"; PAY-9, "over all its services".
    """
    return kind not in {InvoiceKind.ADMINISTRATIVE, InvoiceKind.RESTORATION}


def waits(kind: InvoiceKind) -> bool:
    """Say whether a fault of the provider or a promise to pay makes the steps of this kind come later.

    The renewal of a domain waits for nobody: on the day that its time is over the registry ends it, whatever went wrong here
    and whatever was promised.

    Source: PAY-16, "unpaid at expiry the invoice is cancelled and the domain lapses"; NOT-4, `terms/12.g`.
    """
    return kind is not InvoiceKind.DOMAIN_RENEWAL


def suspends(kind: InvoiceKind) -> bool:
    """Say whether an overdue invoice of this kind suspends its service. Source: PAY-16, house."""
    return kind is InvoiceKind.RENEWAL
