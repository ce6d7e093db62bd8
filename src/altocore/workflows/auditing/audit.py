"""`audit(store)`: every invariant, asked of a whole store, in memory that a page bounds."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Final, final

from attrs import define, field

from altocore.billing.adjustments import CreditAdjustment
from altocore.billing.invoices import Invoice
from altocore.billing.payments import Payment
from altocore.billing.standing import Standing
from altocore.catalogue.plans import PlanEdition
from altocore.clients.clients import Client
from altocore.clients.holdings import Holding
from altocore.errors import HistoryCorrupt
from altocore.lifecycle.events import ServiceEvent
from altocore.lifecycle.service import Service
from altocore.plans.documents import Document, index
from altocore.plans.log import Head
from altocore.plans.scanning import Entry
from altocore.ports.store import Store
from altocore.terms.editions import Editions, TermsEdition
from altocore.values.ids import ClientId
from altocore.workflows.auditing.adjustments import check_adjustments
from altocore.workflows.auditing.books import Books, read_books
from altocore.workflows.auditing.charges import check_charges
from altocore.workflows.auditing.clients import check_holdings
from altocore.workflows.auditing.findings import Invariant, Violation, unless
from altocore.workflows.auditing.invoices import check_invoices
from altocore.workflows.auditing.ledger import check_ledger
from altocore.workflows.auditing.log import check_ends, check_heads, check_logs, logged_ids
from altocore.workflows.auditing.payments import check_payments
from altocore.workflows.auditing.restorations import check_restorations
from altocore.workflows.auditing.services import check_services
from altocore.workflows.walking import pages_of, read_sound

__all__ = ["Violation", "audit"]

_PAGE: Final = 200

OWNED: Final[tuple[type[Document], ...]] = (
    Holding,
    Service,
    ServiceEvent,
    Invoice,
    Standing,
    Payment,
    CreditAdjustment,
)
"""The kinds that belong to a client."""


def audit(
    store: Store, progress: Callable[[int], None] = lambda _clients: None, heads: Iterable[Head] = ()
) -> Iterator[Violation]:
    """Yield every violation of every invariant; nothing at all from a sound store.

    It reads page after page, so ask it of a store that nobody writes to meanwhile, or of a copy: what is written between two
    reads looks like a violation.

    `progress` is told how many clients are behind each page. `heads` are what `seal` gave at an earlier time and was kept
    elsewhere: each chain has to go through them. A row that cannot be understood is named, and the rest is audited.

    Raises:
        Unavailable: the store cannot be read.
    """
    editions, damaged = _editions(store)
    told: set[str] = set()
    yield from _damage(damaged, told)
    series: dict[str, _Series] = {}
    for page in pages_of(store, Client):
        clients, damaged = read_sound(store, Client, [entry.id for entry in page])
        yield from _damage(damaged, told)
        found = list(read_books(store, [stored.document for stored in clients]))
        sound = {books.client.id: books for books in found if not isinstance(books, HistoryCorrupt)}
        for entry in page:
            if entry.id not in sound:
                yield from _damage(_damage_of(store, entry.id), told)
        yield from _damage([books for books in found if isinstance(books, HistoryCorrupt)], told)
        yield from check_holdings(store, list(sound.values()))
        for books in sound.values():
            yield from check_invoices(books, editions)
            yield from check_services(books, editions)
            yield from check_charges(books, editions)
            yield from check_restorations(books)
            yield from check_payments(books)
            yield from check_ledger(books)
            yield from check_adjustments(books, editions)
            yield from _numbered(books, series)
        yield from check_logs(store, [(entry.id, sound.get(ClientId(entry.id))) for entry in page])
        progress(len(page))
    yield from check_logs(store, [("", None)])
    yield from check_ends(store)
    yield from check_heads(store, heads)
    yield from _gaps(store, series, told)
    for kind in OWNED:
        yield from _orphans(store, kind)
    yield from _damage(_damaged_plans(store), told)
    try:
        yield from _posted_to_nobody(store)
        for _ in store.messages():
            pass
    except HistoryCorrupt as fault:
        yield from _damage([fault], told)


def _gaps(store: Store, series: "dict[str, _Series]", told: set[str]) -> Iterator[Violation]:
    """Yield the series with a gap; where a row cannot be read, its invoice may be what is missing."""
    for name, seen in sorted(series.items()):
        ghost = store.numbered(name, len(seen.seen) + 1)
        yield from unless(
            (seen.is_gapless and ghost is None) or told,
            Invariant.NUMBERS_ARE_GAPLESS,
            name,
            "its numbers have a gap, or one is used twice, or for no invoice",
        )


def _editions(store: Store) -> tuple[Editions, list[HistoryCorrupt]]:
    found: list[TermsEdition] = []
    damaged: list[HistoryCorrupt] = []
    for page in pages_of(store, TermsEdition):
        sound, faults = read_sound(store, TermsEdition, [entry.id for entry in page])
        found += [stored.document for stored in sound]
        damaged += faults
    return Editions(tuple(found)), damaged


def _damaged_plans(store: Store) -> Iterator[HistoryCorrupt]:
    for page in pages_of(store, PlanEdition):
        yield from read_sound(store, PlanEdition, [entry.id for entry in page])[1]


def _damage_of(store: Store, client: str) -> Iterator[HistoryCorrupt]:
    """Yield what is wrong with each row of a client that cannot be understood; its log knows what there is."""
    for kind, ids in logged_ids(store, client).items():
        yield from read_sound(store, kind, ids)[1]


def _damage(faults: Iterable[HistoryCorrupt], told: set[str]) -> Iterator[Violation]:
    """Yield each row that cannot be understood once, however often it was met."""
    for fault in faults:
        if fault.where not in told:
            told.add(fault.where)
            yield from unless(None, Invariant.ROWS_ARE_SOUND, fault.where, fault.problem)


@final
@define
class _Series:
    """The numbers of a series, as one byte each: seen or not, so a million invoices take a megabyte."""

    seen: bytearray = field(factory=bytearray)
    repeated: int = field(default=0)

    def add(self, number: int) -> None:
        self.seen.extend(bytes(max(0, number - len(self.seen))))
        if number < 1 or self.seen[number - 1]:
            self.repeated += 1
        else:
            self.seen[number - 1] = 1

    @property
    def is_gapless(self) -> bool:
        return self.repeated == 0 and all(self.seen)


def _numbered(books: Books, series: dict[str, _Series]) -> Iterator[Violation]:
    for invoice in books.invoices:
        numbered = books.numbers.get(invoice.id)
        if numbered is None:
            yield from unless(None, Invariant.NUMBERS_ARE_GAPLESS, invoice.id, "it has no number")
        else:
            series.setdefault(numbered[0], _Series()).add(numbered[1])


def _orphans(store: Store, kind: type[Document]) -> Iterator[Violation]:
    """Yield the documents of a kind whose client is not stored; the walk by client never meets them."""
    for page in pages_of(store, kind):
        known = _stored(store, {entry.client for entry in page})
        for entry in page:
            yield from unless(entry.client in known, Invariant.OWNER_IS_STORED, entry.id, "its client is not stored")
        yield from _misfiled(store, kind, page)


def _misfiled(store: Store, kind: type[Document], page: Sequence[Entry]) -> Iterator[Violation]:
    """Yield what is found under another client, or on another day of the agenda, than it says."""
    entries = {entry.id: entry for entry in page}
    for stored in read_sound(store, kind, list(entries))[0]:
        document = stored.document
        own, found_by = entries[document.id], index(document)
        agenda = "" if found_by.agenda is None else found_by.agenda.isoformat()
        yield from unless(
            own.agenda == agenda,
            Invariant.AGENDA_IS_DERIVED,
            document.id,
            "it stands on the agenda of another day than it says",
        )
        yield from unless(
            own.client == found_by.client,
            Invariant.OWNER_IS_STORED,
            document.id,
            "it is found under another client than it says",
        )


def _posted_to_nobody(store: Store) -> Iterator[Violation]:
    """Yield the postings whose client is not stored; the walk by client never meets them either."""
    postings = store.postings()
    while page := list(islice(postings, _PAGE)):
        known = _stored(store, {posting.client for posting in page})
        for posting in page:
            yield from unless(
                posting.client in known, Invariant.OWNER_IS_STORED, posting.document, "its posting has no stored client"
            )


def _stored(store: Store, owners: set[str]) -> set[str]:
    """Return those of these clients that are stored, whether or not they can be read."""
    return set(store.digests(Client, sorted(owners)))
