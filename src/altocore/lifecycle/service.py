"""The service: one contract of one client, its state, and the day on which something is next due for it."""

from enum import StrEnum, unique
from typing import final

from attrs import evolve, field, frozen

from altocore.catalogue.kinds import Administration
from altocore.lifecycle.faults import ProviderFault
from altocore.lifecycle.machine import RUNNING, ServiceState
from altocore.lifecycle.reasons import SuspensionReason
from altocore.lifecycle.registrations import Registration, RenewalChoice
from altocore.values.anchors import nth_period
from altocore.values.cycles import Cycle, Once
from altocore.values.days import Day
from altocore.values.ids import AddonId, ClientId, EditionId, InvoiceId, ServiceId
from altocore.values.periods import Period

__all__ = ["Contract", "EndedBy", "Ending", "EndingTime", "Restoration", "Service", "next_service_step"]


@final
@frozen(kw_only=True)
class Contract:
    """What runs: the edition of a plan, in a cycle, from an anchor. `anchor` is None until the first period begins (REN-8).

    `number` counts the contracts of a service from 1: a fresh term with a new anchor is the next one. `first_period` is the
    number of the first period that is invoiced here: 0, or a later one where the contract was taken over from elsewhere.
    `terms_edition` is the edition that it was ordered, or taken over, under. `addons` are those taken with the plan (CAT-11).
    `administration` says who administers a server, and is None for anything else; it never changes (CAT-7).
    """

    number: int = field()
    plan_edition: EditionId = field()
    cycle: Cycle = field()
    addons: tuple[AddonId, ...] = field()
    administration: Administration | None = field()
    ordered: Day = field()
    anchor: Day | None = field()
    first_period: int = field()
    terms_edition: EditionId = field()

    def period(self, number: int) -> Period | None:
        """Return the period with this number; None while the contract has no anchor, and for what is sold once."""
        if self.anchor is None or self.cycle is Once.ONE_TIME:
            return None
        return nth_period(self.anchor, self.cycle, number)


@final
@unique
class EndingTime(StrEnum):
    """When a client wants its service to end: at once, or with the period of its last invoice. Source: CAN-2."""

    IMMEDIATE = "immediate"
    END_OF_PERIOD = "end_of_period"


@final
@unique
class EndedBy(StrEnum):
    """Who ends a contract: the client cancels it (CAN), or the provider discontinues it with its period (REN-5)."""

    CLIENT = "client"
    PROVIDER = "provider"


@final
@frozen(kw_only=True)
class Ending:
    """An end that is pending: who wants it, the day it was asked, and the day on which it takes effect at the earliest.

    A client's waits longer where there is a debt (CAN-4); the provider's takes effect on its day (REN-5).
    """

    by: EndedBy = field()
    time: EndingTime = field()
    asked: Day = field()
    effective: Day = field()


@final
@frozen(kw_only=True)
class Restoration:
    """What may bring an ended service back: an unpaid invoice, and the contract that begins on the day it is paid.

    Source: PAY-5, `terms/5.b`.
    """

    invoice: InvoiceId = field()
    contract: Contract = field()


@final
@frozen(kw_only=True)
class Service:
    """One service. It keeps its id for life.

    `earlier` are the contracts that ended before a restoration began the one it has, the oldest first. `suspensions` are
    the reasons it is suspended for, `overloads` counts how often an overload was one. `last_period` is the number of the
    last period that was invoiced, `terms_edition` the edition of that invoice, `next_revision` how many invoices of the
    period after it were issued and voided. `open_invoices` are those of its periods issued and not yet paid, `open_costs`
    those of administrative costs, `restoration` the one that is offered, which is no debt (PAY-16), `events` how many
    events it has had, `faults` the provider's own as they were recorded. `registration` is what a domain keeps registered,
    None of anything else. `next_step` is its agenda, derived by `next_service_step` at each write.
    """

    id: ServiceId = field()
    client: ClientId = field()
    contract: Contract = field()
    earlier: tuple[Contract, ...] = field()
    state: ServiceState = field()
    suspensions: tuple[SuspensionReason, ...] = field()
    overloads: int = field()
    last_period: int = field()
    terms_edition: EditionId = field()
    next_revision: int = field()
    open_invoices: tuple[InvoiceId, ...] = field()
    open_costs: tuple[InvoiceId, ...] = field()
    restoration: Restoration | None = field()
    ending: Ending | None = field()
    events: int = field()
    faults: tuple[ProviderFault, ...] = field()
    registration: Registration | None = field()
    next_step: Day | None = field()

    @property
    def debts(self) -> tuple[InvoiceId, ...]:
        """Every open invoice of it, of its periods and of administrative costs."""
        return (*self.open_invoices, *self.open_costs)

    @property
    def unsettled(self) -> tuple[InvoiceId, ...]:
        """Every open invoice of it, a debt or not."""
        return self.debts if self.restoration is None else (*self.debts, self.restoration.invoice)

    @property
    def registered_until(self) -> Day | None:
        """The first day on which a domain is registered no more: the end of the last paid period; None while it does not run.

        Source: DOM-1, `terms/12.d`.
        """
        if self.registration is None or self.state not in RUNNING:
            return None
        paid = self.period(self.last_period - len(self.open_invoices))
        return None if paid is None else paid.end

    @property
    def lapses(self) -> Day | None:
        """The day on which a domain that is set not to renew is given up; None where nothing is. Source: CAN-5."""
        held = self.registration
        return self.registered_until if held is not None and held.renewal is RenewalChoice.LAPSE else None

    def without(self, invoice: InvoiceId) -> "Service":
        """Return the service once this invoice of it is open no more; its agenda is not derived anew."""
        offered = self.restoration
        return evolve(
            self,
            open_invoices=tuple([each for each in self.open_invoices if each != invoice]),
            open_costs=tuple([each for each in self.open_costs if each != invoice]),
            restoration=None if offered is not None and offered.invoice == invoice else offered,
        )

    def period(self, number: int) -> Period | None:
        """Return the period of its contract with this number, if it has one."""
        return self.contract.period(number)

    def contract_of(self, number: int) -> Contract:
        """Return the contract with this number; of one that was offered and never began, what it would have been: not begun."""
        offered = () if self.restoration is None else (self.restoration.contract,)
        known: tuple[Contract, ...] = (*self.earlier, self.contract, *offered)
        return next(
            (each for each in known if each.number == number),
            evolve(self.contract, number=number, anchor=None, first_period=0),
        )


def next_service_step(service: Service, renewal_issue: Day | None) -> Day | None:
    """Return the day of the service's next step: the end that is pending, else the day of its next renewal's issue.

    None while it does not run, or while a period of it is unpaid: no renewal is issued then (REN-9), and a cancellation
    waits for the debt (CAN-4), administrative costs included, which withhold no renewal (PAY-16). The payment brings it
    back to the agenda. The provider's end waits for no debt (REN-5). What is sold once has no renewal (CAT-2): its
    `renewal_issue` is None. A domain that is set not to renew has none either, and lapses (CAN-5).

    Source: REN-2, REN-5, CAN-4, CAN-5, CAT-2.
    """
    if service.state not in RUNNING:
        return None
    if service.ending is not None and service.ending.by is EndedBy.PROVIDER:
        return min(service.ending.effective, service.lapses or service.ending.effective)
    if service.open_invoices:
        return None
    if service.ending is not None:
        return None if service.open_costs else service.ending.effective
    return service.lapses or renewal_issue
