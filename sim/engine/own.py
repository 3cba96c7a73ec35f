"""Processes from files outside the package, and a schedule that is changed from outside.

Such a file is Python that this machine runs. It is told by the digest of its words, and holds all
that decides its numbers: it imports nothing but this package and a few libraries.
"""

import ast
import hashlib
import json
import os
import sys
import tokenize
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import RLock
from traceback import walk_tb
from types import ModuleType
from typing import Final, NamedTuple

from sim.engine.process import Process
from sim.engine.schedule import WHERE, Schedule
from sim.language import Text
from sim.problems import Problem, nearest
from sim.tokens import words

IMPORTED: Final = ("__future__", "math", "numpy", "sim", "typing")
"""What a file may import: other files of one's own would decide numbers and be in no digest."""
MODULE: Final = "sim_process_"
"""What the module of a file is called, before its digest: kept machine code looks it up by name."""
ELSEWHERE: Final = Text(
    "a scenario without code of its own: only the command line and Python run processes from files,"
    " on the machine where the files are",
    "不含自有代码的情景：只有文件所在机器上的命令行与 Python 才运行文件中的过程",
)
_turn = RLock()


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


class Changes(NamedTuple):
    """What is changed in the schedule from outside."""

    without: tuple[str, ...] = ()
    """Names of processes that are taken out, in the schedule's order."""
    added: tuple[Own, ...] = ()


AS_USUAL: Final = Changes()


def described(path: Path, after: str) -> Own:
    """Return the process in a file, which is read but not run.

    Raises:
        Problem: the file cannot be read, is no Python, or imports what it may not.
    """
    text = _text(path)
    try:
        tree = ast.parse(text)
        told = json.dumps(list(words(text)))
    except (SyntaxError, ValueError, RecursionError, tokenize.TokenError) as error:
        line, said = "", str(error)
        if isinstance(error, SyntaxError):
            line, said = f"line {error.lineno}", error.msg
        raise Problem(str(path), line, said, Text("Python", "Python 代码")) from error
    for number, name in _imports(tree):
        if name.partition(".")[0] not in IMPORTED:
            allowed = ", ".join(IMPORTED)
            expected = Text(
                f"imports of {allowed} only: what decides the numbers is in this one file",
                f"只导入 {allowed}：决定结果的代码都在这一个文件里",
            )
            raise Problem(str(path), f"line {number}", f"import {name}", expected)
    digest = hashlib.sha256(told.encode()).hexdigest()
    return Own(path.name, after, digest, str(path.resolve()))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        found = os.strerror(error.errno or 0)
        raise Problem(str(path), "", found, Text("a Python file", "Python 文件")) from error
    except UnicodeDecodeError as error:
        raise Problem(str(path), "", str(error), Text("text in UTF-8", "UTF-8 文本")) from error


def _imports(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield line and name of each module that is imported."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, each.name) for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, "." * node.level + (node.module or "")


def load(own: Own) -> Process:
    """Run a file, once for all runs, and return the process in it.

    Raises:
        Problem: it must not be run here, has changed or is not there, fails, or has not one
            process.
    """
    if not own.path:
        raise Problem("processes", "add", own.file, ELSEWHERE)
    name = MODULE + own.digest[:16]
    with _turn:
        if name not in sys.modules:
            _run(own, name)
        module = sys.modules[name]
    found = [
        each
        for each in vars(module).values()
        if isinstance(each, Process) and each.mark.function.__module__ == name
    ]
    if len(found) != 1:
        expected = Text("one function under @process(...)", "一个带 @process(...) 的函数")
        raise Problem(own.path, "", ", ".join(each.name for each in found) or "—", expected)
    return found[0]


def _run(own: Own, name: str) -> None:
    path = Path(own.path)
    if described(path, own.after).digest != own.digest:
        expected = Text("the file as the scenario was read with", "与读取情景时相同的文件")
        raise Problem(own.path, "", "other code", expected)
    module = ModuleType(name)
    module.__file__ = own.path
    sys.modules[name] = module
    try:
        with blamed(own):
            exec(compile(_text(path), own.path, "exec"), vars(module))
    except BaseException:
        del sys.modules[name]
        raise


@contextmanager
def blamed(own: Own) -> Iterator[None]:
    """Say of what goes wrong meanwhile that it is in this file.

    Raises:
        Problem: something did.
    """
    try:
        yield
    except Problem as problem:
        raise Problem(own.path, problem.key, problem.found, problem.expected) from problem
    except (Exception, SystemExit) as error:
        lines = [at for frame, at in walk_tb(error.__traceback__) if _file(frame) == own.path]
        where = f"line {lines[-1]}" if lines else ""
        expected = Text("code that runs", "可以运行的代码")
        raise Problem(own.path, where, f"{type(error).__name__}: {error}", expected) from error


def _file(frame: object) -> str:
    found: str = frame.f_code.co_filename  # type: ignore[attr-defined]
    return found


@cache
def changed(schedule: Schedule, changes: Changes) -> Schedule:
    """Return the schedule as it is changed from outside.

    What is taken out is taken out last, so that one of one's own can stand in its place.

    Raises:
        Problem: there is no such process, a file cannot be used, or a declaration is broken.
    """
    if not any(changes):
        return schedule
    for name in changes.without:
        if name not in schedule.names:
            raise _unknown(name, schedule.names)
    order = _with(list(schedule), changes.added)
    out = [each for each in schedule if each.name in changes.without]
    try:
        return Schedule(tuple(each for each in order if each not in out), schedule.monthly)
    except Problem as problem:
        needed = next(each for each in order if each.name == problem.key).reads & schedule.monthly
        maker = next((each for each in out if each.writes & needed), None)
        if maker is None:
            raise
        name = maker.name
        hint = Text(f"{name!r}, which makes it, is taken out", f"产生它的 {name!r} 已被去掉")
        raise Problem(WHERE, problem.key, problem.found, problem.expected, hint) from problem


def _with(order: list[Process], added: tuple[Own, ...]) -> list[Process]:
    """Return an order with processes more; two after the same one stand as they are listed.

    Raises:
        Problem: one is after what there is not, or some are after each other in a circle.
    """
    waiting = [(own, load(own)) for own in added]
    while waiting:
        names = [each.name for each in order]
        due = [pair for pair in waiting if pair[0].after in names]
        if not due:
            raise _nowhere(waiting, names)
        for own, process in reversed(due):
            order.insert([each.name for each in order].index(own.after) + 1, process)
        waiting = [pair for pair in waiting if pair not in due]
    return order


def _nowhere(waiting: list[tuple[Own, Process]], names: list[str]) -> Problem:
    """Return what is wrong with processes none of which is after one that is there."""
    known = [*names, *(process.name for _, process in waiting)]
    for own, _ in waiting:
        if own.after not in known:
            return _unknown(own.after, known)
    way = ", ".join(f"{process.name} after {own.after}" for own, process in waiting)
    return Problem(WHERE, "after", way, Text("no circle of processes", "过程的先后不构成循环"))


def _unknown(name: str, known: tuple[str, ...] | list[str]) -> Problem:
    close = nearest(name, known)
    listed = ", ".join(known)
    hint = Text(f"Did you mean {close}?", f"是否想写 {close}？") if close else None
    return Problem(WHERE, "", name, Text(f"one of {listed}", f"下列之一：{listed}"), hint)
