"""An invoice explained: its facts gathered anew from the store, and every rule it rests on with this invoice's figures."""

import pytest

from altocore.billing.invoices import InvoiceKind, invoice_id
from altocore.billing.standing import StandingState
from altocore.errors import UnknownKey
from altocore.policy.invoice import InvoiceAmounts, InvoiceFacts
from altocore.terms.editions import TermsEdition
from altocore.terms.judgements import Outcome, Trace
from altocore.terms.reasons import Fact
from altocore.values.days import add_days, day
from altocore.values.ids import InvoiceId, ServiceId
from altocore.values.periods import Period
from altocore.workflows.explaining import explain_invoice, load_invoice
from tests import cast as examples
from tests.workflows import cast
from tests.workflows.cast import World
from tests.workflows.conftest import Begin
from tests.workflows.stores import Passing

ISSUED = day(2025, 2, 18)


def explained(world: World, service: ServiceId, number: int) -> tuple[InvoiceFacts, Trace[InvoiceAmounts]]:
    """Explain the invoice of a period; nothing may change by asking."""
    before = world.dump()
    told = explain_invoice(world.store, invoice_id(service, 1, number))
    assert world.dump() == before
    return told


def held(told: Trace[InvoiceAmounts]) -> dict[str, dict[str, Fact]]:
    """Return the rules that hold, each with what it cites."""
    return {row.rule: dict(row.cites) for row in told.rows if row.outcome is Outcome.HELD}


def test_a_first_invoice_that_is_open(world: World) -> None:
    """PAY-12, REN-4, REN-8, PAY-15, PAY-13, PAY-2: number, editions, no dates yet, due in seven, tax, what comes next."""
    service = world.order("o1")
    facts, told = explained(world, service, 0)
    assert (facts.number, facts.paid, facts.kept, facts.credit_applied) == (
        "A-00000001",
        examples.NOTHING,
        examples.NOTHING,
        examples.NOTHING,
    )
    rules = held(told)
    assert list(rules) == ["PAY-12", "REN-4", "REN-8", "PAY-15", "PAY-13", "PAY-2"]
    assert rules["PAY-12"] == {"number": "A-00000001"}
    assert rules["REN-4"] == {"terms_edition": cast.DEFAULT.id, "plan_edition": cast.CLOUD.id}
    assert rules["REN-8"] == {"option": "activation"}
    assert rules["PAY-15"] == {"issued": cast.JANUARY_31, "due": day(2025, 2, 7)}
    assert rules["PAY-13"] == {
        "tax_name": "IVA",
        "rate_ppm": 210_000,
        "net": examples.HUNDRED,
        "tax": examples.TWENTY_ONE,
        "rounding": "half_up",
    }
    assert rules["PAY-2"] == {"stage": "remind", "on": day(2025, 2, 2)}
    assert told.answer == InvoiceAmounts(
        net=examples.HUNDRED,
        tax=examples.TWENTY_ONE,
        total=cast.WHOLE,
        credit_applied=examples.NOTHING,
        paid=examples.NOTHING,
        open=cast.WHOLE,
    )


def test_an_activated_one_says_its_first_period(world: World) -> None:
    """REN-8: once there is an anchor, the first period has its dates."""
    service = world.run("o1")
    _, told = explained(world, service, 0)
    rules = held(told)
    assert rules["REN-8"] == {"option": "activation", "anchor": cast.JANUARY_31, "until": day(2025, 2, 28)}
    assert rules["PAY-1"] == {"settled": cast.WHOLE}
    assert "PAY-2" not in rules
    assert told.answer.open == examples.NOTHING


def test_a_renewal_on_its_day(world: World) -> None:
    """REN-1, REN-2: the second period, and the two days of its invoice."""
    service = world.run("o1")
    world.bill_to(ISSUED)
    facts, told = explained(world, service, 1)
    rules = held(told)
    assert facts.number == "A-00000002"
    assert rules["REN-1"] == {
        "period_number": 2,
        "cycle": "monthly",
        "period": Period(start=day(2025, 2, 28), end=day(2025, 3, 31)),
    }
    assert rules["REN-2"] == {"issued": ISSUED, "due": day(2025, 2, 27)}
    assert "REN-9" not in rules


def test_a_renewal_that_came_late(world: World) -> None:
    """REN-9: it names the day it was issued, and the later due day, in the place of REN-2."""
    service = world.run("o1")
    world.bill_to(day(2025, 3, 25))
    world.pay(service, 1)
    _, told = explained(world, service, 2)
    rules = held(told)
    assert rules["REN-9"] == {"issued": day(2025, 3, 25), "due": day(2025, 4, 1)}
    assert "REN-2" not in rules


def test_what_met_it_is_told_apart(world: World) -> None:
    """PAY-7, PAY-1, PAY-6: credit at issue, payments since, and what they brought beyond the total."""
    service = world.run("o1")
    world.pay(service, 0, examples.usd("20.00"))
    world.bill_to(ISSUED)
    world.pay(service, 1, examples.usd("50.00"))
    world.pay(service, 1, examples.usd("60.00"))
    facts, told = explained(world, service, 1)
    assert (facts.credit_applied, facts.paid, facts.kept) == (
        examples.usd("20.00"),
        examples.usd("101.00"),
        examples.usd("9.00"),
    )
    rules = held(told)
    assert rules["PAY-7"] == {"credit": examples.usd("20.00")}
    assert rules["PAY-1"] == {"settled": examples.usd("101.00")}
    assert rules["PAY-6"] == {"credit": examples.usd("9.00"), "invoice_state": "paid"}
    assert told.answer.open == examples.NOTHING
    assert held(explained(world, service, 0)[1])["PAY-6"] == {"credit": examples.usd("20.00"), "invoice_state": "paid"}


def test_an_invoice_that_waits_for_a_channel_says_no_day(world: World) -> None:
    """PAY-2: the next stage is the termination, and no day is known while the last notice is not taken."""
    service = world.run("o1")
    world.bill_to(day(2025, 4, 5))
    assert held(explained(world, service, 1)[1])["PAY-2"] == {"stage": "terminate"}


def test_a_cancelled_one_says_since_when(world: World) -> None:
    """PAY-11: and nothing of it is open."""
    service = world.order("o1")
    closing = add_days(day(2025, 2, 7), 60)
    world.bill_to(closing)
    facts, told = explained(world, service, 0)
    assert facts.standing.state is StandingState.CANCELLED
    assert held(told)["PAY-11"] == {"on": closing}
    assert told.answer.open == examples.NOTHING


def test_a_voided_one_says_since_when(begin: Begin) -> None:
    """CAN-4: the period does not come."""
    world = begin(cast.TERMS)
    service = world.run("o1")
    world.bill_to(ISSUED)
    world.cancel(service)
    assert held(explained(world, service, 1)[1])["CAN-4"] == {"on": ISSUED}


def test_every_row_is_there_fired_or_not(world: World) -> None:
    """A trace keeps each row of its table; this table has grounds only."""
    service = world.order("o1")
    _, told = explained(world, service, 0)
    assert told.judgement == "invoice"
    assert len(told.rows) == 20
    assert {row.outcome for row in told.rows} == {Outcome.HELD, Outcome.IDLE}
    assert all(row.cites == () for row in told.rows if row.outcome is Outcome.IDLE)


class _Unnumbered(Passing):
    """A store that has lost its numbers."""

    def numbers(self, invoices: object) -> dict[InvoiceId, tuple[str, int]]:
        """Return none."""
        assert invoices
        return {}


def test_an_invoice_without_a_number_is_still_explained(world: World) -> None:
    """PAY-12: the missing number is a violation for the audit to tell; here it is a dash."""
    service = world.order("o1")
    facts = load_invoice(_Unnumbered(world.store), invoice_id(service, 1, 0))
    assert facts.number == "-"


def test_an_unknown_invoice_is_told_by_kind(world: World) -> None:
    """Misuse names the kind and no id."""
    with pytest.raises(UnknownKey) as refused:
        explain_invoice(world.store, InvoiceId("inv_no"))
    assert refused.value.field == "invoice"


def test_another_clients_payments_do_not_count(world: World) -> None:
    """The facts of an invoice are of this invoice, though its client pays others."""
    first, second = world.order("o1"), world.order("o2")
    world.pay(second, 0, examples.usd("500.00"))
    facts, _ = explained(world, first, 0)
    assert (facts.paid, facts.kept) == (examples.NOTHING, examples.NOTHING)
    assert facts.invoice.kind is InvoiceKind.FIRST
    assert [each.id for each in cast.all_of(world.store, TermsEdition)] == [facts.invoice.terms_edition]
