"""Colours of charts and maps on light and dark ground; hues as in the figures of a run."""

from typing import Any

from sim.views import palette

LIGHT: dict[str, Any] = {
    "ground": "#ffffff", "paper": "#ffffff", "land": "#eef1f4", "border": "#ffffff",
    "ink": palette.INK, "grey": "#566070", "line": "#d5dae1", "halo": "#ffffffd0",
    "knowledge": "#d9a400", "fund": "#7b3f9e", "talent": "#ffffff80", "target": palette.VERMILION,
    "clusters": list(palette.CLUSTER_INKS), "median": palette.MEDIAN,
    "bands": list(palette.BANDS), "packages": list(palette.PACKAGE_INKS),
    "up": "#007a59", "down": "#b84f00",
}  # fmt: skip
DARK: dict[str, Any] = {
    "ground": "#171b20", "paper": "#171b20", "land": "#242b33", "border": "#0f1216",
    "ink": "#e8ebef", "grey": "#a5afbb", "line": "#363d47", "halo": "#171b20d0",
    "knowledge": "#c99700", "fund": "#d9a6f5", "talent": "#171b2080", "target": "#f0975a",
    "clusters": ["#2fc79b", "#5aa9ea", "#eab64a", "#8fd3f7", "#e69cc4"], "median": "#bfe0fa",
    "bands": ["#1f3a52", "#2b5578", "#3a77a6"],
    "packages": ["#6cbcf0", "#f0975a", "#4cc9a0", "#e69cc4"],
    "up": "#4cc9a0", "down": "#f0975a",
}  # fmt: skip


def look(dark: bool) -> dict[str, Any]:
    """Return the colours by their use."""
    return DARK if dark else LIGHT
