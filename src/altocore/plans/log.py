"""The audit log: for each client a chain of entries, one for each plan that changed something of that client.

An entry says which deed it was, on what occasion, under which rules, and the digest of each document and of the postings
that it wrote. Each bears the digest of the one before, so that a row which is changed, left out, put in or moved afterwards
no longer fits. Who keeps the last digests elsewhere (`seal`) also sees a chain that was cut or made anew as a whole.
What has no client, the editions, is logged under the client "".
"""

from collections.abc import Sequence
from hashlib import sha256
from json import JSONEncoder
from typing import Final, final

from attrs import field, frozen

from altocore.billing.ledger import Posting
from altocore.plans.plan import Plan

__all__ = [
    "BEGINNING",
    "Head",
    "LogEntry",
    "LoggedDocument",
    "chained",
    "digest_of",
    "log_body",
    "postings_digest",
]

BEGINNING: Final = ""
"""What the first entry of a chain follows."""


@final
@frozen(kw_only=True)
class LogEntry:
    """The `number`-th entry of a client's chain, counted from 1: its text, and the digest of it and all before."""

    client: str = field()
    number: int = field()
    body: str = field()
    chain: str = field()


@final
@frozen(kw_only=True)
class Head:
    """Where a client's chain ends: how many entries it has, and the digest of them all."""

    client: str = field()
    number: int = field()
    chain: str = field()


@final
@frozen
class LoggedDocument:
    """A document as an entry names it: kind, id, version and the digest of its text."""

    kind: str = field()
    id: str = field()
    version: int = field()
    digest: str = field()


def digest_of(text: str) -> str:
    """Return the SHA-256 of a text, in hexadecimal digits."""
    return sha256(text.encode()).hexdigest()


def chained(before: str, body: str) -> str:
    """Return the digest of an entry that follows the one with this digest."""
    return digest_of(f"{before}\n{body}")


def log_body(plan: Plan[object], documents: Sequence[LoggedDocument], postings: Sequence[Posting]) -> str:
    """Return the text of the entry for one client's part of a plan: canonical JSON, without amounts or personal data."""
    occasion = plan.occasion
    return _write(
        {
            "actor": None if occasion is None else occasion.actor.value,
            "by": None if occasion is None else occasion.by,
            "at": None if occasion is None else occasion.at.isoformat(),
            "day": None if occasion is None else occasion.day.isoformat(),
            "deed": [plan.deed.space, plan.deed.key, plan.deed.digest],
            "documents": [[each.kind, each.id, each.version, each.digest] for each in documents],
            "postings": [len(postings), postings_digest(postings)],
            "rules": list(dict.fromkeys(plan.rests_on)),
        }
    )


def postings_digest(postings: Sequence[Posting]) -> str:
    """Return the digest of postings in their order; that of none is that of an empty text."""
    lines = [
        f"{each.movement.value}\t{each.document}\t{each.day.isoformat()}\t{each.amount.minor}\t{each.amount.currency.code}"
        for each in postings
    ]
    return digest_of("\n".join(lines))


_write: Final = JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, check_circular=False).encode
