"""A page as sets of rows: what its plans name, and what the admitted ones write, each set in one fixed order."""

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from altocore.adapters.encoding import Encoded
from altocore.adapters.rows import DocumentRow
from altocore.plans.documents import Document
from altocore.plans.plan import Plan
from altocore.values.ids import ClientId, InvoiceId

__all__ = [
    "NumberRow",
    "asked_numbers",
    "claim_rows",
    "credit_changes",
    "document_sets",
    "given_numbers",
    "named_claims",
    "named_clients",
    "named_documents",
    "named_owners",
]

NumberRow: TypeAlias = tuple[str, int, InvoiceId]
"""The columns of a number: series, number, invoice."""


def named_documents(plans: Iterable[Plan[object]]) -> dict[type[Document], set[str]]:
    """Return the ids of each kind that these plans expect something of."""
    named: dict[type[Document], set[str]] = {}
    for plan in plans:
        for expect in plan.expects:
            named.setdefault(expect.kind, set()).add(expect.id)
    return named


def named_claims(plans: Iterable[Plan[object]]) -> dict[str, set[str]]:
    """Return the keys of each space that these plans claim."""
    named: dict[str, set[str]] = {}
    for plan in plans:
        for claim in (plan.deed, *plan.claims):
            named.setdefault(claim.space, set()).add(claim.key)
    return named


def named_clients(plans: Iterable[Plan[object]]) -> set[ClientId]:
    """Return the clients whose credit these plans read or move."""
    clients = {posting.client for plan in plans for posting in plan.postings if posting.credit_change}
    clients.update([read.client for plan in plans for read in plan.credits])
    return clients


def named_owners(page: Iterable[Encoded]) -> set[str]:
    """Return the clients that this page writes, posts or says something to."""
    return {owner for each in page for owner in each.owners}


def document_sets(admitted: Iterable[Encoded]) -> tuple[list[DocumentRow], list[DocumentRow]]:
    """Return the documents that are new and those that are moved on, each once, as the page leaves it.

    In the order of their keys: neighbours then go into the same page of an index.
    """
    new: dict[tuple[str, str], DocumentRow] = {}
    moved: dict[tuple[str, str], DocumentRow] = {}
    for each in admitted:
        for row in each.rows:
            key = (row[0], row[1])
            (new if row[2] == 1 or key in new else moved)[key] = row
    return [new[key] for key in sorted(new)], [moved[key] for key in sorted(moved)]


def claim_rows(plans: Iterable[Plan[object]]) -> list[tuple[str, str, str]]:
    """Return space, key and digest of every claim."""
    return [(claim.space, claim.key, claim.digest) for plan in plans for claim in (plan.deed, *plan.claims)]


def credit_changes(plans: Iterable[Plan[object]]) -> list[tuple[str, str, int]]:
    """Return client, currency and the change of its credit, by client; what a page moves of one client is one row."""
    changes: dict[str, tuple[str, int]] = {}
    for plan in plans:
        for posting in plan.postings:
            if posting.credit_change:
                _, before = changes.get(posting.client, ("", 0))
                changes[posting.client] = (posting.amount.currency.code, before + posting.credit_change)
    return [(client, code, change) for client, (code, change) in sorted(changes.items())]


def asked_numbers(plans: Iterable[Plan[object]]) -> list[tuple[str, list[InvoiceId]]]:
    """Return each series with the invoices that ask for its numbers: series by name, invoices as the plans ask."""
    asked: dict[str, list[InvoiceId]] = {}
    for plan in plans:
        for each in plan.numbers:
            asked.setdefault(each.series, []).append(each.invoice)
    return sorted(asked.items())


def given_numbers(plans: Sequence[Plan[object]], rows: Iterable[NumberRow]) -> list[tuple[tuple[InvoiceId, int], ...]]:
    """Return for each plan the numbers that it asked for."""
    given = {invoice: number for _, number, invoice in rows}
    return [tuple([(each.invoice, given[each.invoice]) for each in plan.numbers]) for plan in plans]
