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
    hollow: bool = False
    """They may be nothing."""
    texts: tuple[str, ...] = ()
    """Above each; empty: above none."""


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
    """Above the chart, where it is upright."""
    name: Text | None = None


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
    turns: Numbers = ()
    """Places with a stroke and no text: turns of years."""
    label: Text | None = None
    """What it measures, along it."""


class Ending(NamedTuple):
    """A text beside the right edge of a chart, at a height of its scale."""

    height: float
    text: Text
    colour: str


class Panel(NamedTuple):
    """A chart."""

    title: Text
    across: Scale
    up: Scale
    layers: tuple[Layer, ...]
    unit: Text | None = None
    """What the upright scale is in, above it."""
    endings: tuple[Ending, ...] = ()
    corner: Text | None = None
    """Inside the chart, in the corner at the upper left, or the lower one where curves fall."""
    falls: bool = False


class Panels(NamedTuple):
    """One chart, or small ones in rows."""

    panels: tuple[Panel, ...]
    columns: int
    size: tuple[float, float]
    """Of the sheet in inches, width and height."""
    legend: Literal["", "each", "last"] = ""
    """Of what has a name: above each chart, or once in the place after the last one."""

    @property
    def shares_names(self) -> bool:
        """Whether the rows of all its charts have the same names, told once at the left."""
        scales = {panel.up for panel in self.panels}
        return self.columns > 1 and len(scales) == 1 and scales.pop().names


class Series(NamedTuple):
    """One of several things that are estimated in every row."""

    name: Text
    colour: str
    shape: Shape = "o"
    size: float = 7.0


class Interval(NamedTuple):
    """An estimate in a row."""

    value: float
    low: float
    high: float
    series: int = 0
    shift: float = 0.0
    """How far from the middle of its row, in rows; downwards."""
    hollow: bool = False
    """It may be nothing."""


class Told(NamedTuple):
    """A text beside the chart, in a column of a row."""

    text: Text
    colour: str = palette.INK
    shift: float = 0.0
    """As of an interval."""


class Beside(NamedTuple):
    """A column of texts on the left or the right of the chart."""

    head: Text
    colour: str = palette.GREY
    flush: Literal["left", "right"] = "right"
    after: bool = True
    """On the right of the chart."""


class Row(NamedTuple):
    """A row of intervals on the common scale, and what is told beside them."""

    at: float
    told: tuple[tuple[Told, ...], ...]
    """For each column some texts, or none."""
    intervals: tuple[Interval, ...] = ()
    band: tuple[float, float] | None = None
    """A range behind them."""
    link: tuple[float, float] | None = None
    """A thin line behind them; what lies beyond the scale has an arrow at its edge."""
    ruled: bool = False
    """A line stands above it."""


class Rows(NamedTuple):
    """Estimates with their intervals, row by row on one scale."""

    scale: Scale
    series: tuple[Series, ...]
    columns: tuple[Beside, ...]
    rows: tuple[Row, ...]
    size: tuple[float, float]
    zero: float | None = None
    """Where nothing changes."""
    band: Text | None = None
    """What bands are, for the legend."""
    link: Text | None = None
    """What thin lines are, where they are more than a help to the eye."""


class Plot(NamedTuple):
    """A map: one value a district, in the order of the places."""

    title: Text
    values: Numbers
    texts: tuple[str, ...]
    hollow: tuple[bool, ...] = ()
    """Which may be nothing; empty: none."""


class Map(NamedTuple):
    """Schematic maps of a measure by district, all in the same shades."""

    maps: tuple[Plot, ...]
    unit: Text
    size: tuple[float, float]
    plot: tuple[float, float]
    """Width and height of one map in inches."""
    top: float
    """The greatest value that the shades show."""
    signed: bool = False
    """Whether values are differences, around nothing."""


class Shade(NamedTuple):
    """A cell of a heat map."""

    text: str
    value: float | None = None
    """What its colour says, around nought; None: it has none."""
    below: str = ""
    """A second, smaller line."""
    quiet: bool = False
    """It may be nothing: pale, and written in grey."""
    framed: bool = False
    """It is what the others are compared with."""


class HeatRow(NamedTuple):
    """A row of cells, and what it is."""

    name: Text
    cells: tuple[Shade, ...]


class Heat(NamedTuple):
    """A table of coloured cells with numbers in them."""

    heads: tuple[Text, ...]
    rows: tuple[HeatRow, ...]
    unit: Text
    """Of what colours say."""
    top: float
    """The greatest value that colours tell, above and below nought."""
    size: tuple[float, float]


class Node(NamedTuple):
    """A place that streams go through."""

    name: Text
    stage: int
    """Its column, from 0 on the left."""


class Stream(NamedTuple):
    """What goes from one place to another of a later stage."""

    source: int
    """Number of a node."""
    target: int
    size: float
    """Above 0."""
    colour: str = palette.BLUE
    hollow: bool = False
    """It may be nothing."""


class Flow(NamedTuple):
    """Streams from stage to stage, each as wide as what it carries."""

    nodes: tuple[Node, ...]
    """Those of a stage from the top down."""
    streams: tuple[Stream, ...]
    series: tuple[Series, ...]
    """What the colours of streams are."""
    size: tuple[float, float]


Mark = Panels | Rows | Map | Heat | Flow
