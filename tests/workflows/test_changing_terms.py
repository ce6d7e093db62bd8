"""New terms and the clients that are told of them: with the renewal, or when they are published. REN-4 to REN-6."""

from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from altocore.adapters.memory import MemoryStore
from altocore.errors import UnknownKey
from altocore.lifecycle.events import Actor
from altocore.lifecycle.service import Service
from altocore.plans.messages import Message, MessageKind
from altocore.plans.overlay import Overlay
from altocore.policy.cancellation import CancellationAccepted
from altocore.policy.renewal import RenewalDue
from altocore.terms.editions import TermsEdition
from altocore.terms.options import CancellationDeadline, FirstPeriodStart, TermsChange
from altocore.terms.parts import Terms
from altocore.values.days import Day, add_days, day
from altocore.values.ids import EditionId
from altocore.workflows.auditing.findings import Invariant
from altocore.workflows.changing_terms import change_terms, new_terms
from altocore.workflows.explaining import load_invoice
from altocore.workflows.one import one
from altocore.workflows.ordering import service_id
from altocore.workflows.registering import publish
from altocore.workflows.reports import Report
from altocore.workflows.rulebook import load_rulebook
from altocore.workflows.stepping import plan_service_step
from tests import cast as examples
from tests.workflows import cast
from tests.workflows.cast import World
from tests.workflows.conftest import Begin

ISSUED: Final = day(2025, 2, 18)
START: Final = day(2025, 2, 28)
CHANGED: Final = MessageKind.TERMS_CHANGED
LOOSE: Final = examples.contract_terms(terms_change=TermsChange.ANY_TIME)


def edition(
    name: str, on: Day = cast.FOUNDED, *, says: Terms = examples.TERMS, published: Day | None = None
) -> TermsEdition:
    """Return an edition of this name, published on the day that it is effective where nothing else is said."""
    return examples.terms_edition(name=name, published=published or on, effective=on, says=says)


def noticing(days: int) -> Terms:
    """Return terms under which a renewal is issued so many days ahead, and which may change on any day."""
    return examples.terms(contract=LOOSE, invoicing=examples.invoicing_terms(renewal_notice_days=days))


FIRM: Final = edition("first")
OPEN: Final = edition("first", says=noticing(10))
STRICTER: Final = examples.terms(overdue=examples.overdue_terms(suspend_days=4, reminder_days=()))


def changes(world: World) -> list[Message]:
    """Return the notices of changed terms."""
    return world.messages(CHANGED)


def test_a_renewal_under_other_terms_tells_them(begin: Begin) -> None:
    """REN-5, REN-6: the client is told on the day of the issue, and the renewal's answer names the fields."""
    world = begin(FIRM)
    service = world.run("o1")
    world.publish(edition("second", day(2025, 2, 1), says=STRICTER))
    assert changes(world) == []
    world.bill_to(add_days(ISSUED, -1))
    world.today = ISSUED
    plan = plan_service_step(Overlay(world.store), one(world.store, Service, service), world.rulebook, world.at())
    assert isinstance(plan.answer, RenewalDue)
    assert plan.answer.changed == ("overdue.reminder_days", "overdue.suspend_days")
    assert "REN-5" in plan.rests_on
    world.bill()
    assert [(each.client, each.about, each.day) for each in changes(world)] == [(cast.ANA, "second", ISSUED)]
    assert world.invoice(service, 1).terms_edition == "second"


def test_each_edition_is_told_once_to_each_client(begin: Begin) -> None:
    """REN-6: once a client and edition, however many services and periods it governs."""
    world = begin(FIRM)
    world.run("o1")
    world.run("o2")
    world.run("o3", of=cast.BEN)
    world.publish(edition("second", day(2025, 2, 1), says=STRICTER))
    world.bill_to(ISSUED)
    for key in ("o1", "o2", "o3"):
        world.pay(service_id(key), 1)
    world.bill_to(day(2025, 3, 25))
    assert sorted((each.client, each.about) for each in changes(world)) == [(cast.ANA, "second"), (cast.BEN, "second")]


def test_an_edition_that_says_the_same_is_not_told(begin: Begin) -> None:
    """REN-6: published anew with nothing changed, there is nothing to tell."""
    world = begin(FIRM)
    service = world.run("o1")
    world.publish(edition("second", day(2025, 2, 1)))
    world.bill_to(ISSUED)
    assert world.invoice(service, 1).terms_edition == "second"
    assert changes(world) == []


def reached(world: World, new: TermsEdition) -> Report:
    """Publish an edition, and let it reach whom it may; return the report."""
    publish(world.store, [new])
    world.rulebook = load_rulebook(world.store, cast.PROVIDER)
    return change_terms(world.store, world.rulebook, new.id, world.at(Actor.STAFF))


def test_with_notice_no_contract_is_reached(begin: Begin) -> None:
    """REN-6 PERIOD_END_WITH_NOTICE: an edition that says ANY_TIME moves no agenda and tells nobody; it is refused."""
    world = begin(FIRM)
    world.run("o1")
    publish(world.store, [edition("second", day(2025, 2, 1), says=noticing(20))])
    world.rulebook = load_rulebook(world.store, cast.PROVIDER)
    before = world.dump()
    report = change_terms(world.store, world.rulebook, EditionId("second"), world.at())
    assert [each.rules for each in report.refused] == [("REN-6",)]
    assert world.dump() == before


def test_where_no_edition_reads_any_time_no_service_is_read(begin: Begin) -> None:
    """REN-6 PERIOD_END_WITH_NOTICE: there is nothing to do and nothing to report."""
    world = begin(FIRM)
    world.run("o1")
    assert reached(world, edition("second", day(2025, 2, 1), says=STRICTER)) == Report()


def test_under_any_time_the_client_is_told_when_it_is_published(begin: Begin) -> None:
    """REN-6 ANY_TIME: told on the day of publication, once; the renewal that follows does not tell it again."""
    world = begin(OPEN)
    service = world.run("o1")
    world.run("o2")
    world.run("o3", of=cast.BEN)
    world.today = day(2025, 2, 3)
    report = reached(world, edition("second", day(2025, 2, 10), published=day(2025, 2, 3), says=STRICTER))
    assert (report.committed, report.refused) == (3, [])
    assert sorted((each.client, each.day) for each in changes(world)) == [
        (cast.ANA, day(2025, 2, 3)),
        (cast.BEN, day(2025, 2, 3)),
    ]
    world.bill_to(ISSUED)
    assert world.invoice(service, 1).terms_edition == "second"
    assert len(changes(world)) == 2
    assert cast.findings(world.store) == []


@pytest.mark.parametrize(
    ("notice_days", "on", "issued"),
    [
        (20, day(2025, 2, 1), day(2025, 2, 8)),
        (20, day(2025, 2, 12), day(2025, 2, 12)),
        (3, day(2025, 2, 1), day(2025, 2, 25)),
        (3, ISSUED, day(2025, 2, 25)),
        (3, add_days(ISSUED, 1), ISSUED),
        (20, add_days(ISSUED, 1), ISSUED),
    ],
)
def test_the_agenda_follows_the_edition(begin: Begin, notice_days: int, on: Day, issued: Day) -> None:
    """REN-6 ANY_TIME: the renewal is issued on the first day on which the edition in force says so, by daily billing alone."""
    world = begin(OPEN)
    service = world.run("o1")
    world.publish(edition("second", on, published=world.today, says=noticing(notice_days)))
    assert world.service(service).next_step == issued
    assert cast.findings(world.store) == []
    world.bill_to(add_days(issued, -1))
    assert [number for number, *_ in world.charged(service)] == [0]
    world.bill_to(issued)
    assert world.invoice(service, 1).issued == issued
    assert cast.findings(world.store) == []
    facts = load_invoice(world.store, world.invoice(service, 1).id)
    assert add_days(START, -facts.renewal_notice_days) <= issued


def test_until_the_deed_is_done_the_audit_says_so(begin: Begin) -> None:
    """REN-6 ANY_TIME: an edition that is published and has not reached the contracts leaves agendas that are not derived."""
    world = begin(OPEN)
    service = world.run("o1")
    new = edition("second", day(2025, 2, 1), says=noticing(20))
    publish(world.store, [new])
    assert [(each.invariant, each.where) for each in cast.findings(world.store)] == [
        (Invariant.AGENDA_IS_DERIVED, service)
    ]
    reached(world, new)
    assert cast.findings(world.store) == []


def test_an_edition_that_comes_after_the_days_billing_makes_no_renewal_wrong(begin: Begin) -> None:
    """REN-2, REN-6 ANY_TIME: published before or after a renewal of its day, it gives it one due day or another, both right."""
    world = begin(OPEN)
    before, after = world.run("o1"), world.run("o2", plan=cast.STUDIO)
    world.bill_to(add_days(ISSUED, -1))
    world.today = ISSUED
    late = examples.invoicing_terms(renewal_notice_days=20, due_days=15)
    stored = one(world.store, Service, before)
    plan = plan_service_step(Overlay(world.store), stored, world.rulebook, world.at())
    world.store.commit([plan])
    world.publish(edition("second", ISSUED, says=examples.terms(contract=LOOSE, invoicing=late)))
    world.bill()
    assert [world.invoice(each, 1).issued for each in (before, after)] == [ISSUED, ISSUED]
    assert [world.invoice(each, 1).due for each in (before, after)] == [add_days(START, -1), add_days(ISSUED, 15)]
    told = [load_invoice(world.store, world.invoice(each, 1).id).renewal_notice_days for each in (before, after)]
    assert told == [10, 20]
    assert cast.findings(world.store) == []


def test_it_is_done_once_and_resumes(begin: Begin) -> None:
    """REN-6 ANY_TIME: done again nothing is written; a service that came since is done then."""
    world = begin(OPEN)
    world.run("o1")
    new = edition("second", day(2025, 2, 1), says=noticing(20))
    assert reached(world, new).committed == 1
    before = world.dump()
    assert reached(world, new).committed == 0
    assert world.dump() == before


def test_a_request_is_governed_by_the_edition_in_force_that_day(begin: Begin) -> None:
    """REN-4, REN-6 ANY_TIME: the renewal is issued; the deadline of the edition that came into force since voids it."""
    world = begin(OPEN)
    service = world.run("o1")
    world.bill_to(ISSUED)
    other = examples.cancellation_terms(deadline=CancellationDeadline.ANY_TIME)
    world.publish(edition("second", day(2025, 2, 20), says=examples.terms(cancellation=other)))
    world.today = day(2025, 2, 20)
    assert world.cancel(service) == CancellationAccepted(effective=START, voids=1)


@pytest.mark.parametrize(
    ("reading", "anchor"),
    [(TermsChange.ANY_TIME, day(2025, 1, 31)), (TermsChange.PERIOD_END_WITH_NOTICE, day(2025, 2, 5))],
)
def test_an_activation_is_governed_by_the_edition_in_force_that_day(
    begin: Begin, reading: TermsChange, anchor: Day
) -> None:
    """REN-4, REN-6, REN-8: ordered under ACTIVATION; PAYMENT, in force since, counts only where the order's terms allow it."""
    world = begin(edition("first", says=examples.terms(contract=examples.contract_terms(terms_change=reading))))
    service = world.order("o1")
    world.pay(service, 0)
    paying = examples.invoicing_terms(first_period_start=FirstPeriodStart.PAYMENT)
    world.publish(edition("second", day(2025, 2, 3), says=examples.terms(invoicing=paying)))
    world.today = day(2025, 2, 5)
    assert world.activate(service) == anchor
    assert cast.findings(world.store) == []


def test_an_ended_contract_and_a_newer_one_are_not_reached(begin: Begin) -> None:
    """REN-6 ANY_TIME: nobody is told of what does not govern him, nor of the edition that he ordered under."""
    world = begin(OPEN)
    gone = world.run("o1")
    world.cancel(gone)
    world.bill_to(START)
    new = edition("second", START, says=noticing(20))
    publish(world.store, [new])
    world.rulebook = load_rulebook(world.store, cast.PROVIDER)
    world.order("o2", of=cast.BEN)
    report = change_terms(world.store, world.rulebook, new.id, world.at())
    assert (report.committed, sorted(each.rules for each in report.refused)) == (0, [("REN-6",), ("REN-6",)])
    assert changes(world) == []


def test_new_terms_that_another_edition_overtakes_say_nothing(begin: Begin) -> None:
    """REN-6: where a later edition is in force on that day already, and where it is the first of all."""
    world = begin(OPEN)
    late = edition("late", day(2025, 1, 1), published=day(2025, 3, 1), says=STRICTER)
    world.publish(edition("second", day(2025, 2, 1), says=noticing(20)))
    publish(world.store, [late])
    editions = load_rulebook(world.store, cast.PROVIDER).editions
    assert new_terms(editions, late.id).changed == ()
    assert new_terms(editions, late.id).effective == day(2025, 3, 1)
    assert new_terms(editions, OPEN.id).changed == ()
    assert new_terms(editions, EditionId("second")).changed == ("invoicing.renewal_notice_days",)


def test_an_edition_that_is_not_loaded_is_refused(begin: Begin) -> None:
    """REN-6: the rulebook has to be loaded again after publishing."""
    world = begin(OPEN)
    publish(world.store, [edition("second", day(2025, 2, 1))])
    with pytest.raises(UnknownKey):
        change_terms(world.store, world.rulebook, EditionId("second"), world.at())


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(-5, 40), st.sampled_from(TermsChange)), max_size=3),
    st.sampled_from(TermsChange),
)
def test_published_later_it_never_changes_an_invoiced_period_with_notice(
    later: list[tuple[int, int, TermsChange]], reading: TermsChange
) -> None:
    """REN-4, REN-6: under PERIOD_END_WITH_NOTICE the first renewal is issued as without them; in both readings all is sound."""
    own = examples.terms(contract=examples.contract_terms(terms_change=reading))
    world = cast.world(MemoryStore(), edition("first", says=own))
    service = world.run("o1")
    for place, (notice_days, after, says) in enumerate(later):
        world.publish(
            edition(
                f"later_{place}",
                add_days(world.today, after),
                published=world.today,
                says=examples.terms(
                    contract=examples.contract_terms(terms_change=says),
                    invoicing=examples.invoicing_terms(renewal_notice_days=notice_days),
                ),
            )
        )
        assert cast.findings(world.store) == []
    world.bill_to(day(2025, 3, 2))
    assert cast.findings(world.store) == []
    renewal = world.invoice(service, 1)
    if reading is TermsChange.PERIOD_END_WITH_NOTICE:
        assert (renewal.issued, renewal.due) == (ISSUED, day(2025, 2, 27))


def test_a_renewal_spells_out_what_it_changes(begin: Begin) -> None:
    """REN-5: each field with what it said and what it says; the next renewal renews as it was, and so does one before."""
    world = begin(FIRM)
    service = world.run("o1")
    world.publish(edition("second", on=day(2025, 3, 31), published=day(2025, 3, 1), says=STRICTER))
    for last, number in ((ISSUED, 1), (day(2025, 3, 21), 2), (day(2025, 4, 20), 3)):
        world.bill_to(last)
        world.pay(service, number)
    told = {
        number: [
            (each.code, each.before, each.after)
            for each in load_invoice(world.store, world.invoice(service, number).id).changed
        ]
        for number in range(4)
    }
    assert told == {
        0: [],
        1: [],
        2: [("overdue.reminder_days", (-5, -1, 1, 3), ()), ("overdue.suspend_days", 5, 4)],
        3: [],
    }
