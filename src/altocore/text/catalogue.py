"""Catalogues: one gettext `.po` file for each language, read when its first word is asked for.

An id is a code (`why.debt_unpaid`, `ground.invoice.PAY-13`), never a sentence. A message may stand there several times,
each time for another context (`msgctxt`), which says when it is the one: a list of conditions on the facts that a row
cites. The one with most conditions that all hold is chosen.

- `on`: a fact of this name is cited
- `option=activation`: it is cited, and has this value
- `days_from_due<0`: it is cited, and lies below zero

A message with plural forms takes the form of the one whole number that is cited with it.
"""

import re
from functools import lru_cache
from gettext import GNUTranslations
from importlib.resources import files
from io import BytesIO
from typing import Final, final

from attrs import field, frozen
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from altocore.errors import UnknownKey
from altocore.terms.reasons import Cited

__all__ = ["Catalogue", "Message", "catalogue", "fill", "parsed", "placeholders"]

_PLACEHOLDER: Final = re.compile(r"\{([a-z_]+)\}", re.ASCII)


@final
@frozen
class Message:
    """One message of a catalogue: its id, the conditions it asks for, whether it has plural forms."""

    id: str = field()
    conditions: tuple[str, ...] = field()
    is_plural: bool = field()

    @property
    def context(self) -> str:
        """The conditions as the catalogue writes them."""
        return ", ".join(self.conditions)

    def fits(self, cites: Cited) -> bool:
        """Say whether all of its conditions hold for these facts."""
        return all(_holds(condition, cites) for condition in self.conditions)


@final
@frozen(eq=False)
class Catalogue:
    """The words of one language; `messages` has every id with its variants, those with most conditions first."""

    language: str = field()
    messages: dict[str, tuple[Message, ...]] = field()
    _words: GNUTranslations = field()

    def has(self, code: str) -> bool:
        """Say whether there is a message with this id."""
        return code in self.messages

    def choose(self, code: str, cites: Cited = ()) -> Message:
        """Return the message with this id that fits the facts best.

        Raises:
            UnknownKey: there is none with this id, or none that fits.
        """
        for message in self.messages.get(code, ()):
            if message.fits(cites):
                return message
        raise UnknownKey("message", f"{self.language}: no text for {code}")

    def words(self, code: str, cites: Cited = ()) -> str:
        """Return the words of the message that fits, with its placeholders as they are.

        Raises:
            UnknownKey: there is none.
        """
        message = self.choose(code, cites)
        if not message.is_plural:
            return self._words.pgettext(message.context, code) if message.conditions else self._words.gettext(code)
        count = next((fact for _, fact in cites if isinstance(fact, int)), 0)
        if message.conditions:
            return self._words.npgettext(message.context, code, code, count)
        return self._words.ngettext(code, code, count)


@lru_cache(maxsize=8)
def catalogue(language: str) -> Catalogue:
    """Return the catalogue of a language, read once."""
    read = parsed(language)
    compiled = BytesIO()
    write_mo(compiled, read)
    compiled.seek(0)
    found: dict[str, tuple[Message, ...]] = {}
    for entry in read:
        code = entry.id if isinstance(entry.id, str) else entry.id[0]
        if code:
            conditions = tuple(entry.context.split(", ")) if entry.context else ()
            variants = (*found.get(code, ()), Message(code, conditions, entry.pluralizable))
            found[code] = tuple(sorted(variants, key=lambda each: -len(each.conditions)))
    return Catalogue(language, found, GNUTranslations(compiled))


def parsed(language: str) -> Catalog:
    """Return the `.po` file of a language as babel reads it; a file that is not well-formed is an error."""
    with files("altocore.text").joinpath("catalogues", f"{language}.po").open("rb") as source:
        return read_po(source, locale=language, abort_invalid=True)


def placeholders(words: str) -> frozenset[str]:
    """Return the names in braces."""
    return frozenset(_PLACEHOLDER.findall(words))


def fill(words: str, facts: dict[str, str]) -> str:
    """Return the words with each `{name}` replaced, once: what is put in is never read for names again.

    >>> fill("{tax_name} on {net}", {"tax_name": "{net}", "net": "$1.00"})
    '{net} on $1.00'

    A name without a fact stays as it is. The tests let no such message into a catalogue.
    """
    return _PLACEHOLDER.sub(lambda found: facts.get(found.group(1), found.group()), words)


def _holds(condition: str, cites: Cited) -> bool:
    name, equals, value = condition.partition("=")
    if equals:
        return any(cited == name and str(fact) == value for cited, fact in cites)
    name, below, _ = condition.partition("<")
    if below:
        return any(cited == name and isinstance(fact, int) and fact < 0 for cited, fact in cites)
    return any(cited == name for cited, _ in cites)
