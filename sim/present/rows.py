"""Rows of intervals drawn for a file, with the texts beside them."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from sim.language import Language
from sim.spec import palette
from sim.spec.marks import Beside, Interval, Row, Rows, Series
from sim.views.axes import beside, clean
from sim.views.fonts import printable, width
from sim.views.page import EDGE, POINTS, Sheet
from sim.views.wrap import shorten

GAP = 0.2
"""Inches between columns, and between them and the chart."""
HEAD = 0.42
"""Inches for heads and legend above the rows."""
FOOT = 0.3
LEGEND_MARK = 0.55
"""Inches that an entry of the legend needs besides its name."""
BAND = 0.34
"""Half the height of a band, in rows."""


def draw_rows(page: Sheet, mark: Rows, language: Language) -> None:
    """Draw rows onto a sheet."""
    wide = [_wide(mark, number, language) + GAP for number in range(len(mark.columns))]
    sides = [sum(w for w, c in zip(wide, mark.columns, strict=True) if c.after is after)
             for after in (False, True)]  # fmt: skip
    foot, head = page.bottom + FOOT, page.top - HEAD - 0.2
    across = page.width - 2 * EDGE - sum(sides)
    axes = page.panel(EDGE + sides[0], foot, across, head - foot)
    _scale(axes, mark, language)
    page.legend(_handles(mark, language, page.width), EDGE, page.top - 0.22)
    for row in mark.rows:
        _draw(axes, row, mark)
    at = {False: -sides[0], True: across + GAP}
    for number, column in enumerate(mark.columns):
        start = at[column.after]
        at[column.after] += wide[number]
        place = start if column.flush == "left" else start + wide[number] - GAP
        _write(axes, mark.rows, number, place / across, column, language)
    for row in mark.rows:
        if row.ruled:
            ends = [-sides[0] / across, 1 + sides[1] / across]
            _rule(axes, row.at, ends)


def _wide(mark: Rows, number: int, language: Language) -> float:
    """Return the inches that a column's texts need."""
    texts = [mark.columns[number].head, *(t.text for row in mark.rows for t in row.told[number])]
    return max(width(printable(text.in_(language)), palette.LABEL_SIZE) for text in texts) / POINTS


def _scale(axes: Axes, mark: Rows, language: Language) -> None:
    clean(axes, grid="x")
    axes.spines["bottom"].set_visible(False)
    axes.set_xlim(mark.scale.low, mark.scale.high)
    axes.set_ylim(mark.rows[-1].at + 0.6, -0.6)
    texts = [tick.text.in_(language) for tick in mark.scale.ticks]
    axes.set_xticks([tick.at for tick in mark.scale.ticks], texts)
    axes.set_yticks([])
    if mark.zero is not None:
        axes.axvline(mark.zero, color=palette.GREY, linewidth=1.0, zorder=2)


def _draw(axes: Axes, row: Row, mark: Rows) -> None:
    left, right = axes.get_xlim()
    if row.band is not None:
        low, high = (min(max(end, left), right) for end in row.band)
        corner = (low, row.at - BAND)
        shade = Rectangle(corner, high - low, 2 * BAND, linewidth=0)
        shade.set_facecolor(palette.BANDS[0])
        axes.add_patch(shade)
    if row.link is not None:
        colour, width = (palette.PALE, 1.4) if mark.link is None else (palette.MEDIAN, 0.9)
        axes.plot(row.link, [row.at] * 2, color=colour, linewidth=width, zorder=2.5)
    for each in row.intervals:
        _interval(axes, each, mark.series[each.series], row.at + each.shift)
    ends = [end for pair in (row.link, row.band) if pair is not None for end in pair]
    for edge, arrow, beyond in ((left, "<", min(ends, default=left) < left),
                                (right, ">", max(ends, default=right) > right)):  # fmt: skip
        if beyond:
            axes.plot(
                edge, row.at, arrow, color=palette.GREY, markersize=5.0, zorder=6, clip_on=False
            )


def _interval(axes: Axes, found: Interval, series: Series, at: float) -> None:
    """Draw an interval, as far as the scale goes, and its mark."""
    left, right = axes.get_xlim()
    ends = [max(found.low, left), min(found.high, right)]
    axes.plot(ends, [at, at], color=series.colour, linewidth=2.2, zorder=3)
    beyond = "<" if found.value < left else ">" if found.value > right else series.shape
    axes.plot(
        min(max(found.value, left), right),
        at,
        beyond,
        markersize=series.size,
        markerfacecolor=palette.PAPER if found.hollow else series.colour,
        markeredgecolor=series.colour if found.hollow else palette.PAPER,
        markeredgewidth=1.5 if found.hollow else 0.8,
        zorder=4,
        clip_on=False,
    )


def _write(
    axes: Axes, rows: Sequence[Row], number: int, place: float, column: Beside, language: Language
) -> None:
    """Write a column's head and texts."""
    beside(axes, place, -0.95, column.head.in_(language), column.colour, column.flush)
    for row in rows:
        for told in row.told[number]:
            text = printable(told.text.in_(language))
            beside(axes, place, row.at + told.shift, text, told.colour, column.flush)


def _rule(axes: Axes, at: float, ends: Sequence[float]) -> None:
    along = axes.get_yaxis_transform()
    axes.plot(ends, [at - 0.7] * 2, transform=along, color=palette.PALE, lw=0.8, clip_on=False)


def _handles(mark: Rows, language: Language, sheet: float) -> list[Line2D | Patch]:
    room = POINTS * ((sheet - 2 * EDGE) / len(mark.series) - LEGEND_MARK)
    found: list[Line2D | Patch] = [
        Line2D(
            [],
            [],
            color=each.colour,
            marker=each.shape,
            markersize=each.size,
            linewidth=2.2,
            label=shorten(printable(each.name.in_(language)), palette.LABEL_SIZE, room),
        )
        for each in mark.series
    ]
    if len(found) == 1 and not found[0].get_label():
        found = []
    if mark.link is not None:
        label = mark.link.in_(language)
        found.append(Line2D([], [], color=palette.MEDIAN, linewidth=0.9, label=label))
    if mark.band is not None:
        found.append(Patch(facecolor=palette.BANDS[0], label=mark.band.in_(language)))
    return found
