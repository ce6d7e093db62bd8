"""REN-4: one module chooses which edition of the terms governs; nobody above the policy looks one up by itself."""

import ast
from collections.abc import Iterable, Iterator
from typing import Final

import pytest

from tests.tidy.source import Module, modules

CHOOSER: Final = "policy/governing.py"
LOOKS_UP: Final = frozenset({"in_force", "of"})
FLOORS: Final = frozenset({"policy", "plans", "workflows", "analysis", "adapters", "cli"})


def looked_up(world: Iterable[Module]) -> Iterator[str]:
    """Yield each place that asks `Editions` for one edition: `editions.of(...)`, `x.editions.in_force(...)`."""
    for module in world:
        if module.floor not in FLOORS or module.place == CHOOSER:
            continue
        for node in ast.walk(module.tree):
            match node:
                case ast.Call(func=ast.Attribute(attr=attr, value=ast.Name(id=name) | ast.Attribute(attr=name))):
                    if attr in LOOKS_UP and name.lstrip("_") == "editions":
                        yield module.at(node, f"looks an edition up with `{attr}`")
                case _:
                    pass


def test_only_governing_looks_an_edition_up() -> None:
    """REN-4: `governing` is the only chooser."""
    assert list(looked_up(modules())) == []


@pytest.mark.parametrize(
    "text",
    [
        "rulebook.editions.of(service.terms_edition)",
        "self._editions.of(own)",
        "editions.in_force(issue=day, start=day)",
        "def f(editions): return editions.of(own).terms.overdue",
    ],
)
def test_a_planted_look_up_is_found(text: str) -> None:
    """REN-4: in whatever way it is held."""
    assert len(list(looked_up([Module.planted(text, "workflows/planted.py")]))) == 1


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("editions.of(own)", CHOOSER),
        ("editions.of(own)", "terms/editions.py"),
        ("editions.has(own)", "workflows/planted.py"),
        ("plans.of(own)", "workflows/planted.py"),
    ],
)
def test_what_chooses_nothing_is_left_alone(text: str, place: str) -> None:
    """REN-4: the chooser itself, the class itself, and other questions."""
    assert list(looked_up([Module.planted(text, place)])) == []
