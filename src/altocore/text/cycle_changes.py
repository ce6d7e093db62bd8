"""Another cycle in words: from which day on, for which price, and why; or why not, and when."""

from typing import Final

from altocore.policy.cycle_change import CYCLE_CHANGE
from altocore.terms.judgements import Outcome, trace
from altocore.text.catalogue import catalogue, fill
from altocore.text.dates import day_text
from altocore.text.facts import fact_text
from altocore.text.locales import choose
from altocore.text.sentences import explain_row
from altocore.text.wrapping import columns, wrapped
from altocore.workflows.enquiries.cycle_changes import CycleQuote

__all__ = ["render_cycle_quote"]

READING: Final = 80


def render_cycle_quote(quote: CycleQuote, locale: str) -> str:
    """Return the quote of another cycle as a page of plain text: each sentence with its rule and its clauses."""
    facts = quote.facts
    asked = {"cycle": fact_text("cycle", facts.asked.name.lower(), locale), "today": day_text(facts.today, locale)}
    title = fill(catalogue(choose(locale).language).words("page.cycle_change"), asked)
    lines = [title, "=" * columns(title)]
    for row in trace(CYCLE_CHANGE, facts, quote.terms).rows:
        if row.outcome in {Outcome.FIRED, Outcome.HELD}:
            tag = f"[{' · '.join([row.rule, *row.clauses])}]"
            first, *more = wrapped([*explain_row(CYCLE_CHANGE.name, row, locale).split(" "), tag], READING - 4)
            lines += [f"  - {first}", *[f"    {line}" for line in more]]
    return "\n".join([*lines, ""])
