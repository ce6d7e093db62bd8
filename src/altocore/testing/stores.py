"""The check of a store: everything that `ports.store` promises, asked of yours."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from enum import StrEnum, unique
from functools import partial
from typing import Final, TypeAlias, final

from attrs import evolve

from altocore.billing.ledger import Movement
from altocore.errors import BadType
from altocore.lifecycle.service import Service
from altocore.plans.guard import AlreadyDone
from altocore.plans.plan import Number, Plan
from altocore.plans.reading import Ids, OfClients
from altocore.plans.scanning import After, OwnPage, Upto
from altocore.ports.store import Store
from altocore.testing.checks import failing_as, same
from altocore.testing.store_commits import COMMITS
from altocore.testing.store_examples import TODAY, Names, deed, one_of_each
from altocore.testing.store_ledgers import LEDGERS
from altocore.testing.store_logs import LOGS
from altocore.testing.store_reads import READS

__all__ = ["Opening", "check_store"]

Make: TypeAlias = Callable[[], AbstractContextManager[Store]]


@final
@unique
class Opening(StrEnum):
    """What `make` opens when it is called again."""

    FRESH = "fresh"
    SAME = "same"


def check_store(make: Make, *, opening: Opening = Opening.FRESH) -> None:
    """Ask a store for every promise of the port, each in a store that is opened for it by `make`.

    The first store must be empty. With `Opening.SAME`, `make` opens the same store each time, and it is also checked that
    all is there when it is opened again.

        def test_my_store(tmp_path):
            check_store(lambda: SqliteStore.open(tmp_path / "store.db"), opening=Opening.SAME)

    Raises:
        CheckFailed: a promise is not kept; it names the promise and what was seen.
        BadType: `opening` is no `Opening`.
    """
    if type(opening) is not Opening:
        raise BadType("opening", "must be an Opening")
    for promise in (*COMMITS, *LEDGERS, *READS, *LOGS):
        with make() as store:
            failing_as(promise.__name__, partial(promise, store))
    if opening is Opening.SAME:
        failing_as(all_is_there_when_it_is_opened_again.__name__, partial(all_is_there_when_it_is_opened_again, make))


def all_is_there_when_it_is_opened_again(make: Make) -> None:
    """What `commit` returned lasts: documents, indexes, claims, credit, numbers, postings, messages."""
    plan = _everything()
    with make() as store:
        store.commit([plan])
        before = _seen(store)
    with make() as store:
        same("what is read again", _seen(store), before)
        same("the deed again", list(store.commit([plan])), [AlreadyDone()])


_NAMES: Final = Names("reopen")
_ALL: Final = 1_000_000


def _everything() -> Plan[object]:
    return evolve(
        deed(_NAMES.key("all"), *one_of_each(_NAMES)),
        postings=(_NAMES.posting(Movement.PAYMENT_KEPT, 5), _NAMES.posting(Movement.CREDIT_APPLIED, 2)),
        messages=(_NAMES.message("1"), _NAMES.message("2")),
        numbers=(Number(_NAMES.key("series"), _NAMES.invoice_id()),),
    )


def _seen(store: Store) -> tuple[object, ...]:
    client = _NAMES.client()
    return (
        [list(store.select(type(each), Ids((each.id,)))) for each in one_of_each(_NAMES)],
        list(store.select(Service, OfClients((client,)))),
        store.claimed("check", _NAMES.key("all")),
        dict(store.credit([client])),
        dict(store.numbers([_NAMES.invoice_id()])),
        list(store.postings(client)),
        list(store.messages(client)),
        list(store.log(client)),
        list(store.heads(None, _ALL)),
        list(store.owned(Service, client, OwnPage(after_day=None, after_id="", limit=_ALL))),
        list(store.entries(Service, Upto(day=TODAY, after=None, limit=_ALL))),
        list(store.entries(Service, After(after="", limit=_ALL))),
    )
