"""Names of what an enum holds, as a person reads them: states, kinds, stages, options, cycles, accounts.

Each enum has a family, and a message is `<family>.<member>`. The options share one family, for a row cites an option by
its value alone.
"""

from enum import Enum
from typing import Final

from altocore.billing.adjustments import AdjustmentReason, Direction
from altocore.billing.costs import CostReason
from altocore.billing.invoices import InvoiceKind
from altocore.billing.ledger import Account, Movement
from altocore.billing.promises import PromiseReason
from altocore.billing.proration import Basis
from altocore.billing.standing import StandingCommand, StandingState
from altocore.billing.timeline import Stage
from altocore.billing.write_offs import WriteOffReason
from altocore.catalogue.items import AddonKind, SupportPlan
from altocore.catalogue.kinds import Administration, ProductKind
from altocore.catalogue.plans import Courtesy
from altocore.clients.clients import CreditUse
from altocore.errors import UnknownKey
from altocore.lifecycle.events import Actor
from altocore.lifecycle.faults import FaultReason
from altocore.lifecycle.machine import ServiceCommand, ServiceState
from altocore.lifecycle.reasons import SuspensionReason, TerminationReason
from altocore.lifecycle.registrations import RenewalChoice
from altocore.lifecycle.service import EndingTime
from altocore.plans.messages import MessageKind, MessageState
from altocore.policy.suspension import WayOut
from altocore.policy.timelines import StepFate, WaitsFor
from altocore.terms.judgements import Outcome
from altocore.terms.options import (
    CancellationDeadline,
    CancellationDebt,
    CancellationTiming,
    DataAfterEnding,
    Downgrade,
    FirstPeriodStart,
    NoDiscountScope,
    RestorationScope,
    SharedHostingCycles,
    TermsChange,
    UpgradeBase,
    UpgradeCharge,
)
from altocore.text.catalogue import catalogue
from altocore.text.locales import choose
from altocore.values.anchors import Cadence
from altocore.values.cycles import Once
from altocore.values.rounding import Rounding

__all__ = ["FAMILIES", "code_of", "name_of"]

FAMILIES: Final[dict[type[Enum], str]] = {
    Account: "account",
    Actor: "actor",
    AddonKind: "addon",
    AdjustmentReason: "adjustment_reason",
    Administration: "administration",
    Basis: "basis",
    Cadence: "cycle",
    CancellationDeadline: "option",
    CancellationDebt: "option",
    CancellationTiming: "option",
    CostReason: "cost",
    Courtesy: "courtesy",
    CreditUse: "credit_use",
    DataAfterEnding: "option",
    Direction: "direction",
    Downgrade: "option",
    EndingTime: "ending_time",
    FaultReason: "fault_reason",
    FirstPeriodStart: "option",
    InvoiceKind: "kind",
    MessageKind: "message",
    MessageState: "message_state",
    Movement: "movement",
    NoDiscountScope: "option",
    Once: "cycle",
    Outcome: "outcome",
    ProductKind: "product",
    PromiseReason: "promise_reason",
    RenewalChoice: "renewal_choice",
    RestorationScope: "option",
    Rounding: "rounding",
    ServiceCommand: "service_command",
    ServiceState: "state",
    SharedHostingCycles: "option",
    Stage: "stage",
    StandingCommand: "standing_command",
    StandingState: "invoice_state",
    StepFate: "step_fate",
    SupportPlan: "support",
    SuspensionReason: "suspension",
    TerminationReason: "termination",
    TermsChange: "terms_change",
    UpgradeBase: "upgrade_base",
    UpgradeCharge: "option",
    WaitsFor: "waits_for",
    WayOut: "way_out",
    WriteOffReason: "write_off_reason",
}
"""Every enum whose members have names, with its family."""


def code_of(member: Enum) -> str:
    """Return the id of the message that names this member.

    Raises:
        UnknownKey: its enum has no family.
    """
    family = FAMILIES.get(type(member))
    if family is None:
        raise UnknownKey("enum", f"{type(member).__name__} has no names for people")
    return f"{family}.{member.name.lower()}"


def name_of(member: Enum, locale: str) -> str:
    """Return what a person calls this member.

    >>> name_of(Cadence.SEMIANNUAL, "es"), name_of(ServiceState.SUSPENDED, "pt_BR")
    ('semestral', 'suspenso')

    Raises:
        UnknownKey: its enum has no family.
    """
    return catalogue(choose(locale).language).words(code_of(member))
