"""Nothing below workflows reads a clock, draws a random number or makes a key."""

import ast
from collections.abc import Iterator

import pytest

from tests.tidy.source import Module, called, dotted, imports, modules

PURE = {"errors", "values", "catalogue", "clients", "terms", "billing", "lifecycle", "policy", "plans", "ports"}
MODULES = {"random", "secrets", "time", "uuid"}
READERS = {"now", "today", "tomorrow", "yesterday", "utcnow", "urandom", "getrandom", "getpid", "times"}
HOMES = {"datetime", "pendulum", "os"}


def hidden(qualified: str) -> bool:
    first, *rest = qualified.split(".")
    return first in MODULES or qualified == "pendulum.parse" or (first in HOMES and bool(rest) and rest[-1] in READERS)


def violations(module: Module) -> Iterator[str]:
    if module.floor not in PURE:
        return
    bound: dict[str, str] = {}
    for node, name, qualified in imports(module.tree):
        bound[name] = qualified if isinstance(node, ast.ImportFrom) or "." not in qualified else name
        if hidden(qualified):
            yield module.at(node, f"{qualified} is a hidden input")
    for inner in ast.walk(module.tree):
        if isinstance(inner, ast.Attribute) and hidden(dotted(inner, bound)):
            yield module.at(inner, f"{dotted(inner, bound)} is a hidden input")
        elif isinstance(inner, ast.Call) and isinstance(inner.func, ast.Attribute) and called(inner) in READERS:
            yield module.at(inner, f".{called(inner)}() reads a clock")


def test_the_floors_below_workflows_are_pure() -> None:
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
