"""Languages: which catalogue a locale reads, and how it writes numbers and dates.

There are three catalogues. A client of another language reads the provider's own, Spanish, with Spanish numbers and
dates throughout: a sentence in one language with amounts in another could be misread.
"""

import re
from functools import lru_cache
from typing import Final, final

from attrs import field, frozen
from babel import Locale, UnknownLocaleError

from altocore.errors import BadType, BadValue

__all__ = ["HOME", "LANGUAGES", "Chosen", "choose"]

HOME: Final = "es"
"""The provider's own language, for every locale whose language has no catalogue."""

LANGUAGES: Final = ("es", "en", "pt")
"""The languages that have a catalogue."""

_NAME: Final = re.compile(r"[a-z]{2}(_[A-Z]{2})?", re.ASCII)


@final
@frozen(eq=False)
class Chosen:
    """What a locale gets: the language of its catalogue, and the babel locale of its numbers and dates."""

    asked: str = field()
    language: str = field()
    locale: Locale = field()

    @property
    def falls_back(self) -> bool:
        """Say whether the words are in another language than was asked for."""
        return not self.asked.startswith(self.language)


def choose(name: str) -> Chosen:
    """Return what this locale gets.

    >>> choose("es_AR").language, choose("pt_PT").language, choose("en").falls_back
    ('es', 'pt', False)
    >>> choose("fr_FR").language, choose("fr_FR").falls_back
    ('es', True)

    A territory that babel does not know of leaves the language alone.

    Raises:
        BadType: not a str.
        BadValue: it does not look like `es` or `es_AR`.
    """
    if type(name) is not str:
        raise BadType("locale", "must be a str")
    if _NAME.fullmatch(name) is None:
        raise BadValue("locale", "must look like es or es_AR")
    return _chosen(name)


@lru_cache(maxsize=256)
def _chosen(name: str) -> Chosen:
    language = name[:2]
    if language not in LANGUAGES:
        return Chosen(asked=name, language=HOME, locale=Locale(HOME))
    try:
        return Chosen(asked=name, language=language, locale=Locale.parse(name, resolve_likely_subtags=False))
    except UnknownLocaleError:
        return Chosen(asked=name, language=language, locale=Locale(language))
