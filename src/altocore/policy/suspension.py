"""May a service be suspended for this reason, and what is its client's way out?

For a debt only the timeline of the invoice suspends, on its day: nobody does it by hand. For anything else the provider
does: staff for any reason, and who watches the machines for an overload, which is momentary and comes without notice. A
suspended service may be suspended for one more reason, never twice for the same.

An overload that comes back after a first suspension does not go away by itself: the client must move to a plan that fits.
Shared hosting, whose space is not limited and whose use is, moves to a server of its own.

A domain is never suspended. It has no data that could be kept from its holder, and it is to be kept registered for the time
that was paid.
"""

from enum import StrEnum, unique
from typing import Final, TypeAlias, final

from attrs import field, frozen

from altocore.catalogue.plans import ProductKind
from altocore.lifecycle.events import Actor
from altocore.lifecycle.machine import RUNNING, ServiceState
from altocore.lifecycle.reasons import SUSPENSIONS, SuspensionReason
from altocore.terms.clauses import HOUSE, Clause
from altocore.terms.judgements import Check, Ground, Judgement, fired
from altocore.terms.reasons import Cited, Reason, Why

__all__ = ["SUSPENSION", "SuspensionDue", "SuspensionFacts", "SuspensionRefused", "WayOut", "decide_suspension"]


@final
@unique
class WayOut(StrEnum):
    """What ends a suspension. Source: LIF-3, LIF-7, `terms/13.b-c`."""

    PROBLEM_SOLVED = "problem_solved"
    LARGER_PLAN = "larger_plan"
    OWN_SERVER = "own_server"


@final
@frozen(kw_only=True)
class SuspensionFacts:
    """The kinds that the service holds, its state and reasons so far, the reason to add, by whom, and the overloads before.

    `domains` counts the domains that the service keeps registered: 0 or 1.
    """

    kinds: frozenset[ProductKind] = field()
    domains: int = field()
    state: ServiceState = field()
    suspensions: tuple[SuspensionReason, ...] = field()
    reason: SuspensionReason = field()
    actor: Actor = field()
    overloads: int = field()


@final
@frozen(kw_only=True)
class SuspensionDue:
    """The service is suspended for this reason; `way_out` is what ends it."""

    way_out: WayOut = field()


@final
@frozen(kw_only=True)
class SuspensionRefused:
    """The service stays as it is, for all these reasons."""

    reasons: tuple[Reason, ...] = field()


SuspensionAnswer: TypeAlias = SuspensionDue | SuspensionRefused


def _is_provider(facts: SuspensionFacts) -> bool:
    watches = facts.actor is Actor.PROVISIONER and facts.reason is SuspensionReason.OVERLOAD
    return facts.actor is Actor.STAFF or watches


def _persists(facts: SuspensionFacts, _terms: None = None) -> bool:
    return facts.reason is SuspensionReason.OVERLOAD and facts.overloads > 0


def _way_out(facts: SuspensionFacts) -> WayOut:
    if not _persists(facts):
        return WayOut.PROBLEM_SOLVED
    return WayOut.OWN_SERVER if ProductKind.SHARED_HOSTING in facts.kinds else WayOut.LARGER_PLAN


def _for(facts: SuspensionFacts, _terms: None) -> Cited:
    return (("suspension", facts.reason.value),)


CHECKS: Final[tuple[Check[SuspensionFacts, None], ...]] = (
    Check(
        rule="LIF-2",
        clauses=(Clause("terms/5.a"), Clause("terms/13.b"), Clause("manual/transfer")),
        why=Why.SERVICE_NOT_RUNNING,
        fires=lambda facts, _: facts.state not in RUNNING,
        cites=lambda facts, _: (("state", facts.state.value),),
    ),
    Check(
        rule="DOM-1",
        clauses=(Clause("terms/12.d"),),
        why=Why.DOMAIN_NOT_SUSPENDED,
        fires=lambda facts, _: facts.domains > 0,
    ),
    Check(
        rule="LIF-2",
        clauses=(HOUSE,),
        why=Why.SUSPENDED_ALREADY,
        fires=lambda facts, _: facts.reason in facts.suspensions,
        cites=_for,
    ),
    Check(
        rule="PAY-2",
        clauses=(Clause("terms/5.a"),),
        why=Why.SUSPENDED_BY_TIMELINE_ONLY,
        fires=lambda facts, _: facts.reason is SuspensionReason.OVERDUE,
    ),
    Check(
        rule="LIF-2",
        clauses=(HOUSE,),
        why=Why.NOT_THE_PROVIDER,
        fires=lambda facts, _: facts.reason is not SuspensionReason.OVERDUE and not _is_provider(facts),
        cites=lambda facts, _: (("actor", facts.actor.value), ("suspension", facts.reason.value)),
    ),
)


def _suspends_for(reason: SuspensionReason) -> Ground[SuspensionFacts, None]:
    """Return the ground of a suspension for this reason, with the reason's own clauses."""
    return Ground(rule="LIF-2", clauses=SUSPENSIONS[reason], holds=lambda facts, _: facts.reason is reason, cites=_for)


GROUNDS: Final[tuple[Ground[SuspensionFacts, None], ...]] = (
    *[_suspends_for(reason) for reason in SuspensionReason if reason is not SuspensionReason.OVERDUE],
    Ground(rule="PAY-3", clauses=(Clause("terms/5.a"),), holds=lambda _facts, _terms: True),
    Ground(
        rule="LIF-7",
        clauses=(Clause("terms/13.b-c"),),
        holds=_persists,
        cites=lambda facts, _: (("overloads", facts.overloads), ("way_out", _way_out(facts).value)),
    ),
)


def decide_suspension(facts: SuspensionFacts, _terms: None) -> SuspensionAnswer:
    """Return that the service is suspended for the reason given and what ends that, or every reason why it is not.

    Source: LIF-2, `terms/13.b`, `manual/transfer`; LIF-7, `terms/13.b-c`.
    """
    reasons = fired(CHECKS, facts, None)
    return SuspensionRefused(reasons=reasons) if reasons else SuspensionDue(way_out=_way_out(facts))


SUSPENSION: Final = Judgement(name="suspension", checks=CHECKS, grounds=GROUNDS, decide=decide_suspension)
