"""Processes and measures from files outside the package, and a schedule changed from outside.

Such a file is Python that this machine runs, when a month is to be run and not before
(``declared.py`` reads what it declares). It is told by the digest of its words, and holds all that
decides its numbers.
"""

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from threading import RLock
from traceback import walk_tb
from types import ModuleType
from typing import Any, Final

from sim.engine.declared import (
    ONE,
    WRITTEN_OUT,
    Changes,
    Own,
    OwnMeasure,
    declared,
    digest_of,
    text_of,
)
from sim.engine.measure import Measure, recording
from sim.engine.process import Process
from sim.engine.schedule import WHERE, Schedule
from sim.language import Text
from sim.problems import Problem, nearest
from sim.text.logs import Said

LOG: Final = logging.getLogger(__name__)
MODULE: Final = "sim_process_"
"""What the module of a file is called, before its digest: kept machine code looks it up by name."""
ELSEWHERE: Final = Text("expected.no_own_code")
_turn = RLock()


def load(own: Own) -> Process:
    """Run a file, once for all runs, and return the process in it.

    Raises:
        Problem: it must not be run here, has changed or is not there, fails, or has not one
            process.
    """
    found = _made_in(own, Process, "add")
    if len(found) != 1:
        raise Problem(own.path, "", ", ".join(each.name for each in found) or "—", ONE)
    made: Process = found[0]
    said = declared(own)
    for key in ("name", "reads", "writes", "scratch"):
        if getattr(made, key) != getattr(said, key):
            raise Problem(own.path, key, made.name, WRITTEN_OUT)
    return made


@cache
def load_measure(own: OwnMeasure, column: int) -> Process:
    """Run a file, once for all runs, and return what records the measure of that name in it.

    Raises:
        Problem: it must not be run here, has changed or is not there, fails, or has no such
            measure.
    """
    found = [each for each in _made_in(own, Measure, "measures") if each.name == own.name]
    if len(found) != 1:
        raise Problem(own.path, own.name, "—", WRITTEN_OUT)
    return recording(found[0], column)


def _made_in(own: Own | OwnMeasure, kind: type[Any], key: str) -> list[Any]:
    """Return what a file makes of a kind, after running it if nobody has."""
    if not own.path:
        raise Problem("processes", key, own.file, ELSEWHERE)
    name = MODULE + own.digest[:16]
    with _turn:
        if name not in sys.modules:
            _run(own, name)
        module = sys.modules[name]
    made = [each for each in vars(module).values() if isinstance(each, kind)]
    return [each for each in made if each.run.__module__ == name]  # not what it imports


def _run(own: Own | OwnMeasure, name: str) -> None:
    path = Path(own.path)
    if digest_of(path) != own.digest:
        expected = Text("expected.same_file")
        raise Problem(own.path, "", "other code", expected)
    LOG.info(Said("foreign", path=own.path, digest=own.digest))
    module = ModuleType(name)
    module.__file__ = own.path
    sys.modules[name] = module
    try:
        with blamed(own):
            exec(compile(text_of(path), own.path, "exec"), vars(module))
    except BaseException:
        del sys.modules[name]
        raise


@contextmanager
def blamed(own: Own | OwnMeasure) -> Iterator[None]:
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
        expected = Text("expected.code_that_runs")
        raise Problem(own.path, where, f"{type(error).__name__}: {error}", expected) from error


def _file(frame: object) -> str:
    found: str = frame.f_code.co_filename  # type: ignore[attr-defined]
    return found


@cache
def changed(schedule: Schedule, changes: Changes, column: int) -> Schedule:
    """Return the schedule as it is changed from outside, ready to be run.

    Args:
        schedule: as usual.
        changes: what is changed.
        column: of the first measure of one's own.

    Raises:
        Problem: there is no such process, a file cannot be used, or a declaration is broken.
    """
    if not any(changes):
        return schedule
    order = arranged(schedule, changes, load)
    measures = (load_measure(each, column + k) for k, each in enumerate(changes.measures))
    return replace(order, processes=(*order, *measures))


def owners(changes: Changes, column: int) -> dict[Process, Own | OwnMeasure]:
    """Return the processes and measures from files as a schedule has them, with where they are.

    Raises:
        Problem: a file cannot be used.
    """
    measures = {load_measure(each, column + k): each for k, each in enumerate(changes.measures)}
    return {**{load(each): each for each in changes.added}, **measures}


def arranged(schedule: Schedule, changes: Changes, take: Callable[[Own], Process]) -> Schedule:
    """Return the schedule with processes taken out and added.

    What is taken out is taken out last, so that one of one's own can stand in its place.

    Args:
        schedule: as usual.
        changes: what is changed.
        take: gives the process of a file: ``load``, or ``declared``, which runs nothing.

    Raises:
        Problem: there is no such process, a file cannot be used, or a declaration is broken.
    """
    for name in changes.without:
        if name not in schedule.names:
            raise _unknown(name, schedule.names)
    order = _with(list(schedule), [(own, take(own)) for own in changes.added])
    out = [each for each in schedule if each.name in changes.without]
    try:
        return replace(schedule, processes=tuple(each for each in order if each not in out))
    except Problem as problem:
        needed = next(each for each in order if each.name == problem.key).reads & schedule.monthly
        maker = next((each for each in out if each.writes & needed), None)
        if maker is None:
            raise
        name = maker.name
        hint = Text("hint.maker_out", name=name)
        raise Problem(WHERE, problem.key, problem.found, problem.expected, hint) from problem


def _with(order: list[Process], waiting: list[tuple[Own, Process]]) -> list[Process]:
    """Return an order with processes more; two after the same one stand as they are listed.

    Raises:
        Problem: one is after what there is not, or some are after each other in a circle.
    """
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
    return Problem(WHERE, "after", way, Text("expected.no_circle_of_processes"))


def _unknown(name: str, known: tuple[str, ...] | list[str]) -> Problem:
    close = nearest(name, known)
    listed = ", ".join(known)
    hint = Text("hint.did_you_mean", name=close) if close else None
    return Problem(WHERE, "", name, Text("expected.one_of_these", names=listed), hint)
