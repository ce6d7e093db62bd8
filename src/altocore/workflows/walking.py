"""Walking over a store: every document of a kind, or those of a list, with each that cannot be read told by name."""

from collections.abc import Iterator, Sequence
from typing import Final, TypeVar, cast

from altocore.errors import HistoryCorrupt
from altocore.plans.documents import Document, Stored
from altocore.plans.reading import Ids, Reader
from altocore.plans.scanning import After, Entry
from altocore.ports.store import Store

__all__ = ["every", "pages_of", "read_sound"]

D = TypeVar("D", bound=Document)

_PAGE: Final = 200


def pages_of(store: Store, kind: type[D]) -> Iterator[Sequence[Entry]]:
    """Yield all of a kind by id, a page of entries at a time."""
    after = ""
    while page := store.entries(cast("type[Document]", kind), After(after=after, limit=_PAGE)):
        yield page
        after = page[-1].id


def every(store: Store, kind: type[D]) -> Iterator[D]:
    """Yield every document of a kind, by id, a page in memory at a time.

    Raises:
        HistoryCorrupt: a row cannot be understood; it is named.
    """
    for page in pages_of(store, kind):
        found = store.select(kind, Ids(tuple([entry.id for entry in page])))
        yield from sorted([stored.document for stored in found], key=lambda document: document.id)


def read_sound(reader: Reader, kind: type[D], ids: Sequence[str]) -> tuple[list[Stored[D]], list[HistoryCorrupt]]:
    """Return the documents with these ids in their order, and what is wrong with those that cannot be read."""
    try:
        found: dict[str, Stored[D]] = {stored.document.id: stored for stored in reader.select(kind, Ids(tuple(ids)))}
    except HistoryCorrupt:
        return _one_by_one(reader, kind, ids)
    return [found[each] for each in ids if each in found], []


def _one_by_one(reader: Reader, kind: type[D], ids: Sequence[str]) -> tuple[list[Stored[D]], list[HistoryCorrupt]]:
    sound: list[Stored[D]] = []
    damaged: list[HistoryCorrupt] = []
    for each in ids:
        try:
            sound += reader.select(kind, Ids((each,)))
        except HistoryCorrupt as fault:
            damaged.append(fault)
    return sound, damaged
