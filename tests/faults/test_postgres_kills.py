"""A process that bills on PostgreSQL is killed: what it was told is done is done, the rest is not, and it is resumed."""

from collections.abc import Iterator
from random import Random
from typing import Final

import pytest

from tests.adapters.postgres.server import binaries
from tests.faults.course import told_before
from tests.faults.crashes import Crash, own_server
from tests.faults.kills import Nursery
from tests.faults.provider import Kind
from tests.faults.schemas import Town, town

pytestmark = pytest.mark.postgres

RANDOM_KILLS: Final = 15
SEED: Final = 20_250_520


@pytest.fixture(scope="module")
def server(dsn: str) -> Iterator[Town]:
    """Return the server."""
    with town(dsn) as it:
        yield it


def test_killed_at_random_statements(server: Town, nursery: Nursery) -> None:
    """Killed before fifteen statements or commits, drawn from all kinds of mornings: whole pages, and resumed to the byte."""
    rng = Random(SEED)  # noqa: S311  # no secret
    statements = {kind: server.statements(kind) for kind in Kind}
    for _ in range(RANDOM_KILLS):
        kind = rng.choice(list(Kind))
        at = rng.randint(1, len(statements[kind]) + 1)
        server.check_kill(nursery, kind, at, told_before(statements[kind], at), page=rng.choice([1, 2, 2, 3, 500]))


def test_the_server_crashes_under_a_process_that_bills(nursery: Nursery) -> None:
    """Stopped at once, or killed: what the process was told is done is done when the server is back, and it is resumed."""
    tools = binaries()
    if tools is None:
        pytest.skip("no server is installed here: none of our own can crash")
    with own_server(tools) as server:
        for crash in Crash:
            assert server.check_crash(nursery, Kind.PROMPT, crash, at=150)
