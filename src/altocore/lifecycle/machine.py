"""The life of a service, as one table.

A service is ordered and waits, *pending*, until its first invoice is paid and it is provisioned. Then it is *active*,
period after period. A debt suspends it, or an overload, a risk of fraud, an abuse, a breach: a *suspended* service keeps
its data, which cannot be reached. It may be suspended for several reasons at once; each that is added or lifted is a move of
its own, and the last that is lifted brings it back. A debt that lasts ends it, and so does a right of the provider that
somebody exercises: *terminated*. A client who leaves has it *cancelled*; so has a provider who stops selling it, at the end
of a paid period; and an order that is never paid is cancelled with its invoice. A domain that is not renewed *lapses*: it is
registered for the time that was paid, is never suspended, and is cancelled when that time is over. What has ended comes back
by a restoration alone, which is a new contract of the same service.

Two kinds of thing are told apart on purpose. What is *commanded* is in this table; *whether it is time* is a judgement,
made before, with its reasons. So a pair that is not here is never a matter of opinion: it is illegal, in whatever way it
is asked, and it leaves the state as it is. That a cancelled service may be restored is a reading of the terms (PAY-5): the
table has the move, and the judgement says whether it is open.
"""

from enum import StrEnum, unique
from typing import Final, final

from altocore.terms.clauses import Clause
from altocore.terms.machines import Machine, Move

__all__ = ["ENDED", "RUNNING", "SERVICE", "ServiceCommand", "ServiceState"]


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
    SUSPEND_FURTHER = "suspend_further"
    LIFT = "lift"
    REACTIVATE = "reactivate"
    TERMINATE = "terminate"
    CANCEL = "cancel"
    DISCONTINUE = "discontinue"
    LAPSE = "lapse"
    RESTORE = "restore"


_SUSPENDS: Final = (Clause("terms/5.a"), Clause("terms/13.b"), Clause("manual/transfer"))
_EXERCISES: Final = (Clause("terms/5.d"), Clause("terms/2.c"), Clause("terms/8"))
_DISCONTINUES: Final = (Clause("manual/honour"), Clause("terms/3.b"))

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
        (ServiceState.ACTIVE, ServiceCommand.SUSPEND): Move(to=ServiceState.SUSPENDED, rule="LIF-2", clauses=_SUSPENDS),
        (ServiceState.ACTIVE, ServiceCommand.TERMINATE): Move(
            to=ServiceState.TERMINATED, rule="LIF-4", clauses=_EXERCISES
        ),
        (ServiceState.ACTIVE, ServiceCommand.CANCEL): Move(
            to=ServiceState.CANCELLED, rule="LIF-5", clauses=(Clause("manual/cancellation"),)
        ),
        (ServiceState.ACTIVE, ServiceCommand.DISCONTINUE): Move(
            to=ServiceState.CANCELLED, rule="REN-5", clauses=_DISCONTINUES
        ),
        (ServiceState.ACTIVE, ServiceCommand.LAPSE): Move(
            to=ServiceState.CANCELLED, rule="DOM-1", clauses=(Clause("terms/12.d"),)
        ),
        (ServiceState.SUSPENDED, ServiceCommand.SUSPEND_FURTHER): Move(
            to=ServiceState.SUSPENDED, rule="LIF-2", clauses=_SUSPENDS
        ),
        (ServiceState.SUSPENDED, ServiceCommand.LIFT): Move(
            to=ServiceState.SUSPENDED, rule="LIF-3", clauses=(Clause("manual/alerts"),)
        ),
        (ServiceState.SUSPENDED, ServiceCommand.REACTIVATE): Move(
            to=ServiceState.ACTIVE, rule="LIF-3", clauses=(Clause("manual/alerts"),)
        ),
        (ServiceState.SUSPENDED, ServiceCommand.TERMINATE): Move(
            to=ServiceState.TERMINATED, rule="LIF-4", clauses=(Clause("terms/5.a"), *_EXERCISES)
        ),
        (ServiceState.SUSPENDED, ServiceCommand.CANCEL): Move(
            to=ServiceState.CANCELLED, rule="LIF-5", clauses=(Clause("manual/cancellation"),)
        ),
        (ServiceState.SUSPENDED, ServiceCommand.DISCONTINUE): Move(
            to=ServiceState.CANCELLED, rule="REN-5", clauses=_DISCONTINUES
        ),
        (ServiceState.TERMINATED, ServiceCommand.RESTORE): Move(
            to=ServiceState.ACTIVE, rule="LIF-6", clauses=(Clause("terms/5.b"),)
        ),
        (ServiceState.CANCELLED, ServiceCommand.RESTORE): Move(
            to=ServiceState.ACTIVE, rule="LIF-6", clauses=(Clause("terms/5.b"), Clause("manual/cancellation"))
        ),
    },
)

RUNNING: Final = frozenset({ServiceState.ACTIVE, ServiceState.SUSPENDED})
"""The states in which a contract runs: periods follow each other, invoices are issued."""

ENDED: Final = frozenset({ServiceState.CANCELLED, ServiceState.TERMINATED})
"""The states in which it is over, and the data of the service deleted; a restoration alone leads out of them."""
