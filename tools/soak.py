"""Run the long proofs with a random seed and note the run in docs/explanation/evidence.md.

A soak test tells what it counted with ``record_property("renewals", 200_000)``; whole numbers of one name are added up.
SOAK_SEED=n repeats a run; other arguments go to pytest.
"""

import datetime as dt
import os
import secrets
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parent.parent
EVIDENCE: Final = ROOT / "docs" / "explanation" / "evidence.md"
SEEDS: Final = 2**32


class Tally:
    """A pytest plugin that adds up outcomes and what the tests counted."""

    def __init__(self) -> None:
        self.outcomes: Counter[str] = Counter()
        self.counted: Counter[str] = Counter()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count one test: its call, or the phase that failed or skipped it."""
        if report.when != "call" and report.passed:
            return
        self.outcomes[report.outcome] += 1
        for name, value in report.user_properties:
            if isinstance(value, int):
                self.counted[name] += value

    def line(self, day: dt.date, commit: str, seed: int) -> str:
        """Return the row of the evidence table for this run."""
        outcomes = ", ".join(f"{n} {name}" for name, n in sorted(self.outcomes.items()))
        counted = ", ".join(f"{n:,} {name}" for name, n in sorted(self.counted.items()))
        return f"| {day.isoformat()} | {commit} | {seed} | {outcomes} | {counted or '-'} |\n"


def commit_now() -> str:
    """Return the short id of the commit at hand, with a + when the work tree differs from it."""
    git = ["git", "-C", str(ROOT), "describe", "--always", "--dirty=+", "--exclude=*"]
    found = subprocess.run(git, capture_output=True, text=True, check=False)  # noqa: S603 - a fixed command
    return found.stdout.strip() or "uncommitted"


def main(arguments: Sequence[str]) -> int:
    """Run the proofs, note the run, and return pytest's exit code."""
    seed = int(os.environ.get("SOAK_SEED") or secrets.randbelow(SEEDS))
    print(f"SOAK_SEED={seed}", flush=True)
    os.environ["SOAK_SEED"] = str(seed)
    os.environ.setdefault("HYPOTHESIS_PROFILE", "soak")
    os.chdir(ROOT)
    # Read before the run: a commit made meanwhile is not what was proved.
    commit = commit_now()
    tally = Tally()
    code = pytest.main(["-m", "soak", "tests/soak", f"--hypothesis-seed={seed}", "-s", *arguments], plugins=[tally])
    if code == pytest.ExitCode.NO_TESTS_COLLECTED:
        print("no soak test ran: nothing was proved, nothing is noted", file=sys.stderr)
        return int(code)
    if tally.outcomes:
        with EVIDENCE.open("a", encoding="utf-8") as page:
            page.write(tally.line(dt.datetime.now(dt.UTC).date(), commit, seed))  # noqa: TID251 - a log's date
    print(f"SOAK_SEED={seed} repeats this run")
    return int(code)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
