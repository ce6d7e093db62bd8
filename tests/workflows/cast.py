"""A provider's world: a store, a rulebook, a day, and what happens on that day in one word each.

Ana pays in dollars and is taxed 21 %; Ben pays in yen and Dan in dinars, both abroad; Cleo keeps her credit. A world is
made on a day, and every verb acts on the day at hand.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Final, Protocol, TypeAlias, TypeVar, final

from attrs import define, evolve, field

from altocore.adapters.memory import MemoryStore
from altocore.billing.invoices import Invoice, InvoiceKind
from altocore.catalogue.kinds import Administration
from altocore.catalogue.plans import PlanEdition, PlanItem, Price, ProductKind
from altocore.clients.clients import Client, CreditUse
from altocore.codec.terms import Preset, preset, terms_edition
from altocore.lifecycle.events import Actor, Occasion
from altocore.plans.documents import Document
from altocore.plans.reading import OfClients, OfServices
from altocore.ports.store import Store
from altocore.terms.editions import TermsEdition
from altocore.testing import worlds
from altocore.values.anchors import Cadence
from altocore.values.cycles import Cycle
from altocore.values.days import Day, day
from altocore.values.domains import DomainName, domain_name
from altocore.values.ids import AddonId, ClientId, ServiceId
from altocore.values.instants import from_datetime, start_of_day
from altocore.values.money import money
from altocore.workflows.auditing import Violation, audit
from altocore.workflows.registering import publish, register
from altocore.workflows.rulebook import load_rulebook
from altocore.workflows.walking import every
from tests import cast

A = TypeVar("A")
D = TypeVar("D", bound=Document)


class DumpStore(Store, Protocol):
    """A store that can be compared with another to the byte."""

    def dump(self) -> Iterator[str]:
        """Yield every row as a line."""
        ...


JANUARY_31: Final = day(2025, 1, 31)
FOUNDED: Final = day(2020, 1, 1)

ANA: Final = cast.ANA
BEN: Final = ClientId("cli_ben")
CLEO: Final = ClientId("cli_cleo")
DAN: Final = ClientId("cli_dan")

CLIENTS: Final[tuple[Client, ...]] = (
    cast.client(),
    cast.client(name=BEN, legal=cast.party(name="Ben"), tax_region="export", billed_in=cast.JPY, locale="en"),
    cast.client(name=CLEO, legal=cast.party(name="Cleo"), credit_use=CreditUse.KEEP),
    cast.client(name=DAN, legal=cast.party(name="Dan"), tax_region="export", billed_in=cast.KWD, locale="en"),
)

Sold: TypeAlias = Sequence[tuple[Cadence, str, str]]
"""Cycles, amounts, currency codes."""


def sold_item(name: str, sold: Sold) -> PlanItem:
    """Return an item with these prices."""
    prices = tuple(Price(cycle=cycle, amount=money(amount, code)) for cycle, amount, code in sold)
    return PlanItem(name=name, prices=prices)


def sold_plan(
    *, name: str, of: str = "cloud", kind: ProductKind = ProductKind.CLOUD_HOSTING, items: tuple[PlanItem, ...]
) -> PlanEdition:
    """Return a plan that is on sale since the world was founded."""
    return cast.plan(name=name, of=of, kind=kind, published=FOUNDED, effective=FOUNDED, items=items)


CLOUD: Final = sold_plan(
    name="plan_cloud",
    items=(
        sold_item(
            "cloud",
            [
                (Cadence.MONTHLY, "100.00", "USD"),
                (Cadence.QUARTERLY, "290.00", "USD"),
                (Cadence.ANNUAL, "1000.00", "USD"),
                (Cadence.MONTHLY, "10000", "JPY"),
                (Cadence.ANNUAL, "100000", "JPY"),
                (Cadence.MONTHLY, "30.125", "KWD"),
            ],
        ),
    ),
)
"""A hundred dollars a month, and 21 of tax."""

SHARED: Final = sold_plan(
    name="plan_shared",
    of="shared",
    kind=ProductKind.SHARED_HOSTING,
    items=(
        sold_item(
            "shared",
            [
                (Cadence.MONTHLY, "9.00", "USD"),
                (Cadence.SEMIANNUAL, "50.00", "USD"),
                (Cadence.ANNUAL, "90.00", "USD"),
                (Cadence.BIENNIAL, "160.00", "USD"),
            ],
        ),
    ),
)

STUDIO: Final = sold_plan(
    name="plan_studio",
    of="studio",
    kind=ProductKind.VIDEO_STREAMING,
    items=(
        sold_item("studio", [(Cadence.MONTHLY, "33.33", "USD"), (Cadence.MONTHLY, "999", "JPY")]),
        sold_item("backup", [(Cadence.MONTHLY, "0.05", "USD"), (Cadence.MONTHLY, "7", "JPY")]),
        sold_item("gift", [(Cadence.MONTHLY, "0.00", "USD"), (Cadence.MONTHLY, "0", "JPY")]),
    ),
)
"""Three lines, one of them for nothing."""

FREE: Final = sold_plan(name="plan_free", of="free", items=(sold_item("free", [(Cadence.MONTHLY, "0.00", "USD")]),))
"""A plan that costs nothing: its invoices are paid as they are issued."""

COM: Final = sold_plan(
    name="plan_com",
    of="com",
    kind=ProductKind.INTERNATIONAL_DOMAIN,
    items=(
        sold_item(
            "com",
            [
                (Cadence.ANNUAL, "12.50", "USD"),
                (Cadence.BIENNIAL, "24.00", "USD"),
                (Cadence.ANNUAL, "1900", "JPY"),
                (Cadence.ANNUAL, "3.900", "KWD"),
            ],
        ),
    ),
)
"""A domain: twelve and a half dollars a year, and 2.63 of tax."""

PLANS: Final[tuple[PlanEdition, ...]] = (CLOUD, SHARED, STUDIO, FREE, COM)

WHOLE: Final = cast.usd("121.00")
"""What a month of CLOUD asks of Ana, its tax in it."""

DEFAULT: Final = terms_edition(preset(Preset.DEFAULT), published=FOUNDED, effective=FOUNDED)
MANUAL: Final = terms_edition(preset(Preset.MANUAL), published=FOUNDED, effective=FOUNDED)
TERMS: Final = terms_edition(preset(Preset.TERMS), published=FOUNDED, effective=FOUNDED)

PROVIDER: Final = cast.provider()


def named(plan: PlanEdition, key: str) -> DomainName | None:
    """Return a name for what an order of this plan registers; none where it registers nothing."""
    return domain_name(f"{key.replace('_', '-').replace('/', '-')}.com") if plan.kind is COM.kind else None


def occasion(on: Day, actor: Actor = Actor.BILLING_RUN) -> Occasion:
    """Return the first instant of a day, for this actor."""
    return Occasion(day=on, at=start_of_day(on, PROVIDER.zone), actor=actor)


def findings(store: Store) -> list[Violation]:
    """Return all that an audit says."""
    return list(audit(store))


def dumped(store: DumpStore) -> list[str]:
    """Return every row."""
    return list(store.dump())


def all_of(store: Store, kind: type[D]) -> list[D]:
    """Return every document of a kind, by id."""
    return list(every(store, kind))


@final
@define(kw_only=True)
class World(worlds.World):
    """A store and its rulebook, on a day; Ana orders a month of CLOUD where nothing else is said."""

    store: DumpStore = field()
    today: Day = field(default=JANUARY_31)
    hour: int = field(default=0)

    def at(self, actor: Actor = Actor.BILLING_RUN) -> Occasion:
        """Return the occasion of today, so many hours after its first instant."""
        first = worlds.World.at(self, actor)
        return evolve(first, at=from_datetime(first.at + timedelta(hours=self.hour)))

    def order(  # noqa: PLR0913  # one keyword for each thing that an order says
        self,
        key: str,
        *,
        of: ClientId = ANA,
        plan: PlanEdition = CLOUD,
        cycle: Cycle = Cadence.MONTHLY,
        addons: tuple[AddonId, ...] = (),
        administration: Administration | None = None,
        domain: DomainName | None = None,
    ) -> ServiceId:
        """Order a plan, which must be accepted, and return its service."""
        return worlds.World.order(
            self, key, of=of, plan=plan, cycle=cycle, addons=addons, administration=administration, domain=domain
        )

    def run(  # noqa: PLR0913  # one keyword for each thing that an order says
        self,
        key: str,
        *,
        of: ClientId = ANA,
        plan: PlanEdition = CLOUD,
        cycle: Cycle = Cadence.MONTHLY,
        addons: tuple[AddonId, ...] = (),
        administration: Administration | None = None,
        domain: DomainName | None = None,
    ) -> ServiceId:
        """Order, pay and activate today."""
        return worlds.World.run(
            self, key, of=of, plan=plan, cycle=cycle, addons=addons, administration=administration, domain=domain
        )

    def register(self, key: str, *, of: ClientId = ANA, cycle: Cycle = Cadence.ANNUAL) -> ServiceId:
        """Order, pay and activate a domain today: `<key>.com`, for a year where nothing else is said."""
        return self.run(key, of=of, plan=COM, cycle=cycle, domain=domain_name(f"{key}.com"))

    def credit(self, client: ClientId = ANA) -> int:
        """Return a client's credit in minor units."""
        return worlds.World.credit(self, client)

    def charged(self, service: ServiceId) -> list[tuple[int, InvoiceKind, Day, Day]]:
        """Return the number, the kind, the issue and the due day of each period's invoice of a service, in order."""
        found = [stored.document for stored in self.store.select(Invoice, OfServices((service,)))]
        return sorted(
            (each.period_number, each.kind, each.issued, each.due) for each in found if each.period_number is not None
        )

    def numbers(self) -> list[int]:
        """Return the numbers of all invoices, in the order of the numbers."""
        owners = tuple(client.id for client in all_of(self.store, Client))
        ids = [stored.document.id for stored in self.store.select(Invoice, OfClients(owners))]
        return sorted(number for _, number in self.store.numbers(ids).values())

    def dump(self) -> list[str]:
        """Return every row."""
        return dumped(self.store)


def world(
    store: DumpStore,
    *editions: TermsEdition,
    today: Day = JANUARY_31,
    clients: Iterable[Client] = CLIENTS,
    plans: Iterable[PlanEdition] = PLANS,
) -> World:
    """Return a world with these editions of the terms, `default` where none is given."""
    publish(store, [*(editions or (DEFAULT,)), *plans])
    for client in clients:
        register(store, client, occasion(today, Actor.CLIENT))
    return World(store=store, rulebook=load_rulebook(store, PROVIDER), today=today)


def in_memory(*editions: TermsEdition, today: Day = JANUARY_31) -> World:
    """Return a world in memory."""
    return world(MemoryStore(), *editions, today=today)
