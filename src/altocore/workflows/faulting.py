"""A fault of the provider is recorded for a service: the timelines of all its debts wait longer, no due date does."""

from typing import Final, TypeAlias, final

from attrs import evolve as replace
from attrs import field, frozen

from altocore.billing.standing import Standing
from altocore.errors import BadValue
from altocore.lifecycle.events import Occasion
from altocore.lifecycle.faults import FaultReason, ProviderFault, delays, provider_fault
from altocore.lifecycle.service import Service
from altocore.plans.documents import Stored
from altocore.plans.plan import Claim, Expect, Plan
from altocore.plans.reading import Ids, Reader
from altocore.policy.fault import FAULT, FaultAccepted, FaultFacts, FaultRefused, decide_fault
from altocore.policy.governing import invoice_edition
from altocore.ports.store import Store
from altocore.terms.judgements import rests_on
from altocore.values.days import day
from altocore.values.ids import ServiceId
from altocore.values.instants import Instant
from altocore.workflows.door import Result, claim, perform
from altocore.workflows.one import one
from altocore.workflows.rulebook import Rulebook
from altocore.workflows.timelines import with_next_step

__all__ = ["Fault", "FaultCase", "load_fault", "plan_fault", "record_fault"]

FaultAnswer: TypeAlias = FaultAccepted | FaultRefused

_ALWAYS: Final = day(1970, 1, 1)
"""Before the first invoice."""


@final
@frozen(kw_only=True)
class Fault:
    """What is recorded: a fault from `start` to `end`, the end not included. `key` is the caller's own name for it."""

    key: str = field()
    service: ServiceId = field()
    start: Instant = field()
    end: Instant = field()
    reason: FaultReason = field()
    reference: str = field(default="")


@final
@frozen(kw_only=True)
class FaultCase:
    """A fault with its service, and the standings of that service's open invoices."""

    fault: Fault = field()
    service: Stored[Service] = field()
    standings: tuple[Stored[Standing], ...] = field()


def load_fault(reader: Reader, fault: Fault) -> FaultCase:
    """Return the case of a fault.

    Raises:
        UnknownKey: the service is not stored.
    """
    service = one(reader, Service, fault.service)
    return FaultCase(
        fault=fault, service=service, standings=tuple(reader.select(Standing, Ids(service.document.unsettled)))
    )


def fault_deed(fault: Fault) -> Claim:
    """Return the identity of a fault: the caller's key; the digest is of all that was told."""
    given = (fault.service, fault.start.isoformat(), fault.end.isoformat(), fault.reason.value, fault.reference)
    return claim("fault", fault.key, *given)


def plan_fault(case: FaultCase, rulebook: Rulebook, occasion: Occasion) -> Plan[FaultAnswer]:
    """Return the plan that records a fault, with the next step of every open invoice of the service derived anew.

    Only steps that are still to come are moved, also where the fault lies behind: what was done stays done.

    Raises:
        BadValue: it has no length, or it is not over yet.

    Source: PAY-2, house.
    """
    service, told = case.service.document, _told(case.fault, rulebook, occasion)
    faulted = replace(service, faults=(*service.faults, told))
    facts = FaultFacts(actor=occasion.actor, days=_days(faulted) - _days(service))
    answer = decide_fault(facts, None)
    deed, rules = fault_deed(case.fault), rests_on(FAULT, facts, None)
    if isinstance(answer, FaultRefused):
        return Plan(answer=answer, deed=deed, rests_on=rules)
    moved = [
        with_next_step(
            each.document, faulted.faults, invoice_edition(rulebook.editions, each.document.terms_edition).terms.overdue
        )
        for each in case.standings
    ]
    return Plan(
        answer=answer,
        deed=deed,
        expects=(
            Expect(Service, service.id, case.service.version),
            *[Expect(Standing, each.document.id, each.version) for each in case.standings],
        ),
        writes=(faulted, *moved),
        rests_on=rules,
        occasion=occasion,
    )


def record_fault(store: Store, rulebook: Rulebook, fault: Fault, occasion: Occasion) -> Result[FaultAnswer]:
    """Record a fault of the provider for a service, once.

    Raises:
        UnknownKey: the service is not stored.
        BadValue: it has no length, it is not over yet, or its key was used before, with another input.
    """
    return perform(store, fault_deed(fault), lambda reader: plan_fault(load_fault(reader, fault), rulebook, occasion))


def _told(fault: Fault, rulebook: Rulebook, occasion: Occasion) -> ProviderFault:
    if fault.end > occasion.at:
        raise BadValue("end", "the fault is not over yet on the occasion that it is recorded")
    return provider_fault(
        key=fault.key,
        start=fault.start,
        end=fault.end,
        zone=rulebook.provider.zone,
        actor=occasion.actor,
        reason=fault.reason,
        reference=fault.reference,
        recorded=occasion.day,
    )


def _days(service: Service) -> int:
    """Return how many days all faults of a service take together."""
    return sum(delay.days for delay in delays(service.faults, _ALWAYS))
