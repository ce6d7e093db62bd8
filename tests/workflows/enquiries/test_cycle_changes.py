"""Another cycle, asked of a store: from the renewal that comes, for the price of the plan that runs, nothing changed."""

from typing import Final

import pytest

from altocore.errors import BadValue, UnknownKey
from altocore.lifecycle.service import EndingTime
from altocore.policy.cycle_change import CycleChangeQuoted, CycleChangeRefused
from altocore.policy.order import OrderRefused
from altocore.terms.reasons import Why
from altocore.values.anchors import Cadence
from altocore.values.cycles import Cycle
from altocore.values.days import Day, day
from altocore.values.ids import ClientId, ServiceId
from altocore.workflows.enquiries import CycleQuote, quote_cycle
from tests import cast as examples
from tests.workflows import cast
from tests.workflows.cast import World
from tests.workflows.conftest import Begin

ANNUAL: Final = Cadence.ANNUAL


def asked(world: World, service: ServiceId, cycle: Cycle = ANNUAL) -> CycleChangeQuoted | CycleChangeRefused:
    """Return the answer of today, for a cycle that the plan is sold in."""
    found = quote_cycle(world.store, world.rulebook, cast.ANA, service, cycle, world.today)
    assert isinstance(found, CycleQuote)
    return found.answer


def refused(world: World, service: ServiceId, cycle: Cycle = ANNUAL) -> tuple[tuple[Why, ...], Day]:
    """Return the reasons of a no, and the next day that it names."""
    answer = asked(world, service, cycle)
    assert isinstance(answer, CycleChangeRefused)
    return tuple(each.why for each in answer.reasons), answer.next_day


def test_from_the_next_renewal_on(world: World) -> None:
    """REN-3: from the 31st of January the month ends on 28 February; a year of the same plan costs a thousand dollars."""
    service = world.run("o1")
    before = world.dump()
    assert asked(world, service) == CycleChangeQuoted(
        effective=day(2025, 2, 28), price=examples.usd("1000.00"), tax=examples.usd("210.00"), reissues=0
    )
    assert world.dump() == before


def test_a_renewal_that_is_issued_is_issued_again_and_one_that_is_paid_stands(world: World) -> None:
    """REN-3: it is issued on 18 February; the last day to ask is 23 February; paid, it is the next renewal's turn."""
    service = world.run("o1")
    world.bill_to(day(2025, 2, 18))
    answer = asked(world, service)
    assert isinstance(answer, CycleChangeQuoted)
    assert answer.reissues == 1
    world.today = day(2025, 2, 23)
    assert isinstance(asked(world, service), CycleChangeQuoted)
    world.today = day(2025, 2, 24)
    assert refused(world, service) == ((Why.ASKED_TOO_LATE,), day(2025, 3, 31))
    world.pay(service, 1)
    assert refused(world, service) == ((Why.RENEWAL_PAID, Why.ASKED_TOO_LATE), day(2025, 3, 31))
    world.today = day(2025, 2, 28)
    answer = asked(world, service)
    assert isinstance(answer, CycleChangeQuoted)
    assert answer.effective == day(2025, 3, 31)


def test_what_bars_it(world: World) -> None:
    """REN-3: an end that is pending, an end that has come, a service that waits, and the cycle that it has."""
    service = world.run("o1")
    assert refused(world, service, Cadence.MONTHLY)[0] == (Why.SAME_CYCLE,)
    world.cancel(service)
    assert refused(world, service) == ((Why.ENDING_PENDING,), day(2025, 2, 28))
    found = quote_cycle(world.store, world.rulebook, cast.ANA, service, ANNUAL, world.today)
    assert isinstance(found, CycleQuote)
    assert found.facts.ending_pending == 1
    over = world.run("o2")
    world.cancel(over, key="over", time=EndingTime.IMMEDIATE)
    assert refused(world, over)[0] == (Why.SERVICE_NOT_RUNNING,)
    waiting = world.order("o3")
    assert refused(world, waiting)[0] == (Why.SERVICE_NOT_RUNNING, Why.ASKED_TOO_LATE)


def test_a_cycle_that_the_plan_has_no_price_for(world: World) -> None:
    """CAT-2, CAT-3: the order's refusal is the answer."""
    service = world.run("o1")
    found = quote_cycle(world.store, world.rulebook, cast.ANA, service, Cadence.BIENNIAL, world.today)
    assert isinstance(found, OrderRefused)
    assert [each.why for each in found.reasons] == [Why.CYCLE_NOT_OFFERED]


def test_a_client_sees_its_own_only(world: World) -> None:
    """Every read carries the owner; a day that is past is not asked about."""
    service = world.run("o1")
    for client, told in ((cast.BEN, "service"), (ClientId("cli_no"), "client")):
        with pytest.raises(UnknownKey, match=told):
            quote_cycle(world.store, world.rulebook, client, service, ANNUAL, world.today)
    with pytest.raises(BadValue, match="on: must not lie before the last invoice of the service"):
        quote_cycle(world.store, world.rulebook, cast.ANA, service, ANNUAL, day(2025, 1, 30))


def test_two_renewals_that_are_paid_ahead(begin: Begin) -> None:
    """REN-3: the next day is behind all that is paid, and never before the renewal after the next."""
    early = examples.terms(invoicing=examples.invoicing_terms(renewal_notice_days=45))
    world = begin(examples.terms_edition(published=cast.FOUNDED, effective=cast.FOUNDED, says=early))
    service = world.run("o1")
    assert asked(world, service) == CycleChangeQuoted(
        effective=day(2025, 2, 28), price=examples.usd("1000.00"), tax=examples.usd("210.00"), reissues=0
    )
    world.bill_to(day(2025, 2, 1))
    world.pay(service, 1)
    assert refused(world, service) == ((Why.RENEWAL_PAID,), day(2025, 3, 31))
    world.bill_to(day(2025, 2, 20))
    world.pay(service, 2)
    assert refused(world, service) == ((Why.RENEWAL_PAID,), day(2025, 4, 30))
    for early_day in (day(2025, 1, 31), day(2025, 2, 10)):
        with pytest.raises(BadValue, match="on"):
            quote_cycle(world.store, world.rulebook, cast.ANA, service, ANNUAL, early_day)
