"""A published edition reaches the contracts that it may reach at once: their clients are told, their agenda derived anew.

Ask for it on the day that the edition is published, with the rulebook loaded again, before that day's billing. Contracts
whose terms change with their next period are left alone: their renewal tells it. The services are walked by id, page by
page, and each is done once for each edition; a walk that was interrupted is asked for again and goes on.

What counts is the edition of a service's last invoice, as in `policy.governing`: it says whether another one may step in.
"""

from collections.abc import Sequence
from typing import TypeAlias, final

from attrs import field, frozen

from altocore.lifecycle.events import Occasion
from altocore.lifecycle.service import Service
from altocore.plans.documents import Stored
from altocore.plans.messages import Message, MessageKind, message
from altocore.plans.overlay import Overlay
from altocore.plans.plan import Expect, Plan
from altocore.plans.reading import Ids
from altocore.policy.governing import invoice_edition, order_edition
from altocore.policy.terms_change import (
    TERMS_CHANGE,
    TermsChangeFacts,
    TermsReach,
    TermsWait,
    decide_terms_change,
)
from altocore.ports.store import Store
from altocore.terms.differences import changed_fields
from altocore.terms.editions import Editions, TermsEdition
from altocore.terms.judgements import rests_on
from altocore.terms.options import TermsChange
from altocore.values.days import Day
from altocore.values.ids import ClientId, EditionId
from altocore.workflows.door import claim
from altocore.workflows.moving import with_agenda
from altocore.workflows.one import one
from altocore.workflows.pages import PAGE, Deed, Run, do_pages
from altocore.workflows.reports import Report
from altocore.workflows.rulebook import Rulebook
from altocore.workflows.walking import pages_of

__all__ = ["NewTerms", "change_terms", "new_terms", "plan_terms_change", "terms_changed"]

TermsChangeAnswer: TypeAlias = TermsReach | TermsWait


@final
@frozen(kw_only=True)
class NewTerms:
    """An edition that is published: the day it comes into force, and the fields it says otherwise than what was until then.

    `changed` is empty where on that day another edition is in force.
    """

    edition: EditionId = field()
    effective: Day = field()
    changed: tuple[str, ...] = field()


def terms_changed(client: ClientId, edition: EditionId, day: Day) -> Message:
    """Return the notice that an edition is to govern a contract of this client; of an edition a client is told once."""
    return message(MessageKind.TERMS_CHANGED, client, edition, client, day)


def new_terms(editions: Editions, edition: EditionId) -> NewTerms:
    """Return from when on this edition is in force, and in what it differs from the one that was until then.

    Raises:
        UnknownKey: it is not among these.
    """
    own = invoice_edition(editions, edition)
    effective = max(own.published, own.effective)
    return NewTerms(edition=edition, effective=effective, changed=_changed(editions, own, effective))


def _changed(editions: Editions, own: TermsEdition, effective: Day) -> tuple[str, ...]:
    others = Editions(tuple([each for each in editions.editions if each.id != own.id]))
    reigning = [reign.edition for reign in others.reigns() if reign.start <= effective]
    if not reigning or order_edition(editions, effective).id != own.id:
        return ()
    return changed_fields(reigning[-1].terms, own.terms)


def change_terms(
    store: Store, rulebook: Rulebook, edition: EditionId, occasion: Occasion, *, page: int = PAGE
) -> Report:
    """Let a published edition reach every contract that it may reach before its next period, each once, and report it.

    Where no edition reads ANY_TIME there is none, and no service is read.

    Raises:
        UnknownKey: the rulebook does not hold the edition; load it again after publishing.
        Unavailable: the store failed; what was committed stays, and the same call resumes.
    """
    new = new_terms(rulebook.editions, edition)
    deed = Deed[str](
        name_of=str,
        fresh=lambda _reader, service: service,
        prefetch=_prefetch,
        step=lambda overlay, service, rules, when: plan_terms_change(one(overlay, Service, service), new, rules, when),
    )
    run = Run(store=store, rulebook=rulebook, occasion=occasion, page=page)
    report = Report()
    readings = {each.terms.contract.terms_change for each in rulebook.editions.editions}
    if TermsChange.ANY_TIME in readings:
        for entries in pages_of(store, Service):
            report.add(do_pages(run, deed, [entry.id for entry in entries]))
    return report


def plan_terms_change(
    stored: Stored[Service], new: NewTerms, rulebook: Rulebook, occasion: Occasion
) -> Plan[TermsChangeAnswer]:
    """Return the plan of a service whose contract new terms reach: its agenda derived anew, and its client told.

    Raises:
        UnknownKey: the edition of the service's last invoice is not in the rulebook.

    Source: REN-6, `terms/3.b`, `manual/honour`, `terms/closing`.
    """
    service = stored.document
    own = invoice_edition(rulebook.editions, service.terms_edition)
    facts = TermsChangeFacts(
        state=service.state,
        effective=new.effective,
        changed=() if own.id == new.edition else new.changed,
    )
    answer = decide_terms_change(facts, own.terms.contract)
    rules = rests_on(TERMS_CHANGE, facts, own.terms.contract)
    deed = claim("terms_change", f"{new.edition}/{service.id}")
    if isinstance(answer, TermsWait):
        return Plan(answer=answer, deed=deed, rests_on=rules)
    return Plan(
        answer=answer,
        deed=deed,
        expects=(Expect(Service, service.id, stored.version),),
        writes=(with_agenda(service, rulebook.editions),),
        messages=(terms_changed(service.client, new.edition, occasion.day),),
        rests_on=rules,
        occasion=occasion,
    )


def _prefetch(overlay: Overlay, services: Sequence[str]) -> None:
    overlay.select(Service, Ids(tuple(services)))
