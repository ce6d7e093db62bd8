"""Random histories: both stores do what the naive model does, page for page, and end with the same bytes."""

import json
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from altocore.adapters.memory import MemoryStore
from altocore.adapters.sqlite import SqliteStore
from altocore.codec.documents import encode
from altocore.plans.documents import Document, index
from altocore.plans.guard import Committed, Outcome
from altocore.plans.plan import Plan
from altocore.plans.reading import Ids, OfClients, OfPlans, OfServices
from altocore.plans.scanning import After, Entry, OwnPage, Shards, Upto, shard_of
from altocore.ports.store import Store
from altocore.values.days import Day, add_days
from altocore.values.ids import ClientId, InvoiceId
from tests import cast
from tests.adapters.faults import Hasty
from tests.adapters.history_draws import CLIENTS, KINDS, NAMES, beginnings, plans
from tests.adapters.model import Logged, Model, digest


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

    @initialize(page=beginnings())
    def begin(self, page: list[Plan[object]]) -> None:
        """Store two clients, and a few things of the first; the third is a stranger until a plan writes it."""
        assert {self.model.commit(plan) for plan in page} == {"Committed"}
        for store in self.stores():
            assert {type(outcome) for outcome in store.commit(page)} == {Committed}

    @rule(data=st.data(), count=st.integers(0, 4))
    def commit(self, data: st.DataObject, count: int) -> None:
        """Commit a page, each plan made on what the earlier ones of the page left in the model."""
        page: list[Plan[object]] = []
        promised: list[str] = []
        self.model.begin_page()
        for _ in range(count):
            page.append(data.draw(plans(self.model)))
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
            self.logs_are_the_same(store)

    @invariant()
    def stores_are_equal_to_the_byte(self) -> None:
        """The twins have the same rows."""
        assert list(self.memory.dump()) == list(self.sqlite.dump())

    def teardown(self) -> None:
        self.sqlite.close()
        self.folder.cleanup()

    def stores(self) -> tuple[Store, ...]:
        return (self.memory, self.sqlite)

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
            for owner in CLIENTS:
                owned = sorted([each.id for each, _ in kept.values() if index(each).client == owner])
                assert [each.document.id for each in store.select(kind, OfClients((owner,)))] == owned
                self.own_is_the_same(store, kind, ClientId(owner), tuple(kept))
            for service in NAMES:
                owned = sorted([each.id for each, _ in kept.values() if index(each).service == service])
                assert [each.document.id for each in store.select(kind, OfServices((service,)))] == owned
            for plan in {index(each).plan for each, _ in kept.values()} - {""}:
                editions = sorted([each.id for each, _ in kept.values() if index(each).plan == plan])
                assert [each.document.id for each in store.select(kind, OfPlans((plan,)))] == editions
            self.agendas_are_the_same(store, kind, [each for each, _ in kept.values()])
            texts = {each.id: digest(encode(each)) for each, _ in kept.values()}
            assert dict(store.digests(kind, [*kept, "absent"])) == texts

    def own_is_the_same(self, store: Store, kind: type[Document], client: ClientId, ids: tuple[str, ...]) -> None:
        """Of all ids a client gets its own; its pages begin behind any of its documents, by day and id."""
        own = sorted(self.model.owned(kind, client), key=lambda value: (_day(value[0]), value[0].id))
        found = store.owned(kind, client, Ids((*ids, "absent")))
        assert sorted([each.document.id for each in found]) == sorted([each.id for each, _ in own])
        for cut in range(len(own) + 1):
            after = own[cut - 1][0] if cut else None
            bounds = (index(after).day, after.id) if after else (None, "")
            page = store.owned(kind, client, OwnPage(after_day=bounds[0], after_id=bounds[1], limit=2))
            assert [(each.document, each.version) for each in page] == own[cut : cut + 2]

    def agendas_are_the_same(self, store: Store, kind: type[Document], kept: Sequence[Document]) -> None:
        until = add_days(cast.ANCHOR, 1)
        entries = [_entry(each) for each in kept]
        assert list(store.entries(kind, After(after="", limit=99))) == sorted(entries, key=lambda entry: entry.id)
        due = sorted(
            [(entry.agenda, shard_of(entry.client), entry.id, entry) for entry in entries if _is_upto(entry, until)],
            key=lambda key: key[:3],
        )
        for cut in range(len(due) + 1):
            after = due[cut - 1][3] if cut else None
            page = store.entries(kind, Upto(day=until, after=after, limit=2))
            assert list(page) == [entry for *_, entry in due[cut : cut + 2]]
            for bound in {shard_of(client) for client in CLIENTS} - {0}:
                for shards in (Shards(0, bound), Shards(bound, 256)):
                    page = store.entries(kind, Upto(day=until, after=after, limit=2, shards=shards))
                    own = [entry for _, shard, _, entry in due[cut:] if shards.start <= shard < shards.end]
                    assert list(page) == own[:2]

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
        invoices = [cast.invoice(service_name=name).id for name in NAMES]
        assert dict(store.numbers([*invoices, InvoiceId("absent")])) == self.model.numbers
        for invoice, (series, number) in self.model.numbers.items():
            assert store.numbered(series, number) == invoice
        for (space, key), digest_given in self.model.claims.items():
            assert store.claimed(space, key) == digest_given

    def logs_are_the_same(self, store: Store) -> None:
        """Each client's entries say what the model noted, numbered from 1, and each bears the digest of all before it."""
        ends: list[tuple[str, int, str]] = []
        for client in (*CLIENTS, "", "absent"):
            entries = list(store.log(client))
            assert [_said(entry.body) for entry in entries] == self.model.log.get(client, [])
            before = ""
            for number, entry in enumerate(entries, 1):
                before = digest(f"{before}\n{entry.body}")
                assert (entry.client, entry.number, entry.chain) == (client, number, before)
            if entries:
                ends.append((client, len(entries), before))
        ends.sort()
        for cut in range(len(ends) + 1):
            page = store.heads(ends[cut - 1][0] if cut else None, 2)
            assert [(head.client, head.number, head.chain) for head in page] == ends[cut : cut + 2]


def _entry(document: Document) -> Entry:
    found_by = index(document)
    agenda = "" if found_by.agenda is None else f"{found_by.agenda:%Y-%m-%d}"
    return Entry(id=document.id, client=found_by.client, agenda=agenda)


def _is_upto(entry: Entry, day: Day) -> bool:
    return bool(entry.agenda) and entry.agenda <= f"{day:%Y-%m-%d}"


def _day(document: Document) -> str:
    """Return a document's own day as a text; one without a day comes first."""
    found = index(document).day
    return "" if found is None else found.isoformat()


def _said(body: str) -> Logged:
    """Return what an entry's text says, if it is written as JSON is to be: keys in order, no spaces, no escapes."""
    said = json.loads(body)
    assert body == json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    occasion = (said.pop("actor"), said.pop("by"), said.pop("day"), said.pop("at"))
    return Logged(occasion=occasion, **said)


TestHistories = Histories.TestCase
TestHistories.settings = settings(stateful_step_count=12, deadline=None)
