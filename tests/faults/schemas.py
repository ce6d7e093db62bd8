"""The small provider on a PostgreSQL: a schema as it is this morning for each kill, and what is asked of it afterwards."""

import secrets
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final, final

import psycopg
from attrs import field, frozen
from psycopg.conninfo import make_conninfo

from altocore.adapters.postgres import PostgresStore
from tests.adapters.postgres.conftest import drop
from tests.adapters.postgres.faults import Lends, Trap
from tests.faults.child import trapped_on_postgres
from tests.faults.course import Course, undisturbed
from tests.faults.kills import KILLED, Nursery
from tests.faults.orders import Order
from tests.faults.provider import PAGE, Kind, begin, work

GONE_SECONDS: Final = 20
BACKENDS: Final = "SELECT count(*) FROM pg_stat_activity WHERE application_name = %s"


@final
@frozen(kw_only=True)
class Town:
    """A server, and a connection to it that is used for one schema after the other."""

    dsn: str = field()
    lends: Lends = field()

    @contextmanager
    def morning(self, kind: Kind) -> Iterator[tuple[str, PostgresStore]]:
        """Hold a schema of this provider this morning, and a store on it; the schema is dropped."""
        schema = f"test_{secrets.token_hex(6)}"
        try:
            yield schema, self.begun(schema, kind)
        finally:
            drop(self.dsn, schema)

    def begun(self, schema: str, kind: Kind) -> PostgresStore:
        """Return a store in a new schema, of this provider this morning."""
        store = PostgresStore.on_pool(self.lends, schema=schema)
        begin(store, kind)
        return store

    def statements(self, kind: Kind) -> list[str]:
        """Return the statements of the work, each commit among them."""
        with self.morning(kind) as (schema, _):
            self.lends.trap.arm(0)
            work(trapped_on_postgres(self.lends, schema))
            return list(self.lends.trap.seen)

    def check_kill(self, nursery: Nursery, kind: Kind, at: int, told: int, page: int = PAGE) -> None:
        """Kill a child before this statement: it was told so many commits, those are done, and the next run finishes."""
        with self.morning(kind) as (schema, store):
            assert nursery.kill(self.order(schema, at=at)) == told
            self.await_gone(schema)
            check(undisturbed(kind), store, (told,), page)

    def check_kill_after(self, nursery: Nursery, kind: Kind, after_us: int) -> bool:
        """Kill a child from outside after so long, wherever it is; return whether it still worked."""
        with self.morning(kind) as (schema, store):
            end = nursery.end(self.order(schema, after_us=after_us))
            assert end.code in {0, KILLED}
            self.await_gone(schema)
            course = undisturbed(kind)
            check(course, store, course.told_or_next(end.told))
        return end.code == KILLED

    def await_gone(self, name: str) -> None:
        """Wait until no backend works for who connected under this name: it may be about to commit."""
        until = time.monotonic() + GONE_SECONDS
        with psycopg.connect(self.dsn, autocommit=True) as connection:
            while connection.execute(BACKENDS, (name,)).fetchone() != (0,):
                assert time.monotonic() < until
                time.sleep(0.002)

    def order(self, schema: str, *, at: int = 0, after_us: int = 0) -> Order:
        """Return an order to work in this schema, under its own name."""
        return Order(name=schema, dsn=make_conninfo(self.dsn, application_name=schema), at=at, after_us=after_us)


def check(course: Course, store: PostgresStore, told: Sequence[int], page: int = PAGE) -> None:
    """See that a store stands behind one of these commits, and that the next run finishes it."""
    course.check_cut_off(store, told)
    course.check_resumed(store, page)


@contextmanager
def town(dsn: str) -> Iterator[Town]:
    """Hold a connection."""
    lends = Lends(dsn, Trap(lambda _backend: None))
    yield Town(dsn=dsn, lends=lends)
    lends.close()
