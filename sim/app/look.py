"""Colours of charts and maps on light and dark ground; of figures, see `sim.views.themes`."""

from itertools import cycle
from typing import Any

from sim.plan import PLAN
from sim.spec import palette
from sim.views.themes import DARK, LIGHT, Theme

_LIGHT: dict[str, Any] = {
    "land": "#eef1f4", "border": "#ffffff", "grey": "#566070", "line": "#d5dae1",
    "halo": "#ffffffd0", "knowledge": "#d9a400", "fund": "#7b3f9e", "talent": "#ffffff80",
    "up": "#007a59", "down": "#b84f00", "inks": ["#3c4450", "#ffffff"],
    "diverging": ["#b84f00", "#f3b183", "#f1f1f1", "#86bfe3", "#0067a3"],
}  # fmt: skip
_DARK: dict[str, Any] = {
    "land": "#242b33", "border": "#0f1216", "grey": "#a5afbb", "line": "#363d47",
    "halo": "#171b20d0", "knowledge": "#c99700", "fund": "#d9a6f5", "talent": "#171b2080",
    "up": "#4cc9a0", "down": "#f0975a", "inks": ["#e8ebef", "#0b1116"],
    "diverging": ["#f0975a", "#8f5130", "#272e37", "#2f608d", "#6cbcf0"],
}  # fmt: skip


def look(dark: bool) -> dict[str, Any]:
    """Return the colours by their use."""
    return _with(_DARK, DARK) if dark else _with(_LIGHT, LIGHT)


def _with(own: dict[str, Any], theme: Theme) -> dict[str, Any]:
    """Add what charts have in common with figures."""
    return own | {
        "ground": theme.colour(palette.PAPER),
        "paper": theme.colour(palette.PAPER),
        "ink": theme.colour(palette.INK),
        "target": theme.colour(palette.VERMILION),
        "median": theme.colour(palette.MEDIAN),
        "bands": [theme.colour(name) for name in palette.BANDS],
        "clusters": [
            theme.colour(name)
            for _, name in zip(PLAN.clusters, cycle(palette.CLUSTER_INKS), strict=False)
        ],
        "packages": [theme.colour(name) for name in palette.PACKAGE_INKS],
    }
