"""Editions of plans: the id of one is derived from what it says."""

from collections.abc import Sequence
from typing import Final

from altocore.catalogue.plans import PlanEdition, PlanItem, ProductKind
from altocore.codec.documents import encode
from altocore.values.ids import EditionId, PlanId, derive

__all__ = ["plan_edition"]

_NO_ID: Final = EditionId("")


def plan_edition(plan: PlanId, kind: ProductKind, items: Sequence[PlanItem]) -> PlanEdition:
    """Return the edition of a plan that says this; said again, it has the same id.

    Raises:
        BadValue: there are no items.
    """
    content = PlanEdition(id=_NO_ID, plan=plan, kind=kind, items=tuple(items))
    return PlanEdition(id=EditionId(derive("plan", encode(content))), plan=plan, kind=kind, items=content.items)
