"""The parts of `Terms`: what each refuses, and the clause of each of its fields."""

from collections.abc import Callable
from itertools import pairwise
from typing import Final, TypeAlias

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from altocore.errors import BadType, BadValue, Misuse, UnknownKey
from altocore.terms.options import UpgradeBase
from altocore.terms.parts import (
    DAYS_MAX,
    YEARS_MAX,
    BackupTerms,
    BonusTerms,
    CancellationTerms,
    ChangeTerms,
    ContractTerms,
    InvoicingTerms,
    OrderTerms,
    OverdueTerms,
    RestorationTerms,
    TaxRate,
    TaxTerms,
    Terms,
    clauses_of,
)
from tests import cast

PARTS: Final = (
    OrderTerms,
    ContractTerms,
    InvoicingTerms,
    OverdueTerms,
    BonusTerms,
    CancellationTerms,
    ChangeTerms,
    BackupTerms,
    RestorationTerms,
    TaxTerms,
)

TOO_MANY: Final = "must be from 0 to 3660 days"
NO_INT: Final = "must be an int of days"
IN_ORDER: Final = "suspension, last notice, termination and cancellation must follow in order"
BEFORE: Final = "all must come before the suspension"

RISING: Final = "must rise, and none may come twice"
TOO_FAR: Final = "none may be further than 3660 days"
Row: TypeAlias = tuple[Callable[[], object], type[Misuse], str, str]

# What is built, and the error, its field and its problem. A bool is what gets past the type checker as an int.
REFUSED: Final[dict[str, Row]] = {
    "retention_years below zero": (
        lambda: cast.backup_terms(retention_years=-1),
        BadValue,
        "retention_years",
        "must be from 0 to 100 years",
    ),
    "retention_years too many": (
        lambda: cast.backup_terms(retention_years=101),
        BadValue,
        "retention_years",
        "must be from 0 to 100 years",
    ),
    "retention_years a bool": (
        lambda: cast.backup_terms(retention_years=True),
        BadType,
        "retention_years",
        "must be an int of years",
    ),
    "upgrade_charge in words": (
        lambda: cast.change_terms(upgrade_charge="unused_credit"),  # type: ignore[arg-type]  # what is refused
        BadType,
        "upgrade_charge",
        "must be a UpgradeCharge",
    ),
    "upgrade_base in words": (
        lambda: cast.change_terms(upgrade_base="paid"),  # type: ignore[arg-type]  # what is refused
        BadType,
        "upgrade_base",
        "must be a UpgradeBase",
    ),
    "downgrade of another option": (
        lambda: cast.change_terms(downgrade=UpgradeBase.PAID),  # type: ignore[arg-type]  # what is refused
        BadType,
        "downgrade",
        "must be a Downgrade",
    ),
    "cycle_notice_days below zero": (
        lambda: cast.change_terms(cycle_notice_days=-1),
        BadValue,
        "cycle_notice_days",
        TOO_MANY,
    ),
    "cycle_notice_days a bool": (
        lambda: cast.change_terms(cycle_notice_days=True),
        BadType,
        "cycle_notice_days",
        NO_INT,
    ),
    "recovery_fee below zero": (
        lambda: cast.backup_terms(recovery_fee=cast.usd("-0.01")),
        BadValue,
        "recovery_fee",
        "must not be below zero",
    ),
    "recovery_fee a number": (
        lambda: cast.backup_terms(recovery_fee=50),  # type: ignore[arg-type]  # what is refused
        BadType,
        "recovery_fee",
        "must be Money",
    ),
    "fee below zero": (
        lambda: cast.restoration_terms(fee=cast.usd("-0.01")),
        BadValue,
        "fee",
        "must not be below zero",
    ),
    "fee a number": (
        lambda: cast.restoration_terms(fee=100),  # type: ignore[arg-type]  # what is refused
        BadType,
        "fee",
        "must be Money",
    ),
    "due_days below zero": (lambda: cast.invoicing_terms(due_days=-1), BadValue, "due_days", TOO_MANY),
    "due_days too many": (lambda: cast.invoicing_terms(due_days=3661), BadValue, "due_days", TOO_MANY),
    "due_days a bool": (lambda: cast.invoicing_terms(due_days=True), BadType, "due_days", NO_INT),
    "renewal_notice_days below zero": (
        lambda: cast.invoicing_terms(renewal_notice_days=-1),
        BadValue,
        "renewal_notice_days",
        TOO_MANY,
    ),
    "renewal_notice_days too many": (
        lambda: cast.invoicing_terms(renewal_notice_days=3661),
        BadValue,
        "renewal_notice_days",
        TOO_MANY,
    ),
    "renewal_notice_days a bool": (
        lambda: cast.invoicing_terms(renewal_notice_days=True),
        BadType,
        "renewal_notice_days",
        NO_INT,
    ),
    "suspend_days below zero": (lambda: cast.overdue_terms(suspend_days=-1), BadValue, "suspend_days", TOO_MANY),
    "suspend_days a bool": (lambda: cast.overdue_terms(suspend_days=True), BadType, "suspend_days", NO_INT),
    "terminate_days too many": (lambda: cast.overdue_terms(terminate_days=3661), BadValue, "terminate_days", TOO_MANY),
    "terminate_days a bool": (lambda: cast.overdue_terms(terminate_days=True), BadType, "terminate_days", NO_INT),
    "last_notice_days below zero": (
        lambda: cast.overdue_terms(last_notice_days=-1),
        BadValue,
        "last_notice_days",
        TOO_MANY,
    ),
    "last_notice_days a bool": (lambda: cast.overdue_terms(last_notice_days=True), BadType, "last_notice_days", NO_INT),
    "cancel_days too many": (lambda: cast.overdue_terms(cancel_days=3661), BadValue, "cancel_days", TOO_MANY),
    "cancel_days a bool": (lambda: cast.overdue_terms(cancel_days=True), BadType, "cancel_days", NO_INT),
    "reminder a bool": (
        lambda: cast.overdue_terms(reminder_days=(-1, True)),
        BadType,
        "reminder_days",
        "must be ints of days",
    ),
    "reminders that fall": (lambda: cast.overdue_terms(reminder_days=(1, -1)), BadValue, "reminder_days", RISING),
    "reminder twice": (lambda: cast.overdue_terms(reminder_days=(1, 1)), BadValue, "reminder_days", RISING),
    "reminder too early": (lambda: cast.overdue_terms(reminder_days=(-3661,)), BadValue, "reminder_days", TOO_FAR),
    "reminder too late": (lambda: cast.overdue_terms(reminder_days=(3661,)), BadValue, "reminder_days", TOO_FAR),
    "reminder on the suspension": (
        lambda: cast.overdue_terms(reminder_days=(-1, 5)),
        BadValue,
        "reminder_days",
        BEFORE,
    ),
    "reminder after the suspension": (
        lambda: cast.overdue_terms(reminder_days=(6,)),
        BadValue,
        "reminder_days",
        BEFORE,
    ),
    "suspension when due": (
        lambda: cast.overdue_terms(reminder_days=(), suspend_days=0),
        BadValue,
        "suspend_days",
        IN_ORDER,
    ),
    "suspension on the last notice": (lambda: cast.overdue_terms(suspend_days=27), BadValue, "suspend_days", IN_ORDER),
    "last notice on the suspension": (
        lambda: cast.overdue_terms(last_notice_days=25),
        BadValue,
        "suspend_days",
        IN_ORDER,
    ),
    "last notice on the termination": (
        lambda: cast.overdue_terms(last_notice_days=0),
        BadValue,
        "suspend_days",
        IN_ORDER,
    ),
    "cancellation on the termination": (lambda: cast.overdue_terms(cancel_days=30), BadValue, "suspend_days", IN_ORDER),
    "termination on the cancellation": (
        lambda: cast.overdue_terms(terminate_days=60),
        BadValue,
        "suspend_days",
        IN_ORDER,
    ),
    "rate below zero": (lambda: cast.tax_rate(rate_ppm=-1), BadValue, "rate_ppm", "must be from 0 to 1000000"),
    "rate above the whole": (
        lambda: cast.tax_rate(rate_ppm=1_000_001),
        BadValue,
        "rate_ppm",
        "must be from 0 to 1000000",
    ),
    "rate a bool": (lambda: cast.tax_rate(rate_ppm=True), BadType, "rate_ppm", "must be an int of parts per million"),
    "region blank": (lambda: cast.tax_rate(region=" "), BadValue, "region", "must not be blank"),
    "name empty": (lambda: cast.tax_rate(name=""), BadValue, "name", "must not be blank"),
    "two rates alike": (
        lambda: cast.tax_terms(rates=(cast.VAT, cast.VAT)),
        BadValue,
        "rates",
        "one region has two rates",
    ),
    "two rates of a region": (
        lambda: cast.tax_terms(rates=(cast.VAT, cast.EXPORT, cast.tax_rate(rate_ppm=1))),
        BadValue,
        "rates",
        "one region has two rates",
    ),
}


@pytest.mark.parametrize(("build", "error", "field", "problem"), REFUSED.values(), ids=REFUSED.keys())
def test_a_bad_value_is_refused_by_its_field(
    build: Callable[[], object], error: type[Misuse], field: str, problem: str
) -> None:
    """PAY-2, PAY-13, PAY-15, REN-2: terms that say nothing valid are not built, and the error names the field."""
    with pytest.raises(error) as refused:
        build()
    assert (refused.value.field, refused.value.problem) == (field, problem)


EDGES: Final[dict[str, Callable[[], object]]] = {
    "no days": lambda: cast.invoicing_terms(due_days=0, renewal_notice_days=0),
    "ten years": lambda: cast.invoicing_terms(due_days=DAYS_MAX, renewal_notice_days=DAYS_MAX),
    "no reminder": lambda: cast.overdue_terms(reminder_days=()),
    "suspended on the day after": lambda: cast.overdue_terms(reminder_days=(), suspend_days=1),
    "far reminders": lambda: cast.overdue_terms(reminder_days=(-DAYS_MAX, -1, 0, 4)),
    "suspended late": lambda: cast.overdue_terms(suspend_days=26),
    "short notice": lambda: cast.overdue_terms(last_notice_days=1),
    "long notice": lambda: cast.overdue_terms(last_notice_days=24),
    "cancelled soon": lambda: cast.overdue_terms(cancel_days=31),
    "cancelled late": lambda: cast.overdue_terms(terminate_days=3659, cancel_days=DAYS_MAX),
    "a late reminder": lambda: cast.overdue_terms(
        reminder_days=(3655,), suspend_days=3657, last_notice_days=1, terminate_days=3659, cancel_days=DAYS_MAX
    ),
    "no tax": lambda: cast.tax_rate(rate_ppm=0),
    "all tax": lambda: cast.tax_rate(rate_ppm=1_000_000),
    "kept not a day": lambda: cast.backup_terms(retention_years=0),
    "kept for a century": lambda: cast.backup_terms(retention_years=YEARS_MAX),
    "brought back for nothing": lambda: cast.backup_terms(recovery_fee=cast.usd("0.00")),
    "restored for nothing": lambda: cast.restoration_terms(fee=cast.usd("0.00")),
    "no rates": lambda: cast.tax_terms(rates=()),
}


@pytest.mark.parametrize("build", EDGES.values(), ids=EDGES.keys())
def test_the_edges_are_valid(build: Callable[[], object]) -> None:
    """PAY-2, PAY-13, PAY-15, REN-2: what stands on an edge is on its inner side."""
    assert build()


@given(st.integers(-10, 40), st.integers(-10, 40), st.integers(-10, 40), st.integers(-10, 40))
def test_a_timeline_that_is_built_is_in_order(suspend: int, notice: int, terminate: int, cancel: int) -> None:
    """PAY-2: suspension, last notice, termination, cancellation, strictly one after the other, or no terms at all."""
    in_order = 0 < suspend < terminate - notice < terminate < cancel and notice > 0
    try:
        cast.overdue_terms(
            reminder_days=(),
            suspend_days=suspend,
            last_notice_days=notice,
            terminate_days=terminate,
            cancel_days=cancel,
        )
    except BadValue:
        assert not in_order
    else:
        assert in_order


@given(st.lists(st.integers(-12, 8), max_size=5))
def test_reminders_that_are_built_rise_and_come_before_the_suspension(days: list[int]) -> None:
    """PAY-2: reminders rise, none comes twice, and all come before the suspension on day 5."""
    valid = all(one < other for one, other in pairwise(days)) and all(each < 5 for each in days)
    try:
        cast.overdue_terms(reminder_days=tuple(days))
    except BadValue:
        assert not valid
    else:
        assert valid


EXPECTED_CLAUSES: Final[tuple[tuple[type[object], dict[str, str]], ...]] = (
    (OrderTerms, {"shared_hosting_cycles": "manual/honour"}),
    (ContractTerms, {"terms_change": "terms/3.b"}),
    (InvoicingTerms, {"due_days": "house", "renewal_notice_days": "house", "first_period_start": "house"}),
    (
        OverdueTerms,
        {
            "reminder_days": "house",
            "suspend_days": "house",
            "terminate_days": "house",
            "last_notice_days": "house",
            "cancel_days": "house",
            "promise_days_max": "house",
        },
    ),
    (BonusTerms, {"no_discount_scope": "terms/5.a"}),
    (
        CancellationTerms,
        {"timing": "manual/cancellation", "deadline": "manual/cancellation", "debt": "house"},
    ),
    (
        ChangeTerms,
        {
            "upgrade_charge": "manual/upgrade",
            "upgrade_base": "manual/upgrade",
            "downgrade": "manual/downgrade",
            "cycle_notice_days": "terms/3.a",
        },
    ),
    (
        BackupTerms,
        {"after_ending": "manual/cancellation", "retention_years": "manual/cancellation", "recovery_fee": "house"},
    ),
    (RestorationTerms, {"scope": "terms/5.b", "fee": "terms/5.b"}),
    (TaxTerms, {"rounding": "house", "rates": "house"}),
)


@pytest.mark.parametrize(("part", "expected"), EXPECTED_CLAUSES)
def test_clauses_of_a_part(part: type[object], expected: dict[str, str]) -> None:
    """CAT-3, REN-2, REN-6, REN-8, PAY-2, PAY-13, PAY-15, CAN-4: each number says whether it is the provider's or ours."""
    assert clauses_of(part) == expected


def test_every_part_is_looked_at() -> None:
    """Terms are data: the parts tested here are those of `Terms`, and each one's fields carry their clause themselves."""
    assert {each.type for each in attrs.fields(Terms)} == set(PARTS) == {part for part, _ in EXPECTED_CLAUSES}
    for part in PARTS:
        assert all("clause" in each.metadata for each in attrs.fields(part)), part.__name__


def test_a_field_without_a_clause_is_the_houses() -> None:
    """How to read a rule: what has no clause cites `house`."""
    assert clauses_of(TaxRate) == {"region": "house", "name": "house", "rate_ppm": "house"}


def test_the_rate_of_a_region() -> None:
    """PAY-13: rates are by the client's region: Argentine VAT 21 %, export 0 %."""
    tax = cast.tax_terms()
    assert (tax.rate("AR").rate_ppm, tax.rate("export").rate_ppm) == (210_000, 0)
    assert tax.rate("export") is cast.EXPORT
    assert tax.has("AR")
    assert tax.has("export")


@pytest.mark.parametrize("region", ["BR", "ar", "", "AR "])
def test_a_region_without_a_rate(region: str) -> None:
    """PAY-13: a region that has no rate is an error that names it, and no rate of zero."""
    tax = cast.tax_terms()
    assert not tax.has(region)
    with pytest.raises(UnknownKey) as refused:
        tax.rate(region)
    assert (refused.value.field, refused.value.problem) == ("region", "has no tax rate in these terms")


def test_no_rates_at_all() -> None:
    """PAY-13: terms without rates tax nobody, and know no region."""
    tax = cast.tax_terms(rates=())
    assert not tax.has("AR")
    with pytest.raises(UnknownKey):
        tax.rate("AR")
