"""Every public module, class and function says what it is for."""

import ast
from collections.abc import Iterator
from pathlib import PurePosixPath

import pytest

from tests.tidy.source import Module, modules


def is_private(name: str) -> bool:
    return name.startswith("_") and not (name.startswith("__") and name.endswith("__"))


def decorators(node: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    return {
        part.attr if isinstance(part, ast.Attribute) else part.id if isinstance(part, ast.Name) else ""
        for part in node.decorator_list
    }


def bare(module: Module, body: list[ast.stmt]) -> Iterator[str]:
    for node in body:
        match node:
            case ast.ClassDef(name=name) if not name.startswith("_"):
                if ast.get_docstring(node) is None:
                    yield module.at(node, f"class {name} has no docstring")
                yield from bare(module, node.body)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) if not name.startswith("_"):
                # An overload, a setter and an override speak through the function they belong to.
                spoken = decorators(node) & {"overload", "setter", "override"}
                if not spoken and ast.get_docstring(node) is None:
                    yield module.at(node, f"{name} has no docstring")
            case ast.If() | ast.Try():
                yield from bare(module, [inner for inner in ast.iter_child_nodes(node) if isinstance(inner, ast.stmt)])
            case _:
                pass


def violations(module: Module) -> Iterator[str]:
    if any(is_private(part) for part in PurePosixPath(module.place).with_suffix("").parts):
        return
    if ast.get_docstring(module.tree) is None:
        yield f"src/altocore/{module.place}:1: the module has no docstring"
    yield from bare(module, module.tree.body)


def test_everything_public_has_a_docstring() -> None:
    assert [found for module in modules() for found in violations(module)] == []


@pytest.mark.parametrize(
    "text",
    [
        "x = 1",
        "'''Module.'''\nclass Bill:\n    total = 1",
        "'''Module.'''\ndef total(): return 1",
        "'''Module.'''\nasync def total(): return 1",
        "'''Module.'''\nclass Bill:\n    '''A bill.'''\n    def total(self): return 1",
        "'''Module.'''\nif x:\n    def total(): return 1",
    ],
)
def test_a_planted_silence_is_found(text: str) -> None:
    assert len(list(violations(Module.planted(text)))) == 1


def test_an_initialiser_is_public() -> None:
    assert list(violations(Module.planted("x = 1", "values/__init__.py")))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("x = 1", "values/_inner.py"),
        ("'''Module.'''\ndef _total(): return 1", "values/money.py"),
        ("'''Module.'''\nclass _Bill: x = 1", "values/money.py"),
        ("'''Module.'''\n@overload\ndef total(): ...", "values/money.py"),
    ],
)
def test_what_is_private_may_be_silent(text: str, place: str) -> None:
    assert list(violations(Module.planted(text, place))) == []
