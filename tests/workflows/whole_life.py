"""A machine that lives whole lives: beside all that clients and staff do, the provider's own deeds, over a whole catalogue.

What is asked twice is done once; what was refused is refused again, for the same reasons.
"""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, TypeVar

from attrs import evolve
from hypothesis import strategies as st
from hypothesis.stateful import MultipleResults, invariant, multiple, precondition, rule

from altocore.adapters.sqlite import SqliteStore
from altocore.analysis.example import PLANS as EXAMPLE
from altocore.billing.payments import Payment
from altocore.billing.standing import Standing, StandingState
from altocore.catalogue.kinds import Administration, Trait
from altocore.catalogue.plans import PlanEdition, PlanItem
from altocore.clients.clients import Client
from altocore.lifecycle.events import Actor, Occasion, ServiceEvent, fold
from altocore.lifecycle.events import Life as Lived
from altocore.lifecycle.machine import ENDED, RUNNING, ServiceState
from altocore.lifecycle.reasons import SuspensionReason, TerminationReason
from altocore.lifecycle.registrations import RenewalChoice
from altocore.lifecycle.service import Service
from altocore.policy.governing import invoice_edition
from altocore.policy.order import OrderAccepted
from altocore.policy.reactivation import ReactivationDue
from altocore.policy.recovery import NotRecoverable
from altocore.policy.renewal_choice import RenewalChosen
from altocore.policy.restoration import RestorationGranted
from altocore.policy.suspension import SuspensionDue
from altocore.policy.termination import TerminationGranted
from altocore.policy.upgrade import UpgradeQuoted
from altocore.terms.parts import Terms
from altocore.values.anchors import Cadence
from altocore.values.currencies import Currency
from altocore.values.cycles import Cycle
from altocore.values.days import add_days, days_from
from altocore.values.exchange import exchange_rate
from altocore.values.ids import ClientId, ServiceId
from altocore.values.instants import civil_day
from altocore.values.periods import Period
from altocore.workflows import enquiries
from altocore.workflows.activating import activate
from altocore.workflows.choosing_renewal import SettingRenewal, set_renewal
from altocore.workflows.door import Did, DidBefore, Result
from altocore.workflows.explaining import explain_invoice
from altocore.workflows.last_notices import take_last_notice
from altocore.workflows.one import one
from altocore.workflows.ordering import Order, order, service_id
from altocore.workflows.reactivating import Lifting, lift
from altocore.workflows.registering import publish
from altocore.workflows.restoring import Restoring, restore
from altocore.workflows.subscribers import Intention, Subscriber, take_in
from altocore.workflows.suspending import Suspending, suspend
from altocore.workflows.taking_over import TakeOver
from altocore.workflows.terminating import Terminating, terminate
from tests import cast as examples
from tests.workflows import cast
from tests.workflows.life import EDITIONS, NEXT_EDITION, PLANS
from tests.workflows.staffed_life import StaffedLife

A = TypeVar("A")

SAYS: Final[tuple[Terms, ...]] = (*[edition.terms for edition in EDITIONS.values()], NEXT_EDITION)
"""What an edition of the terms may say."""

CATALOGUE: Final[tuple[PlanEdition, ...]] = (*PLANS.values(), *EXAMPLE.values())
"""The plans of the worlds, and those of the example: of every kind, in every cycle, with setup, add-ons and parts."""

SOLD: Final = tuple([(plan, cycle, of) for plan in CATALOGUE for cycle, of in plan.sold])
ANCHORED: Final = (0, 1, 27, 28, 31, 60, 365, 366)
"""How many days ago a contract began that is taken over."""

SPANS: Final = (10, 31, 31, 62, 184)
LATE: Final = (None, -1, -1, 0, 6, 20, 29, 45)
"""How many days after the due day clients pay: never, in time, before or after each step of the timeline."""

EDITIONS_MAX: Final = 4


class WholeLife(StaffedLife):
    """Days in the life of a provider that does all that it may."""

    catalogue = CATALOGUE
    running_max = 3
    clients_max = 3

    def once(self, ask: Callable[[], Result[A]], yes: type[object]) -> A:
        """Ask twice, and return the answer."""
        told = ask()
        assert isinstance(told, Did)
        assert ask() == (DidBefore() if isinstance(told.answer, yes) else told)
        return told.answer

    def staff(self) -> Occasion:
        """Return the occasion of somebody named."""
        return evolve(self.world.at(Actor.STAFF), by="staff-17")

    def currency(self, client: ClientId) -> Currency:
        """Return what a client is billed in."""
        return one(self.world.store, Client, client).document.currency

    @rule(hour=st.integers(0, 22))
    def wait(self, hour: int) -> None:
        """Let hours go by; the shortest day has twenty-three."""
        self.world.hour = max(hour, self.world.hour)

    @precondition(lambda self: not self.is_full())
    @rule(target=StaffedLife.services, of=StaffedLife.clients, row=st.integers(0, 999), chosen=st.data())
    def order_any(self, of: ClientId, row: int, chosen: st.DataObject) -> MultipleResults[ServiceId] | ServiceId:
        """Order any plan of the catalogue in a cycle that it is sold in, with some of its add-ons; accepted or refused."""
        sold = [(plan, cycle) for plan, cycle, code in SOLD if code is self.currency(of)]
        plan, cycle = sold[row % len(sold)]
        addons = (
            chosen.draw(st.lists(st.sampled_from([each.id for each in plan.addons]), unique=True))
            if plan.addons
            else []
        )
        server = plan.has_trait(Trait.SERVER)
        key = self.key()
        wanted = Order(
            key=key,
            client=of,
            plan=plan.plan,
            cycle=cycle,
            addons=tuple(addons),
            administration=chosen.draw(st.sampled_from(Administration)) if server else None,
            domain=cast.named(plan, key),
        )
        at = self.world.at(Actor.CLIENT)
        answer = self.once(lambda: order(self.world.store, self.world.rulebook, wanted, at), OrderAccepted)
        self.counted["orders"] += isinstance(answer, OrderAccepted)
        return service_id(wanted.key) if isinstance(answer, OrderAccepted) else multiple()

    @precondition(lambda self: not self.is_full())
    @rule(target=StaffedLife.services, of=StaffedLife.clients, row=st.integers(0, 99), ago=st.sampled_from(ANCHORED))
    def take_over(self, of: ClientId, row: int, ago: int) -> ServiceId:
        """Take over a contract that runs elsewhere; its running period counts as paid."""
        sold = [(plan, cycle) for plan, cycle, code in SOLD if code is self.currency(of) and _is_plain(plan, cycle)]
        plan, cycle = sold[row % len(sold)]
        assert isinstance(cycle, Cadence)
        key = self.key()
        contract = TakeOver(
            key=key,
            client=of,
            plan_edition=plan.id,
            cycle=cycle,
            anchor=add_days(self.world.today, -ago),
            domain=cast.named(plan, key),
        )
        client = one(self.world.store, Client, of).document
        taken = Subscriber(client=client, plan=plan, contract=contract, intention=Intention.STAY)
        for _ in range(2):
            list(take_in(self.world.store, self.world.rulebook, [taken], self.world.at(Actor.STAFF)))
        self.counted["contracts taken over"] += 1
        return service_id(contract.key)

    @rule(service=StaffedLife.services, reason=st.sampled_from(SuspensionReason))
    def suspend(self, service: ServiceId, reason: SuspensionReason) -> None:
        """Suspend a service for a reason, or for one more."""
        request, at = Suspending(key=self.key(), service=service, reason=reason), self.staff()
        answer = self.once(lambda: suspend(self.world.store, self.world.rulebook, request, at), SuspensionDue)
        self.counted["suspensions"] += isinstance(answer, SuspensionDue)

    @rule()
    def lift(self) -> None:
        """Lift the first reason that a service is suspended for; a debt is lifted by no hand."""
        suspended = [each for each in cast.all_of(self.world.store, Service) if each.suspensions]
        if not suspended:
            return
        service, at = suspended[0], self.staff()
        request = Lifting(key=self.key(), service=service.id, reason=service.suspensions[0])
        answer = self.once(lambda: lift(self.world.store, self.world.rulebook, request, at), ReactivationDue)
        self.counted["reasons lifted"] += isinstance(answer, ReactivationDue)
        assert (request.reason is SuspensionReason.OVERDUE) is not isinstance(answer, ReactivationDue)

    @rule(days=st.sampled_from(SPANS), late=st.sampled_from(LATE))
    def live(self, days: int, late: int | None) -> None:
        """Let days go by as they do: clients pay so many days after the due day, what is paid is provisioned, channels tell."""
        for _ in range(days):
            self.world.today = add_days(self.world.today, 1)
            for standing in self.open():
                if late is not None and add_days(standing.due, late) <= self.world.today:
                    self.take(standing, standing.open_amount)
            for service in cast.all_of(self.world.store, Service):
                if service.state is ServiceState.PENDING:
                    activate(self.world.store, self.world.rulebook, service.id, self.world.at(Actor.PROVISIONER))
            self.counted["renewals"] -= len(self.world.numbers())
            self.world.bill()
            self.counted["renewals"] += len(self.world.numbers())
            for standing in self.open():
                if standing.last_notice_queued is not None:
                    take_last_notice(self.world.store, self.world.rulebook, standing.id, self.world.at())
        self.counted["days billed"] += days

    def open(self) -> list[Standing]:
        """Return where every invoice stands that is open."""
        return [each for each in cast.all_of(self.world.store, Standing) if each.state is StandingState.OPEN]

    @rule(service=StaffedLife.services, choice=st.sampled_from(RenewalChoice))
    def set_renewal(self, service: ServiceId, choice: RenewalChoice) -> None:
        """Set a domain to renew or not, the first one where this service is none; refused where there is none."""
        stored = cast.all_of(self.world.store, Service)
        domains = [each.id for each in stored if each.registration is not None and each.state in RUNNING]
        request = SettingRenewal(key=self.key(), service=min(domains, default=service), choice=choice)
        at = self.world.at(Actor.CLIENT)
        answer = self.once(lambda: set_renewal(self.world.store, self.world.rulebook, request, at), RenewalChosen)
        self.counted["domains set to renew or not"] += isinstance(answer, RenewalChosen)

    @invariant()
    def no_debt_ends_a_domain(self) -> None:
        """PAY-16: its renewal unpaid, a domain lapses: it is never suspended, nor terminated for a debt."""
        domains = {each.id for each in cast.all_of(self.world.store, Service) if each.registration is not None}
        for event in cast.all_of(self.world.store, ServiceEvent):
            assert event.service not in domains or event.suspension is None
            assert event.service not in domains or event.termination is not TerminationReason.DEBT

    @rule(service=StaffedLife.services, reason=st.sampled_from(TerminationReason))
    def terminate(self, service: ServiceId, reason: TerminationReason) -> None:
        """Exercise a right that there is, or be told that there is none."""
        request = Terminating(key=self.key(), service=service, reason=reason, evidence=self.evidence(service, reason))
        at = self.staff()
        answer = self.once(lambda: terminate(self.world.store, self.world.rulebook, request, at), TerminationGranted)
        self.counted["rights exercised"] += isinstance(answer, TerminationGranted)

    @rule(service=StaffedLife.services, by=st.sampled_from((Actor.CLIENT, Actor.STAFF)))
    def restore(self, service: ServiceId, by: Actor) -> None:
        """Ask for a service that has ended, or be told why it does not come back; the offer can be paid like any invoice."""
        before = self.world.service(service)
        billed_in = self.currency(before.client).code
        rate = None if billed_in == "USD" else exchange_rate("USD", billed_in, "149.5")
        request, at = Restoring(key=self.key(), service=service, rate=rate), self.world.at(by)
        preview = enquiries.restoration(self.world.store, self.world.rulebook, before.client, request, at)
        answer = self.once(lambda: restore(self.world.store, self.world.rulebook, request, at), RestorationGranted)
        assert answer == preview
        self.counted["restorations"] += isinstance(answer, RestorationGranted)
        assert before.state in ENDED or not isinstance(answer, RestorationGranted)

    def evidence(self, service: ServiceId, reason: TerminationReason) -> str:
        """Return the id of what a reason points at, if there is any."""
        client = self.world.service(service).client
        if reason is TerminationReason.CHARGEBACK:
            return next((each.id for each in cast.all_of(self.world.store, Payment) if each.client == client), "")
        if reason is TerminationReason.ADMINISTRATIVE_COSTS:
            services = [each for each in cast.all_of(self.world.store, Service) if each.client == client]
            return next((each for owner in services for each in owner.open_costs), "")
        return ""

    @rule(says=st.sampled_from(SAYS), notice_days=st.integers(0, 40))
    def publish_terms(self, says: Terms, notice_days: int) -> None:
        """Publish one more edition of the terms, effective in some days."""
        known = self.world.rulebook.editions.editions
        if len(known) < EDITIONS_MAX:
            effective = add_days(self.world.today, notice_days)
            name = f"terms_{len(known)}"
            self.world.publish(
                examples.terms_edition(name=name, published=self.world.today, effective=effective, says=says)
            )

    @rule(plan=st.sampled_from(CATALOGUE), notice_days=st.integers(0, 40))
    def publish_plan(self, plan: PlanEdition, notice_days: int) -> None:
        """Publish an edition of a plan at twice the price, effective in some days; who runs keeps the old one."""
        effective = add_days(self.world.today, notice_days)
        dearer = evolve(plan, published=self.world.today, effective=effective, items=_dearer(plan.items))
        publish(self.world.store, [examples.said_again(dearer)])

    @rule(of=StaffedLife.clients, row=st.integers(0, 999))
    def ask(self, of: ClientId, row: int) -> None:
        """Ask all that a client may ask: it changes nothing."""
        store, rulebook, today = self.world.store, self.world.rulebook, self.world.today
        before = self.world.dump()
        for view in enquiries.invoices_of(store, of, limit=3).items:
            explain_invoice(store, view.invoice.id)
            enquiries.timeline_of(store, of, view.invoice.id, today)
        enquiries.history(store, of)
        enquiries.dues(store, of, today)
        enquiries.ageing(store, of, today)
        enquiries.statement(store, of, Period(start=add_days(today, -90), end=add_days(today, 1)))
        billed_in = self.currency(of).code
        rate = None if billed_in == "USD" else exchange_rate("USD", billed_in, "149.5")
        for service in [each for each in cast.all_of(store, Service) if each.client == of][:3]:
            backup = enquiries.Backup(last=add_days(today, -30), rate=rate)
            answer = enquiries.recovery(store, rulebook, of, service.id, backup, today)
            assert service.state in ENDED or isinstance(answer, NotRecoverable)
            self.quote(service, row)
        assert self.world.dump() == before

    def quote(self, service: Service, row: int) -> None:
        """Ask what another plan and another cycle would cost: whatever became of the service, in every reading."""
        store, rulebook, today = self.world.store, self.world.rulebook, self.world.today
        plan, cycle, _ = SOLD[row % len(SOLD)]
        change = enquiries.PlanChange(
            plan=plan.plan,
            cycle=None if row % 2 else cycle,
            addons=() if row % 3 else None,
            administration=Administration.CLIENT if plan.has_trait(Trait.SERVER) else None,
            storage=enquiries.Storage(stored_mb=row, room_mb=row),
        )
        quote = enquiries.quote_change(store, rulebook, service.client, service.id, change, today)
        if isinstance(quote, enquiries.ChangeQuote):
            held = (quote.facts.running, *quote.facts.ahead)
            for reading in enquiries.side_by_side(quote):
                if isinstance(reading.answer, UpgradeQuoted):
                    self.counted["changes quoted"] += 1
                    assert min(reading.answer.charge.minor, reading.answer.tax.minor) >= 0
                    assert 0 <= reading.answer.credit.minor <= sum(each.paid.minor for each in held)
                    assert 0 <= reading.answer.credit_tax.minor <= sum(each.tax.minor for each in held)
                    assert service.state in RUNNING
        enquiries.quote_cycle(store, rulebook, service.client, service.id, cycle, today)

    @invariant()
    def the_life_is_the_fold_of_its_events(self) -> None:
        """LIF-8: of every service; each event falls on its civil day in the provider's zone."""
        if not hasattr(self, "world"):
            return
        zone = self.world.rulebook.provider.zone
        for service in cast.all_of(self.world.store, Service):
            events = self.world.events(service.id)
            assert fold(events) == Lived(state=service.state, suspensions=service.suspensions)
            assert all(civil_day(event.at, zone) == event.day for event in events)

    @invariant()
    def no_debt_ends_a_service_unannounced(self) -> None:
        """PAY-2: before a termination for debt a channel has taken the last notice, `last_notice_days` ago."""
        if not hasattr(self, "world"):
            return
        for event in cast.all_of(self.world.store, ServiceEvent):
            if event.termination is TerminationReason.DEBT:
                owed = one(self.world.store, Standing, event.cause).document
                terms = invoice_edition(self.world.rulebook.editions, owed.terms_edition).terms.overdue
                assert owed.last_notice_taken is not None
                assert days_from(owed.last_notice_taken, event.day) >= terms.last_notice_days


def _is_plain(plan: PlanEdition, cycle: Cycle) -> bool:
    return isinstance(cycle, Cadence) and not plan.has_trait(Trait.SERVER)


def _dearer(items: tuple[PlanItem, ...]) -> tuple[PlanItem, ...]:
    """Return the items at twice the price."""
    return tuple(
        [
            evolve(item, prices=tuple([evolve(price, amount=price.amount * 2) for price in item.prices]))
            for item in items
        ]
    )


class WholeOnDisk(WholeLife):
    """The same life on a database, which is closed and opened again now and then."""

    def empty_store(self) -> cast.DumpStore:
        """Return a store in a folder of its own."""
        self.folder = TemporaryDirectory()
        self.opened = SqliteStore.open(Path(self.folder.name) / "life.sqlite")
        return self.opened

    @rule()
    def read_back(self) -> None:
        """Close the database and open it again: it holds what it held."""
        before = self.world.dump()
        self.opened.close()
        self.opened = SqliteStore.open(Path(self.folder.name) / "life.sqlite")
        self.world.store = self.opened
        assert self.world.dump() == before

    def teardown(self) -> None:
        """Close what was opened."""
        try:
            super().teardown()
        finally:
            if hasattr(self, "opened"):
                self.opened.close()
                self.folder.cleanup()
