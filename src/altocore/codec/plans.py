"""Editions of plans: the id of one is derived from what it says."""

from collections.abc import Sequence
from typing import Final

from attrs import evolve as replace

from altocore.catalogue.bundles import Part
from altocore.catalogue.items import Addon, PlanItem, SupportPlan
from altocore.catalogue.kinds import ProductKind
from altocore.catalogue.plans import Courtesy, PlanEdition, UpgradeGroup
from altocore.codec.documents import encode
from altocore.values.cycles import Cycle
from altocore.values.days import Day
from altocore.values.ids import EditionId, PlanId, derive
from altocore.values.money import Money

__all__ = ["plan_edition"]

_NO_ID: Final = EditionId("")


def plan_edition(  # noqa: PLR0913  # one keyword for each thing that an edition says
    plan: PlanId,
    kind: ProductKind,
    items: Sequence[PlanItem],
    *,
    published: Day,
    effective: Day,
    setup: PlanItem | None = None,
    addons: Sequence[Addon] = (),
    parts: Sequence[Part] = (),
    upgrades: Sequence[UpgradeGroup] = (),
    free_domain: Sequence[Money] = (),
    courtesies: Sequence[Courtesy] = (),
    support: SupportPlan = SupportPlan.STANDARD,
    not_refundable: Sequence[Cycle] = (),
) -> PlanEdition:
    """Return the edition of a plan that says this; said again, it has the same id.

    Raises:
        BadValue: it does not fit together; the field is named.
    """
    content = PlanEdition(
        id=_NO_ID,
        plan=plan,
        kind=kind,
        published=published,
        effective=effective,
        items=tuple(items),
        setup=setup,
        addons=tuple(addons),
        parts=tuple(parts),
        upgrades=tuple(upgrades),
        free_domain=tuple(free_domain),
        courtesies=tuple(courtesies),
        support=support,
        not_refundable=tuple(not_refundable),
    )
    return replace(content, id=EditionId(derive("plan", encode(content))))
