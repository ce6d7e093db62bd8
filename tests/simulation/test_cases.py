"""Every case that once found something is replayed."""

import tomllib
from pathlib import Path
from typing import Final

import pytest

from tests.simulation.case import Case, Found
from tests.simulation.running import run

RECORDED: Final[list[dict[str, str]]] = tomllib.loads(
    Path(__file__).with_name("cases.toml").read_text(encoding="utf-8")
)["case"]


def parameters() -> list[object]:
    """Return the cases; one whose bug is still open must fail, and must not pass unseen."""
    return [
        pytest.param(
            Case.read(case["run"].split()),
            id=case["run"],
            marks=[pytest.mark.xfail(reason=case["open"], raises=Found, strict=True)] if "open" in case else [],
        )
        for case in RECORDED
    ]


@pytest.mark.slow
@pytest.mark.parametrize("case", parameters())
def test_a_recorded_case_passes(case: Case) -> None:
    """What a seed found once is not found again."""
    run(case, whole_days=30)


def test_a_case_is_read_as_it_is_told() -> None:
    """The line that a failing seed prints is the one that replays it."""
    case = Case(seed=7, clients=10, days=100)
    assert Case.read(case.line().split()[3:]) == case
    assert all(recorded["found"] for recorded in RECORDED)
