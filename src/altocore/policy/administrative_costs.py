"""May this client be invoiced for administrative costs that it caused, and when is that due?

The invoice is filed under one of its services and hangs on none: it suspends nothing, withholds no renewal, and time does not
cancel it. From the day after its due date the provider may end all services of the client (PAY-9), which is an answer and no
deed: the timeline tells it, nobody is ended by it.
"""

from typing import Final, TypeAlias, final

from attrs import field, frozen

from altocore.lifecycle.events import Actor
from altocore.terms.clauses import HOUSE, Clause
from altocore.terms.judgements import Check, Ground, Judgement, fired
from altocore.terms.parts import InvoicingTerms
from altocore.terms.reasons import Cited, Reason, Why
from altocore.values.days import Day, add_days

__all__ = [
    "ADMINISTRATIVE_COSTS",
    "AdministrativeCostsAccepted",
    "AdministrativeCostsFacts",
    "AdministrativeCostsRefused",
    "decide_administrative_costs",
]


@final
@frozen(kw_only=True)
class AdministrativeCostsFacts:
    """Who invoices them, and on which day."""

    actor: Actor = field()
    today: Day = field()


@final
@frozen(kw_only=True)
class AdministrativeCostsAccepted:
    """They are invoiced today, payable up to and including the day `due`."""

    due: Day = field()


@final
@frozen(kw_only=True)
class AdministrativeCostsRefused:
    """They are not invoiced, for all these reasons."""

    reasons: tuple[Reason, ...] = field()


AdministrativeCostsAnswer: TypeAlias = AdministrativeCostsAccepted | AdministrativeCostsRefused


def _due(facts: AdministrativeCostsFacts, terms: InvoicingTerms) -> Day:
    return add_days(facts.today, terms.due_days)


def _right(facts: AdministrativeCostsFacts, terms: InvoicingTerms) -> Cited:
    return (("on", add_days(_due(facts, terms), 1)),)


CHECKS: Final[tuple[Check[AdministrativeCostsFacts, InvoicingTerms], ...]] = (
    Check(
        rule="PAY-9",
        clauses=(Clause("terms/2.c"),),
        why=Why.NOT_BY_STAFF,
        fires=lambda facts, _: facts.actor is not Actor.STAFF,
        cites=lambda facts, _: (("actor", facts.actor.value),),
    ),
)

GROUNDS: Final[tuple[Ground[AdministrativeCostsFacts, InvoicingTerms], ...]] = (
    Ground(rule="PAY-9", clauses=(Clause("terms/2.c"),), holds=lambda _facts, _terms: True, cites=_right),
    Ground(
        rule="PAY-15",
        clauses=(HOUSE,),
        holds=lambda _facts, _terms: True,
        cites=lambda facts, terms: (("issued", facts.today), ("due", _due(facts, terms))),
    ),
)


def decide_administrative_costs(facts: AdministrativeCostsFacts, terms: InvoicingTerms) -> AdministrativeCostsAnswer:
    """Return the due day of the invoice, or every reason why there is none.

    Source: PAY-9, `terms/2.c`; PAY-15, house.
    """
    reasons = fired(CHECKS, facts, terms)
    if reasons:
        return AdministrativeCostsRefused(reasons=reasons)
    return AdministrativeCostsAccepted(due=_due(facts, terms))


ADMINISTRATIVE_COSTS: Final = Judgement(
    name="administrative_costs", checks=CHECKS, grounds=GROUNDS, decide=decide_administrative_costs
)
