"""Ask one question, with no store and no client: may this plan be ordered by the month?

A judgement is asked twice. `decide_order` gives the answer, and costs next to nothing. `trace` gives the same answer
with every row of the table that it ran, which is then told in Spanish, English and Portuguese.
"""

from typing import Final, assert_never

from altocore import Cadence, currency, day, money
from altocore.catalogue.plans import PlanItem, Price, ProductKind
from altocore.codec.plans import plan_edition
from altocore.codec.terms import Preset, preset, terms_from_toml
from altocore.policy.order import ORDER, OrderAccepted, OrderFacts, OrderRefused, decide_order
from altocore.terms.judgements import Outcome, trace
from altocore.text.explanations import explain_trace
from altocore.values.ids import PlanId

TERMS: Final = terms_from_toml(preset(Preset.DEFAULT)).order

HOSTING: Final = plan_edition(
    PlanId("start"),
    ProductKind.SHARED_HOSTING,
    [PlanItem(name="Hosting Start", prices=(Price(cycle=Cadence.ANNUAL, amount=money("79.99", "USD")),))],
    published=day(2025, 1, 1),
    effective=day(2025, 1, 1),
)
"""Shared hosting, sold by the year in dollars, and in no other way."""


def answer(facts: OrderFacts) -> str:
    """Return the answer in one line; a refusal gives all of its reasons, never only the first."""
    decided = decide_order(facts, TERMS)
    match decided:
        case OrderAccepted():
            return "yes, " + ", ".join(f"{item} for {price}" for item, price in decided.priced)
        case OrderRefused():
            return "no, " + " and ".join(f"{reason.why.value} ({reason.rule})" for reason in decided.reasons)
        case _:
            assert_never(decided)


def explanation(facts: OrderFacts, locale: str) -> list[str]:
    """Return the sentences of the rows that carry the answer, each with its rule and clauses."""
    traced = trace(ORDER, facts, TERMS)
    rows = explain_trace(traced, locale)
    carrying = [row for row in rows if row.outcome in {Outcome.FIRED, Outcome.HELD}]
    return [f"{row.sentence} [{' · '.join((row.rule, *row.clauses))}]" for row in carrying]


def main() -> None:
    """Ask by the month, and by the year."""
    for cycle in (Cadence.MONTHLY, Cadence.ANNUAL):
        facts = OrderFacts(plan=HOSTING, cycle=cycle, currency=currency("USD"), today=day(2025, 1, 31))
        print(f"{cycle.name.lower()}: {answer(facts)}")
        for locale in ("es_AR", "en_US", "pt_BR"):
            print(f"  {locale}")
            for sentence in explanation(facts, locale):
                print(f"    - {sentence}")
        print()


if __name__ == "__main__":
    main()
