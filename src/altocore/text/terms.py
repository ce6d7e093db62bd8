"""Terms in words: a sheet of every field, each option with all its readings; and what differs between two terms.

Both are plain text, a field a paragraph. Days, years and the like are counted in the unit that the field's name says.
"""

from collections.abc import Sequence
from enum import Enum
from typing import Final

from altocore.terms.clauses import Clause
from altocore.terms.differences import Difference, FieldValue, TermsField, fields_of
from altocore.terms.parts import TaxRate, Terms
from altocore.text.amounts import amount_text, number_text, rate_text
from altocore.text.catalogue import catalogue, fill
from altocore.text.locales import choose
from altocore.text.names import name_of
from altocore.text.sentences import clause_text, rule_text
from altocore.text.wrapping import columns
from altocore.values.money import Money

__all__ = ["differences_text", "field_text", "terms_text", "value_text"]

_OVERRIDES: Final = ("REN-7", Clause("terms/3.c"))
"""What each sheet ends with: the rule that no document of the client overrides the terms, and where it stands."""

_INDENT: Final = "    "


def field_text(code: str, locale: str) -> str:
    """Return what a person calls a field of the terms, its unit in it.

    >>> field_text("overdue.suspend_days", "en")
    'Suspension, in days from the due day'

    Raises:
        UnknownKey: there is no field with this code.
    """
    return catalogue(choose(locale).language).words(f"field.{code}")


def value_text(value: FieldValue, locale: str) -> str:
    """Return the value of a field as this locale shows it; several days, or rates, as a list.

    >>> value_text((-5, 3), "en"), value_text((), "es")
    ('-5, 3', 'ninguno')
    """
    match value:
        case Enum():
            return name_of(value, locale)
        case Money():
            return amount_text(value, locale)
        case int():
            return number_text(value, locale)
        case ():
            return catalogue(choose(locale).language).words("page.nothing")
        case _:
            return ", ".join([_item_text(each, locale) for each in value])


def terms_text(name: str, terms: Terms, locale: str) -> str:
    """Return the sheet of these terms: each field with its value and its clause, an option with all its readings.

    The chosen reading is marked with `*`. What no document of the client overrides, and where all of it stands, is below.
    """
    words = catalogue(choose(locale).language)
    listed = fields_of(terms)
    lines = _titled(fill(words.words("page.terms"), {"name": name}))
    part = ""
    for each in listed:
        if each.part != part:
            part = each.part
            lines += ["", words.words(f"part.{part}")]
        lines += ["", _head(each, locale), *[f"{_INDENT}{line}" for line in _readings(each.value, locale)]]
    rule, clause = _OVERRIDES
    overrides = f"{rule_text(rule, locale)} [{rule} · {clause}]"
    return "\n".join([*lines, "", overrides, *_sources([*[each.clause for each in listed], clause], locale)])


def differences_text(before: str, after: str, differences: Sequence[Difference], locale: str) -> str:
    """Return what differs between two terms, by their names: each field with what both say, and where it stands."""
    words = catalogue(choose(locale).language)
    lines = _titled(fill(words.words("page.differences"), {"before": before, "after": after}))
    for each in differences:
        lines += [
            "",
            _head(each, locale),
            f"{_INDENT}{words.words('page.before')}: {value_text(each.before, locale)}",
            f"{_INDENT}{words.words('page.after')}: {value_text(each.after, locale)}",
        ]
    if not differences:
        return "\n".join([*lines, "", words.words("page.same")])
    return "\n".join([*lines, *_sources([each.clause for each in differences], locale)])


def _titled(title: str) -> list[str]:
    return [title, "=" * columns(title)]


def _head(each: TermsField | Difference, locale: str) -> str:
    return f"  {field_text(each.code, locale)} [{each.code} · {each.clause}]"


def _sources(clauses: Sequence[Clause], locale: str) -> list[str]:
    """Return each clause once, with the place that it names in words."""
    words = catalogue(choose(locale).language)
    told = [f"  {clause}: {clause_text(clause, locale)}" for clause in dict.fromkeys(clauses)]
    return ["", words.words("page.sources"), *told]


def _readings(value: FieldValue, locale: str) -> list[str]:
    """Return the value alone; of an option, every reading, the chosen one marked."""
    if not isinstance(value, Enum):
        return [value_text(value, locale)]
    return [f"{'*' if each is value else ' '} {name_of(each, locale)}" for each in type(value)]


def _item_text(item: int | TaxRate, locale: str) -> str:
    match item:
        case TaxRate():
            return f"{item.region}: {item.name} {rate_text(item.rate_ppm, locale)}"
        case _:
            return number_text(item, locale)
