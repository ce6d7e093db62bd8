"""Laws as functions: each holds of what altocore makes, and names what is broken in what somebody else made."""

from collections.abc import Callable
from functools import partial
from typing import Final

import pytest
from attrs import evolve
from hypothesis import given, settings

from altocore.billing.invoices import Invoice
from altocore.plans.documents import Document
from altocore.policy.reactivation import REACTIVATION, ReactivationDue, ReactivationFacts, ReactivationWithheld
from altocore.terms.judgements import Judgement
from altocore.testing import CheckFailed, judges_alike, same_document_after_text, splits_to_the_cent
from altocore.testing.strategies import amounts, documents, reactivation_facts, weights
from altocore.values.currencies import currency
from altocore.values.money import Money, money
from tests import cast

USD: Final = currency("USD")


def refused(law: str, broken: Callable[[], object]) -> str:
    """Return why a law refuses what is given to it."""
    with pytest.raises(CheckFailed) as failed:
        broken()
    assert failed.value.check == law
    return failed.value.why


@given(amounts(), weights())
def test_what_is_allocated_splits_to_the_cent(whole: Money, shares: tuple[int, ...]) -> None:
    splits_to_the_cent(whole.allocated(shares), whole)


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ([1, 1], "the sum"),
        ([1, 3], "the sum"),
        ([], "the sum"),
        ([4, -1], "other sign"),
    ],
)
def test_a_unit_lost_or_made_is_told(parts: list[int], why: str) -> None:
    whole = Money(3, USD)
    assert why in refused("splits_to_the_cent", lambda: splits_to_the_cent([Money(each, USD) for each in parts], whole))


def test_parts_of_another_currency_are_told() -> None:
    why = refused("splits_to_the_cent", lambda: splits_to_the_cent([money("3", "JPY")], Money(3, USD)))
    assert "CurrencyMismatch" in why


@given(documents())
@settings(max_examples=40)
def test_every_document_is_the_same_after_text(document: Document) -> None:
    same_document_after_text(document)


def test_a_document_that_text_cannot_keep_is_told() -> None:
    wrong: dict[str, Invoice] = {
        "line": evolve(cast.invoice(), lines=(evolve(cast.A_LINE, item=Shouting("cloud")),)),
        "what is read back": evolve(cast.invoice(), lines=[cast.A_LINE]),  # type: ignore[arg-type]  # on purpose
    }
    for why, document in wrong.items():
        told = refused("same_document_after_text", partial(same_document_after_text, document))
        assert why in told


class Shouting(str):
    """A text of a type of its own."""

    __slots__ = ()


@given(reactivation_facts())
def test_a_judgement_judges_alike(facts: ReactivationFacts) -> None:
    assert judges_alike(REACTIVATION, facts, None) == REACTIVATION.decide(facts, None)


def withheld_for_nothing(_facts: ReactivationFacts, _terms: None) -> ReactivationWithheld:
    return ReactivationWithheld(reasons=())


def always(_facts: ReactivationFacts, _terms: None) -> ReactivationDue:
    return ReactivationDue(left=())


def moody() -> Judgement[ReactivationFacts, None, int]:
    answers = iter(range(100))
    return Judgement(name="moody", checks=(), grounds=(), decide=lambda _facts, _terms: next(answers))


@given(reactivation_facts().filter(lambda facts: REACTIVATION.checks[2].fires(facts, None)))
def test_an_answer_that_its_table_does_not_give_is_told(facts: ReactivationFacts) -> None:
    for decide in (withheld_for_nothing, always):
        judgement = evolve(REACTIVATION, decide=decide)
        assert "reasons" in refused("judges_alike", partial(judges_alike, judgement, facts, None))
    assert "the answer of the trace" in refused("judges_alike", lambda: judges_alike(moody(), facts, None))
