"""Timelines in words: each step of an unpaid invoice with its day, what becomes of it, and why it comes on that day."""

from collections.abc import Sequence
from typing import Final, final

from attrs import field, frozen

from altocore.policy.timelines import TimelineStep, WaitsFor
from altocore.terms.clauses import Clause
from altocore.text.catalogue import catalogue, fill
from altocore.text.dates import day_text
from altocore.text.locales import choose
from altocore.text.names import name_of
from altocore.text.wrapping import columns, left, wrapped

__all__ = ["ExplainedStep", "explain_timeline", "render_timeline"]

READING: Final = 80
_GAP: Final = "  "


@final
@frozen(kw_only=True)
class ExplainedStep:
    """One step as people read it: its day, what it does, what becomes of it, what made it late, the rule it rests on."""

    on: str = field()
    stage: str = field()
    fate: str = field()
    notes: tuple[str, ...] = field()
    rule: str = field()
    clauses: tuple[Clause, ...] = field()


def explain_timeline(steps: Sequence[TimelineStep], locale: str) -> tuple[ExplainedStep, ...]:
    """Return the steps of a timeline in words, in their order."""
    return tuple(
        [
            ExplainedStep(
                on=day_text(step.on, locale),
                stage=name_of(step.stage, locale),
                fate=name_of(step.fate, locale),
                notes=tuple(_notes(step, locale)),
                rule=step.rule,
                clauses=step.clauses,
            )
            for step in steps
        ]
    )


def render_timeline(number: str, steps: Sequence[ExplainedStep], locale: str) -> str:
    """Return a timeline as a page of plain text: one line a step and, below it, why it comes on that day."""
    title = fill(catalogue(choose(locale).language).words("page.timeline"), {"number": number})
    width = max([columns(step.on) for step in steps], default=0)
    lines = [*wrapped(title.split(" "), READING), "=" * min(columns(title), READING), ""]
    for step in steps:
        tag = f"[{' · '.join([step.rule, *step.clauses])}]"
        said = "; ".join([f"{step.stage}: {step.fate}", *step.notes])
        first, *more = wrapped([*said.split(" "), tag], READING - width - len(_GAP))
        lines.append(f"{left(step.on, width)}{_GAP}{first}")
        lines += [f"{' ' * width}{_GAP}{line}" for line in more]
    return "\n".join([*lines, ""])


def _notes(step: TimelineStep, locale: str) -> list[str]:
    """Return what makes a step wait: a channel, faults of the provider, a promise to pay."""
    words = catalogue(choose(locale).language)
    notes: list[str] = []
    if step.waits_for is not WaitsFor.NOTHING:
        notes.append(name_of(step.waits_for, locale))
    if step.delayed_days:
        days = words.words("page.step_delayed", (("delayed_days", step.delayed_days),))
        notes.append(fill(days, {"delayed_days": str(step.delayed_days)}))
    if step.promised is not None:
        promised = {"promised": day_text(step.promised, locale)}
        notes.append(fill(words.words("page.step_promised"), promised))
    return notes
