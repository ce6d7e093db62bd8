"""Whether a client's ended service can be brought back: its own only, at the fee in its currency."""

from typing import Final

import pytest

from altocore.errors import BadValue, CurrencyMismatch, UnknownKey
from altocore.lifecycle.service import EndingTime
from altocore.policy.recovery import NotRecoverable, Recoverable
from altocore.terms.reasons import Why
from altocore.values.days import day
from altocore.values.exchange import exchange_rate, parity
from altocore.values.ids import ClientId
from altocore.values.money import money
from altocore.workflows.enquiries import Backup, recovery
from tests import cast as examples
from tests.workflows import cast
from tests.workflows.cast import World

BACKUP: Final = Backup(last=day(2025, 1, 30))


def test_an_ended_service(world: World) -> None:
    """CAN-6, BAK-2: until ten years after its backup, at the fee of the terms and the tax of the client's region."""
    service = world.run("o1")
    running = recovery(world.store, world.rulebook, cast.ANA, service, BACKUP, world.today)
    assert isinstance(running, NotRecoverable)
    assert [each.why for each in running.reasons] == [Why.SERVICE_NOT_ENDED]
    world.cancel(service, time=EndingTime.IMMEDIATE)
    assert recovery(world.store, world.rulebook, cast.ANA, service, BACKUP, world.today) == Recoverable(
        until=day(2035, 1, 30),
        fee=examples.usd("50.00"),
        tax=examples.usd("10.50"),
        rate=parity(examples.USD),
    )
    none = recovery(world.store, world.rulebook, cast.ANA, service, Backup(last=None), world.today)
    assert isinstance(none, NotRecoverable)
    assert [each.why for each in none.reasons] == [Why.NO_BACKUP]


def test_another_currency_needs_a_rate(world: World) -> None:
    """BAK-2: the rate is an argument, into the client's currency and from the fee's; abroad there is no tax."""
    service = world.run("o2", of=cast.BEN)
    world.cancel(service, time=EndingTime.IMMEDIATE)
    for rate in (None, exchange_rate("USD", "EUR", "0.9")):
        with pytest.raises(BadValue) as refused:
            recovery(world.store, world.rulebook, cast.BEN, service, Backup(last=world.today, rate=rate), world.today)
        assert refused.value.field == "rate"
    other = Backup(last=world.today, rate=exchange_rate("EUR", "JPY", "160"))
    with pytest.raises(CurrencyMismatch):
        recovery(world.store, world.rulebook, cast.BEN, service, other, world.today)
    rate = exchange_rate("USD", "JPY", "149.51")
    answer = recovery(world.store, world.rulebook, cast.BEN, service, Backup(last=world.today, rate=rate), world.today)
    assert isinstance(answer, Recoverable)
    assert (answer.fee, answer.tax) == (money("7476", "JPY"), money("0", "JPY"))


def test_a_client_sees_its_own_only(world: World) -> None:
    """Every read of a client's object carries the owner: another's service is unknown, and so is a client that is not there."""
    service = world.run("o1")
    with pytest.raises(UnknownKey, match="service"):
        recovery(world.store, world.rulebook, cast.BEN, service, BACKUP, world.today)
    with pytest.raises(UnknownKey, match="client"):
        recovery(world.store, world.rulebook, ClientId("cli_no"), service, BACKUP, world.today)
