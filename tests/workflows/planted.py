"""Every corruption that is planted: by its name, the invariant that it breaks and how it is made."""

from typing import Final

import attrs

from altocore.billing.adjustments import Direction
from altocore.billing.invoices import InvoiceKind
from altocore.billing.ledger import Movement
from altocore.billing.standing import Standing
from altocore.catalogue.kinds import Administration
from altocore.lifecycle.machine import ServiceCommand, ServiceState
from altocore.lifecycle.reasons import SuspensionReason
from altocore.terms.clauses import HOUSE
from altocore.values.days import add_days, day
from altocore.values.ids import AddonId, EditionId, HoldingId
from altocore.values.money import money
from altocore.values.periods import Period
from altocore.workflows.auditing.findings import Invariant
from altocore.workflows.one import one
from altocore.workflows.timelines import with_next_step
from tests import cast as examples
from tests.workflows import cast
from tests.workflows.broken import (
    OLDER,
    A,
    B,
    Make,
    T,
    U,
    adjusted,
    below_zero,
    cast_client,
    costs_of,
    first_event,
    ghost,
    given_up,
    held,
    held_again,
    in_yen,
    last_numbered,
    other_money,
    over_a_debt,
    overtaxed,
    promising,
    put,
    put_off,
    relabelled,
    renewal_postings,
    repriced,
    settled_by_nothing,
    shared_out,
    suspended_for_nothing,
    with_gift,
)
from tests.workflows.corruptions import Corruption

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
