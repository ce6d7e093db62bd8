"""The page of an invoice: golden texts, a width that holds, columns that stay straight."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from altocore.billing.invoices import Line
from altocore.policy.invoice import InvoiceFacts
from altocore.testing.strategies import parties
from altocore.text.explanations import explain_invoice, render_text
from altocore.text.pages import WIDTH
from altocore.text.wrapping import columns, left, right, wrapped
from altocore.values.currencies import currencies, currency
from altocore.values.money import MINOR_MAX, Money
from altocore.values.provider import LegalParty
from tests.text.cases import changed_renewal, open_costs, open_renewal, paid_first, traced

GOLDEN: Final = Path(__file__).parent / "golden"
EXAMPLES: Final[dict[str, Callable[[], InvoiceFacts]]] = {
    "renewal": open_renewal,
    "changed": changed_renewal,
    "first": paid_first,
    "costs": open_costs,
}
NAMES: Final = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=200)


def page(facts: InvoiceFacts, locale: str) -> str:
    """Return the page of an invoice."""
    return render_text(explain_invoice(facts, traced(facts), locale))


@pytest.mark.parametrize("locale", ["es_AR", "en", "pt_BR"])
@pytest.mark.parametrize("example", EXAMPLES)
def test_a_page_reads_as_it_was_read(example: str, locale: str) -> None:
    """Renewals, a first invoice and costs in three languages, word for word, as somebody has read and approved them."""
    golden = (GOLDEN / f"{example}.{locale}.txt").read_text(encoding="utf-8")
    assert page(EXAMPLES[example](), locale) == golden


@pytest.mark.parametrize("locale", ["es", "en", "pt"])
def test_each_sentence_has_its_rule_and_its_clauses(locale: str) -> None:
    """Every row of the explanation is on the page with its tag, unbroken, and each clause is named once below."""
    told = explain_invoice(open_renewal(), traced(open_renewal()), locale)
    text = render_text(told)
    for row in told.rows:
        assert f"[{' · '.join([row.rule, *row.clauses])}]" in text
    for clause, _ in told.sources:
        assert [line.split()[:1] for line in text.splitlines()].count([clause]) == 1


@given(
    parties(),
    NAMES,
    st.lists(st.tuples(NAMES, st.integers(0, MINOR_MAX // 20)), min_size=1, max_size=4),
    st.sampled_from(sorted(currencies())),
    st.sampled_from(["es", "es_AR", "en", "en_IN", "pt_BR"]),
)
def test_no_page_is_wider_than_a_hundred_columns(
    party: LegalParty, tax: str, items: list[tuple[str, int]], code: str, locale: str
) -> None:
    """Whatever the names and however large the amounts, every line fits, and all of a name is there."""
    of = currency(code)
    nothing = Money(0, of)
    lines = tuple([Line(item=item, net=Money(minor, of), tax=Money(minor // 5, of)) for item, minor in items])
    facts = open_renewal()
    invoice = evolve(facts.invoice, lines=lines, currency=of, customer=party, issuer=party, tax_name=tax)
    standing = evolve(facts.standing, total=invoice.total, settled=nothing)
    told = evolve(facts, invoice=invoice, standing=standing, credit_applied=nothing, paid=nothing, kept=nothing)
    text = page(told, locale)
    assert max(columns(line) for line in text.split("\n")) <= WIDTH
    assert [line for line in text.split("\n") if line.startswith("--")]


@given(st.lists(st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1)), st.integers(2, 40))
def test_wrapping_keeps_every_character(words: list[str], width: int) -> None:
    """Lines are no wider than asked, and put together again they hold the same characters."""
    lines = wrapped(words, width)
    assert all(columns(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == "".join(words).replace(" ", "")


def test_columns_are_counted_as_a_screen_shows_them() -> None:
    """A wide letter takes two columns, a combining mark none; alignment goes by columns."""
    assert columns("東京") == 4
    assert columns("e\N{COMBINING ACUTE ACCENT}") == 1
    assert left("東", 4) + "|" == "東  |"
    assert right("東", 4) == "  東"
