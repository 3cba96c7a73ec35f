"""Protects the direction in which modules know each other, by whatever way they are named.

import-linter sees imports between rooms. Here every module counts, also where only a type checker
imports it, and also where it is imported by its name in a text.
"""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "sim"


def modules() -> dict[str, Path]:
    """Return the package's modules, but for the one that names what `sim` offers."""
    found = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
        for path in PACKAGE.rglob("*.py")
    }
    del found["sim"]
    return found


def named(tree: ast.Module, known: dict[str, Path]) -> Iterator[str]:
    """Yield the modules that a module imports, whether as such or by name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            parts = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (part if part in known else node.module for part in parts)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
            yield from (str(each.value) for each in node.args[:1] if isinstance(each, ast.Constant))


def test_no_modules_import_each_other_in_a_circle() -> None:
    known = modules()
    graph = {
        name: {
            other
            for other in named(ast.parse(path.read_text(encoding="utf-8")), known)
            if other in known and other != name
        }
        for name, path in known.items()
    }
    TopologicalSorter(graph).prepare()  # raises CycleError, which tells the circle
