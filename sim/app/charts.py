"""Charts as ECharts takes them, from arrays: nothing here runs or asks anything."""

import unicodedata
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.app.look import look
from sim.calendar import month_label
from sim.estimate import fan
from sim.text.together import in_points

LEVELS = (0.025, 0.10, 0.25, 0.50, 0.75, 0.90, 0.975)
"""Edges of the bands, with the median in the middle, as in the figures of a run."""
DIGITS = 4
"""Significant digits that a chart is told: a pixel is coarser."""
FONT = '"Lab CJK", system-ui, sans-serif'
COLUMNS, NARROW = 4, 2
"""Small charts beside each other, and on a phone."""
TALL, GAP = 190, 34
"""Pixels of a small chart with its title, and of that title."""


LETTER, MOST_BESIDE = 6.6, 230.0
"""Pixels of a letter beside a heat map, and of the longest line there."""
JANUARIES = '(_, label) => label.endsWith("-01") && label.slice(0, 4) %% %d === 0'
"""Of which months the browser writes the year: of the first month of every so many years."""
ROUND = (
    (1.0, 2), (1.2, 3), (1.5, 3), (2.0, 4), (2.5, 5), (3.0, 3), (4.0, 4), (5.0, 5), (6.0, 3),
    (8.0, 4), (10.0, 5),
)  # fmt: skip
"""Ends of a scale, and into how many parts each falls."""
PALE = 0.35
"""How much of its colour is left to what may be none."""
DEEP = 24.0
"""Points from which on a cell is so strong that its number is written in the other ink."""


class Panel(NamedTuple):
    """One fan."""

    title: str
    edges: NDArray[np.float64]
    """Quantiles at `LEVELS` by month, shape (7, M)."""
    targets: tuple[tuple[str, float], ...] = ()
    """Horizontal lines: what they are called and how high they are."""
    before: NDArray[np.float64] | None = None
    """Median of the package that this one is compared with, shape (M,)."""


def edges_of(values: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return the edges of a fan's bands.

    Args:
        values: of one count or measure, shape (R, M).
    """
    return fan(values, LEVELS)


def fans(
    panels: Sequence[Panel], words: dict[str, str], *, dark: bool, narrow: bool = False
) -> dict[str, Any]:
    """Return fans: one large one, or many small ones in rows.

    Args:
        panels: one or more, all over the same months.
        words: for ``median``, ``bands``, ``before`` and ``unit``.
        dark: whether the ground is dark.
        narrow: whether it is for a phone.
    """
    colours, many = look(dark), len(panels) > 1
    # A line that is too long for its chart would be cut, and take the fan's room.
    unit = words["unit"].replace(" · ", "\n") if narrow else words["unit"]
    months = [month_label(number) for number in range(panels[0].edges.shape[1])]
    option: dict[str, Any] = {
        "animation": False,
        "textStyle": {"fontFamily": FONT, "color": colours["ink"]},
        "aria": {"enabled": True},
        "tooltip": {"trigger": "axis", "backgroundColor": colours["paper"],
                    "textStyle": {"color": colours["ink"]}, "order": "seriesDesc"},
        "grid": [], "xAxis": [], "yAxis": [], "series": [], "title": [],
    }  # fmt: skip
    for number, panel in enumerate(panels):
        _place(option, number, len(panels), panel.title, colours, narrow)
        option["xAxis"].append(
            {"type": "category", "data": months, "gridIndex": number, "boundaryGap": False,
             "axisLabel": {"color": colours["grey"], ":formatter": "(label) => label.slice(0, 4)",
                           ":interval": JANUARIES % ((1 + many) * (1 + narrow))},
             "axisTick": {"show": False}, "axisLine": {"lineStyle": {"color": colours["line"]}}}
        )  # fmt: skip
        highest, parts = _round_up(
            max([float(panel.edges.max()), *(high for _, high in panel.targets)])
        )
        parts = (3 if parts == 3 else 2) if many else parts
        option["yAxis"].append(
            {"type": "value", "gridIndex": number, "min": 0, "max": highest,
             "interval": highest / parts, "name": "" if many else unit,
             "nameTextStyle": {"color": colours["grey"], "align": "left"},
             "axisLabel": {"color": colours["grey"], "hideOverlap": True},
             "splitLine": {"lineStyle": {"color": colours["line"], "opacity": 0.5}}}
        )  # fmt: skip
        option["series"] += _fan_series(panel, number, words, colours, many)
    return option


def _place(
    option: dict[str, Any], number: int, panels: int, title: str, colours: Any, narrow: bool
) -> None:
    """Give a fan its place: all the room, or one of the places in rows."""
    if panels == 1:
        option["grid"].append(
            {"left": 52 if narrow else 64, "right": 88 if narrow else 132,
             "top": 52 if narrow else 36, "bottom": 32}
        )  # fmt: skip
        return
    columns = NARROW if narrow else COLUMNS
    row, column = divmod(number, columns)
    wide = 100 / columns
    option["grid"].append(
        {"left": f"{column * wide + (11 if narrow else 3.5)}%",
         "width": f"{wide - (15 if narrow else 5)}%",
         "top": row * TALL + GAP, "height": TALL - 2 * GAP}
    )  # fmt: skip
    option["title"].append(
        {"text": title, "left": f"{column * wide + 0.5}%", "top": row * TALL + 6,
         "textStyle": {"fontSize": 12, "fontWeight": 600, "color": colours["ink"],
                       "fontFamily": FONT}}
    )  # fmt: skip


def height(panels: int, *, narrow: bool = False) -> int:
    """Return how many pixels a chart of so many fans is high."""
    return 440 if panels == 1 else TALL * -(-panels // (NARROW if narrow else COLUMNS))


def _fan_series(
    panel: Panel, number: int, words: dict[str, str], colours: Any, many: bool
) -> list[dict[str, Any]]:
    """Return the bands as layers on top of each other, then the lines."""
    middle = len(LEVELS) // 2
    place = {"xAxisIndex": number, "yAxisIndex": number, "symbol": "none", "type": "line"}
    silent = {**place, "lineStyle": {"opacity": 0}, "silent": True, "tooltip": {"show": False}}
    shades = [*colours["bands"], *colours["bands"][-2::-1]]
    stacked = [panel.edges[0], *np.diff(panel.edges, axis=0)]
    # The two bands beside the median are one: it lies between them.
    shades = [*shades[:2], colours["bands"][2], colours["bands"][2], *shades[3:]]
    series: list[dict[str, Any]] = [
        {**silent, "stack": f"bands{number}", "data": _numbers(layer),
         "areaStyle": {"opacity": 0} if layer is stacked[0]
         else {"color": shades[at - 1], "opacity": 1}}
        for at, layer in enumerate(stacked)
    ]  # fmt: skip
    if panel.before is not None:
        series.append(
            {**place, "name": words["before"], "data": _numbers(panel.before),
             "lineStyle": {"color": colours["grey"], "width": 1.5, "type": "dashed"},
             "itemStyle": {"color": colours["grey"]}}
        )  # fmt: skip
    lines = [
        {"yAxis": high,
         "label": {"formatter": "" if many else name, "color": colours["target"],
                   "position": "end", "distance": 6, "fontSize": 12}}
        for name, high in panel.targets
    ]  # fmt: skip
    series.append(
        {**place, "name": words["median"], "data": _numbers(panel.edges[middle]),
         "lineStyle": {"color": colours["median"], "width": 2 if many else 2.5},
         "itemStyle": {"color": colours["median"]},
         "markLine": {"symbol": "none", "silent": True, "data": lines,
                      "lineStyle": {"color": colours["target"], "width": 1.5}}}
    )  # fmt: skip
    return series


def grid_of_differences(
    rows: Sequence[str],
    columns: Sequence[str],
    values: Sequence[Sequence[tuple[float, bool]]],
    *,
    dark: bool,
) -> dict[str, Any]:
    """Return a heat map of differences in points; what may be none is left pale.

    Args:
        rows: names, from the top.
        columns: names, from the left.
        values: for each row and column the difference in points, and whether it may be none.
        dark: whether the ground is dark.
    """
    colours = look(dark)
    cells = [
        {"value": [column, len(rows) - 1 - row, (PALE if tie else 1.0) * gap],
         "label": {"color": colours["inks"][abs(gap) > DEEP and not tie],
                   "formatter": in_points(gap / 100, 1)}}
        for row, line in enumerate(values)
        for column, (gap, tie) in enumerate(line)
    ]  # fmt: skip
    longest = max((east_asian(name) for name in rows), default=0.0)
    beside = min(LETTER * longest, MOST_BESIDE)
    axis = {"type": "category", "axisTick": {"show": False}, "axisLine": {"show": False}}
    return {
        "animation": False,
        "aria": {"enabled": True},
        "textStyle": {"fontFamily": FONT, "color": colours["ink"]},
        "grid": {"left": beside + 20, "right": 16, "top": 48, "bottom": 8},
        "xAxis": {**axis, "data": list(columns), "position": "top",
                  "axisLabel": {"color": colours["ink"], "interval": 0, "overflow": "break",
                                "width": 92}},
        "yAxis": {**axis, "data": list(reversed(rows)),
                  "axisLabel": {"color": colours["ink"], "interval": 0, "overflow": "break",
                                "width": beside}},
        "visualMap": {"show": False, "min": -40, "max": 40, "dimension": 2,
                      "inRange": {"color": colours["diverging"]}},
        "series": [{"type": "heatmap", "data": cells, "label": {"show": True},
                    "itemStyle": {"borderColor": colours["ground"], "borderWidth": 2}}],
    }  # fmt: skip


def east_asian(words: str) -> float:
    """Return how many letters wide words are: one of Chinese takes the room of two."""
    return sum(2.0 if unicodedata.east_asian_width(each) in "WF" else 1.0 for each in words)


def _numbers(values: NDArray[np.floating]) -> list[float]:
    return [float(f"{value:.{DIGITS}g}") for value in values.tolist()]


def _round_up(value: float) -> tuple[float, int]:
    """Return a round number that is not below a value, and into how many round parts it falls."""
    if value <= 0.0:
        return 1.0, 2
    power = 10.0 ** np.floor(np.log10(value))
    step, parts = next(each for each in ROUND if each[0] * power >= value * 0.999)
    return float(step * power), parts
