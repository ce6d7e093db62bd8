"""Pages that meet at several clients: they wait for each other in one order, and so never in a circle."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import psycopg
import pytest
from psycopg.conninfo import make_conninfo
from psycopg.errors import UniqueViolation

from altocore.adapters.postgres import PostgresStore
from altocore.lifecycle.service import Service
from altocore.plans.guard import Committed
from altocore.plans.plan import Claim, Expect, Plan
from altocore.values.ids import ClientId
from altocore.workflows.registering import register
from tests import cast

pytestmark = pytest.mark.postgres

CLIENTS: Final = tuple([ClientId(f"cli_{number}") for number in range(9)])
WAITING: Final = """
SELECT count(*) FROM pg_stat_activity WHERE application_name = current_schema() AND wait_event_type = 'Lock'
"""
MIDDLE: Final = "INSERT INTO log (client, n, body, chain) VALUES ('cli_4', 2, '', '')"


@pytest.fixture
def named(dsn: str, schema: str) -> Iterator[PostgresStore]:
    """Return an empty store whose connections bear the name of its schema."""
    with PostgresStore.open(make_conninfo(dsn, application_name=schema), schema=schema) as opened:
        yield opened


def makes(key: str, client: ClientId) -> Plan[object]:
    """Return a plan that writes a new service of this client."""
    service = cast.service(name=key, of=client)
    return Plan(answer=None, deed=Claim("x", key, "1"), expects=(Expect(Service, service.id, 0),), writes=(service,))


def test_pages_that_log_of_the_same_clients_do_not_deadlock(named: PostgresStore, other: psycopg.Connection) -> None:
    """Two pages with the same clients in opposite order: one waits for the other, and is judged again; no deadlock.

    Somebody holds the client in the middle until both wait, so that they meet for certain.
    """
    for client in CLIENTS:
        register(named, cast.client(name=client), cast.SIGNED_UP)
    # A deadlock is tried again like any race, after the second that the server takes to see it: here it comes out.
    named._sessions.races = (UniqueViolation,)  # type: ignore[misc]  # what a session may be told, for once
    there = [makes(f"{client}/there", client) for client in CLIENTS]
    back = [makes(f"{client}/back", client) for client in reversed(CLIENTS)]
    with ThreadPoolExecutor(2) as threads:
        with other.transaction(force_rollback=True):
            other.execute(MIDDLE)
            commits = [threads.submit(named.commit, page) for page in (there, back)]
            until = time.monotonic() + 5
            while other.execute(WAITING).fetchall() != [(2,)]:
                assert time.monotonic() < until, "they do not both wait"
                time.sleep(0.01)
        outcomes = [each for commit in commits for each in commit.result()]
    assert all(isinstance(each, Committed) for each in outcomes)
