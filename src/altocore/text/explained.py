"""What an explanation consists of: sentences with the rules they tell, and a whole invoice as people read it.

Everything here is text already, in one language. Nothing is computed from it.
"""

from typing import final

from attrs import field, frozen

from altocore.terms.clauses import Clause
from altocore.terms.judgements import Outcome

__all__ = ["ExplainedDifference", "ExplainedInvoice", "ExplainedLine", "ExplainedRow", "Labelled"]


@final
@frozen
class Labelled:
    """A text with what it is called."""

    label: str = field()
    text: str = field()


@final
@frozen(kw_only=True)
class ExplainedRow:
    """One row of a trace: its rule and clauses, what became of it, the sentence that says so, the facts it cites."""

    rule: str = field()
    clauses: tuple[Clause, ...] = field()
    outcome: Outcome = field()
    sentence: str = field()
    facts: tuple[Labelled, ...] = field()


@final
@frozen(kw_only=True)
class ExplainedLine:
    """One line of an invoice, its amounts formatted."""

    item: str = field()
    net: str = field()
    tax: str = field()
    total: str = field()


@final
@frozen(kw_only=True)
class ExplainedDifference:
    """One field of the terms that a renewal says otherwise: what it is called, what it said, and what it says."""

    code: str = field()
    clause: Clause = field()
    label: str = field()
    before: str = field()
    after: str = field()


@final
@frozen(kw_only=True)
class ExplainedInvoice:
    """An invoice as a client reads it: header, lines, totals, what it changes, the rules that it rests on and where they stand.

    The client's legal name is in `header`, which shows in no `repr` (CLI-7); nothing else here is personal.
    """

    locale: str = field()
    title: str = field()
    header: tuple[Labelled, ...] = field(repr=False)
    lines: tuple[ExplainedLine, ...] = field()
    totals: tuple[Labelled, ...] = field()
    differences: tuple[ExplainedDifference, ...] = field()
    rows: tuple[ExplainedRow, ...] = field()
    sources: tuple[tuple[Clause, str], ...] = field()
