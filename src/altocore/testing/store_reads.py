"""What reading promises, one function for each promise; each names its own things, and needs nothing but a store."""

from collections.abc import Iterable
from typing import Final

from attrs import evolve

from altocore.billing.invoices import Invoice
from altocore.billing.ledger import Movement
from altocore.billing.standing import Standing
from altocore.catalogue.plans import PlanEdition
from altocore.clients.clients import Client
from altocore.lifecycle.service import Service
from altocore.plans.documents import Document, Stored
from altocore.plans.reading import Ids, OfClients, OfPlans, OfServices
from altocore.plans.scanning import ALL, After, Entry, OwnPage, Shards, Upto, shard_of
from altocore.ports.store import Store
from altocore.testing.checks import not_too_long, same
from altocore.testing.store_examples import TODAY, Names, deed, one_of_each
from altocore.values.days import Day, add_days
from altocore.values.ids import EditionId, PlanId

__all__ = ["READS"]

_LIMIT: Final = 3
_PAGES_MAX: Final = 1000
"""How many pages a scan of the checks' few documents may take before it is said to have no end."""


def a_document_comes_back_as_it_was(store: Store) -> None:
    """Every kind of document is read back equal, field by field of the same type, by its id."""
    names = Names("same")
    documents = one_of_each(names)
    store.commit([deed(names.key("all"), *documents)])
    for document in documents:
        (stored,) = store.select(type(document), Ids((document.id, "absent", document.id)))
        same(f"a {type(document).__name__}", stored, Stored(document, 1))
        same(f"a {type(document).__name__} in every type", repr(stored.document), repr(document))


def ids_without_a_document_are_left_out(store: Store) -> None:
    """An id of another kind, an id that is not stored and no id at all give nothing."""
    names = Names("absent")
    names.meet(store, "a")
    service = names.service()
    store.commit([deed(names.key(), service)])
    same("the id of another kind", list(store.select(Invoice, Ids((service.id,)))), [])
    same("an id with a quote and a percent sign", list(store.select(Service, Ids(("'; --", "%", "\ud800")))), [])
    same("no ids", list(store.select(Service, Ids(()))), [])


def owners_find_their_documents(store: Store) -> None:
    """Documents are found by any of several clients or services, in the order of their ids, and by nobody else."""
    names = Names("owner")
    names.meet(store, "a", "b")
    services = [names.service("b", owner="a"), names.service("a", owner="a"), names.service("c", owner="b")]
    invoices = [names.invoice("2", service="a"), names.invoice("1", service="b"), names.invoice("3", service="c")]
    store.commit([deed(names.key(), *services, *invoices)])
    a, b, c = names.client("a"), names.client("b"), names.client("c")
    same("two clients", _ids(store.select(Service, OfClients((b, a, c)))), _sorted(services))
    same("one client", _ids(store.select(Service, OfClients((a,)))), _sorted(services[:2]))
    same("no client", _ids(store.select(Service, OfClients(()))), [])
    same(
        "two services", _ids(store.select(Invoice, OfServices((services[1].id, services[0].id)))), _sorted(invoices[:2])
    )
    same("a service by itself", _ids(store.select(Service, OfServices((services[2].id,)))), [services[2].id])


def editions_are_found_by_their_plan(store: Store) -> None:
    """Every edition of a plan is found by it, in the order of their ids, and no edition of another plan."""
    names = Names("editions")
    one, two = _editions(names, "a"), _editions(names, "b")
    store.commit([deed(names.key(), *one, *two)])
    plans = (names.key("a"), names.key("b"))
    same("one plan", _ids(store.select(PlanEdition, OfPlans(plans[:1]))), _sorted(one))
    same("two plans", _ids(store.select(PlanEdition, OfPlans(plans[::-1]))), _sorted([*one, *two]))
    same("no plan", _ids(store.select(PlanEdition, OfPlans(()))), [])
    same("a plan that is not stored", _ids(store.select(PlanEdition, OfPlans((names.key("c"),)))), [])


def a_new_owner_is_the_only_one(store: Store) -> None:
    """A document that changes hands is found by its new owner, and by the old one no more."""
    names = Names("moved")
    names.meet(store, "a", "b")
    service = names.service(owner="a")
    store.commit([deed(names.key("1"), service)])
    store.commit([deed(names.key("2"), evolve(service, client=names.client("b")), version=1)])
    same("the old owner", _ids(store.select(Service, OfClients((names.client("a"),)))), [])
    same("the new owner", _ids(store.select(Service, OfClients((names.client("b"),)))), [service.id])


def the_agenda_is_paged_without_loss(store: Store) -> None:
    """What is due is read page by page in the order of day and id: each once, nothing later, nothing without a day."""
    names = Names("agenda")
    owners = [f"{n}" for n in range(8)]
    names.meet(store, *owners)
    days: dict[str, Day | None] = {f"{n:02d}": add_days(TODAY, -(n % 3)) for n in range(11)}
    days |= {"tomorrow": add_days(TODAY, 1), "never": None}
    standings = [names.standing(name, owner=owners[len(name) * 3 % 8], next_step=on) for name, on in days.items()]
    standings += [names.standing(f"of {owner}", owner=owner, next_step=TODAY) for owner in owners]
    store.commit([deed(names.key(), *standings)])
    due = sorted(
        [
            (each.next_step.isoformat(), shard_of(each.client), each.id)
            for each in standings
            if each.next_step and each.next_step <= TODAY
        ]
    )
    same("the pages of a scan", _due(store, names), due)
    middle = sorted([shard for _, shard, _ in due])[len(due) // 2]
    for shards in (Shards(0, middle), Shards(middle, middle + 1), Shards(middle + 1, 256)):
        own = [each for each in due if shards.start <= each[1] < shards.end]
        same(f"the pages of a scan of {shards}", _due(store, names, shards), own)


def the_agenda_follows_a_write(store: Store) -> None:
    """A write moves a document on its agenda, takes it off, and brings it back."""
    names = Names("follow")
    names.meet(store, "a")
    steps = [TODAY, add_days(TODAY, -1), None, TODAY]
    for version, step in enumerate(steps):
        standing = names.standing(next_step=step)
        store.commit([deed(names.key(str(version)), standing, version=version)])
        promised = [(step.isoformat(), shard_of(standing.client), standing.id)] if step else []
        same(f"the agenda after write {version + 1}", _due(store, names), promised)


def a_client_reads_its_own_alone(store: Store) -> None:
    """What a client owns is found by its ids, or page by page in the order of its own day and id; nobody else's is."""
    names = Names("own")
    names.meet(store, "a", "b")
    days = {"z": 1, "y": 0, "x": 2, "w": 1, "v": 0}
    own = [evolve(names.invoice(name), issued=add_days(TODAY, on - 20)) for name, on in days.items()]
    other = names.invoice("u", owner="b")
    store.commit([deed(names.key(), *own, other)])
    client = names.client()
    both = Ids((other.id, own[0].id, "absent"))
    same("two ids, one of another client", _ids(store.owned(Invoice, client, both)), [own[0].id])
    same("the ids of a stranger", _ids(store.owned(Invoice, names.client("c"), both)), [])
    seen: list[Invoice] = []
    for _ in range(_PAGES_MAX):
        after_day, after_id = (seen[-1].issued, seen[-1].id) if seen else (None, "")
        page = store.owned(Invoice, client, OwnPage(after_day=after_day, after_id=after_id, limit=2))
        not_too_long(page, 2)
        seen += [stored.document for stored in page]
        if len(page) < 2:  # noqa: PLR2004  # the limit above
            break
    same("the pages", seen, sorted(own, key=lambda invoice: (invoice.issued, invoice.id)))
    first = OwnPage(after_day=None, after_id="", limit=2)
    same("a page of what has no day", _ids(store.owned(Client, client, first)), [client])
    behind = OwnPage(after_day=None, after_id=client, limit=2)
    same("the page behind it", _ids(store.owned(Client, client, behind)), [])


def all_are_paged_without_loss(store: Store) -> None:
    """A kind is read page by page in the order of ids: each once."""
    names = Names("all")
    names.meet(store, "a")
    invoices = [names.invoice(name) for name in ("b", "é", "a", "Z", "aa", "日", "0")]
    store.commit([deed(names.key(each.id), each) for each in invoices])
    seen: list[str] = []
    entries: list[Entry] = []
    for _ in range(_PAGES_MAX):
        page = store.entries(Invoice, After(after=seen[-1] if seen else "", limit=_LIMIT))
        not_too_long(page, _LIMIT)
        entries += page
        seen += [entry.id for entry in page]
        if len(page) < _LIMIT:
            break
    same("the order of a scan of all", seen, sorted(set(seen)))
    same("the scan of all", [each for each in seen if each.startswith(names.check)], _sorted(invoices))
    said = [each for each in entries if each.id.startswith(names.check)]
    same("what entries say", said, [Entry(id=each, client=names.client(), agenda="") for each in _sorted(invoices)])
    service = names.service(next_step=TODAY)
    store.commit([deed(names.key("service"), service)])
    entry = Entry(id=service.id, client=names.client(), agenda=TODAY.isoformat())
    found = store.entries(Service, After(after=f"{names.check}/", limit=1000))
    same("an entry with an agenda", [each for each in found if each.id == service.id], [entry])


def postings_and_messages_keep_their_order(store: Store) -> None:
    """Postings and messages are read in the order in which they were written, of one client or of all."""
    names = Names("order")
    names.meet(store, "a", "b")
    pages = [[("1", "b", 5), ("2", "a", 3)], [("3", "b", 1), ("4", "a", 9)]]
    for page in pages:
        store.commit(
            [
                evolve(
                    deed(names.key(key), names.service(key)),
                    postings=(names.posting(Movement.NET_INVOICED, minor, client),),
                    messages=(names.message(key, client),),
                )
                for key, client, minor in page
            ]
        )
    moved = [names.posting(Movement.NET_INVOICED, minor, client) for page in pages for _, client, minor in page]
    told = [names.message(key, client) for page in pages for key, client, _ in page]
    ours = {names.client("a"), names.client("b")}
    same("all postings", [each for each in store.postings() if each.client in ours], moved)
    same("all messages", [each for each in store.messages() if each.client in ours], told)
    for client in sorted(ours):
        same("a client's postings", list(store.postings(client)), [each for each in moved if each.client == client])
        same("a client's messages", list(store.messages(client)), [each for each in told if each.client == client])


def a_message_is_told_once(store: Store) -> None:
    """A message whose id is there already is not written again, and its plan happens all the same."""
    names = Names("told")
    names.meet(store, "a")
    for key in ("1", "2"):
        plan = evolve(deed(names.key(key), names.service(key)), messages=(names.message("one"), names.message(key)))
        store.commit([plan])
    promised = [names.message("one"), names.message("1"), names.message("2")]
    same("the messages", list(store.messages(names.client())), promised)


def _ids(found: Iterable[Stored[Document]]) -> list[str]:
    return [stored.document.id for stored in found]


def _sorted(documents: list[Service] | list[Invoice] | list[PlanEdition]) -> list[str]:
    return sorted([document.id for document in documents])


def _due(store: Store, names: Names, shards: Shards = ALL) -> list[tuple[str, int, str]]:
    """Return what a scan of the agenda finds of this check, in its order."""
    seen: list[Entry] = []
    for _ in range(_PAGES_MAX):
        after = seen[-1] if seen else None
        found = store.entries(Standing, Upto(day=TODAY, after=after, limit=_LIMIT, shards=shards))
        not_too_long(found, _LIMIT)
        seen += found
        if len(found) < _LIMIT:
            break
    return [(each.agenda, shard_of(each.client), each.id) for each in seen if each.id.startswith(names.check)]


def _editions(names: Names, plan: str) -> list[PlanEdition]:
    """Return three editions of a plan."""
    (edition,) = [each for each in one_of_each(names) if isinstance(each, PlanEdition)]
    of = PlanId(names.key(plan))
    return [evolve(edition, id=EditionId(names.key(f"{plan}{n}")), plan=of) for n in (2, 1, 3)]


READS: Final = (
    a_document_comes_back_as_it_was,
    ids_without_a_document_are_left_out,
    owners_find_their_documents,
    editions_are_found_by_their_plan,
    a_new_owner_is_the_only_one,
    the_agenda_is_paged_without_loss,
    the_agenda_follows_a_write,
    a_client_reads_its_own_alone,
    all_are_paged_without_loss,
    postings_and_messages_keep_their_order,
    a_message_is_told_once,
)
"""Every promise of reading."""
