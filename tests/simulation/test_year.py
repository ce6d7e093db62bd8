"""A year of a provider with thirty clients, decided by a seed: workers interleaved at every call, calls that fail."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from attrs import evolve

from tests.simulation.case import Case, Kept, Mixing
from tests.simulation.comparing import what_happened
from tests.simulation.running import run
from tests.simulation.workers import ONE_CALM_WORKER

ROOT = Path(__file__).resolve().parents[2]
SEEDS = (10, 2)
SMALL = Case(seed=10, clients=10, days=100)

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("seed", SEEDS)
def test_a_year_keeps_the_books_whatever_fails(seed: int) -> None:
    """Every evening: no violation, the money that came in, what was told done, each charge once; at the end nothing is due."""
    done = run(Case(seed=seed, clients=30, days=365))
    assert done.counted["simulated_days"] >= 365
    assert done.counted["asks"] > 50
    assert min(done.faults, done.outcomes["Committed"], done.outcomes["AlreadyDone"], done.outcomes["Conflict"]) > 5


@pytest.mark.parametrize("seed", SEEDS)
def test_interleaved_workers_do_what_one_would_have_done(seed: int) -> None:
    """Documents, claims, credit, postings and messages of three workers and failing calls are those of one calm worker."""
    case = Case(seed=seed, clients=30, days=365, mixing=Mixing.SERIAL)
    many, one = run(case, whole_days=15), run(case, ONE_CALM_WORKER, whole_days=60)
    assert what_happened(many.dump) == what_happened(one.dump)
    assert many.faults > 0
    assert many.outcomes["AlreadyDone"] > 5


@pytest.mark.parametrize("mixing", Mixing)
def test_a_seed_gives_the_same_run_twice(mixing: Mixing) -> None:
    """The same calls by the same workers with the same faults, and the same store to the byte."""
    first, second = run(evolve(SMALL, mixing=mixing)), run(evolve(SMALL, mixing=mixing))
    assert first == second
    assert run(evolve(SMALL, mixing=mixing, seed=11)).trace != first.trace


def test_a_seed_gives_the_same_run_in_another_process() -> None:
    """No order of a set of texts gets in: processes that hash differently say the same."""
    command = [sys.executable, *SMALL.line().split()[1:]]
    told = [
        subprocess.run(
            command, cwd=ROOT, env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2")
    ]
    assert told[0] == told[1]
    assert run(SMALL).trace in told[0]


@pytest.mark.parametrize("mixing", Mixing)
def test_a_database_lives_the_same_year(mixing: Mixing) -> None:
    """On SQLite a seed gives the very calls, and the very rows, that it gives in memory."""
    case = evolve(SMALL, mixing=mixing)
    assert run(evolve(case, kept=Kept.SQLITE), whole_days=10) == run(case, whole_days=10)
