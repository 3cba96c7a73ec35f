"""The figures of all points of a sweep: as a table, and by their cost."""

from collections.abc import Iterator, Sequence
from math import ceil, isfinite

from sim.estimate import Interval
from sim.experiments.reached import COLUMNS
from sim.language import Text
from sim.spec import palette, scales
from sim.spec.findings import Figure
from sim.spec.marks import (
    Dots,
    Heat,
    HeatRow,
    Layer,
    Line,
    Panel,
    Panels,
    Pieces,
    Shade,
    Shape,
    numbers,
)
from sim.studies.shared.swept import (
    Names,
    Point,
    Told,
    front_of,
    intervals_of,
    marked,
    told_cells,
)
from sim.studies.shared.swept_tables import heads
from sim.studies.study import Basis
from sim.text.catalogue import worded
from sim.text.joining import capitalised
from sim.text.numbers import nice_ceiling, plain
from sim.text.together import is_tie
from sim.views.by_chance import by_chance
from sim.views.of_scenario import count_name

MOST_ROWS = 40
"""Points up to which a figure shows all of them as a table."""
WITH_INTERVALS = 500
"""Points up to which each has its interval where they are dots."""
COLUMNS_OF = 5
WIDE, HIGH = 13.2, 3.0
"""Inches of a sheet with a small chart for each count, and of each row of charts."""
SMALL = (WIDE, HIGH * -(-(len(COLUMNS) + 1) // COLUMNS_OF))
CELL, NAME = (0.86, 0.4), 5.2
"""Least width and height of a cell in inches, and most of a row's name."""
LETTER, LATIN, DIGIT = {"zh": 0.135}, 0.075, 0.048
"""Inches that a letter of a name takes at most, in Chinese and elsewhere, and a digit below."""
AROUND, BESIDE = 3.1, 0.9
"""Inches above and below, and beside a table of cells."""


def table_figure(basis: Basis, names: Names, points: Sequence[Point], said: Text) -> Figure:
    """Return every point's likelihoods, and below them the differences to the base."""
    widest = max((abs(each.value) for point in points for each in point.changes), default=0.0)
    top = nice_ceiling(widest) if widest > 0.0 else 1.0
    called = marked(names, points)
    rows = tuple(
        HeatRow(name, (*_shades(point, told), Shade(plain(point.cost))))
        for name, point, told in zip(called, points, told_cells(points), strict=True)
    )
    longest = max(len(cell.below) for row in rows for cell in row.cells)
    column = max(CELL[0], DIGIT * longest + 0.14)
    inches = max(
        len(text) * LETTER.get(language, LATIN)
        for name in called
        for language, text in name.each().items()
    )
    wide = BESIDE + min(inches, NAME) + column * (len(COLUMNS) + 1)
    high = max(CELL[1], 0.19 * ceil(inches / NAME) + 0.06)
    shown = (*heads(), worded("sweep.cost"))
    mark = Heat(shown, rows, worded("sweep.unit"), top, (wide, AROUND + high * len(rows)))
    notes = [worded("sweep.paired"), worded("sweep.interval", reach=_farthest(points)),
             worded("sweep.cost_note"), *by_chance(intervals_of(points)), *_key(names)]  # fmt: skip
    title = worded("sweep.title")
    return basis.figure(
        "sweep_table", title, worded("sweep.subtitle"), mark, *notes, alternative=said
    )


def _shades(point: Point, told: Sequence[Told]) -> Iterator[Shade]:
    for cell, change in zip(told, point.changes, strict=True):
        if not cell.change:
            yield Shade(cell.likelihood, framed=True)
        else:
            below = cell.with_ends(", ")
            yield Shade(cell.likelihood, change.value, below, quiet=cell.tie)


def _farthest(points: Sequence[Point]) -> str:
    """Return how far the widest interval reaches from its likelihood, in percentage points."""
    found = [each for point in points for each in point.likelihoods]
    reach = max(max(each.value - each.low, each.high - each.value) for each in found)
    return f"{100 * reach:.1f}"


def _key(names: Names) -> Iterator[Text]:
    if names.key is not None:
        yield worded("sweep.key", factors=names.key)


def titles() -> list[Text]:
    """Return the names of all counts, and of all of them together, as charts have them."""
    found = [count_name(each) for each in COLUMNS]
    return [capitalised(each) for each in found]


def scatter_figure(basis: Basis, points: Sequence[Point], said: Text) -> Figure:
    """Return every point's likelihood of every count against its cost, and the front."""
    costs = [point.cost for point in points]
    across = scales.upward(max(1.0, *costs), 3)
    room = 0.03 * across.high
    across = across._replace(low=-room, high=across.high + room)
    panels = [
        Panel(title, across, scales.shares(), tuple(_scattered(points, costs, number)))
        for number, title in enumerate(titles())
    ]
    mark = Panels(tuple(panels), COLUMNS_OF, SMALL, "last")
    title = worded("sweep_scatter.title")
    subtitle = worded("sweep_scatter.subtitle", points=f"{len(points):,}")
    notes = [
        worded("sweep_scatter.interval"),
        worded("sweep.cost_note"),
        *by_chance(intervals_of(points)),
    ]
    return basis.figure("sweep_scatter", title, subtitle, mark, *notes, alternative=said)


def intervals(at: Sequence[float], found: Sequence[Interval], colour: str, wide: float) -> Pieces:
    """Return upright intervals at some places."""
    ends = tuple((x, each.low, x, each.high) for x, each in zip(numbers(at), found, strict=True)
                 if isfinite(each.low) and isfinite(each.high))  # fmt: skip
    return Pieces(ends, colour, wide)


def _scattered(points: Sequence[Point], costs: Sequence[float], number: int) -> Iterator[Layer]:
    found = [point.likelihoods[number] for point in points]
    if len(points) <= WITH_INTERVALS:
        yield intervals(costs, found, palette.BANDS[2], 0.6)
    same = [is_tie(point.changes[number]) and not point.is_base for point in points]
    looks: Sequence[tuple[Sequence[bool], str, Shape, float, str]] = (
        (same, palette.GREY, "o", 2.6, "sweep.tie"),
        (
            [not (each or point.is_base) for each, point in zip(same, points, strict=True)],
            *(palette.BLUE, "o", 2.6, "sweep_scatter.point"),
        ),
        ([point.is_base for point in points], palette.VERMILION, "D", 5.0, "sweep.base"),
    )
    for belongs, colour, shape, size, word in looks:
        chosen = [k for k, belong in enumerate(belongs) if belong]
        if chosen:
            at = numbers(costs[k] for k in chosen)
            up = numbers(found[k].value for k in chosen)
            hollow = word == "sweep.tie"
            yield Dots(at, up, colour, shape, size, name=worded(word), hollow=hollow)
    front = front_of(costs, [each.value for each in found])
    yield Line(
        numbers(costs[k] for k in front),
        numbers(found[k].value for k in front),
        palette.BLUE,
        1.0,
        name=worded("sweep_scatter.front"),
    )
