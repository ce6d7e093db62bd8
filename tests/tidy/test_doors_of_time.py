"""mypy accepts ``Day(instant)``: so days and instants are made at one door each."""

import ast
from collections.abc import Iterator

import pytest

from tests.tidy.source import Module, called, modules, names, read

DOORS = {"Day": "values/days.py", "Instant": "values/instants.py"}


def violations(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Call):
            continue
        made = {called(node)}
        if made == {"cast"} and node.args:
            made = names(read(node.args[0]))
        for name in sorted(made & DOORS.keys()):
            if module.place != DOORS[name]:
                yield module.at(node, f"{name} is made outside {DOORS[name]}")


def test_days_and_instants_are_made_at_their_door() -> None:
    assert [found for module in modules() for found in violations(module)] == []


@pytest.mark.parametrize("text", ["Day(x)", "days.Day(x)", "Instant(x)", "cast('Day', x)", "cast(Instant, x)"])
def test_a_planted_call_is_found(text: str) -> None:
    assert list(violations(Module.planted(text, "billing/cycles.py")))


def test_each_door_makes_its_own_kind_only() -> None:
    assert list(violations(Module.planted("Day(x)", "values/days.py"))) == []
    assert list(violations(Module.planted("Instant(x)", "values/instants.py"))) == []
    assert list(violations(Module.planted("Instant(x)", "values/days.py")))
