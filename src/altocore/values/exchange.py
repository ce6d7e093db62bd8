"""Exchange rates: what one unit of a currency is worth in another, as somebody said it; altocore knows none by itself.

A rate is exact, and a conversion rounds once, to the minor unit of the currency that it ends in. Amounts are converted where
a rule says so and nowhere else (CLI-8), and the rate that was used stands in the answer.
"""

import re
from typing import Final, final

from attrs import field, frozen

from altocore.errors import BadType, BadValue, CurrencyMismatch
from altocore.values.currencies import Currency, currency
from altocore.values.money import Money
from altocore.values.rounding import Rounding, divide

__all__ = ["ExchangeRate", "exchange_rate", "parity"]

_RATE: Final = re.compile(r"(\d{1,12})(?:\.(\d{1,12}))?", re.ASCII)


@final
@frozen(kw_only=True)
class ExchangeRate:
    """One unit of `base` is worth `numerator / denominator` units of `quote`.

    Raises:
        BadType: one of the two is no int.
        BadValue: one of the two is not above zero, or a currency is worth something else than itself.
    """

    base: Currency = field()
    quote: Currency = field()
    numerator: int = field()
    denominator: int = field()

    def __attrs_post_init__(self) -> None:
        """Refuse what is no rate."""
        if type(self.numerator) is not int or type(self.denominator) is not int:
            raise BadType("rate", "numerator and denominator must be ints")
        if self.numerator <= 0 or self.denominator <= 0:
            raise BadValue("rate", "must be above zero")
        if self.base is self.quote and self.numerator != self.denominator:
            raise BadValue("rate", "a currency is worth itself")

    def converted(self, amount: Money, rounding: Rounding) -> Money:
        """Return an amount of `base` in `quote`, rounded once to its minor unit.

        >>> from altocore.values.money import money
        >>> exchange_rate("USD", "JPY", "149.5").converted(money("100.01", "USD"), Rounding.HALF_UP)
        money('14951', 'JPY')

        Raises:
            CurrencyMismatch: it is in another currency than `base`.
        """
        if amount.currency is not self.base:
            raise CurrencyMismatch("amount", f"{self.base.code} with {amount.currency.code}")
        numerator = amount.minor * self.numerator * 10**self.quote.minor_digits
        return Money(divide(numerator, self.denominator * 10**self.base.minor_digits, rounding), self.quote)


def exchange_rate(base: str, quote: str, worth: str) -> ExchangeRate:
    """Return the rate at which one unit of `base` is worth this plain decimal of `quote`, of at most twelve decimals.

    >>> exchange_rate("USD", "ARS", "1234.5").numerator
    12345

    Raises:
        BadType: the decimal is not a str.
        BadValue: it is no plain decimal above zero.
        UnknownKey: no such currency.
    """
    if type(worth) is not str:
        raise BadType("rate", "must be a str holding a plain decimal")
    found = _RATE.fullmatch(worth)
    if found is None:
        raise BadValue("rate", "not a plain decimal such as 1234.5")
    whole, part = found.group(1), found.group(2) or ""
    return ExchangeRate(
        base=currency(base), quote=currency(quote), numerator=int(whole + part), denominator=10 ** len(part)
    )


def parity(of: Currency) -> ExchangeRate:
    """Return the rate of a currency to itself."""
    return ExchangeRate(base=of, quote=of, numerator=1, denominator=1)
