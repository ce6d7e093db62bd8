"""What the database refuses by itself, whoever asks, and what its indexes are for."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from altocore.adapters.rows import NAMES
from altocore.adapters.sqlite import SqliteStore, journals, reading, writing
from altocore.adapters.sqlite.schema import DOCUMENT, DOCUMENT_LASTS
from altocore.plans.documents import LASTING
from tests.adapters.pages import ORDERS, RENEWALS


@pytest.fixture
def database(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Return a connection of somebody who goes past the one door, to a store with something in every table."""
    path = tmp_path / "store.db"
    with SqliteStore.open(path) as store:
        store.commit((*ORDERS, *RENEWALS))
    connection = sqlite3.connect(path, isolation_level=None)
    yield connection
    connection.close()


@pytest.mark.parametrize(
    ("statement", "refusal"),
    [
        ("DELETE FROM document", "never deleted"),
        ("DELETE FROM claim", "never deleted"),
        ("DELETE FROM posting", "never deleted"),
        ("DELETE FROM message", "never deleted"),
        ("DELETE FROM number", "never deleted"),
        ("DELETE FROM series", "never deleted"),
        ("UPDATE document SET version = version + 1 WHERE kind = 'invoice'", "never written again"),
        ("UPDATE document SET body = '{}' WHERE kind = 'service'", "no version goes back"),
        ("UPDATE document SET version = 1 WHERE kind = 'service'", "no version goes back"),
        ("UPDATE document SET version = 9, id = 'x' WHERE kind = 'service'", "no version goes back"),
        ("UPDATE document SET version = 9, kind = 'client' WHERE kind = 'service'", "no version goes back"),
        ("UPDATE claim SET digest = 'x'", "never written again"),
        ("UPDATE posting SET minor = minor + 1", "never written again"),
        ("UPDATE number SET n = n + 100", "never written again"),
        ("UPDATE series SET next = next - 1", "never goes back"),
        ("UPDATE credit SET minor = minor - 99999", "CHECK constraint"),
        ("UPDATE credit SET minor = 1.5", "cannot store REAL"),
        ("UPDATE document SET version = 9, agenda = '2025-1-1' WHERE kind = 'service'", "CHECK constraint"),
        ("INSERT INTO document (kind, id, version, body) VALUES ('gift', 'x', 1, '')", "CHECK constraint"),
        ("INSERT INTO document (kind, id, version, body) VALUES ('client', 'x', 0, '')", "CHECK constraint"),
        ("INSERT INTO document (kind, id, version, body) VALUES ('invoice', 'x', 2, '')", "CHECK constraint"),
        ("INSERT INTO document SELECT * FROM document LIMIT 1", "UNIQUE"),
        ("INSERT INTO claim SELECT space, key, 'other' FROM claim", "UNIQUE"),
        ("INSERT INTO number SELECT series, n + 100, invoice FROM number", "UNIQUE"),
        ("INSERT INTO number SELECT series, n, invoice || 'x' FROM number", "UNIQUE"),
        ("INSERT INTO message SELECT seq + 100, id, kind, client, about, cause, day, state FROM message", "UNIQUE"),
        ("UPDATE credit SET minor = 1000000000000000000", "CHECK constraint"),
    ],
)
def test_the_database_refuses(database: sqlite3.Connection, statement: str, refusal: str) -> None:
    """Constraints and triggers stand behind the guard: rows are only added, versions only rise."""
    with pytest.raises(sqlite3.IntegrityError, match=refusal):
        database.execute(statement)


@pytest.mark.parametrize("minor", [0, -1, 10**18, 1.5])
def test_a_posting_is_a_whole_amount_above_zero(database: sqlite3.Connection, minor: object) -> None:
    """No posting of nothing, of less, of more than eighteen digits, or of a fraction."""
    with pytest.raises(sqlite3.IntegrityError):
        database.execute(
            "INSERT INTO posting (movement, client, document, day, minor, currency, debit, credit)"
            " VALUES ('net_invoiced', 'c', 'd', '2025-01-01', ?, 'USD', 'receivable', 'sales')",
            (minor,),
        )


def test_the_kinds_of_the_schema_are_the_kinds_of_documents() -> None:
    """The tables name every kind, and the triggers let none be written again that lasts."""
    assert all(f"'{name}'" in DOCUMENT for name in NAMES.values())
    for kind, name in NAMES.items():
        assert (f"'{name}'" in DOCUMENT_LASTS) == (kind not in LASTING)
        assert (DOCUMENT.count(f"'{name}'") == 2) == (kind not in LASTING)


@pytest.mark.parametrize(
    ("statement", "parameters", "plan"),
    [
        (reading.IDS, ("service", "[]"), "sqlite_autoindex_document_1 (kind=? AND id=?)"),
        (reading.OF_CLIENTS, ("service", "[]"), "document_client (kind=? AND client=?)"),
        (reading.OF_SERVICES, ("service", "[]"), "document_service (kind=? AND service=?)"),
        (reading.UPTO, ("service", "", "", "2025-01-01", 9), "document_agenda (kind=? AND (agenda,id)>(?,?)"),
        (reading.AFTER, ("service", "", 9), "sqlite_autoindex_document_1 (kind=? AND id>?)"),
        (reading.CLAIMS, ("order", "[]"), "PRIMARY KEY (space=? AND key=?)"),
        (reading.CREDIT, ("[]",), "PRIMARY KEY (client=?)"),
        (reading.NUMBERED, ("A", 1), "PRIMARY KEY (series=? AND n=?)"),
        (reading.NUMBERS, ("[]",), "sqlite_autoindex_number_1 (invoice=?)"),
        (journals.POSTINGS_OF_ALL, (0, 9), "INTEGER PRIMARY KEY (rowid>?)"),
        (journals.POSTINGS_OF_ONE, ("c", 0, 9), "posting_client (client=? AND rowid>?)"),
        (journals.MESSAGES_OF_ALL, (0, 9), "INTEGER PRIMARY KEY (rowid>?)"),
        (journals.MESSAGES_OF_ONE, ("c", 0, 9), "message_client (client=? AND rowid>?)"),
        (writing.VERSIONS, ("service", "[]"), "sqlite_autoindex_document_1 (kind=? AND id=?)"),
    ],
)
def test_every_read_has_its_index(
    database: sqlite3.Connection, statement: str, parameters: tuple[object, ...], plan: str
) -> None:
    """No read walks over a table: a store of a million rows answers like one of ten."""
    steps = [row[3] for row in database.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)]
    assert any(plan in step for step in steps), steps
    assert not any(step.startswith("SCAN") and "json_each" not in step for step in steps), steps


def test_a_scan_of_the_agenda_is_not_sorted(database: sqlite3.Connection) -> None:
    """The index is in the order of the scan, so a page costs its rows and not the whole agenda."""
    steps = [
        row[3] for row in database.execute(f"EXPLAIN QUERY PLAN {reading.UPTO}", ("service", "", "", "2025-01-01", 9))
    ]
    assert not any("TEMP B-TREE" in step for step in steps), steps


def test_the_file_is_set_for_durability(tmp_path: Path) -> None:
    """The journal is a write-ahead log, and a commit waits for the disk."""
    with SqliteStore.open(tmp_path / "store.db") as store:
        pragmas = {
            name: store._connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "trusted_schema")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "trusted_schema": 0}
