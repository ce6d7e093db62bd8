"""Pages of one client's documents, in the order of their own day, behind a cursor that can be sent and sent back."""

from typing import Final, Generic, TypeVar, final

from attrs import field, frozen

from altocore.errors import BadType, BadValue
from altocore.plans.documents import Document, index
from altocore.plans.scanning import OwnPage
from altocore.ports.store import Store
from altocore.values.days import parse_day
from altocore.values.ids import ClientId

__all__ = ["LIMIT", "LIMIT_MAX", "Page", "check_limit", "own_page"]

D = TypeVar("D", bound=Document)
T_co = TypeVar("T_co", covariant=True)

LIMIT: Final = 50
LIMIT_MAX: Final = 1000
_DAY_LENGTH: Final = len("2026-01-31")


@final
@frozen(kw_only=True)
class Page(Generic[T_co]):
    """Some of what was asked for, in order; `next` is the cursor of the page behind it, or "" where this is the last."""

    items: tuple[T_co, ...] = field()
    next: str = field()


def own_page(store: Store, kind: type[D], client: ClientId, after: str, limit: int) -> Page[D]:
    """Return a page of this client's documents of a kind, by their day and id; `after` is "" or an earlier `next`.

    Raises:
        BadValue: `after` is no cursor of ours, or `limit` is not from 1 to 1000.
        BadType: `after` is no str, or `limit` no int.
    """
    check_limit(limit)
    # One more than asked for tells whether there is another page.
    found = [each.document for each in store.owned(kind, client, _behind(after, limit + 1))]
    items = found[:limit]
    return Page(items=tuple(items), next=_cursor(items[-1]) if len(found) > limit else "")


def check_limit(limit: int) -> None:
    """Refuse a page of nothing, and one that is too large.

    Raises:
        BadValue: it is not from 1 to 1000.
        BadType: it is no whole number.
    """
    if type(limit) is not int:
        raise BadType("limit", "must be an int")
    if not 1 <= limit <= LIMIT_MAX:
        raise BadValue("limit", f"must be from 1 to {LIMIT_MAX}")


def _cursor(document: Document) -> str:
    day = index(document).day
    return f"{'' if day is None else day.isoformat()}~{document.id}"


def _is_id(text: str) -> bool:
    """Return whether a stored id can look so: it has bytes in UTF-8, and no NUL."""
    try:
        return b"\0" not in text.encode()
    except UnicodeEncodeError:
        return False


def _behind(after: str, limit: int) -> OwnPage:
    if type(after) is not str:
        raise BadType("after", "must be a str")
    if not after:
        return OwnPage(after_day=None, after_id="", limit=limit)
    day, tilde, document = after.partition("~")
    if not tilde or len(day) not in {0, _DAY_LENGTH} or not _is_id(document):
        raise BadValue("after", "is no cursor of an earlier page")
    try:
        return OwnPage(after_day=parse_day(day) if day else None, after_id=document, limit=limit)
    except BadValue:
        raise BadValue("after", "is no cursor of an earlier page") from None
