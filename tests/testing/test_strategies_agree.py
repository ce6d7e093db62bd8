"""What is drawn fits together: an invoice its lines, a standing its invoice, a service its contract, facts their terms."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from altocore.billing.invoices import Invoice, InvoiceKind, command_invoice_id, invoice_id
from altocore.billing.payments import Payment, payment_id
from altocore.billing.standing import Standing, StandingState, next_step_day
from altocore.billing.timeline import timeline
from altocore.lifecycle.events import Occasion, ServiceEvent, clauses_of, fold
from altocore.lifecycle.machine import RUNNING, SERVICE, ServiceCommand, ServiceState
from altocore.lifecycle.service import Service, next_service_step
from altocore.plans.documents import LASTING
from altocore.plans.plan import Plan
from altocore.policy.activation import ACTIVATION
from altocore.policy.cancellation import CANCELLATION
from altocore.policy.ending import ENDING
from altocore.policy.invoice import INVOICE, InvoiceFacts
from altocore.policy.order import ORDER, OrderAccepted, OrderRefused
from altocore.policy.overdue import OVERDUE
from altocore.policy.payment import PAYMENT
from altocore.policy.reactivation import REACTIVATION
from altocore.policy.renewal import RENEWAL, RenewalFacts
from altocore.terms.machines import Move, move
from altocore.testing import judges_alike, strategies
from altocore.testing.strategies.values import zones
from altocore.values.currencies import Currency, currency
from altocore.values.cycles import Cycle
from altocore.values.days import add_days, day
from altocore.values.instants import civil_day
from altocore.values.money import total
from tests import cast

slowly = settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
USD = currency("USD")


@slowly
@given(strategies.invoices())
def test_an_invoice_is_its_lines_and_its_charge(invoice: Invoice) -> None:
    assert invoice.net == total([line.net for line in invoice.lines], invoice.currency)
    for line in invoice.lines:
        exact = line.net.minor * invoice.tax_rate_ppm
        assert abs(line.tax.minor * 1_000_000 - exact) < 1_000_000
    if invoice.kind is InvoiceKind.ADMINISTRATIVE:
        assert invoice.id == command_invoice_id(str(invoice.command))
        assert (invoice.period, invoice.period_number, invoice.revision) == (None, None, 0)
        return
    assert invoice.period_number is not None
    assert invoice.id == invoice_id(invoice.service, invoice.contract, invoice.period_number, invoice.revision)
    first = invoice.kind in {InvoiceKind.FIRST, InvoiceKind.RESTORATION}
    assert (invoice.period is None) is first
    assert (invoice.period_number == 0) is first


@slowly
@given(st.data())
def test_a_standing_fits_its_invoice_and_its_terms(data: st.DataObject) -> None:
    invoice = data.draw(strategies.invoices())
    terms = data.draw(strategies.overdue_terms())
    found: Standing = data.draw(strategies.standings(invoice=invoice, terms=terms))
    assert (found.id, found.total, found.issued, found.due) == (invoice.id, invoice.total, invoice.issued, invoice.due)
    assert (found.settled == found.total) is (found.state is StandingState.PAID)
    assert (found.write_off is not None) is (found.state is StandingState.WRITTEN_OFF)
    assert (found.closed is None) is (found.state is StandingState.OPEN)
    assert 0 <= found.steps_done <= len(timeline(invoice.kind, terms))
    if found.state is StandingState.OPEN:
        assert found.next_step == next_step_day(
            found.kind, found.due, found.steps_done, found.last_notice_taken, terms, found.moves(())
        )


@slowly
@given(strategies.services(renewal_notice_days=10))
def test_a_service_fits_its_contract(service: Service) -> None:
    contract = service.contract
    assert service.last_period >= contract.first_period - 1
    following = service.period(service.last_period + 1)
    due = None if following is None else next_service_step(service, add_days(following.start, -10))
    assert due == service.next_step
    assert (service.ending is None) or service.state in RUNNING
    assert (contract.anchor is not None) or service.state not in RUNNING
    assert set(service.open_invoices) <= {invoice_id(service.id, contract.number, service.last_period)}
    assert (service.events == 0) is (service.state is ServiceState.PENDING)


@slowly
@given(strategies.histories())
def test_a_history_folds(events: tuple[ServiceEvent, ...]) -> None:
    assert fold(events).state is (events[-1].after if events else SERVICE.initial)
    assert [event.number for event in events] == list(range(1, len(events) + 1))
    assert all(one.day < other.day and one.at < other.at for one, other in pairwise(events))


@pytest.mark.parametrize("command", ServiceCommand)
@slowly
@given(data=st.data())
def test_an_event_is_a_move_of_the_table(command: ServiceCommand, data: st.DataObject) -> None:
    event = data.draw(strategies.service_events(command=command))
    assert event.command is command
    made = move(SERVICE, event.before, command)
    assert isinstance(made, Move)
    assert (made.to, made.rule) == (event.after, event.rule)
    assert event.clauses == clauses_of(made, event.suspension, event.termination)


@slowly
@given(strategies.payments())
def test_a_payment_is_settled_to_the_last_unit(payment: Payment) -> None:
    assert payment.settled + payment.kept == payment.notice.amount
    assert payment.id == payment_id(payment.notice.gateway, payment.notice.transaction)


@given(st.data(), zones().filter(lambda name: name != "Pacific/Apia"))
def test_an_occasion_is_of_its_day_in_its_zone(data: st.DataObject, zone: str) -> None:
    occasion: Occasion = data.draw(strategies.occasions(zone=zone))
    assert civil_day(occasion.at, zone) == occasion.day


@given(strategies.occasions(day=day(1990, 10, 28), zone="America/St_Johns"))
def test_an_occasion_is_of_a_day_that_begins_twice(occasion: Occasion) -> None:
    """A case found by a seed: at 00:01 the clocks went back to 23:01 of the day before."""
    assert civil_day(occasion.at, "America/St_Johns") == day(1990, 10, 28)


@given(strategies.currencies(), strategies.cycles(), st.data())
def test_a_plan_that_is_asked_for_can_be_ordered(of: Currency, cycle: Cycle, data: st.DataObject) -> None:
    plan = data.draw(strategies.plan_editions(currency=of, cycle=cycle))
    assert plan.prices(cycle, of)
    assert cast.said_again(plan) == plan


@slowly
@given(strategies.plans())
def test_a_plan_guards_what_it_writes(plan: Plan[object]) -> None:
    versions = {(each.kind, each.id): each.version for each in plan.expects}
    assert len(versions) == len(plan.expects)
    for document in plan.writes:
        assert versions[type(document), document.id] == 0 or type(document) not in LASTING
    assert len({(each.space, each.key) for each in (plan.deed, *plan.claims)}) == 1 + len(plan.claims)


@slowly
@given(strategies.invoice_facts())
def test_an_invoices_story_is_one(facts: InvoiceFacts) -> None:
    assert facts.credit_applied + facts.paid == facts.standing.settled
    assert facts.invoice.id == facts.standing.id
    assert facts.contract.number == facts.invoice.contract
    assert facts.contract.plan_edition == facts.invoice.plan_edition


@slowly
@given(strategies.renewal_facts())
def test_two_periods_follow_each_other(facts: RenewalFacts) -> None:
    assert facts.running.end == facts.next.start


@slowly
@given(st.data())
def test_every_judgement_answers_what_is_drawn(data: st.DataObject) -> None:
    """No facts that are drawn are misuse, under any terms: each has its answer, and the trace gives the same one."""
    terms = data.draw(strategies.terms())
    judges_alike(ACTIVATION, data.draw(strategies.activation_facts()), terms.invoicing)
    judges_alike(CANCELLATION, data.draw(strategies.cancellation_facts()), terms.cancellation)
    judges_alike(ENDING, data.draw(strategies.ending_facts()), terms.cancellation)
    judges_alike(ORDER, data.draw(strategies.order_facts()), terms.order)
    judges_alike(OVERDUE, data.draw(strategies.overdue_facts(terms=terms.overdue)), terms.overdue)
    judges_alike(OVERDUE, data.draw(strategies.overdue_facts()), terms.overdue)
    judges_alike(PAYMENT, data.draw(strategies.payment_facts()), None)
    judges_alike(REACTIVATION, data.draw(strategies.reactivation_facts()), None)
    judges_alike(RENEWAL, data.draw(strategies.renewal_facts()), terms.invoicing)


@slowly
@given(st.data())
def test_an_invoice_is_explained_under_its_terms(data: st.DataObject) -> None:
    terms = data.draw(strategies.terms())
    facts = data.draw(strategies.invoice_facts(terms=terms.overdue))
    assert judges_alike(INVOICE, facts, terms).open == facts.standing.open_amount


@given(strategies.answers(ORDER, strategies.order_facts(currency=USD), strategies.order_terms()))
def test_answers_are_drawn(answer: OrderAccepted | OrderRefused) -> None:
    assert isinstance(answer, OrderAccepted) or len(answer.reasons) > 0


def test_narrowed_strategies_draw_nothing_else() -> None:
    @slowly
    @given(st.data(), st.sampled_from(ServiceState), st.sampled_from(StandingState), st.sampled_from(InvoiceKind))
    def check(data: st.DataObject, state: ServiceState, stands: StandingState, kind: InvoiceKind) -> None:
        assert data.draw(strategies.services(state=state)).state is state
        assert data.draw(strategies.standings(state=stands)).state is stands
        invoice = data.draw(strategies.invoices(kind=kind, currency=USD))
        assert (invoice.kind, invoice.currency) == (kind, USD)
        assert USD in data.draw(strategies.providers(currency=USD)).currencies
        assert data.draw(strategies.terms(region="AR")).tax.has("AR")

    check()
