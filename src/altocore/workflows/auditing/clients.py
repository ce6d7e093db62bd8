"""Clients: what each holds is its own, and nobody else holds it at the same time."""

from collections.abc import Iterator, Sequence
from typing import Final

from altocore.clients.contacts import folded
from altocore.clients.holdings import Exclusive, Holding, holding_id
from altocore.ports.store import Store
from altocore.values.ids import HoldingId
from altocore.workflows.auditing.books import Books
from altocore.workflows.auditing.findings import Invariant, Violation, unless
from altocore.workflows.walking import read_sound

__all__ = ["check_holdings"]

_EXCLUSIVE: Final = Invariant.HOLDINGS_ARE_EXCLUSIVE


def check_holdings(store: Store, page: Sequence[Books]) -> Iterator[Violation]:
    """Yield what is wrong with what these clients hold.

    Source: CLI-1.
    """
    for books in page:
        yield from _own(books)
    yield from _one_after_the_other(store, [holding for books in page for holding in books.holdings])


def _own(books: Books) -> Iterator[Violation]:
    """Yield where a client does not hold its own e-mail, or holds what is not its own."""
    email = folded(books.client.contact.email)
    current = [each for each in books.holdings if each.until is None]
    for holding in current:
        own = holding.id == holding_id(Exclusive.EMAIL, email, holding.number)
        yield from unless(own, _EXCLUSIVE, holding.id, "it holds what is not its client's")
    yield from unless(len(current) == 1, _EXCLUSIVE, books.client.id, "it does not hold its e-mail, once")


def _one_after_the_other(store: Store, holdings: Sequence[Holding]) -> Iterator[Violation]:
    """Yield the holdings before which there is none, or one that was not released when they began."""
    before = {holding.id: _id_before(holding) for holding in holdings}
    sound, _ = read_sound(store, Holding, sorted({each for each in before.values() if each is not None}))
    found = {stored.document.id: stored.document for stored in sound}
    for holding in holdings:
        earlier = before[holding.id]
        if earlier is None:
            continue
        last = found.get(earlier)
        released = last is not None and last.until is not None and last.until <= holding.since
        yield from unless(released, _EXCLUSIVE, holding.id, "somebody else held the same when it began")


def _id_before(holding: Holding) -> HoldingId | None:
    """Return the id of the holding of the same thing before this one; None of a first."""
    if holding.number == 1:
        return None
    derived = holding.id.rpartition(".")[0]
    return HoldingId(f"{derived}.{holding.number - 1:06d}")
