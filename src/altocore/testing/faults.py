"""Ports that fail at a chosen call, so that every place where the outside may fail can be tried, one by one.

    fault = Fault(at=3, when=When.AFTER)
    with suppress(Unavailable):
        bill_day(failing(store, fault), rulebook, occasion)

It wraps any port: a store, leases, a clock. Several ports may share one fault, and then their calls are counted together.
"""

from enum import StrEnum, unique
from functools import wraps
from typing import TYPE_CHECKING, Final, TypeVar, cast, final

from attrs import define, field

from altocore.errors import BadType, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Fault", "When", "failing"]

P = TypeVar("P")


@final
@unique
class When(StrEnum):
    """When a call fails: before anything was done, or when all was done and the answer is lost."""

    BEFORE = "before"
    AFTER = "after"


@final
@define(kw_only=True)
class Fault:
    """The `at`-th call fails, counted from 1 over all ports that share this fault; 0 only counts.

    `calls` counts them, `happened` says whether it came to that.

    Raises:
        BadType: `at` is no int, or `when` no `When`.
    """

    at: int = field()
    when: When = field(default=When.BEFORE)
    calls: int = field(default=0)

    def __attrs_post_init__(self) -> None:
        """Refuse what would never fail, or fail otherwise than was meant."""
        if type(self.at) is not int:
            raise BadType("at", "must be an int")
        if type(self.when) is not When:
            raise BadType("when", "must be a When")

    @property
    def happened(self) -> bool:
        """Return whether the chosen call was made."""
        return 0 < self.at <= self.calls


def failing(port: P, fault: Fault) -> P:
    """Return the port with this fault in front of it: the chosen call raises `Unavailable`, all others pass."""
    # It has every method of the port, found when it is asked for, which a type checker cannot follow.
    return cast("P", _Failing(port, fault))


_TOLD: Final = "a fault that a test asked for"


class _Failing:
    def __init__(self, port: object, fault: Fault) -> None:
        self._port = port
        self._fault = fault

    def __getattr__(self, name: str) -> object:
        found: object = getattr(self._port, name)
        if not callable(found):
            return found
        call = cast("Callable[..., object]", found)

        @wraps(call)
        def counted(*given: object, **named: object) -> object:
            fault = self._fault
            fault.calls += 1
            fails = fault.calls == fault.at
            if fails and fault.when is When.BEFORE:
                raise Unavailable(_TOLD)
            answer = call(*given, **named)
            if fails:
                raise Unavailable(_TOLD)
            return answer

        return counted
