"""The n-th call fails, for every n and every deed, on PostgreSQL: each try in a transaction that is rolled back afterwards."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import attrs
import psycopg
import pytest

from altocore.adapters.postgres import PostgresStore
from tests.adapters.postgres.conftest import drop
from tests.workflows.cast import World
from tests.workflows.deeds import DEEDS, ENQUIRIES, lively
from tests.workflows.nth import Deed, Fresh, check_every_call, check_every_read

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def fresh(dsn: str) -> Iterator[Fresh]:
    """Give what opens the lively world: committed once, and joined by each try in a transaction of its own."""
    schema = f"test_{secrets.token_hex(6)}"
    with PostgresStore.open(dsn, schema=schema) as store:
        world = lively(store)
    with psycopg.connect(dsn) as connection:

        @contextmanager
        def joined() -> Iterator[World]:
            try:
                yield attrs.evolve(world, store=PostgresStore.joined(connection, schema=schema))
            finally:
                connection.rollback()

        yield joined
    drop(dsn, schema)


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.__name__)
def test_any_call_may_fail(fresh: Fresh, deed: Deed) -> None:
    """Before a call or after it: `Unavailable` comes out, the rows are those of a commit, and again it ends the same."""
    assert check_every_call(fresh, deed) > 0


@pytest.mark.parametrize("enquiry", ENQUIRIES, ids=lambda enquiry: enquiry.__name__)
def test_any_call_of_an_enquiry_may_fail(fresh: Fresh, enquiry: Deed) -> None:
    """It comes out, and never ends as an answer that is only half."""
    assert check_every_read(fresh, enquiry) > 50
