"""The timeline of a stored invoice: the facts that its judgement reads, and its next step derived from them at each write."""

from collections.abc import Sequence

from attrs import evolve as replace

from altocore.billing.moves import Moves
from altocore.billing.standing import Standing, StandingState, next_step_day
from altocore.billing.timeline import timeline
from altocore.lifecycle.faults import ProviderFault, delays
from altocore.lifecycle.service import Service
from altocore.plans.documents import Stored
from altocore.policy.governing import invoice_edition
from altocore.policy.overdue import OverdueFacts
from altocore.terms.editions import Editions
from altocore.terms.parts import OverdueTerms
from altocore.values.days import Day

__all__ = ["moves_of", "outliving", "overdue_facts", "with_next_step"]


def moves_of(standing: Standing, faults: tuple[ProviderFault, ...]) -> Moves:
    """Return what moves the steps of an invoice: the faults of its service since its issue, and the promises to pay it."""
    return standing.moves(delays(faults, standing.issued) if faults else ())


def overdue_facts(standing: Standing, service: Service, today: Day) -> OverdueFacts:
    """Return what the judgement of an unpaid invoice reads of it and of its service."""
    return OverdueFacts(
        kind=standing.kind,
        standing=standing.state,
        service=service.state,
        suspensions=service.suspensions,
        issued=standing.issued,
        due=standing.due,
        steps_done=standing.steps_done,
        last_notice_taken=standing.last_notice_taken,
        today=today,
        moves=moves_of(standing, service.faults),
    )


def with_next_step(standing: Standing, faults: tuple[ProviderFault, ...], terms: OverdueTerms) -> Standing:
    """Return the standing with its next step derived anew, under the terms of its own invoice and its service's faults."""
    if standing.state is not StandingState.OPEN:
        return standing
    following = next_step_day(
        standing.kind,
        standing.due,
        standing.steps_done,
        standing.last_notice_taken,
        terms,
        moves_of(standing, faults),
    )
    return replace(standing, next_step=following)


def outliving(unpaid: Sequence[Stored[Standing]], service: Service, editions: Editions) -> list[Standing]:
    """Return the standings of unpaid invoices whose service has ended: the next step is the last of the timeline of each.

    Source: PAY-2, "after termination only the invoice's cancellation remains".
    """
    found: list[Standing] = []
    for stored in unpaid:
        standing = stored.document
        terms = invoice_edition(editions, standing.terms_edition).terms.overdue
        walked = replace(standing, steps_done=len(timeline(standing.kind, terms)) - 1)
        found.append(with_next_step(walked, service.faults, terms))
    return found
