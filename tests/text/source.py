"""What the code can say: every rule, clause, ground and cited fact, read from its tables and its source."""

import ast
import re
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Final

import altocore.policy
from altocore.billing.standing import STANDING
from altocore.lifecycle.machine import SERVICE
from altocore.terms.judgements import Judgement
from tests.tidy.source import modules

RULE: Final = re.compile(r"[A-Z]{3}-[0-9]+")
CLAUSE: Final = re.compile(r"(?:manual|terms)/[\w.-]+|house")
PAGE: Final = re.compile(r"page\.[a-z_]+")


def judgements() -> list[Judgement[object, object, object]]:
    """Return every judgement that a module of the policy holds."""
    names = [found.name for found in iter_modules([str(Path(altocore.policy.__file__).parent)])]
    held = [vars(import_module(f"altocore.policy.{name}")).values() for name in names]
    return [value for values in held for value in values if isinstance(value, Judgement)]


def constants(pattern: re.Pattern[str], *, of: str = "") -> set[str]:
    """Return the texts in the source that have this form: of one package, or of all but `text`."""
    return {
        node.value
        for module in modules()
        if module.floor == (of or module.floor) and (of or module.floor != "text")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and pattern.fullmatch(node.value)
    }


def rules() -> set[str]:
    """Return every rule that the source names: in tables, in machines, in what a plan rests on."""
    return constants(RULE)


def tabled_rules() -> set[str]:
    """Return the rules of every row and every move."""
    checks = {check.rule for judgement in judgements() for check in judgement.checks}
    rows = checks | {ground.rule for judgement in judgements() for ground in judgement.grounds}
    moves = {made.rule for made in SERVICE.moves.values()} | {made.rule for made in STANDING.moves.values()}
    return rows | moves


def grounds() -> set[str]:
    """Return the id of every ground's own sentence."""
    return {f"ground.{judgement.name}.{row.rule}" for judgement in judgements() for row in judgement.grounds}


def cited_names() -> set[str]:
    """Return the name of every fact that a module of the policy cites: the first of two in a tuple."""
    return {
        node.elts[0].value
        for module in modules()
        if module.floor == "policy"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Tuple) and len(node.elts) == 2
        if isinstance(node.elts[0], ast.Constant) and isinstance(node.elts[0].value, str)
    }
