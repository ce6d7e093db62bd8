"""Terms that change in mid-life: each period keeps the edition of its invoice, and the next one gets what is in force."""

from typing import Final

import pytest

from altocore.billing.standing import StandingState
from altocore.lifecycle.machine import ServiceState
from altocore.plans.messages import MessageKind
from altocore.terms.editions import TermsEdition
from altocore.terms.parts import Terms
from altocore.values.days import Day, add_days, day
from altocore.values.ids import ServiceId
from altocore.workflows.day import bill_day
from tests import cast as examples
from tests.workflows import cast
from tests.workflows.cast import World
from tests.workflows.conftest import Begin

ISSUED: Final = day(2025, 2, 18)
START: Final = day(2025, 2, 28)
"""The first renewal of a service that runs since 31 January: its issue, and the first day of its period."""

DUE: Final = day(2025, 2, 27)

HIGHER: Final = examples.tax_rate(rate_ppm=270_000)
OTHER: Final = examples.terms(
    invoicing=examples.invoicing_terms(due_days=3, renewal_notice_days=20),
    overdue=examples.overdue_terms(
        reminder_days=(2,), suspend_days=8, terminate_days=15, last_notice_days=1, cancel_days=20
    ),
    tax=examples.tax_terms(rates=(HIGHER, examples.EXPORT)),
)


def edition(
    name: str, *, published: Day = cast.FOUNDED, effective: Day = cast.FOUNDED, says: Terms = examples.TERMS
) -> TermsEdition:
    """Return an edition under this name."""
    return examples.terms_edition(name=name, published=published, effective=effective, says=says)


FIRST: Final = edition("first")


@pytest.mark.parametrize(
    ("published", "effective", "governs"),
    [
        (ISSUED, START, "second"),
        (day(2025, 2, 1), day(2025, 2, 1), "second"),
        (add_days(ISSUED, 1), day(2025, 2, 1), "first"),
        (ISSUED, add_days(START, 1), "first"),
    ],
    ids=["just in time", "long before", "published a day late", "effective a day late"],
)
def test_a_renewal_is_issued_under_what_is_published_and_effective(
    begin: Begin, published: Day, effective: Day, governs: str
) -> None:
    """REN-4, REN-6: published by the issue day and effective by the period's start, else the edition before it."""
    world = begin(FIRST)
    service = world.run("o1")
    world.publish(edition("second", published=published, effective=effective))
    world.bill_to(ISSUED)
    assert world.invoice(service, 0).terms_edition == "first"
    assert world.invoice(service, 1).terms_edition == governs
    assert world.service(service).terms_edition == governs
    assert world.standing(service, 1).terms_edition == governs


def changed(begin: Begin) -> tuple[World, ServiceId]:
    """Return a service whose first renewal is issued under OTHER, on the day of that issue."""
    world = begin(FIRST)
    service = world.run("o1")
    world.publish(edition("second", published=day(2025, 2, 1), effective=day(2025, 2, 1), says=OTHER))
    world.bill_to(ISSUED)
    return world, service


def test_the_last_period_says_when_the_renewal_comes(begin: Begin) -> None:
    """REN-2, REN-4: issue and due day are those of the terms of the period that ends, whatever was published since."""
    world, service = changed(begin)
    assert world.charged(service)[1][2:] == (ISSUED, DUE)
    world.pay(service, 1)
    assert world.service(service).next_step == add_days(day(2025, 3, 31), -20)


def test_the_new_period_is_taxed_by_its_own_terms(begin: Begin) -> None:
    """PAY-13, REN-4: the rate of the edition that the invoice is issued under; the running period keeps its tax."""
    world, service = changed(begin)
    assert world.invoice(service, 0).tax == examples.TWENTY_ONE
    assert world.invoice(service, 1).tax == examples.usd("27.00")
    assert world.invoice(service, 1).tax_rate_ppm == HIGHER.rate_ppm


def test_an_overdue_invoice_is_dunned_by_its_own_terms(begin: Begin) -> None:
    """REN-4: "dunning, the overdue invoice's own": the new timeline for the renewal, the old one for an older invoice."""
    world, service = changed(begin)
    world.bill_to(add_days(DUE, 14))
    world.take_last_notice(service, 1)
    world.bill_to(add_days(DUE, 20))
    own = [each for each in world.messages() if each.about in (service, world.standing(service, 1).id)]
    assert [(each.day, each.kind) for each in own if each.day > ISSUED] == [
        (add_days(DUE, 2), MessageKind.REMINDER),
        (add_days(DUE, 8), MessageKind.SERVICE_SUSPENDED),
        (add_days(DUE, 14), MessageKind.LAST_NOTICE),
        (add_days(DUE, 15), MessageKind.SERVICE_TERMINATED),
        (add_days(DUE, 20), MessageKind.INVOICE_CANCELLED),
    ]


def test_an_invoice_of_the_old_terms_keeps_its_timeline(begin: Begin) -> None:
    """REN-4: an edition published after the issue moves no step of an open invoice."""
    world = begin(FIRST)
    service = world.run("o1")
    world.bill_to(ISSUED)
    world.publish(edition("second", published=ISSUED, effective=ISSUED, says=OTHER))
    world.bill_to(add_days(DUE, 5))
    assert world.state(service) is ServiceState.SUSPENDED
    assert world.events(service)[-1].day == add_days(DUE, 5)


def test_a_missed_renewal_is_issued_under_what_is_known_on_its_own_issue_day(begin: Begin) -> None:
    """REN-4, REN-9: late, it is issued under what is published by the day it is really issued."""
    world = begin(FIRST)
    service = world.run("o1")
    world.bill_to(day(2025, 3, 22))
    world.publish(edition("second", published=day(2025, 3, 22), effective=day(2025, 3, 31)))
    world.pay(service, 1)
    assert world.invoice(service, 1).terms_edition == "first"
    assert world.invoice(service, 2).terms_edition == "second"
    assert world.invoice(service, 2).due == day(2025, 3, 30)


def test_an_order_stands_under_the_edition_of_its_day(begin: Begin) -> None:
    """REN-4: "before the first invoice, those of the order"; published the day after, the next edition changes nothing."""
    world = begin(FIRST)
    service = world.order("o1")
    world.publish(edition("second", published=day(2025, 2, 1), effective=day(2025, 2, 1), says=OTHER))
    world.today = day(2025, 2, 3)
    world.pay(service, 0)
    world.activate(service)
    assert world.service(service).terms_edition == "first"
    later = world.order("o2")
    assert world.invoice(later, 0).terms_edition == "second"
    assert world.invoice(later, 0).due == day(2025, 2, 6)


def test_a_region_that_loses_its_rate_is_parked_and_stops_nobody(begin: Begin) -> None:
    """PAY-13: without a rate no renewal is issued; the service is named, the others renew."""
    world = begin(FIRST)
    foreign, local = world.run("o1", of=cast.BEN), world.run("o2")
    narrow = examples.terms(tax=examples.tax_terms(rates=(examples.VAT,)))
    world.publish(edition("second", published=day(2025, 2, 1), effective=day(2025, 2, 1), says=narrow))
    world.today = ISSUED
    report = bill_day(world.store, world.rulebook, world.at())
    assert [(each.id, each.problem) for each in report.parked] == [(foreign, "region: has no tax rate in these terms")]
    assert (len(world.charged(local)), len(world.charged(foreign))) == (2, 1)


@pytest.mark.parametrize(
    ("preset", "ends", "state"),
    [
        (cast.DEFAULT, day(2025, 3, 31), StandingState.OPEN),
        (cast.MANUAL, day(2025, 3, 31), StandingState.OPEN),
        (cast.TERMS, START, StandingState.VOIDED),
    ],
    ids=["default", "manual", "terms"],
)
def test_presets_read_a_late_cancellation_in_two_ways(
    begin: Begin, preset: TermsEdition, ends: Day, state: StandingState
) -> None:
    """CAN-4: after the renewal's issue, the manual lets it stay owed, the terms void it."""
    world = begin(preset)
    service = world.run("o1")
    world.bill_to(ISSUED)
    assert world.cancel(service).effective == ends
    assert world.standing(service, 1).state is state


def test_the_presets_agree_on_the_calendar(begin: Begin) -> None:
    """The house's numbers are the same in all three: due days, notice, timeline, taxes."""
    world = begin(cast.DEFAULT, cast.MANUAL, cast.TERMS)
    (one, two, three) = [each.terms for each in world.rulebook.editions.editions]
    assert one.invoicing == two.invoicing == three.invoicing
    assert one.overdue == two.overdue == three.overdue
    assert one.tax == two.tax == three.tax
