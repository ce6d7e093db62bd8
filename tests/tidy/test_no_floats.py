"""Amounts and fractions are exact, from values up to plans."""

import ast
from collections.abc import Iterator

import pytest

from tests.tidy.source import Module, annotations, called, modules, names

EXACT = {"values", "catalogue", "clients", "terms", "billing", "lifecycle", "policy", "plans"}


def violations(module: Module) -> Iterator[str]:
    if module.floor not in EXACT:
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, float | complex):
            yield module.at(node, f"float literal {node.value}")
        elif isinstance(node, ast.Call) and called(node) == "float":
            yield module.at(node, "float(...)")
    for annotation in annotations(module.tree):
        if "float" in names(annotation):
            yield module.at(annotation, "float in an annotation")


def test_no_float_stands_where_amounts_do() -> None:
    assert [found for module in modules() for found in violations(module)] == []


@pytest.mark.parametrize(
    "text",
    [
        "HALF = 0.5",
        "HUGE = 1e6",
        "share = float(text)",
        "share: float",
        "def split(share: 'float | int') -> None: ...",
        "def split() -> dict[str, float]: ...",
        "def split(*shares: list['float']) -> None: ...",
    ],
)
def test_a_planted_float_is_found(text: str) -> None:
    assert list(violations(Module.planted(text, "billing/split.py")))


def test_refusing_a_float_may_name_it() -> None:
    assert list(violations(Module.planted("def check(value: object):\n    return isinstance(value, float)"))) == []


def test_analysis_may_use_floats() -> None:
    assert list(violations(Module.planted("MEAN = 0.5", "analysis/behaviour.py"))) == []
