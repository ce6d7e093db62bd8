"""The check of stores: ours pass it, and a store that breaks a promise is refused by the promise's name."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from itertools import count
from pathlib import Path
from typing import Final

import pytest

from altocore.adapters.memory import MemoryStore
from altocore.adapters.sqlite import SqliteStore
from altocore.plans.documents import LASTING, NAMES
from altocore.ports.store import Store
from altocore.testing import CheckFailed, Opening, check_store
from altocore.testing.store_commits import COMMITS
from altocore.testing.store_ledgers import LEDGERS
from altocore.testing.store_logs import LOGS
from altocore.testing.store_reads import READS
from tests.adapters import broken, broken_logs, broken_reads


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


ONCE = sorted(LASTING, key=NAMES.__getitem__)


BROKEN: Final[list[tuple[Callable[[], Store], str]]] = [
    (broken.AnswersNothing, "a_page_of_nothing_is_nothing"),
    (broken.CountsFromZero, "a_write_moves_the_version"),
    (broken.JudgesAhead, "a_plan_may_rest_on_an_earlier_one"),
    (broken.NumbersOnce, "an_invoice_has_one_number"),
    (broken_reads.IdsAsPatterns, "ids_without_a_document_are_left_out"),
    (broken_reads.KeepsOldOwners, "a_new_owner_is_the_only_one"),
    (broken.LastWriterWins, "another_version_is_a_conflict"),
    (broken.SwallowsConflicts, "another_version_is_a_conflict"),
    (broken.Raising, "another_version_is_a_conflict"),
    (broken.GladToRepeat, "a_deed_is_done_once"),
    (broken.PostsAgain, "a_deed_is_done_once"),
    (broken.ForgetsKeys, "a_deed_is_done_once"),
    (broken.SharesClaims, "a_claim_is_taken_once"),
    (broken.LeavesMessages, "a_refused_plan_leaves_nothing"),
    (broken.LeavesPostings, "a_refused_plan_leaves_nothing"),
    (broken.OneByOne, "what_rests_on_a_fallen_plan_falls_too"),
    (broken.WritesWhatCame, "a_page_is_written_as_one"),
    (partial(broken.KnowsStrangers, "documents"), "nothing_belongs_to_a_stranger"),
    (partial(broken.KnowsStrangers, "postings"), "nothing_belongs_to_a_stranger"),
    (partial(broken.KnowsStrangers, "messages"), "nothing_belongs_to_a_stranger"),
    *[(partial(broken.Rewrites, kind), "a_lasting_document_is_written_once") for kind in ONCE],
    (broken.ChokesOnTexts, "a_plan_that_cannot_be_kept_is_left_out"),
    (broken.CarelessOfCredit, "credit_is_expected_by_value"),
    (broken.FloatingCredit, "credit_is_expected_by_value"),
    (broken_reads.CreditOfOne, "credit_is_expected_by_value"),
    (broken.Lends, "credit_is_never_below_zero"),
    (broken.NumbersByPage, "numbers_have_no_gap"),
    (broken.NumbersTheRefused, "numbers_have_no_gap"),
    (broken_reads.FloatingMoney, "a_document_comes_back_as_it_was"),
    (broken_reads.NaiveTimes, "a_document_comes_back_as_it_was"),
    (broken_reads.Unsorted, "owners_find_their_documents"),
    (broken_reads.OneEditionOfAPlan, "editions_are_found_by_their_plan"),
    (broken_reads.ScansByDay, "the_agenda_is_paged_without_loss"),
    (broken_reads.EveryShard, "the_agenda_is_paged_without_loss"),
    (broken_reads.EndlessAgenda, "the_agenda_is_paged_without_loss"),
    (broken_reads.NeverOffTheAgenda, "the_agenda_follows_a_write"),
    (broken_reads.AnybodysIds, "a_client_reads_its_own_alone"),
    (broken_reads.AnybodysPages, "a_client_reads_its_own_alone"),
    (broken_reads.PagesById, "a_client_reads_its_own_alone"),
    (broken_reads.EndlessPages, "a_client_reads_its_own_alone"),
    (broken_reads.NoPageWithoutDay, "a_client_reads_its_own_alone"),
    (broken_reads.BareEntries, "all_are_paged_without_loss"),
    (broken_reads.EndlessScans, "all_are_paged_without_loss"),
    (broken_reads.DeafToClients, "postings_and_messages_keep_their_order"),
    (broken_reads.ReorderedOutbox, "postings_and_messages_keep_their_order"),
    (broken_reads.NewestFirst, "postings_and_messages_keep_their_order"),
    (broken_reads.FloatingLedger, "postings_and_messages_keep_their_order"),
    (broken_reads.TellsEachTime, "a_message_is_told_once"),
    (broken_logs.SkipsRewrites, "each_plan_is_logged_once"),
    (broken_logs.LogsRepeats, "each_plan_is_logged_once"),
    (broken_logs.LogsTheRefused, "each_plan_is_logged_once"),
    (broken_logs.Unchained, "each_plan_is_logged_once"),
    (broken_logs.ChainsDigests, "each_plan_is_logged_once"),
    (broken_logs.LogsTheWholePlan, "each_plan_is_logged_once"),
    (broken_logs.OneEntryAPage, "each_plan_is_logged_once"),
    (broken_logs.ForgetsOccasions, "each_plan_is_logged_once"),
    (broken_logs.SkipsPostings, "each_plan_is_logged_once"),
    (broken_logs.SkipsEditions, "editions_are_logged_too"),
    (broken_logs.DigestsOfIds, "digests_are_of_what_is_stored"),
    (broken_logs.HeadsMissOne, "heads_are_where_the_chains_end"),
    (broken_logs.HeadsLagBehind, "heads_are_where_the_chains_end"),
    (broken_logs.EndlessHeads, "heads_are_where_the_chains_end"),
]
"""Each with the promise that it breaks."""


@pytest.mark.parametrize(("make", "promise"), BROKEN)
def test_a_broken_store_is_refused_by_name(make: Callable[[], Store], promise: str) -> None:
    """The failure names the promise that is broken, and says what was seen."""
    with pytest.raises(CheckFailed) as failed:
        check_store(lambda: nullcontext(make()))
    assert failed.value.check == promise
    assert failed.value.why
    assert str(failed.value).startswith(f"{promise}: ")


def test_each_promise_is_broken_by_some_store() -> None:
    """A promise that no store can break proves nothing: who adds one adds a store that breaks it."""
    promises = {promise.__name__ for promise in (*COMMITS, *LEDGERS, *READS, *LOGS)}
    assert {promise for _, promise in BROKEN} == promises


def test_a_store_that_forgets_is_refused() -> None:
    """A store that is said to be the same each time, and is empty when it is opened again, is refused."""

    def forgetful() -> AbstractContextManager[Store]:
        return nullcontext(MemoryStore())

    with pytest.raises(CheckFailed) as failed:
        check_store(forgetful, opening=Opening.SAME)
    assert failed.value.check == "all_is_there_when_it_is_opened_again"


def test_a_store_that_forgets_its_agenda_is_refused() -> None:
    """What is due is due when the store is opened again."""
    store = MemoryStore()
    with pytest.raises(CheckFailed) as failed:
        check_store(lambda: nullcontext(broken_reads.AgendaInMind(store)), opening=Opening.SAME)
    assert failed.value.check == "all_is_there_when_it_is_opened_again"


def test_what_a_store_raises_is_kept_as_the_cause() -> None:
    """An exception on the way is a failure of the promise, with the exception behind it."""
    with pytest.raises(CheckFailed, match="ValueError was raised") as failed:
        check_store(lambda: nullcontext(broken.Raising()))
    assert isinstance(failed.value.__cause__, ValueError)
