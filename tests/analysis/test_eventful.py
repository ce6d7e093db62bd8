"""The eventful year: a service of every kind, every deed of the table a yes, and books that are in order."""

from collections.abc import Sequence
from typing import Final

import pytest

from altocore.adapters.memory import MemoryStore
from altocore.analysis.deeds import Intended, do
from altocore.analysis.eventful import BEHAVIOUR, everybody, explained, happenings
from altocore.analysis.example import PLANS, PROVIDER, YEAR
from altocore.analysis.simulation import simulate
from altocore.billing.invoices import Invoice
from altocore.billing.standing import Standing, StandingState
from altocore.catalogue.kinds import ProductKind
from altocore.lifecycle.events import ServiceEvent
from altocore.lifecycle.machine import ServiceState
from altocore.lifecycle.reasons import SuspensionReason, TerminationReason
from altocore.lifecycle.service import Service
from altocore.ports.store import Store
from altocore.workflows.door import DidBefore
from altocore.workflows.one import one
from altocore.workflows.registering import publish
from altocore.workflows.rulebook import Rulebook, load_rulebook
from tests.workflows import cast


def lived(store: Store, intended: Sequence[Intended]) -> Rulebook:
    """Live through the year with these deeds."""
    publish(store, [cast.DEFAULT, *PLANS.values()])
    rulebook = load_rulebook(store, PROVIDER)
    report = simulate(store, rulebook, everybody(), behaviour=BEHAVIOUR, span=YEAR, intended=intended)
    assert (report.billing.parked, report.billing.left) == ([], [])
    return rulebook


@pytest.fixture(scope="module")
def year() -> cast.DumpStore:
    """Give the store at the end of the year."""
    store = MemoryStore()
    lived(store, happenings())
    return store


def test_every_kind_of_product_is_sold_and_the_books_are_in_order(year: cast.DumpStore) -> None:
    """CAT-1: one service of each kind at least."""
    kinds = {plan.id: plan.kind for plan in PLANS.values()}
    sold = {kinds[each.contract.plan_edition] for each in cast.all_of(year, Service)}
    assert sold == set(ProductKind)
    assert cast.findings(year) == []


def test_every_deed_is_a_yes(year: cast.DumpStore) -> None:
    """PAY-18, CAN-2, CAN-9, REN-5, LIF-2, TER-1: what is intended is done, and done once; asked again it was done before."""
    rulebook = load_rulebook(year, PROVIDER)
    before = year.dump()
    for each in happenings():
        assert do(year, rulebook, each.deed, cast.occasion(each.on, each.actor)) == DidBefore()
    assert list(year.dump()) == list(before)


def test_suspensions_end_well_and_badly(year: cast.DumpStore) -> None:
    """LIF-2, LIF-3, LIF-4, LIF-7: by debt and by overload, with a way back; by debt and by a right, without."""
    events = cast.all_of(year, ServiceEvent)
    back = {each.suspension for each in events if each.after is ServiceState.ACTIVE and each.suspension is not None}
    assert back == {SuspensionReason.OVERDUE, SuspensionReason.OVERLOAD}
    assert {each.termination for each in events} - {None} == {TerminationReason.DEBT, TerminationReason.SPAM}
    states = {each.state for each in cast.all_of(year, Standing)}
    assert states == set(StandingState) - {StandingState.VOIDED, StandingState.LAPSED}


def test_a_promise_is_kept_and_suspends_nothing(year: cast.DumpStore) -> None:
    """PAY-18: paid within the promise, after the day on which it would have been suspended."""
    (promised,) = [each for each in cast.all_of(year, Standing) if each.promises]
    assert promised.state is StandingState.PAID
    assert promised.closed is not None
    assert promised.closed <= promised.promises[0].until
    assert [each for each in cast.all_of(year, ServiceEvent) if each.cause == promised.id] == []


def test_what_is_explained_has_an_addon_and_a_setup(year: cast.DumpStore) -> None:
    """CAT-11: three lines: the plan, its management, its installation."""
    invoice = one(year, Invoice, explained()).document
    assert [line.item for line in invoice.lines] == ["VPS 4", "Server management", "Installation of the server"]


def test_lived_again_nothing_changes(year: cast.DumpStore) -> None:
    """Every deed has its key, and a day that is over is over."""
    before = list(year.dump())
    lived(year, happenings())
    assert list(year.dump()) == before


HALF: Final = len(happenings()) // 2


def test_without_the_deeds_it_is_another_year(year: cast.DumpStore) -> None:
    """Each makes a difference: the year with a half of them is not the same."""
    other = MemoryStore()
    lived(other, happenings()[:HALF])
    assert set(other.dump()) != set(year.dump())
    assert cast.findings(other) == []
