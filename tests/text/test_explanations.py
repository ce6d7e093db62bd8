"""Reasons, rows, traces and invoices in words."""

from typing import Final

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from altocore.billing.standing import StandingState
from altocore.policy.renewal import RENEWAL, RenewalWithheld
from altocore.terms.clauses import HOUSE, Clause
from altocore.terms.judgements import Outcome, Row, Trace
from altocore.text.amounts import amount_text
from altocore.text.explanations import (
    clause_text,
    explain_invoice,
    explain_reason,
    explain_row,
    explain_trace,
    rule_text,
)
from altocore.text.facts import fact_label, fact_text
from altocore.text.locales import LANGUAGES
from altocore.values.cycles import Once
from altocore.values.days import day
from tests import cast
from tests.text import source
from tests.text.cases import CONTRACT, open_renewal, paid_first, restorations, traced, traces

HOSTILE: Final = ("{x.__class__}", "{net}", "{0}", "%s", "%(net)s", "${net}", "{{net}}", "\\1", "\\g<0>", "{number")


@pytest.mark.parametrize("locale", ["es_AR", "en", "pt_BR", "fr"])
def test_every_row_of_every_trace_is_told(locale: str) -> None:
    """Fired, passed, held or idle: each row has a sentence without a placeholder left, in each language."""
    for trace in traces():
        for told in explain_trace(trace, locale):
            assert told.sentence.endswith(".")
            assert "{" not in told.sentence


def test_the_cases_reach_every_row_of_every_table() -> None:
    """Each check fires and each ground holds in some case, so no text goes untried."""
    found: dict[str, set[int]] = {}
    for trace in traces():
        told = [number for number, row in enumerate(trace.rows) if row.outcome in {Outcome.FIRED, Outcome.HELD}]
        found.setdefault(trace.judgement, set()).update(told)
    for judgement in source.judgements():
        rows = len(judgement.checks) + len(judgement.grounds)
        assert found[judgement.name] == set(range(rows)), judgement.name


def test_a_trace_is_told_in_its_own_order() -> None:
    """Rule, clauses and outcome are those of the row, and a row that passed is told by its rule."""
    for trace in traces():
        for row, told in zip(trace.rows, explain_trace(trace, "en"), strict=True):
            assert (told.rule, told.clauses, told.outcome) == (row.rule, row.clauses, row.outcome)
            assert len(told.facts) == len(row.cites)
            if row.outcome in {Outcome.PASSED, Outcome.IDLE}:
                assert told.sentence == rule_text(row.rule, "en")


def test_the_reasons_of_a_refusal_are_told_as_its_trace_tells_them() -> None:
    """`explain_reason` and `explain_row` have one sentence for one reason."""
    withheld: list[Trace[object]] = [each for each in traces() if isinstance(each.answer, RenewalWithheld)]
    assert withheld
    for trace in withheld:
        assert isinstance(trace.answer, RenewalWithheld)
        told = [explain_reason(reason, "es") for reason in trace.answer.reasons]
        rows = [row for row in trace.rows if row.outcome is Outcome.FIRED]
        assert told == [explain_row(RENEWAL.name, row, "es") for row in rows]


@pytest.mark.parametrize(
    ("locale", "sentence"),
    [
        ("es", "Quedan 2 facturas de este servicio sin pagar"),
        ("en", "2 invoices of this service are still unpaid"),
        ("pt", "Restam 2 faturas deste serviço sem pagamento"),
    ],
)
def test_a_reason_has_its_facts(locale: str, sentence: str) -> None:
    """The count of a reason stands in its sentence, in the plural."""
    told = [each.sentence for trace in traces() for each in explain_trace(trace, locale) if each.rule == "REN-9"]
    assert any(each.startswith(sentence) for each in told)


@pytest.mark.parametrize(
    ("clause", "locale", "text"),
    [
        (Clause("terms/3.a"), "es", "términos y condiciones, sección 3.a"),
        (Clause("manual/cancellation"), "en", "customer manual, page on cancelling a service"),
        (Clause("manual/cancellation"), "pt", "manual do cliente, página sobre o cancelamento de um serviço"),
        (Clause("manual/telex"), "en", "customer manual, page on telex"),
        (HOUSE, "en", "house rule, on a point that the contract documents leave open"),
    ],
)
def test_a_clause_is_named_in_the_language(clause: Clause, locale: str, text: str) -> None:
    """The document is named, and the page by its subject; a page of which nothing is known keeps its own name."""
    assert clause_text(clause, locale) == text


@pytest.mark.parametrize("locale", LANGUAGES)
@pytest.mark.parametrize("text", HOSTILE)
def test_client_data_comes_out_as_it_is(text: str, locale: str) -> None:
    """A name that looks like a placeholder, a format or a back-reference is only text."""
    facts = open_renewal()
    lines = (evolve(facts.invoice.lines[0], item=text),)
    changed = evolve(
        facts.invoice, lines=lines, tax_name=text, customer=cast.party(name=text), issuer=cast.party(name=text)
    )
    hostile = evolve(facts, invoice=changed, number=text)
    told = explain_invoice(hostile, traced(hostile), locale)
    assert text in told.title
    assert [each.text for each in told.header[:2]] == [text, text]
    assert told.lines[0].item == text
    assert told.totals[1].label.startswith(text)
    (tax,) = [row.sentence for row in told.rows if row.rule == "PAY-13"]
    assert tax.startswith(text)
    assert amount_text(changed.net, locale) in tax


@given(st.text(max_size=30), st.sampled_from(LANGUAGES))
def test_data_among_the_facts_is_never_read_again(text: str, locale: str) -> None:
    """Whatever stands in a plan's id is repeated once, and read for nothing."""
    row = Row(
        rule="CAT-2",
        clauses=(),
        why=None,
        outcome=Outcome.HELD,
        cites=(("price", cast.usd("1.00")),),
    )
    assert fact_text("plan", text, locale) == text
    assert amount_text(cast.usd("1.00"), locale) in explain_row("order", row, locale)


def test_the_period_of_a_first_invoice_is_that_of_its_contract() -> None:
    """A first invoice has no period of its own; once the contract has its anchor the page shows the first one (REN-8)."""
    shown = [(each.label, each.text) for each in explain_invoice(paid_first(), traced(paid_first()), "es").header]
    assert ("Período", "1 ene 2025 \N{EN DASH} 31 ene 2025") in shown


def test_an_unknown_period_is_not_shown() -> None:
    """Without an anchor yet the page leaves the period out instead of guessing it."""
    facts = evolve(paid_first(), contract=evolve(CONTRACT, anchor=None))
    assert "Período" not in [each.label for each in explain_invoice(facts, traced(facts), "es").header]


@pytest.mark.parametrize(("locale", "fee"), [("es", "Restauración"), ("en", "Restoration"), ("pt", "Restauração")])
def test_the_fee_of_a_restoration_is_told_in_words(locale: str, fee: str) -> None:
    """PAY-5: the fee is named in the reader's language, what is sold by its own name; a lapsed one has no period."""
    for facts in restorations():
        page = explain_invoice(facts, traced(facts), locale)
        assert [line.item for line in page.lines] == [fee, "Cloud M", "Server management"]
        lapsed = facts.standing.state is StandingState.LAPSED
        assert (
            lapsed
            or facts.contract.anchor is None
            or fact_label("period", locale) in [each.label for each in page.header]
        )
        assert not lapsed or fact_label("period", locale) not in [each.label for each in page.header]


@pytest.mark.parametrize(
    ("locale", "cycle"), [("es", "de pago único"), ("en", "one-time"), ("pt", "de pagamento único")]
)
def test_what_is_sold_once_is_shown_without_a_period(locale: str, cycle: str) -> None:
    """CAT-2: its page names the cycle and no period, and says that there is no renewal."""
    once = evolve(paid_first(), contract=evolve(CONTRACT, cycle=Once.ONE_TIME))
    page = explain_invoice(once, traced(once), locale)
    shown = {each.text for each in page.header}
    assert cycle in shown
    assert len(page.header) == len(explain_invoice(paid_first(), traced(paid_first()), locale).header) - 1
    assert [row.rule for row in page.rows if row.rule in {"CAT-2", "REN-8"}] == ["CAT-2"]


def test_an_explained_invoice_shows_nobody_in_repr() -> None:
    """The client's legal name is in no log (CLI-7); address and tax id are not in the explanation at all."""
    facts = open_renewal()
    told = explain_invoice(facts, traced(facts), "es")
    customer = facts.invoice.customer
    assert customer.name not in repr(told)
    assert [each.text for each in told.header].count(customer.name) == 1
    assert not any(private in each.text for each in told.header for private in (customer.address, customer.tax_id))


def test_a_cancelled_invoice_owes_nothing() -> None:
    """The totals are those of the trace's answer: nothing is left to pay of an invoice that is cancelled (PAY-11)."""
    facts = open_renewal()
    closed = evolve(facts.standing, state=StandingState.CANCELLED, closed=day(2025, 4, 1), next_step=None)
    facts = evolve(facts, standing=closed)
    told = explain_invoice(facts, traced(facts), "en")
    assert told.totals[-1].text == amount_text(cast.NOTHING, "en")
