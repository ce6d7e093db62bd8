"""Reading: what can be asked of a store, or of anything that looks like one."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol, TypeAlias, TypeVar, final

from attrs import field, frozen

from altocore.plans.documents import Document, Stored
from altocore.values.ids import ClientId

__all__ = ["Ids", "OfClients", "OfPlans", "OfServices", "Reader", "Which"]

D = TypeVar("D", bound=Document)


@final
@frozen
class Ids:
    """The documents with these ids, in any order; an id that is not stored is left out."""

    ids: tuple[str, ...] = field()


@final
@frozen
class OfClients:
    """The documents of these clients, by id."""

    clients: tuple[str, ...] = field()


@final
@frozen
class OfServices:
    """The documents of these services, by id."""

    services: tuple[str, ...] = field()


@final
@frozen
class OfPlans:
    """The editions of these plans, by id."""

    plans: tuple[str, ...] = field()


Which: TypeAlias = Ids | OfClients | OfServices | OfPlans


class Reader(Protocol):
    """Rows, not facts: loading facts is plain code over this, the same for one deed and for a page of five hundred."""

    def select(self, kind: type[D], which: Which) -> Sequence[Stored[D]]:
        """Return the stored documents of this kind, each with its version.

        Raises:
            Unavailable: the store cannot be read now.
            HistoryCorrupt: a row cannot be understood; it is named.
        """
        ...

    def credit(self, clients: Iterable[ClientId]) -> Mapping[ClientId, int]:
        """Return each client's credit in minor units of its currency; a client without any may be left out."""
        ...
