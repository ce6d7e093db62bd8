"""What the outside does to a store: each fault is `Unavailable`, tells no value, and leaves everything as it was."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from altocore.adapters.sqlite import SqliteStore
from altocore.adapters.sqlite.schema import STEPS
from altocore.billing.standing import Standing
from altocore.clients.clients import Client
from altocore.errors import BadValue, HistoryCorrupt, Unavailable
from altocore.lifecycle.service import Service
from altocore.plans.guard import Committed
from altocore.plans.plan import Plan
from altocore.plans.reading import Ids
from altocore.plans.scanning import After, Entry, OwnPage, Upto
from altocore.values.days import day
from altocore.values.instants import later
from tests import cast
from tests.adapters.faults import Trap, disk_full, trapped
from tests.adapters.pages import ORDERS, PERSONAL, RENEWALS


def all_committed(store: SqliteStore, page: tuple[Plan[object], ...]) -> bool:
    """Commit a page, and say whether all of it happened."""
    return all(isinstance(outcome, Committed) for outcome in store.commit(page))


def test_a_failing_statement_undoes_the_page(tmp_path: Path) -> None:
    """Whichever statement fails, nothing of the page is there, and the same page succeeds afterwards."""
    trap = Trap(disk_full)
    with SqliteStore.open(tmp_path / "counted.db", factory=trapped(trap)) as store:
        assert all_committed(store, ORDERS)
        trap.arm(0)
        assert all_committed(store, RENEWALS)
        statements = len(trap.seen)
    with SqliteStore.open(tmp_path / "store.db", factory=trapped(trap)) as store:
        assert all_committed(store, ORDERS)
        before = list(store.dump())
        for at in range(1, statements + 1):
            trap.arm(at)
            with pytest.raises(Unavailable, match="the database did not do it: SQLITE_FULL"):
                store.commit(RENEWALS)
            assert list(store.dump()) == before
        trap.arm(0)
        assert all_committed(store, RENEWALS)


def test_a_full_disk_is_unavailable_and_passes(tmp_path: Path) -> None:
    """A file that may not grow refuses a page whole; when it may, the page is committed."""
    made: list[sqlite3.Connection] = []

    class Kept(sqlite3.Connection):
        def __init__(self, *arguments: object, **keywords: object) -> None:
            super().__init__(*arguments, **keywords)  # type: ignore[arg-type]  # passed on as they come
            made.append(self)

    with SqliteStore.open(tmp_path / "store.db", factory=Kept) as store:
        assert all_committed(store, ORDERS)
        before = list(store.dump())
        (pages,) = made[0].execute("PRAGMA page_count").fetchone()
        made[0].execute(f"PRAGMA max_page_count = {pages}")
        for _ in range(3):
            with pytest.raises(Unavailable, match="SQLITE_FULL"):
                store.commit(RENEWALS)
        assert list(store.dump()) == before
        made[0].execute("PRAGMA max_page_count = 1000000")
        assert all_committed(store, RENEWALS)


def test_another_writer_is_waited_for_and_then_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While another process holds the write lock, reading goes on and writing is unavailable after a while."""
    monkeypatch.setattr("altocore.adapters.sqlite.connection.BUSY_SECONDS", 0)
    with SqliteStore.open(tmp_path / "store.db") as store, SqliteStore.open(tmp_path / "store.db") as other:
        assert all_committed(store, ORDERS)
        other._connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(Unavailable, match="SQLITE_BUSY"):
            store.commit(RENEWALS)
        assert len(store.select(Service, Ids(("s0", "s1")))) == 2
        other._connection.execute("ROLLBACK")
        assert all_committed(store, RENEWALS)


def test_a_file_that_is_no_database_is_unavailable(tmp_path: Path) -> None:
    """A text file, a folder and a place that is not there are told, and a text file is left as it is."""
    text = tmp_path / "text.db"
    text.write_text("not a database, and longer than the header of one " * 40)
    for path in (text, tmp_path, tmp_path / "absent" / "store.db"):
        with pytest.raises(Unavailable):
            SqliteStore.open(path)
    assert text.read_text().startswith("not a database")


def test_a_newer_file_is_refused(tmp_path: Path) -> None:
    """A file that a newer altocore wrote is the caller's mistake to open, and is not touched."""
    path = tmp_path / "store.db"
    with SqliteStore.open(path) as store:
        store._connection.execute("INSERT INTO migration (step) VALUES (?)", (len(STEPS) + 1,))
    with pytest.raises(BadValue, match="newer"):
        SqliteStore.open(path)


def test_a_step_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    """Migration is one transaction: broken off at any statement, the next opening begins anew."""
    failed = 0
    for at in range(5, 100):
        path = tmp_path / f"{at}.db"
        trap = Trap(disk_full)
        trap.arm(at)
        try:
            SqliteStore.open(path, factory=trapped(trap)).close()
        except Unavailable:
            failed = at
            with SqliteStore.open(path) as store:
                assert list(store.dump()) == []
                assert all_committed(store, ORDERS)
        else:
            break
    assert 30 < failed < 99


def test_a_lease_that_cannot_be_written_is_unavailable(tmp_path: Path) -> None:
    """Nobody has it then, and a name that cannot be given back stays whose it was."""
    trap = Trap(disk_full)
    until = later(cast.NOON, 60)
    with SqliteStore.open(tmp_path / "store.db", factory=trapped(trap)) as store:
        for at in (1, 2, 3):
            trap.arm(at)
            with pytest.raises(Unavailable, match="SQLITE_FULL"):
                store.lease("day", "a", cast.NOON, until)
        trap.arm(0)
        assert store.lease("day", "b", cast.NOON, until)
        for at in (1, 2, 3):
            trap.arm(at)
            with pytest.raises(Unavailable, match="SQLITE_FULL"):
                store.release("day", "b")
        trap.arm(0)
        assert not store.lease("day", "a", cast.NOON, until)


def test_a_closed_store_is_unavailable(tmp_path: Path) -> None:
    """A store may be closed twice; it answers nothing then."""
    store = SqliteStore.open(tmp_path / "store.db")
    store.close()
    store.close()
    with pytest.raises(Unavailable):
        store.select(Service, Ids(("s0",)))


def test_a_text_that_cannot_be_asked_for_is_misuse(tmp_path: Path) -> None:
    """Half a character is no key of anything: looked up it is absent, bound it is refused by type."""
    with SqliteStore.open(tmp_path / "store.db") as store:
        assert store.claimed("order", "\ud800") is None
        with pytest.raises(BadValue, match="UTF-8"):
            store.claimed("\ud800", "1")


@pytest.fixture
def damaged(tmp_path: Path) -> Iterator[SqliteStore]:
    """Return a store whose file somebody wrote into past the one door, without its triggers and checks."""
    with SqliteStore.open(tmp_path / "store.db") as store:
        assert all_committed(store, (*ORDERS, *RENEWALS))
        for trigger in ("document_lasts", "posting_lasts"):
            store._connection.execute(f"DROP TRIGGER {trigger}")
        store._connection.execute("PRAGMA ignore_check_constraints = ON")
        yield store


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE document SET version = version + 1, body = substr(body, 1, 40)",
        "UPDATE document SET version = version + 1, body = '{}'",
        "UPDATE document SET version = version + 1, body = replace(body, '\"schema\":1', '\"schema\":2')",
        "UPDATE document SET version = version + 1, body = replace(body, 'cli_ana', 'cli_eve')",
    ],
)
def test_a_damaged_document_is_named_by_its_id(damaged: SqliteStore, statement: str) -> None:
    """The message has the kind and the id, and nothing that the row says."""
    damaged._connection.execute(statement)
    ways: list[Callable[[], object]] = [
        lambda: damaged.select(Client, Ids((cast.ANA,))),
        lambda: damaged.owned(Client, cast.ANA, Ids((cast.ANA,))),
        lambda: damaged.owned(Client, cast.ANA, OwnPage(after_day=None, after_id="", limit=9)),
    ]
    for read in ways:
        with pytest.raises(HistoryCorrupt, match="cli_ana: Client: ") as told:
            read()
        assert told.value.where == cast.ANA
        assert PERSONAL not in str(told.value)
    # A scan reads no document, so it passes by.
    assert [entry.id for entry in damaged.entries(Client, After(after="", limit=9))] == [cast.ANA]


def test_a_damaged_agenda_is_read_as_it_stands(damaged: SqliteStore) -> None:
    """A scan understands no day, so it goes on behind whatever stands there; each row is met once."""
    statement = "UPDATE document SET version = 9, agenda = '2025-02-30' WHERE kind = 'standing' AND id = ?"
    first = min(
        standing for standing, *_ in damaged._connection.execute("SELECT id FROM document WHERE kind = 'standing'")
    )
    damaged._connection.execute(statement, (first,))
    assert len(damaged.entries(Standing, After(after="", limit=9))) == 4
    due = [entry for entry, *_ in agenda_of(damaged)]
    assert [entry.agenda for entry in due] == ["2025-02-07"] * 3 + ["2025-02-30"]
    assert due[-1].id == first


def agenda_of(store: SqliteStore) -> Iterator[Sequence[Entry]]:
    """Yield the agenda of standings up to the end of March, one entry a page."""
    after = None
    while page := store.entries(Standing, Upto(day=day(2025, 3, 31), after=after, limit=1)):
        yield page
        after = page[-1]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE posting SET movement = 'gift' WHERE seq = 2",
        "UPDATE posting SET debit = 'cash', credit = 'sales' WHERE seq = 2",
        "UPDATE posting SET minor = -1 WHERE seq = 2",
        "UPDATE posting SET currency = 'XXX' WHERE seq = 2",
        "UPDATE posting SET day = '2025-02-30' WHERE seq = 2",
    ],
)
def test_a_damaged_posting_is_named_by_its_place(damaged: SqliteStore, statement: str) -> None:
    """A row that no movement gives is told with its place in the journal, after the rows before it."""
    damaged._connection.execute(statement)
    with pytest.raises(HistoryCorrupt, match="posting 2: "):
        list(damaged.postings())


def test_a_damaged_message_is_named_by_its_place(damaged: SqliteStore) -> None:
    """The same for messages."""
    damaged._connection.execute("UPDATE message SET kind = 'joke' WHERE seq = 3")
    with pytest.raises(HistoryCorrupt, match="message 3: "):
        list(damaged.messages(cast.ANA))
