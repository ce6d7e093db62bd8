"""May a domain be set to renew, or not to renew?

A domain cannot be cancelled, for its time is paid ahead: this is what its holder can do instead, as often as it likes, until
that time is over. Set not to renew, the renewal that was issued and is unpaid falls away, for its period will not come; what
is paid stays paid, and the domain registered. Set to renew again, that renewal is issued once more. On the day that the
domain expires there is nothing left to choose.
"""

from typing import Final, TypeAlias, final

from attrs import field, frozen

from altocore.lifecycle.events import CLIENT_OR_STAFF, Actor
from altocore.lifecycle.machine import RUNNING, ServiceState
from altocore.lifecycle.registrations import RenewalChoice
from altocore.terms.clauses import HOUSE, Clause
from altocore.terms.judgements import Check, Ground, Judgement, fired
from altocore.terms.reasons import Cited, Reason, Why
from altocore.values.days import Day

__all__ = ["RENEWAL_CHOICE", "RenewalChoiceFacts", "RenewalChoiceRefused", "RenewalChosen", "decide_renewal_choice"]


@final
@frozen(kw_only=True)
class RenewalChoiceFacts:
    """Who asks what of a service in which state, what was chosen so far, and the first day that is not paid for.

    `held` is None of a service that is no domain, whose `expiry` is today. `unpaid` counts the open renewals, 0 or 1, and
    `voided` those of the next period that fell away before.
    """

    actor: Actor = field()
    state: ServiceState = field()
    held: RenewalChoice | None = field()
    asked: RenewalChoice = field()
    expiry: Day = field()
    unpaid: int = field()
    voided: int = field()
    today: Day = field()


@final
@frozen(kw_only=True)
class RenewalChosen:
    """The choice stands; the domain is registered until `expiry` in any case.

    `voids` counts the invoices that fall away, `reissues` those that are issued once more: each 0 or 1.
    """

    expiry: Day = field()
    voids: int = field()
    reissues: int = field()


@final
@frozen(kw_only=True)
class RenewalChoiceRefused:
    """All stays as it was, for all these reasons."""

    reasons: tuple[Reason, ...] = field()


RenewalChoiceAnswer: TypeAlias = RenewalChosen | RenewalChoiceRefused


def _voids(facts: RenewalChoiceFacts) -> int:
    return min(facts.unpaid, 1) if facts.asked is RenewalChoice.LAPSE else 0


def _reissues(facts: RenewalChoiceFacts) -> int:
    return min(facts.voided, 1) if facts.asked is RenewalChoice.RENEW else 0


def _chosen(facts: RenewalChoiceFacts, _terms: None) -> Cited:
    return (("renewal_choice", facts.asked.value), ("expiry", facts.expiry))


CHECKS: Final[tuple[Check[RenewalChoiceFacts, None], ...]] = (
    Check(
        rule="CAN-5",
        clauses=(Clause("manual/cancellation"),),
        why=Why.NOT_A_DOMAIN,
        fires=lambda facts, _: facts.held is None,
    ),
    Check(
        rule="CAN-5",
        clauses=(HOUSE,),
        why=Why.NOT_BY_CLIENT_OR_STAFF,
        fires=lambda facts, _: facts.actor not in CLIENT_OR_STAFF,
        cites=lambda facts, _: (("actor", facts.actor.value),),
    ),
    Check(
        rule="DOM-1",
        clauses=(Clause("terms/12.d"),),
        why=Why.SERVICE_NOT_RUNNING,
        fires=lambda facts, _: facts.state not in RUNNING,
        cites=lambda facts, _: (("state", facts.state.value),),
    ),
    Check(
        rule="CAN-5",
        clauses=(Clause("manual/cancellation"),),
        why=Why.CHOSEN_ALREADY,
        fires=lambda facts, _: facts.held is facts.asked,
        cites=lambda facts, _: (("renewal_choice", facts.asked.value),),
    ),
    Check(
        rule="DOM-1",
        clauses=(Clause("terms/12.d"),),
        why=Why.DOMAIN_EXPIRED,
        fires=lambda facts, _: facts.held is not None and facts.state in RUNNING and facts.today >= facts.expiry,
        cites=lambda facts, _: (("expiry", facts.expiry), ("today", facts.today)),
    ),
)

GROUNDS: Final[tuple[Ground[RenewalChoiceFacts, None], ...]] = (
    Ground(rule="CAN-5", clauses=(Clause("manual/cancellation"),), holds=lambda _facts, _terms: True, cites=_chosen),
    Ground(
        rule="DOM-1",
        clauses=(Clause("terms/12.d"),),
        holds=lambda facts, _: facts.asked is RenewalChoice.LAPSE,
        cites=lambda facts, _: (("expiry", facts.expiry),),
    ),
    Ground(
        rule="PAY-12",
        clauses=(HOUSE,),
        holds=lambda facts, _: _voids(facts) + _reissues(facts) > 0,
        cites=lambda facts, _: (("voids", _voids(facts)), ("reissues", _reissues(facts))),
    ),
)


def decide_renewal_choice(facts: RenewalChoiceFacts, _terms: None) -> RenewalChoiceAnswer:
    """Return what the choice makes of the next renewal, or every reason why it does not stand.

    Source: CAN-5, `manual/cancellation`; DOM-1, `terms/12.d`; who may ask is house.
    """
    reasons = fired(CHECKS, facts, None)
    if reasons:
        return RenewalChoiceRefused(reasons=reasons)
    return RenewalChosen(expiry=facts.expiry, voids=_voids(facts), reissues=_reissues(facts))


RENEWAL_CHOICE: Final = Judgement(name="renewal_choice", checks=CHECKS, grounds=GROUNDS, decide=decide_renewal_choice)
