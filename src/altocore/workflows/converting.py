"""The rate at which a fee of the terms is converted into a client's currency: somebody says it, altocore knows none (CLI-8)."""

from altocore.clients.clients import Client
from altocore.errors import BadValue
from altocore.values.exchange import ExchangeRate, parity
from altocore.values.money import Money

__all__ = ["rate_of"]


def rate_of(given: ExchangeRate | None, fee: Money, client: Client) -> ExchangeRate:
    """Return the rate that was given; where the client is billed in the currency of the fee, none is needed.

    Raises:
        BadValue: a rate is needed and none is given, or it is not into the client's currency.
    """
    if given is None and fee.currency is client.currency:
        return parity(client.currency)
    if given is None or given.quote is not client.currency:
        raise BadValue("rate", "a rate from the fee's currency into the client's is needed")
    return given
