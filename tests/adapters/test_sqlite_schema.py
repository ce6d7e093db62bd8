"""What the database refuses by itself, whoever asks."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from altocore.adapters.sqlite import SqliteStore
from altocore.adapters.sqlite.schema import DOCUMENT, DOCUMENT_LASTS
from altocore.values.instants import later
from tests import cast
from tests.adapters.pages import ORDERS, RENEWALS
from tests.adapters.schema_kinds import EVERY, NOBODYS, REWRITTEN, kinds_in

DELETIONS = (
    "DELETE FROM document",
    "DELETE FROM claim",
    "DELETE FROM posting",
    "DELETE FROM message",
    "DELETE FROM number",
    "DELETE FROM series",
    "DELETE FROM log",
)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Return a connection of somebody who goes past the one door, to a store with something in every table.

    SQLite looks at foreign keys where a connection asks for it, as ours do.
    """
    path = tmp_path / "store.db"
    with SqliteStore.open(path) as store:
        store.commit((*ORDERS, *RENEWALS))
        store.lease("day", "a", cast.NOON, later(cast.NOON, 60))
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    yield connection
    connection.close()


@pytest.mark.parametrize(
    ("statement", "refusal"),
    [
        *[(statement, "never deleted") for statement in DELETIONS],
        ("UPDATE document SET version = version + 1 WHERE kind = 'invoice'", "never written again"),
        ("UPDATE document SET body = '{}' WHERE kind = 'service'", "no version goes back"),
        ("UPDATE document SET version = 1 WHERE kind = 'service'", "no version goes back"),
        ("UPDATE document SET version = 9, id = 'x' WHERE kind = 'service'", "no version goes back"),
        ("UPDATE document SET version = 9, kind = 'client' WHERE kind = 'service'", "no version goes back"),
        ("UPDATE claim SET digest = 'x'", "never written again"),
        ("UPDATE posting SET minor = minor + 1", "never written again"),
        ("UPDATE number SET n = n + 100", "never written again"),
        ("UPDATE series SET next = next - 1", "never goes back"),
        ("UPDATE log SET body = '{}'", "never written again"),
        ("UPDATE log SET chain = 'x'", "never written again"),
        ("UPDATE credit SET minor = 1.5", "cannot store REAL"),
        (
            "INSERT INTO document SELECT kind, id, 1, client, service, plan, day, shard, NULL, '' FROM document",
            "UNIQUE",
        ),
        ("INSERT INTO claim SELECT space, key, 'other' FROM claim", "UNIQUE"),
        ("INSERT INTO number SELECT series, n + 100, invoice FROM number", "UNIQUE"),
        ("INSERT INTO number SELECT series, n, invoice || 'x' FROM number", "UNIQUE"),
        ("INSERT INTO message SELECT seq + 100, id, kind, client, about, cause, day, state FROM message", "UNIQUE"),
        ("INSERT INTO log SELECT seq + 100, client, n, 'other', 'other' FROM log", "UNIQUE"),
        ("INSERT INTO lease SELECT name, 'b', until FROM lease", "UNIQUE"),
    ],
)
def test_the_database_refuses(database: sqlite3.Connection, statement: str, refusal: str) -> None:
    """Constraints and triggers stand behind the guard: rows are only added, versions only rise."""
    with pytest.raises(sqlite3.IntegrityError, match=refusal):
        database.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "REPLACE INTO claim SELECT space, key, 'other' FROM claim",
        "REPLACE INTO log SELECT seq, client, n, '{}', chain FROM log",
        "REPLACE INTO posting SELECT seq, movement, client, document, day, 1, currency, debit, credit FROM posting",
        "REPLACE INTO document SELECT kind, id, 1, client, service, plan, day, shard, agenda, '{}' FROM document LIMIT 3",
    ],
)
def test_no_row_is_replaced(database: sqlite3.Connection, statement: str) -> None:
    """Nor by an insert that takes the place of a row that is there."""
    with pytest.raises(sqlite3.IntegrityError):
        database.execute(statement)


NEW = """
INSERT INTO document (kind, id, version, client, day, shard, body) VALUES (:kind, 'x', :version, :client, :day, :shard, '')
"""
SERVICE: dict[str, str | int | None] = {"kind": "service", "version": 1, "client": "cli_ana", "day": "", "shard": 0}


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "gift"},
        {"version": 0},
        {"version": 10**12},
        {"kind": "invoice", "version": 2},
        {"client": None},
        {"kind": "terms_edition"},
        {"day": "soon"},
        {"day": "2025-1-1"},
        {"shard": -1},
        {"shard": 256},
    ],
    ids=str,
)
def test_a_document_has_bounds(database: sqlite3.Connection, change: dict[str, str | int | None]) -> None:
    """No kind, version, day and shard but those that there may be; an owner for each kind that has one, and for no other."""
    with pytest.raises(sqlite3.IntegrityError, match="CHECK constraint"):
        database.execute(NEW, SERVICE | change)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE document SET version = 9, agenda = '2025-1-1' WHERE kind = 'service'",
        "UPDATE document SET version = 1000000000000 WHERE kind = 'service'",
        "UPDATE document SET version = 9, shard = 256 WHERE kind = 'service'",
        "UPDATE credit SET minor = minor - 99999",
        "UPDATE credit SET minor = 1000000000000000000",
        "UPDATE series SET next = 1000000000000",
        "INSERT INTO series (series, next) VALUES ('B', 0)",
        "INSERT INTO number SELECT 'B', 0, id FROM document WHERE kind = 'invoice' LIMIT 1",
        "INSERT INTO number SELECT 'B', 1000000000000, id FROM document WHERE kind = 'invoice' LIMIT 1",
        "INSERT INTO log (client, n, body, chain) VALUES ('cli_ana', 0, '', '')",
        "INSERT INTO log (client, n, body, chain) VALUES ('cli_ana', 1000000000000, '', '')",
    ],
)
def test_columns_have_bounds(database: sqlite3.Connection, statement: str) -> None:
    """No day, version, shard, number or credit but those that there may be."""
    with pytest.raises(sqlite3.IntegrityError, match="CHECK constraint"):
        database.execute(statement)


@pytest.mark.parametrize("kind", sorted(EVERY - NOBODYS - {"client"}))
def test_a_document_belongs_to_somebody_who_is_stored(database: sqlite3.Connection, kind: str) -> None:
    """The foreign key of a document's owner."""
    # A service has an id too, and is nobody.
    for stranger in ("cli_b", "s0"):
        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
            database.execute(NEW, SERVICE | {"kind": kind, "client": stranger})
    assert database.execute(NEW, SERVICE | {"kind": kind, "client": "cli_ana"}).rowcount == 1


def test_a_client_is_its_own(database: sqlite3.Connection) -> None:
    """Nobody owns a client but itself, not even another one that is stored."""
    for other in ("cli_ana", "s0"):
        with pytest.raises(sqlite3.IntegrityError, match="CHECK constraint"):
            database.execute(NEW, SERVICE | {"kind": "client", "client": other})
    assert database.execute(NEW, SERVICE | {"kind": "client", "client": "x"}).rowcount == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE document SET version = 9, client = 'cli_b' WHERE kind = 'service'",
        "INSERT INTO posting SELECT NULL, movement, 'b', document, day, minor, currency, debit, credit FROM posting",
        "INSERT INTO credit (client, currency, minor) VALUES ('cli_b', 'USD', 1)",
        "INSERT INTO message SELECT NULL, id || 'x', kind, 'b', about, cause, day, state FROM message",
        "INSERT INTO number (series, n, invoice) VALUES ('A', 99, 'absent')",
        "INSERT INTO number (series, n, invoice) VALUES ('A', 99, 's0')",
    ],
)
def test_a_row_belongs_to_something_that_is_stored(database: sqlite3.Connection, statement: str) -> None:
    """The foreign keys of postings, credit and messages to their client, and of a number to its invoice."""
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        database.execute(statement)


@pytest.mark.parametrize("minor", [0, -1, 10**18, 1.5])
def test_a_posting_is_a_whole_amount_above_zero(database: sqlite3.Connection, minor: object) -> None:
    """No posting of nothing, of less, of more than eighteen digits, or of a fraction."""
    with pytest.raises(sqlite3.IntegrityError, match=r"CHECK constraint|cannot store REAL"):
        database.execute(
            "INSERT INTO posting (movement, client, document, day, minor, currency, debit, credit)"
            " VALUES ('net_invoiced', 'cli_ana', 'd', '2025-01-01', ?, 'USD', 'receivable', 'sales')",
            (minor,),
        )


def test_a_posting_has_two_sides(database: sqlite3.Connection) -> None:
    """What is taken from an account goes to another one."""
    with pytest.raises(sqlite3.IntegrityError, match="CHECK constraint"):
        database.execute(
            "INSERT INTO posting (movement, client, document, day, minor, currency, debit, credit)"
            " VALUES ('net_invoiced', 'cli_ana', 'd', '2025-01-01', 1, 'USD', 'sales', 'sales')"
        )


def test_the_kinds_of_the_schema_are_the_kinds_of_documents() -> None:
    """The tables name every kind, those that may be written again, and those that belong to nobody."""
    assert kinds_in(DOCUMENT, "kind TEXT NOT NULL CHECK (kind IN") == EVERY
    assert kinds_in(DOCUMENT, "version = 1 OR kind IN") == REWRITTEN
    assert kinds_in(DOCUMENT, "(client IS NULL) = (kind IN") == NOBODYS
    assert kinds_in(DOCUMENT_LASTS, "OLD.kind NOT IN") == REWRITTEN


def test_the_file_is_set_for_durability(tmp_path: Path) -> None:
    """The journal is a write-ahead log, a commit waits for the disk, and foreign keys are looked at."""
    with SqliteStore.open(tmp_path / "store.db") as store:
        pragmas = {
            name: store._connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "trusted_schema")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "trusted_schema": 0}
