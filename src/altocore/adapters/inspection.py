"""The invariants asked once more, by queries that share nothing with the code that bills: a second pair of eyes.

What `audit` derives document by document, the database here adds up by itself. Each query returns the places that object,
and is one pass over an index or a table, so a million invoices take no more memory than a thousand. Here are the queries
that every database understands, and what each objects to; those that look into a document's text are each database's own.
"""

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum, unique
from typing import Final, final

from altocore.workflows.auditing.findings import Invariant, Violation

__all__ = [
    "CHAINS",
    "CREDIT",
    "GHOSTS",
    "NUMBERS",
    "POSTED_TO_NOBODY",
    "UNLOGGED",
    "UNNUMBERED",
    "WITHOUT_STANDING",
    "Objection",
    "objecting",
]

CREDIT: Final = """
SELECT client FROM (
    SELECT client, minor FROM credit
    UNION ALL
    SELECT client, CASE WHEN debit = 'client_credit' THEN minor ELSE -minor END FROM posting
    WHERE 'client_credit' IN (debit, credit)
) AS moved GROUP BY client HAVING sum(minor) <> 0 ORDER BY client
"""
NUMBERS: Final = """
SELECT series.series FROM series LEFT JOIN number ON number.series = series.series
GROUP BY series.series, series.next
HAVING count(n) <> series.next - 1 OR coalesce(min(n), 1) <> 1 OR coalesce(max(n), 0) <> series.next - 1
ORDER BY series.series
"""
UNNUMBERED: Final = """
SELECT id FROM document WHERE kind = 'invoice' AND NOT EXISTS (SELECT 1 FROM number WHERE invoice = document.id)
ORDER BY id
"""
GHOSTS: Final = """
SELECT invoice FROM number
WHERE NOT EXISTS (SELECT 1 FROM document WHERE kind = 'invoice' AND id = number.invoice) ORDER BY invoice
"""
WITHOUT_STANDING: Final = """
SELECT id FROM document WHERE kind IN ('invoice', 'standing') GROUP BY id HAVING count(*) <> 2 ORDER BY id
"""
POSTED_TO_NOBODY: Final = """
SELECT DISTINCT document FROM posting
WHERE NOT EXISTS (SELECT 1 FROM document AS owner WHERE owner.kind = 'client' AND owner.id = posting.client)
ORDER BY document
"""
CHAINS: Final = """
SELECT client FROM log GROUP BY client HAVING count(*) <> max(n) OR min(n) <> 1 ORDER BY client
"""
UNLOGGED: Final = """
SELECT id FROM document WHERE kind = 'client' AND NOT EXISTS (SELECT 1 FROM log WHERE client = document.id)
ORDER BY id
"""


@final
@unique
class Objection(Enum):
    """What a query objects to: the invariant, and what is wrong with the place that it names."""

    CREDIT = (Invariant.CREDIT_IS_SUM_OF_POSTINGS, "its credit is not what its postings sum to")
    NUMBERS = (Invariant.NUMBERS_ARE_GAPLESS, "its numbers have a gap, or do not end where the series does")
    UNNUMBERED = (Invariant.NUMBERS_ARE_GAPLESS, "it has no number")
    GHOSTS = (Invariant.NUMBERS_ARE_GAPLESS, "its number is of no invoice")
    WITHOUT_STANDING = (Invariant.STANDING_FOLLOWS_INVOICE, "it is an invoice without standing, or the reverse")
    TOTALS = (Invariant.INVOICE_IS_SUM_OF_LINES, "its standing asks another total than its lines sum to")
    RECEIVABLE = (Invariant.LEDGER_FOLLOWS_DOCUMENTS, "it owes another sum in the ledger than its invoices say")
    CASH = (Invariant.PAYMENT_IS_SHARED_OUT, "its payments say another sum than came in by the ledger")
    CHARGED_TWICE = (Invariant.CHARGES_ARE_ONCE, "one of its periods is charged twice")
    UNCLAIMED = (Invariant.CHARGES_ARE_ONCE, "no claim keeps this renewal from being charged again")
    AGENDA = (Invariant.AGENDA_IS_DERIVED, "it stands on the agenda of another day than it says")
    OWNERS = (Invariant.OWNER_IS_STORED, "it is found under another client than it says, or one that is not stored")
    FILED = (Invariant.OWNER_IS_STORED, "it is found by another day or another service than it says")
    POSTED_TO_NOBODY = (Invariant.OWNER_IS_STORED, "its posting has no stored client")
    CHAINS = (Invariant.AUDIT_LOG_IS_WHOLE, "entries of its audit log are missing")
    UNLOGGED = (Invariant.AUDIT_LOG_IS_WHOLE, "it has no audit log")


def objecting(rows: Iterable[Sequence[str]], objection: Objection) -> Iterator[Violation]:
    """Yield a violation for each place that a query found."""
    invariant, problem = objection.value
    for (where,) in rows:
        yield Violation(invariant=invariant, where=where, problem=problem)
