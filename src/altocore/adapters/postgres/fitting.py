"""Plans as rows of this database: what `encoding` makes, less the keys that are too long for an index of PostgreSQL."""

from collections.abc import Iterator
from typing import Final

from altocore.adapters.encoding import Encoded, encoded
from altocore.adapters.rows import UNFIT
from altocore.plans.guard import Conflict
from altocore.plans.plan import Plan

__all__ = ["KEY_BYTES_MAX", "fitted"]

KEY_BYTES_MAX: Final = 1000
"""How long a text may be that rows are found by: an entry of an index takes 2,704 bytes, and the longest has two texts."""

BYTES_OF_A_CHARACTER_MAX: Final = 4


def fitted(plan: Plan[object]) -> Encoded | Conflict:
    """Return the plan with its documents as rows, or `UNFIT`."""
    made = encoded(plan)
    if isinstance(made, Encoded) and any(_is_too_long(text) for text in _keys(made)):
        return UNFIT
    return made


def _is_too_long(text: str) -> bool:
    return len(text) * BYTES_OF_A_CHARACTER_MAX > KEY_BYTES_MAX and len(text.encode()) > KEY_BYTES_MAX


def _keys(made: Encoded) -> Iterator[str]:
    """Yield every text of a plan that stands in an index."""
    plan = made.plan
    for claim in (plan.deed, *plan.claims):
        yield from (claim.space, claim.key)
    for _, document, _, client, service, edition_of, *_ in made.rows:
        yield from (document, client or "", service or "", edition_of or "")
    for posting in plan.postings:
        yield posting.client
    for message in plan.messages:
        yield from (message.id, message.client)
    for number in plan.numbers:
        yield from (number.series, number.invoice)
