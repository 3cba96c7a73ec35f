"""The figures of a sweep: all its points, lines over what was varied, cost, and indices."""

from collections.abc import Iterator, Mapping, Sequence
from math import ceil, isfinite
from typing import Any, NamedTuple

from sim.calendar import decimal_year, month_index
from sim.estimate import Interval
from sim.experiments.reached import COLUMNS
from sim.experiments.sweep_indices import LIKELIHOOD, Explained
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
    Rule,
    Scale,
    Shade,
    Shape,
    Tick,
    numbers,
)
from sim.studies.shared.indices import END, index_panels
from sim.studies.shared.swept import (
    Names,
    Point,
    Told,
    Varied,
    base_of,
    front_of,
    intervals_of,
    marked,
    told_cells,
    value_text,
)
from sim.studies.shared.swept_tables import heads
from sim.studies.study import Basis
from sim.text.catalogue import worded
from sim.text.joining import capitalised
from sim.text.numbers import nice_ceiling, percent, plain
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
MOST_LINES, LETTERS = 11, 30
"""Lines that can be told apart, and letters that there is room for below a small chart."""
APART = 0.012
"""Of a scale's length, between the intervals of two lines at the same place."""
SHAPES: Sequence[Shape] = ("o", "s", "D", "^", "v")


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


class Along(NamedTuple):
    """A scale for a factor's values, and where on it each stands."""

    scale: Scale
    at: Mapping[Any, float]


def along(values: Sequence[Any]) -> Along:
    """Return a scale for values: months as years, numbers as such, all else in its order."""
    known = list(dict.fromkeys(value for value in values if value is not None))
    if all(isinstance(value, str) and value[:4].isdigit() for value in known):
        at = {value: decimal_year(month_index(value)) for value in known}
    elif all(isinstance(value, int | float) and not isinstance(value, bool) for value in known):
        at = {value: float(value) for value in known}
    else:
        at = {value: float(number) for number, value in enumerate(known)}
    ordered = sorted(known, key=at.__getitem__)
    longest = max((len(value_text(value).en) for value in ordered), default=1)
    ordered = ordered[:: -(-len(ordered) * (longest + 2) // LETTERS)]
    ticks = tuple(Tick(at[value], value_text(value)) for value in ordered)
    return Along(Scale(*scales.around(at.values()), ticks), at)


class Course(NamedTuple):
    """Points along one factor: a line."""

    name: Text
    points: Sequence[tuple[Any, int]]
    """Value of the factor, and number of the point."""


class Courses(NamedTuple):
    """Lines over what was varied."""

    lines: Sequence[Course]
    across: Text
    each: Text
    """What the lines differ in."""


def courses(design: str, factors: Sequence[Varied], points: Sequence[Point]) -> Courses | None:
    """Return lines over what was varied; None where there are none.

    One factor, or several of the same kind one at a time, each with its line; or all combinations
    of two, with a line for each value of the first.
    """
    inside = [number for number, point in enumerate(points) if None not in point.values]
    if len(factors) == 2 and design == "full":
        first, second = factors
        values = list(dict.fromkeys(points[number].values[0] for number in inside))
        lines = [
            Course(
                value_text(value),
                [(points[k].values[1], k) for k in inside if points[k].values[0] == value],
            )
            for value in values
        ]
        across, each = second.told, first.told
    elif len(factors) == 1 or (
        design == "one-at-a-time" and len({factor.field for factor in factors}) == 1
    ):
        lines = [
            Course(
                factor.name,
                [
                    (point.values[place], number)
                    for number, point in enumerate(points)
                    if point.values[place] is not None
                ],
            )
            for place, factor in enumerate(factors)
        ]
        across = factors[0].told if len(factors) == 1 else worded(f"setting.{factors[0].field}")
        each = worded("sweep_indices.factor")
    else:
        return None
    levels = min(len(line.points) for line in lines)
    return Courses(lines, across, each) if levels > 1 and len(lines) <= MOST_LINES else None


def lines_figure(basis: Basis, points: Sequence[Point], found: Courses, said: Text) -> Figure:
    """Return every count's likelihood along what was varied, a line for each course."""
    scale, at = along([value for course in found.lines for value, _ in course.points])
    panels = []
    for number, title in enumerate(titles()):
        level = base_of(points).likelihoods[number].value
        layers: list[Layer] = [
            Rule(level, palette.GREY, style="dashed", width=1.0, name=worded("sweep.base"))
        ]
        for place, course in enumerate(found.lines):
            shift = (place - (len(found.lines) - 1) / 2) * APART * (scale.high - scale.low)
            layers += _course(course, points, (number, place, shift), at)
        panels.append(Panel(title, scale, scales.shares(), tuple(layers)))
    mark = Panels(tuple(panels), COLUMNS_OF, SMALL, "last")
    title = worded("sweep_lines.title", across=found.across)
    notes = [
        worded("sweep_lines.interval"),
        worded("sweep.paired_dots"),
        *by_chance(intervals_of(points)),
    ]
    subtitle = worded("sweep_lines.subtitle", each=found.each)
    return basis.figure("sweep_lines", title, subtitle, mark, *notes, alternative=said)


def _course(
    course: Course, points: Sequence[Point], which: tuple[int, int, float], at: Mapping[Any, float]
) -> Iterator[Layer]:
    """Yield a line with its dots and their intervals for one count."""
    number, place, shift = which
    told = sorted(course.points, key=lambda each: at[each[0]])
    places = [at[value] + shift for value, _ in told]
    own = [points[k].likelihoods[number] for _, k in told]
    colour = palette.LINES[place % len(palette.LINES)]
    yield intervals(places, own, colour, 0.9)
    yield Line(numbers(places), numbers(each.value for each in own), colour)
    for tie in (False, True):
        chosen = [
            (x, each.value)
            for x, each, (_, k) in zip(places, own, told, strict=True)
            if is_tie(points[k].changes[number]) is tie
        ]
        if chosen:
            x, y = zip(*chosen, strict=True)
            name = None if tie else course.name
            yield Dots(numbers(x), numbers(y), colour, SHAPES[place % len(SHAPES)], 4.0, name=name,
                       hollow=tie)  # fmt: skip
    if all(is_tie(points[k].changes[number]) for _, k in told):
        yield Line((), (), colour, name=course.name)


def intervals(at: Sequence[float], found: Sequence[Interval], colour: str, wide: float) -> Pieces:
    """Return upright intervals at some places."""
    ends = tuple((x, each.low, x, each.high) for x, each in zip(numbers(at), found, strict=True)
                 if isfinite(each.low) and isfinite(each.high))  # fmt: skip
    return Pieces(ends, colour, wide)


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


def indices_figure(basis: Basis, factors: Sequence[Text], found: Sequence[Explained]) -> Figure:
    """Return what each factor explains of each count's likelihood, alone and with others."""
    told = [each for each in found if each.of == LIKELIHOOD]
    known = [[each.known(factor) for factor in range(len(factors))] for each in told]
    some = sum(any(index is not None for index in row) for row in known)
    title = worded("sweep_indices.title", known=some, all=len(known))
    notes = (worded("sweep_indices.verdict"), worded("sweep_indices.ends", end=percent(END)))
    mark = index_panels(titles(), factors, known, worded("sweep_indices.too_few"))
    return basis.figure(
        "sweep_indices", title, worded("sweep_indices.subtitle"), mark, *notes, alternative=title
    )
