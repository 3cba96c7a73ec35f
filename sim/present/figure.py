"""A declared figure drawn for a file: the sheet around it, and its mark."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, Final

from matplotlib.figure import Figure as Drawn

from sim.language import Language
from sim.present.flow import draw_flow
from sim.present.heat import draw_heat
from sim.present.maps import draw_maps
from sim.present.panels import draw_panels
from sim.present.rows import draw_rows
from sim.spec import palette
from sim.spec.findings import Figure, Part
from sim.spec.marks import Flow, Heat, Map, Mark, Panels, Rows
from sim.views.figures import Named
from sim.views.fonts import printable
from sim.views.page import EDGE, POINTS, Heading, Sheet, sheet
from sim.views.wrap import shorten

MARKS: Final[dict[type[Mark], Callable[[Sheet, Any, Language], None]]] = {
    Panels: draw_panels,
    Rows: draw_rows,
    Map: draw_maps,
    Heat: draw_heat,
    Flow: draw_flow,
}
"""How each kind of mark is drawn onto a sheet."""


def drawn(figure: Figure, language: Language) -> Drawn:
    """Draw a figure."""
    kicker, title, subtitle = (
        printable(each.in_(language)) for each in (figure.kicker, figure.title, figure.subtitle)
    )
    # Names that somebody wrote may be long: a title has two lines.
    title = shorten(title, palette.TITLE_SIZE, 1.9 * POINTS * (figure.mark.size[0] - 2 * EDGE))
    notes = [printable(each.in_(language)) for each in figure.notes]
    page = sheet(*figure.mark.size, Heading(kicker, title, subtitle), notes)
    MARKS[type(figure.mark)](page, figure.mark, language)
    return page.figure


def figures_of(parts: Iterable[Part], language: Language) -> Iterator[Named]:
    """Yield the figures among findings, undrawn."""
    for part in parts:
        if isinstance(part, Figure):
            yield Named(part.name, partial(drawn, part, language))
