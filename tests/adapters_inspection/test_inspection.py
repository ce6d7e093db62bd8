"""The second pair of eyes: silent over every good history, and each of its queries sees the corruption that is its own."""

from typing import Final

import pytest

from altocore.adapters.inspection import Objection, objecting
from altocore.errors import Unavailable
from altocore.values.days import day
from altocore.values.ids import ClientId
from altocore.workflows.auditing import Invariant, Violation
from altocore.workflows.ordering import service_id
from tests.adapters_inspection.hands import Hand
from tests.adapters_inspection.planted import PLANTED, Plant, lived
from tests.workflows import cast
from tests.workflows.lives import spring

BESIDES: Final = frozenset({Objection.UNCLAIMED, Objection.FILED})
"""What only the database sees: the audit asks for no claim, one by one, of a million invoices, and sees not all columns."""

AUDITED: Final = [
    pytest.param(plant, id=objection.name) for objection, plant in PLANTED.items() if objection not in BESIDES
]


def test_every_objection_has_a_corruption() -> None:
    """No query is taken on trust."""
    assert set(PLANTED) == set(Objection)


@pytest.mark.parametrize(("objection", "plant"), PLANTED.items(), ids=[each.name for each in PLANTED])
def test_a_planted_corruption_is_objected_to(hand: Hand, objection: Objection, plant: Plant) -> None:
    """By its own query, at the place that it is at, in words without personal data."""
    world = lived(hand)
    assert list(hand.store.inspect()) == []
    where = plant(hand, world)
    invariant, problem = objection.value
    found = list(hand.store.inspect())
    assert Violation(invariant=invariant, where=where, problem=problem) in found
    assert len(found) == len(set(found))


@pytest.mark.parametrize("plant", AUDITED)
def test_what_the_database_objects_to_the_audit_finds(hand: Hand, plant: Plant) -> None:
    """Two that share nothing agree that something is wrong."""
    world = lived(hand)
    assert cast.findings(hand.store) == []
    plant(hand, world)
    assert cast.findings(hand.store) != []


def test_a_spring_is_without_objection(hand: Hand) -> None:
    """Every tenth day of a life in which nearly everything happens: credit, parts, cancellations, three currencies."""
    world = cast.world(hand.store)

    def bill(at: cast.World) -> None:
        at.bill()
        if at.today.day % 10 == 0:
            assert list(hand.store.inspect()) == []

    spring(world, bill)
    assert list(hand.store.inspect()) == []


def test_an_empty_store_is_without_objection(hand: Hand) -> None:
    """Nothing is in order."""
    assert list(hand.store.inspect()) == []


def test_a_voided_charge_is_no_second_one(hand: Hand) -> None:
    """CAN-4: a renewal that was voided with the end of its service does not count."""
    world = cast.world(hand.store)
    world.run("a")
    world.bill_to(day(2025, 2, 18))
    world.cancel(service_id("a"))
    world.bill_to(day(2025, 3, 4))
    assert list(hand.store.inspect()) == []


def test_several_places_are_each_named(hand: Hand) -> None:
    """In the order of their names, whatever the order of the rows."""
    lived(hand)
    clients = [ClientId("cli_cleo"), ClientId("cli_dan"), ClientId("cli_ben")]
    for client in clients:
        hand.run("DELETE FROM log WHERE client = ?", client)
    found = [each.where for each in hand.store.inspect() if each.problem == Objection.UNLOGGED.value[1]]
    assert found == sorted(clients)


@pytest.mark.parametrize("text", ["", "{", "{'a': 1}"])
def test_a_text_that_is_none_is_unavailable(hand: Hand, text: str) -> None:
    """The queries cannot take it apart, and say so; the audit names the row."""
    world = lived(hand)
    own = world.standing(service_id("a"), 1).id
    hand.run("UPDATE document SET body = ? WHERE kind = 'standing' AND id = ?", text, own)
    with pytest.raises(Unavailable):
        list(hand.store.inspect())
    assert [each.where for each in cast.findings(hand.store) if each.invariant is Invariant.ROWS_ARE_SOUND] == [own]


def test_looking_changes_nothing(hand: Hand) -> None:
    """It reads, and repairs nothing."""
    world = lived(hand)
    PLANTED[Objection.CREDIT](hand, world)
    before = list(hand.store.dump())
    assert list(hand.store.inspect()) == list(hand.store.inspect()) != []
    assert list(hand.store.dump()) == before


def test_an_objection_is_a_violation_at_each_place() -> None:
    """One for each row that a query found, lazily."""
    rows = iter([("a",), ("b",)])
    found = objecting(rows, Objection.GHOSTS)
    assert next(found) == Violation(
        invariant=Invariant.NUMBERS_ARE_GAPLESS, where="a", problem="its number is of no invoice"
    )
    assert [each.where for each in found] == ["b"]
