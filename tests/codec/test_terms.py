"""Terms as people write them: the presets say the handbook's numbers, and a fault names its field."""

import re
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Final

import pytest
from attrs import evolve

from altocore.codec.terms import Preset, preset, terms_edition, terms_from_toml
from altocore.errors import BadType, BadValue
from altocore.terms.clauses import clause
from altocore.terms.options import (
    CancellationDeadline,
    CancellationTiming,
    DataAfterEnding,
    Downgrade,
    RestorationScope,
    SharedHostingCycles,
    UpgradeCharge,
)
from altocore.values.days import day
from tests import cast

DEFAULT: Final = preset(Preset.DEFAULT)
FOUNDED: Final = day(2025, 1, 1)


def changed(old: str, new: str) -> str:
    """Return the default terms with one text in place of another."""
    assert old in DEFAULT
    return DEFAULT.replace(old, new, 1)


def test_the_default_preset_is_every_default() -> None:
    """CAT-3, PAY-15, REN-2, REN-8, PAY-2, CAN-4 and PAY-13 with the values of the handbook, as the cast writes them."""
    assert terms_from_toml(DEFAULT) == cast.TERMS


def test_the_manual_preset_differs_nowhere_here() -> None:
    """Where the manual wins it agrees with the defaults, in the options that exist."""
    assert terms_from_toml(preset(Preset.MANUAL)) == cast.TERMS


def test_the_terms_preset_differs_in_its_readings() -> None:
    """Where the terms win: 3.a on hosting and on changes of plan, 4.a, 4.b and 4.c on the end, 5.b on what comes back."""
    differing = evolve(
        cast.TERMS,
        order=cast.order_terms(shared_hosting_cycles=SharedHostingCycles.SEMIANNUAL_ANNUAL),
        cancellation=cast.cancellation_terms(
            timing=CancellationTiming.END_OF_PERIOD_ONLY, deadline=CancellationDeadline.ANY_TIME
        ),
        change=cast.change_terms(upgrade_charge=UpgradeCharge.UNUSED_CREDIT, downgrade=Downgrade.CREDIT),
        backups=cast.backup_terms(after_ending=DataAfterEnding.ERASED),
        restoration=cast.restoration_terms(scope=RestorationScope.TERMINATED_AND_CANCELLED),
    )
    assert terms_from_toml(preset(Preset.TERMS)) == differing


@pytest.mark.parametrize("name", Preset)
def test_every_value_of_a_preset_cites_its_rule(name: Preset) -> None:
    """Above each value stands a comment with a rule id and its clauses, or house."""
    cited = re.compile(r"# [A-Z]{3}-\d+(?:, [A-Z]{3}-\d+)* \(([^)]*)\)")
    for above, line in pairwise([line for line in preset(name).splitlines() if line]):
        # A rate is one value of three fields.
        if line.startswith(("#", "[", "name", "region", "rate_ppm")) and line != "[[tax.rates]]":
            continue
        found = cited.match(above)
        assert found is not None, line
        for part in re.split(r"[,;] ", found.group(1)):
            clause(part.removeprefix("the numbers are ").removeprefix("the number is "))


@pytest.mark.shared
def test_the_handbook_says_these_numbers(shared: Path) -> None:
    """The timeline, the notice, the days to pay and the tax of the presets stand in the handbook as they are here."""
    handbook = (shared / "handbook.md").read_text(encoding="utf-8")
    for said in (
        "reminders -5, -1, +1, +3; suspend +5; last notice +27; terminate +30; invoice cancelled +60",
        "`last_notice_days` 3 before termination",
        "10 days before the period ends",
        "`due_days`: 7 after issue",
        "Argentine VAT 21 % and export 0 %",
        "**SEMIANNUAL_OR_LONGER** (default",
        "**BEFORE_RENEWAL_INVOICE** (default",
        "**SERVICE_INVOICES** (default)",
        "`FirstPeriodStart`: **ACTIVATION** (default)",
        "`TermsChange`: **PERIOD_END_WITH_NOTICE** (default",
    ):
        assert said in handbook, said


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("suspend_days = 5", "", "overdue.suspend_days"),
        ("suspend_days = 5", "suspend_days = true", "overdue.suspend_days"),
        ("suspend_days = 5", "suspend_days = 5.0", "overdue.suspend_days"),
        ("suspend_days = 5", 'suspend_days = "5"', "overdue.suspend_days"),
        ("suspend_days = 5", "suspend_days = -1", "overdue.suspend_days"),
        ("suspend_days = 5", "suspend_days = 28", "overdue.suspend_days"),
        ("suspend_days = 5", "suspend_days = 5\ngrace_days = 1", "overdue.grace_days"),
        ("[-5, -1, 1, 3]", '"ab"', "overdue.reminder_days"),
        ("[-5, -1, 1, 3]", "[1, 1]", "overdue.reminder_days"),
        ("[-5, -1, 1, 3]", "[1, 2.5]", "overdue.reminder_days"),
        ("due_days = 7", "due_days = 2025-01-01", "invoicing.due_days"),
        ('"activation"', '"ACTIVATION"', "invoicing.first_period_start"),
        ('"half_up"', '"nearest"', "tax.rounding"),
        ("210000", "2100000", "tax.rates.rate_ppm"),
        ('name = "IVA"', 'name = ""', "tax.rates.name"),
        ('region = "export"', 'region = "AR"', "tax.rates"),
        ("[cancellation]", "[cancellations]", "cancellation"),
        ("[order]", "order = 1\n[orders]", "order"),
        ("[overdue]", "[grace]\ndays = 1\n[overdue]", "grace"),
    ],
)
def test_a_fault_names_its_field(old: str, new: str, field: str) -> None:
    """What is missing, unknown, of another type or refused is named with its part, and never guessed."""
    with pytest.raises(BadValue) as told:
        terms_from_toml(changed(old, new))
    assert told.value.field == field
    assert "nearest" not in str(told.value)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[order]\n[order]\n", "not TOML, at line 2, column 7"),
        ("a = " + "[" * 100_000, "not TOML"),
        ("a = [", "not TOML, at end of document"),
    ],
)
def test_a_text_that_is_no_toml_says_where(text: str, problem: str) -> None:
    """The place of a mistake is told, and not what stands there."""
    with pytest.raises(BadValue) as told:
        terms_from_toml(text)
    assert (told.value.field, told.value.problem) == ("terms", problem)


def test_a_part_that_is_no_table_is_told() -> None:
    """Parts are tables."""
    parts = "\n".join(f"{part} = 1" for part in tomllib.loads(DEFAULT))
    with pytest.raises(BadValue, match="order: must be a table"):
        terms_from_toml(parts)


def test_terms_are_a_text() -> None:
    """Bytes are refused by type."""
    with pytest.raises(BadType):
        terms_from_toml(DEFAULT.encode())  # type: ignore[arg-type]  # on purpose


def test_an_edition_is_what_is_written_and_its_days() -> None:
    """The same text on the same days is the same edition; another text, though it means the same, or another day is not."""
    edition = terms_edition(DEFAULT, published=FOUNDED, effective=FOUNDED)
    assert edition == terms_edition(DEFAULT, published=FOUNDED, effective=FOUNDED)
    assert (edition.published, edition.effective, edition.terms) == (FOUNDED, FOUNDED, cast.TERMS)
    others = [
        terms_edition(DEFAULT + "\n", published=FOUNDED, effective=FOUNDED),
        terms_edition(DEFAULT, published=FOUNDED, effective=day(2025, 1, 2)),
        terms_edition(DEFAULT, published=day(2024, 12, 31), effective=FOUNDED),
    ]
    assert len({edition.id, *[other.id for other in others]}) == 4


@pytest.mark.parametrize("fee", ['"50.00"', '"USD 50.00 net"', "50", '["5000", "USD"]'])
def test_an_amount_is_a_text_with_its_currency(fee: str) -> None:
    """CAN-6: an amount that a person writes is a plain decimal and a code; the field is named."""
    text = DEFAULT.replace('recovery_fee = "50.00 USD"', f"recovery_fee = {fee}")
    with pytest.raises(BadValue, match=r"backups\.recovery_fee"):
        terms_from_toml(text)
