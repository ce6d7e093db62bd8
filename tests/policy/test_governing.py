"""Which edition of the terms governs a question about a service on a day? REN-4."""

from random import Random
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from altocore.billing.invoices import Invoice, InvoiceKind
from altocore.lifecycle.machine import ServiceState
from altocore.policy.governing import governing
from altocore.values.anchors import Cadence
from altocore.values.days import Day, add_days, day
from tests import cast


def invoices(*, first: int = 0, count: int = 3, service_name: str = cast.SERVICE) -> list[Invoice]:
    """Return a service's invoices, each under an edition of its own: `terms_0`, `terms_1` and so on."""
    return [
        cast.invoice(
            kind=InvoiceKind.FIRST if number == 0 else InvoiceKind.RENEWAL,
            service_name=service_name,
            period_number=number,
            edition=f"terms_{number}",
        )
        for number in range(first, first + count)
    ]


@pytest.mark.parametrize(
    ("on", "edition"),
    [
        (day(2025, 1, 1), "terms_0"),  # before the first period: the edition of the order
        (day(2025, 1, 30), "terms_0"),
        (day(2025, 1, 31), "terms_0"),
        (day(2025, 2, 27), "terms_0"),
        (day(2025, 2, 28), "terms_1"),  # periods are half-open: the end belongs to the next
        (day(2025, 3, 30), "terms_1"),
        (day(2025, 3, 31), "terms_2"),
        (day(2025, 4, 29), "terms_2"),
        (day(2025, 4, 30), "terms_2"),  # after the last invoiced period
        (day(2026, 1, 1), "terms_2"),
    ],
)
def test_the_invoice_whose_period_holds_the_day(on: Day, edition: str) -> None:
    """REN-4: the edition of a period is that of the invoice that covers it, whatever was published since."""
    ordered = cast.contract(edition="terms_0")
    assert governing(invoices(), cast.service(runs=ordered, last_period=2), on) == edition


def test_before_there_are_dates_it_is_the_edition_of_the_order() -> None:
    """REN-4, REN-8: an unpaid order has no periods yet."""
    pending = cast.service(state=ServiceState.PENDING, runs=cast.contract(anchor=None, edition="terms_0"))
    assert governing(invoices(count=1), pending, day(2030, 1, 1)) == "terms_0"


def test_a_renewal_that_was_voided_governs_nothing() -> None:
    """REN-4, CAN-4: without the voided invoice its period belongs to the one before."""
    assert governing(invoices(count=2), cast.service(last_period=1), day(2025, 4, 1)) == "terms_1"


def test_a_contract_that_was_taken_over_is_governed_as_it_was_taken_over() -> None:
    """REN-4: while nothing is invoiced here, the edition that it was taken over under."""
    runs = cast.contract(anchor=day(2020, 2, 29), first_period=61, edition="terms_x")
    taken = cast.service(runs=runs, last_period=60, edition="terms_y")
    assert governing([], taken, day(2025, 3, 1)) == "terms_x"
    assert governing(invoices(service_name="srv_other"), taken, day(2025, 3, 1)) == "terms_x"


def test_the_period_taken_over_keeps_its_edition() -> None:
    """REN-4: the renewal is issued, and its period has not begun: the running period's terms still govern."""
    runs = cast.contract(anchor=day(2025, 1, 31), first_period=1, edition="terms_x")
    renewed = cast.service(runs=runs, last_period=1, edition="terms_1")
    assert governing(invoices(first=1, count=1), renewed, day(2025, 2, 20)) == "terms_x"


def test_a_fresh_contract_is_governed_by_its_own_invoices() -> None:
    """REN-4: contract 2 begins on 1 May; contract 1's fourth invoice is not a later period of it."""
    runs = cast.contract(number=2, anchor=day(2025, 5, 1))
    own = cast.invoice(contract_number=2, period_number=0, edition="terms_fresh")
    assert governing([*invoices(count=4), own], cast.service(runs=runs), day(2025, 8, 1)) == "terms_fresh"


def test_other_services_say_nothing() -> None:
    """REN-4: the service's own invoices govern it."""
    own, others = invoices(count=2), invoices(first=2, count=3, service_name="srv_other")
    assert governing([*others, *own], cast.service(), day(2025, 6, 1)) == "terms_1"


@given(st.integers(1, 8), st.integers(-40, 300), st.sampled_from(Cadence), st.randoms(use_true_random=False))
def test_the_order_of_the_invoices_says_nothing(count: int, after: int, cycle: Cadence, random: Random) -> None:
    """REN-4: a naive walk over the periods finds the same edition, in whatever order the invoices come."""
    service = cast.service(runs=cast.contract(cycle=cycle, edition="terms_0"), last_period=count - 1)
    on = add_days(cast.ANCHOR, after)
    expected = "terms_0"
    for number in range(count):
        period = service.period(number)
        assert period is not None
        if on >= period.start:
            expected = f"terms_{number}"
    kept = invoices(count=count)
    assert governing(random.sample(kept, count), service, on) == expected


def test_whether_an_invoice_is_paid_changes_nothing() -> None:
    """REN-4: an issued invoice freezes the terms of its period; governing reads no standing."""
    fixed: Final = invoices()
    assert {governing(fixed, cast.service(state=state), day(2025, 3, 1)) for state in ServiceState} == {"terms_1"}
