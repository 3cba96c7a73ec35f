"""What the names of colours in `sim.spec.palette` mean, on light and on dark ground.

Matplotlib looks names up in tables of its own, which may be added to; a theme is what it finds
there. Hues are those of Okabe and Ito (2008), "Color Universal Design", which people with the
common kinds of colour blindness can tell apart; on dark ground they are lighter.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

from matplotlib import colormaps
from matplotlib.colors import Colormap, LinearSegmentedColormap, get_named_colors_mapping

from sim.spec.palette import PREFIX


class Theme(NamedTuple):
    """Colours and colour maps, by our names without the prefix."""

    colours: Mapping[str, str]
    maps: Mapping[str, Colormap]

    def colour(self, name: str) -> str:
        """Return what a name of the palette means here."""
        return self.colours[name.removeprefix(PREFIX)]

    def ink(self, name: str) -> str:
        """Return the same, dark enough for small letters."""
        return self.colours.get(f"{name.removeprefix(PREFIX)}-ink", self.colour(name))


LIGHT = Theme(
    colours={
        "ink": "#1b1f24", "grey": "#5b6470", "pale": "#c9ced6", "faint": "#e9ecf0",
        "paper": "#ffffff",
        "blue": "#0072b2", "vermilion": "#d55e00", "orange": "#e69f00", "green": "#009e73",
        "sky": "#56b4e9", "purple": "#cc79a7",
        "blue-ink": "#005b8e", "vermilion-ink": "#b84f00", "orange-ink": "#9a6a00",
        "green-ink": "#007a59", "sky-ink": "#1b7ab2", "purple-ink": "#a04d79",
        "band-wide": "#dbe9f4", "band-middle": "#b3d1e8", "band-narrow": "#7fb2d8",
        "median": "#08416f", "blue-tint": "#cfe3f2", "vermilion-tint": "#f8dcc8",
    },
    maps={"amount": colormaps["YlGnBu"], "difference": colormaps["RdBu"]},
)  # fmt: skip
DARK = Theme(
    colours={
        "ink": "#e8ebef", "grey": "#a5afbb", "pale": "#4d5763", "faint": "#2a313a",
        "paper": "#171b20",
        "blue": "#5aa9ea", "vermilion": "#f0975a", "orange": "#eab64a", "green": "#2fc79b",
        "sky": "#8fd3f7", "purple": "#e69cc4",
        "blue-ink": "#5aa9ea", "vermilion-ink": "#f0975a", "orange-ink": "#eab64a",
        "green-ink": "#2fc79b", "sky-ink": "#8fd3f7", "purple-ink": "#e69cc4",
        "band-wide": "#1f3a52", "band-middle": "#2b5578", "band-narrow": "#3a77a6",
        "median": "#bfe0fa", "blue-tint": "#1f3a52", "vermilion-tint": "#4a3020",
    },
    maps={
        "amount": colormaps["YlGnBu_r"],
        # Those of matplotlib with a dark middle stay darker than the ground until far from it.
        "difference": LinearSegmentedColormap.from_list(
            "dark difference", ("#f6a878", "#a35a34", "#272e37", "#33699b", "#7cc3f5")
        ),
    },
)  # fmt: skip


def _lay(theme: Theme) -> None:
    """Let our names mean what they mean in a theme."""
    known = get_named_colors_mapping()
    for name, colour in theme.colours.items():
        # One by one: only so does matplotlib forget what it looked up.
        known[PREFIX + name] = colour
    for name, shades in theme.maps.items():
        if PREFIX + name in colormaps:
            colormaps.unregister(PREFIX + name)
        colormaps.register(shades, name=PREFIX + name)


@contextmanager
def worn(theme: Theme) -> Iterator[None]:
    """Draw in a theme; for one thread at a time, as matplotlib's tables belong to the process."""
    _lay(theme)
    try:
        yield
    finally:
        _lay(LIGHT)


_lay(LIGHT)
