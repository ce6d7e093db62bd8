"""Editions: terms as published on a day and effective from a day; the id is the digest of the document as written."""

from itertools import pairwise
from typing import final

from attrs import field, frozen

from altocore.errors import UnknownKey
from altocore.terms.parts import Terms
from altocore.values.days import Day
from altocore.values.ids import EditionId

__all__ = ["Editions", "Reign", "TermsEdition"]


@final
@frozen(kw_only=True)
class TermsEdition:
    """One edition of the terms: `published` is the day it was made known, `effective` the first day it applies to."""

    id: EditionId = field()
    published: Day = field()
    effective: Day = field()
    terms: Terms = field()


@final
@frozen(kw_only=True)
class Reign:
    """The days on which one edition is the one in force: from `start`, up to and without `end`; None is without end."""

    edition: TermsEdition = field()
    start: Day = field()
    end: Day | None = field()


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

    def reigns(self) -> tuple[Reign, ...]:
        """Return which edition is in force on which days, in order and without a gap from the first day on.

        An edition is in force once it is both published and effective, until another one takes its place.
        """
        starts = sorted({max(each.published, each.effective) for each in self.editions})
        return tuple(
            [
                Reign(edition=self.in_force(issue=start, start=start), start=start, end=end)
                for start, end in pairwise([*starts, None])
                if start is not None
            ]
        )
