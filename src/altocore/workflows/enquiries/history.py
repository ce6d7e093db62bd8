"""A client's history: every change of state of its services, with who, when and why (LIF-8)."""

from altocore.lifecycle.events import ServiceEvent
from altocore.ports.store import Store
from altocore.values.ids import ClientId
from altocore.workflows.enquiries.paging import LIMIT, Page, own_page

__all__ = ["history"]


def history(store: Store, client: ClientId, *, after: str = "", limit: int = LIMIT) -> Page[ServiceEvent]:
    """Return a page of the events of this client's services, oldest first; nothing for a client that is not stored.

    Raises:
        BadValue: `after` is no cursor of ours, or `limit` is not from 1 to 1000.

    Source: LIF-8.
    """
    return own_page(store, ServiceEvent, client, after, limit)
