"""The folder in which what takes long to work out is kept between runs: machine code, digests."""

import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

KEPT: Final = 96
"""How many things stay on disk, most of them functions' code: enough for a few versions."""
ABANDONED: Final = 600.0
"""Seconds after its last use at which a thing may go: nobody is about to read it."""
OURS: Final = re.compile(r"\w+-[0-9a-f]{32}")
"""Names of the folders of things: a word, and what the thing rests on."""
TEXT: Final = "text"
"""The file of a text that is kept."""


@cache
def base() -> Path:
    """Return the folder that things are kept in; it exists and can be written to.

    The environment variable SIM_CACHE names it. By default it is the user's cache folder, or a
    temporary one where the user's cannot be written to.
    """
    for place in _bases():
        with suppress(OSError):
            place.mkdir(parents=True, exist_ok=True)
            tempfile.TemporaryFile(dir=place).close()
            _tidy(place)
            return place
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


def _tidy(place: Path) -> None:
    """Delete what nobody has just used, except the newest; leave alone what is not ours."""
    with suppress(OSError):
        ours = (path for path in place.iterdir() if OURS.fullmatch(path.name))
        kept = sorted(ours, key=lambda path: path.stat().st_mtime, reverse=True)
        for path in kept[KEPT:]:
            if time.time() - path.stat().st_mtime > ABANDONED:
                shutil.rmtree(path, ignore_errors=True)


def text_of(kind: str, rests_on: str, work_out: Callable[[], str]) -> str:
    """Return a text that takes a while to work out: as it was kept, if it was.

    Args:
        kind: a word for what it is.
        rests_on: all that it follows from.
        work_out: does so where nothing is kept; damaged files cost time and no more.
    """
    key = sha256(rests_on.encode()).hexdigest()
    file = base() / f"{kind}-{key[:32]}" / TEXT
    with suppress(OSError, ValueError):
        seal, _, text = file.read_text(encoding="utf-8").partition("\n")
        if seal == _seal(key, text):
            os.utime(file.parent)
            return text
    text = work_out()
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{_seal(key, text)}\n{text}", encoding="utf-8")
    return text


def _seal(key: str, text: str) -> str:
    return sha256(f"{key}\n{text}".encode()).hexdigest()
