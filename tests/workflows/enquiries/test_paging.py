"""Pages and cursors: any size of page gives the same whole, no cursor opens another client's books, others are refused."""

from collections.abc import Callable
from typing import Final, TypeAlias

import pytest

from altocore.errors import BadType, BadValue
from altocore.ports.store import Store
from altocore.values.days import day
from altocore.values.ids import ClientId
from altocore.values.periods import Period
from altocore.workflows.enquiries import Page, history, invoices_of, statement
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
            page = ask(lived.store, cast.ANA, page.next, limit)
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
    assert after not in told.value.problem


@pytest.mark.parametrize("ask", DOCUMENTS)
def test_a_cursor_that_no_id_can_be_is_refused(lived: World, ask: Enquiry) -> None:
    """Half a character was never in a cursor of ours: refused as `after`, by every store."""
    with pytest.raises(BadValue) as told:
        ask(lived.store, cast.ANA, "2025-01-31~\ud800", 10)
    assert told.value.field == "after"


@pytest.mark.parametrize("after", ["x", "-1", "1.5", " 1", "1 ", "+1", "٣", "²", "1234567890", "2025-01-31~inv"])
def test_what_is_no_cursor_of_a_statement_is_refused(lived: World, after: str) -> None:
    """A statement's cursor is a count in ASCII digits, of nine at most."""
    with pytest.raises(BadValue) as told:
        pages_of_statement(lived.store, cast.ANA, after, 10)
    assert told.value.field == "after"


@pytest.mark.parametrize("ask", DOCUMENTS)
def test_a_cursor_without_a_day_is_the_beginning(lived: World, ask: Enquiry) -> None:
    """Documents without a day come first, so a cursor of one begins before every day."""
    assert ask(lived.store, cast.ANA, "~zzz", 1000) == ask(lived.store, cast.ANA, "", 1000)


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
    assert told.value.field == "limit"


@pytest.mark.parametrize("ask", ENQUIRIES)
@pytest.mark.parametrize("limit", [True, "10", None])
def test_a_limit_that_is_no_number_is_refused(lived: World, ask: Enquiry, limit: object) -> None:
    """A flag is no count, nor is a text."""
    with pytest.raises(BadType) as told:
        ask(lived.store, cast.ANA, "", limit)  # type: ignore[arg-type]  # what a caller without a checker may send
    assert told.value.field == "limit"


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
