"""What holds of rows whatever a plan says: each is a conflict of the plan alone, on every store."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import evolve

from altocore.adapters.memory import MemoryStore
from altocore.adapters.rows import UNFIT
from altocore.adapters.sqlite import SqliteStore, journals
from altocore.billing.invoices import Invoice
from altocore.billing.ledger import Movement
from altocore.catalogue.plans import PlanEdition
from altocore.clients.clients import Client
from altocore.lifecycle.service import Service
from altocore.plans.documents import Stored
from altocore.plans.guard import AlreadyDone, Committed, Conflict, OtherInput
from altocore.plans.plan import Claim, Expect, Number, Plan
from altocore.plans.reading import Ids
from altocore.ports.store import Store
from altocore.values.ids import ClientId, ServiceId
from altocore.values.money import MINOR_MAX, Money
from tests import cast
from tests.adapters.pages import meet, registering

DONE = Committed(numbers=())


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Return each of the stores in turn, with Ana in it."""
    if request.param == "memory":
        memory = MemoryStore()
        meet(memory)
        yield memory
    else:
        with SqliteStore.open(tmp_path / "store.db") as opened:
            meet(opened)
            yield opened


def order(key: str, service: Service | None = None) -> Plan[object]:
    """Return a plan that writes a new service."""
    written = cast.service(name=key) if service is None else service
    return Plan(answer=None, deed=Claim("x", key, "1"), expects=(Expect(Service, written.id, 0),), writes=(written,))


def issue(invoice: Invoice) -> Plan[object]:
    """Return a plan that writes a new invoice."""
    expects = (Expect(Invoice, invoice.id, 0),)
    return Plan(answer=None, deed=Claim("x", invoice.id, "1"), expects=expects, writes=(invoice,))


def keeps(key: str, *minors: int) -> Plan[object]:
    """Return a plan that adds these cents to Ana's credit."""
    moved = [cast.posting(movement=Movement.PAYMENT_KEPT, amount=Money(minor, cast.USD)) for minor in minors]
    return evolve(order(key), postings=tuple(moved))


def test_credit_has_a_bound(store: Store) -> None:
    """Credit is never more than Money can say, within a plan, within a page and beyond."""
    page = [keeps("1", MINOR_MAX), keeps("2", 1), keeps("3", MINOR_MAX, MINOR_MAX), order("4")]
    full = Conflict("credit of cli_ana is full")
    assert list(store.commit(page)) == [DONE, full, full, DONE]
    assert list(store.commit([keeps("5", 1)])) == [full]
    assert dict(store.credit([cast.ANA])) == {cast.ANA: MINOR_MAX}


def test_what_is_spent_makes_no_room(store: Store) -> None:
    """A plan that adds and spends is judged by what it adds: the order of its postings is no part of the answer."""
    spent = cast.posting(movement=Movement.CREDIT_APPLIED, amount=Money(5, cast.USD))
    plan = keeps("2", 5)
    assert list(store.commit([keeps("1", MINOR_MAX)])) == [DONE]
    assert isinstance(store.commit([evolve(plan, postings=(spent, *plan.postings))])[0], Conflict)


def test_a_lasting_document_is_told_by_name(store: Store) -> None:
    """The conflict names the invoice that is issued already."""
    invoice = cast.invoice()
    expects = (Expect(Invoice, invoice.id, 1),)
    plan: Plan[object] = Plan(answer=None, deed=Claim("x", "1", "1"), expects=expects, writes=(invoice,))
    assert list(store.commit([plan])) == [Conflict(f"Invoice {invoice.id} is written once")]


def test_reading_a_lasting_document_is_no_writing(store: Store) -> None:
    """A plan may expect an invoice that is there, if it leaves it alone."""
    invoice = cast.invoice()
    plan = order("1")
    reading = evolve(plan, expects=(*plan.expects, Expect(Invoice, invoice.id, 1)))
    assert list(store.commit([issue(invoice), reading])) == [DONE, DONE]


def test_one_plan_numbers_an_invoice_once(store: Store) -> None:
    """Two numbers for one invoice in one plan are a conflict, in one series or in two."""
    invoice = cast.invoice()
    for series in ("A", "B"):
        plan = evolve(issue(invoice), numbers=(Number("A", invoice.id), Number(series, invoice.id)))
        assert list(store.commit([plan])) == [Conflict("number twice")]
    assert store.numbered("A", 1) is None


def test_a_plan_of_other_things_than_texts_is_unfit(store: Store) -> None:
    """A plan with something else than texts in it is left out, and its page goes on."""
    odd = evolve(order("1"), deed=Claim("x", 1, "1"))  # type: ignore[arg-type]  # on purpose
    assert list(store.commit([odd, order("3")])) == [UNFIT, DONE]


def test_a_document_that_cannot_be_encoded_is_unfit(tmp_path: Path) -> None:
    """A database leaves out what it could not read again: half a character, or a value that is no JSON."""
    half = order("1", cast.service(name="1", edition="\ud800"))
    other = order("2", evolve(cast.service(name="2"), events=b"2"))  # type: ignore[arg-type]  # on purpose
    with SqliteStore.open(tmp_path / "store.db") as store:
        meet(store)
        assert list(store.commit([half, other, order("3")])) == [UNFIT, UNFIT, DONE]
        assert list(store.select(Service, Ids(("1", "2", "3")))) == [Stored(cast.service(name="3"), 1)]


def test_a_journal_is_read_page_by_page(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the length of a page, each posting and each message comes once and in order."""
    plans = [
        evolve(keeps(str(n), n + 1), messages=(cast.told(about=str(n), of="c" if n % 3 else cast.ANA),))
        for n in range(7)
    ]
    meet(store, "c")
    store.commit(plans)
    for length in (1, 2, 7, 8):
        monkeypatch.setattr(journals, "PAGE", length)
        assert [each.amount.minor for each in store.postings()] == [1, 2, 3, 4, 5, 6, 7]
        assert [each.about for each in store.messages(cast.ANA)] == ["0", "3", "6"]


def strange(key: str, kind: str, stranger: str = "cli_b") -> Plan[object]:
    """Return a plan that writes, posts or says something of somebody, beside a service of Ana's."""
    match kind:
        case "document":
            return order(key, cast.service(name=key, of=stranger))
        case "posting":
            return evolve(order(key), postings=(cast.posting(of=stranger),))
        case _:
            return evolve(order(key), messages=(cast.told(of=stranger, about=key),))


THINGS = pytest.mark.parametrize("kind", ["document", "posting", "message"])


@THINGS
def test_nothing_belongs_to_somebody_who_is_not_stored(store: Store, kind: str) -> None:
    """The conflict names the client; once the client is there the same plan is let in."""
    refused = Conflict("client cli_b is not stored")
    assert list(store.commit([strange("1", kind), order("2")])) == [refused, DONE]
    assert list(store.commit([strange("1", kind)])) == [refused]
    meet(store, "cli_b")
    assert list(store.commit([strange("1", kind)])) == [DONE]


@THINGS
def test_a_client_comes_with_its_things_or_before_them(store: Store, kind: str) -> None:
    """Written by the same plan or by an earlier one of the page, it is somebody; by a later one, not yet."""
    page = [strange("1", kind), registering("cli_b"), strange("2", kind)]
    assert list(store.commit(page)) == [Conflict("client cli_b is not stored"), DONE, DONE]
    plan, newcomer = strange("3", kind, "cli_c"), registering("cli_c")
    whole = evolve(plan, expects=plan.expects + newcomer.expects, writes=plan.writes + newcomer.writes)
    assert list(store.commit([whole])) == [DONE]


@THINGS
def test_a_client_that_falls_out_makes_nobody_known(store: Store, kind: str) -> None:
    """A plan that would have stored the client and is refused leaves a stranger, for the plans after it too."""
    stale = registering("cli_b")
    stale = evolve(stale, expects=(Expect(Client, ClientId("cli_b"), 7),))
    stranger = Conflict("client cli_b is not stored")
    assert list(store.commit([stale, strange("1", kind)])) == [Conflict("Client cli_b"), stranger]
    assert list(store.commit([strange("1", kind)])) == [stranger]


def test_a_service_cannot_move_to_a_stranger(store: Store) -> None:
    """TRF-5: whoever takes a service over is stored first; the first of several strangers is named."""
    service = cast.service(name="1")
    moved: Plan[object] = Plan(
        answer=None,
        deed=Claim("x", "move", "1"),
        expects=(Expect(Service, service.id, 1),),
        writes=(evolve(service, client=ClientId("cli_c")),),
        messages=(cast.told(of="cli_b"),),
    )
    assert list(store.commit([order("1"), moved])) == [DONE, Conflict("client cli_b is not stored")]
    meet(store, "cli_b")
    assert list(store.commit([moved])) == [Conflict("client cli_c is not stored")]
    meet(store, "cli_c")
    assert list(store.commit([moved])) == [DONE]


def test_a_plan_of_nobody_needs_nobody(store: Store) -> None:
    """An edition belongs to no client."""
    edition = cast.plan()
    plan: Plan[object] = Plan(
        answer=None, deed=Claim("x", "e", "1"), expects=(Expect(PlanEdition, edition.id, 0),), writes=(edition,)
    )
    assert list(store.commit([plan])) == [DONE]


def test_a_deed_that_was_done_is_told_before_anything_else(store: Store) -> None:
    """A deed's key says what it was, whatever else the plan now names: it was done, or done with other input."""
    assert list(store.commit([order("1")])) == [DONE]
    again = strange("1", "message")
    other = evolve(again, deed=Claim("x", "1", "2"))
    assert list(store.commit([again, other])) == [AlreadyDone(), OtherInput()]


def test_what_rests_on_a_plan_that_was_left_out_falls_too(store: Store) -> None:
    """What the door itself refused is as fallen as what the guard did, for the plans of its page and no longer."""
    assert list(store.commit([order("1")])) == [DONE]
    again = evolve(order("1"), expects=(Expect(Service, ServiceId("1"), 1),))
    unfit = evolve(again, deed=Claim("x", "\0", "1"))
    strange = evolve(again, deed=Claim("x", "s", "1"), messages=(cast.told(of="cli_b"),))
    resting = evolve(again, deed=Claim("x", "2", "1"))
    fallen = Conflict("Service 1")
    assert list(store.commit([unfit, resting])) == [UNFIT, fallen]
    assert list(store.commit([strange, resting])) == [Conflict("client cli_b is not stored"), fallen]
    assert list(store.commit([resting])) == [DONE]
