"""Checks and laws: what a failure is, and how promises are run. Free of pytest, so any runner may call them."""

from collections.abc import Callable
from typing import Final, final

__all__ = ["CheckFailed", "failing_as", "same"]

_SHOWN: Final = 600
"""How many characters of a value a failure shows at most."""


@final
class CheckFailed(AssertionError):
    """A promise of a port, or a law, is not kept: `check` is its name, `why` what was seen instead."""

    def __init__(self, check: str, why: str) -> None:
        """Name the promise, and what was seen."""
        super().__init__(check, why)
        self.check = check
        self.why = why

    def __str__(self) -> str:
        """Return `check: why`."""
        return f"{self.check}: {self.why}"


@final
class _Differs(Exception):
    """Something is not as it was promised."""


def same(what: str, seen: object, promised: object) -> None:
    """Refuse what is seen where it is not equal to what is promised, or is of another type."""
    if type(seen) is not type(promised) or seen != promised:
        message = f"{what}: promised {promised!r:.{_SHOWN}}, seen {seen!r:.{_SHOWN}}"
        raise _Differs(message)


def failing_as(check: str, promise: Callable[[], None]) -> None:
    """Run one promise.

    Raises:
        CheckFailed: it is not kept, or something was raised on the way.
    """
    try:
        promise()
    except _Differs as fault:
        why = str(fault)
    except Exception as fault:
        raise CheckFailed(check, f"{type(fault).__name__} was raised") from fault
    else:
        return
    raise CheckFailed(check, why)
