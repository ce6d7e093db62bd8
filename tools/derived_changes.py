"""The table of docs/ in which each preset of the terms is asked the same twenty changes of plan."""

from typing import Final, TypeAlias

from attrs import evolve

from altocore.billing.plan_changes import Held, Listed
from altocore.codec.terms import Preset, preset, terms_from_toml
from altocore.lifecycle.machine import ServiceState
from altocore.lifecycle.reasons import SuspensionReason
from altocore.policy.upgrade import UpgradeQuoted, decide_upgrade
from altocore.policy.upgrade_facts import UpgradeFacts
from altocore.terms.parts import ChangeTerms
from altocore.text.amounts import amount_text
from altocore.values.anchors import AnchoredPeriod, Cadence
from altocore.values.days import day
from altocore.values.ids import PlanId
from altocore.values.money import Money, money

__all__ = ["HALF_WAY", "presets_compared"]

Case: TypeAlias = tuple[str, UpgradeFacts]

PRESETS: Final = {each: terms_from_toml(preset(each)) for each in Preset}
DEFAULT: Final = PRESETS[Preset.DEFAULT]
NOTHING: Final = money("0.00", "USD")


def usd(amount: str) -> Money:
    """Return dollars."""
    return money(amount, "USD")


def held(whole: AnchoredPeriod, price: Money, paid: Money | None = None) -> Held:
    """Return a period that was paid with its price, or with another amount, and 21 % of tax."""
    amount = price if paid is None else paid
    return Held(whole=whole, price=price, paid=amount, tax=amount.scaled(21, 100, DEFAULT.tax.rounding))


YEAR: Final = AnchoredPeriod(anchor=day(2024, 1, 1), cadence=Cadence.ANNUAL, number=0)
LEAP: Final = AnchoredPeriod(anchor=day(2024, 2, 29), cadence=Cadence.ANNUAL, number=0)
FEBRUARY: Final = AnchoredPeriod(anchor=day(2025, 1, 31), cadence=Cadence.MONTHLY, number=0)

HALF_WAY: Final = UpgradeFacts(
    state=ServiceState.ACTIVE,
    suspensions=(),
    overdue=0,
    ending_pending=0,
    plan=PlanId("basic"),
    target=PlanId("premium"),
    category="larger",
    cycle=Cadence.ANNUAL,
    asked=Cadence.ANNUAL,
    listed=Listed(price=usd("100.00"), months=12),
    target_listed=Listed(price=usd("150.00"), months=12),
    price=usd("150.00"),
    running=held(YEAR, usd("100.00")),
    ahead=(),
    unpaid=0,
    missing=0,
    elsewhere=0,
    told=1,
    stored_mb=0,
    room_mb=0,
    tax=DEFAULT.tax.rate("AR"),
    rounding=DEFAULT.tax.rounding,
    due_days=DEFAULT.invoicing.due_days,
    today=day(2024, 7, 2),
)
"""The source's own example: 100 paid for a year, half-way through it, to a plan of 150."""

BY_MONTH: Final = evolve(HALF_WAY, cycle=Cadence.MONTHLY, asked=Cadence.MONTHLY, running=held(FEBRUARY, usd("100.00")))
SMALLER: Final = evolve(
    HALF_WAY, category="", target_listed=Listed(price=usd("30.00"), months=12), price=usd("30.00"), room_mb=500
)
YEN: Final = evolve(
    BY_MONTH,
    listed=Listed(price=money("999", "JPY"), months=1),
    target_listed=Listed(price=money("1500", "JPY"), months=1),
    price=money("1500", "JPY"),
    running=held(FEBRUARY, money("999", "JPY")),
    today=day(2025, 2, 14),
)

CASES: Final[tuple[Case, ...]] = (
    ("half-way through a year of $100.00, to $150.00", HALF_WAY),
    ("the same, on the year's first day", evolve(HALF_WAY, today=day(2024, 1, 1))),
    ("the same, on its last day", evolve(HALF_WAY, today=day(2024, 12, 31))),
    (
        "half-way, listed at $110.00 and paid with $100.00",
        evolve(HALF_WAY, running=held(YEAR, usd("110.00"), usd("100.00"))),
    ),
    ("half-way, paid with $180.00", evolve(HALF_WAY, running=held(YEAR, usd("100.00"), usd("180.00")))),
    ("half-way, and the next year is paid too", evolve(HALF_WAY, ahead=(held(evolve(YEAR, number=1), usd("100.00")),))),
    ("a month from 31 January, on 27 February, its last day", evolve(BY_MONTH, today=day(2025, 2, 27))),
    (
        "a year from 29 February 2024, on 29 August",
        evolve(HALF_WAY, running=held(LEAP, usd("100.00")), today=day(2024, 8, 29)),
    ),
    (
        "half-way through a month of $0.01, to $0.02",
        evolve(BY_MONTH, price=usd("0.02"), running=held(FEBRUARY, usd("0.01")), today=day(2025, 2, 14)),
    ),
    ("half-way through a month of ¥999, to ¥1,500", YEN),
    (
        "half-way, to the other plan by the month, at $15.00",
        evolve(HALF_WAY, asked=Cadence.MONTHLY, price=usd("15.00")),
    ),
    (
        "half-way through a month of $100.00, to a year of $1,500.00",
        evolve(BY_MONTH, asked=Cadence.ANNUAL, price=usd("1500.00"), today=day(2025, 2, 14)),
    ),
    ("half-way, to a smaller plan of $30.00", SMALLER),
    ("the same, and what is stored does not fit", evolve(SMALLER, stored_mb=501)),
    ("half-way, to a listed plan of $30.00", evolve(SMALLER, category="special")),
    ("half-way, to a dearer plan that is not listed", evolve(HALF_WAY, category="")),
    (
        "half-way, suspended for an overload",
        evolve(HALF_WAY, state=ServiceState.SUSPENDED, suspensions=(SuspensionReason.OVERLOAD,)),
    ),
    (
        "half-way, suspended for abuse",
        evolve(HALF_WAY, state=ServiceState.SUSPENDED, suspensions=(SuspensionReason.ABUSE,)),
    ),
    ("half-way, with an overdue invoice", evolve(HALF_WAY, overdue=1)),
    (
        "half-way through a year that was paid in another system",
        evolve(HALF_WAY, running=held(YEAR, usd("100.00"), NOTHING), elsewhere=1),
    ),
)
"""Twenty changes of plan: the usual ones, the notorious days and amounts, and what bars one."""


def presets_compared() -> list[tuple[str, ...]]:
    """Return a row for each case: what it comes to under each preset, net, or the rules that bar it."""
    return [(said, *[_answer(facts, PRESETS[each].change) for each in Preset]) for said, facts in CASES]


def _answer(facts: UpgradeFacts, terms: ChangeTerms) -> str:
    answer = decide_upgrade(facts, terms)
    if not isinstance(answer, UpgradeQuoted):
        return "no: " + ", ".join([f"{each.rule} `{each.why.value}`" for each in answer.reasons])
    if answer.credit.minor:
        return f"credit {amount_text(answer.credit, 'en')}"
    return amount_text(answer.charge, "en")
