"""Money: a whole number of minor units in one currency.

There is no division and no float. A product takes a fraction and a named `Rounding`, once; a split is an allocation and
sums to the whole. An amount is bounded, so that it fits a 63-bit column of any store.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final, final

from attrs import field, frozen

from altocore.errors import BadType, BadValue, CurrencyMismatch
from altocore.values.allocation import allocate, shares
from altocore.values.currencies import Currency, currency
from altocore.values.rounding import Rounding, divide

__all__ = ["MINOR_MAX", "Money", "money", "total", "zero"]

MINOR_MAX: Final = 10**18 - 1
"""The largest number of minor units, either side of zero: eighteen digits."""

_AMOUNT: Final = re.compile(r"(-?)([0-9]{1,18})(?:\.([0-9]{1,6}))?", re.ASCII)


@final
@frozen(repr=False, order=False, init=False)
class Money:
    """An exact amount: `minor` units (cents, whole yen, fils) of `currency`. Equal when both are.

    >>> Money(1050, currency("USD")) + money("0.01", "USD")
    money('10.51', 'USD')
    >>> money("100.00", "USD").scaled(17, 31, Rounding.HALF_UP)
    money('54.84', 'USD')

    Raises:
        BadType: `minor` is not exactly an int (a bool is not), or `currency` no Currency.
        BadValue: more than eighteen digits.
        CurrencyMismatch: two currencies meet in one operation.
    """

    minor: int = field()
    currency: Currency = field()

    def __init__(self, minor: int, currency: Currency) -> None:
        """Hold an amount; written out, for the generated one takes nearly twice as long, and money is made all the time."""
        if type(minor) is not int:
            raise BadType("minor", "must be an int of minor units")
        if not -MINOR_MAX <= minor <= MINOR_MAX:
            raise BadValue("minor", "more than eighteen digits")
        if type(currency) is not Currency:
            raise BadType("currency", "must be a Currency")
        _set_minor(self, minor)
        _set_currency(self, currency)

    def __repr__(self) -> str:
        """Return a call that gives an equal amount."""
        return f"money('{self.decimal}', '{self.currency.code}')"

    def __str__(self) -> str:
        """Return the code and the plain decimal, for logs; people read `altocore.text`."""
        return f"{self.currency.code} {self.decimal}"

    @property
    def decimal(self) -> str:
        """The amount as a plain ASCII decimal with exactly the currency's digits."""
        digits = self.currency.minor_digits
        sign = "-" if self.minor < 0 else ""
        whole, part = divmod(abs(self.minor), 10**digits)
        return f"{sign}{whole}.{part:0{digits}d}" if digits else f"{sign}{whole}"

    def __add__(self, other: "Money") -> "Money":
        """Return the sum."""
        return _trusted(self.minor + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        """Return the difference."""
        return _trusted(self.minor - self._same(other), self.currency)

    def __neg__(self) -> "Money":
        """Return the opposite."""
        return _trusted(-self.minor, self.currency)

    def __mul__(self, times: int) -> "Money":
        """Return this amount a whole number of times, exactly; a fraction goes through `scaled`."""
        if type(times) is not int:
            raise BadType("times", "must be an int; a fraction goes through Money.scaled")
        return _trusted(self.minor * times, self.currency)

    def __lt__(self, other: "Money") -> bool:
        """Say whether this is less."""
        return self.minor < self._same(other)

    def __le__(self, other: "Money") -> bool:
        """Say whether this is less, or the same."""
        return self.minor <= self._same(other)

    def __gt__(self, other: "Money") -> bool:
        """Say whether this is more."""
        return self.minor > self._same(other)

    def __ge__(self, other: "Money") -> bool:
        """Say whether this is more, or the same."""
        return self.minor >= self._same(other)

    def scaled(self, numerator: int, denominator: int, rounding: Rounding) -> "Money":
        """Return this amount times `numerator / denominator`, rounded once to the minor unit."""
        if type(numerator) is not int or type(denominator) is not int:
            raise BadType("fraction", "numerator and denominator must be ints")
        return _trusted(divide(self.minor * numerator, denominator, rounding), self.currency)

    def allocated(self, weights: Sequence[int]) -> "tuple[Money, ...]":
        """Return one part for each weight; they sum to this amount (see `values.allocation`)."""
        of = self.currency
        return tuple([_trusted(part, of) for part in allocate(self.minor, weights)])

    def split(self, parts: int) -> "tuple[Money, ...]":
        """Return this amount in that many equal parts, the earlier ones one unit larger where it does not divide."""
        first, larger, rest = shares(self.minor, parts)
        of = self.currency
        return (_trusted(first, of),) * larger + (_trusted(rest, of),) * (parts - larger)

    def _same(self, other: "Money") -> int:
        """Return the other's minor units once its currency is known to be this one's."""
        if type(other) is not Money:
            raise BadType("money", "must be Money")
        if other.currency is not self.currency:
            raise CurrencyMismatch("currency", f"{self.currency.code} with {other.currency.code}")
        return other.minor


_MINOR_MIN: Final = -MINOR_MAX
_new: Final = object.__new__
_set_minor = Money.minor.__set__  # type: ignore[attr-defined]  # slot descriptors, which mypy takes for plain ints
_set_currency = Money.currency.__set__  # type: ignore[attr-defined]  # likewise


def _trusted(minor: int, of: Currency) -> Money:
    """Return Money from operands already valid: only the bound can break, the frozen `__init__` costs twice this."""
    if not _MINOR_MIN <= minor <= MINOR_MAX:
        raise BadValue("minor", "more than eighteen digits")
    made = _new(Money)
    _set_minor(made, minor)
    _set_currency(made, of)
    return made


def money(amount: str, code: str) -> Money:
    """Return the amount that a plain ASCII decimal says: an optional minus, digits, at most the currency's decimals.

    >>> money("-0.5", "USD").minor
    -50

    Raises:
        BadType: the amount is not a str.
        BadValue: anything else than such a decimal (spaces, exponents, underscores, other digits, a comma), or more
            decimals than the currency has.
        UnknownKey: no such currency.
    """
    if type(amount) is not str:
        raise BadType("amount", "must be a str holding a plain decimal")
    of = currency(code)
    found = _AMOUNT.fullmatch(amount)
    if found is None:
        raise BadValue("amount", "not a plain decimal such as 1234.50")
    sign, whole, part = found.group(1), found.group(2), found.group(3) or ""
    if len(part) > of.minor_digits:
        raise BadValue("amount", f"{of.code} has {of.minor_digits} decimals")
    minor = int(whole + part.ljust(of.minor_digits, "0"))
    if minor > MINOR_MAX:
        raise BadValue("amount", "more than eighteen digits")
    return _trusted(-minor if sign else minor, of)


def zero(of: Currency) -> Money:
    """Return no money in this currency."""
    return Money(0, of)


def total(amounts: Iterable[Money], of: Currency) -> Money:
    """Return the sum of amounts that are all in this currency; none at all is zero.

    Raises:
        BadType: `of` is no Currency, or one of them no Money.
        CurrencyMismatch: one of them is in another.
    """
    if type(of) is not Currency:
        raise BadType("currency", "must be a Currency")
    minor = 0
    for amount in amounts:
        if type(amount) is not Money:
            raise BadType("amounts", "each must be Money")
        if amount.currency is not of:
            raise CurrencyMismatch("currency", f"{of.code} with {amount.currency.code}")
        minor += amount.minor
    return _trusted(minor, of)
