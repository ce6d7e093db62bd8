"""What the outside does to the store: each fault is `Unavailable`, tells no value, and leaves everything as it was."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from random import Random
from typing import LiteralString

import psycopg
import pytest
from attrs import evolve

from altocore.adapters.postgres import PostgresStore, sessions
from altocore.adapters.postgres.faults import RACES
from altocore.adapters.postgres.fitting import KEY_BYTES_MAX
from altocore.adapters.postgres.schema import STEPS
from altocore.adapters.postgres.store import ATTEMPTS_MAX, PAUSE_SECONDS_MAX
from altocore.billing.standing import Standing
from altocore.clients.clients import Client
from altocore.errors import BadValue, HistoryCorrupt, Unavailable
from altocore.lifecycle.service import Service
from altocore.plans.guard import AlreadyDone, Committed, Conflict
from altocore.plans.plan import Claim, Plan
from altocore.plans.reading import Ids
from altocore.plans.scanning import After, Entry, OwnPage, Upto
from altocore.values.days import day
from altocore.values.ids import ClientId
from altocore.values.instants import later
from tests import cast
from tests.adapters.pages import ORDERS, PERSONAL, RENEWALS
from tests.adapters.postgres.conftest import drop
from tests.adapters.postgres.faults import Ends, Lends, Trap, terminating

pytestmark = pytest.mark.postgres


def kinds(store: PostgresStore, page: tuple[Plan[object], ...]) -> set[type[object]]:
    """Commit a page, and return what became of it."""
    return {type(outcome) for outcome in store.commit(page)}


def raising(fault: type[psycopg.Error]) -> Callable[[int], None]:
    """Return what raises this fault."""

    def spring(_backend: int) -> None:
        raise fault

    return spring


@pytest.fixture
def trap() -> Trap:
    """Return a trap that is not armed."""
    return Trap(raising(psycopg.errors.InternalError_))


@pytest.fixture
def trapped_store(dsn: str, store: PostgresStore, schema: str, trap: Trap) -> Iterator[PostgresStore]:
    """Return a store on the same schema, with the orders in it, whose statements pass the trap; it never really sleeps."""
    assert kinds(store, ORDERS) == {Committed}
    lends = Lends(dsn, trap)
    yield PostgresStore.on_pool(lends, schema=schema, sleep=lambda _seconds: None)
    lends.close()


def test_a_connection_that_is_lost_undoes_the_page(
    dsn: str, store: PostgresStore, trapped_store: PostgresStore, trap: Trap
) -> None:
    """The backend is ended before each statement of a commit in turn: nothing is there, and the repeat is right."""
    before = list(store.dump())
    trap.spring = terminating(dsn)
    broken = 0
    for at in range(1, 100):
        trap.arm(at)
        try:
            outcomes = kinds(trapped_store, RENEWALS)
        except Unavailable as told:
            broken = at
            # With a code where the server could still say it, and without where the line was dead already.
            assert str(told).removeprefix("the database did not do it: ") in {"57P01", "OperationalError"}  # noqa: PT017  # the loop ends where nothing is raised
            assert list(store.dump()) == before
        else:
            assert outcomes == {Committed}
            break
    trap.arm(0)
    assert 10 < broken < 99
    assert kinds(trapped_store, RENEWALS) == {AlreadyDone}


def test_a_connection_that_is_lost_at_the_commit(dsn: str, store: PostgresStore) -> None:
    """Ended just before COMMIT is sent it is `Unavailable` and undone; the store finds another connection by itself."""
    torn = PostgresStore(Ends(store._sessions, before=[terminating(dsn)]))
    with pytest.raises(Unavailable):
        torn.commit(ORDERS)
    assert list(store.dump()) == []
    assert kinds(torn, ORDERS) == {Committed}


def test_an_outcome_that_nobody_heard_is_told_by_the_claims(store: PostgresStore) -> None:
    """The commit is done and its answer is lost: `Unavailable`, and the same plans again are done already."""
    lost = psycopg.OperationalError("server closed the connection unexpectedly")
    deaf = PostgresStore(Ends(store._sessions, after=[lost]))
    with pytest.raises(Unavailable, match="the database did not do it: OperationalError"):
        deaf.commit(ORDERS)
    assert kinds(deaf, ORDERS) == {AlreadyDone}


@pytest.mark.parametrize("fault", RACES)
def test_a_race_that_is_lost_once_is_run_again(
    store: PostgresStore, trapped_store: PostgresStore, trap: Trap, fault: type[psycopg.Error]
) -> None:
    """Raised at any statement, the page is undone, judged again, and happens once."""
    trap.spring = raising(fault)
    once: Plan[object] = Plan(answer=None, deed=Claim("race", "0", "1"), postings=(cast.posting(),))
    trap.arm(0)
    assert kinds(trapped_store, (once,)) == {Committed}
    size = len(trap.seen)
    for at in range(1, size + 1):
        trap.arm(at)
        assert kinds(trapped_store, (evolve(once, deed=Claim("race", str(at), "1")),)) == {Committed}
        assert len(trap.seen) == size + at
    assert len(list(store.postings())) == 1 + 1 + size


def test_a_race_that_is_always_lost_ends(store: PostgresStore) -> None:
    """It is given up after sixteen times, with fifteen pauses between them, drawn from the chance that was given."""
    pauses: list[list[float]] = [[], []]
    for slept in pauses:
        lost = Ends(store._sessions, before=[raising(psycopg.errors.SerializationFailure)] * 99)
        racing = PostgresStore(lost, chance=Random(7), sleep=slept.append)  # noqa: S311  # no secret
        with pytest.raises(Unavailable, match="the database did not do it: 40001"):
            racing.commit(ORDERS)
    assert pauses[0] == pauses[1]
    assert len(pauses[0]) == ATTEMPTS_MAX - 1
    assert all(0 <= each <= PAUSE_SECONDS_MAX for each in pauses[0])
    assert list(store.dump()) == []


def test_a_real_deadlock_is_run_again(dsn: str, store: PostgresStore, other: psycopg.Connection) -> None:
    """Somebody locks rows in the other order: one of the two is undone by the database, and the store's page happens."""
    assert kinds(store, ORDERS) == {Committed}
    lock = "SELECT 1 FROM document WHERE kind = 'service' AND id = %s FOR UPDATE"
    with ThreadPoolExecutor(1) as threads:
        with suppress(psycopg.errors.DeadlockDetected), other.transaction():
            other.execute(lock, ("s3",))
            written = threads.submit(kinds, store, RENEWALS)
            wait_for_a_waiter(dsn, other.info.backend_pid)
            other.execute(lock, ("s0",))
        assert written.result(timeout=60) == {Committed}


def wait_for_a_waiter(dsn: str, backend: int) -> None:
    """Return once somebody waits for this backend."""
    with psycopg.connect(dsn, autocommit=True) as watcher:
        for _ in range(1000):
            waiting = watcher.execute(
                "SELECT 1 FROM pg_stat_activity WHERE %s = ANY(pg_blocking_pids(pid))", (backend,)
            ).fetchone()
            if waiting is not None:
                return
            time.sleep(0.01)
    pytest.fail("nobody waits")


def test_another_writer_is_waited_for_and_then_told(
    store: PostgresStore, other: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While somebody else holds a row, reading goes on, and writing is unavailable after a while."""
    assert kinds(store, ORDERS) == {Committed}
    monkeypatch.setattr(sessions, "TELL_WRITER", sessions.TELL_WRITER.replace("'10s'", "'50ms'"))
    with other.transaction(force_rollback=True):
        other.execute("SELECT 1 FROM document FOR UPDATE")
        with pytest.raises(Unavailable, match="55P03"):
            store.commit(RENEWALS)
        assert len(store.select(Service, Ids(("s0", "s1")))) == 2
    assert kinds(store, RENEWALS) == {Committed}


def test_a_server_that_does_not_answer_is_unavailable() -> None:
    """Nobody listens there: it is told at once, without the address."""
    with pytest.raises(Unavailable, match="the database did not do it: OperationalError"):
        PostgresStore.open("host=127.0.0.1 port=1 user=ana password=secret dbname=x connect_timeout=2")


def test_a_newer_schema_is_refused(store: PostgresStore, dsn: str, schema: str, other: psycopg.Connection) -> None:
    """A schema that a newer altocore wrote is the caller's mistake to open, and is not touched."""
    other.execute("INSERT INTO migration (step) VALUES (%s)", (len(STEPS) + 1,))
    with pytest.raises(BadValue, match="newer"):
        PostgresStore.open(dsn, schema=schema)
    with psycopg.connect(dsn) as connection, pytest.raises(BadValue, match="not those of this altocore"):
        PostgresStore.joined(connection, schema=schema)
    assert list(store.dump()) == []


@pytest.mark.parametrize(
    "name", ["", "Altocore", "pg_own", "a-b", 'a"; DROP SCHEMA x', "é", "a" * 64, "a b", "1a", "a\n"]
)
def test_a_name_that_is_none_of_ours_is_refused(name: str) -> None:
    """Small letters, digits and underscores, as many as the server keeps."""
    with pytest.raises(BadValue, match="schema: "):
        PostgresStore.open("host=127.0.0.1 port=1", schema=name)


@pytest.mark.parametrize("prefix", ["", "_", "a1_"])
def test_a_name_may_be_long(dsn: str, schema: str, prefix: str) -> None:
    """As long as the server's names are."""
    name = (prefix + schema).ljust(63, "x")
    try:
        with PostgresStore.open(dsn, schema=name) as store:
            assert kinds(store, ORDERS) == {Committed}
    finally:
        drop(dsn, name)


def test_a_word_of_the_language_is_a_name_too(dsn: str, other: psycopg.Connection) -> None:
    """The server quotes it."""
    if other.execute("SELECT 1 FROM pg_namespace WHERE nspname = 'select'").fetchone() is not None:
        pytest.skip("somebody has a schema of that name")
    try:
        with PostgresStore.open(dsn, schema="select") as store:
            assert kinds(store, ORDERS) == {Committed}
    finally:
        drop(dsn, "select")


def test_openers_make_the_schema_once(dsn: str, schema: str) -> None:
    """Eight that open an absent schema at the same moment all get it."""

    def opened(_: int) -> list[str]:
        with PostgresStore.open(dsn, schema=schema, connections=1) as store:
            return list(store.dump())

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(opened, range(8))) == [[]] * 8


def test_a_step_that_fails_leaves_nothing(dsn: str, schema: str) -> None:
    """Migration is one transaction: broken off at any statement, the next opening begins anew."""
    trap = Trap(raising(psycopg.errors.DiskFull))
    lends = Lends(dsn, trap)
    failed = 0
    for at in range(5, 100):
        trap.arm(at)
        try:
            PostgresStore.on_pool(lends, schema=schema)
        except Unavailable:
            failed = at
        else:
            break
    lends.close()
    assert 30 < failed < 99
    with PostgresStore.open(dsn, schema=schema) as store:
        assert kinds(store, ORDERS) == {Committed}


def test_a_closed_store_is_unavailable(dsn: str, schema: str) -> None:
    """A store may be closed twice; it answers nothing then."""
    store = PostgresStore.open(dsn, schema=schema)
    store.close()
    store.close()
    with pytest.raises(Unavailable):
        store.select(Service, Ids(("s0",)))


def test_a_text_that_no_row_can_hold(store: PostgresStore) -> None:
    """Looked up it is absent; a page cannot begin behind it; a key that no index takes is a conflict of its plan alone."""
    for text in ("\ud800", "\0"):
        assert store.claimed("order", text) is None
        assert store.claimed(text, "1") is None
        assert store.numbered(text, 1) is None
        assert list(store.postings(ClientId(text))) + list(store.messages(ClientId(text))) == []
        assert list(store.log(text)) == []
        assert list(store.owned(Service, ClientId(text), Ids(("s0",)))) == []
        assert dict(store.digests(Service, (text,))) == {}
        behind = Entry(id=text, client="", agenda="2025-01-31")
        for scan in (After(after=text, limit=1), Upto(day=cast.ANCHOR, after=behind, limit=1)):
            with pytest.raises(BadValue, match="after: "):
                store.entries(Service, scan)
        with pytest.raises(BadValue, match="after_id: "):
            store.owned(Service, cast.ANA, OwnPage(after_day=None, after_id=text, limit=1))
    long = "é" * (KEY_BYTES_MAX // 2)
    plans: list[Plan[object]] = [Plan(answer=None, deed=Claim(key, key, "1")) for key in (long + "e", long, "short")]
    assert [type(outcome) for outcome in store.commit(plans)] == [Conflict, Committed, Committed]


@pytest.mark.parametrize("text", ["\ud800", "\0"])
def test_a_name_that_no_row_can_hold(store: PostgresStore, text: str) -> None:
    """A page of heads cannot begin behind it, and nobody can hold it or give it back: it is the caller's mistake."""
    ways: list[Callable[[], object]] = [
        lambda: store.heads(text, 1),
        lambda: store.lease(text, "a", cast.NOON, later(cast.NOON, 60)),
        lambda: store.lease("day", text, cast.NOON, later(cast.NOON, 60)),
        lambda: store.release(text, "a"),
    ]
    for asked in ways:
        with pytest.raises(BadValue):
            asked()


@pytest.fixture
def damaged(store: PostgresStore, other: psycopg.Connection) -> psycopg.Connection:
    """Return a connection of somebody who goes past the one door, without triggers and checks, to a store with rows."""
    assert kinds(store, (*ORDERS, *RENEWALS)) == {Committed}
    other.execute("DROP TRIGGER document_lasts ON document")
    other.execute("DROP TRIGGER posting_lasts ON posting")
    other.execute("ALTER TABLE posting DROP CONSTRAINT posting_minor_check")
    other.execute("ALTER TABLE document DROP CONSTRAINT document_agenda_check")
    return other


@pytest.mark.parametrize(
    "change", ["body = substr(body, 1, 40)", "body = '{}'", "body = replace(body, 'cli_ana', 'cli_eve')"]
)
def test_a_damaged_document_is_named_by_its_id(
    store: PostgresStore, damaged: psycopg.Connection, change: LiteralString
) -> None:
    """The message has the kind and the id, and nothing that the row says."""
    damaged.execute(f"UPDATE document SET version = version + 1, {change} WHERE kind = 'client'")  # noqa: S608  # from above
    ways: list[Callable[[], object]] = [
        lambda: store.select(Client, Ids((cast.ANA,))),
        lambda: store.owned(Client, cast.ANA, Ids((cast.ANA,))),
        lambda: store.owned(Client, cast.ANA, OwnPage(after_day=None, after_id="", limit=9)),
    ]
    for read in ways:
        with pytest.raises(HistoryCorrupt, match="cli_ana: Client: ") as told:
            read()
        assert told.value.where == cast.ANA
        assert PERSONAL not in str(told.value)
    # A scan reads no document, so it passes by.
    assert [entry.id for entry in store.entries(Client, After(after="", limit=9))] == [cast.ANA]


def test_a_damaged_agenda_is_read_as_it_stands(store: PostgresStore, damaged: psycopg.Connection) -> None:
    """A scan understands no day, so it goes on behind whatever stands there."""
    first, *_ = [entry.id for entry in store.entries(Standing, After(after="", limit=9))]
    damaged.execute(
        "UPDATE document SET version = 9, agenda = '2025-02-30' WHERE kind = 'standing' AND id = %s", (first,)
    )
    due = store.entries(Standing, Upto(day=day(2025, 3, 31), after=None, limit=9))
    assert [entry.agenda for entry in due] == ["2025-02-07"] * 3 + ["2025-02-30"]
    assert store.entries(Standing, Upto(day=day(2025, 3, 31), after=due[2], limit=9)) == due[3:]
    assert store.entries(Standing, Upto(day=day(2025, 3, 31), after=due[3], limit=9)) == []


@pytest.mark.parametrize("change", ["movement = 'gift'", "minor = -1", "day = '2025-02-30'"])
def test_a_damaged_posting_is_named_by_its_place(
    store: PostgresStore, damaged: psycopg.Connection, change: LiteralString
) -> None:
    """A row that no movement gives is told with its place in the journal."""
    damaged.execute(f"UPDATE posting SET {change} WHERE seq = 2")  # noqa: S608  # from above
    with pytest.raises(HistoryCorrupt, match="posting 2: "):
        list(store.postings())
