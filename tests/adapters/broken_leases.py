"""Leases that each break one promise; `check_leases` has to name the promise."""

from altocore.adapters.memory import MemoryStore
from altocore.values.instants import Instant, instant, later

FAR = instant("2199-12-31T00:00:00Z")


class Whole:
    """Leases that pass everything on, and so keep every promise."""

    def __init__(self) -> None:
        self.kept = MemoryStore()

    def lease(self, name: str, holder: str, now: Instant, until: Instant) -> bool:
        return self.kept.lease(name, holder, now, until)

    def release(self, name: str, holder: str) -> None:
        self.kept.release(name, holder)


class ForEver(Whole):
    """Never runs out."""

    def lease(self, name: str, holder: str, now: Instant, until: Instant) -> bool:
        del until
        return self.kept.lease(name, holder, now, FAR)


class HeldAtItsEnd(Whole):
    """Holds up to, and with, its end."""

    def lease(self, name: str, holder: str, now: Instant, until: Instant) -> bool:
        return self.kept.lease(name, holder, now, later(until, 1))


class HasItStill(Whole):
    """Lets who had a name before have it again, whoever took it over since."""

    def __init__(self) -> None:
        super().__init__()
        self._had: set[tuple[str, str]] = set()

    def lease(self, name: str, holder: str, now: Instant, until: Instant) -> bool:
        had = (name, holder) in self._had
        taken = self.kept.lease(name, holder, now, until)
        if taken:
            self._had.add((name, holder))
        return taken or had


class TwoHolders(Whole):
    """Gives a name to whoever asks."""

    def lease(self, name: str, holder: str, now: Instant, until: Instant) -> bool:
        return self.kept.lease(f"{name} of {holder}", holder, now, until)

    def release(self, name: str, holder: str) -> None:
        self.kept.release(f"{name} of {holder}", holder)


class OneName(Whole):
    """Has one lease for all names."""

    def lease(self, name: str, holder: str, now: Instant, until: Instant) -> bool:
        del name
        return self.kept.lease("", holder, now, until)

    def release(self, name: str, holder: str) -> None:
        del name
        self.kept.release("", holder)


class NotAgain(Whole):
    """Refuses a name that is held, to its holder too."""

    def lease(self, name: str, holder: str, now: Instant, until: Instant) -> bool:
        return self.kept.lease(name, "nobody" if holder == "nobody" else f"{holder} {now.isoformat()}", now, until)

    def release(self, name: str, holder: str) -> None:
        del name, holder


class KeepsTheOldEnd(Whole):
    """Says that a lease is prolonged, and leaves its end where it was."""

    def __init__(self) -> None:
        super().__init__()
        self._holders: dict[str, str] = {}

    def lease(self, name: str, holder: str, now: Instant, until: Instant) -> bool:
        if self._holders.get(name) == holder:
            return True
        taken = self.kept.lease(name, holder, now, until)
        if taken:
            self._holders[name] = holder
        return taken


class AnybodyReleases(Whole):
    """Lets anybody give back what somebody holds."""

    def __init__(self) -> None:
        super().__init__()
        self._holders: dict[str, str] = {}

    def lease(self, name: str, holder: str, now: Instant, until: Instant) -> bool:
        taken = self.kept.lease(name, holder, now, until)
        if taken:
            self._holders[name] = holder
        return taken

    def release(self, name: str, holder: str) -> None:
        self.kept.release(name, self._holders.get(name, holder))


class NeverFree(Whole):
    """Gives nothing back before its end."""

    def release(self, name: str, holder: str) -> None:
        del name, holder
