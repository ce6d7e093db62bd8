"""The audit: silent over every good history, and for each invariant exact about each corruption that breaks it alone."""

from collections.abc import Callable
from importlib import import_module
from typing import Final, TypeAlias

import attrs
import pytest

from altocore.adapters.memory import MemoryStore
from altocore.billing.adjustments import CreditAdjustment, Direction, adjustment_id
from altocore.billing.invoices import Invoice, InvoiceKind, Line, command_invoice_id
from altocore.billing.ledger import Movement, Posting
from altocore.billing.payments import Payment
from altocore.billing.standing import Standing, StandingState
from altocore.catalogue.kinds import Administration
from altocore.clients.clients import Client
from altocore.clients.holdings import Holding
from altocore.codec.terms import Preset, preset, terms_edition
from altocore.errors import Unavailable
from altocore.lifecycle.events import Life, ServiceEvent, decide
from altocore.lifecycle.machine import ServiceCommand, ServiceState
from altocore.lifecycle.reasons import SuspensionReason
from altocore.lifecycle.service import Service
from altocore.plans.documents import Document, index
from altocore.plans.reading import OfClients
from altocore.terms.clauses import HOUSE
from altocore.values.anchors import Cadence
from altocore.values.days import Day, add_days, day
from altocore.values.ids import AddonId, ClientId, EditionId, HoldingId, InvoiceId, ServiceId
from altocore.values.money import Money, money
from altocore.values.periods import Period
from altocore.workflows.auditing import Violation, audit
from altocore.workflows.auditing.findings import Invariant, unless
from altocore.workflows.moving import lifted, suspended
from altocore.workflows.one import one
from altocore.workflows.ordering import service_id
from altocore.workflows.taking_over import TakeOver, plan_take_over
from altocore.workflows.timelines import with_next_step
from tests import cast as examples
from tests.workflows import cast, staff
from tests.workflows.cast import World
from tests.workflows.conftest import Begin
from tests.workflows.corruptions import Corruption, plant
from tests.workflows.lives import spring
from tests.workflows.stores import BlindStore

A: Final = service_id("a")
"""Ana's: its first period is paid, its renewal open, on the day of its issue."""

B: Final = service_id("b")
"""Ben's: paid, with 500 yen of credit, and its renewal paid by them in part."""

OLDER: Final = terms_edition(preset(Preset.DEFAULT), published=day(2019, 1, 1), effective=day(2019, 1, 1))
"""Terms of the same content that nothing was issued under."""

T: Final = service_id("t")
"""Cleo's: taken over, nothing invoiced yet."""

U: Final = service_id("u")
"""Dan's: taken over; staff did to it all that staff can do."""

ONE: Final = money("1.000", "KWD")


def lived(store: cast.DumpStore) -> World:
    """Return a world with these four, and a second edition of the terms, on 18 February."""
    world = cast.world(store)
    world.run("a")
    world.run("b", of=cast.BEN)
    world.pay(B, 0, money("500", "JPY"))
    contract = TakeOver(
        key="t", client=cast.CLEO, plan_edition=cast.CLOUD.id, cycle=Cadence.ANNUAL, anchor=day(2024, 6, 1)
    )
    world.store.commit([plan_take_over(contract, 1, world.rulebook, world.at())])
    contract = attrs.evolve(contract, key="u", client=cast.DAN)
    world.store.commit([plan_take_over(contract, 1, world.rulebook, world.at())])
    world.publish(OLDER)
    world.bill_to(day(2025, 2, 18))
    staff.costs(world, U, ONE)
    staff.costs(world, U, ONE, key="c2")
    staff.adjust(world, ONE, of=cast.DAN)
    staff.give_up(world, command_invoice_id("c2"))
    staff.promise(world, command_invoice_id("c1"), day(2025, 2, 23))
    staff.fault(world, U, day(2025, 2, 10), 30)
    return world


Make: TypeAlias = Callable[[World], Corruption]


EVOLVE: Final[Callable[..., Document]] = attrs.evolve


def put(document: Document, **changes: object) -> Corruption:
    """Change one document."""
    return Corruption(put=(EVOLVE(document, **changes),))


def renewal_postings(world: World) -> tuple[Posting, Posting]:
    """Return the two postings of a's renewal: net and tax."""
    own = world.invoice(A, 1).id
    net, tax = [each for each in world.store.postings() if each.document == own]
    return net, tax


def relabelled(world: World) -> Corruption:
    """Give a's renewal another id, everywhere at once: the charge could then be made a second time under its own."""
    invoice, standing, other = world.invoice(A, 1), world.standing(A, 1), InvoiceId("inv_other")
    postings = renewal_postings(world)
    return Corruption(
        put=(
            attrs.evolve(invoice, id=other),
            attrs.evolve(standing, id=other),
            attrs.evolve(world.service(A), open_invoices=(other,)),
        ),
        lost=(invoice, standing),
        unposted=postings,
        posted=tuple([attrs.evolve(each, document=other) for each in postings]),
        numbers={invoice.id: None, other: world.store.numbers([invoice.id])[invoice.id][1]},
    )


def overtaxed(world: World) -> Corruption:
    """Raise the tax of a line by a cent, and everything that is made of it."""
    invoice, standing = world.invoice(A, 1), world.standing(A, 1)
    _, tax = renewal_postings(world)
    more = examples.usd("21.01")
    return Corruption(
        put=(
            attrs.evolve(invoice, lines=(Line(item="cloud", net=examples.HUNDRED, tax=more),)),
            attrs.evolve(standing, total=examples.usd("121.01")),
        ),
        unposted=(tax,),
        posted=(attrs.evolve(tax, amount=more),),
    )


def below_zero(world: World) -> Corruption:
    """Pay a part of a's renewal with credit that Ana never had, posting and balance in step."""
    standing, taken = world.standing(A, 1), examples.usd("1.00")
    spent = examples.posting(movement=Movement.CREDIT_APPLIED, document=standing.id, on=world.today, amount=taken)
    return Corruption(
        put=(attrs.evolve(standing, settled=taken),),
        posted=(spent,),
        credit={cast.ANA: -100},
    )


def last_numbered(world: World) -> InvoiceId:
    """Return the invoice with the highest number."""
    last = world.store.numbered("A", world.numbers()[-1])
    assert last is not None
    return last


def ghost(world: World) -> Corruption:
    """Add the standing of an invoice that does not exist."""
    return put(world.standing(A, 0), id=InvoiceId("inv_ghost"))


def first_event(world: World) -> ServiceEvent:
    """Return a's only event."""
    (event,) = world.events(A)
    return event


def settled_by_nothing(world: World) -> Corruption:
    """Say that a cent of a's renewal was settled, which no money did."""
    return put(world.standing(A, 1), settled=examples.usd("0.01"))


def other_money(world: World) -> Corruption:
    """Say of Ben's payment that less of it was kept; the credit and its postings stay."""
    (kept,) = [each for each in cast.all_of(world.store, Payment) if each.kept.minor]
    less = attrs.evolve(kept.notice, amount=kept.settled + Money(400, examples.JPY))
    return put(kept, kept=Money(400, examples.JPY), notice=less)


def shared_out(world: World) -> Corruption:
    """Say of Ben's payment that a yen more came in; what was settled and kept stays."""
    (kept,) = [each for each in cast.all_of(world.store, Payment) if each.kept.minor]
    more = attrs.evolve(kept.notice, amount=kept.notice.amount + Money(1, examples.JPY))
    return put(kept, notice=more)


def put_off(world: World) -> Corruption:
    """Let a's renewal fall due a month later, on the invoice and on its standing, agenda in step."""
    later = day(2025, 3, 27)
    return Corruption(
        put=(
            attrs.evolve(world.invoice(A, 1), due=later),
            attrs.evolve(world.standing(A, 1), due=later, next_step=add_days(later, -5)),
        )
    )


def suspended_for_nothing(world: World) -> Corruption:
    """Suspend Cleo's service, which owes nothing, for a debt, with an event as it should be."""
    service = world.service(T)
    event = decide(
        service=service.id,
        client=service.client,
        life=Life(state=service.state),
        events=service.events,
        command=ServiceCommand.SUSPEND,
        occasion=world.at(),
        cause="nothing",
        suspension=SuspensionReason.OVERDUE,
    )
    assert isinstance(event, ServiceEvent)
    after = attrs.evolve(service, state=event.after, suspensions=(SuspensionReason.OVERDUE,), events=event.number)
    return Corruption(put=(after, event))


def costs_of(world: World) -> Invoice:
    """Return the invoice of costs that u's client caused."""
    return one(world.store, Invoice, command_invoice_id("c1")).document


def given_up(world: World) -> Standing:
    """Return the standing of the invoice that was given up."""
    return one(world.store, Standing, command_invoice_id("c2")).document


def adjusted(world: World) -> CreditAdjustment:
    """Return the adjustment of Dan's credit."""
    return one(world.store, CreditAdjustment, adjustment_id("a1")).document


def over_a_debt(world: World) -> Corruption:
    """Say that a debt suspended Dan's service from the day before his credit was raised to the day after."""
    on, debt = adjusted(world).day, SuspensionReason.OVERDUE
    before, later = [attrs.evolve(world.at(), day=add_days(on, days)) for days in (-1, 1)]
    owing, begun = suspended(world.service(U), debt, before, "inv_gone")
    paid, ended = lifted(owing, debt, later, "inv_gone")
    return Corruption(put=(paid, begun, ended))


def with_gift(corruption: Corruption, gift: CreditAdjustment) -> Corruption:
    """Put an adjustment beside."""
    return attrs.evolve(corruption, put=(*corruption.put, gift))


def in_yen(world: World) -> Corruption:
    """Say of Dan's adjustment that it was in yen, posting in step; the credit has no currency to tell it by."""
    (posted,) = [each for each in world.store.postings() if each.document == adjustment_id("a1")]
    amount = Money(posted.amount.minor, examples.JPY)
    return Corruption(
        put=(attrs.evolve(adjusted(world), amount=amount),),
        unposted=(posted,),
        posted=(attrs.evolve(posted, amount=amount),),
    )


def promising(world: World, *spans: tuple[int, int]) -> Corruption:
    """Put promises in the place of the one that u's costs have, their next step in step."""
    costs = one(world.store, Standing, command_invoice_id("c1")).document
    promises = tuple(
        examples.promise(key=f"p{made}", made=add_days(costs.issued, made), until=add_days(costs.issued, until))
        for made, until in spans
    )
    terms = world.rulebook.editions.of(costs.terms_edition).terms.overdue
    changed = attrs.evolve(costs, promises=promises)
    return Corruption(put=(with_next_step(changed, world.service(U).faults, terms),))


def repriced(world: World) -> Corruption:
    """Let a's renewal stand under the edition of another plan."""
    return put(world.invoice(A, 1), plan_edition=cast.STUDIO.id)


def held(world: World, client: ClientId) -> Holding:
    """Return what a client holds: its e-mail."""
    (found,) = [each.document for each in world.store.select(Holding, OfClients((client,)))]
    return found


def held_again(world: World, until: Day | None) -> Corruption:
    """Let Ana's e-mail have been another's before, until this day, and be hers by the second holding."""
    own = held(world, cast.ANA)
    second = HoldingId(f"{own.id.rpartition('.')[0]}.000002")
    before = attrs.evolve(own, client=cast.BEN, until=until)
    return Corruption(put=(before, attrs.evolve(own, id=second, number=2)))


PLANTED: Final[dict[str, tuple[Invariant, Make]]] = {
    "a service's agenda is a day late": (
        Invariant.AGENDA_IS_DERIVED,
        lambda world: put(world.service(T), next_step=day(2025, 5, 23)),
    ),
    "a service has left the agenda": (
        Invariant.AGENDA_IS_DERIVED,
        lambda world: put(world.service(T), next_step=None),
    ),
    "an open invoice has left the agenda": (
        Invariant.AGENDA_IS_DERIVED,
        lambda world: put(world.standing(A, 1), next_step=None),
    ),
    "a paid invoice is on the agenda": (
        Invariant.AGENDA_IS_DERIVED,
        lambda world: put(world.standing(A, 0), next_step=day(2025, 3, 1)),
    ),
    "an invoice skipped a reminder": (
        Invariant.AGENDA_IS_DERIVED,
        lambda world: put(world.standing(A, 1), steps_done=1),
    ),
    "a client holds no e-mail": (
        Invariant.HOLDINGS_ARE_EXCLUSIVE,
        lambda world: put(held(world, cast.ANA), until=world.today),
    ),
    "a client's e-mail is not the one it holds": (
        Invariant.HOLDINGS_ARE_EXCLUSIVE,
        lambda world: put(
            cast_client(world, cast.ANA),
            contact=attrs.evolve(cast_client(world, cast.ANA).contact, email="anna@clients.example"),
        ),
    ),
    "a client holds an e-mail twice": (
        Invariant.HOLDINGS_ARE_EXCLUSIVE,
        lambda world: put(
            held(world, cast.ANA), id=HoldingId(f"{held(world, cast.ANA).id.rpartition('.')[0]}.000002"), number=2
        ),
    ),
    "an e-mail was another's until the day after": (
        Invariant.HOLDINGS_ARE_EXCLUSIVE,
        lambda world: held_again(world, day(2025, 2, 1)),
    ),
    "an e-mail is another's too": (Invariant.HOLDINGS_ARE_EXCLUSIVE, lambda world: held_again(world, None)),
    "an e-mail was held by nobody before": (
        Invariant.HOLDINGS_ARE_EXCLUSIVE,
        lambda world: Corruption(
            put=(
                attrs.evolve(
                    held(world, cast.ANA),
                    id=HoldingId(f"{held(world, cast.ANA).id.rpartition('.')[0]}.000003"),
                    number=3,
                ),
            ),
            lost=(held(world, cast.ANA),),
        ),
    ),
    "a charge has another id": (Invariant.CHARGES_ARE_ONCE, relabelled),
    "credit out of nothing": (Invariant.CREDIT_IS_SUM_OF_POSTINGS, lambda _: Corruption(credit={cast.ANA: 1})),
    "credit that is gone": (Invariant.CREDIT_IS_SUM_OF_POSTINGS, lambda _: Corruption(credit={cast.CLEO: 7})),
    "credit below zero": (Invariant.CREDIT_IS_NOT_NEGATIVE, below_zero),
    "a charge that was never voided is followed": (
        Invariant.CHARGES_ARE_ONCE,
        lambda world: put(world.service(A), next_revision=1),
    ),
    "a line is overtaxed": (Invariant.INVOICE_IS_SUM_OF_LINES, overtaxed),
    "a standing asks a cent more": (
        Invariant.INVOICE_IS_SUM_OF_LINES,
        lambda world: put(world.standing(A, 1), total=examples.usd("121.01")),
    ),
    "a posting is lost": (
        Invariant.LEDGER_FOLLOWS_DOCUMENTS,
        lambda world: Corruption(unposted=renewal_postings(world)[:1]),
    ),
    "a posting is made twice": (
        Invariant.LEDGER_FOLLOWS_DOCUMENTS,
        lambda world: Corruption(posted=renewal_postings(world)[:1]),
    ),
    "a posting of another amount": (
        Invariant.LEDGER_FOLLOWS_DOCUMENTS,
        lambda world: Corruption(
            unposted=renewal_postings(world)[:1],
            posted=(attrs.evolve(renewal_postings(world)[0], amount=examples.usd("99.99")),),
        ),
    ),
    "a posting of another document": (
        Invariant.LEDGER_FOLLOWS_DOCUMENTS,
        lambda world: Corruption(
            unposted=renewal_postings(world)[:1],
            posted=(attrs.evolve(renewal_postings(world)[0], document=world.invoice(A, 0).id),),
        ),
    ),
    "money that was never posted": (Invariant.LEDGER_FOLLOWS_DOCUMENTS, settled_by_nothing),
    "a payment that says less was kept": (Invariant.LEDGER_FOLLOWS_DOCUMENTS, other_money),
    "a payment that says more came in": (Invariant.PAYMENT_IS_SHARED_OUT, shared_out),
    "an invoice and its standing are put off": (Invariant.DUE_DAY_IS_DERIVED, put_off),
    "a service is suspended and owes nothing": (Invariant.STATE_HAS_ITS_CAUSE, suspended_for_nothing),
    "an invoice is of another plan": (Invariant.PRICES_ARE_FROZEN, repriced),
    "an invoice is of no plan": (
        Invariant.PRICES_ARE_FROZEN,
        lambda world: put(world.invoice(A, 1), plan_edition=EditionId("plan_gone")),
    ),
    "a service has an add-on that its plan does not sell": (
        Invariant.CONTRACT_FITS_PLAN,
        lambda world: put(
            world.service(T), contract=attrs.evolve(world.service(T).contract, addons=(AddonId("management"),))
        ),
    ),
    "a service without a server is administered": (
        Invariant.CONTRACT_FITS_PLAN,
        lambda world: put(
            world.service(T), contract=attrs.evolve(world.service(T).contract, administration=Administration.CLIENT)
        ),
    ),
    "a number is lost": (
        Invariant.NUMBERS_ARE_GAPLESS,
        lambda world: Corruption(numbers={world.invoice(A, 0).id: None}),
    ),
    "the last number is lost": (
        Invariant.NUMBERS_ARE_GAPLESS,
        lambda world: Corruption(numbers={last_numbered(world): None}),
    ),
    "a number has jumped": (
        Invariant.NUMBERS_ARE_GAPLESS,
        lambda world: Corruption(numbers={world.invoice(A, 1).id: 99}),
    ),
    "a number is zero": (
        Invariant.NUMBERS_ARE_GAPLESS,
        lambda world: Corruption(numbers={last_numbered(world): 0}),
    ),
    "a debt is forgotten": (
        Invariant.OPEN_INVOICES_ARE_COUNTED,
        lambda world: put(world.service(A), open_invoices=(), next_step=day(2025, 3, 21)),
    ),
    "a debt is counted twice": (
        Invariant.OPEN_INVOICES_ARE_COUNTED,
        lambda world: put(world.service(A), open_invoices=world.service(A).open_invoices * 2),
    ),
    "a paid invoice is counted as a debt": (
        Invariant.OPEN_INVOICES_ARE_COUNTED,
        lambda world: put(world.service(A), open_invoices=(world.invoice(A, 0).id, world.invoice(A, 1).id)),
    ),
    "a client is lost": (
        Invariant.OWNER_IS_STORED,
        lambda world: Corruption(lost=(cast_client(world, cast.CLEO),)),
    ),
    "a service is lost": (Invariant.OWNER_IS_STORED, lambda world: Corruption(lost=(world.service(A),))),
    "a period was never charged": (
        Invariant.PERIODS_TILE,
        lambda world: put(world.service(A), last_period=2),
    ),
    "a period was charged that was taken over": (
        Invariant.PERIODS_TILE,
        lambda world: put(world.service(A), contract=attrs.evolve(world.service(A).contract, first_period=1)),
    ),
    "a period begins a day late": (
        Invariant.PERIODS_TILE,
        lambda world: put(world.invoice(A, 1), period=Period(start=day(2025, 3, 1), end=day(2025, 3, 31))),
    ),
    "a renewal without a period": (Invariant.PERIODS_TILE, lambda world: put(world.invoice(A, 1), period=None)),
    "a first invoice with a period": (
        Invariant.PERIODS_TILE,
        lambda world: put(world.invoice(A, 0), period=world.service(A).period(0)),
    ),
    "the anchor has moved": (
        Invariant.PERIODS_TILE,
        lambda world: put(world.service(A), contract=attrs.evolve(world.service(A).contract, anchor=day(2025, 1, 30))),
    ),
    "a standing is lost": (
        Invariant.STANDING_FOLLOWS_INVOICE,
        lambda world: Corruption(lost=(world.standing(A, 0),)),
    ),
    "a standing of no invoice": (Invariant.STANDING_FOLLOWS_INVOICE, ghost),
    "a due day is put off": (
        Invariant.STANDING_FOLLOWS_INVOICE,
        lambda world: put(world.standing(A, 1), due=day(2025, 3, 27), next_step=add_days(day(2025, 3, 27), -5)),
    ),
    "an issue day is moved": (
        Invariant.STANDING_FOLLOWS_INVOICE,
        lambda world: put(world.standing(A, 1), issued=day(2025, 2, 1)),
    ),
    "a standing is of another edition": (
        Invariant.STANDING_FOLLOWS_INVOICE,
        lambda world: put(world.standing(A, 1), terms_edition=OLDER.id),
    ),
    "a standing is of an edition that is not stored": (
        Invariant.STANDING_FOLLOWS_INVOICE,
        lambda world: put(world.standing(A, 0), terms_edition=EditionId("terms_gone")),
    ),
    "a standing is of another kind": (
        Invariant.STANDING_FOLLOWS_INVOICE,
        lambda world: put(world.standing(A, 1), kind=InvoiceKind.FIRST),
    ),
    "a standing is of another service": (
        Invariant.STANDING_FOLLOWS_INVOICE,
        lambda world: put(world.standing(A, 1), service=B),
    ),
    "a paid invoice has no day": (
        Invariant.STANDING_FOLLOWS_INVOICE,
        lambda world: put(world.standing(A, 0), closed=None),
    ),
    "an open invoice has a day": (
        Invariant.STANDING_FOLLOWS_INVOICE,
        lambda world: put(world.standing(A, 1), closed=day(2025, 2, 18)),
    ),
    "a state without an event": (
        Invariant.STATE_IS_FOLD_OF_EVENTS,
        lambda world: put(world.service(A), state=ServiceState.SUSPENDED),
    ),
    "a service has a reason that no event gave": (
        Invariant.STATE_IS_FOLD_OF_EVENTS,
        lambda world: put(world.service(A), suspensions=(SuspensionReason.ABUSE,)),
    ),
    "an overload is counted that was never one": (
        Invariant.STATE_IS_FOLD_OF_EVENTS,
        lambda world: put(world.service(A), overloads=1),
    ),
    "an event cites the clauses of another reason": (
        Invariant.STATE_IS_FOLD_OF_EVENTS,
        lambda world: put(first_event(world), clauses=(HOUSE,)),
    ),
    "an event is lost": (
        Invariant.STATE_IS_FOLD_OF_EVENTS,
        lambda world: Corruption(lost=(first_event(world),)),
    ),
    "an event too many is counted": (
        Invariant.STATE_IS_FOLD_OF_EVENTS,
        lambda world: put(world.service(A), events=2),
    ),
    "an event begins elsewhere": (
        Invariant.STATE_IS_FOLD_OF_EVENTS,
        lambda world: put(first_event(world), before=ServiceState.SUSPENDED, command=ServiceCommand.REACTIVATE),
    ),
    "an event has another number": (
        Invariant.STATE_IS_FOLD_OF_EVENTS,
        lambda world: put(first_event(world), number=2),
    ),
    "an invoice says another tax": (
        Invariant.TERMS_ARE_FROZEN,
        lambda world: put(world.invoice(A, 1), tax_name="VAT"),
    ),
    "an invoice of a region without a rate": (
        Invariant.TERMS_ARE_FROZEN,
        lambda world: put(world.invoice(A, 1), tax_region="CL"),
    ),
    "a service is under terms that are not stored": (
        Invariant.TERMS_ARE_FROZEN,
        lambda world: put(world.service(T), terms_edition=EditionId("terms_gone")),
    ),
    "a service is under other terms": (
        Invariant.TERMS_ARE_FROZEN,
        lambda world: put(world.service(A), terms_edition=OLDER.id),
    ),
    "an adjustment that was never posted": (
        Invariant.LEDGER_FOLLOWS_DOCUMENTS,
        lambda world: put(adjusted(world), amount=money("1.001", "KWD")),
    ),
    "an adjustment the other way": (
        Invariant.LEDGER_FOLLOWS_DOCUMENTS,
        lambda world: put(adjusted(world), direction=Direction.DOWN),
    ),
    "an adjustment is lost": (
        Invariant.LEDGER_FOLLOWS_DOCUMENTS,
        lambda world: Corruption(lost=(adjusted(world),)),
    ),
    "an adjustment is for another client's service": (
        Invariant.OWNER_IS_STORED,
        lambda world: put(adjusted(world), service=A),
    ),
    "a bonus is granted over a debt": (Invariant.BONUSES_ARE_NOT_BARRED, over_a_debt),
    "a bonus is granted for what owes": (
        Invariant.BONUSES_ARE_NOT_BARRED,
        lambda world: with_gift(over_a_debt(world), attrs.evolve(adjusted(world), service=U)),
    ),
    "an adjustment in another currency": (Invariant.CREDIT_IS_IN_ONE_CURRENCY, in_yen),
    "a write-off that was never posted": (
        Invariant.LEDGER_FOLLOWS_DOCUMENTS,
        lambda world: Corruption(
            unposted=tuple([each for each in world.store.postings() if each.movement is Movement.DEBT_WRITTEN_OFF])
        ),
    ),
    "a debt is given up without a reason": (
        Invariant.STANDING_FOLLOWS_INVOICE,
        lambda world: put(given_up(world), write_off=None),
    ),
    "a reason why nothing was given up": (
        Invariant.STANDING_FOLLOWS_INVOICE,
        lambda world: put(world.standing(A, 1), write_off=given_up(world).write_off),
    ),
    "a fault that moved nothing": (
        Invariant.AGENDA_IS_DERIVED,
        lambda world: put(
            world.service(A), faults=(examples.fault(start="2025-02-18T12:00:00Z", end="2025-02-20T12:00:00Z"),)
        ),
    ),
    "a promise that held nothing": (
        Invariant.AGENDA_IS_DERIVED,
        lambda world: put(
            world.standing(A, 1), promises=(examples.promise(made=world.today, until=add_days(world.today, 9)),)
        ),
    ),
    "a promise too long": (Invariant.PROMISES_ARE_BOUNDED, lambda world: promising(world, (0, 15))),
    "a promise from before the issue": (Invariant.PROMISES_ARE_BOUNDED, lambda world: promising(world, (-1, 5))),
    "two promises at once": (Invariant.PROMISES_ARE_BOUNDED, lambda world: promising(world, (0, 5), (5, 9))),
    "costs of something else": (
        Invariant.PRICES_ARE_FROZEN,
        lambda world: put(
            costs_of(world), lines=tuple([attrs.evolve(line, item="fee") for line in costs_of(world).lines])
        ),
    ),
    "a command that charges a period": (
        Invariant.PRICES_ARE_FROZEN,
        lambda world: Corruption(
            put=(
                attrs.evolve(costs_of(world), kind=InvoiceKind.RENEWAL),
                attrs.evolve(one(world.store, Standing, costs_of(world).id).document, kind=InvoiceKind.RENEWAL),
            )
        ),
    ),
    "costs of another command": (
        Invariant.CHARGES_ARE_ONCE,
        lambda world: put(costs_of(world), command="c3"),
    ),
    "costs that are put off": (
        Invariant.DUE_DAY_IS_DERIVED,
        lambda world: Corruption(
            put=(
                attrs.evolve(costs_of(world), due=day(2025, 2, 26)),
                with_next_step(
                    attrs.evolve(one(world.store, Standing, costs_of(world).id).document, due=day(2025, 2, 26)),
                    world.service(U).faults,
                    world.rulebook.editions.of(costs_of(world).terms_edition).terms.overdue,
                ),
            )
        ),
    ),
    "costs are forgotten": (
        Invariant.OPEN_INVOICES_ARE_COUNTED,
        lambda world: put(world.service(U), open_costs=()),
    ),
    "costs are counted as a period": (
        Invariant.OPEN_INVOICES_ARE_COUNTED,
        lambda world: put(world.service(U), open_costs=(), open_invoices=world.service(U).open_costs, next_step=None),
    ),
}


LOG: Final = Invariant.AUDIT_LOG_IS_WHOLE


def cast_client(world: World, of: ClientId) -> Client:
    """Return a stored client."""
    (found,) = [each for each in cast.all_of(world.store, Client) if each.id == of]
    return found


@pytest.mark.parametrize(("invariant", "make"), PLANTED.values(), ids=[*PLANTED])
def test_a_planted_corruption_is_found_as_what_it_is(store: cast.DumpStore, invariant: Invariant, make: Make) -> None:
    """The audit names the broken invariant and no other, says where, and repairs nothing."""
    world = lived(store)
    assert cast.findings(store) == []
    plant(store, make(world))
    before = cast.dumped(store)
    found = cast.findings(store)
    assert found != []
    assert {each.invariant for each in found} - {LOG} == {invariant}
    assert all(each.where and each.problem for each in found)
    assert cast.dumped(store) == before
    assert cast.findings(store) == found


def test_every_invariant_has_a_corruption() -> None:
    """No invariant is taken on trust: each is broken by a corruption above, or in test_audit_log, _damage and _restorations."""
    elsewhere = {LOG, Invariant.ROWS_ARE_SOUND, Invariant.RESTORATIONS_ARE_PAID}
    assert {invariant for invariant, _ in PLANTED.values()} == set(Invariant) - elsewhere


def test_a_number_that_is_used_twice_is_found() -> None:
    """PAY-12: two invoices under one number, in memory, for a database does not even hold the row."""
    world = lived(MemoryStore())
    plant(world.store, Corruption(numbers={world.invoice(A, 1).id: 1}))
    assert {each.invariant for each in cast.findings(world.store)} == {Invariant.NUMBERS_ARE_GAPLESS}


def test_where_a_client_is_lost_everything_of_it_is_named(store: cast.DumpStore) -> None:
    """Each document of an owner that is not stored is named by its own id; the walk by client never meets them."""
    world = lived(store)
    email = held(world, cast.CLEO)
    plant(store, Corruption(lost=(cast_client(world, cast.CLEO),)))
    found = [each for each in cast.findings(store) if each.invariant is not LOG]
    assert {each.where for each in found} == {T, email.id, *[each.id for each in world.events(T)]}


def test_where_a_service_is_lost_its_invoices_are_named(store: cast.DumpStore) -> None:
    """An invoice whose service is not its client's is named."""
    world = lived(store)
    plant(store, Corruption(lost=(world.service(A),)))
    found = [each for each in cast.findings(store) if each.invariant is not LOG]
    assert {each.where for each in found} == {world.invoice(A, 0).id, world.invoice(A, 1).id}


def paid_in_part(world: World) -> Corruption:
    """Count a's renewal as paid, with a cent of it settled."""
    return put(
        world.standing(A, 1),
        state=StandingState.PAID,
        closed=world.today,
        settled=examples.usd("0.01"),
        next_step=None,
    )


def open_in_full(world: World) -> Corruption:
    """Settle all of a's renewal, and leave it open."""
    return put(world.standing(A, 1), settled=cast.WHOLE)


@pytest.mark.parametrize("make", [paid_in_part, open_in_full])
def test_what_is_paid_is_settled_in_full(store: cast.DumpStore, make: Make) -> None:
    """PAY-6: a standing cannot be paid in part, nor open with nothing owed; the money that never came is told too."""
    world = lived(store)
    plant(store, make(world))
    found = {each.invariant for each in cast.findings(store)}
    assert Invariant.STANDING_FOLLOWS_INVOICE in found
    assert Invariant.LEDGER_FOLLOWS_DOCUMENTS in found


def test_a_good_life_has_no_violation(begin: Begin) -> None:
    """Everything that may happen happens in a spring, and every day of it is in order."""
    world = begin()

    def bill(at: World) -> None:
        at.bill()
        assert cast.findings(at.store) == []

    spring(world, bill)


def test_it_walks_in_pages_and_tells_its_progress(store: cast.DumpStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the page, every client is met once, and every corruption found."""
    monkeypatch.setattr(import_module("altocore.workflows.auditing.audit"), "_PAGE", 3)
    monkeypatch.setattr(import_module("altocore.workflows.walking"), "_PAGE", 3)
    world = lived(store)
    pages: list[int] = []
    assert list(audit(store, pages.append)) == []
    assert pages == [3, 1]
    plant(store, put(world.service(B), events=5))
    plant(store, Corruption(lost=(cast_client(world, cast.CLEO),)))
    assert {each.invariant for each in cast.findings(store)} == {
        Invariant.STATE_IS_FOLD_OF_EVENTS,
        Invariant.OWNER_IS_STORED,
        LOG,
    }


def test_an_empty_store_is_sound(store: cast.DumpStore) -> None:
    """Nothing is in order."""
    pages: list[int] = []
    assert list(audit(store, pages.append)) == []
    assert pages == []


def test_a_store_that_cannot_be_read_is_told(world: World) -> None:
    """The outside's fault is no violation."""
    blind = BlindStore(world.store, lambda kind, _which: kind is Client)
    with pytest.raises(Unavailable):
        list(audit(blind))


def test_terms_that_are_not_stored_are_a_violation(store: cast.DumpStore) -> None:
    """REN-4: an invoice whose edition is gone is broken, and the rest of the store is still audited."""
    world = lived(store)
    plant(store, put(world.invoice(A, 1), terms_edition=EditionId("terms_gone")))
    assert Invariant.TERMS_ARE_FROZEN in {each.invariant for each in cast.findings(store)}


def test_a_posting_of_nobody_is_a_violation(store: cast.DumpStore) -> None:
    """A posting whose client is not stored is an orphan like any document."""
    lived(store)
    plant(store, Corruption(posted=(examples.posting(of="cli_nobody", document="inv_nothing"),)))
    assert cast.findings(store) != []


def test_a_violation_says_no_personal_data(store: cast.DumpStore) -> None:
    """CLI-7: ids and words of ours only."""
    world = lived(store)
    plant(store, put(world.invoice(A, 1), tax_name="VAT"))
    found, logged = cast.findings(store)
    assert logged == Violation(
        invariant=LOG, where=world.invoice(A, 1).id, problem="the invoice is not as it was logged last"
    )
    assert found == Violation(
        invariant=Invariant.TERMS_ARE_FROZEN,
        where=world.invoice(A, 1).id,
        problem="its tax rate is not that of its terms",
    )


def test_what_holds_is_no_violation() -> None:
    """`unless` yields for what does not hold, and for nothing else."""
    assert list(unless(1, Invariant.PERIODS_TILE, "a", "b")) == []
    assert len(list(unless(None, Invariant.PERIODS_TILE, "a", "b"))) == 1


def test_every_owned_document_has_an_owner_on_its_index(world: World) -> None:
    """The orphans' search rests on the index: whatever belongs to a client says so there."""
    service = ServiceId(world.run("o1"))
    owned: list[Document] = [world.service(service), world.invoice(service, 0), world.standing(service, 0)]
    assert {index(each).client for each in owned} == {cast.ANA}
    assert {type(each) for each in owned} == {Service, Invoice, Standing}
