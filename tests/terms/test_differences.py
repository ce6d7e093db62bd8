"""What differs between two terms: nothing between equals, and all of it, so that one can be made from the other. REN-5."""

from typing import Final

import attrs
import pytest
from attrs import evolve
from hypothesis import example, given

from altocore.errors import BadValue
from altocore.terms.differences import Difference, applied, changed_fields, diff, fields_of
from altocore.terms.options import CancellationDeadline, TermsChange
from altocore.terms.parts import Terms
from altocore.testing.strategies import terms
from tests import cast

SLOWER: Final = evolve(cast.TERMS, overdue=cast.overdue_terms(reminder_days=(2,), suspend_days=8))
UNTAXED: Final = evolve(cast.TERMS, tax=cast.tax_terms(rates=()))


@given(terms())
def test_the_same_terms_do_not_differ(said: Terms) -> None:
    """REN-5: what renews as it was has no differences."""
    assert diff(said, said) == ()
    assert applied(said, ()) == said


@given(terms(), terms())
@example(cast.TERMS, SLOWER)
@example(cast.TERMS, UNTAXED)
@example(UNTAXED, cast.TERMS)
def test_what_differs_makes_the_one_from_the_other(a: Terms, b: Terms) -> None:
    """REN-5: the differences from a to b, applied to a, give b: none is missing, and none is too much."""
    found = diff(a, b)
    assert applied(a, found) == b
    assert all(each.before != each.after for each in found)
    assert changed_fields(a, b) == tuple(each.code for each in found)
    assert [(each.code, each.after, each.before) for each in diff(b, a)] == [
        (each.code, each.before, each.after) for each in found
    ]


@given(terms(), terms())
def test_the_order_is_that_of_the_terms(a: Terms, b: Terms) -> None:
    """REN-5: the fields come in the order in which they are written, whatever they say."""
    order = [each.code for each in fields_of(cast.TERMS)]
    assert list(changed_fields(a, b)) == [code for code in order if code in changed_fields(a, b)]


def test_every_field_is_listed_once() -> None:
    """Terms are data: each field of each part, with its clause, in the order in which it is written."""
    parts = {each.name: each.type for each in attrs.fields(Terms)}
    written = [
        f"{name}.{each.name}" for name, part in parts.items() if part and attrs.has(part) for each in attrs.fields(part)
    ]
    listed = fields_of(cast.TERMS)
    assert [each.code for each in listed] == written
    assert len(listed) > 14
    assert [(each.clause, each.value) for each in listed if each.code == "contract.terms_change"] == [
        ("terms/3.b", TermsChange.PERIOD_END_WITH_NOTICE)
    ]


def test_two_fields_of_two_parts() -> None:
    """REN-5: what it said and what it says, typed, with the clause; days as a tuple of days."""
    other = evolve(SLOWER, cancellation=cast.cancellation_terms(deadline=CancellationDeadline.ANY_TIME))
    assert [(each.part, each.name, each.clause, each.before, each.after) for each in diff(cast.TERMS, other)] == [
        ("overdue", "reminder_days", "house", (-5, -1, 1, 3), (2,)),
        ("overdue", "suspend_days", "house", 5, 8),
        (
            "cancellation",
            "deadline",
            "manual/cancellation",
            CancellationDeadline.BEFORE_RENEWAL_INVOICE,
            CancellationDeadline.ANY_TIME,
        ),
    ]


def changing(code: str, before: int, after: int) -> Difference:
    """Return a difference in a count of days."""
    part, _, name = code.partition(".")
    (own,) = [each for each in fields_of(cast.TERMS) if each.code == code] or fields_of(cast.TERMS)[:1]
    return Difference(part=part, name=name, clause=own.clause, before=before, after=after)


@pytest.mark.parametrize(
    ("difference", "named"),
    [
        (changing("overdue.suspend_days", 6, 8), "overdue.suspend_days"),
        (changing("overdue.no_such_days", 5, 8), "overdue.no_such_days"),
        (changing("overdue.suspend_days", 5, 29), "suspend_days"),
    ],
    ids=["begins elsewhere", "no such field", "no terms any more"],
)
def test_what_cannot_be_applied_is_refused(difference: Difference, named: str) -> None:
    """REN-5: a difference of other terms, or one that would put a timeline out of order, is a mistake and is named."""
    with pytest.raises(BadValue) as refused:
        applied(cast.TERMS, (difference,))
    assert refused.value.field == named
