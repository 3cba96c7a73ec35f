"""Write docs/api.md from the docstrings of what `sim` offers in Python.

``python docs/make_api.py`` prints the reference; ``--write`` puts it between the page's markers.
"""

import ast
import inspect
import re
import textwrap
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import written

import sim
from sim.called import Common
from sim.scenario import Scenario
from sim.spec.study_result import StudyResult
from sim.store import Result

FUNCTIONS = (
    "read_scenario",
    *("run", "compare", "rank", "sweep", "explain", "attribute", "study"),
    "load_result",
)
CLASSES = {Scenario: ("changed", "hash", "resolved"), Result: (), StudyResult: (), sim.Problem: ()}
"""What functions return and raise, and the methods told of; none named: all, and all fields."""
WIDTH = 100
"""Letters of a signature that stands on one line."""
PART = re.compile(r"^(Args|Returns|Raises):$", re.MULTILINE)
CODE = r"`\1`: "
ENTRY = re.compile(r"^(\*{0,2}\w+(?:, \w+)*): ")


def generated() -> str:
    """Return the generated part of the page."""
    return "\n\n".join(
        (
            *(
                part
                for name in FUNCTIONS
                for part in _function(getattr(sim, name), f"sim.{name}", 2)
            ),
            "## What all studies may be asked for",
            *_fields(Common),
            *(part for own in CLASSES.items() for part in _class(*own)),
        )
    )


def _tree(thing: Any) -> Any:
    """Return the source of a function or a class, which reads the same on every Python."""
    return ast.parse(textwrap.dedent(inspect.getsource(thing))).body[0]


def _function(function: Any, called: str, level: int) -> Iterator[str]:
    tree = _tree(function)
    returned = f" -> {_plain(tree.returns)}" if tree.returns is not None else ""
    yield f"{'#' * level} `{called}`"
    yield f"```text\n{_folded(called, list(_arguments(tree.args)))}{returned}\n```"
    yield from _told(ast.get_docstring(tree) or "")


def _plain(annotation: ast.expr | None) -> str:
    return "Any" if annotation is None else ast.unparse(annotation).strip("'")


def _arguments(told: ast.arguments) -> Iterator[str]:
    """Yield the arguments of a function, with types and defaults, but for ``self``."""
    usual: list[ast.expr | None] = [None] * (len(told.args) - len(told.defaults))
    for each, default in zip(told.args, [*usual, *told.defaults], strict=True):
        if each.arg != "self":
            yield _argument(each, default)
    if told.vararg is not None:
        yield f"*{_argument(told.vararg, None)}"
    elif told.kwonlyargs:
        yield "*"
    for each, default in zip(told.kwonlyargs, told.kw_defaults, strict=True):
        yield _argument(each, default)
    if told.kwarg is not None:
        yield f"**{_argument(told.kwarg, None)}"


def _argument(each: ast.arg, default: ast.expr | None) -> str:
    value = "" if default is None else f" = {ast.unparse(default)}".replace("'", '"')
    return f"{each.arg}: {_plain(each.annotation)}{value}"


def _folded(called: str, arguments: list[str]) -> str:
    """Return a signature on one line, or one argument a line if that is long."""
    line = f"{called}({', '.join(arguments)})"
    if len(line) <= WIDTH:
        return line
    return "\n    ".join([f"{called}(", *(f"{each}," for each in arguments)]) + "\n)"


def _told(docstring: str) -> Iterator[str]:
    """Yield a docstring as paragraphs, its arguments and what it returns and raises as lists."""
    text, *parts = PART.split(docstring)
    yield "\n\n".join(_sentence(each) for each in text.strip().split("\n\n"))
    for head, body in zip(parts[::2], parts[1::2], strict=True):
        lines = textwrap.dedent(body.strip("\n")).split("\n")
        entries: list[str] = []
        for line in lines:
            if line.startswith(" ") or not line or (entries and not ENTRY.match(line)):
                entries[-1] += f" {line.strip()}"
            else:
                entries.append(line)
        if head == "Returns":
            yield f"*Returns* {_inline(' '.join(entries)).strip()}"
            continue
        yield f"*{'Takes' if head == 'Args' else head}*"
        yield "\n".join(f"- {_inline(ENTRY.sub(CODE, each))}" for each in entries)


def _inline(text: str) -> str:
    """Return text with code marked as this page marks it."""
    return text.replace("``", "`")


def _fields(kind: Any) -> Iterator[str]:
    """Yield the fields of a class with what stands below each."""
    body = _tree(kind).body
    lines = [
        f"- `{field.target.id}: {_plain(field.annotation)}`: {_sentence(below.value.value)}"
        for field, below in pairwise(body)
        if isinstance(field, ast.AnnAssign)
        and isinstance(below, ast.Expr)
        and isinstance(field.target, ast.Name)
    ]
    if lines:
        yield "\n".join(lines)


def _sentence(text: str) -> str:
    return _inline(" ".join(text.split()))


def _class(kind: Any, methods: tuple[str, ...]) -> Iterator[str]:
    tree = _tree(kind)
    yield f"## `{kind.__name__}`"
    yield from _told(ast.get_docstring(tree) or "")
    if not methods:
        yield from _fields(kind)
    for each in tree.body:
        if not isinstance(each, ast.FunctionDef) or each.name.startswith("_"):
            continue
        if methods and each.name not in methods:
            continue
        called = f"{kind.__name__}.{each.name}"
        if any(
            isinstance(mark, ast.Name) and mark.id == "property" for mark in each.decorator_list
        ):
            yield f"### `{called}: {_plain(each.returns)}`"
            yield from _told(ast.get_docstring(each) or "")
        else:
            yield from _function(getattr(kind, each.name), called, 3)


if __name__ == "__main__":
    written.main("api", generated, __doc__)
