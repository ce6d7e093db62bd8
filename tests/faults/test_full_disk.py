"""A disk that is full stops the billing with `Unavailable`, leaves whole pages, and is resumed when there is room."""

from pathlib import Path

import pytest

from altocore.adapters.sqlite import SqliteStore
from tests.faults.disks import Cap, check_full_at, check_room_by_room
from tests.faults.files import morning
from tests.faults.provider import Kind

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("kind", [Kind.PROMPT, Kind.LATE])
def test_a_file_that_grows_page_by_page(tmp_path: Path, kind: Kind) -> None:
    """Refused by SQLite itself wherever a page is wanted, the work goes on with each page more, and ends to the byte."""
    cap = Cap()
    one = morning(tmp_path, kind)
    with SqliteStore.open(one.copy(), factory=cap.factory()) as store:
        cap.allow(0)
        refusals = check_room_by_room(one.course, store, lambda: cap.allow(1))
    assert refusals > 3


def test_a_full_disk_at_any_fifth_statement(tmp_path: Path) -> None:
    """Raised at every fifth statement in turn: the page is undone, and the process that was told finishes the work."""
    one = morning(tmp_path, Kind.PROMPT)
    for at in range(1, len(one.statements) + 1, 5):
        check_full_at(one, at)
