"""How rules are compiled, and where their machine code is kept between runs.

Each process is compiled by itself, with all rules that it reaches, into a C function that takes
addresses. Its code is kept in a folder named by the digest of all that it rests on, so that an edit
compiles what it concerns and nothing else, and no stale code is ever read.
"""

import logging
import os
import re
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import FunctionType
from typing import Any, Final

import numba
from numba import types
from numba.core.errors import NumbaError

from sim.engine import view
from sim.engine.closure import digest, named
from sim.engine.kept import base
from sim.engine.marks import Mark, mark_of
from sim.engine.spread import NONE, ROWS, Paths
from sim.language import Text
from sim.problems import Problem
from sim.text.logs import Said

LOG: Final = logging.getLogger(__name__)
OPTIONS: Final[dict[str, Any]] = {
    "nogil": True,  # replicates run in threads
    "fastmath": False,  # the same bytes on every machine
    "error_model": "numpy",  # no exception path in every division
    "boundscheck": False,  # the checked mode looks at every index
    "_nrt": False,  # rules allocate nothing, so no references are counted
}
PLACE: Final = re.compile(
    r'^File "(?P<file>.+)", line (?P<line>\d+)|^During: .* at (?P<met>.+) \((?P<number>\d+)\)$'
)
"""How Numba says where an error is, in the source or in what it makes of it."""
NEEDS_MEMORY: Final = "NRT required but not enabled"
ALLOCATES: Final = "what takes memory: an array made anew, or one part of an array set to another"
SHORT_INTEGERS: Final = frozenset({types.int8, types.int16, types.int32, types.uint8, types.uint16})

_turn = threading.Lock()
_dispatchers: dict[FunctionType, Any] = {}
"""The rules that this process has compiled or is compiling, for all processes that reach them."""


def dispatcher_of(mark: Mark) -> Any:
    """Return what compiled code calls for a rule, with all rules that it names compiled too."""
    if mark.function not in _dispatchers:
        inner = {
            name: dispatcher_of(found)
            for name, value in named(mark.function)
            if (found := mark_of(value)) is not None
        }
        _dispatchers[mark.function] = _compiled(_with(mark.function, inner), mark.inlined)
    return _dispatchers[mark.function]


def _with(function: FunctionType, names: dict[str, Any]) -> FunctionType:
    """Return a function that sees other things under some global names."""
    found = FunctionType(
        function.__code__,
        {**function.__globals__, **names},
        function.__name__,
        function.__defaults__,
        function.__closure__,
    )
    found.__module__, found.__qualname__ = function.__module__, function.__qualname__
    return found


def _compiled(function: FunctionType, inline: bool = False) -> Any:
    """Return a function for compiled code only: Python cannot call it, which saves compiling."""
    if inline:
        return numba.njit(**OPTIONS, inline="always")(function)
    made = numba.njit(
        **OPTIONS,
        no_cpython_wrapper=True,
        no_cfunc_wrapper=True,
        **_only_linked(),
    )(function)
    with suppress(AttributeError):  # without Numba's private part there are more versions, no more
        _widen(made._compiler)
    return made


def _only_linked() -> dict[str, Any]:
    """Return the option by which a rule gets no machine code of its own."""
    with suppress(ImportError):  # without Numba's private part it takes longer, no more
        from sim.engine.link import Pipeline

        return {"pipeline_class": Pipeline}
    return {}


def _widen(compiler: Any) -> None:
    """Let a compiler take short and literal integers as int64."""
    fold = compiler.fold_argument_types

    def fold_widened(by_place: Any, by_name: Any) -> tuple[Any, tuple[Any, ...]]:
        signature, kinds = fold(by_place, by_name)
        return signature, tuple(map(_widened, kinds))

    compiler.fold_argument_types = fold_widened


def _widened(kind: Any) -> Any:
    kind = types.unliteral(kind)
    return types.int64 if kind in SHORT_INTEGERS else kind


ENTRY: Final = """\
def entry(context_address, {names}):
    world = view(context_address)
    {back}rule(world, world.parameters[0], {names})
"""
DRIVER: Final = """\
def entry(context_address, address_list, number, until):
    world = view(context_address)
    while ready(world, until):
        month = month_of(world)
        for k in range(number):
            call(address_list, k, context_address, month)
        turn(world)
"""


class Layout:
    """How the tables of a world lie, and the compiled functions for worlds that lie so."""

    def __init__(
        self, told: view.Layout, groups: dict[str, type[Any]], spread: Paths = NONE
    ) -> None:
        """Describe tables.

        Args:
            told: path, type and dimensions of each table.
            groups: named tuples that hold some of them.
            spread: paths of those whose blocks of rows are turned.
        """
        lie = told, tuple(groups), sorted(spread), ROWS, numba.__version__
        self._digest = sha256(repr(lie).encode()).hexdigest()
        self._view = cache(lambda: view.maker(view.view_type(told, tuple(groups), spread)))
        self.entry = cache(self._entry)
        self.driver = cache(self._driver)

    def _entry(self, mark: Mark, kinds: tuple[type, ...], back: type | None) -> Any:
        """Return the C function of a rule that takes world, parameters and some numbers.

        Args:
            mark: of the rule.
            kinds: of the numbers, int or float.
            back: kind of what it returns, None for nothing.
        """
        names = ", ".join(f"given{k}" for k in range(len(kinds)))
        text = ENTRY.format(names=names, back="return " if back else "")
        signature = _number(back)(types.int64, *map(_number, kinds))
        rule = mark.function
        return self._kept(rule.__name__, text, digest(mark), signature, {"rule": mark})

    def _driver(self, ready: Mark, month_of: Mark, turn: Mark) -> Any:
        """Return the C function that runs processes, given by address, month by month."""
        together = digest(ready) + digest(month_of) + digest(turn)
        signature = types.void(types.int64, types.int64, types.int64, types.int64)
        rules = {"ready": ready, "month_of": month_of, "turn": turn}
        return self._kept("months", DRIVER, together, signature, rules)

    def _kept(self, name: str, text: str, told: str, signature: Any, rules: dict[str, Mark]) -> Any:
        """Compile a C function, or read it where its code is kept."""
        key = sha256("\0".join([text, told, self._digest, str(signature)]).encode()).hexdigest()
        # Code that was compiled at different times must not share a name within one process.
        unique = f"{name}_{key[:16]}"
        text = text.replace("entry", unique, 1)
        folder = f"{name}-{key[:32]}"
        with compile_lock(folder):
            source = _source(folder, text)
            known: dict[str, Any] = {
                "__name__": __name__,  # kept code looks its module up by name
                "call": view.call,
                "view": self._view(),
                **{name: dispatcher_of(mark) for name, mark in rules.items()},
            }
            exec(compile(text, str(source), "exec"), known)
            began = time.perf_counter()
            made = _c_function(known[unique], signature, source)
            took = f"{time.perf_counter() - began:.2f}"
            LOG.info(Said("code_read" if made.cache_hits else "compiled", name=name, seconds=took))
            return made


def _c_function(function: FunctionType, signature: Any, source: Path | None) -> Any:
    """Compile a function with a C signature; damaged files and full disks cost time, not the run.

    Args:
        function: with a body of its own.
        signature: Numba's.
        source: beside which the code is kept; None to keep nothing.

    Raises:
        Problem: a rule does what compiled code cannot.
    """
    before = numba.config.CACHE_DIR
    numba.config.CACHE_DIR = str(source.parent) if source else before
    try:
        for kept in (True, True, False) if source else (False,):
            try:
                return numba.cfunc(signature, cache=kept, **OPTIONS)(function)
            except NumbaError as error:
                expected = Text("expected.compilable")
                raise Problem(*_where(error), expected) from error
            except Exception:
                if not kept or source is None:
                    raise
                for path in source.parent.glob("**/*.nb?"):
                    with suppress(OSError):
                        path.unlink()
        raise AssertionError("the last try returns or raises")
    finally:
        numba.config.CACHE_DIR = before


def _where(error: NumbaError) -> tuple[str, str, str]:
    """Return file, line and words of what Numba says of the innermost rule that fails."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    said = [line for line in lines if not line.startswith(("Failed in", "During:", "File ", "["))]
    at = next((found for line in lines if (found := PLACE.search(line))), None)
    file, line = (at["file"] or at["met"], at["line"] or at["number"]) if at else ("", "")
    return file, line, ALLOCATES if said[0] == NEEDS_MEMORY else said[0]


def _number(kind: type | None) -> Any:
    numbers: dict[type | None, Any] = {int: types.int64, float: types.float64, None: types.void}
    return numbers[kind]


def _source(folder: str, text: str) -> Path | None:
    """Return the source beside which a function's code is kept, used now; None if it cannot be."""
    source = base() / folder / "entry.py"
    with suppress(OSError):
        source.parent.mkdir(parents=True, exist_ok=True)
        os.utime(source.parent)
        if not source.exists():  # Numba keeps code with the time of its source
            source.write_text(text, encoding="utf-8")
        return source
    return None


@contextmanager
def compile_lock(folder: str) -> Iterator[None]:
    """Let one process compile a function at a time; the others wait and read what it keeps.

    Those that compile another go on. Where files cannot be locked, nobody waits for other
    processes; threads of one process always take turns.

    Args:
        folder: in which the function's code is kept.
    """
    with _turn, ExitStack() as stack:
        with suppress(OSError):
            (base() / folder).mkdir(parents=True, exist_ok=True)
            file = stack.enter_context((base() / folder / "lock").open("ab"))
            _lock(file.fileno())
        yield  # closing the file opens the lock, even if this process dies


def _lock(descriptor: int) -> None:
    """Wait until no other process holds the lock, then hold it.

    Raises:
        OSError: files cannot be locked here, as on some network folders.
    """
    with suppress(ImportError):  # Windows has no such module; each process compiles for itself
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX)
