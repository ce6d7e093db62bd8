"""Nothing below workflows reads a clock, draws a random number or makes a key; above, one module reads the machine's clock."""

import ast
from collections.abc import Callable, Iterator

import pytest

from tests.tidy.source import Module, called, dotted, imports, modules

PURE = {"errors", "values", "catalogue", "clients", "terms", "billing", "lifecycle", "policy", "plans", "ports"}
MODULES = {"random", "secrets", "time", "uuid"}
READERS = {"now", "today", "tomorrow", "yesterday", "utcnow", "urandom", "getrandom", "getpid", "times"}
HOMES = {"datetime", "pendulum", "os"}
CLOCK = "adapters/clock.py"
CLOCKS = {f"time.{name}" for name in ("time", "time_ns", "localtime", "gmtime", "ctime", "strftime")}


def hidden(qualified: str) -> bool:
    first, *rest = qualified.split(".")
    return first in MODULES or qualified == "pendulum.parse" or (first in HOMES and bool(rest) and rest[-1] in READERS)


def system_clock(qualified: str) -> bool:
    first, *rest = qualified.split(".")
    return qualified in CLOCKS or (first in {"datetime", "pendulum"} and bool(rest) and rest[-1] in READERS)


def violations(module: Module) -> Iterator[str]:
    if module.floor in PURE:
        yield from named(module, hidden, "is a hidden input")
        yield from calls(module)
    elif module.place != CLOCK:
        yield from named(module, system_clock, f"reads the clock: only {CLOCK} does")


def named(module: Module, refused: Callable[[str], bool], why: str) -> Iterator[str]:
    """Yield each import and each dotted name that stands for what is refused."""
    bound: dict[str, str] = {}
    for node, name, qualified in imports(module.tree):
        bound[name] = qualified if isinstance(node, ast.ImportFrom) or "." not in qualified else name
        if refused(qualified):
            yield module.at(node, f"{qualified} {why}")
    for inner in ast.walk(module.tree):
        if isinstance(inner, ast.Attribute) and refused(dotted(inner, bound)):
            yield module.at(inner, f"{dotted(inner, bound)} {why}")


def calls(module: Module) -> Iterator[str]:
    """Yield each call of a method that reads a clock, whatever it is called on."""
    for inner in ast.walk(module.tree):
        if isinstance(inner, ast.Call) and isinstance(inner.func, ast.Attribute) and called(inner) in READERS:
            yield module.at(inner, f".{called(inner)}() reads a clock")


def test_the_floors_below_workflows_are_pure_and_one_module_reads_the_clock() -> None:
    assert [found for module in modules() for found in violations(module)] == []


@pytest.mark.parametrize(
    "text",
    [
        "import random",
        "import time as t",
        "import os.path\nos.urandom(8)",
        "from uuid import uuid5",
        "from secrets import token_hex",
        "from pendulum import now",
        "from os import urandom",
        "import pendulum\npendulum.today()",
        "import pendulum\npendulum.parse(text)",
        "import datetime as dt\ndt.datetime.now(dt.UTC)",
        "from datetime import date\ndate.today()",
        "from datetime import datetime\nfactory = datetime.now",
        "def act(clock):\n    return clock.now()",
    ],
)
def test_a_planted_reading_is_found(text: str) -> None:
    assert list(violations(Module.planted(text, "policy/refunds.py")))


def test_facts_may_have_a_field_called_today() -> None:
    assert list(violations(Module.planted("def late(facts):\n    return facts.today > facts.due"))) == []


def test_a_port_may_declare_a_clock() -> None:
    assert list(violations(Module.planted("class Clock:\n    def now(self): ...", "ports/clock.py"))) == []


def test_workflows_may_read_the_clock_they_are_given() -> None:
    assert list(violations(Module.planted("clock.now()", "workflows/renewals.py"))) == []


READINGS = (
    "from datetime import datetime\nnow = datetime.now(UTC)",
    "import datetime as dt\ndt.date.today()",
    "import pendulum\npendulum.now()",
    "import time\ntime.time()",
    "from time import time_ns",
)


@pytest.mark.parametrize("text", READINGS)
@pytest.mark.parametrize(
    "place", ["workflows/renewals.py", "cli/app.py", "adapters/sqlite/store.py", "testing/clocks.py"]
)
def test_a_planted_reading_of_the_machines_clock_is_found(text: str, place: str) -> None:
    assert list(violations(Module.planted(text, place)))


@pytest.mark.parametrize("text", READINGS)
def test_one_module_reads_the_machines_clock(text: str) -> None:
    assert list(violations(Module.planted(text, CLOCK))) == []


def test_waiting_and_measuring_read_no_time_of_day() -> None:
    text = "from time import monotonic, sleep\nsleep(monotonic())"
    assert list(violations(Module.planted(text, "adapters/postgres/store.py"))) == []
