"""May this be ordered? The plan must be sold in that cycle and currency, and shared hosting is never sold by the month."""

from typing import Final, TypeAlias, final

from attrs import field, frozen

from altocore.catalogue.plans import PlanEdition, ProductKind
from altocore.terms.clauses import HOUSE, Clause
from altocore.terms.judgements import Check, Ground, Judgement, fired
from altocore.terms.options import SharedHostingCycles
from altocore.terms.parts import OrderTerms
from altocore.terms.reasons import Cited, Reason, Why
from altocore.values.anchors import Cadence
from altocore.values.currencies import Currency
from altocore.values.money import Money

__all__ = ["ORDER", "OrderAccepted", "OrderFacts", "OrderRefused", "decide_order"]


@final
@frozen(kw_only=True)
class OrderFacts:
    """What is asked for: a plan, in a cycle, by a client who is billed in a currency."""

    plan: PlanEdition = field()
    cycle: Cadence = field()
    currency: Currency = field()


@final
@frozen(kw_only=True)
class OrderAccepted:
    """The order stands; `priced` has each item's net price for one whole cycle."""

    priced: tuple[tuple[str, Money], ...] = field()


@final
@frozen(kw_only=True)
class OrderRefused:
    """The order does not stand, for all these reasons."""

    reasons: tuple[Reason, ...] = field()


OrderAnswer: TypeAlias = OrderAccepted | OrderRefused


def _shared_cycles(terms: OrderTerms) -> frozenset[Cadence]:
    if terms.shared_hosting_cycles is SharedHostingCycles.SEMIANNUAL_ANNUAL:
        return frozenset({Cadence.SEMIANNUAL, Cadence.ANNUAL})
    return frozenset({Cadence.SEMIANNUAL, Cadence.ANNUAL, Cadence.BIENNIAL, Cadence.TRIENNIAL})


def _cited(facts: OrderFacts, _terms: OrderTerms) -> Cited:
    return (("plan", facts.plan.plan), ("cycle", facts.cycle.name.lower()), ("currency", facts.currency.code))


def _price(facts: OrderFacts, _terms: OrderTerms) -> Cited:
    return (("price", facts.plan.list_price(facts.cycle, facts.currency)),)


CHECKS: Final[tuple[Check[OrderFacts, OrderTerms], ...]] = (
    Check(
        rule="CAT-2",
        clauses=(Clause("terms/3.a"), Clause("manual/honour")),
        why=Why.CYCLE_NOT_OFFERED,
        fires=lambda facts, _: not facts.plan.prices(facts.cycle, facts.currency),
        cites=_cited,
    ),
    Check(
        rule="CAT-3",
        clauses=(Clause("terms/3.a"), Clause("manual/honour")),
        why=Why.CYCLE_NOT_FOR_SHARED_HOSTING,
        fires=lambda facts, terms: (
            facts.plan.kind is ProductKind.SHARED_HOSTING and facts.cycle not in _shared_cycles(terms)
        ),
        cites=_cited,
    ),
)

GROUNDS: Final[tuple[Ground[OrderFacts, OrderTerms], ...]] = (
    Ground(rule="CAT-2", clauses=(Clause("terms/3.a"),), holds=lambda _facts, _terms: True, cites=_price),
    Ground(rule="PAY-1", clauses=(Clause("terms/5.a"),), holds=lambda _facts, _terms: True),
    Ground(rule="PAY-15", clauses=(HOUSE,), holds=lambda _facts, _terms: True),
    Ground(rule="REN-7", clauses=(Clause("terms/3.c"),), holds=lambda _facts, _terms: True),
)


def decide_order(facts: OrderFacts, terms: OrderTerms) -> OrderAnswer:
    """Return the priced items of an order that stands, or every reason why it does not.

    Source: CAT-2, CAT-3, `terms/3.a`.
    """
    reasons = fired(CHECKS, facts, terms)
    if reasons:
        return OrderRefused(reasons=reasons)
    prices = facts.plan.prices(facts.cycle, facts.currency)
    return OrderAccepted(priced=tuple([(item.name, price) for item, price in prices]))


ORDER: Final = Judgement(name="order", checks=CHECKS, grounds=GROUNDS, decide=decide_order)
