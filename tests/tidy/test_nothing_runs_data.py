"""Data is never run: no pickle, no eval, no yaml, no template made of data, no SQL made of data."""

import ast
from collections.abc import Iterator

import pytest

from tests.tidy.source import Module, imports, modules

LOADERS = {"pickle", "cPickle", "dill", "marshal", "shelve", "yaml"}
RUNNERS = {"eval", "exec", "compile", "__import__"}
EXECUTES = {"execute", "executemany", "executescript"}
FORMATS = {"format", "format_map"}
STATEMENT_KEYWORDS = {"sql", "sql_script", "query", "statement", "operation"}


def runs_data(module: Module) -> Iterator[str]:
    for node, _, qualified in imports(module.tree):
        if qualified.split(".")[0] in LOADERS:
            yield module.at(node, f"import of {qualified}")
    for name in ast.walk(module.tree):
        if isinstance(name, ast.Name) and name.id in RUNNERS:
            yield module.at(name, f"{name.id} runs data")


def formats_data(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        match node:
            case ast.Call(func=ast.Attribute(attr=attr)) if attr in FORMATS:
                yield module.at(node, f".{attr}() reads attributes that the text names")
            case ast.Attribute(value=ast.Name(id="str"), attr=attr) if attr in FORMATS:
                yield module.at(node, f"str.{attr} reads attributes that the text names")
            case _:
                pass


def constants(tree: ast.Module) -> set[str]:
    """Return the names that a module binds at its top, by assignment or import."""
    found = {name for node, name, _ in imports(tree) if node in tree.body}
    for node in tree.body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        found |= {target.id for target in targets if isinstance(target, ast.Name)}
    return found


def is_fixed(statement: ast.expr, known: set[str]) -> bool:
    match statement:
        case ast.Constant(value=str()):
            return True
        case ast.Name(id=name):
            return name.isupper() and name in known
        case ast.Attribute(value=ast.Name(id=name), attr=attr):
            return name in known and (name.isupper() or attr.isupper())
        case ast.Attribute(value=ast.Attribute() as inner, attr=_):
            return is_fixed(inner, known)
        case _:
            return False


def builds_sql(module: Module) -> Iterator[str]:
    known = constants(module.tree)
    for node in ast.walk(module.tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in EXECUTES):
            continue
        keywords = [keyword.value for keyword in node.keywords if keyword.arg in STATEMENT_KEYWORDS]
        statements = [*node.args[:1], *keywords]
        if not all(is_fixed(statement, known) for statement in statements):
            yield module.at(node, f"{node.func.attr} takes SQL that is neither a literal nor a constant of the module")


def test_no_module_runs_data() -> None:
    assert [found for module in modules() for found in runs_data(module)] == []


def test_no_module_formats_with_data() -> None:
    assert [found for module in modules() for found in formats_data(module)] == []


def test_no_module_builds_sql() -> None:
    assert [found for module in modules() for found in builds_sql(module)] == []


@pytest.mark.parametrize(
    "text",
    [
        "import pickle",
        "from pickle import loads",
        "import yaml as y",
        "eval(text)",
        "exec(text)",
        "compile(text, '', 'exec')",
    ],
)
def test_planted_running_is_found(text: str) -> None:
    assert list(runs_data(Module.planted(text)))


def test_a_regular_expression_may_be_compiled() -> None:
    assert list(runs_data(Module.planted("import re\nre.compile('a')"))) == []


@pytest.mark.parametrize("text", ["'{}'.format(x)", "TEXT.format_map(x)", "make = str.format", "text.format(**row)"])
def test_planted_formatting_is_found(text: str) -> None:
    assert list(formats_data(Module.planted(text)))


@pytest.mark.parametrize(
    "text",
    [
        "db.execute(f'select {x}')",
        "db.execute('select ' + x)",
        "db.execute('select %s' % x)",
        "db.execute(sql)",
        "db.execute(sql=text)",
        "db.execute(UNKNOWN)",
        "db.execute(self.INSERT)",
        "db.execute(row.sql)",
        "db.execute(*parts)",
        "db.executemany(statement(), rows)",
        "db.executescript(' '.join(parts))",
        "def f(INSERT):\n    db.execute(INSERT)",
    ],
)
def test_planted_sql_is_found(text: str) -> None:
    assert list(builds_sql(Module.planted(text, "adapters/sqlite/store.py")))


@pytest.mark.parametrize(
    "text",
    [
        "db.execute('select 1')",
        "db.execute('select 1' ' from t', (x,))",
        "INSERT: Final = 'insert'\ndb.executemany(INSERT, rows)",
        "from altocore.adapters.sqlite.statements import SELECT\ndb.execute(SELECT)",
        "from altocore.adapters.sqlite import statements\ndb.execute(statements.SELECT)",
        "DIALECT = Dialect()\ndb.execute(DIALECT.insert)",
        "command.execute()",
    ],
)
def test_fixed_sql_is_let_be(text: str) -> None:
    assert list(builds_sql(Module.planted(text, "adapters/sqlite/store.py"))) == []
