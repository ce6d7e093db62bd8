"""One document by its id, through any reader."""

from typing import TypeVar

from altocore.errors import UnknownKey
from altocore.plans.documents import KINDS, Document, Stored
from altocore.plans.reading import Ids, Reader

__all__ = ["one"]

D = TypeVar("D", bound=Document)


def one(reader: Reader, kind: type[D], document_id: str, field: str = "") -> Stored[D]:
    """Return the stored document with this id.

    Raises:
        UnknownKey: there is none; the error names `field`, or else the kind, and not the id that was asked for.
    """
    found = reader.select(kind, Ids((document_id,)))
    if not found:
        name = field or next(name for name, each in KINDS.items() if each is kind)
        raise UnknownKey(name, "no such document is stored")
    return found[0]
