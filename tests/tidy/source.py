"""What the tidy tests read: the modules of the package, or a few lines planted to see a rule fire."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent
from typing import Final, Self, TypeAlias

import attrs

ROOT: Final = Path(__file__).resolve().parents[2]
PACKAGE: Final = ROOT / "src" / "altocore"
FunctionNode: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef


@attrs.frozen(kw_only=True)
class Module:
    """One module: where it stands below the package, its text and its tree."""

    place: str
    text: str
    tree: ast.Module

    @classmethod
    def planted(cls, text: str, place: str = "values/planted.py") -> Self:
        """Return a module that exists only in a test."""
        text = dedent(text)
        return cls(place=place, text=text, tree=ast.parse(text))

    @property
    def floor(self) -> str:
        """Return the first part of the place without its ending: ``values``, ``errors``."""
        return self.place.split("/")[0].removesuffix(".py")

    def at(self, node: ast.expr | ast.stmt | ast.arg, what: str) -> str:
        """Return a finding that an editor can jump to."""
        return f"src/altocore/{self.place}:{node.lineno}: {what}"


def modules() -> list[Module]:
    """Return every module of the package, and fail when there is none to look at."""
    found = [
        Module.planted(path.read_text(encoding="utf-8"), path.relative_to(PACKAGE).as_posix())
        for path in sorted(PACKAGE.rglob("*.py"))
    ]
    assert found, "no module was found: the rule would look at nothing"
    return found


def tracked() -> list[str]:
    """Return the files that git keeps or would keep, so that a fault is seen before the commit."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    found = sorted({name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()})
    assert found, "git lists no file: the rule would look at nothing"
    return found


def functions(tree: ast.AST) -> Iterator[FunctionNode]:
    """Yield every function and method, nested ones too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def parameters(arguments: ast.arguments) -> Iterator[tuple[ast.arg, ast.expr | None]]:
    """Yield each parameter with its default."""
    positional = [*arguments.posonlyargs, *arguments.args]
    missing = len(positional) - len(arguments.defaults)
    yield from zip(positional, [*[None] * missing, *arguments.defaults], strict=True)
    yield from zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    for rest in (arguments.vararg, arguments.kwarg):
        if rest is not None:
            yield rest, None


def read(annotation: ast.expr | None) -> ast.expr | None:
    """Return an annotation, a quoted one as the expression in its quotes."""
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        return ast.parse(annotation.value, mode="eval").body
    return annotation


def names(annotation: ast.expr | None) -> set[str]:
    """Return every name that an annotation mentions, the last part of dotted ones."""
    found: set[str] = set()
    whole = read(annotation)
    for node in ast.walk(whole) if whole is not None else ():
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node is not whole:
            found |= quoted(node.value)
    return found


def quoted(text: str) -> set[str]:
    """Return the names in a quoted part of an annotation; Literal["two words"] has none."""
    try:
        return names(ast.parse(text, mode="eval").body)
    except SyntaxError:
        return set()


def annotations(tree: ast.AST) -> Iterator[ast.expr]:
    """Yield every annotation: of parameters, of results, of variables."""
    for node in ast.walk(tree):
        if isinstance(node, ast.arg | ast.AnnAssign) and node.annotation is not None:
            yield node.annotation
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.returns is not None:
            yield node.returns


def called(node: ast.Call) -> str:
    """Return the last part of the name that is called."""
    match node.func:
        case ast.Name(id=name):
            return name
        case ast.Attribute(attr=name):
            return name
        case _:
            return ""


def imports(tree: ast.AST) -> Iterator[tuple[ast.Import | ast.ImportFrom, str, str]]:
    """Yield each import with the name it binds and the dotted name it stands for."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node, alias.asname or alias.name.split(".")[0], alias.name
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield node, alias.asname or alias.name, f"{node.module or ''}.{alias.name}"


def dotted(node: ast.expr, bound: dict[str, str]) -> str:
    """Return what a dotted expression stands for, its first name read through the imports."""
    match node:
        case ast.Name(id=name):
            return bound.get(name, name)
        case ast.Attribute(value=value, attr=attr):
            return f"{dotted(value, bound)}.{attr}"
        case _:
            return "?"
