"""What somebody outside does: each deed has its claims, can be done over any store, and says what must be there after it."""

from typing import Final, Protocol, TypeAlias, final

from attrs import field, frozen

from altocore.billing.invoices import Invoice, invoice_id
from altocore.billing.standing import Standing, StandingState
from altocore.clients.clients import Client
from altocore.errors import Unavailable
from altocore.lifecycle.events import Actor, ServiceEvent, event_id
from altocore.lifecycle.service import EndingTime, Service
from altocore.plans.documents import Document
from altocore.plans.plan import Claim
from altocore.policy.activation import ActivationGranted
from altocore.policy.order import OrderAccepted
from altocore.policy.payment import PaymentAccepted
from altocore.ports.store import Store
from altocore.terms.editions import TermsEdition
from altocore.values.days import Day
from altocore.values.ids import InvoiceId, ServiceId
from altocore.workflows.activating import activate
from altocore.workflows.cancelling import CancellationRequest, cancel, request_deed
from altocore.workflows.changing_terms import change_terms
from altocore.workflows.door import Did, DidBefore, Result, claim
from altocore.workflows.last_notices import take_last_notice
from altocore.workflows.ordering import Order, order, service_id
from altocore.workflows.registering import plan_publication, publish, register, registration_deed
from altocore.workflows.reports import Report
from altocore.workflows.rulebook import Rulebook, load_rulebook
from tests.simulation.asking import GRANTED, Asks
from tests.workflows.cast import occasion

__all__ = [
    "Activates",
    "Comes",
    "Deed",
    "Hears",
    "Leaves",
    "Makes",
    "Orders",
    "Publishes",
    "is_yes",
]

YES: Final = (*GRANTED, OrderAccepted, PaymentAccepted, ActivationGranted, Client, TermsEdition, Report)
"""The answers that promise something."""


Makes: TypeAlias = tuple[tuple[type[Document], str], ...]


class Deed(Protocol):
    """One deed of somebody outside."""

    @property
    def claims(self) -> tuple[Claim, ...]:
        """What is claimed once it is told done."""
        ...

    @property
    def makes(self) -> Makes:
        """The documents that are there then."""
        ...

    def do(self, store: Store, rulebook: Rulebook, today: Day) -> Result[object]:
        """Do it, and return what was told."""
        ...


@final
@frozen
class Comes:
    """A client is registered."""

    client: Client = field()

    @property
    def claims(self) -> tuple[Claim, ...]:
        return (registration_deed(self.client),)

    @property
    def makes(self) -> Makes:
        return ((Client, self.client.id),)

    def do(self, store: Store, _rulebook: Rulebook, today: Day) -> Result[object]:
        return register(store, self.client, occasion(today, Actor.CLIENT))


@final
@frozen
class Publishes:
    """Staff makes an edition of the terms known, and lets it reach the contracts that it may reach."""

    edition: TermsEdition = field()

    @property
    def claims(self) -> tuple[Claim, ...]:
        return (plan_publication(self.edition).deed,)

    @property
    def makes(self) -> Makes:
        return ((TermsEdition, self.edition.id),)

    def do(self, store: Store, rulebook: Rulebook, today: Day) -> Result[object]:
        publish(store, [self.edition])
        fresh = load_rulebook(store, rulebook.provider)
        report = change_terms(store, fresh, self.edition.id, occasion(today, Actor.STAFF))
        if report.left:
            raise Unavailable("others were faster")
        return Did(answer=self.edition, numbers=())


@final
@frozen
class Orders:
    """A client orders a plan."""

    order: Order = field()

    @property
    def claims(self) -> tuple[Claim, ...]:
        return Asks(self.order, Actor.CLIENT).claims

    @property
    def makes(self) -> Makes:
        return ((Service, service := service_id(self.order.key)), (Invoice, invoice_id(service, 1, 0)))

    def do(self, store: Store, rulebook: Rulebook, today: Day) -> Result[object]:
        return order(store, rulebook, self.order, occasion(today, Actor.CLIENT))


@final
@frozen
class Activates:
    """Somebody says that a service is provisioned."""

    service: ServiceId = field()

    @property
    def claims(self) -> tuple[Claim, ...]:
        return (claim("activation", f"{self.service}/1"),)

    @property
    def makes(self) -> Makes:
        return ((ServiceEvent, event_id(self.service, 1)),)

    def do(self, store: Store, rulebook: Rulebook, today: Day) -> Result[object]:
        return activate(store, rulebook, self.service, occasion(today, Actor.PROVISIONER))


@final
@frozen
class Leaves:
    """A client asks for the end of a service."""

    key: str = field()
    service: ServiceId = field()
    time: EndingTime = field()

    @property
    def claims(self) -> tuple[Claim, ...]:
        return (request_deed(self._request()),)

    @property
    def makes(self) -> Makes:
        return ()

    def do(self, store: Store, rulebook: Rulebook, today: Day) -> Result[object]:
        return cancel(store, rulebook, self._request(), occasion(today, Actor.CLIENT))

    def _request(self) -> CancellationRequest:
        return CancellationRequest(key=self.key, service=self.service, time=self.time)


@final
@frozen
class Hears:
    """A channel takes a last notice."""

    invoice: InvoiceId = field()

    @property
    def claims(self) -> tuple[Claim, ...]:
        return (claim("last_notice_taken", self.invoice),)

    @property
    def makes(self) -> Makes:
        return ()

    def do(self, store: Store, rulebook: Rulebook, today: Day) -> Result[object]:
        return take_last_notice(store, rulebook, self.invoice, occasion(today))


def is_yes(result: Result[object]) -> bool:
    """Say whether what was told is a promise."""
    if isinstance(result, DidBefore) or isinstance(result.answer, YES):
        return True
    answer = result.answer
    noticed = isinstance(answer, Standing) and answer.state is StandingState.OPEN
    return noticed and isinstance(answer, Standing) and answer.last_notice_taken is not None
