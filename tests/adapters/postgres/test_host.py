"""The store in a transaction of the host's: what the host commits is stored, what it rolls back was never there."""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg.rows import dict_row

from altocore.adapters.postgres import PostgresStore
from altocore.errors import BadValue, Unavailable
from altocore.lifecycle.service import Service
from altocore.plans.guard import Committed
from altocore.plans.reading import Ids
from tests.adapters.pages import ORDERS, RENEWALS
from tests.adapters.postgres.faults import Ends

pytestmark = pytest.mark.postgres

NOTES = "SELECT count(*) AS found FROM note"


@pytest.fixture
def host(dsn: str, store: PostgresStore, schema: str) -> Iterator[psycopg.Connection[dict[str, object]]]:
    """Return a connection of the host's, with a table and a row factory of its own, to a database with the store in it."""
    del store
    options = f"-c search_path={schema}_host"
    with psycopg.connect(dsn, row_factory=dict_row, options=options) as connection:
        connection.execute(psycopg.sql.SQL("CREATE SCHEMA {}").format(psycopg.sql.Identifier(f"{schema}_host")))
        connection.execute("CREATE TABLE note (text text)")
        connection.commit()
        yield connection
        connection.rollback()
        connection.execute(psycopg.sql.SQL("DROP SCHEMA {} CASCADE").format(psycopg.sql.Identifier(f"{schema}_host")))


def note(host: psycopg.Connection[dict[str, object]]) -> None:
    """Let the host write something of its own, by a bare name."""
    host.execute("INSERT INTO note VALUES ('paid')")


def test_what_the_host_rolls_back_was_never_there(
    host: psycopg.Connection[dict[str, object]], store: PostgresStore, schema: str
) -> None:
    """Committed is told inside, and seen inside; nobody else sees it, and it is gone with the host's own rows."""
    joined = PostgresStore.joined(host, schema=schema)
    note(host)
    assert {type(outcome) for outcome in joined.commit((*ORDERS, *RENEWALS))} == {Committed}
    assert len(joined.select(Service, Ids(("s0", "s1")))) == 2
    assert list(store.dump()) == []
    host.rollback()
    assert list(store.dump()) == []
    assert host.execute(NOTES).fetchone() == {"found": 0}


def test_what_the_host_commits_is_stored(
    host: psycopg.Connection[dict[str, object]], store: PostgresStore, schema: str
) -> None:
    """The host's rows and the store's are there together, and its search path was never another one for it."""
    joined = PostgresStore.joined(host, schema=schema)
    path = host.execute("SHOW search_path").fetchone()
    assert {type(outcome) for outcome in joined.commit(ORDERS)} == {Committed}
    assert host.execute("SHOW search_path").fetchone() == path
    note(host)
    assert {type(outcome) for outcome in joined.commit(RENEWALS)} == {Committed}
    inside = list(joined.dump())
    host.commit()
    assert list(store.dump()) == inside
    assert host.execute(NOTES).fetchone() == {"found": 1}
    assert host.execute("SHOW search_path").fetchone() == path


def test_a_failure_leaves_the_hosts_transaction_usable(
    host: psycopg.Connection[dict[str, object]], store: PostgresStore, schema: str
) -> None:
    """A page that fails is undone alone: what the host did before stays, and it goes on."""
    note(host)
    joined = PostgresStore.joined(host, schema=schema)
    path = host.execute("SHOW search_path").fetchone()

    def divide(_backend: int) -> None:
        host.execute("SELECT 1 / 0")

    failing = PostgresStore(Ends(joined._sessions, before=[divide]))
    with pytest.raises(Unavailable, match="22012"):
        failing.commit(ORDERS)
    assert host.execute("SHOW search_path").fetchone() == path
    note(host)
    assert {type(outcome) for outcome in failing.commit(ORDERS)} == {Committed}
    host.commit()
    assert host.execute(NOTES).fetchone() == {"found": 2}
    assert len(store.select(Service, Ids(tuple(f"s{n}" for n in range(4))))) == 4


def test_there_must_be_a_transaction_to_join(dsn: str, store: PostgresStore, schema: str) -> None:
    """A connection in autocommit mode is joined inside a transaction, and refused outside."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        with pytest.raises(BadValue, match="autocommit"):
            PostgresStore.joined(connection, schema=schema)
        with connection.transaction():
            joined = PostgresStore.joined(connection, schema=schema)
            assert {type(outcome) for outcome in joined.commit(ORDERS)} == {Committed}
        with pytest.raises(BadValue, match="autocommit"):
            joined.commit(RENEWALS)
    assert len(list(store.dump())) > 4


def test_the_tables_must_be_there(dsn: str, schema: str) -> None:
    """A host's transaction is no place to make them."""
    with psycopg.connect(dsn) as connection, pytest.raises(BadValue, match="open it once"):
        PostgresStore.joined(connection, schema=schema)
