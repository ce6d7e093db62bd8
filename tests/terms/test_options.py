"""Options and reasons: the readings are the handbook's, and their codes are fixed."""

from enum import StrEnum
from typing import Final

import pytest

from altocore.terms.judgements import Outcome
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
from altocore.terms.reasons import Why

READINGS: Final[tuple[tuple[type[StrEnum], set[str]], ...]] = (
    (SharedHostingCycles, {"semiannual_annual", "semiannual_or_longer"}),
    (FirstPeriodStart, {"activation", "payment", "order"}),
    (CancellationTiming, {"client_chooses", "end_of_period_only"}),
    (DataAfterEnding, {"courtesy_backup", "erased"}),
    (CancellationDeadline, {"before_renewal_invoice", "any_time"}),
    (CancellationDebt, {"service_invoices", "all_invoices"}),
    (NoDiscountScope, {"service", "client"}),
    (RestorationScope, {"terminated_only", "terminated_and_cancelled"}),
    (TermsChange, {"period_end_with_notice", "any_time"}),
    (UpgradeCharge, {"full_difference", "prorated_difference", "unused_credit"}),
    (UpgradeBase, {"paid", "list_price"}),
    (Downgrade, {"refuse", "credit"}),
)


@pytest.mark.parametrize(("option", "readings"), READINGS)
def test_an_option_has_the_handbooks_readings(option: type[StrEnum], readings: set[str]) -> None:
    """CAT-3, REN-6, REN-8, CAN-2, CAN-4, CAN-6, PAY-4, PAY-5, UPG-1, DWN-1: every reading is a member, and no other."""
    assert {member.value for member in option} == readings


@pytest.mark.parametrize("coded", [*[option for option, _ in READINGS], Why, Outcome])
def test_a_code_is_its_name_in_lower_case(coded: type[StrEnum]) -> None:
    """Shape 3: a code is written once, as the member's name."""
    assert [member.value for member in coded] == [member.name.lower() for member in coded]
