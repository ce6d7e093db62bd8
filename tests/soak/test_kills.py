"""Hundreds of kills, crashes and full disks in the billing of a day: nothing is lost, nothing is twice, it is resumed."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from shutil import copy
from typing import Final

import pytest

from altocore.adapters.sqlite import SqliteStore
from tests.adapters.postgres.server import binaries
from tests.faults.course import told_before
from tests.faults.crashes import Crash, own_server
from tests.faults.disks import check_full_at, check_room_by_room, disk
from tests.faults.files import Morning, morning
from tests.faults.kills import Nursery
from tests.faults.orders import Order
from tests.faults.provider import Kind
from tests.faults.schemas import Town, town

pytestmark = pytest.mark.soak

KINDS: Final = tuple(Kind)
PAGES: Final = (1, 2, 2, 2, 3, 500)
SQLITE_KILLS: Final = 250
POSTGRES_KILLS: Final = 100
CRASHES: Final = 20
TRIES: Final = 10
"""How many children may end before they are killed, for each that is."""


@pytest.fixture(scope="module")
def mornings(tmp_path_factory: pytest.TempPathFactory) -> dict[Kind, Morning]:
    """Return a file of each kind of provider."""
    return {kind: morning(tmp_path_factory.mktemp(kind.value), kind) for kind in KINDS}


@pytest.fixture(scope="module")
def server(dsn: str) -> Iterator[Town]:
    """Return the server."""
    with town(dsn) as it:
        yield it


def lifetime_us(nursery: Nursery, order: Order) -> int:
    """Return how long a child works that nobody kills."""
    began = time.monotonic_ns()
    assert nursery.end(order).code == 0
    return (time.monotonic_ns() - began) // 1000


def kill_all(count: int, kill: Callable[[], bool]) -> None:
    """Kill until so many were killed at work."""
    killed = 0
    for _ in range(count * TRIES):
        killed += kill()
        if killed == count:
            return
    pytest.fail(f"only {killed} of {count} were still at work")


def test_files_of_killed_processes(
    rng: Random, mornings: dict[Kind, Morning], nursery: Nursery, record_property: Callable[[str, object], None]
) -> None:
    """Killed before any statement, and from outside at any moment, in the midst of a write or of a checkpoint."""
    for _ in range(SQLITE_KILLS):
        one = mornings[rng.choice(KINDS)]
        one.check_kill(nursery, rng.randint(1, len(one.statements) + 1), page=rng.choice(PAGES))
    whole = {kind: lifetime_us(nursery, Order(name=str(one.copy()))) for kind, one in mornings.items()}

    def kill() -> bool:
        kind = rng.choice(KINDS)
        return mornings[kind].check_kill_after(nursery, rng.randint(1, whole[kind]))

    kill_all(SQLITE_KILLS, kill)
    record_property("kills_sqlite", 2 * SQLITE_KILLS)


def test_schemas_of_killed_processes(
    rng: Random, server: Town, nursery: Nursery, record_property: Callable[[str, object], None]
) -> None:
    """The same on PostgreSQL."""
    statements = {kind: server.statements(kind) for kind in KINDS}
    for _ in range(POSTGRES_KILLS):
        kind = rng.choice(KINDS)
        at = rng.randint(1, len(statements[kind]) + 1)
        server.check_kill(nursery, kind, at, told_before(statements[kind], at), page=rng.choice(PAGES))
    with server.morning(Kind.PROMPT) as (schema, _):
        whole = lifetime_us(nursery, server.order(schema))
    kill_all(POSTGRES_KILLS, lambda: server.check_kill_after(nursery, rng.choice(KINDS), rng.randint(1, whole)))
    record_property("kills_postgres", 2 * POSTGRES_KILLS)


def test_crashing_servers(rng: Random, nursery: Nursery, record_property: Callable[[str, object], None]) -> None:
    """The server is stopped at once, or killed, before any statement of a process that bills, and comes back."""
    tools = binaries()
    if tools is None and os.environ.get("CI"):
        pytest.fail("no PostgreSQL is installed: CI must prove that its crash loses nothing")
    if tools is None:
        pytest.skip("no server is installed here: none of our own can crash")
    with own_server(tools) as own:
        with town(own.dsn) as before:
            last = len(before.statements(Kind.PROMPT))
        kinds = iter([Crash.IMMEDIATE, Crash.KILLED] * CRASHES * TRIES)
        kill_all(CRASHES, lambda: own.check_crash(nursery, rng.choice(KINDS), next(kinds), rng.randint(1, last)))
    record_property("crashes_postgres", CRASHES)


def test_a_disk_that_is_full_at_any_statement(
    mornings: dict[Kind, Morning], record_property: Callable[[str, object], None]
) -> None:
    """Raised at each statement in turn, of all kinds of mornings: the page is undone, and the same process finishes."""
    for one in mornings.values():
        for at in range(1, len(one.statements) + 1):
            check_full_at(one, at)
        record_property("disks_full", len(one.statements))


def test_a_real_disk_without_room(
    tmp_path: Path, mornings: dict[Kind, Morning], record_property: Callable[[str, object], None]
) -> None:
    """A disk of its own that is full, and has two blocks more each time: whole pages, none is lost, and an end to the byte."""
    one = mornings[Kind.PROMPT]
    with disk(tmp_path) as real:
        if real is None:
            pytest.skip("no disk may be mounted here")
        path = tmp_path / "store.db"
        copy(one.path, path)
        with SqliteStore.open(path) as store:
            real.fill()
            refusals = check_room_by_room(one.course, store, lambda: real.give(2))
    assert refusals > 50
    record_property("disks_full", refusals)
