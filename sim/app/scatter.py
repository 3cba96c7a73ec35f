"""Likelihood against cost as ECharts takes it: a dot for each point of a sweep, and the front."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sim.app.charts import FONT
from sim.app.look import look
from sim.text.numbers import percent, percent_range, plain
from sim.text.together import Estimated
from sim.views.sweep_source import front_of

UPRIGHT = """(_, api) => {
  const [[x, low], [, high]] = [1, 2].map((end) => api.coord([api.value(0), api.value(end)]));
  const style = { stroke: api.visual("color"), lineWidth: 1 };
  return { type: "line", shape: { x1: x, y1: low, x2: x, y2: high }, style };
}"""
"""How the browser draws a line from the second to the third number, above the first."""
DOT, CHOSEN = 9, 16
"""Pixels of a dot, and of the one that is named."""
HINT = 260
"""Pixels of the words beside a dot."""


class Spot(NamedTuple):
    """One point of a sweep."""

    name: str
    """What it is."""
    cost: float
    """Public cost until counts are due, 亿元."""
    found: Sequence[Estimated]
    """Likelihood of each of the counts, and of all together, shape (14,)."""


def told(spot: Spot, count: int) -> str:
    """Return a dot in words: what it is, how likely the count, and the cost."""
    found = spot.found[count]
    likelihood = f"{percent(found.value)} ({percent_range(found.low, found.high)})"
    return f"{spot.name} · {likelihood} · {plain(spot.cost)} 亿元"


def front(spots: Sequence[Spot], count: int) -> list[int]:
    """Return the places of the spots than which no other is as cheap and likelier, by cost."""
    costs = [spot.cost for spot in spots]
    return front_of(costs, [spot.found[count].value for spot in spots])


def scatter(
    spots: Sequence[Spot], count: int, chosen: int | None, words: dict[str, str], *, dark: bool
) -> dict[str, Any]:
    """Return the chart of one count; the front's dots are numbered by cost.

    Args:
        spots: in any order.
        count: place of the count among the likelihoods, 13 for all together.
        chosen: place of the spot that is named, if any.
        words: for ``cost`` and ``front``.
        dark: whether the ground is dark.
    """
    colours, best = look(dark), front(spots, count)
    values = [(spot.cost, 100.0 * spot.found[count].value) for spot in spots]
    dots = [
        {"name": told(spot, count), "value": list(values[place]),
         "symbolSize": CHOSEN if place == chosen else DOT,
         "itemStyle": {"color": colours["median"] if place in best else colours["bands"][2],
                       "borderColor": colours["ink"], "borderWidth": 2 * (place == chosen)},
         "label": {"show": place in best, "formatter": _number(best, place)}}
        for place, spot in enumerate(spots)
    ]  # fmt: skip
    faint = {"lineStyle": {"color": colours["line"], "opacity": 0.5}}
    return {
        "animation": False,
        "aria": {"enabled": True},
        "textStyle": {"fontFamily": FONT, "color": colours["ink"]},
        # No markup: a name may come from a file that somebody wrote.
        "tooltip": {"trigger": "item", "renderMode": "richText", "confine": True,
                    "formatter": "{b}", "triggerOn": "mousemove|click",
                    "backgroundColor": colours["paper"], "borderColor": colours["line"],
                    "textStyle": {"fontFamily": FONT, "color": colours["ink"], "width": HINT,
                                  "overflow": "break"}},
        "grid": {"left": 52, "right": 24, "top": 28, "bottom": 52},
        "xAxis": {"type": "value", "name": words["cost"], "nameLocation": "middle", "nameGap": 30,
                  "nameTextStyle": {"color": colours["grey"]}, "splitLine": {"show": False},
                  "axisLabel": {"color": colours["grey"], "hideOverlap": True}},
        "yAxis": {"type": "value", "min": 0, "max": 100, "interval": 25, "splitLine": faint,
                  "axisLabel": {"color": colours["grey"], "formatter": "{value}%"}},
        "series": [
            {"type": "custom", "silent": True, ":renderItem": UPRIGHT, "clip": True,
             "tooltip": {"show": False}, "itemStyle": {"color": colours["bands"][1]},
             "data": [[spot.cost, 100.0 * spot.found[count].low, 100.0 * spot.found[count].high]
                      for spot in spots], "encode": {"x": 0, "y": [1, 2]}},
            {"type": "line", "name": words["front"], "silent": True, "symbol": "none",
             "tooltip": {"show": False}, "lineStyle": {"color": colours["median"], "width": 1.5},
             "data": [list(values[place]) for place in best]},
            {"type": "scatter", "data": dots, "labelLayout": {"hideOverlap": True},
             "label": {"position": "top", "color": colours["ink"]}},
        ],
    }  # fmt: skip


def _number(best: Sequence[int], place: int) -> str:
    return str(best.index(place) + 1) if place in best else ""
