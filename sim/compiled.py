"""How the monthly rules are compiled, and where the machine code is kept between runs.

Two decorators. ``kernel`` marks the few functions that Python calls; their machine code is kept on
disk. ``helper`` marks everything that a kernel calls; its code is part of the kernel's.

Numba's own disk cache looks at one source file at a time: it misses an edit in a helper of another
module, does not know that numbers from data files are frozen into the code, and needs a writable
package. Here the kept code belongs to one digest of all that it can depend on (``model_hash``).
"""

import hashlib
import os
import pickle
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import cache, cached_property, update_wrapper
from pathlib import Path
from typing import Any, Final, ParamSpec, TypeVar, cast

import numba
from numba.core import config, types
from numba.core.caching import CompileResultCacheImpl, FunctionCache, _CacheLocator
from numba.core.compiler_lock import global_compiler_lock

from sim import city
from sim.language import Text
from sim.problems import Problem

HOME: Final = Path(__file__).resolve().parent
ABOVE_THE_MODEL: Final = frozenset(
    {
        "__main__",
        "adapter",
        "adding",
        "agents",
        "app",
        "cli",
        "estimate",
        "evidence",
        "experiments",
        "model",
        "order",
        "present",
        "proxies",
        "runner",
        "shipped",
        "spec",
        "space",
        "steering",
        "store",
        "studies",
        "text",
        "trace",
        "views",
    }
)
"""Rooms that no rule may import (the import check holds them to it), so they change no number.
What an installed package holds of scenarios is data of a run, not of the model."""
SOURCES: Final = frozenset({".csv", ".geojson", ".py", ".toml"})
KEPT: Final = 4
"""How many digests' code stays on disk: enough to go back and forth between a few versions."""
ABANDONED: Final = 600.0
"""Seconds after its last start at which a digest's code may go: nobody is about to read it."""

OPTIONS: Final[dict[str, Any]] = {
    "nogil": True,  # replicates run in threads
    "fastmath": False,  # the same bytes on every machine
    "error_model": "numpy",  # no exception path in every division
    "boundscheck": False,  # NUMBA_BOUNDSCHECK=1 switches it on to look for a mistake
}
SHORT_INTEGERS: Final = frozenset({types.int8, types.int16, types.int32, types.uint8, types.uint16})

Given = ParamSpec("Given")
Back = TypeVar("Back")


@cache
def model_hash() -> str:
    """Return the SHA-256 of every source and data file that a trajectory can depend on, in hex."""
    digest = hashlib.sha256()
    for name, path in _sources():
        content = path.read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _sources() -> Iterator[tuple[str, Path]]:
    """Yield the files that a trajectory can depend on, each with its name.

    Of the cities, only the one that runs are about counts, and of its pack only the numbers.
    """
    for path in sorted(HOME.rglob("*")):
        inner = path.relative_to(HOME)
        if path.suffix in SOURCES and Path(inner.parts[0]).stem not in (*ABOVE_THE_MODEL, "cities"):
            yield inner.as_posix(), path
    for name in city.NUMBERS:
        yield name, city.file(name)


@cache
def cache_folder() -> Path:
    """Return the folder of this digest's machine code; it exists and can be written to.

    The environment variable SIM_CACHE names the folder around it. By default that is the user's
    cache folder, or a temporary one where the user's cannot be written to.
    """
    name = model_hash()[:32] + ("-boundscheck" if config.BOUNDSCHECK else "")
    for base in _bases():
        folder = base / name
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            tempfile.TemporaryFile(dir=folder).close()
            os.utime(folder)
            _tidy(base, folder)
            return folder
    return Path(tempfile.mkdtemp(prefix="sim-"))


def _bases() -> Iterator[Path]:
    """Yield the folders to try, best first."""
    name = "shanghai-future-industry-sim"
    if chosen := os.environ.get("SIM_CACHE"):
        yield Path(chosen)
    if user_cache := os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA"):
        yield Path(user_cache) / name
    with suppress(RuntimeError):  # no home folder
        yield Path.home() / ".cache" / name
    user = os.getuid() if hasattr(os, "getuid") else "user"
    yield Path(tempfile.gettempdir()) / f"{name}-{user}"


def _tidy(base: Path, current: Path) -> None:
    """Delete the code of digests that nobody has just used, except the newest few."""
    digest_long = len(current.name.split("-")[0])
    others = [
        path
        for path in base.iterdir()
        if path.is_dir() and path != current and len(path.name.split("-")[0]) == digest_long
    ]
    others.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for path in others[KEPT - 1 :]:
        if time.time() - path.stat().st_mtime > ABANDONED:
            shutil.rmtree(path, ignore_errors=True)


class _Place(_CacheLocator):
    """Tells Numba which folder to keep code in, and for which digest."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self._name = function.__module__

    def get_cache_path(self) -> str:
        return str(cache_folder())

    def get_source_stamp(self) -> str:
        return model_hash()

    def get_disambiguator(self) -> str:
        return self._name

    def ensure_cache_path(self) -> None:
        """Do nothing: the folder exists."""

    @classmethod
    def from_function(cls, py_func: Callable[..., Any], py_file: str) -> "_Place":
        del py_file
        return cls(py_func)


class _Placed(CompileResultCacheImpl):
    _locator_classes = (_Place,)


class _KeptCode(FunctionCache):
    """Numba's disk cache, in our place; a damaged file or a full disk costs time, not the run."""

    _impl_class = _Placed

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        try:
            return super().load_overload(sig, target_context)
        except (OSError, EOFError, ValueError, LookupError, pickle.UnpicklingError):
            with suppress(OSError):
                self.flush()
            return None

    def save_overload(self, sig: Any, data: Any) -> None:
        with suppress(OSError):
            super().save_overload(sig, data)


class _Helper:
    """A function that compiled code calls, and that Python may call as well.

    Numba makes a compiled function callable from Python by code that takes long to compile, once
    for each version of each function. Here that is made only for those that Python does call.
    """

    def __init__(self, function: Callable[..., Any]) -> None:
        update_wrapper(self, function)
        self.py_func = function
        self.inner = _njit(function, no_cpython_wrapper=True, no_cfunc_wrapper=True)
        _widen(self.inner._compiler)
        # What Numba sees where a compiled function names this object.
        self._numba_type_ = types.Dispatcher(self.inner)

    @cached_property
    def _outer(self) -> Callable[..., Any]:
        compiled: Callable[..., Any] = _njit(self.py_func)
        return compiled

    def __call__(self, *given: Any) -> Any:
        """Call it from Python."""
        return self._outer(*given)


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


def _njit(function: Callable[..., Any], **more: Any) -> Any:
    """Return a function that Numba compiles when it is called.

    Raises:
        Problem: Numba was told to compile nothing, and rules run compiled only.
    """
    if config.DISABLE_JIT:
        expected = Text("not to be set: rules run compiled only", "不设置：规则只能编译后运行")
        hint = Text(
            "NUMBA_BOUNDSCHECK=1 finds indices out of range",
            "NUMBA_BOUNDSCHECK=1 可检查下标越界",
        )
        raise Problem("NUMBA_DISABLE_JIT", "", str(config.DISABLE_JIT), expected, hint)
    return numba.njit(**OPTIONS, **more)(function)


def helper(function: Callable[Given, Back]) -> Callable[Given, Back]:
    """Compile a function that kernels call.

    It is not kept by itself: a kernel's code holds all that the kernel calls. It is not inlined by
    Numba either: LLVM does that where it pays, while Numba would compile the body again for every
    call. Short and literal integers reach it as int64, so that one version serves all callers and
    arithmetic on them does not wrap round.
    """
    return cast(Callable[Given, Back], _Helper(function))


def inlined(function: Callable[Given, Back]) -> Callable[Given, Back]:
    """Compile a helper into the very loop that calls it, so that the loop can be vectorised.

    Only for the few short functions where that is measured to pay.
    """
    compiled: Callable[Given, Back] = _njit(function, inline="always")
    return compiled


def kernel(function: Callable[Given, Back]) -> Callable[Given, Back]:
    """Compile a function that Python calls, and keep its machine code between runs.

    Of several processes that call it for the first time together, one compiles and the others wait
    and read. Functions from outside the package are compiled, not kept: no digest covers them.
    """
    compiled = _njit(function)
    if not Path(function.__code__.co_filename).resolve().is_relative_to(HOME):
        return cast(Callable[Given, Back], compiled)
    compile_now = compiled.compile

    def compile_in_turn(signature: Any) -> Any:
        with compile_lock():
            return compile_now(signature)

    compiled._cache = _KeptCode(function)
    compiled.compile = compile_in_turn
    return cast(Callable[Given, Back], compiled)


@contextmanager
def compile_lock() -> Iterator[None]:
    """Keep other processes from compiling the same code; ``kernel`` does so by itself.

    A thread that is compiling already has its turn. Where files cannot be locked, nobody waits.
    """
    if global_compiler_lock.is_locked():
        yield
        return
    # Numba's own lock comes first, so that threads and processes cannot wait for each other.
    with global_compiler_lock, ExitStack() as stack:
        with suppress(OSError):
            file = stack.enter_context((cache_folder() / "lock").open("ab"))
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
