"""A field of the terms that no rule reads is a promise that nobody keeps: so each is read somewhere.

Read means: an attribute of that name is loaded in a module of `src` outside `terms` and `codec`, or a method of its part
loads it and that method is used there.
"""

import ast
from collections.abc import Iterable, Iterator
from typing import Final

import attrs
import pytest

from altocore.terms.parts import TaxRate, Terms
from tests.tidy.source import Module, functions, modules

ELSEWHERE: Final = {"terms", "codec"}
PARTS: Final = "terms/parts.py"


def loaded(tree: ast.AST) -> set[str]:
    """Return the name of every attribute that is loaded."""
    return {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load)}


def own(tree: ast.AST) -> set[str]:
    """Return the name of every attribute of `self` that is loaded."""
    found = set()
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id="self"), attr=attr, ctx=ast.Load()):
                found.add(attr)
            case _:
                pass
    return found


def through_methods(parts: Module, used: set[str]) -> Iterator[str]:
    """Yield the fields that a part's own public methods read for whoever uses them."""
    for method in functions(parts.tree):
        if not method.name.startswith("_") and method.name in used:
            yield from own(method)


def unread(fields: Iterable[str], world: Iterable[Module]) -> list[str]:
    """Return the fields that nothing reads."""
    all_modules = list(world)
    used = set().union(*[loaded(each.tree) for each in all_modules if each.floor not in ELSEWHERE])
    for parts in all_modules:
        if parts.place == PARTS:
            used |= set(through_methods(parts, used))
    return [name for name in fields if name not in used]


def fields_of_terms() -> list[str]:
    """Return the name of every field of `Terms`, of its parts, and of a tax rate."""
    found = [each.name for each in attrs.fields(Terms)]
    for part in (*[each.type for each in attrs.fields(Terms)], TaxRate):
        assert part is not None
        assert attrs.has(part)
        found += [each.name for each in attrs.fields(part)]
    return found


def test_every_field_of_the_terms_is_read() -> None:
    """Terms are data: a field that nothing reads fails."""
    fields = fields_of_terms()
    assert len(fields) == 39
    assert unread(fields, modules()) == []


PART = "class P:\n    def rate(self, region):\n        return self.rates\n    def _hidden(self):\n        return self.secret"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("terms.rates", "policy/tax.py"),
        ("def f(terms): return terms.tax.rates", "workflows/issuing.py"),
        ("terms.rate('AR')", "billing/lines.py"),
    ],
)
def test_a_reader_is_seen(text: str, place: str) -> None:
    """Terms are data: read by attribute, or through the part's own method."""
    assert unread(["rates"], [Module.planted(text, place), Module.planted(PART, PARTS)]) == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("rates = 1", "policy/tax.py"),
        ("terms.rates = 1", "policy/tax.py"),
        ("'terms.rates'", "policy/tax.py"),
        ("terms.rates", "codec/terms.py"),
        ("terms.rates", "terms/editions.py"),
        ("terms.rate('AR')", "codec/terms.py"),
        ("terms.has('AR')", "policy/tax.py"),
    ],
)
def test_a_planted_field_that_nothing_reads_is_found(text: str, place: str) -> None:
    """Terms are data: to write it, to name it, or to encode it is not to read it."""
    assert unread(["rates"], [Module.planted(text, place), Module.planted(PART, PARTS)]) == ["rates"]


def test_a_private_method_reads_for_nobody() -> None:
    """Terms are data: what only a part's own validation reads is not read."""
    world = [Module.planted("terms._hidden()", "policy/tax.py"), Module.planted(PART, PARTS)]
    assert unread(["secret"], world) == ["secret"]
