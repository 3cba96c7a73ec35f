"""Where the city's pack is: the folder of data files that say what it wrote and measured.

A pack holds its plan, places and map, the model's numbers, public figures, known facts and the
posterior, and no code. Whoever needs one of its files asks here.
"""

import re
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from sim.language import Text
from sim.toml_tables import Table, read

CITIES: Final = Path(__file__).resolve().parent / "cities"
"""The folder of the packs that come with the program."""
SHIPPED: Final = "shanghai"

CITY: Final = "city.toml"
NUMBERS: Final = (
    *(CITY, "goals.toml", "clusters.toml", "places.toml", "plans.toml", "safeguards.toml"),
    *("sentences.toml", "parameters.csv", "figures.csv", "map/cells_1km.csv"),
)
"""Files that a trajectory can depend on."""


def folder() -> Path:
    """Return the folder of the pack."""
    return CITIES / SHIPPED


def file(name: str) -> Path:
    """Return a file of the pack.

    Args:
        name: its path within the pack, parts divided by ``/``.
    """
    return folder() / name


class City(NamedTuple):
    """What the city is called, and the time of its plan, in months ``YYYY-MM``."""

    name: Text
    first: str
    """Month 0 of every run, in which the plan was issued."""
    due: str
    """The December at whose end its counts are due."""
    outlook: str | None
    """A later December that a run may go on to."""


MONTH: Final = re.compile(r"[12][0-9]{3}-(0[1-9]|1[0-2])")
A_MONTH: Final = Text('a month, "YYYY-MM"', '月份，形如 "YYYY-MM"')


@cache
def about() -> City:
    """Return what the pack says of the city.

    Raises:
        Problem: the file is missing or incomplete, or its months are out of order.
    """
    table = read(folder(), CITY).only("name", "first", "due", "outlook")
    first = _month(table, "first")
    due = _december(table, "due", first)
    outlook = _december(table, "outlook", due) if "outlook" in table.values else None
    return City(table.both("name"), first, due, outlook)


def _month(table: Table, key: str, expected: Text = A_MONTH) -> str:
    if MONTH.fullmatch(table.text(key)) is None:
        raise table.problem(key, expected)
    return table.text(key)


def _december(table: Table, key: str, after: str) -> str:
    expected = Text(f'a December after {after}, "YYYY-12"', f'{after} 之后的12月，形如 "YYYY-12"')
    month = _month(table, key, expected)
    if not month.endswith("-12") or month <= after:
        raise table.problem(key, expected)
    return month
