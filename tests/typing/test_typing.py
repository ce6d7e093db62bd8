"""Laws of the types: what makes no sense does not type-check, what does passes (T4)."""

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Final

import pytest

from tests.typing.refused import PARAMETERS, PREAMBLE, REFUSED

ROOT: Final = Path(__file__).resolve().parents[2]
ACCEPTED: Final = Path(__file__).with_name("accepted.py")
FOUND: Final = re.compile(r"^(?P<file>[^:]+):(?P<line>[0-9]+): error: .*\[(?P<code>[a-z-]+)\]$", re.MULTILINE)


def source() -> tuple[str, dict[int, str]]:
    """Return one module with every refused line in a function of its own, and which line is whose."""
    lines, places = PREAMBLE.splitlines(), {}
    for number, (name, _, line) in enumerate(REFUSED):
        lines += ["", "", f"def refused_{number}({PARAMETERS}) -> None:", f"    {line}"]
        places[len(lines)] = name
    return "\n".join(lines) + "\n", places


@pytest.fixture(scope="module")
def verdict(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Counter[str]]:
    """Return the codes of mypy's errors for each refused line, for `preamble` and for `accepted`, from one run."""
    text, places = source()
    refused = tmp_path_factory.mktemp("typing") / "refused_lines.py"
    refused.write_text(text, encoding="utf-8")
    told = subprocess.run(
        [
            *(sys.executable, "-m", "mypy", "--config-file", str(ROOT / "pyproject.toml")),
            *(
                "--cache-dir",
                str(refused.parent / "cache"),
                "--no-error-summary",
                "--no-pretty",
                "--hide-error-context",
            ),
            *(str(refused), str(ACCEPTED)),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode in {0, 1}, told.stdout + told.stderr
    codes: dict[str, Counter[str]] = {name: Counter() for name in ("preamble", "accepted", *places.values())}
    for found in FOUND.finditer(told.stdout):
        here = Path(found["file"]).name == refused.name
        codes[places.get(int(found["line"]), "preamble") if here else "accepted"][found["code"]] += 1
    assert sum(codes.values(), Counter()).total() == told.stdout.count(": error: "), told.stdout
    return codes


def test_the_lines_are_many_and_each_has_a_name() -> None:
    """At least thirty lines that must fail, no two under one name and none written twice (T4)."""
    assert len(REFUSED) >= 30
    assert len({name for name, _, _ in REFUSED}) == len({line for _, _, line in REFUSED}) == len(REFUSED)


@pytest.mark.parametrize(("name", "code", "line"), REFUSED, ids=[name for name, _, _ in REFUSED])
def test_what_makes_no_sense_is_refused(name: str, code: str, line: str, verdict: dict[str, Counter[str]]) -> None:
    """The line has mypy's error of that code, and no other (T4)."""
    assert set(verdict[name]) == {code}, line


@pytest.mark.parametrize("place", ["preamble", "accepted"])
def test_what_makes_sense_passes(place: str, verdict: dict[str, Counter[str]]) -> None:
    """The imports that the lines stand behind, and every use that must pass, have no error (T4)."""
    assert not verdict[place]
