"""Amounts as people read them: babel's pattern for the locale, filled with exactly the digits that altocore counts.

Babel has its own digits for each currency, which differ from ISO 4217 for some, and it would round to them. Here the
pattern is told the digits, the number has no others, and a rounding would be an error, not another amount.
"""

import unicodedata
from decimal import Context, Decimal, Inexact, InvalidOperation, localcontext
from functools import lru_cache
from typing import Final

from babel import Locale
from babel.numbers import NumberPattern, get_currency_name, get_currency_symbol, parse_pattern

from altocore.text.locales import choose
from altocore.values.currencies import Currency
from altocore.values.money import Money

__all__ = ["amount_text", "currency_text", "number_text", "rate_text"]

_EXACT: Final = Context(prec=40, traps=[Inexact, InvalidOperation])
"""Room for any amount, whatever context the caller works in; losing a digit raises."""

_RATE_DIGITS: Final = 4
"""Parts per million have four digits behind the point of a percentage."""

_SPACE: Final = "\N{NO-BREAK SPACE}"


def amount_text(amount: Money, locale: str) -> str:
    """Return the amount as this locale writes it, with the currency's own digits.

    >>> from altocore.values.money import money
    >>> amount_text(money("1234.50", "USD"), "es_AR"), amount_text(money("-1234.50", "USD"), "en")
    ('US$1.234,50', '-$1,234.50')
    """
    chosen, code = choose(locale).locale, amount.currency.code
    with localcontext(_EXACT):
        text: str = _currency_pattern(chosen, amount.currency.minor_digits).apply(
            Decimal(amount.decimal), chosen, currency=code, currency_digits=False
        )
    return _spaced(text, get_currency_symbol(code, chosen))


def currency_text(of: Currency, locale: str) -> str:
    """Return the currency's name in this locale, with its code.

    >>> from altocore.values.currencies import currency
    >>> currency_text(currency("USD"), "pt_BR")
    'Dólar americano (USD)'
    """
    return f"{get_currency_name(of.code, locale=choose(locale).locale)} ({of.code})"


def number_text(number: int, locale: str) -> str:
    """Return a whole number as this locale writes it."""
    chosen = choose(locale).locale
    with localcontext(_EXACT):
        text: str = _number_pattern(chosen).apply(Decimal(number), chosen)
    return text


def rate_text(rate_ppm: int, locale: str) -> str:
    """Return a rate in parts per million as a percentage, with as many digits as it needs.

    >>> rate_text(210_000, "en"), rate_text(105_000, "pt")
    ('21%', '10,5%')
    """
    chosen = choose(locale).locale
    with localcontext(_EXACT):
        text: str = _rate_pattern(chosen).apply(Decimal(rate_ppm).scaleb(-6), chosen)
    return text


@lru_cache(maxsize=256)
def _currency_pattern(locale: Locale, digits: int) -> NumberPattern:
    return _with_digits(locale.currency_formats["standard"].pattern, digits, digits)


@lru_cache(maxsize=64)
def _rate_pattern(locale: Locale) -> NumberPattern:
    return _with_digits(locale.percent_formats[None].pattern, 0, _RATE_DIGITS)


@lru_cache(maxsize=64)
def _number_pattern(locale: Locale) -> NumberPattern:
    return _with_digits(locale.decimal_formats[None].pattern, 0, 0)


def _with_digits(pattern: str, least: int, most: int) -> NumberPattern:
    """Return babel's pattern as an object of our own, with these digits behind the point."""
    made = parse_pattern(pattern)
    made.frac_prec = (least, most)
    return made


def _spaced(text: str, symbol: str) -> str:
    """Return the text with the space that CLDR asks for between the last letter of a currency and a digit; babel omits it."""
    before, _, after = text.partition(symbol)
    lettered = unicodedata.category(symbol[-1])[0] not in "SZ"
    return before + symbol + (_SPACE if lettered and after[:1].isdigit() else "") + after
