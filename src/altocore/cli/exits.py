"""Exit codes, the same for every command, and how a fault becomes one."""

from collections.abc import Callable
from enum import IntEnum, unique
from typing import final

from rich.console import Console

from altocore.errors import AltocoreError, BadValue, Misuse

__all__ = ["Exit", "guarded"]


@final
@unique
class Exit(IntEnum):
    """What a command's exit code says."""

    OK = 0
    VIOLATED = 1
    MISUSE = 2
    FAILED = 3


def guarded(command: Callable[[], Exit]) -> Exit:
    """Run a command; a fault becomes one line on standard error and a code, never a stack of calls."""
    try:
        return command()
    except Misuse as fault:
        return _told(fault, Exit.MISUSE)
    except UnicodeError:
        return _told(BadValue("file", "is not text in UTF-8"), Exit.MISUSE)
    except (AltocoreError, OSError) as fault:
        return _told(fault, Exit.FAILED)


def _told(fault: Exception, code: Exit) -> Exit:
    Console(stderr=True).print(f"altocore: {fault}", markup=False, highlight=False, soft_wrap=True)
    return code
