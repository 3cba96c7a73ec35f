"""What a Python file outside the package declares: it is read and not run.

So a scenario that names code of one's own can be listed, shown and checked, and its order of a
month is known, before any of that code runs.
"""

import ast
import hashlib
import json
import os
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from sim.engine.marks import rule
from sim.engine.process import Process, fields
from sim.language import Text
from sim.problems import Problem
from sim.tokens import words

IMPORTED: Final = ("__future__", "math", "numpy", "sim", "typing")
"""What a file may import: other files of one's own would decide numbers and be in no digest."""
COLUMN: Final = re.compile(r"[a-z][a-z0-9_]{0,59}")
"""Names that a measure of one's own may have: it becomes a column of tables."""
WRITTEN_OUT: Final = Text("expected.written_out")


class Own(NamedTuple):
    """A process from a file outside the package."""

    file: str
    """Name of the file."""
    after: str
    """Process after which it runs."""
    digest: str
    """SHA-256 of the file's words, in hexadecimal digits: comments and layout are not in it."""
    path: str = ""
    """Where the file is, to be run; empty where it is not to be run."""


class OwnMeasure(NamedTuple):
    """A measure from a file outside the package."""

    file: str
    digest: str
    name: str
    unit: str
    label: Text
    path: str = ""


class Changes(NamedTuple):
    """What is changed in the schedule from outside."""

    without: tuple[str, ...] = ()
    """Names of processes that are taken out, in the schedule's order."""
    added: tuple[Own, ...] = ()
    measures: tuple[OwnMeasure, ...] = ()
    """Recorded beside the model's, in this order."""


AS_USUAL: Final = Changes()


def described(path: Path, after: str) -> Own:
    """Return the process in a file.

    Raises:
        Problem: the file cannot be read, is no Python, imports what it may not, or declares not
            one process in words that can be read without running it.
    """
    tree, digest = _source(path)
    _process(tree, path)
    return Own(path.name, after, digest, str(path.resolve()))


def described_measures(path: Path) -> tuple[OwnMeasure, ...]:
    """Return the measures in a file, in its order.

    Raises:
        Problem: likewise.
    """
    tree, digest = _source(path)
    found = [_measure(told, path) for told in _declarations(tree, "measure")]
    if not found:
        expected = Text("expected.measures")
        raise Problem(str(path), "", "—", expected)
    return tuple(OwnMeasure(path.name, digest, *told, str(path.resolve())) for told in found)


def declared(own: Own) -> Process:
    """Return the process in a file as it is declared; it cannot be run.

    Raises:
        Problem: as ``described``.
    """
    path = Path(own.path)
    return _process(_source(path)[0], path)


def digest_of(path: Path) -> str:
    """Return the digest of a file's words.

    Raises:
        Problem: the file cannot be read, is no Python, or imports what it may not.
    """
    return _source(path)[1]


def text_of(path: Path) -> str:
    """Return the text of a file.

    Raises:
        Problem: it cannot be read.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        found = os.strerror(error.errno or 0)
        raise Problem(str(path), "", found, Text("expected.python_file")) from error
    except UnicodeDecodeError as error:
        raise Problem(str(path), "", str(error), Text("expected.utf8")) from error


def _source(path: Path) -> tuple[ast.Module, str]:
    """Return what a file says and the digest of its words."""
    text = text_of(path)
    try:
        tree = ast.parse(text)
        told = json.dumps(list(words(text)))
    except (SyntaxError, ValueError, RecursionError, tokenize.TokenError) as error:
        line, said = "", str(error)
        if isinstance(error, SyntaxError):
            line, said = f"line {error.lineno}", error.msg
        raise Problem(str(path), line, said, Text("expected.python")) from error
    for number, name in _imports(tree):
        if name.partition(".")[0] not in IMPORTED:
            allowed = ", ".join(IMPORTED)
            expected = Text("expected.imports_only", allowed=allowed)
            raise Problem(str(path), f"line {number}", f"import {name}", expected)
    return tree, hashlib.sha256(told.encode()).hexdigest()


def _imports(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield line and name of each module that is imported."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, each.name) for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, "." * node.level + (node.module or "")


def _declarations(tree: ast.Module, decorator: str) -> Iterator[dict[str, ast.expr]]:
    """Yield what each function under a decorator is declared with, by the argument's name."""
    for node in tree.body:
        for mark in getattr(node, "decorator_list", ()):
            if isinstance(mark, ast.Call) and _name(mark.func) == decorator:
                told = {each.arg or "": each.value for each in mark.keywords}
                yield {"name": mark.args[0], **told} if mark.args else told


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else getattr(node, "attr", "")


def _process(tree: ast.Module, path: Path) -> Process:
    found = list(_declarations(tree, "process"))
    if len(found) != 1:
        names = ", ".join(_text(each, "name", path) for each in found) or "—"
        raise Problem(str(path), "", names, ONE)
    (told,) = found
    reads, writes, scratch = (
        frozenset(fields(_texts(told, key, path))) for key in ("reads", "writes", "scratch")
    )
    return Process(_text(told, "name", path), _not_run, reads, writes, scratch)


ONE: Final = Text("expected.one_process")


@rule
def _not_run(world: Any, p: Any, month: int) -> None:
    """Stand in for what is not to be run."""
    del world, p, month
    raise AssertionError("only read, not to be run")


def _measure(told: dict[str, ast.expr], path: Path) -> tuple[str, str, Text]:
    """Return name, unit and label of a measure."""
    name = _text(told, "name", path)
    if not COLUMN.fullmatch(name):
        expected = Text("expected.small_name")
        raise Problem(str(path), f"line {told['name'].lineno}", name, expected)
    _texts(told, "reads", path)
    label = told.get("label")
    if label is None:
        return name, _text(told, "unit", path), Text(name, name)
    if not (isinstance(label, ast.Call) and _name(label.func) == "Text"):
        raise _unreadable(label, path)
    texts = dict(zip(Text._fields, label.args, strict=False))
    both = {**texts, **{each.arg or "": each.value for each in label.keywords}}
    return name, _text(told, "unit", path), Text(*(_text(both, key, path) for key in Text._fields))


def _text(told: dict[str, ast.expr], key: str, path: Path) -> str:
    if key not in told:
        raise Problem(str(path), key, "—", Text("expected.declared_key", key=key))
    found = _literal(told[key], path)
    if not isinstance(found, str) or not found.strip():
        raise _unreadable(told[key], path)
    return found


def _texts(told: dict[str, ast.expr], key: str, path: Path) -> list[str]:
    if key not in told:
        return []
    found = _literal(told[key], path)
    if not (isinstance(found, tuple | list) and all(isinstance(each, str) for each in found)):
        raise _unreadable(told[key], path)
    return list(found)


def _literal(node: ast.expr, path: Path) -> Any:
    try:
        return ast.literal_eval(node)
    except ValueError as error:
        raise _unreadable(node, path) from error


def _unreadable(node: ast.expr, path: Path) -> Problem:
    return Problem(str(path), f"line {node.lineno}", ast.unparse(node), WRITTEN_OUT)
