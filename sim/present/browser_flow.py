"""Streams from stage to stage as ECharts takes them."""

from typing import Any

from sim.language import Language
from sim.present.browser_shapes import FONT
from sim.spec import palette
from sim.spec.marks import Flow
from sim.views.themes import Theme

ROW, AROUND, ROOM, END, NODE = 30, 40, 210, 230, 12
"""Pixels of a node's row, above all rows, of names on the left and on the right, of a node."""
CLEAR, PALE = 0.55, 0.2
"""How much of its colour a stream has, and one that may be nothing."""


def flow_option(mark: Flow, language: Language, theme: Theme) -> dict[str, Any]:
    """Return streams; names stand beside their nodes, those of the first stage on the left."""
    ink = theme.colour(palette.INK)
    data = [
        {"name": str(number), "depth": node.stage,
         "itemStyle": {"color": theme.colour(palette.GREY)},
         "label": {"formatter": node.name.in_(language), "color": ink, "fontFamily": FONT,
                   "textBorderColor": theme.colour(palette.PAPER), "textBorderWidth": 3,
                   "position": "left" if node.stage == 0 else "right"}}
        for number, node in enumerate(mark.nodes)
    ]  # fmt: skip
    links = [
        {"source": str(each.source), "target": str(each.target), "value": each.size,
         "lineStyle": {"color": theme.colour(each.colour),
                       "opacity": PALE if each.hollow else CLEAR}}
        for each in mark.streams
    ]  # fmt: skip
    legend = [
        {"type": "text", "left": 12 + 190 * number, "top": 8,
         "style": {"text": f"■ {each.name.in_(language)}", "fill": theme.colour(each.colour),
                   "font": f"12px {FONT}"}}
        for number, each in enumerate(mark.series)
    ]  # fmt: skip
    series = {
        "type": "sankey", "left": ROOM, "right": END, "top": AROUND, "bottom": 12,
        "nodeWidth": NODE, "nodeGap": 12, "nodeAlign": "left", "layoutIterations": 0,
        "draggable": False, "data": data, "links": links,
    }  # fmt: skip
    return {"graphic": legend, "series": [series]}


def flow_height(mark: Flow) -> int:
    """Return how many pixels streams are high."""
    stages = [node.stage for node in mark.nodes]
    return AROUND + ROW * max(map(stages.count, stages), default=1)
