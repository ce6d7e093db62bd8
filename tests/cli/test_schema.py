"""`altocore schema`: the migrations as a script, which whoever keeps a database can read, and run by other means."""

import sqlite3
import sys
from pathlib import Path
from typing import Final

import psycopg
import pytest

from altocore.adapters.migrations import script
from altocore.adapters.postgres import PostgresStore, migrating
from altocore.adapters.postgres.schema import STEPS as POSTGRES_STEPS
from altocore.adapters.sqlite import SqliteStore
from altocore.adapters.sqlite.schema import STEPS as SQLITE_STEPS
from altocore.errors import BadValue
from tests.adapters.postgres import conftest as server
from tests.cli.conftest import Run
from tests.workflows import cast

dsn = server.dsn
schema = server.schema

NEWEST: Final = {"sqlite": len(SQLITE_STEPS), "postgres": len(POSTGRES_STEPS)}

SQLITE_SCHEMA: Final = "SELECT type, name, tbl_name, trim(sql, char(10)) FROM sqlite_schema ORDER BY type, name"
POSTGRES_SCHEMA: Final = """
SELECT 'column', table_name || '.' || column_name, concat_ws(' ', ordinal_position, data_type, collation_name,
    is_nullable, column_default, is_identity, identity_generation, generation_expression)
FROM information_schema.columns WHERE table_schema = current_schema()
UNION ALL
SELECT 'constraint', conrelid::regclass::text || ' ' || conname, pg_get_constraintdef(oid)
FROM pg_constraint WHERE connamespace = current_schema()::regnamespace
UNION ALL
SELECT 'index', indexname, replace(indexdef, current_schema() || '.', '')
FROM pg_indexes WHERE schemaname = current_schema()
UNION ALL
SELECT 'trigger', tgrelid::regclass::text || ' ' || tgname,
    replace(pg_get_triggerdef(pg_trigger.oid), current_schema() || '.', '')
FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
WHERE relnamespace = current_schema()::regnamespace AND NOT tgisinternal
UNION ALL
SELECT 'function', proname, prosrc FROM pg_proc WHERE pronamespace = current_schema()::regnamespace
UNION ALL
SELECT 'step', step::text, '' FROM migration
ORDER BY 1, 2, 3
"""


def printed(run: Run, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """Return what the command prints."""
    capsys.readouterr()
    assert run("schema", *words) == 0
    return capsys.readouterr().out


def test_the_script_makes_the_schema_of_sqlite(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """Run by SQLite alone it gives the tables, indexes and triggers that opening gives; the store then takes the file."""
    with sqlite3.connect("scripted.sqlite") as connection:
        connection.executescript(printed(run, capsys, "sqlite"))
        scripted = connection.execute(SQLITE_SCHEMA).fetchall()
        steps = connection.execute("SELECT step FROM migration").fetchall()
    connection.close()
    with SqliteStore.open("opened.sqlite") as opened:
        assert opened._connection.execute(SQLITE_SCHEMA).fetchall() == scripted
        assert opened._connection.execute("SELECT step FROM migration").fetchall() == steps
    assert len(scripted) > 20
    with SqliteStore.open("scripted.sqlite") as store:
        cast.world(store).run("a")
        assert cast.findings(store) == []
        assert store._connection.execute(SQLITE_SCHEMA).fetchall() == scripted


@pytest.mark.postgres
def test_the_script_makes_the_schema_of_postgres(
    run: Run, capsys: pytest.CaptureFixture[str], dsn: str, schema: str
) -> None:
    """Run by any client in a schema of its own, it gives what opening gives; the store then takes the schema."""
    text = printed(run, capsys, "postgres")
    other = f"{schema}_scripted"
    name = psycopg.sql.Identifier(other)
    with psycopg.connect(dsn, autocommit=True, options=f"-c search_path={other}") as connection:
        connection.execute(psycopg.sql.SQL("CREATE SCHEMA {}").format(name))
        try:
            connection.execute(text.encode())
            scripted = connection.execute(POSTGRES_SCHEMA).fetchall()
            with PostgresStore.open(dsn, schema=schema, connections=1):
                pass
            connection.execute(psycopg.sql.SQL("SET search_path = {}").format(psycopg.sql.Identifier(schema)))
            assert connection.execute(POSTGRES_SCHEMA).fetchall() == scripted
            assert len(scripted) > 60
            with PostgresStore.open(dsn, schema=other, connections=1) as store:
                cast.world(store).run("a")
                assert cast.findings(store) == []
        finally:
            server.drop(dsn, other)


@pytest.mark.parametrize("database", NEWEST)
def test_from_the_newest_there_is_nothing_to_do(run: Run, capsys: pytest.CaptureFixture[str], database: str) -> None:
    """No statement is printed."""
    assert printed(run, capsys, database, "--from", str(NEWEST[database])).strip() == ""


@pytest.mark.parametrize("database", NEWEST)
@pytest.mark.parametrize("reached", ["99", "-1"])
def test_a_step_that_there_is_not_is_misuse(
    run: Run, capsys: pytest.CaptureFixture[str], database: str, reached: str
) -> None:
    """From 0 to the newest."""
    assert run("schema", database, "--from", reached) == 2
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", f"altocore: from: must be from 0 to {NEWEST[database]}\n")


def test_without_the_extra_the_schema_of_postgres_is_not_known(
    run: Run, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says what to install, and the one of SQLite is printed all the same."""
    monkeypatch.setitem(sys.modules, migrating.__name__, None)
    assert run("schema", "postgres") == 2
    assert capsys.readouterr().err == "altocore: database: install altocore[postgres] to know its schema\n"
    assert "CREATE TABLE document" in printed(run, capsys, "sqlite")


def test_asking_for_a_schema_makes_no_file(run: Run, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """It only prints."""
    printed(run, capsys, "sqlite")
    assert list(tmp_path.iterdir()) == []


def test_a_script_is_each_step_in_its_own_transaction() -> None:
    """From where it stands: each step's statements, and the note that it is reached, are done as one or not at all."""

    def first(connection: sqlite3.Connection) -> None:
        connection.execute("\nCREATE TABLE a (x)\n")

    def then(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE b (x)")
        connection.execute("CREATE TABLE c (x)")

    steps = (first, then)
    second = "BEGIN;\nCREATE TABLE b (x);\nCREATE TABLE c (x);\nNOTE (2);\nCOMMIT;"
    assert script(steps, 0, "NOTE") == f"BEGIN;\nCREATE TABLE a (x);\nNOTE (1);\nCOMMIT;\n{second}"
    assert script(steps, 1, "NOTE") == second
    assert script(steps, 2, "NOTE") == ""
    for reached in (-1, 3):
        with pytest.raises(BadValue):
            script(steps, reached, "NOTE")
