"""May this service move to that plan, and what does it come to: every refusal, every reading, and the laws of the answer."""

from typing import Final

import pytest
from attrs import evolve
from hypothesis import example, given
from hypothesis import strategies as st

from altocore.billing.lines import taxed_line
from altocore.billing.plan_changes import FreshTerm, PriceDifferences
from altocore.lifecycle.machine import ServiceState
from altocore.lifecycle.reasons import SuspensionReason
from altocore.policy.upgrade import UPGRADE, UpgradeQuoted, UpgradeRefused, decide_upgrade
from altocore.policy.upgrade_facts import UpgradeFacts, is_smaller, reading_of, reads_paid
from altocore.terms.options import Downgrade, UpgradeBase, UpgradeCharge
from altocore.terms.parts import ChangeTerms
from altocore.terms.reasons import Why
from altocore.testing import judges_alike
from altocore.testing.strategies import change_terms, upgrade_facts
from altocore.values.anchors import Cadence
from altocore.values.cycles import Once
from altocore.values.days import Day, day
from altocore.values.ids import PlanId
from altocore.values.money import Money
from tests import cast
from tests.policy.tables import checks_of, fires_alone, grounds_of, holding, whys_of

FULL: Final = cast.change_terms()
LIST_PRICE: Final = cast.change_terms(upgrade_base=UpgradeBase.LIST_PRICE)
PRORATED: Final = cast.change_terms(upgrade_charge=UpgradeCharge.PRORATED_DIFFERENCE)
UNUSED: Final = cast.change_terms(upgrade_charge=UpgradeCharge.UNUSED_CREDIT)
CREDIT: Final = cast.change_terms(downgrade=Downgrade.CREDIT)
READINGS: Final = (FULL, LIST_PRICE, PRORATED, UNUSED)

GOOD: Final = cast.upgrade_facts()
SMALLER: Final = evolve(
    GOOD,
    category="",
    listed=cast.listed("150.00"),
    target_listed=cast.listed("100.00"),
    running=cast.held(price=cast.usd("150.00"), paid=cast.usd("150.00"), tax=cast.usd("31.50")),
    price=cast.usd("20.00"),
    told=1,
    stored_mb=10,
    room_mb=10,
)


def quoted(facts: UpgradeFacts, terms: ChangeTerms) -> UpgradeQuoted:
    """Return the answer of a change that may be made."""
    answer = judges_alike(UPGRADE, facts, terms)
    assert isinstance(answer, UpgradeQuoted)
    return answer


def test_the_table() -> None:
    """UPG-1 to UPG-9, DWN-1: the rows, their clauses and their codes."""
    assert checks_of(UPGRADE) == (
        ("UPG-6", "house, terms/13.b", "service_not_active"),
        ("UPG-6", "house", "invoice_overdue"),
        ("UPG-6", "house", "ending_pending"),
        ("CAT-2", "house", "sold_once"),
        ("UPG-2", "manual/upgrade", "same_plan"),
        ("CAT-5", "manual/upgrade", "upgrade_not_listed"),
        ("DWN-1", "manual/downgrade", "downgrade_refused"),
        ("DWN-1", "house", "storage_not_told"),
        ("DWN-1", "house", "storage_too_small"),
        ("UPG-5", "house", "period_not_invoiced"),
        ("UPG-5", "house", "period_unpaid"),
        ("UPG-5", "house", "paid_elsewhere"),
    )
    assert grounds_of(UPGRADE) == (
        ("UPG-9", "house"),
        ("DWN-1", "terms/3.a"),
        ("UPG-6", "terms/13.b"),
        ("UPG-2", "manual/upgrade"),
        ("UPG-1", "manual/upgrade, terms/3.a"),
        ("UPG-7", "house"),
        ("UPG-5", "house"),
        ("UPG-3", "terms/3.a"),
        ("PAY-15", "house"),
    )
    assert UPGRADE.name == "upgrade"


@pytest.mark.parametrize(
    ("terms", "charge", "tax"),
    [
        (FULL, "50.00", "10.50"),
        (LIST_PRICE, "50.00", "10.50"),
        # Sixteen of 31 days are left.
        (PRORATED, "25.81", "5.42"),
        (UNUSED, "98.39", "20.66"),
    ],
)
def test_what_an_upgrade_costs(terms: ChangeTerms, charge: str, tax: str) -> None:
    """UPG-1: from 100 to 150 dollars a month on 16 January, in each reading, with the tax on the net amount."""
    answer = quoted(GOOD, terms)
    assert (answer.charge, answer.tax) == (cast.usd(charge), cast.usd(tax))
    assert (answer.credit, answer.credit_tax) == (cast.usd("0.00"), cast.usd("0.00"))
    assert answer.reading is terms.upgrade_charge
    assert answer.due == day(2025, 1, 23)


def test_the_working_of_a_full_difference() -> None:
    """UPG-1, UPG-5, UPG-9, PAY-15: the rows that it rests on, with the facts of the running period."""
    assert holding(UPGRADE, GOOD, FULL) == {
        0: (("plan", "cloud"), ("target", "vps"), ("category", "Servers")),
        4: (
            ("option", "full_difference"),
            ("upgrade_base", "paid"),
            ("price", cast.usd("150.00")),
            ("counted", cast.usd("100.00")),
            ("amount", cast.usd("50.00")),
        ),
        6: (("paid", cast.usd("100.00")),),
        8: (("net", cast.usd("50.00")), ("tax", cast.usd("10.50")), ("due", day(2025, 1, 23))),
    }


def test_the_working_by_days() -> None:
    """UPG-1: by list prices, so that what was paid is not read."""
    assert holding(UPGRADE, GOOD, PRORATED)[4] == (
        ("option", "prorated_difference"),
        ("price", cast.usd("150.00")),
        ("counted", cast.usd("100.00")),
        ("amount", cast.usd("25.81")),
        ("days_left", 16),
        ("days", 31),
    )
    assert 6 not in holding(UPGRADE, GOOD, PRORATED)


def test_another_cycle_is_counted_by_what_is_unconsumed() -> None:
    """UPG-2: whatever the terms say of an upgrade."""
    other = evolve(GOOD, asked=Cadence.ANNUAL, price=cast.usd("1500.00"))
    for terms in READINGS:
        answer = quoted(other, terms)
        assert answer.reading is UpgradeCharge.UNUSED_CREDIT
        assert answer.charge == cast.usd("1448.39")
        held = holding(UPGRADE, other, terms)
        assert held[3] == (("cycle", "annual"),)
        assert held[4] == (
            ("option", "unused_credit"),
            ("price", cast.usd("1500.00")),
            ("counted", cast.usd("100.00")),
            ("amount", cast.usd("51.61")),
            ("days_left", 16),
            ("days", 31),
        )


def test_what_is_left_over_becomes_credit() -> None:
    """UPG-3: with the tax that was paid on it, in proportion; nothing is invoiced."""
    cheap = evolve(GOOD, price=cast.usd("20.00"))
    answer = quoted(cheap, UNUSED)
    assert (answer.charge, answer.tax) == (cast.usd("0.00"), cast.usd("0.00"))
    assert (answer.credit, answer.credit_tax) == (cast.usd("31.61"), cast.usd("6.64"))
    held = holding(UPGRADE, cheap, UNUSED)
    assert held[7] == (("credit", cast.usd("31.61")), ("tax", cast.usd("6.64")))
    assert 8 not in held
    for terms in (FULL, LIST_PRICE, PRORATED):
        none = quoted(cheap, terms)
        assert (none.charge.minor, none.credit.minor) == (0, 0)


def test_a_period_paid_ahead_has_its_own_difference() -> None:
    """UPG-7: whole, by days too; with an amount paid of its own. As a fresh term it counts whole as unconsumed."""
    ahead = evolve(GOOD, ahead=(cast.held(number=1, paid=cast.usd("90.00")),))
    assert quoted(ahead, FULL).charge == cast.usd("110.00")
    assert quoted(ahead, PRORATED).charge == cast.usd("75.81")
    assert quoted(ahead, UNUSED).charge == cast.usd("8.39")
    cited = holding(UPGRADE, ahead, FULL)[5]
    assert cited == (("option", "full_difference"), ("periods_ahead", 1), ("amount", cast.usd("60.00")))
    cited = holding(UPGRADE, ahead, UNUSED)[5]
    assert cited == (("option", "unused_credit"), ("periods_ahead", 1), ("amount", cast.usd("90.00")))


def test_tax_is_of_each_period() -> None:
    """PAY-13: two differences of two cents are taxed 0.42 cents each, and so not at all."""
    two = evolve(
        GOOD,
        price=cast.usd("0.02"),
        running=cast.held(paid=cast.usd("0.00")),
        ahead=(cast.held(number=1, paid=cast.usd("0.00")),),
    )
    assert (quoted(two, FULL).charge, quoted(two, FULL).tax) == (cast.usd("0.04"), cast.usd("0.00"))


@pytest.mark.parametrize("rate_ppm", [0, 1, 210_000, 1_000_000])
def test_tax_is_what_the_lines_of_an_invoice_would_bear(rate_ppm: int) -> None:
    """PAY-13: to the cent, of a large amount too."""
    rate = cast.tax_rate(rate_ppm=rate_ppm)
    large = evolve(GOOD, price=cast.usd("123456789012.34"), tax=rate)
    for terms in READINGS:
        answer = quoted(large, terms)
        assert answer.tax == taxed_line("upgrade", answer.charge, rate, cast.TAX_TERMS).tax


def test_a_larger_plan_is_the_way_out_of_an_overload() -> None:
    """UPG-6: where nothing else suspends it."""
    overloaded = evolve(GOOD, state=ServiceState.SUSPENDED, suspensions=(SuspensionReason.OVERLOAD,))
    assert quoted(overloaded, FULL).charge == cast.usd("50.00")
    assert holding(UPGRADE, overloaded, FULL)[2] == ()
    both = evolve(overloaded, suspensions=(SuspensionReason.OVERLOAD, SuspensionReason.ABUSE))
    assert fires_alone(UPGRADE, Why.SERVICE_NOT_ACTIVE, both, FULL).cites == (
        ("state", "suspended"),
        ("suspension", "overload"),
        ("suspension", "abuse"),
    )


@pytest.mark.parametrize("state", [each for each in ServiceState if each is not ServiceState.ACTIVE])
def test_only_an_active_service_upgrades(state: ServiceState) -> None:
    """UPG-6: neither one that waits, nor one that is suspended for nothing that is told, nor one that is over."""
    reason = fires_alone(UPGRADE, Why.SERVICE_NOT_ACTIVE, evolve(GOOD, state=state), FULL)
    assert reason.cites == (("state", state.value),)


def test_debts_and_a_pending_end_bar_it() -> None:
    """UPG-6: no overdue invoice of the service, and no end that is pending."""
    assert fires_alone(UPGRADE, Why.INVOICE_OVERDUE, evolve(GOOD, overdue=2), FULL).cites == (("open_invoices", 2),)
    assert fires_alone(UPGRADE, Why.ENDING_PENDING, evolve(GOOD, ending_pending=1), FULL).cites == ()


@pytest.mark.parametrize("end", ["cycle", "asked"])
def test_what_is_sold_once_has_no_period(end: str) -> None:
    """CAT-2: neither as the plan that runs nor as the one that is asked for."""
    once = evolve(GOOD, cycle=Once.ONE_TIME) if end == "cycle" else evolve(GOOD, asked=Once.ONE_TIME)
    assert fires_alone(UPGRADE, Why.SOLD_ONCE, once, FULL).cites == (("plan", "cloud"), ("target", "vps"))


def test_the_same_plan_is_no_upgrade() -> None:
    """UPG-2: another cycle of it is a change of cycle, which is asked for by ticket (REN-3)."""
    same = evolve(GOOD, target=GOOD.plan, category="", target_listed=GOOD.listed)
    for facts in (same, evolve(same, asked=Cadence.ANNUAL, target_listed=cast.listed("1.00"))):
        assert fires_alone(UPGRADE, Why.SAME_PLAN, facts, FULL).cites == (("plan", "cloud"),)


def test_a_plan_that_is_not_listed_is_no_upgrade_by_itself() -> None:
    """UPG-9, CAT-5: one of the same price neither."""
    for price in ("150.00", "100.00"):
        other = evolve(GOOD, category="", target_listed=cast.listed(price))
        reason = fires_alone(UPGRADE, Why.UPGRADE_NOT_LISTED, other, FULL)
        assert (reason.rule, reason.cites) == ("CAT-5", (("plan", "cloud"), ("target", "vps")))


def test_a_listed_plan_is_an_upgrade_though_it_costs_less() -> None:
    """UPG-9: the list says so."""
    cheaper = evolve(GOOD, target_listed=cast.listed("1.00"))
    assert not is_smaller(cheaper)
    assert quoted(cheaper, FULL).reading is UpgradeCharge.FULL_DIFFERENCE


def test_a_smaller_plan_is_refused_with_the_way_named() -> None:
    """DWN-1 REFUSE: with both prices; the words name the cancellation and what is lost."""
    assert fires_alone(UPGRADE, Why.DOWNGRADE_REFUSED, SMALLER, FULL).cites == (
        ("plan", "cloud"),
        ("target", "vps"),
        ("list_price", cast.usd("150.00")),
        ("target_price", cast.usd("100.00")),
    )


def test_a_smaller_plan_is_compared_for_the_same_time() -> None:
    """UPG-9: 1200 a year is less than 150 a month, and more than 99."""
    annual = evolve(GOOD, category="", target_listed=cast.listed("1200.00", 12))
    assert is_smaller(evolve(annual, listed=cast.listed("150.00")))
    assert not is_smaller(evolve(annual, listed=cast.listed("99.00")))
    assert not is_smaller(evolve(annual, listed=cast.listed("100.00")))


def test_a_smaller_plan_for_credit() -> None:
    """DWN-1 CREDIT: what is unconsumed pays a fresh term, in every reading of an upgrade, and the rest becomes credit."""
    for charge in UpgradeCharge:
        terms = cast.change_terms(upgrade_charge=charge, downgrade=Downgrade.CREDIT)
        answer = quoted(SMALLER, terms)
        assert answer.reading is UpgradeCharge.UNUSED_CREDIT
        assert (answer.credit, answer.credit_tax) == (cast.usd("57.42"), cast.usd("12.06"))
        assert holding(UPGRADE, SMALLER, terms)[1] == (
            ("plan", "cloud"),
            ("target", "vps"),
            ("list_price", cast.usd("150.00")),
            ("target_price", cast.usd("100.00")),
            ("stored_mb", 10),
            ("room_mb", 10),
        )


def test_what_is_stored_must_fit() -> None:
    """DWN-1: else refused with the figures; and it must be known."""
    full = fires_alone(UPGRADE, Why.STORAGE_TOO_SMALL, evolve(SMALLER, stored_mb=11), CREDIT)
    assert full.cites == (("plan", "cloud"), ("target", "vps"), ("stored_mb", 11), ("room_mb", 10))
    unknown = evolve(SMALLER, told=0, stored_mb=0, room_mb=0)
    assert fires_alone(UPGRADE, Why.STORAGE_NOT_TOLD, unknown, CREDIT).cites == (("plan", "cloud"), ("target", "vps"))
    assert isinstance(decide_upgrade(evolve(GOOD, stored_mb=11), CREDIT), UpgradeQuoted)


@pytest.mark.parametrize(
    ("why", "facts"),
    [
        (Why.PERIOD_UNPAID, evolve(GOOD, unpaid=1)),
        (Why.PAID_ELSEWHERE, evolve(GOOD, elsewhere=1)),
    ],
)
def test_what_was_paid_must_be_known_where_it_is_read(why: Why, facts: UpgradeFacts) -> None:
    """UPG-5: by what was paid, and as a fresh term; not by list prices."""
    for terms in (FULL, UNUSED):
        assert fires_alone(UPGRADE, why, facts, terms).cites == (
            ("period", cast.period(day(2025, 1, 1), day(2025, 2, 1))),
        )
    for terms in (LIST_PRICE, PRORATED):
        assert isinstance(decide_upgrade(facts, terms), UpgradeQuoted)
    assert whys_of(decide_upgrade(evolve(facts, asked=Cadence.ANNUAL), PRORATED)) == (why,)


@pytest.mark.parametrize("terms", READINGS)
def test_a_period_that_is_not_invoiced_comes_first(terms: ChangeTerms) -> None:
    """UPG-5: in every reading, for its renewal is still to be issued."""
    reason = fires_alone(UPGRADE, Why.PERIOD_NOT_INVOICED, evolve(GOOD, missing=1), terms)
    assert (reason.rule, reason.cites) == ("UPG-5", (("period", cast.period(day(2025, 1, 1), day(2025, 2, 1))),))


def test_one_cent_is_something() -> None:
    """UPG-3, PAY-15: one to pay, and one left over."""
    dearer = evolve(GOOD, price=cast.usd("100.01"))
    assert holding(UPGRADE, dearer, FULL)[8][0] == ("net", cast.usd("0.01"))
    cheaper = evolve(GOOD, price=cast.usd("51.60"))
    assert holding(UPGRADE, cheaper, UNUSED)[7][0] == ("credit", cast.usd("0.01"))
    assert quoted(evolve(GOOD, price=cast.usd("51.61")), UNUSED).credit == cast.usd("0.00")


def test_every_reason_at_once() -> None:
    """Shape 3: a no has all of its reasons."""
    worst = evolve(
        SMALLER,
        state=ServiceState.TERMINATED,
        overdue=1,
        ending_pending=1,
        asked=Once.ONE_TIME,
        missing=1,
        unpaid=1,
        elsewhere=1,
    )
    assert whys_of(decide_upgrade(worst, FULL)) == (
        Why.SERVICE_NOT_ACTIVE,
        Why.INVOICE_OVERDUE,
        Why.ENDING_PENDING,
        Why.SOLD_ONCE,
        Why.DOWNGRADE_REFUSED,
        Why.PERIOD_NOT_INVOICED,
        Why.PERIOD_UNPAID,
        Why.PAID_ELSEWHERE,
    )


@pytest.mark.parametrize(
    ("today", "due"),
    [(day(2025, 1, 24), day(2025, 1, 31)), (day(2025, 1, 25), day(2025, 1, 31)), (day(2025, 1, 31), day(2025, 1, 31))],
)
def test_the_amount_holds_until_it_is_due(today: Day, due: Day) -> None:
    """PAY-15: seven days, or to the last day of the running period."""
    assert quoted(evolve(GOOD, today=today), FULL).due == due


@given(upgrade_facts(), change_terms())
@example(GOOD, FULL)
@example(SMALLER, CREDIT)
def test_an_answer_keeps_its_laws(facts: UpgradeFacts, terms: ChangeTerms) -> None:
    """UPG-1, UPG-3, UPG-5: nothing below zero, a charge or a credit and never both, and no credit beyond what was paid."""
    answer = judges_alike(UPGRADE, facts, terms)
    if isinstance(answer, UpgradeRefused):
        assert answer.reasons
        return
    zero = Money(0, facts.price.currency)
    assert min(answer.charge, answer.tax, answer.credit, answer.credit_tax) >= zero
    assert zero in {answer.charge, answer.credit}
    held = (facts.running, *facts.ahead)
    assert answer.credit.minor <= sum(each.paid.minor for each in held)
    assert answer.credit_tax.minor <= sum(each.tax.minor for each in held)
    assert facts.today <= answer.due <= facts.running.whole.period.last_day
    if answer.reading is UpgradeCharge.UNUSED_CREDIT:
        assert isinstance(answer.change, FreshTerm)
    else:
        assert isinstance(answer.change, PriceDifferences)
        assert (answer.credit, answer.credit_tax) == (zero, zero)
        assert answer.charge.minor <= facts.price.minor * len(held)


@given(upgrade_facts(), change_terms())
def test_the_reading_is_the_terms_own_unless_there_is_none(facts: UpgradeFacts, terms: ChangeTerms) -> None:
    """UPG-2, DWN-1: another cycle and a smaller plan are counted by what is unconsumed; and then what was paid is read."""
    fixed = facts.asked is not facts.cycle or is_smaller(facts)
    assert reading_of(facts, terms) is (UpgradeCharge.UNUSED_CREDIT if fixed else terms.upgrade_charge)
    assert reads_paid(facts, terms) or not fixed


@given(upgrade_facts(category="larger", state=ServiceState.ACTIVE), st.integers(0, 10**9), change_terms())
def test_a_dearer_target_never_costs_less(facts: UpgradeFacts, more: int, terms: ChangeTerms) -> None:
    """UPG-1: monotone in the price, tax and all."""
    dearer = evolve(facts, price=facts.price + Money(more, facts.price.currency))
    low, high = decide_upgrade(facts, terms), decide_upgrade(dearer, terms)
    if isinstance(low, UpgradeQuoted) and isinstance(high, UpgradeQuoted):
        assert low.charge + low.tax <= high.charge + high.tax
        assert low.credit + low.credit_tax >= high.credit + high.credit_tax


def test_targets_are_named_and_never_guessed() -> None:
    """UPG-9: the answer is about the plans that were asked about."""
    other = evolve(GOOD, target=PlanId("dedicated"))
    assert holding(UPGRADE, other, FULL)[0][1] == ("target", "dedicated")
