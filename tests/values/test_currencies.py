"""Laws of currencies: one object for each code of the table, whatever happens to it."""

import copy
import pickle
from typing import Final

import pytest
from attrs.exceptions import FrozenInstanceError
from hypothesis import given
from hypothesis import strategies as st

from altocore.errors import BadType, Misuse, UnknownKey
from altocore.testing.strategies import currencies as some_currencies
from altocore.values.currencies import Currency, currencies, currency
from altocore.values.iso4217 import TABLE

UNKNOWN: Final = (
    "",
    "US",
    "USDX",
    "usd",
    "Usd",
    " USD",
    "USD ",
    "USD\n",
    "US D",
    "US$",
    "\uff35\uff33\uff24",
    "840",
    "XXX",
    "XTS",
    "XAU",
    "XDR",
    "CLF",
    "UYI",
    "BGN",
    "HRK",
    "code",
)


def test_the_table_is_the_currencies() -> None:
    """Every row of ISO 4217's table is a currency with its number and digits, in the table's order, and no other is."""
    assert [(code, of.code, of.number, of.minor_digits) for code, of in currencies().items()] == [
        (code, code, number, digits) for code, number, digits in TABLE
    ]


@given(some_currencies())
def test_there_is_one_object_for_each(of: Currency) -> None:
    """Looked up again, copied or pickled, a currency is the same object: identity is equality."""
    same = [currency(of.code), copy.copy(of), copy.deepcopy(of), pickle.loads(pickle.dumps(of))]  # noqa: S301
    assert all(other is of for other in same)
    assert {of, *same} == {of}


@given(some_currencies(), some_currencies())
def test_codes_tell_currencies_apart(one: Currency, other: Currency) -> None:
    """Two currencies are equal when their codes are."""
    assert (one == other) == (one.code == other.code)


@given(some_currencies())
def test_how_a_currency_shows(of: Currency) -> None:
    """`str` is the code, `repr` the call that gives the object."""
    assert str(of) == of.code
    assert repr(of) == f"currency('{of.code}')"


@pytest.mark.parametrize("code", UNKNOWN)
def test_an_unknown_code_is_refused(code: str) -> None:
    """Lower case, spaces, other scripts, X-codes, funds and withdrawn codes stand for nothing here (B3)."""
    with pytest.raises(UnknownKey) as refused:
        currency(code)
    assert (refused.value.field, refused.value.problem) == ("currency", "not an ISO 4217 currency code")


@given(st.text(max_size=4))
def test_of_any_text_only_the_table_is_known(code: str) -> None:
    """A text is a currency when the table has it, and one error otherwise (B3)."""
    if code in currencies():
        assert currency(code).code == code
    else:
        with pytest.raises(UnknownKey):
            currency(code)


@pytest.mark.parametrize("code", [None, 840, b"USD", ["USD"], True, currency("USD")], ids=repr)
def test_a_code_is_a_text(code: str) -> None:
    """What is no str is a BadType, hashable or not (B3)."""
    with pytest.raises(Misuse) as refused:
        currency(code)
    assert type(refused.value) is BadType
    assert (refused.value.field, refused.value.problem) == ("currency", "must be a str")


@given(some_currencies())
def test_a_currency_never_changes(of: Currency) -> None:
    """Nobody moves the point of a currency."""
    with pytest.raises(FrozenInstanceError):
        of.minor_digits = 0  # type: ignore[misc]
