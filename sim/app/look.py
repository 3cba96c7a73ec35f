"""Colours of the city on light and dark ground; of figures, see `sim.views.themes`."""

from itertools import cycle
from typing import Any

from sim.plan import PLAN
from sim.spec import palette
from sim.views.themes import DARK, LIGHT, Theme

_LIGHT: dict[str, Any] = {
    "land": "#eef1f4", "border": "#ffffff", "halo": "#ffffffd0", "knowledge": "#d9a400",
    "fund": "#7b3f9e", "talent": "#ffffff80",
}  # fmt: skip
_DARK: dict[str, Any] = {
    "land": "#242b33", "border": "#0f1216", "halo": "#171b20d0", "knowledge": "#c99700",
    "fund": "#d9a6f5", "talent": "#171b2080",
}  # fmt: skip


def look(dark: bool) -> dict[str, Any]:
    """Return the colours by their use."""
    return _with(_DARK, DARK) if dark else _with(_LIGHT, LIGHT)


def _with(own: dict[str, Any], theme: Theme) -> dict[str, Any]:
    """Add what the city has in common with figures."""
    return own | {
        "ground": theme.colour(palette.PAPER),
        "ink": theme.colour(palette.INK),
        "clusters": [
            theme.colour(name)
            for _, name in zip(PLAN.clusters, cycle(palette.CLUSTER_INKS), strict=False)
        ],
    }
