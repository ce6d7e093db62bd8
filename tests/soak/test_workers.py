"""Many workers at once: 32 processes and 64 spenders on PostgreSQL, 16 processes on one SQLite file."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from altocore.adapters.postgres import PostgresStore
from altocore.adapters.sqlite import SqliteStore
from tests.adapters.workers.alike import check_billed, check_spent
from tests.adapters.workers.crew import Answer, Crew, Place, check_answers, crew
from tests.adapters.workers.portfolio import enrich, fill

pytestmark = pytest.mark.soak

SERVICES = 2_000

Record = Callable[[str, object], None]


@pytest.fixture(scope="module")
def many() -> Iterator[Crew]:
    """Give 32 processes."""
    with crew(32) as workers:
        yield workers


@pytest.fixture
def place(dsn: str, schema: str) -> Place:
    """Give where the store is."""
    return {"dsn": dsn, "schema": schema}


def told(record_property: Record, what: str, answers: Sequence[Answer]) -> None:
    """Record what the workers did, and print how it fell out."""
    record_property(what, sum(answer.committed for answer in answers))
    print(what, sorted(answer.committed for answer in answers))  # noqa: T201  # for who watches a soak
    print(Counter(error for answer in answers for error in answer.errors).most_common(5))  # noqa: T201  # likewise


def test_32_workers_share_a_day(store: PostgresStore, many: Crew, place: Place, record_property: Record) -> None:
    """By leases: exactly one invoice for each of two thousand due services, the rows of one worker, no error out."""
    fill(store, SERVICES)
    answers = many.share(place)
    told(record_property, "services billed by 32 workers that share", answers)
    check_answers(answers, SERVICES)
    check_billed(store, SERVICES, rows="in order")


def test_32_workers_collide_all_day(store: PostgresStore, many: Crew, place: Place, record_property: Record) -> None:
    """Without leases, all planning the same: exactly one invoice for each, no error out."""
    fill(store, SERVICES)
    answers = many.bill(place)
    told(record_property, "services billed by 32 workers that collide", answers)
    check_answers(answers, SERVICES)
    check_billed(store, SERVICES, rows="unordered")


def test_64_spend_one_credit(store: PostgresStore, many: Crew, place: Place, record_property: Record) -> None:
    """Credit for forty and a half months, 64 orders at once: never below zero, spent to the cent (PAY-7).

    Who is told `Unavailable`, because others were faster sixteen times, orders again; nothing else comes out.
    """
    credit = enrich(store, 4050)
    answers = many.spend(place, 2, tries=64)
    told(record_property, "orders of 64 spenders", answers)
    assert sum(answer.committed for answer in answers) == 64
    errors = {error for answer in answers for error in answer.errors}
    assert errors <= {"Unavailable: order: others changed what it reads 16 times"}
    check_spent(store, credit, 64)


def test_64_spenders_are_all_served(store: PostgresStore, many: Crew, place: Place) -> None:
    """The same, and each order is served the first time that it is asked."""
    enrich(store, 4050)
    check_answers(many.spend(place, 2), 64)


def test_64_order_without_credit(store: PostgresStore, many: Crew, place: Place, record_property: Record) -> None:
    """All of one client, behind the same entry of its audit log: each is let in."""
    enrich(store, 0)
    answers = many.spend(place, 2)
    told(record_property, "orders of 64 at once", answers)
    check_answers(answers, 64)


def test_16_processes_share_one_file(tmp_path: Path, record_property: Record) -> None:
    """By leases, on SQLite: exactly one invoice for each, no process gives up waiting."""
    path = tmp_path / "shared.db"
    with SqliteStore.open(path) as store:
        fill(store, SERVICES)
    with crew(16) as workers:
        answers = workers.share({"path": str(path)})
    told(record_property, "services billed by 16 processes on one file", answers)
    check_answers(answers, SERVICES)
    with SqliteStore.open(path) as store:
        check_billed(store, SERVICES, rows="in order")
