"""A page that writes to every table, for the tests of faults."""

from altocore.billing.ledger import Movement
from altocore.lifecycle.service import Service
from altocore.plans.plan import Claim, Expect, ExpectCredit, Number, Plan
from altocore.values.money import Money
from tests import cast

ORDERS = tuple(
    [
        Plan(
            answer=None,
            deed=Claim("order", str(n), "given"),
            expects=(Expect(Service, f"s{n}", 0),),
            writes=(cast.service(name=f"s{n}"),),
            postings=(cast.posting(movement=Movement.PAYMENT_KEPT),) if n == 0 else (),
        )
        for n in range(4)
    ]
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
