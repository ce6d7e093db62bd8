"""Editions of plans: an id is what the edition says."""

from functools import partial

import pytest

from altocore.catalogue.items import SupportPlan
from altocore.catalogue.plans import Courtesy, ProductKind, UpgradeGroup
from altocore.codec.plans import plan_edition
from altocore.errors import BadValue
from altocore.values.anchors import Cadence
from altocore.values.days import day
from altocore.values.ids import PlanId
from tests import cast

CLOUD = PlanId("cloud")
LATER = day(2025, 2, 1)
edition = partial(plan_edition, published=cast.FOUNDED, effective=cast.FOUNDED)


def test_the_same_content_is_the_same_edition() -> None:
    """Published again, a plan has the same id, whatever holds its items."""
    one = edition(CLOUD, ProductKind.CLOUD_HOSTING, [cast.item()])
    assert one == edition(CLOUD, ProductKind.CLOUD_HOSTING, (cast.item(),))
    assert one.id.startswith("plan_")
    assert (one.plan, one.kind, one.items) == (CLOUD, ProductKind.CLOUD_HOSTING, (cast.item(),))


def test_any_other_content_is_another_edition() -> None:
    """Another word of it is another edition, whichever it is."""
    item, other = cast.item(), cast.item(name="backup")
    dearer = cast.item(prices=(cast.price(amount=cast.usd("100.01")),))
    yearly = cast.item(prices=(cast.price(cycle=Cadence.ANNUAL),))
    editions = [
        edition(CLOUD, ProductKind.CLOUD_HOSTING, [item]),
        edition(PlanId("cloud-2"), ProductKind.CLOUD_HOSTING, [item]),
        edition(CLOUD, ProductKind.VIDEO_STREAMING, [item]),
        edition(CLOUD, ProductKind.CLOUD_HOSTING, [item, other]),
        edition(CLOUD, ProductKind.CLOUD_HOSTING, [other, item]),
        edition(CLOUD, ProductKind.CLOUD_HOSTING, [dearer]),
        edition(CLOUD, ProductKind.CLOUD_HOSTING, [yearly]),
        edition(CLOUD, ProductKind.CLOUD_HOSTING, [item], published=LATER),
        edition(CLOUD, ProductKind.CLOUD_HOSTING, [item], effective=LATER),
        edition(CLOUD, ProductKind.CLOUD_HOSTING, [item], setup=item),
        edition(CLOUD, ProductKind.CLOUD_HOSTING, [item], addons=[cast.addon()]),
        edition(CLOUD, ProductKind.CLOUD_HOSTING, [item], upgrades=[UpgradeGroup(category="a", plans=(PlanId("b"),))]),
        edition(CLOUD, ProductKind.CLOUD_HOSTING, [item], free_domain=[cast.HUNDRED]),
        edition(CLOUD, ProductKind.CLOUD_HOSTING, [item], courtesies=[Courtesy.MAIL]),
        edition(CLOUD, ProductKind.CLOUD_HOSTING, [item], support=SupportPlan.FULL),
        edition(CLOUD, ProductKind.CLOUD_HOSTING, [item], not_refundable=[Cadence.MONTHLY]),
        edition(CLOUD, ProductKind.BUNDLE, [item], parts=[cast.part(), cast.part()]),
        edition(CLOUD, ProductKind.BUNDLE, [item], parts=[cast.part(weight=1), cast.part(weight=1)]),
    ]
    assert len({each.id for each in editions}) == len(editions)


def test_a_plan_of_nothing_is_refused() -> None:
    """A plan needs an item."""
    with pytest.raises(BadValue, match="items"):
        edition(CLOUD, ProductKind.CLOUD_HOSTING, [])
