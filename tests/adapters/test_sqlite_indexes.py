"""What the indexes are for: a store of a million rows answers like one of ten."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from altocore.adapters.sqlite import SqliteStore, journals, log, reading, writing
from tests.adapters.pages import ORDERS, RENEWALS

BY_ID = "sqlite_autoindex_document_1 (kind=? AND id=?)"
BY_AGENDA = "COVERING INDEX document_agenda (kind=? AND (agenda,shard,id)>(?,?,?) AND agenda<?)"
UPTO = ("service", "", 0, "", "2025-01-01", 0, 256, 9)
OWN_PAGE = ("service", "c", "", "", 9)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Return a connection to a store with something in every table."""
    with SqliteStore.open(tmp_path / "store.db") as store:
        store.commit((*ORDERS, *RENEWALS))
        yield store._connection


def plan_of(database: sqlite3.Connection, statement: str, parameters: tuple[object, ...]) -> list[str]:
    """Return the steps that the database takes for a statement."""
    return [row[3] for row in database.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)]


@pytest.mark.parametrize(
    ("statement", "parameters", "plan"),
    [
        (reading.IDS, ("service", "[]"), BY_ID),
        (reading.OF_CLIENTS, ("service", "[]"), "document_client (kind=? AND client=?)"),
        (reading.OF_SERVICES, ("service", "[]"), "document_service (kind=? AND service=?)"),
        (reading.OF_PLANS, ("plan_edition", "[]"), "document_plan (kind=? AND plan=?)"),
        (reading.UPTO, UPTO, BY_AGENDA),
        (reading.AFTER, ("service", "", 9), "sqlite_autoindex_document_1 (kind=? AND id>?)"),
        (reading.OWN_IDS, ("service", "c", "[]"), BY_ID),
        (reading.OWN_PAGE, OWN_PAGE, "document_client (kind=? AND client=? AND (day,id)>(?,?))"),
        (reading.BODIES, ("service", "[]"), BY_ID),
        (reading.OWNERS, ("[]",), BY_ID),
        (reading.CLAIMS, ("order", "[]"), "PRIMARY KEY (space=? AND key=?)"),
        (reading.CREDIT, ("[]",), "PRIMARY KEY (client=?)"),
        (reading.NUMBERED, ("A", 1), "PRIMARY KEY (series=? AND n=?)"),
        (reading.NUMBERS, ("[]",), "sqlite_autoindex_number_1 (invoice=?)"),
        (journals.POSTINGS_OF_ALL, (0, 9), "INTEGER PRIMARY KEY (rowid>?)"),
        (journals.POSTINGS_OF_ONE, ("c", 0, 9), "posting_client (client=? AND rowid>?)"),
        (journals.MESSAGES_OF_ALL, (0, 9), "INTEGER PRIMARY KEY (rowid>?)"),
        (journals.MESSAGES_OF_ONE, ("c", 0, 9), "message_client (client=? AND rowid>?)"),
        (writing.VERSIONS, ("service", "[]"), BY_ID),
        (log.LAST, ("[]",), "sqlite_autoindex_log_1 (client=? AND n=?)"),
        (log.OF_CLIENT, ("c", 0, 9), "sqlite_autoindex_log_1 (client=? AND n>?)"),
        (log.NEXT_HEADS, ("c", 9), "sqlite_autoindex_log_1 (client>?)"),
    ],
)
def test_every_read_has_its_index(
    database: sqlite3.Connection, statement: str, parameters: tuple[object, ...], plan: str
) -> None:
    """No read walks over a table."""
    steps = plan_of(database, statement, parameters)
    assert any(plan in step for step in steps), steps
    assert not any(step.startswith("SCAN") and "VIRTUAL TABLE" not in step for step in steps), steps


def test_the_last_entry_of_a_client_is_found_and_not_looked_for(database: sqlite3.Connection) -> None:
    """Each commit asks for it: it costs the same behind ten entries and behind ten thousand."""
    ends = "SEARCH log USING COVERING INDEX sqlite_autoindex_log_1 (client=?)"
    assert ends in plan_of(database, log.LAST, ("[]",))
    database.execute(
        "WITH RECURSIVE more (n) AS (SELECT 1000 UNION ALL SELECT n + 1 FROM more WHERE n < 50000)"
        " INSERT INTO log (client, n, body, chain) SELECT 'cli_ana', n, '', '' FROM more"
    )
    steps = 0

    def step() -> int:
        nonlocal steps
        steps += 1
        return 0

    database.set_progress_handler(step, 1)
    assert database.execute(log.LAST, ('["cli_ana"]',)).fetchall() == [("cli_ana", 50_000, "")]
    database.set_progress_handler(None, 0)
    assert steps < 200


def test_the_first_page_of_heads_goes_along_the_index(database: sqlite3.Connection) -> None:
    """There is nothing to begin behind, so it begins at the front of the index, and ends with the page."""
    assert plan_of(database, log.FIRST_HEADS, (9,)) == ["SCAN log USING INDEX sqlite_autoindex_log_1"]


@pytest.mark.parametrize(
    ("statement", "parameters"),
    [
        (reading.UPTO, UPTO),
        (reading.AFTER, ("service", "", 9)),
        (reading.OWN_PAGE, OWN_PAGE),
        (log.OF_CLIENT, ("c", 0, 9)),
        (log.FIRST_HEADS, (9,)),
        (log.NEXT_HEADS, ("c", 9)),
        (journals.POSTINGS_OF_ONE, ("c", 0, 9)),
        (journals.MESSAGES_OF_ONE, ("c", 0, 9)),
    ],
)
def test_a_page_is_not_sorted(database: sqlite3.Connection, statement: str, parameters: tuple[object, ...]) -> None:
    """The index is in the order of the pages, so a page costs its rows and not all of them."""
    steps = plan_of(database, statement, parameters)
    assert not any("TEMP B-TREE" in step for step in steps), steps
