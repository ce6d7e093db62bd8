"""The timeline: which steps an unpaid invoice walks, by its kind."""

from typing import Final

import pytest

from altocore.billing.invoices import InvoiceKind
from altocore.billing.timeline import Stage, Step, hangs_on_service, suspends, timeline, waits
from altocore.terms.parts import OverdueTerms
from tests import cast

DEFAULT: Final[dict[InvoiceKind, tuple[tuple[str, int], ...]]] = {
    InvoiceKind.RENEWAL: (
        ("remind", -5),
        ("remind", -1),
        ("remind", 1),
        ("remind", 3),
        ("suspend", 5),
        ("last_notice", 27),
        ("terminate", 30),
        ("cancel_invoice", 60),
    ),
    InvoiceKind.DOMAIN_RENEWAL: (("remind", -5), ("remind", -1), ("let_domain_lapse", 1), ("cancel_invoice", 1)),
    InvoiceKind.FIRST: (("remind", -5), ("remind", -1), ("remind", 1), ("remind", 3), ("cancel_invoice", 60)),
    InvoiceKind.RESTORATION: (("lapse_invoice", 1),),
    InvoiceKind.ADMINISTRATIVE: (("remind", -5), ("remind", -1), ("grant_right", 1), ("remind", 1), ("remind", 3)),
}


def steps(kind: InvoiceKind, terms: OverdueTerms) -> tuple[tuple[str, int], ...]:
    """Return the steps as plain pairs."""
    return tuple((step.stage.value, step.from_due_days) for step in timeline(kind, terms))


@pytest.mark.parametrize("kind", InvoiceKind)
def test_the_default_timeline(kind: InvoiceKind) -> None:
    """PAY-2, PAY-16: reminders -5, -1, +1, +3; a renewal suspends +5, warns +27, ends +30; cancelled +60.

    The renewal of a domain, unpaid at expiry, the day after its due day: the domain lapses, the invoice is cancelled.
    PAY-9: administrative costs give the provider a right from the day after the due date, and time does not cancel them.
    """
    assert steps(kind, cast.OVERDUE_TERMS) == DEFAULT[kind]


def test_the_terms_move_the_steps() -> None:
    """PAY-2: each number is a field of the terms."""
    terms = cast.overdue_terms(
        reminder_days=(-2,), suspend_days=1, last_notice_days=4, terminate_days=14, cancel_days=20
    )
    assert steps(InvoiceKind.FIRST, terms) == (("remind", -2), ("cancel_invoice", 20))
    assert steps(InvoiceKind.RENEWAL, terms) == (
        ("remind", -2),
        ("suspend", 1),
        ("last_notice", 10),
        ("terminate", 14),
        ("cancel_invoice", 20),
    )


def test_a_timeline_without_reminders() -> None:
    """PAY-2: the reminders may be none; the rest stays."""
    terms = cast.overdue_terms(reminder_days=())
    assert timeline(InvoiceKind.FIRST, terms) == (Step(stage=Stage.CANCEL_INVOICE, from_due_days=60),)
    assert timeline(InvoiceKind.RENEWAL, terms)[0] == Step(stage=Stage.SUSPEND, from_due_days=5)


def test_nobody_is_reminded_of_a_domain_that_is_gone() -> None:
    """PAY-16: the reminder of the due day is the last, and there may be none; the rest is no term."""
    rest = (("let_domain_lapse", 1), ("cancel_invoice", 1))
    assert steps(InvoiceKind.DOMAIN_RENEWAL, cast.overdue_terms(reminder_days=(0, 1))) == (("remind", 0), *rest)
    assert steps(InvoiceKind.DOMAIN_RENEWAL, cast.overdue_terms(reminder_days=())) == rest


def test_which_timelines_wait() -> None:
    """PAY-16, PAY-18: the expiry of a domain waits for no fault and no promise; everything else does."""
    assert [kind for kind in InvoiceKind if not waits(kind)] == [InvoiceKind.DOMAIN_RENEWAL]


def test_costs_without_reminders_still_give_the_right() -> None:
    """PAY-9, PAY-16: the right is no reminder, and comes without any; the day after the due date is no term."""
    for terms in (cast.overdue_terms(reminder_days=()), cast.overdue_terms(reminder_days=(0, 2))):
        assert ("grant_right", 1) in steps(InvoiceKind.ADMINISTRATIVE, terms)
    assert steps(InvoiceKind.ADMINISTRATIVE, terms) == (("remind", 0), ("grant_right", 1), ("remind", 2))


def test_which_timelines_hang_on_a_service() -> None:
    """PAY-2, PAY-9, PAY-16: neither costs, which are the client's own, nor an offer of what has ended."""
    own = [kind for kind in InvoiceKind if not hangs_on_service(kind)]
    assert own == [InvoiceKind.ADMINISTRATIVE, InvoiceKind.RESTORATION]


def test_which_kinds_suspend() -> None:
    """PAY-16: a renewal suspends, a first invoice never; and only what has the step suspends."""
    assert suspends(InvoiceKind.RENEWAL)
    assert not suspends(InvoiceKind.FIRST)
    assert not suspends(InvoiceKind.DOMAIN_RENEWAL)
    assert not suspends(InvoiceKind.ADMINISTRATIVE)
    assert not suspends(InvoiceKind.RESTORATION)
    for kind in InvoiceKind:
        stages = {step.stage for step in timeline(kind, cast.OVERDUE_TERMS)}
        assert suspends(kind) is (Stage.SUSPEND in stages)
