"""The server, and for each test a schema of its own that is dropped afterwards."""

import os
import secrets
from collections.abc import Iterator

import psycopg
import pytest

from altocore.adapters.postgres import PostgresStore
from tests.adapters.postgres.server import binaries, found, started


@pytest.fixture(scope="session")
def dsn() -> Iterator[str]:
    """Return where a server answers; where none does, start one."""
    there = found()
    tools = binaries()
    if there is not None:
        yield there
    elif tools is not None:
        with started(tools) as own:
            yield own
    elif os.environ.get("CI"):
        pytest.fail("no PostgreSQL answers and none is installed: CI must prove the store")
    else:
        pytest.skip("no PostgreSQL answers and none is installed; set ALTOCORE_POSTGRES_DSN to a server for tests")


@pytest.fixture
def schema(dsn: str) -> Iterator[str]:
    """Return the name of a schema that is not there yet; it is dropped after the test."""
    name = f"test_{secrets.token_hex(6)}"
    yield name
    drop(dsn, name)


@pytest.fixture
def store(dsn: str, schema: str) -> Iterator[PostgresStore]:
    """Return an empty store."""
    with PostgresStore.open(dsn, schema=schema) as opened:
        yield opened


@pytest.fixture
def other(dsn: str, schema: str) -> Iterator[psycopg.Connection]:
    """Return a connection of somebody else, in autocommit mode, who finds the tables by their bare names."""
    with psycopg.connect(dsn, autocommit=True, options=f"-c search_path={schema}") as connection:
        yield connection


def drop(dsn: str, schema: str) -> None:
    """Drop a schema."""
    with psycopg.connect(dsn, autocommit=True, options="-c lock_timeout=30s") as connection:
        connection.execute(psycopg.sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(psycopg.sql.Identifier(schema)))
