"""Read off the rules' source: who reads which dose, and that only `record` knows about counts."""

import ast
from collections import defaultdict
from importlib.resources import files

import pytest

from sim.mechanisms import MECHANISMS
from tests.levers.table import ACTS_IN

RULES = {
    file.name.removesuffix(".py"): ast.parse(file.read_text(encoding="utf-8"))
    for file in files("sim.model.rules").iterdir()
    if file.name.endswith(".py")
}
MENTION_COUNTS = {"record"}
"""The file that reads counts off the tables."""


def names(tree: ast.AST) -> set[str]:
    """Return every name, attribute, imported name and string of a module, but docstrings."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.arg):
            found.add(node.arg)
        elif isinstance(node, ast.alias):
            found |= {node.name, node.asname or node.name}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


def mechanisms_read(tree: ast.AST) -> set[str]:
    """Return the mechanisms that a module asks for by name."""
    return {
        call.args[0].value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id == "mechanism"
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
    }


def test_a_mechanism_is_read_where_the_table_says_and_nowhere_else() -> None:
    found = defaultdict(set)
    for rules, tree in RULES.items():
        for name in mechanisms_read(tree):
            found[name].add(rules)
    for name, entry in MECHANISMS.items():
        if entry.programme is not None:
            found[name] |= {"proposals", "administration"}
    assert found == {name: set(rules) for name, rules in ACTS_IN.items()}
    assert set(ACTS_IN) == set(MECHANISMS)


@pytest.mark.parametrize("rules", sorted(RULES.keys() - MENTION_COUNTS))
def test_no_rule_but_record_knows_of_counts_or_measures(rules: str) -> None:
    about_counts = {"counts", "measures", "COUNTS", "MEASURES", "sim.model.world.layout"}
    assert not names(RULES[rules]) & about_counts


def test_record_knows_of_no_lever() -> None:
    """What reads the counts sees agents and programmes, and neither doses nor instruments."""
    assert not names(RULES["record"]) & {"dose", "mean_dose", "mechanism", "reach"}
