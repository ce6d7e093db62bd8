"""Pages that write to every table, for the tests of faults, and whom their rows belong to."""

from typing import Final

from altocore.billing.ledger import Movement
from altocore.clients.clients import Client
from altocore.lifecycle.service import Service
from altocore.plans.plan import Claim, Expect, ExpectCredit, Number, Plan
from altocore.ports.store import Store
from altocore.values.money import Money
from tests import cast

PERSONAL: Final = "Pereyra"
"""What no message of a fault may repeat."""


def registering(name: str = cast.ANA) -> Plan[object]:
    """Return a plan that writes a client; Ana unless another one is named."""
    client = cast.client(name=name, legal=cast.party(name=PERSONAL))
    return Plan(
        answer=None, deed=Claim("client", name, "given"), expects=(Expect(Client, client.id, 0),), writes=(client,)
    )


def meet(store: Store, *names: str) -> None:
    """Store Ana, or these clients, so that other things of theirs may be stored."""
    outcomes = store.commit([registering(name) for name in names or (cast.ANA,)])
    assert {type(outcome).__name__ for outcome in outcomes} == {"Committed"}


ORDERS = (
    registering(),
    *[
        Plan(
            answer=None,
            deed=Claim("order", str(n), "given"),
            expects=(Expect(Service, f"s{n}", 0),),
            writes=(cast.service(name=f"s{n}"),),
            postings=(cast.posting(movement=Movement.PAYMENT_KEPT),) if n == 0 else (),
        )
        for n in range(4)
    ],
)
"""What is there before."""


def renewal(n: int) -> Plan[object]:
    """Return a plan that issues an invoice and spends a dollar of Ana's credit on it."""
    service = cast.service(name=f"s{n}", last_period=1)
    invoice = cast.invoice(service_name=service.id, period_number=1)
    standing = cast.standing(name=invoice.id, service_name=service.id, next_step=cast.FIRST_DUE)
    spent = cast.posting(movement=Movement.CREDIT_APPLIED, document=invoice.id, amount=cast.usd("1.00"))
    return Plan(
        answer=None,
        deed=Claim("charge", f"{service.id}/1/1", "given"),
        claims=(Claim("notice", invoice.id, "given"),),
        expects=(
            Expect(Service, service.id, 1),
            Expect(type(invoice), invoice.id, 0),
            Expect(type(standing), standing.id, 0),
        ),
        credits=(ExpectCredit(cast.ANA, Money(10_000 - 100 * n, cast.USD)),),
        writes=(service, invoice, standing),
        postings=(cast.posting(document=invoice.id), spent),
        messages=(cast.told(about=invoice.id),),
        numbers=(Number("A", invoice.id),),
    )


RENEWALS = tuple([renewal(n) for n in range(4)])
"""A page that changes every table; each plan rests on the credit that the one before left."""
