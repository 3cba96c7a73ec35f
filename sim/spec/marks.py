"""Marks: what a figure shows, as data; renderers know the kinds, and a figure fills one in.

Coordinates are those of the chart's scales. Colours are names of `sim.spec.palette`.
"""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from sim.language import Text
from sim.spec import palette

Numbers = tuple[float, ...]
Style = Literal["solid", "dashed", "dotted"]
Shape = Literal["o", "v", "s", "D", "^"]
DIGITS = 6
"""That a mark keeps: more than anybody sees."""


def numbers(values: Iterable[float]) -> Numbers:
    """Return values as a mark keeps them."""
    return tuple(float(f"{value:.{DIGITS}g}") for value in values)


class Line(NamedTuple):
    """A line through points."""

    across: Numbers
    up: Numbers
    colour: str = palette.BLUE
    width: float = 1.3
    style: Style = "solid"
    opacity: float = 1.0
    dots: float = 0.0
    """Size of dots on it, in points; 0: none."""
    name: Text | None = None
    """In the legend."""


class Dots(NamedTuple):
    """Points."""

    across: Numbers
    up: Numbers
    colour: str = palette.BLUE
    shape: Shape = "o"
    size: float = 3.5
    opacity: float = 1.0
    name: Text | None = None


class Area(NamedTuple):
    """What lies between two lines."""

    across: Numbers
    low: Numbers
    high: Numbers
    colour: str
    opacity: float = 1.0
    name: Text | None = None


class Bars(NamedTuple):
    """A histogram: filled, or as an outline of some width."""

    edges: Numbers
    heights: Numbers
    colour: str
    outline: float = 0.0
    name: Text | None = None


class Pieces(NamedTuple):
    """Straight pieces, from one point to another: intervals and bands."""

    ends: tuple[tuple[float, float, float, float], ...]
    """x and y where each begins, x and y where it ends."""
    colour: str
    width: float = 1.0
    name: Text | None = None


class Rule(NamedTuple):
    """A straight line through the whole chart."""

    at: float
    colour: str
    upright: bool = False
    style: Style = "solid"
    width: float = 1.3
    label: Text | None = None
    """At its end: beside the chart, or above it."""


class Strip(NamedTuple):
    """A range along the foot, over the whole height."""

    low: float
    high: float
    colour: str
    opacity: float = 1.0


Layer = Line | Dots | Area | Bars | Pieces | Rule | Strip
"""Later ones lie above earlier ones."""


class Tick(NamedTuple):
    """A place on a scale that has a name."""

    at: float
    text: Text


class Scale(NamedTuple):
    """One direction of a chart; it may fall instead of rise."""

    low: float
    high: float
    ticks: tuple[Tick, ...]
    log: bool = False
    names: bool = False
    """Whether its ticks name things instead of numbers."""


class Panel(NamedTuple):
    """A chart."""

    title: Text
    across: Scale
    up: Scale
    layers: tuple[Layer, ...]


class Panels(NamedTuple):
    """One chart, or small ones in rows."""

    panels: tuple[Panel, ...]
    columns: int
    size: tuple[float, float]
    """Of the sheet in inches, width and height."""


Mark = Panels
