"""The check of leases: everything that `ports.leases` promises, asked of yours."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from typing import Final

from altocore.ports.leases import Leases
from altocore.testing.checks import failing_as, same
from altocore.values.instants import instant, later

__all__ = ["check_leases"]

_NOW: Final = instant("2026-10-25T00:30:00.000001Z")


def check_leases(make: Callable[[], AbstractContextManager[Leases]]) -> None:
    """Ask leases for every promise of the port, each where `make` opens; names are the check's own, so it may be one place.

    Raises:
        CheckFailed: a promise is not kept; it names the promise and what was seen.
    """
    for promise in PROMISES:
        with make() as leases:
            failing_as(promise.__name__, partial(promise, leases))


def a_name_has_one_holder(leases: Leases) -> None:
    """What one holds another does not get, under any of several names."""
    until = later(_NOW, 60)
    same("a free name", leases.lease("check/one", "a", _NOW, until), True)  # noqa: FBT003
    same("a name that is held", leases.lease("check/one", "b", _NOW, until), False)  # noqa: FBT003
    same("another name", leases.lease("check/two", "b", _NOW, until), True)  # noqa: FBT003


def a_lease_runs_out(leases: Leases) -> None:
    """It is had until, and without, its end; then it is anybody's, and the one before has it no more."""
    until = later(_NOW, 60)
    leases.lease("check/ends", "a", _NOW, until)
    same("a second before", leases.lease("check/ends", "b", later(_NOW, 59), later(_NOW, 90)), False)  # noqa: FBT003
    same("at its end", leases.lease("check/ends", "b", until, later(_NOW, 120)), True)  # noqa: FBT003
    same("to the one before", leases.lease("check/ends", "a", until, later(_NOW, 120)), False)  # noqa: FBT003


def a_lease_is_prolonged_by_its_holder(leases: Leases) -> None:
    """Its holder gets it again at any time, with the new end."""
    leases.lease("check/longer", "a", _NOW, later(_NOW, 60))
    same("again", leases.lease("check/longer", "a", later(_NOW, 30), later(_NOW, 90)), True)  # noqa: FBT003
    same("at the old end", leases.lease("check/longer", "b", later(_NOW, 60), later(_NOW, 120)), False)  # noqa: FBT003


def a_name_is_given_back_by_its_holder(leases: Leases) -> None:
    """Given back it is free at once; by somebody else it stays as it is."""
    until = later(_NOW, 60)
    leases.lease("check/back", "a", _NOW, until)
    leases.release("check/back", "b")
    leases.release("check/nobody", "b")
    same("given back by another", leases.lease("check/back", "b", _NOW, until), False)  # noqa: FBT003
    leases.release("check/back", "a")
    same("given back by its holder", leases.lease("check/back", "b", _NOW, until), True)  # noqa: FBT003


PROMISES: Final = (
    a_name_has_one_holder,
    a_lease_runs_out,
    a_lease_is_prolonged_by_its_holder,
    a_name_is_given_back_by_its_holder,
)
"""Every promise of leases."""
