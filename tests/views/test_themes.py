"""Protects the themes: each means something by every name, and none stays on."""

from io import BytesIO

import numpy as np
import pytest
from matplotlib import colormaps
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from PIL import Image

from sim.app.pictures import picture
from sim.spec import palette
from sim.views.page import Heading, sheet
from sim.views.shades import Linear, inks
from sim.views.themes import DARK, LIGHT, Theme, worn

CONTRAST = 4.5
"""That text needs, WCAG 2.2, 1.4.3."""


def luminance(colour: str) -> float:
    parts = np.array(to_rgb(colour))
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return float(linear @ np.array([0.2126, 0.7152, 0.0722]))


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def drawn() -> Figure:
    page = sheet(4.0, 2.0, Heading("Kicker", "Title", "Subtitle"), ("A note.",))
    page.panel(1.0, 0.6, 2.0, 0.5).plot([0, 1], [0, 1], color=palette.BLUE)
    return page.figure


def points(dark: bool) -> np.ndarray:
    content = picture(drawn, "png", dark)
    return np.asarray(Image.open(BytesIO(content)).convert("RGB"))


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_text_reads_on_the_ground(theme: Theme) -> None:
    ground = theme.colour(palette.PAPER)
    for name in (palette.INK, palette.GREY, palette.BLUE, *palette.CLUSTER_INKS):
        assert contrast(theme.colour(name), ground) >= CONTRAST, name


def test_themes_mean_something_by_the_same_names() -> None:
    assert LIGHT.colours.keys() == DARK.colours.keys()
    assert LIGHT.maps.keys() == DARK.maps.keys()


def test_a_figure_in_the_dark_is_drawn_in_dark_colours_and_the_next_one_is_not() -> None:
    before, dark, after = points(False), points(True), points(False)
    assert to_hex(dark[0, 0] / 255) == to_hex(dark[150, 250] / 255) == DARK.colour(palette.PAPER)
    assert (dark == np.array(to_rgb(DARK.colour(palette.BLUE))) * 255).all(axis=2).any()
    assert (before[0, 0] == 255).all()
    assert (before == after).all()


def test_a_theme_is_taken_off_when_drawing_fails() -> None:
    with pytest.raises(ZeroDivisionError), worn(DARK):
        raise ZeroDivisionError
    assert to_hex(palette.PAPER) == LIGHT.colour(palette.PAPER)
    assert colormaps[palette.MAP](0.0) == LIGHT.maps["amount"](0.0)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("name", [palette.MAP, palette.DIVERGING])
def test_numbers_read_on_every_shade(theme: Theme, name: str) -> None:
    with worn(theme):
        for value in np.linspace(0.0, 1.0, 21):
            fill = Linear(0.0, 1.0, name).colour(float(value))
            assert contrast(inks(fill)[0], to_hex(fill)) >= 3.0
