"""A module is one subject, a function one step."""

from collections.abc import Iterator

from tests.tidy.source import Module, functions, modules

MODULE_LINES = 400
FUNCTION_LINES = 60


def violations(module: Module) -> Iterator[str]:
    lines = len(module.text.splitlines())
    if lines > MODULE_LINES:
        yield f"src/altocore/{module.place}: {lines} lines"
    for node in functions(module.tree):
        long = (node.end_lineno or node.lineno) - node.lineno + 1
        if long > FUNCTION_LINES:
            yield module.at(node, f"{node.name} has {long} lines")


def test_modules_and_functions_are_small() -> None:
    assert [found for module in modules() for found in violations(module)] == []


def test_a_planted_long_module_is_found() -> None:
    assert list(violations(Module.planted("x = 1\n" * MODULE_LINES))) == []
    assert list(violations(Module.planted("x = 1\n" * (MODULE_LINES + 1))))


def test_a_planted_long_function_is_found() -> None:
    assert list(violations(Module.planted("def f():\n" + "    x = 1\n" * (FUNCTION_LINES - 1)))) == []
    assert list(violations(Module.planted("def f():\n" + "    x = 1\n" * FUNCTION_LINES)))
