"""The entries of the audit log that a page of plans writes: one for each client that a plan changes something of."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from altocore.adapters.encoding import Encoded
from altocore.billing.ledger import Posting
from altocore.plans.log import BEGINNING, LoggedDocument, chained, digest_of, log_body

__all__ = ["Heads", "LogRow", "log_rows", "logged_clients", "of_client"]

Heads: TypeAlias = dict[str, tuple[int, str]]
"""The number and the digest of the last entry of each client that has one."""

LogRow: TypeAlias = tuple[str, int, str, str]
"""The columns of an entry: client, number, body, chain."""


def logged_clients(page: Iterable[Encoded]) -> set[str]:
    """Return the clients that entries of this page go to; "" is where the editions go."""
    return {client for each in page for client in _clients(each)}


def log_rows(admitted: Iterable[Encoded], heads: Mapping[str, tuple[int, str]]) -> list[LogRow]:
    """Return the entries of the admitted plans, in their order, each behind the one before of its client."""
    last = dict(heads)
    rows: list[LogRow] = []
    for each in admitted:
        for client in sorted(_clients(each)):
            number, before = last.get(client, (0, BEGINNING))
            documents = [
                LoggedDocument(kind, document, version, digest_of(body))
                for kind, document, version, owner, _, _, _, _, _, body in each.rows
                if (owner or "") == client
            ]
            body = log_body(each.plan, documents, of_client(each.plan.postings, client))
            last[client] = (number + 1, chained(before, body))
            rows.append((client, number + 1, body, last[client][1]))
    return rows


def of_client(postings: Sequence[Posting], client: str) -> list[Posting]:
    """Return the postings of this client."""
    return [posting for posting in postings if posting.client == client]


def _clients(each: Encoded) -> set[str]:
    clients = {row[3] or "" for row in each.rows}
    clients.update([posting.client for posting in each.plan.postings])
    return clients
