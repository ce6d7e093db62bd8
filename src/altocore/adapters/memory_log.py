"""The audit log of a store in memory: it keeps what was written, and makes the texts and their digests when asked."""

from typing import final

from altocore.adapters.chains import of_client
from altocore.adapters.rows import Prepared
from altocore.codec.documents import encode
from altocore.plans.documents import NAMES
from altocore.plans.log import BEGINNING, Head, LogEntry, LoggedDocument, chained, digest_of, log_body

__all__ = ["MemoryLog"]


@final
class MemoryLog:
    """A chain for each client; entries are made once, when they are first read."""

    def __init__(self) -> None:
        """Begin empty."""
        self._written: dict[str, list[Prepared]] = {}
        self._made: dict[str, list[LogEntry]] = {}

    def add(self, prepared: Prepared) -> None:
        """Keep a plan that was admitted, for each client that it changes something of."""
        clients = {write.index.client for write in prepared.writes}
        clients.update([posting.client for posting in prepared.plan.postings])
        for client in sorted(clients):
            self._written.setdefault(client, []).append(prepared)

    def clients(self) -> list[str]:
        """Return the clients that have entries."""
        return sorted(self._written)

    def of(self, client: str) -> list[LogEntry]:
        """Return a client's entries in their order."""
        made = self._made.setdefault(client, [])
        for prepared in self._written.get(client, [])[len(made) :]:
            body = _body(prepared, client)
            chain = chained(made[-1].chain if made else BEGINNING, body)
            made.append(LogEntry(client=client, number=len(made) + 1, body=body, chain=chain))
        return list(made)

    def heads(self, after: str | None, limit: int) -> list[Head]:
        """Return a page of where the chains end, by client, behind the client `after`; None begins."""
        page = [client for client in self.clients() if after is None or client > after][:limit]
        last = [self.of(client)[-1] for client in page]
        return [Head(client=each.client, number=each.number, chain=each.chain) for each in last]


def _body(prepared: Prepared, client: str) -> str:
    documents = [
        LoggedDocument(
            NAMES[type(write.document)], write.document.id, write.base + 1, digest_of(encode(write.document))
        )
        for write in prepared.writes
        if write.index.client == client
    ]
    return log_body(prepared.plan, documents, of_client(prepared.plan.postings, client))
