"""The store that an outsider would write keeps every promise, also where its file is torn, damaged, shared or full."""

import errno
import os
from itertools import count
from pathlib import Path

import pytest

from altocore import audit, day
from altocore.adapters.memory import MemoryStore
from altocore.errors import HistoryCorrupt, Unavailable
from altocore.plans.documents import KINDS
from altocore.plans.guard import AlreadyDone, Committed
from altocore.ports.store import Store
from altocore.testing import Opening, check_store
from altocore.testing.cast import CEIBOS, NORTHWIND, TERMS, billed, opened
from altocore.testing.store_examples import Names, deed
from altocore.workflows.auditing import seal
from altocore.workflows.walking import pages_of
from examples.a_store_of_your_own import JournalStore, live

NAMES = Names("example")
MEETING = deed(NAMES.key("meet"), NAMES.client_document())
FIRST = deed(NAMES.key("1"), NAMES.service(events=1))
SECOND = deed(NAMES.key("2"), NAMES.service(events=2), version=1)


def test_one_file_keeps_every_promise_for_ever(tmp_path: Path) -> None:
    """One file, opened again for each promise, has everything that was committed."""
    check_store(lambda: JournalStore.open(tmp_path / "journal"), opening=Opening.SAME)


def test_a_file_for_each_promise_keeps_it(tmp_path: Path) -> None:
    """No promise needs what another one left."""
    numbers = count()
    check_store(lambda: JournalStore.open(tmp_path / f"{next(numbers)}"))


def seen(store: Store) -> tuple[object, ...]:
    """Return what is in a store, told without its rows."""
    ids = {kind: [entry.id for page in pages_of(store, kind) for entry in page] for kind in KINDS.values()}
    return (
        {kind: store.digests(kind, found) for kind, found in ids.items()},
        list(store.postings()),
        list(store.messages()),
        list(seal(store)),
        store.credit((CEIBOS.id, NORTHWIND.id)),
    )


def test_it_has_what_the_store_in_memory_has(tmp_path: Path) -> None:
    """The same half-year leaves the same documents, ledger, messages and chains, before and after it is opened again."""
    beside = billed(MemoryStore())
    live(beside, day(2025, 7, 31))
    with JournalStore.open(tmp_path / "journal") as store:
        live(billed(store), day(2025, 7, 31))
        assert seen(store) == seen(beside.store)
    with JournalStore.open(tmp_path / "journal") as store:
        assert seen(store) == seen(beside.store)
        assert list(audit(store)) == []


def test_a_torn_line_is_as_if_it_had_never_been(tmp_path: Path) -> None:
    """Cut off at any byte of the last line, the page is not there, the ones before are, and it can be committed again."""
    path = tmp_path / "journal"
    with JournalStore.open(path) as store:
        store.commit([MEETING, FIRST])
        before = path.stat().st_size
        store.commit([SECOND])
    whole = path.read_bytes()
    for size in {*range(before, len(whole), 13), len(whole) - 1}:
        path.write_bytes(whole[:size])
        with JournalStore.open(path) as store:
            assert store.claimed("check", NAMES.key("2")) is None
            assert list(store.commit([FIRST])) == [AlreadyDone()]
            assert list(store.commit([SECOND])) == [Committed(numbers=())]
        assert path.read_bytes() == whole


def test_a_damaged_line_is_named(tmp_path: Path) -> None:
    """A byte that is changed, or a line that is left out, is damage, and never read as a page."""
    path = tmp_path / "journal"
    with JournalStore.open(path) as store:
        for plan in (MEETING, FIRST, SECOND):
            store.commit([plan])
    one, two, three = path.read_bytes().splitlines(keepends=True)
    for damaged in (one + two[:90] + bytes([two[90] ^ 1]) + two[91:] + three, one + three, one + b"\n" + three):
        path.write_bytes(damaged)
        with pytest.raises(HistoryCorrupt, match="line 2"), JournalStore.open(path):
            pass


def test_the_file_belongs_to_one_store(tmp_path: Path) -> None:
    """A second one is told so, and may have it once the first is closed."""
    path = tmp_path / "journal"
    with JournalStore.open(path), pytest.raises(Unavailable, match="the journal"), JournalStore.open(path):
        pass
    with JournalStore.open(path) as store:
        store.commit([MEETING])
    with pytest.raises(Unavailable, match="closed"):
        store.commit([FIRST])


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    """What the system says is told, in words of ours."""
    with pytest.raises(Unavailable, match="the journal"), JournalStore.open(tmp_path / "absent" / "journal"):
        pass


def test_a_page_that_could_not_be_synced_is_asked_for_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The store refuses to go on; opened again, the claims tell whether the page is there."""
    path = tmp_path / "journal"
    with JournalStore.open(path) as store:
        opened(store)
        with monkeypatch.context() as full:
            full.setattr(os, "fsync", _full)
            with pytest.raises(Unavailable, match="No space left"):
                store.commit([MEETING, FIRST])
        with pytest.raises(Unavailable, match="closed"):
            store.claimed("check", NAMES.key("1"))
    with JournalStore.open(path) as store:
        assert list(store.digests(type(TERMS), [TERMS.id])) == [TERMS.id]
        assert {type(each) for each in store.commit([MEETING, FIRST])} <= {AlreadyDone, Committed}
        assert store.claimed("check", NAMES.key("1")) == "given"


def _full(_descriptor: int) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
