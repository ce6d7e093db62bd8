"""What the pages of docs/ say that judgements answer: the judgements are asked, and their answers written down.

`possible` asks of a service in each state what may be done to it, and by whom; `answers_by_reading` asks each option's
question once for every reading of it, on the same example.
"""

from collections.abc import Callable
from typing import Final, TypeAlias

import attrs

from altocore.billing.adjustments import AdjustmentReason, Direction
from altocore.billing.plan_changes import Listed
from altocore.billing.standing import StandingState
from altocore.catalogue.plans import ProductKind
from altocore.codec.terms import Preset, preset, terms_from_toml
from altocore.lifecycle.events import Actor
from altocore.lifecycle.machine import ServiceState
from altocore.lifecycle.reasons import SuspensionReason, TerminationReason
from altocore.lifecycle.service import EndedBy, EndingTime
from altocore.policy.activation import ActivationFacts, ActivationGranted, decide_activation
from altocore.policy.adjustment import AdjustmentFacts, decide_adjustment
from altocore.policy.cancellation import CancellationAccepted, CancellationFacts, decide_cancellation
from altocore.policy.cycle_change import CycleChangeFacts, decide_cycle_change
from altocore.policy.ending import EndingDue, EndingFacts, decide_ending
from altocore.policy.reactivation import ReactivationFacts, decide_reactivation
from altocore.policy.recovery import Recoverable, RecoveryFacts, decide_recovery
from altocore.policy.renewal import RenewalFacts, decide_renewal
from altocore.policy.restoration import RestorationFacts, RestorationGranted, decide_restoration
from altocore.policy.suspension import SuspensionFacts, decide_suspension
from altocore.policy.taking_back import TakingBackFacts, decide_taking_back
from altocore.policy.termination import TerminationFacts, decide_termination
from altocore.policy.upgrade import UpgradeQuoted, decide_upgrade
from altocore.terms.options import (
    CancellationDeadline,
    CancellationDebt,
    CancellationTiming,
    DataAfterEnding,
    Downgrade,
    FirstPeriodStart,
    NoDiscountScope,
    RestorationScope,
    UpgradeBase,
    UpgradeCharge,
)
from altocore.terms.reasons import Reason
from altocore.testing.cast import PLANS
from altocore.text.amounts import amount_text
from altocore.text.dates import day_text
from altocore.text.explanations import explain_reason
from altocore.text.names import name_of
from altocore.values.anchors import Cadence, nth_period
from altocore.values.currencies import currency
from altocore.values.days import Day, day
from altocore.values.exchange import parity
from altocore.values.money import money, total
from tools.derived_changes import HALF_WAY as EXAMPLE

__all__ = ["answers_by_reading", "possible"]

Cell: TypeAlias = str
Row: TypeAlias = tuple[Cell, ...]

TERMS: Final = terms_from_toml(preset(Preset.DEFAULT))
ANCHOR: Final = day(2025, 1, 31)
TODAY: Final = day(2025, 2, 10)
RUNNING: Final = nth_period(ANCHOR, Cadence.MONTHLY, 0)
NEXT: Final = nth_period(ANCHOR, Cadence.MONTHLY, 1)


def possible() -> list[Row]:
    """Return a row for each deed, and in it a cell for each state: yes, or every reason why not."""
    return [(f"**{deed}**<br>{by}", *[_cell(ask(state)) for state in ServiceState]) for deed, by, ask in DEEDS]


def _cell(answer: object) -> Cell:
    reasons: tuple[Reason, ...] = getattr(answer, "reasons", ())
    return "<br>".join([explain_reason(reason, "en") for reason in reasons]) or "yes"


def _held(state: ServiceState) -> tuple[SuspensionReason, ...]:
    return (SuspensionReason.ABUSE,) if state is ServiceState.SUSPENDED else ()


def _activate(state: ServiceState) -> object:
    facts = ActivationFacts(
        state=state, cycle=Cadence.MONTHLY, first_invoice=StandingState.PAID, ordered=ANCHOR, paid=ANCHOR, today=TODAY
    )
    return decide_activation(facts, TERMS.invoicing)


def _renew(state: ServiceState) -> object:
    facts = RenewalFacts(
        state=state,
        ending_pending=0,
        discontinued=0,
        open_invoices=0,
        choice=None,
        running=RUNNING,
        next=NEXT,
        changed=(),
        today=day(2025, 2, 18),
    )
    return decide_renewal(facts, TERMS.invoicing)


def _suspend(state: ServiceState) -> object:
    facts = SuspensionFacts(
        kinds=frozenset({ProductKind.CLOUD_HOSTING}),
        domains=0,
        state=state,
        suspensions=_held(state),
        reason=SuspensionReason.OVERLOAD,
        actor=Actor.STAFF,
        overloads=0,
    )
    return decide_suspension(facts, None)


def _lift(state: ServiceState) -> object:
    facts = ReactivationFacts(
        state=state,
        suspensions=_held(state),
        lifts=SuspensionReason.ABUSE,
        actor=Actor.STAFF,
        overdue_invoices=0,
    )
    return decide_reactivation(facts, None)


def _cancellation(state: ServiceState, time: EndingTime, unpaid: int = 0, today: Day = TODAY) -> CancellationFacts:
    last = NEXT if unpaid else RUNNING
    return CancellationFacts(
        time=time, state=state, cycle=Cadence.MONTHLY, domains=0, pending=0, last=last, unpaid=unpaid, today=today
    )


def _cancel(time: EndingTime) -> Callable[[ServiceState], object]:
    return lambda state: decide_cancellation(_cancellation(state, time), TERMS.cancellation)


def _take_back(state: ServiceState) -> object:
    facts = TakingBackFacts(
        state=state,
        pending=1,
        by=EndedBy.CLIENT,
        time=EndingTime.END_OF_PERIOD,
        effective=RUNNING.end,
        service_invoices=0,
        client_invoices=0,
        voided=0,
        today=TODAY,
    )
    return decide_taking_back(facts, TERMS.cancellation)


def _terminate(state: ServiceState) -> object:
    facts = TerminationFacts(state=state, reason=TerminationReason.SPAM, actor=Actor.STAFF, named=1, evidence=0)
    return decide_termination(facts, None)


def _upgrade(state: ServiceState) -> object:
    return decide_upgrade(attrs.evolve(HALF_WAY, state=state, suspensions=_held(state)), TERMS.change)


def _change_cycle(state: ServiceState) -> object:
    facts = CycleChangeFacts(
        state=state,
        ending_pending=0,
        cycle=Cadence.MONTHLY,
        asked=Cadence.ANNUAL,
        renews=RUNNING.end,
        later=NEXT.end,
        issued=0,
        paid=0,
        price=money("110.00", "USD"),
        tax=TERMS.tax.rate("AR"),
        rounding=TERMS.tax.rounding,
        today=TODAY,
    )
    return decide_cycle_change(facts, TERMS.change)


def _recovery(state: ServiceState) -> RecoveryFacts:
    return RecoveryFacts(
        state=state,
        backups=1,
        last_backup=ANCHOR,
        rate=parity(currency("USD")),
        tax=TERMS.tax.rate("AR"),
        rounding=TERMS.tax.rounding,
        today=TODAY,
    )


def _recover(state: ServiceState) -> object:
    return decide_recovery(_recovery(state), TERMS.backups)


def _restoration(state: ServiceState) -> RestorationFacts:
    ended_for = TerminationReason.DEBT if state is ServiceState.TERMINATED else None
    return RestorationFacts(
        actor=Actor.CLIENT,
        state=state,
        ended_for=ended_for,
        discontinued=0,
        begun=1,
        unpaid=0,
        owed=money("0.00", "USD"),
        offered=0,
        plan=PLANS["cloud-two"],
        cycle=Cadence.MONTHLY,
        addons=(),
        administration=None,
        rate=parity(currency("USD")),
        tax=TERMS.tax.rate("AR"),
        rounding=TERMS.tax.rounding,
        data=TERMS.backups.after_ending,
    )


def _restore(state: ServiceState) -> object:
    return decide_restoration(_restoration(state), TERMS.restoration)


DEEDS: Final[tuple[tuple[str, str, Callable[[ServiceState], object]], ...]] = (
    ("activate", "who provisions, once the first invoice is paid", _activate),
    ("renew", "the day's billing, on the day of issue", _renew),
    ("suspend for an overload", "staff, or who watches the machines", _suspend),
    ("lift a suspension for abuse", "staff", _lift),
    ("cancel with the period", "the client", _cancel(EndingTime.END_OF_PERIOD)),
    ("cancel at once", "the client", _cancel(EndingTime.IMMEDIATE)),
    ("take a cancellation back", "the client, while one is pending", _take_back),
    ("move to a larger plan", "the client", _upgrade),
    ("change to another cycle", "the client, by ticket", _change_cycle),
    ("terminate for spam", "staff who is named", _terminate),
    ("recover the data", "the client, from a backup ten days old", _recover),
    ("restore", "the client, once the debt that ended it is paid", _restore),
)
"""Every deed that is asked of each state, and by whom; a service that is suspended is so for abuse, and owes nothing."""


def _timing(reading: CancellationTiming) -> str:
    terms = attrs.evolve(TERMS.cancellation, timing=reading)
    return _ends(decide_cancellation(_cancellation(ServiceState.ACTIVE, EndingTime.IMMEDIATE), terms))


def _deadline(reading: CancellationDeadline) -> str:
    terms = attrs.evolve(TERMS.cancellation, deadline=reading)
    asked = _cancellation(ServiceState.ACTIVE, EndingTime.END_OF_PERIOD, unpaid=1, today=day(2025, 2, 20))
    return _ends(decide_cancellation(asked, terms))


def _ends(answer: CancellationAccepted | object) -> str:
    if not isinstance(answer, CancellationAccepted):
        return _cell(answer)
    voided = "; the unpaid invoice is voided" if answer.voids else ""
    return f"ends on {day_text(answer.effective, 'en')}{voided}"


def _debt(reading: CancellationDebt) -> str:
    facts = EndingFacts(
        state=ServiceState.ACTIVE,
        pending=1,
        by=EndedBy.CLIENT,
        effective=RUNNING.end,
        service_invoices=0,
        client_invoices=1,
        today=RUNNING.end,
    )
    answer = decide_ending(facts, attrs.evolve(TERMS.cancellation, debt=reading))
    return f"ends on {day_text(answer.day, 'en')}" if isinstance(answer, EndingDue) else _cell(answer)


def _data(reading: DataAfterEnding) -> str:
    answer = decide_recovery(_recovery(ServiceState.CANCELLED), attrs.evolve(TERMS.backups, after_ending=reading))
    if not isinstance(answer, Recoverable):
        return _cell(answer)
    return f"until {day_text(answer.until, 'en')}, for {amount_text(answer.fee + answer.tax, 'en')} with tax"


def _start(reading: FirstPeriodStart) -> str:
    facts = ActivationFacts(
        state=ServiceState.PENDING,
        cycle=Cadence.MONTHLY,
        first_invoice=StandingState.PAID,
        ordered=day(2025, 1, 30),
        paid=day(2025, 1, 31),
        today=TODAY,
    )
    answer = decide_activation(facts, attrs.evolve(TERMS.invoicing, first_period_start=reading))
    if not isinstance(answer, ActivationGranted):
        return _cell(answer)
    renews = nth_period(answer.anchor, Cadence.MONTHLY, 1).start
    return f"periods count from {day_text(answer.anchor, 'en')}; the second begins on {day_text(renews, 'en')}"


HALF_WAY: Final = attrs.evolve(
    EXAMPLE,
    listed=Listed(price=money("110.00", "USD"), months=12),
    running=attrs.evolve(EXAMPLE.running, price=money("110.00", "USD")),
)
"""The example of the source, half-way through a year, with a list price that is not what was paid."""


def _charge(reading: UpgradeCharge) -> str:
    return _costs(decide_upgrade(HALF_WAY, attrs.evolve(TERMS.change, upgrade_charge=reading)))


def _base(reading: UpgradeBase) -> str:
    return _costs(decide_upgrade(HALF_WAY, attrs.evolve(TERMS.change, upgrade_base=reading)))


def _downgrade(reading: Downgrade) -> str:
    target = Listed(price=money("30.00", "USD"), months=12)
    smaller = attrs.evolve(HALF_WAY, category="", target_listed=target, price=target.price)
    return _costs(decide_upgrade(smaller, attrs.evolve(TERMS.change, downgrade=reading)))


def _costs(answer: UpgradeQuoted | object) -> str:
    if not isinstance(answer, UpgradeQuoted):
        return _cell(answer)
    if answer.credit.minor:
        return f"nothing to pay; {amount_text(answer.credit + answer.credit_tax, 'en')} become credit, tax in it"
    return f"{amount_text(answer.charge, 'en')}, and tax"


def _scope(reading: RestorationScope) -> str:
    asked = _restoration(ServiceState.CANCELLED)
    answer = decide_restoration(asked, attrs.evolve(TERMS.restoration, scope=reading))
    if not isinstance(answer, RestorationGranted):
        return _cell(answer)
    asks = total([net for _, net in answer.priced], asked.rate.quote) + answer.tax
    return f"for {amount_text(asks, 'en')} with its first month and tax, beside a new service"


def _gift(reading: NoDiscountScope) -> str:
    five = money("5.00", "USD")
    facts = AdjustmentFacts(
        actor=Actor.STAFF,
        direction=Direction.UP,
        reason=AdjustmentReason.GOODWILL,
        amount=five,
        credit=five,
        own_suspended=0,
        client_suspended=1,
    )
    return _cell(decide_adjustment(facts, attrs.evolve(TERMS.bonuses, no_discount_scope=reading)))


def answers_by_reading() -> list[tuple[str, list[Row]]]:
    """Return each option's question, with a row for each of its readings: its name, and the answer under it."""
    return [
        (
            "CAN-2: asked on 10 February to end at once; the period ends on 28 February",
            [(name_of(each, "en"), _timing(each)) for each in CancellationTiming],
        ),
        (
            "CAN-4: asked on 20 February to end with the period; the renewal from 28 February is issued and unpaid",
            [(name_of(each, "en"), _deadline(each)) for each in CancellationDeadline],
        ),
        (
            "CAN-4: the day has come; the service owes nothing, another service of the client one invoice",
            [(name_of(each, "en"), _debt(each)) for each in CancellationDebt],
        ),
        (
            "UPG-1: half-way through a year that is listed at $110.00 and was paid with $100.00, to a plan of $150.00",
            [(name_of(each, "en"), _charge(each)) for each in UpgradeCharge],
        ),
        (
            "UPG-1: the same; what the whole difference subtracts",
            [(name_of(each, "en"), _base(each)) for each in UpgradeBase],
        ),
        (
            "DWN-1: the same, to a plan of $30.00 a year that what is stored fits",
            [(name_of(each, "en"), _downgrade(each)) for each in Downgrade],
        ),
        (
            "CAN-6: cancelled, and the last backup was made on 31 January 2025",
            [(name_of(each, "en"), _data(each)) for each in DataAfterEnding],
        ),
        (
            "PAY-5, CAN-7: the client cancelled a month of cloud hosting, and wants it back",
            [(name_of(each, "en"), _scope(each)) for each in RestorationScope],
        ),
        (
            "PAY-4: staff gives a credit for a service that runs; another service of its client is suspended for a debt",
            [(name_of(each, "en"), _gift(each)) for each in NoDiscountScope],
        ),
        (
            "REN-8: ordered on 30 January, paid on 31 January, provisioned on 10 February, by the month",
            [(name_of(each, "en"), _start(each)) for each in FirstPeriodStart],
        ),
    ]
