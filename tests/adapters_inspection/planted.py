"""One corruption for each objection: rows changed on the database itself, whose columns and texts say different things."""

import json
from collections.abc import Callable
from typing import Final, TypeAlias

import attrs

from altocore.adapters.inspection import Objection
from altocore.billing.invoices import Invoice
from altocore.billing.payments import Payment
from altocore.billing.standing import Standing
from altocore.codec.documents import encode
from altocore.plans.documents import KINDS, Document
from altocore.values.days import day
from altocore.values.ids import InvoiceId
from altocore.values.money import Money
from altocore.workflows.ordering import service_id
from altocore.workflows.walking import every
from tests import cast as examples
from tests.adapters_inspection.hands import Hand
from tests.workflows import cast, staff
from tests.workflows.cast import World

A: Final = service_id("a")
NAMES: Final = {kind: name for name, kind in KINDS.items()}

Plant: TypeAlias = Callable[[Hand, World], str]
"""Changes rows, and returns the place that must be named."""


def lived(hand: Hand) -> World:
    """Return a world in which Ana paid her first invoice and owes her renewal in part, and Ben has credit, some from staff."""
    world = cast.world(hand.store)
    world.run("a")
    world.run("b", of=cast.BEN)
    world.pay(service_id("b"), 0, Money(500, examples.JPY))
    world.bill_to(day(2025, 2, 18))
    world.pay(A, 1, examples.usd("21.00"))
    staff.adjust(world, Money(10, examples.JPY), of=cast.BEN)
    return world


def rewrite(hand: Hand, document: Document, **fields: object) -> None:
    """Put other values into a document's text, and leave its columns as they are."""
    text = json.loads(encode(document))
    assert text.keys() >= fields.keys()
    hand.run(
        "UPDATE document SET body = ? WHERE kind = ? AND id = ?",
        *(json.dumps({**text, **fields}), NAMES[type(document)], document.id),
    )


def credit(hand: Hand, _world: World) -> str:
    """Give Ben a yen more."""
    hand.run("UPDATE credit SET minor = minor + 1 WHERE client = ?", cast.BEN)
    return cast.BEN


def numbers(hand: Hand, world: World) -> str:
    """Let the series go on one number too early."""
    last = world.numbers()[-1]
    hand.run("UPDATE number SET n = n + 1 WHERE n = ?", last)
    return "A"


def unnumbered(hand: Hand, world: World) -> str:
    """Lose a number."""
    hand.run("DELETE FROM number WHERE invoice = ?", world.invoice(A, 1).id)
    return world.invoice(A, 1).id


def ghosts(hand: Hand, world: World) -> str:
    """Give the next number to an invoice that does not exist."""
    hand.run("INSERT INTO number (series, n, invoice) VALUES ('A', ?, 'inv_ghost')", world.numbers()[-1] + 1)
    return "inv_ghost"


def without_standing(hand: Hand, world: World) -> str:
    """Lose a standing."""
    own = world.standing(A, 0).id
    hand.run("DELETE FROM document WHERE kind = 'standing' AND id = ?", own)
    return own


def totals(hand: Hand, world: World) -> str:
    """Ask a cent more than was invoiced."""
    standing = world.standing(A, 0)
    rewrite(hand, standing, total=[standing.total.minor + 1, "USD"])
    return standing.id


def receivable(hand: Hand, world: World) -> str:
    """Say that a cent more is settled of the renewal, which no posting says."""
    standing = world.standing(A, 1)
    rewrite(hand, standing, settled=[standing.settled.minor + 1, "USD"])
    return cast.ANA


def cash(hand: Hand, world: World) -> str:
    """Say that a cent more came in than the ledger says."""
    payment = next(each for each in every(world.store, Payment) if each.client == cast.ANA)
    notice = json.loads(encode(payment))["notice"]
    rewrite(hand, payment, notice={**notice, "amount": [payment.notice.amount.minor + 1, "USD"]})
    return cast.ANA


def charged_twice(hand: Hand, world: World) -> str:
    """Add the renewal a second time, with its standing, under another id."""
    again: list[Invoice | Standing] = [
        attrs.evolve(world.invoice(A, 1), id=InvoiceId("inv_again")),
        attrs.evolve(world.standing(A, 1), id=InvoiceId("inv_again")),
    ]
    for document in again:
        hand.run(
            "INSERT INTO document (kind, id, version, client, service, plan, day, shard, agenda, body) "
            "SELECT kind, 'inv_again', version, client, service, plan, day, shard, agenda, ? FROM document "
            "WHERE kind = ? AND id = ?",
            *(encode(document), NAMES[type(document)], world.invoice(A, 1).id),
        )
    return A


def unclaimed(hand: Hand, world: World) -> str:
    """Lose the claim that keeps the renewal from being charged again."""
    own = world.invoice(A, 1).id
    hand.run("DELETE FROM claim WHERE space = 'charge' AND key = ?", own)
    return own


def agenda(hand: Hand, world: World) -> str:
    """Take a service off its agenda: nobody would bill it again, and its text says nothing of it."""
    assert world.standing(A, 1).next_step is not None
    hand.run("UPDATE document SET agenda = NULL WHERE kind = 'standing' AND id = ?", world.standing(A, 1).id)
    return world.standing(A, 1).id


def filed(hand: Hand, world: World) -> str:
    """Show an invoice under another service of its client, where its readers would look for it in vain."""
    invoice = world.invoice(A, 1).id
    hand.run("UPDATE document SET service = 'srv_other' WHERE kind = 'invoice' AND id = ?", invoice)
    return invoice


def owners(hand: Hand, world: World) -> str:
    """Let Ana's event be found under Ben."""
    (event,) = world.events(A)
    hand.run("UPDATE document SET client = ? WHERE kind = 'service_event' AND id = ?", cast.BEN, event.id)
    return event.id


def posted_to_nobody(hand: Hand, world: World) -> str:
    """Give the postings of an invoice to a client that is not stored."""
    own = world.invoice(A, 0).id
    hand.run("UPDATE posting SET client = 'cli_nobody' WHERE document = ?", own)
    return own


def chains(hand: Hand, _world: World) -> str:
    """Lose the second entry of Ana's log."""
    hand.run("DELETE FROM log WHERE client = ? AND n = 2", cast.ANA)
    return cast.ANA


def unlogged(hand: Hand, _world: World) -> str:
    """Lose Dan's whole log."""
    hand.run("DELETE FROM log WHERE client = ?", cast.DAN)
    return cast.DAN


PLANTED: Final[dict[Objection, Plant]] = {
    Objection.CREDIT: credit,
    Objection.NUMBERS: numbers,
    Objection.UNNUMBERED: unnumbered,
    Objection.GHOSTS: ghosts,
    Objection.WITHOUT_STANDING: without_standing,
    Objection.TOTALS: totals,
    Objection.RECEIVABLE: receivable,
    Objection.CASH: cash,
    Objection.CHARGED_TWICE: charged_twice,
    Objection.UNCLAIMED: unclaimed,
    Objection.AGENDA: agenda,
    Objection.OWNERS: owners,
    Objection.FILED: filed,
    Objection.POSTED_TO_NOBODY: posted_to_nobody,
    Objection.CHAINS: chains,
    Objection.UNLOGGED: unlogged,
}
