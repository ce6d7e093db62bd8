"""Whether a client's ended service can come back, and at what: its own only, the answer that the deed would give."""

import pytest

from altocore.errors import UnknownKey
from altocore.lifecycle.events import Actor
from altocore.policy.restoration import RestorationGranted, RestorationRefused
from altocore.terms.reasons import Why
from altocore.workflows.enquiries import restoration
from altocore.workflows.restoring import Restoring
from tests.workflows import cast
from tests.workflows.cast import World
from tests.workflows.restorations import asked, settled, terminated


def test_asking_changes_nothing_and_says_what_the_deed_would(world: World) -> None:
    """PAY-5: the preview is the answer; before and after the debt is paid."""
    service = terminated(world)
    wanted = Restoring(key="ask", service=service)
    before = world.dump()
    owing = restoration(world.store, world.rulebook, cast.ANA, wanted, world.at(Actor.CLIENT))
    assert world.dump() == before
    assert isinstance(owing, RestorationRefused)
    assert [reason.why for reason in owing.reasons] == [Why.ENDING_DEBT_UNPAID]
    world.pay(service, 1)
    before = world.dump()
    answer = restoration(world.store, world.rulebook, cast.ANA, wanted, world.at(Actor.CLIENT))
    assert world.dump() == before
    assert isinstance(answer, RestorationGranted)
    assert asked(world, service) == answer


def test_a_client_sees_its_own_only(world: World) -> None:
    """Every read of a client's object carries the owner: another's service is unknown."""
    service = settled(world)
    with pytest.raises(UnknownKey, match="service"):
        restoration(
            world.store, world.rulebook, cast.BEN, Restoring(key="ask", service=service), world.at(Actor.CLIENT)
        )
