"""A bare True at a call says nothing: two functions or an enum do."""

import ast
from collections.abc import Iterator

import pytest

from tests.tidy.source import Module, functions, modules, parameters, read


def is_flag(annotation: ast.expr | None) -> bool:
    match read(annotation):
        case ast.Name(id="bool"):
            return True
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return is_flag(left) or is_flag(right)
        case ast.Subscript(value=ast.Name(id="Optional" | "Union" | "Annotated" | "Literal" | "Final"), slice=inner):
            return any(is_flag(part) for part in (inner.elts if isinstance(inner, ast.Tuple) else [inner]))
        case ast.Constant(value=bool()):
            return True
        case _:
            return False


def violations(module: Module) -> Iterator[str]:
    spoken = {node.args: node.name for node in functions(module.tree)}
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.arguments):
            continue
        name = spoken.get(node, "lambda")
        if name.startswith("__") and name.endswith("__"):
            continue
        for parameter, default in parameters(node):
            true_or_false = isinstance(default, ast.Constant) and isinstance(default.value, bool)
            if true_or_false or is_flag(parameter.annotation):
                yield module.at(parameter, f"boolean parameter {parameter.arg} of {name}")


def test_no_function_takes_a_boolean() -> None:
    assert [found for module in modules() for found in violations(module)] == []


@pytest.mark.parametrize(
    "parameter",
    [
        "final: bool",
        "final: 'bool'",
        "final: bool | None",
        "final: Optional[bool]",
        "final: Literal[True]",
        "final=False",
        "*, final: bool",
        "*, final=True",
        "final: bool, /",
        "*final: bool",
        "**final: bool",
    ],
)
def test_a_planted_flag_is_found(parameter: str) -> None:
    assert list(violations(Module.planted(f"class Bill:\n    def close({parameter}) -> None: ...")))


def test_a_planted_lambda_is_found() -> None:
    assert list(violations(Module.planted("close = lambda final=True: final")))


@pytest.mark.parametrize(
    "text",
    ["def __exit__(self, swallow: bool) -> None: ...", "def keep(test: Callable[[int], bool]) -> bool: ..."],
)
def test_dunders_and_predicates_are_let_be(text: str) -> None:
    assert list(violations(Module.planted(text))) == []
