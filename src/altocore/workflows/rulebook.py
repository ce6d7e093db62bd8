"""The rulebook of a run: who provides, and every edition of the terms that the store holds."""

from typing import Final, final

from attrs import field, frozen

from altocore.ports.store import Store
from altocore.terms.editions import Editions, TermsEdition
from altocore.values.provider import Provider
from altocore.workflows.walking import every

__all__ = ["CHARGES_MAX", "Rulebook", "load_rulebook"]

CHARGES_MAX: Final = 15
"""How often one service may be charged on one day unless asked otherwise: more than a year of months that were missed."""


@final
@frozen(kw_only=True)
class Rulebook:
    """What every deed of a run reads beside its own facts.

    `charges_max` is how often one service may be charged on a day: a bound against a mistake, not a rule of the contract.
    """

    provider: Provider = field()
    editions: Editions = field()
    charges_max: int = field(default=CHARGES_MAX)


def load_rulebook(store: Store, provider: Provider, *, charges_max: int = CHARGES_MAX) -> Rulebook:
    """Return the provider's rulebook with all editions of the terms that are stored.

    Raises:
        HistoryCorrupt: one cannot be understood; without its terms nobody is billed.
    """
    return Rulebook(provider=provider, editions=Editions(tuple(every(store, TermsEdition))), charges_max=charges_max)
