"""All that a rule's behaviour rests on: the rules that it reaches, and the constants they name."""

import hashlib
from collections.abc import Iterator
from dis import get_instructions
from functools import cache
from types import CodeType, FunctionType, ModuleType
from typing import Any

import numpy as np

from sim.engine.marks import Mark, mark_of


def named(function: FunctionType) -> Iterator[tuple[str, Any]]:
    """Yield the globals that a function names, and what it names of modules, with their values.

    Raises:
        TypeError: it names a rule as an attribute of a module, which compiled code cannot call.
    """
    for name, attribute in _names(function.__code__):
        value = function.__globals__.get(name, function)
        if value is function:
            continue  # a builtin
        if attribute and isinstance(value, ModuleType):
            inner = getattr(value, attribute)
            if mark_of(inner) is not None:
                raise TypeError(f"{function.__module__}: import {attribute!r} by name")
            yield f"{name}.{attribute}", inner
        elif not isinstance(value, ModuleType):
            yield name, value


@cache
def _names(code: CodeType) -> tuple[tuple[str, str], ...]:
    """Return the globals that code loads, each with the attribute that it loads of it, if any."""
    found: dict[tuple[str, str], None] = {}
    last = ""
    for step in get_instructions(code):
        if step.opname in ("LOAD_ATTR", "LOAD_METHOD") and last:
            found[last, step.argval] = None
        elif last:
            found[last, ""] = None
        last = step.argval if step.opname in ("LOAD_GLOBAL", "LOAD_NAME") else ""
    inner = [_names(each) for each in code.co_consts if isinstance(each, CodeType)]
    return tuple(dict.fromkeys([*found, *(name for names in inner for name in names)]))


def digest(mark: Mark) -> str:
    """Return a digest of a rule's code, of all rules that it reaches, and of their constants.

    It is of bytecode, so it holds for one version of Python: compiled code is kept by it. Comments,
    docstrings and line numbers are not in it.
    """
    found = hashlib.sha256()
    for function in reached(mark):
        found.update(repr((function.__name__, _told(function.__code__, function.__doc__))).encode())
        for name, value in sorted(named(function), key=lambda pair: pair[0]):
            if mark_of(value) is None:
                found.update(f"{name}={_constant(value)}\0".encode())
    return found.hexdigest()


def reached(mark: Mark) -> list[FunctionType]:
    """Return a rule's function and those of all rules that it reaches, each once."""
    found: dict[FunctionType, None] = {}
    waiting = [mark]
    while waiting:
        function = waiting.pop().function
        if function not in found:
            found[function] = None
            inner = (mark_of(value) for _, value in named(function))
            waiting += [each for each in inner if each is not None]
    return list(found)


def _told(code: CodeType, docstring: str | None) -> tuple[Any, ...]:
    """Return what a code object does, without its docstring, in plain values."""
    constants = [each for each in code.co_consts if each != docstring]
    values = [_told(each, None) if isinstance(each, CodeType) else repr(each) for each in constants]
    return code.co_code, values, code.co_names, code.co_varnames, code.co_freevars


def _constant(value: Any) -> str:
    if isinstance(value, np.ndarray):
        return f"{value.dtype}{value.shape}{hashlib.sha256(value.tobytes()).hexdigest()}"
    if isinstance(value, (bool, int, float, str, tuple, frozenset, type(None), np.generic)):
        return repr(value)
    return getattr(value, "__qualname__", type(value).__qualname__)  # a class, a builtin
