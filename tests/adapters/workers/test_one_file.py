"""Processes on one SQLite file: they share a day, or collide all day, or spend one credit; what is stored is exact."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from altocore.adapters.sqlite import SqliteStore
from tests.adapters.workers.alike import check_billed, check_spent
from tests.adapters.workers.crew import Crew, check_answers, crew
from tests.adapters.workers.portfolio import enrich, fill

pytestmark = pytest.mark.slow

SERVICES = 300


@pytest.fixture(scope="module")
def four() -> Iterator[Crew]:
    """Give four processes."""
    with crew(4) as workers:
        yield workers


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give where the file will be."""
    return tmp_path / "shared.db"


def test_four_share_a_day_on_one_file(four: Crew, path: Path) -> None:
    """Three hundred due services by leases: the rows are one worker's, each client's in order (PAY-12)."""
    with SqliteStore.open(path) as store:
        fill(store, SERVICES)
    answers = four.share({"path": str(path)})
    check_answers(answers, SERVICES)
    with SqliteStore.open(path) as store:
        check_billed(store, SERVICES, rows="in order")
    assert sum(answer.committed > 0 for answer in answers) > 1, "one did it all: nothing was shared"


def test_four_collide_all_day_on_one_file(four: Crew, path: Path) -> None:
    """Without leases all plan the same: the door lets each thing happen once."""
    with SqliteStore.open(path) as store:
        fill(store, SERVICES)
    check_answers(four.bill({"path": str(path)}), SERVICES)
    with SqliteStore.open(path) as store:
        check_billed(store, SERVICES, rows="unordered")


def test_eight_spend_one_credit_on_one_file(four: Crew, path: Path) -> None:
    """Credit for five and a half months, eight orders at the same time: spent to the cent (PAY-7)."""
    with SqliteStore.open(path) as store:
        credit = enrich(store, 550)
    check_answers(four.spend({"path": str(path)}, 2), 8)
    with SqliteStore.open(path) as store:
        check_spent(store, credit, 8)
