"""Which edition of the terms governs a question? REN-4, and REN-6 in both readings."""

from random import Random
from typing import Final

import pytest
from attrs import evolve
from hypothesis import example, given
from hypothesis import strategies as st

from altocore.billing.invoices import Invoice, InvoiceKind
from altocore.lifecycle.machine import ServiceState
from altocore.policy.governing import (
    charge_edition,
    contract_edition,
    governing,
    invoice_edition,
    order_edition,
    renewal_edition,
    renewal_editions,
    renewal_issue_day,
    request_edition,
)
from altocore.policy.renewal import RenewalDue, RenewalFacts, decide_renewal
from altocore.terms.editions import Editions, TermsEdition
from altocore.terms.options import TermsChange
from altocore.terms.parts import Terms
from altocore.testing.strategies import days
from altocore.values.anchors import Cadence
from altocore.values.days import Day, add_days, day
from altocore.values.ids import EditionId
from tests import cast


def invoices(*, first: int = 0, count: int = 3, service_name: str = cast.SERVICE) -> list[Invoice]:
    """Return a service's invoices, each under an edition of its own: `terms_0`, `terms_1` and so on."""
    return [
        cast.invoice(
            kind=InvoiceKind.FIRST if number == 0 else InvoiceKind.RENEWAL,
            service_name=service_name,
            period_number=number,
            edition=f"terms_{number}",
        )
        for number in range(first, first + count)
    ]


@pytest.mark.parametrize(
    ("on", "edition"),
    [
        (day(2025, 1, 1), "terms_0"),  # before the first period: the edition of the order
        (day(2025, 1, 30), "terms_0"),
        (day(2025, 1, 31), "terms_0"),
        (day(2025, 2, 27), "terms_0"),
        (day(2025, 2, 28), "terms_1"),  # periods are half-open: the end belongs to the next
        (day(2025, 3, 30), "terms_1"),
        (day(2025, 3, 31), "terms_2"),
        (day(2025, 4, 29), "terms_2"),
        (day(2025, 4, 30), "terms_2"),  # after the last invoiced period
        (day(2026, 1, 1), "terms_2"),
    ],
)
def test_the_invoice_whose_period_holds_the_day(on: Day, edition: str) -> None:
    """REN-4: the edition of a period is that of the invoice that covers it, whatever was published since."""
    ordered = cast.contract(edition="terms_0")
    assert governing(invoices(), cast.service(runs=ordered, last_period=2), on) == edition


def test_before_there_are_dates_it_is_the_edition_of_the_order() -> None:
    """REN-4, REN-8: an unpaid order has no periods yet."""
    pending = cast.service(state=ServiceState.PENDING, runs=cast.contract(anchor=None, edition="terms_0"))
    assert governing(invoices(count=1), pending, day(2030, 1, 1)) == "terms_0"


def test_a_renewal_that_was_voided_governs_nothing() -> None:
    """REN-4, CAN-4: without the voided invoice its period belongs to the one before."""
    assert governing(invoices(count=2), cast.service(last_period=1), day(2025, 4, 1)) == "terms_1"


def test_a_contract_that_was_taken_over_is_governed_as_it_was_taken_over() -> None:
    """REN-4: while nothing is invoiced here, the edition that it was taken over under."""
    runs = cast.contract(anchor=day(2020, 2, 29), first_period=61, edition="terms_x")
    taken = cast.service(runs=runs, last_period=60, edition="terms_y")
    assert governing([], taken, day(2025, 3, 1)) == "terms_x"
    assert governing(invoices(service_name="srv_other"), taken, day(2025, 3, 1)) == "terms_x"


def test_the_period_taken_over_keeps_its_edition() -> None:
    """REN-4: the renewal is issued, and its period has not begun: the running period's terms still govern."""
    runs = cast.contract(anchor=day(2025, 1, 31), first_period=1, edition="terms_x")
    renewed = cast.service(runs=runs, last_period=1, edition="terms_1")
    assert governing(invoices(first=1, count=1), renewed, day(2025, 2, 20)) == "terms_x"


def test_a_fresh_contract_is_governed_by_its_own_invoices() -> None:
    """REN-4: contract 2 begins on 1 May; contract 1's fourth invoice is not a later period of it."""
    runs = cast.contract(number=2, anchor=day(2025, 5, 1))
    own = cast.invoice(contract_number=2, period_number=0, edition="terms_fresh")
    assert governing([*invoices(count=4), own], cast.service(runs=runs), day(2025, 8, 1)) == "terms_fresh"


def test_other_services_say_nothing() -> None:
    """REN-4: the service's own invoices govern it."""
    own, others = invoices(count=2), invoices(first=2, count=3, service_name="srv_other")
    assert governing([*others, *own], cast.service(), day(2025, 6, 1)) == "terms_1"


@given(st.integers(1, 8), st.integers(-40, 300), st.sampled_from(Cadence), st.randoms(use_true_random=False))
def test_the_order_of_the_invoices_says_nothing(count: int, after: int, cycle: Cadence, random: Random) -> None:
    """REN-4: a naive walk over the periods finds the same edition, in whatever order the invoices come."""
    service = cast.service(runs=cast.contract(cycle=cycle, edition="terms_0"), last_period=count - 1)
    on = add_days(cast.ANCHOR, after)
    expected = "terms_0"
    for number in range(count):
        period = service.period(number)
        assert period is not None
        if on >= period.start:
            expected = f"terms_{number}"
    kept = invoices(count=count)
    assert governing(random.sample(kept, count), service, on) == expected


def test_whether_an_invoice_is_paid_changes_nothing() -> None:
    """REN-4: an issued invoice freezes the terms of its period; governing reads no standing."""
    fixed: Final = invoices()
    assert {governing(fixed, cast.service(state=state), day(2025, 3, 1)) for state in ServiceState} == {"terms_1"}


# Both readings of TermsChange. Three editions: what governs by REN-4, what comes into force in mid-period, a later one.
SPRING: Final = day(2025, 2, 10)
DAYS: Final = days(start=day(2025, 1, 1), end=day(2025, 6, 1))
ANY_TIME: Final = cast.terms(contract=cast.contract_terms(terms_change=TermsChange.ANY_TIME))
PERIOD_END: Final = cast.TERMS


def edition(
    name: str, *, on: Day = cast.FOUNDED, published: Day | None = None, notice_days: int = 10, says: Terms = PERIOD_END
) -> TermsEdition:
    """Return an edition of this name, published on the day it is effective where nothing else is said."""
    invoicing = cast.invoicing_terms(renewal_notice_days=notice_days)
    return cast.terms_edition(
        name=name, published=published or on, effective=on, says=evolve(says, invoicing=invoicing)
    )


@st.composite
def many(draw: st.DrawFn, reading: TermsChange) -> Editions:
    """Draw a first edition in this reading and some later ones in any, a few days apart, with all kinds of notices."""
    later = [
        edition(
            f"terms_{place}",
            on=draw(DAYS),
            published=draw(DAYS),
            notice_days=draw(st.integers(0, 40)),
            says=draw(st.sampled_from([ANY_TIME, PERIOD_END])),
        )
        for place in range(1, 1 + draw(st.integers(0, 4)))
    ]
    first = ANY_TIME if reading is TermsChange.ANY_TIME else PERIOD_END
    return Editions((edition("terms_0", notice_days=draw(st.integers(0, 40)), says=first), *later))


def answers(editions: Editions, on: Day) -> list[EditionId]:
    """Return who governs every question about a period that is invoiced already, on this day."""
    own, service = invoices(count=1), cast.service(runs=cast.contract(edition="terms_0"), edition="terms_0")
    start = day(2025, 2, 28)
    return [
        request_edition(editions, own, service, on).id,
        contract_edition(editions, service, on).id,
        renewal_edition(editions, service.terms_edition, start, on).id,
        invoice_edition(editions, EditionId("terms_0")).id,
    ]


@given(many(TermsChange.PERIOD_END_WITH_NOTICE), DAYS)
def test_with_notice_no_later_edition_changes_what_was_invoiced(editions: Editions, on: Day) -> None:
    """REN-4, REN-6 PERIOD_END_WITH_NOTICE: whatever is published, every answer about an invoiced period stays its own."""
    alone = Editions(editions.editions[:1])
    assert answers(editions, on) == answers(alone, on) == ["terms_0"] * 4
    start = day(2025, 2, 28)
    own = EditionId("terms_0")
    assert renewal_issue_day(editions, own, start) == renewal_issue_day(alone, own, start)


@given(many(TermsChange.ANY_TIME), DAYS)
def test_any_time_is_the_edition_in_force_that_day(editions: Editions, on: Day) -> None:
    """REN-6 ANY_TIME: a request and what is done to the contract are governed by the edition in force that day."""
    request, contract, _, invoice = answers(editions, on)
    assert request == contract == editions.in_force(issue=on, start=on).id
    assert invoice == "terms_0"


@given(many(TermsChange.ANY_TIME), DAYS, st.integers(0, 40))
def test_a_new_edition_governs_from_its_effective_day_on(editions: Editions, on: Day, notice_days: int) -> None:
    """REN-6 ANY_TIME: in force later than all others, it changes the answers from that day on, and none before."""
    latest = add_days(max(max(each.published, each.effective) for each in editions.editions), 1)
    more = Editions((*editions.editions, edition("terms_new", on=latest, notice_days=notice_days)))
    if on < latest:
        assert answers(more, on)[:2] == answers(editions, on)[:2]
    else:
        assert answers(more, on)[:2] == ["terms_new", "terms_new"]


@given(many(TermsChange.ANY_TIME) | many(TermsChange.PERIOD_END_WITH_NOTICE), DAYS)
@example(Editions((edition("terms_0", says=ANY_TIME), edition("terms_1", on=day(2025, 2, 15), notice_days=0))), SPRING)
@example(Editions((edition("terms_0", says=ANY_TIME), edition("terms_1", on=day(2025, 2, 20), notice_days=0))), SPRING)
@example(Editions((edition("terms_0", says=ANY_TIME), edition("terms_1", on=day(2025, 2, 15), notice_days=20))), SPRING)
def test_the_issue_day_is_the_first_on_which_it_is_due(editions: Editions, on: Day) -> None:
    """REN-2, REN-6: on every day the judgement says due exactly from the issue day on, so the agenda is never too late."""
    own, running = EditionId("terms_0"), cast.period(day(2025, 1, 31), day(2025, 2, 28))
    terms = renewal_edition(editions, own, running.end, on).terms.invoicing
    facts = RenewalFacts(
        state=ServiceState.ACTIVE,
        ending_pending=0,
        discontinued=0,
        open_invoices=0,
        choice=None,
        running=running,
        next=cast.period(day(2025, 2, 28), day(2025, 3, 31)),
        changed=(),
        today=on,
    )
    answer = decide_renewal(facts, terms)
    assert isinstance(answer, RenewalDue) is (on >= renewal_issue_day(editions, own, running.end))


# First notice, second notice, the day the second edition is in force; then the day of issue, for a period from 28 February.
ISSUES: Final[dict[str, tuple[int, int, Day, Day]]] = {
    "longer, long before": (10, 20, day(2025, 2, 1), day(2025, 2, 8)),
    "longer, and its own day is over": (10, 20, day(2025, 2, 15), day(2025, 2, 15)),
    "longer, on the day of issue": (10, 20, day(2025, 2, 18), day(2025, 2, 18)),
    "longer, after the issue": (10, 20, day(2025, 2, 19), day(2025, 2, 18)),
    "shorter, long before": (10, 3, day(2025, 2, 1), day(2025, 2, 25)),
    "shorter, on the day of issue": (10, 3, day(2025, 2, 18), day(2025, 2, 25)),
    "shorter, once it is due": (10, 3, day(2025, 2, 19), day(2025, 2, 18)),
}


@pytest.mark.parametrize(("first", "second", "on", "issue"), ISSUES.values(), ids=ISSUES.keys())
def test_the_day_of_issue_under_any_time(first: int, second: int, on: Day, issue: Day) -> None:
    """REN-6 ANY_TIME: the first day on which the edition in force says so; once due, it stays due."""
    editions = Editions(
        (edition("terms_0", notice_days=first, says=ANY_TIME), edition("terms_1", on=on, notice_days=second))
    )
    assert renewal_issue_day(editions, EditionId("terms_0"), day(2025, 2, 28)) == issue


def test_before_any_edition_is_in_force_it_is_the_contracts_own() -> None:
    """REN-6: a row that says a day before the first edition is answered too, for an audit has to go on."""
    editions = Editions((edition("terms_0", on=SPRING, says=ANY_TIME),))
    assert renewal_edition(editions, EditionId("terms_0"), day(2025, 2, 28), day(2025, 1, 1)).id == "terms_0"


@given(many(TermsChange.ANY_TIME) | many(TermsChange.PERIOD_END_WITH_NOTICE), DAYS)
@example(Editions((edition("terms_0", says=ANY_TIME), edition("terms_1", on=SPRING))), SPRING)
def test_what_may_have_said_so_is_what_was_known_at_some_moment_of_the_day(editions: Editions, on: Day) -> None:
    """REN-6: each is the answer of what was known with none, one or all of the day's editions; the last is that of all."""
    own, start = EditionId("terms_0"), day(2025, 2, 28)
    told = renewal_editions(editions, own, start, on)
    assert renewal_edition(editions, own, start, on) in told
    assert len(set(told)) == len(told)
    others = [each for each in editions.editions if each.published == on and each.id != own]
    morning = Editions(tuple([each for each in editions.editions if each not in others]))
    assert told[0] == renewal_edition(morning, own, start, on)
    assert set(told[1:]) <= set(others)
    assert others or len(told) == 1


def test_an_edition_of_the_day_may_have_been_known_and_may_not() -> None:
    """REN-6 ANY_TIME: published and in force today, both may have said so today; tomorrow it is the new one alone."""
    old, new = edition("terms_0", says=ANY_TIME), edition("terms_1", on=SPRING)
    both, start = Editions((old, new)), day(2025, 2, 28)
    assert renewal_editions(both, old.id, start, SPRING) == (old, new)
    assert renewal_editions(both, old.id, start, add_days(SPRING, 1)) == (new,)


def test_the_edition_that_governs_lets_another_one_in_and_no_other_does() -> None:
    """REN-6: it is the period's own edition that says whether it may be replaced, not the one that would replace it."""
    firm, loose = edition("terms_0"), edition("terms_1", on=SPRING, says=ANY_TIME)
    assert answers(Editions((firm, loose)), SPRING) == ["terms_0"] * 4
    own, other = edition("terms_0", says=ANY_TIME), edition("terms_1", on=SPRING)
    assert answers(Editions((own, other)), SPRING)[:2] == ["terms_1", "terms_1"]


def test_what_is_ordered_and_what_is_renewed_are_governed_alike_in_both_readings() -> None:
    """REN-4, REN-6: an order by what is in force that day, a renewal by what is known at its issue for its start."""
    march = edition("terms_1", published=SPRING, on=day(2025, 3, 1))
    for says in (PERIOD_END, ANY_TIME):
        editions = Editions((edition("terms_0", says=says), march))
        assert order_edition(editions, day(2025, 2, 28)).id == "terms_0"
        assert order_edition(editions, day(2025, 3, 1)).id == "terms_1"
        assert charge_edition(editions, issue=SPRING, start=day(2025, 3, 1)).id == "terms_1"
        assert charge_edition(editions, issue=day(2025, 2, 9), start=day(2025, 3, 1)).id == "terms_0"
