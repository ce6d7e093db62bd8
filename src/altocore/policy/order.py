"""May this be ordered? The plan must be on sale in that cycle and currency, and what the order chooses must be its own.

The answer also says what comes with the plan, as grounds: what an invoice gives a right to, who administers a server, what is
a courtesy and what is never given back. A client reads it before the first payment, not after.
"""

from typing import Final, TypeAlias, final

from attrs import field, frozen

from altocore.catalogue.items import Addon, PlanItem
from altocore.catalogue.kinds import Administration, ProductKind, Trait
from altocore.catalogue.plans import Courtesy, PlanEdition
from altocore.errors import BadValue
from altocore.lifecycle.registrations import REGISTERED_FOR
from altocore.terms.clauses import HOUSE, Clause
from altocore.terms.judgements import Check, Ground, Judgement, fired
from altocore.terms.options import SharedHostingCycles
from altocore.terms.parts import OrderTerms
from altocore.terms.reasons import Cited, Reason, Why
from altocore.values.anchors import Cadence
from altocore.values.currencies import Currency
from altocore.values.cycles import Cycle, Once
from altocore.values.days import Day
from altocore.values.ids import AddonId
from altocore.values.money import Money, total

__all__ = ["ORDER", "OrderAccepted", "OrderFacts", "OrderRefused", "decide_order"]


@final
@frozen(kw_only=True)
class OrderFacts:
    """What is asked for: a plan, in a cycle, by a client who is billed in a currency, on a day.

    `plan` is the edition in force on that day, or the first to come. `addons` are those that the client takes, and
    `administration` is who shall administer a server; None where nothing was said. `domains` counts the names that are to be
    registered: 0 or 1.

    Raises:
        BadValue: an add-on is there twice.
    """

    plan: PlanEdition = field()
    cycle: Cycle = field()
    currency: Currency = field()
    addons: tuple[AddonId, ...] = field(default=())
    administration: Administration | None = field(default=None)
    domains: int = field(default=0)
    today: Day = field()

    def __attrs_post_init__(self) -> None:
        """Refuse an add-on that is taken twice: its line would be one."""
        if len(set(self.addons)) < len(self.addons):
            raise BadValue("addons", "one is there twice")


@final
@frozen(kw_only=True)
class OrderAccepted:
    """The order stands.

    `priced` has the net price of each item and add-on for one whole cycle, or of what is sold once; `setup` what the first
    invoice bears beside it: one item, or none.
    """

    priced: tuple[tuple[str, Money], ...] = field()
    setup: tuple[tuple[str, Money], ...] = field()


@final
@frozen(kw_only=True)
class OrderRefused:
    """The order does not stand, for all these reasons."""

    reasons: tuple[Reason, ...] = field()


OrderAnswer: TypeAlias = OrderAccepted | OrderRefused

_HALF_A_YEAR_OR_MORE: Final[frozenset[Cycle]] = frozenset(
    {Cadence.SEMIANNUAL, Cadence.ANNUAL, Cadence.BIENNIAL, Cadence.TRIENNIAL}
)
_HALF_A_YEAR_OR_ONE: Final[frozenset[Cycle]] = frozenset({Cadence.SEMIANNUAL, Cadence.ANNUAL})


def _shared_cycles(terms: OrderTerms) -> frozenset[Cycle]:
    """Return the cycles of shared hosting, alone or in a bundle."""
    if terms.shared_hosting_cycles is SharedHostingCycles.SEMIANNUAL_ANNUAL:
        return _HALF_A_YEAR_OR_ONE
    return _HALF_A_YEAR_OR_MORE


def _is_bundle(facts: OrderFacts) -> bool:
    return bool(facts.plan.parts)


def _taken(facts: OrderFacts) -> tuple[Addon, ...]:
    """Return the add-ons that are asked for and that the plan has, in the order of the plan."""
    return tuple([each for each in facts.plan.addons if each.id in facts.addons])


def _unknown(facts: OrderFacts) -> tuple[AddonId, ...]:
    return tuple([each for each in facts.addons if facts.plan.addon(each) is None])


def _unpriced(facts: OrderFacts) -> tuple[AddonId, ...]:
    return tuple([each.id for each in _taken(facts) if each.item.price(facts.cycle, facts.currency) is None])


def _is_administered(facts: OrderFacts) -> bool:
    return facts.plan.has_trait(Trait.SERVER)


def _asked(facts: OrderFacts) -> Cited:
    return (("plan", facts.plan.plan), ("cycle", facts.cycle.name.lower()), ("currency", facts.currency.code))


def _shared(facts: OrderFacts, _terms: OrderTerms) -> Cited:
    return (*_asked(facts), *((("parts", len(facts.plan.parts)),) if _is_bundle(facts) else ()))


def _price(facts: OrderFacts, _terms: OrderTerms) -> Cited:
    return (("price", facts.plan.list_price(facts.cycle, facts.currency)), ("cycle", facts.cycle.name.lower()))


def _begins(facts: OrderFacts) -> Day:
    return max(facts.plan.published, facts.plan.effective)


def _beside(facts: OrderFacts, _terms: OrderTerms) -> Cited:
    """Cite what is invoiced beside the plan: its add-ons on each invoice, its setup on the first."""
    prices = [each.item.price(facts.cycle, facts.currency) for each in _taken(facts)]
    addons = total([price for price in prices if price is not None], facts.currency)
    setup = facts.plan.setup_price(facts.cycle, facts.currency)
    return (
        *(
            (("addons", ", ".join([each.item.name for each in _taken(facts)])), ("addons_price", addons))
            if prices
            else ()
        ),
        *[("setup", price) for _, price in setup],
    )


def _administered(facts: OrderFacts, _terms: OrderTerms) -> Cited:
    chosen = facts.administration
    return () if chosen is None else (("administration", chosen.value),)


def _domain(facts: OrderFacts, _terms: OrderTerms) -> Cited:
    price = facts.plan.registration_price(facts.currency)
    return () if price is None else (("registration_price", price),)


def _is_domain(facts: OrderFacts) -> bool:
    return facts.plan.kind is ProductKind.INTERNATIONAL_DOMAIN


CHECKS: Final[tuple[Check[OrderFacts, OrderTerms], ...]] = (
    Check(
        rule="CAT-2",
        clauses=(Clause("terms/3.a"), Clause("manual/honour")),
        why=Why.CYCLE_NOT_OFFERED,
        fires=lambda facts, _: not facts.plan.prices(facts.cycle, facts.currency),
        cites=lambda facts, _: _asked(facts),
    ),
    Check(
        rule="CAT-3",
        clauses=(Clause("terms/3.a"), Clause("manual/honour")),
        why=Why.CYCLE_NOT_FOR_SHARED_HOSTING,
        fires=lambda facts, terms: (
            ProductKind.SHARED_HOSTING in facts.plan.kinds and facts.cycle not in _shared_cycles(terms)
        ),
        cites=_shared,
    ),
    Check(
        rule="CAT-7",
        clauses=(Clause("terms/16.a"),),
        why=Why.ADMINISTRATION_MISSING,
        fires=lambda facts, _: _is_administered(facts) and facts.administration is None,
        cites=lambda facts, _: (("plan", facts.plan.plan),),
    ),
    Check(
        rule="CAT-7",
        clauses=(Clause("terms/16.a"),),
        why=Why.ADMINISTRATION_NOT_ASKED,
        fires=lambda facts, _: not _is_administered(facts) and facts.administration is not None,
        cites=lambda facts, _: (("plan", facts.plan.plan),),
    ),
    Check(
        rule="DOM-1",
        clauses=(Clause("terms/12.d"),),
        why=Why.DOMAIN_MISSING,
        fires=lambda facts, _: _is_domain(facts) and facts.domains == 0,
        cites=lambda facts, _: (("plan", facts.plan.plan),),
    ),
    Check(
        rule="DOM-1",
        clauses=(Clause("terms/12.d"),),
        why=Why.DOMAIN_NOT_ASKED,
        fires=lambda facts, _: not _is_domain(facts) and facts.domains > 0,
        cites=lambda facts, _: (("plan", facts.plan.plan),),
    ),
    Check(
        rule="CAN-5",
        clauses=(Clause("manual/cancellation"),),
        why=Why.DOMAIN_BY_THE_YEAR,
        fires=lambda facts, _: _is_domain(facts) and facts.cycle not in REGISTERED_FOR,
        cites=lambda facts, _: (("plan", facts.plan.plan), ("cycle", facts.cycle.name.lower())),
    ),
    Check(
        rule="CAT-11",
        clauses=(HOUSE,),
        why=Why.ADDON_UNKNOWN,
        fires=lambda facts, _: bool(_unknown(facts)),
        cites=lambda facts, _: (("plan", facts.plan.plan), ("addons", ", ".join(_unknown(facts)))),
    ),
    Check(
        rule="CAT-11",
        clauses=(HOUSE,),
        why=Why.ADDON_NOT_OFFERED,
        fires=lambda facts, _: bool(_unpriced(facts)),
        cites=lambda facts, _: (*_asked(facts), ("addons", ", ".join(_unpriced(facts)))),
    ),
    Check(
        rule="REN-4",
        clauses=(Clause("manual/honour"), HOUSE),
        why=Why.NOT_YET_ON_SALE,
        fires=lambda facts, _: facts.today < _begins(facts),
        cites=lambda facts, _: (("plan", facts.plan.plan), ("on", _begins(facts))),
    ),
)

GROUNDS: Final[tuple[Ground[OrderFacts, OrderTerms], ...]] = (
    Ground(
        rule="CAT-1",
        clauses=(Clause("terms/16.b"),),
        holds=lambda _facts, _terms: True,
        cites=lambda facts, _: (("product", facts.plan.kind.value),),
    ),
    Ground(rule="CAT-2", clauses=(Clause("terms/3.a"),), holds=lambda _facts, _terms: True, cites=_price),
    Ground(
        rule="CAT-4",
        clauses=(Clause("manual/honour"),),
        holds=lambda facts, _: _is_bundle(facts),
        cites=lambda facts, _: (("parts", len(facts.plan.parts)),),
    ),
    Ground(
        rule="CAT-6",
        clauses=(Clause("terms/12.d"),),
        holds=lambda facts, _: facts.plan.registration_price(facts.currency) is not None,
        cites=_domain,
    ),
    Ground(
        rule="CAT-7",
        clauses=(Clause("terms/16.a"),),
        holds=lambda facts, _: _is_administered(facts),
        cites=_administered,
    ),
    Ground(
        rule="CAT-8",
        clauses=(Clause("manual/support-plans"),),
        holds=lambda _facts, _terms: True,
        cites=lambda facts, _: (("support", facts.plan.support_with(facts.addons).value),),
    ),
    Ground(
        rule="CAT-9",
        clauses=(Clause("terms/13.c-builder"),),
        holds=lambda facts, _: Courtesy.WEB_BUILDER in facts.plan.courtesies,
    ),
    Ground(
        rule="CAT-10",
        clauses=(Clause("terms/15.a"), Clause("terms/15.d")),
        holds=lambda facts, _: Courtesy.MAIL in facts.plan.courtesies,
    ),
    Ground(
        rule="CAT-11",
        clauses=(HOUSE,),
        holds=lambda facts, terms: bool(_beside(facts, terms)),
        cites=_beside,
    ),
    Ground(
        rule="REN-4",
        clauses=(Clause("manual/honour"), HOUSE),
        holds=lambda _facts, _terms: True,
        cites=lambda facts, _: (("plan_edition", facts.plan.id),),
    ),
    Ground(
        rule="REN-1",
        clauses=(Clause("terms/3.a"),),
        holds=lambda facts, _: facts.cycle is not Once.ONE_TIME,
    ),
    Ground(rule="PAY-1", clauses=(Clause("terms/5.a"),), holds=lambda _facts, _terms: True),
    Ground(rule="PAY-15", clauses=(HOUSE,), holds=lambda _facts, _terms: True),
    Ground(
        rule="RFD-1",
        clauses=(Clause("terms/4.d"),),
        holds=lambda facts, _: not facts.plan.is_never_refunded and not facts.plan.is_refundable(facts.cycle),
        cites=lambda facts, _: (("plan", facts.plan.plan), ("cycle", facts.cycle.name.lower())),
    ),
    Ground(
        rule="RFD-2",
        clauses=(Clause("terms/4.d"), Clause("terms/12.d")),
        holds=lambda facts, _: facts.plan.is_never_refunded,
    ),
    Ground(rule="DOM-1", clauses=(Clause("terms/12.d"),), holds=lambda facts, _: _is_domain(facts)),
    Ground(rule="CAN-5", clauses=(Clause("manual/cancellation"),), holds=lambda facts, _: _is_domain(facts)),
    Ground(rule="LIF-9", clauses=(HOUSE,), holds=lambda facts, _: _is_bundle(facts)),
    Ground(rule="REN-7", clauses=(Clause("terms/3.c"),), holds=lambda _facts, _terms: True),
)


def decide_order(facts: OrderFacts, terms: OrderTerms) -> OrderAnswer:
    """Return the priced items of an order that stands, or every reason why it does not.

    Source: CAT-2, CAT-3, `terms/3.a`; CAT-7, `terms/16.a`; DOM-1, `terms/12.d`; CAT-11, REN-4, house.
    """
    reasons = fired(CHECKS, facts, terms)
    if reasons:
        return OrderRefused(reasons=reasons)
    plan = facts.plan
    return OrderAccepted(
        priced=_named(plan.prices(facts.cycle, facts.currency, facts.addons)),
        setup=_named(plan.setup_price(facts.cycle, facts.currency)),
    )


def _named(prices: tuple[tuple[PlanItem, Money], ...]) -> tuple[tuple[str, Money], ...]:
    return tuple([(item.name, price) for item, price in prices])


ORDER: Final = Judgement(name="order", checks=CHECKS, grounds=GROUNDS, decide=decide_order)
