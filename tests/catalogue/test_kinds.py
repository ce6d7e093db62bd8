"""Product kinds: each is known, and has the traits that the rules ask for."""

from typing import Final

import pytest

from altocore.catalogue.kinds import TRAITS, ProductKind, Trait, has_trait

# Written out from the handbook, kind by kind, apart from the table.
EXPECTED: Final[dict[Trait, set[str]]] = {
    Trait.HOSTING: {"shared_hosting", "cloud_hosting", "reseller_hosting"},
    Trait.BUILDER: {"shared_hosting", "cloud_hosting"},
    Trait.SERVER: {"vps", "dedicated_server"},
    Trait.NEVER_REFUNDED: {
        "audio_streaming",
        "video_streaming",
        "international_domain",
        "android_pwa",
        "android_lite",
        "android_simple",
        "iphone_app",
    },
}


def test_every_kind_is_sold_and_has_its_row() -> None:
    """CAT-1: the kinds of the handbook, news in three tiers, Android in three, custom development in three."""
    assert {kind.value for kind in ProductKind} == {
        "shared_hosting",
        "cloud_hosting",
        "reseller_hosting",
        "vps",
        "dedicated_server",
        "housing",
        "web_builder",
        "audio_streaming",
        "video_streaming",
        "corporate_email",
        "international_domain",
        "simple_news",
        "news_portal",
        "wordpress_daily",
        "chat_room",
        "android_pwa",
        "android_lite",
        "android_simple",
        "iphone_app",
        "voice_over",
        "self_managed_site",
        "online_shop",
        "e_commerce",
        "support_plan",
        "bundle",
    }
    assert set(TRAITS) == set(ProductKind)


@pytest.mark.parametrize("trait", Trait)
def test_the_kinds_with_a_trait(trait: Trait) -> None:
    """CAT-1, CAT-6, CAT-7, CAT-9, CAT-10, RFD-2: exactly those, and no other kind."""
    assert {kind.value for kind in ProductKind if has_trait(kind, trait)} == EXPECTED[trait]
