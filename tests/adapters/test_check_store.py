"""The check of stores: ours pass it, and a store that breaks a promise is refused by the promise's name."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from itertools import count
from pathlib import Path

import pytest

from altocore.adapters.memory import MemoryStore
from altocore.adapters.sqlite import SqliteStore
from altocore.ports.store import Store
from altocore.testing import CheckFailed, Opening, check_store
from tests.adapters import broken


def test_memory_keeps_every_promise() -> None:
    """The twin in memory is a store."""
    check_store(lambda: nullcontext(MemoryStore()))


def test_sqlite_keeps_every_promise(tmp_path: Path) -> None:
    """A file for each promise."""
    numbers = count()
    check_store(lambda: SqliteStore.open(tmp_path / f"{next(numbers)}.db"))


def test_sqlite_keeps_every_promise_for_ever(tmp_path: Path) -> None:
    """One file, opened again for each promise, has everything that was committed."""
    check_store(lambda: SqliteStore.open(tmp_path / "store.db"), opening=Opening.SAME)


def test_promises_may_share_a_store() -> None:
    """Each promise names its own things: one store may be asked for all of them."""
    store = MemoryStore()
    check_store(lambda: nullcontext(store), opening=Opening.SAME)


def test_a_wrapper_that_breaks_nothing_passes() -> None:
    """What is refused below is refused for what it breaks, not for being wrapped."""
    check_store(lambda: nullcontext(broken.Whole()))


@pytest.mark.parametrize(
    ("make", "promise"),
    [
        (broken.LastWriterWins, "another_version_is_a_conflict"),
        (broken.OneByOne, "a_page_is_written_as_one"),
        (broken.GladToRepeat, "a_deed_is_done_once"),
        (broken.CarelessOfCredit, "credit_is_expected_by_value"),
        (broken.NumbersByPage, "numbers_have_no_gap"),
        (broken.ScansByDay, "the_agenda_is_paged_without_loss"),
        (broken.NeverOffTheAgenda, "the_agenda_follows_a_write"),
        (broken.Unsorted, "owners_find_their_documents"),
        (broken.DeafToClients, "postings_and_messages_keep_their_order"),
        (broken.NewestFirst, "postings_and_messages_keep_their_order"),
        (broken.Raising, "another_version_is_a_conflict"),
    ],
)
def test_a_broken_store_is_refused_by_name(make: Callable[[], Store], promise: str) -> None:
    """The failure names the promise that is broken, and says what was seen."""
    with pytest.raises(CheckFailed) as failed:
        check_store(lambda: nullcontext(make()))
    assert failed.value.check == promise
    assert failed.value.why
    assert str(failed.value).startswith(f"{promise}: ")


def test_a_store_that_forgets_is_refused() -> None:
    """A store that is said to be the same each time, and is empty when it is opened again, is refused."""

    def forgetful() -> AbstractContextManager[Store]:
        return nullcontext(MemoryStore())

    with pytest.raises(CheckFailed) as failed:
        check_store(forgetful, opening=Opening.SAME)
    assert failed.value.check == "all_is_there_when_it_is_opened_again"


def test_what_a_store_raises_is_kept_as_the_cause() -> None:
    """An exception on the way is a failure of the promise, with the exception behind it."""
    with pytest.raises(CheckFailed, match="ValueError was raised") as failed:
        check_store(lambda: nullcontext(broken.Raising()))
    assert isinstance(failed.value.__cause__, ValueError)
