"""A provider's world in a test: a store, its rulebook, a day, and what happens on that day in one word each.

Every verb acts on the day at hand, and expects a yes: a no is a failure of the test, with the reasons in it.
"""

from typing import TypeVar

from attrs import define, field

from altocore.billing.invoices import Invoice, invoice_id
from altocore.billing.payments import PaymentNotice
from altocore.billing.standing import Standing, StandingState
from altocore.catalogue.kinds import Administration
from altocore.catalogue.plans import PlanEdition
from altocore.lifecycle.events import Actor, Occasion, ServiceEvent
from altocore.lifecycle.machine import ServiceState
from altocore.lifecycle.registrations import RenewalChoice
from altocore.lifecycle.service import EndingTime, Service
from altocore.plans.messages import Message, MessageKind, MessageState
from altocore.plans.reading import OfServices
from altocore.policy.activation import ActivationGranted
from altocore.policy.cancellation import CancellationAccepted
from altocore.policy.discontinuation import DiscontinuationAccepted
from altocore.policy.order import OrderAccepted
from altocore.policy.payment import PaymentAccepted
from altocore.policy.renewal_choice import RenewalChosen
from altocore.ports.store import Store
from altocore.terms.editions import TermsEdition
from altocore.testing.checks import CheckFailed
from altocore.values.cycles import Cycle
from altocore.values.days import Day, add_days
from altocore.values.domains import DomainName
from altocore.values.ids import AddonId, ClientId, InvoiceId, ServiceId
from altocore.values.instants import start_of_day
from altocore.values.money import Money
from altocore.workflows.activating import activate
from altocore.workflows.cancelling import CancellationRequest, cancel
from altocore.workflows.changing_terms import change_terms
from altocore.workflows.choosing_renewal import SettingRenewal, set_renewal
from altocore.workflows.day import bill_day
from altocore.workflows.discontinuing import Discontinuing, discontinue
from altocore.workflows.door import Did, Result
from altocore.workflows.last_notices import take_last_notice
from altocore.workflows.one import one
from altocore.workflows.ordering import Order, order, service_id
from altocore.workflows.pages import PAGE
from altocore.workflows.paying import pay
from altocore.workflows.registering import publish
from altocore.workflows.reports import Report
from altocore.workflows.rulebook import Rulebook, load_rulebook

__all__ = ["World", "yes"]

A = TypeVar("A")
Y = TypeVar("Y")


def yes(result: Result[A]) -> A:
    """Return the answer of a deed that was done now.

    Raises:
        CheckFailed: it was done before.
    """
    if not isinstance(result, Did):
        raise CheckFailed("done now", "it was done before")
    return result.answer


@define(kw_only=True)
class World:
    """A store and its rulebook, on a day. `transactions` counts the payments that were told so far."""

    store: Store = field()
    rulebook: Rulebook = field()
    today: Day = field()
    transactions: int = field(default=0)

    def at(self, actor: Actor = Actor.BILLING_RUN) -> Occasion:
        """Return the occasion of today: its first instant in the provider's zone."""
        return Occasion(day=self.today, at=start_of_day(self.today, self.rulebook.provider.zone), actor=actor)

    def publish(self, edition: TermsEdition) -> None:
        """Make an edition of the terms known, read the rulebook again, and let the edition reach whom it may reach."""
        publish(self.store, [edition])
        before = self.rulebook
        self.rulebook = load_rulebook(self.store, before.provider, charges_max=before.charges_max)
        report = change_terms(self.store, self.rulebook, edition.id, self.at(Actor.STAFF))
        if report.parked or report.left:
            raise CheckFailed("every contract is asked", f"parked {report.parked!r}, left {report.left!r}")

    def order(  # noqa: PLR0913  # one keyword for each thing that an order says
        self,
        key: str,
        *,
        of: ClientId,
        plan: PlanEdition,
        cycle: Cycle,
        addons: tuple[AddonId, ...] = (),
        administration: Administration | None = None,
        domain: DomainName | None = None,
    ) -> ServiceId:
        """Order a plan, which must be accepted, and return its service; its edition is the one in force today."""
        wanted = Order(
            key=key,
            client=of,
            plan=plan.plan,
            cycle=cycle,
            addons=addons,
            administration=administration,
            domain=domain,
        )
        _expected(OrderAccepted, yes(order(self.store, self.rulebook, wanted, self.at())))
        return service_id(key)

    def run(  # noqa: PLR0913  # one keyword for each thing that an order says
        self,
        key: str,
        *,
        of: ClientId,
        plan: PlanEdition,
        cycle: Cycle,
        addons: tuple[AddonId, ...] = (),
        administration: Administration | None = None,
        domain: DomainName | None = None,
    ) -> ServiceId:
        """Order, pay and activate today."""
        service = self.order(
            key, of=of, plan=plan, cycle=cycle, addons=addons, administration=administration, domain=domain
        )
        if self.standing(service, 0).state is StandingState.OPEN:
            self.pay(service, 0)
        self.activate(service)
        return service

    def notice(self, invoice: InvoiceId, amount: Money | None = None) -> PaymentNotice:
        """Return a payment of all that is open, or of this amount, under a new transaction."""
        self.transactions += 1
        return PaymentNotice(
            gateway="cards",
            transaction=str(self.transactions),
            means="card",
            invoice=invoice,
            amount=amount or one(self.store, Standing, invoice).document.open_amount,
            received=self.today,
        )

    def pay(self, service: ServiceId, number: int, amount: Money | None = None) -> PaymentAccepted:
        """Pay the invoice of a period, in full or with this amount, which must be taken."""
        return self.pay_invoice(invoice_id(service, 1, number), amount)

    def pay_invoice(self, invoice: InvoiceId, amount: Money | None = None) -> PaymentAccepted:
        """Pay an invoice, in full or with this amount, which must be taken."""
        told = self.notice(invoice, amount)
        return _expected(PaymentAccepted, yes(pay(self.store, self.rulebook, told, self.at(Actor.GATEWAY))))

    def activate(self, service: ServiceId) -> Day:
        """Provision a service, which must be granted, and return its anchor."""
        answer = yes(activate(self.store, self.rulebook, service, self.at(Actor.PROVISIONER)))
        return _expected(ActivationGranted, answer).anchor

    def cancel(
        self, service: ServiceId, key: str = "leave", time: EndingTime = EndingTime.END_OF_PERIOD
    ) -> CancellationAccepted:
        """Ask for the end of a service, with its period or at once, which must be accepted."""
        request = CancellationRequest(key=key, service=service, time=time)
        answer = yes(cancel(self.store, self.rulebook, request, self.at(Actor.CLIENT)))
        return _expected(CancellationAccepted, answer)

    def set_renewal(self, service: ServiceId, choice: RenewalChoice, key: str = "choice") -> RenewalChosen:
        """Set a domain to renew or not to renew, which must be accepted."""
        request = SettingRenewal(key=key, service=service, choice=choice)
        answer = yes(set_renewal(self.store, self.rulebook, request, self.at(Actor.CLIENT)))
        return _expected(RenewalChosen, answer)

    def discontinue(self, service: ServiceId, key: str = "discontinue") -> Day:
        """Discontinue a service with its period, which must be accepted, and return the day of its end."""
        request = Discontinuing(key=key, service=service)
        answer = yes(discontinue(self.store, self.rulebook, request, self.at(Actor.STAFF)))
        return _expected(DiscontinuationAccepted, answer).effective

    def take_last_notice(self, service: ServiceId, number: int) -> Standing:
        """Let a channel take the last notice of an invoice today."""
        return yes(take_last_notice(self.store, self.rulebook, invoice_id(service, 1, number), self.at()))

    def bill(self, *, page: int = PAGE) -> Report:
        """Run today's billing; nothing may be parked or left."""
        report = bill_day(self.store, self.rulebook, self.at(), page=page)
        if report.parked or report.left:
            raise CheckFailed("everything is billed", f"parked {report.parked!r}, left {report.left!r}")
        return report

    def bill_to(self, last: Day) -> None:
        """Run the billing of every day after today, up to and with the last."""
        while self.today < last:
            self.today = add_days(self.today, 1)
            self.bill()

    def bill_once(self, on: Day) -> Report:
        """Run no billing until this day, and then one."""
        self.today = on
        return self.bill()

    def service(self, service: ServiceId) -> Service:
        """Return a service as it stands."""
        return one(self.store, Service, service).document

    def state(self, service: ServiceId) -> ServiceState:
        """Return a service's state."""
        return self.service(service).state

    def invoice(self, service: ServiceId, number: int) -> Invoice:
        """Return the invoice of a period."""
        return one(self.store, Invoice, invoice_id(service, 1, number)).document

    def standing(self, service: ServiceId, number: int) -> Standing:
        """Return where the invoice of a period stands."""
        return one(self.store, Standing, invoice_id(service, 1, number)).document

    def events(self, service: ServiceId) -> list[ServiceEvent]:
        """Return what happened to a service, in order."""
        found = [stored.document for stored in self.store.select(ServiceEvent, OfServices((service,)))]
        return sorted(found, key=lambda event: event.number)

    def credit(self, client: ClientId) -> int:
        """Return a client's credit in minor units."""
        return self.store.credit((client,)).get(client, 0)

    def messages(self, *kinds: MessageKind) -> list[Message]:
        """Return the messages of these kinds in the order in which they were written; of all, where none is named."""
        return [each for each in self.store.messages() if not kinds or each.kind in kinds]

    def told(self, *kinds: MessageKind) -> list[tuple[Day, MessageKind]]:
        """Return day and kind of the messages that are sent."""
        return [(each.day, each.kind) for each in self.messages(*kinds) if each.state is MessageState.QUEUED]


def _expected(kind: type[Y], answer: object) -> Y:
    """Return an answer that is a yes."""
    if not isinstance(answer, kind):
        raise CheckFailed(kind.__name__, f"the answer is {answer!r}")
    return answer
