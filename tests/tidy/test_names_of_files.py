"""A file is named for its subject, never for being a drawer."""

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

import pytest

from tests.tidy.source import tracked

DRAWERS = {"models.py", "utils.py", "helpers.py"}


def violations(places: Iterable[str]) -> Iterator[str]:
    return (place for place in places if PurePosixPath(place).name in DRAWERS)


def test_no_file_is_a_drawer() -> None:
    assert list(violations(tracked())) == []


@pytest.mark.parametrize("name", sorted(DRAWERS))
def test_a_planted_drawer_is_found(name: str) -> None:
    assert list(violations(["src/altocore/values/money.py", f"src/altocore/values/{name}"])) == [
        f"src/altocore/values/{name}"
    ]
