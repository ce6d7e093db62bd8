"""A contract that already runs elsewhere is taken over: it goes on here, from the period that runs, which is paid."""

from typing import final

from attrs import field, frozen

from altocore.catalogue.kinds import Administration
from altocore.catalogue.plans import PlanEdition
from altocore.clients.clients import Client
from altocore.lifecycle.events import Occasion, ServiceEvent
from altocore.lifecycle.machine import SERVICE, ServiceCommand
from altocore.lifecycle.registrations import registration
from altocore.lifecycle.service import Contract, Service
from altocore.plans.plan import Claim, Expect, Plan
from altocore.policy.governing import order_edition
from altocore.values.anchors import Cadence, period_index
from altocore.values.days import Day
from altocore.values.domains import DomainName
from altocore.values.ids import AddonId, ClientId, EditionId
from altocore.workflows.door import claim
from altocore.workflows.moving import moved, with_agenda
from altocore.workflows.ordering import service_id
from altocore.workflows.rulebook import Rulebook

__all__ = ["TakeOver", "plan_take_over"]


@final
@frozen(kw_only=True)
class TakeOver:
    """A running contract: since when, in which plan and cycle, and for whom. `key` is the caller's own name for it.

    `addons` and `administration` are those it runs with, `domain` the one that it keeps registered. What was sold once does
    not run, and is not taken over.
    """

    key: str = field()
    client: ClientId = field()
    plan_edition: EditionId = field()
    cycle: Cadence = field()
    anchor: Day = field()
    addons: tuple[AddonId, ...] = field(default=())
    administration: Administration | None = field(default=None)
    domain: DomainName | None = field(default=None)


def plan_take_over(taken: TakeOver, client_version: int, rulebook: Rulebook, occasion: Occasion) -> Plan[Service]:
    """Return the plan of a contract that goes on here; the period that holds the occasion's day counts as paid.

    Raises:
        BadValue: the contract begins after that day; it is an order then.
        UnknownKey: no edition of the terms is in force.
    """
    running = period_index(taken.anchor, taken.cycle, occasion.day)
    edition = order_edition(rulebook.editions, occasion.day)
    pending = Service(
        id=service_id(taken.key),
        client=taken.client,
        contract=Contract(
            number=1,
            plan_edition=taken.plan_edition,
            cycle=taken.cycle,
            addons=taken.addons,
            administration=taken.administration,
            ordered=taken.anchor,
            anchor=taken.anchor,
            first_period=running + 1,
            terms_edition=edition.id,
        ),
        earlier=(),
        state=SERVICE.initial,
        suspensions=(),
        overloads=0,
        last_period=running,
        terms_edition=edition.id,
        next_revision=0,
        open_invoices=(),
        open_costs=(),
        restoration=None,
        ending=None,
        events=0,
        faults=(),
        registration=registration(taken.domain),
        next_step=None,
    )
    active, event = moved(pending, ServiceCommand.ACTIVATE, occasion, taken.key)
    return Plan(
        answer=active,
        deed=_deed(taken),
        expects=(
            Expect(Client, taken.client, client_version),
            Expect(PlanEdition, taken.plan_edition, 1),
            Expect(Service, active.id, 0),
            Expect(ServiceEvent, event.id, 0),
        ),
        writes=(with_agenda(active, rulebook.editions), event),
        rests_on=("REN-8", "LIF-1"),
        occasion=occasion,
    )


def _deed(taken: TakeOver) -> Claim:
    """Return the identity of what is taken over: its key; the digest is of all that was said of it."""
    administration = "" if taken.administration is None else taken.administration.value
    domain = "" if taken.domain is None else taken.domain.text
    anchor = taken.anchor.isoformat()
    given = (taken.client, taken.plan_edition, taken.cycle.name, anchor, administration, domain, *taken.addons)
    return claim("take_over", taken.key, *given)
