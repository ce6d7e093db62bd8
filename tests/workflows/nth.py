"""The n-th call of a port fails, for every n: what must hold then of any deed, whatever store it is done on.

A deed is done in a world through its ports. Undisturbed it is noted: the name of each call, and the rows after each commit;
so what has to be there after a fault is known to the row.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Final, TypeAlias, TypeVar, cast, final

import attrs

from altocore.errors import Unavailable
from altocore.ports.clock import Clock
from altocore.ports.leases import Leases
from altocore.testing import Fault, MovableClock, When, failing
from altocore.values.instants import instant
from tests.workflows.cast import DumpStore, World, findings

P = TypeVar("P")

NOON: Final = instant("2025-04-08T15:00:00Z")


@final
@attrs.frozen(kw_only=True)
class Scene:
    """A world, with leases and a clock: all that a deed may call."""

    world: World = attrs.field()
    leases: Leases = attrs.field()
    clock: Clock = attrs.field()


Deed: TypeAlias = Callable[[Scene], object]
Fresh: TypeAlias = Callable[[], AbstractContextManager[World]]
"""Opens a world, the same each time."""


class LeasedStore(DumpStore, Leases):
    """A store that keeps leases, too."""


def scene(world: World) -> Scene:
    """Return the scene of a world whose store keeps the leases."""
    return Scene(world=world, leases=cast("LeasedStore", world.store), clock=MovableClock(NOON))


def wrapped(plain: Scene, wrap: Callable[[object], object]) -> Scene:
    """Return the scene with something in front of each of its ports."""
    return Scene(
        world=attrs.evolve(plain.world, store=cast("DumpStore", wrap(plain.world.store))),
        leases=cast("Leases", wrap(plain.leases)),
        clock=cast("Clock", wrap(plain.clock)),
    )


@final
@attrs.define
class Notes:
    """The names of the calls of an undisturbed run, and the rows before the first and after each commit, in order."""

    calls: list[str] = attrs.field(factory=list)
    rows: list[list[str]] = attrs.field(factory=list)

    def after(self, calls: int) -> list[str]:
        """Return the rows after so many calls."""
        return self.rows[self.calls[:calls].count("commit")]


def noted(fresh: Fresh, deed: Deed) -> Notes:
    """Return the notes of an undisturbed run."""
    notes = Notes()
    with fresh() as world:
        notes.rows.append(world.dump())
        deed(wrapped(scene(world), lambda port: _Noting(port, notes, world.dump)))
        assert findings(world.store) == []
        assert notes.rows[-1] == world.dump()
    return notes


def faults(calls: int) -> Iterator[Fault]:
    """Yield every fault that so many calls can have."""
    for at in range(1, calls + 1):
        for when in When:
            yield Fault(at=at, when=when)


def check_every_call(fresh: Fresh, deed: Deed) -> int:
    """See that a fault at any call comes out, loses nothing and leaves nothing half done; return how many were tried.

    Giving a lease back is the one call whose fault is nobody's.

    What was committed before is there, whole, and nothing else; the same again, without a fault, ends as if none had been.
    """
    notes = noted(fresh, deed)
    tried, sound = 0, set[int]()
    for fault in faults(len(notes.calls)):
        place = f"call {fault.at} ({notes.calls[fault.at - 1]}), {fault.when}"
        with fresh() as world:
            failed = _fails(deed, wrapped(scene(world), lambda port, fault=fault: failing(port, fault)))  # type: ignore[misc]  # bound at once
            if notes.calls[fault.at - 1] == "release":
                # A lease that cannot be given back runs out by itself, and keeps nobody from his work.
                assert (failed, world.dump()) == (False, notes.rows[-1]), place
                tried += 1
                continue
            assert failed, place
            assert fault.calls >= fault.at, place
            done = fault.at if fault.when is When.AFTER else fault.at - 1
            assert world.dump() == notes.after(done), place
            commits = notes.calls[:done].count("commit")
            # The rows are what they were when it was asked before: one answer for all that see them.
            assert commits in sound or findings(world.store) == [], place
            sound.add(commits)
            deed(scene(world))
            assert world.dump() == notes.rows[-1], place
        tried += 1
    return tried


def check_every_read(fresh: Fresh, enquiry: Deed) -> int:
    """See that a fault at any call comes out, and changes nothing; return how many were tried."""
    notes = noted(fresh, enquiry)
    tried = list(faults(len(notes.calls)))
    with fresh() as world:
        for fault in tried:
            place = f"call {fault.at} ({notes.calls[fault.at - 1]}), {fault.when}"
            assert _fails(enquiry, wrapped(scene(world), lambda port, fault=fault: failing(port, fault))), place  # type: ignore[misc]  # bound at once
        assert [world.dump()] == notes.rows
        enquiry(scene(world))
    return len(tried)


def _fails(deed: Deed, on: Scene) -> bool:
    try:
        deed(on)
    except Unavailable:
        return True
    return False


class _Noting:
    def __init__(self, port: object, notes: Notes, dump: Callable[[], list[str]]) -> None:
        self._port = port
        self._notes = notes
        self._dump = dump

    def __getattr__(self, name: str) -> object:
        call = cast("Callable[..., object]", getattr(self._port, name))

        def counted(*given: object, **named: object) -> object:
            self._notes.calls.append(name)
            answer = call(*given, **named)
            if name == "commit":
                self._notes.rows.append(self._dump())
            return answer

        return counted
