"""What clients are like. All of it is drawn from the seed and from a name, never from what another client or worker does:
so the same history comes about whoever bills it, and in whatever order.
"""

from enum import Enum, unique
from random import Random
from typing import Final, final

from attrs import field, frozen

from altocore.billing.payments import PaymentNotice
from altocore.billing.standing import Standing
from altocore.catalogue.kinds import Administration, Trait
from altocore.clients.clients import Client, CreditUse
from altocore.lifecycle.service import EndingTime, Service
from altocore.terms.editions import TermsEdition
from altocore.values.anchors import Cadence
from altocore.values.currencies import currency
from altocore.values.days import Day, add_days, days_from
from altocore.values.money import Money
from altocore.workflows.ordering import Order
from tests import cast as examples
from tests.workflows.cast import named
from tests.workflows.life import CURRENCIES, PLANS
from tests.workflows.whole_life import CATALOGUE, SAYS

__all__ = ["Habits"]


@final
@unique
class Pays(Enum):
    """How somebody pays an invoice."""

    ON_TIME = "on time"
    LATE = "late"
    IN_PART = "in part"
    TWICE = "twice"
    TOO_MUCH = "too much"
    TOO_EARLY = "too early"
    NEVER = "never"


SOLD: Final = tuple(
    [
        (plan, cycle, of.code)
        for plan in CATALOGUE
        for cycle, of in plan.sold
        for _ in range(4 if cycle is Cadence.MONTHLY and plan in PLANS.values() else 1)
    ]
)
"""What can be ordered, and in which currency: every kind of product, and the plans of the worlds by the month more often."""

MOST: Final = (*[Pays.ON_TIME] * 6, *Pays)

RENEWED: Final = (21, 50, 81, 112, 172, 355)
"""Days after an order near which renewals are issued: who acts then meets the workers."""

STEPPED: Final = (-5, -1, 1, 3, 5, 27, 30, 60)
"""The days of an invoice's timeline, from its due day, likewise."""


@final
@frozen(kw_only=True)
class Habits:
    """Draws the lives of the clients of one seed, who come within so many days after the beginning."""

    seed: int = field()
    begins: Day = field()
    days: int = field()

    def drawn(self, *name: str) -> Random:
        """Return the generator of one thing."""
        return Random(f"{self.seed}/{'/'.join(name)}")  # noqa: S311 - a simulation is repeated by its seed

    def client(self, number: int) -> tuple[Day, Client]:
        """Return a client, and the day on which it comes."""
        name = f"cli_{number}"
        rng = self.drawn(name)
        billed_in = rng.choice(CURRENCIES)
        came = rng.choice((0, rng.randrange(self.days)))
        return add_days(self.begins, came), examples.client(
            name=name,
            tax_region="AR" if billed_in == "USD" else "export",
            billed_in=currency(billed_in),
            credit_use=rng.choice((CreditUse.APPLY, CreditUse.APPLY, CreditUse.KEEP)),
        )

    def editions(self) -> list[TermsEdition]:
        """Return the editions of the terms that staff will publish, each on its day."""
        rng = self.drawn("editions")
        count = 1 + self.days // 400
        days = sorted([rng.randrange(self.days) for _ in range(rng.randrange(count + 1))])
        return [
            examples.terms_edition(
                name=f"terms_{number}",
                published=add_days(self.begins, after),
                effective=add_days(self.begins, after + rng.randrange(40)),
                says=rng.choice(SAYS),
            )
            for number, after in enumerate(days)
        ]

    def next_run(self, today: Day) -> Day:
        """Return the day of the next run: tomorrow, and for some providers at times much later."""
        rng = self.drawn("run", today.isoformat())
        of_thousand = self.drawn("runs").choice((0, 20, 100))
        missed = rng.choice((1, 2, 6, 29, 45)) if rng.random() * 1000 < of_thousand else 0
        return add_days(today, 1 + missed)

    def files(self, today: Day) -> int:
        """Return how many payments a page of today's file has; 0 where each is told by itself."""
        return self.drawn("file", today.isoformat()).choice((0, 0, 1, 2, 500))

    def orders(self, client: Client, today: Day) -> list[tuple[Day, Order]]:
        """Return what a client will order, and when."""
        rng = self.drawn(client.id, "orders")
        later = [rng.randrange(self.days) for _ in range(rng.choice((0, 0, 1, 1, 2, 4)) + self.days // 365)]
        sold = [each for each in SOLD if each[2] == client.currency.code]
        wanted = [(after, *rng.choice(sold if rng.random() < 0.95 else SOLD)) for after in (0, *later)]
        return [
            (
                add_days(today, after),
                Order(
                    key=f"{client.id}/{number}",
                    client=client.id,
                    plan=plan.plan,
                    cycle=cycle,
                    addons=tuple([each.id for each in plan.addons if rng.random() < 0.4]),
                    administration=rng.choice([*Administration]) if plan.has_trait(Trait.SERVER) else None,
                    domain=named(plan, f"{client.id}/{number}"),
                ),
            )
            for number, (after, plan, cycle, _) in enumerate(wanted)
        ]

    def leaving(self, service: Service) -> list[Day]:
        """Return the days on which the end of a service is asked for."""
        rng = self.drawn(service.id, "leaving")
        asked = [rng.choice((rng.randrange(1, 500), *RENEWED))] if rng.random() < 0.4 else []
        again = [asked[0] + rng.randrange(30)] if asked and rng.random() < 0.2 else []
        return [add_days(service.contract.ordered, after) for after in (*asked, *again)]

    def leaving_how(self, service: Service) -> EndingTime:
        """Return whether the end is asked for at once."""
        return self.drawn(service.id, "leaving how").choice((*[EndingTime.END_OF_PERIOD] * 2, EndingTime.IMMEDIATE))

    def activating(self, service: Service, today: Day) -> list[Day]:
        """Return the day on which somebody says that a service is provisioned which may not be paid yet."""
        rng = self.drawn(service.id, "activating")
        return [add_days(today, rng.randrange(5))] if rng.random() < 0.1 else []

    def activating_paid(self, standing: Standing, today: Day) -> list[Day]:
        """Return the day on which a service is provisioned whose first invoice is paid."""
        return [add_days(today, self.drawn(standing.id, "paid").choice((0, 0, 0, 1, 3)))]

    def hearing(self, standing: Standing, today: Day) -> list[Day]:
        """Return the day on which a channel takes a last notice; none does for some."""
        rng = self.drawn(standing.id, "hearing")
        return [] if rng.random() < 0.2 else [add_days(today, rng.randrange(6))]

    def paying(self, standing: Standing, today: Day) -> list[tuple[Day, PaymentNotice]]:
        """Return what will be told of payments of an invoice, and when: some of it is told twice, some too early."""
        rng = self.drawn(standing.id, "paying")
        usual = self.drawn(standing.client, "pays").choice(MOST)
        how = usual if rng.random() < 0.7 else rng.choice(MOST)
        told: list[tuple[Day, PaymentNotice]] = []
        for number, (after, minor) in enumerate(_amounts(how, standing, days_from(today, standing.due), rng)):
            on = add_days(today, after)
            notice = _notice(standing, number, minor, on)
            told.append((on, notice))
            if how is Pays.TOO_EARLY:
                told.append((add_days(on, -1), notice))
            if rng.random() < 0.1:
                told.append((add_days(on, rng.randrange(40)), notice))
        return told


def _amounts(how: Pays, standing: Standing, due: int, rng: Random) -> list[tuple[int, int]]:
    """Return after how many days how much is paid, in minor units."""
    whole, soon = standing.open_amount.minor, rng.randrange(7)
    part = rng.randint(1, max(1, whole - 1))
    rest = [(rng.randrange(60), whole - part)] if rng.random() < 0.7 else []
    ways: dict[Pays, list[tuple[int, int]]] = {
        Pays.ON_TIME: [(soon, whole)],
        Pays.LATE: [(max(0, due + rng.choice((rng.randrange(110), *STEPPED))), whole)],
        Pays.IN_PART: [(soon, part), *rest],
        Pays.TWICE: [(soon, whole), (rng.randrange(20), whole)],
        Pays.TOO_MUCH: [(soon, whole * rng.randint(1, 4) + rng.randint(1, 500))],
        Pays.TOO_EARLY: [(1 + soon, whole)],
        Pays.NEVER: [],
    }
    return ways[how]


def _notice(standing: Standing, number: int, minor: int, on: Day) -> PaymentNotice:
    return PaymentNotice(
        gateway="cards",
        transaction=f"{standing.id}/{number}",
        means="card",
        invoice=standing.id,
        amount=Money(max(1, minor), standing.total.currency),
        received=on,
    )
