"""A simulated span of a provider's life: behaviour, the production plans, and a store, nothing else.

Each day has the order that a provider's day has. First what comes from outside: payments, new orders, then the services
that are paid and so provisioned, requests to leave, and whatever else somebody intends. Then the day's billing. At last the
channel takes the last notices that the billing queued.

Run again over the same store it changes nothing, and interrupted anywhere it goes on to the same store, row for row:
every deed has its identity, what is to come is recalled from what is stored, and a day that is over is claimed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, final

from attrs import define, field, frozen

from altocore.analysis.behaviour import Behaviour
from altocore.analysis.deeds import Intended, do
from altocore.analysis.schedule import Schedule
from altocore.analysis.watching import WatchedStore
from altocore.billing.payments import PaymentNotice
from altocore.billing.standing import Standing, StandingState
from altocore.errors import BadValue
from altocore.lifecycle.events import Actor, Occasion
from altocore.lifecycle.service import EndingTime
from altocore.plans.guard import OtherInput
from altocore.plans.plan import Plan
from altocore.plans.reading import Ids
from altocore.ports.store import Store
from altocore.values.days import Day, add_days
from altocore.values.ids import InvoiceId, ServiceId, derive
from altocore.values.instants import start_of_day
from altocore.values.periods import Period
from altocore.workflows.activating import activate
from altocore.workflows.cancelling import CancellationRequest, cancel
from altocore.workflows.day import bill_day
from altocore.workflows.door import claim, must_be_done
from altocore.workflows.last_notices import take_last_notice
from altocore.workflows.ordering import Order, order, service_id
from altocore.workflows.pages import PAGE
from altocore.workflows.paying import take_payments
from altocore.workflows.reports import Report
from altocore.workflows.rulebook import Rulebook
from altocore.workflows.subscribers import Intention, Subscriber, take_in

__all__ = ["SimulationReport", "simulate"]

GATEWAY: Final = "simulated"
MEANS: Final = "card"
STAFF: Final = "staff-1"
"""Who of the staff does it."""


@final
@define(kw_only=True)
class SimulationReport:
    """What a simulation did: how many subscribers it took in, and what its days came to.

    `billing` and `payments` sum the reports of its days: their rules count refusals too, and a row that stays parked is named
    once. A run that goes on counts only what it did itself.
    """

    behaviour: Behaviour = field()
    span: Period = field()
    subscribers: int = field(default=0)
    billing: Report = field(factory=Report)
    payments: Report = field(factory=Report)


def _note(whole: Report, day: Report) -> None:
    """Add the report of one day to that of the span, keeping no list that grows by the day."""
    whole.committed += day.committed
    whole.rules.update(day.fired)
    named = {each.id for each in whole.parked}
    whole.parked += [each for each in day.parked if each.id not in named]
    whole.left += [each for each in day.left if each not in whole.left]


@final
@frozen(kw_only=True)
class _Setting:
    """What every day of a simulation is run with."""

    store: Store = field()
    rulebook: Rulebook = field()
    schedule: Schedule = field()
    leaving: frozenset[str] = field()
    intended: Mapping[Day, Sequence[Intended]] = field()
    page: int = field()


def simulate(  # noqa: PLR0913  # where, under which rules, whom, how they pay, how long
    store: Store,
    rulebook: Rulebook,
    subscribers: Iterable[Subscriber],
    *,
    behaviour: Behaviour,
    span: Period,
    intended: Iterable[Intended] = (),
    page: int = PAGE,
    progress: Callable[[Day], None] = lambda _day: None,
) -> SimulationReport:
    """Let these subscribers live through the span, day by day, on this store.

    `intended` is what is done beside, each on its day, before the day's billing. `progress` is told each day once it is over.

    Raises:
        BadValue: the store holds a simulation with another seed, other shares, or another first day.
        Unavailable: the store failed; the same call goes on from where it stands.
    """
    _claim_settings(store, behaviour, span)
    report = SimulationReport(behaviour=behaviour, span=span)
    schedule = Schedule(behaviour, rulebook.editions)
    schedule.recall(store)
    watched = WatchedStore(store, schedule.watch)
    first = _occasion(rulebook, span.start, Actor.STAFF)
    to_order: dict[Day, list[Order]] = {}
    leaving: set[str] = set()
    portfolio = derive("portfolio", str(behaviour.seed))
    for each in take_in(watched, rulebook, subscribers, first):
        report.subscribers += 1
        contract = each.contract
        portfolio = derive("portfolio", portfolio, contract.key)
        if contract.anchor > span.start:
            to_order.setdefault(contract.anchor, []).append(_ordering(each))
        if each.intention is Intention.LEAVE:
            leaving.add(contract.key)
            if contract.anchor <= span.start:
                cancel(watched, rulebook, _leaving(service_id(contract.key), contract.key), first)
    gone = frozenset(service_id(key) for key in leaving)
    by_day: dict[Day, list[Intended]] = {}
    for one in intended:
        by_day.setdefault(one.on, []).append(one)
    setting = _Setting(store=watched, rulebook=rulebook, schedule=schedule, leaving=gone, intended=by_day, page=page)
    day = span.start
    while day < span.end:
        over = _over(portfolio, day)
        if store.claimed(over.deed.space, over.deed.key) is None:
            _live(setting, day, to_order.get(day, []), report)
            must_be_done(store.commit([over]))
        progress(day)
        day = add_days(day, 1)
    return report


def _claim_settings(store: Store, behaviour: Behaviour, span: Period) -> None:
    """Claim the store for these settings: two simulations in one store would be the books of neither."""
    shares = (behaviour.on_time_percent, behaviour.late_percent, behaviour.after_suspension_percent)
    deed = claim("simulation", "settings", str(behaviour.seed), str(shares), span.start.isoformat())
    (outcome,) = store.commit([Plan(answer=None, deed=deed)])
    if isinstance(outcome, OtherInput):
        raise BadValue("store", "holds a simulation with another seed, other shares, or another first day")


def _over(portfolio: str, day: Day) -> Plan[None]:
    """Return the plan that claims a day as over for this portfolio and seed.

    A run that goes on must not live a day again, with what came after it in the store.
    """
    return Plan(answer=None, deed=claim("simulated_day", f"{portfolio}/{day.isoformat()}"))


def _live(setting: _Setting, day: Day, orders: list[Order], report: SimulationReport) -> None:
    """Live through one day, in the order that is told at the top of this module."""
    store, rulebook, schedule = setting.store, setting.rulebook, setting.schedule
    gateway = _occasion(rulebook, day, Actor.GATEWAY)
    notices = _due_payments(store, schedule.payments.pop(day, []), day)
    if notices:
        _note(report.payments, take_payments(store, rulebook, notices, gateway, page=setting.page))
    for wanted in orders:
        order(store, rulebook, wanted, _occasion(rulebook, day, Actor.CLIENT))
    for service in schedule.provisions.pop(day, []):
        _provision(setting, service, day)
    for one in setting.intended.get(day, []):
        do(store, rulebook, one.deed, _occasion(rulebook, day, one.actor))
    billing = _occasion(rulebook, day, Actor.BILLING_RUN)
    _note(report.billing, bill_day(store, rulebook, billing, page=setting.page))
    for invoice in schedule.notices.pop(day, []):
        take_last_notice(store, rulebook, invoice, billing)


def _due_payments(store: Store, invoices: list[InvoiceId], day: Day) -> list[PaymentNotice]:
    """Return a payment of what is open of each of these invoices; nobody pays one that was cancelled meanwhile."""
    standings = [stored.document for stored in store.select(Standing, Ids(tuple(invoices)))]
    return [
        PaymentNotice(
            gateway=GATEWAY,
            transaction=standing.id,
            means=MEANS,
            invoice=standing.id,
            amount=standing.open_amount,
            received=day,
        )
        for standing in sorted(standings, key=lambda each: each.id)
        if standing.state is StandingState.OPEN
    ]


def _provision(setting: _Setting, service: ServiceId, day: Day) -> None:
    """Activate a paid service the day it is paid; who is known to leave says so at once."""
    at = _occasion(setting.rulebook, day, Actor.PROVISIONER)
    activate(setting.store, setting.rulebook, service, at)
    if service in setting.leaving:
        cancel(setting.store, setting.rulebook, _leaving(service, service), at)


def _ordering(subscriber: Subscriber) -> Order:
    """Return the order of a contract that begins within the span."""
    contract = subscriber.contract
    return Order(
        key=contract.key,
        client=contract.client,
        plan=subscriber.plan.plan,
        cycle=contract.cycle,
        addons=contract.addons,
        administration=contract.administration,
        domain=contract.domain,
    )


def _leaving(service: ServiceId, key: str) -> CancellationRequest:
    return CancellationRequest(key=f"leave/{key}", service=service, time=EndingTime.END_OF_PERIOD)


def _occasion(rulebook: Rulebook, day: Day, actor: Actor) -> Occasion:
    by = STAFF if actor is Actor.STAFF else ""
    return Occasion(day=day, at=start_of_day(day, rulebook.provider.zone), actor=actor, by=by)
