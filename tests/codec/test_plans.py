"""Editions of plans: an id is what the edition says."""

import pytest

from altocore.catalogue.plans import ProductKind
from altocore.codec.plans import plan_edition
from altocore.errors import BadValue
from altocore.values.anchors import Cadence
from altocore.values.ids import PlanId
from tests import cast

CLOUD = PlanId("cloud")


def test_the_same_content_is_the_same_edition() -> None:
    """Published again, a plan has the same id, whatever holds its items."""
    one = plan_edition(CLOUD, ProductKind.CLOUD_HOSTING, [cast.item()])
    assert one == plan_edition(CLOUD, ProductKind.CLOUD_HOSTING, (cast.item(),))
    assert one.id.startswith("plan_")
    assert (one.plan, one.kind, one.items) == (CLOUD, ProductKind.CLOUD_HOSTING, (cast.item(),))


def test_any_other_content_is_another_edition() -> None:
    """Another plan, kind, name, price, cycle or order of items is another edition."""
    item, other = cast.item(), cast.item(name="backup")
    dearer = cast.item(prices=(cast.price(amount=cast.usd("100.01")),))
    yearly = cast.item(prices=(cast.price(cycle=Cadence.ANNUAL),))
    editions = [
        plan_edition(CLOUD, ProductKind.CLOUD_HOSTING, [item]),
        plan_edition(PlanId("cloud-2"), ProductKind.CLOUD_HOSTING, [item]),
        plan_edition(CLOUD, ProductKind.VIDEO_STREAMING, [item]),
        plan_edition(CLOUD, ProductKind.CLOUD_HOSTING, [item, other]),
        plan_edition(CLOUD, ProductKind.CLOUD_HOSTING, [other, item]),
        plan_edition(CLOUD, ProductKind.CLOUD_HOSTING, [dearer]),
        plan_edition(CLOUD, ProductKind.CLOUD_HOSTING, [yearly]),
    ]
    assert len({edition.id for edition in editions}) == len(editions)


def test_a_plan_of_nothing_is_refused() -> None:
    """A plan needs an item."""
    with pytest.raises(BadValue, match="items"):
        plan_edition(CLOUD, ProductKind.CLOUD_HOSTING, [])
