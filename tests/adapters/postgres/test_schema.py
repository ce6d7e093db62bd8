"""What the database refuses by itself, whoever asks, and what its indexes are for."""

from typing import LiteralString

import psycopg
import pytest

from altocore.adapters.postgres import PostgresStore, journals, reading, writing
from altocore.adapters.postgres.schema import DOCUMENT, DOCUMENT_LASTS
from altocore.adapters.rows import NAMES
from altocore.plans.documents import LASTING
from tests.adapters.pages import ORDERS, RENEWALS

pytestmark = pytest.mark.postgres


@pytest.fixture
def database(store: PostgresStore, other: psycopg.Connection) -> psycopg.Connection:
    """Return a connection of somebody who goes past the one door, to a store with something in every table."""
    store.commit((*ORDERS, *RENEWALS))
    return other


@pytest.mark.parametrize(
    ("statement", "refusal"),
    [
        *[
            (f"{verb} {table}", "never deleted")
            for verb in ("DELETE FROM", "TRUNCATE")
            for table in ("document", "claim", "posting", "message", "number", "series")
        ],
        ("UPDATE document SET version = version + 1 WHERE kind = 'invoice'", "never written again"),
        ("UPDATE document SET body = '{}' WHERE kind = 'service'", "no version goes back"),
        ("UPDATE document SET version = 1 WHERE kind = 'service'", "no version goes back"),
        ("UPDATE document SET version = 9, id = 'x' WHERE kind = 'service'", "no version goes back"),
        ("UPDATE document SET version = 9, kind = 'client' WHERE kind = 'service'", "no version goes back"),
        ("UPDATE claim SET digest = 'x'", "never written again"),
        ("UPDATE posting SET minor = minor + 1", "never written again"),
        ("UPDATE number SET n = n + 100", "never written again"),
        ("UPDATE series SET next = next - 1", "never goes back"),
        ("UPDATE credit SET minor = minor - 99999", "credit_minor_check"),
        ("UPDATE credit SET minor = 1000000000000000000", "credit_minor_check"),
        ("UPDATE document SET version = 9, agenda = '2025-1-1' WHERE kind = 'service'", "document_agenda_check"),
        ("INSERT INTO document (kind, id, version, body) VALUES ('gift', 'x', 1, '')", "document_kind_check"),
        ("INSERT INTO document (kind, id, version, body) VALUES ('client', 'x', 0, '')", "document_version_check"),
        ("INSERT INTO document (kind, id, version, body) VALUES ('invoice', 'x', 2, '')", "document_check"),
        ("INSERT INTO document SELECT * FROM document LIMIT 1", "document_pkey"),
        ("INSERT INTO claim SELECT space, key, 'other' FROM claim", "claim_pkey"),
        ("INSERT INTO number SELECT series, n + 100, invoice FROM number", "number_invoice_key"),
        ("INSERT INTO number SELECT series, n, invoice || 'x' FROM number", "number_pkey"),
        (
            "INSERT INTO message OVERRIDING SYSTEM VALUE SELECT seq + 99, id, '', '', '', '', '', '' FROM message",
            "message_id_key",
        ),
    ],
)
def test_the_database_refuses(database: psycopg.Connection, statement: LiteralString, refusal: str) -> None:
    """Constraints and triggers stand behind the guard: rows are only added, versions only rise."""
    with pytest.raises(psycopg.IntegrityError, match=refusal):
        database.execute(statement)


@pytest.mark.parametrize("minor", [0, -1, 10**18])
def test_a_posting_is_a_whole_amount_above_zero(database: psycopg.Connection, minor: int) -> None:
    """No posting of nothing, of less, or of more than eighteen digits."""
    with pytest.raises(psycopg.IntegrityError, match="posting_minor_check"):
        database.execute(
            "INSERT INTO posting (movement, client, document, day, minor, currency, debit, credit)"
            " VALUES ('net_invoiced', 'c', 'd', '2025-01-01', %s, 'USD', 'receivable', 'sales')",
            (minor,),
        )


def test_the_kinds_of_the_schema_are_the_kinds_of_documents() -> None:
    """The tables name every kind, and the triggers let none be written again that lasts."""
    assert all(f"'{name}'" in DOCUMENT for name in NAMES.values())
    for kind, name in NAMES.items():
        assert (f"'{name}'" in DOCUMENT_LASTS) == (kind not in LASTING)
        assert (DOCUMENT.count(f"'{name}'") == 2) == (kind not in LASTING)


@pytest.mark.parametrize(
    ("statement", "parameters", "index"),
    [
        (reading.IDS, ("service", ["a", "b"]), "document_pkey"),
        (reading.OF_CLIENTS, ("service", ["a", "b"]), "document_client"),
        (reading.OF_SERVICES, ("service", ["a", "b"]), "document_service"),
        (reading.UPTO, ("service", "", "", "2025-01-01", 9), "document_agenda"),
        (reading.AFTER, ("service", "", 9), "document_pkey"),
        (reading.CLAIMS, ("order", ["a", "b"]), "claim_pkey"),
        (reading.CREDIT, (["a", "b"],), "credit_pkey"),
        (reading.NUMBERED, ("A", 1), "number_pkey"),
        (reading.NUMBERS, (["a", "b"],), "number_invoice_key"),
        (journals.POSTINGS_OF_ALL, (0, 9), "posting_pkey"),
        (journals.POSTINGS_OF_ONE, ("c", 0, 9), "posting_client"),
        (journals.MESSAGES_OF_ALL, (0, 9), "message_pkey"),
        (journals.MESSAGES_OF_ONE, ("c", 0, 9), "message_client"),
        (writing.LOCK_READ, ("client", ["a", "b"]), "document_pkey"),
        (writing.LOCK_WRITTEN, ("service", ["a", "b"]), "document_pkey"),
        (writing.LOCK_CREDIT, (["a", "b"],), "credit_pkey"),
        (writing.TOLD, (["a", "b"],), "message_id_key"),
    ],
)
def test_every_read_has_its_index(
    database: psycopg.Connection, statement: LiteralString, parameters: tuple[object, ...], index: str
) -> None:
    """No read walks over a table: where walking is forbidden for small tables' sake, each finds its index."""
    database.execute("SET enable_seqscan = off")
    rows = database.execute(f"EXPLAIN {statement}", parameters).fetchall()
    steps = [str(step) for (step,) in rows]
    assert any(f" {index} " in step for step in steps), steps
    assert not any("Seq Scan" in step for step in steps), steps


def test_a_scan_of_the_agenda_is_not_sorted(database: psycopg.Connection) -> None:
    """The index is in the order of the scan, and bounded on both sides: a page costs its rows, not the agenda."""
    database.execute("SET enable_seqscan = off")
    database.execute("SET enable_bitmapscan = off")
    rows = database.execute(f"EXPLAIN {reading.UPTO}", ("service", "", "", "2025-01-01", 9)).fetchall()
    plan = "\n".join(str(step) for (step,) in rows)
    assert "Sort" not in plan, plan
    assert "ROW(agenda, id) >" in plan.split("Filter")[0], plan
