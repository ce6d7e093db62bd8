"""The database's faults, told by their code and without the values that were bound."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from psycopg import Error
from psycopg.errors import DeadlockDetected, SerializationFailure, UniqueViolation

from altocore.errors import Unavailable

__all__ = ["RACES", "faults_told"]

RACES: Final = (UniqueViolation, SerializationFailure, DeadlockDetected)
"""What a transaction meets when another one was faster: undone, it is judged again on what the other one left."""


@contextmanager
def faults_told() -> Iterator[None]:
    """Raise `Unavailable` for what the driver and the pool raise.

    Raises:
        Unavailable: the database did not do it, or it is not known whether it did.
    """
    try:
        yield
    except Error as fault:
        message = f"the database did not do it: {fault.sqlstate or type(fault).__name__}"
        raise Unavailable(message) from None
