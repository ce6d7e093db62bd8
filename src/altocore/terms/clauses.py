"""Clauses: the places of the provider's own documents that an answer rests on."""

from typing import Final, NewType

from altocore.errors import BadValue

__all__ = ["HOUSE", "Clause", "clause"]

Clause = NewType("Clause", str)
"""`manual/<page>`, `terms/<section>`, or `house` where the source is silent and altocore decides."""

HOUSE: Final = Clause("house")


def clause(text: str) -> Clause:
    """Return the clause that this text cites.

    Raises:
        BadValue: it is neither a page of the manual, nor a section of the terms, nor `house`.
    """
    document, _, place = text.partition("/")
    if text != HOUSE and (document not in {"manual", "terms"} or not place):
        raise BadValue("clause", "must be manual/<page>, terms/<section> or house")
    return Clause(text)
