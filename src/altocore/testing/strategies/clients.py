"""Strategies for who buys."""

from typing import Final

from hypothesis import strategies as st

from altocore.clients.clients import Client, CreditUse
from altocore.testing.strategies.values import currencies, given_or, ids, parties, short_texts
from altocore.values.currencies import Currency
from altocore.values.ids import ClientId

__all__ = ["TYPES", "clients", "locales"]

_LOCALES: Final = ("en", "es", "pt", "es_AR", "es_CL", "en_US", "pt_BR")


def clients(
    *, currency: Currency | None = None, tax_region: str | None = None, credit_use: CreditUse | None = None
) -> st.SearchStrategy[Client]:
    """Return a strategy for clients, billed in this currency, taxed in this region, where they are given."""
    return st.builds(
        Client,
        id=ids(ClientId),
        legal=parties(),
        tax_region=given_or(tax_region, short_texts()),
        currency=given_or(currency, currencies()),
        locale=locales(),
        credit_use=given_or(credit_use, st.sampled_from(CreditUse)),
    )


def locales() -> st.SearchStrategy[str]:
    """Return a strategy for locales that altocore has words for, with and without a territory."""
    return st.sampled_from(_LOCALES)


TYPES: Final[dict[type[object], st.SearchStrategy[object]]] = {
    CreditUse: st.sampled_from(CreditUse),
}
"""Every public type of this floor."""
