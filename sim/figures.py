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
from sim.problems import Problem, nearest

TABLE: Final = "figures.csv"

QUALITIES: Final[Mapping[str, Text]] = {
    "official": Text("official text", "官方文本"),
    "press-official": Text("press quoting an official source", "媒体引述官方"),
    "mirror": Text("a copy that names its source", "注明来源的转载"),
    "secondary": Text("think tank, database or press count", "智库、数据库或媒体统计"),
    "derived": Text("arithmetic on other figures", "由其他数据推算"),
    "unverified": Text("from memory, not found again", "凭记忆，未能查证"),
    "unverified, sums to the published total": Text(
        "from memory; sums to the published total", "凭记忆，合计与公布总数相符"
    ),
    "not-found": Text("looked for in vain", "未查到"),
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
            expected = Text("a single finite number", "单个有限的数")
            raise Problem(TABLE, self.id, repr(self.value), expected)
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
            raise Problem(TABLE, figure.id, "×2", Text("each id once", "每个编号只出现一次"))
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
        close = nearest(name, known)
        hint = Text(f"Did you mean {close}?", f"是否想写 {close}？") if close else None
        raise Problem(where, name, name, Text("the id of a figure", "数据编号"), hint)
    return known[name]
