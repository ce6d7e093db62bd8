"""Pages and cursors: any size of page gives the same whole, no cursor opens another client's books, others are refused."""

from collections.abc import Callable
from typing import Final, TypeAlias

import pytest

from altocore.clients.clients import Client
from altocore.errors import BadType, BadValue
from altocore.plans.documents import Document
from altocore.plans.guard import Committed
from altocore.plans.plan import Claim, Expect, Number, Plan
from altocore.ports.store import Store
from altocore.values.days import day
from altocore.values.ids import ClientId, InvoiceId
from altocore.values.periods import Period
from altocore.workflows.enquiries import Page, history, invoices_of, statement
from altocore.workflows.enquiries.paging import own_page
from tests import cast as examples
from tests.workflows import cast
from tests.workflows.cast import World
from tests.workflows.lives import spring

YEAR: Final = Period(start=day(2025, 1, 1), end=day(2026, 1, 1))

Enquiry: TypeAlias = Callable[[Store, ClientId, str, int], Page[object]]


def pages_of_history(store: Store, client: ClientId, after: str, limit: int) -> Page[object]:
    """Ask for the history."""
    page = history(store, client, after=after, limit=limit)
    return Page(items=page.items, next=page.next)


def pages_of_invoices(store: Store, client: ClientId, after: str, limit: int) -> Page[object]:
    """Ask for the invoices."""
    page = invoices_of(store, client, after=after, limit=limit)
    return Page(items=page.items, next=page.next)


def pages_of_statement(store: Store, client: ClientId, after: str, limit: int) -> Page[object]:
    """Ask for the statement of the year."""
    page = statement(store, client, YEAR, after=after, limit=limit)
    return Page(items=page.lines, next=page.next)


def planted(*documents: Document, posted: int = 0, numbered: tuple[InvoiceId, ...] = ()) -> Plan[object]:
    """Return a plan that writes these documents and so many postings of Ana's, as no deed would."""
    return Plan(
        answer=None,
        deed=Claim("test", "documents", "planted"),
        expects=tuple([Expect(type(each), each.id, 0) for each in documents]),
        writes=documents,
        postings=(examples.posting(),) * posted,
        numbers=tuple([Number("A", each) for each in numbered]),
    )


DOCUMENTS: Final[list[Enquiry]] = [pages_of_history, pages_of_invoices]
ENQUIRIES: Final[list[Enquiry]] = [*DOCUMENTS, pages_of_statement]


@pytest.fixture
def lived(store: cast.DumpStore) -> World:
    """Give a world after its spring."""
    world = cast.world(store)
    spring(world, lambda at: at.bill())
    return world


@pytest.mark.parametrize("ask", ENQUIRIES)
def test_every_limit_gives_the_same_whole(lived: World, ask: Enquiry) -> None:
    """Page after page, from one at a time to one more than there is: nothing twice, nothing left out, the last says so."""
    whole = ask(lived.store, cast.ANA, "", 1000)
    assert whole.next == ""
    assert len(whole.items) > 5
    for limit in range(1, len(whole.items) + 2):
        page = ask(lived.store, cast.ANA, "", limit)
        found = [*page.items]
        while page.next:
            assert len(page.items) == limit
            asked = page.next
            page = ask(lived.store, cast.ANA, asked, limit)
            assert page.next != asked
            found += page.items
        assert tuple(found) == whole.items
        assert 0 < len(page.items) <= limit


@pytest.mark.parametrize("ask", ENQUIRIES)
def test_a_page_that_is_just_full_is_the_last(lived: World, ask: Enquiry) -> None:
    """Where nothing is left behind a full page, no cursor invites to an empty one."""
    whole = ask(lived.store, cast.ANA, "", 1000)
    assert ask(lived.store, cast.ANA, "", len(whole.items)) == whole


@pytest.mark.parametrize("ask", DOCUMENTS)
def test_another_clients_cursor_opens_nothing(lived: World, ask: Enquiry) -> None:
    """A cursor is a place and no key: sent by another client, it shows that client its own, and never the first one's."""
    theirs = ask(lived.store, cast.ANA, "", 1).next
    own = ask(lived.store, cast.BEN, "", 1000).items
    assert theirs
    assert set(ask(lived.store, cast.BEN, theirs, 1000).items) <= set(own)


@pytest.mark.parametrize("ask", DOCUMENTS)
@pytest.mark.parametrize(
    "after", ["x", "2025-01-31", "2025-1-31~inv", "2025-02-30~inv", "2025-01-31x~inv", "tomorrow!!~i"]
)
def test_what_is_no_cursor_is_refused(lived: World, ask: Enquiry, after: str) -> None:
    """What this library never gave is misuse of the field `after`, and is not repeated."""
    with pytest.raises(BadValue) as told:
        ask(lived.store, cast.ANA, after, 10)
    assert told.value.field == "after"
    assert told.value.problem == "is no cursor of an earlier page"


@pytest.mark.parametrize("ask", DOCUMENTS)
@pytest.mark.parametrize("document", ["\ud800", "inv\0x"], ids=["half a character", "NUL"])
def test_a_cursor_that_no_id_can_be_is_refused(lived: World, ask: Enquiry, document: str) -> None:
    """Half a character was never in a cursor of ours, nor was a NUL: refused as `after`, by every store."""
    with pytest.raises(BadValue) as told:
        ask(lived.store, cast.ANA, f"2025-01-31~{document}", 10)
    assert told.value.field == "after"


@pytest.mark.parametrize("ask", DOCUMENTS)
@pytest.mark.parametrize("after", [None, 7, b"2025-01-31~inv"])
def test_a_cursor_that_is_no_text_is_refused(lived: World, ask: Enquiry, after: object) -> None:
    """None is not the beginning, nor is a number a place."""
    with pytest.raises(BadType) as told:
        ask(lived.store, cast.ANA, after, 10)  # type: ignore[arg-type]  # what a caller without a checker may send
    assert (told.value.field, told.value.problem) == ("after", "must be a str")


@pytest.mark.parametrize("after", ["x", "-1", "1.5", " 1", "1 ", "+1", "٣", "²", "1234567890", "2025-01-31~inv"])
def test_what_is_no_cursor_of_a_statement_is_refused(lived: World, after: str) -> None:
    """A statement's cursor is a count in ASCII digits, of nine at most."""
    with pytest.raises(BadValue) as told:
        pages_of_statement(lived.store, cast.ANA, after, 10)
    assert (told.value.field, told.value.problem) == ("after", "is no cursor of an earlier page")


@pytest.mark.parametrize("ask", DOCUMENTS)
def test_a_cursor_without_a_day_is_the_beginning(lived: World, ask: Enquiry) -> None:
    """Documents without a day come first, so a cursor of one begins before every day."""
    assert ask(lived.store, cast.ANA, "~zzz", 1000) == ask(lived.store, cast.ANA, "", 1000)


def test_a_page_holds_fifty_unless_it_is_told_otherwise(store: cast.DumpStore) -> None:
    """A service that names no limit shows as many every time, of each enquiry, and a cursor for what is left."""
    cast.world(store)
    events = [examples.event(number=number) for number in range(51)]
    invoices = [examples.invoice(period_number=number) for number in range(51)]
    standings = [examples.standing(name=each.id) for each in invoices]
    asked = planted(*events, *invoices, *standings, posted=51, numbered=tuple([each.id for each in invoices]))
    assert [type(each) for each in store.commit([asked])] == [Committed]
    for page in (history(store, cast.ANA), invoices_of(store, cast.ANA)):
        assert (len(page.items), page.next != "") == (50, True)
    told = statement(store, cast.ANA, YEAR)
    assert (len(told.lines), told.next) == (50, "50")


def test_the_beginning_is_before_what_has_no_day(store: cast.DumpStore) -> None:
    """A client is its own document and has no day: the first page begins before every id, an early one too."""
    early = examples.client(name="A")
    store.commit([planted(early)])
    assert own_page(store, Client, early.id, "", 1) == Page(items=(early,), next="")


def test_an_id_may_have_a_tilde(store: cast.DumpStore) -> None:
    """The first tilde ends the day, whatever the id is made of."""
    cast.world(store)
    events = [examples.event(service_name="srv~a", number=number) for number in (1, 2)]
    store.commit([planted(*events)])
    first = history(store, cast.ANA, limit=1)
    assert first == Page(items=(events[0],), next="2025-01-31~srv~a.000001")
    assert history(store, cast.ANA, after=first.next) == Page(items=(events[1],), next="")


@pytest.mark.parametrize("ask", DOCUMENTS)
def test_a_cursor_behind_everything_is_an_empty_page(lived: World, ask: Enquiry) -> None:
    """Nothing is behind the last day, and no cursor is."""
    assert ask(lived.store, cast.ANA, "2199-12-31~zzz", 10) == Page(items=(), next="")


def test_a_statement_behind_its_end_is_its_closing(lived: World) -> None:
    """A count that is too large skips every line: the balance is the closing one, and cannot be forged."""
    whole = statement(lived.store, cast.ANA, YEAR, limit=1000)
    behind = statement(lived.store, cast.ANA, YEAR, after="999999999")
    assert (behind.opening, behind.lines, behind.closing, behind.next) == (whole.closing, (), whole.closing, "")


@pytest.mark.parametrize("ask", ENQUIRIES)
@pytest.mark.parametrize("limit", [0, -1, 1001])
def test_a_limit_out_of_bounds_is_refused(lived: World, ask: Enquiry, limit: int) -> None:
    """A page holds from 1 to 1000."""
    with pytest.raises(BadValue) as told:
        ask(lived.store, cast.ANA, "", limit)
    assert (told.value.field, told.value.problem) == ("limit", "must be from 1 to 1000")


@pytest.mark.parametrize("ask", ENQUIRIES)
@pytest.mark.parametrize("limit", [True, "10", None])
def test_a_limit_that_is_no_number_is_refused(lived: World, ask: Enquiry, limit: object) -> None:
    """A flag is no count, nor is a text."""
    with pytest.raises(BadType) as told:
        ask(lived.store, cast.ANA, "", limit)  # type: ignore[arg-type]  # what a caller without a checker may send
    assert (told.value.field, told.value.problem) == ("limit", "must be an int")


@pytest.mark.parametrize("ask", DOCUMENTS)
def test_a_client_that_is_not_stored_has_nothing(lived: World, ask: Enquiry) -> None:
    """Documents are asked for by their owner; nobody owns none."""
    assert ask(lived.store, ClientId("cli_nobody"), "", 10) == Page(items=(), next="")


@pytest.mark.parametrize("ask", DOCUMENTS)
def test_what_comes_later_is_on_a_later_page(lived: World, ask: Enquiry) -> None:
    """A cursor stays good while life goes on: what was shown is not shown again, what is new comes at the end."""
    shown = ask(lived.store, cast.ANA, "", 3)
    rest = ask(lived.store, cast.ANA, shown.next, 1000).items
    lived.bill_to(day(2025, 5, 9))
    lived.run("new")
    later = ask(lived.store, cast.ANA, shown.next, 1000).items
    assert later[: len(rest)] == rest
    assert len(later) > len(rest)
