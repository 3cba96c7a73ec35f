"""A package of two rules in files, as the smallest thing that can be compiled, edited and kept."""

import sys
from importlib import import_module, invalidate_caches
from pathlib import Path
from types import ModuleType

ENTRY = """\
from typing import Any, NamedTuple
import numpy as np
from sim.engine import rule
from tiny.inner import FROZEN, bonus

class Tiny(NamedTuple):
    numbers: Any

    def tables(self):
        return self._asdict()

@rule
def total(world, p, n):
    \"\"\"Add up.\"\"\"
    found = 0
    for i in range(n):
        found += bonus(i)
    return found + FROZEN + world.numbers[0]
"""
INNER = """\
from sim.engine import rule

FROZEN = 100

@rule
def bonus(i):
    return i + 1
"""


def write(folder: Path) -> Path:
    """Write the package into a folder; return its own folder."""
    package = folder / "tiny"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "entry.py").write_text(ENTRY)
    (package / "inner.py").write_text(INNER)
    return package


def fresh() -> ModuleType:
    """Import the package as a new process would."""
    for loaded in [module for module in sys.modules if module.split(".")[0] == "tiny"]:
        del sys.modules[loaded]
    invalidate_caches()
    return import_module("tiny.entry")
