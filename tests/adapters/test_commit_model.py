"""Random histories: both stores do what the naive model does, page for page, and end with the same bytes."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from attrs import evolve
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from altocore.adapters.memory import MemoryStore
from altocore.adapters.sqlite import SqliteStore
from altocore.billing.invoices import Invoice
from altocore.billing.ledger import Movement
from altocore.billing.standing import Standing
from altocore.lifecycle.service import Service
from altocore.plans.documents import Document, index
from altocore.plans.guard import Committed, Outcome
from altocore.plans.plan import Claim, Expect, ExpectCredit, Number, Plan
from altocore.plans.reading import Ids, OfClients, OfServices
from altocore.plans.scanning import After, Entry, Upto, shard_of
from altocore.ports.store import Store
from altocore.values.days import Day, add_days
from altocore.values.ids import ClientId, InvoiceId
from altocore.values.money import Money
from tests import cast
from tests.adapters.faults import Hasty
from tests.adapters.model import Model

CLIENTS: Final = ("c1", "c2")
NAMES: Final = ("d1", "d2", "d3")
KINDS: Final[tuple[type[Document], ...]] = (Service, Standing, Invoice)
STEPS: Final = (None, cast.ANCHOR, add_days(cast.ANCHOR, 1), add_days(cast.ANCHOR, 2))


def document(kind: str, name: str, owner: str, step: Day | None, content: int) -> Document:
    """Return a document of a kind; everything else may change from write to write, an invoice's id says what it is."""
    if kind == "invoice":
        return cast.invoice(of=owner, service_name=name, period_number=0, plan_edition=str(content))
    if kind == "standing":
        invoice = cast.invoice(service_name=name).id
        return cast.standing(name=invoice, of=owner, service_name=name, steps_done=content, next_step=step)
    return cast.service(name=name, of=owner, events=content, next_step=step)


DOCUMENTS: Final = st.builds(
    document,
    st.sampled_from(["service", "standing", "invoice"]),
    st.sampled_from(NAMES),
    st.sampled_from(CLIENTS),
    st.sampled_from(STEPS),
    st.integers(0, 9),
)
CLAIMS: Final = st.builds(
    Claim, st.sampled_from(["x", "y"]), st.sampled_from("abcdefghij"), st.sampled_from(["1", "2"])
)
POSTINGS: Final = st.builds(
    lambda movement, of, minor: cast.posting(movement=movement, of=of, amount=Money(minor, cast.USD)),
    st.sampled_from(
        [Movement.PAYMENT_KEPT, Movement.CREDIT_APPLIED, Movement.NET_INVOICED, Movement.SETTLEMENT_RELEASED]
    ),
    st.sampled_from(CLIENTS),
    st.integers(1, 4),
)
MESSAGES: Final = st.builds(
    lambda of, about: cast.told(of=of, about=of + about), st.sampled_from(CLIENTS), st.sampled_from("abc")
)
NUMBERS: Final = st.builds(Number, st.sampled_from(["A", "B"]), st.sampled_from([InvoiceId(f"i{n}") for n in range(9)]))
OFF: Final = st.sampled_from([0, 0, 0, 0, 0, 0, 1, -1])
"""By how much an expectation is off: seldom, or nothing would ever happen."""


class Histories(RuleBasedStateMachine):
    """A model and two stores that are given the same pages."""

    def __init__(self) -> None:
        super().__init__()
        self.model = Model()
        self.memory = MemoryStore()
        # Held by the machine and removed by teardown.
        self.folder = TemporaryDirectory(ignore_cleanup_errors=True)
        self.path = Path(self.folder.name) / "store.db"
        self.sqlite = SqliteStore.open(self.path, factory=Hasty)

    @rule(data=st.data(), plans=st.integers(0, 4))
    def commit(self, data: st.DataObject, plans: int) -> None:
        """Commit a page, each plan made on what the earlier ones of the page left in the model."""
        page: list[Plan[object]] = []
        promised: list[str] = []
        for _ in range(plans):
            page.append(self.plan(data))
            promised.append(self.model.commit(page[-1]))
        for store in self.stores():
            outcomes = store.commit(page)
            assert [type(outcome).__name__ for outcome in outcomes] == promised
            self.numbers_are_told(page, outcomes)

    @rule()
    def open_again(self) -> None:
        """Close the file and open it again."""
        self.sqlite.close()
        self.sqlite = SqliteStore.open(self.path, factory=Hasty)

    @invariant()
    def stores_know_what_the_model_knows(self) -> None:
        """Every way of reading gives what the model has."""
        for store in self.stores():
            self.documents_are_the_same(store)
            self.ledgers_are_the_same(store)

    @invariant()
    def stores_are_equal_to_the_byte(self) -> None:
        """The twins have the same rows."""
        assert list(self.memory.dump()) == list(self.sqlite.dump())

    def teardown(self) -> None:
        self.sqlite.close()
        self.folder.cleanup()

    def stores(self) -> tuple[Store, ...]:
        return (self.memory, self.sqlite)

    def plan(self, data: st.DataObject) -> Plan[object]:
        writes = data.draw(st.lists(DOCUMENTS, max_size=3, unique_by=lambda each: (type(each), each.id)))
        reads = data.draw(st.lists(DOCUMENTS, max_size=1))
        credits_read = data.draw(st.lists(st.sampled_from(CLIENTS), max_size=1))
        plan: Plan[object] = Plan(
            answer=None,
            deed=data.draw(CLAIMS),
            claims=tuple(data.draw(st.lists(CLAIMS, max_size=1))),
            expects=tuple([self.expect(each, data.draw(OFF)) for each in (*writes, *reads)]),
            writes=tuple(writes),
            postings=tuple(data.draw(st.lists(POSTINGS, max_size=3))),
            messages=tuple(data.draw(st.lists(MESSAGES, max_size=2))),
            numbers=tuple(data.draw(st.lists(NUMBERS, max_size=2))),
        )
        expected = [(each, max(0, self.model.credit.get(each, 0) + data.draw(OFF))) for each in credits_read]
        read = tuple([ExpectCredit(ClientId(each), Money(minor, cast.USD)) for each, minor in expected])
        return evolve(plan, credits=read)

    def expect(self, document: Document, off: int) -> Expect:
        _, version = self.model.documents.get((type(document).__name__, document.id), (None, 0))
        return Expect(type(document), document.id, version + off)

    def numbers_are_told(self, page: Sequence[Plan[object]], outcomes: Sequence[Outcome]) -> None:
        for plan, outcome in zip(page, outcomes, strict=True):
            if isinstance(outcome, Committed):
                told = [(each.invoice, self.model.numbers[each.invoice][1]) for each in plan.numbers]
                assert list(outcome.numbers) == told

    def documents_are_the_same(self, store: Store) -> None:
        for kind in KINDS:
            kept = {key[1]: value for key, value in self.model.documents.items() if key[0] == kind.__name__}
            everything = {
                each.document.id: (each.document, each.version) for each in store.select(kind, Ids(tuple(kept)))
            }
            assert everything == kept
            assert [each.id for each in store.entries(kind, After(after="", limit=99))] == sorted(kept)
            for owner in CLIENTS:
                owned = sorted([each.id for each, _ in kept.values() if index(each).client == owner])
                assert [each.document.id for each in store.select(kind, OfClients((owner,)))] == owned
            for service in NAMES:
                owned = sorted([each.id for each, _ in kept.values() if index(each).service == service])
                assert [each.document.id for each in store.select(kind, OfServices((service,)))] == owned
            self.agendas_are_the_same(store, kind, [each for each, _ in kept.values()])

    def agendas_are_the_same(self, store: Store, kind: type[Document], kept: Sequence[Document]) -> None:
        until = add_days(cast.ANCHOR, 1)
        found_by = [(index(each), each.id) for each in kept]
        entries = [Entry(id=each, client=found.client, agenda=found.agenda) for found, each in found_by]
        due = sorted(
            [(entry.agenda, shard_of(entry.client), entry.id, entry) for entry in entries if _is_upto(entry, until)],
            key=lambda key: key[:3],
        )
        for cut in range(len(due) + 1):
            page = store.entries(kind, Upto(day=until, after=due[cut - 1][3] if cut else None, limit=2))
            assert list(page) == [entry for *_, entry in due[cut : cut + 2]]

    def ledgers_are_the_same(self, store: Store) -> None:
        clients = [ClientId(each) for each in CLIENTS]
        assert {each: minor for each, minor in store.credit(clients).items() if minor} == {
            each: minor for each, minor in self.model.credit.items() if minor
        }
        assert list(store.postings()) == self.model.postings
        assert list(store.messages()) == self.model.messages
        for client in clients:
            assert list(store.postings(client)) == [each for each in self.model.postings if each.client == client]
            assert list(store.messages(client)) == [each for each in self.model.messages if each.client == client]
        invoices = [InvoiceId(f"i{n}") for n in range(9)]
        assert dict(store.numbers(invoices)) == self.model.numbers
        for (space, key), digest in self.model.claims.items():
            assert store.claimed(space, key) == digest


def _is_upto(entry: Entry, day: Day) -> bool:
    return entry.agenda is not None and entry.agenda <= day


TestHistories = Histories.TestCase
TestHistories.settings = settings(stateful_step_count=12, deadline=None)
