"""The audit log: each chain unbroken, each document as it was logged last, each posting as it was logged, none besides."""

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final, final

from attrs import define, field

from altocore.errors import HistoryCorrupt
from altocore.plans.documents import KINDS
from altocore.plans.log import BEGINNING, Head, LogEntry, chained, postings_digest
from altocore.plans.reading import OfClients
from altocore.ports.store import Store
from altocore.values.ids import ClientId
from altocore.workflows.auditing.findings import Invariant, Violation, unless

__all__ = ["check_heads", "check_log", "seal"]

_PAGE: Final = 500


@final
@define
class _Told:
    """What the entries of one client tell: the last version and digest of each document, and its postings one by one."""

    documents: dict[tuple[str, str], tuple[int, str]] = field(factory=dict)
    postings: list[tuple[int, str]] = field(factory=list)


def check_log(store: Store, client: str) -> Iterator[Violation]:
    """Yield what is wrong with the log of a client, and with what it says of the client's documents and postings."""
    told, before = _Told(), BEGINNING
    for count, entry in enumerate(store.log(client), 1):
        if (entry.client, entry.number, entry.chain) != (client, count, chained(before, entry.body)):
            yield _broken(client, f"its chain breaks at entry {count}")
            return
        before = entry.chain
        if not _read(entry, told):
            yield _broken(client, f"entry {count} cannot be understood")
            return
    yield from _documents(store, client, told)
    yield from _postings(store, client, told)


def check_heads(store: Store, heads: Iterable[Head]) -> Iterator[Violation]:
    """Yield the clients whose chain does not go through the place where it ended when these heads were sealed."""
    for head in heads:
        entry = next(islice(store.log(head.client), head.number - 1, None), None)
        yield from unless(
            entry is not None and entry.chain == head.chain,
            Invariant.AUDIT_LOG_IS_WHOLE,
            head.client,
            "its chain does not go through the place that was sealed",
        )


def seal(store: Store) -> Iterator[Head]:
    """Yield where every chain ends now. Kept where nobody of the store can write, it shows later what was made anew.

    Raises:
        Unavailable: the store cannot be read.
    """
    after: str | None = None
    while page := store.heads(after, _PAGE):
        yield from page
        after = page[-1].client


def _read(entry: LogEntry, told: _Told) -> bool:
    """Take in what an entry tells; return whether it could be understood."""
    try:
        body = json.loads(entry.body)
        for kind, document, version, digest in body["documents"]:
            told.documents[kind, document] = (version, digest)
        count, digest = body["postings"]
        told.postings.append((count, digest))
    except (ValueError, TypeError, LookupError):
        return False
    return True


def _documents(store: Store, client: str, told: _Told) -> Iterator[Violation]:
    for name, kind in KINDS.items():
        logged = {document: last for (of, document), last in told.documents.items() if of == name}
        stored = store.digests(kind, sorted(logged))
        for document, (_, digest) in sorted(logged.items()):
            if stored.get(document) != digest:
                yield _broken(document, f"the {name} is not as it was logged last")
        if client:
            yield from _unlogged(store, client, name, set(logged))


def _unlogged(store: Store, client: str, name: str, logged: set[str]) -> Iterator[Violation]:
    try:
        own = store.select(KINDS[name], OfClients((client,)))
    except HistoryCorrupt:
        # Damage is told elsewhere, by its name.
        return
    for stored in own:
        if stored.document.id not in logged:
            yield _broken(stored.document.id, f"the {name} was never logged")


def _postings(store: Store, client: str, told: _Told) -> Iterator[Violation]:
    postings = store.postings(ClientId(client))
    try:
        for number, (count, digest) in enumerate(told.postings, 1):
            if postings_digest(list(islice(postings, count))) != digest:
                yield _broken(client, f"the postings of entry {number} are not as they were logged")
                return
        if next(postings, None) is not None:
            yield _broken(client, "it has postings that were never logged")
    except HistoryCorrupt:
        return


def _broken(where: str, problem: str) -> Violation:
    return Violation(invariant=Invariant.AUDIT_LOG_IS_WHOLE, where=where or "editions", problem=problem)
