"""How a call of the store can fail: before anything was done, after it was done, and with the worker that made it."""

from enum import Enum, unique
from random import Random
from typing import Final, final

from attrs import define, field, frozen

__all__ = ["CALM", "Died", "Fault", "Faults", "Weather"]


@final
class Died(BaseException):
    """The worker is gone, as if its process were killed; not an `Exception`, so that nothing on its way goes on."""


@final
@unique
class Fault(Enum):
    """What becomes of a call."""

    NONE = ""
    REFUSED = "unavailable before"
    LOST = "unavailable after"
    KILLED = "died before"
    KILLED_AFTER = "died after"


OF_COMMITS: Final = (Fault.REFUSED, Fault.LOST, Fault.LOST, Fault.KILLED, Fault.KILLED_AFTER)
OF_READS: Final = (Fault.REFUSED, Fault.KILLED)
"""A reading changes nothing: failed before or after, it is the same."""


@final
@frozen(kw_only=True)
class Weather:
    """How often calls fail, of a thousand; how often the baton changes hands, of a hundred."""

    commits: int = field()
    reads: int = field()
    switches: int = field()

    @classmethod
    def drawn(cls, rng: Random) -> "Weather":
        """Return a weather: some seeds are calm and some rough, for a bug may need either."""
        return cls(
            commits=rng.choice((0, 10, 50, 200)),
            reads=rng.choice((0, 1, 5, 20)),
            switches=rng.choice((3, 20, 50, 100)),
        )


CALM: Final = Weather(commits=0, reads=0, switches=0)

FAULTS_MAX: Final = 12
"""How many calls fail on one day at most, so that the day ends."""


@final
@define
class Faults:
    """Draws what becomes of each call."""

    rng: Random = field()
    weather: Weather = field()
    left: int = field(default=FAULTS_MAX)

    def next_day(self) -> None:
        """Let calls fail again."""
        self.left = FAULTS_MAX

    def of(self, name: str) -> Fault:
        """Return what becomes of this call."""
        kinds, of_thousand = (OF_COMMITS, self.weather.commits) if name == "commit" else (OF_READS, self.weather.reads)
        if not of_thousand or not self.left or self.rng.random() * 1000 >= of_thousand:
            return Fault.NONE
        self.left -= 1
        return self.rng.choice(kinds)
