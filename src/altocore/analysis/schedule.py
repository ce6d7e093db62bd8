"""What the outside is going to do, and when: pay an invoice, provision a service, take a last notice."""

from collections import defaultdict
from typing import final

from altocore.analysis.behaviour import Behaviour
from altocore.billing.invoices import Invoice
from altocore.billing.standing import Standing, StandingState
from altocore.plans.messages import Message, MessageKind, MessageState
from altocore.plans.plan import Plan
from altocore.policy.governing import invoice_edition
from altocore.ports.store import Store
from altocore.terms.editions import Editions
from altocore.values.days import Day
from altocore.values.ids import InvoiceId, ServiceId
from altocore.workflows.walking import every

__all__ = ["Schedule"]


@final
class Schedule:
    """By day: the invoices to pay, the services to provision, the invoices whose last notice a channel takes.

    It is a pure consequence of what is committed and of the behaviour, so it can be made again from a store that holds
    half a run.
    """

    def __init__(self, behaviour: Behaviour, editions: Editions) -> None:
        """Begin empty."""
        self._behaviour = behaviour
        self._editions = editions
        self.payments: dict[Day, list[InvoiceId]] = defaultdict(list)
        self.provisions: dict[Day, list[ServiceId]] = defaultdict(list)
        self.notices: dict[Day, list[InvoiceId]] = defaultdict(list)

    def watch(self, plan: Plan[object]) -> None:
        """Take note of what a committed plan makes the outside do."""
        issued = {document.id for document in plan.writes if isinstance(document, Invoice)}
        for document in plan.writes:
            if isinstance(document, Standing) and document.id in issued:
                self._expect_payment(document)
        for message in plan.messages:
            self._expect_reaction(message)

    def recall(self, store: Store) -> None:
        """Take note of everything that a store holds already."""
        for standing in every(store, Standing):
            self._expect_payment(standing)
        for message in store.messages():
            self._expect_reaction(message)

    def _expect_payment(self, standing: Standing) -> None:
        if standing.state is not StandingState.OPEN:
            return
        terms = invoice_edition(self._editions, standing.terms_edition).terms.overdue
        on = self._behaviour.pay_day(standing, terms)
        if on is not None:
            self.payments[on].append(standing.id)

    def _expect_reaction(self, message: Message) -> None:
        if message.kind is MessageKind.SERVICE_TO_PROVISION:
            self.provisions[message.day].append(ServiceId(message.about))
        elif message.kind is MessageKind.LAST_NOTICE and message.state is MessageState.QUEUED:
            self.notices[message.day].append(InvoiceId(message.about))
