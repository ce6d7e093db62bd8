"""What another plan would cost, in words: every reading of the terms side by side, each with its arithmetic."""

from collections.abc import Sequence
from typing import Final, TypeAlias, assert_never

from altocore.billing.plan_changes import Change, FreshTerm, PriceDifference, PriceDifferences, Unconsumed
from altocore.billing.proration import Basis, Proration
from altocore.policy.order import OrderRefused
from altocore.policy.upgrade import UPGRADE, UpgradeQuoted, UpgradeRefused
from altocore.policy.upgrade_facts import UpgradeFacts, is_smaller
from altocore.terms.judgements import Outcome, trace
from altocore.terms.options import UpgradeCharge
from altocore.terms.parts import ChangeTerms
from altocore.terms.reasons import Reason
from altocore.text.amounts import amount_text
from altocore.text.catalogue import catalogue, fill
from altocore.text.dates import day_text, period_text
from altocore.text.locales import choose
from altocore.text.names import name_of
from altocore.text.sentences import explain_reason, explain_row
from altocore.text.wrapping import columns, wrapped
from altocore.workflows.enquiries.plan_changes import ChangeQuote, Reading, side_by_side

__all__ = ["change_lines", "render_quote", "render_refusal"]

UpgradeAnswer: TypeAlias = UpgradeQuoted | UpgradeRefused

READING: Final = 80
_INDENT: Final = "      "
_MARK: Final = "* "
_MINUS: Final = "\N{MINUS SIGN}"
_TIMES: Final = "\N{MULTIPLICATION SIGN}"


def change_lines(change: Change, locale: str) -> tuple[str, ...]:
    """Return the arithmetic of a change, a line a period, each with its days; of a fresh term, first its price."""
    match change:
        case PriceDifferences():
            return tuple(
                [f"{period_text(each.period, locale)}: {_difference(each, locale)}" for each in change.periods]
            )
        case FreshTerm():
            price = amount_text(change.price, locale)
            rest = [f"{period_text(each.period, locale)}: {_unconsumed(each, locale)}" for each in change.unconsumed]
            return (price, *rest)
        case _:
            assert_never(change)


def render_quote(quote: ChangeQuote, locale: str) -> str:
    """Return a quote as a page of plain text: each reading with its arithmetic, and why the chosen one is as it is."""
    words, facts = catalogue(choose(locale).language), quote.facts
    title = {"plan": facts.plan, "target": facts.target, "today": day_text(facts.today, locale)}
    lines, readings = _titled(fill(words.words("page.change"), title)), side_by_side(quote)
    if all(each.answer == quote.answer for each in readings) and isinstance(quote.answer, UpgradeRefused):
        return "\n".join([*lines, *_reasons(quote.answer.reasons, locale), ""])
    for each in readings:
        mark = _MARK if each.chosen else " " * len(_MARK)
        lines += ["", f"{mark}{_heading(facts, each.terms, locale)}", *_answered(each, locale)]
    lines += ["", f"{_MARK}{words.words('page.change_chosen')}"]
    told = [
        (explain_row(UPGRADE.name, row, locale), row.rule, row.clauses)
        for row in trace(UPGRADE, facts, quote.terms).rows
        if row.outcome is Outcome.HELD
    ]
    if told:
        lines += ["", words.words("page.change_why")]
        lines += [line for sentence, rule, clauses in told for line in _told(sentence, rule, clauses)]
    return "\n".join([*lines, ""])


def render_refusal(refused: OrderRefused, locale: str) -> str:
    """Return why the new plan is not sold so, as a page of plain text."""
    lines = _titled(catalogue(choose(locale).language).words("page.change_not_sold"))
    return "\n".join([*lines, *_reasons(refused.reasons, locale), ""])


def _titled(title: str) -> list[str]:
    lines = wrapped(title.split(" "), READING)
    return [*lines, "=" * max([columns(line) for line in lines])]


def _heading(facts: UpgradeFacts, terms: ChangeTerms, locale: str) -> str:
    """Return the name of a reading: of a smaller plan, whether it may be had; of another cycle, the one way there is."""
    if is_smaller(facts):
        return name_of(terms.downgrade, locale)
    if facts.asked is not facts.cycle:
        return name_of(UpgradeCharge.UNUSED_CREDIT, locale)
    base = f" ({name_of(terms.upgrade_base, locale)})" if terms.upgrade_charge is UpgradeCharge.FULL_DIFFERENCE else ""
    return f"{name_of(terms.upgrade_charge, locale)}{base}"


def _answered(reading: Reading, locale: str) -> list[str]:
    """Return what a change comes to in one reading, or why it is not made."""
    answer = reading.answer
    match answer:
        case UpgradeQuoted():
            worked = [f"{_INDENT}{line}" for line in change_lines(answer.change, locale)]
            return [*worked, *[f"{_INDENT}{line}" for line in _outcome(answer, locale)]]
        case UpgradeRefused():
            return [f"    {line}" for line in _reasons(answer.reasons, locale)]
        case _:
            assert_never(answer)


def _outcome(answer: UpgradeQuoted, locale: str) -> list[str]:
    """Return what is to pay or what becomes credit, with the tax of it."""
    words = catalogue(choose(locale).language)
    if answer.charge.minor:
        total = amount_text(answer.charge + answer.tax, locale)
        shown = {"net": amount_text(answer.charge, locale), "total": total, "due": day_text(answer.due, locale)}
        return [fill(words.words("page.change_pay"), shown)]
    nothing = [words.words("page.change_nothing")]
    if not answer.credit.minor:
        return nothing
    total = amount_text(answer.credit + answer.credit_tax, locale)
    shown = {"credit": amount_text(answer.credit, locale), "total": total}
    return [*nothing, fill(words.words("page.change_credit"), shown)]


def _difference(each: PriceDifference, locale: str) -> str:
    price, counted = amount_text(each.price, locale), amount_text(each.counted, locale)
    difference = f"{price} {_MINUS} {counted}"
    if each.price < each.counted:
        return f"{difference} < 0: {amount_text(each.amount, locale)}"
    if each.part.basis is Basis.FLAT:
        return f"{difference} = {amount_text(each.amount, locale)}"
    return f"({difference}) {_TIMES} {_fraction(each.part)} = {amount_text(each.amount, locale)}"


def _unconsumed(each: Unconsumed, locale: str) -> str:
    paid, amount = amount_text(each.part.price, locale), amount_text(each.amount, locale)
    return f"{_MINUS} {paid} {_TIMES} {_fraction(each.part)} = {_MINUS} {amount}"


def _fraction(part: Proration) -> str:
    return f"{part.used}/{part.of}"


def _reasons(reasons: Sequence[Reason], locale: str) -> list[str]:
    return [line for reason in reasons for line in _told(explain_reason(reason, locale), reason.rule, reason.clauses)]


def _told(sentence: str, rule: str, clauses: Sequence[str]) -> list[str]:
    """Return a sentence with the rule and the clauses that it rests on, as an item of a list."""
    tag = f"[{' · '.join([rule, *clauses])}]"
    first, *more = wrapped([*sentence.split(" "), tag], READING - len(_INDENT) - 2)
    return [f"  - {first}", *[f"    {line}" for line in more]]
