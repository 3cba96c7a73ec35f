"""Protects the map of differences: centred at zero, ties hatched and pale."""

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch

from sim.estimate import Interval
from sim.language import Language
from sim.plan import PLAN
from sim.spec import palette
from sim.studies.shared.maps import QUANTITIES, Quantity
from sim.studies.shared.of_comparison import difference_map
from sim.text.together import is_tie
from sim.views.shades import Linear, pale
from tests.views.made_up import BASIS, FIRST, NAMES, around
from tests.views.reading import check, said, sheet

LANGUAGES: tuple[Language, ...] = ("en", "zh")
OTHER = (FIRST, NAMES[0])


def gaps(size: float = 60.0, reach: float = 9.0) -> list[Interval]:
    """Return a difference per district, from a loss to a gain, some of them ties."""
    return [around(float(value), reach) for value in np.linspace(-size, 1.4 * size, 16)]


def hatches(axes: Axes) -> int:
    """Return how many districts are hatched."""
    return sum(isinstance(found, PathPatch) and bool(found.get_hatch()) for found in axes.patches)


def drawn_map(found: list[Interval]) -> Figure:
    """Draw a map of output."""
    return sheet(difference_map(BASIS, "map", OTHER, "output", found))


def test_ties_and_only_ties_are_hatched() -> None:
    found = gaps()
    ties = [is_tie(each) for each in found]
    assert 0 < sum(ties) < len(ties)
    assert hatches(drawn_map(found).axes[0]) == sum(ties)
    assert hatches(drawn_map(gaps(reach=0.0)).axes[0]) == 0


def test_districts_have_their_own_figures() -> None:
    found = gaps()
    text = said(drawn_map(found))
    assert f"Huangpu\n\u2013{-found[0].value:.0f}" in text
    assert f"Chongming\n+{found[15].value:.0f}" in text
    assert len(PLAN.districts) == len(found)


def test_the_scale_of_differences_is_palest_at_zero() -> None:
    scale = Linear(-100.0, 100.0, palette.DIVERGING)
    assert sum(scale.colour(0.0)[:3]) > 2.8
    red, blue = scale.colour(-90.0), scale.colour(90.0)
    assert red[0] > red[2]
    assert blue[2] > blue[0]
    assert min(pale(red)[:3]) > 0.7


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("quantity", QUANTITIES)
def test_nothing_is_clipped_or_covered(language: Language, quantity: Quantity) -> None:
    check(sheet(difference_map(BASIS, "map", OTHER, quantity, gaps()), language))


@pytest.mark.parametrize("size", [0.0, 6e5])
def test_no_difference_and_great_ones_still_read_well(size: float) -> None:
    check(drawn_map(gaps(size)))


@pytest.mark.parametrize("part", ["schematic", "95% interval", "N = 256", "conditional on"])
def test_the_sheet_says_what_it_rests_on(part: str) -> None:
    assert part in said(drawn_map(gaps()))
