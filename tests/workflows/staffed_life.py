"""A machine that lives with staff: beside all that clients do, faults, promises, costs, write-offs and adjustments."""

from collections import Counter
from typing import Final

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from altocore.billing.adjustments import Direction
from altocore.billing.invoices import Invoice, InvoiceKind
from altocore.billing.standing import Standing, StandingState
from altocore.clients.clients import Client
from altocore.lifecycle.events import Actor
from altocore.lifecycle.machine import ServiceState
from altocore.policy.adjustment import AdjustmentAccepted
from altocore.policy.invoice_cancellation import InvoiceCancellationAccepted
from altocore.policy.promise import PromiseAccepted
from altocore.policy.timelines import StepFate
from altocore.policy.write_off import WriteOffAccepted
from altocore.values.days import add_days
from altocore.values.ids import ClientId, ServiceId
from altocore.values.money import Money
from altocore.workflows.enquiries import timeline_of
from altocore.workflows.one import one
from tests.workflows import cast, staff
from tests.workflows.life import Life

ENDED: Final = frozenset({ServiceState.CANCELLED, ServiceState.TERMINATED})


class StaffedLife(Life):
    """Days in the life of a provider whose staff is busy."""

    def key(self) -> str:
        """Return a key that was never used."""
        self.keys += 1
        return f"staff{self.keys}"

    @rule(service=Life.services, hours=st.sampled_from([1, 25, 80]))
    def fail(self, service: ServiceId, hours: int) -> None:
        """Record a fault of the provider that was over by today."""
        staff.fault(self.world, service, add_days(self.world.today, -4), hours, key=self.key())
        self.counted["faults"] += 1

    @rule(service=Life.services, days=st.integers(0, 20))
    def promise(self, service: ServiceId, days: int) -> None:
        """Promise to pay a service's last invoice, which is taken or refused."""
        standing, until = self.last_standing(service), add_days(self.world.today, days)
        if standing is not None:
            made = staff.promise(self.world, standing.id, until, key=self.key())
            self.counted["promises"] += isinstance(made, PromiseAccepted)

    @rule(service=Life.services)
    def cost(self, service: ServiceId) -> None:
        """Invoice administrative costs."""
        of = one(self.world.store, Client, self.world.service(service).client).document.currency
        staff.costs(self.world, service, Money(777, of), key=self.key())
        self.counted["costs"] += 1

    @rule(service=Life.services)
    def pay_the_oldest_debt(self, service: ServiceId) -> None:
        """Pay what has been owed the longest."""
        for invoice in self.world.service(service).debts[:1]:
            standing = staff.standing(self.world, invoice)
            self.take(standing, standing.open_amount)

    @rule(service=Life.services)
    def give_up(self, service: ServiceId) -> None:
        """Write off what a service owes, which is taken or refused."""
        for invoice in self.world.service(service).debts:
            made = staff.give_up(self.world, invoice, key=self.key())
            self.counted["debts given up"] += isinstance(made, WriteOffAccepted)

    @rule(service=Life.services)
    def call_off(self, service: ServiceId) -> None:
        """Ask that a service's last invoice is cancelled; that of an order that waits is."""
        standing = self.last_standing(service)
        if standing is not None:
            made = staff.call_off(self.world, standing.id, key=self.key(), by=Actor.CLIENT)
            self.counted["orders called off"] += isinstance(made, InvoiceCancellationAccepted)

    @rule(of=Life.clients, minor=st.integers(1, 20_000), direction=st.sampled_from(Direction))
    def adjust(self, of: ClientId, minor: int, direction: Direction) -> None:
        """Adjust a client's credit by hand, as far as there is any."""
        amount = Money(minor, one(self.world.store, Client, of).document.currency)
        made = staff.adjust(self.world, amount, of=of, direction=direction, key=self.key())
        if isinstance(made, AdjustmentAccepted):
            self.received[of] += minor if direction is Direction.UP else -minor
            self.counted["adjustments"] += 1

    @invariant()
    def the_timeline_begins_where_the_agenda_says(self) -> None:
        """PAY-2: of each open invoice the first step that is told comes on the day that is stored, or today if it is over."""
        if not hasattr(self, "world"):
            return
        for standing in cast.all_of(self.world.store, Standing):
            if standing.state is not StandingState.OPEN or standing.next_step is None:
                continue
            told = timeline_of(self.world.store, standing.client, standing.id, self.world.today)
            coming = [step.on for step in told if step.fate is not StepFate.DONE]
            # Of a service that has ended only the cancellation is left, which comes later than the step that is stored.
            assert coming[0] >= max(standing.next_step, self.world.today)
            if standing.kind is InvoiceKind.ADMINISTRATIVE or self.world.state(standing.service) not in ENDED:
                assert coming[0] == max(standing.next_step, self.world.today)

    @invariant()
    def no_command_charges_twice(self) -> None:
        """PAY-9: one invoice for each command."""
        if hasattr(self, "world"):
            commands = Counter(
                each.command for each in cast.all_of(self.world.store, Invoice) if each.command is not None
            )
            assert all(times == 1 for times in commands.values())

    @invariant()
    def what_is_owed_is_open(self) -> None:
        """REN-9, PAY-16: a service knows each of its open invoices, costs and an offer apart from periods."""
        if not hasattr(self, "world"):
            return
        for standing in cast.all_of(self.world.store, Standing):
            unsettled = self.world.service(standing.service).unsettled
            assert (standing.id in unsettled) is (standing.state is StandingState.OPEN)
