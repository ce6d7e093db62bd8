"""Eight processes on one PostgreSQL: they share a day, or collide all day, or spend one credit; what is stored is exact."""

from collections.abc import Iterator

import pytest

from altocore.adapters.postgres import PostgresStore
from tests.adapters.workers.alike import check_billed, check_spent
from tests.adapters.workers.crew import Crew, Place, check_answers, crew
from tests.adapters.workers.portfolio import enrich, fill

pytestmark = pytest.mark.postgres

SERVICES = 500


@pytest.fixture(scope="module")
def eight() -> Iterator[Crew]:
    """Give eight processes."""
    with crew(8) as workers:
        yield workers


@pytest.fixture
def place(dsn: str, schema: str) -> Place:
    """Give where the store is."""
    return {"dsn": dsn, "schema": schema}


def test_eight_share_a_day(store: PostgresStore, eight: Crew, place: Place) -> None:
    """Five hundred due services by leases: the rows are one worker's, each client's in order, and no part is left (PAY-12)."""
    fill(store, SERVICES)
    answers = eight.share(place)
    check_answers(answers, SERVICES)
    check_billed(store, SERVICES, rows="in order")
    assert sum(answer.committed > 0 for answer in answers) > 1, "one did it all: nothing was shared"
    check_answers(eight.share(place), 0)


def test_eight_collide_all_day(store: PostgresStore, eight: Crew, place: Place) -> None:
    """Without leases all plan the same, in pages of different sizes: the door lets each thing happen once."""
    fill(store, SERVICES)
    answers = eight.bill(place)
    check_answers(answers, SERVICES)
    check_billed(store, SERVICES, rows="unordered")
    assert sum(answer.committed > 0 for answer in answers) > 1, "one did it all: nothing collided"


def test_sixteen_spend_one_credit(store: PostgresStore, eight: Crew, place: Place) -> None:
    """Credit for ten and a half months, sixteen orders at the same time: never below zero, and spent to the cent (PAY-7)."""
    credit = enrich(store, 1050)
    answers = eight.spend(place, 2)
    check_answers(answers, 16)
    check_spent(store, credit, 16)


def test_sixteen_order_without_credit(store: PostgresStore, eight: Crew, place: Place) -> None:
    """No row of credit keeps them apart: all write behind the same entry of the audit log, and all are let in."""
    enrich(store, 0)
    check_answers(eight.spend(place, 2), 16)
