"""The garbage collector, paused while a page lives."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Final, final

__all__ = ["collector_paused"]


@final
class _Pauses:
    """How many pages of how many threads want the collector paused, and whether it was on before the first of them."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._count = 0
        self._was_on = False

    def begin(self) -> None:
        with self._lock:
            if self._count == 0:
                self._was_on = gc.isenabled()
                gc.disable()
            self._count += 1

    def end(self) -> None:
        with self._lock:
            self._count -= 1
            if self._count == 0 and self._was_on:
                gc.enable()


_PAUSES: Final = _Pauses()
"""The process has one collector, so its pauses are counted for the process."""


@contextmanager
def collector_paused() -> Iterator[None]:
    """Let a page's many small objects live without being walked over: they are acyclic, and gone with the page."""
    _PAUSES.begin()
    try:
        yield
    finally:
        _PAUSES.end()
