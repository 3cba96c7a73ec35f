"""Colours of charts and maps on light and dark ground; of figures, see `sim.views.themes`."""

from typing import Any

from sim.views import palette
from sim.views.themes import DARK, LIGHT, Theme

_LIGHT: dict[str, str] = {
    "land": "#eef1f4", "border": "#ffffff", "grey": "#566070", "line": "#d5dae1",
    "halo": "#ffffffd0", "knowledge": "#d9a400", "fund": "#7b3f9e", "talent": "#ffffff80",
    "up": "#007a59", "down": "#b84f00",
}  # fmt: skip
_DARK: dict[str, str] = {
    "land": "#242b33", "border": "#0f1216", "grey": "#a5afbb", "line": "#363d47",
    "halo": "#171b20d0", "knowledge": "#c99700", "fund": "#d9a6f5", "talent": "#171b2080",
    "up": "#4cc9a0", "down": "#f0975a",
}  # fmt: skip


def look(dark: bool) -> dict[str, Any]:
    """Return the colours by their use."""
    return _with(_DARK, DARK) if dark else _with(_LIGHT, LIGHT)


def _with(own: dict[str, str], theme: Theme) -> dict[str, Any]:
    """Add what charts have in common with figures."""
    return own | {
        "ground": theme.colour(palette.PAPER),
        "paper": theme.colour(palette.PAPER),
        "ink": theme.colour(palette.INK),
        "target": theme.colour(palette.VERMILION),
        "median": theme.colour(palette.MEDIAN),
        "bands": [theme.colour(name) for name in palette.BANDS],
        "clusters": [theme.colour(name) for name in palette.CLUSTER_INKS],
        "packages": [theme.colour(name) for name in palette.PACKAGE_INKS],
    }
