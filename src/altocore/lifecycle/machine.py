"""The life of a service, as one table.

A service is ordered and waits, *pending*, until its first invoice is paid and it is provisioned. Then it is *active*,
period after period. A debt suspends it: a *suspended* service keeps its data, and comes back when the debt is paid. A
debt that lasts ends it: *terminated*, its data gone. A client who leaves has it *cancelled*, from either state, and an
order that is never paid is cancelled with its invoice.

Two kinds of thing are told apart on purpose. What is *commanded* is in this table; *whether it is time* is a judgement,
made before, with its reasons. So a pair that is not here is never a matter of opinion: it is illegal, in whatever way it
is asked, and it leaves the state as it is.

`cancelled` and `terminated` have no way out.
"""

from enum import StrEnum, unique
from typing import Final, final

from altocore.terms.clauses import Clause
from altocore.terms.machines import Machine, Move

__all__ = ["RUNNING", "SERVICE", "ServiceCommand", "ServiceState"]


@final
@unique
class ServiceState(StrEnum):
    """The states of a service. Source: handbook, section 9."""

    PENDING = "pending"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"
    TERMINATED = "terminated"


@final
@unique
class ServiceCommand(StrEnum):
    """What can be done to a service."""

    ACTIVATE = "activate"
    SUSPEND = "suspend"
    REACTIVATE = "reactivate"
    TERMINATE = "terminate"
    CANCEL = "cancel"


SERVICE: Final = Machine(
    name="service",
    initial=ServiceState.PENDING,
    moves={
        (ServiceState.PENDING, ServiceCommand.ACTIVATE): Move(
            to=ServiceState.ACTIVE, rule="LIF-1", clauses=(Clause("manual/activation"),)
        ),
        (ServiceState.PENDING, ServiceCommand.CANCEL): Move(
            to=ServiceState.CANCELLED, rule="LIF-5", clauses=(Clause("manual/alerts"),)
        ),
        (ServiceState.ACTIVE, ServiceCommand.SUSPEND): Move(
            to=ServiceState.SUSPENDED, rule="LIF-2", clauses=(Clause("terms/5.a"),)
        ),
        (ServiceState.ACTIVE, ServiceCommand.CANCEL): Move(
            to=ServiceState.CANCELLED, rule="LIF-5", clauses=(Clause("manual/cancellation"),)
        ),
        (ServiceState.SUSPENDED, ServiceCommand.REACTIVATE): Move(
            to=ServiceState.ACTIVE, rule="LIF-3", clauses=(Clause("manual/alerts"),)
        ),
        (ServiceState.SUSPENDED, ServiceCommand.TERMINATE): Move(
            to=ServiceState.TERMINATED, rule="LIF-4", clauses=(Clause("terms/5.a"),)
        ),
        (ServiceState.SUSPENDED, ServiceCommand.CANCEL): Move(
            to=ServiceState.CANCELLED, rule="LIF-5", clauses=(Clause("manual/cancellation"),)
        ),
    },
)

RUNNING: Final = frozenset({ServiceState.ACTIVE, ServiceState.SUSPENDED})
"""The states in which a contract runs: periods follow each other, invoices are issued."""
