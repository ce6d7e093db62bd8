"""A process that bills is killed: what it was told is done is done, the rest is not, and the next run finishes the work."""

from collections.abc import Sequence
from random import Random
from typing import Final

import pytest

from altocore.adapters.memory import MemoryStore
from altocore.plans.messages import MessageKind, MessageState
from tests.faults.course import COMMIT
from tests.faults.files import Morning, morning
from tests.faults.kills import Nursery
from tests.faults.provider import TODAY, Kind, begin, work

pytestmark = pytest.mark.slow

RANDOM_KILLS: Final = 40
SEED: Final = 20_250_520


@pytest.fixture(scope="module")
def mornings(tmp_path_factory: pytest.TempPathFactory) -> dict[Kind, Morning]:
    """Return a file of each kind of provider."""
    return {kind: morning(tmp_path_factory.mktemp(kind.value), kind) for kind in Kind}


def test_everything_happens_on_this_day() -> None:
    """The work that is cut off below is worth it: every kind of deed of a billing is in it."""
    store = MemoryStore()
    begin(store, Kind.PROMPT)
    work(store)
    told = {each.kind for each in store.messages() if each.day == TODAY and each.state is MessageState.QUEUED}
    assert told == {
        MessageKind.PAYMENT_RECEIVED,
        MessageKind.INVOICE_ISSUED,
        MessageKind.INVOICE_CANCELLED,
        MessageKind.REMINDER,
        MessageKind.LAST_NOTICE,
        MessageKind.SERVICE_SUSPENDED,
        MessageKind.SERVICE_REACTIVATED,
        MessageKind.SERVICE_TERMINATED,
        MessageKind.SERVICE_CANCELLED,
    }


def boundaries(statements: Sequence[str]) -> list[int]:
    """Return the numbers of the statements that commit, and of those that come next."""
    return [at + after for at, each in enumerate(statements, 1) if each == COMMIT for after in (0, 1)]


@pytest.mark.parametrize("kind", Kind)
def test_killed_at_each_commit(mornings: dict[Kind, Morning], nursery: Nursery, kind: Kind) -> None:
    """Killed before and after each COMMIT in turn, the store is as before or after that page, and is resumed to the byte."""
    one = mornings[kind]
    at_commits = boundaries(one.statements)
    assert len(at_commits) == 2 * one.course.commits > 20
    for at in at_commits:
        one.check_kill(nursery, at)


def test_killed_at_random_statements(mornings: dict[Kind, Morning], nursery: Nursery) -> None:
    """Killed before forty statements, drawn from all kinds of mornings: the same."""
    rng = Random(SEED)  # noqa: S311  # no secret
    for _ in range(RANDOM_KILLS):
        one = mornings[rng.choice(list(Kind))]
        one.check_kill(nursery, rng.randint(1, len(one.statements) + 1), page=rng.choice([1, 2, 2, 3, 500]))
