"""Editions: terms as published on a day and effective from a day; the id is the digest of the document as written."""

from typing import final

from attrs import field, frozen

from altocore.errors import UnknownKey
from altocore.terms.parts import Terms
from altocore.values.days import Day
from altocore.values.ids import EditionId

__all__ = ["Editions", "TermsEdition"]


@final
@frozen(kw_only=True)
class TermsEdition:
    """One edition of the terms: `published` is the day it was made known, `effective` the first day it applies to."""

    id: EditionId = field()
    published: Day = field()
    effective: Day = field()
    terms: Terms = field()


@final
@frozen
class Editions:
    """Every edition of a store, by id and by day."""

    editions: tuple[TermsEdition, ...] = field()

    def has(self, edition_id: EditionId) -> bool:
        """Say whether the edition with this id is among these."""
        return any(edition.id == edition_id for edition in self.editions)

    def of(self, edition_id: EditionId) -> TermsEdition:
        """Return the edition with this id.

        Raises:
            UnknownKey: it is not among these.
        """
        for edition in self.editions:
            if edition.id == edition_id:
                return edition
        raise UnknownKey("edition", "no such edition of the terms")

    def in_force(self, *, issue: Day, start: Day) -> TermsEdition:
        """Return the latest edition that is published by `issue` and effective by `start`, the first day it would cover.

        Raises:
            UnknownKey: none is.

        Source: REN-4, REN-6 under PERIOD_END_WITH_NOTICE, `manual/honour`.
        """
        known = [edition for edition in self.editions if edition.published <= issue and edition.effective <= start]
        if not known:
            raise UnknownKey("edition", "no edition of the terms is in force on that day")
        return max(known, key=lambda edition: (edition.effective, edition.published, edition.id))
