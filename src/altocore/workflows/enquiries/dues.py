"""What a client owes on a day: in all, what is overdue, and since how long."""

from collections.abc import Sequence
from typing import Final, final

from attrs import field, frozen

from altocore.clients.clients import Client
from altocore.errors import BadValue, UnknownKey
from altocore.plans.reading import Ids
from altocore.ports.store import Store
from altocore.values.days import Day, days_from
from altocore.values.ids import ClientId
from altocore.values.money import Money, total
from altocore.workflows.enquiries.invoices import open_invoices

__all__ = ["BANDS", "Ageing", "Dues", "ageing", "dues"]

BANDS: Final = (30, 60, 90)


@final
@frozen(kw_only=True)
class Dues:
    """What a client owes: `to_come` falls due today or later, `overdue` fell due before today; `credit` is what it has.

    `next_due` is the first due day that has not passed, None where nothing is to come; `oldest_due` the first that has.
    """

    to_come: Money = field()
    overdue: Money = field()
    credit: Money = field()
    next_due: Day | None = field()
    oldest_due: Day | None = field()


@final
@frozen(kw_only=True)
class Ageing:
    """What a client owes by how many days it is overdue: not at all, then one amount a band, then what is older.

    With bands (30, 60, 90) the `overdue` amounts are of 1 to 30, 31 to 60, 61 to 90 and more than 90 days.
    """

    not_due: Money = field()
    overdue: tuple[Money, ...] = field()
    bands: tuple[int, ...] = field()


def dues(store: Store, client: ClientId, today: Day) -> Dues:
    """Return what this client owes on this day. An invoice is overdue from the day after its due day.

    Raises:
        UnknownKey: the client is not stored.
    """
    currency = _client(store, client).currency
    standings = [view.standing for view in open_invoices(store, client)]
    passed = [each for each in standings if each.due < today]
    coming = [each for each in standings if each.due >= today]
    return Dues(
        to_come=total([each.open_amount for each in coming], currency),
        overdue=total([each.open_amount for each in passed], currency),
        credit=Money(store.credit((client,)).get(client, 0), currency),
        next_due=coming[0].due if coming else None,
        oldest_due=passed[0].due if passed else None,
    )


def ageing(store: Store, client: ClientId, today: Day, *, bands: Sequence[int] = BANDS) -> Ageing:
    """Return what this client owes on this day by how many days it is overdue, in bands that end with these days.

    Raises:
        UnknownKey: the client is not stored.
        BadValue: the bands do not grow, or do not begin above zero.
    """
    if list(bands) != sorted(set(bands)) or not bands or bands[0] < 1:
        raise BadValue("bands", "must be days above zero that grow")
    currency = _client(store, client).currency
    standings = [view.standing for view in open_invoices(store, client)]
    not_due, owed = Money(0, currency), [Money(0, currency)] * (len(bands) + 1)
    for each in standings:
        late = days_from(each.due, today)
        if late <= 0:
            not_due += each.open_amount
        else:
            owed[_band(late, bands)] += each.open_amount
    return Ageing(not_due=not_due, overdue=tuple(owed), bands=tuple(bands))


def _band(late: int, bands: Sequence[int]) -> int:
    return sum(1 for band in bands if late > band)


def _client(store: Store, client: ClientId) -> Client:
    found = store.owned(Client, client, Ids((client,)))
    if not found:
        raise UnknownKey("client", "no such client is stored")
    return found[0].document
