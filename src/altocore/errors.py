"""What altocore raises, told apart by who is at fault.

A business "no" is never here: it is a value with its reasons. What is here stops the caller:

- `Misuse`, the caller's mistake: it names the field and the problem, and never repeats the value, which may be personal.
- `HistoryCorrupt`, stored facts that no table allows: somebody wrote past the one door.
- `Unavailable`, the outside failed: the disk is full, the connection is gone. Nothing was done, or it can be asked again.
- `Runaway`, a run that charges one service again and again: it is stopped before more is done, and a person has to look.
"""

from typing import final

__all__ = [
    "AltocoreError",
    "BadType",
    "BadValue",
    "CurrencyMismatch",
    "HistoryCorrupt",
    "Misuse",
    "Runaway",
    "Unavailable",
    "UnknownKey",
]


class AltocoreError(Exception):
    """Everything that altocore raises on purpose."""


class Misuse(AltocoreError):
    """The caller's mistake: `field` says where, `problem` says what, neither repeats the value given."""

    def __init__(self, field: str, problem: str) -> None:
        """Name the field and the problem."""
        super().__init__(field, problem)
        self.field = field
        self.problem = problem

    def __str__(self) -> str:
        """Return `field: problem`."""
        return f"{self.field}: {self.problem}"


@final
class BadType(Misuse, TypeError):
    """A value of the wrong type: a float for money, a bool for a count, a moment for a day."""


@final
class BadValue(Misuse, ValueError):
    """A value of the right type that says nothing valid: no such day, too many digits, an empty name."""


@final
class UnknownKey(Misuse, LookupError):
    """A name that stands for nothing here: a currency outside the table, a document that is not stored."""


@final
class CurrencyMismatch(Misuse, ValueError):
    """Two currencies in one sum or comparison; altocore converts nothing by itself (CLI-8)."""


@final
class HistoryCorrupt(AltocoreError):
    """Stored facts that no table allows: `where` names the row, `problem` says what, neither repeats personal fields."""

    def __init__(self, where: str, problem: str) -> None:
        """Name the row and the problem."""
        super().__init__(where, problem)
        self.where = where
        self.problem = problem

    def __str__(self) -> str:
        """Return `where: problem`."""
        return f"{self.where}: {self.problem}"


@final
class Runaway(AltocoreError):
    """A run that was about to charge `service` more often than the bound of `bound` charges allows, and was stopped."""

    def __init__(self, service: str, bound: int) -> None:
        """Name the service and the bound."""
        super().__init__(service, bound)
        self.service = service
        self.bound = bound

    def __str__(self) -> str:
        """Say which bound was met, and where."""
        return f"{self.service}: more than {self.bound} charges on one day; the run stopped before the next one"


@final
class Unavailable(AltocoreError):
    """The outside failed; what was asked did not happen, or its outcome can be asked again by its claims."""
