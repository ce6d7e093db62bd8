"""The documents of one kind in memory, with what they are found by: id, client, service, agenda."""

from bisect import bisect_right, insort
from typing import Generic, TypeVar, final

from altocore.plans.documents import Document, Index, Stored
from altocore.plans.reading import After, Ids, OfClients, OfServices, Upto, Which

__all__ = ["Shelf"]

D = TypeVar("D", bound=Document)


@final
class Shelf(Generic[D]):
    """The documents of one kind, with what they are found by."""

    def __init__(self) -> None:
        """Begin empty."""
        self._stored: dict[str, Stored[D]] = {}
        self._indexes: dict[str, Index] = {}
        self._of_client: dict[str, set[str]] = {}
        self._of_service: dict[str, set[str]] = {}
        # Kept sorted: a day of a run moves few of many, and a page is a slice.
        self._agenda: list[tuple[int, str]] = []
        # Sorted when it is next asked for: a page of all is rare.
        self._ids: list[str] = []
        self._ids_sorted = True

    def __len__(self) -> int:
        return len(self._stored)

    def put(self, document: D, version: int, found_by: Index) -> None:
        """Keep this document, and find it by its new index only."""
        known = document.id in self._stored
        before = self._indexes.get(document.id, Index())
        self._stored[document.id] = Stored(document, version)
        self._indexes[document.id] = found_by
        _move(self._of_client, document.id, before.client, found_by.client)
        _move(self._of_service, document.id, before.service, found_by.service)
        if before.agenda is not None:
            entry = (before.agenda.toordinal(), document.id)
            del self._agenda[bisect_right(self._agenda, entry) - 1]
        if found_by.agenda is not None:
            insort(self._agenda, (found_by.agenda.toordinal(), document.id))
        if not known:
            self._ids.append(document.id)
            self._ids_sorted = False

    def select(self, which: Which) -> list[Stored[D]]:
        """Return what is asked for."""
        match which:
            case Ids():
                return [self._stored[each] for each in dict.fromkeys(which.ids) if each in self._stored]
            case OfClients():
                return self._owned(self._of_client, which.clients)
            case OfServices():
                return self._owned(self._of_service, which.services)
            case Upto():
                return self._due(which)
            case After():
                return self._page(which)

    def _owned(self, owned: dict[str, set[str]], owners: tuple[str, ...]) -> list[Stored[D]]:
        found = sorted(set().union(*[owned.get(owner, set()) for owner in owners]))
        return [self._stored[each] for each in found]

    def _due(self, which: Upto) -> list[Stored[D]]:
        after = 0 if which.after_day is None else which.after_day.toordinal()
        begin = bisect_right(self._agenda, (after, which.after_id))
        last = which.day.toordinal()
        page = self._agenda[begin : begin + which.limit]
        return [self._stored[each] for ordinal, each in page if ordinal <= last]

    def _page(self, which: After) -> list[Stored[D]]:
        if not self._ids_sorted:
            self._ids.sort()
            self._ids_sorted = True
        begin = bisect_right(self._ids, which.after)
        return [self._stored[each] for each in self._ids[begin : begin + which.limit]]


def _move(owned: dict[str, set[str]], document: str, before: str, now: str) -> None:
    if before == now:
        return
    if before:
        owned[before].discard(document)
    if now:
        owned.setdefault(now, set()).add(document)
