"""Whatever happened, an enquiry says what everything in the store adds up to, and adds up by itself."""

from collections.abc import Callable
from itertools import pairwise
from typing import Final, TypeVar

from hypothesis import given
from hypothesis import strategies as st

from altocore.adapters.memory import MemoryStore
from altocore.adapters.sqlite import SqliteStore
from altocore.ports.store import Store
from altocore.values.days import Day, add_days, day
from altocore.values.ids import ClientId
from altocore.values.money import total
from altocore.values.periods import Period
from altocore.workflows.enquiries import (
    Page,
    ageing,
    dues,
    history,
    invoice_of,
    invoices_of,
    open_invoices,
    statement,
)
from tests.workflows import cast
from tests.workflows.enquiries import naive
from tests.workflows.enquiries.drawn import DEEDS, Deed, lived
from tests.workflows.lives import spring

T = TypeVar("T")

EVER: Final = Period(start=day(2025, 1, 1), end=day(2199, 12, 31))


def whole(enquiry: Callable[[str], Page[T]]) -> list[T]:
    """Return all pages of an enquiry."""
    page = enquiry("")
    found = [*page.items]
    while page.next:
        asked = page.next
        page = enquiry(asked)
        assert page.items
        assert page.next != asked
        found += page.items
    return found


def check_documents(store: Store, client: ClientId) -> None:
    """See that history and invoices are this client's, all of them, in their order."""
    assert whole(lambda after: history(store, client, after=after, limit=2)) == naive.events(store, client)
    views = naive.invoices(store, client)
    assert whole(lambda after: invoices_of(store, client, after=after, limit=2)) == views
    assert [invoice_of(store, client, view.invoice.id) for view in views] == views
    assert [view.standing for view in open_invoices(store, client)] == naive.unpaid(store, client)


def check_dues(store: Store, client: ClientId, today: Day) -> None:
    """See that what is owed is the open invoices', and the bands make up the whole of it."""
    owed = dues(store, client, today)
    of = owed.credit.currency
    assert owed.to_come.minor == naive.owed_late(store, client, today, -99_999, 0)
    assert owed.overdue.minor == naive.owed_late(store, client, today, 1, 99_999)
    assert owed.credit.minor == store.credit((client,)).get(client, 0)
    days = [each.due for each in naive.unpaid(store, client)]
    assert owed.next_due == min((each for each in days if each >= today), default=None)
    assert owed.oldest_due == min((each for each in days if each < today), default=None)
    aged = ageing(store, client, today)
    assert aged.not_due == owed.to_come
    assert total(aged.overdue, of) == owed.overdue
    limits = [0, 30, 60, 90, 99_999]
    assert [each.minor for each in aged.overdue] == [
        naive.owed_late(store, client, today, first + 1, last) for first, last in pairwise(limits)
    ]


def check_statement(store: Store, client: ClientId, start: Day, middle: Day, end: Day) -> None:
    """See that two periods in a row meet, each page by page, and that each is its opening and what moved in it."""
    before = naive.moved(naive.before(store, client, start))
    for period in (Period(start=start, end=middle), Period(start=middle, end=end)):
        own = naive.within(store, client, period)
        seen, balance, cursor = [], before, ""
        while True:
            page = statement(store, client, period, after=cursor, limit=3)
            assert (page.opening.receivable.minor, page.opening.credit.minor) == balance
            seen += [each.posting for each in page.lines]
            balance, cursor = (page.closing.receivable.minor, page.closing.credit.minor), page.next
            moved = naive.moved(seen)
            assert balance == (before[0] + moved[0], before[1] + moved[1])
            if not cursor:
                break
        assert seen == own
        before = balance


def check_standing(store: Store, client: ClientId, today: Day) -> None:
    """See that the statement ends where the books stand: what is owed is open, what is kept is credit."""
    closing = statement(store, client, EVER).closing
    pages = statement(store, client, EVER, limit=1000)
    assert pages.next == ""
    owed = dues(store, client, today)
    assert pages.closing.receivable == owed.to_come + owed.overdue
    assert pages.closing.credit == owed.credit
    assert closing.credit.currency is owed.credit.currency


def check_all(store: Store, today: Day) -> None:
    """See all of it, for every client."""
    for client in naive.clients(store):
        check_documents(store, client.id)
        check_dues(store, client.id, today)
        check_standing(store, client.id, today)
        check_statement(store, client.id, add_days(today, -40), add_days(today, -9), add_days(today, 1))


@given(DEEDS, st.integers(0, 100))
def test_enquiries_say_what_is_stored(deeds: list[Deed], later: int) -> None:
    """Every enquiry of every client, after any life and on any day after it, against everything in the store."""
    world = lived(MemoryStore(), deeds)
    check_all(world.store, add_days(world.today, later))


def test_a_spring_is_told_as_it_was_every_day(store: cast.DumpStore) -> None:
    """The same on each fourth day of a spring in which nearly everything happens, in memory and on disk."""
    world = cast.world(store)

    def bill(at: cast.World) -> None:
        at.bill()
        if at.today.day % 4 == 0:
            check_all(at.store, at.today)

    spring(world, bill)
    check_all(store, world.today)


def test_memory_and_disk_say_the_same(disk: SqliteStore) -> None:
    """Page by page, cursor by cursor: a client is moved from one store to the other and sees no difference."""
    memory = MemoryStore()
    for store in (memory, disk):
        spring(cast.world(store), lambda at: at.bill())
    for client in naive.clients(memory):
        for limit in (1, 2, 5):
            after = ""
            while True:
                page = invoices_of(memory, client.id, after=after, limit=limit)
                assert invoices_of(disk, client.id, after=after, limit=limit) == page
                after = page.next
                if not after:
                    break
        assert history(disk, client.id) == history(memory, client.id)
        assert statement(disk, client.id, EVER) == statement(memory, client.id, EVER)
