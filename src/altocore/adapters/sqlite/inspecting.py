"""The queries of the second pair of eyes that look into a document's text, and the asking of all of them."""

import sqlite3
from collections.abc import Iterator
from typing import Final

from altocore.adapters import inspection
from altocore.adapters.inspection import Objection, objecting
from altocore.workflows.auditing.findings import Violation

__all__ = ["inspect"]

TOTALS: Final = """
SELECT invoice.id FROM document AS invoice
JOIN document AS standing ON standing.kind = 'standing' AND standing.id = invoice.id
CROSS JOIN json_each(invoice.body, '$.lines') AS part
WHERE invoice.kind = 'invoice' GROUP BY invoice.id, standing.body
HAVING sum(json_extract(part.value, '$.net[0]') + json_extract(part.value, '$.tax[0]'))
    <> json_extract(standing.body, '$.total[0]')
ORDER BY invoice.id
"""
RECEIVABLE: Final = """
SELECT client FROM (
    SELECT client, CASE WHEN debit = 'receivable' THEN minor ELSE -minor END AS minor FROM posting
    WHERE 'receivable' IN (debit, credit)
    UNION ALL
    SELECT client, json_extract(body, '$.settled[0]') - json_extract(body, '$.total[0]') FROM document
    WHERE kind = 'standing' AND json_extract(body, '$.state') = 'open'
) AS moved GROUP BY client HAVING sum(minor) <> 0 ORDER BY client
"""
CASH: Final = """
SELECT client FROM (
    SELECT client, minor FROM posting WHERE debit = 'cash'
    UNION ALL
    SELECT client, -json_extract(body, '$.notice.amount[0]') FROM document WHERE kind = 'payment'
) AS moved GROUP BY client HAVING sum(minor) <> 0 ORDER BY client
"""
CHARGED_TWICE: Final = """
SELECT invoice.service FROM document AS invoice
JOIN document AS standing ON standing.kind = 'standing' AND standing.id = invoice.id
WHERE invoice.kind = 'invoice' AND json_extract(standing.body, '$.state') NOT IN ('voided', 'lapsed')
AND NOT (json_extract(invoice.body, '$.kind') = 'restoration' AND json_extract(standing.body, '$.state') = 'cancelled')
AND json_extract(invoice.body, '$.period_number') IS NOT NULL
GROUP BY invoice.service, json_extract(invoice.body, '$.contract'), json_extract(invoice.body, '$.period_number')
HAVING count(*) > 1 ORDER BY invoice.service
"""
UNCLAIMED: Final = """
SELECT id FROM document WHERE kind = 'invoice' AND json_extract(body, '$.kind') = 'renewal'
AND NOT EXISTS (SELECT 1 FROM claim WHERE space = 'charge' AND key = document.id) ORDER BY id
"""
AGENDA: Final = """
SELECT id FROM document
WHERE kind IN ('service', 'standing') AND agenda IS NOT json_extract(body, '$.next_step') ORDER BY id
"""
OWNERS: Final = """
SELECT id FROM document
WHERE kind NOT IN ('client', 'plan_edition', 'terms_edition') AND (
    client IS NOT json_extract(body, '$.client')
    OR NOT EXISTS (SELECT 1 FROM document AS owner WHERE owner.kind = 'client' AND owner.id = document.client)
) ORDER BY id
"""
FILED: Final = """
SELECT id FROM document
WHERE service IS NOT CASE kind WHEN 'service' THEN id ELSE json_extract(body, '$.service') END
OR plan IS NOT CASE kind WHEN 'plan_edition' THEN json_extract(body, '$.plan') END
OR day IS NOT CASE kind
    WHEN 'invoice' THEN json_extract(body, '$.issued')
    WHEN 'standing' THEN json_extract(body, '$.due')
    WHEN 'service_event' THEN json_extract(body, '$.day')
    WHEN 'credit_adjustment' THEN json_extract(body, '$.day')
    WHEN 'holding' THEN json_extract(body, '$.since')
    WHEN 'payment' THEN json_extract(body, '$.notice.received')
    WHEN 'service' THEN json_extract(body, '$.contract.ordered')
    ELSE '' END
ORDER BY id
"""


def inspect(connection: sqlite3.Connection) -> Iterator[Violation]:
    """Yield what the database itself objects to; each query is run when the one before has been read."""
    yield from objecting(connection.execute(inspection.CREDIT), Objection.CREDIT)
    yield from objecting(connection.execute(inspection.NUMBERS), Objection.NUMBERS)
    yield from objecting(connection.execute(inspection.UNNUMBERED), Objection.UNNUMBERED)
    yield from objecting(connection.execute(inspection.GHOSTS), Objection.GHOSTS)
    yield from objecting(connection.execute(inspection.WITHOUT_STANDING), Objection.WITHOUT_STANDING)
    yield from objecting(connection.execute(TOTALS), Objection.TOTALS)
    yield from objecting(connection.execute(RECEIVABLE), Objection.RECEIVABLE)
    yield from objecting(connection.execute(CASH), Objection.CASH)
    yield from objecting(connection.execute(CHARGED_TWICE), Objection.CHARGED_TWICE)
    yield from objecting(connection.execute(UNCLAIMED), Objection.UNCLAIMED)
    yield from objecting(connection.execute(AGENDA), Objection.AGENDA)
    yield from objecting(connection.execute(OWNERS), Objection.OWNERS)
    yield from objecting(connection.execute(FILED), Objection.FILED)
    yield from objecting(connection.execute(inspection.POSTED_TO_NOBODY), Objection.POSTED_TO_NOBODY)
    yield from objecting(connection.execute(inspection.CHAINS), Objection.CHAINS)
    yield from objecting(connection.execute(inspection.UNLOGGED), Objection.UNLOGGED)
