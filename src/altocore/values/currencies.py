"""Currencies and the number of digits that money in them has, as ISO 4217 says.

Babel's digits are CLDR's, made for display, and differ for some currencies: altocore counts with this table and lets
babel only print.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, final

from attrs import field, frozen

from altocore.errors import BadType, UnknownKey
from altocore.values.iso4217 import TABLE

__all__ = ["Currency", "currencies", "currency"]


@final
@frozen(kw_only=True, eq=False, repr=False)
class Currency:
    """One currency of the table: there is one object for each, so identity is equality.

    `minor_digits` counts the digits behind the point: 2 for USD, 0 for JPY, 3 for KWD.
    """

    code: str = field()
    number: str = field()
    minor_digits: int = field()

    def __repr__(self) -> str:
        """Return a call that gives this very object."""
        return f"currency('{self.code}')"

    def __str__(self) -> str:
        """Return the three-letter code."""
        return self.code

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle and copy as the look-up, so that identity survives a process pool."""
        return (currency, (self.code,))


_ALL: Final[Mapping[str, Currency]] = MappingProxyType(
    {code: Currency(code=code, number=number, minor_digits=digits) for code, number, digits in TABLE}
)


def currencies() -> Mapping[str, Currency]:
    """Return every currency of the table by its code; the view cannot be changed."""
    return _ALL


def currency(code: str) -> Currency:
    """Return the currency with this upper-case ISO 4217 code.

    >>> currency("KWD").minor_digits
    3

    Raises:
        BadType: the code is not a str.
        UnknownKey: the table has no such code; lower case and fund, metal and test codes are not in it.
    """
    if type(code) is not str:
        raise BadType("currency", "must be a str")
    found = _ALL.get(code)
    if found is None:
        raise UnknownKey("currency", "not an ISO 4217 currency code")
    return found
