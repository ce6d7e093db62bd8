"""What the audit log promises, one function for each promise; each needs nothing but a store."""

import json
from typing import Final

from attrs import evolve

from altocore.billing.ledger import Movement
from altocore.lifecycle.service import Service
from altocore.plans.log import BEGINNING, Head, chained, digest_of, postings_digest
from altocore.ports.store import Store
from altocore.testing.checks import same
from altocore.testing.store_examples import Names, deed

__all__ = ["LOGS"]

_PAGE: Final = 3
_PAGES_MAX: Final = 1000


def each_plan_is_logged_once(store: Store) -> None:
    """A client's log has one entry for each plan that changed something of it, in order, each chained to the one before."""
    names = Names("log")
    names.meet(store, "a", "b")
    one, two, other = names.service(events=1), names.service(events=2), names.service("b", owner="b")
    postings = (names.posting(Movement.NET_INVOICED, 5), names.posting(Movement.TAX_INVOICED, 1, "b"))
    first = evolve(deed(names.key("1"), one, other), postings=postings, rests_on=("REN-1", "REN-1", "PAY-7"))
    stale = deed(names.key("stale"), names.service("c"), version=7)
    store.commit([first, stale, first])
    store.commit([deed(names.key("2"), two, version=1)])
    entries = list(store.log(names.client()))
    same("the numbers", [(entry.client, entry.number) for entry in entries], [(names.client(), n) for n in (1, 2, 3)])
    before = BEGINNING
    for entry in entries:
        before = chained(before, entry.body)
        same(f"the chain of entry {entry.number}", entry.chain, before)
    said = [json.loads(entry.body) for entry in entries]
    same("the deeds", [each["deed"][1] for each in said], [names.key("client a"), names.key("1"), names.key("2")])
    same("the rules", said[1]["rules"], ["REN-1", "PAY-7"])
    same("a client's own postings", said[1]["postings"], [1, postings_digest(postings[:1])])
    same("a client's own documents", [each[:3] for each in said[1]["documents"]], [["service", one.id, 1]])
    digest = store.digests(Service, (two.id, "absent"))
    same("the last version of a document", said[2]["documents"], [["service", two.id, 2, digest.get(two.id)]])
    same("the digests of what is stored", sorted(digest), [two.id])
    same("a digest", len(digest[two.id]), len(digest_of("")))
    same("the log of a stranger", list(store.log(names.client("c"))), [])


def heads_are_where_the_chains_end(store: Store) -> None:
    """Every client's last entry is found page by page, in the order of clients."""
    names = Names("heads")
    clients = [f"{n:02d}" for n in range(7)]
    names.meet(store, *clients)
    store.commit([deed(names.key("more"), names.service(owner="03"))])
    seen: list[Head] = []
    for _ in range(_PAGES_MAX):
        page = store.heads(seen[-1].client if seen else None, _PAGE)
        seen += page
        if len(page) < _PAGE:
            break
    same("the order of clients", [head.client for head in seen], sorted({head.client for head in seen}))
    own = [head for head in seen if head.client.startswith(names.check)]
    same("whose heads there are", [head.client for head in own], [names.client(client) for client in clients])
    for head in own:
        *_, last = store.log(head.client)
        same(f"the head of {head.client}", (head.number, head.chain), (last.number, last.chain))


LOGS: Final = (each_plan_is_logged_once, heads_are_where_the_chains_end)
"""Every promise of the audit log."""
