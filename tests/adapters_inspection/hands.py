"""A hand on the database itself: the same statements past the door of SQLite and of PostgreSQL."""

from collections.abc import Callable, Iterator
from typing import Protocol, TypeAlias, final

import psycopg
from attrs import field, frozen

from altocore.adapters.postgres import PostgresStore
from altocore.adapters.sqlite import SqliteStore
from altocore.workflows.auditing import Violation
from tests.workflows.cast import DumpStore
from tests.workflows.tampering import opened

Cell: TypeAlias = str | int | None


class InspectedStore(DumpStore, Protocol):
    """A store whose database looks at itself."""

    def inspect(self) -> Iterator[Violation]:
        """Return what it objects to."""
        ...


@final
@frozen(kw_only=True)
class Hand:
    """A store, and what runs a statement on its database; values stand for question marks."""

    store: InspectedStore = field()
    run: Callable[..., None] = field()


def on_sqlite(store: SqliteStore) -> Hand:
    """Return a hand that the triggers, checks and foreign keys of this file do not hold."""

    def run(sql: str, *values: Cell) -> None:
        opened(store)
        assert store._connection.execute(sql, values).rowcount > 0

    return Hand(store=store, run=run)


def on_postgres(store: PostgresStore, other: psycopg.Connection) -> Hand:
    """Return a hand that the triggers and foreign keys of this schema do not hold: it works as a replica does."""

    def run(sql: str, *values: Cell) -> None:
        other.execute("SET session_replication_role = replica")
        # A statement of this module's callers, whose only parameters are question marks.
        assert other.execute(sql.replace("?", "%s").encode(), values).rowcount > 0

    return Hand(store=store, run=run)
