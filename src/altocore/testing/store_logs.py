"""What the audit log promises, one function for each promise; each needs nothing but a store."""

from collections.abc import Sequence
from typing import Final

from attrs import evolve

from altocore.billing.ledger import Movement, Posting
from altocore.codec.documents import encode
from altocore.lifecycle.events import Actor, Occasion
from altocore.lifecycle.service import Service
from altocore.plans.documents import NAMES, Document
from altocore.plans.log import BEGINNING, Head, LoggedDocument, chained, digest_of, log_body
from altocore.plans.plan import Plan
from altocore.ports.store import Store
from altocore.terms.editions import TermsEdition
from altocore.testing.checks import not_too_long, same
from altocore.testing.store_examples import TODAY, Names, deed, one_of_each
from altocore.values.instants import instant

__all__ = ["LOGS"]

_PAGE: Final = 3
_PAGES_MAX: Final = 1000
_OCCASION: Final = Occasion(day=TODAY, at=instant("2026-02-28T12:00:00.5-03:00"), actor=Actor.STAFF)


def each_plan_is_logged_once(store: Store) -> None:
    """A client's log has one entry for each plan that changed something of it, in order, each chained to the one before."""
    names = Names("log")
    names.meet(store, "a", "b")
    one, two, other = names.service(events=1), names.service(events=2), names.service("b", owner="b")
    postings = (names.posting(Movement.NET_INVOICED, 5), names.posting(Movement.TAX_INVOICED, 1, "b"))
    first = evolve(
        deed(names.key("1"), one, other), postings=postings, rests_on=("REN-1", "REN-1", "PAY-7"), occasion=_OCCASION
    )
    stale = deed(names.key("stale"), names.service("c"), version=7)
    second = deed(names.key("2"), two, version=1)
    third = evolve(deed(names.key("3"), names.service("d")), postings=postings[1:])
    store.commit([first, stale, second])
    store.commit([third, second, first])
    met = [deed(names.key(f"client {name}"), names.client_document(name)) for name in ("a", "b")]
    _is_logged(
        store,
        names.client("a"),
        [
            _body(met[0], [(names.client_document("a"), 1)]),
            _body(first, [(one, 1)], postings[:1]),
            _body(second, [(two, 2)]),
            _body(third, [(names.service("d"), 1)]),
        ],
    )
    _is_logged(
        store,
        names.client("b"),
        [
            _body(met[1], [(names.client_document("b"), 1)]),
            _body(first, [(other, 1)], postings[1:]),
            _body(third, [], postings[1:]),
        ],
    )
    same("the log of a stranger", list(store.log(names.client("c"))), [])


def editions_are_logged_too(store: Store) -> None:
    """What belongs to no client is logged under the client that is none."""
    (edition,) = [each for each in one_of_each(Names("edition")) if isinstance(each, TermsEdition)]
    plan = deed("edition/1", edition)
    store.commit([plan])
    same("the last entry", [entry.body for entry in store.log("")][-1], _body(plan, [(edition, 1)]))


def digests_are_of_what_is_stored(store: Store) -> None:
    """A digest is the SHA-256 of the text of the document as it stands; what is not stored has none."""
    names = Names("digest")
    names.meet(store, "a")
    one, two = names.service(events=1), names.service(events=2)
    store.commit([deed(names.key("1"), one), deed(names.key("2"), two, version=1)])
    promised = {two.id: digest_of(encode(two))}
    same("the digests", dict(store.digests(Service, (two.id, "absent", two.id))), promised)


def heads_are_where_the_chains_end(store: Store) -> None:
    """Every client's last entry is found page by page, in the order of clients."""
    names = Names("heads")
    clients = [f"{n:02d}" for n in range(7)]
    names.meet(store, *clients)
    store.commit([deed(names.key("more"), names.service(owner="03"))])
    seen: list[Head] = []
    for _ in range(_PAGES_MAX):
        page = store.heads(seen[-1].client if seen else None, _PAGE)
        not_too_long(page, _PAGE)
        seen += page
        if len(page) < _PAGE:
            break
    same("the order of clients", [head.client for head in seen], sorted({head.client for head in seen}))
    own = [head for head in seen if head.client.startswith(names.check)]
    same("whose heads there are", [head.client for head in own], [names.client(client) for client in clients])
    for head in own:
        *_, last = store.log(head.client)
        same(f"the head of {head.client}", (head.number, head.chain), (last.number, last.chain))


def _body(plan: Plan[object], documents: Sequence[tuple[Document, int]], postings: Sequence[Posting] = ()) -> str:
    """Return the text of the entry for one client's part of a plan: these documents, each with its version, these postings."""
    logged = [
        LoggedDocument(NAMES[type(each)], each.id, version, digest_of(encode(each))) for each, version in documents
    ]
    return log_body(plan, logged, postings)


def _is_logged(store: Store, client: str, bodies: Sequence[str]) -> None:
    entries = list(store.log(client))
    same(f"whose entries {client} has", {entry.client for entry in entries}, {client})
    same(f"the numbers of {client}", [entry.number for entry in entries], list(range(1, len(bodies) + 1)))
    same(f"the entries of {client}", [entry.body for entry in entries], list(bodies))
    before = BEGINNING
    for entry in entries:
        before = chained(before, entry.body)
        same(f"the chain at entry {entry.number} of {client}", entry.chain, before)


LOGS: Final = (
    each_plan_is_logged_once,
    editions_are_logged_too,
    digests_are_of_what_is_stored,
    heads_are_where_the_chains_end,
)
"""Every promise of the audit log."""
