"""What the indexes are for: a store of a million rows answers like one of ten."""

from typing import LiteralString

import psycopg
import pytest

from altocore.adapters.postgres import PostgresStore, journals, log, reading, writing
from tests.adapters.pages import ORDERS, RENEWALS

pytestmark = pytest.mark.postgres

UPTO = ("service", "", 0, "", "2025-01-01", 0, 256, 9)
OWN_PAGE = ("service", "c", "", "", 9)


@pytest.fixture
def database(store: PostgresStore, other: psycopg.Connection) -> psycopg.Connection:
    """Return a connection that walks over no table where it can help it, to a store with something in every table."""
    store.commit((*ORDERS, *RENEWALS))
    other.execute("SET enable_seqscan = off")
    return other


def plan_of(database: psycopg.Connection, statement: LiteralString, parameters: tuple[object, ...]) -> list[str]:
    """Return the steps that the database takes for a statement."""
    return [str(step) for (step,) in database.execute(f"EXPLAIN {statement}", parameters).fetchall()]


@pytest.mark.parametrize(
    ("statement", "parameters", "index"),
    [
        (reading.IDS, ("service", ["a", "b"]), "document_pkey"),
        (reading.OF_CLIENTS, ("service", ["a", "b"]), "document_client"),
        (reading.OF_SERVICES, ("service", ["a", "b"]), "document_service"),
        (reading.OF_PLANS, ("plan_edition", ["a", "b"]), "document_plan"),
        (reading.UPTO, UPTO, "document_agenda"),
        (reading.AFTER, ("service", "", 9), "document_pkey"),
        (reading.OWN_PAGE, OWN_PAGE, "document_client"),
        (reading.BODIES, ("service", ["a", "b"]), "document_pkey"),
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
        (log.LAST, (["a", "b"],), "log_pkey"),
        (log.OF_CLIENT, ("c", 0, 9), "log_pkey"),
        (log.FIRST_HEADS, (9,), "log_pkey"),
        (log.NEXT_HEADS, ("c", 9), "log_pkey"),
    ],
)
def test_every_read_has_its_index(
    database: psycopg.Connection, statement: LiteralString, parameters: tuple[object, ...], index: str
) -> None:
    """No read walks over a table: where walking is forbidden for small tables' sake, each finds its index."""
    steps = plan_of(database, statement, parameters)
    assert any(f" {index} " in step for step in steps), steps
    assert not any("Seq Scan" in step for step in steps), steps


@pytest.mark.parametrize(
    ("statement", "parameters", "bounds"),
    [
        (reading.UPTO, UPTO, "ROW(agenda, shard, id) >"),
        (reading.AFTER, ("service", "", 9), "(id >"),
        (reading.OWN_PAGE, OWN_PAGE, "ROW(day, id) >"),
        (log.LAST, (["a", "b"],), "(client = asked.client)"),
        (log.OF_CLIENT, ("c", 0, 9), "(n >"),
        (journals.POSTINGS_OF_ONE, ("c", 0, 9), "(seq >"),
        (journals.MESSAGES_OF_ONE, ("c", 0, 9), "(seq >"),
    ],
)
def test_a_page_is_not_sorted(
    database: psycopg.Connection, statement: LiteralString, parameters: tuple[object, ...], bounds: str
) -> None:
    """The index is in the order of the pages, and bounded where they begin: a page costs its rows, not all of them."""
    database.execute("SET enable_bitmapscan = off")
    plan = "\n".join(plan_of(database, statement, parameters))
    assert "Sort" not in plan, plan
    assert bounds in plan.split("Filter")[0], plan


@pytest.fixture
def full(store: PostgresStore, other: psycopg.Connection) -> psycopg.Connection:
    """Return a connection to a store in which one client has much, and that knows how much."""
    store.commit((*ORDERS, *RENEWALS))
    other.execute(
        "INSERT INTO document (kind, id, version, client, day, shard, body)"
        " SELECT 'invoice', 'i' || n, 1, 'cli_ana', '', 31, '' FROM generate_series(1, 10000) AS n"
    )
    other.execute("INSERT INTO log SELECT 'c' || n % 100, n, '', '' FROM generate_series(1, 10000) AS n")
    other.execute("ANALYZE document, log")
    return other


def test_an_id_of_a_client_with_much_is_found_by_the_id(full: psycopg.Connection) -> None:
    """What is asked for costs the same whatever else the client has."""
    plan = "\n".join(plan_of(full, reading.OWN_IDS, ("invoice", "cli_ana", ["a", "b"])))
    assert "document_pkey" in plan, plan


@pytest.mark.parametrize(("statement", "parameters"), [(log.FIRST_HEADS, (9,)), (log.NEXT_HEADS, ("c7", 9))])
def test_a_page_of_heads_costs_its_clients(
    full: psycopg.Connection, statement: LiteralString, parameters: tuple[object, ...]
) -> None:
    """The index is in the order of clients, so a page ends with its last one, and reads no other."""
    plan = "\n".join(plan_of(full, statement, parameters))
    assert "Sort" not in plan or "Presorted Key: client" in plan, plan


def test_a_scan_reads_no_document(database: psycopg.Connection) -> None:
    """The index of the agenda has all that an entry says."""
    database.execute("SET enable_bitmapscan = off")
    plan = "\n".join(plan_of(database, reading.UPTO, UPTO))
    assert "Index Only Scan using document_agenda" in plan, plan
