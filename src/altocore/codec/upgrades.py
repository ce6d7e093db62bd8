"""Upgrades: what leads a document's content from one schema to the next, when it is read.

What is stored is never rewritten for a new version of altocore: an issued invoice stays as it was written, to the byte, and
is understood by each version after. An upgrade that has been released is never edited; the next one follows it.
"""

from collections.abc import Callable
from typing import Final, TypeAlias

__all__ = ["UPGRADES", "Content", "Upgrade", "upgraded"]

Content: TypeAlias = dict[str, object]
"""A document's content, as JSON gives it, without its schema."""

Upgrade: TypeAlias = Callable[[str, Content], Content]
"""Takes the name of a kind and a content in one schema; returns the content in the next."""

UPGRADES: Final[list[Upgrade]] = []
"""Every upgrade, in order: the first leads from schema 1 to schema 2."""


def upgraded(kind: str, content: Content, schema: int) -> Content:
    """Return a content that is written in this schema, from 1 to the newest, as the newest says it."""
    for upgrade in UPGRADES[schema - 1 :]:
        content = upgrade(kind, content)
    return content
