"""Public figures on the city's future industries, each with where it was read.

The table is ``figures.csv``. Many figures were read from mirrors of the original, so cite one by
its id and quality, and check it against the original before publication.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Final

from sim import city
from sim.csv_files import read_rows
from sim.language import Text
from sim.problems import Problem, meant, nearest
from sim.text.catalogue import worded

TABLE: Final = "figures.csv"

QUALITIES: Final[Mapping[str, Text]] = {
    quality: worded(f"trust.{quality}")
    for quality in (
        *("official", "press-official", "mirror", "secondary", "derived", "unverified"),
        *("unverified, sums to the published total", "not-found"),
    )
}
"""What the table's words for a figure's quality mean."""


@dataclass(frozen=True)
class Figure:
    """One public figure, its columns as the table has them."""

    id: str
    quantity: str
    """What was measured."""
    scope: str
    """What kind of thing it is about: city, district, cluster, track, national."""
    entity: str
    """Which one it is about."""
    year: str
    """Year or period that it holds for; may be empty."""
    value: str
    """As published: a number, several numbers, a range, or nothing if it was looked for in vain."""
    unit: str
    source_url: str
    """Where it was read, often a mirror; "memory" if nowhere."""
    quality: str
    """How far to trust it: one of `QUALITIES`."""
    quote: str
    """A few words of the source, in its language."""

    @property
    def number(self) -> float:
        """The value as a number, in the figure's unit.

        Raises:
            Problem: the figure is not a single finite number.
        """
        if (number := self.number_or_none) is None:
            raise Problem(TABLE, self.id, repr(self.value), worded("expected.single_number"))
        return number

    @property
    def number_or_none(self) -> float | None:
        """The value as a number, None where it is not a single finite one."""
        try:
            number = float(self.value)
        except ValueError:
            return None
        return number if math.isfinite(number) else None


COLUMNS: Final = tuple(field.name for field in fields(Figure))


@cache
def figures() -> dict[str, Figure]:
    """Return all figures by id, in the order of the table. Do not change it: everybody shares it.

    Raises:
        Problem: the table cannot be read, or an id stands twice in it.
    """
    found: dict[str, Figure] = {}
    for _, cells in read_rows(city.file(TABLE), COLUMNS):
        figure = Figure(**cells)
        if figure.id in found:
            raise Problem(TABLE, figure.id, "×2", worded("expected.each_figure_once"))
        found[figure.id] = figure
    return found


def figure(name: str, where: str = TABLE) -> Figure:
    """Return a figure by its id, such as ``F001``.

    Args:
        name: the id.
        where: file or option that asks for it, for the message if there is none.

    Raises:
        Problem: there is no such figure; names the nearest.
    """
    known = figures()
    if name not in known:
        raise Problem(where, name, name, worded("expected.figure"), meant(nearest(name, known)))
    return known[name]
