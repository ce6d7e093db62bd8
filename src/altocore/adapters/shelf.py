"""The documents of one kind in memory, with what they are found by: id, client, service, plan, day, agenda."""

from bisect import bisect_right, insort
from typing import Generic, TypeVar, final

from altocore.plans.documents import Document, Index, Stored
from altocore.plans.reading import Ids, OfClients, OfPlans, OfServices, Which
from altocore.plans.scanning import After, Entry, OwnPage, Scan, Upto, shard_of
from altocore.values.days import Day

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
        self._of_plan: dict[str, set[str]] = {}
        # Kept sorted by day, shard and id: a day of a run moves few of many, and a page is a slice.
        self._agenda: list[tuple[str, int, str]] = []
        # Sorted when it is next asked for: a page of all is rare.
        self._ids: list[str] = []
        self._ids_sorted = True

    def put(self, document: D, version: int, found_by: Index) -> None:
        """Keep this document, and find it by its new index only."""
        known = document.id in self._stored
        before = self._indexes.get(document.id, Index())
        self._stored[document.id] = Stored(document, version)
        self._indexes[document.id] = found_by
        _move(self._of_client, document.id, before.client, found_by.client)
        _move(self._of_service, document.id, before.service, found_by.service)
        _move(self._of_plan, document.id, before.plan, found_by.plan)
        if before.agenda is not None:
            entry = (before.agenda.isoformat(), shard_of(before.client), document.id)
            del self._agenda[bisect_right(self._agenda, entry) - 1]
        if found_by.agenda is not None:
            insort(self._agenda, (found_by.agenda.isoformat(), shard_of(found_by.client), document.id))
        if not known:
            self._ids.append(document.id)
            self._ids_sorted = False

    def select(self, which: Which) -> list[Stored[D]]:
        """Return what is asked for."""
        match which:
            case Ids():
                return [self._stored[each] for each in dict.fromkeys(which.ids) if each in self._stored]
            case OfClients():
                return self._of_owners(self._of_client, which.clients)
            case OfServices():
                return self._of_owners(self._of_service, which.services)
            case OfPlans():
                return self._of_owners(self._of_plan, which.plans)

    def entries(self, scan: Scan) -> list[Entry]:
        """Return a page of what is found by."""
        return [self._entry(each) for each in (self._due(scan) if isinstance(scan, Upto) else self._behind(scan))]

    def owned(self, client: str, which: Ids | OwnPage) -> list[Stored[D]]:
        """Return this client's documents."""
        own = self._of_client.get(client, set())
        if isinstance(which, Ids):
            return [self._stored[each] for each in dict.fromkeys(which.ids) if each in own]
        behind = (_ordinal(which.after_day), which.after_id)
        keyed = sorted([key for each in own if (key := (_ordinal(self._indexes[each].day), each)) > behind])
        return [self._stored[each] for _, each in keyed[: which.limit]]

    def all(self) -> list[Stored[D]]:
        """Return every document, by id."""
        return [self._stored[each] for each in self._sorted()]

    def _of_owners(self, owned: dict[str, set[str]], owners: tuple[str, ...]) -> list[Stored[D]]:
        found = sorted(set().union(*[owned.get(owner, set()) for owner in owners]))
        return [self._stored[each] for each in found]

    def _entry(self, document: str) -> Entry:
        found_by = self._indexes[document]
        agenda = "" if found_by.agenda is None else found_by.agenda.isoformat()
        return Entry(id=document, client=found_by.client, agenda=agenda)

    def _due(self, scan: Upto) -> list[str]:
        last = scan.after
        behind = ("", 0, "") if last is None else (last.agenda, shard_of(last.client), last.id)
        until = scan.day.isoformat()
        found: list[str] = []
        for at in range(bisect_right(self._agenda, behind), len(self._agenda)):
            day, shard, document = self._agenda[at]
            if day > until or len(found) == scan.limit:
                break
            if scan.shards.start <= shard < scan.shards.end:
                found.append(document)
        return found

    def _behind(self, scan: After) -> list[str]:
        ids = self._sorted()
        begin = bisect_right(ids, scan.after)
        return ids[begin : begin + scan.limit]

    def _sorted(self) -> list[str]:
        if not self._ids_sorted:
            self._ids.sort()
            self._ids_sorted = True
        return self._ids


def _ordinal(day: Day | None) -> int:
    return 0 if day is None else day.toordinal()


def _move(owned: dict[str, set[str]], document: str, before: str, now: str) -> None:
    if before == now:
        return
    if before:
        owned[before].discard(document)
    if now:
        owned.setdefault(now, set()).add(document)
