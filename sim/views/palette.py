"""Colours that people with the common kinds of colour blindness can tell apart, and sizes of type.

Hues are those of Okabe and Ito (2008), "Color Universal Design"; the bands differ in lightness.
"""

INK = "#1b1f24"
GREY = "#5b6470"
PALE = "#c9ced6"
FAINT = "#e9ecf0"
PAPER = "#ffffff"

BLUE = "#0072b2"
VERMILION = "#d55e00"
ORANGE = "#e69f00"
GREEN = "#009e73"
SKY = "#56b4e9"
PURPLE = "#cc79a7"

ORANGE_INK = "#9a6a00"
"""The orange, dark enough for text on white."""

BANDS = ("#dbe9f4", "#b3d1e8", "#7fb2d8")
"""Widest to narrowest band of a fan."""
MEDIAN = "#08416f"

CLUSTERS = (GREEN, BLUE, ORANGE, SKY, PURPLE)
"""One colour per cluster, in the plan's order."""
CLUSTER_INKS = ("#007a59", "#005b8e", "#9a6a00", "#1f7fb8", "#a04d79")
"""The same hues, dark enough for text on white."""
MAP = "YlGnBu"
"""Matplotlib's name of the map's colour scale, light to dark."""

DIVERGING = "RdBu"
"""Of differences: losses red, none white, gains blue; both ends differ for the colour-blind too."""

PACKAGES = (BLUE, VERMILION, GREEN, PURPLE)
"""One colour per package that is compared with the first."""
PACKAGE_INKS = (BLUE, "#b84f00", "#007a59", "#a04d79")
"""The same hues, dark enough for text on white."""
MARKERS = ("o", "s", "D", "^")
"""One mark per package, for those who cannot tell the colours."""

LINES = (BLUE, VERMILION, GREEN, ORANGE, PURPLE, SKY, GREY)
"""One colour per plan, where each has its line."""
LINE_MARKERS = ("o", "s", "D", "^", "v", "P", "X", "<", ">", "p", "h")

KICKER_SIZE = 9.0
TITLE_SIZE = 15.0
SUBTITLE_SIZE = 10.0
LABEL_SIZE = 9.0
TICK_SIZE = 9.0
NOTE_SIZE = 7.8
SMALL_SIZE = 7.2
TINTS = ("#cfe3f2", "#f8dcc8")
"""Light blue and light vermilion, for bands around lines of those colours."""
