"""Why does this invoice say what it says? Every ground of an explanation: when it holds, and what it cites."""

from typing import Final

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from altocore.billing.invoices import Invoice, InvoiceKind
from altocore.billing.standing import Standing, StandingState
from altocore.lifecycle.service import Contract
from altocore.policy.invoice import INVOICE, InvoiceAmounts, InvoiceFacts
from altocore.terms.differences import Difference, diff
from altocore.terms.options import Downgrade, FirstPeriodStart
from altocore.terms.parts import Terms
from altocore.testing import judges_alike
from altocore.values.anchors import Cadence
from altocore.values.cycles import Once
from altocore.values.days import Day, day
from altocore.values.exchange import parity
from altocore.values.money import Money
from altocore.values.rounding import Rounding
from tests import cast
from tests.policy.tables import checks_of, grounds_of, holding

FEBRUARY: Final = cast.period(day(2025, 2, 28), day(2025, 3, 31))
FIRST: Final = cast.invoice()
RENEWAL: Final = cast.invoice(
    kind=InvoiceKind.RENEWAL, period_number=1, covers=FEBRUARY, issued=day(2025, 2, 18), due=day(2025, 2, 27)
)
OPEN: Final = cast.standing()


def facts(  # noqa: PLR0913  # one keyword a field
    *,
    invoice: Invoice = FIRST,
    standing: Standing = OPEN,
    contract: Contract = cast.CONTRACT,
    number: str = "A-00000001",
    renewal_notice_days: int = 10,
    credit_applied: Money = cast.NOTHING,
    paid: Money = cast.NOTHING,
    kept: Money = cast.NOTHING,
    changed: tuple[Difference, ...] = (),
) -> InvoiceFacts:
    """Return Ana's first invoice, open, with nothing that met it."""
    return InvoiceFacts(
        invoice=invoice,
        standing=standing,
        contract=contract,
        number=number,
        renewal_notice_days=renewal_notice_days,
        credit_applied=credit_applied,
        paid=paid,
        kept=kept,
        changed=changed,
    )


GROUNDS: Final = (
    ("PAY-12", "house"),
    ("REN-4", "manual/honour"),
    ("CAT-2", "house"),
    ("REN-1", "terms/3.a"),
    ("REN-5", "manual/honour, terms/3.b"),
    ("REN-8", "house"),
    ("PAY-5", "terms/5.b"),
    ("REN-2", "house"),
    ("REN-9", "house"),
    ("PAY-9", "terms/2.c"),
    ("PAY-15", "house"),
    ("PAY-13", "house"),
    ("PAY-7", "terms/3.a"),
    ("PAY-1", "terms/5.a"),
    ("PAY-6", "terms/5.c"),
    ("PAY-2", "terms/5.a, manual/alerts"),
    ("PAY-18", "house"),
    ("PAY-11", "manual/alerts"),
    ("CAN-4", "terms/4.a"),
    ("PAY-16", "house"),
)


def held(asked: InvoiceFacts, terms: Terms = cast.TERMS) -> dict[str, tuple[tuple[str, object], ...]]:
    """Return what each ground that holds cites, by its rule."""
    judges_alike(INVOICE, asked, terms)
    return {GROUNDS[place][0]: cited for place, cited in holding(INVOICE, asked, terms).items()}


def test_the_table() -> None:
    """REN-4, PAY-12: the grounds and their clauses; no check, for the invoice exists."""
    assert checks_of(INVOICE) == ()
    assert grounds_of(INVOICE) == GROUNDS
    assert len({rule for rule, _ in GROUNDS}) == len(GROUNDS)
    assert INVOICE.name == "invoice"


def test_a_first_invoice() -> None:
    """REN-8, PAY-15: a first invoice rests on the order, not on a renewal; its next step is the first reminder."""
    asked = facts(standing=cast.standing(next_step=day(2025, 2, 2)))
    assert held(asked) == {
        "PAY-12": (("number", "A-00000001"),),
        "REN-4": (("terms_edition", "terms_2025"), ("plan_edition", "plan_cloud_2025")),
        "REN-8": (("option", "activation"), ("anchor", day(2025, 1, 31)), ("until", day(2025, 2, 28))),
        "PAY-15": (("issued", day(2025, 1, 31)), ("due", day(2025, 2, 7))),
        "PAY-13": (
            ("tax_name", "IVA"),
            ("rate_ppm", 210_000),
            ("net", cast.HUNDRED),
            ("tax", cast.usd("21.00")),
            ("rounding", "half_up"),
        ),
        "PAY-2": (("stage", "remind"), ("on", day(2025, 2, 2))),
    }


def test_a_renewal_with_differences_names_each() -> None:
    """REN-5: the fields that its terms say otherwise than those of the period before, in the order of the terms."""
    changed = diff(
        cast.TERMS,
        cast.terms(invoicing=cast.invoicing_terms(due_days=9), change=cast.change_terms(downgrade=Downgrade.CREDIT)),
    )
    renewal = cast.invoice(
        kind=InvoiceKind.RENEWAL, period_number=1, covers=cast.period(day(2025, 2, 28), day(2025, 3, 31))
    )
    rules = held(facts(invoice=renewal, changed=changed))
    assert rules["REN-5"] == (("field", "invoicing.due_days"), ("field", "change.downgrade"))
    assert "REN-5" not in held(facts(invoice=renewal))


def test_a_renewal_issued_on_its_day() -> None:
    """REN-1, REN-2: an equal term, issued ten days ahead, due on the last day of the paid period."""
    found = held(facts(invoice=RENEWAL))
    assert found["REN-1"] == (("period_number", 2), ("cycle", "monthly"), ("period", FEBRUARY))
    assert found["REN-2"] == (("issued", day(2025, 2, 18)), ("due", day(2025, 2, 27)))
    assert not {"REN-8", "REN-9", "PAY-15"} & set(found)


@pytest.mark.parametrize("issued", [day(2025, 2, 19), day(2025, 2, 27)])
def test_a_renewal_issued_late(issued: Day) -> None:
    """REN-9: issued after its own day, it rests on REN-9, and on REN-2 no more."""
    late = cast.invoice(kind=InvoiceKind.RENEWAL, period_number=1, covers=FEBRUARY, issued=issued, due=day(2025, 3, 6))
    found = held(facts(invoice=late))
    assert found["REN-9"] == (("issued", issued), ("due", day(2025, 3, 6)))
    assert "REN-2" not in found


def test_the_terms_say_when_a_renewal_is_late() -> None:
    """REN-2: the notice is a field of the terms: with nine days, 19 February is the day; with eleven, 18 is late."""
    later = cast.invoice(
        kind=InvoiceKind.RENEWAL, period_number=1, covers=FEBRUARY, issued=day(2025, 2, 19), due=day(2025, 2, 27)
    )
    assert "REN-2" in held(facts(invoice=later, renewal_notice_days=9))
    assert "REN-9" in held(facts(invoice=RENEWAL, renewal_notice_days=11))


def test_a_renewal_on_time_under_the_running_terms_is_not_explained_as_late() -> None:
    """REN-2, REN-4: issued on day 10 as the running terms say, under new terms that give twenty days from then on."""
    twenty = cast.terms(invoicing=cast.invoicing_terms(renewal_notice_days=20))
    assert "REN-2" in held(facts(invoice=RENEWAL), twenty)


def test_a_renewal_without_a_period_is_on_time() -> None:
    """REN-1: where no period is written, none is cited, and nothing is late."""
    bare = cast.invoice(kind=InvoiceKind.RENEWAL, period_number=4)
    found = held(facts(invoice=bare, contract=cast.contract(cycle=Cadence.BIENNIAL)))
    assert found["REN-1"] == (("period_number", 5), ("cycle", "biennial"))
    assert "REN-2" in found
    assert "REN-9" not in found


def test_a_first_invoice_with_a_period_is_not_late() -> None:
    """REN-9, PAY-15: lateness is of renewals; a first invoice is issued with its order, whenever its period begins."""
    found = held(facts(invoice=cast.invoice(covers=cast.period(day(2025, 1, 31), day(2025, 2, 28)))))
    assert "PAY-15" in found
    assert not {"REN-1", "REN-2", "REN-9"} & set(found)


@pytest.mark.parametrize("reading", FirstPeriodStart)
def test_where_the_first_period_begins(reading: FirstPeriodStart) -> None:
    """REN-8: the option, and once it has begun, its anchor and its end; before that no dates."""
    terms = cast.terms(invoicing=cast.invoicing_terms(first_period_start=reading))
    option = ("option", reading.value)
    assert held(facts(contract=cast.contract(anchor=None)), terms)["REN-8"] == (option,)
    leap = cast.contract(anchor=day(2024, 2, 29), cycle=Cadence.ANNUAL)
    assert held(facts(contract=leap), terms)["REN-8"] == (
        option,
        ("anchor", day(2024, 2, 29)),
        ("until", day(2025, 2, 28)),
    )


@pytest.mark.parametrize("anchor", [None, day(2025, 1, 31)])
def test_what_is_sold_once_has_no_first_period(anchor: Day | None) -> None:
    """CAT-2, REN-8: its one invoice speaks of no period, before it begins and afterwards."""
    once = held(facts(contract=cast.contract(anchor=anchor, cycle=Once.ONE_TIME)))
    assert once["CAT-2"] == ()
    assert "REN-8" not in once
    assert "CAT-2" not in held(facts(contract=cast.contract(anchor=anchor)))


def test_the_tax_of_an_export() -> None:
    """PAY-13: shown by rate, with the rounding of its terms."""
    export = cast.invoice(rate=cast.EXPORT, lines=(cast.line(tax=cast.NOTHING), cast.line(tax=cast.NOTHING)))
    even = cast.terms(tax=cast.tax_terms(rounding=Rounding.HALF_EVEN))
    assert held(facts(invoice=export), even)["PAY-13"] == (
        ("tax_name", "export"),
        ("rate_ppm", 0),
        ("net", cast.usd("200.00")),
        ("tax", cast.NOTHING),
        ("rounding", "half_even"),
    )


CENT: Final = cast.usd("0.01")


@pytest.mark.parametrize(
    ("asked", "rule", "cited"),
    [
        (facts(credit_applied=CENT), "PAY-7", (("credit", CENT),)),
        (facts(paid=CENT), "PAY-1", (("settled", CENT),)),
        (facts(kept=CENT), "PAY-6", (("credit", CENT), ("invoice_state", "open"))),
    ],
    ids=["credit", "paid", "kept"],
)
def test_what_met_the_invoice(asked: InvoiceFacts, rule: str, cited: tuple[tuple[str, object], ...]) -> None:
    """PAY-1, PAY-6, PAY-7: one cent of credit, of money, of money beyond, each is a ground; nothing is none."""
    met = {"PAY-1", "PAY-6", "PAY-7"}
    assert {name: found for name, found in held(asked).items() if name in met} == {rule: cited}
    assert not met & set(held(facts()))


CLOSED: Final = day(2025, 4, 8)


@pytest.mark.parametrize(
    ("state", "rule"),
    [(StandingState.PAID, None), (StandingState.CANCELLED, "PAY-11"), (StandingState.VOIDED, "CAN-4")],
)
def test_what_became_of_a_closed_invoice(state: StandingState, rule: str | None) -> None:
    """PAY-11, CAN-4: cancelled, or voided, and on which day; a paid one has no next step and says nothing of either."""
    ends = {"PAY-2", "PAY-11", "CAN-4"}
    closed = held(facts(standing=cast.standing(state=state, closed=CLOSED)))
    assert {name: cited for name, cited in closed.items() if name in ends} == (
        {} if rule is None else {rule: (("on", CLOSED),)}
    )
    undated = held(facts(standing=cast.standing(state=state)))
    assert {name: cited for name, cited in undated.items() if name in ends} == ({} if rule is None else {rule: ()})


@pytest.mark.parametrize(
    ("steps_done", "next_step", "cited"),
    [
        (0, day(2025, 2, 22), (("stage", "remind"), ("on", day(2025, 2, 22)))),
        (4, day(2025, 3, 4), (("stage", "suspend"), ("on", day(2025, 3, 4)))),
        (6, None, (("stage", "terminate"),)),
        (7, day(2025, 4, 28), (("stage", "cancel_invoice"), ("on", day(2025, 4, 28)))),
    ],
)
def test_the_next_step_of_an_open_invoice(
    steps_done: int, next_step: Day | None, cited: tuple[tuple[str, object], ...]
) -> None:
    """PAY-2: which step comes next, and when; a termination that waits for its notice has no day."""
    standing = cast.standing(kind=InvoiceKind.RENEWAL, steps_done=steps_done, next_step=next_step)
    assert held(facts(invoice=RENEWAL, standing=standing))["PAY-2"] == cited


def test_the_timeline_is_that_of_the_invoices_terms() -> None:
    """PAY-2, REN-4: dunning goes by the overdue invoice's own terms."""
    terms = cast.terms(overdue=cast.overdue_terms(reminder_days=()))
    assert held(facts(), terms)["PAY-2"] == (("stage", "cancel_invoice"),)


def test_the_number_is_told_as_it_stands() -> None:
    """PAY-12: the series and the number that it bears."""
    assert held(facts(number="B-00000042"))["PAY-12"] == (("number", "B-00000042"),)


def test_the_editions_are_its_own() -> None:
    """REN-4: the terms and the plan that it froze."""
    frozen = cast.invoice(edition="terms_x", plan_edition="plan_y")
    assert held(facts(invoice=frozen))["REN-4"] == (("terms_edition", "terms_x"), ("plan_edition", "plan_y"))


MINOR: Final = st.integers(0, 10**6)


@given(st.lists(st.tuples(MINOR, MINOR), min_size=1, max_size=4), st.sampled_from(StandingState), st.data())
def test_the_amounts_are_summed_anew(lines: list[tuple[int, int]], state: StandingState, data: st.DataObject) -> None:
    """PAY-6, PAY-7, PAY-13: net and tax from the lines; open is what nothing met, and nothing once it is closed."""
    net, tax = sum(net for net, _ in lines), sum(tax for _, tax in lines)
    credit = data.draw(st.integers(0, net + tax), label="credit")
    paid = data.draw(st.integers(0, net + tax - credit), label="paid")

    def yen(minor: int) -> Money:
        """Return so many yen."""
        return Money(minor, cast.JPY)

    invoice = cast.invoice(
        billed_in=cast.JPY, lines=tuple(cast.line(net=yen(each), tax=yen(its)) for each, its in lines)
    )
    standing = cast.standing(asked=yen(net + tax), settled=yen(credit + paid), state=state)
    asked = facts(invoice=invoice, standing=standing, credit_applied=yen(credit), paid=yen(paid), kept=yen(0))
    assert judges_alike(INVOICE, asked, cast.TERMS) == InvoiceAmounts(
        net=yen(net),
        tax=yen(tax),
        total=yen(net + tax),
        credit_applied=yen(credit),
        paid=yen(paid),
        open=yen(net + tax - credit - paid if state is StandingState.OPEN else 0),
    )
    assert INVOICE.decide(asked, cast.TERMS).open == standing.open_amount


COSTS: Final = cast.invoice(kind=InvoiceKind.ADMINISTRATIVE, period_number=None, command="c1")


def test_administrative_costs() -> None:
    """PAY-9, PAY-15, PAY-16: costs rest on what the client caused, and on no period; the right has no day of its own here."""
    standing = cast.standing(kind=InvoiceKind.ADMINISTRATIVE, next_step=day(2025, 2, 2))
    found = held(facts(invoice=COSTS, standing=standing))
    assert found["PAY-9"] == (("due", day(2025, 2, 7)),)
    assert found["PAY-15"] == (("issued", day(2025, 1, 31)), ("due", day(2025, 2, 7)))
    assert found["PAY-2"] == (("stage", "remind"), ("on", day(2025, 2, 2)))
    assert not {"REN-1", "REN-2", "REN-4", "REN-8", "REN-9"} & set(found)
    walked = cast.standing(kind=InvoiceKind.ADMINISTRATIVE, steps_done=5)
    assert "PAY-2" not in held(facts(invoice=COSTS, standing=walked))


RESTORING: Final = cast.invoice(
    kind=InvoiceKind.RESTORATION,
    contract_number=2,
    lines=(cast.line(item_name="restoration", net=cast.usd("80.00"), tax=cast.usd("16.80")), cast.line()),
    exchange=parity(cast.USD),
)
AGAIN: Final = cast.contract(number=2, anchor=day(2025, 2, 5))


def restoring(state: StandingState, closed: Day | None = None) -> InvoiceFacts:
    """Return a restoration that stands so."""
    standing = cast.standing(kind=InvoiceKind.RESTORATION, state=state, closed=closed, next_step=day(2025, 2, 8))
    return facts(invoice=RESTORING, standing=standing, contract=AGAIN)


def test_a_restoration_that_is_offered() -> None:
    """PAY-5, PAY-15, PAY-16: its fee is the first line; it is no debt, so it has no next step but its lapse."""
    found = held(restoring(StandingState.OPEN))
    assert found["PAY-5"] == (("price", cast.usd("80.00")),)
    assert found["PAY-16"] == (("due", day(2025, 2, 7)),)
    assert found["PAY-15"] == (("issued", day(2025, 1, 31)), ("due", day(2025, 2, 7)))
    assert not {"REN-1", "REN-2", "REN-8", "PAY-2"} & set(found)


def test_a_restoration_that_was_paid() -> None:
    """PAY-5: its contract counts from the day it was paid."""
    found = held(restoring(StandingState.PAID, AGAIN.anchor))
    expected = (("price", cast.usd("80.00")), ("anchor", day(2025, 2, 5)), ("until", day(2025, 3, 5)))
    assert found["PAY-5"] == expected
    assert "PAY-16" not in found


@pytest.mark.parametrize(("state", "rule"), [(StandingState.LAPSED, "PAY-16"), (StandingState.CANCELLED, "PAY-11")])
def test_a_restoration_that_nobody_took(state: StandingState, rule: str) -> None:
    """PAY-5, PAY-11, PAY-16: what another attempt began is not told here."""
    found = held(restoring(state, day(2025, 2, 8)))
    assert found["PAY-5"] == (("price", cast.usd("80.00")),)
    assert found[rule][-1] == ("on", day(2025, 2, 8))
    assert len({"PAY-11", "PAY-16"} & set(found)) == 1


def test_an_offer_of_what_has_no_boundaries_tells_none() -> None:
    """PAY-5: what is sold once is not restored; a row that says so is told without a day."""
    once = attrs.evolve(restoring(StandingState.PAID), contract=attrs.evolve(AGAIN, cycle=Once.ONE_TIME))
    unbegun = attrs.evolve(restoring(StandingState.PAID), contract=attrs.evolve(AGAIN, anchor=None))
    assert held(once)["PAY-5"] == held(unbegun)["PAY-5"] == (("price", cast.usd("80.00")),)


def test_a_debt_that_was_given_up() -> None:
    """PAY-18: written off on its day; a promise that came before it is told no more."""
    closed = day(2025, 3, 9)
    standing = cast.standing(state=StandingState.WRITTEN_OFF, closed=closed, promises=(cast.promise(),))
    found = held(facts(standing=standing))
    assert found["PAY-18"] == (("on", closed),)
    assert not {"PAY-2", "PAY-11", "CAN-4"} & set(found)


def test_a_promise_is_told_while_the_invoice_is_open() -> None:
    """PAY-18: the last promise, beside the next step."""
    first, last = cast.promise(until=day(2025, 2, 1)), cast.promise(made=day(2025, 2, 2), until=day(2025, 2, 9))
    asked = facts(standing=cast.standing(promises=(first, last), next_step=day(2025, 2, 10)))
    found = held(asked)
    assert found["PAY-18"] == (("promised", day(2025, 2, 9)),)
    assert found["PAY-2"] == (("stage", "remind"), ("on", day(2025, 2, 10)))
    paid = cast.standing(promises=(first,), state=StandingState.PAID, closed=day(2025, 2, 1), settled=cast.ASKED)
    assert "PAY-18" not in held(facts(standing=paid))
