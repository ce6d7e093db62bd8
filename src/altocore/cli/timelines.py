"""`altocore timeline`: what happens while an invoice stays unpaid, step by step."""

from altocore.billing.numbering import label
from altocore.billing.standing import Standing
from altocore.cli.explaining import invoice_named
from altocore.policy.timelines import TimelineStep
from altocore.ports.store import Store
from altocore.text.timelines import explain_timeline, render_timeline
from altocore.values.days import Day
from altocore.values.ids import InvoiceId
from altocore.workflows.enquiries.timelines import timeline_of
from altocore.workflows.explaining import UNNUMBERED
from altocore.workflows.one import one

__all__ = ["timeline_page", "timeline_value"]


def timeline_page(store: Store, invoice: str, today: Day, locale: str) -> str:
    """Return the timeline of an invoice, as it stands on this day, as a page of plain text.

    Raises:
        UnknownKey: the store has no such invoice.
    """
    own, steps = _told(store, invoice, today)
    numbered = store.numbers((own,)).get(own)
    shown = label(*numbered) if numbered is not None else UNNUMBERED
    return render_timeline(shown, explain_timeline(steps, locale), locale)


def timeline_value(store: Store, invoice: str, today: Day) -> list[dict[str, object]]:
    """Return the timeline as plain values, the same in every language.

    Raises:
        UnknownKey: the store has no such invoice.
    """
    _, steps = _told(store, invoice, today)
    return [
        {
            "stage": step.stage.value,
            "planned": step.planned.isoformat(),
            "on": step.on.isoformat(),
            "fate": step.fate.value,
            "waits_for": step.waits_for.value,
            "delayed_days": step.delayed_days,
            "promised": None if step.promised is None else step.promised.isoformat(),
            "rule": step.rule,
            "clauses": list(step.clauses),
        }
        for step in steps
    ]


def _told(store: Store, invoice: str, today: Day) -> tuple[InvoiceId, tuple[TimelineStep, ...]]:
    own = invoice_named(store, invoice)
    client = one(store, Standing, own, "invoice").document.client
    return own, timeline_of(store, client, own, today)
