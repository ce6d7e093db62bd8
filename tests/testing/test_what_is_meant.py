"""What a check and a fault are told is what was meant: a text in the place of a member is refused, and passes for nothing."""

from contextlib import nullcontext

import pytest

from altocore.adapters.memory import MemoryStore
from altocore.errors import BadType
from altocore.testing import Fault, When, check_store


def test_an_opening_is_a_member() -> None:
    """A text that looks like one would skip what is asked of a store that is opened again."""
    with pytest.raises(BadType, match="opening: must be an Opening"):
        check_store(lambda: nullcontext(MemoryStore()), opening="same")  # type: ignore[arg-type]  # on purpose


def test_a_fault_is_of_a_count_and_a_member() -> None:
    """A text would never be the number of a call, nor the moment of one."""
    with pytest.raises(BadType, match="at: must be an int"):
        Fault(at="1")  # type: ignore[arg-type]  # on purpose
    with pytest.raises(BadType, match="when: must be a When"):
        Fault(at=1, when="before")  # type: ignore[arg-type]  # on purpose
    assert Fault(at=1, when=When.BEFORE).happened is False
