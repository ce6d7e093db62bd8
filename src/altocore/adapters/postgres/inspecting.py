"""The queries of the second pair of eyes that look into a document's text, and the asking of all of them."""

from collections.abc import Iterator
from typing import Final

from psycopg import Cursor
from psycopg.rows import TupleRow

from altocore.adapters import inspection
from altocore.adapters.inspection import Objection, objecting
from altocore.workflows.auditing.findings import Violation

__all__ = ["inspect"]

TOTALS: Final = """
SELECT invoice.id FROM document AS invoice
JOIN document AS standing ON standing.kind = 'standing' AND standing.id = invoice.id
CROSS JOIN jsonb_array_elements(invoice.body::jsonb -> 'lines') AS part (value)
WHERE invoice.kind = 'invoice' GROUP BY invoice.id, standing.body
HAVING sum((part.value #>> '{net,0}')::bigint + (part.value #>> '{tax,0}')::bigint)
    <> (standing.body::jsonb #>> '{total,0}')::bigint
ORDER BY invoice.id
"""
RECEIVABLE: Final = """
SELECT client FROM (
    SELECT client, CASE WHEN debit = 'receivable' THEN minor ELSE -minor END AS minor FROM posting
    WHERE 'receivable' IN (debit, credit)
    UNION ALL
    SELECT client, (body::jsonb #>> '{settled,0}')::bigint - (body::jsonb #>> '{total,0}')::bigint FROM document
    WHERE kind = 'standing' AND (body::jsonb #>> '{state}') = 'open'
) AS moved GROUP BY client HAVING sum(minor) <> 0 ORDER BY client
"""
CASH: Final = """
SELECT client FROM (
    SELECT client, minor FROM posting WHERE debit = 'cash'
    UNION ALL
    SELECT client, -(body::jsonb #>> '{notice,amount,0}')::bigint FROM document WHERE kind = 'payment'
) AS moved GROUP BY client HAVING sum(minor) <> 0 ORDER BY client
"""
CHARGED_TWICE: Final = """
SELECT invoice.service FROM document AS invoice
JOIN document AS standing ON standing.kind = 'standing' AND standing.id = invoice.id
WHERE invoice.kind = 'invoice' AND (standing.body::jsonb #>> '{state}') NOT IN ('voided', 'lapsed')
AND NOT ((invoice.body::jsonb #>> '{kind}') = 'restoration' AND (standing.body::jsonb #>> '{state}') = 'cancelled')
AND (invoice.body::jsonb #>> '{period_number}') IS NOT NULL
GROUP BY invoice.service, (invoice.body::jsonb #>> '{contract}'), (invoice.body::jsonb #>> '{period_number}')
HAVING count(*) > 1 ORDER BY invoice.service
"""
UNCLAIMED: Final = """
SELECT id FROM document WHERE kind = 'invoice' AND (body::jsonb #>> '{kind}') = 'renewal'
AND NOT EXISTS (SELECT 1 FROM claim WHERE space = 'charge' AND key = document.id) ORDER BY id
"""
AGENDA: Final = """
SELECT id FROM document
WHERE kind IN ('service', 'standing') AND agenda IS DISTINCT FROM (body::jsonb #>> '{next_step}') ORDER BY id
"""
OWNERS: Final = """
SELECT id FROM document
WHERE kind NOT IN ('client', 'plan_edition', 'terms_edition') AND (
    client IS DISTINCT FROM (body::jsonb #>> '{client}')
    OR NOT EXISTS (SELECT 1 FROM document AS owner WHERE owner.kind = 'client' AND owner.id = document.client)
) ORDER BY id
"""
FILED: Final = """
SELECT id FROM document
WHERE service IS DISTINCT FROM CASE kind WHEN 'service' THEN id ELSE body::jsonb #>> '{service}' END
OR plan IS DISTINCT FROM CASE kind WHEN 'plan_edition' THEN body::jsonb #>> '{plan}' END
OR day IS DISTINCT FROM CASE kind
    WHEN 'invoice' THEN body::jsonb #>> '{issued}'
    WHEN 'standing' THEN body::jsonb #>> '{due}'
    WHEN 'service_event' THEN body::jsonb #>> '{day}'
    WHEN 'credit_adjustment' THEN body::jsonb #>> '{day}'
    WHEN 'holding' THEN body::jsonb #>> '{since}'
    WHEN 'payment' THEN body::jsonb #>> '{notice,received}'
    WHEN 'service' THEN body::jsonb #>> '{contract,ordered}'
    ELSE '' END
ORDER BY id
"""


def inspect(cursor: Cursor[TupleRow]) -> Iterator[Violation]:
    """Yield what the database itself objects to; each query is run when the one before has been read."""
    yield from objecting(cursor.execute(inspection.CREDIT), Objection.CREDIT)
    yield from objecting(cursor.execute(inspection.NUMBERS), Objection.NUMBERS)
    yield from objecting(cursor.execute(inspection.UNNUMBERED), Objection.UNNUMBERED)
    yield from objecting(cursor.execute(inspection.GHOSTS), Objection.GHOSTS)
    yield from objecting(cursor.execute(inspection.WITHOUT_STANDING), Objection.WITHOUT_STANDING)
    yield from objecting(cursor.execute(TOTALS), Objection.TOTALS)
    yield from objecting(cursor.execute(RECEIVABLE), Objection.RECEIVABLE)
    yield from objecting(cursor.execute(CASH), Objection.CASH)
    yield from objecting(cursor.execute(CHARGED_TWICE), Objection.CHARGED_TWICE)
    yield from objecting(cursor.execute(UNCLAIMED), Objection.UNCLAIMED)
    yield from objecting(cursor.execute(AGENDA), Objection.AGENDA)
    yield from objecting(cursor.execute(OWNERS), Objection.OWNERS)
    yield from objecting(cursor.execute(FILED), Objection.FILED)
    yield from objecting(cursor.execute(inspection.POSTED_TO_NOBODY), Objection.POSTED_TO_NOBODY)
    yield from objecting(cursor.execute(inspection.CHAINS), Objection.CHAINS)
    yield from objecting(cursor.execute(inspection.UNLOGGED), Objection.UNLOGGED)
