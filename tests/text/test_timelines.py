"""The timeline in words: golden texts in three languages, and everything on the page."""

from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings

from altocore.billing.invoices import InvoiceKind
from altocore.billing.moves import Hold, Moves
from altocore.billing.standing import StandingState
from altocore.lifecycle.machine import ServiceState
from altocore.policy.overdue import OverdueFacts
from altocore.policy.timelines import overdue_timeline
from altocore.testing.strategies import overdue_facts
from altocore.text.timelines import explain_timeline, render_timeline
from altocore.text.wrapping import columns
from altocore.values.days import day
from altocore.values.delays import Delay
from tests import cast

GOLDEN: Final = Path(__file__).parent / "golden"

MOVED: Final = OverdueFacts(
    kind=InvoiceKind.RENEWAL,
    standing=StandingState.OPEN,
    service=ServiceState.ACTIVE,
    suspensions=(),
    issued=day(2025, 1, 22),
    due=day(2025, 1, 31),
    steps_done=3,
    last_notice_taken=None,
    today=day(2025, 2, 2),
    moves=Moves(
        delays=(
            Delay(start=day(2025, 2, 3), days=1),
            Delay(start=day(2025, 2, 20), days=1),
        ),
        holds=(Hold(made=day(2025, 2, 2), until=day(2025, 2, 8)),),
    ),
)
"""A renewal with two faults of the provider and a promise behind it."""


@pytest.mark.parametrize("locale", ["es_AR", "en", "pt_BR"])
def test_a_timeline_reads_as_it_was_read(locale: str) -> None:
    """PAY-2, PAY-18: every step in three languages, word for word, as somebody has read and approved it."""
    golden = (GOLDEN / f"timeline.{locale}.txt").read_text(encoding="utf-8")
    told = explain_timeline(overdue_timeline(MOVED, cast.OVERDUE_TERMS), locale)
    assert render_timeline("A-00000012", told, locale) == golden


def test_a_paid_invoice_has_no_step() -> None:
    """PAY-2: then there is a title and nothing below it."""
    page = render_timeline("A-1", explain_timeline((), "en"), "en")
    assert page.splitlines() == ["What happens while invoice A-1 stays unpaid", "=" * 43, ""]


@settings(max_examples=50)
@given(overdue_facts(terms=cast.OVERDUE_TERMS))
def test_every_step_is_on_the_page(asked: OverdueFacts) -> None:
    """PAY-2: whatever the timeline, each step has its line with its rule, and no line is wider than eighty columns."""
    steps = overdue_timeline(asked, cast.OVERDUE_TERMS)
    for locale in ("es", "en", "pt"):
        told = explain_timeline(steps, locale)
        page = render_timeline("A-00000012", told, locale)
        assert all(columns(line) <= 80 for line in page.splitlines())
        assert page.count("[") == len(steps)
        assert "{" not in page
        assert [(each.rule, each.clauses) for each in told] == [(step.rule, step.clauses) for step in steps]
