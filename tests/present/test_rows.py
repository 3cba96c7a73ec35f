"""Protects rows of intervals: what has no end is drawn to the edge of the chart, with an arrow."""

from math import inf

import pytest
from matplotlib.patches import Rectangle

from sim.language import Text
from sim.spec import scales
from sim.spec.marks import Beside, Interval, Row, Rows, Series, Told
from tests.views.made_up import BASIS
from tests.views.reading import check, sheet

NAME = Text("core components", "核心部件")


@pytest.mark.parametrize("band", [(0.5, inf), (-inf, 0.5), (0.2, 0.8)])
@pytest.mark.parametrize("link", [(0.1, inf), None])
def test_a_band_without_an_end_reaches_the_edge(
    band: tuple[float, float], link: tuple[float, float] | None
) -> None:
    """A count that one package has none of: its ratio is infinite, which the figure warned of."""
    told = ((Told(NAME),),)
    row = Row(0.0, told, (Interval(inf, 0.4, inf),), band=band, link=link)
    scale = scales.linear(0.0, 1.0, (0.0, 0.5, 1.0))
    size = (9.0, 4.0)
    columns = (Beside(Text("", ""), after=False),)
    mark = Rows(scale, (Series(NAME, "#000000"),), columns, (row, row._replace(at=1.0)), size)
    figure = sheet(BASIS.figure("rows", NAME, NAME, mark, alternative=NAME))
    check(figure)
    shades = [each for each in figure.axes[0].patches if isinstance(each, Rectangle)]
    assert len(shades) == 2
    assert all(0.0 <= each.get_x() < each.get_x() + each.get_width() <= 1.0 for each in shades)
