"""The checked-in ISO 4217 table: well formed, right where it is known, and different from CLDR only where we say so."""

import re
from datetime import date

import pytest
from babel.numbers import get_currency_precision, list_currencies

from altocore.values.iso4217 import AMENDMENT, EDITION, TABLE

CODES = [code for code, _, _ in TABLE]
NUMBERS = {code: number for code, number, _ in TABLE}
DIGITS = {code: digits for code, _, digits in TABLE}

ZERO = {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"}
THREE = {"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"}

WITHOUT_MINOR_UNIT = {"XAG", "XAU", "XBA", "XBB", "XBC", "XBD", "XDR", "XPD", "XPT", "XSU", "XTS", "XUA", "XXX"}
FUNDS = {"BOV", "CHE", "CHW", "CLF", "COU", "MXV", "USN", "UYI", "UYW", "XAD"}
WITHDRAWN = {"ANG", "BGN", "BYR", "CUC", "DEM", "HRK", "LTL", "MRO", "SLL", "STD", "VEF", "ZMK", "ZWL"}

CLDR_DIFFERS = {"AFN", "ALL", "IQD", "IRR", "KPW", "LAK", "LBP", "MGA", "MMK", "RSD", "SOS", "SYP", "YER"}


def test_edition_is_a_day_and_a_numbered_amendment() -> None:
    """The table says which list it is: an ISO day, and the amendment that took effect on it."""
    assert date.fromisoformat(EDITION).isoformat() == EDITION
    assert (EDITION, AMENDMENT, len(TABLE)) == ("2026-01-01", 180, 155)


def test_rows_are_sorted_by_code_and_no_code_comes_twice() -> None:
    """Sorted and unique, so that a new edition is a small difference to read."""
    assert sorted(set(CODES)) == CODES


def test_no_number_comes_twice() -> None:
    """A numeric code names one currency."""
    assert len(set(NUMBERS.values())) == len(TABLE)


@pytest.mark.parametrize(("code", "number", "digits"), TABLE, ids=CODES)
def test_row_is_well_formed(code: str, number: str, digits: int) -> None:
    """Three capital ASCII letters, three ASCII digits with their leading zeros, and 0 to 4 digits as a true int."""
    assert re.fullmatch("[A-Z]{3}", code)
    assert re.fullmatch("[0-9]{3}", number)
    assert type(digits) is int
    assert 0 <= digits <= 4


@pytest.mark.parametrize(
    ("code", "digits"),
    [
        ("ARS", 2),
        ("BHD", 3),
        ("BRL", 2),
        ("CLP", 0),
        ("COP", 2),
        ("EUR", 2),
        ("HUF", 2),
        ("IDR", 2),
        ("IQD", 3),
        ("ISK", 0),
        ("JPY", 0),
        ("KRW", 0),
        ("KWD", 3),
        ("MGA", 2),
        ("MRU", 2),
        ("PYG", 0),
        ("TND", 3),
        ("USD", 2),
        ("UYU", 2),
        ("VES", 2),
        ("XAF", 0),
        ("XCG", 2),
    ],
)
def test_known_digits(code: str, digits: int) -> None:
    """Currencies of the Americas, and those that other tables often have wrong."""
    assert DIGITS[code] == digits


def test_every_other_currency_has_two_digits() -> None:
    """The full list of exceptions to two digits; the only codes with four (CLF, UYW) are funds, and left out."""
    assert {code for code, digits in DIGITS.items() if digits == 0} == ZERO
    assert {code for code, digits in DIGITS.items() if digits == 3} == THREE
    assert {digits for code, digits in DIGITS.items() if code not in ZERO | THREE} == {2}


@pytest.mark.parametrize(
    ("code", "number"),
    [
        ("ALL", "008"),
        ("ARS", "032"),
        ("EUR", "978"),
        ("SLE", "925"),
        ("USD", "840"),
        ("VED", "926"),
        ("VES", "928"),
        ("XCG", "532"),
        ("ZWG", "924"),
    ],
)
def test_known_numbers(code: str, number: str) -> None:
    """Leading zeros are kept, and the newest codes have their own numbers (XCG took over that of ANG)."""
    assert NUMBERS[code] == number


def test_what_cannot_be_invoiced_is_left_out() -> None:
    """No metals, units of account, testing codes or funds, and nothing that was withdrawn."""
    assert not (WITHOUT_MINOR_UNIT | FUNDS | WITHDRAWN) & set(CODES)


def test_real_currencies_with_an_x_are_kept() -> None:
    """Five codes start with X and are money all the same; no other does."""
    assert [code for code in CODES if code.startswith("X")] == ["XAF", "XCD", "XCG", "XOF", "XPF"]


def test_cldr_has_other_digits_for_exactly_these() -> None:
    """Babel carries CLDR's digits, which say how an amount is shown; they differ from ISO's for 13 currencies."""
    known = list_currencies()
    assert known >= CLDR_DIFFERS
    assert {code for code in CODES if code in known and get_currency_precision(code) != DIGITS[code]} == CLDR_DIFFERS
