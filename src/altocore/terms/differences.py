"""What differs between two terms, field by field; and terms as the list of their fields, for whoever shows them.

Both are read from the classes of `terms.parts`, so a new field is shown, and told where it changes, without a line here.
"""

from collections.abc import Iterable
from enum import Enum
from functools import lru_cache
from typing import TypeAlias, final

from attrs import evolve, field, fields, frozen

from altocore.errors import BadValue
from altocore.terms.clauses import Clause
from altocore.terms.parts import TaxRate, Terms, clauses_of
from altocore.values.money import Money

__all__ = ["Difference", "FieldValue", "TermsField", "applied", "changed_fields", "diff", "fields_of"]

FieldValue: TypeAlias = Enum | int | Money | tuple[int, ...] | tuple[TaxRate, ...]
"""What a field of the terms may hold: an option or another enum, a count, an amount, days, rates."""


@final
@frozen(kw_only=True)
class TermsField:
    """One field of some terms: its part, its name, the clause that it comes from, and its value."""

    part: str = field()
    name: str = field()
    clause: Clause = field()
    value: FieldValue = field()

    @property
    def code(self) -> str:
        """The field's code, the same in every language: `overdue.suspend_days`."""
        return f"{self.part}.{self.name}"


@final
@frozen(kw_only=True)
class Difference:
    """One field that differs: its part, its name, the clause that it comes from, what it said and what it says."""

    part: str = field()
    name: str = field()
    clause: Clause = field()
    before: FieldValue = field()
    after: FieldValue = field()

    @property
    def code(self) -> str:
        """The field's code, the same in every language: `overdue.suspend_days`."""
        return f"{self.part}.{self.name}"


def fields_of(terms: Terms) -> tuple[TermsField, ...]:
    """Return every field of these terms, part after part, in the order in which they are written down."""
    return tuple(
        [
            TermsField(part=part.name, name=name, clause=clause, value=getattr(own, name))
            for part in fields(Terms)
            for own in (getattr(terms, part.name),)
            for name, clause in clauses_of(type(own)).items()
        ]
    )


def diff(a: Terms, b: Terms) -> tuple[Difference, ...]:
    """Return every field that `b` says otherwise than `a`, in the order of `fields_of`; empty where they say the same.

    Source: REN-5, `manual/honour`, `terms/3.b`.
    """
    return tuple(
        [
            Difference(part=was.part, name=was.name, clause=was.clause, before=was.value, after=now.value)
            for was, now in zip(fields_of(a), fields_of(b), strict=True)
            if was.value != now.value
        ]
    )


@lru_cache(maxsize=256)
def changed_fields(a: Terms, b: Terms) -> tuple[str, ...]:
    """Return the code of each field that differs, in the order of `diff`; remembered, for every renewal asks it."""
    return tuple([each.code for each in diff(a, b)])


def applied(terms: Terms, differences: Iterable[Difference]) -> Terms:
    """Return the terms that say what `differences` say, and all else as before.

    Raises:
        BadValue: the terms do not say what a difference begins from, or would be no terms with it.
    """
    held = {each.code: each.value for each in fields_of(terms)}
    changes: dict[str, dict[str, FieldValue]] = {}
    for each in differences:
        if held.get(each.code) != each.before:
            raise BadValue(each.code, "does not say what the difference begins from")
        changes.setdefault(each.part, {})[each.name] = each.after
    return evolve(terms, **{part: evolve(getattr(terms, part), **changed) for part, changed in changes.items()})
