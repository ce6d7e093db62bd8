"""Random histories, as for the other stores: PostgreSQL does what the naive model does, and ends with the same bytes."""

import secrets
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis.stateful import invariant, rule, run_state_machine_as_test

from altocore.adapters.postgres import PostgresStore
from altocore.adapters.sqlite import SqliteStore
from altocore.analysis.behaviour import Behaviour
from altocore.analysis.example import PROVIDER, subscribers
from altocore.analysis.simulation import simulate
from altocore.codec.terms import Preset, preset, terms_edition
from altocore.ports.store import Store
from altocore.values.days import day
from altocore.values.periods import Period
from altocore.workflows.auditing.audit import audit
from altocore.workflows.registering import publish
from altocore.workflows.rulebook import load_rulebook
from tests.adapters.postgres.conftest import drop
from tests.adapters.test_commit_model import Histories

pytestmark = pytest.mark.postgres


class PostgresHistories(Histories):
    """The model and three stores that are given the same pages."""

    def __init__(self, dsn: str) -> None:
        super().__init__()
        self.dsn = dsn
        self.schema = f"test_{secrets.token_hex(6)}"
        self.postgres = PostgresStore.open(dsn, schema=self.schema)

    @rule()
    def open_postgres_again(self) -> None:
        """Close the pool and open another one."""
        self.postgres.close()
        self.postgres = PostgresStore.open(self.dsn, schema=self.schema)

    @invariant()
    def postgres_is_equal_to_the_byte(self) -> None:
        """The third has the same rows."""
        assert list(self.postgres.dump()) == list(self.memory.dump())

    def stores(self) -> tuple[Store, ...]:
        return (*super().stores(), self.postgres)

    def teardown(self) -> None:
        self.postgres.close()
        drop(self.dsn, self.schema)
        super().teardown()


def test_random_histories(dsn: str) -> None:
    """A few, for each step asks everything of three stores."""

    class Here(PostgresHistories):
        def __init__(self) -> None:
            super().__init__(dsn)

    run_state_machine_as_test(Here, settings=settings(max_examples=12, stateful_step_count=8, deadline=None))


def live(store: Store) -> None:
    """Let the example's subscribers live through four months, with whatever they do in them."""
    begins = day(2025, 1, 1)
    publish(store, [terms_edition(preset(Preset.DEFAULT), published=begins, effective=begins)])
    span = Period(start=begins, end=day(2025, 5, 10))
    simulate(store, load_rulebook(store, PROVIDER), subscribers(), behaviour=Behaviour(seed=3), span=span)


def test_the_same_months_leave_the_same_bytes(store: PostgresStore, tmp_path: Path) -> None:
    """Four simulated months end with the rows that SQLite has, and the audit finds nothing."""
    live(store)
    with SqliteStore.open(tmp_path / "store.db") as sqlite:
        live(sqlite)
        lines = list(sqlite.dump())
    assert len(lines) > 300
    assert list(store.dump()) == lines
    assert list(audit(store)) == []
