"""A public name has a type: Any in its annotation would switch the checker off for its users."""

import ast
from collections.abc import Iterator

import pytest

from tests.tidy.source import Module, modules, names, parameters


def spoken(node: ast.stmt) -> tuple[str, list[ast.expr | None]]:
    """Return the name that a statement binds and the types it is given."""
    match node:
        case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation, value=value):
            # ``Row: TypeAlias = dict[str, Any]`` spreads what it hides.
            return name, [annotation, value if "TypeAlias" in names(annotation) else None]
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            return name, [value]
        case (
            ast.FunctionDef(name=name, args=args, returns=returns)
            | ast.AsyncFunctionDef(name=name, args=args, returns=returns)
        ):
            return name, [returns, *(parameter.annotation for parameter, _ in parameters(args))]
        case ast.ClassDef(name=name, bases=bases):
            return name, [*bases]
        case _:
            return "_", []


def loose(module: Module, body: list[ast.stmt]) -> Iterator[str]:
    for node in body:
        name, types = spoken(node)
        public = not name.startswith("_") or name.endswith("__")
        if public and any("Any" in names(part) for part in types):
            yield module.at(node, f"{name} has a type with Any")
        if isinstance(node, ast.If | ast.Try) or (isinstance(node, ast.ClassDef) and public):
            yield from loose(module, [inner for inner in ast.iter_child_nodes(node) if isinstance(inner, ast.stmt)])


def violations(module: Module) -> Iterator[str]:
    return loose(module, module.tree.body)


def test_no_public_name_is_loose() -> None:
    assert [found for module in modules() for found in violations(module)] == []


@pytest.mark.parametrize(
    "text",
    [
        "rows: Any",
        "rows: dict[str, Any] = {}",
        "rows: 'list[typing.Any]'",
        "Row = dict[str, Any]",
        "Row: TypeAlias = 'dict[str, Any]'",
        "def load(row: Any) -> None: ...",
        "def load(*rows: Any) -> None: ...",
        "def load() -> Mapping[str, Any]: ...",
        "class Store:\n    rows: Any",
        "class Store:\n    def load(self) -> Any: ...",
        "class Store:\n    def __getitem__(self, key: Any) -> int: ...",
        "class Store(Mapping[str, Any]): ...",
        "if TYPE_CHECKING:\n    rows: Any",
    ],
)
def test_a_planted_any_is_found(text: str) -> None:
    assert list(violations(Module.planted(text)))


@pytest.mark.parametrize(
    "text", ["_rows: Any", "def _load(row: Any) -> None: ...", "def load(row: object) -> None: ..."]
)
def test_private_and_typed_names_are_let_be(text: str) -> None:
    assert list(violations(Module.planted(text))) == []
