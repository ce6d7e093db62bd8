"""Contracts that run elsewhere go on here; portfolios are taken in page by page."""

from typing import Final

import attrs
import pytest

from altocore.billing.invoices import InvoiceKind
from altocore.clients.clients import Client
from altocore.clients.holdings import Holding
from altocore.errors import BadValue, HistoryCorrupt, Unavailable, UnknownKey
from altocore.lifecycle.events import Actor
from altocore.lifecycle.machine import ServiceCommand, ServiceState
from altocore.lifecycle.service import Contract, Service
from altocore.plans.guard import AlreadyDone, Committed, Conflict, OtherInput
from altocore.plans.plan import Expect, Plan
from altocore.plans.reading import OfClients
from altocore.policy.activation import ActivationRefused
from altocore.terms.reasons import Why
from altocore.values.anchors import Cadence, nth_period
from altocore.values.days import Day, day
from altocore.values.ids import ClientId
from altocore.workflows.activating import ActivationCase, activate, plan_activation
from altocore.workflows.door import Did, claim
from altocore.workflows.one import one
from altocore.workflows.ordering import service_id
from altocore.workflows.registering import register
from altocore.workflows.subscribers import Intention, Subscriber, take_in
from altocore.workflows.taking_over import TakeOver, plan_take_over
from tests import cast as examples
from tests.workflows import cast
from tests.workflows.cast import World

AUGUST: Final = day(2024, 8, 31)


def contract(
    *, key: str = "t1", of: ClientId = cast.ANA, cycle: Cadence = Cadence.MONTHLY, anchor: Day = AUGUST
) -> TakeOver:
    """Return Ana's contract, by the month since last August."""
    return TakeOver(key=key, client=of, plan_edition=cast.CLOUD.id, cycle=cycle, anchor=anchor)


@pytest.mark.parametrize(
    ("cycle", "anchor", "running"),
    [
        (Cadence.MONTHLY, day(2024, 8, 31), 5),
        (Cadence.MONTHLY, day(2025, 1, 31), 0),
        (Cadence.MONTHLY, day(2025, 1, 1), 0),
        (Cadence.QUARTERLY, day(2024, 10, 31), 1),
        (Cadence.ANNUAL, day(2021, 2, 1), 3),
    ],
)
def test_the_running_period_counts_as_paid(world: World, cycle: Cadence, anchor: Day, running: int) -> None:
    """REN-8: the service is active with its own anchor, and the first period invoiced here is the next one."""
    taken = contract(cycle=cycle, anchor=anchor)
    (outcome,) = world.store.commit([plan_take_over(taken, 1, world.rulebook, world.at())])
    assert outcome == Committed(numbers=())
    service = service_id("t1")
    stored = world.service(service)
    assert stored.contract == Contract(
        number=1,
        plan_edition=cast.CLOUD.id,
        cycle=cycle,
        addons=(),
        administration=None,
        ordered=anchor,
        anchor=anchor,
        first_period=running + 1,
        terms_edition=cast.DEFAULT.id,
    )
    assert (stored.state, stored.last_period, stored.open_invoices) == (ServiceState.ACTIVE, running, ())
    period = stored.period(running)
    assert period is not None
    assert world.today in period
    assert [each.command for each in world.events(service)] == [ServiceCommand.ACTIVATE]
    assert world.messages() == []
    following = stored.next_step
    assert following is not None
    world.bill_once(max(following, world.today))
    assert [(number, kind) for number, kind, *_ in world.charged(service)] == [(running + 1, InvoiceKind.RENEWAL)]


def test_its_first_renewal_is_that_of_the_next_period(world: World) -> None:
    """REN-1, REN-2: counted from the old anchor, clamped to the month."""
    world.store.commit([plan_take_over(contract(), 1, world.rulebook, world.at())])
    world.bill_to(day(2025, 2, 18))
    service = service_id("t1")
    assert world.charged(service) == [(6, InvoiceKind.RENEWAL, day(2025, 2, 18), day(2025, 2, 27))]
    assert world.invoice(service, 6).period == nth_period(day(2024, 8, 31), Cadence.MONTHLY, 6)


def test_what_begins_later_is_an_order(world: World) -> None:
    """A contract that has not begun cannot be taken over."""
    with pytest.raises(BadValue):
        plan_take_over(contract(anchor=day(2025, 2, 1)), 1, world.rulebook, world.at())


def test_nothing_is_taken_over_without_terms(world: World) -> None:
    """REN-4: some edition must govern it."""
    with pytest.raises(UnknownKey):
        plan_take_over(contract(anchor=day(2018, 1, 1)), 1, world.rulebook, cast.occasion(day(2019, 1, 1)))


def test_taken_over_twice_is_once(world: World) -> None:
    """The key is the contract's identity: again it is done already, with other facts it is another input."""
    plan = plan_take_over(contract(), 1, world.rulebook, world.at())
    other = plan_take_over(contract(cycle=Cadence.ANNUAL), 1, world.rulebook, world.at())
    assert [type(each) for each in world.store.commit([plan, plan, other])] == [Committed, AlreadyDone, OtherInput]


def test_an_unknown_client_has_no_contract(world: World) -> None:
    """The client must be stored: its version is expected."""
    plan = plan_take_over(contract(of=ClientId("nobody")), 1, world.rulebook, world.at())
    (outcome,) = world.store.commit([plan])
    assert isinstance(outcome, Conflict)


def subscriber(number: int, *, anchor: Day = AUGUST, intention: Intention = Intention.STAY) -> Subscriber:
    """Return one of a portfolio."""
    client = examples.client(name=f"cli_{number:04}", legal=examples.party(name=f"N{number}"))
    return Subscriber(
        client=client,
        plan=cast.CLOUD,
        contract=contract(key=f"t{number}", of=client.id, anchor=anchor),
        intention=intention,
    )


def test_a_portfolio_is_taken_in_page_by_page(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each subscriber is stored before it is yielded; one whose contract begins later is a client only."""
    monkeypatch.setattr("altocore.workflows.subscribers.PAGE", 2)
    portfolio = [subscriber(number) for number in range(5)]
    portfolio[3] = subscriber(3, anchor=day(2025, 2, 1))
    seen = 0
    for each in take_in(world.store, world.rulebook, iter(portfolio), world.at()):
        assert each is portfolio[seen]
        seen += 1
        assert len(cast.all_of(world.store, Service)) >= seen - (seen > 3)
    assert seen == 5
    assert {each.client for each in cast.all_of(world.store, Service)} == {
        portfolio[number].client.id for number in (0, 1, 2, 4)
    }
    before = world.dump()
    assert list(take_in(world.store, world.rulebook, portfolio, world.at())) == portfolio
    assert world.dump() == before


def test_a_subscriber_whose_id_is_taken_is_refused(world: World) -> None:
    """An id that belongs to a client with other facts is the caller's mistake; nobody of the page is yielded."""
    first = subscriber(1)
    register(world.store, attrs.evolve(first.client, locale="pt"), world.at(Actor.CLIENT))
    with pytest.raises(BadValue) as refused:
        next(take_in(world.store, world.rulebook, [subscriber(0), first], world.at()))
    assert (refused.value.field, refused.value.problem) == ("key", "was used before, with another input")


def test_an_email_that_another_client_has_is_refused(world: World) -> None:
    """CLI-1: wherever two clients signed up, they do not share an e-mail; nobody of the page is stored."""
    first, second = subscriber(0), subscriber(1)
    shared = attrs.evolve(second.client.contact, email=first.client.contact.email.upper())
    second = attrs.evolve(second, client=attrs.evolve(second.client, contact=shared))
    before = world.dump()
    with pytest.raises(BadValue) as refused:
        next(take_in(world.store, world.rulebook, [first, second], world.at()))
    assert (refused.value.field, refused.value.problem) == ("email", "belongs to another client")
    assert world.dump() == before


def test_taken_in_again_after_its_email_went_to_another(world: World) -> None:
    """CLI-1: who was taken in is a client, whatever became of the e-mail that it came with."""
    first = subscriber(0)
    assert list(take_in(world.store, world.rulebook, [first], world.at())) == [first]
    (held,) = world.store.select(Holding, OfClients((first.client.id,)))
    changed = attrs.evolve(first.client.contact, email="other@clients.example")
    own = examples.holding(what="other@clients.example", by=first.client.id)
    moved: Plan[object] = Plan(
        answer=None,
        deed=claim("t", "moved"),
        expects=(Expect(Holding, held.document.id, 1), Expect(Client, first.client.id, 1), Expect(Holding, own.id, 0)),
        writes=(
            attrs.evolve(held.document, until=world.today),
            attrs.evolve(first.client, contact=changed),
            own,
        ),
    )
    assert [type(each) for each in world.store.commit([moved])] == [Committed]
    taker = attrs.evolve(examples.client(name="cli_taker"), contact=first.client.contact)
    register(world.store, taker, world.at(Actor.CLIENT))
    before = world.dump()
    assert list(take_in(world.store, world.rulebook, [first], world.at())) == [first]
    assert world.dump() == before
    # A contract that comes later is taken over on the client as it is by now.
    second = attrs.evolve(first, contract=attrs.evolve(first.contract, key="t9"))
    assert list(take_in(world.store, world.rulebook, [second], world.at())) == [second]
    assert {each.client for each in cast.all_of(world.store, Service)} == {first.client.id}
    assert cast.findings(world.store) == []


def test_a_subscriber_that_rests_on_nothing_stored_is_told(world: World) -> None:
    """Its contract is of a client that is not stored: it is not taken in, and that is said."""
    first = subscriber(1)
    taken = attrs.evolve(first, contract=attrs.evolve(first.contract, client=ClientId("nobody")))
    with pytest.raises(Unavailable, match="client nobody"):
        next(take_in(world.store, world.rulebook, [taken], world.at()))


def test_a_plan_that_is_not_sold_so_is_not_taken_in(world: World) -> None:
    """CAT-2: a contract in a cycle that its plan has no price for could never renew; its whole page is refused."""
    first = subscriber(1)
    taken = attrs.evolve(first, contract=attrs.evolve(first.contract, cycle=Cadence.TRIENNIAL))
    before = world.dump()
    with pytest.raises(BadValue) as refused:
        next(take_in(world.store, world.rulebook, [subscriber(0), taken], world.at()))
    assert refused.value.field == "plan"
    assert world.dump() == before


def test_what_was_taken_over_is_not_activated_again(world: World) -> None:
    """LIF-1: it runs already, and its first invoice is none of ours; who says that it is provisioned is told no."""
    world.store.commit([plan_take_over(contract(), 1, world.rulebook, world.at())])
    told = activate(world.store, world.rulebook, service_id("t1"), world.at(Actor.PROVISIONER))
    assert isinstance(told, Did)
    assert isinstance(told.answer, ActivationRefused)
    assert [reason.why for reason in told.answer.reasons] == [Why.SERVICE_NOT_PENDING]


def test_a_pending_service_without_a_first_invoice_is_no_history(world: World) -> None:
    """LIF-1: nothing of ours writes one; it is not activated."""
    world.store.commit([plan_take_over(contract(), 1, world.rulebook, world.at())])
    stored = one(world.store, Service, service_id("t1"))
    waiting = attrs.evolve(stored, document=attrs.evolve(stored.document, state=ServiceState.PENDING))
    with pytest.raises(HistoryCorrupt, match="has no first invoice"):
        plan_activation(ActivationCase(service=waiting, first_invoice=None), world.rulebook, world.at())
