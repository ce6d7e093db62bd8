"""Bill one client through its first month, in memory: order, payment, activation, renewal, explanation, audit.

The first period begins on 31 January, so it ends with February: the renewal is for the days from 28 February up to, and
without, 31 March. It is issued ten days ahead. The client pays five dollars too much, which become its credit.
"""

from typing import Final

from altocore import Cadence, Money, Provider, audit, bill_day, currency, day, money, order, pay
from altocore.adapters.memory import MemoryStore
from altocore.billing.payments import PaymentNotice
from altocore.catalogue.plans import PlanItem, Price, ProductKind
from altocore.clients.clients import CreditUse, new_client
from altocore.codec.plans import plan_edition
from altocore.codec.terms import Preset, preset, terms_edition
from altocore.lifecycle.events import Actor, Occasion
from altocore.text.explanations import explain_invoice as in_words
from altocore.text.explanations import render_text
from altocore.values.days import Day, add_days
from altocore.values.ids import ClientId, InvoiceId, PlanId
from altocore.values.instants import start_of_day
from altocore.values.provider import LegalParty
from altocore.workflows.activating import activate
from altocore.workflows.explaining import explain_invoice
from altocore.workflows.ordering import Order, service_id
from altocore.workflows.registering import publish, register
from altocore.workflows.rulebook import load_rulebook

PROVIDER: Final = Provider(
    legal=LegalParty(name="Alto S.A.", address="Calle Inventada 1, Rosario", tax_id="30-00000000-0"),
    zone="America/Argentina/Buenos_Aires",
    currencies=(currency("USD"),),
    series="A",
)
ANA: Final = new_client(
    ClientId("ana"),
    legal=LegalParty(name="Ana Example", address="Calle Inventada 2, Rosario", tax_id=""),
    email="ana@example.com",
    phone="+5493415550000",
    tax_region="AR",
    currency=currency("USD"),
    locale="es_AR",
    credit_use=CreditUse.APPLY,
    day=day(2025, 1, 29),
)
TERMS: Final = terms_edition(preset(Preset.DEFAULT), published=day(2025, 1, 1), effective=day(2025, 1, 1))
CLOUD: Final = plan_edition(
    PlanId("cloud"),
    ProductKind.CLOUD_HOSTING,
    [PlanItem(name="Cloud hosting", prices=(Price(cycle=Cadence.MONTHLY, amount=money("20.00", "USD")),))],
    published=day(2025, 1, 1),
    effective=day(2025, 1, 1),
)
ORDERED: Final = day(2025, 1, 29)
STARTED: Final = day(2025, 1, 31)
LAST: Final = day(2025, 2, 27)


def on(when: Day, actor: Actor) -> Occasion:
    """Return the occasion of a deed: its civil day, the instant it is recorded with, who does it."""
    return Occasion(day=when, at=start_of_day(when, PROVIDER.zone), actor=actor)


def by_card(invoice: InvoiceId, amount: Money, when: Day) -> PaymentNotice:
    """Return what a card gateway tells; the transaction is what makes the payment one and the same."""
    return PaymentNotice(
        gateway="cards", transaction=f"tx-{invoice}", means="card", invoice=invoice, amount=amount, received=when
    )


def main() -> None:
    """Bill Ana's first month, day by day."""
    store = MemoryStore()
    publish(store, [TERMS, CLOUD])
    register(store, ANA, on(ORDERED, Actor.CLIENT))
    rulebook = load_rulebook(store, PROVIDER)

    wanted = Order(key="o-1", client=ANA.id, plan=CLOUD.plan, cycle=Cadence.MONTHLY)
    order(store, rulebook, wanted, on(ORDERED, Actor.CLIENT))
    first = store.numbered("A", 1)
    assert first is not None
    pay(store, rulebook, by_card(first, money("24.20", "USD"), STARTED), on(STARTED, Actor.GATEWAY))
    activate(store, rulebook, service_id("o-1"), on(STARTED, Actor.PROVISIONER))

    today = STARTED
    while today <= LAST:
        report = bill_day(store, rulebook, on(today, Actor.BILLING_RUN))
        if report.committed:
            told = [message.kind.value for message in store.messages() if message.day == today]
            print(f"{today}: {', '.join(told)}, resting on {', '.join(sorted(report.rules))}")
        today = add_days(today, 1)

    renewal = store.numbered("A", 2)
    assert renewal is not None
    pay(store, rulebook, by_card(renewal, money("29.20", "USD"), LAST), on(LAST, Actor.GATEWAY))

    print()
    facts, trace = explain_invoice(store, renewal)
    print(render_text(in_words(facts, trace, "en_US")))
    print(f"Ana's credit: {store.credit([ANA.id])[ANA.id]} cents")
    print(f"The audit objects to: {list(audit(store)) or 'nothing'}")


if __name__ == "__main__":
    main()
