"""A small provider on a day on which everything happens to somebody, and the work of that day: payments, then billing.

Renewals, with and without credit, reminders, a suspension, a last notice, a termination, ends, an order that is given up,
payments in part, exact, twice and over, some of which lift a suspension. The work is the same however often it is asked.
"""

from collections.abc import Iterator, Sequence
from enum import Enum, unique
from functools import cache
from typing import Final, final

from altocore.adapters.memory import MemoryStore
from altocore.billing.invoices import invoice_id
from altocore.billing.payments import PaymentNotice
from altocore.lifecycle.events import Actor
from altocore.plans.guard import Committed, Outcome
from altocore.plans.plan import Plan
from altocore.ports.store import Store
from altocore.terms.options import CancellationDebt
from altocore.values.days import Day, add_days, day
from altocore.values.ids import ClientId
from altocore.values.money import money
from altocore.workflows.day import bill_day
from altocore.workflows.ordering import service_id
from altocore.workflows.paying import take_payments
from altocore.workflows.reports import Report
from altocore.workflows.rulebook import load_rulebook
from tests import cast as examples
from tests.workflows import cast
from tests.workflows.stores import Passing

PAGE: Final = 2
"""Small, so that a day has many commits."""

TODAY: Final = day(2025, 5, 20)
FIRST: Final = day(2025, 2, 22)
LAST_BILLED: Final = day(2025, 5, 12)

WAITING_TERMS: Final = examples.terms_edition(
    published=cast.FOUNDED,
    effective=cast.FOUNDED,
    says=examples.terms(cancellation=examples.cancellation_terms(debt=CancellationDebt.ALL_INVOICES)),
)

EVA: Final = ClientId("cli_eva")
CLIENTS: Final = (*cast.CLIENTS, examples.client(name=EVA, legal=examples.party(name="Eva")))

BEGINS: Final[tuple[tuple[str, ClientId, Day], ...]] = (
    ("silent", cast.CLEO, FIRST),
    ("ended by debt", cast.CLEO, day(2025, 3, 20)),
    ("last notice", cast.CLEO, day(2025, 3, 24)),
    ("comes back late", cast.ANA, day(2025, 3, 28)),
    ("comes back", cast.CLEO, day(2025, 4, 10)),
    ("suspended", cast.CLEO, day(2025, 4, 16)),
    ("pays in part", cast.ANA, day(2025, 4, 18)),
    ("reminded last", cast.CLEO, day(2025, 4, 18)),
    ("pays twice", cast.BEN, day(2025, 4, 20)),
    ("reminded after", cast.BEN, day(2025, 4, 20)),
    ("leaves", EVA, day(2025, 4, 20)),
    ("leaves too", cast.DAN, day(2025, 4, 20)),
    ("pays", cast.CLEO, day(2025, 4, 21)),
    ("reminded before", cast.CLEO, day(2025, 4, 22)),
    ("reminded first", cast.DAN, day(2025, 4, 26)),
    ("renews with credit", cast.DAN, day(2025, 4, 30)),
    ("renews", cast.CLEO, day(2025, 4, 30)),
    ("renews after a payment", cast.BEN, day(2025, 4, 30)),
    ("renews beside it", cast.ANA, day(2025, 4, 30)),
)
"""Who begins on which day, by the month: a service is as old as what is to happen to it today."""

GIVEN_UP: Final = day(2025, 3, 14)
"""The day of an order that nobody pays."""

NOTICES_TAKEN: Final = (("silent", day(2025, 4, 19)), ("ended by debt", day(2025, 5, 17)))
LEAVE: Final = day(2025, 5, 1)

PAID: Final[tuple[tuple[str, str], ...]] = (
    ("comes back late", "500.00"),
    ("pays", "121.00"),
    ("pays in part", "50.00"),
    ("pays twice", "10000"),
    ("pays twice", "10000"),
    ("comes back", "100.00"),
    ("comes back", "30.00"),
    ("pays in part", "80.00"),
    ("nobody", "1.00"),
)
"""What the gateway's file of today tells, of first renewals; the last line is of no invoice."""


@unique
class Kind(Enum):
    """How it stands this morning."""

    PROMPT = "prompt"
    """Every day before was billed."""
    LATE = "late"
    """No day since 12 May was billed."""
    WAITING = "waiting"
    """Every day before was billed; an end waits for all debts of its client, of which one goes today."""


@final
class Recording(Passing):
    """A store in memory that remembers the plans that it committed."""

    def __init__(self) -> None:
        """Begin empty."""
        self.memory = MemoryStore()
        super().__init__(self.memory)
        self.plans: list[Plan[object]] = []

    def commit(self, plans: Sequence[Plan[object]]) -> Sequence[Outcome]:
        """Commit, and remember."""
        outcomes = super().commit(plans)
        self.plans += [plan for plan, made in zip(plans, outcomes, strict=True) if isinstance(made, Committed)]
        return outcomes

    def dump(self) -> Iterator[str]:
        """Yield every row."""
        return self.memory.dump()


@cache
def _plans_of_the_past(kind: Kind) -> tuple[Plan[object], ...]:
    """Return the plans that a provider of this kind committed until this morning."""
    store = Recording()
    terms = WAITING_TERMS if kind is Kind.WAITING else cast.DEFAULT
    world = cast.world(store, terms, today=FIRST, clients=CLIENTS)
    while world.today < TODAY:
        _live(world)
        if kind is not Kind.LATE or world.today <= LAST_BILLED:
            world.bill()
        world.today = add_days(world.today, 1)
    return tuple(store.plans)


def _live(world: cast.World) -> None:
    """Let happen what comes from outside on a day of the past."""
    for key, client, begins in BEGINS:
        if begins == world.today:
            world.run(key, of=client)
    if world.today == GIVEN_UP:
        world.order("given up", of=EVA)
    elif world.today == LEAVE:
        world.pay(service_id("renews with credit"), 0, money("20.000", "KWD"))
        world.cancel(service_id("leaves"), "leaves")
        world.cancel(service_id("leaves too"), "leaves too")
    for key, taken in NOTICES_TAKEN:
        if taken == world.today:
            world.take_last_notice(service_id(key), 1)


def begin(store: Store, kind: Kind) -> None:
    """Bring an empty store to this morning, in one page."""
    assert all(isinstance(outcome, Committed) for outcome in store.commit(_plans_of_the_past(kind)))


def work(store: Store, page: int = PAGE) -> Report:
    """Do the day's work, or what is left of it: take the payments, then bill.

    Raises:
        Unavailable: the store failed.
    """
    rulebook = load_rulebook(store, cast.PROVIDER)
    report = take_payments(store, rulebook, _notices(), cast.occasion(TODAY, Actor.GATEWAY), page=page)
    report.add(bill_day(store, rulebook, cast.occasion(TODAY), page=page))
    return report


def _notices() -> list[PaymentNotice]:
    currencies = {key: {cast.BEN: "JPY", cast.DAN: "KWD"}.get(client, "USD") for key, client, _ in BEGINS}
    return [
        PaymentNotice(
            gateway="file",
            transaction=f"{number}",
            means="card",
            invoice=invoice_id(service_id(key), 1, 1),
            amount=money(amount, currencies.get(key, "USD")),
            received=TODAY,
        )
        for number, (key, amount) in enumerate(PAID)
    ]
