"""`altocore prorate` as a person types it."""

import json

import pytest

from tests.cli.conftest import Run

ASKED = ("prorate", "100.00 USD", "--anchor", "2025-01-31", "--cycle", "monthly")


@pytest.mark.parametrize(("locale", "told"), [("es_AR", "días reales"), ("en", "actual days"), ("pt_BR", "dias reais")])
def test_every_basis_stands_side_by_side(run: Run, capsys: pytest.CaptureFixture[str], locale: str, told: str) -> None:
    """UPG-1: in the caller's language."""
    assert run(*ASKED, "--cut", "2025-02-10", "--locale", locale) == 0
    assert capsys.readouterr().out.count(told) == 2


def test_a_program_gets_plain_values(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """UPG-1: fractions as text, days as ISO days; several cuts, of a stub before the anchor."""
    assert run(*ASKED, "--cut", "2025-01-10", "--cut", "2025-01-20", "--rounding", "down", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert len(found) == 18
    assert found[0] == {
        "from": "2024-12-31",
        "until": "2025-01-10",
        "basis": "actual_days",
        "used": 10,
        "of": 31,
        "exact": "1000/31",
        "rounded": "32.25",
        "amount": "32.25",
    }
    assert [each["amount"] for each in found[:3]] == ["32.25", "32.25", "35.50"]
    assert found[2]["rounded"] == "35.48"


def test_seconds_are_of_the_zone(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """House: a clock change shortens the month in New York, and not in Buenos Aires."""
    march = ("prorate", "31.00 USD", "--anchor", "2025-03-01", "--cycle", "monthly", "--cut", "2025-03-10", "--json")
    seconds = []
    for zone in ((), ("--zone", "America/New_York")):
        assert run(*march, *zone) == 0
        seconds += [each["of"] for each in json.loads(capsys.readouterr().out) if each["basis"] == "seconds"]
    assert seconds == [2_678_400, 2_678_400, 2_674_800, 2_674_800]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("prorate", "100", *ASKED[2:], "--cut", "2025-02-10"), "money: must be a text such as 100.00 USD"),
        ((*ASKED, "--cut", "2025-01-31"), "at: must be days within the period that rise"),
        ((*ASKED, "--cut", "2024-01-31"), "day: must not lie more than a period before the anchor"),
        ((*ASKED[:5], "one_time", "--cut", "2025-02-10"), "cycle: what is sold once has no period"),
        ((*ASKED[:5], "weekly", "--cut", "2025-02-10"), "cycle: must be the name of a cycle"),
        ((*ASKED, "--cut", "2025-02-10", "--zone", "Nowhere"), "zone: not the name of a time zone"),
        ((*ASKED, "--cut", "2025-02-10", "--locale", "de"), "locale: must begin with one of"),
    ],
)
def test_what_cannot_be_cut_is_one_line(
    run: Run, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], told: str
) -> None:
    """Misuse is one line that names the field, and exit code 2."""
    assert run(*words) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(f"altocore: {told}")
    assert len(captured.err.splitlines()) == 1


def test_without_a_cut_there_is_nothing_to_show(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """At least one day is needed."""
    assert run(*ASKED, "--empty-cut") == 2
    assert "cut: at least one day is needed" in capsys.readouterr().err
