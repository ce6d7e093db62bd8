"""Quotes of another plan as people read them: every reading side by side, in three languages."""

from pathlib import Path
from typing import Final

import pytest
from attrs import evolve
from hypothesis import given, settings

from altocore.billing.plan_changes import fresh_term, price_differences
from altocore.billing.proration import Basis
from altocore.policy.order import OrderFacts, OrderRefused, decide_order
from altocore.policy.upgrade import decide_upgrade
from altocore.policy.upgrade_facts import UpgradeFacts
from altocore.terms.options import Downgrade, UpgradeBase, UpgradeCharge
from altocore.terms.parts import ChangeTerms
from altocore.testing.strategies import change_terms, upgrade_facts
from altocore.text.plan_changes import change_lines, render_quote, render_refusal
from altocore.text.wrapping import columns
from altocore.values.anchors import AnchoredPeriod, Cadence
from altocore.values.days import day
from altocore.values.ids import PlanId
from altocore.values.rounding import Rounding
from altocore.workflows.enquiries import ChangeQuote
from tests import cast

GOLDEN: Final = Path(__file__).parent / "golden"
YEAR: Final = AnchoredPeriod(anchor=day(2024, 1, 1), cadence=Cadence.ANNUAL, number=0)
HALF_WAY: Final = evolve(
    cast.upgrade_facts(today=day(2024, 7, 2)),
    cycle=Cadence.ANNUAL,
    asked=Cadence.ANNUAL,
    running=evolve(cast.held(), whole=YEAR),
    ahead=(evolve(cast.held(), whole=evolve(YEAR, number=1)),),
)
SMALLER: Final = evolve(
    HALF_WAY,
    category="",
    target_listed=cast.listed("20.00"),
    price=cast.usd("20.00"),
    told=1,
    stored_mb=1300,
    room_mb=2000,
)


def quote(facts: UpgradeFacts, terms: ChangeTerms = cast.CHANGE_TERMS) -> ChangeQuote:
    """Return the quote of these facts."""
    return ChangeQuote(facts=facts, terms=terms, answer=decide_upgrade(facts, terms))


@pytest.mark.parametrize("locale", ["es_AR", "en", "pt_BR"])
def test_a_quote_reads_as_it_was_read(locale: str) -> None:
    """UPG-1, UPG-7: every reading in three languages, word for word, as somebody has read and approved it."""
    golden = (GOLDEN / f"upgrade.{locale}.txt").read_text(encoding="utf-8")
    assert render_quote(quote(HALF_WAY), locale) == golden


@pytest.mark.parametrize("locale", ["es_AR", "en", "pt_BR"])
def test_a_smaller_plan_reads_as_it_was_read(locale: str) -> None:
    """DWN-1, UPG-3: refused in the one reading, credit in the other."""
    golden = (GOLDEN / f"downgrade.{locale}.txt").read_text(encoding="utf-8")
    assert render_quote(quote(SMALLER, cast.change_terms(downgrade=Downgrade.CREDIT)), locale) == golden


def test_the_arithmetic_of_the_sources_example() -> None:
    """UPG-1: half-way through the year, in symbols that need no language."""
    held, price, up = (HALF_WAY.running,), cast.usd("150.00"), Rounding.HALF_UP
    days = "Jan 1, 2024 \N{EN DASH} Dec 31, 2024: "
    minus, times = "\N{MINUS SIGN}", "\N{MULTIPLICATION SIGN}"
    paid = UpgradeBase.PAID
    full = price_differences(held, price, paid, Basis.FLAT, up, HALF_WAY.today)
    assert change_lines(full, "en") == (f"{days}$150.00 {minus} $100.00 = $50.00",)
    part = price_differences(held, price, paid, Basis.ACTUAL_DAYS, up, HALF_WAY.today)
    assert change_lines(part, "en") == (f"{days}($150.00 {minus} $100.00) {times} 183/366 = $25.00",)
    fresh = fresh_term(held, price, up, HALF_WAY.today)
    assert change_lines(fresh, "en") == ("$150.00", f"{days}{minus} $100.00 {times} 183/366 = {minus} $50.00")
    none = price_differences(held, cast.usd("90.00"), paid, Basis.FLAT, up, HALF_WAY.today)
    assert change_lines(none, "en") == (f"{days}$90.00 {minus} $100.00 < 0: $0.00",)


def test_nothing_to_pay_and_no_credit() -> None:
    """UPG-3: a difference below zero."""
    shown = render_quote(quote(evolve(HALF_WAY, price=cast.usd("1.00"))), "en")
    assert shown.count("nothing to pay") == 4
    assert shown.count("credit:") == 1


def test_one_reading_for_another_cycle() -> None:
    """UPG-2: under its own name, whatever the terms say."""
    shown = render_quote(quote(evolve(HALF_WAY, asked=Cadence.MONTHLY)), "en")
    assert shown.count("a fresh term, less what is unconsumed") == 1
    assert "the whole difference" not in shown


def test_what_no_reading_allows_is_told_once() -> None:
    """UPG-6: and nothing else stands on the page."""
    shown = render_quote(quote(evolve(HALF_WAY, overdue=1)), "en")
    assert shown.count("[UPG-6 · house]") == 1
    assert "Why" not in shown


def test_a_plan_that_is_not_sold_so() -> None:
    """CAT-2: the reasons of the order."""
    facts = OrderFacts(plan=cast.plan(), cycle=Cadence.ANNUAL, currency=cast.USD, today=day(2025, 1, 31))
    refused = decide_order(facts, cast.ORDER_TERMS)
    assert isinstance(refused, OrderRefused)
    assert render_refusal(refused, "en").splitlines() == [
        "It is not sold so",
        "=================",
        "  - The plan cloud is not sold in USD on the annual cycle.",
        "    [CAT-2 · terms/3.a · manual/honour]",
    ]


@settings(max_examples=60)
@given(upgrade_facts(currency=cast.USD), change_terms())
def test_every_quote_fits_and_is_whole(facts: UpgradeFacts, terms: ChangeTerms) -> None:
    """UPG-1: whatever is asked, in every language; exactly one reading is marked, where there are several answers."""
    plain = evolve(facts, plan=PlanId("cloud"), target=PlanId("vps"), category=facts.category and "larger")
    found = quote(plain, terms)
    for locale in ("es", "en", "pt"):
        lines = render_quote(found, locale).splitlines()
        assert not any("{" in line for line in lines)
        assert len([line for line in lines if line.startswith("* ")]) in {0, 2}
        assert columns(lines[1]) <= 80


def test_every_reading_is_marked_where_the_terms_say_so() -> None:
    """UPG-1: the mark stands before the reading that the terms give."""
    for charge in UpgradeCharge:
        shown = render_quote(quote(HALF_WAY, cast.change_terms(upgrade_charge=charge)), "en").splitlines()
        marked = next(line for line in shown if line.startswith("* "))
        assert marked.startswith(
            {
                UpgradeCharge.FULL_DIFFERENCE: "* the whole difference (what was paid",
                UpgradeCharge.PRORATED_DIFFERENCE: "* the difference for the days left",
                UpgradeCharge.UNUSED_CREDIT: "* a fresh term",
            }[charge]
        )
