"""Does a pending cancellation take effect today? CAN-4 with both debts, every combination."""

from itertools import product
from typing import Final

import pytest

from altocore.lifecycle.machine import ServiceState
from altocore.lifecycle.service import EndedBy
from altocore.policy.ending import ENDING, EndingDue, EndingFacts
from altocore.terms.options import CancellationDeadline, CancellationDebt
from altocore.terms.reasons import Why
from altocore.testing import judges_alike
from altocore.values.days import Day, day
from tests import cast
from tests.policy.tables import checks_of, fires_alone, grounds_of, holding, reasons_of, whys_of

EFFECTIVE: Final = day(2025, 2, 28)
SERVICE, ALL = CancellationDebt.SERVICE_INVOICES, CancellationDebt.ALL_INVOICES


def facts(  # noqa: PLR0913  # one keyword a field
    *,
    state: ServiceState = ServiceState.ACTIVE,
    pending: int = 1,
    by: EndedBy = EndedBy.CLIENT,
    effective: Day = EFFECTIVE,
    service_invoices: int = 0,
    client_invoices: int = 0,
    today: Day = EFFECTIVE,
) -> EndingFacts:
    """Return a cancellation on the day on which it may take effect; the client owes nothing."""
    return EndingFacts(
        state=state,
        pending=pending,
        by=by,
        effective=effective,
        service_invoices=service_invoices,
        client_invoices=client_invoices,
        today=today,
    )


def test_the_table() -> None:
    """LIF-5, CAN-2, CAN-4: the rows, their clauses and their codes."""
    assert checks_of(ENDING) == (
        ("LIF-5", "manual/cancellation", "service_not_running"),
        ("CAN-2", "manual/cancellation", "cancellation_not_pending"),
        ("CAN-4", "terms/4.a, manual/cancellation", "debt_unpaid"),
        ("CAN-2", "manual/cancellation", "end_not_reached"),
    )
    assert grounds_of(ENDING) == (
        ("CAN-4", "terms/4.a, manual/cancellation"),
        ("REN-5", "manual/honour, terms/3.b"),
    )
    assert ENDING.name == "ending"


@pytest.mark.parametrize("debt", CancellationDebt)
@pytest.mark.parametrize("owed", [0, 1, 3])
def test_the_providers_end_waits_for_no_debt(debt: CancellationDebt, owed: int) -> None:
    """REN-5: a service that the provider discontinues ends with its period, whatever is owed; never before."""
    asked = facts(by=EndedBy.PROVIDER, service_invoices=owed, client_invoices=owed)
    terms = cast.cancellation_terms(debt=debt)
    assert judges_alike(ENDING, asked, terms) == EndingDue(day=EFFECTIVE)
    assert holding(ENDING, asked, terms) == {1: (("effective", EFFECTIVE), ("today", EFFECTIVE))}
    early = facts(by=EndedBy.PROVIDER, service_invoices=owed, client_invoices=owed, today=day(2025, 2, 27))
    assert whys_of(ENDING.decide(early, terms)) == (Why.END_NOT_REACHED,)


# CAN-4: effective on the later of the asked day and the day the debt is paid. Option, open invoices of the service and of
# the client with all its services, days from the asked end: does it take effect? Under SERVICE_INVOICES the client's other
# debts do not matter, under ALL_INVOICES they do.
TAKES_EFFECT: Final[dict[tuple[CancellationDebt, int, int, int], bool]] = {
    (SERVICE, 0, 0, -1): False,
    (SERVICE, 0, 0, 0): True,
    (SERVICE, 0, 0, 9): True,
    (SERVICE, 0, 1, -1): False,
    (SERVICE, 0, 1, 0): True,
    (SERVICE, 0, 1, 9): True,
    (SERVICE, 1, 1, -1): False,
    (SERVICE, 1, 1, 0): False,
    (SERVICE, 1, 1, 9): False,
    (ALL, 0, 0, -1): False,
    (ALL, 0, 0, 0): True,
    (ALL, 0, 0, 9): True,
    (ALL, 0, 1, -1): False,
    (ALL, 0, 1, 0): False,
    (ALL, 0, 1, 9): False,
    (ALL, 1, 1, -1): False,
    (ALL, 1, 1, 0): False,
    (ALL, 1, 1, 9): False,
}
TODAY: Final = {-1: day(2025, 2, 27), 0: EFFECTIVE, 9: day(2025, 3, 9)}


@pytest.mark.parametrize("deadline", CancellationDeadline)
@pytest.mark.parametrize("case", TAKES_EFFECT, ids=str)
def test_when_a_cancellation_takes_effect(
    case: tuple[CancellationDebt, int, int, int], deadline: CancellationDeadline
) -> None:
    """CAN-4: a request waits for its day and for the debt that the option names, and ends on the day of both."""
    debt, service_invoices, client_invoices, after = case
    asked = facts(service_invoices=service_invoices, client_invoices=client_invoices, today=TODAY[after])
    answer = judges_alike(ENDING, asked, cast.cancellation_terms(debt=debt, deadline=deadline))
    assert (answer == EndingDue(day=TODAY[after])) is TAKES_EFFECT[case]
    owed = service_invoices if debt is SERVICE else client_invoices
    waits_for = [*([Why.DEBT_UNPAID] if owed else []), *([Why.END_NOT_REACHED] if after < 0 else [])]
    assert whys_of(answer) == tuple(waits_for)


@pytest.mark.parametrize("state", [ServiceState.ACTIVE, ServiceState.SUSPENDED])
def test_both_running_states_end(state: ServiceState) -> None:
    """LIF-5: active or suspended -> cancelled."""
    asked = facts(state=state, today=day(2025, 3, 9))
    assert ENDING.decide(asked, cast.cancellation_terms()) == EndingDue(day=day(2025, 3, 9))
    assert holding(ENDING, asked, cast.cancellation_terms()) == {
        0: (("effective", EFFECTIVE), ("today", day(2025, 3, 9)))
    }


NOT_RUNNING: Final = (ServiceState.PENDING, ServiceState.CANCELLED, ServiceState.TERMINATED)


@pytest.mark.parametrize("state", NOT_RUNNING)
def test_not_running_alone(state: ServiceState) -> None:
    """LIF-5, CAN-4: termination ends the request."""
    reason = fires_alone(ENDING, Why.SERVICE_NOT_RUNNING, facts(state=state), cast.cancellation_terms())
    assert reason.cites == (("state", state.value),)


def test_nothing_pending_alone() -> None:
    """CAN-2: without a request nothing ends."""
    assert fires_alone(ENDING, Why.CANCELLATION_NOT_PENDING, facts(pending=0), cast.cancellation_terms()).cites == ()


@pytest.mark.parametrize(("debt", "owed"), [(SERVICE, 2), (ALL, 3)])
def test_debt_alone(debt: CancellationDebt, owed: int) -> None:
    """CAN-4: no unpaid invoice may exist when it is processed; the reason says how many, and whose."""
    asked = facts(service_invoices=2, client_invoices=3)
    reason = fires_alone(ENDING, Why.DEBT_UNPAID, asked, cast.cancellation_terms(debt=debt))
    assert reason.cites == (("open_invoices", owed), ("option", debt.value))


def test_too_early_alone() -> None:
    """CAN-2: the service works in full until the end of its period."""
    asked = facts(today=day(2025, 2, 27))
    assert fires_alone(ENDING, Why.END_NOT_REACHED, asked, cast.cancellation_terms()).cites == (
        ("effective", EFFECTIVE),
    )


def test_all_reasons_at_once() -> None:
    """LIF-5, CAN-2, CAN-4: a no has all its reasons, in the order of the table."""
    asked = facts(state=ServiceState.PENDING, pending=0, service_invoices=1, client_invoices=1, today=day(2025, 2, 27))
    reasons = reasons_of(ENDING.decide(asked, cast.cancellation_terms()))
    assert [(reason.rule, reason.why) for reason in reasons] == [(check.rule, check.why) for check in ENDING.checks]


@pytest.mark.parametrize(
    ("state", "pending", "owed", "after", "debt"),
    [*product(ServiceState, [0, 1], [0, 1], [-1, 0, 9], CancellationDebt)],
)
def test_an_ending_is_explained_as_it_is_decided(
    state: ServiceState, pending: int, owed: int, after: int, debt: CancellationDebt
) -> None:
    """LIF-5, CAN-2, CAN-4: it takes effect exactly when none of the four stands against it."""
    asked = facts(state=state, pending=pending, service_invoices=owed, client_invoices=owed, today=TODAY[after])
    answer = judges_alike(ENDING, asked, cast.cancellation_terms(debt=debt))
    against = (state in NOT_RUNNING) + (pending == 0) + (owed > 0) + (after < 0)
    assert len(reasons_of(answer)) == against
    assert isinstance(answer, EndingDue) is (against == 0)
