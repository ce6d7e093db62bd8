"""Reports: what a run did, and by name what it left alone, refused, or left to others."""

from collections import Counter
from typing import final

from attrs import define, field, frozen

__all__ = ["Parked", "Refused", "Report"]


@final
@frozen(kw_only=True)
class Parked:
    """An item that was left alone, and what is wrong with it; the problem repeats no personal data."""

    id: str = field()
    problem: str = field()


@final
@frozen(kw_only=True)
class Refused:
    """An item whose judgement said no, and the rules that refused it; it changed nothing."""

    id: str = field()
    rules: tuple[str, ...] = field()


@final
@define(kw_only=True)
class Report:
    """What a run did: how many plans it committed, and how often each rule carried one.

    `parked` has the items that could not be understood, `refused` those whose answer was a no, `left` the ids of those
    that others kept changing, `held` the parts of the day that other workers hold.
    """

    committed: int = field(default=0)
    rules: "Counter[str]" = field(factory=Counter)
    parked: list[Parked] = field(factory=list)
    refused: list[Refused] = field(factory=list)
    left: list[str] = field(factory=list)
    held: list[str] = field(factory=list)

    @property
    def fired(self) -> "Counter[str]":
        """How often each rule carried an answer, or refused one."""
        return self.rules + Counter([rule for refused in self.refused for rule in refused.rules])

    def count(self, other: "Report") -> None:
        """Count in what another run committed, and nothing of what it left undone."""
        self.committed += other.committed
        self.rules.update(other.rules)

    def add(self, other: "Report") -> None:
        """Count another report in, with what it left undone."""
        self.count(other)
        self.parked += other.parked
        self.refused += other.refused
        self.left += other.left
        self.held += other.held
