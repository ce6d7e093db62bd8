"""The overlay: a reader that also sees plans which are not committed yet.

Each page is planned through one, so that a plan may rest on an earlier one of its page; a deed that causes others plans
each step over one. It nests, for it is a reader over a reader.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias, TypeVar, assert_never, cast, final

from altocore.plans.documents import Document, Stored, index
from altocore.plans.plan import Plan
from altocore.plans.reading import Ids, OfClients, OfPlans, OfServices, Reader, Which
from altocore.values.ids import ClientId

__all__ = ["Overlay"]

D = TypeVar("D", bound=Document)

Owned: TypeAlias = OfClients | OfServices | OfPlans


@final
class Overlay:
    """What a reader has, with plans on top. Reads of an id are remembered, present or not, so a page is read once."""

    def __init__(self, reader: Reader) -> None:
        """Begin with nothing on top."""
        self._reader = reader
        self._seen: dict[type[Document], dict[str, Stored[Document] | None]] = {}
        self._credit: dict[ClientId, int] = {}

    def select(self, kind: type[D], which: Which) -> Sequence[Stored[D]]:
        """Return the documents as they will be once the plans on top are committed."""
        return self._by_ids(kind, which.ids) if isinstance(which, Ids) else self._by_owner(kind, which)

    def credit(self, clients: Iterable[ClientId]) -> Mapping[ClientId, int]:
        """Return each client's credit in minor units, the plans on top counted in."""
        asked = tuple(clients)
        missing = [client for client in asked if client not in self._credit]
        if missing:
            read = self._reader.credit(missing)
            self._credit.update({client: read.get(client, 0) for client in missing})
        return {client: self._credit[client] for client in asked}

    def prime(self, kind: type[D], rows: Sequence[Stored[D]]) -> None:
        """Take rows that were read in one scan, so that they are not read again one by one; what is on top stays on top."""
        seen = self._of(kind)
        for stored in rows:
            seen.setdefault(stored.document.id, stored)

    def apply(self, plan: Plan[object]) -> None:
        """Put a plan's writes and its movements of credit on top."""
        versions = {(expect.kind, expect.id): expect.version for expect in plan.expects}
        for document in plan.writes:
            kind = type(document)
            self._seen.setdefault(kind, {})[document.id] = Stored(document, versions[kind, document.id] + 1)
        for posting in plan.postings:
            if posting.credit_change:
                before = self.credit([posting.client])[posting.client]
                self._credit[posting.client] = before + posting.credit_change

    def _by_ids(self, kind: type[D], ids: tuple[str, ...]) -> Sequence[Stored[D]]:
        seen = self._of(kind)
        missing = tuple([each for each in ids if each not in seen])
        if missing:
            # Read first: what cannot be read is not remembered as absent.
            read = self._reader.select(kind, Ids(missing))
            seen.update(dict.fromkeys(missing))
            seen.update({stored.document.id: stored for stored in read})
        return [stored for each in ids if (stored := seen[each]) is not None]

    def _by_owner(self, kind: type[D], which: Owned) -> Sequence[Stored[D]]:
        seen = self._of(kind)
        for stored in self._reader.select(kind, which):
            seen.setdefault(stored.document.id, stored)
        owners = _owners(which)
        found = [stored for stored in seen.values() if stored is not None and _owner(stored.document, which) in owners]
        return sorted(found, key=lambda stored: stored.document.id)

    def _of(self, kind: type[D]) -> dict[str, Stored[D] | None]:
        # What is kept under a kind is of that kind, which a type checker cannot follow through a dict of dicts.
        return cast("dict[str, Stored[D] | None]", self._seen.setdefault(cast("type[Document]", kind), {}))


def _owners(which: Owned) -> frozenset[str]:
    match which:
        case OfClients():
            return frozenset(which.clients)
        case OfServices():
            return frozenset(which.services)
        case OfPlans():
            return frozenset(which.plans)
        case _:
            assert_never(which)


def _owner(document: Document, which: Owned) -> str:
    found = index(document)
    match which:
        case OfClients():
            return found.client
        case OfServices():
            return found.service
        case OfPlans():
            return found.plan
        case _:
            assert_never(which)
