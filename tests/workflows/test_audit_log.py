"""The audit log: whatever a hand past the door does to a row or to the log itself is seen, and named where it was done."""

from collections.abc import Callable
from typing import Final

import pytest

from altocore.adapters.sqlite import SqliteStore
from altocore.clients.holdings import Holding
from altocore.plans.reading import OfClients
from altocore.values.days import day
from altocore.workflows.auditing import Invariant
from altocore.workflows.ordering import service_id
from tests.workflows import cast
from tests.workflows.cast import World
from tests.workflows.tampering import last_number, logged, reword, rewrite_log, rows, tamper

LOG: Final = Invariant.AUDIT_LOG_IS_WHOLE
A: Final = service_id("a")
B: Final = service_id("b")


@pytest.fixture
def world(disk: SqliteStore) -> World:
    """Give a world on disk in which Ana has paid her first invoice and owes her renewal, and Ben has a service as well."""
    world = cast.world(disk)
    world.run("a")
    world.run("b", of=cast.BEN)
    world.bill_to(day(2025, 2, 18))
    assert cast.findings(disk) == []
    return world


def entry_of_postings(store: SqliteStore, document: str) -> int:
    """Return the number of the entry that logs a document's postings: the one that logs the document."""
    (number,) = [each.number for each in store.log(cast.ANA) if f'["invoice","{document}"' in each.body]
    return number


# What is logged ------------------------------------------------------------------------------------------------------


def test_a_document_that_was_changed_is_named(world: World, disk: SqliteStore) -> None:
    """PAY-12: an issued invoice with another name on it, by one letter that no other invariant reads."""
    own = world.invoice(A, 0).id
    reword(disk, "invoice", own, '"Ana"', '"Eva"')
    assert cast.findings(disk) != []
    assert {each.invariant for each in cast.findings(disk)} == {LOG}
    assert logged(disk) == {(own, "the invoice is not as it was logged last")}


def test_a_standing_that_was_changed_is_named(world: World, disk: SqliteStore) -> None:
    """A reminder that is said to be behind, though nobody sent it."""
    own = world.standing(A, 1).id
    reword(disk, "standing", own, '"steps_done":0', '"steps_done":1')
    assert logged(disk) == {(own, "the standing is not as it was logged last")}


def test_a_standing_that_was_set_back_is_named(world: World, disk: SqliteStore) -> None:
    """Not only known texts: the text of an earlier version, which the log knows, is not the one that was logged last."""
    own = world.standing(A, 0).id
    opened = world.order("o", of=cast.CLEO)
    before = world.standing(opened, 0).id
    ((text,),) = rows(disk, "SELECT body FROM document WHERE kind = 'standing' AND id = ?", before)
    world.pay(opened, 0)
    assert cast.findings(disk) == []
    tamper(disk, "UPDATE document SET body = ? WHERE kind = 'standing' AND id = ?", text, before)
    assert logged(disk) == {(before, "the standing is not as it was logged last")}
    assert own != before


def test_a_document_that_is_lost_is_named(world: World, disk: SqliteStore) -> None:
    """It was logged, and is not there."""
    (event,) = world.events(A)
    tamper(disk, "DELETE FROM document WHERE kind = 'service_event' AND id = ?", event.id)
    assert logged(disk) == {(event.id, "the service_event is not as it was logged last")}


@pytest.mark.usefixtures("world")
def test_a_document_that_was_put_in_is_named(disk: SqliteStore) -> None:
    """A payment that nobody logged, in every column as it should be."""
    tamper(
        disk,
        "INSERT INTO document (kind, id, version, client, service, plan, day, shard, agenda, body) "
        "SELECT kind, 'pay_planted', version, client, service, plan, day, shard, agenda, replace(body, id, 'pay_planted') "
        "FROM document WHERE kind = 'payment' AND client = ?",
        cast.ANA,
    )
    assert logged(disk) == {("pay_planted", "the payment was never logged")}


def test_an_edition_that_was_put_in_is_named(world: World, disk: SqliteStore) -> None:
    """Terms that were never published change what everybody owes, so they are named above all."""
    edition = cast.MANUAL
    assert edition.id not in {each.id for each in world.rulebook.editions.editions}
    tamper(
        disk,
        "INSERT INTO document (kind, id, version, day, shard, body) "
        "SELECT kind, 'terms_planted', 1, day, shard, replace(body, id, 'terms_planted') "
        "FROM document WHERE kind = 'terms_edition'",
    )
    assert [where for where, _ in logged(disk)] == ["terms_planted"]


def test_an_edition_that_was_changed_is_named(world: World, disk: SqliteStore) -> None:
    """REN-4: terms whose due days were changed afterwards, under the client that has no name."""
    edition = world.rulebook.editions.editions[0].id
    reword(disk, "terms_edition", edition, '"due_days":7', '"due_days":8')
    assert logged(disk) == {(edition, "the terms_edition is not as it was logged last")}


def test_a_client_that_was_deleted_whole_is_named(world: World, disk: SqliteStore) -> None:
    """Dan was logged and is gone, with every row that he had but his log."""
    tamper(disk, "DELETE FROM document WHERE kind = 'client' AND id = ?", cast.DAN)
    assert list(world.store.log(cast.DAN)) != []
    assert cast.DAN in {where for where, _ in logged(disk)}


# Postings ------------------------------------------------------------------------------------------------------------


def place_of(store: SqliteStore, document: str) -> tuple[int, int]:
    """Return the places of the two postings of an invoice."""
    found = rows(store, "SELECT seq FROM posting WHERE document = ? ORDER BY seq", document)
    first, second = (int(str(seq)) for (seq,) in found)
    return first, second


def change_posting(store: SqliteStore, first: int, _second: int) -> None:
    """Put a posting off by a day, which no sum shows."""
    tamper(store, "UPDATE posting SET day = '2025-02-19' WHERE seq = ?", first)


def remove_posting(store: SqliteStore, first: int, _second: int) -> None:
    """Lose a posting."""
    tamper(store, "DELETE FROM posting WHERE seq = ?", first)


def swap_postings(store: SqliteStore, first: int, second: int) -> None:
    """Turn two postings round, which no sum shows."""
    for place, to in ((first, -1), (second, first), (-1, second)):
        tamper(store, "UPDATE posting SET seq = ? WHERE seq = ?", to, place)


def give_posting_away(store: SqliteStore, first: int, _second: int) -> None:
    """Give a posting to another document of the same client."""
    tamper(store, "UPDATE posting SET document = document || 'x' WHERE seq = ?", first)


@pytest.mark.parametrize("touch", [change_posting, remove_posting, swap_postings, give_posting_away])
def test_a_posting_that_was_touched_is_seen(
    world: World, disk: SqliteStore, touch: Callable[[SqliteStore, int, int], None]
) -> None:
    """Changed, removed, turned round, given away: the entry that logged it is named, by its number."""
    own = world.invoice(A, 1).id
    number = entry_of_postings(disk, own)
    touch(disk, *place_of(disk, own))
    assert logged(disk) == {(cast.ANA, f"the postings of entry {number} are not as they were logged")}


def test_what_no_sum_shows_only_the_log_shows(world: World, disk: SqliteStore) -> None:
    """Two postings turned round break nothing else."""
    swap_postings(disk, *place_of(disk, world.invoice(A, 1).id))
    assert {each.invariant for each in cast.findings(disk)} == {LOG}


def test_a_posting_that_was_added_is_seen(world: World, disk: SqliteStore) -> None:
    """At the end, behind everything that was logged."""
    tamper(
        disk,
        "INSERT INTO posting (movement, client, document, day, minor, currency, debit, credit) "
        "SELECT movement, client, document, day, minor, currency, debit, credit FROM posting WHERE seq = ?",
        place_of(disk, world.invoice(A, 1).id)[0],
    )
    assert logged(disk) == {(cast.ANA, "it has postings that were never logged")}


def test_a_posting_of_another_client_is_seen_at_both(world: World, disk: SqliteStore) -> None:
    """Given to Ben it lacks in Ana's log, and is in none of Ben's."""
    own = world.invoice(A, 1).id
    tamper(disk, "UPDATE posting SET client = ? WHERE seq = ?", cast.BEN, place_of(disk, own)[0])
    assert {where for where, _ in logged(disk)} == {cast.ANA, cast.BEN}


# The log itself ------------------------------------------------------------------------------------------------------


def change_body(store: SqliteStore) -> None:
    """Say that another one did it."""
    tamper(
        store,
        'UPDATE log SET body = replace(body, \'"actor":"gateway"\', \'"actor":"staff"\') '
        "WHERE client = ? AND instr(body, 'gateway') > 0",
        cast.ANA,
    )


def change_chain(store: SqliteStore) -> None:
    """Write another digest."""
    tamper(
        store, "UPDATE log SET chain = replace(chain, substr(chain, 1, 1), 'g') WHERE client = ? AND n = 3", cast.ANA
    )


def delete_in_the_middle(store: SqliteStore) -> None:
    """Lose the third entry."""
    tamper(store, "DELETE FROM log WHERE client = ? AND n = 3", cast.ANA)


def delete_and_close_up(store: SqliteStore) -> None:
    """Lose the third entry, and count the ones behind it anew."""
    last = last_number(store)
    delete_in_the_middle(store)
    for number in range(4, last + 1):
        tamper(store, "UPDATE log SET n = n - 1 WHERE client = ? AND n = ?", cast.ANA, number)


def swap_entries(store: SqliteStore) -> None:
    """Turn the third and the fourth entry round."""
    for number, to in ((3, 99), (4, 3), (99, 4)):
        tamper(store, "UPDATE log SET n = ? WHERE client = ? AND n = ?", to, cast.ANA, number)


def count_on(store: SqliteStore) -> None:
    """Leave every digest as it is, and count the third and all behind it a hundred on, as if some had been between."""
    tamper(store, "UPDATE log SET n = n + 100 WHERE client = ? AND n >= 3", cast.ANA)


def from_another_chain(store: SqliteStore) -> None:
    """Put Ben's third entry in the place of Ana's."""
    tamper(
        store,
        "UPDATE log SET body = (SELECT body FROM log WHERE client = ? AND n = 3) WHERE client = ? AND n = 3",
        cast.BEN,
        cast.ANA,
    )


@pytest.mark.parametrize(
    "touch",
    [
        change_body,
        change_chain,
        delete_in_the_middle,
        delete_and_close_up,
        swap_entries,
        count_on,
        from_another_chain,
    ],
)
@pytest.mark.usefixtures("world")
def test_a_log_that_was_touched_breaks_where_it_was(disk: SqliteStore, touch: Callable[[SqliteStore], None]) -> None:
    """The first entry that does not fit is named by its number, and nobody else's log."""
    assert last_number(disk) > 4
    assert "gateway" in list(disk.log(cast.ANA))[2].body
    touch(disk)
    assert logged(disk) == {(cast.ANA, "its chain breaks at entry 3")}


def test_a_tail_that_was_cut_off_leaves_what_it_wrote(world: World, disk: SqliteStore) -> None:
    """The chain itself still fits, but what its last entry logged is there, and was never logged."""
    tamper(disk, "DELETE FROM log WHERE client = ? AND n = ?", cast.ANA, last_number(disk))
    own = world.invoice(A, 1).id
    assert logged(disk) == {
        (own, "the invoice was never logged"),
        (own, "the standing was never logged"),
        (A, "the service is not as it was logged last"),
        (cast.ANA, "it has postings that were never logged"),
    }


def test_a_client_without_a_log_is_named(disk: SqliteStore) -> None:
    """The whole log gone: even the client was never logged, nor the e-mail that it holds."""
    cast.world(disk)
    (email,) = [stored.document.id for stored in disk.select(Holding, OfClients((cast.DAN,)))]
    tamper(disk, "DELETE FROM log WHERE client = ?", cast.DAN)
    assert logged(disk) == {
        (cast.DAN, "the client was never logged"),
        (email, "the holding was never logged"),
    }


def test_the_log_of_editions_is_named_editions(disk: SqliteStore) -> None:
    """It has no client to be named by."""
    cast.world(disk)
    tamper(disk, "DELETE FROM log WHERE client = '' AND n = 2")
    assert logged(disk) == {("editions", "its chain breaks at entry 2")}


@pytest.mark.parametrize(
    "told",
    [
        "no json",
        "{}",
        "[]",
        '{"documents":[["client"]],"postings":[0,""]}',
        '{"documents":[],"postings":0}',
        '{"documents":[[[],"a",1,"d"]],"postings":[0,""]}',
        pytest.param('{"documents":[],"postings":[-1,""]}'),
        pytest.param('{"documents":[],"postings":["1",""]}'),
        pytest.param('{"documents":[["client",1,1,"d"],["client","a",1,"d"]],"postings":[0,""]}'),
        pytest.param("[" * 100_000),
    ],
    ids=["text", "empty", "list", "short", "count", "kind", "negative", "no count", "no id", "deep"],
)
def test_an_entry_that_says_nothing_is_named(disk: SqliteStore, told: str) -> None:
    """A chain that fits, made by somebody who knows the algorithm, over texts that are no entries: told, never raised."""
    cast.world(disk)
    rewrite_log(disk, cast.DAN, lambda _body: told)
    assert (cast.DAN, "entry 1 cannot be understood") in logged(disk)
