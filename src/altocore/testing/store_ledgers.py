"""What `commit` promises of credit and numbers, one function for each promise; each needs nothing but a store."""

from typing import Final

from attrs import evolve

from altocore.billing.ledger import Movement
from altocore.plans.guard import Committed
from altocore.plans.plan import ExpectCredit, Number, Plan
from altocore.ports.store import Store
from altocore.testing.checks import same
from altocore.testing.store_examples import Names, deed, kinds_of
from altocore.values.currencies import currency
from altocore.values.money import Money

__all__ = ["LEDGERS"]

_USD: Final = currency("USD")


def credit_is_expected_by_value(store: Store) -> None:
    """A credit that a plan read is compared by value, as earlier plans of the page leave it."""
    names = Names("credit")
    names.meet(store, "a")

    def reads(key: str, minor: int, kept: int) -> Plan[object]:
        plan = deed(names.key(key), names.service(key))
        read = ExpectCredit(names.client(), Money(minor, _USD))
        return evolve(plan, credits=(read,), postings=(names.posting(Movement.PAYMENT_KEPT, kept),))

    page = [reads("1", 0, 50), reads("2", 0, 7), reads("3", 50, 25)]
    same("credit read on one page", kinds_of(store.commit(page)), ["Committed", "Conflict", "Committed"])
    same("credit read by the next page", kinds_of(store.commit([reads("4", 50, 1)])), ["Conflict"])
    same("the credit", dict(store.credit([names.client()])), {names.client(): 75})
    names.meet(store, "b")
    other = evolve(deed(names.key("5"), names.service("5")), postings=(names.posting(Movement.PAYMENT_KEPT, 3, "b"),))
    store.commit([other])
    both = dict(store.credit([names.client("b"), names.client(), names.client("nobody")]))
    same(
        "the credit of two",
        {client: minor for client, minor in both.items() if minor},
        {names.client("b"): 3, names.client(): 75},
    )


def credit_is_never_below_zero(store: Store) -> None:
    """No plan spends more credit than there is, whether or not it expected it; spending all of it leaves zero."""
    names = Names("overdraw")
    names.meet(store, "a")

    def moves(key: str, movement: Movement, minor: int) -> Plan[object]:
        return evolve(deed(names.key(key), names.service(key)), postings=(names.posting(movement, minor),))

    page = [
        moves("1", Movement.CREDIT_APPLIED, 1),
        moves("2", Movement.PAYMENT_KEPT, 50),
        moves("3", Movement.CREDIT_APPLIED, 30),
        moves("4", Movement.CREDIT_APPLIED, 21),
        moves("5", Movement.CREDIT_APPLIED, 20),
    ]
    promised = ["Conflict", "Committed", "Committed", "Conflict", "Committed"]
    same("credit spent on one page", kinds_of(store.commit(page)), promised)
    spent = [moves("6", Movement.CREDIT_APPLIED, 1)]
    same("credit spent that is gone", kinds_of(store.commit(spent)), ["Conflict"])
    same("the credit", store.credit([names.client()]).get(names.client(), 0), 0)


def numbers_have_no_gap(store: Store) -> None:
    """Numbers go on from 1 in the order of the plans, each series by itself; a plan that falls out takes none."""
    names = Names("number")
    names.meet(store, "a")

    def numbered(key: str, *series: str, version: int = 0) -> Plan[object]:
        invoices = [names.invoice(f"{key}/{at}") for at in range(len(series))]
        plan = deed(names.key(key), names.service(key), *invoices, version=version)
        asked = [Number(names.key(one), invoice.id) for one, invoice in zip(series, invoices, strict=True)]
        return evolve(plan, numbers=tuple(asked))

    page = [numbered("1", "x"), numbered("2", "x", version=4), numbered("3", "x", "y", "x"), numbered("4", "y")]
    seen = [outcome.numbers for outcome in store.commit(page) if isinstance(outcome, Committed)]
    promised = [("1/0", "x", 1), ("3/0", "x", 2), ("3/1", "y", 1), ("3/2", "x", 3), ("4/0", "y", 2)]
    flat = [(names.invoice_id(name), number) for name, _, number in promised]
    same("the numbers told", [each for one in seen for each in one], flat)
    invoices = [*[names.invoice_id(name) for name, _, _ in promised], names.invoice_id("2/0")]
    kept = {names.invoice_id(name): (names.key(series), number) for name, series, number in promised}
    same("the numbers kept", dict(store.numbers(invoices)), kept)
    for invoice, (series, number) in kept.items():
        same(f"the invoice with number {number}", store.numbered(series, number), invoice)
    for number in (0, 4, -1, 10**30):
        same(f"the invoice with number {number}", store.numbered(names.key("x"), number), None)
    (told,) = store.commit([numbered("5", "x")])
    same("the number of the next page", told, Committed(numbers=((names.invoice_id("5/0"), 4),)))


def an_invoice_has_one_number(store: Store) -> None:
    """A second number for an invoice in one plan is a conflict; no later plan can ask, for an invoice is written once."""
    names = Names("renumber")
    names.meet(store, "a")

    plan = deed(names.key("1"), names.invoice())
    number = Number(names.key(), names.invoice_id())
    same("two numbers", kinds_of(store.commit([evolve(plan, numbers=(number, number))])), ["Conflict"])
    same("one number", kinds_of(store.commit([evolve(plan, numbers=(number,))])), ["Committed"])
    again = evolve(deed(names.key("2"), names.invoice(), version=1), numbers=(number,))
    same("a number on the next page", kinds_of(store.commit([again])), ["Conflict"])
    same("the number", dict(store.numbers([names.invoice_id()])), {names.invoice_id(): (names.key(), 1)})


LEDGERS: Final = (
    credit_is_expected_by_value,
    credit_is_never_below_zero,
    numbers_have_no_gap,
    an_invoice_has_one_number,
)
"""Every promise of `commit` about credit and numbers."""
