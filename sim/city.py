"""The city that a process is about, and where its pack is.

A pack is a folder of data files that say what a city wrote and measured: its plan, places and map,
the model's numbers, public figures, known facts and the posterior, and no code. How many clusters,
districts, instruments and counts there are is frozen into tables and compiled rules; so a process
is about one city, chosen before anything reads a pack, and another is refused.
"""

import os
import re
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from sim.language import Text
from sim.problems import Problem
from sim.text.catalogue import worded
from sim.toml_tables import NOTHING, Table, read

CITIES: Final = Path(__file__).resolve().parent / "cities"
"""The folder of the packs that come with the program."""
SHIPPED: Final = "shanghai"
"""The pack that is meant where none is named."""
VARIABLE: Final = "SIM_CITY"
"""Environment variable that names the city."""

CITY: Final = "city.toml"
NUMBERS: Final = (
    *(CITY, "goals.toml", "clusters.toml", "places.toml", "plans.toml", "safeguards.toml"),
    *("sentences.toml", "parameters.csv", "figures.csv", "map/cells_1km.csv"),
)
"""Files that a trajectory can depend on."""
NEEDED: Final = (*NUMBERS, "map/districts.geojson")
"""Files that no pack can do without."""


_WINS = [VARIABLE in os.environ]
"""Whether a person named the city outside of any file: no file that names another is then heard."""

_CHOSEN: list[Path] = []
"""The pack that an option or a file has chosen."""


def choose(asked: str, where: str, nearby: Path | None = None, *, wins: bool = False) -> None:
    """Let this process, and those that it starts, be about a city.

    Args:
        asked: a folder, or the name of a pack that comes with the program.
        where: option or file that asks, for the message if it cannot be.
        nearby: folder that a path is relative to; by default the one where the user is.
        wins: whether files that name another city are not heard from now on.

    Raises:
        Problem: there is no such pack, files are missing in it, or this process is about another.
    """
    wanted = find(asked, where, nearby)
    taken = [folder()] if folder.cache_info().currsize else _CHOSEN
    if (other := taken[0] if taken else wanted) != wanted:
        expected = worded("expected.same_city", name=other.name)
        raise Problem(where, "", asked, expected, worded("hint.other_process", name=wanted.name))
    if wins or wanted != CITIES / SHIPPED:
        # What is meant where nothing is said need not be told to the processes started from here,
        # which may be of another copy of the program with a Shanghai of its own.
        os.environ[VARIABLE] = str(wanted)
    _CHOSEN[:] = [wanted]
    _WINS[0] = _WINS[0] or wins


def heard(asked: str, where: str, nearby: Path) -> None:
    """Make sure that a file is about the city of this process, unless a person named that.

    Raises:
        Problem: it is about another.
    """
    if not _WINS[0]:
        folder()
        choose(asked, where, nearby)


def find(asked: str, where: str, nearby: Path | None = None) -> Path:
    """Return the folder of a pack.

    Raises:
        Problem: it is none, or lacks a file.
    """
    packs = (place / asked for place in (nearby or Path(), CITIES))
    found = next((pack for pack in packs if pack.is_dir()), None)
    if found is None:
        shipped = ", ".join(sorted(pack.name for pack in CITIES.iterdir()))
        raise Problem(where, "", asked, worded("expected.city_folder", shipped=shipped))
    for name in NEEDED:
        if not (found / name).is_file():
            expected = worded("expected.file_of_every_city")
            raise Problem(str(found), name, NOTHING, expected, worded("hint.how_to_write_city"))
    return found.resolve()


def same(name: object, where: str, key: str) -> None:
    """Make sure that a result is of the city of this process.

    Args:
        name: the folder's name, as the result has it.
        where: file that says so, for the message.
        key: name within that file.

    Raises:
        Problem: it is of another city.
    """
    own = folder().name
    if name != own:
        expected = worded("expected.city_of_process", folder=own)
        raise Problem(where, key, repr(name), expected, worded("hint.city_chooses"))


@cache
def folder() -> Path:
    """Return the folder of the pack of this process's city, which is from now on the only one.

    Raises:
        Problem: the environment names a folder that is no pack.
    """
    return find(os.environ.get(VARIABLE) or SHIPPED, VARIABLE)


def comes_along() -> bool:
    """Return whether the pack comes with the program, so that a user does not write into it."""
    return folder().parent == CITIES


def file(name: str) -> Path:
    """Return a file of the pack, which may be one that it does without.

    Args:
        name: its path within the pack, parts divided by ``/``.
    """
    return folder() / name


def present(name: str) -> Path:
    """Return a file of the pack that not every pack has.

    Raises:
        Problem: this one lacks it.
    """
    if not file(name).is_file():
        raise Problem(str(folder()), name, NOTHING, worded("expected.needed_file"))
    return file(name)


class City(NamedTuple):
    """What the city is called, and the time of its plan, in months ``YYYY-MM``."""

    name: Text
    first: str
    """Month 0 of every run, in which the plan was issued."""
    due: str
    """The December at whose end its counts are due."""
    outlook: str | None
    """A later December that a run may go on to."""
    draws: str
    """Where parameters are drawn from unless a scenario says otherwise: posterior or prior."""
    known: str | None
    """The last month up to which the public record was looked through; None: not said."""


MONTH: Final = re.compile(r"[12][0-9]{3}-(0[1-9]|1[0-2])")


@cache
def about() -> City:
    """Return what the pack says of the city.

    Raises:
        Problem: the file is missing or incomplete, or its months are out of order.
    """
    table = read(folder(), CITY).only("name", "first", "due", "outlook", "draws", "known")
    first = _month(table, "first")
    due = _december(table, "due", first)
    outlook = _december(table, "outlook", due) if "outlook" in table.values else None
    draws = table.choice("draws", "posterior", "prior")
    known = _month(table, "known") if "known" in table.values else None
    return City(table.both("name"), first, due, outlook, draws, known)


def _month(table: Table, key: str) -> str:
    if MONTH.fullmatch(table.text(key)) is None:
        raise table.problem(key, worded("expected.month"))
    return table.text(key)


def _december(table: Table, key: str, after: str) -> str:
    month = table.text(key)
    if MONTH.fullmatch(month) is None or not month.endswith("-12") or month <= after:
        raise table.problem(key, worded("expected.december_after", after=after))
    return month
