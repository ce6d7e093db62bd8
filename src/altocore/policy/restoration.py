"""May a service that has ended come back, what does that cost, and what comes back with it?

What the provider ended for a debt comes back for a fee and a first term of the same plan at today's price, once the debt is
paid, or cancelled, or written off. What the client cancelled is over: the way back is a new service and a new invoice. One
reading of the terms offers a restoration there too, beside the new service, and never instead of it.

What was ended by a right of the provider (a breach, a chargeback, unpaid administrative costs) is not brought back by the
client alone, for then the right would have a price. Somebody exercised it, and staff may give it up: the same fee, the same
invoice, asked by another hand. The terms say that a restoration is the one way out of a termination; they do not say that
the client has a right to it. What the provider discontinued is staff's to offer as well: it stopped selling that service.

A contract keeps who administers its server for good (CAT-7), so a plan that became a server since, or is none any more, is not
what ended.

The data is another question. Where the terms erase it, the account comes back empty; where they keep a courtesy backup, a
recovery is asked apart, and has a fee of its own (CAN-6, BAK-2).
"""

from typing import Final, TypeAlias, final

from attrs import field, frozen

from altocore.catalogue.kinds import Administration, ProductKind, Trait
from altocore.catalogue.plans import PlanEdition
from altocore.errors import CurrencyMismatch
from altocore.lifecycle.events import CLIENT_OR_STAFF, Actor
from altocore.lifecycle.machine import ENDED, ServiceState
from altocore.lifecycle.reasons import TerminationReason
from altocore.terms.clauses import HOUSE, Clause
from altocore.terms.judgements import Check, Ground, Judgement, fired
from altocore.terms.options import DataAfterEnding, RestorationScope
from altocore.terms.parts import RestorationTerms, TaxRate
from altocore.terms.reasons import Cited, Reason, Why
from altocore.values.cycles import Cycle, Once
from altocore.values.exchange import ExchangeRate
from altocore.values.ids import AddonId
from altocore.values.money import Money, total
from altocore.values.rounding import Rounding

__all__ = [
    "FEE_ITEM",
    "RESTORATION",
    "RestorationFacts",
    "RestorationGranted",
    "RestorationRefused",
    "decide_restoration",
]

FEE_ITEM: Final = "restoration"
"""The item of the fee's line on the invoice."""

_MILLION: Final = 1_000_000


@final
@frozen(kw_only=True)
class RestorationFacts:
    """Who asks, what has ended and why, what is unpaid of it, and what would be sold anew.

    `ended_for` is None where the provider did not terminate it, `discontinued` counts the ends by which it stopped selling it:
    0 or 1. `begun` says whether it was ever active, `offered` whether a restoration of it is open already: each 0 or 1.
    `unpaid` counts the invoices that led to the end and are still owed, `owed` is their sum. `plan` is the edition in force
    today; `cycle`, `addons` and `administration` are those of the contract that ended. `rate` is from the currency of the fee
    to the client's, `tax` the rate of its region, `rounding` that of both. `data` is what the terms of the ended contract
    leave of it.
    """

    actor: Actor = field()
    state: ServiceState = field()
    ended_for: TerminationReason | None = field()
    discontinued: int = field()
    begun: int = field()
    unpaid: int = field()
    owed: Money = field()
    offered: int = field()
    plan: PlanEdition = field()
    cycle: Cycle = field()
    addons: tuple[AddonId, ...] = field()
    administration: Administration | None = field()
    rate: ExchangeRate = field()
    tax: TaxRate = field()
    rounding: Rounding = field()
    data: DataAfterEnding = field()


@final
@frozen(kw_only=True)
class RestorationGranted:
    """It comes back on the day that its invoice is paid.

    `priced` has the net amount of each line: the fee, then the first term. `tax` is the tax of all of them, each rounded by
    itself, `rate` the exchange rate that the fee was converted at, `data` what is left of what was there.
    """

    priced: tuple[tuple[str, Money], ...] = field()
    tax: Money = field()
    rate: ExchangeRate = field()
    data: DataAfterEnding = field()


@final
@frozen(kw_only=True)
class RestorationRefused:
    """It stays ended, for all these reasons."""

    reasons: tuple[Reason, ...] = field()


RestorationAnswer: TypeAlias = RestorationGranted | RestorationRefused


def _is_a_right(facts: RestorationFacts) -> bool:
    return facts.ended_for is not None and facts.ended_for is not TerminationReason.DEBT


def _is_server(facts: RestorationFacts) -> bool:
    return facts.plan.has_trait(Trait.SERVER)


def _fee(facts: RestorationFacts, terms: RestorationTerms) -> Money:
    return facts.rate.converted(terms.fee, facts.rounding)


def _term(facts: RestorationFacts) -> tuple[tuple[str, Money], ...]:
    """Return the lines of the first term; none where the plan is not sold so any more."""
    prices = facts.plan.prices(facts.cycle, facts.rate.quote, facts.addons)
    return tuple([(item.name, price) for item, price in prices])


def _missing(facts: RestorationFacts) -> tuple[AddonId, ...]:
    """Return the add-ons of the contract that the plan has no more, or not in this cycle and currency."""
    found = [(each, facts.plan.addon(each)) for each in facts.addons]
    return tuple(
        [each for each, addon in found if addon is None or addon.item.price(facts.cycle, facts.rate.quote) is None]
    )


def _tax(facts: RestorationFacts, priced: tuple[tuple[str, Money], ...]) -> Money:
    taxes = [net.scaled(facts.tax.rate_ppm, _MILLION, facts.rounding) for _, net in priced]
    return total(taxes, facts.rate.quote)


def _priced(facts: RestorationFacts, terms: RestorationTerms) -> tuple[tuple[str, Money], ...]:
    return ((FEE_ITEM, _fee(facts, terms)), *_term(facts))


def _asked(facts: RestorationFacts) -> Cited:
    return (("plan", facts.plan.plan), ("cycle", facts.cycle.name.lower()), ("currency", facts.rate.quote.code))


def _right(facts: RestorationFacts, _terms: RestorationTerms) -> Cited:
    return () if facts.ended_for is None else (("termination", facts.ended_for.value),)


def _option(facts: RestorationFacts, _terms: RestorationTerms) -> Cited:
    return (("option", facts.data.value),)


CHECKS: Final[tuple[Check[RestorationFacts, RestorationTerms], ...]] = (
    Check(
        rule="PAY-5",
        clauses=(HOUSE,),
        why=Why.NOT_BY_CLIENT_OR_STAFF,
        fires=lambda facts, _: facts.actor not in CLIENT_OR_STAFF,
        cites=lambda facts, _: (("actor", facts.actor.value),),
    ),
    Check(
        rule="LIF-6",
        clauses=(Clause("terms/5.b"),),
        why=Why.NOTHING_TO_RESTORE,
        fires=lambda facts, _: facts.state not in ENDED,
        cites=lambda facts, _: (("state", facts.state.value),),
    ),
    Check(
        rule="CAN-7",
        clauses=(Clause("manual/cancellation"),),
        why=Why.CANCELLED_FOR_GOOD,
        fires=lambda facts, terms: (
            facts.state is ServiceState.CANCELLED and terms.scope is RestorationScope.TERMINATED_ONLY
        ),
        cites=lambda _, terms: (("option", terms.scope.value),),
    ),
    Check(
        rule="PAY-5",
        clauses=(Clause("terms/5.b"),),
        why=Why.NEVER_ACTIVE,
        fires=lambda facts, _: facts.state in ENDED and facts.begun == 0,
    ),
    Check(
        rule="LIF-6",
        clauses=(HOUSE,),
        why=Why.RESTORED_BY_STAFF_ONLY,
        fires=lambda facts, _: _is_a_right(facts) and facts.actor is not Actor.STAFF,
        cites=_right,
    ),
    Check(
        rule="REN-5",
        clauses=(Clause("manual/honour"), Clause("terms/3.b")),
        why=Why.DISCONTINUED_BY_PROVIDER,
        fires=lambda facts, _: facts.discontinued > 0 and facts.actor is not Actor.STAFF,
    ),
    Check(
        rule="PAY-5",
        clauses=(Clause("terms/5.b"),),
        why=Why.ENDING_DEBT_UNPAID,
        fires=lambda facts, _: facts.unpaid > 0,
        cites=lambda facts, _: (("open_invoices", facts.unpaid), ("total", facts.owed)),
    ),
    Check(
        rule="PAY-5",
        clauses=(HOUSE,),
        why=Why.RESTORATION_OFFERED,
        fires=lambda facts, _: facts.offered > 0,
    ),
    Check(
        rule="CAT-2",
        clauses=(HOUSE,),
        why=Why.NO_TERM_TO_BEGIN,
        fires=lambda facts, _: facts.cycle is Once.ONE_TIME,
    ),
    Check(
        rule="CAT-2",
        clauses=(Clause("terms/3.a"), Clause("manual/honour")),
        why=Why.CYCLE_NOT_OFFERED,
        fires=lambda facts, _: not facts.plan.prices(facts.cycle, facts.rate.quote),
        cites=lambda facts, _: _asked(facts),
    ),
    Check(
        rule="CAT-7",
        clauses=(Clause("terms/16.a"),),
        why=Why.ADMINISTRATION_MISSING,
        fires=lambda facts, _: _is_server(facts) and facts.administration is None,
        cites=lambda facts, _: (("plan", facts.plan.plan),),
    ),
    Check(
        rule="CAT-7",
        clauses=(Clause("terms/16.a"),),
        why=Why.ADMINISTRATION_NOT_ASKED,
        fires=lambda facts, _: not _is_server(facts) and facts.administration is not None,
        cites=lambda facts, _: (("plan", facts.plan.plan),),
    ),
    Check(
        rule="CAT-11",
        clauses=(HOUSE,),
        why=Why.ADDON_NOT_OFFERED,
        fires=lambda facts, _: bool(_missing(facts)),
        cites=lambda facts, _: (*_asked(facts), ("addons", ", ".join(_missing(facts)))),
    ),
    Check(
        rule="DOM-2",
        clauses=(Clause("terms/12.g"),),
        why=Why.DOMAIN_NOT_RESTORED,
        fires=lambda facts, _: facts.plan.kind is ProductKind.INTERNATIONAL_DOMAIN,
    ),
)

GROUNDS: Final[tuple[Ground[RestorationFacts, RestorationTerms], ...]] = (
    Ground(rule="LIF-6", clauses=(Clause("terms/5.b"),), holds=lambda _facts, _terms: True),
    Ground(
        rule="PAY-5",
        clauses=(Clause("terms/5.b"),),
        holds=lambda _facts, _terms: True,
        cites=lambda facts, terms: (("price", _fee(facts, terms)), ("fee", terms.fee)),
    ),
    Ground(
        rule="CAT-2",
        clauses=(Clause("terms/3.a"),),
        holds=lambda _facts, _terms: True,
        cites=lambda facts, _: (
            ("price", total([price for _, price in _term(facts)], facts.rate.quote)),
            ("cycle", facts.cycle.name.lower()),
        ),
    ),
    Ground(
        rule="PAY-13",
        clauses=(HOUSE,),
        holds=lambda _facts, _terms: True,
        cites=lambda facts, terms: (
            ("tax_name", facts.tax.name),
            ("rate_ppm", facts.tax.rate_ppm),
            ("tax", _tax(facts, _priced(facts, terms))),
        ),
    ),
    Ground(
        rule="CAN-6",
        clauses=(Clause("terms/4.c"), Clause("manual/downgrade")),
        holds=lambda facts, _: facts.data is DataAfterEnding.ERASED,
        cites=_option,
    ),
    Ground(
        rule="CAN-6",
        clauses=(Clause("manual/cancellation"),),
        holds=lambda facts, _: facts.data is DataAfterEnding.COURTESY_BACKUP,
        cites=_option,
    ),
    Ground(
        rule="CAN-7",
        clauses=(Clause("manual/cancellation"),),
        holds=lambda facts, _: facts.state is ServiceState.CANCELLED,
    ),
    Ground(rule="PAY-15", clauses=(HOUSE,), holds=lambda _facts, _terms: True),
    Ground(rule="PAY-16", clauses=(HOUSE,), holds=lambda _facts, _terms: True),
)


def decide_restoration(facts: RestorationFacts, terms: RestorationTerms) -> RestorationAnswer:
    """Return what a restoration is invoiced at and what comes back, or every reason why the service stays ended.

    Raises:
        CurrencyMismatch: the exchange rate is not from the currency of the fee.

    Source: PAY-5, `terms/5.b`; LIF-6, CAN-7, `manual/cancellation`; CAN-6, `terms/4.c`; REN-5, `manual/honour`; CAT-7,
    `terms/16.a`.
    """
    if facts.rate.base is not terms.fee.currency:
        raise CurrencyMismatch("rate", f"{terms.fee.currency.code} with {facts.rate.base.code}")
    reasons = fired(CHECKS, facts, terms)
    if reasons:
        return RestorationRefused(reasons=reasons)
    priced = _priced(facts, terms)
    return RestorationGranted(priced=priced, tax=_tax(facts, priced), rate=facts.rate, data=facts.data)


RESTORATION: Final = Judgement(name="restoration", checks=CHECKS, grounds=GROUNDS, decide=decide_restoration)
