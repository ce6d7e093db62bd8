"""``import altocore`` is cheap: the heavy and the optional come with the part that needs them."""

import subprocess
import sys
from collections.abc import Sequence

import altocore

HEAVY = ("babel", "cattrs", "cyclopts", "hypothesis", "psycopg", "psycopg_pool", "pytest", "rich", "sqlite3")

# Runs in a bare interpreter: after each statement it prints the heavy modules that came with it.
PROBE = """
import sys
for statement in sys.argv[2:]:
    before = set(sys.modules)
    exec(statement)
    for name in sorted(set(sys.modules) - before):
        if name in sys.argv[1].split(","):
            print(f"{statement}: {name}")
"""


def loaded_by(statements: Sequence[str]) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-I", "-c", PROBE, ",".join(HEAVY), *statements], capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()


def test_the_front_door_loads_nothing_heavy() -> None:
    names = getattr(altocore, "__all__", ())
    assert loaded_by(["import altocore", *(f"from altocore import {name}" for name in names)]) == []


def test_a_planted_load_is_found() -> None:
    assert loaded_by(["import altocore", "import sqlite3"]) == ["import sqlite3: sqlite3"]
