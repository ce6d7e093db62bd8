"""The invented provider: its year shows what a year should show, and keeps the books."""

from altocore.adapters.memory import MemoryStore
from altocore.analysis.behaviour import Behaviour
from altocore.analysis.example import PLANS, PROVIDER, YEAR, subscribers
from altocore.analysis.simulation import simulate
from altocore.lifecycle.machine import ServiceState
from altocore.lifecycle.service import Service
from altocore.values.anchors import Cadence
from altocore.workflows.registering import publish
from altocore.workflows.rulebook import load_rulebook
from altocore.workflows.subscribers import Intention
from tests import cast as examples
from tests.workflows import cast


def test_the_portfolio_is_varied() -> None:
    """Cycles from a month to two years, two currencies, an anchor on the 31st, orders in the year, clients who leave."""
    people = subscribers()
    assert len({each.client.id for each in people}) == len({each.contract.key for each in people}) == len(people)
    assert {each.contract.cycle for each in people} >= {Cadence.MONTHLY, Cadence.SEMIANNUAL, Cadence.ANNUAL}
    assert Cadence.BIENNIAL in {each.contract.cycle for each in people}
    assert {each.client.currency.code for each in people} == {"ARS", "USD"}
    assert 31 in {each.contract.anchor.day for each in people}
    assert any(each.contract.anchor > YEAR.start for each in people)
    assert {each.intention for each in people} == set(Intention)


def test_every_plan_is_sold_as_it_is_bought() -> None:
    """CAT-2: each subscriber's plan has a price in its cycle and currency, and the id that its content gives."""
    for each in subscribers():
        assert each.plan.prices(each.contract.cycle, each.client.currency) != ()
    for plan in PLANS.values():
        assert plan == examples.said_again(plan)


def test_its_year_keeps_the_books() -> None:
    """The demo's own year ends with an empty audit, and everybody has a service."""
    store = MemoryStore()
    publish(store, [cast.DEFAULT])
    rulebook = load_rulebook(store, PROVIDER)
    simulate(store, rulebook, subscribers(), behaviour=Behaviour(seed=1), span=YEAR)
    assert cast.findings(store) == []
    services = cast.all_of(store, Service)
    assert len(services) == len(subscribers())
    assert ServiceState.ACTIVE in {each.state for each in services}
    assert ServiceState.CANCELLED in {each.state for each in services}
