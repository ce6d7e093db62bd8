"""Which edition of the terms governs a question? This module is the only chooser: one function for each question.

Every question has its edition under PERIOD_END_WITH_NOTICE, "whatever was published since" (REN-4):

- what may be ordered, and the first period's charge: the edition in force on the day of the order;
- a request within a period (to cancel): the edition of the invoice whose period holds the day;
- what is done to the contract as it stands (it is activated, a pending end takes effect or is taken back): the edition of
  its last invoice, and before the first one, of the order;
- when the next renewal is issued and due: that of the last invoice too, for it is the period that ends which says so;
- what that renewal is issued under: the latest edition published by its issue and effective by the period's first day;
- the timeline, the taxes and the due days of an invoice that is issued: the invoice's own.

Whose `TermsChange` counts? That of the edition named above, and of no other. An edition that says PERIOD_END_WITH_NOTICE
is let go by nobody's word but the next invoice's; one that says ANY_TIME gives its place, on every day, to the edition in
force that day, whatever that one says of later changes. So a provider cannot reach into a period that was promised to
stay as it is by publishing an edition that says ANY_TIME.

Two questions have one answer under both readings. What a renewal is issued under is a new contract for a period to come
(REN-5), and the day that it is about is the period's first. And what an invoice says of itself was told when it was
issued: as a commission keeps the edition that it was earned under (AFF-3), so an overdue invoice keeps its timeline.

"That day" is the day of the issue for a renewal's issue, which makes it a day to look for: the first one on which the
edition in force that day says that the renewal is to be issued. From then on it is due, and a later edition with a
shorter notice does not make it undue again. `renewal_issue_day` finds that day from the editions alone, so that a
service's agenda can be derived at any time and gives the same; it is derived anew where an edition is published
(`workflows.changing_terms`).

Source: REN-4, `manual/honour`; REN-6, `terms/3.b`, `manual/honour`, `terms/closing`.
"""

from collections.abc import Sequence
from typing import assert_never

from altocore.billing.invoices import Invoice
from altocore.lifecycle.service import Service
from altocore.terms.editions import Editions, Reign, TermsEdition
from altocore.terms.options import TermsChange
from altocore.values.days import Day, add_days
from altocore.values.ids import EditionId

__all__ = [
    "charge_edition",
    "contract_edition",
    "governing",
    "invoice_edition",
    "order_edition",
    "renewal_edition",
    "renewal_editions",
    "renewal_issue_day",
    "request_edition",
]


def governing(invoices: Sequence[Invoice], service: Service, day: Day) -> EditionId:
    """Return the edition of the invoice whose period holds the day: the one that governs the period that runs.

    Before the first period that was invoiced here it is the edition that the contract was ordered, or taken over, under;
    after the last invoiced period it stays that of the last. `invoices` are the service's, without those that were withdrawn;
    those of an earlier contract are passed over.

    Source: REN-4, `manual/honour`.
    """
    contract = service.contract
    begun = [
        (each.period_number, each.terms_edition)
        for each in invoices
        if each.service == service.id
        and each.contract == contract.number
        and each.period_number is not None
        and _has_begun(service, each.period_number, day)
    ]
    return max(begun, default=(0, contract.terms_edition))[1]


def _has_begun(service: Service, number: int, day: Day) -> bool:
    period = service.period(number)
    return period is not None and period.start <= day


def order_edition(editions: Editions, day: Day) -> TermsEdition:
    """Return the edition that governs what is ordered, or taken over, on this day: the one in force.

    Raises:
        UnknownKey: none is.
    """
    return editions.in_force(issue=day, start=day)


def request_edition(editions: Editions, invoices: Sequence[Invoice], service: Service, day: Day) -> TermsEdition:
    """Return the edition that governs what a client asks of a service on this day; see `governing` for the invoices.

    Raises:
        UnknownKey: the edition of the period is not among these.
    """
    return _on(editions, governing(invoices, service, day), day)


def contract_edition(editions: Editions, service: Service, day: Day) -> TermsEdition:
    """Return the edition that governs what is done on this day to the contract as it was last invoiced.

    Raises:
        UnknownKey: the edition of its last invoice is not among these.
    """
    return _on(editions, service.terms_edition, day)


def renewal_edition(editions: Editions, own: EditionId, start: Day, day: Day) -> TermsEdition:
    """Return the edition that says on this day whether a renewal is to be issued, and when it is due.

    `own` is the edition of the last invoice, `start` the first day of the period to come.

    Raises:
        UnknownKey: `own` is not among these.
    """
    edition = editions.of(own)
    if not _gives_place(edition):
        return edition
    until = min(day, _issue_day(_issuing(editions, start), start))
    begun = [reign.edition for reign in editions.reigns() if reign.start <= until]
    return begun[-1] if begun else edition


def renewal_editions(editions: Editions, own: EditionId, start: Day, day: Day) -> tuple[TermsEdition, ...]:
    """Return every edition that may have said so in the course of this day, for `renewal_edition` says it for its end.

    An edition may be published when the day's renewals are out already. Which of that day's editions were known then,
    nobody can tell from the editions: so it is asked without them, and with each of them.

    Raises:
        UnknownKey: `own` is not among these.
    """
    before = [edition for edition in editions.editions if edition.published != day or edition.id == own]
    fresh = [[edition] for edition in editions.editions if edition not in before]
    told = [renewal_edition(Editions((*before, *known)), own, start, day) for known in ([], *fresh)]
    return tuple([edition for at, edition in enumerate(told) if edition not in told[:at]])


def renewal_issue_day(editions: Editions, own: EditionId, start: Day) -> Day:
    """Return the day on which the renewal of the period that begins on `start` is to be issued.

    `own` is the edition of the last invoice. It is the first day on which `renewal_edition` says so.

    Raises:
        UnknownKey: `own` is not among these.

    Source: REN-2, house; REN-6.
    """
    edition = editions.of(own)
    return _issue_day(_issuing(editions, start), start) if _gives_place(edition) else _told_by(edition, start)


def charge_edition(editions: Editions, *, issue: Day, start: Day) -> TermsEdition:
    """Return the edition that a renewal is issued under: published by `issue`, effective by the period's first day.

    Raises:
        UnknownKey: none is.
    """
    return editions.in_force(issue=issue, start=start)


def invoice_edition(editions: Editions, own: EditionId) -> TermsEdition:
    """Return the edition that governs an issued invoice: its own, for as long as it exists.

    Raises:
        UnknownKey: it is not among these.
    """
    return editions.of(own)


def _on(editions: Editions, own: EditionId, day: Day) -> TermsEdition:
    """Return the edition with this id, or the one in force on this day where it gives its place to that."""
    edition = editions.of(own)
    return editions.in_force(issue=day, start=day) if _gives_place(edition) else edition


def _gives_place(edition: TermsEdition) -> bool:
    reading = edition.terms.contract.terms_change
    match reading:
        case TermsChange.PERIOD_END_WITH_NOTICE:
            return False
        case TermsChange.ANY_TIME:
            return True
        case _:
            assert_never(reading)


def _told_by(edition: TermsEdition, start: Day) -> Day:
    return add_days(start, -edition.terms.invoicing.renewal_notice_days)


def _issue_day(reign: Reign, start: Day) -> Day:
    return max(reign.start, _told_by(reign.edition, start))


def _issuing(editions: Editions, start: Day) -> Reign:
    """Return the first reign in whose days the renewal's issue falls; the last one has no end."""
    return next(reign for reign in editions.reigns() if reign.end is None or _issue_day(reign, start) < reign.end)
