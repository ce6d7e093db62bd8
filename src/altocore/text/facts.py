"""Facts as people read them: what a row cites, by its name.

A text that a row cites is either the value of an enum, and is named in the reader's language, or it is data, and comes
out as it is: a plan's id, an invoice's number, the name of a tax.
"""

from datetime import date
from typing import Final

from altocore.terms.reasons import Cited, Fact
from altocore.text.amounts import amount_text, number_text, rate_text
from altocore.text.catalogue import catalogue
from altocore.text.dates import day_text, period_text
from altocore.text.locales import choose
from altocore.values.money import Money
from altocore.values.periods import Period

__all__ = ["NAMED", "VERBATIM", "fact_label", "fact_text", "facts_text"]

NAMED: Final = frozenset(
    {
        "actor",
        "administration",
        "cycle",
        "ending_time",
        "field",
        "invoice_state",
        "kind",
        "option",
        "product",
        "renewal_choice",
        "rounding",
        "stage",
        "state",
        "support",
        "suspension",
        "termination",
        "terms_change",
        "upgrade_base",
        "way_out",
    }
)
"""The facts that are values of an enum, each named as the family of its enum, and the fields of the terms."""

VERBATIM: Final = frozenset(
    {
        "addons",
        "category",
        "currency",
        "invoice_currency",
        "number",
        "plan",
        "plan_edition",
        "target",
        "tax_name",
        "terms_edition",
    }
)
"""The facts that are data, and are repeated as they are."""

_RATE: Final = "rate_ppm"
_SPACE: Final = "\N{NO-BREAK SPACE}"


def fact_text(name: str, fact: Fact, locale: str) -> str:
    """Return a cited fact as this locale shows it.

    >>> from altocore.values.money import money
    >>> fact_text("net", money("100.00", "USD"), "en"), fact_text("cycle", "monthly", "pt")
    ('$100.00', 'mensal')

    Raises:
        UnknownKey: it is the value of an enum that has no such member.
    """
    match fact:
        case Money():
            return amount_text(fact, locale)
        case Period():
            return period_text(fact, locale)
        case int():
            return rate_text(fact, locale) if name == _RATE else number_text(fact, locale)
        case str():
            return catalogue(choose(locale).language).words(f"{name}.{fact}") if name in NAMED else fact
        case _:
            return day_text(fact, locale)


def facts_text(cites: Cited, locale: str) -> dict[str, str]:
    """Return all cited facts as a sentence shows them, each by its name; those of one name stand in one list.

    A day is not broken at the end of a line.
    """
    shown: dict[str, list[str]] = {}
    for name, fact in cites:
        text = fact_text(name, fact, locale)
        shown.setdefault(name, []).append(text.replace(" ", _SPACE) if isinstance(fact, date) else text)
    return {name: ", ".join(texts) for name, texts in shown.items()}


def fact_label(name: str, locale: str) -> str:
    """Return what a person calls a fact of this name.

    >>> fact_label("due", "es")
    'Vencimiento'

    Raises:
        UnknownKey: no row cites such a fact.
    """
    return catalogue(choose(locale).language).words(f"fact.{name}")
