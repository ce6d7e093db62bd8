"""The cast: valid documents, the same in every run, and stores filled with them whose books are in order."""

from pathlib import Path

import pytest

from altocore.adapters.memory import MemoryStore
from altocore.adapters.sqlite import SqliteStore
from altocore.billing.standing import StandingState
from altocore.catalogue.plans import PlanEdition, ProductKind
from altocore.lifecycle.machine import ServiceState
from altocore.plans.documents import KINDS
from altocore.plans.reading import Ids
from altocore.testing import CheckFailed, same_document_after_text
from altocore.testing.cast import CEIBOS, NORTHWIND, PLANS, TODAY, billed, cast, opened
from altocore.testing.worlds import World, yes
from altocore.values.anchors import Cadence
from altocore.values.days import day
from altocore.workflows.auditing import audit
from altocore.workflows.door import DidBefore


def test_the_cast_is_of_every_kind() -> None:
    documents = cast().documents()
    assert {type(each) for each in documents} == set(KINDS.values())
    for document in documents:
        same_document_after_text(document)


def test_the_cast_is_as_it_is_said_to_be() -> None:
    made = cast()
    assert {each.kind for each in made.plans} == set(ProductKind)
    assert {each.currency.code for each in made.clients} == {"ARS", "USD"}
    assert (made.open_standing.state, made.paid_standing.state) == (StandingState.OPEN, StandingState.PAID)
    assert (made.pending.state, made.active.state) == (ServiceState.PENDING, ServiceState.ACTIVE)
    assert made.open_invoice.total == made.open_standing.open_amount
    assert made.payment.settled == made.paid_invoice.total
    assert made.activation.after is ServiceState.ACTIVE
    assert made.active.contract.anchor == TODAY


def test_the_cast_is_the_same_in_every_run(tmp_path: Path) -> None:
    memory, again = MemoryStore(), MemoryStore()
    billed(memory)
    billed(again)
    with SqliteStore.open(tmp_path / "cast.sqlite") as disk:
        billed(disk)
        assert list(memory.dump()) == list(again.dump()) == list(disk.dump())


def test_a_store_holds_the_cast() -> None:
    store = MemoryStore()
    billed(store)
    for document in cast().documents():
        (stored,) = store.select(type(document), Ids((document.id,)))
        assert stored.document == document
    assert list(audit(store)) == []


def test_an_opened_world_has_its_plans_and_clients_and_nothing_else() -> None:
    store = MemoryStore()
    world = opened(store, today=day(2026, 3, 1))
    assert world.today == day(2026, 3, 1)
    assert len(store.select(PlanEdition, Ids(tuple(plan.id for plan in PLANS.values())))) == len(PLANS)
    assert list(store.postings()) == []
    assert world.messages() == []
    assert list(audit(store)) == []


def test_a_world_lives_on() -> None:
    world = billed(MemoryStore())
    service = cast().active.id
    world.bill_to(day(2025, 3, 1))
    assert world.invoice(service, 1).period == world.service(service).period(1)
    world.pay(service, 1)
    assert world.standing(service, 1).state is StandingState.PAID
    assert world.credit(NORTHWIND.id) == 0
    world.cancel(service)
    assert world.service(service).ending is not None
    assert list(audit(world.store)) == []


def refusals(world: World) -> None:
    """Ask for what is refused: a cycle that is not sold."""
    world.order("weekly", of=CEIBOS.id, plan=PLANS["shared-start"], cycle=Cadence.MONTHLY)


def test_a_no_is_a_failure_with_its_reasons() -> None:
    world = opened(MemoryStore())
    with pytest.raises(CheckFailed, match=r"OrderAccepted: .*cycle_not_offered"):
        refusals(world)


def test_a_deed_done_before_is_no_yes() -> None:
    with pytest.raises(CheckFailed, match="done before"):
        yes(DidBefore())
