"""The audit log: each chain unbroken, each document as it was logged last, each posting as it was logged, none besides."""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final, final

from attrs import define, field

from altocore.catalogue.plans import PlanEdition
from altocore.clients.clients import Client
from altocore.plans.documents import KINDS, NAMES, Document
from altocore.plans.log import BEGINNING, Head, LogEntry, chained, postings_digest
from altocore.ports.store import Store
from altocore.terms.editions import TermsEdition
from altocore.workflows.auditing.books import Books
from altocore.workflows.auditing.findings import Invariant, Violation
from altocore.workflows.walking import pages_of

__all__ = ["check_ends", "check_heads", "check_logs", "logged_ids", "seal"]

_PAGE: Final = 500


@final
@define
class _Told:
    """What the entries of one client tell: the last digest of each document, and the postings of each entry."""

    documents: dict[tuple[str, str], str] = field(factory=dict)
    postings: list[tuple[int, str]] = field(factory=list)


def check_logs(store: Store, owners: Sequence[tuple[str, Books | None]]) -> Iterator[Violation]:
    """Yield what is wrong with the logs of these clients, and with what they say of the clients' documents and postings.

    Where a client's books could not be read, the postings and what was never logged are left to be told by their damage.
    The editions are logged under the client "", and have no books.
    """
    told: dict[str, _Told] = {}
    for client, _ in owners:
        read, problem = _read_log(store, client)
        if problem:
            yield _broken(client, problem)
        else:
            told[client] = read
    yield from _documents(store, told)
    for client, books in owners:
        if books is not None and client in told:
            yield from _unlogged(books, told[client])
            yield from _postings(books, told[client])


def logged_ids(store: Store, client: str) -> dict[type[Document], list[str]]:
    """Return the ids of all documents that a client's log tells of, by kind; of a broken log, those before the break."""
    told, _ = _read_log(store, client)
    found: dict[type[Document], list[str]] = {}
    for name, document in told.documents:
        if name in KINDS:
            found.setdefault(KINDS[name], []).append(document)
    return found


def check_heads(store: Store, heads: Iterable[Head]) -> Iterator[Violation]:
    """Yield the clients whose chain does not go through the place where it ended when these heads were sealed."""
    for head in heads:
        entry = next(islice(store.log(head.client), head.number - 1, None), None)
        if entry is None or entry.chain != head.chain:
            yield _broken(head.client, "its chain does not go through the place that was sealed")


def check_ends(store: Store) -> Iterator[Violation]:
    """Yield the logs of clients that are not stored, and the editions that were never logged: no walk by client meets them."""
    for page in _heads(store):
        known = store.digests(Client, [head.client for head in page])
        for head in page:
            if head.client and head.client not in known:
                yield _broken(head.client, "its client is not stored")
    told, problem = _read_log(store, "")
    if problem:
        return
    for kind in (PlanEdition, TermsEdition):
        for entries in pages_of(store, kind):
            for entry in entries:
                if (NAMES[kind], entry.id) not in told.documents:
                    yield _broken(entry.id, f"the {NAMES[kind]} was never logged")


def seal(store: Store) -> Iterator[Head]:
    """Yield where every chain ends now. Kept where nobody of the store can write, it shows later what was made anew.

    Raises:
        Unavailable: the store cannot be read.
    """
    for page in _heads(store):
        yield from page


def _heads(store: Store) -> Iterator[Sequence[Head]]:
    after: str | None = None
    while page := store.heads(after, _PAGE):
        yield page
        after = page[-1].client


def _read_log(store: Store, client: str) -> tuple[_Told, str]:
    """Return what a client's log tells, and where it is broken, in words."""
    told, before = _Told(), BEGINNING
    for count, entry in enumerate(store.log(client), 1):
        if (entry.client, entry.number, entry.chain) != (client, count, chained(before, entry.body)):
            return told, f"its chain breaks at entry {count}"
        before = entry.chain
        if not _read(entry, told):
            return told, f"entry {count} cannot be understood"
    return told, ""


def _read(entry: LogEntry, told: _Told) -> bool:
    """Take in what an entry tells; return whether it could be understood."""
    try:
        body = json.loads(entry.body)
        documents = [(kind, document, digest) for kind, document, _, digest in body["documents"]]
        count, digest = body["postings"]
    except (ValueError, TypeError, LookupError, RecursionError):
        return False
    texts = [text for each in documents for text in each]
    if type(count) is not int or count < 0 or any(type(text) is not str for text in [digest, *texts]):
        return False
    told.documents.update({(kind, document): last for kind, document, last in documents})
    told.postings.append((count, digest))
    return True


def _documents(store: Store, told: dict[str, _Told]) -> Iterator[Violation]:
    """Yield the documents that are not as they were logged last."""
    for name, kind in KINDS.items():
        logged = {
            document: digest
            for each in told.values()
            for (of, document), digest in each.documents.items()
            if of == name
        }
        stored = store.digests(kind, sorted(logged)) if logged else {}
        for document, digest in sorted(logged.items()):
            if stored.get(document) != digest:
                yield _broken(document, f"the {name} is not as it was logged last")


def _unlogged(books: Books, told: _Told) -> Iterator[Violation]:
    """Yield the documents of a client that its log does not know."""
    owned: list[Document] = [books.client, *books.services, *books.events, *books.invoices, *books.payments]
    for document in [*owned, *books.holdings, *books.adjustments, *books.standings.values()]:
        if (NAMES[type(document)], document.id) not in told.documents:
            yield _broken(document.id, f"the {NAMES[type(document)]} was never logged")


def _postings(books: Books, told: _Told) -> Iterator[Violation]:
    """Yield where the postings of a client are not those that its entries tell, in their order."""
    at = 0
    for number, (count, digest) in enumerate(told.postings, 1):
        if postings_digest(books.postings[at : at + count]) != digest:
            yield _broken(books.client.id, f"the postings of entry {number} are not as they were logged")
            return
        at += count
    if at < len(books.postings):
        yield _broken(books.client.id, "it has postings that were never logged")


def _broken(where: str, problem: str) -> Violation:
    return Violation(invariant=Invariant.AUDIT_LOG_IS_WHOLE, where=where or "editions", problem=problem)
