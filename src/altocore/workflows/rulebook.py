"""The rulebook of a run: who provides, and every edition of the terms that the store holds."""

from typing import Final, final

from attrs import field, frozen

from altocore.plans.reading import After, Reader
from altocore.terms.editions import Editions, TermsEdition
from altocore.values.provider import Provider

__all__ = ["Rulebook", "load_rulebook"]

_PAGE: Final = 500


@final
@frozen(kw_only=True)
class Rulebook:
    """What every deed of a run reads beside its own facts."""

    provider: Provider = field()
    editions: Editions = field()


def load_rulebook(reader: Reader, provider: Provider) -> Rulebook:
    """Return the provider's rulebook with all editions of the terms that are stored."""
    found: list[TermsEdition] = []
    while page := reader.select(TermsEdition, After(after=found[-1].id if found else "", limit=_PAGE)):
        found += [stored.document for stored in page]
    return Rulebook(provider=provider, editions=Editions(tuple(found)))
