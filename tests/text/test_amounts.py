"""Amounts in text are the exact amounts: read back they are the same, and babel never rounds."""

import re
from decimal import Context, localcontext
from typing import Final

import pytest
from babel.localedata import locale_identifiers
from babel.numbers import (
    format_currency,
    get_currency_precision,
    get_currency_symbol,
    get_decimal_symbol,
    get_group_symbol,
    get_minus_sign_symbol,
)
from hypothesis import given
from hypothesis import strategies as st

from altocore.testing.strategies import amounts
from altocore.text.amounts import amount_text, currency_text, number_text, rate_text
from altocore.text.locales import choose
from altocore.values.currencies import currencies, currency
from altocore.values.money import MINOR_MAX, Money, money

LOCALES: Final = ("es", "es_AR", "es_MX", "es_CL", "en", "en_GB", "en_IN", "pt_BR", "pt_PT", "fr")
SPACE: Final = "\N{NO-BREAK SPACE}"


def read_back(text: str, code: str, locale: str) -> str:
    """Return the plain decimal that an amount's text says, read by the symbols of its locale."""
    babel = choose(locale).locale
    bare = text.replace(get_currency_symbol(code, babel), "").replace(get_minus_sign_symbol(babel), "-")
    return (
        bare.replace(get_group_symbol(babel), "")
        .replace(SPACE, "")
        .replace(" ", "")
        .replace(get_decimal_symbol(babel), ".")
    )


@given(amounts(), st.sampled_from(LOCALES))
def test_an_amount_reads_back(amount: Money, locale: str) -> None:
    """The text of an amount holds exactly its minor units, in the currency's own number of digits."""
    assert read_back(amount_text(amount, locale), amount.currency.code, locale) == amount.decimal


@pytest.mark.parametrize("code", sorted(currencies()))
def test_every_currency_reads_back(code: str) -> None:
    """For each currency of the table the least, the largest and an ordinary amount keep every digit."""
    for minor in (0, 1, -1, 123_456_789, MINOR_MAX, -MINOR_MAX):
        amount = Money(minor, currency(code))
        for locale in LOCALES:
            assert read_back(amount_text(amount, locale), code, locale) == amount.decimal


@pytest.mark.parametrize(
    "code", [code for code, of in currencies().items() if of.minor_digits == get_currency_precision(code)]
)
@pytest.mark.parametrize("locale", ["es", "es_AR", "en", "en_GB", "pt_BR", "pt_PT"])
def test_an_ordinary_currency_looks_as_babel_writes_it(code: str, locale: str) -> None:
    """Where babel counts as many digits, the text is babel's, but for the space after a code that it leaves out."""
    ours = amount_text(Money(123_456_789, currency(code)), locale)
    theirs = format_currency(Money(123_456_789, currency(code)).decimal, code, locale=locale)
    assert ours.replace(SPACE, "") == theirs.replace(SPACE, "")


@pytest.mark.parametrize(
    ("amount", "code", "locale", "text"),
    [
        ("1234.50", "USD", "en", "$1,234.50"),
        ("1234.50", "USD", "es_AR", "US$1.234,50"),
        ("1234.50", "USD", "pt_BR", f"US${SPACE}1.234,50"),
        ("1234.50", "ARS", "es_AR", "$1.234,50"),
        ("1234.50", "ARS", "en", f"ARS{SPACE}1,234.50"),
        ("-1234.50", "ARS", "en", f"-ARS{SPACE}1,234.50"),
        ("1234.50", "EUR", "es", f"1.234,50{SPACE}€"),
        ("1234", "JPY", "en", "¥1,234"),
        ("1.234", "KWD", "en", f"KWD{SPACE}1.234"),
        ("1234.50", "IQD", "en", f"IQD{SPACE}1,234.500"),
    ],
)
def test_amounts_as_people_write_them(amount: str, code: str, locale: str, text: str) -> None:
    """Symbols, separators and digits are the locale's; the number of digits is ISO 4217's (IQD has three, babel none)."""
    assert amount_text(money(amount, code), locale) == text


def test_no_digit_touches_a_letter() -> None:
    """In every locale of the three languages a code and its number stay apart, whichever comes first."""
    names = [name for name in locale_identifiers() if re.fullmatch(r"(es|en|pt)(_[A-Z]{2})?", name)]
    assert len(names) > 100
    for code in ("ARS", "USD", "IQD", "XOF"):
        for name in names:
            assert re.search(r"\d[^\W\d_]|[^\W\d_]\d", amount_text(Money(-123_456, currency(code)), name)) is None, name


def test_the_callers_decimal_context_changes_nothing() -> None:
    """A caller who works with three digits gets the whole amount all the same."""
    with localcontext(Context(prec=3)):
        assert amount_text(money("9999999999999999.99", "USD"), "en") == "$9,999,999,999,999,999.99"
        assert number_text(123_456, "en") == "123,456"
        assert rate_text(123_456, "en") == "12.3456%"


@pytest.mark.parametrize(
    ("rate_ppm", "locale", "text"),
    [
        (0, "es_AR", "0%"),
        (210_000, "es_AR", "21%"),
        (105_000, "pt_BR", "10,5%"),
        (1, "en", "0.0001%"),
        (1_000_000, "es", f"100{SPACE}%"),
    ],
)
def test_rates_need_no_more_digits_than_they_have(rate_ppm: int, locale: str, text: str) -> None:
    """A rate in parts per million is a percentage with up to four digits behind the point, never rounded."""
    assert rate_text(rate_ppm, locale) == text


@given(st.integers(0, 10**18))
def test_a_whole_number_reads_back(number: int) -> None:
    """A count keeps every digit."""
    assert number_text(number, "es_AR").replace(".", "") == str(number)


def test_a_currency_has_its_name_and_its_code() -> None:
    """The name is the locale's, and the code keeps dollars apart."""
    assert currency_text(currency("USD"), "es_AR") == "dólar estadounidense (USD)"
    assert currency_text(currency("USD"), "en") == "US Dollar (USD)"
