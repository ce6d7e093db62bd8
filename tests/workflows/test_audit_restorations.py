"""What the audit finds wrong with restorations: contracts that nothing began, offers of what they are not."""

from collections.abc import Callable
from typing import Final

import pytest
from attrs import evolve

from altocore.values.days import add_days
from altocore.values.exchange import exchange_rate
from altocore.values.ids import ServiceId
from altocore.workflows.auditing.findings import Invariant
from tests.workflows import cast
from tests.workflows.cast import World
from tests.workflows.corruptions import Corruption, plant
from tests.workflows.restorations import invoice, offer_id, offered, settled

Make = Callable[[World, ServiceId], Corruption]


def reordered(world: World, service: ServiceId) -> Corruption:
    """Offer a contract that was ordered on another day than its invoice says."""
    found = world.service(service)
    assert found.restoration is not None
    contract = evolve(found.restoration.contract, ordered=add_days(world.today, -1))
    return Corruption(put=(evolve(found, restoration=evolve(found.restoration, contract=contract)),))


def renumbered(world: World, service: ServiceId) -> Corruption:
    """Offer a contract with a number that is not the next."""
    found = world.service(service)
    assert found.restoration is not None
    contract = evolve(found.restoration.contract, number=9)
    return Corruption(put=(evolve(found, restoration=evolve(found.restoration, contract=contract)),))


OFFERED: Final[dict[str, tuple[Invariant, Make]]] = {
    "the offer is forgotten": (
        Invariant.OPEN_INVOICES_ARE_COUNTED,
        lambda world, service: Corruption(put=(evolve(world.service(service), restoration=None),)),
    ),
    "it was ordered on another day": (Invariant.RESTORATIONS_ARE_PAID, reordered),
    "it is of another contract": (Invariant.RESTORATIONS_ARE_PAID, renumbered),
    "its fee was converted otherwise": (
        Invariant.PRICES_ARE_FROZEN,
        lambda world, service: Corruption(
            put=(evolve(invoice(world, offer_id(service)), exchange=exchange_rate("USD", "JPY", "2")),)
        ),
    ),
}
"""What is wrong while a restoration is offered."""


@pytest.mark.parametrize(("invariant", "make"), OFFERED.values(), ids=[*OFFERED])
def test_what_is_wrong_with_an_offer_is_found(store: cast.DumpStore, invariant: Invariant, make: Make) -> None:
    """PAY-5, PAY-16: what a service is offered is its one open restoration, at its fee, for its next contract."""
    world = cast.world(store)
    service = settled(world)
    offered(world, service)
    assert cast.findings(store) == []
    plant(store, make(world, service))
    found = {each.invariant for each in cast.findings(store)} - {Invariant.AUDIT_LOG_IS_WHOLE}
    assert found == {invariant}


def test_a_contract_that_nothing_began_is_found(store: cast.DumpStore) -> None:
    """LIF-6: each contract after the first was begun by a restoration that was paid on its first day, and by an event."""
    world = cast.world(store)
    service = settled(world)
    world.pay_invoice(offered(world, service))
    assert cast.findings(store) == []
    plant(store, Corruption(put=(evolve(world.service(service), earlier=()),)))
    assert Invariant.RESTORATIONS_ARE_PAID in {each.invariant for each in cast.findings(store)}
