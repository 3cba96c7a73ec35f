"""The tables of a sweep: its points, where each count is least and most likely, its files."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from math import isfinite
from typing import Any, NamedTuple

from sim.estimate.paired import Difference
from sim.experiments.reached import COLUMNS
from sim.experiments.sweep_file import Sweep
from sim.experiments.sweep_indices import HEADER as INDICES
from sim.experiments.sweep_indices import PAIRS, Explained, pair_rows
from sim.experiments.sweep_indices import rows as index_rows
from sim.language import NOTHING, Text
from sim.plan import PLAN, READINGS
from sim.spec.table import Column, Table, Value, read, table
from sim.store.summaries import HEADER, to_document
from sim.studies.shared.counts import NONE, NUMBERED, likelihood
from sim.studies.shared.points import Move, lead
from sim.studies.shared.swept import (
    Names,
    Point,
    Told,
    base_of,
    differs,
    front_of,
    marked,
    plain,
    told_cells,
)
from sim.text.catalogue import worded
from sim.text.joining import capitalised
from sim.text.numbers import percent
from sim.text.numbers import plain as plain_number
from sim.text.numbers import points as in_points
from sim.views.of_scenario import count_name

MOST_ROWS = 70
"""Points up to which people read a table of all of them."""
LIKELY = ("likelihood", "likelihood_low", "likelihood_high")
ABOUT = ("about", "about_low", "about_high")
AGAINST = ("difference", "difference_low", "difference_high", "told_apart")
"""A likelihood's paired difference to that of the base, in files."""
MOST_UNPICKED = 2
"""Points up to which an extreme is not one of many: the base and another."""


class Row(NamedTuple):
    """A point as it is read."""

    name: Text
    cost: float
    told: list[Told]


def points_table(names: Names, points: Sequence[Point], title: Text) -> Table:
    """Return every likelihood at every point, and how it differs from that of the base."""
    rows = [
        Row(name, point.cost, told)
        for name, point, told in zip(marked(names, points), points, told_cells(points), strict=True)
    ]
    columns: list[Column[Row]] = [
        read(worded("sweep.point"), lambda row: row.name, share=3.0, number=False),
        read(worded("sweep.cost_head"), lambda row: f"{row.cost:.0f}"),
        *(_numbered(at) for at in range(len(COLUMNS))),
    ]
    return table("", title, columns, rows)


def _numbered(at: int) -> Column[Row]:
    def shown(row: Row) -> str:
        told = row.told[at]
        apart = "≈" if told.tie else ""
        return (
            f"{told.likelihood} {apart}{told.with_ends(' … ')}"
            if told.change
            else (told.likelihood)
        )

    def quiet(row: Row) -> bool:
        return row.told[at].tie and bool(row.told[at].change)

    return Column((), lambda _: (), NUMBERED[at], shown, 1 + at, 1.6, quiet=quiet)


class Span(NamedTuple):
    """From where to where a count's likelihood goes over the points."""

    at: int
    """Number of the count; the last: all together."""
    points: Sequence[Point]
    names: Sequence[Text]

    def end(self, which: Callable[[Iterable[float]], float]) -> tuple[float, Difference, list[int]]:
        """Return the least or the greatest likelihood, its change, and the points with it."""
        found = differs(self.points, self.at)
        value = which(found)
        return value, self.points[found[value][0]].changes[self.at], found[value]


def spans(names: Names, points: Sequence[Point]) -> Table:
    """Return where each count is least and most likely, against the base, in both readings."""
    picked = worded("sweep.picked") if len(points) > MOST_UNPICKED else NOTHING
    title = worded("sweep.spans", picked=picked)
    return table("", title, SPANS, [Span(at, points, names.texts) for at in range(len(COLUMNS))])


def _where(span: Span, which: Callable[[Iterable[float]], float]) -> Text:
    at = span.end(which)[2]
    if len(at) == len(span.points):
        return worded("sweep.everywhere")
    name, more = span.names[at[0]], len(at) - 1
    return worded("sweep.where_more", name=name, more=more) if more else name


def _changed(span: Span, which: Callable[[Iterable[float]], float]) -> str:
    found = span.end(which)[1]
    low, high = (in_points(end) if isfinite(end) else "…" for end in (found.low, found.high))
    return f"{in_points(found.value)} ({low}, {high})"


def _extreme(
    which: Callable[[Iterable[float]], float], word: str, group: int
) -> list[Column[Span]]:
    return [
        read(worded(f"sweep.{word}"), lambda span: percent(span.end(which)[0]), group, 0.8),
        Column((), lambda _: (), worded("sweep.change_head"), lambda span: _changed(span, which),
               group, 1.5, quiet=lambda span: span.end(which)[1].tie),
        read(worded("sweep.where"), lambda span: _where(span, which), group, 2.0, number=False),
    ]  # fmt: skip


def _from_to(values: Sequence[float]) -> str:
    ends = dict.fromkeys(percent(each) for each in (min(values), max(values))) if values else [NONE]
    return " – ".join(ends)


def _about(span: Span) -> str:
    if span.at == len(PLAN.counts):
        return _from_to([each.summary.joint_about.value for each in span.points])
    if not PLAN.counts[span.at].about:
        return NONE
    return _from_to([each.summary.counts[span.at].about.value for each in span.points])


def _others(span: Span) -> list[Any]:
    """Return the other reading at each point where it differs."""
    if span.at == len(PLAN.counts):
        return []
    return [own.other for each in span.points
            if (own := each.summary.counts[span.at]).other is not None]  # fmt: skip


def _other(span: Span) -> Text | str:
    found = _others(span)
    return READINGS[found[0].reading] if found else NONE


SPANS: Sequence[Column[Span]] = (
    read(worded("sweep.count"), lambda span: count_name(COLUMNS[span.at]), share=1.8,
         number=False),
    read(worded("sweep.base_head"),
         lambda span: likelihood(base_of(span.points).likelihoods[span.at]), share=1.3),
    *_extreme(min, "lowest", 1),
    *_extreme(max, "highest", 2),
    read(worded("sweep.about"), _about, 3, 1.2),
    read(worded("sweep.other"), _other, 3, 1.6, number=False),
    read(worded("sweep.other_strict"),
         lambda span: _from_to([each.likelihood.value for each in _others(span)]), 3, 1.2),
)  # fmt: skip


class OnFront(NamedTuple):
    """A point than which no other is as cheap and likelier."""

    at: int
    name: Text
    point: Point


def fronts(names: Names, points: Sequence[Point]) -> Table:
    """Return the points on each count's front of cost and likelihood, the cheapest first."""
    costs = [point.cost for point in points]
    rows = [
        OnFront(at, names.texts[number], points[number])
        for at in range(len(COLUMNS))
        for number in front_of(costs, [point.likelihoods[at].value for point in points])
    ]
    return table("", worded("sweep.fronts"), FRONTS, rows)


FRONTS: Sequence[Column[OnFront]] = (
    read(worded("sweep.count"), lambda row: count_name(COLUMNS[row.at]), share=1.8, number=False),
    read(worded("sweep.point"), lambda row: row.name, share=3.0, number=False),
    read(worded("sweep.cost_head"), lambda row: plain_number(row.point.cost)),
    read(worded("sweep.likelihood"), lambda row: likelihood(row.point.likelihoods[row.at]),
         share=1.4),
)  # fmt: skip


def file_tables(
    sweep: Sweep, points: Sequence[Point], indices: Sequence[Explained]
) -> Iterator[Table]:
    """Yield what files hold: ``points``, ``sweep`` (a row per point and count) and ``indices``.

    In the first two the base is marked; each likelihood stands beside its difference to the base.
    """
    names = [factor.name for factor in sweep.factors]
    numbered = list(enumerate(points))
    of_points: Column[tuple[int, Point]] = Column(
        ("point", "base", *names, "public_cost"),
        lambda row: (row[0], row[1].is_base, *map(plain, row[1].values), row[1].cost),
    )
    yield table("points", sweep.name, [of_points], numbered)
    of_counts: Column[Sequence[Value]] = Column(
        ("point", "base", *HEADER, *AGAINST), lambda row: row
    )
    yield table("sweep", sweep.name, [of_counts], _counts(numbered))
    if indices:
        of_indices: Column[list[Any]] = Column(INDICES, lambda row: row)
        yield table("indices", sweep.name, [of_indices], index_rows(names, indices))
    if sweep.second_order:
        of_pairs: Column[list[Any]] = Column(PAIRS, lambda row: row)
        yield table("pairs", sweep.name, [of_pairs], pair_rows(names, indices))


def _counts(points: Sequence[tuple[int, Point]]) -> Iterator[Sequence[Value]]:
    """Yield each point's counts and all counts together, beside what they change."""
    for number, point in points:
        document = to_document(point.summary)
        joint = {
            "count": COLUMNS[-1],
            **dict(zip(LIKELY, point.summary.joint, strict=True)),
            **dict(zip(ABOUT, point.summary.joint_about, strict=True)),
        }
        for row, change in zip([*document["counts"], joint], point.changes, strict=True):
            against = [*change[:3], not change.tie]
            yield [number, point.is_base, *(row.get(key) for key in HEADER), *against]


def largest(names: Names, points: Sequence[Point]) -> Text:
    """Return in a sentence which clear differences from the base are the largest."""
    return lead(
        "sweep",
        (
            Move(change, name, count.name)
            for name, point in zip(names.texts, points, strict=True)
            if not point.is_base
            for change, count in zip(point.changes, PLAN.counts, strict=False)
        ),
    )


def heads() -> tuple[Text, ...]:
    """Return short names of all counts, and of all of them together."""
    return (*(capitalised(each.short) for each in PLAN.counts),
            worded("short.joint"))  # fmt: skip
