"""Plans as rows of a database, made before its lock is taken: one that cannot be made spoils no page."""

from typing import final

from attrs import field, frozen

from altocore.adapters.rows import UNFIT, DocumentRow, document_row, must_fit, prepare
from altocore.plans.guard import Conflict
from altocore.plans.plan import Plan

__all__ = ["Encoded", "encoded"]


@final
@frozen
class Encoded:
    """A plan with the rows of its documents, and the clients that it writes, posts or says something to."""

    plan: Plan[object] = field()
    rows: tuple[DocumentRow, ...] = field()
    owners: frozenset[str] = field()


def encoded(plan: Plan[object]) -> Encoded | Conflict:
    """Return the plan with its documents as rows, or `UNFIT`."""
    prepared = prepare(plan)
    if isinstance(prepared, Conflict):
        return prepared
    try:
        rows = tuple([document_row(write) for write in prepared.writes])
        for row in rows:
            must_fit(row[-1])
    except (AttributeError, LookupError, TypeError, ValueError):
        return UNFIT
    return Encoded(plan, rows, prepared.owners)
