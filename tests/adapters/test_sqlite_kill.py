"""A process that dies inside a commit leaves the store as it was before, or as it is after, and never between."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from altocore.adapters.sqlite import SqliteStore
from altocore.plans.guard import AlreadyDone, Committed
from tests.adapters.faults import Trap, trapped
from tests.adapters.killed import KILLED
from tests.adapters.pages import ORDERS, RENEWALS

ROOT = Path(__file__).resolve().parents[2]


def lines(path: Path) -> list[str]:
    """Return every row of the store in a file."""
    with SqliteStore.open(path) as store:
        return list(store.dump())


@pytest.fixture
def ordered(tmp_path: Path) -> Path:
    """Return a file with the orders in it."""
    path = tmp_path / "ordered.db"
    with SqliteStore.open(path) as store:
        assert all(isinstance(outcome, Committed) for outcome in store.commit(ORDERS))
    return path


def statements_of_a_commit(path: Path) -> list[str]:
    """Return the statements of the page, in a copy of the file."""
    copy = path.with_name("counted.db")
    shutil.copy(path, copy)
    trap = Trap(lambda: None)
    with SqliteStore.open(copy, factory=trapped(trap)) as store:
        trap.arm(0)
        assert all(isinstance(outcome, Committed) for outcome in store.commit(RENEWALS))
        return list(trap.seen)


@pytest.mark.slow
def test_a_killed_commit_is_whole_or_nothing(ordered: Path) -> None:
    """Killed before each statement of a commit in turn, and after the last: before or after, and it can be resumed."""
    statements = statements_of_a_commit(ordered)
    before, after = lines(ordered), lines(ordered.with_name("counted.db"))
    assert (statements[0], statements[-1]) == ("BEGIN IMMEDIATE", "COMMIT")
    assert before != after
    killed: list[tuple[Path, subprocess.Popen[bytes]]] = []
    for at in range(1, len(statements) + 2):
        path = ordered.with_name(f"killed-{at}.db")
        shutil.copy(ordered, path)
        command = [sys.executable, "-m", "tests.adapters.killed", str(path), str(at)]
        killed.append((path, subprocess.Popen(command, cwd=ROOT)))
    for _, process in killed:
        assert process.wait(timeout=60) == KILLED
    found = [lines(path) for path, _ in killed]
    assert found[:-1] == [before] * len(statements)
    assert found[-1] == after
    for path, _ in killed:
        with SqliteStore.open(path) as store:
            outcomes = store.commit(RENEWALS)
        assert {type(outcome) for outcome in outcomes} == {AlreadyDone if path is killed[-1][0] else Committed}
        assert lines(path) == after
