"""A declared figure drawn for a file: the sheet around it, and its mark."""

from collections.abc import Iterable, Iterator
from functools import partial

from matplotlib.figure import Figure as Drawn

from sim.language import Language
from sim.present.panels import draw_panels
from sim.spec.findings import Figure, Part
from sim.views.figures import Named
from sim.views.fonts import printable
from sim.views.page import Heading, sheet


def drawn(figure: Figure, language: Language) -> Drawn:
    """Draw a figure."""
    kicker, title, subtitle = (
        printable(each.in_(language)) for each in (figure.kicker, figure.title, figure.subtitle)
    )
    notes = [printable(each.in_(language)) for each in figure.notes]
    page = sheet(*figure.mark.size, Heading(kicker, title, subtitle), notes)
    draw_panels(page, figure.mark, language)
    return page.figure


def figures_of(parts: Iterable[Part], language: Language) -> Iterator[Named]:
    """Yield the figures among findings, undrawn."""
    for part in parts:
        if isinstance(part, Figure):
            yield Named(part.name, partial(drawn, part, language))
