"""Pages: an explained invoice as plain text, eighty columns wide, or a hundred where amounts are very large."""

from typing import Final

from altocore.text.catalogue import catalogue
from altocore.text.explained import ExplainedInvoice, ExplainedLine, ExplainedRow, Labelled
from altocore.text.facts import fact_label
from altocore.text.locales import choose
from altocore.text.wrapping import columns, left, right, wrapped

__all__ = ["WIDTH", "render_text"]

WIDTH: Final = 100
"""The most columns that a page takes, where its amounts are very large."""

READING: Final = 80
"""The most columns that its sentences take."""

_GAP: Final = 2
_INDENT: Final = "  "
_LABEL_MAX: Final = 40
_ITEM_MIN: Final = 24


def render_text(explained: ExplainedInvoice) -> str:
    """Return the invoice as a page of plain text: header, lines, totals, why it says so, and where that is written."""
    words = catalogue(choose(explained.locale).language)
    return "\n".join(
        [
            *wrapped(explained.title.split(" "), READING),
            "=" * min(columns(explained.title), READING),
            "",
            *_list([(each.label, each.text) for each in explained.header]),
            "",
            *_table(explained),
            "",
            *_changes(explained),
            words.words("page.why"),
            *[line for row in explained.rows for line in _because(row)],
            "",
            words.words("page.sources"),
            *[_INDENT + line for line in _list([(clause, text) for clause, text in explained.sources], len(_INDENT))],
            "",
        ]
    )


def _list(pairs: list[tuple[str, str]], indent: int = 0) -> list[str]:
    """Return label and text side by side, the texts under each other."""
    label_width = min(max([columns(label) for label, _ in pairs]), _LABEL_MAX)
    lines: list[str] = []
    for label, text in pairs:
        labels = wrapped(label.split(" "), label_width)
        texts = wrapped(text.split(" "), READING - indent - label_width - _GAP)
        lines += _side_by_side([labels, texts], label_width)
    return lines


def _side_by_side(cells: list[list[str]], width: int) -> list[str]:
    labels, texts = cells
    rows = max(len(labels), len(texts))
    padded = [[*cell, *[""] * (rows - len(cell))] for cell in (labels, texts)]
    return [f"{left(label, width)}{' ' * _GAP}{text}".rstrip(" ") for label, text in zip(*padded, strict=True)]


def _table(explained: ExplainedInvoice) -> list[str]:
    """Return the lines of the invoice in columns, and its totals under the last one."""
    locale = explained.locale
    words = catalogue(choose(locale).language)
    heading = ExplainedLine(
        item=words.words("page.item"),
        net=fact_label("net", locale),
        tax=fact_label("tax", locale),
        total=words.words("page.total"),
    )
    shown = [heading, *explained.lines]
    amounts = (
        max([columns(line.net) for line in shown]),
        max([columns(line.tax) for line in shown]),
        max([columns(text) for text in (*[line.total for line in shown], *[each.text for each in explained.totals])]),
    )
    taken = sum(amounts) + _GAP * len(amounts)
    item = min(max([_ITEM_MIN, *[columns(line.item) for line in shown]]), WIDTH - taken)
    rule = "-" * (item + taken)
    return [
        *_row(heading, item, amounts),
        rule,
        *[text for line in explained.lines for text in _row(line, item, amounts)],
        rule,
        *[text for each in explained.totals for text in _total(each, item + taken, amounts[-1])],
    ]


def _row(line: ExplainedLine, item: int, amounts: tuple[int, int, int]) -> list[str]:
    """Return one line of the table; an item too long for its column goes on below it."""
    first, *more = wrapped(line.item.split(" "), item)
    texts = zip((line.net, line.tax, line.total), amounts, strict=True)
    figures = [" " * _GAP + right(text, width) for text, width in texts]
    return [left(first, item) + "".join(figures), *more]


def _total(total: Labelled, width: int, amount: int) -> list[str]:
    """Return one sum, its label left of it; a long label begins above."""
    label = width - amount - _GAP
    *above, last = wrapped(total.label.split(" "), label)
    figure = " " * _GAP + right(total.text, amount)
    return [*[right(part, label) for part in above], right(last, label) + figure]


def _changes(explained: ExplainedInvoice) -> list[str]:
    """Return what a renewal says otherwise than the period before, each field with both values; mostly nothing."""
    if not explained.differences:
        return []
    words = catalogue(choose(explained.locale).language)
    lines = [words.words("page.changes")]
    for each in explained.differences:
        first, *more = wrapped(
            [*each.label.split(" "), f"[{each.code} · {each.clause}]"], READING - len(_INDENT) - _GAP
        )
        lines += [f"{_INDENT}- {first}", *[f"{_INDENT}{' ' * _GAP}{line}" for line in more]]
        for said, value in ((words.words("page.before"), each.before), (words.words("page.after"), each.after)):
            shown = wrapped(f"{said}: {value}".split(" "), READING - len(_INDENT) - 2 * _GAP)
            lines += [f"{_INDENT}{' ' * 2 * _GAP}{line}" for line in shown]
    return [*lines, ""]


def _because(row: ExplainedRow) -> list[str]:
    """Return a sentence with its rule and clauses, which stay together."""
    tag = f"[{' · '.join([row.rule, *row.clauses])}]"
    first, *more = wrapped([*row.sentence.split(" "), tag], READING - len(_INDENT) - _GAP)
    return [f"{_INDENT}- {first}", *[f"{_INDENT}{' ' * _GAP}{line}" for line in more]]
