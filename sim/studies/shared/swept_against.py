"""A sweep against another: the same points from another base, or by another version of the model.

Points are matched by what was varied. Against another sweep they are run under the same luck and
are compared pair by pair; of a folder, which another version of the model may have written, only
likelihoods are known, and differences are those of independent estimates (Newcombe 1998,
Statistics in Medicine 17, 873-890, method 10).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from math import hypot
from pathlib import Path
from typing import Any, NamedTuple

from sim.estimate import Interval, Summary
from sim.estimate.adjusted import Control
from sim.experiments.reached import COLUMNS, Reached, differences
from sim.experiments.sweep_file import Sweep
from sim.language import Text
from sim.problems import Problem
from sim.spec.findings import Part, Sentence
from sim.spec.table import Column, read, table
from sim.store.inspection import NOT_SO
from sim.store.summaries import from_document
from sim.studies.shared.caveats import notes
from sim.studies.shared.counts import NUMBERED
from sim.studies.shared.swept import Names, plain
from sim.studies.shared.swept_tables import MOST_ROWS
from sim.text.catalogue import worded
from sim.text.numbers import points as in_points
from sim.text.together import is_tie
from sim.views.by_chance import by_chance

FILE = "sweep.json"
MODEL_SHOWN = 12


class Other(NamedTuple):
    """What a sweep is set against."""

    name: Text
    """Of the other one, with the model that made it if that is another."""
    paired: bool
    gaps: Mapping[int, Sequence[Interval]]
    """Of each point that both have, by its number here: the other's likelihoods less its own."""
    levels: Mapping[int, Sequence[Interval]]
    """Likelihoods of the other."""


Key = tuple[tuple[str, Any], ...]


def key_of(names: Sequence[str], values: Sequence[Any]) -> Key:
    """Return what tells a point: what is varied in it, whatever the order of the factors."""
    told = {name: plain(value) for name, value in zip(names, values, strict=True)}
    return tuple(sorted((k, _number(v)) for k, v in told.items() if v is not None))


def _number(value: Any) -> Any:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if number else value


def matched(own: Sweep, others: Sequence[Key], where: str) -> dict[int, int]:
    """Return for each point of a sweep the number of the same point in another.

    Raises:
        Problem: they have none in common.
    """
    names = [factor.name for factor in own.factors]
    known = {key: number for number, key in enumerate(others)}
    found = {
        number: known[key]
        for number, values in enumerate(own.points)
        if (key := key_of(names, values)) in known
    }
    if not any(own.points[number] != (None,) * len(names) for number in found):
        expected = worded("expected.matching_sweep", sweep=own.id)
        raise Problem("--against", "", where, expected)
    return found


def keys_of(sweep: Sweep) -> list[Key]:
    """Return what tells each point of a sweep."""
    names = [factor.name for factor in sweep.factors]
    return [key_of(names, values) for values in sweep.points]


def of_sweep(
    own: Sweep,
    other: Sweep,
    first: Sequence[Reached],
    second: Sequence[tuple[Reached, Summary]],
    by: Sequence[Control | None],
) -> Other:
    """Return a sweep against another that was run under the same luck.

    Args:
        own: the sweep.
        other: what it is set against.
        first: which targets each of its points reaches.
        second: the same of the other, and what came of its points.
        by: what foretells the targets (`sim.experiments.reached.controls`).
    """
    pairs = matched(own, keys_of(other), other.id)
    gaps = {
        here: [Interval(*each[:3]) for each in differences(first[here], second[there][0], by)]
        for here, there in pairs.items()
    }
    levels = {here: likelihoods_of(second[there][1]) for here, there in pairs.items()}
    return Other(other.name, True, gaps, levels)


def likelihoods_of(summary: Summary) -> list[Interval]:
    """Return the likelihood of every count, and of all together."""
    return [*(count.likelihood for count in summary.counts), summary.joint]


class Before(NamedTuple):
    """A sweep as a folder has it."""

    name: Text
    model: str
    keys: list[Key]
    levels: list[list[Interval]]


def read_folder(folder: Path) -> Before:
    """Return the sweep that a result folder holds.

    Raises:
        Problem: it is none, or damaged.
    """
    file = folder / FILE
    expected = worded("expected.sweep_or_folder")
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
        summaries = [from_document(each["summary"]) for each in said["points"]]
        return Before(
            Text(**said["name"]),
            str(said["model_hash"]),
            [key_of(said["factors"], each["values"]) for each in said["points"]],
            list(map(likelihoods_of, summaries)),
        )
    except (OSError, *NOT_SO) as error:
        raise Problem("--against", "", f"{file}: {error}", expected) from error


def of_folder(
    own: Sweep, before: Before, levels: Sequence[Sequence[Interval]], where: str
) -> Other:
    """Return a sweep against one that a folder holds."""
    pairs = matched(own, before.keys, where)
    gaps = {
        here: [
            independent(mine, other)
            for mine, other in zip(levels[here], before.levels[there], strict=True)
        ]
        for here, there in pairs.items()
    }
    name = worded("sweep_against.model", name=before.name, model=before.model[:MODEL_SHOWN])
    return Other(name, False, gaps, {here: before.levels[there] for here, there in pairs.items()})


def independent(first: Interval, second: Interval) -> Interval:
    """Return the second likelihood less the first, of two that were estimated apart."""
    gap = second.value - first.value
    down = hypot(second.value - second.low, first.high - first.value)
    up = hypot(second.high - second.value, first.value - first.low)
    return Interval(gap, gap - down, gap + up)


class Row(NamedTuple):
    """A point that both have."""

    number: int
    name: Text
    own: Sequence[Interval]
    other: Other

    @property
    def gaps(self) -> Sequence[Interval]:
        """Return the other's likelihoods less its own."""
        return self.other.gaps[self.number]


def parts(names: Names, levels: Sequence[Sequence[Interval]], other: Other) -> Iterator[Part]:
    """Yield how the other sweep differs, point by point and count by count."""
    rows = [Row(number, names.texts[number], levels[number], other) for number in other.gaps]
    cells = [each for row in rows for each in row.gaps]
    clear = sum(not is_tie(each) for each in cells)
    told = {"name": other.name, "points": len(rows), "all": len(names.texts), "clear": clear}
    yield Sentence(worded("sweep_against.first", cells=len(cells), **told), "lead")
    yield Sentence(
        worded("sweep_against.paired" if other.paired else "sweep_against.apart"), "note"
    )
    if len(rows) <= MOST_ROWS:
        columns: list[Column[Row]] = [
            read(worded("sweep.point"), lambda row: row.name, share=3.0, number=False),
            *(_column(at) for at in range(len(COLUMNS))),
        ]
        yield table("", worded("sweep_against.table", name=other.name), columns, rows)
    yield from notes(by_chance(len(cells)))
    lines = [(row, at) for row in rows for at in range(len(COLUMNS))]
    yield table("against", worded("sweep_against.table", name=other.name), IN_FILE, lines)


def _column(at: int) -> Column[Row]:
    def shown(row: Row) -> str:
        gap = row.gaps[at]
        ends = f"({in_points(gap.low)} … {in_points(gap.high)})"
        return f"{'≈' if is_tie(gap) else ''}{in_points(gap.value)} {ends}"

    return Column((), lambda _: (), NUMBERED[at], shown, 1 + at, 1.6,
                  quiet=lambda row: is_tie(row.gaps[at]))  # fmt: skip


Line = tuple[Row, int]
IN_FILE: Sequence[Column[Line]] = (
    Column(("point", "count"), lambda line: (line[0].number, COLUMNS[line[1]])),
    Column(
        ("likelihood", "likelihood_other"),
        lambda line: (line[0].own[line[1]].value,
                      line[0].other.levels[line[0].number][line[1]].value),
    ),
    Column(
        ("difference", "difference_low", "difference_high", "told_apart", "paired"),
        lambda line: (*line[0].gaps[line[1]], not is_tie(line[0].gaps[line[1]]),
                      line[0].other.paired),
    ),
)  # fmt: skip
"""``against.csv``: the other sweep's likelihoods less those of this one, in fractions."""
