"""Checks and laws: what a failure is, and how promises are run. Free of pytest, so any runner may call them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, final

from attrs import fields, has

__all__ = ["CheckFailed", "failing_as", "not_too_long", "same"]

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
    """Refuse what is seen where it is not equal to what is promised, or where anything in it is of another type."""
    if seen != promised or not _is_of_one_type(seen, promised):
        message = f"{what}: promised {promised!r:.{_SHOWN}}, seen {seen!r:.{_SHOWN}}"
        raise _Differs(message)


def not_too_long(page: Sequence[object], limit: int) -> None:
    """Refuse a page that is longer than was asked for."""
    if len(page) > limit:
        message = f"a page of at most {limit} has {len(page)}"
        raise _Differs(message)


def _is_of_one_type(seen: object, promised: object) -> bool:
    """Return whether equal values are of the same types through and through: 75.0 equals 75, and is no amount of money."""
    if type(seen) is not type(promised):
        return False
    if isinstance(seen, Mapping) and isinstance(promised, Mapping):
        return all(_is_of_one_type(seen[key], value) for key, value in promised.items())
    if isinstance(seen, list | tuple) and isinstance(promised, list | tuple):
        return all(_is_of_one_type(one, other) for one, other in zip(seen, promised, strict=True))
    kind = type(seen)
    names = [each.name for each in fields(kind)] if has(kind) else []
    return all(_is_of_one_type(getattr(seen, name), getattr(promised, name)) for name in names)


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
