"""A machine that lives: it orders, pays, leaves, bills and lets days go by in any order, and is audited at every step.

The machine keeps a small account of its own, of the money that came in, to compare the books with.
"""

from collections import Counter
from typing import ClassVar, Final

from attrs import evolve
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    MultipleResults,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
)

from altocore.adapters.memory import MemoryStore
from altocore.billing.invoices import Invoice
from altocore.billing.payments import PaymentNotice
from altocore.billing.standing import Standing, StandingState
from altocore.catalogue.plans import PlanEdition
from altocore.clients.clients import Client, CreditUse
from altocore.lifecycle.events import Actor
from altocore.lifecycle.machine import ENDED
from altocore.lifecycle.service import EndingTime, Service
from altocore.plans.reading import OfServices
from altocore.policy.client_change import ClientChangeAccepted
from altocore.policy.discontinuation import DiscontinuationAccepted
from altocore.policy.order import OrderAccepted
from altocore.policy.payment import PaymentAccepted, PaymentRefused
from altocore.policy.registration import RegistrationAccepted
from altocore.policy.taking_back import TakenBack
from altocore.terms.editions import TermsEdition
from altocore.terms.options import CancellationDeadline, CancellationDebt, FirstPeriodStart, TermsChange
from altocore.values.anchors import Cadence
from altocore.values.currencies import currency
from altocore.values.days import Day, add_days, day
from altocore.values.ids import ClientId, InvoiceId, PlanId, ServiceId
from altocore.values.money import Money
from altocore.workflows.activating import activate
from altocore.workflows.cancelling import CancellationRequest, cancel
from altocore.workflows.changing_clients import ClientChange, change_client
from altocore.workflows.day import bill_day
from altocore.workflows.discontinuing import Discontinuing, discontinue
from altocore.workflows.door import Did, DidBefore
from altocore.workflows.last_notices import take_last_notice
from altocore.workflows.one import one
from altocore.workflows.ordering import Order, order, service_id
from altocore.workflows.paying import pay, take_payments
from altocore.workflows.registering import register
from altocore.workflows.taking_back import TakingBack, take_back
from tests import cast as examples
from tests.workflows import cast

BEGINNINGS: Final = [
    day(2025, 1, 31),
    day(2024, 1, 31),
    day(2023, 12, 31),
    day(2025, 9, 5),
    day(2025, 10, 29),
    day(2027, 11, 30),
]
"""Days before short months, before a 29 February, before the end of a year, and before clocks change in the zones below."""

ZONES: Final = ["America/Argentina/Buenos_Aires", "America/Santiago", "America/Havana", "America/New_York"]
"""Where clocks stay as they are, and where they change at midnight and later."""

JUMPS: Final = [1, 1, 2, 5, 10, 28, 29, 31, 60]

EDITIONS: Final[dict[str, TermsEdition]] = {
    "default": cast.DEFAULT,
    "terms": cast.TERMS,
    "any time": examples.terms_edition(
        name="any_time",
        published=cast.FOUNDED,
        effective=cast.FOUNDED,
        says=examples.terms(contract=examples.contract_terms(terms_change=TermsChange.ANY_TIME)),
    ),
    "all and order": examples.terms_edition(
        name="all_and_order",
        published=cast.FOUNDED,
        effective=cast.FOUNDED,
        says=examples.terms(
            invoicing=examples.invoicing_terms(first_period_start=FirstPeriodStart.ORDER),
            cancellation=examples.cancellation_terms(debt=CancellationDebt.ALL_INVOICES),
        ),
    ),
}

NEXT_EDITION: Final = examples.terms(
    invoicing=examples.invoicing_terms(due_days=3, renewal_notice_days=15, first_period_start=FirstPeriodStart.PAYMENT),
    overdue=examples.overdue_terms(
        reminder_days=(-2, 1), suspend_days=3, terminate_days=12, last_notice_days=2, cancel_days=20
    ),
    cancellation=examples.cancellation_terms(deadline=CancellationDeadline.ANY_TIME),
    tax=examples.tax_terms(rates=(examples.tax_rate(rate_ppm=105_000), examples.EXPORT)),
)
"""Other numbers in nearly every field, which the provider may publish in mid-life."""

COUNTING: Final = (StandingState.OPEN, StandingState.PAID, StandingState.WRITTEN_OFF)
"""The standings whose settled money stays where it is; that of the others was released, and is credit."""

EMAILS: Final = ["one@clients.example", "two@clients.example"]
CURRENCIES: Final = ["USD", "JPY", "KWD"]
PLANS: Final[dict[str, PlanEdition]] = {plan.plan: plan for plan in cast.PLANS}
CYCLES: Final = [Cadence.MONTHLY, Cadence.MONTHLY, Cadence.QUARTERLY, Cadence.SEMIANNUAL, Cadence.ANNUAL]


class Life(RuleBasedStateMachine):
    """Days in the life of a provider, in memory."""

    counted: ClassVar[Counter[str]] = Counter()
    catalogue: ClassVar[tuple[PlanEdition, ...]] = cast.PLANS
    running_max: ClassVar[int] = 1000
    clients_max: ClassVar[int] = 1000

    clients = Bundle[ClientId]("clients")
    services = Bundle[ServiceId]("services")
    invoices = Bundle[InvoiceId]("invoices")
    notices = Bundle[PaymentNotice]("notices")

    def __init__(self) -> None:
        """Begin without a world."""
        super().__init__()
        self.received: Counter[ClientId] = Counter()
        self.keys = 0
        self.signed_up: dict[ClientId, Client] = {}

    def empty_store(self) -> cast.DumpStore:
        """Return the store to live on."""
        return MemoryStore()

    def is_full(self) -> bool:
        """Say whether as many services run, or wait to, as this life looks after."""
        left = [each for each in cast.all_of(self.world.store, Service) if each.state not in ENDED]
        return len(left) >= self.running_max

    @initialize(
        target=clients,
        begins=st.sampled_from(BEGINNINGS),
        zone=st.sampled_from(ZONES),
        edition=st.sampled_from([*EDITIONS]),
    )
    def found(self, begins: Day, zone: str, edition: str) -> ClientId:
        """Found the provider, and let a first client in."""
        self.world = cast.world(self.empty_store(), EDITIONS[edition], today=begins, clients=(), plans=self.catalogue)
        # Clients with much credit sleep for years here, and are charged for all of it on one day: no mistake.
        self.world.rulebook = evolve(self.world.rulebook, provider=evolve(cast.PROVIDER, zone=zone), charges_max=1000)
        return self.client("USD", CreditUse.APPLY)

    @precondition(lambda self: len(cast.all_of(self.world.store, Client)) < self.clients_max)
    @rule(
        target=clients,
        billed_in=st.sampled_from(CURRENCIES),
        credit_use=st.sampled_from(CreditUse),
    )
    def register(self, billed_in: str, credit_use: CreditUse) -> ClientId:
        """Let a client in."""
        return self.client(billed_in, credit_use)

    def client(self, billed_in: str, credit_use: CreditUse) -> ClientId:
        """Store a client of this currency, taxed at home if it pays in dollars."""
        self.keys += 1
        made = examples.client(
            name=f"cli_{self.keys}",
            tax_region="AR" if billed_in == "USD" else "export",
            billed_in=currency(billed_in),
            credit_use=credit_use,
        )
        occasion = self.world.at(Actor.CLIENT)
        accepted = RegistrationAccepted(currency=made.currency)
        assert register(self.world.store, made, occasion) == Did(answer=accepted, numbers=())
        assert register(self.world.store, made, occasion) == DidBefore()
        self.signed_up[made.id] = made
        return made.id

    @rule(of=clients, email=st.sampled_from(EMAILS), region=st.sampled_from(["AR", "export"]))
    def change(self, of: ClientId, email: str, region: str) -> None:
        """Say everything of a client anew: another region, and an e-mail that is its own, another's, or nobody's."""
        self.keys += 1
        stored = cast.all_of(self.world.store, Client)
        (own,) = [each for each in stored if each.id == of]
        said = ClientChange(
            key=f"h{self.keys}",
            client=of,
            legal=own.legal,
            email=email,
            phone=own.contact.phone,
            tax_region=region,
            locale=own.locale,
            credit_use=own.credit_use,
        )
        told = change_client(self.world.store, said, self.world.at(Actor.CLIENT))
        assert isinstance(told, Did)
        free = all(each.id == of or each.contact.email != email for each in stored)
        assert isinstance(told.answer, ClientChangeAccepted) is free

    @precondition(lambda self: not self.is_full())
    @rule(
        target=services,
        of=clients,
        plan=st.sampled_from([*PLANS]),
        cycle=st.sampled_from(CYCLES),
    )
    def order(self, of: ClientId, plan: str, cycle: Cadence) -> MultipleResults[ServiceId] | ServiceId:
        """Order a plan, accepted or refused."""
        self.keys += 1
        wanted = Order(
            key=f"o{self.keys}",
            client=of,
            plan=PlanId(plan),
            cycle=cycle,
            domain=cast.named(PLANS[plan], f"o{self.keys}"),
        )
        made = order(self.world.store, self.world.rulebook, wanted, self.world.at())
        assert isinstance(made, Did)
        if not isinstance(made.answer, OrderAccepted):
            assert made.numbers == ()
            return multiple()
        assert made.numbers
        self.counted["orders"] += 1
        return service_id(wanted.key)

    @precondition(lambda self: not self.is_full())
    @rule(target=services, of=clients, plan=st.sampled_from([cast.CLOUD.plan, cast.STUDIO.plan]))
    def begin(self, of: ClientId, plan: str) -> MultipleResults[ServiceId] | ServiceId:
        """Order, pay and activate in one day, as most do."""
        self.keys += 1
        wanted = Order(key=f"o{self.keys}", client=of, plan=PlanId(plan), cycle=Cadence.MONTHLY)
        made = order(self.world.store, self.world.rulebook, wanted, self.world.at())
        assert isinstance(made, Did)
        if not isinstance(made.answer, OrderAccepted):
            return multiple()
        service = service_id(wanted.key)
        standing = self.world.standing(service, 0)
        if standing.state is StandingState.OPEN:
            self.take(standing, standing.open_amount)
        self.world.activate(service)
        self.counted["orders"] += 1
        return service

    @rule(target=invoices, service=services)
    def look(self, service: ServiceId) -> MultipleResults[InvoiceId] | InvoiceId:
        """Pick the last invoice of a service, to be paid later or never."""
        standing = self.last_standing(service)
        return standing.id if standing is not None else multiple()

    def take(self, standing: Standing, amount: Money) -> PaymentNotice:
        """Take money for an invoice, whatever its state, and note it."""
        told = self.world.notice(standing.id, amount)
        made = pay(self.world.store, self.world.rulebook, told, self.world.at(Actor.GATEWAY))
        assert isinstance(made, Did)
        assert isinstance(made.answer, PaymentAccepted)
        assert made.answer.settlement.applied + made.answer.settlement.kept == amount
        self.received[standing.client] += amount.minor
        self.counted["payments"] += 1
        return told

    def last_standing(self, service: ServiceId) -> Standing | None:
        """Return where the latest invoice of the last period of a service stands; None where it was paid elsewhere."""
        stored = self.world.service(service)
        last = (stored.contract.number, stored.last_period)
        issued = [each.document for each in self.world.store.select(Invoice, OfServices((service,)))]
        found = [(each.revision, each.id) for each in issued if (each.contract, each.period_number) == last]
        return one(self.world.store, Standing, max(found)[1]).document if found else None

    @rule(target=notices, service=services)
    def pay_exactly(self, service: ServiceId) -> MultipleResults[PaymentNotice] | PaymentNotice:
        """Pay what is open of a service's last invoice."""
        standing = self.last_standing(service)
        if standing is None or standing.open_amount.minor == 0:
            return multiple()
        return self.take(standing, standing.open_amount)

    @rule(target=notices, service=services, percent=st.integers(1, 99))
    def pay_in_part(self, service: ServiceId, percent: int) -> MultipleResults[PaymentNotice] | PaymentNotice:
        """Pay a part of it."""
        standing = self.last_standing(service)
        if standing is None or standing.open_amount.minor < 2:
            return multiple()
        part = max(1, standing.open_amount.minor * percent // 100)
        return self.take(standing, Money(part, standing.total.currency))

    @rule(target=notices, service=services, times=st.integers(1, 4), extra=st.integers(1, 5))
    def pay_over(self, service: ServiceId, times: int, extra: int) -> MultipleResults[PaymentNotice] | PaymentNotice:
        """Pay it several times over."""
        standing = self.last_standing(service)
        if standing is None:
            return multiple()
        return self.take(standing, standing.total * times + Money(extra, standing.total.currency))

    @rule(target=notices, invoice=consumes(invoices), minor=st.integers(1, 20_000))
    def pay_whatever(self, invoice: InvoiceId, minor: int) -> PaymentNotice:
        """Pay some amount for an invoice that may be paid, cancelled or voided by now."""
        standing = one(self.world.store, Standing, invoice).document
        return self.take(standing, Money(minor, standing.total.currency))

    @rule(told=notices)
    def tell_again(self, told: PaymentNotice) -> None:
        """Tell a payment again, alone and in a file."""
        made = pay(self.world.store, self.world.rulebook, told, self.world.at(Actor.GATEWAY))
        assert made == DidBefore()
        report = take_payments(self.world.store, self.world.rulebook, [told, told], self.world.at(Actor.GATEWAY))
        assert (report.committed, report.parked, report.left) == (0, [], [])
        self.counted["duplicates"] += 1

    @rule(service=services)
    def pay_in_another_currency(self, service: ServiceId) -> None:
        """Send money that settles nothing."""
        standing = self.last_standing(service)
        if standing is None:
            return
        other = examples.JPY if standing.total.currency is not examples.JPY else examples.USD
        told = self.world.notice(standing.id, Money(100, other))
        made = pay(self.world.store, self.world.rulebook, told, self.world.at(Actor.GATEWAY))
        assert isinstance(made, Did)
        assert isinstance(made.answer, PaymentRefused)

    @rule(service=services)
    def provision(self, service: ServiceId) -> None:
        """Activate a service that is paid, or be told why not."""
        activate(self.world.store, self.world.rulebook, service, self.world.at(Actor.PROVISIONER))
        self.counted["activations"] += 1

    @rule(service=services, time=st.sampled_from(EndingTime))
    def leave(self, service: ServiceId, time: EndingTime) -> None:
        """Ask for the end of a service."""
        self.keys += 1
        at = self.world.at(Actor.CLIENT)
        request = CancellationRequest(key=f"leave{self.keys}", service=service, time=time)
        made = cancel(self.world.store, self.world.rulebook, request, at)
        assert isinstance(made, Did)
        self.counted["requests to leave"] += 1

    @rule(service=services)
    def stay(self, service: ServiceId) -> None:
        """Take a request back, where there is one."""
        self.keys += 1
        leaving = [each.id for each in cast.all_of(self.world.store, Service) if each.ending is not None]
        request = TakingBack(key=f"stay{self.keys}", service=min(leaving, default=service))
        made = take_back(self.world.store, self.world.rulebook, request, self.world.at(Actor.CLIENT))
        assert isinstance(made, Did)
        self.counted["requests taken back"] += isinstance(made.answer, TakenBack)

    @rule(service=services)
    def hear(self, service: ServiceId) -> None:
        """Let a channel take the last notice of a service's last invoice, if there is one."""
        standing = self.last_standing(service)
        if standing is not None:
            take_last_notice(self.world.store, self.world.rulebook, standing.id, self.world.at())

    @rule(page=st.sampled_from([1, 2, 500]))
    def bill(self, page: int) -> None:
        """Bill the day; asked again, nothing is left to do."""
        report = bill_day(self.world.store, self.world.rulebook, self.world.at(), page=page)
        assert (report.parked, report.left) == ([], [])
        assert bill_day(self.world.store, self.world.rulebook, self.world.at()).committed == 0
        self.counted["plans of billing"] += report.committed

    @rule(days=st.sampled_from(JUMPS))
    def sleep(self, days: int) -> None:
        """Let days go by without a run."""
        self.world.today = add_days(self.world.today, days)

    @rule(days=st.sampled_from(JUMPS))
    def go_on(self, days: int) -> None:
        """Let days go by, billing each."""
        before = len(self.world.numbers())
        self.world.bill_to(add_days(self.world.today, days))
        self.counted["days billed"] += days
        self.counted["renewals"] += len(self.world.numbers()) - before

    @rule(service=services)
    def discontinue(self, service: ServiceId) -> None:
        """Discontinue a service, accepted or refused; twice asked is once done."""
        self.keys += 1
        request = Discontinuing(key=f"d{self.keys}", service=service)
        occasion = self.world.at(Actor.STAFF)
        made = discontinue(self.world.store, self.world.rulebook, request, occasion)
        assert isinstance(made, Did)
        if isinstance(made.answer, DiscontinuationAccepted):
            self.counted["discontinuations"] += 1
            assert discontinue(self.world.store, self.world.rulebook, request, occasion) == DidBefore()
            assert self.world.service(service).next_step == made.answer.effective

    @rule(notice_days=st.integers(0, 40))
    def publish(self, notice_days: int) -> None:
        """Publish an edition that is effective in some days, once."""
        name = "terms_next"
        if any(each.id == name for each in self.world.rulebook.editions.editions):
            return
        effective = add_days(self.world.today, notice_days)
        self.world.publish(
            examples.terms_edition(name=name, published=self.world.today, effective=effective, says=NEXT_EDITION)
        )

    @invariant()
    def nothing_is_violated(self) -> None:
        """No invariant of the audit is broken, ever."""
        if hasattr(self, "world"):
            assert cast.findings(self.world.store) == []
            self.counted["audits"] += 1

    @invariant()
    def numbers_have_no_gap(self) -> None:
        """PAY-12: from 1, in one series."""
        if hasattr(self, "world"):
            numbers = self.world.numbers()
            assert numbers == list(range(1, len(numbers) + 1))

    @invariant()
    def money_is_kept(self) -> None:
        """PAY-6, PAY-7: all that ever came in stands on invoices or is credit, which is never below zero."""
        if not hasattr(self, "world"):
            return
        settled: Counter[ClientId] = Counter()
        for standing in cast.all_of(self.world.store, Standing):
            if standing.state in COUNTING:
                settled[standing.client] += standing.settled.minor
        for client in cast.all_of(self.world.store, Client):
            credit = self.world.credit(client.id)
            assert credit >= 0
            assert settled[client.id] + credit == self.received[client.id]

    @invariant()
    def at_most_one_invoice_is_open(self) -> None:
        """REN-9: a service never owes two periods."""
        if hasattr(self, "world"):
            for service in cast.all_of(self.world.store, Service):
                assert len(service.open_invoices) <= 1

    @invariant()
    def no_charge_is_made_twice(self) -> None:
        """REN-1: one invoice that counts for each service and period."""
        if not hasattr(self, "world"):
            return
        withdrawn = {each.id for each in cast.all_of(self.world.store, Standing) if each.is_withdrawn}
        charged = Counter(
            (each.service, each.contract, each.period_number)
            for each in cast.all_of(self.world.store, Invoice)
            if each.id not in withdrawn and each.period_number is not None
        )
        assert all(times == 1 for times in charged.values())

    def teardown(self) -> None:
        """Bill for two months more, and audit a last time."""
        if hasattr(self, "world"):
            self.world.bill_to(add_days(self.world.today, 62))
            self.nothing_is_violated()
            self.money_is_kept()
