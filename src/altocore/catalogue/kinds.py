"""Product kinds, and what the rules tell apart about them.

Most rules are the same for everything that is sold. A few ask for the sort of thing it is, never for one kind by its name:

- *Hosting* is where a site and its mail live. So it may come with a free domain (CAT-6) and with mail as a courtesy (CAT-10).
- The *builder* comes with shared and cloud hosting only (CAT-9).
- A *server* is administered by somebody, which is settled at sign-up (CAT-7), and its management is an extra (CAT-1).
- *Never refunded* are domains, apps and streaming, whatever a plan says of itself (RFD-2).

The table names every kind, also those without a trait, so that a new kind cannot be forgotten. A bundle has no trait of its
own: it is asked for the kinds that it holds. Shared hosting needs no trait for its cycles (CAT-3), for it is one kind.
"""

from collections.abc import Mapping
from enum import StrEnum, unique
from types import MappingProxyType
from typing import Final, final

__all__ = ["TRAITS", "Administration", "ProductKind", "Trait", "has_trait"]


@final
@unique
class ProductKind(StrEnum):
    """What kind of thing a plan is. Source: CAT-1, `terms/16.b`."""

    SHARED_HOSTING = "shared_hosting"
    CLOUD_HOSTING = "cloud_hosting"
    RESELLER_HOSTING = "reseller_hosting"
    VPS = "vps"
    DEDICATED_SERVER = "dedicated_server"
    HOUSING = "housing"
    WEB_BUILDER = "web_builder"
    AUDIO_STREAMING = "audio_streaming"
    VIDEO_STREAMING = "video_streaming"
    CORPORATE_EMAIL = "corporate_email"
    INTERNATIONAL_DOMAIN = "international_domain"
    SIMPLE_NEWS = "simple_news"
    NEWS_PORTAL = "news_portal"
    WORDPRESS_DAILY = "wordpress_daily"
    CHAT_ROOM = "chat_room"
    ANDROID_PWA = "android_pwa"
    ANDROID_LITE = "android_lite"
    ANDROID_SIMPLE = "android_simple"
    IPHONE_APP = "iphone_app"
    VOICE_OVER = "voice_over"
    SELF_MANAGED_SITE = "self_managed_site"
    ONLINE_SHOP = "online_shop"
    E_COMMERCE = "e_commerce"
    SUPPORT_PLAN = "support_plan"
    BUNDLE = "bundle"


@final
@unique
class Trait(StrEnum):
    """What a rule asks of a kind; see the top of this module."""

    HOSTING = "hosting"
    BUILDER = "builder"
    SERVER = "server"
    NEVER_REFUNDED = "never_refunded"


@final
@unique
class Administration(StrEnum):
    """Who administers a server, from sign-up on and for good. Source: CAT-7, `terms/16.a`."""

    CLIENT = "client"
    PROVIDER = "provider"


_PLAIN: Final[frozenset[Trait]] = frozenset()
_HOSTING: Final = frozenset({Trait.HOSTING})
_WITH_BUILDER: Final = frozenset({Trait.HOSTING, Trait.BUILDER})
_SERVER: Final = frozenset({Trait.SERVER})
_NEVER_REFUNDED: Final = frozenset({Trait.NEVER_REFUNDED})

TRAITS: Final[Mapping[ProductKind, frozenset[Trait]]] = MappingProxyType(
    {
        ProductKind.SHARED_HOSTING: _WITH_BUILDER,
        ProductKind.CLOUD_HOSTING: _WITH_BUILDER,
        ProductKind.RESELLER_HOSTING: _HOSTING,
        ProductKind.VPS: _SERVER,
        ProductKind.DEDICATED_SERVER: _SERVER,
        ProductKind.HOUSING: _PLAIN,
        ProductKind.WEB_BUILDER: _PLAIN,
        ProductKind.AUDIO_STREAMING: _NEVER_REFUNDED,
        ProductKind.VIDEO_STREAMING: _NEVER_REFUNDED,
        ProductKind.CORPORATE_EMAIL: _PLAIN,
        ProductKind.INTERNATIONAL_DOMAIN: _NEVER_REFUNDED,
        ProductKind.SIMPLE_NEWS: _PLAIN,
        ProductKind.NEWS_PORTAL: _PLAIN,
        ProductKind.WORDPRESS_DAILY: _PLAIN,
        ProductKind.CHAT_ROOM: _PLAIN,
        ProductKind.ANDROID_PWA: _NEVER_REFUNDED,
        ProductKind.ANDROID_LITE: _NEVER_REFUNDED,
        ProductKind.ANDROID_SIMPLE: _NEVER_REFUNDED,
        ProductKind.IPHONE_APP: _NEVER_REFUNDED,
        ProductKind.VOICE_OVER: _PLAIN,
        ProductKind.SELF_MANAGED_SITE: _PLAIN,
        ProductKind.ONLINE_SHOP: _PLAIN,
        ProductKind.E_COMMERCE: _PLAIN,
        ProductKind.SUPPORT_PLAN: _PLAIN,
        ProductKind.BUNDLE: _PLAIN,
    }
)
"""The traits of every kind."""


def has_trait(kind: ProductKind, trait: Trait) -> bool:
    """Say whether this kind has this trait.

    Source: CAT-1, CAT-6, CAT-7, CAT-9, CAT-10, RFD-2.
    """
    return trait in TRAITS[kind]
