"""A case: the seed and the sizes that decide a whole run, as one line that can be typed again."""

from enum import StrEnum, unique
from typing import final

from attrs import field, frozen

__all__ = ["Case", "Found", "Kept", "Mixing"]


@final
@unique
class Mixing(StrEnum):
    """Whether clients act while the day is billed, or one after the other before it."""

    SERIAL = "serial"
    TOGETHER = "together"


@final
@unique
class Kept(StrEnum):
    """What the store is."""

    MEMORY = "memory"
    SQLITE = "sqlite"


@final
@frozen(kw_only=True)
class Case:
    """What decides a run: everything else is drawn from the seed."""

    seed: int = field()
    clients: int = field()
    days: int = field()
    mixing: Mixing = field(default=Mixing.TOGETHER)
    kept: Kept = field(default=Kept.MEMORY)

    def line(self) -> str:
        """Return the command that replays it."""
        sizes = f"{self.seed} {self.clients} {self.days} {self.mixing} {self.kept}"
        return f"python -m tests.simulation {sizes}"

    @classmethod
    def read(cls, words: list[str]) -> "Case":
        """Return the case of a command's words."""
        seed, clients, days, mixing, kept = words
        return cls(seed=int(seed), clients=int(clients), days=int(days), mixing=Mixing(mixing), kept=Kept(kept))


@final
class Found(AssertionError):
    """The simulation found what must not be."""
