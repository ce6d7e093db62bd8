"""What README shows of `make demo` is what the demo prints, line for line and in that order."""

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

README = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")


def excerpt() -> list[str]:
    """Return the lines of the block that quotes the demo."""
    (_, quoted) = README.split("```text\n")
    return quoted.split("```")[0].splitlines()


def missing(quoted: Iterable[str], printed: Iterable[str]) -> list[str]:
    """Return the quoted lines that are not printed behind those before them."""
    rest = iter(printed)
    return [line for line in quoted if not any(line == _plain(each) for each in rest)]


def _plain(printed: str) -> str:
    """Return a line as it can be quoted: a row of a table stands with a blank on each side."""
    words = printed.replace("\N{NO-BREAK SPACE}", " ").rstrip()
    return words if words.startswith("  ") else words.removeprefix(" ")


def test_the_readme_quotes_the_demo(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "altocore", "demo"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "COLUMNS": "110", "PYTHONUTF8": "1"},
        check=True,
    )
    assert len(excerpt()) > 5
    assert missing(excerpt(), done.stdout.splitlines()) == []


def test_a_planted_line_is_found() -> None:
    assert missing(["a", "c"], ["a", "b"]) == ["c"]
    assert missing(["b", "a"], ["a", "b"]) == ["a"]
