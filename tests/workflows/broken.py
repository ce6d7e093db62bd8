"""A store in which one thing is broken at a time: who lives in it, and how each document of theirs is made wrong."""

from collections.abc import Callable
from typing import Final, TypeAlias

import attrs

from altocore.billing.adjustments import CreditAdjustment, adjustment_id
from altocore.billing.invoices import Invoice, Line, command_invoice_id
from altocore.billing.ledger import Movement, Posting
from altocore.billing.payments import Payment
from altocore.billing.standing import Standing
from altocore.clients.clients import Client
from altocore.clients.holdings import Holding
from altocore.codec.terms import Preset, preset, terms_edition
from altocore.lifecycle.events import Life, ServiceEvent, decide
from altocore.lifecycle.machine import ServiceCommand
from altocore.lifecycle.reasons import SuspensionReason
from altocore.plans.documents import Document
from altocore.plans.reading import OfClients
from altocore.values.anchors import Cadence
from altocore.values.days import Day, add_days, day
from altocore.values.ids import ClientId, HoldingId, InvoiceId
from altocore.values.money import Money, money
from altocore.workflows.moving import lifted, suspended
from altocore.workflows.one import one
from altocore.workflows.ordering import service_id
from altocore.workflows.taking_over import TakeOver, plan_take_over
from altocore.workflows.timelines import with_next_step
from tests import cast as examples
from tests.workflows import cast, staff
from tests.workflows.cast import World
from tests.workflows.corruptions import Corruption

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


def cast_client(world: World, of: ClientId) -> Client:
    """Return a stored client."""
    (found,) = [each for each in cast.all_of(world.store, Client) if each.id == of]
    return found
