"""Plans as rows: what a store writes of a plan, the same for every store.

A plan is made into rows before any lock is taken. One that cannot be (a text that no database takes, a value of a type
that no codec knows) is told so as a `Conflict`, and its page goes on without it.
"""

import json
from collections.abc import Iterator
from typing import Final, TypeAlias, final

from attrs import field, frozen

from altocore.billing.ledger import Posting
from altocore.codec.documents import encode
from altocore.codec.scalars import write_day
from altocore.plans.documents import NAMES, Document, Index, index
from altocore.plans.guard import Conflict
from altocore.plans.messages import Message
from altocore.plans.plan import Plan
from altocore.plans.scanning import shard_of

__all__ = [
    "UNFIT",
    "Cell",
    "DocumentRow",
    "Prepared",
    "Write",
    "document_row",
    "line",
    "message_row",
    "must_fit",
    "posting_row",
    "prepare",
]

Cell: TypeAlias = str | int | None
"""What a column may hold."""

DocumentRow: TypeAlias = tuple[str, str, int, str | None, str | None, str | None, str, int, str | None, str]
"""The columns of a document."""

UNFIT: Final = Conflict("the plan cannot be encoded")
"""What becomes of a plan that cannot be made into rows; planned again as it was, it will be so again."""


@final
@frozen
class Write:
    """One document of a plan, the version that it is written on, and what it is found by."""

    document: Document = field()
    base: int = field()
    index: Index = field()


@final
@frozen
class Prepared:
    """A plan that can be written, with its writes, and the clients that it writes, posts or says something to."""

    plan: Plan[object] = field()
    writes: tuple[Write, ...] = field()
    owners: frozenset[str] = field()


def prepare(plan: Plan[object]) -> Prepared | Conflict:
    """Return the plan with its writes, or `UNFIT`."""
    try:
        must_fit("".join(_texts(plan)))
        bases = {(expect.kind, expect.id): expect.version for expect in plan.expects}
        writes = [Write(each, bases[type(each), each.id], index(each)) for each in plan.writes]
        owners = {write.index.client for write in writes}
        owners.update([posting.client for posting in plan.postings], [message.client for message in plan.messages])
    except (AttributeError, LookupError, TypeError, ValueError):
        return UNFIT
    return Prepared(plan, tuple(writes), frozenset(owners - {""}))


def document_row(write: Write) -> DocumentRow:
    """Return a document's columns: kind, id, version, client, service, plan, day, shard, agenda, body.

    None where it is found by none; a document without a day comes before those that have one.
    """
    found_by = write.index
    return (
        NAMES[type(write.document)],
        write.document.id,
        write.base + 1,
        found_by.client or None,
        found_by.service or None,
        found_by.plan or None,
        "" if found_by.day is None else write_day(found_by.day),
        shard_of(found_by.client),
        None if found_by.agenda is None else write_day(found_by.agenda),
        encode(write.document),
    )


def posting_row(posting: Posting) -> tuple[Cell, ...]:
    """Return a posting's columns: movement, client, document, day, minor units, currency, debit, credit."""
    return (
        posting.movement.value,
        posting.client,
        posting.document,
        write_day(posting.day),
        posting.amount.minor,
        posting.amount.currency.code,
        posting.debit.value,
        posting.credit.value,
    )


def message_row(message: Message) -> tuple[Cell, ...]:
    """Return a message's columns: id, kind, client, about, cause, day, state."""
    return (
        message.id,
        message.kind.value,
        message.client,
        message.about,
        message.cause,
        write_day(message.day),
        message.state.value,
    )


def line(table: str, row: tuple[Cell, ...]) -> str:
    """Return a row of a dump: the table and the columns, as a JSON list."""
    return json.dumps([table, *row], ensure_ascii=False, separators=(",", ":"))


def must_fit(text: str) -> None:
    """Refuse a text that UTF-8 has no bytes for, or that holds the one character that databases stop at.

    Raises:
        ValueError: it is such a text.
    """
    if not text.isascii():
        text.encode("utf-8")
    if "\0" in text:
        raise ValueError(text)


def _texts(plan: Plan[object]) -> Iterator[str]:
    """Yield every text of a plan that becomes a column of its own."""
    for claim in (plan.deed, *plan.claims):
        yield from (claim.space, claim.key, claim.digest)
    for expect in plan.expects:
        yield expect.id
    for read in plan.credits:
        yield read.client
    for posting in plan.postings:
        yield from (posting.client, posting.document)
    for message in plan.messages:
        yield from (message.id, message.client, message.about, message.cause)
    for number in plan.numbers:
        yield from (number.series, number.invoice)
    yield from plan.rests_on
