"""Lines over what was varied in a sweep, and what stands on their scales."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sim.calendar import decimal_year, month_index
from sim.language import Text
from sim.spec import palette, scales
from sim.spec.findings import Figure
from sim.spec.marks import (
    Dots,
    Layer,
    Line,
    Panel,
    Panels,
    Rule,
    Scale,
    Shape,
    Tick,
    numbers,
)
from sim.studies.shared.swept import Point, Varied, base_of, intervals_of, value_text
from sim.studies.shared.swept_figures import COLUMNS_OF, SMALL, intervals, titles
from sim.studies.study import Basis
from sim.text.catalogue import worded
from sim.text.together import is_tie
from sim.views.by_chance import by_chance

MOST_LINES, LETTERS = 11, 30
"""Lines that can be told apart, and letters that there is room for below a small chart."""
APART = 0.012
"""Of a scale's length, between the intervals of two lines at the same place."""
SHAPES: Sequence[Shape] = ("o", "s", "D", "^", "v")


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
