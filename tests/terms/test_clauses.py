"""Clauses: a citation names a page of the manual, a section of the terms, or the house."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from altocore.errors import BadValue
from altocore.terms.clauses import HOUSE, clause

PLACES = st.text("abcdefghijklmnopqrstuvwxyz0123456789.-/", min_size=1)


@given(st.sampled_from(["manual", "terms"]), PLACES)
@example("manual", "alerts/whatsapp")
def test_a_place_of_either_document_is_a_clause(document: str, place: str) -> None:
    """How to read a rule: a clause is `manual/<page>` or `terms/<section>`, and is kept to the letter."""
    assert clause(f"{document}/{place}") == f"{document}/{place}"


def test_the_house_is_a_clause() -> None:
    """How to read a rule: a rule that has no clause cites `house`."""
    assert clause("house") == HOUSE == "house"


@pytest.mark.parametrize(
    "text", ["", "manual", "terms", "manual/", "terms/", "/", "/3.a", "house/3.a", "Manual/honour", "law/1", "3.a"]
)
def test_anything_else_is_refused(text: str) -> None:
    """How to read a rule: no third document is cited; the error names the field and never the text."""
    with pytest.raises(BadValue) as refused:
        clause(text)
    assert refused.value.field == "clause"
    assert refused.value.problem == "must be manual/<page>, terms/<section> or house"
