"""Strategies for what runs: contracts, services, their pending ends."""

from typing import Final, assert_never

from attrs import evolve
from hypothesis import strategies as st

from altocore.billing.invoices import invoice_id
from altocore.catalogue.kinds import Administration
from altocore.lifecycle.machine import ENDED, RUNNING, ServiceCommand, ServiceState
from altocore.lifecycle.reasons import SuspensionReason
from altocore.lifecycle.registrations import REGISTERED_FOR, Registration, RenewalChoice
from altocore.lifecycle.service import (
    Contract,
    EndedBy,
    Ending,
    EndingTime,
    Restoration,
    Service,
    next_service_step,
)
from altocore.testing.strategies.domains import registrations
from altocore.testing.strategies.history import commands_to, suspensions_after
from altocore.testing.strategies.unpaid import faults
from altocore.testing.strategies.values import cadences, cycles, days_with_room, given_or, ids
from altocore.values.anchors import Cadence, nth_period
from altocore.values.cycles import Cycle, Once
from altocore.values.days import Day, add_days, days_from
from altocore.values.ids import AddonId, ClientId, EditionId, InvoiceId, ServiceId

__all__ = ["TYPES", "contracts", "endings", "pending_contracts", "period_numbers", "running_contracts", "services"]

_MONTHS_MAX: Final = 240
"""How long a contract has run at most: twenty years."""

_DAYS_NEAR: Final = 60
_ATTEMPTS_MAX: Final = 3
_ADDONS: Final = st.lists(ids(AddonId), max_size=2, unique=True).map(tuple)
_ADMINISTRATIONS: Final = st.none() | st.sampled_from(Administration)
_LAST: Final = {
    ServiceState.ACTIVE: (ServiceCommand.ACTIVATE, ServiceCommand.REACTIVATE, ServiceCommand.RESTORE),
    ServiceState.SUSPENDED: (ServiceCommand.SUSPEND, ServiceCommand.SUSPEND_FURTHER, ServiceCommand.LIFT),
    ServiceState.CANCELLED: (ServiceCommand.CANCEL, ServiceCommand.DISCONTINUE, ServiceCommand.LAPSE),
    ServiceState.TERMINATED: (ServiceCommand.TERMINATE,),
}
"""What was commanded last of a service in this state."""

_YEARS: Final = st.sampled_from([each for each in Cadence if each in REGISTERED_FOR])
_LIFTS: Final = frozenset({ServiceCommand.LIFT, ServiceCommand.REACTIVATE})


def contracts(*, cycle: Cycle | None = None) -> st.SearchStrategy[Contract]:
    """Return a strategy for contracts, with an anchor and before they have one."""
    return pending_contracts(cycle=cycle) | running_contracts(cycle=cycle)


def pending_contracts(*, cycle: Cycle | None = None) -> st.SearchStrategy[Contract]:
    """Return a strategy for contracts that are ordered and have no anchor yet."""
    return st.builds(
        Contract,
        number=st.integers(1, 3),
        plan_edition=ids(EditionId),
        cycle=given_or(cycle, cycles()),
        addons=_ADDONS,
        administration=_ADMINISTRATIONS,
        ordered=days_with_room(),
        anchor=st.none(),
        first_period=st.just(0),
        terms_edition=ids(EditionId),
    )


@st.composite
def running_contracts(draw: st.DrawFn, *, cycle: Cycle | None = None) -> Contract:
    """Return a strategy for contracts that have an anchor: ordered here up to two months before it, or taken over from it."""
    anchor, every = draw(days_with_room()), draw(given_or(cycle, cycles()))
    taken_over = st.just(0) if every is Once.ONE_TIME else st.integers(0, _MONTHS_MAX // 2 // every)
    first_period = draw(st.just(0) | taken_over)
    return Contract(
        number=draw(st.integers(1, 3)),
        plan_edition=draw(ids(EditionId)),
        cycle=every,
        addons=draw(_ADDONS),
        administration=draw(_ADMINISTRATIONS),
        ordered=anchor if first_period else add_days(anchor, -draw(st.integers(0, _DAYS_NEAR))),
        anchor=anchor,
        first_period=first_period,
        terms_edition=draw(ids(EditionId)),
    )


def period_numbers(contract: Contract, *, number_min: int = 0) -> st.SearchStrategy[int]:
    """Return a strategy for the numbers of periods that this contract invoices here, within twenty years of its anchor.

    What is sold once is invoiced once, as number 0.
    """
    if contract.cycle is Once.ONE_TIME:
        return st.just(0)
    first = max(contract.first_period, number_min)
    return st.integers(first, max(first, _MONTHS_MAX // contract.cycle))


def endings() -> st.SearchStrategy[Ending]:
    """Return a strategy for pending ends, of a client and of the provider: effective on the day they were asked, or later."""
    return st.builds(
        _ending, st.sampled_from(EndedBy), st.sampled_from(EndingTime), days_with_room(), st.integers(0, _DAYS_NEAR)
    )


@st.composite
def services(
    draw: st.DrawFn,
    *,
    state: ServiceState | None = None,
    cycle: Cycle | None = None,
    client: ClientId | None = None,
    renewal_notice_days: int | None = None,
) -> Service:
    """Return a strategy for services whose periods, open invoices, end and agenda fit their state and contract."""
    stands = draw(given_or(state, st.sampled_from(ServiceState)))
    lasts = [each for each in _LAST.get(stands, ()) if each is not ServiceCommand.LAPSE or _is_by_the_year(cycle)]
    last_one = draw(st.sampled_from(lasts)) if lasts else None
    commanded = () if last_one is None else commands_to(draw, last_one)
    runs = ServiceCommand.ACTIVATE in [command for command, _, _ in commanded]
    suspensions = suspensions_after(commanded)
    suspended_for = [reason for command, reason, _ in commanded if reason and command not in _LIFTS]
    # What is sold once has no renewal, so no debt suspends it.
    renews = SuspensionReason.OVERDUE in suspended_for
    lapsed, restored = (
        last_one is ServiceCommand.LAPSE,
        ServiceCommand.RESTORE in [command for command, _, _ in commanded],
    )
    every = cycle if cycle is not None or not (renews or lapsed or restored) else draw(_YEARS if lapsed else cadences())
    contract = draw(running_contracts(cycle=every) if runs else pending_contracts(cycle=every))
    contract = evolve(contract, number=1 + restored, first_period=0 if restored else contract.first_period)
    name = draw(ids(ServiceId))
    # A service that was ever suspended for a debt has had a renewal; one that was taken over runs in a period paid elsewhere.
    least = 1 if SuspensionReason.OVERDUE in suspended_for else 0
    last = draw(period_numbers(contract, number_min=least)) if runs else 0
    if runs and least == 0 and contract.first_period:
        last -= draw(st.integers(0, last - contract.first_period + 1))
    held = registrations() if lapsed or (contract.cycle in REGISTERED_FOR and not suspended_for) else st.none()
    registration = draw(held if lapsed else st.none() | held)
    ending = draw(_endings_of(contract, last)) if stands in RUNNING else None
    unpaid = () if _lapses(registration) else draw(_open(name, contract, stands, suspensions, last))
    may_return = stands in ENDED and runs and not unpaid and registration is None
    service = Service(
        id=name,
        client=draw(given_or(client, ids(ClientId))),
        contract=contract,
        earlier=(evolve(contract, number=1),) if restored else (),
        state=stands,
        suspensions=suspensions,
        overloads=suspended_for.count(SuspensionReason.OVERLOAD),
        last_period=last,
        terms_edition=draw(ids(EditionId)),
        next_revision=0,
        open_invoices=unpaid,
        open_costs=draw(st.just(()) | st.lists(ids(InvoiceId), max_size=2, unique=True).map(tuple)),
        restoration=draw(_offers(name, contract)) if may_return else None,
        ending=ending if registration is None or ending is None or ending.by is EndedBy.PROVIDER else None,
        events=len(commanded),
        faults=tuple(draw(st.just([]) | st.lists(faults(), max_size=2))),
        registration=registration,
        next_step=None,
    )
    notice_days = draw(given_or(renewal_notice_days, st.integers(0, _DAYS_NEAR)))
    return _with_agenda(service, notice_days)


def _is_by_the_year(cycle: Cycle | None) -> bool:
    return cycle is None or cycle in REGISTERED_FOR


def _lapses(registration: Registration | None) -> bool:
    """Say whether this is set not to renew: then no renewal of it is open."""
    return registration is not None and registration.renewal is RenewalChoice.LAPSE


def _open(
    service: ServiceId,
    contract: Contract,
    state: ServiceState,
    suspensions: tuple[SuspensionReason, ...],
    last: int,
) -> st.SearchStrategy[tuple[InvoiceId, ...]]:
    """Return a strategy for what is open: the last invoice or none, as the state allows; no renewal is issued over a debt."""
    one, none = (invoice_id(service, contract.number, last),), ()
    charged = last >= contract.first_period
    match state:
        case ServiceState.SUSPENDED if SuspensionReason.OVERDUE in suspensions:
            return st.just(one)
        case ServiceState.CANCELLED:
            return st.just(none)
        case ServiceState.PENDING | ServiceState.TERMINATED:
            return st.sampled_from([none, one])
        case ServiceState.ACTIVE | ServiceState.SUSPENDED:
            return st.sampled_from([none, one] if charged and last > 0 else [none])
        case _:
            assert_never(state)


def _offers(service: ServiceId, ended: Contract) -> st.SearchStrategy[Restoration | None]:
    """Return a strategy for restorations of what has ended, at the first attempt or at a later one, and for none."""
    following = evolve(ended, number=ended.number + 1, anchor=None, first_period=0)
    attempts = st.integers(0, _ATTEMPTS_MAX)
    made = attempts.map(lambda revision: invoice_id(service, following.number, 0, revision))
    return st.none() | made.map(lambda invoice: Restoration(invoice=invoice, contract=following))


def _endings_of(contract: Contract, last: int) -> st.SearchStrategy[Ending | None]:
    """Return a strategy for ends asked in the last invoiced period, or up to two months after it, and for none.

    What is sold once has no period that could end.
    """
    if contract.cycle is Once.ONE_TIME:
        return st.none()
    period = nth_period(contract.anchor or contract.ordered, contract.cycle, last)
    asked = st.integers(0, period.days + _DAYS_NEAR).map(lambda count: add_days(period.start, count))
    ends = st.builds(
        lambda on, by, time: _ending(by, time, on, 0 if _at_once(by, time) else max(0, days_from(on, period.end))),
        asked,
        st.sampled_from(EndedBy),
        st.sampled_from(EndingTime),
    )
    return st.none() | ends


def _at_once(by: EndedBy, time: EndingTime) -> bool:
    return by is EndedBy.CLIENT and time is EndingTime.IMMEDIATE


def _ending(by: EndedBy, time: EndingTime, asked: Day, later: int) -> Ending:
    """Return an end; the provider has no other time than the period's end."""
    own = time if by is EndedBy.CLIENT else EndingTime.END_OF_PERIOD
    return Ending(by=by, time=own, asked=asked, effective=add_days(asked, later))


def _with_agenda(service: Service, renewal_notice_days: int) -> Service:
    following = service.period(service.last_period + 1)
    issue = None if following is None else add_days(following.start, -renewal_notice_days)
    return evolve(service, next_step=next_service_step(service, issue))


TYPES: Final[dict[type[object], st.SearchStrategy[object]]] = {
    Contract: contracts(),
    EndedBy: st.sampled_from(EndedBy),
    Ending: endings(),
    EndingTime: st.sampled_from(EndingTime),
    Restoration: st.builds(Restoration, invoice=ids(InvoiceId), contract=pending_contracts()),
    Service: services(),
    ServiceState: st.sampled_from(ServiceState),
}
"""Every public type here."""
