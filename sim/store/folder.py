"""Folders that appear whole or not at all."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import TemporaryFile

from sim.problems import Problem
from sim.store.left_behind import clear_left, draft_of, make_held
from sim.store.unfinished import undone
from sim.text.catalogue import worded

RESULTS = Path("results")
"""Where results appear by default."""
WRITABLE = worded("expected.writable_result")
FREE = worded("expected.free_folder")
NOWHERE = worded("hint.link_leads_nowhere")
LONGEST = 200
"""Bytes of a name that the system surely takes, with what is added to it."""
ELSEWHERE = worded("hint.other_out")
HINTS = {
    errno.ENOSPC: worded("hint.free_space_or_out"),
    errno.EACCES: ELSEWHERE,
    errno.EROFS: ELSEWHERE,
}
TAKEN = frozenset({errno.EEXIST, errno.ENOTEMPTY})


def check_free(folder: Path) -> None:
    """Make sure that a folder can become a result without touching what is there.

    Raises:
        Problem: it exists and is not an empty folder, leads nowhere, or cannot be made.
    """
    with writing(folder):
        if folder.is_symlink() and not folder.exists():
            found = f"{folder} -> {folder.readlink()}"
            raise Problem("--out", "", found, FREE, NOWHERE)
        if folder.exists() and not _is_empty(folder):
            names = f" ({', '.join(_first_names(folder))})" if folder.is_dir() else ""
            raise Problem("--out", "", f"{folder}{names}", FREE)
    check_writable(folder.parent)


def check_writable(parent: Path) -> None:
    """Make sure that something can be written into a folder: found out before a run, not after it.

    Raises:
        Problem: it cannot.
    """
    there = next(each for each in (parent.absolute(), *parent.absolute().parents) if each.exists())
    with writing(there):
        try:
            TemporaryFile(dir=there).close()
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(there)) from error


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn what the file system refuses into a problem that names the file.

    Raises:
        Problem: the body of the ``with`` statement raised ``OSError``.
    """
    try:
        yield
    except OSError as error:
        where = error.filename if isinstance(error.filename, str) else str(path)
        found = os.strerror(error.errno) if error.errno else str(error)
        hint = HINTS.get(error.errno or 0)
        raise Problem(where=where, key="", found=found, expected=WRITABLE, hint=hint) from error


@dataclass(frozen=True)
class Draft:
    """A folder being filled under a temporary name, beside the place where it is to appear."""

    path: Path

    def settle(self, name: str) -> Path:
        """Rename the draft and return the final folder.

        A name that is taken stays as it is: the result then appears as name-2, name-3 and so on.

        Raises:
            Problem: the file system refuses.
        """
        wanted = self.path.with_name(_fitting(name))
        with writing(wanted):
            return next(place for place in numbered(wanted) if self._moved_to(place))

    def _moved_to(self, place: Path) -> bool:
        if place.exists() and not _is_empty(place):
            return False
        try:
            if place.exists():
                place.rmdir()
            self.path.rename(place)
        except OSError as error:
            # Another run may have taken the place between the look and the move.
            if error.errno in TAKEN:
                return False
            raise
        return True


@contextmanager
def draft(parent: Path, name: str) -> Iterator[Draft]:
    """Make a draft folder; whatever is left of it at the end of the block is removed.

    Only `Draft.settle` keeps it, so a failure or Ctrl-C leaves nothing behind, not even the
    parent folders that were made for it. What a killed process left of the same name goes as well.

    Args:
        parent: folder in which the result is to appear.
        name: what the draft's own name starts with.

    Raises:
        Problem: the folder cannot be made.
    """
    new_parents = [folder for folder in (parent, *parent.parents) if not folder.exists()]
    # Named before it is made: an interrupt at any moment finds something to clear away.
    path = parent / draft_of(_fitting(name))

    def clear() -> None:
        shutil.rmtree(path, ignore_errors=True)
        for folder in new_parents:
            with suppress(OSError):
                folder.rmdir()

    with undone(clear), ExitStack() as held:
        with writing(parent):
            parent.mkdir(parents=True, exist_ok=True)
            clear_left(parent, _fitting(name))
            if (lock := _make(path)) is not None:
                held.callback(os.close, lock)
        yield Draft(path)
        clear()


def _make(path: Path) -> int | None:
    try:
        return make_held(path)
    except OSError as error:
        # The user asked for the folder, not for a draft in it.
        raise OSError(error.errno, error.strerror, str(path.parent)) from error


def _fitting(name: str) -> str:
    """Return a name with its middle left out if the system may refuse it as too long."""
    content = name.encode("utf-8", "surrogateescape")
    if len(content) <= LONGEST:
        return name
    start, end = content[: LONGEST // 2], content[-LONGEST // 2 + len("…".encode()) :]
    return f"{start.decode('utf-8', 'ignore')}…{end.decode('utf-8', 'ignore')}"


def numbered(path: Path) -> Iterator[Path]:
    """Yield a path, then the same with -2, -3 and so on added to its name, without end."""
    yield path
    for number in count(2):
        yield path.with_name(f"{path.name}-{number}")


def _is_empty(path: Path) -> bool:
    return path.is_dir() and not any(path.iterdir())


def _first_names(folder: Path, most: int = 3) -> list[str]:
    names = sorted(entry.name for entry in folder.iterdir())
    return names[:most] + ["..."] * (len(names) > most)
